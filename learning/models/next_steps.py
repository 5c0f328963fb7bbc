"""What people mean to do after a session."""

import re
from datetime import date

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from learning.models.places import Attendance
from learning.models.sessions import LearningSession
from partners.models import Membership, Organisation, User

# Words of the sentence "when …, we will …" that people write once more in its parts.
_WHEN = re.compile(r"(när|when)\b\s*", re.IGNORECASE)
_THEN = re.compile(
    r"(så\s+|then\s+)?(((ska|skall)\s+vi|vi\s+(ska|skall)|we\s+(will|shall)|we['’]ll)"
    r"|(kommer\s+vi(\s+att)?|vi\s+kommer(\s+att)?))\b\s*",
    re.IGNORECASE,
)


def _part(text: str, repeated: re.Pattern[str]) -> str:
    """A part of the sentence, without what the sentence says itself; never empty."""
    text = text.strip()
    found = repeated.match(text)
    return text[found.end() if found else 0 :].rstrip(" .,") or text


class IntentionSharing(models.TextChoices):
    ORGANISATION = "organisation", _("me and my organisation")
    GROUP = "group", _("everybody who attended")


class IntentionStatus(models.TextChoices):
    OPEN = "open", _("not begun")
    DOING = "doing", _("under way")
    DONE = "done", _("done")
    CHANGED = "changed", _("changed")
    DROPPED = "dropped", _("dropped")


AHEAD = [IntentionStatus.OPEN, IntentionStatus.DOING]  # still to be done


class IntentionQuerySet(models.QuerySet["Intention"]):
    def ahead(self) -> "IntentionQuerySet":
        return self.filter(status__in=AHEAD)

    def of(self, user: User) -> "IntentionQuerySet":
        """A person's own first, then those of the organisations they act for.

        Of each what is still to be done comes first, and of that the nearest day.
        """
        own = Q(person=user) | Q(organisation__in=Organisation.objects.of(user))
        placed = self.filter(own).annotate(is_own=Q(person=user), is_ahead=Q(status__in=AHEAD))
        nearest = models.F("due_on").asc(nulls_last=True)
        return placed.order_by("-is_own", "-is_ahead", nearest, "-pk")

    def visible_to(self, user: User | AnonymousUser) -> "IntentionQuerySet":
        """A person's own, their organisations', and those shared with all who attended.

        What others share is read by who still acts for a partner.
        """
        if not isinstance(user, User):
            return self.none()
        own = Q(person=user) | Q(organisation__in=Organisation.objects.of(user))
        if user.is_staff_of_portal:
            return self.filter(own | Q(sharing=IntentionSharing.GROUP))
        attended = Attendance.objects.present().filter(person=user).values("session")
        acts = Membership.objects.is_of_a_partner(user)
        shared = Q(acts, sharing=IntentionSharing.GROUP, session__in=attended)
        return self.filter(own | shared)


class Intention(models.Model):
    """A next step somebody wrote down after a session: when …, we will …."""

    person = models.ForeignKey(User, models.PROTECT, related_name="intentions")
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, related_name="intentions"
    )
    session = models.ForeignKey(LearningSession, models.PROTECT, related_name="intentions")
    when_text = models.CharField(_("when"), max_length=200)
    then_text = models.CharField(_("then we will"), max_length=300)
    due_on = models.DateField(_("by"), null=True, blank=True)
    sharing = models.CharField(
        _("who may read it"),
        max_length=12,
        choices=IntentionSharing,
        default=IntentionSharing.ORGANISATION,
    )
    status = models.CharField(
        _("status"), max_length=7, choices=IntentionStatus, default=IntentionStatus.OPEN
    )
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)
    updated_by = models.ForeignKey(
        User, models.PROTECT, null=True, editable=False, related_name="+"
    )

    objects = IntentionQuerySet.as_manager()

    class Meta:
        verbose_name = _("next step")
        verbose_name_plural = _("next steps")
        constraints = [
            models.UniqueConstraint(
                fields=["session", "person"], name="intention_one_per_person_and_session"
            ),
            models.CheckConstraint(
                condition=Q(sharing__in=IntentionSharing.values), name="intention_sharing_is_known"
            ),
            models.CheckConstraint(
                condition=Q(status__in=IntentionStatus.values), name="intention_status_is_known"
            ),
        ]

    def __str__(self) -> str:
        return self.then_text

    @property
    def when_said(self) -> str:
        """As it stands in "when …, we will …"."""
        return _part(self.when_text, _WHEN)

    @property
    def then_said(self) -> str:
        return _part(self.then_text, _THEN)

    @property
    def is_to_do(self) -> bool:
        """It is still to be done."""
        return self.status in AHEAD

    def is_overdue(self, today: date) -> bool:
        """Its day has passed, and it is still to be done."""
        return self.due_on is not None and self.due_on < today and self.is_to_do
