"""One style sheet is sent, and all its parts are in it."""

import json
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import override_settings

STORAGES = settings.STORAGES | {"staticfiles": {"BACKEND": "northstar.context.StaticFiles"}}


@pytest.fixture(scope="module")
def collected(tmp_path_factory):
    root = tmp_path_factory.mktemp("static")
    with override_settings(STATIC_ROOT=str(root), STORAGES=STORAGES):
        call_command("collectstatic", interactive=False, verbosity=0)
    names = json.loads((root / "staticfiles.json").read_text())["paths"]
    return {name: root / hashed for name, hashed in names.items()}


def test_the_parts_are_joined_in_their_order(collected):
    sent = collected["css/portal.css"].read_text()
    assert "@import" not in sent
    layers = [sent.index(words) for words in (":root", "body {", ".staff-bar", ".kpis", ".marks")]
    assert layers == sorted(layers)


def test_what_the_parts_point_to_is_found(collected):
    sent = collected["css/portal.css"].read_text()
    font = collected["fonts/quicksand-latin.woff2"].name
    assert f'"../fonts/{font}"' in sent


def test_the_parts_stay_as_they_are_for_who_reads_the_source():
    source = Path(settings.BASE_DIR, "static", "css", "portal.css").read_text()
    assert source.count("@import") == 12
