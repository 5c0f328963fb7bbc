"""What came out of a session: answers, next steps, what stands in the way."""

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from learning.models.sessions import LearningSession
from partners.models import Organisation, User, in_words


class SurveyInvitation(models.Model):
    """Somebody who attended is asked how it was; the link's token is kept as a hash only."""

    session = models.ForeignKey(LearningSession, models.PROTECT, related_name="survey_invitations")
    person = models.ForeignKey(User, models.PROTECT, related_name="survey_invitations")
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="+")
    token_hash = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(auto_now_add=True)
    closes_at = models.DateTimeField()
    completed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("survey invitation")
        verbose_name_plural = _("survey invitations")
        constraints = [
            models.UniqueConstraint(
                fields=["session", "person"], name="surveyinvitation_one_per_person_and_session"
            ),
        ]

    def __str__(self) -> str:
        return in_words(self, "person", "session")


class Usefulness(models.TextChoices):
    """How useful a session was: concrete options, so that no average can be taken."""

    AT_ONCE = "at_once", _("I can use it at once")
    WITH_SUPPORT = "with_support", _("I can use it with a little support")
    UNCLEAR = "unclear", _("Interesting, but unclear how")
    NOT_NOW = "not_now", _("Not relevant now")


class Safety(models.TextChoices):
    """How safe it felt to ask and to say what one thought, in four steps."""

    FULLY = "fully", _("Completely at ease")
    MOSTLY = "mostly", _("Mostly at ease")
    PARTLY = "partly", _("Only partly at ease")
    NOT = "not", _("Not at ease")


class SurveyAnswer(models.Model):
    """One person's answers to the first two questions: confidential, shown only added up."""

    invitation = models.OneToOneField(SurveyInvitation, models.PROTECT, related_name="answer")
    usefulness = models.CharField(max_length=12, choices=Usefulness)
    safety = models.CharField(max_length=6, choices=Safety)
    submitted_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("survey answer")
        verbose_name_plural = _("survey answers")
        constraints = [
            models.CheckConstraint(
                condition=Q(usefulness__in=Usefulness.values),
                name="surveyanswer_usefulness_is_known",
            ),
            models.CheckConstraint(
                condition=Q(safety__in=Safety.values), name="surveyanswer_safety_is_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} #{self.pk}"  # confidential: never whose


class IntentionSharing(models.TextChoices):
    ORGANISATION = "organisation", _("me and my organisation")
    GROUP = "group", _("everybody who attended")


class IntentionStatus(models.TextChoices):
    OPEN = "open", _("not begun")
    DOING = "doing", _("under way")
    DONE = "done", _("done")
    CHANGED = "changed", _("changed")
    DROPPED = "dropped", _("dropped")


class IntentionQuerySet(models.QuerySet["Intention"]):
    def of(self, user: User) -> "IntentionQuerySet":
        """A person's own and those of the organisations they act for, the nearest day first."""
        own = Q(person=user) | Q(organisation__in=Organisation.objects.of(user))
        return self.filter(own).order_by(models.F("due_on").asc(nulls_last=True), "-pk")

    def visible_to(self, user: User | AnonymousUser) -> "IntentionQuerySet":
        """A person's own, their organisations', and those shared with all who attended."""
        if not isinstance(user, User):
            return self.none()
        own = Q(person=user) | Q(organisation__in=Organisation.objects.of(user))
        if user.is_staff_of_portal:
            return self.filter(own | Q(sharing=IntentionSharing.GROUP))
        attended = LearningSession.objects.filter(
            attendances__person=user, attendances__status="present"
        )
        return self.filter(own | Q(sharing=IntentionSharing.GROUP, session__in=attended))


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


class BarrierType(models.TextChoices):
    """What stands in the way, in the project's three kinds (RISE, The North Star)."""

    LOCK_IN = "organisational_lock_in", _("organisational lock-in")
    BEHAVIOUR = "behaviour_change", _("behaviour change")
    SUB_OPTIMISATION = "sub_optimisation", _("sub-optimisation")


class BarrierObservation(models.Model):
    """Somebody saw something standing in the way."""

    session = models.ForeignKey(
        LearningSession, models.PROTECT, null=True, related_name="barrier_observations"
    )
    person = models.ForeignKey(User, models.PROTECT, related_name="barrier_observations")
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, related_name="barrier_observations"
    )
    type = models.CharField(_("kind of barrier"), max_length=25, choices=BarrierType)
    text = models.CharField(_("what stands in the way"), max_length=500, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("barrier observation")
        verbose_name_plural = _("barrier observations")
        constraints = [
            models.CheckConstraint(
                condition=Q(type__in=BarrierType.values), name="barrierobservation_type_is_known"
            ),
        ]

    def __str__(self) -> str:
        return self.text or str(self.get_type_display())
