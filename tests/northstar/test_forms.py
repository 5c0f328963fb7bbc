import re
from importlib import import_module
from pathlib import Path

import pytest
from django import forms
from django.conf import settings
from django.contrib import admin
from django.test import RequestFactory
from django.utils import translation

from partners.fields import CharField, EmailField
from partners.models import User


class Form(forms.Form):
    name = forms.CharField(max_length=10, label="Namn", help_text="Som det ska synas.")
    kind = forms.ChoiceField(
        choices=[("a", "A"), ("b", "B")], widget=forms.RadioSelect, label="Sort"
    )
    note = forms.CharField(required=False, label="Anteckning")
    sure = forms.BooleanField(label="Jag är säker")


@pytest.fixture
def shown():
    with translation.override("sv"):
        return str(Form({"name": "Alltför långt namn", "kind": "", "note": "<b>"}))


def test_the_summary_counts_the_faults_and_links_to_each_field(shown):
    assert "3 saker behöver rättas" in shown
    assert 'href="#id_name"' in shown
    assert 'href="#id_kind_0"' in shown
    assert "Sort: Fyll i det här." in shown
    assert 'tabindex="-1" autofocus' in shown


def test_a_label_that_asks_is_followed_by_no_colon():
    class Question(forms.Form):
        safe = forms.CharField(label="Hur trygg var du?", error_messages={"required": "Välj."})

    assert ">Hur trygg var du? Välj.</a>" in str(Question({}))


def test_label_hint_and_error_stand_before_the_control_and_are_tied_to_it(shown):
    parts = [
        'for="id_name"',
        'id="id_name_helptext"',
        'id="id_name_error"',
        'name="name"',
    ]
    places = [shown.index(part) for part in parts]
    assert places == sorted(places)
    assert 'aria-describedby="id_name_helptext id_name_error"' in shown
    assert 'aria-invalid="true"' in shown


def test_what_was_typed_is_kept_and_escaped(shown):
    assert 'value="Alltför långt namn"' in shown
    assert 'value="&lt;b&gt;"' in shown


def test_choices_are_a_fieldset_with_a_legend(shown):
    assert '<fieldset class="field choices" aria-describedby="id_kind_error"' in shown
    assert "<legend>Sort</legend>" in shown


def test_only_what_is_optional_says_so(shown):
    assert shown.count("(frivilligt)") == 1


def test_a_form_without_faults_has_no_summary():
    assert "error-summary" not in str(Form())
    with translation.override("sv"):
        assert "En sak behöver rättas" in str(
            Form({"name": "Ada", "kind": "a", "note": "", "sure": ""})
        )


def every_form():
    """The forms of the product by name, those of the workshop too, each with its fields."""
    import_module("northstar.urls")
    open_classes = list(forms.BaseForm.__subclasses__())
    while open_classes:
        one = open_classes.pop()
        open_classes += one.__subclasses__()
        if one.__module__.split(".")[0] in {"partners", "learning", "measures", "northstar"}:
            yield f"{one.__module__}.{one.__qualname__}", one.base_fields
    request = RequestFactory().get("/")
    request.user = User(is_superuser=True, is_active=True)
    for model, workshop in admin.site._registry.items():
        is_ours = model.__module__.split(".")[0] in {"partners", "learning", "measures"}
        if is_ours and workshop.has_add_permission(request):
            form = workshop.get_form(request)
            yield f"admin of {model.__name__}", form.base_fields


# Nobody types them: words of addresses, keys, files, and what a browser says of a passkey.
READ_ELSEWHERE = (forms.SlugField, forms.UUIDField, forms.FilePathField, forms.JSONField)


def test_every_text_of_every_form_is_kept_in_one_spelling():
    found = dict(every_form())
    assert len(found) > 25
    strays = [
        f"{form}: {name}"
        for form, fields in found.items()
        for name, field in fields.items()
        if isinstance(field, forms.CharField) and not isinstance(field, READ_ELSEWHERE)
        and not isinstance(field, (CharField, EmailField))
    ]  # fmt: skip
    assert strays == []


def test_every_number_day_and_clock_of_every_form_has_its_reader():
    plain = {forms.DecimalField, forms.FloatField, forms.DateField, forms.TimeField}
    strays = [
        f"{form}: {name}"
        for form, fields in every_form()
        for name, field in fields.items()
        if type(field) in plain and not form.startswith("admin of ")
    ]
    assert strays == []


def test_what_is_ticked_or_chosen_says_what_to_do_where_nothing_is():
    chosen = (forms.ChoiceField, forms.ModelChoiceField, forms.BooleanField, forms.FileField)
    plain = forms.Field.default_error_messages["required"]
    silent = [
        f"{form}: {name}"
        for form, fields in every_form()
        for name, field in fields.items()
        if field.required and isinstance(field, chosen) and not form.startswith("admin of ")
        and field.error_messages["required"] == plain
    ]  # fmt: skip
    assert silent == []


def test_no_form_makes_a_field_of_another_kind_while_it_is_filled_in():
    text = re.compile(r"forms\.(Char|Email|Decimal|Float|Date|Time|DateTime|URL)Field\(")
    root = Path(settings.BASE_DIR)
    strays = [
        str(path.relative_to(root))
        for app in ("partners", "learning", "measures", "northstar")
        for path in (root / app).rglob("*.py")
        if text.search(path.read_text().replace("(forms.", "(."))
    ]
    assert strays == []
