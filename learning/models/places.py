"""A person's place in a session before it, and presence at it afterwards."""

from datetime import datetime

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.expressions import RawSQL
from django.utils.translation import gettext_lazy as _

from learning.models.sessions import LearningSession, SessionAudience
from partners.models import Membership, Organisation, StaffRole, User, in_words


class RegistrationState(models.TextChoices):
    QUEUED = "queued", _("waiting list")
    CONFIRMED = "confirmed", _("has a seat")
    WITHDRAWN = "withdrawn", _("withdrawn")


class RegistrationSource(models.TextChoices):
    SELF = "self", _("registered themselves")
    COLLEAGUE = "colleague", _("registered by a colleague")
    LEAD = "lead", _("registered by the project")
    IMPORT = "import", _("from an imported list")


# In SQL: every page of a session asks it, and building it takes longer than running it.
_AHEAD = """
    SELECT count(*) FROM learning_registration ahead
    WHERE ahead.session_id = learning_registration.session_id
      AND ahead.state = 'queued' AND ahead.id <= learning_registration.id
"""


# Likewise, of whoever has a place.
_HELD = f"""
    SELECT learning_registration.id, state, leaves_at, session_id, person_id,
           coalesce(held_for.name, '') AS organisation_name,
           ({_AHEAD}) AS place_in_queue, ({{acts}}) AS its_person_acts
    FROM learning_registration
    LEFT JOIN partners_organisation held_for ON held_for.id = organisation_id
    WHERE session_id = %s AND person_id = %s AND state <> %s
"""  # noqa: S608 (texts of our own)


# How a list of seats can be sorted.
ORDERS = {
    "name": ["person__sort_name"],
    "organisation": ["organisation__sort_name", "person__sort_name"],
    "registered": ["created_at"],
}


