from django.apps import AppConfig


class NorthstarConfig(AppConfig):
    name = "northstar"
    default_auto_field = "django.db.models.BigAutoField"
