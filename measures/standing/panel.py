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
    Gap.UNSIGNED: _("See the promise"),
    Gap.UNSEEN: _("See the sessions"),
    Gap.UNREPORTED: _("Share your report"),
    Gap.UNMAPPED: _("Say what is mapped"),
    Gap.UNTARGETED: _("Set a target"),
    Gap.TOO_FEW: _("Choose a challenge"),
    Gap.WITHOUT_MEASURE: _("Add a measure"),
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


def panels(card: Card, *, is_own: bool) -> list[Panel]:
    """The three lines, in the order in which they are promised; drafts are for their own people."""
    needs_most = card.next_line
    return [
        Panel(
            line,
            words.NAMES[line.key],
            words.STATES[line.state],
            TAGS[line.state],
            words.unit(line),
            words.SENTENCES[line.key](card),
            [way(card, one if is_own else replace(one, draft=None)) for one in line.missing],
            line == needs_most,
        )
        for line in card.lines
    ]


def unsigned(card: Card) -> Way | None:
    """What is to be signed, where it is missing."""
    return way(card, card.unsigned) if card.unsigned else None


def way(card: Card, missing: Missing) -> Way:
    return Way(words.said(missing), address(card.organisation, missing), doing(missing))


# Where what is missing is done


def promise_page(organisation: Organisation) -> str:
    """Where an organisation keeps what it has promised."""
    return reverse("partner_detail", args=[organisation.slug])


def address(organisation: Organisation, missing: Missing) -> str:
    if missing.gap is Gap.UNSEEN:
        return reverse("session_list")
    if missing.gap is not Gap.WITHOUT_MEASURE:
        return promise_page(organisation)
    if missing.draft:
        return reverse("measure_detail", args=[missing.draft])
    return reverse("measure_create")


def doing(missing: Missing) -> str | Promise:
    """What one does there, as a link says it."""
    return _("Open the draft") if missing.draft else DOINGS[missing.gap]
