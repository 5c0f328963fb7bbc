"""What the portal writes to people, and the pulse of the clock that sends it."""

import uuid
from datetime import datetime
from functools import reduce
from operator import or_

from django.contrib.auth.models import AnonymousUser
from django.contrib.postgres.indexes import BrinIndex
from django.db import models
from django.db.models import Case, F, Q, Value, When
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from partners.models.people import Language, User
from partners.models.texts import in_all_words, search_key
from partners.reading.addresses import canonical_address

UNWANTED = "unwanted"  # is no state, but looked for beside them
HIDDEN = "•••"  # in the place of what opened something, in a letter that has left


class MessageState(models.TextChoices):
    WAITING = "waiting", _("waiting")
    SENT = "sent", _("sent")
    FAILED = "failed", _("could not be sent")
    BOUNCED = "bounced", _("came back")  # it had left; sent_at says when
    STOPPED = "stopped", _("stopped")  # by somebody, on purpose
    SKIPPED = "skipped", _("will not be sent")


class MessageTime(models.TextChoices):
    """When letters leave or have left: what the desk counts and the outbox lists."""

    NOW = "now", _("those that are to be sent now")
    AGAIN = "again", _("those that wait for another try")
    LATER = "later", _("those that wait for their hour")
    TODAY = "today", _("those that have been sent today")

    def at(self, now: datetime) -> Q:
        """Which these are at *now*. What is held leaves at its reader's hour, whenever it was due.

        What has been sent today may have come back since.
        """
        if self is MessageTime.TODAY:
            midnight = timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
            return Q(sent_at__gte=midnight)
        waits = Q(state=MessageState.WAITING)
        if self is MessageTime.NOW:
            return waits & Q(next_try_at__lte=now, held=False)
        is_tried = Q(attempts__gt=0) if self is MessageTime.AGAIN else Q(attempts=0)
        return waits & (Q(next_try_at__gt=now) | Q(held=True)) & is_tried


class MessageQuerySet(models.QuerySet["Message"]):
    def due(self, now: datetime) -> "MessageQuerySet":
        """Letters whose next try has come and that nobody holds by the database's clock.

        Urgent ones first.
        """
        return self.filter(
            Q(claimed_until__isnull=True) | Q(claimed_until__lt=Now()),
            state=MessageState.WAITING,
            held=False,
            next_try_at__lte=now,
        ).order_by("-urgent", "next_try_at", "pk")

    def held(self) -> "MessageQuerySet":
        """Letters that wait until it is their reader's hour for them; no sender takes them."""
        return self.filter(state=MessageState.WAITING, held=True)

    def failed(self) -> "MessageQuerySet":
        """Given up and of use still: somebody has to do something about them."""
        of_use = Q(useless_after__isnull=True) | Q(useless_after__gt=Now())
        return self.filter(of_use, state=MessageState.FAILED)

    def to_send_again(self) -> "MessageQuerySet":
        """Failed, and with all it said: the secrets of old ones are hidden."""
        return self.failed().exclude(secret=True, text__contains=HIDDEN)

    def to_let_go(self) -> "MessageQuerySet":
        """Stopped, of use still, and with all it said."""
        of_use = Q(useless_after__isnull=True) | Q(useless_after__gt=Now())
        stopped = self.filter(of_use, state=MessageState.STOPPED)
        return stopped.exclude(secret=True, text__contains=HIDDEN)

    def about(self, prefixes: list[str]) -> "MessageQuerySet":
        """Letters whose occasion begins with one of *prefixes*, each of which ends with ":"."""
        begins = [Q(key__startswith=prefix) for prefix in prefixes]
        return self.filter(reduce(or_, begins)) if begins else self.none()

    def standing(self, state: str) -> "MessageQuerySet":
        """Letters in *state* as people see it: what failed is no longer needed when of no use."""
        if state == UNWANTED:
            return self.unwanted()
        if state == MessageState.FAILED:
            return self.failed()
        if state == MessageState.SKIPPED:
            too_late = Q(state=MessageState.FAILED, useless_after__lte=Now())
            return self.filter(Q(state=MessageState.SKIPPED) | too_late)
        return self.filter(state=state)

    def unwanted(self) -> "MessageQuerySet":
        """Letters that their readers have called junk, whatever state they are in."""
        return self.filter(unwanted_at__isnull=False)

    def counted_by_state(self) -> dict[str, int]:
        """How many stand in each state. Two queries: most letters have been sent, and those
        are what is left of all when the few others have been counted through their index.
        """
        others = self.filter(state__in=[s for s in MessageState.values if s != MessageState.SENT])
        too_late = When(
            state=MessageState.FAILED, useless_after__lte=Now(), then=Value(MessageState.SKIPPED)
        )
        stands = others.order_by().annotate(stands=Case(too_late, default=F("state")))
        counts = dict(stands.values_list("stands").annotate(n=models.Count("*")))
        return counts | {MessageState.SENT.value: self.count() - sum(counts.values())}

    def visible_to(self, user: User | AnonymousUser) -> "MessageQuerySet":
        """What the portal wrote to people is read by coordinators only."""
        return self.all() if isinstance(user, User) and user.is_coordinator else self.none()

    def matching(self, words: str) -> "MessageQuerySet":
        """Letters with all *words* in the subject, or in the name or address of their reader.

        Also in the address they went to: of a stranger, or one that the reader has no more.
        """
        found = Q()
        for word in words.replace("\0", "").split():
            address = canonical_address(word) if "@" in word else word.lower()
            by_reader = in_all_words(word, "search_key", recipient=User)
            found &= by_reader | Q(sent_to__contains=address)
        return self.filter(found)


