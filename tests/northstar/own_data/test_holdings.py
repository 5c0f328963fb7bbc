"""Every table that points at people, or holds an address, is decided on in one list."""

import pytest
from django.apps import apps
from django.db import models

from northstar.own_data.holding import DID
from northstar.own_data.holdings import BY_KEY, HOLDINGS
from partners.models import User

# Their rows are somebody's, and no column of theirs says whose.
NOT_BY_A_COLUMN = {
    "sessions.Session": "sealed: whose login it is stands inside; the page says so",
    "learning.SurveyAnswer": "confidential, and reached through the invitation alone",
    "account.EmailConfirmation": "the library's own, never written here",
}

TABLES = apps.get_models(include_auto_created=True)


def pointing(model):
    """The columns of *model* that point at a person."""
    relations = [f for f in model._meta.concrete_fields if f.is_relation]
    return {f.name for f in relations if issubclass(f.related_model, User)}


def addresses(model):
    return {f.name for f in model._meta.concrete_fields if isinstance(f, models.EmailField)}


def test_what_is_walked_is_every_table():
    assert {User, *(one.model for one in HOLDINGS)} <= set(TABLES)
    assert len(TABLES) > 45


@pytest.mark.parametrize("model", TABLES, ids=lambda model: model._meta.label)
def test_a_table_that_points_at_people_or_holds_an_address_is_decided_on(model):
    found = [one for one in HOLDINGS if one.model is model]
    if not (pointing(model) or addresses(model)):
        assert not found
        return
    assert len(found) == 1, "say in northstar/own_data/holdings.py how its rows are shown"
    one = found[0]
    by_key = {*one.about, *one.did} - {"pk"}
    assert by_key == pointing(model), "a column that points at people is forgotten"
    by_address = {*one.addresses, *one.did_by_address}
    assert by_address == (set() if model is User else addresses(model))


def test_what_is_on_no_list_is_known_and_why():
    labels = {model._meta.label for model in TABLES}
    assert labels >= NOT_BY_A_COLUMN.keys()


@pytest.mark.parametrize("one", HOLDINGS, ids=lambda one: one.key)
def test_a_kind_names_columns_there_are(one):
    columns = {f.name for f in one.model._meta.concrete_fields}
    assert columns >= {*one.fields, *one.emptied, *one.named_in, *one.related}
    kinds = {f.name: type(f) for f in one.model._meta.concrete_fields}
    assert not one.when or kinds[one.when] is models.DateTimeField
    assert DID.keys() >= {*one.did, *one.did_by_address}
    assert bool(one.hidden) is not bool(one.fields) or not (one.about or one.addresses)


def test_what_answers_a_survey_is_in_no_kind():
    confidential = {"usefulness", "safety", "answer"}
    assert not any(confidential & set(one.fields) for one in HOLDINGS)
    assert BY_KEY["barriers"].hidden
    assert len(BY_KEY) == len(HOLDINGS)
