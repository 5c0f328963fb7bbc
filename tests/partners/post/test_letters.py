"""How a letter is written."""

import pytest

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
    assert "Jag kan inte komma: http://localhost:8000/platser/1/" in message.text
    assert '<a href="http://localhost:8000/platser/1/"' in message.html
    assert "Kaffe &amp; &lt;b&gt;bulle&lt;/b&gt;" in message.html
    assert "Kaffe & <b>bulle</b>" in message.text


def test_a_title_cannot_make_a_header_or_a_button(ada):
    message = put_letter(
        ada, title="Budget\r\nBcc: x@evil.example\n>> Klicka | https://evil.example/a"
    )
    assert "\n" not in message.subject
    assert "Bcc: x@evil.example" in message.subject
    assert '<a href="https://evil.example/a" style' not in message.html
