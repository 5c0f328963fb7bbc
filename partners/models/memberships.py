"""Who acts for which organisation, and who has been asked to."""

from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db import connection, models
from django.db.models import Exists, F, OuterRef, Prefetch, Q, Subquery
from django.db.models.expressions import RawSQL
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from partners.models.bounces import BouncedAddress
from partners.models.organisations import (
    ACTS_FOR,
    MembershipRole,
    Organisation,
    OrganisationStatus,
    not_left,
    values_of_acts_for,
)
from partners.models.people import User, UserQuerySet
from partners.models.texts import in_all_words, in_words


def login_states(prefix: str = "") -> dict[str, Q]:
    """How far somebody has come, reached by *prefix*: asked of rows that carry invited_at."""
    never = Q(**{f"{prefix}last_login__isnull": True})
    return {
        "not_invited": never & Q(invited_at__isnull=True),
        "invited": never & Q(invited_at__isnull=False),
        "logged_in": ~never,
        "bounced": Q(**{f"{prefix}email__in": BouncedAddress.objects.standing().values("address")}),
    }


# In SQL, as that one: every page of a session asks it.
_IS_OF_A_PARTNER = f"EXISTS ({ACTS_FOR} AND status = %s)"


def _values_of_a_partner(person: User) -> list[Any]:
    return [*values_of_acts_for(person), OrganisationStatus.ACTIVE]


# How a list of people can be sorted.
ORDERS = {
    "organisation": "organisation__sort_name",
    "name": "person__sort_name",
    "role": "role",
    "email": "person__email",
    "login": "person__last_login",
}


class MembershipQuerySet(models.QuerySet["Membership"]):
    def current(self) -> "MembershipQuerySet":
        """Not ended, whatever has become of the organisation."""
        return self.filter(ended_at__isnull=True)

    def acting(self) -> "MembershipQuerySet":
        """By which somebody acts for an organisation now: not ended, and it has not left."""
        return self.current().filter(not_left("organisation__"))

    def for_partners(self) -> "MembershipQuerySet":
        """By which somebody acts for a current partner: who holds none is no partner."""
        return self.acting().filter(organisation__status=OrganisationStatus.ACTIVE)

    def is_of_a_partner(self, person: User) -> RawSQL:
        """Whether *person* holds one of for_partners(): a condition for the rows of any table."""
        values = _values_of_a_partner(person)
        return RawSQL(_IS_OF_A_PARTNER, values, models.BooleanField())  # noqa: S611 (our own text)

    def acts_for_a_partner(self, person: User) -> bool:
        """Whether *person* holds one of for_partners()."""
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {_IS_OF_A_PARTNER}", _values_of_a_partner(person))
            return bool(cursor.fetchone()[0])

    def former(self) -> "MembershipQuerySet":
        """By which somebody acts no more: it has ended, or the organisation has left."""
        return self.filter(Q(ended_at__isnull=False) | ~not_left("organisation__"))

    def latest_former(self, person: User) -> "Membership | None":
        """The last that *person* had, with its organisation; None while they act for another."""
        if self.acting().filter(person=person).exists():
            return None
        mine = self.former().filter(person=person).select_related("organisation")
        return mine.order_by(models.F("ended_at").desc(nulls_first=True), "-pk").first()

    def organisation_ids_of(self, person: User) -> list[int]:
        """Whom *person* acts for now, as keys."""
        with connection.cursor() as cursor:
            cursor.execute(ACTS_FOR, values_of_acts_for(person))
            return [pk for (pk,) in cursor.fetchall()]

    def contact_persons(self) -> "MembershipQuerySet":
        return self.current().filter(role=MembershipRole.CONTACT_PERSON)

    def in_order(self, by: str = "organisation") -> "MembershipQuerySet":
        """With person and organisation, *by* one of ORDERS; a "-" before it turns that one round.

        Whoever has no such thing stands last.
        """
        key = F(ORDERS[by.removeprefix("-")])
        turned = key.desc(nulls_last=True) if by.startswith("-") else key.asc(nulls_last=True)
        rest = ("organisation__sort_name", "person__sort_name", "pk")
        return self.select_related("person", "organisation").order_by(turned, *rest)

    def with_invited_at(self) -> "MembershipQuerySet":
        """Add invited_at: when the person was last invited, or None."""
        return self.annotate(invited_at=Invitation.objects.latest_to("person"))

    def with_bounced_at(self) -> "MembershipQuerySet":
        """Add bounced_at: since when e-mails to the person come back, or None."""
        return self.annotate(bounced_at=BouncedAddress.objects.since("person__email"))

    def how_far(self) -> dict[str, int]:
        """How many have not been invited, and how many only invited, of those never logged in."""
        never = self.filter(person__last_login=None)
        invited = models.Exists(Invitation.objects.filter(person=OuterRef("person")))
        return never.aggregate(
            not_invited=models.Count("pk", filter=~invited),
            not_logged_in=models.Count("pk", filter=invited),
        )

    def matching(self, q: str = "", role: str = "", state: str = "") -> "MembershipQuerySet":
        """With all words of *q* in person or organisation, in *role*; state of login_states.

        Needs with_invited_at.
        """
        found = self.filter(in_all_words(q, person=User, organisation=Organisation))
        if role:
            found = found.filter(role=role)
        return found.filter(login_states("person__")[state]) if state else found

    def people_without(self, q: str = "", state: str = "") -> UserQuerySet:
        """People who hold none of these, by name; *q* and *state* as in matching.

        With invited_at and bounced_at, and what has been: the memberships they had, and what they
        were asked to act for without a yes, each the latest first. Three queries.
        """
        found = User.objects.matching(q).filter(~Exists(self.filter(person=OuterRef("pk"))))
        found = found.annotate(
            invited_at=Invitation.objects.latest_to("pk"),
            bounced_at=BouncedAddress.objects.since("email"),
        )
        found = found.filter(login_states()[state]) if state else found
        return found.prefetch_related(*what_was()).order_by("sort_name", "pk")

    def visible_to(self, user: "User | AnonymousUser") -> "MembershipQuerySet":
        """Staff see all; others those of their own organisations."""
        if not isinstance(user, User):
            return self.none()
        if user.is_staff_of_portal:
            return self.all()
        return self.filter(organisation__in=Organisation.objects.of(user))


