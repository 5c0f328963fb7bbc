"""The product's addresses with those of the demo, as when settings.DEMO is on."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

from northstar.urls import handler500, urlpatterns

__all__ = ["handler500", "urlpatterns"]

urlpatterns = [
    *urlpatterns,
    *i18n_patterns(path("", include("northstar.demo.urls")), prefix_default_language=False),
]
