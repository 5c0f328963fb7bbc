"""No form holds a list of everybody: where there may be thousands, people write or search."""

import importlib
import pkgutil

import pytest
from django import forms

import learning
import measures
import northstar
import partners
from learning.models import Intention, LearningSession, Registration
from measures.models import Measure
from partners.models import Membership, Message, Organisation, User

GROWING = {
    Intention,
    LearningSession,
    Measure,
    Membership,
    Message,
    Organisation,
    Registration,
    User,
}


def _heirs(kind):
    for heir in kind.__subclasses__():
        yield heir
        yield from _heirs(heir)


def _forms():
    for app in (partners, learning, measures, northstar):
        for module in pkgutil.walk_packages(app.__path__, f"{app.__name__}."):
            if module.name.endswith("forms") or module.name.endswith("_form"):
                importlib.import_module(module.name)
    apps = ("partners.", "learning.", "measures.", "northstar.")
    return {form for form in _heirs(forms.BaseForm) if form.__module__.startswith(apps)}


def _lists_of_everybody(form):
    """Fields that choose among all of what grows; a form that offers a few begins with none."""
    return [
        name
        for name, field in form.base_fields.items()
        if isinstance(field, forms.ModelChoiceField)
        and field.queryset.model in GROWING
        and not field.queryset.query.is_empty()
    ]


@pytest.mark.parametrize("form", sorted(_forms(), key=lambda form: form.__qualname__))
def test_nobody_chooses_among_everybody(form):
    assert not _lists_of_everybody(form)


def test_a_list_of_everybody_is_seen():
    class Breach(forms.Form):
        organisation = forms.ModelChoiceField(Organisation.objects.all())
        own = forms.ModelChoiceField(Organisation.objects.none())

    assert _lists_of_everybody(Breach) == ["organisation"]
    assert len(_forms()) > 20
