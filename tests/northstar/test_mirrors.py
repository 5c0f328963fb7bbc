"""Sizes, rooms, templates and tests: for every rule a planted breach that it must catch.

A breach is a text read as if it lay at a path; nothing of it is run or written.
"""

import pytest

from tests.northstar import house as plan
from tests.northstar import mirrors, sizes
from tests.northstar.planting import ROOMS, STANDING, TOKENS, WAITLIST, plant
from tests.northstar.sources import House, Source


@pytest.mark.parametrize(
    ("path", "text", "what"),
    [
        ("learning/utils.py", "", "called utils"),
        ("learning/services/places.py", "", "called services"),
        ("learning/helpers/__init__.py", "", "called helpers"),
        (WAITLIST, "x = 1\n" * 401, "longer than 400"),
        ("learning/places/__init__.py", "from learning import models", "says something"),
    ],
)
def test_a_bad_size_or_name_is_seen(path, text, what):
    assert any(what in breach for breach in sizes.sizes_and_names(*plant(path, text)))


@pytest.mark.parametrize(
    ("texts", "what"),
    [
        (ROOMS | {"learning/places/queue/__init__.py": ""}, "learning.places has a folder"),
        (ROOMS | {"learning/places/queue/first.py": ""}, "learning.places has a folder"),
        ({"learning/material/__init__.py": "", "learning/material/words.py": ""}, "holds 1"),
        (ROOMS | {f"learning/sessions/a{n}.py": "" for n in range(10)}, "sessions holds "),
        ({"learning/material/words.py": "", "learning/material/forms.py": ""}, "has no __init__"),
        (ROOMS | {"learning/garden/__init__.py": "", "learning/garden/a.py": ""}, "in the plan"),
    ],
)
def test_a_bad_room_is_seen(texts, what):
    house = House.of(texts)

    assert any(what in breach for breach in sizes.floors(house))


@pytest.mark.parametrize("what", ["learning.waitlist has no place", "the hall of learning holds "])
def test_a_hall_that_is_not_as_planned_is_seen(what):
    texts = {f"learning/a{n}.py": "" for n in range(12)} | {"learning/waitlist.py": ""}

    assert any(what in breach for breach in sizes.floors(STANDING.with_(texts)))


def test_a_room_that_is_planned_and_not_there_is_seen():
    house = House.of({"learning/models/__init__.py": "", "learning/urls.py": ""} | ROOMS)

    assert "learning has no room attendance" in list(sizes.floors(house))


@pytest.mark.parametrize(
    ("line", "ways"),
    [
        ("pass", 1),
        ("assert a", 1),
        ("if a: pass", 2),
        ("if a and b or c: pass", 4),
        ("x = 1 if a else 2", 2),
        ("x = [b for b in a for c in b if c if b]", 5),
        ("x = any(b for b in a)", 2),
        ("x = lambda: a or b", 2),
        ("def inner(): return a or b", 2),
        ("while a: pass", 2),
        ("for b in a: pass", 2),
        ("try: pass\n    except ValueError: pass", 2),
        ("match a:\n        case 1: pass\n        case _: pass", 3),
    ],
)
def test_every_way_through_a_function_counts(line, ways):
    source = Source("learning/f.py", f"class C:\n  def f(a, b, c):\n    {line}\n")
    (first, *_) = sizes.functions(source.tree, source.name)

    assert (first[0], sizes.complexity(first[1])) == ("learning.f.C.f", ways)


def test_the_linters_count_misses_what_this_one_sees():
    ways = " or ".join("abcdefghijklm")
    source = Source("learning/f.py", f"def f():\n    return {ways}")

    assert sizes.complexity(source.tree) > plan.MOST_COMPLEX


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("import smtplib  # noqa: TID251", "TID251"),
        ("import smtplib  # noqa: S1, TID251 (only once)", "TID251"),
        ("import smtplib  # noqa", "everything"),
        ("# ruff: noqa\nimport smtplib", "everything"),
        ("# ruff: noqa: C901", "C901"),
        ("def f(x): ...  #noqa:ANN001", "ANN001"),
    ],
)
def test_a_silenced_rule_is_seen(text, code):
    assert set(sizes.silences(Source(TOKENS, text))) == {("partners.post.tokens", code)}


def test_a_file_excused_from_the_house_is_seen():
    settings = {
        "ignore": ["DTZ"],
        "per-file-ignores": {
            "learning/x.py": ["C901", "S603", "TID251"],
            "tests/*": ["ANN"],
        },
    }

    assert set(sizes.excused(settings)) == {("everywhere", "DTZ"), ("learning/x.py", "C901")}


def test_code_in_no_app_is_seen(monkeypatch, tmp_path):
    for name in ["extra/deep/a.py", "b.py", "learning/c.py", "tests/d.py", ".venv/e.py"]:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    monkeypatch.setattr(mirrors, "ROOT", tmp_path)

    assert mirrors.homeless_code() == ["b.py", "extra/deep/a.py"]