class RegistrationQuerySet(models.QuerySet["Registration"]):
    def standing(self) -> "RegistrationQuerySet":
        """On a seat or in the queue: not given back."""
        return self.exclude(state=RegistrationState.WITHDRAWN)

    def confirmed(self) -> "RegistrationQuerySet":
        return self.filter(state=RegistrationState.CONFIRMED)

    def leaving(self) -> "RegistrationQuerySet":
        """Given back, and may still be taken again: they count as taken until they end."""
        return self.standing().filter(leaves_at__isnull=False)

    def staying(self) -> "RegistrationQuerySet":
        """Standing, and nobody has given them back."""
        return self.standing().filter(leaves_at__isnull=True)

    def queued(self) -> "RegistrationQuerySet":
        """Waiting for a seat, first come first served: ids are given under the session's lock."""
        return self.filter(state=RegistrationState.QUEUED).order_by("pk")

    def opened_by(self, token_hash: str, now: datetime) -> "RegistrationQuerySet":
        """The place a mailed link was made for, while it stands and its session is to come."""
        coming = LearningSession.objects.live().filter(starts_at__gt=now)
        return self.standing().filter(links__token_hash=token_hash, session__in=coming.values("pk"))

    def in_order(self, by: str = "name") -> "RegistrationQuerySet":
        """With person and organisation: seats *by* one of ORDERS, then the queue, by its own order.

        A "-" before it turns the seats round; those of no organisation stand last of them.
        """
        key = by.removeprefix("-")
        has_seat = models.Q(state=RegistrationState.CONFIRMED)
        seats = [models.Case(models.When(has_seat, then=field)) for field in ORDERS[key]]
        first, *rest = seats
        turned = first.desc(nulls_last=True) if by.startswith("-") else first.asc(nulls_last=True)
        waits = models.Case(models.When(has_seat, then=0), default=1)
        related = self.select_related("person", "organisation")
        return related.order_by(waits, turned, *rest, "pk")

    def with_place_in_queue(self) -> "RegistrationQuerySet":
        """Add place_in_queue: 1 is next; of no meaning on a seat."""
        ahead = RawSQL(_AHEAD, [], models.IntegerField())  # noqa: S611 (a text of our own)
        return self.annotate(place_in_queue=ahead)

    def held_by(self, person: User, session: LearningSession) -> "Registration | None":
        """The place of *person* in *session*, unless it has been given back. One query.

        With organisation_name, place_in_queue, and its_person_acts: whether they act for a partner.
        """
        acts = Membership.objects.is_of_a_partner(person)
        values = [*acts.params, session.pk, person.pk, RegistrationState.WITHDRAWN]
        return next(iter(self.raw(_HELD.format(acts=acts.sql), values)), None)

    def forfeited(self, now: datetime) -> "RegistrationQuerySet":
        """Places in sessions to come of people who may no longer attend them.

        They may not log in any more; or the session is the partners', and their membership or
        their organisation's has ended, and they act for no other partner. Whom the project
        registered without an organisation is its guest, and stays.
        """
        memberships = Membership.objects.filter(person=OuterRef("person"))
        acts = Exists(Membership.objects.for_partners().filter(person=OuterRef("person")))
        is_guest = Q(source=RegistrationSource.LEAD, organisation=None)
        has_left = (
            Q(Exists(memberships.former()), session__audience=SessionAudience.PARTNERS)
            & ~Q(acts)
            & ~is_guest
            & Q(person__staff_role=StaffRole.NONE)
        )
        coming = LearningSession.objects.live().filter(starts_at__gt=now)
        return self.standing().filter(
            has_left | Q(person__is_active=False), session__in=coming.values("pk")
        )

    def visible_to(self, user: User | AnonymousUser) -> "RegistrationQuerySet":
        """Staff see all; others their own and those made for their organisations."""
        if not isinstance(user, User):
            return self.none()
        if user.is_staff_of_portal:
            return self.all()
        return self.filter(Q(person=user) | Q(organisation__in=Organisation.objects.of(user)))

    def in_care_of(self, user: User) -> "RegistrationQuerySet":
        """Standing places of others that *user*, who is not of the staff, may give back.

        Those that they asked for, and as contact person those of their people: see may_withdraw.
        """
        answers = Membership.objects.acting().contact_persons().filter(person=user)
        cares = Q(created_by=user) | Q(organisation__in=answers.values("organisation"))
        return self.standing().visible_to(user).filter(cares).exclude(person=user)


