"""How a letter is written."""

import re
from pathlib import Path

import pytest

from partners.post.letters import first_name_of
from tests.builders import make_person, put_letter

pytestmark = pytest.mark.django_db


def test_a_letter_is_in_the_language_of_its_reader(ada):
    ada.language = "en"
    swedish = put_letter(make_person("Bo"), key="a")
    english = put_letter(ada, key="b")
    assert swedish.subject.startswith("I morgon kl.")
    assert english.subject.startswith("Tomorrow at")
    assert "Place: Väven, plan 4" in english.text


def test_the_html_has_the_words_of_the_text_and_the_action_is_a_link(ada):
    message = put_letter(ada, title="Kaffe & <b>bulle</b>")
    assert "\nAvboka din plats: http://localhost:8000/platser/1/\n" in message.text
    assert '<a href="http://localhost:8000/platser/1/"' in message.html
    assert ">Avboka din plats</a>" in message.html
    assert ">http" not in message.html
    assert "Kaffe &amp; &lt;b&gt;bulle&lt;/b&gt;" in message.html
    assert "Kaffe & <b>bulle</b>" in message.text


def test_a_title_cannot_make_a_header_or_a_button(ada):
    message = put_letter(
        ada, title="Budget\r\nBcc: x@evil.example\n>> Klicka | https://evil.example/a"
    )
    assert "\n" not in message.subject
    assert "Bcc: x@evil.example" in message.subject
    assert '<a href="https://evil.example/a" style' not in message.html


def test_a_title_cannot_make_a_link_of_words(ada):
    message = put_letter(ada, title="Budget [Logga in | https://evil.example/a]")
    assert "evil.example/a</a>" not in message.html
    assert 'href="https://evil' not in message.html
    assert "[Logga in | https://evil.example/a]" in message.text


@pytest.mark.parametrize(
    ("name", "first"),
    [
        ("Maja Sandberg", "Maja"),
        ("Anna-Karin Ek", "Anna-Karin"),
        ("maja@norr.example", ""),
        ("https://evil.example Ek", ""),
        ("", ""),
        ("  ", ""),
        ("M4ja", ""),
    ],
)
def test_a_greeting_is_of_letters_only(name, first):
    assert first_name_of(name) == first


def test_a_letter_greets_whoever_reads_it():
    for name, language, greeting in [
        ("Maja Sandberg", "sv", "Hej Maja!"),
        ("bo@x.example", "sv", "Hej!"),
        ("Ann Lee", "en", "Hello Ann,"),
    ]:
        message = put_letter(make_person(name, language=language), key=name)
        assert message.text.startswith(f"{greeting}\n\n")
        assert f">{greeting}</p>" in message.html
        assert "\ue000" not in message.text + message.html


def test_facts_stand_once_and_why_one_gets_it_below(ada):
    message = put_letter(ada)
    facts, below = message.html.split("</table>")
    assert message.text.count("Väven, plan 4") == message.html.count("Väven, plan 4") == 1
    assert ">Plats:</td>" in facts
    assert below.rstrip().endswith("</html>")
    assert below.index("Du får mejlet för att") > below.index("</div>")


def test_links_of_a_letter_say_their_colour_and_colours_are_the_portals(ada):
    html = put_letter(ada).html
    colours = set(re.findall(r"#[0-9a-f]{6}", html))
    tokens = Path("static/css/tokens.css").read_text()
    assert {colour for colour in colours if colour not in tokens} == set()
    assert all("color:" in link for link in re.findall(r"<a [^>]*>", html))
    assert 'content="light only"' in html


LETTERS = sorted(
    path
    for path in Path("templates").glob("*/mail/*.??.txt")
    if not path.name.startswith("placeholders")
)


@pytest.mark.parametrize("path", LETTERS, ids=lambda path: path.name)
def test_every_letter_says_why_one_gets_it(path):
    words = "Du får mejlet för att" if path.name.endswith(".sv.txt") else "You get this e-mail"
    assert f"\n-- {words}" in path.read_text()