@pytest.mark.parametrize(
    ("rule", "path", "text"),
    [
        (mirrors.inline_code, "learning/a.html", "<script>alert(1)</script>"),
        (mirrors.inline_code, "learning/a.html", '<p style="color: red">'),
        (mirrors.inline_code, "learning/a.html", "<style>p {}</style>"),
        (mirrors.inline_code, "learning/a.html", '<a onclick="go()">'),
        (mirrors.inline_code, "learning/a.html", '<a href="javascript:go()">'),
        (mirrors.inline_code, "learning/a.html", '<p hx-on:click="go()">'),
        (mirrors.inline_code, "learning/a.html", "{{ text|safe }}"),
        (mirrors.fragment_root, "learning/places/_seat_panel.html", "<div>"),
        (mirrors.fragment_root, "learning/places/_seat_panel.html", '<div id="panel">'),
        (mirrors.fragment_root, "learning/places/_seat_panel.html", '{# <p id="seat-panel"> #}<p>'),
        (mirrors.includes, "learning/a.html", '{% include "measures/catalogue/sum.html" %}'),
        (
            mirrors.includes,
            "measures/a.html",
            '{% include "learning/sessions/session_row.html" with a=b %}',
        ),
        (mirrors.includes, "learning/places/a.html", '{% include "learning/surveys/b.html" %}'),
        (
            mirrors.includes,
            "components/a.html",
            '{% include "learning/sessions/session_row.html" %}',
        ),
        (mirrors.includes, "components/a.html", '{%include "base.html"%}'),
        (mirrors.includes, "base.html", '{% include "learning/sessions/session_row.html" %}'),
        (mirrors.includes, "learning/a.html", "{% include whatever %}"),
        (mirrors.includes, "learning/a.html", '{% extends "partners/a.html" %}'),
        (mirrors.includes, "partners/intake/a.html", '{% include "learning/intake/b.html" %}'),
        (
            mirrors.includes,
            "learning/intake/a.html",
            '{% include "partners/intake/import_list.html" %}',
        ),
        (mirrors.includes, "learning/intake/a.html", '{% include "partners/people/a.html" %}'),
    ],
)
def test_a_template_that_breaks_a_rule_is_seen(rule, path, text):
    assert list(rule(path, text))


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("learning/surveys/a.html", '{% include "learning/places/b.html" %}'),
        ("learning/places/a.html", '{% include "learning/places/_b.html" %}'),
        ("learning/intake/a.html", '{% extends "partners/intake/import_page.html" %}'),
        ("learning/a.html", '{% extends "base.html" %}{% include "components/field.html" %}'),
        ("base.html", '{% include "northstar/demo/_demo_bar.html" %}'),
    ],
)
def test_a_template_may_include_neighbours_to_the_left(path, text):
    assert list(mirrors.includes(path, text)) == []


@pytest.mark.parametrize(
    "text", ['{% url "a" %}', '{% nav_link "a" text %}', '{% url_if_any "a" as address %}']
)
def test_a_component_that_leads_to_a_page_is_seen(text):
    assert mirrors.component_that_links("components/a.html", text) == "a"
    assert mirrors.component_that_links("learning/a.html", text) == ""
    assert mirrors.component_that_links("components/a.html", "<p>") == ""


def test_a_page_of_another_app_is_seen():
    text = 'render(request, "measures/catalogue/sum.html", {})'

    assert list(mirrors.pages_shown(*plant("learning/sessions/views.py", text)))
    assert list(mirrors.pages_shown(*plant("measures/catalogue/views.py", text))) == []


def test_a_page_of_a_room_to_the_right_is_seen():
    text = 'render(request, "learning/sessions/session_list.html", {})'
    house = STANDING.with_(ROOMS)

    assert list(mirrors.pages_shown(Source("learning/places/views.py", text), house))
    assert list(mirrors.pages_shown(Source("learning/sessions/views.py", text), house)) == []


def test_a_page_without_its_room_is_seen():
    house = STANDING.with_(ROOMS)

    assert not mirrors.has_its_room("learning/session_list.html", house)
    assert not mirrors.has_its_room("learning/session/session_list.html", house)
    assert mirrors.has_its_room("learning/sessions/session_list.html", house)
    assert mirrors.has_its_room("learning/mail/letter.html", house)
    assert mirrors.has_its_room("components/field.html", house)
    assert mirrors.has_its_room("base.html", house)


def test_a_test_without_its_module_is_seen():
    house = STANDING.with_(ROOMS)

    assert mirrors.has_its_module("tests/learning/places/test_registration.py", house)
    assert mirrors.has_its_module("tests/learning/test_permissions.py", house)
    assert not mirrors.has_its_module("tests/learning/test_nothing.py", house)
    assert not mirrors.has_its_module("tests/learning/test_panel.py", house)
    assert not mirrors.has_its_module("tests/learning/sessions/test_registration.py", house)


def test_a_module_without_its_test_is_seen():
    house = STANDING.with_({"learning/places/offers.py": "", "learning/places/offer_views.py": ""})
    missing = mirrors.untried(house, ["tests/learning/places/test_waitlist.py"])

    assert "learning.places.offers" in missing
    assert not {"learning.places.waitlist", "learning.places.offer_views"} & missing
