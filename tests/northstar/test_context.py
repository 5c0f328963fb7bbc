"""One style sheet is sent, and all its parts are in it; a first visit is light."""

import json
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import override_settings

from tests.builders import make_emission, make_measure, make_organisation, make_session, make_target

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
    layers = [sent.index(words) for words in (":root", "body {", ".skip-link", ".kpis", ".marks")]
    assert layers == sorted(layers)


def test_what_the_parts_point_to_is_found(collected):
    sent = collected["css/portal.css"].read_text()
    font = collected["fonts/quicksand-latin.woff2"].name
    assert f'"../fonts/{font}"' in sent


def test_the_parts_stay_as_they_are_for_who_reads_the_source():
    source = Path(settings.BASE_DIR, "static", "css", "portal.css").read_text()
    assert source.count("@import") == 12


HEADERS = 500  # bytes of an answer before what it holds, roundly


def test_a_first_visit_takes_at_most_75_kb(client, db, collected):
    """The start page as a visitor gets it with nothing kept: each file as it travels."""
    for number in range(56):
        organisation = make_organisation(f"Organisation nummer {number}")
    make_measure(organisation)
    for year in range(2000, 2025):
        make_emission(year, 412_000 - 7_000 * (year - 2000))
    make_target(2030, 82_000)
    make_session("Öppet hus", audience="public")
    answer = client.get("/", headers={"Accept-Encoding": "gzip"})
    assert answer["Content-Encoding"] == "gzip"
    asked = set(re.findall(r'(?:href|src)="/static/([^"]+)"', client.get("/").text))
    assert {"css/portal.css", "js/frame.js"} <= asked
    assert any("htmx" in name for name in asked)
    weights = {name: HEADERS + weight(collected[name]) for name in asked}
    whole = HEADERS + len(answer.content) + sum(weights.values())
    assert whole <= 75_000, weights
    assert len(asked) <= 8  # each is a turn on the network


def weight(path):
    """Bytes of a file as it is sent: compressed where that was worth it."""
    compressed = path.with_name(f"{path.name}.gz")
    return (compressed if compressed.exists() else path).stat().st_size
