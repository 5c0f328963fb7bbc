"""What the way says in words: the sentence of state, the lead, and the labels of the drawing."""

from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal

from django.conf import settings
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from measures.city.drawing import Texts
from measures.city.way import Point, State, Way, rounded
from measures.figures import arithmetic


def headline(way: Way) -> str:
    """How it goes, in a sentence without a full stop."""
    return {
        State.NO_FIGURES: _("Together for a climate-neutral city"),
        State.WAITING: _("We are waiting for new figures"),
        State.TOO_EARLY: _("It is too early to say how it goes"),
        State.ON_COURSE: _("%(city)s is on course for the target"),
        State.NOT_FALLING: _("Emissions are not falling"),
        State.FALLING: _("Emissions are falling"),
        State.ENOUGH: _("The right way, and the measures are enough"),
        State.TOO_SLOW: _("The right way, but not fast enough"),
    }[way.state] % {"city": settings.CITY_NAME}


def lead(way: Way) -> list[str]:
    """Since when, what remains, and what the measures give of it: a sentence each."""
    if way.last is None:
        city = {"city": settings.CITY_NAME}
        return [
            _("The emissions of %(city)s by year are not here yet.") % city,
            _("As soon as they are, this page tells how far it is to the targets."),
        ]
    said = [_since_when(way)]
    if way.state is State.WAITING:
        said.insert(0, _("The latest figures are those of %(year)s.") % {"year": way.last.year})
    return [*said, *_what_remains(way)]


def covered(way: Way) -> str:
    """What the bar of the gap shows, in a sentence or two."""
    if way.target is None:
        return ""
    said = {"tonnes": tonnes(way.remaining), "year": way.target.year}
    remain = _("%(tonnes)s remain to the target of %(year)s.") % said
    return f"{remain} {_reach(way)}"


def told(way: Way) -> str:
    """What the drawing says, for who does not see it."""
    return " ".join(_told(way))


def labels(way: Way, *, is_wide: bool) -> Texts:
    """The texts of the drawing, by kind; narrow ones leave out what the heading says."""
    base, last = way.outcomes[0], way.outcomes[-1]
    shown = tonnes if is_wide else figure
    found = {
        "base": (_point(base, is_wide=is_wide),),
        "last": (
            _point(last, is_wide=is_wide),
            *([change(way)] if is_wide and way.change is not None else []),
        ),
        "today": (_("today"),),
        "missing": (shown(way.missing), _("missing")),
    }
    if way.target is not None:
        found |= _of_target(way, way.target, is_wide=is_wide)
    # The last one stands alone at the edge; in a narrow place there is no room for it.
    later = [point for point in way.ahead if point != way.target] if is_wide else []
    return found | {f"later-{point.year}": (figure(point.tonnes),) for point in later}


def change(way: Way) -> str:
    """43 % lower than 1990."""
    if way.change is None or way.base is None:
        return ""
    size = {"percent": _whole(abs(way.change)), "year": way.base.year}
    if way.change > 0:
        return _("%(percent)s%% higher than %(year)s") % size
    return _("%(percent)s%% lower than %(year)s") % size


def figure(value: Decimal | None) -> str:
    return _grouped(rounded(value or Decimal(0)))


def tonnes(value: Decimal | None) -> str:
    return f"{figure(value)}\u00a0{_('tonnes')}"


def about(value: Decimal) -> str:
    """A sum of figures most of which are estimated: two significant figures."""
    shown = _grouped(arithmetic.two_figures(value))
    return _("about %(tonnes)s") % {"tonnes": f"{shown}\u00a0{_('tonnes')}"}


