"""The four questions after a session, and how a next step goes."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from learning.barrier_words import SHORT
from learning.models import (
    IntentionSharing,
    Safety,
    SurveyInvitation,
    Usefulness,
)
from learning.surveys.answering import Answers
from partners.fields import CharField, DateField


class SurveyForm(forms.Form):
    usefulness = forms.ChoiceField(
        label=_("How useful was the session for your work with the transition?"),
        choices=Usefulness.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how useful the session was")},
    )
    safety = forms.ChoiceField(
        label=_("How much at ease were you to say what you thought?"),
        choices=Safety.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how much at ease you were")},
    )
    when_text = CharField(
        label=_("When …"),
        help_text=_("For example: when we set the budget in May"),
        max_length=200,
        required=False,
    )
    then_text = CharField(
        label=_("… we will …"),
        help_text=_("For example: ask each department what its travel emits"),
        max_length=300,
        required=False,
    )
    due_on = DateField(label=_("By which day?"), required=False)
    sharing = forms.ChoiceField(
        label=_("Who may read your next step?"),
        choices=IntentionSharing.choices,
        initial=IntentionSharing.ORGANISATION,
        widget=forms.RadioSelect,
        required=False,
    )
    barriers = forms.MultipleChoiceField(
        label=_("What can stand in the way?"),
        choices=SHORT.items(),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    barrier_text = CharField(
        label=_("In your own words"),
        help_text=_("Write nothing about anybody's health or private life."),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def clean(self) -> None:
        said = self.cleaned_data
        if said.get("when_text") and not said.get("then_text"):
            self.add_error("then_text", _("Write what you will do then"))
        if said.get("then_text") and not said.get("when_text"):
            self.add_error("when_text", _("Write when you will do it"))
        if said.get("barrier_text") and not said.get("barriers"):
            self.add_error("barriers", _("Choose what kind of obstacle you have written about"))
        due_on = said.get("due_on")
        if due_on and due_on < timezone.localdate() and due_on != self.initial.get("due_on"):
            self.add_error("due_on", _("Choose today or a later day"))

    def answers(self) -> Answers:
        """What was answered, of a valid form."""
        said = self.cleaned_data
        return Answers(
            usefulness=said["usefulness"],
            safety=said["safety"],
            when_text=said["when_text"],
            then_text=said["then_text"],
            due_on=said["due_on"],
            sharing=said["sharing"] or IntentionSharing.ORGANISATION,
            barriers=tuple(said["barriers"]),
            barrier_text=said["barrier_text"],
        )


def what_was_said(invitation: SurveyInvitation) -> dict[str, object]:
    """Earlier answers as initial values of the form. Two queries."""
    session, person = invitation.session, invitation.person
    said: dict[str, object] = {}
    if hasattr(invitation, "answer"):
        said |= {"usefulness": invitation.answer.usefulness, "safety": invitation.answer.safety}
    step = session.intentions.filter(person=person).first()
    if step is not None:
        names = ("when_text", "then_text", "due_on", "sharing")
        said |= {name: getattr(step, name) for name in names}
    seen = list(session.barrier_observations.filter(person=person))
    if seen:
        said |= {"barriers": [one.type for one in seen], "barrier_text": seen[0].text}
    return said
