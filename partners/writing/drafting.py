"""A mailing is written: begun, changed by whoever may, thrown away before it is sent."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from partners.models import Mailing, MailingState, User
from partners.patience import made_just_now, patient, take_turn

FIELDS = ["groups", "subject_sv", "text_sv", "subject_en", "text_en"]

Said = Mapping[str, Any]  # by FIELDS


def words_of(mailing: Mailing) -> dict[str, Any]:
    """What *mailing* says and to whom, by field."""
    return {name: getattr(mailing, name) for name in FIELDS}


@patient
@transaction.atomic
def begin(occasion: str, said: Said, *, by: User) -> Mailing:
    """Keep a draft about *occasion*; the same begun just now by the same person is that one.

    Takes the turn of its writer. Raises ValidationError ("busy").
    """
    take_turn(f"partners.mailing:{by.pk}")
    drafts = Mailing.objects.filter(created_by=by, occasion=occasion, state=MailingState.DRAFT)
    if made := made_just_now(drafts.filter(**said)):
        return made
    return Mailing.objects.create(occasion=occasion, created_by=by, **said)


@patient
@transaction.atomic
def change(mailing: Mailing, said: Said, *, seen: int, by: User) -> Mailing:
    """Let the draft say what is *said*, if nobody has changed it since version *seen*.

    Saying what it says already changes nothing, so a second click is no quarrel. Locks the row.
    Raises ValidationError ("over" when it is no draft any more, "changed", "busy").
    """
    held = hold(mailing)
    if words_of(held) == said:
        return held
    if not held.is_draft:
        raise _is_no_draft()
    if held.version != seen:
        raise ValidationError(
            _(
                "%(name)s changed this mailing while you were writing. Both versions are below: "
                "choose what to keep and save again."
            ),
            code="changed",
            params={"name": held.changed_by or held.created_by},
        )
    for name, value in said.items():
        setattr(held, name, value)
    held.version += 1
    held.changed_at, held.changed_by = timezone.now(), by
    held.save(update_fields=[*FIELDS, "version", "changed_at", "changed_by"])
    return held


@patient
@transaction.atomic
def remove(mailing: Mailing, *, by: User) -> None:
    """Throw a draft away: *by* answers for it, and nothing of it is kept.

    Locks the row. Raises ValidationError ("over" when it is no draft any more, "busy"), and
    Mailing.DoesNotExist when it is gone.
    """
    held = hold(mailing)
    if not held.is_draft:
        raise _is_no_draft()
    held.delete()


def hold(mailing: Mailing) -> Mailing:
    """Lock *mailing*, as it is now."""
    held = Mailing.objects.select_for_update(no_key=True, of=("self",))
    return held.select_related("created_by", "changed_by").get(pk=mailing.pk)


def _is_no_draft() -> ValidationError:
    return ValidationError(
        _("It is no draft any more, so nothing was changed. Copy it to write a new one."),
        code="over",
    )
