"""The addresses of the product with the demo's own; read where settings.DEMO is on."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import path
from django.utils.translation import gettext_lazy as _

from northstar.demo import views
from northstar.urls import handler500, urlpatterns

__all__ = ["handler500", "urlpatterns"]

urlpatterns = [
    *urlpatterns,
    *i18n_patterns(
        path("demo/", views.demo_home, name="demo_home"),
        path(_("demo/become/<slug:persona>/"), views.demo_become, name="demo_become"),
        path(_("demo/mail/"), views.demo_mailbox, name="demo_mailbox"),
        path(_("demo/mail/<slug:name>/"), views.demo_letter, name="demo_letter"),
        path(_("demo/mail/<slug:name>/page/"), views.demo_letter_page, name="demo_letter_page"),
        path(_("demo/clock/"), views.demo_clock, name="demo_clock"),
        prefix_default_language=False,
    ),
]