class Membership(models.Model):
    """A person acts for an organisation, from its beginning until it is ended."""

    person = models.ForeignKey(User, models.PROTECT, related_name="memberships")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="memberships")
    role = models.CharField(
        _("role"), max_length=15, choices=MembershipRole, default=MembershipRole.MEMBER
    )
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    # When the role was last changed, and who did it; NULL: it is the one they began with.
    role_changed_at = models.DateTimeField(_("role changed at"), null=True, editable=False)
    role_changed_by = models.ForeignKey(
        User,
        models.PROTECT,
        verbose_name=_("role changed by"),
        null=True,
        editable=False,
        related_name="+",
    )
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True)
    ended_by = models.ForeignKey(
        User,
        models.PROTECT,
        verbose_name=_("ended by"),
        null=True,
        editable=False,
        related_name="+",
    )

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        indexes = [
            models.Index(
                fields=["organisation"],
                condition=Q(ended_at=None, role=MembershipRole.CONTACT_PERSON),
                name="membership_contact_persons",
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "organisation"],
                condition=Q(ended_at__isnull=True),
                name="membership_one_current_per_person_and_organisation",
                violation_error_message=_("This person already acts for the organisation."),
            ),
            models.CheckConstraint(
                condition=Q(role__in=MembershipRole.values), name="membership_role_is_known"
            ),
            models.CheckConstraint(
                condition=Q(role_changed_by__isnull=True) | Q(role_changed_at__isnull=False),
                name="membership_role_changed_by_has_a_moment",
            ),
            models.CheckConstraint(
                condition=Q(ended_by__isnull=True) | Q(ended_at__isnull=False),
                name="membership_ended_by_has_a_moment",
            ),
        ]

    def __str__(self) -> str:
        return in_words(self, "person", "organisation")


