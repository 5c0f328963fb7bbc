import pytest
from django import forms
from django.utils import translation


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
