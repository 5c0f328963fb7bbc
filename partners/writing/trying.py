"""A mailing is seen before it is sent: as one of its readers gets it, and in one's own mailbox."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

from django.db import transaction
from django.db.models import Q

from partners.models import Mailing, User
from partners.patience import patient
from partners.post.letters import Letter
from partners.post.placeholders import FORM
from partners.writing import groups, mails
from partners.writing.groups import Group

ROW = 60  # signs on a row of an e-mail that has its whole width
ROW_PX = 25.5
BETWEEN_PX = 20
FRAME_PX = 120  # above, below and around the text


@dataclass(frozen=True)
class Sample:
    """The e-mail as one person will get it."""

    reader: User
    letter: Letter

    @property
    def height(self) -> int:
        """How high a frame must be, in pixels of CSS, to show it whole where there is room.

        A frame does not grow with what is in it. Counted from the text: see letter.html for sizes.
        """
        paragraphs = self.letter.text.strip().split("\n\n")
        rows = [ceil(len(line) / ROW) or 1 for part in paragraphs for line in part.split("\n")]
        return FRAME_PX + len(paragraphs) * BETWEEN_PX + round(sum(rows) * ROW_PX)


def sample(mailing: Mailing, chosen: Sequence[Group], language: str, *, otherwise: User) -> Sample:
    """What somebody in the *chosen* groups will get, who reads *language* if any does.

    *otherwise* stands for them where nobody is there. One query a group at most.
    """
    for group in chosen:
        readers = group.reading().annotate(reads_it=Q(language=language))
        if reader := readers.order_by("-reads_it", "pk").first():
            letter = mails.as_read_by(mailing, reader, language, group.why, is_own=group.is_own)
            return Sample(reader, letter)
    why = _why_of(chosen)
    return Sample(otherwise, mails.as_read_by(mailing, otherwise, language, why, is_own=False))


@patient
@transaction.atomic
def try_out(mailing: Mailing, *, by: User) -> None:
    """Send *by* what the others would get; again only when it has been changed.

    Raises ValidationError ("busy").
    """
    mails.mailing_test(mailing, by, _why_of(groups.of(mailing)))


def unfilled(mailing: Mailing) -> list[str]:
    """What looks like placeholders in *mailing*, which has none: it is sent as it stands."""
    texts = (mailing.subject_sv, mailing.text_sv, mailing.subject_en, mailing.text_en)
    return list(dict.fromkeys(f"(({name}))" for text in texts for name in FORM.findall(text)))


def _why_of(chosen: Sequence[Group]) -> mails.Why:
    """Why the first of the *chosen* gets it; nothing is said where there is none."""
    return chosen[0].why if chosen else lambda: "…"
