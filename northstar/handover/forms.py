"""Who takes over."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from northstar.handover.plan import successors
from partners.models import Membership


class SuccessorChoice(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.person}, {obj.get_role_display()}"


class SuccessorForm(forms.Form):
    """A colleague who takes over."""

    to = SuccessorChoice(
        Membership.objects.none(),
        label=_("Who takes over?"),
        empty_label=None,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose who takes over."),
            "invalid_choice": _(
                "Whoever takes over must act for the organisation. Choose somebody else."
            ),
        },
    )

    def __init__(self, data: Any = None, *, leaver: Membership) -> None:
        super().__init__(data)
        field = self.fields["to"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = successors(leaver)
