"""How a letter is written: a text in the reader's language, and HTML with the same words."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from textwrap import shorten

from django.conf import settings
from django.template import Context
from django.template.loader import get_template, render_to_string
from django.utils import translation
from django.utils.html import escape

from partners.post import kinds, texts, unsubscribing
from partners.post.kinds import Kind
from partners.post.placeholders import said
from partners.post.texts import Words, is_ours, plain_lines
from partners.reading.text import one_line

LONGEST = 250  # letters of a subject
_GREETINGS = {"sv": "Hej\ue000!", "en": "Hello\ue000,"}
_CHOICES = {"sv": "Välj vilka mejl du får", "en": "Choose which e-mail you get"}
PREHEADER = 110  # signs
_READER = "\ue000"  # where the name of whoever reads it goes; people cannot write it
_INLINE = re.compile(r"\[(?P<label>[^\[\]|]+) \| (?P<url>https?://[^\s\]]+)\]")
_FACT = re.compile(r"(?P<name>[^\W\d][\w ]{1,24}): (?P<value>\S.*)")
_ACTION = re.compile(r"^>> (?P<label>.+?) \| (?P<url>https?://\S+)$")
_ALONE = re.compile(r"(?P<label>[^\n|]{1,120}): (?P<url>https?://\S+)")
_FIRST_NAME = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
# Where a letter says what somebody typed, or what another letter says: a paragraph of the template,
# in the letters that do.
_TYPED, _LETTER = "<<typed>>", "<<letter>>"
# What is typed may lead anywhere, and shows where: the address is the link.
_ANY_ADDRESS = re.compile(r"(https?://[^\s<>]*[^\s<>.,;:!?)\]}'\"’”])")


@dataclass(frozen=True)
class Letter:
    """A letter ready to be kept."""

    subject: str  # one line, at most LONGEST characters
    text: str
    html: str

    def to(self, name: str) -> "Letter":
        """The same letter, which greets *name*; "" where nobody knows it."""
        return self.with_own([greeting(name)])

    def with_own(self, swaps: "Iterable[Swap]") -> "Letter":
        """The same letter, what is one reader's own in the place of its marks."""
        text, html = self.text, self.html
        for swap in swaps:
            text = text.replace(swap.mark, swap.in_text)
            html = html.replace(swap.mark, swap.in_html)
        return replace(self, text=text, html=html)


@dataclass(frozen=True)
class Swap:
    """What is one reader's own in a letter, and the mark in whose place it stands."""

    mark: str
    in_text: str
    in_html: str


def greeting(name: str) -> Swap:
    """The greeting of *name*; "" where nobody knows it."""
    first = first_name_of(name)
    greeted = f" {first}" if first else ""
    return Swap(_READER, greeted, escape(greeted))


def own_link(written: str, own: str) -> Swap:
    """The token or address *own* in the place of the one that was *written*."""
    return Swap(written, own, own)


Piece = tuple[str, str]  # a text, and where it leads, or ""


@dataclass(frozen=True)
class Block:
    """A paragraph of a letter, its facts, its one action, or what stands below it all."""

    text: str
    url: str = ""
    links: re.Pattern[str] | None = None  # the addresses in it that may be followed
    is_note: bool = False
    is_heading: bool = False
    language: str = ""  # of its words, where it may be another than that of the letter

    @property
    def plain(self) -> str:
        """As it stands in the text: what is a word with a link there is followed by the address."""
        if self.url:
            return f"{self.text}: {self.url}"
        if self.is_heading:
            return f"{self.text}\n{'-' * min(len(self.text), 60)}"
        return said(_INLINE.sub(_in_plain, self.text))

    @property
    def pieces(self) -> list[Piece]:
        return self._pieces_of(self.text)

    @property
    def facts(self) -> list[tuple[str, list[Piece]]]:
        """Names and values, if the paragraph is nothing else."""
        lines = [_FACT.fullmatch(line) for line in self.text.split("\n")]
        if len(lines) < 2 or None in lines:
            return []
        return [(line["name"], self._pieces_of(line["value"])) for line in lines if line]

    def _pieces_of(self, text: str) -> list[Piece]:
        if self.links is None:
            return [(said(text), "")]
        pieces: list[Piece] = []
        end = 0
        for link in _INLINE.finditer(text):
            if is_ours(link["url"]):
                pieces += self._with_addresses(said(text[end : link.start()]))
                pieces.append((said(link["label"]), link["url"]))
                end = link.end()
        return pieces + self._with_addresses(said(text[end:]))

    def _with_addresses(self, text: str) -> list[Piece]:
        found = self.links.split(text) if self.links else [text]  # every second is an address
        return [(piece, _goal(piece) if n % 2 else "") for n, piece in enumerate(found) if piece]


