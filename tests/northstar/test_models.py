"""What must hold for every model of ours, the next one included."""

import pytest
from django.apps import apps
from django.db import IntegrityError, models, transaction

from learning.models import STANDARD, SessionReminder
from measures.models import COUNTED, STANDARD_CLOCK, STANDARD_DAYS, MeasureReminder
from partners.models import ClockTick, FocusArea, OrganisationAlias
from tests.northstar.rows import ROWS, one_of_each

OURS = [
    model
    for name in ("partners", "learning", "measures")
    for model in apps.get_app_config(name).get_models()
]
CHOSEN = [
    pytest.param(model, field, id=f"{model.__name__}.{field.name}")
    for model in OURS
    for field in model._meta.fields
    if field.choices
]


@pytest.fixture
def rows(db):
    return one_of_each()


def test_every_model_has_a_row_here():
    assert set(ROWS) == set(OURS)


def test_every_field_with_choices_is_walked():
    assert len(CHOSEN) >= 23


@pytest.mark.parametrize(("model", "field"), CHOSEN)
def test_the_database_knows_the_values_of_a_field_with_choices(rows, model, field):
    """Each value passes the field's own constraint, an unknown one passes none."""
    row = rows[model]
    with pytest.raises(IntegrityError, match="check constraint"), transaction.atomic():
        model.objects.filter(pk=row.pk).update(**{field.name: "?"})
    known = [c for c in model._meta.constraints if c.name.endswith(f"_{field.name}_is_known")]
    assert len(known) == 1, f"nothing says which values {field} may have"
    assert not known[0].condition.check({field.name: "?"})
    blank = [""] if field.blank else []
    for value in [*dict(field.flatchoices), *blank]:
        assert known[0].condition.check({field.name: value}), value


@pytest.mark.parametrize("model", OURS, ids=lambda model: model.__name__)
def test_a_row_is_called_by_words_and_no_query(rows, model, django_assert_num_queries):
    bare = model.objects.get(pk=rows[model].pk)
    with django_assert_num_queries(0):
        words = str(bare)
    assert words
    assert "object (" not in words
    assert model.__str__ is not models.Model.__str__


def test_a_row_is_called_by_its_people_where_they_are_loaded(rows):
    for model in OURS:
        names = [f.name for f in model._meta.fields if isinstance(f, models.ForeignKey)]
        row = model.objects.select_related(*names).get(pk=rows[model].pk)
        if model not in {OrganisationAlias, ClockTick}:
            assert "#" not in str(row) or model.__name__ == "SurveyAnswer", model


def test_the_standard_of_reminders_that_was_planted_is_the_one_a_plant_makes(db):
    def said():
        standard = SessionReminder.objects.standard().values(*STANDARD, "counts_from", "is_off")
        return list(standard)

    planted = said()
    assert planted == [STANDARD | {"counts_from": None, "is_off": False}]
    SessionReminder.objects.plant()
    assert said() == planted
    SessionReminder.objects.all().delete()
    SessionReminder.objects.plant()
    assert said() == planted


def test_the_reminders_of_measures_that_were_planted_are_those_a_plant_makes(db):
    def said():
        rules = MeasureReminder.objects.standing()
        return list(rules.values(*COUNTED, "amount", "clock", "is_off"))

    planted = said()
    nine = COUNTED | {"clock": STANDARD_CLOCK, "is_off": False}
    assert planted == [nine | {"amount": days} for days in STANDARD_DAYS]
    MeasureReminder.objects.plant()
    assert said() == planted
    MeasureReminder.objects.all().delete()
    MeasureReminder.objects.plant()
    assert said() == planted


def test_the_areas_that_were_planted_are_those_a_plant_makes(db):
    """A migration planted them; what a flush takes is planted again from the same list."""
    planted = list(FocusArea.objects.values_list("key", "title_sv", "title_en", "position"))
    FocusArea.objects.plant()
    assert list(FocusArea.objects.values_list("key", "title_sv", "title_en", "position")) == planted
    FocusArea.objects.all().delete()
    FocusArea.objects.plant()
    assert list(FocusArea.objects.values_list("key", "title_sv", "title_en", "position")) == planted
