"""The words of a letter as one flat text: the portal's own, what is typed instead, its faults.

A text names placeholders, "((tid))", and knows nothing else: whatever else stands in it is said.
"""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from partners.models import LetterText
from partners.post import placeholders
from partners.post.placeholders import FORM, Marks, Placeholder, key_of
from partners.reading.text import one_line

_ACTION = re.compile(r"^>> (?P<label>.+?) \| (?P<address>\S.*)$", re.M)
_LINK = re.compile(r"\[(?P<label>[^\[\]|\n]+) \| (?P<address>[^\]\n]+)\]")
_CONTROLS = re.compile(
    r"[\ue000-\ue00f\x00-\x08\x0b-\x1f\x7f\u2028\u2029\u202a-\u202e\u2066-\u2069]"
)
_read: ContextVar[dict[tuple[str, str], "Words"] | None] = ContextVar("read", default=None)
_SHOWN = 40  # letters of a fault that are repeated to whoever made it


@dataclass(frozen=True)
class Words:
    """What a letter says, before its placeholders say anything."""

    subject: str
    text: str
    note: str = ""  # why one gets it: never edited

    @property
    def names(self) -> list[str]:
        """The placeholders of subject and text, in their order, as they are typed."""
        return FORM.findall(f"{self.subject}\n{self.text}")


@dataclass(frozen=True)
class Part:
    """A paragraph whose placeholders have said what they say."""

    words: str
    is_typed: bool = False  # by somebody: its words are as they are


def plain_lines(text: str) -> str:
    """*text* without control characters and trailing spaces."""
    text = _CONTROLS.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    return "\n".join(line.rstrip() for line in text.split("\n"))


def original(letter: str, language: str) -> Words:
    """What the portal came with."""
    app, name = letter.split("/")
    source = plain_lines(placeholders.source_of(f"{app}/mail/{name}.{language}.txt"))
    subject, _gap, rest = source.strip("\n").partition("\n\n")
    text, _gap, note = rest.rpartition("\n\n-- ")
    return Words(subject, text, f"-- {note}")


@contextmanager
def read_once() -> Iterator[None]:
    """What each letter says is read once inside: for what writes the same one again and again."""
    token = _read.set({})
    try:
        yield
    finally:
        _read.reset(token)


def newest(letter: str, language: str) -> LetterText | None:
    """What coordinators wrote last; None where that is the original again. One query."""
    row = LetterText.objects.of(letter, language).first()
    return None if row is None or row.is_original else row


def current(letter: str, language: str) -> Words:
    """What *letter* says now; one whose stored text does not fit any more, its original.

    No letter is lost over its words. One query.
    """
    known = _read.get()
    if known is None:
        return _current(letter, language)
    if (letter, language) not in known:
        known[letter, language] = _current(letter, language)
    return known[letter, language]


def _current(letter: str, language: str) -> Words:
    own, row = original(letter, language), newest(letter, language)
    if row is None or not fits(row):
        return own
    return edited(own, row.subject, row.text)


def fits(row: LetterText) -> bool:
    """Whether what was written is what the letter says: its placeholders may have changed since."""
    found = faults(row.letter, row.language, row.subject, row.text)
    return row.is_original or not any(found.values())


def edited(own: Words, subject: str, text: str) -> Words:
    """*own* words with another *subject* and *text*."""
    return replace(own, subject=subject, text=plain_lines(text).strip("\n"))


def vocabulary(letter: str, language: str) -> dict[str, Placeholder]:
    """The placeholders that a text of *letter* may name, by their keys: those of its original."""
    known = placeholders.known(letter.split("/")[0], language)
    keys = dict.fromkeys(key_of(name) for name in original(letter, language).names)
    return {key: known[key] for key in keys if key in known}


# What is wrong with a text


def faults(letter: str, language: str, subject: str, text: str) -> dict[str, list[ValidationError]]:
    """What is wrong with *subject* and *text*, for each of them."""
    words = vocabulary(letter, language)
    lacking = [
        one
        for key, one in words.items()
        if one.is_kept and key not in map(key_of, FORM.findall(text))
    ]
    in_text = [*_of_form(text, words), *_of_places(text, words), *_of_addresses(text, words)]
    if lacking:
        names = ", ".join(f"(({one.name}))" for one in lacking)
        in_text.append(
            _fault(_("Put %(words)s in the text: whoever reads it needs that link."), "kept", names)
        )
    in_subject = list(_of_form(subject, words))
    in_subject += [
        _fault(_("%(words)s is too long for a subject. Use it in the text."), "long", f"(({name}))")
        for name in FORM.findall(subject)
        if (one := words.get(key_of(name))) and one.stands_alone
    ]
    return {"subject": in_subject, "text": in_text}


