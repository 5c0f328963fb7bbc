"""What organisations promise: terms, letters of intent, challenges, and the city's part."""

from datetime import date, datetime

from django.contrib.auth.models import AnonymousUser
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from measures.models.measures import Challenge
from partners.models import Organisation, User, in_language, in_words

FEWEST_CHALLENGES = 5  # what the roadmap's letter of intent asks for


def _sees_all(user: User | AnonymousUser) -> bool:
    return isinstance(user, User) and user.is_coordinator


class CommitmentPeriodQuerySet(models.QuerySet["CommitmentPeriod"]):
    def current(self, today: date | None = None) -> "CommitmentPeriodQuerySet":
        """The term in which *today* lies, if any: they never overlap."""
        day = today or timezone.localdate()
        return self.filter(starts_on__lte=day, ends_on__gte=day)

    def visible_to(self, user: User | AnonymousUser) -> "CommitmentPeriodQuerySet":
        """Terms are public."""
        return self.all()


class CommitmentPeriod(models.Model):
    """A term for which organisations promise, with its rules: 2026-2028, at least five by a day."""

    starts_on = models.DateField(_("first day"), unique=True)
    ends_on = models.DateField(_("last day"))
    min_challenges = models.PositiveSmallIntegerField(
        _("challenges at least"),
        default=FEWEST_CHALLENGES,
        validators=[MinValueValidator(1), MaxValueValidator(50)],
    )
    # Until when they are to be taken on; NULL: until the term's end.
    challenges_by = models.DateField(_("challenges taken on by"), null=True, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)
    updated_at = models.DateTimeField(auto_now=True)
    updated_by = models.ForeignKey(
        User, models.PROTECT, null=True, editable=False, related_name="+"
    )

    objects = CommitmentPeriodQuerySet.as_manager()

    class Meta:
        ordering = ["-starts_on"]
        verbose_name = _("term")
        verbose_name_plural = _("terms")
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gt=F("starts_on")),
                name="commitmentperiod_ends_after_it_starts",
                violation_error_message=_(
                    "The last day is before the first day. Change one of them."
                ),
            ),
            models.CheckConstraint(
                condition=Q(challenges_by__isnull=True)
                | Q(challenges_by__gte=F("starts_on"), challenges_by__lte=F("ends_on")),
                name="commitmentperiod_is_kept_within_it",
                violation_error_message=_("Choose a day within the term."),
            ),
            models.CheckConstraint(
                condition=Q(min_challenges__gte=1), name="commitmentperiod_asks_for_something"
            ),
        ]

    def __str__(self) -> str:
        first, last = self.starts_on.year, self.ends_on.year
        return str(first) if first == last else f"{first}–{last}"


class LetterOfIntentQuerySet(models.QuerySet["LetterOfIntent"]):
    def visible_to(self, user: User | AnonymousUser) -> "LetterOfIntentQuerySet":
        """An organisation's own people, and coordinators; that it has signed is public."""
        if not isinstance(user, User):
            return self.none()
        if user.is_coordinator:
            return self.all()
        return self.filter(organisation__in=Organisation.objects.of(user))


class LetterOfIntent(models.Model):
    """What an organisation has signed for a term.

    min_challenges is what the term asked for on the day it was signed.
    """

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="letters_of_intent")
    period = models.ForeignKey(
        CommitmentPeriod, models.PROTECT, verbose_name=_("term"), related_name="letters_of_intent"
    )
    signed_on = models.DateField(_("signed on"), null=True, blank=True)
    signatory_name = models.CharField(_("who signed"), max_length=150, blank=True)
    signatory_title = models.CharField(_("title of who signed"), max_length=150, blank=True)
    min_challenges = models.PositiveSmallIntegerField(_("challenges at least"))
    document = models.FileField(_("signed document"), blank=True, max_length=200)
    document_name = models.CharField(_("name of the document"), max_length=200, blank=True)
    diploma_given_on = models.DateField(_("diploma given on"), null=True, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    updated_at = models.DateTimeField(auto_now=True)
    updated_by = models.ForeignKey(
        User, models.PROTECT, null=True, editable=False, related_name="+"
    )

    objects = LetterOfIntentQuerySet.as_manager()

    class Meta:
        verbose_name = _("letter of intent")
        verbose_name_plural = _("letters of intent")
        ordering = ["-period__starts_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "period"],
                name="letterofintent_one_a_term",
                violation_error_message=_("There is a letter of intent for this term already."),
            ),
            models.CheckConstraint(
                condition=Q(min_challenges__gte=1), name="letterofintent_asks_for_something"
            ),
        ]

    def __str__(self) -> str:
        return in_words(self, "organisation", "period")


class AdoptionState(models.TextChoices):
    ADOPTED = "adopted", _("taken on")
    ACHIEVED = "achieved", _("achieved")
    DROPPED = "dropped", _("dropped")


