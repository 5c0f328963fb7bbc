from types import ModuleType

from django.apps import AppConfig

from northstar.demo import clock


class DemoConfig(AppConfig):
    """Installed where settings.DEMO is on; production can do without the folder."""

    name = "northstar.demo"

    def __init__(self, app_name: str, app_module: ModuleType | None) -> None:
        super().__init__(app_name, app_module)
        clock.install()  # here and not in ready(): fields take timezone.now as their default
