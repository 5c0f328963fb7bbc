from types import ModuleType

from django.apps import AppConfig
from django.conf import settings

from northstar.demo import clock


class NorthstarConfig(AppConfig):
    name = "northstar"
    default_auto_field = "django.db.models.BigAutoField"

    def __init__(self, app_name: str, app_module: ModuleType | None) -> None:
        super().__init__(app_name, app_module)
        if settings.DEMO:
            clock.install()  # here and not in ready(): fields take timezone.now as their default
