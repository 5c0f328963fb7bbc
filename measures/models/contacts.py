"""Who is written to or called: partners a coordinator picked, notes of contacts, and points."""

from datetime import date

from django.contrib.auth.models import AnonymousUser
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from partners.models import Organisation, User, in_words

MOST_POINTS = 100


def _is_coordinator(user: User | AnonymousUser) -> bool:
    return isinstance(user, User) and user.is_coordinator


class PickQuerySet(models.QuerySet["Pick"]):
    def visible_to(self, user: User | AnonymousUser) -> "PickQuerySet":
        return self.all() if _is_coordinator(user) else self.none()


class Pick(models.Model):
    """Partners that a coordinator picked from the table of cards, to write to them."""

    organisations = models.JSONField(default=list)  # their keys, in order
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+")

    objects = PickQuerySet.as_manager()

    class Meta:
        verbose_name = _("picked partners")
        verbose_name_plural = _("picked partners")

    def __str__(self) -> str:
        return f"{self.pk}: {len(self.organisations)}"


class ContactNoteQuerySet(models.QuerySet["ContactNote"]):
    def standing(self) -> "ContactNoteQuerySet":
        """Those that are not taken away."""
        return self.filter(removed_at=None)

    def visible_to(self, user: User | AnonymousUser) -> "ContactNoteQuerySet":
        """Coordinators alone."""
        return self.all() if _is_coordinator(user) else self.none()

    def before(self, day: date) -> "ContactNoteQuerySet":
        """Those that were made before *day*."""
        return self.filter(on__lt=day)


class ContactNote(models.Model):
    """What was said with an organisation on a day, in one line, and when to be in touch again.

    For coordinators; it is a public record all the same, which whoever writes one is told.
    """

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="contact_notes")
    on = models.DateField(_("day"))
    line = models.CharField(_("in one line"), max_length=200)
    next_on = models.DateField(_("be in touch again"), null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    removed_at = models.DateTimeField(null=True, editable=False)
    removed_by = models.ForeignKey(
        User, models.PROTECT, null=True, editable=False, related_name="+"
    )

    objects = ContactNoteQuerySet.as_manager()

    class Meta:
        verbose_name = _("contact note")
        verbose_name_plural = _("contact notes")
        ordering = ["-on", "-pk"]
        indexes = [models.Index(fields=["organisation", "on"], name="contactnote_of_a_day")]
        constraints = [
            models.CheckConstraint(
                condition=Q(next_on__isnull=True) | Q(next_on__gt=F("on")),
                name="contactnote_goes_on_later",
                violation_error_message=_("Choose a day after the day of the note."),
            ),
            models.CheckConstraint(
                condition=Q(removed_by__isnull=True) | Q(removed_at__isnull=False),
                name="contactnote_removed_by_has_a_moment",
            ),
        ]

    def __str__(self) -> str:
        return in_words(self, "organisation", "on")


class CallReason(models.TextChoices):
    """Why an organisation is to be contacted, in the order in which reasons are said."""

    FOLLOW_UP = "follow_up", _("a day that was agreed on has come")
    NO_CONTACT = "no_contact", _("no active contact person")
    TERM_ENDS = "term_ends", _("the term ends, or nothing is signed for it")
    REPORT_LATE = "report_late", _("the report of last year is late")
    UNSEEN = "unseen", _("nobody has been at a session for long")
    WAITING = "waiting", _("a measure or a next step waits")


STANDARD_POINTS = {
    CallReason.FOLLOW_UP: 8,
    CallReason.NO_CONTACT: 5,
    CallReason.TERM_ENDS: 4,
    CallReason.REPORT_LATE: 3,
    CallReason.UNSEEN: 3,
    CallReason.WAITING: 2,
}


class CallPointsQuerySet(models.QuerySet["CallPoints"]):
    def by_reason(self) -> dict[str, int]:
        """What each reason counts: as a coordinator chose, else the standard. One query."""
        chosen = dict(self.values_list("reason", "points"))
        return {reason: chosen.get(reason, points) for reason, points in STANDARD_POINTS.items()}


class CallPoints(models.Model):
    """How much a reason to contact an organisation counts; a reason without a row, the standard."""

    reason = models.CharField(_("why"), max_length=11, choices=CallReason, unique=True)
    points = models.PositiveSmallIntegerField(
        _("points"), validators=[MaxValueValidator(MOST_POINTS)]
    )
    updated_at = models.DateTimeField(auto_now=True)
    updated_by = models.ForeignKey(User, models.PROTECT, related_name="+")

    objects = CallPointsQuerySet.as_manager()

    class Meta:
        verbose_name = _("points of a reason")
        verbose_name_plural = _("points of reasons")
        constraints = [
            models.CheckConstraint(
                condition=Q(reason__in=CallReason.values), name="callpoints_reason_is_known"
            ),
        ]

    def __str__(self) -> str:
        return str(CallReason(self.reason).label)
