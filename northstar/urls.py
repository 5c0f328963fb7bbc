"""One prefix an app, login, admin, health. Swedish addresses without prefix, English below /en/."""

from allauth.account.decorators import secure_admin_login
from allauth.account.models import EmailAddress
from allauth.account.views import LogoutView
from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.contrib.auth.models import Group
from django.urls import include, path
from django.utils.translation import gettext_lazy as _

from northstar.celery import INTERVALS
from northstar.desk import health_views, metrics_views
from northstar.desk import views as desk_views
from northstar.handover import views as handover_views
from northstar.login import views as login_views
from northstar.own_data import erasing_views
from northstar.own_data import views as own_data_views
from northstar.pages import (
    home,
    partner_pages,
    session_pages,
    static_pages,
    style_guide,
    told_pages,
)
from northstar.search import views as search_views
from northstar.sharing import views as sharing
from partners.bounces import views as bounces_views

# Rows of the libraries that nothing here reads, or that would let an address in by the side.
admin.site.unregister([Group, EmailAddress])
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]

handler500 = "northstar.errors.server_error"

urlpatterns = [
    path("health/", health_views.health, name="health"),
    path("health/clock/", health_views.health_clock, {"schedule": INTERVALS}, "health_clock"),
    path("metrics/", metrics_views.metrics, name="metrics"),
    path("bounces/", bounces_views.service_tells, name="service_tells"),
    path("admin/", admin.site.urls),
    path("qr/", sharing.qr, name="qr"),
    path("robots.txt", sharing.robots_txt, name="robots_txt"),
    path("sitemap.xml", sharing.sitemap_xml, name="sitemap_xml"),
    path(".well-known/security.txt", sharing.security_txt, name="security_txt"),
    *i18n_patterns(
        path("", home.home, name="home"),
        # What is asked for most, first: each address before it is tried on every request.
        path(_("sessions/<int:pk>/"), session_pages.session_detail, name="session_detail"),
        path("", include("learning.urls")),
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
        path(_("clock/"), desk_views.desk, {"schedule": INTERVALS}, name="desk"),
        path(_("clock/stop/"), desk_views.desk_stop, {"schedule": INTERVALS}, name="desk_stop"),
        path(_("clock/start/"), desk_views.desk_start, name="desk_start"),
        path(_("clock/try-now/"), desk_views.desk_try_now, name="desk_try_now"),
        path(_("memberships/<int:pk>/hand-over/"), handover_views.hand_over, name="hand_over"),
        path(_("about/"), told_pages.about, name="about"),
        path(_("the-project/"), told_pages.project, name="project"),
        path(_("help/"), told_pages.help_own, name="help_own"),
        path(_("help/visitor/"), told_pages.help_role, {"key": "help-visitor"}, "help_visitor"),
        path(_("help/member/"), told_pages.help_role, {"key": "help-member"}, "help_member"),
        path(
            _("help/contact-person/"), told_pages.help_role, {"key": "help-contact"}, "help_contact"
        ),
        path(_("help/project-lead/"), told_pages.help_role, {"key": "help-lead"}, "help_lead"),
        path(
            _("help/coordinator/"),
            told_pages.help_role,
            {"key": "help-coordinator"},
            "help_coordinator",
        ),
        path(_("whats-new/"), told_pages.told, {"key": "new"}, "whats_new"),
        path(_("news/"), told_pages.told, {"key": "news"}, "news"),
        path(_("accessibility/"), static_pages.accessibility, name="accessibility"),
        path(_("personal-data/"), static_pages.privacy, name="privacy"),
        path(_("partners/"), partner_pages.partner_list, name="partner_list"),
        path(_("partners/<slug:slug>/"), partner_pages.partner_detail, name="partner_detail"),
        path(_("account/data/"), own_data_views.own_data, name="own_data"),
        path(_("account/data/file/"), own_data_views.own_data_file, name="own_data_file"),
        path(_("account/data/erase/"), erasing_views.own_erasure, name="own_erasure"),
        path(
            _("account/data/erase/withdraw/"),
            erasing_views.own_erasure_withdraw,
            name="own_erasure_withdraw",
        ),
        path(_("coordinate/erasures/"), erasing_views.erasures, name="erasures"),
        path(_("coordinate/erasures/<int:pk>/"), erasing_views.erasure, name="erasure"),
        path(_("account/data/<slug:kind>/"), own_data_views.own_data_kind, name="own_data_kind"),
        path("", include("partners.urls")),
        path("", include("measures.urls")),
        prefix_default_language=False,
    ),
]
