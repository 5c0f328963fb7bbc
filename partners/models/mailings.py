"""Mailings: what leads and coordinators write to people whom they choose by groups."""

from collections.abc import Collection
from datetime import datetime

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from partners.models.people import User
from partners.models.texts import in_language

LONGEST_SUBJECT = 150
LONGEST_TEXT = 5_000


class MailingState(models.TextChoices):
    DRAFT = "draft", _("draft")
    QUEUED = "queued", _("to be sent")
    SENT = "sent", _("sent")
    STOPPED = "stopped", _("stopped")


class MailingQuerySet(models.QuerySet["Mailing"]):
    def visible_to(
        self, user: User | AnonymousUser, about: Collection[str] = ()
    ) -> "MailingQuerySet":
        """All to coordinators; to project leads those *about* what is theirs, by its keys."""
        if not isinstance(user, User) or not user.is_staff_of_portal:
            return self.none()
        return self.all() if user.is_coordinator else self.filter(occasion__in=about)

    def due(self, now: datetime) -> "MailingQuerySet":
        """Those whose moment has come and that have not been written to everybody."""
        waiting = self.filter(state=MailingState.QUEUED, send_at__lte=now)
        return waiting.order_by("send_at", "pk")


class Mailing(models.Model):
    """What somebody writes to chosen groups: a draft, then an e-mail to each of their people.

    Who is in the groups is asked when it is sent.
    """

    # What it is about, as the app that knows it names it, "learning.session:5"; "" nothing.
    occasion = models.CharField(_("occasion"), max_length=80, blank=True)
    groups = models.JSONField(_("groups"), default=list)  # their keys
    subject_sv = models.CharField(_("subject in Swedish"), max_length=LONGEST_SUBJECT)
    subject_en = models.CharField(_("subject in English"), max_length=LONGEST_SUBJECT, blank=True)
    text_sv = models.TextField(_("text in Swedish"))
    text_en = models.TextField(_("text in English"), blank=True)
    state = models.CharField(
        _("state"), max_length=7, choices=MailingState, default=MailingState.DRAFT
    )
    # Goes up with each change of the draft.
    version = models.PositiveIntegerField(default=1, editable=False)
    created_at = models.DateTimeField(_("written at"), auto_now_add=True)
    created_by = models.ForeignKey(
        User, models.PROTECT, verbose_name=_("written by"), related_name="mailings"
    )
    changed_at = models.DateTimeField(_("changed at"), null=True, editable=False)
    changed_by = models.ForeignKey(
        User, models.PROTECT, null=True, editable=False, related_name="+"
    )
    queued_at = models.DateTimeField(_("decided at"), null=True, editable=False)
    queued_by = models.ForeignKey(
        User, models.PROTECT, verbose_name=_("sent by"), null=True, related_name="+"
    )
    send_at = models.DateTimeField(_("is sent at"), null=True)
    stopped_at = models.DateTimeField(_("stopped at"), null=True, editable=False)
    stopped_by = models.ForeignKey(
        User, models.PROTECT, null=True, editable=False, related_name="+"
    )
    # What was found when it was sent: how many were written to, how many have no address, and the
    # keys of the groups that were empty. NULL: it has not been sent.
    sent_at = models.DateTimeField(_("sent at"), null=True, editable=False)
    recipients = models.PositiveIntegerField(null=True, editable=False)
    without_address = models.PositiveIntegerField(null=True, editable=False)
    empty_groups = models.JSONField(default=list, editable=False)

    objects = MailingQuerySet.as_manager()

    class Meta:
        verbose_name = _("mailing")
        verbose_name_plural = _("mailings")
        indexes = [
            models.Index(
                fields=["send_at", "id"],
                condition=Q(state=MailingState.QUEUED),
                name="mailing_due",
            ),
            models.Index(fields=["occasion", "id"], name="mailing_of_an_occasion"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=MailingState.values), name="mailing_state_is_known"
            ),
            models.CheckConstraint(
                condition=Q(state=MailingState.DRAFT)
                | Q(send_at__isnull=False, queued_at__isnull=False, queued_by__isnull=False),
                name="mailing_is_sent_by_somebody_at_a_moment",
            ),
            models.CheckConstraint(
                condition=~Q(state=MailingState.SENT)
                | Q(sent_at__isnull=False, recipients__isnull=False, without_address__isnull=False),
                name="mailing_sent_has_a_moment_and_counts",
            ),
            models.CheckConstraint(
                condition=~Q(state=MailingState.STOPPED)
                | Q(stopped_at__isnull=False, stopped_by__isnull=False),
                name="mailing_is_stopped_by_somebody_at_a_moment",
            ),
            models.CheckConstraint(
                condition=Q(changed_by__isnull=True) | Q(changed_at__isnull=False),
                name="mailing_changed_by_has_a_moment",
            ),
        ]

    def __str__(self) -> str:
        return self.subject

    @property
    def subject(self) -> str:
        return in_language(self.subject_sv, self.subject_en)

    @property
    def text(self) -> str:
        return in_language(self.text_sv, self.text_en)

    @property
    def is_draft(self) -> bool:
        return self.state == MailingState.DRAFT

    @property
    def reached_nobody(self) -> bool:
        """Its moment came, and nobody was left to write to."""
        return self.state == MailingState.SENT and self.recipients == 0

    @property
    def is_queued(self) -> bool:
        return self.state == MailingState.QUEUED
