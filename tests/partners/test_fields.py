from datetime import UTC, date, datetime, time
from decimal import Decimal

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.utils import translation

from partners import fields
from partners.models import Organisation
from partners.reading.numbers import TONNES
from tests.builders import make_organisation


class Tonnes(fields.DecimalField):
    unit = TONNES


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("12,5", "12.5"),
        ("12.5", "12.5"),
        ("1 234,5", "1234.5"),
        ("1\u00a0234,5", "1234.5"),
        ("1.234,5", "1234.5"),
        ("ca 12,5", "12.5"),
        ("Ca. 12,5 ton", "12.5"),
        ("12,5 t CO₂e", "12.5"),
        ("1.234.567", "1234567"),
        ("1,234,567.5", "1234567.5"),
        ("1.234,567", "1234.567"),
        (",5", "0.5"),
        ("\u22123", "-3"),
        ("2 kton CO2e/år", "2000"),
        ("0", "0"),
    ],
)
def test_numbers_the_way_people_write_them(text, number):
    with translation.override("sv"):
        assert Tonnes().clean(text) == Decimal(number)


def test_an_english_reader_may_write_thousands_with_commas():
    with translation.override("en"):
        assert fields.DecimalField().clean("41,380") == 41380
        assert fields.DecimalField().clean("1,234.5") == Decimal("1234.5")
        assert fields.DecimalField().clean("12,5") == Decimal("12.5")
    with translation.override("sv"):
        assert fields.DecimalField().clean("41,380") == Decimal("41.38")


@pytest.mark.parametrize(
    "text", ["tolv", "1-2", "12 kg", "49 %", "NaN", "inf", "12,5,", "--3", "1e400"]
)
def test_what_is_no_number_is_refused_with_an_example(text):
    with pytest.raises(ValidationError, match="12"):
        fields.DecimalField(max_digits=9, decimal_places=3).clean(text)


def test_whole_numbers():
    assert fields.IntegerField().clean("ca 1 000") == 1000
    with pytest.raises(ValidationError, match="40"):
        fields.IntegerField().clean("12,5")


def test_a_moment_in_the_time_of_the_place():
    morning = datetime(2027, 3, 12, 8, 0, tzinfo=UTC)
    for text in ("2027-03-12T09:00", "2027-03-12 09.00", "12 mars 2027 kl. 9.00", "12/3 2027 9:00"):
        assert fields.DateTimeField().clean(text) == morning
    with pytest.raises(ValidationError):
        fields.DateTimeField().clean("12 mars 2027")
    with pytest.raises(ValidationError):
        fields.DateTimeField().clean("2027-03-28T02:30")  # the hour that does not exist


class Form(forms.Form):
    day = fields.DateField()
    tonnes = fields.DecimalField()


def test_a_field_shows_a_native_picker_and_the_number_of_the_language():
    with translation.override("sv"):
        shown = str(Form(initial={"day": date(2027, 3, 12), "tonnes": Decimal("12.500")}))
    assert 'type="date"' in shown
    assert 'value="2027-03-12"' in shown
    assert 'value="12,5"' in shown
    assert 'inputmode="decimal"' in shown


def test_what_was_typed_is_kept_where_a_picker_could_not_show_it():
    form = Form({"day": "snart", "tonnes": "tolv"})
    shown = str(form)
    assert 'value="snart"' in shown
    assert 'type="date"' not in shown
    assert 'value="tolv"' in shown


def test_a_full_stop_before_three_figures_is_asked_about_in_swedish():
    with translation.override("sv"), pytest.raises(ValidationError) as refusal:
        fields.DecimalField().clean("1.000")
    assert refusal.value.messages == ["Menar du 1000 eller 1,0? Skriv det du menar."]


