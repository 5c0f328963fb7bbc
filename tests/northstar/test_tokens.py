"""Style sheets and scripts: colours with contrast enough, nothing that nobody uses, small."""

import gzip
import re
from pathlib import Path

import pytest

STATIC = Path(__file__).resolve().parents[2] / "static"
SOURCE = (STATIC / "css" / "tokens.css").read_text()
PAIRS = re.findall(r"--([\w-]+): light-dark\((#\w{6}), (#\w{6})\)", SOURCE)
LIGHT = {name: light for name, light, _ in PAIRS}
DARK = {name: dark for name, _, dark in PAIRS}

TEXT = [  # text on ground: at least 4.5
    *[("ink", ground) for ground in ("snow", "mist", "breeze", "pine-soft")],
    *[("ink", f"{kind}-soft") for kind in ("ok", "warn", "err", "info")],
    *[("ink-2", ground) for ground in ("snow", "mist", "breeze")],
    *[(word, ground) for word in ("link", "visited") for ground in ("snow", "mist")],
    *[(kind, f"{kind}-soft") for kind in ("ok", "warn", "err")],
    ("link", "info-soft"),
    ("link", "ok-soft"),
    ("err", "snow"),
    *[("on-answer", f"answer-{n}") for n in (2, 3)],
    *[("on-end", f"answer-{n}") for n in (1, 4)],
    ("on-pine", "pine"),
    ("on-pine", "pine-hover"),
]
SHAPES = [  # lines one must see: at least 3
    ("edge", "snow"),
    ("edge", "mist"),
    ("pine", "snow"),
    *[(f"chart-{n}", "snow") for n in (1, 2, 3, 4, 5, "rest")],
]


def luminance(colour):
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("scheme", [LIGHT, DARK], ids=["light", "dark"])
def test_every_pair_has_enough_contrast(scheme):
    weak = [
        (front, ground, round(contrast(scheme[front], scheme[ground]), 2))
        for least, pairs in ((4.5, TEXT), (3, SHAPES))
        for front, ground in pairs
        if contrast(scheme[front], scheme[ground]) < least
    ]
    assert not weak


def test_white_words_stand_on_the_top_bar():
    assert contrast("#ffffff", LIGHT["night"]) > 7
    assert contrast("#ffffff", DARK["night"]) > 7


def test_every_colour_has_a_plain_value_for_browsers_without_light_dark():
    plain = dict(re.findall(r"--([\w-]+): (#\w{6});", SOURCE))
    assert {name: plain.get(name) for name in LIGHT} == LIGHT


PARTS = [path for path in (STATIC / "css").glob("*.css") if path.name != "portal.css"]


def test_a_first_visit_stays_small():
    assert len(gzip.compress(b"".join(path.read_bytes() for path in PARTS))) <= 14_000
    assert sum(path.stat().st_size for path in (STATIC / "js").glob("*.js")) <= 6_000
    for path in (STATIC / "css").glob("*.css"):
        assert "!important" not in path.read_text()


SHEETS = {path.name: path.read_text() for path in (STATIC / "css").glob("*.css")}


def test_every_property_of_our_own_is_used_and_every_one_used_is_there():
    everything = "".join(SHEETS.values())
    made = set(re.findall(r"(--[\w-]+)\s*:", everything))
    assert len(made) > 40
    assert made == set(re.findall(r"var\((--[\w-]+)", everything))


def test_a_style_sheet_is_short_enough_to_read():
    assert {name: n for name, text in SHEETS.items() if (n := text.count("\n")) > 400} == {}


def test_every_style_sheet_and_script_is_on_the_pages():
    head = (STATIC.parent / "templates" / "components" / "head.html").read_text()
    head += (STATIC / "css" / "portal.css").read_text()
    head += (STATIC.parent / "templates" / "account" / "passkey_scripts.html").read_text()
    files = [path.relative_to(STATIC).as_posix() for path in STATIC.glob("[cj]s*/*")]
    assert len(files) > 8
    missing = [name for name in files if f'{{% static "{name}" %}}' not in head]
    assert [name for name in missing if f'"{Path(name).name}"' not in head] == []
    assert head.count('rel="stylesheet"') == 2, "the portal's and, in the demo, the demo's"


def test_what_a_script_looks_for_stands_in_a_page():
    """data-sent is the script's own: it writes it, and reads it."""
    scripts = "".join(path.read_text() for path in (STATIC / "js").glob("*.js"))
    pages = "".join(path.read_text() for path in (STATIC.parent / "templates").rglob("*.html"))
    asked = set(re.findall(r"\[(data-[a-z-]+)\]", scripts)) - {"data-sent"}
    asked |= {f"data-{name}" for name in re.findall(r"status\.dataset\.(\w+)", scripts)}
    assert {"data-guard", "data-say", "data-check-all", "data-offline"} <= asked
    assert {name for name in asked if not re.search(rf"\s{name}[\s=>{{]", pages)} == set()
