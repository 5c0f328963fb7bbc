"""What coordinators do with an enquiry: take it, say how far it is, note something."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from partners.models import Enquiry, EnquiryState, User
from partners.patience import patient


@patient
@transaction.atomic
def take(enquiry: Enquiry, *, by: User) -> Enquiry:
    """Let *by* be the one who answers it; whoever had taken it has it no more.

    Locks the row. Raises ValidationError ("busy").
    """
    enquiry = _hold(enquiry)
    if enquiry.taken_by_id != by.pk:
        enquiry.taken_at, enquiry.taken_by = timezone.now(), by
        enquiry.save(update_fields=["taken_at", "taken_by"])
    return enquiry


@patient
@transaction.atomic
def note(enquiry: Enquiry, state: str, words: str, *, version: int, by: User) -> Enquiry:
    """Write how far it is, and a note; the same written again changes nothing.

    Who says that it is answered has taken it, unless another had. Locks the row. Raises
    ValidationError ("changed" when somebody else wrote since *version*, "busy").
    """
    enquiry = _hold(enquiry)
    if (enquiry.state, enquiry.note) == (state, words):
        return enquiry
    if enquiry.version != version:
        raise ValidationError(
            _("Somebody else has changed this in the meantime. What they wrote is shown here."),
            code="changed",
        )
    now = timezone.now()
    enquiry.state, enquiry.note = EnquiryState(state), words
    enquiry.version += 1
    enquiry.changed_at, enquiry.changed_by = now, by
    if enquiry.taken_by is None and enquiry.state == EnquiryState.ANSWERED:
        enquiry.taken_at, enquiry.taken_by = now, by
    enquiry.save(
        update_fields=[
            "state",
            "note",
            "version",
            "changed_at",
            "changed_by",
            "taken_at",
            "taken_by",
        ]
    )
    return enquiry


def _hold(enquiry: Enquiry) -> Enquiry:
    held = Enquiry.objects.select_for_update(no_key=True, of=("self",))
    return held.select_related("taken_by").get(pk=enquiry.pk)
