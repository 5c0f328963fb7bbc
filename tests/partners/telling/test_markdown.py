"""What coordinators write becomes HTML that can do no harm."""

import re
import time

import pytest

from partners.telling.markdown import LONGEST, render, rows


def html(text):
    return render(text).html


def test_the_marks_become_what_they_mean():
    shown = html("## Rubrik\n\nEtt **viktigt** ord.\n\n- en\n- två\n\n1. först")
    assert '<h2 id="om-rubrik">Rubrik</h2>' in shown
    assert "<strong>viktigt</strong>" in shown
    assert shown.count("<li>") == 3


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "<a href='javascript:alert(1)'>x</a>",
        "<style>body{display:none}</style>",
        "<b>fet</b>",
        "text <iframe src=//ond.example></iframe>",
        "<!-- gömt -->",
        "<svg/onload=alert(1)>",
    ],
)
def test_html_stands_there_as_it_was_typed(text):
    shown = html(text)
    assert set(re.findall(r"<(\w+)", shown)) <= {"p", "a"}
    assert "<a" not in shown or "href" not in shown


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "&#106;avascript:alert(1)",
        "javascript&colon;alert(1)",
        "java%0ascript:alert(1)",
        "vbscript:x",
        "data:text/html,x",
        "ftp://x.example",
        "file:///etc/passwd",
    ],
)
def test_a_link_that_leads_astray_loses_its_address(address):
    shown = html(f"[läs mer]({address})")
    assert "läs mer" in shown
    assert "href" not in shown or 'href="java%0ascript:alert(1)"' in shown  # a path, not a scheme


@pytest.mark.parametrize(
    "address",
    ["https://x.example/?a=1&b=2", "http://x.example", "mailto:a@x.example", "/partner/", "#fakta"],
)
def test_a_link_of_a_good_kind_is_kept(address):
    assert f'href="{address.replace("&", "&amp;")}"' in html(f"[läs]({address})")


def test_a_picture_is_no_picture():
    assert "<img" not in html("![träd](https://x.example/trad.png)")


def test_the_highest_heading_is_the_one_asked_for():
    assert [tag for tag in re.findall(r"<(h\d)", render("# A\n\n## B", 3).html)] == ["h3", "h4"]
    assert [tag for tag in re.findall(r"<(h\d)", html("### A\n\n#### B"))] == ["h2", "h3"]
    assert "<h6" in render("# A\n\n###### B", 4).html


def test_the_sections_are_those_of_the_highest_level_and_each_has_its_own_place():
    shown = render("## Vad?\n\n### Lite\n\n## Vad?\n\n## !\n\n## **Hur** då")
    assert [section.title for section in shown.sections] == ["Vad?", "Vad?", "!", "Hur då"]
    anchors = [section.anchor for section in shown.sections]
    assert len(set(anchors)) == 4
    assert all(f'id="{anchor}"' in shown.html for anchor in anchors)


def test_nothing_is_nothing():
    assert render("") == ("", ())
    assert rows("") == ()


def test_the_longest_text_is_rendered_in_less_than_a_second():
    for text in ("[" * LONGEST, "*a " * (LONGEST // 3), "> " * (LONGEST // 2), "`" * LONGEST):
        started = time.process_time()
        render(text)
        assert time.process_time() - started < 1


def test_lines_are_parts_with_marks():
    first, second = rows("Juni 2023 | **Start** | Tre\n\nutan delar\n2030 | [Mål](javascript:x)")
    assert first == ("Juni 2023", "<strong>Start</strong>", "Tre")
    assert second.label == "2030"
    assert "href" not in second.text
    assert second.more == ""


def test_a_line_says_no_html_of_its_own():
    (row,) = rows("<b>x</b> | <script>y</script> | <img src=z>")
    assert row.text == "&lt;script&gt;y&lt;/script&gt;"
    assert "<img" not in row.more
