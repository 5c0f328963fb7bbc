"""All letters whose words can be written, by what they are about, with who wrote them last."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from partners.models import Language, LetterText, User
from partners.post import kinds
from partners.post.kinds import Kind
from partners.wording import editing, samples
from partners.wording.editing import Said
from partners.wording.samples import About

KINDS = {
    Kind.OWN: _("always sent, at once"),
    Kind.REMINDER: _("a reminder: may be switched off"),
    Kind.UNASKED: _("sent in working hours: may be switched off"),
}


@dataclass(frozen=True)
class Row:
    """A letter, and what it says in each language."""

    letter: str
    about: About
    kind: str | Promise
    said: list[tuple[str, Said]]

    @property
    def app(self) -> str:
        return self.letter.split("/")[0]

    @property
    def name(self) -> str:
        return self.letter.split("/")[1]


def rows(reader: User) -> list[tuple[str | Promise, list[Row]]]:
    """The letters of each app in its order, for *reader*. One query."""
    newest = LetterText.objects.visible_to(reader).newest().select_related("written_by")
    written = {(one.letter, one.language): one for one in newest}
    return [
        (source.name, [_row(letter, about, written) for letter, about in source.letters.items()])
        for source in samples.all_sources()
    ]


def _row(letter: str, about: About, written: dict[tuple[str, str], LetterText]) -> Row:
    said = [
        (language, editing.said_by(letter, language, written.get((letter, language))))
        for language in Language.values
    ]
    return Row(letter, about, KINDS[kinds.of(letter).kind], said)
