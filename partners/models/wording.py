"""The words of letters: what coordinators wrote in the place of what the portal came with."""

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from partners.models.people import Language, User

LONGEST_SUBJECT = 200
LONGEST_TEXT = 10_000


class LetterTextQuerySet(models.QuerySet["LetterText"]):
    def visible_to(self, user: User | AnonymousUser) -> "LetterTextQuerySet":
        """What all readers get in the end, but only coordinators need to see as a text."""
        return self.all() if isinstance(user, User) and user.is_coordinator else self.none()

    def of(self, letter: str, language: str) -> "LetterTextQuerySet":
        """All that *letter* has said in *language*, the newest first."""
        return self.filter(letter=letter, language=language).order_by("-number")

    def newest(self) -> "LetterTextQuerySet":
        """Of each letter and language the one that counts."""
        return self.order_by("letter", "language", "-number").distinct("letter", "language")


class LetterText(models.Model):
    """What a letter says in a language from a moment on; the newest counts."""

    letter = models.CharField(_("letter"), max_length=60)
    language = models.CharField(_("language"), max_length=2, choices=Language)
    number = models.PositiveIntegerField(_("number"))
    subject = models.CharField(_("subject"), max_length=LONGEST_SUBJECT, blank=True)
    text = models.TextField(_("text"), blank=True)
    # From here on it says again what the portal came with, whatever that is by then.
    is_original = models.BooleanField(_("back to the original"), default=False)
    written_at = models.DateTimeField(_("written at"), default=timezone.now)
    written_by = models.ForeignKey(
        User, models.PROTECT, verbose_name=_("written by"), related_name="+"
    )

    objects = LetterTextQuerySet.as_manager()

    class Meta:
        verbose_name = _("text of an e-mail")
        verbose_name_plural = _("texts of e-mails")
        constraints = [
            models.UniqueConstraint(
                fields=["letter", "language", "number"], name="lettertext_numbers_are_used_once"
            ),
            models.CheckConstraint(
                condition=Q(language__in=Language.values), name="lettertext_language_is_known"
            ),
            models.CheckConstraint(
                condition=Q(is_original=True, subject="", text="")
                | (Q(is_original=False) & ~Q(subject="") & ~Q(text="")),
                name="lettertext_says_something_or_is_the_original",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.letter}, {self.language}, {self.number}"
