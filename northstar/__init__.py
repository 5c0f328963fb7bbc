"""The shell: knows every app, is known by none."""

import os


def use_settings() -> None:
    """Point Django at the one settings file, for every door (manage.py, wsgi, celery)."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "northstar.settings")  # noqa: TID251 (the door itself)
