"""How a letter is written."""

import colorsys
import re
from html import unescape
from html.parser import HTMLParser
from pathlib import Path

import pytest

from partners.post.letters import PREHEADER, first_name_of
from partners.writing import mails
from tests.builders import make_mailing, make_person, put_letter
from tests.northstar.test_tokens import contrast

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
        assert (
            greeting not in message.html.split("</div>")[0]
        )  # what a mailbox shows is no greeting
        assert "\ue000" not in message.text + message.html


def test_facts_stand_once_and_why_one_gets_it_below(ada):
    message = put_letter(ada)
    facts, below = message.html.split("Väven, plan 4</td></tr></table>")
    assert message.text.count("Väven, plan 4") == message.html.count("Väven, plan 4") == 1
    assert ">Plats:</td>" in facts
    assert below.rstrip().endswith("</html>")
    card, notes = below.split("</table></td></tr>\n<tr>", 1)
    assert "Du får mejlet för att" in notes
    assert "Du får mejlet för att" not in card


def test_links_of_a_letter_say_their_colour_and_colours_are_the_portals(ada):
    html = put_letter(ada).html
    colours = set(re.findall(r"#[0-9a-f]{6}", html))
    tokens = Path("static/css/tokens.css").read_text()
    assert {colour for colour in colours if colour not in tokens} == set()
    assert all("color:" in link for link in re.findall(r"<a [^>]*>", html))


LETTERS = sorted(
    path
    for path in Path("templates").glob("*/mail/*.??.txt")
    if not path.name.startswith("placeholders")
)


@pytest.mark.parametrize("path", LETTERS, ids=lambda path: path.name)
def test_every_letter_says_why_one_gets_it(path):
    words = "Du får mejlet för att" if path.name.endswith(".sv.txt") else "You get this e-mail"
    assert f"\n-- {words}" in path.read_text()


# How it is drawn


@pytest.fixture
def mailing(lo):
    mailing = make_mailing(lo, text_sv="Bilderna ligger på sidan.\n\nSe https://umea.se/klimat.")
    return mails.as_read_by(mailing, lo, "sv", lambda: "du var med", is_own=True).html


@pytest.fixture
def letters(ada, mailing):
    return [Drawn(put_letter(ada).html), Drawn(mailing)]


def test_a_letter_says_its_language_title_and_subject_and_has_no_picture(letters):
    for letter in letters:
        root = letter.first("html")
        article = next(one for one in letter.elements if one.get("role") == "article")
        assert root["lang"] == article["lang"] == "sv"
        assert letter.title
        assert article["aria-label"] == letter.title
        assert letter.meta["color-scheme"] == letter.meta["supported-color-schemes"]
        assert letter.meta["color-scheme"] == "light dark"
        assert not {"img", "script", "link", "form"} & {one["tag"] for one in letter.elements}


def test_tables_are_for_looks_alone_and_have_sizes_that_outlook_knows(letters):
    for letter in letters:
        tables = [one for one in letter.elements if one["tag"] == "table"]
        assert len(tables) > 2
        for table in tables:
            assert table["role"] == "presentation"
            assert (table["cellpadding"], table["cellspacing"], table["border"]) == ("0", "0", "0")
        html = letter.html
        assert html.count("<!--[if mso]>") == html.count("<![endif]-->") == 3
        ghost = html.index('<!--[if mso]><table role="presentation" width="600"')
        assert ghost < html.index("max-width:600px") < html.index("<!--[if mso]></td></tr></table>")


def test_nothing_leans_on_what_outlook_leaves_out(letters):
    """Word draws no padding but that of cells, no ground but of cells, and no flexible boxes."""
    for letter in letters:
        for one in letter.elements:
            style = one.get("style", "")
            assert not re.search(
                r"display:\s*(flex|grid)|position:|float:|calc\(|var\(|url\(", style
            )
            padded = "padding" in style.replace("padding:0;", "")
            assert not padded or one["tag"] in {"td", "a", "h2", "table"}, one
            if one["tag"] == "td" and "background-color" in style:
                assert one["bgcolor"] in style  # for what reads no style
            if one["tag"] == "a" and "display:inline-block" in style:
                assert "mso-padding-alt" in one["within"]["style"]
            if one["tag"] in {"p", "h2"}:
                assert "margin:0" in style  # each program has its own otherwise