@pytest.mark.parametrize(
    ("field", "text", "value"),
    [
        (fields.ClockField(), "kl. 9", time(9)),
        (fields.ClockField(), "9.30", time(9, 30)),
        (fields.ClockField(), "09:30", time(9, 30)),
        (fields.CharField(), " A\u030asa\u200b  Berg ", "Åsa Berg"),
        (fields.CharField(widget=forms.Textarea), "A\u030a\r\n\nB", "Å\r\n\nB"),
        (fields.NameField(), "Löfgren, Bo", "Bo Löfgren"),
        (fields.EmailField(), "Bo <BO@åäö.se>", "bo@xn--4cab6c.se"),
        (fields.PhoneField(), "+46 (0)70-123 45 67", "070-123 45 67"),
        (fields.CodeField(), "１２３４–５６７８", "12345678"),
        (fields.SeatsField(), "40 platser", 40),
        (fields.OrgNumberField(), "２１２０００ 2627", "212000-2627"),
        (fields.OrgNumberField(), " ", None),
        (fields.DateTimeField(), "12 mars 2027 kl 9", datetime(2027, 3, 12, 8, tzinfo=UTC)),
    ],
)
def test_what_is_typed_is_kept_in_one_spelling(field, text, value):
    assert field.clean(text) == value


@pytest.mark.parametrize(
    ("field", "text", "code"),
    [
        (fields.ClockField(), "13-15", "two_times"),
        (fields.ClockField(), "halv tio", "invalid"),
        (fields.DateField(), "12 mars 2027 kl 9", "invalid"),
        (fields.DateField(), "tisdag 12 mars 2025", "weekday"),
        (fields.DateField(), "0027-03-12", "invalid"),
        (fields.DateTimeField(), "12 mars 20", "invalid"),
        (fields.DateTimeField(), "2027-03-12 kl 9-11", "invalid"),
        (fields.NameField(), "Karin Lund, VD", "beside"),
        (fields.NameField(), "Anna Berg och Erik Ek", "several"),
        (fields.NameField(), "Vinn på evil.com", "link"),
        (fields.EmailField(), "åsa@x.example", "letters"),
        (fields.PhoneField(), "ring växeln", "invalid"),
        (fields.CodeField(), "12ab", "invalid"),
        (fields.SeatsField(), "40 ton", "unit"),
        (fields.OrgNumberField(), "212000-2628", "check"),
        (fields.CharField(), "a\0b", "null_characters_not_allowed"),
        (fields.NameField(), "Åsa\0 Berg", "null_characters_not_allowed"),
    ],
)
def test_what_is_not_understood_whole_is_refused(field, text, code):
    with pytest.raises(ValidationError) as refusal:
        field.clean(text)
    assert [error.code for error in refusal.value.error_list] == [code]
    assert "%(" not in str(refusal.value.messages)


def test_an_address_is_shown_as_people_write_it():
    assert fields.EmailField().prepare_value("bo@xn--4cab6c.se") == "bo@åäö.se"


def organisation_field():
    return fields.OrganisationField(Organisation.objects.all(), required=False)


@pytest.mark.parametrize("text", ["Bostaden", "bostaden", " BOSTADEN ", "stad", "bostaden-ab"])
def test_an_organisation_is_meant_by_name_part_of_it_or_short_name(db, text):
    meant = make_organisation("Bostaden", slug="bostaden-ab")
    make_organisation("Norrbyggen")
    assert organisation_field().clean(text) == meant


def test_a_whole_name_is_meant_though_another_holds_it(db):
    meant = make_organisation("Umeå")
    make_organisation("Umeå energi")
    assert organisation_field().clean("Umeå") == meant


@pytest.mark.parametrize("text", ["", "  ", None])
def test_no_organisation_is_none(db, text):
    assert organisation_field().clean(text) is None


@pytest.mark.parametrize(
    ("text", "code"), [("Okänd", "unknown"), ("Umeå", "several"), ("x\0", "null")]
)
def test_an_organisation_that_is_not_clear_is_asked_about(db, text, code):
    for name in ("Umeå energi", "Umeå buss"):
        make_organisation(name)
    with pytest.raises(ValidationError) as refused:
        organisation_field().clean(text)
    assert [error.code for error in refused.value.error_list][0].startswith(code)
    if code == "several":
        assert "Umeå buss, Umeå energi" in refused.value.messages[0]


def test_a_browser_is_offered_some_names_and_no_more(db, monkeypatch):
    monkeypatch.setattr(fields, "SUGGESTED", 2)
    for name in ("Alfa", "Beta", "Gamma"):
        make_organisation(name)
    form = forms.Form({"organisation": "beta"})
    form.fields["organisation"] = organisation_field()
    drawn = str(form["organisation"])
    assert [name in drawn for name in ("Alfa", "Gamma")] == [True, False]
    assert 'list="names-organisation"' in drawn
    assert 'value="Beta"' in drawn
