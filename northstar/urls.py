"""One prefix an app, login, admin, health. Swedish addresses without prefix, English below /en/."""

from allauth.account.decorators import secure_admin_login
from allauth.account.models import EmailAddress
from allauth.account.views import LogoutView
from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.contrib.auth.models import Group
from django.urls import include, path
from django.utils.translation import gettext_lazy as _

from northstar import health
from northstar.login import views as login_views
from northstar.pages import home, partner_pages, static_pages, style_guide
from northstar.search import views as search_views

# Rows of the libraries that nothing here reads, or that would let an address in by the side.
admin.site.unregister([Group, EmailAddress])
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]

handler500 = "northstar.errors.server_error"

urlpatterns = [
    path("health/", health.health, name="health"),
    path("health/clock/", health.health_clock, name="health_clock"),
    path("admin/", admin.site.urls),
    *i18n_patterns(
        path("", home.home, name="home"),
        path(_("login/"), login_views.RequestCode.as_view(), name="account_login"),
        path(
            _("login/request-code/"),
            login_views.RequestCode.as_view(),
            name="account_request_login_code",
        ),
        path(
            _("login/code/"), login_views.ConfirmCode.as_view(), name="account_confirm_login_code"
        ),
        path(_("login/send-again/"), login_views.SendAgain.as_view(), name="send_again"),
        path(_("logout/"), LogoutView.as_view(), name="account_logout"),
        path(_("style/"), style_guide.style_guide, name="style_guide"),
        path(_("search/"), search_views.search, name="search"),
        path(_("about/"), static_pages.about, name="about"),
        path(_("accessibility/"), static_pages.accessibility, name="accessibility"),
        path(_("personal-data/"), static_pages.privacy, name="privacy"),
        path(_("partners/<slug:slug>/"), partner_pages.partner_detail, name="partner_detail"),
        path("", include("partners.urls")),
        path("", include("learning.urls")),
        path("", include("measures.urls")),
        prefix_default_language=False,
    ),
]