def _of_form(text: str, words: Mapping[str, Placeholder]) -> Iterator[ValidationError]:
    for name in dict.fromkeys(FORM.findall(text)):
        if key_of(name) not in words:
            yield _fault(
                _("This e-mail has no placeholder %(words)s. Choose one of those in the list."),
                "unknown",
                f"(({name}))",
            )
    rest = FORM.sub("\0", text)
    if "((" in rest:
        begun = re.split(r"\n|\)\)", rest[rest.index("((") :], maxsplit=1)[0]
        if "\0" in begun:
            yield _fault(
                _("A placeholder cannot stand within another one: %(words)s."),
                "nested",
                begun.replace("\0", "((…))"),
            )
        else:
            yield _fault(
                _("A placeholder begins here and does not end: %(words)s. Write )) at its end."),
                "open",
                begun,
            )


def _of_places(text: str, words: Mapping[str, Placeholder]) -> Iterator[ValidationError]:
    """Placeholders that have paragraphs of their own stand in none of another."""
    for paragraph in _paragraphs(text):
        for name in FORM.findall(paragraph):
            one = words.get(key_of(name))
            if one and one.stands_alone and paragraph != f"(({name}))":
                yield _fault(
                    _("%(words)s needs an empty line before and after it."), "alone", f"(({name}))"
                )


def _of_addresses(text: str, words: Mapping[str, Placeholder]) -> Iterator[ValidationError]:
    for found in [*_ACTION.finditer(text), *_LINK.finditer(text)]:
        address = found["address"]
        named = FORM.fullmatch(address)
        one = words.get(key_of(named[1])) if named else None
        if named and one is None:
            continue  # is unknown, which has been said
        may_lead = Marks.ADDRESS in one.marks if one else _is_address_of_ours(address)
        if not may_lead:
            yield _fault(
                _("A button or a link can lead to the portal only, not to %(words)s."),
                "elsewhere",
                address,
            )
    for line in text.split("\n"):
        if line.startswith(">>") and not _ACTION.match(line):
            yield _fault(
                _("A button needs its words and where it leads, parted by |, not only: %(words)s"),
                "button",
                line,
            )


def _fault(text: str, code: str, words: str) -> ValidationError:
    words = one_line(words)
    shown = words if len(words) <= _SHOWN or code == "kept" else f"{words[:_SHOWN]}…"
    return ValidationError(text, code=code, params={"words": shown})


def is_ours(address: str) -> bool:
    return address.startswith(settings.SITE_URL + "/")


def _is_address_of_ours(address: str) -> bool:
    return is_ours(address) and not re.search(r"\s|\(\(", address)


# What it says of an occasion


def subject_of(words: Words, letter: str, language: str, about: Mapping[str, object]) -> str:
    known = placeholders.known(letter.split("/")[0], language)
    line = FORM.sub(lambda found: _said(found[1], known, about), words.subject)
    return placeholders.said(line)


def parts_of(
    words: Words, letter: str, language: str, about: Mapping[str, object]
) -> Iterator[Part]:
    """The paragraphs of *words*, without lines whose placeholders have nothing to say."""
    known = placeholders.known(letter.split("/")[0], language)
    for paragraph in _paragraphs(f"{words.text}\n\n{words.note}"):
        whole = FORM.fullmatch(paragraph)
        one = known.get(key_of(whole[1])) if whole else None
        if one and one.stands_alone:
            is_typed = Marks.TEXT in one.marks
            for said in _paragraphs(plain_lines(one.says(about)), actions=not is_typed):
                yield Part(said, is_typed)
        elif lines := [*_lines(paragraph, known, about)]:
            yield Part("\n".join(lines))


def _lines(
    paragraph: str, known: Mapping[str, Placeholder], about: Mapping[str, object]
) -> Iterator[str]:
    for line in paragraph.split("\n"):
        says = {name: _said(name, known, about) for name in FORM.findall(line)}
        if all(says.values()):
            yield FORM.sub(lambda found, says=says: says[found[1]], line)  # type: ignore[misc]


def _said(name: str, known: Mapping[str, Placeholder], about: Mapping[str, object]) -> str:
    one = known.get(key_of(name))
    value = placeholders.inert(one.says(about), settings.SITE_URL) if one else ""
    return value[:1].upper() + value[1:] if name[:1].isupper() else value


def _paragraphs(text: str, *, actions: bool = True) -> list[str]:
    """Parted by empty lines; an action is a paragraph of its own."""
    if actions:
        text = _ACTION.sub(r"\n\g<0>\n", text)
    return [part for part in re.split(r"\n{2,}", text.strip("\n")) if part]