def test_words_can_be_read_in_light_in_the_dark_and_turned_round(letters):
    for letter in letters:
        assert len(letter.words) > 4
        for text, light, dark in letter.words:
            assert contrast(*light) >= 4.5, text
            assert contrast(*dark) >= 4.5, text
            assert light != dark, text
            assert contrast(*map(turned, light)) >= 4.5, text  # as a program does by itself


def test_a_mailbox_shows_the_first_words_beside_the_subject(letters):
    first = [letter.html.split('mso-hide:all">')[1].split("</div>")[0] for letter in letters]
    assert first[1] == "Bilderna ligger på sidan."
    assert first[0]
    assert "Hej" not in first[0]


def test_what_a_mailbox_shows_is_short_and_only_text(lo):
    text = "Läs <b>det</b> här " + "och det " * 40
    mailing = make_mailing(lo, text_sv=text)
    html = mails.as_read_by(mailing, lo, "sv", lambda: "x", is_own=True).html
    shown = html.split('mso-hide:all">')[1].split("</div>")[0]
    assert shown.startswith("Läs &lt;b&gt;det&lt;/b&gt; här och")
    assert shown.endswith("…")
    assert len(unescape(shown)) <= PREHEADER


class Drawn(HTMLParser):
    """A letter as a mail program reads it: its elements, and its words with their colours."""

    VOID = {"meta", "br"}

    def __init__(self, html):
        super().__init__()
        self.html, self.elements, self.words, self.meta, self.title = html, [], [], {}, ""
        style = html.split("@media (prefers-color-scheme:dark){")[1].split("</style>")[0]
        rules = re.findall(r"\.([\w-]+)\{([^}]*)\}", style)
        self.dark = {
            name: dict(re.findall(r"([\w-]+):(#\w{6})!important", said)) for name, said in rules
        }
        self.open = []
        self.feed(html)
        self.close()

    def first(self, tag):
        return next(one for one in self.elements if one["tag"] == tag)

    def handle_starttag(self, tag, attrs):
        within = self.open[-1] if self.open else {}
        one = dict(attrs) | {"tag": tag, "within": within}
        self.elements.append(one)
        if tag == "meta" and "name" in one:
            self.meta[one["name"]] = one["content"]
        style = dict(re.findall(r"([\w-]+):(#\w{6})", one.get("style", "")))
        classes = one.get("class", "").split()
        dark = {}
        for name in classes:
            dark |= self.dark[name]
        for key, css in (("front", "color"), ("ground", "background-color")):
            light, by_night = within.get(key, (None, None))
            light = style.get(css, light)
            assert css not in style or css in dark, one  # what has a colour has one by night
            one[key] = (light, dark.get(css, by_night))
        one["hidden"] = within.get("hidden") or "display:none" in one.get("style", "")
        if tag not in self.VOID:
            self.open.append(one)

    def handle_endtag(self, tag):
        assert self.open.pop()["tag"] == tag

    def handle_data(self, data):
        within = self.open[-1] if self.open else {"tag": ""}
        if within["tag"] == "title":
            self.title = data
        elif data.strip() and within["tag"] != "style" and not within.get("hidden"):
            front, ground = within["front"], within["ground"]
            self.words.append((data, (front[0], ground[0]), (front[1], ground[1])))


def turned(colour):
    """*colour* with its lightness turned round, as programs do that make a dark page of a light."""
    red, green, blue = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    hue, lightness, saturation = colorsys.rgb_to_hls(red, green, blue)
    channels = colorsys.hls_to_rgb(hue, 1 - lightness, saturation)
    return "#" + "".join(f"{round(255 * channel):02x}" for channel in channels)
