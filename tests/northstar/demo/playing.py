"""The settings of the demo, for tests of what it adds."""

import copy

from django.conf import settings as project
from django.utils import timezone

from northstar.demo import clock


def play_the_demo(settings, tmp_path, monkeypatch):
    """The settings of the demo, its folder, and its clock."""
    templates = copy.deepcopy(project.TEMPLATES)
    templates[0]["OPTIONS"]["context_processors"].append("northstar.demo.frame.bar")
    settings.DEMO = True
    settings.DEMO_DIR = tmp_path
    settings.TEMPLATES = templates
    settings.MIDDLEWARE = [*project.MIDDLEWARE, "northstar.demo.frame.ChooseFirst"]
    settings.ROOT_URLCONF = "northstar.demo.urls"
    monkeypatch.setattr(timezone, "now", clock.now)
    clock._seen.update(at=0.0, mtime=0.0, offset_s=0.0)
