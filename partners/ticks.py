"""The pulse of the clock: each periodic task says here that it did its work."""

from datetime import datetime

from partners.models import ClockTick


def tick(task: str, now: datetime) -> None:
    """Note that *task* did its work at *now*. One query."""
    ClockTick.objects.bulk_create(
        [ClockTick(task=task, ticked_at=now)],
        update_conflicts=True,
        unique_fields=["task"],
        update_fields=["ticked_at"],
    )
