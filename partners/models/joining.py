"""How people come to act for an organisation: many invited at once, reminded, or asking."""

from datetime import datetime, timedelta

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from partners.models.memberships import Invitation, Membership
from partners.models.organisations import MembershipRole, Organisation
from partners.models.people import Language, User
from partners.models.texts import in_words


class InvitationBatch(models.Model):
    """A list of people invited to one organisation in one go."""

    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="invitation_batches"
    )
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    page = models.UUIDField(editable=False)  # of the form: sent twice, it is one list
    # More than the inviter had left that day: allowed once in a while.
    is_large = models.BooleanField(_("large"), default=False, editable=False)

    class Meta:
        verbose_name = _("list of invitations")
        verbose_name_plural = _("lists of invitations")
        constraints = [
            models.UniqueConstraint(
                fields=["created_by", "page"], name="invitation_batch_is_sent_once"
            ),
        ]

    def __str__(self) -> str:
        return in_words(self, "organisation")


class InvitationReminder(models.Model):
    """A letter that reminded somebody of an invitation; its link opens the same invitation."""

    invitation = models.ForeignKey(Invitation, models.PROTECT, related_name="reminders")
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    sent_at = models.DateTimeField(_("sent at"))
    sent_by = models.ForeignKey(
        User, models.PROTECT, verbose_name=_("sent by"), editable=False, related_name="+"
    )

    class Meta:
        verbose_name = _("reminder of an invitation")
        verbose_name_plural = _("reminders of invitations")

    def __str__(self) -> str:
        return in_words(self, "sent_by")


REQUESTS_WAIT = timedelta(days=60)  # so long an answer is waited for; then the request is forgotten
CONFIRMED_WITHIN = timedelta(days=7)  # by the mailed link


class JoinRequestQuerySet(models.QuerySet["JoinRequest"]):
    def waiting(self) -> "JoinRequestQuerySet":
        """Confirmed by the address, and nobody has decided; the longest waiting first."""
        return self.filter(confirmed_at__isnull=False, decided_at=None).order_by(
            "confirmed_at", "pk"
        )

    def unconfirmed(self) -> "JoinRequestQuerySet":
        return self.filter(confirmed_at=None)

    def waits_for(self, user: User) -> "JoinRequestQuerySet":
        """What *user* is to decide on: of coordinators, what no contact person can."""
        waiting = self.waiting().visible_to(user).select_related("organisation")
        if not user.is_coordinator:
            return waiting
        return waiting.filter(organisation__in=Organisation.objects.without_contact_person())

    def with_acts_already(self) -> "JoinRequestQuerySet":
        """Add acts_already: whether somebody with the address acts for the organisation."""
        same = Membership.objects.current().filter(
            organisation=OuterRef("organisation"), person__email=OuterRef("email")
        )
        return self.annotate(acts_already=Exists(same))

    def over(self, now: datetime) -> "JoinRequestQuerySet":
        """What is to be forgotten: never confirmed, decided or waiting for too long."""
        return self.filter(
            Q(confirmed_at=None, created_at__lte=now - CONFIRMED_WITHIN)
            | Q(confirmed_at__lte=now - REQUESTS_WAIT)
        )

    def visible_to(self, user: "User | AnonymousUser") -> "JoinRequestQuerySet":
        """What is confirmed is for coordinators and the contact persons of the organisation."""
        if not isinstance(user, User) or not user.is_active:
            return self.none()
        confirmed = self.filter(confirmed_at__isnull=False)
        if user.is_coordinator:
            return confirmed
        own = Membership.objects.acting().filter(person=user, role=MembershipRole.CONTACT_PERSON)
        return confirmed.filter(organisation__in=own.values("organisation"))


class JoinRequest(models.Model):
    """Somebody without an invitation asks to act for an organisation.

    It waits for its writer to follow the mailed link; only the hash of its token is kept.
    """

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="join_requests")
    name = models.CharField(_("name"), max_length=150)
    email = models.EmailField(_("e-mail"))
    text = models.CharField(_("text"), max_length=200, blank=True)
    language = models.CharField(
        _("language"), max_length=2, choices=Language, default=Language.SWEDISH
    )
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    created_at = models.DateTimeField(_("written at"), auto_now_add=True)
    confirmed_at = models.DateTimeField(_("confirmed at"), null=True, editable=False)
    decided_at = models.DateTimeField(_("decided at"), null=True, editable=False)
    decided_by = models.ForeignKey(
        User,
        models.PROTECT,
        verbose_name=_("decided by"),
        null=True,
        editable=False,
        related_name="+",
    )
    # What was decided; NULL: nothing yet.
    accepted = models.BooleanField(_("accepted"), null=True, editable=False)

    objects = JoinRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("request to act for an organisation")
        verbose_name_plural = _("requests to act for an organisation")
        indexes = [models.Index(fields=["email", "created_at"], name="join_request_of_an_address")]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "email"],
                condition=Q(confirmed_at__isnull=False, decided_at=None),
                name="join_request_waits_once_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(language__in=Language.values), name="join_request_language_is_known"
            ),
            models.CheckConstraint(
                condition=Q(decided_at=None, accepted=None, decided_by=None)
                | Q(
                    decided_at__isnull=False,
                    accepted__isnull=False,
                    decided_by__isnull=False,
                    confirmed_at__isnull=False,
                ),
                name="join_request_is_decided_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.organisation_name}"

    @property
    def organisation_name(self) -> str:
        return in_words(self, "organisation")


class WithoutContact(models.Model):
    """A partner has no contact person, and the coordinators have been told.

    The row goes when somebody has the role again, so that the next time is told again.
    """

    organisation = models.OneToOneField(
        Organisation, models.PROTECT, related_name="without_contact"
    )
    told_at = models.DateTimeField(_("coordinators told at"))

    class Meta:
        verbose_name = _("partner without a contact person")
        verbose_name_plural = _("partners without a contact person")

    def __str__(self) -> str:
        return in_words(self, "organisation")
