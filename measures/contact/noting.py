"""Keep what was said with an organisation, and what each reason to contact one counts."""

from collections.abc import Mapping
from datetime import date

from django.db import transaction
from django.utils import timezone

from measures.models import CallPoints, ContactNote
from partners.models import Organisation, User
from partners.patience import made_just_now, patient, take_turn


@patient
@transaction.atomic
def note(
    organisation: Organisation, on: date, line: str, next_on: date | None, *, by: User
) -> ContactNote:
    """Write down what was said on a day; the same written just now by the same person is that one.

    Takes the turn of its writer. Raises ValidationError ("busy").
    """
    take_turn(f"measures.contact_note:{by.pk}")
    said = {"organisation": organisation, "on": on, "line": line, "next_on": next_on}
    same = ContactNote.objects.standing().filter(created_by=by, **said)
    return made_just_now(same) or ContactNote.objects.create(created_by=by, **said)


@patient
@transaction.atomic
def take_away(noted: ContactNote, *, by: User) -> None:
    """Take a note from the list; who did it and when is kept. Locks the row."""
    held = ContactNote.objects.select_for_update(no_key=True).get(pk=noted.pk)
    if held.removed_at is None:
        held.removed_at, held.removed_by = timezone.now(), by
        held.save(update_fields=["removed_at", "removed_by"])


@patient
@transaction.atomic
def weigh(points: Mapping[str, int], *, by: User) -> None:
    """Let each reason count so much from now on. Takes the turn of whoever changes points."""
    take_turn("measures.call_points")
    before = CallPoints.objects.by_reason()
    for reason, number in points.items():
        if before[reason] != number:
            CallPoints.objects.update_or_create(
                reason=reason, defaults={"points": number, "updated_by": by}
            )
