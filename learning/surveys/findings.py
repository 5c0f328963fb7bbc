"""What the answers to a question come to, in a line and a sentence: drafted by rule, no average.

The upper two steps of a question say yes, the rest no.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from learning.surveys.results import BarrierRow, Results, Row

YES = 2  # steps, from above
NEARLY_ALL = 0.8  # of those who answered


@dataclass(frozen=True)
class Finding:
    """One question: what was found, what was asked and what was answered."""

    key: str
    title: str
    question: str
    rows: list[Row]
    sentence: str


def of(results: Results) -> list[Finding]:
    """The findings of the two questions that have steps."""
    return [_usefulness(results.usefulness), _safety(results.safety)]


def _usefulness(rows: list[Row]) -> Finding:
    yes, all_ = _yes(rows), _all(rows)
    if yes == all_:
        title = _("Useful for everybody")
    elif yes >= NEARLY_ALL * all_:
        title = _("Useful for nearly everybody")
    elif 2 * yes > all_:
        title = _("Useful for most")
    elif 2 * yes == all_:
        title = _("Useful for half")
    elif yes:
        title = _("Useful for fewer than half")
    else:
        title = _("Useful for nobody yet")
    sentence = _("%(yes)d of %(all)d can use it.") % {"yes": yes, "all": all_}
    return Finding("usefulness", title, _("How useful was the session?"), rows, sentence)


def _safety(rows: list[Row]) -> Finding:
    yes, all_ = _yes(rows), _all(rows)
    no = all_ - yes
    if not no:
        title = _("At ease, everybody")
    elif 2 * yes > all_:
        title = _("At ease, but not everybody")
    elif 2 * yes == all_:
        title = _("Half were at ease")
    elif yes:
        title = _("Fewer than half were at ease")
    else:
        title = _("Nobody was at ease")
    sentence = ngettext(
        "One person was only partly or not at ease.",
        "%(n)d people were only partly or not at ease.",
        no,
    )
    question = _("How much at ease were people to say what they thought?")
    return Finding("safety", title, question, rows, sentence % {"n": no} if no else "")


def of_barriers(barriers: Sequence[BarrierRow]) -> str:
    """What stands in the way most, as the title over *barriers* (the most seen first)."""
    if not barriers:
        return _("What stands in the way")
    if len(barriers) > 1 and barriers[0].count == barriers[1].count:
        return _("Several things stand in the way as often")
    return _("Most often in the way: %(what)s") % {"what": barriers[0].label}


def _yes(rows: list[Row]) -> int:
    return sum(row.count for row in rows[:YES])


def _all(rows: list[Row]) -> int:
    return sum(row.count for row in rows)