@dataclass(frozen=True)
class Typed(Block):
    """A paragraph that somebody typed: its words as they are, and no mark in it means anything."""

    @property
    def plain(self) -> str:
        return self.text

    @property
    def facts(self) -> list[tuple[str, list[Piece]]]:
        return []

    def _pieces_of(self, text: str) -> list[Piece]:
        return self._with_addresses(text)


def _in_plain(link: re.Match[str]) -> str:
    return f"{link['label']}: {link['url']}" if is_ours(link["url"]) else link[0]


def first_name_of(name: str) -> str:
    """The word to greet somebody by; "" where what stands as their name is none.

    People write it themselves, also in forms that are open to everybody: a greeting carries
    letters only.
    """
    first = name.split()[0] if name.split() else ""
    return first if _FIRST_NAME.fullmatch(first) else ""


def _goal(address: str) -> str:
    return address if "://" in address else f"mailto:{address}"


def _links(context: Mapping[str, object]) -> re.Pattern[str]:
    """The addresses a letter may lead to: ours, and the meeting it is about.

    What people wrote stands in letters too. A name or a title with an address in it must not
    become a link under the portal's name.
    """
    meeting = getattr(context.get("session"), "meeting_url", "")
    known = [re.escape(word) for word in (meeting, settings.CONTACT_EMAIL) if word]
    ours = re.escape(settings.SITE_URL) + r"(?:/[^\s<>]*[^\s<>.,;:!?)])?/?(?![\w.@:-])"
    return re.compile(f"({'|'.join([ours, *known])})")


def write(
    language: str, letter: str, context: Mapping[str, object], words: Words | None = None
) -> Letter:
    """Write *letter* ("learning/seat_confirmed") in *language*, in *words* or those it has now.

    A line ">> Label | address" is an action, and "[label | address]" within a paragraph a link, if
    the address is ours: a name or a title somebody typed cannot lead to elsewhere. "== " begins a
    heading, "-- " what stands below: why one gets this. The letter greets whoever it is written to
    (Letter.to). One that can be switched off ends with a link to where that is done.

    One query; none for what is built, or where the *words* are given.
    """
    with translation.override(language):
        subject, blocks = _said_in(language, letter, context, words)
        blocks = [Block(_GREETINGS[language]), *blocks]
        if kinds.of(letter).kind != Kind.OWN:
            blocks.append(Block(choosing(language), links=_links(context), is_note=True))
        html = render_to_string(
            "partners/mail/letter.html",
            {
                **standing(),
                "subject": subject,
                "preheader": _preheader(blocks),
                "blocks": blocks,
                "language": language,
            },
        )
    text = "\n\n".join(block.plain for block in blocks) + "\n"
    return Letter(subject, text, html)


def said_in(
    language: str, letter: str, context: Mapping[str, object], words: Words
) -> tuple[str, list[Block]]:
    """The subject of *letter* in *words*, and what stands between greeting and end."""
    with translation.override(language):
        return _said_in(language, letter, context, words)


