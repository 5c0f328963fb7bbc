"""What the answers to a question come to, in a line and a sentence: drafted by rule, no average.

The upper two steps of a question say yes, the rest no.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from learning.surveys.results import BarrierRow, Results, Row

YES = 2  # steps, from above
NEARLY_ALL = 0.8  # of those who answered

# What to say of everybody, nearly everybody, most, half, fewer, nobody: see _title.
USEFUL = (
    gettext_lazy("Useful for everybody"),
    gettext_lazy("Useful for nearly everybody"),
    gettext_lazy("Useful for most"),
    gettext_lazy("Useful for half"),
    gettext_lazy("Useful for fewer than half"),
    gettext_lazy("Useful for nobody yet"),
)
AT_EASE = (
    gettext_lazy("At ease, everybody"),
    *[gettext_lazy("At ease, but not everybody")] * 2,
    gettext_lazy("Half were at ease"),
    gettext_lazy("Fewer than half were at ease"),
    gettext_lazy("Nobody was at ease"),
)


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
    sentence = _("%(yes)d of %(all)d can use it.") % {"yes": yes, "all": all_}
    title = _title(USEFUL, yes, all_)
    return Finding("usefulness", title, _("How useful was the session?"), rows, sentence)


def _safety(rows: list[Row]) -> Finding:
    yes, all_ = _yes(rows), _all(rows)
    no = all_ - yes
    sentence = ngettext(
        "One person was only partly or not at ease.",
        "%(n)d people were only partly or not at ease.",
        no,
    )
    question = _("How much at ease were people to say what they thought?")
    said = sentence % {"n": no} if no else ""
    return Finding("safety", _title(AT_EASE, yes, all_), question, rows, said)


def _title(titles: Sequence[Promise], yes: int, all_: int) -> str:
    """The one of *titles*, from everybody to nobody, that *yes* of *all_* answers come to."""
    steps = [yes == all_, yes >= NEARLY_ALL * all_, 2 * yes > all_, 2 * yes == all_, yes > 0, True]
    return str(titles[steps.index(True)])


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