class Registration(models.Model):
    """A person's place in a session: in the queue, on a seat, being left, or given back.

    A place that is being left keeps its state until leaves_at: it is taken, and whoever gave it
    back may take it again.
    """

    session = models.ForeignKey(LearningSession, models.PROTECT, related_name="registrations")
    person = models.ForeignKey(User, models.PROTECT, related_name="registrations")
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, related_name="registrations"
    )
    # As a visitor wrote it whom the portal knows of no organisation; it is counted nowhere.
    typed_organisation = models.CharField(
        _("organisation as typed"), max_length=200, blank=True, default="", db_default=""
    )
    state = models.CharField(
        _("state"), max_length=10, choices=RegistrationState, default=RegistrationState.QUEUED
    )
    source = models.CharField(
        max_length=9, choices=RegistrationSource, default=RegistrationSource.SELF
    )
    created_at = models.DateTimeField(_("registered at"), auto_now_add=True)
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    # What they had been told of time and place before the latest letter about a change of them.
    told = models.JSONField(default=dict, db_default={}, editable=False)
    seated_at = models.DateTimeField(_("got a seat at"), null=True, blank=True)
    leaves_at = models.DateTimeField(_("ends at"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, blank=True)
    # Who gave it back, from when it is being left.
    withdrawn_by = models.ForeignKey(
        User, models.PROTECT, null=True, editable=False, related_name="+"
    )

    # Set by with_place_in_queue and held_by, not a column.
    place_in_queue: int
    # Set by held_by, not columns.
    its_person_acts: bool
    organisation_name: str

    objects = RegistrationQuerySet.as_manager()

    class Meta:
        verbose_name = _("registration")
        verbose_name_plural = _("registrations")
        indexes = [
            models.Index(fields=["session", "state", "id"], name="registration_queue"),
            models.Index(
                fields=["leaves_at"],
                condition=Q(leaves_at__isnull=False),
                name="registration_leaving",
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["session", "person"],
                condition=~Q(state=RegistrationState.WITHDRAWN),
                name="registration_one_standing_per_person",
                violation_error_message=_("This person is already registered."),
            ),
            models.CheckConstraint(
                condition=Q(state__in=RegistrationState.values), name="registration_state_is_known"
            ),
            models.CheckConstraint(
                condition=Q(source__in=RegistrationSource.values),
                name="registration_source_is_known",
            ),
            models.CheckConstraint(
                condition=Q(state=RegistrationState.WITHDRAWN, withdrawn_at__isnull=False)
                | (~Q(state=RegistrationState.WITHDRAWN) & Q(withdrawn_at__isnull=True)),
                name="registration_withdrawn_has_a_moment",
            ),
            models.CheckConstraint(
                condition=Q(leaves_at__isnull=True) | Q(withdrawn_by__isnull=False),
                name="registration_leaving_has_somebody_who_gave_it_back",
            ),
        ]

    def __str__(self) -> str:
        return in_words(self, "person", "session")

    @property
    def is_leaving(self) -> bool:
        return self.leaves_at is not None and self.state != RegistrationState.WITHDRAWN

    def may_be_taken_again(self, now: datetime) -> bool:
        """Being left, and there is time to think again."""
        return self.is_leaving and self.leaves_at is not None and now < self.leaves_at


class PlaceLink(models.Model):
    """A link in a letter by which its reader can leave one place without logging in.

    Each letter has its own, for the database knows the hash only. It is of no use when the place
    is over.
    """

    registration = models.ForeignKey(Registration, models.CASCADE, related_name="links")
    token_hash = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("link of a place")
        verbose_name_plural = _("links of places")

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk}"  # a row of a secret: it names nobody


class AttendanceStatus(models.TextChoices):
    """What was seen. Somebody nobody noted has no row: unknown is not absent."""

    PRESENT = "present", _("present")
    ABSENT = "absent", _("absent")
    EXCUSED = "excused", _("absent, had sent word")

    @classmethod
    def in_words(cls, status: str | None) -> str:
        """How somebody was noted; None where nobody has said."""
        return str(_("not noted") if status is None else cls(status).label)


class AttendanceQuerySet(models.QuerySet["Attendance"]):
    def present(self) -> "AttendanceQuerySet":
        return self.filter(status=AttendanceStatus.PRESENT)


class Attendance(models.Model):
    """Whether a person was seen at a session; without a registration they walked in."""

    session = models.ForeignKey(LearningSession, models.PROTECT, related_name="attendances")
    person = models.ForeignKey(User, models.PROTECT, related_name="attendances")
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, related_name="attendances"
    )
    status = models.CharField(_("attendance"), max_length=8, choices=AttendanceStatus)
    # Of somebody who came later or left earlier. None: they were there from the start to the end.
    minutes_present = models.PositiveSmallIntegerField(_("minutes there"), null=True, blank=True)
    recorded_at = models.DateTimeField(auto_now=True)
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+")

    objects = AttendanceQuerySet.as_manager()

    class Meta:
        verbose_name = _("attendance")
        verbose_name_plural = _("attendances")
        indexes = [
            models.Index(
                fields=["session", "organisation"],
                condition=Q(status=AttendanceStatus.PRESENT),
                name="attendance_present",  # from whom somebody came to a session
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["session", "person"], name="attendance_one_per_person_and_session"
            ),
            models.CheckConstraint(
                condition=Q(status__in=AttendanceStatus.values), name="attendance_status_is_known"
            ),
            models.CheckConstraint(
                condition=Q(minutes_present__isnull=True)
                | Q(minutes_present__gte=1, status=AttendanceStatus.PRESENT),
                name="attendance_minutes_are_of_somebody_present",
            ),
        ]

    def __str__(self) -> str:
        return in_words(self, "person", "session")
