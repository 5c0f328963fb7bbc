"""What stands over all pages of a session for its lead, and what is drawn on them."""

import re
from collections.abc import Sequence
from typing import Any

from django import template
from django.template import Context
from django.utils import timezone

from learning import scales
from learning.models import AttendanceStatus, IntentionStatus
from learning.permissions import may_read_letters
from learning.sessions import leading
from learning.sessions.overview import Filled
from learning.surveys.results import Row

register = template.Library()

WIDE, HIGH = 600, 160  # the drawing's own units
STEPS_UP = 2  # of the axis: the drawing is low
PHASES = {
    IntentionStatus.OPEN: "not_started",
    IntentionStatus.DOING: "on_way",
    IntentionStatus.DONE: "done",
    IntentionStatus.CHANGED: "changed",
    IntentionStatus.DROPPED: "cancelled",
}


@register.inclusion_tag("learning/sessions/lead_head.html", takes_context=True)
def lead_head(context: Context, is_short: bool = False) -> dict[str, Any]:
    """Head and tabs; a short one leaves the first screen of a phone to what there is to do.

    Needs in the context: session (finding.editable_session), path, next_thing if there is any.
    """
    session, now = context["session"], timezone.now()
    state, kind = leading.state_of(session, now)
    return {
        "session": session,
        "is_short": is_short,
        "state": state,
        "state_kind": kind,
        "how_far": leading.how_far(session, now) if session.is_coming(now) else "",
        "is_past": session.ends_at <= now,
        "may_cancel": session.cancelled_at is None and now < session.starts_at,
        "may_read_letters": may_read_letters(context["user"], session),
        "path": context["path"],
        "next_thing": context.get("next_thing"),
        "csrf_token": context.get("csrf_token"),
    }


@register.inclusion_tag("learning/sessions/filled_chart.html")
def filled_chart(filled: Filled) -> dict[str, Any]:
    """How the seats filled, as steps from the first registration to now."""
    highest = max(taken for _, taken in filled.points)
    axis = scales.axis(max(highest, filled.seats or 0), most=STEPS_UP, in_ones=True)
    top = int(axis.top)
    length = (filled.last - filled.first).total_seconds()
    path, level = f"M0 {HIGH}", float(HIGH)
    for at, taken in filled.points:
        x = round(WIDE * (at - filled.first).total_seconds() / length, 1)
        level = round(HIGH - HIGH * taken / top, 1)
        path += f"H{x}V{level}"
    return {
        "filled": filled,
        "path": f"{path}H{WIDE}",
        "width": WIDE,
        "height": HIGH,
        "lines": [int(line) for line in reversed(axis.lines)],
        "seats_at": round(HIGH - HIGH * filled.seats / top, 1) if filled.seats else None,
    }


# The looks of answers from the best step to the lowest, where no style sheet reaches: the part, and
# the number on it. The neutral middle of five is left out: no question of ours has one.
STEPS = [
    ("#094268", "#ffffff"),
    ("#6fa8cf", "#13232b"),
    ("#e8b56a", "#13232b"),
    ("#a85a00", "#fff"),
]
LEAST = 1.2  # per cent: a part that somebody chose can always be seen
ROOM = 4.5  # per cent of the bar that a number needs


@register.inclusion_tag("learning/surveys/answers_bar.html")
def answers_bar(question: str, rows: Sequence[Row]) -> dict[str, Any]:
    """The answers to a question as one bar, its parts by their number; words and numbers under."""
    drawn = [max(LEAST, 100 * row.count / _total(rows)) if row.count else 0 for row in rows]
    parts, left = [], 0.0
    for step, (row, length) in enumerate(zip(rows, drawn, strict=True)):
        width = 100 * length / sum(drawn)
        fill, ink = STEPS[step]
        part = {"row": row, "step": step + 1, "fill": fill, "ink": ink, "left": round(left, 2)}
        part |= {"width": round(width, 2), "middle": round(left + width / 2, 2)}
        parts.append(part | {"has_room": width >= ROOM})
        left += width
    return {"question": question, "rows": rows, "parts": parts, "total": _total(rows)}


def _total(rows: Sequence[Row]) -> int:
    return sum(row.count for row in rows)


@register.filter
def noted_as(status: str | None) -> str:
    """How somebody was noted, in words; None where nobody has said."""
    return AttendanceStatus.in_words(status)


@register.filter
def phase(status: str) -> str:
    """The status of a next step as a phase of the moon."""
    return PHASES.get(IntentionStatus(status), "not_started")


@register.filter
def dialled(phone: str) -> str:
    """A telephone number as a telephone takes it."""
    return re.sub(r"[^\d+]", "", phone)
