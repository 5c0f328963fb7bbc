"""Names: one person, or a question."""

import pytest
from hypothesis import given, reject
from hypothesis import strategies as st

from partners.reading.names import Name, before_remark, read_name, read_names, surname_first
from partners.reading.text import Unclear

LETTERS = st.text("abcdefghijklmnopqrstuvwxyzåäöéü", min_size=2, max_size=9).map(str.title)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Löfgren, Bo", Name("Bo Löfgren")),
        ("von Essen, Aino Maria", Name("Aino Maria von Essen")),
        ("Löfgren, Bo (VD)", Name("Bo Löfgren", title="VD")),
        ("Karin Lund, VD", Name("Karin Lund", title="VD")),
        ("Karin Lund – hållbarhetschef", Name("Karin Lund", title="hållbarhetschef")),
        ("Karin Lund, tf VD", Name("Karin Lund", title="tf VD")),
        ("Lund, K.", Name("K. Lund")),
        ("Lund, K. A.", Name("K. A. Lund")),
        ("Miljöavdelningen, Eva Dal", Name("Eva Dal", organisation="Miljöavdelningen")),
        (
            "Umeå kommun, tekniska kontoret, Eva Dal",
            Name("Eva Dal", organisation="Umeå kommun, tekniska kontoret"),
        ),
        (
            "Eva Dal, samhällsbyggnadsförvaltningen",
            Name("Eva Dal", organisation="samhällsbyggnadsförvaltningen"),
        ),
        ("Karin Lund, fil.dr", Name("Karin Lund", title="fil.dr")),
        ("Karin Lund, RISE", Name("Karin Lund", organisation="RISE")),
        ("Ek, Bo, VD, Umeå kommun", Name("Bo Ek", "VD", "Umeå kommun")),
        ("Karin Lund, VD och ordförande", Name("Karin Lund", title="VD, ordförande")),
        ("Karin Lund / RISE", Name("Karin Lund", organisation="RISE")),
        ("Bo Löfgren <bo@x.example>", Name("Bo Löfgren")),
        ("J.R.R. Tolkien", Name("J.R.R. Tolkien")),
        ("Madonna", Name("Madonna")),
        ("Miljöchef Bo Ek", Name("Bo Ek", title="Miljöchef")),
        ("Prof. Anna Berg", Name("Anna Berg", title="Prof.")),
        ("Tf. chef Eva Dal", Name("Eva Dal", title="Tf. chef")),
        ("Civ.ing. Eva Dal", Name("Eva Dal", title="Civ.ing.")),
        ("Ing. Eva Dal", Name("Eva Dal", title="Ing.")),
        ("Rektor Eva Dal", Name("Eva Dal", title="Rektor")),
        ("Kassör Eva Dal", Name("Eva Dal", title="Kassör")),
        ("Sekreterare Eva Dal", Name("Eva Dal", title="Sekreterare")),
        ("Suppleant Eva Dal", Name("Eva Dal", title="Suppleant")),
        ("vik. Eva Dal", Name("Eva Dal", title="vik.")),
        ("Anna Berg PhD", Name("Anna Berg", title="PhD")),
        ("Anna Berg f.d. Ek", Name("Anna Berg", title="f.d. Ek")),
        ("1) Anna Berg", Name("Anna Berg")),
        ("علی\u200cرضا کریمی", Name("علی\u200cرضا کریمی")),
    ],
)
def test_one_person_as_the_name_is_spoken(text, name):
    assert read_name(text) == name


@pytest.mark.parametrize(
    "text",
    ["Anna Berg och Erik Ek", "Anna Berg, Erik Ek", "Anna Berg / Erik Ek", "Anna Berg & Erik Ek",
     "Anna Berg\nErik Ek", "Anna Berg; Erik Ek", "Anna Berg and Erik Ek", "Berg, Anna; Ek, Erik"],
)  # fmt: skip
def test_two_people_are_two(text):
    assert [one.name for one in read_names(text)] == ["Anna Berg", "Erik Ek"]
    with pytest.raises(Unclear, match="several"):
        read_name(text)


def test_what_stands_beside_each_is_theirs():
    assert read_names("Anna Berg (VD), Karl Ek (hållbarhet)") == [
        Name("Anna Berg", title="VD"),
        Name("Karl Ek", organisation="hållbarhet"),
    ]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Karin Lund, Umeå", "comma"),
        ("Vakin, Jon Lind", "comma"),
        ("Berg, Åsa Maria", "comma"),
        ("Karin Lund, jurist på deltid", "comma"),
        ("Karin Lund, Ek. Dr.", "comma"),
        ("Karin Lund och co", "comma"),
        ("Anna & Karl Berg", "shared"),
        ("Anna Berg & Karl", "shared"),
        ("Anna Berg m.fl.", "invalid"),
        ("Tf. chef Eva", "invalid"),
        ("Eva Dal sjuk", "invalid"),
        ("Eva Dal avbokad", "invalid"),
        ("Eva Dal FRÅNVARANDE", "invalid"),
        ("Eva Dal föräldraledig", "invalid"),
        ("Eva Dal slutat", "invalid"),
        ("Eva Dal ej", "invalid"),
        ("Eva Dal 1)", "invalid"),
        ("Eva Dal ersätter Ola Ek", "invalid"),
        ("Eva Dal hållbarhets- och miljöchef", "invalid"),
        ("Se hemsidan", "invalid"),
        ("Hållbarhetschefen", "invalid"),
        ("2 personer från kommunen", "invalid"),
        ("Evas iPhone", "invalid"),
        ("VD: Karin Lund", "invalid"),
        ("Karin Lund ?", "invalid"),
        ("Åsa" * 400, "invalid"),
        ("https://evil.example", "link"),
        ("Vinn på evil.com", "link"),
        ("bo@x.example", "link"),
        ("1234", "invalid"),
        ("Karin Lund 070-123 45 67", "invalid"),
        ("", "invalid"),
        ('=HYPERLINK("a")', "invalid"),
    ],
)
def test_what_is_no_name_is_asked_about(text, code):
    with pytest.raises(Unclear, match=code):
        read_name(text)


@given(st.lists(LETTERS, min_size=2, max_size=4))
def test_a_name_that_is_read_is_read_again(words):
    try:
        name = read_name(" ".join(words)).name
    except Unclear:  # "Aa Vacant" is none
        reject()
    assert read_name(name).name == name


def test_the_words_before_a_remark_are_likely_the_name():
    assert before_remark("Eva Dal ersätter Ola Ek") == "Eva Dal"
    assert before_remark("Eva Dal 1)") == "Eva Dal"
    assert before_remark("Eva Dal") == ""


def test_or_is_a_name_and_between_two_names_a_word():
    assert read_name("Or Levi Berg").name == "Or Levi Berg"
    assert read_name("Dan Or Levi").name == "Dan Or Levi"
    with pytest.raises(Unclear, match="several"):
        read_name("Anna Ek or Bo Berg")


def test_a_surname_that_stands_first_is_parted_or_asked_about():
    assert surname_first("Berg Åsa") == ("Berg, Åsa", "")
    assert surname_first("von Essen Carl") == ("von Essen, Carl", "")
    assert surname_first("Berg, Åsa Maria") == ("Åsa Maria Berg", "")
    assert surname_first("Berg, tf VD") == ("Berg, tf VD", "")
    assert surname_first("Berg, Åsa") == ("Berg, Åsa", "")
    assert surname_first("Berg Åsa Maria") == ("Berg Åsa Maria", "Åsa Maria Berg")
    assert surname_first("Åsa") == ("Åsa", "")