class Message(models.Model):
    """A letter to a person: first this row, then the mail. The record of what was said.

    One without a recipient goes to somebody who has no account, at the address of sent_to.
    """

    key = models.CharField(_("occasion"), max_length=200, unique=True)
    recipient = models.ForeignKey(User, models.PROTECT, null=True, related_name="messages")
    letter = models.CharField(_("letter"), max_length=60)
    language = models.CharField(max_length=2, choices=Language)
    subject = models.CharField(_("subject"), max_length=250)
    text = models.TextField()
    html = models.TextField(blank=True)
    calendar = models.TextField(blank=True)
    calendar_method = models.CharField(max_length=10, blank=True)
    message_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    state = models.CharField(
        _("state"), max_length=8, choices=MessageState, default=MessageState.WAITING
    )
    created_at = models.DateTimeField(auto_now_add=True)
    next_try_at = models.DateTimeField(default=timezone.now)
    useless_after = models.DateTimeField(
        null=True, blank=True, help_text=_("After this moment the letter would tell nothing new.")
    )
    urgent = models.BooleanField(default=False, db_default=False)  # somebody waits at the screen
    secret = models.BooleanField(default=False, db_default=False)  # opens a door to its reader
    held = models.BooleanField(default=False, db_default=False)  # until the gatherer lets it go
    # The letter that it went along in, or is about to: that one is sent in its place.
    gathered_in = models.ForeignKey(
        "self",
        models.PROTECT,
        verbose_name=_("went along in"),
        null=True,
        blank=True,
        editable=False,
        related_name="parts",
        db_index=False,
    )
    attempts = models.PositiveSmallIntegerField(default=0)
    claim = models.UUIDField(null=True, blank=True)
    claimed_until = models.DateTimeField(null=True, blank=True)
    sent_to = models.EmailField(blank=True)
    # Where an answer goes; "": to the office. A default in the database, too, for older code.
    reply_to = models.EmailField(blank=True, default="", db_default="")
    sent_at = models.DateTimeField(null=True, blank=True)
    last_error = models.TextField(blank=True)
    bounced_at = models.DateTimeField(null=True, editable=False)  # when it was known to come back
    # When a sending service told that its reader has called it junk.
    unwanted_at = models.DateTimeField(_("marked as junk"), null=True, editable=False)
    # When somebody last stopped it or let it go on, and who; NULL: nobody ever did.
    decided_at = models.DateTimeField(_("stopped or let go at"), null=True, editable=False)
    decided_by = models.ForeignKey(
        User,
        models.PROTECT,
        verbose_name=_("stopped or let go by"),
        null=True,
        editable=False,
        related_name="+",
    )
    search_key = search_key("subject")

    objects = MessageQuerySet.as_manager()

    class Meta:
        verbose_name = _("letter")
        verbose_name_plural = _("letters")
        indexes = [
            models.Index(
                F("urgent").desc(),
                F("next_try_at"),
                F("id"),
                name="message_due",
                condition=Q(state=MessageState.WAITING, held=False),
            ),
            models.Index(
                fields=["next_try_at"],
                name="message_held",
                condition=Q(state=MessageState.WAITING, held=True),
            ),
            models.Index(
                fields=["gathered_in"],
                name="message_gathered_in",
                condition=Q(gathered_in__isnull=False),
            ),
            models.Index(
                fields=["unwanted_at"],
                name="message_unwanted",
                condition=Q(unwanted_at__isnull=False),
            ),
            models.Index(fields=["state"], name="message_state"),  # they are counted by it
            # How many have left in a minute; of a kind that no letter waits for.
            BrinIndex(fields=["sent_at"], name="message_sent_at", autosummarize=True),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=MessageState.values), name="message_state_is_known"
            ),
            models.CheckConstraint(
                condition=~Q(state=MessageState.SENT) | Q(sent_at__isnull=False),
                name="message_sent_has_a_moment",
            ),
            models.CheckConstraint(
                condition=~Q(state=MessageState.BOUNCED)
                | Q(sent_at__isnull=False, bounced_at__isnull=False),
                name="message_bounced_had_left",
            ),
            models.CheckConstraint(
                condition=~Q(state=MessageState.STOPPED) | Q(decided_by__isnull=False),
                name="message_stopped_says_by_whom",
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | Q(decided_at__isnull=False),
                name="message_decided_by_has_a_moment",
            ),
            models.CheckConstraint(
                condition=Q(language__in=Language.values), name="message_language_is_known"
            ),
            models.CheckConstraint(
                condition=Q(recipient__isnull=False) | ~Q(sent_to=""), name="message_has_a_reader"
            ),
        ]

    def __str__(self) -> str:
        return self.subject

    @property
    def stands(self) -> MessageState:
        """The state as people see it, as MessageQuerySet.standing."""
        is_too_late = self.useless_after is not None and self.useless_after <= timezone.now()
        if self.state == MessageState.FAILED and is_too_late:
            return MessageState.SKIPPED
        return MessageState(self.state)

    def can_be_sent_again(self) -> bool:
        """As to_send_again, of one letter."""
        return self.stands == MessageState.FAILED and self._is_whole

    def can_be_stopped(self) -> bool:
        """Not a code: somebody waits for it at the screen."""
        return self.state == MessageState.WAITING and not self.urgent

    def can_be_let_go(self) -> bool:
        """As to_let_go, of one letter."""
        is_too_late = self.useless_after is not None and self.useless_after <= timezone.now()
        return self.state == MessageState.STOPPED and self._is_whole and not is_too_late

    @property
    def _is_whole(self) -> bool:
        return not (self.secret and HIDDEN in self.text)


class ClockTick(models.Model):
    """When a periodic task last did its work: how the health page knows that the clock runs."""

    task = models.CharField(max_length=40, unique=True)
    ticked_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.task