FALLEN_THROUGH_FOR = timedelta(days=30)  # so long a no, or no answer, is shown to the inviter


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def unanswered(self) -> "InvitationQuerySet":
        """Neither accepted, nor declined, nor withdrawn."""
        return self.filter(accepted_at=None, declined_at=None, withdrawn_at=None)

    def latest_to(self, person: str) -> Subquery:
        """When *person* of the row that asks was last invited, or None."""
        latest = self.filter(person=OuterRef(person)).order_by("-created_at")
        return Subquery(latest.values("created_at")[:1])

    def asking(self) -> "InvitationQuerySet":
        """Those that make a membership when they are accepted."""
        return self.exclude(role="")

    def pending(self, now: datetime) -> "InvitationQuerySet":
        """Those that wait for the person's own yes or no; with organisation and who invited."""
        waiting = self.unanswered().asking().filter(expires_at__gt=now)
        return waiting.select_related("organisation", "created_by").order_by("created_at", "pk")

    def said_yes(self) -> "InvitationQuerySet":
        """Those that asked, and whose person acts for the organisation since; the latest first."""
        same = {"person": OuterRef("person"), "organisation": OuterRef("organisation")}
        acts = Exists(Membership.objects.current().filter(**same))
        agreed = self.asking().filter(acts, accepted_at__isnull=False)
        return agreed.select_related("person").order_by("-accepted_at", "-pk")

    def fallen_through(self, now: datetime) -> "InvitationQuerySet":
        """Those that asked and got a no, or no answer in time, a short while ago; with the person.

        Not where something newer has taken their place. Nor where the person has been corrected
        since: whoever invited knows the address they typed, and is shown no other.
        """
        recent = now - FALLEN_THROUGH_FOR
        same = {"person": OuterRef("person"), "organisation": OuterRef("organisation")}
        newer = Invitation.objects.asking().filter(**same, pk__gt=OuterRef("pk"))
        declined = Q(declined_at__gt=recent)
        expired = Q(declined_at=None, expires_at__gt=recent, expires_at__lte=now)
        known = Q(person__corrected_at=None) | Q(person__corrected_at__lt=F("created_at"))
        found = self.asking().filter(declined | expired, known, accepted_at=None, withdrawn_at=None)
        found = found.filter(person__is_active=True, person__email__isnull=False)
        found = found.exclude(Exists(newer))
        found = found.exclude(Exists(Membership.objects.current().filter(**same)))
        return found.select_related("person").order_by("created_at", "pk")

    def visible_to(self, user: "User | AnonymousUser") -> "InvitationQuerySet":
        """Staff see all; others those to themselves and to their organisations."""
        if not isinstance(user, User):
            return self.none()
        if user.is_staff_of_portal:
            return self.all()
        return self.filter(Q(person=user) | Q(organisation__in=Organisation.objects.of(user)))


class Invitation(models.Model):
    """An invitation sent to a person by mail; only the hash of its token is kept.

    One with a role asks the person to act for the organisation, and they do when they say yes.
    One without is an invitation to log in: what they act for was decided before.
    """

    person = models.ForeignKey(User, models.PROTECT, related_name="invitations")
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, related_name="invitations"
    )
    token_hash = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    expires_at = models.DateTimeField()
    # As whoever invites typed it: the organisation sees no other name until the person says yes.
    name = models.CharField(_("name"), max_length=150, blank=True, db_default="")
    role = models.CharField(
        _("role"), max_length=15, choices=MembershipRole, blank=True, db_default=""
    )
    # The list it was sent with; NULL: it was sent alone.
    batch = models.ForeignKey(
        "InvitationBatch", models.PROTECT, null=True, editable=False, related_name="invitations"
    )
    accepted_at = models.DateTimeField(null=True, blank=True)
    declined_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        User, models.PROTECT, null=True, editable=False, related_name="+"
    )

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        indexes = [
            models.Index(fields=["created_by", "created_at"], name="invitation_of_a_day"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "organisation"],
                condition=~Q(role="") & Q(accepted_at=None, declined_at=None, withdrawn_at=None),
                name="invitation_asks_once_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(role="") | Q(role__in=MembershipRole.values),
                name="invitation_role_is_known",
            ),
            models.CheckConstraint(
                condition=Q(role="") | Q(organisation__isnull=False),
                name="invitation_to_a_role_names_the_organisation",
            ),
            models.CheckConstraint(
                condition=Q(declined_at__isnull=True) | Q(withdrawn_at__isnull=True),
                name="invitation_is_declined_or_withdrawn_not_both",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_by__isnull=True) | Q(withdrawn_at__isnull=False),
                name="invitation_withdrawn_by_has_a_moment",
            ),
        ]

    def __str__(self) -> str:
        return in_words(self, "person", "organisation")

    @property
    def is_too_old(self) -> bool:
        return self.expires_at <= timezone.now()

    @property
    def reaches_its_reader(self) -> bool:
        """Whether the person may log in, and has an address."""
        return self.person.is_active and bool(self.person.email)

    def why_over(self, now: datetime) -> str:
        """What ended it: "used", "declined", "withdrawn" or "expired"; "" while it is open."""
        ends = {
            "used": self.accepted_at is not None,
            "declined": self.declined_at is not None,
            "withdrawn": self.withdrawn_at is not None,
            "expired": self.expires_at <= now,
        }
        return next((end for end, is_so in ends.items() if is_so), "")


def what_was() -> tuple[Prefetch, Prefetch]:
    """Prefetched to a person, each the latest first: had, the memberships that have ended, and
    asked_for, what they were asked to act for without a yes. With the organisations; two queries.
    """
    had = Membership.objects.filter(ended_at__isnull=False).order_by("-ended_at", "-pk")
    asked = Invitation.objects.asking().filter(accepted_at=None, withdrawn_at=None)
    asked = asked.order_by("-created_at", "-pk")
    return (
        Prefetch("memberships", had.select_related("organisation"), to_attr="had"),
        Prefetch("invitations", asked.select_related("organisation"), to_attr="asked_for"),
    )
