from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from measures.city import keeping
from measures.city.pasting import Row
from measures.models import CityEmission, CityTarget
from tests.builders import make_emission, make_target

pytestmark = pytest.mark.django_db

DETAILS = {"source": "RUS", "published_on": None}


def a_row(year, tonnes):
    return Row(year, None if tonnes is None else Decimal(tonnes))


def test_a_year_is_written_down_with_who_wrote_it(kim):
    made = keeping.add(CityEmission, {"year": 2024, "tonnes": Decimal(9), **DETAILS}, by=kim)

    assert (made.year, made.tonnes, made.updated_by) == (2024, 9, kim)


def test_the_same_year_twice_is_refused_and_the_same_figure_is_nothing_new(kim):
    values = {"year": 2030, "tonnes": Decimal(82_000), "source": "Planen", "wording": ""}
    first = keeping.add(CityTarget, values, by=kim)

    assert keeping.add(CityTarget, values, by=kim) == first
    with pytest.raises(ValidationError, match="finns redan"):
        keeping.add(CityTarget, values | {"tonnes": Decimal(1)}, by=kim)
    assert CityTarget.objects.get().tonnes == 82_000


def test_a_year_is_changed_but_not_into_another_that_is_there(kim, lo):
    figure = make_emission(2024, 9, by=lo)
    make_emission(2023, 8)

    keeping.change(figure, {"year": 2022, "tonnes": Decimal(7), **DETAILS}, by=kim)
    with pytest.raises(ValidationError, match="2023 finns redan"):
        keeping.change(figure, {"year": 2023, "tonnes": Decimal(7), **DETAILS}, by=kim)

    figure.refresh_from_db()
    assert (figure.year, figure.tonnes, figure.updated_by) == (2022, 7, kim)


def test_a_year_is_taken_away(kim):
    keeping.remove(make_target(2030, 9), by=kim)
    assert not CityTarget.objects.exists()


def test_what_a_paste_changes_is_known_before(kim):
    make_emission(2022, 5)
    make_emission(2023, 6)
    make_emission(2024, 7)
    pasted = [a_row(2021, 4), a_row(2022, 5), a_row(2023, 9), a_row(2024, None), a_row(2025, None)]

    found = keeping.changes(pasted)

    assert [one.kind for one in found] == ["new", "same", "changed", "kept", "gap"]
    assert keeping.keep(pasted, DETAILS, seen=keeping.seal(found), by=kim) == 2
    known = dict(CityEmission.objects.values_list("year", "tonnes"))
    assert known == {2021: 4, 2022: 5, 2023: 9, 2024: 7}
    assert CityEmission.objects.get(year=2023).updated_by == kim
    assert CityEmission.objects.get(year=2022).updated_by != kim


def test_what_was_saved_meanwhile_is_shown_before_it_is_written_over(kim):
    pasted = [a_row(2023, 6)]
    seen = keeping.seal(keeping.changes(pasted))
    make_emission(2023, 99)

    with pytest.raises(ValidationError, match="under tiden"):
        keeping.keep(pasted, DETAILS, seen=seen, by=kim)

    assert CityEmission.objects.get().tonnes == 99


def test_saving_the_same_twice_writes_nothing_more(kim):
    pasted = [a_row(2023, 6)]
    seen = keeping.seal(keeping.changes(pasted))

    assert keeping.keep(pasted, DETAILS, seen=seen, by=kim) == 1
    assert keeping.keep(pasted, DETAILS, seen=seen, by=kim) == 0


@pytest.mark.parametrize(("year", "tonnes"), [(2024, -1), (1800, 1), (2101, 1)])
@pytest.mark.parametrize("make", [make_emission, make_target])
def test_the_database_takes_no_figure_that_cannot_be(make, year, tonnes):
    with pytest.raises(IntegrityError), transaction.atomic():
        make(year, tonnes)


@pytest.mark.parametrize("make", [make_emission, make_target])
def test_the_database_takes_a_year_once(make):
    make(2024, 1)
    with pytest.raises(IntegrityError, match="one_a_year"), transaction.atomic():
        make(2024, 2)
