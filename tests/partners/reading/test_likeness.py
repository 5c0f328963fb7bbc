"""Names nearly alike."""

import pytest

from partners.reading import likeness
from partners.reading.likeness import LOOKED_AT, Names


def filed(*stems):
    names = Names()
    for stem in stems:
        names.add(stem)
    return names


@pytest.mark.parametrize(
    ("asked", "near"),
    [
        ("granit byg", [0]),
        ("grannit bygg", [0]),
        ("ganit bygg", [0]),
        ("älvstrandens bostäder", [1]),
        ("stormhatten bygg", []),
        ("brf solgläntan 2", []),
        ("brf solglantan 1", [3]),
    ],
)
def test_a_slip_of_the_pen_is_found_and_another_number_is_another_house(asked, near):
    names = filed("granit bygg", "älvstranden bostäder", "stormhatten livs", "brf solgläntan 1")
    assert names.near(asked) == near


def test_the_nearest_comes_first():
    assert filed("umeå energin", "umeå energi").near("umeå energi") == [1, 0]


def test_words_within_and_around_are_found():
    names = filed("rise", "rise research institutes of sweden", "umeå kommun", "umeå kommunföretag")
    assert list(names.within("rise research institutes of sweden")) == [0]
    assert names.around("rise") == [1]
    assert list(names.within("umeå kommunföretag")) == names.around("umeå kommun") == []


def test_a_name_of_many_words_is_found_by_its_beginning():
    long = "rise och ett två tre fyra fem sex sju åtta nio"
    assert list(filed("rise", "nio").within(long)) == [0]


@pytest.mark.parametrize("shape", ["Bolag {}", "Bolag {:>08b}", "{:x} Bygg i Umeå"])
def test_ten_times_as_many_names_are_ten_times_as_many_comparisons(monkeypatch, shape):
    compared = []

    def extract(stem, choices, **options):
        compared.append(len(choices))
        return []

    monkeypatch.setattr(likeness.process, "extract", extract)
    costs = []
    for size in (300, 3_000):
        compared.clear()
        names = Names()
        for number in range(size):
            stem = shape.format(number).lower()
            names.near(stem)
            names.add(stem)
        costs.append(sum(compared))
    assert max(compared) <= LOOKED_AT
    assert costs[1] <= size * LOOKED_AT