class ChallengeAdoptionQuerySet(models.QuerySet["ChallengeAdoption"]):
    def standing(self) -> "ChallengeAdoptionQuerySet":
        """Those that count towards the promise: taken on or achieved, not dropped."""
        return self.exclude(state=AdoptionState.DROPPED)

    def visible_to(self, user: User | AnonymousUser) -> "ChallengeAdoptionQuerySet":
        """What stands is public for partners; what was dropped is the organisation's own."""
        if _sees_all(user):
            return self.all()
        own = Q(organisation__in=Organisation.objects.of(user))
        public = ~Q(state=AdoptionState.DROPPED) & Q(
            organisation__in=Organisation.objects.partners().values("pk")
        )
        return self.filter(own | public)


class ChallengeAdoption(models.Model):
    """That an organisation takes on a challenge in a term, and what became of it."""

    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="challenge_adoptions"
    )
    challenge = models.ForeignKey(Challenge, models.PROTECT, related_name="adoptions")
    period = models.ForeignKey(
        CommitmentPeriod, models.PROTECT, verbose_name=_("term"), related_name="adoptions"
    )
    adopted_on = models.DateField(_("taken on on"))
    adopted_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    state = models.CharField(
        _("state"), max_length=8, choices=AdoptionState, default=AdoptionState.ADOPTED
    )
    # Why it was dropped, or how it was achieved.
    reason = models.CharField(_("reason"), max_length=500, blank=True)
    changed_at = models.DateTimeField(_("changed at"), null=True, editable=False)
    changed_by = models.ForeignKey(
        User, models.PROTECT, null=True, editable=False, related_name="+"
    )

    objects = ChallengeAdoptionQuerySet.as_manager()

    class Meta:
        verbose_name = _("challenge taken on")
        verbose_name_plural = _("challenges taken on")
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "challenge", "period"],
                name="challengeadoption_one_a_term",
            ),
            models.CheckConstraint(
                condition=Q(state__in=AdoptionState.values),
                name="challengeadoption_state_is_known",
            ),
            models.CheckConstraint(
                condition=~Q(state=AdoptionState.DROPPED) | ~Q(reason=""),
                name="challengeadoption_is_dropped_for_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(changed_by__isnull=True) | Q(changed_at__isnull=False),
                name="challengeadoption_changed_by_has_a_moment",
            ),
        ]

    def __str__(self) -> str:
        return in_words(self, "organisation", "challenge")


class CounterCommitmentState(models.TextChoices):
    PLANNED = "planned", _("planned")
    ONGOING = "ongoing", _("in progress")
    KEPT = "kept", _("kept")
    DROPPED = "dropped", _("dropped")


class CounterCommitmentQuerySet(models.QuerySet["CounterCommitment"]):
    def standing(self) -> "CounterCommitmentQuerySet":
        """Those that are not taken away."""
        return self.filter(removed_at=None)

    def visible_to(self, user: User | AnonymousUser) -> "CounterCommitmentQuerySet":
        """What the city promises back is public."""
        return self.all() if _sees_all(user) else self.standing()


class CounterCommitment(models.Model):
    """What the city or one of its companies promises back, for a challenge."""

    challenge = models.ForeignKey(Challenge, models.PROTECT, related_name="counter_commitments")
    text_sv = models.CharField(_("what is promised, in Swedish"), max_length=400)
    text_en = models.CharField(_("what is promised, in English"), max_length=400, blank=True)
    owner = models.CharField(_("who answers for it"), max_length=150)
    state = models.CharField(
        _("state"),
        max_length=7,
        choices=CounterCommitmentState,
        default=CounterCommitmentState.PLANNED,
    )
    due_on = models.DateField(_("by"), null=True, blank=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    version = models.PositiveIntegerField(default=1, editable=False)
    updated_at = models.DateTimeField(auto_now=True)
    updated_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    removed_at = models.DateTimeField(null=True, editable=False)
    removed_by = models.ForeignKey(
        User, models.PROTECT, null=True, editable=False, related_name="+"
    )

    objects = CounterCommitmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("reciprocal commitment")
        verbose_name_plural = _("reciprocal commitments")
        ordering = ["challenge", "position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=CounterCommitmentState.values),
                name="countercommitment_state_is_known",
            ),
            models.CheckConstraint(
                condition=Q(removed_by__isnull=True) | Q(removed_at__isnull=False),
                name="countercommitment_removed_by_has_a_moment",
            ),
        ]

    def __str__(self) -> str:
        return in_language(self.text_sv, self.text_en)

    def is_late(self, now: datetime) -> bool:
        """Whether its day has passed and it is not kept."""
        open_states = (CounterCommitmentState.PLANNED, CounterCommitmentState.ONGOING)
        return (
            self.state in open_states
            and self.due_on is not None
            and self.due_on < timezone.localdate(now)
        )
