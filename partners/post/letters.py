"""How a letter is written: a text in the reader's language, and HTML with the same words."""

import re
from dataclasses import dataclass

from django.conf import settings
from django.template import Context
from django.template.loader import get_template, render_to_string
from django.utils import translation

from partners.reading.text import one_line

_ACTION = re.compile(r"^>> (?P<label>.+?) \| (?P<url>https?://\S+)$")
_FIRST_NAME = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u2028\u2029\u202a-\u202e\u2066-\u2069]")


@dataclass(frozen=True)
class Letter:
    """A letter ready to be kept."""

    subject: str  # one line, at most 250 characters
    text: str
    html: str


@dataclass(frozen=True)
class Block:
    """A paragraph of a letter, or its one action."""

    text: str
    url: str = ""
    links: re.Pattern[str] | None = None  # the addresses in it that may be followed

    @property
    def pieces(self) -> list[tuple[str, str]]:
        """The text in pieces, each with where it leads, or ""."""
        if self.links is None:
            return [(self.text, "")]
        found = self.links.split(self.text)  # every second piece is an address
        return [(piece, _goal(piece) if n % 2 else "") for n, piece in enumerate(found) if piece]


def first_name_of(name: str) -> str:
    """The word to greet somebody by; "" where what stands as their name is none.

    People write it themselves, also in forms that are open to everybody: a greeting carries
    letters only.
    """
    first = name.split()[0] if name.split() else ""
    return first if _FIRST_NAME.fullmatch(first) else ""


def _goal(address: str) -> str:
    return address if "://" in address else f"mailto:{address}"


def _links(context: dict[str, object]) -> re.Pattern[str]:
    """The addresses a letter may lead to: ours, and the meeting it is about.

    What people wrote stands in letters too. A name or a title with an address in it must not
    become a link under the portal's name.
    """
    meeting = getattr(context.get("session"), "meeting_url", "")
    known = [re.escape(word) for word in (meeting, settings.CONTACT_EMAIL) if word]
    ours = re.escape(settings.SITE_URL) + r"(?:/[^\s<>]*[^\s<>.,;:!?)])?/?(?![\w.@:-])"
    return re.compile(f"({'|'.join([ours, *known])})")


def write(language: str, letter: str, context: dict[str, object]) -> Letter:
    """Render the template *letter* ("learning/seat_confirmed") in *language*.

    What is above the first empty line is the subject. A line ">> Label | address" is an action, if
    the address is ours: a name or a title somebody typed cannot make a button to elsewhere.
    """
    app, name = letter.split("/")
    with translation.override(language):
        template = get_template(f"{app}/mail/{name}.{language}.txt")
        everything = {**_standing(), **context}
        # The portal's own template class: only it can render without escaping.
        source = template.template.render(Context(everything, autoescape=False))  # type: ignore[attr-defined]
        head, _, body = _clean(source).partition("\n\n")
        subject = one_line(head)[:250]
        links = _links(context)
        blocks = [_block(part, links) for part in body.split("\n\n") if part.strip()]
        html = render_to_string(
            "partners/mail/letter.html",
            {**_standing(), "subject": subject, "blocks": blocks, "language": language},
        )
    text = "\n\n".join(f"{b.text}: {b.url}" if b.url else b.text for b in blocks) + "\n"
    return Letter(subject, text, html)


def _standing() -> dict[str, object]:
    return {
        "site_url": settings.SITE_URL,
        "portal_name": settings.PORTAL_NAME,
        "contact_name": settings.CONTACT_NAME,
        "contact_phone": settings.CONTACT_PHONE,
    }


def _clean(source: str) -> str:
    """Drop control characters, trailing spaces, and empty lines that template tags leave."""
    source = _CONTROLS.sub("", source.replace("\r\n", "\n").replace("\r", "\n"))
    lines = [line.rstrip() for line in source.split("\n")]
    # An action is a paragraph of its own.
    lines = [f"\n{line}\n" if _ACTION.match(line) else line for line in lines]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip("\n")


def _block(paragraph: str, links: re.Pattern[str]) -> Block:
    action = _ACTION.match(paragraph)
    if action and action["url"].startswith(settings.SITE_URL + "/"):
        return Block(action["label"], action["url"])
    return Block(paragraph, links=links)