def _said_in(
    language: str, letter: str, context: Mapping[str, object], words: Words | None
) -> tuple[str, list[Block]]:
    if letter in kinds.BUILT:
        return _built(language, letter, context)
    words = words or texts.current(letter, language)
    links, about = _links(context), {**standing(), **context}
    blocks: list[Block] = []
    for part in texts.parts_of(words, letter, language, about):
        block = Typed(part.words, links=links) if part.is_typed else _block(part.words, links)
        blocks.append(block)
    return one_line(texts.subject_of(words, letter, language, about))[:LONGEST], blocks


def _built(language: str, letter: str, context: Mapping[str, object]) -> tuple[str, list[Block]]:
    """A letter that is a template of Django's. What is above the first empty line is the subject.

    In the place of a paragraph "<<typed>>" stands what the context has as `typed`, in the language
    of `typed_language`; in that of "<<letter>>" what it has as `blocks`.
    """
    app, name = letter.split("/")
    template = get_template(f"{app}/mail/{name}.{language}.txt")
    everything = {**standing(), **context}
    # The portal's own template class: only it can render without escaping.
    source = template.template.render(Context(everything, autoescape=False))  # type: ignore[attr-defined]
    head, _, body = _clean(source).partition("\n\n")
    links = _links(context)
    blocks: list[Block] = []
    for part in body.split("\n\n"):
        if part == _TYPED and "typed" in context:
            blocks += _typed(str(context["typed"]), str(context["typed_language"]))
        elif part == _LETTER and isinstance(other := context.get("blocks"), list):
            blocks += other
        elif part.strip():
            blocks.append(_block(part, links))
    return one_line(head)[:LONGEST], blocks


def _preheader(blocks: list[Block]) -> str:
    """What a mailbox shows beside the subject: the first words that are no greeting or fact."""
    for block in blocks[1:]:
        if not (block.url or block.is_note or block.is_heading or block.facts):
            words = one_line("".join(piece for piece, _goal in block.pieces))
            return shorten(words, PREHEADER, placeholder=" …")
    return ""


def choosing(language: str) -> str:
    """What a letter that can be switched off ends with, as it stands in a template."""
    return f"[{_CHOICES[language]} | {unsubscribing.page(language)}]"


def standing() -> dict[str, object]:
    """What every letter may say: who writes, and whom to ask."""
    return {
        "site_url": settings.SITE_URL,
        "portal_name": settings.PORTAL_NAME,
        "contact_name": settings.CONTACT_NAME,
        "contact_phone": settings.CONTACT_PHONE,
    }


def _clean(source: str) -> str:
    """Drop control characters, trailing spaces, and empty lines that template tags leave."""
    # An action is a paragraph of its own.
    lines = plain_lines(source).split("\n")
    lines = [f"\n{line}\n" if _ACTION.match(line) else line for line in lines]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip("\n")


def _block(paragraph: str, links: re.Pattern[str]) -> Block:
    action = _ACTION.match(paragraph)
    if action and is_ours(action["url"]):
        return Block(said(action["label"]), action["url"])
    if paragraph.startswith("== "):
        return Block(one_line(said(paragraph.removeprefix("== "))), is_heading=True)
    is_note = paragraph.startswith("-- ")
    return Block(paragraph.removeprefix("-- "), links=links, is_note=is_note)


def folded(text: str) -> str:
    """The words of a letter that was written as *text*, as a part of another one's template.

    Without the greeting, and without the link at the end, which that one has itself.
    """
    parts = text.strip().split("\n\n")[1:]
    ends = tuple(f"{words}: {settings.SITE_URL}/" for words in _CHOICES.values())
    return "\n\n".join(_as_written(part) for part in parts if not part.startswith(ends))


def _as_written(paragraph: str) -> str:
    """An action, which stands alone in a text, as in a template; anything else as it is."""
    alone = _ALONE.fullmatch(paragraph)
    if alone and is_ours(alone["url"]):
        return f">> {alone['label']} | {alone['url']}"
    return paragraph


def _typed(text: str, language: str) -> list[Block]:
    parts = re.sub(r"\n{2,}", "\n\n", plain_lines(text)).strip("\n").split("\n\n")
    return [Typed(part, links=_ANY_ADDRESS, language=language) for part in parts]
