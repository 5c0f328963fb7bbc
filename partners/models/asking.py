"""What people who have no account write to the project: a question, or that they want to join."""

from datetime import date, datetime, timedelta

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from partners.models.people import Language, User

ANSWERED_WITHIN = 5  # working days, as the pages and letters promise


class EnquiryKind(models.TextChoices):
    QUESTION = "question", _("question")
    WISH_TO_JOIN = "wish_to_join", _("wants to join")


class EnquiryState(models.TextChoices):
    NEW = "new", _("new")
    ANSWERED = "answered", _("answered")
    CLOSED = "closed", _("closed without an answer")


class EnquiryQuerySet(models.QuerySet["Enquiry"]):
    def confirmed(self) -> "EnquiryQuerySet":
        """Those whose writer has shown that the address is theirs: nobody is told of others."""
        return self.filter(confirmed_at__isnull=False)

    def unconfirmed(self) -> "EnquiryQuerySet":
        return self.filter(confirmed_at__isnull=True)

    def untold(self) -> "EnquiryQuerySet":
        """Confirmed, and in no letter to the coordinators yet; the longest waiting first."""
        return self.confirmed().filter(told_at__isnull=True).order_by("confirmed_at", "pk")

    def counted_by_state(self) -> dict[str, int]:
        """How many there are in each state. One query."""
        return dict(self.order_by().values_list("state").annotate(n=models.Count("pk")))

    def visible_to(self, user: User | AnonymousUser) -> "EnquiryQuerySet":
        """What is confirmed is for coordinators only, and what is not for nobody."""
        is_theirs = isinstance(user, User) and user.is_coordinator
        return self.confirmed() if is_theirs else self.none()


class Enquiry(models.Model):
    """What somebody without an account wrote: a question, or that their organisation wants to join.

    It waits for its writer to follow the mailed link; only the hash of its token is kept.
    """

    kind = models.CharField(_("kind"), max_length=12, choices=EnquiryKind)
    name = models.CharField(_("name"), max_length=150)
    email = models.EmailField(_("e-mail"))
    language = models.CharField(
        _("language"), max_length=2, choices=Language, default=Language.SWEDISH
    )
    organisation = models.CharField(_("organisation"), max_length=200, blank=True)
    org_number = models.CharField(_("organisation number"), max_length=20, blank=True)
    phone = models.CharField(_("telephone"), max_length=40, blank=True)
    # Whom a question is to, by the name that stood on the page; the key is the list's it stood in.
    addressee = models.CharField(_("to"), max_length=150, blank=True)
    addressee_key = models.CharField(max_length=40, blank=True, editable=False)
    text = models.TextField(_("text"))
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    created_at = models.DateTimeField(_("written at"), auto_now_add=True)
    confirmed_at = models.DateTimeField(_("confirmed at"), null=True, editable=False)
    told_at = models.DateTimeField(_("coordinators told at"), null=True, editable=False)
    state = models.CharField(
        _("state"), max_length=8, choices=EnquiryState, default=EnquiryState.NEW
    )
    note = models.TextField(_("note"), blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)
    taken_at = models.DateTimeField(_("taken at"), null=True, editable=False)
    taken_by = models.ForeignKey(
        User,
        models.PROTECT,
        verbose_name=_("taken by"),
        null=True,
        editable=False,
        related_name="+",
    )
    # When state or note were last changed, and by whom; NULL: they are as they arrived.
    changed_at = models.DateTimeField(_("changed at"), null=True, editable=False)
    changed_by = models.ForeignKey(
        User,
        models.PROTECT,
        verbose_name=_("changed by"),
        null=True,
        editable=False,
        related_name="+",
    )

    objects = EnquiryQuerySet.as_manager()

    class Meta:
        verbose_name = _("enquiry")
        verbose_name_plural = _("enquiries")
        indexes = [
            models.Index(fields=["email", "created_at"], name="enquiry_of_an_address"),
            models.Index(
                fields=["confirmed_at", "id"],
                name="enquiry_untold",
                condition=Q(confirmed_at__isnull=False, told_at__isnull=True),
            ),
            models.Index(fields=["told_at"], name="enquiry_told_at"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=EnquiryKind.values), name="enquiry_kind_is_known"
            ),
            models.CheckConstraint(
                condition=Q(state__in=EnquiryState.values), name="enquiry_state_is_known"
            ),
            models.CheckConstraint(
                condition=Q(language__in=Language.values), name="enquiry_language_is_known"
            ),
            models.CheckConstraint(
                condition=~Q(kind=EnquiryKind.WISH_TO_JOIN) | ~Q(organisation=""),
                name="enquiry_who_wants_to_join_is_named",
            ),
            models.CheckConstraint(
                condition=Q(told_at__isnull=True) | Q(confirmed_at__isnull=False),
                name="enquiry_is_told_of_when_confirmed",
            ),
            models.CheckConstraint(
                condition=Q(taken_by__isnull=True) | Q(taken_at__isnull=False),
                name="enquiry_taken_by_has_a_moment",
            ),
            models.CheckConstraint(
                condition=Q(changed_by__isnull=True) | Q(changed_at__isnull=False),
                name="enquiry_changed_by_has_a_moment",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.organisation}" if self.organisation else self.name

    @property
    def wants_to_join(self) -> bool:
        return self.kind == EnquiryKind.WISH_TO_JOIN

    @property
    def answer_by(self) -> date:
        """The last day of what was promised; holidays are not known, so it is never too late."""
        return working_days_after(timezone.localdate(self.confirmed_at or self.created_at))

    @property
    def is_taken(self) -> bool:
        """Whether somebody is about to answer it: then it is new to nobody."""
        return self.state == EnquiryState.NEW and self.taken_by_id is not None

    def is_late(self, now: datetime) -> bool:
        """Whether its answer was promised for a day before that of *now*."""
        return self.state == EnquiryState.NEW and self.answer_by < timezone.localdate(now)


def working_days_after(day: date, number: int = ANSWERED_WITHIN) -> date:
    """The day that is *number* Mondays to Fridays after *day*."""
    while number:
        day += timedelta(days=1)
        number -= day.isoweekday() <= 5
    return day
