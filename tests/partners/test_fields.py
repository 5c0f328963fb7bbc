from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.utils import translation

from partners import fields


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
        ("1.234", "1.234"),
        (",5", "0.5"),
        ("\u22123", "-3"),
        ("49 %", "49"),
        ("0", "0"),
    ],
)
def test_numbers_the_way_people_write_them(text, number):
    with translation.override("sv"):
        assert fields.DecimalField().clean(text) == Decimal(number)


def test_an_english_reader_may_write_thousands_with_commas():
    with translation.override("en"):
        assert fields.DecimalField().clean("41,380") == 41380
        assert fields.DecimalField().clean("1,234.5") == Decimal("1234.5")
        assert fields.DecimalField().clean("12,5") == Decimal("12.5")
    with translation.override("sv"):
        assert fields.DecimalField().clean("41,380") == Decimal("41.38")


@pytest.mark.parametrize("text", ["tolv", "1-2", "NaN", "inf", "12,5,", "--3", "1e400"])
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
