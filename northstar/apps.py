"""The shell as an app of Django, and what must hold before it runs."""

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, register


class NorthstarConfig(AppConfig):
    name = "northstar"


@register()
def second_factors(**_asked: object) -> list[CheckMessage]:
    """Nobody works for the portal with a code alone, but the made-up people of the demo."""
    if settings.SECOND_FACTOR_REQUIRED or settings.DEMO or settings.TESTING:
        return []
    text = "SECOND_FACTOR_REQUIRED may be switched off in the demo alone"
    hint = "Take it out of the environment: by default who works for the portal needs a second step"
    return [Error(text, hint=hint, id="northstar.E001")]
