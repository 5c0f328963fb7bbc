"""What is written about the clock itself."""

from collections.abc import Callable

from partners.models import ClockGap, User
from partners.post import outbox


def clock_stood_still(gap: ClockGap, *, waiting: int, reminders: int) -> None:
    """Tell the coordinators from when to when nothing went, and what became of it. Two queries.

    *reminders* are those that were never written.
    """
    copies = [
        outbox.Copy(f"northstar.clock_gap:{gap.pk}:{person.pk}", person)
        for person in User.objects.coordinators()
    ]
    outbox.put_to_many(copies, "northstar/clock_stood_still", _told(gap, waiting, reminders))


def _told(gap: ClockGap, waiting: int, reminders: int) -> Callable[[str], dict[str, object]]:
    def context(language: str) -> dict[str, object]:
        reader = outbox.Stranger("", language)
        link = outbox.link(reader, "desk")
        return {"gap": gap, "waiting": waiting, "reminders": reminders, "link": link}

    return context
