"""What stands in the way of a measure, in three kinds: asked of the plan, and of each report."""

from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext

from learning.barrier_words import LONG
from learning.models import BarrierType
from measures.planning.planning import Barriers
from partners.fields import CharField


class BarrierForm(forms.Form):
    """The three kinds of barriers, each to tick and to write about."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for kind, words in LONG.items():
            self.fields[f"has_{kind}"] = forms.BooleanField(
                label=str(kind.label).capitalize(), help_text=words, required=False
            )
            self.fields[f"text_{kind}"] = CharField(
                label=gettext("%(kind)s: in what way?") % {"kind": str(kind.label).capitalize()},
                max_length=500,
                required=False,
            )

    @property
    def barriers(self) -> Barriers:
        """Kind → text, of the kinds that are ticked or written about."""
        return {
            kind: self.cleaned_data[f"text_{kind}"]
            for kind in BarrierType.values
            if self.cleaned_data[f"has_{kind}"] or self.cleaned_data[f"text_{kind}"]
        }

    def barrier_fields(self) -> list[tuple[BoundField, BoundField]]:
        return [(self[f"has_{kind}"], self[f"text_{kind}"]) for kind in BarrierType.values]
