"""The card as pages show it: each line with its words, its state and its ways on."""

from dataclasses import dataclass, replace

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from measures.standing import words
from measures.standing.card import Card, Gap, Line, Missing, State
from partners.models import Organisation

# Green only when earned.
TAGS = {State.KEPT: "ok", State.BEGUN: "info", State.TO_DO: "warn", State.NOT_ASKED: "plain"}


DOINGS: dict[Gap, Promise] = {
    Gap.UNSIGNED: _("See the letter of intent"),
    Gap.UNSEEN: _("See the sessions"),
    Gap.UNREPORTED: _("Share your report"),
    Gap.UNMAPPED: _("Say what is mapped"),
    Gap.UNTARGETED: _("Set a target"),
    Gap.TOO_FEW: _("Choose a challenge"),
    Gap.WITHOUT_MEASURE: _("Add a measure"),
}

# The page on which who may write for the organisation does it; the letter of intent for the rest.
WRITTEN_AT = {
    Gap.UNREPORTED: "promise_report",
    Gap.UNMAPPED: "promise_target",
    Gap.UNTARGETED: "promise_target",
}


@dataclass(frozen=True)
class Way:
    """What is missing, and where it is done."""

    text: str
    address: str
    doing: str | Promise


@dataclass(frozen=True)
class Panel:
    """One line of the card."""

    line: Line
    name: Promise
    state: Promise
    tag: str
    unit: str
    sentence: str
    missing: list[Way]
    is_next: bool  # it needs attention most


def panels(card: Card, *, is_own: bool, writes: bool) -> list[Panel]:
    """The three lines, in the order in which they are promised; drafts are for their own people.

    Who *writes* for the organisation is led to the forms, anybody else to where it is read.
    """
    needs_most = card.next_line
    return [
        Panel(
            line,
            words.NAMES[line.key],
            words.STATES[line.state],
            TAGS[line.state],
            words.unit(line),
            words.SENTENCES[line.key](card),
            [
                way(card, one if is_own else replace(one, draft=None), writes=writes)
                for one in line.missing
            ],
            line == needs_most,
        )
        for line in card.lines
    ]


def unsigned(card: Card) -> Way | None:
    """What is to be signed, where it is missing."""
    return way(card, card.unsigned, writes=False) if card.unsigned else None


def way(card: Card, missing: Missing, *, writes: bool) -> Way:
    where = address(card.organisation, missing, writes=writes)
    return Way(words.said(missing), where, doing(missing, writes=writes))


# Where what is missing is done


def address(organisation: Organisation, missing: Missing, *, writes: bool) -> str:
    if missing.gap is Gap.UNSEEN:
        return reverse("session_list")
    if missing.draft:
        return reverse("measure_detail", args=[missing.draft])
    if missing.gap is Gap.WITHOUT_MEASURE:
        return reverse("measure_create")
    form = WRITTEN_AT.get(missing.gap) if writes else None
    where = reverse(form or "promise", args=[organisation.slug])
    return f"{where}#take-on" if missing.gap is Gap.TOO_FEW and writes else where


def doing(missing: Missing, *, writes: bool) -> str | Promise:
    """What one does there, as a link says it."""
    if missing.draft:
        return _("Open the draft")
    needs_right = missing.gap in WRITTEN_AT or missing.gap is Gap.TOO_FEW
    return DOINGS[Gap.UNSIGNED if needs_right and not writes else missing.gap]
