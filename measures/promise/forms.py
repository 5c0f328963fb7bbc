"""What an organisation writes of its promise: reasons, a target of its own, a report."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from measures.models.keeping import FIRST_TARGET_YEAR, LAST_TARGET_YEAR
from measures.promise import showing
from partners.fields import CharField, IntegerField, WebAddressField

A_YEAR = _("Write a year such as 2024.")


class YearField(IntegerField):
    """A year with four figures."""

    def __init__(self, **kwargs: Any) -> None:
        said = {"min_value": A_YEAR, "max_value": A_YEAR, "required": A_YEAR}
        limits = {"min_value": FIRST_TARGET_YEAR, "max_value": LAST_TARGET_YEAR}
        super().__init__(localize=False, error_messages=said, **limits, **kwargs)


class PercentField(IntegerField):
    """A share of what is emitted: 50, 50 %, 50 procent."""

    def to_python(self, value: Any) -> Any:
        text = value.strip() if isinstance(value, str) else value
        for ending in ("%", "procent", "per cent", "percent"):
            if isinstance(text, str) and text.lower().endswith(ending):
                text = text[: -len(ending)].strip()
        return super().to_python(text)


class DropForm(forms.Form):
    """Why a challenge is dropped."""

    reason = CharField(
        label=_("Why do you drop it?"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Only your organisation and the coordinators read it."),
        error_messages={"required": _("Write why, in a sentence.")},
    )


class AchieveForm(forms.Form):
    """How a challenge was achieved."""

    line = CharField(
        label=_("How did it go?"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("In a line, for example: Alla tjänsteresor går med tåg sedan i maj."),
    )


class TargetForm(forms.Form):
    """What is mapped, and what is aimed at."""

    mapped_year = YearField(
        label=_("emissions mapped for the year"),
        required=False,
        help_text=_("The latest year whose emissions you know. Leave it empty if there is none."),
    )
    reduction_percent = PercentField(
        label=_("cut by, per cent"),
        required=False,
        min_value=1,
        max_value=100,
        error_messages={
            "min_value": _("Write between 1 and 100 per cent."),
            "max_value": _("Nobody can cut more than 100 per cent. Write between 1 and 100."),
        },
    )
    target_year = YearField(label=_("until the year"), required=False)
    version = forms.IntegerField(required=False, widget=forms.HiddenInput, min_value=0)

    def clean_mapped_year(self) -> int | None:
        year: int | None = self.cleaned_data["mapped_year"]
        if year and year > timezone.localdate().year:
            raise ValidationError(gettext("That year has not begun yet."), code="later")
        return year

    def clean_target_year(self) -> int | None:
        year: int | None = self.cleaned_data["target_year"]
        if year and year < timezone.localdate().year:
            said = gettext("%(year)s has passed. Write a year to come.")
            raise ValidationError(said, code="past", params={"year": year})
        return year

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        pair = {name: said.get(name) for name in ("reduction_percent", "target_year")}
        if not self.errors and (None in pair.values()) and any(pair.values()):
            empty = next(name for name, value in pair.items() if value is None)
            self.add_error(empty, gettext("Give both by how much and until when."))
        return said

    @property
    def facts(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in showing.FACTS}


class ReportForm(forms.Form):
    """A report of an organisation's own, by its link."""

    year = YearField(label=_("about the year"))
    link = WebAddressField(
        label=_("link"),
        max_length=500,
        assume_scheme="https",
        error_messages={"required": _("Paste the link to the report.")},
    )
    title = CharField(
        label=_("what it is called"),
        max_length=200,
        required=False,
        help_text=_("For example: Hållbarhetsredovisning 2025"),
    )

    def clean_year(self) -> int:
        year: int = self.cleaned_data["year"]
        if year > timezone.localdate().year:
            raise ValidationError(gettext("That year has not begun yet."), code="later")
        return year
