"""Coordinators write what a letter says; each version is kept, and the newest counts."""

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from partners.models import LetterText, User
from partners.patience import patient, take_turn
from partners.post import texts
from partners.post.texts import Words


@dataclass(frozen=True)
class Said:
    """What a letter says in a language now: its words, and who wrote them."""

    words: Words
    row: LetterText | None = None  # the newest version; None: nobody has written any
    fits: bool = True  # False: the row does not, so the original is sent

    @property
    def number(self) -> int:
        return self.row.number if self.row else 0

    @property
    def is_edited(self) -> bool:
        return self.row is not None and not self.row.is_original


def now(letter: str, language: str) -> Said:
    """What somebody who edits *letter* begins with, also where it does not fit. One query."""
    rows = LetterText.objects.of(letter, language).select_related("written_by")
    return said_by(letter, language, rows.first())


def said_by(letter: str, language: str, row: LetterText | None) -> Said:
    """What *letter* says by its version *row*."""
    own = texts.original(letter, language)
    if row is None or row.is_original:
        return Said(own, row)
    return Said(texts.edited(own, row.subject, row.text), row, texts.fits(row))


@patient
@transaction.atomic
def write(letter: str, language: str, words: Words, *, seen: int, by: User) -> LetterText | None:
    """Let *letter* say *words* in *language*, if nobody has written since the version *seen*.

    Saying what it says already changes nothing, so a second click is no quarrel. Saying what the
    portal came with is going back to the original. Takes the turn of the letter. Raises
    ValidationError ("changed", "busy", and what is wrong with the text).
    """
    _take_turn(letter, language)
    current = now(letter, language)
    if _alike(current.words, words):
        return current.row
    if current.number != seen:
        raise ValidationError(
            _(
                "%(name)s changed this text while you were writing. Both versions are "
                "below: choose what to keep and save again."
            ),
            code="changed",
            params={"name": current.row.written_by if current.row else _("The portal")},
        )
    return _next(letter, language, current, words, by)


@patient
@transaction.atomic
def back_to_the_original(letter: str, language: str, *, by: User) -> LetterText | None:
    """Let *letter* say what the portal came with; what was written is kept. As write."""
    _take_turn(letter, language)
    current = now(letter, language)
    if not current.is_edited:
        return current.row
    return _next(letter, language, current, texts.original(letter, language), by)


@patient
@transaction.atomic
def bring_back(row: LetterText, *, by: User) -> LetterText | None:
    """Let its letter say what *row* said, as a new version; what came between is kept. As write.

    Raises ValidationError where it does not fit any more.
    """
    _take_turn(row.letter, row.language)
    current = now(row.letter, row.language)
    words = said_by(row.letter, row.language, row).words
    if _alike(current.words, words):
        return current.row
    return _next(row.letter, row.language, current, words, by)


def _take_turn(letter: str, language: str) -> None:
    take_turn(f"partners.letter_text:{letter}:{language}")


def _alike(words: Words, others: Words) -> bool:
    return (words.subject, words.text) == (others.subject, others.text)


def _next(letter: str, language: str, current: Said, words: Words, by: User) -> LetterText:
    is_original = _alike(words, texts.original(letter, language))
    found = texts.faults(letter, language, words.subject, words.text)
    if refusals := [fault for faults in found.values() for fault in faults]:
        raise ValidationError(refusals)
    return LetterText.objects.create(
        letter=letter,
        language=language,
        number=current.number + 1,
        subject="" if is_original else words.subject,
        text="" if is_original else words.text,
        is_original=is_original,
        written_by=by,
    )
