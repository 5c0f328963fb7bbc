"""The parts in which a measure is filled in: what each is for, and what is filled in already."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from measures.figures.words import written
from measures.models import Measure


@dataclass(frozen=True)
class Part:
    """One page about a measure."""

    url_name: str
    name: Promise  # in the list of parts
    question: Promise  # as its own page asks it
    purpose: Promise  # what it is good for


@dataclass(frozen=True)
class Filled:
    """A part of one measure, and what it says."""

    part: Part
    said: str  # "" where nothing is filled in


NAME = Part(
    "measure_name",
    gettext_lazy("Name and focus area"),
    gettext_lazy("What is the measure called?"),
    gettext_lazy("The name stands in the list, on your own page and in the figures."),
)
STATE = Part(
    "measure_state",
    gettext_lazy("State and time"),
    gettext_lazy("How far has it come?"),
    gettext_lazy("Says whether it counts in the sums, and from which year."),
)
EFFECT = Part(
    "measure_effect",
    gettext_lazy("Effect"),
    gettext_lazy("How much does the measure give?"),
    gettext_lazy("Tonnes per year, or no figure yet. Both are right."),
)
BARRIERS = Part(
    "measure_barriers",
    gettext_lazy("What stands in the way"),
    gettext_lazy("What stands in the way?"),
    gettext_lazy("So that others can help, and what is shared by many becomes visible."),
)
ORIGIN = Part(
    "measure_origin",
    gettext_lazy("Challenge and idea"),
    gettext_lazy("Where did the idea come from?"),
    gettext_lazy("Ties the measure to a challenge of the roadmap, and to the session it began at."),
)
DESCRIPTION = Part(
    "measure_description",
    gettext_lazy("Description"),
    gettext_lazy("What is it about?"),
    gettext_lazy("A few sentences that somebody in another organisation can learn from."),
)
OPTIONAL = [STATE, EFFECT, BARRIERS, ORIGIN, DESCRIPTION]


def number_of(part: Part) -> int:
    """The place of *part* among the optional ones; 0 for what is no such part."""
    return OPTIONAL.index(part) + 1 if part in OPTIONAL else 0


def after(part: Part) -> Part | None:
    """The optional part that comes next; None after the last, and after what is no such part."""
    place = number_of(part)
    return OPTIONAL[place] if 0 < place < len(OPTIONAL) else None


def filled(measure: Measure) -> list[Filled]:
    """Every part of *measure* with what it says. One query: the rest of the measure is read."""
    said: dict[Part, Callable[[Measure], str]] = {
        NAME: lambda measure: f"{measure.title} · {measure.focus_area}",
        STATE: _state,
        EFFECT: _effect,
        BARRIERS: _barriers,
        ORIGIN: _origin,
        DESCRIPTION: lambda measure: Truncator(measure.description).chars(80),
    }
    return [Filled(part, say(measure)) for part, say in said.items()]


def _state(measure: Measure) -> str:
    """Nobody said anything who left the first state and gave no day."""
    state = str(measure.get_status_display())
    if measure.start_on:
        from_day = _("%(state)s, from %(day)s")
        return from_day % {"state": state, "day": date_format(measure.start_on, "j F Y")}
    is_first = measure.status == Measure._meta.get_field("status").default
    return "" if is_first and not measure.end_on else state


def _effect(measure: Measure) -> str:
    if measure.reduction_t is None:
        return ""
    said = {"tonnes": written(measure.reduction_t), "how": measure.get_method_display()}
    return _("%(tonnes)s tonnes CO₂e per year, %(how)s") % said


def _barriers(measure: Measure) -> str:
    found = measure.barriers.filter(report=None)
    return ", ".join(str(barrier.get_type_display()) for barrier in found)


def _origin(measure: Measure) -> str:
    return " · ".join(str(one) for one in (measure.challenge, measure.origin_session) if one)
