"""The card as pages show it: each line with its words, its state and its ways on."""

from dataclasses import dataclass, replace

from django.utils.functional import Promise

from measures.standing import ways, words
from measures.standing.card import Card, Line, Missing, State

# Green only when earned.
TAGS = {State.KEPT: "ok", State.BEGUN: "info", State.TO_DO: "warn", State.NOT_ASKED: "plain"}


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
    where = ways.address(card.organisation, missing)
    return Way(words.said(missing), where, ways.doing(missing))