def _since_when(way: Way) -> str:
    base, last = way.outcomes[0], way.outcomes[-1]
    said = {"city": settings.CITY_NAME, "year": last.year}
    if way.change is None:
        said |= {"tonnes": tonnes(last.tonnes)}
        emitted = _("%(city)s emitted %(tonnes)s in %(year)s.") % said
        return f"{emitted} {_only(way)}".rstrip()
    said |= {"percent": _whole(abs(way.change)), "year": base.year, "last": last.year}
    if said["percent"] == "0":
        return _("The emissions of %(city)s were as large in %(last)s as in %(year)s.") % said
    if way.change > 0:
        return _("The emissions of %(city)s have risen by %(percent)s per cent since %(year)s.") % (
            said
        )
    return _("The emissions of %(city)s have fallen by %(percent)s per cent since %(year)s.") % said


def _only(way: Way) -> str:
    return _("No other year is known yet.") if way.base == way.last else ""


def _reach(way: Way) -> str:
    if not way.missing:
        return _("The measures cover them.")
    if way.share is not None and way.share < 1:
        return _("The measures are expected to give less than one per cent of them.")
    return _("The dotted field is what no measure covers yet.")


def _what_remains(way: Way) -> Iterator[str]:
    if way.target is None or way.remaining is None:
        return
    year = {"year": way.target.year}
    if not way.remaining:
        yield _("The target of %(year)s is reached.") % year
        return
    yield _("%(tonnes)s remain to the target of %(year)s.") % (
        year | {"tonnes": tonnes(way.remaining)}
    )
    yield _given(way)


def _given(way: Way) -> str:
    if not way.parts.total or way.share is None:
        return _("No measure here that begins after %(year)s has a figure yet.") % {
            "year": way.outcomes[-1].year
        }
    said = {"about": about(way.total), "percent": min(99, int(_whole(way.share)))}
    if way.is_enough:
        return _("The measures here are expected to give %(about)s, which is enough.") % said
    if way.share < 1:
        return _("The measures here are expected to give %(about)s, less than one per cent.") % said
    return _("The measures here are expected to give %(about)s, %(percent)s per cent of it.") % said


def _told(way: Way) -> Iterator[str]:
    base, last = way.outcomes[0], way.outcomes[-1]
    said = {"city": settings.CITY_NAME, "base": base.year, "last": last.year}
    said |= {"first": tonnes(base.tonnes), "tonnes": tonnes(last.tonnes)}
    if base == last:
        yield _("Emissions of %(city)s: %(tonnes)s in %(last)s.") % said
    else:
        yield _("Emissions of %(city)s: %(first)s in %(base)s and %(tonnes)s in %(last)s.") % said
    for point in way.ahead:
        yield _("Target of %(year)s: %(tonnes)s.") % {
            "year": point.year,
            "tonnes": tonnes(point.tonnes),
        }
    if way.target in way.ahead and way.target is not None:
        yield _("Expected in %(year)s: %(tonnes)s, so that %(missing)s are missing.") % {
            "year": way.target.year,
            "tonnes": tonnes(way.expected),
            "missing": tonnes(way.missing),
        }


def _point(point: Point, *, is_wide: bool) -> str:
    said = {"tonnes": tonnes(point.tonnes), "year": point.year}
    return f"{said['tonnes']} {point.year}" if is_wide else f"{figure(point.tonnes)} ({point.year})"


def _of_target(way: Way, target: Point, *, is_wide: bool) -> dict[str, tuple[str, ...]]:
    said = {"year": target.year, "tonnes": tonnes(target.tonnes), "figure": figure(target.tonnes)}
    if is_wide:
        expected = _("expected %(year)s") % said
        return {
            "target": (_("target %(year)s: %(tonnes)s") % said,),
            "expected": (expected, tonnes(way.expected)),
        }
    return {
        "target": (_("target %(figure)s") % said,),
        "expected": (_("expected"), figure(way.expected)),
    }


def _whole(percent: Decimal) -> str:
    return str(int(percent.quantize(Decimal(1), rounding=ROUND_HALF_UP)))


def _grouped(value: Decimal) -> str:
    return number_format(f"{value:f}", force_grouping=True)
