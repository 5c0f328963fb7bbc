"""What is written about the clock itself."""

from collections.abc import Callable

from partners.models import ClockGap, User
from partners.post import outbox


def clock_stood_still(gap: ClockGap, *, waiting: int) -> None:
    """Tell the coordinators from when to when nothing went, and what became of it. Two queries."""
    copies = [
        outbox.Copy(f"northstar.clock_gap:{gap.pk}:{person.pk}", person)
        for person in User.objects.coordinators()
    ]
    outbox.put_to_many(copies, "northstar/clock_stood_still", _told(gap, waiting))


def _told(gap: ClockGap, waiting: int) -> Callable[[str], dict[str, object]]:
    def context(language: str) -> dict[str, object]:
        reader = outbox.Stranger("", language)
        return {"gap": gap, "waiting": waiting, "link": outbox.link(reader, "desk")}

    return context
