"""What came out of a session: answers, next steps, what stands in the way."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
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


class SurveyTally(models.Model):
    """What a survey shows until the next five answers have come, or it closes.

    Added up once and kept: who looks twice must not be able to tell what one person answered in
    between, nor what somebody changed.
    """

    session = models.OneToOneField(LearningSession, models.PROTECT, related_name="survey_tally")
    answered = models.PositiveIntegerField(_("answers"))
    usefulness = models.JSONField(default=dict)  # answers by value
    safety = models.JSONField(default=dict)  # answers by value
    barriers = models.JSONField(default=list)  # [kind, text], in the order of the texts
    next_steps = models.JSONField(default=list)  # [id, when, then] of those shared with the group
    worked_out_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("survey tally")
        verbose_name_plural = _("survey tallies")
        constraints = [
            models.CheckConstraint(
                condition=Q(answered__gte=5), name="surveytally_counts_five_at_least"
            ),
        ]

    def __str__(self) -> str:
        return in_words(self, "session")
