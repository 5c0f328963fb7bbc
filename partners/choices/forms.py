"""The choice among e-mails, each topic with what it means."""

from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from partners.choices.choosing import TOPICS
from partners.fields import Card
from partners.models import Topic

MEANS: dict[Topic, str | Promise] = {
    Topic.PLACES: _("For example: “Tomorrow at 13.00: The budget that helps the climate”."),
    Topic.DUTIES: _(
        "If you answer for something, such as a session or questions: what waits for you."
    ),
    Topic.SURVEYS: _("Four questions, once, after a session you were at."),
    Topic.NEWS: _("For example: the slides from a session you were at."),
}


class TickCards(forms.CheckboxSelectMultiple):
    """Choices of which any may be made, each with a line that says what it means."""

    option_template_name = "components/choice_card.html"


class ChoicesForm(forms.Form):
    """Which e-mails somebody gets, of those that are not about their own place."""

    wanted = forms.MultipleChoiceField(
        label=_("Which e-mails do you want?"),
        required=False,
        choices=[(topic.value, Card(topic.label, MEANS[topic])) for topic in TOPICS],
        widget=TickCards,
    )
    only_musts = forms.BooleanField(
        label=_("Only what I must get"),
        required=False,
        help_text=_("Your choices in the list above do not count as long as this is ticked."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.needed = ["wanted"]  # none is a choice, too: it is not called optional

    def off(self) -> set[Topic]:
        """What is switched off by what was chosen."""
        said = self.cleaned_data
        off = {topic for topic in TOPICS if topic.value not in said["wanted"]}
        return off | ({Topic.ALL} if said["only_musts"] else set())


def chosen(off: set[Topic]) -> dict[str, object]:
    """What the form shows when *off* is switched off."""
    wanted = [topic.value for topic in TOPICS if topic not in off]
    return {"wanted": wanted, "only_musts": Topic.ALL in off}
