from decimal import Decimal

import pytest
from django.utils import translation

from measures.city import words
from measures.city.way import Parts, Way, rounded
from tests.measures.city.test_way import TARGETS, UMEA, a_way, points


def plain(text):
    return text.replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("way", "sentence"),
    [
        (a_way(), "Åt rätt håll, men inte fort nog"),
        (a_way(planned=200_000), "Åt rätt håll, och åtgärderna räcker"),
        (a_way(this_year=2028), "Vi väntar på nya siffror"),
        (a_way(targets=()), "Utsläppen minskar"),
        (a_way(outcomes=points((1990, 9), (2020, 90), (2024, 90))), "Umeå ligger i fas med målet"),
        (a_way(outcomes=points((1990, 10**6), (2020, 10**6), (2024, 10**6))), "minskar inte"),
        (a_way(outcomes=UMEA[-1:]), "Det är för tidigt att säga hur det går"),
        (a_way(outcomes=()), "Tillsammans för en klimatneutral stad"),
    ],
)
def test_the_sentence_of_state(way, sentence):
    assert sentence in words.headline(way)


def lead(way):
    return plain(" ".join(words.lead(way)))


def test_the_lead_says_since_when_what_remains_and_what_the_measures_give():
    assert lead(a_way()) == (
        "Utsläppen i Umeå har minskat med 43 procent sedan 1990. "
        "Till målet 2030 återstår 154 000 ton. "
        "Åtgärderna här väntas ge cirka 46 000 ton av dem, alltså 30 procent."
    )


@pytest.mark.parametrize(
    ("way", "said"),
    [
        (a_way(planned=812), "cirka 810 ton av dem, mindre än en procent."),
        (a_way(planned=0), "Ingen åtgärd här som börjar efter 2024 har en siffra än."),
        (a_way(planned=160_000), "cirka 160 000 ton, och det räcker."),
        (a_way(outcomes=points((1990, 90), (2024, 60))), "Målet för 2030 är nått."),
        (a_way(outcomes=()), "Utsläppen i Umeå år för år finns inte här än."),
        (a_way(outcomes=UMEA[-1:]), "Umeå släppte ut 236 000 ton 2024."),
        (a_way(this_year=2029), "De senaste siffrorna är från 2024. Utsläppen i Umeå har minskat"),
        (a_way(outcomes=points((1990, 100), (2024, 120))), "har ökat med 20 procent sedan 1990."),
        (a_way(outcomes=points((1990, 1000), (2024, 1001))), "lika stora 2024 som 1990."),
    ],
)
def test_the_lead_fits_every_state(way, said):
    assert said in lead(way)


def test_without_a_target_nothing_remains_to_be_said():
    assert words.lead(a_way(targets=())) == words.lead(a_way(targets=()))[:1]
    assert words.covered(a_way(targets=())) == ""


@pytest.mark.parametrize(
    ("planned", "said"),
    [
        (46_000, "Det prickade fältet är det som ingen åtgärd täcker än."),
        (810, "mindre än en procent"),
        (154_000, "täcker hela vägen"),
    ],
)
def test_the_bar_is_said_in_words(planned, said):
    assert said in words.covered(a_way(planned=planned))


def test_the_drawing_is_said_in_words():
    assert plain(words.told(a_way())) == (
        "Utsläpp i Umeå: 412 000 ton 1990 och 236 000 ton 2024. Mål 2030: 82 000 ton. "
        "Mål 2040: 62 000 ton. Väntat 2030: 190 000 ton, så att 108 000 ton saknas."
    )
    assert plain(words.told(a_way(outcomes=UMEA[-1:], targets=()))) == (
        "Utsläpp i Umeå: 236 000 ton 2024."
    )


def test_labels_are_short_where_it_is_narrow():
    wide, narrow = (words.labels(a_way(), is_wide=is_wide) for is_wide in (True, False))

    assert [plain(line) for line in wide["last"]] == ["236 000 ton 2024", "43 % lägre än 1990"]
    assert plain(wide["target"][0]) == "mål 2030: 82 000 ton"
    assert [plain(line) for line in narrow["missing"]] == ["108 000", "saknas"]
    assert plain(narrow["target"][0]) == "mål 82 000"
    assert "later-2040" in wide
    assert "later-2040" not in narrow


def test_in_english_the_numbers_are_english():
    with translation.override("en"):
        assert "154,000\u00a0tonnes remain to the target of 2030." in words.lead(a_way())
        assert words.change(a_way()) == "43% lower than 1990"


@pytest.mark.parametrize(
    ("value", "said"),
    [("108234", 108_000), ("999600", 1_000_000), ("12.5", 13), ("0.4", 0), ("0", 0), ("999", 999)],
)
def test_what_follows_from_estimates_is_rounded(value, said):
    assert rounded(Decimal(value)) == said


@pytest.mark.parametrize(
    ("last", "target", "planned", "said"),
    [
        (236_400, 81_600, 42_600, ("154 000", "43 000", "28 procent", "193 000", "111 000")),
        (231_600, 78_400, 32_480, ("154 000", "32 000", "21 procent", "200 000", "122 000")),
    ],
)
def test_who_reckons_the_shown_figures_again_gets_the_same(last, target, planned, said):
    way = Way(
        points((1990, 412_000), (2024, last)),
        points((2030, target)),
        Parts(planned=Decimal(planned)),
        2026,
    )
    remains, about, percent, expected, missing = said
    assert f"återstår {remains} ton" in lead(way)
    assert f"cirka {about} ton av dem, alltså {percent}." in lead(way)
    assert f"Väntat 2030: {expected} ton, så att {missing} ton saknas." in plain(words.told(way))
    labels = words.labels(way, is_wide=True)
    assert plain(labels["expected"][1]) == f"{expected} ton"
    assert plain(labels["missing"][0]) == f"{missing} ton"


@pytest.mark.parametrize(("planned", "is_enough"), [(154_000, True), (153_999, False)])
def test_rounding_neither_reaches_a_target_nor_misses_it(planned, is_enough):
    way = a_way(planned=planned)
    assert (way.missing == 0) == (way.expected <= way.target.tonnes) == is_enough


def test_a_share_just_below_the_whole_is_not_the_whole():
    way = Way(UMEA, TARGETS, Parts(planned=Decimal(153_900)), 2026)

    assert "alltså 97 procent." in lead(way)  # of 150 000, as it is said
