"""A text is seen before it is used: as its readers get it, and in one's own mailbox."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction
from django.utils import translation

from partners.models import User
from partners.patience import patient
from partners.post import letters, texts
from partners.post.letters import Letter
from partners.post.texts import Words
from partners.wording import mails
from partners.wording.samples import Source


@dataclass(frozen=True)
class Line:
    """A placeholder that a text may name, and what it says of the thing that is shown."""

    name: str
    help: str
    says: str
    is_kept: bool


@dataclass(frozen=True)
class Sample:
    """A letter in a language, about something real, to somebody."""

    letter: str
    language: str
    context: Mapping[str, object]
    reader: User

    def written(self, words: Words) -> Letter:
        """What its reader gets if it says *words*."""
        written = letters.write(self.language, self.letter, self.context, words)
        return written.to(self.reader.name)

    def lines(self) -> list[Line]:
        about = {**letters.standing(), **self.context}
        known = texts.vocabulary(self.letter, self.language).values()
        with translation.override(self.language):
            return [Line(one.name, one.help, one.says(about), one.is_kept) for one in known]


def sample(source: Source, letter: str, language: str, about: str, *, reader: User) -> Sample:
    """*letter* about the thing of key *about*. As many queries as its app needs to find that."""
    with translation.override(language):
        context = source.context(letter, about, language, reader)
    return Sample(letter, language, context, reader)


@patient
@transaction.atomic
def try_out(sample: Sample, words: Words, about: str, *, by: User) -> None:
    """Send *by* what readers would get if the letter said *words* about the thing of key *about*.

    Again only when one of these is another. Raises ValidationError ("busy").
    """
    subject, said = letters.said_in(sample.language, sample.letter, sample.context, words)
    occasion = "\0".join([sample.letter, sample.language, words.subject, words.text, about])
    mails.text_test(occasion, by, sample.language, subject, said)
