"""The e-mails of a mailing: what each of its readers gets, a test of it, and what its writer hears.

Keys: partners.mailing:<mailing>:<person>, so that nobody is written to twice.
"""

from collections.abc import Callable, Iterable, Sequence
from copy import copy

from django.utils import translation
from django.utils.translation import gettext_noop as _

from partners.models import Language, Mailing, User
from partners.post import letters, outbox, stopping

Why = Callable[[], str]  # one gets it: what follows “because”, in the language that is active

FIRST_KEY = "partners.mailing:"
STOPPED = stopping.reason_of_somebody(
    _("the mailing was stopped"), _("%(who)s stopped the mailing %(when)s")
)


def prefix(mailing: Mailing) -> str:
    """How the keys of the letters of *mailing* begin."""
    return f"{FIRST_KEY}{mailing.pk}:"


def letter_to(*, is_own: bool) -> str:
    """Which letter it is, and so of which kind: about a place of one's own it always comes, while
    anything else is unasked for.
    """
    return "partners/mailing_own" if is_own else "partners/mailing"


def tell(mailing: Mailing, people: Iterable[User], why: Why, *, is_own: bool) -> None:
    """Write to *people*; who has the letter already gets no other. One query for 500."""
    copies = [outbox.Copy(f"{prefix(mailing)}{person.pk}", person) for person in people]
    letter = letter_to(is_own=is_own)
    outbox.put_to_many(copies, letter, _told(mailing, why), reply_to=_answers_to(mailing))


def as_read_by(
    mailing: Mailing, reader: User, language: str, why: Why, *, is_own: bool
) -> letters.Letter:
    """What *reader* would get, if they read *language*."""
    told = _told(mailing, why)(language)
    return letters.write(language, letter_to(is_own=is_own), told).to(reader.name)


def mailing_test(mailing: Mailing, reader: User, why: Why) -> None:
    """Send *reader* what the others would get, in each language it is written in: once a version.

    Whichever language they read themselves.
    """
    for language in [Language.SWEDISH, *([Language.ENGLISH] if mailing.text_en else [])]:
        reading = copy(reader)
        reading.language = language
        key = f"partners.mailing_test:{mailing.pk}:{mailing.version}:{reader.pk}:{language}"
        outbox.put_to_many(
            [outbox.Copy(key, reading)],
            "partners/mailing_test",
            _told(mailing, why),
            reply_to=_answers_to(mailing),
        )


def mailing_to_nobody(mailing: Mailing, names: Sequence[object]) -> None:
    """Tell the writer that nobody was left in the groups called *names*."""
    writer = mailing.created_by
    with translation.override(writer.language):
        context: dict[str, object] = {
            "subject": mailing.subject,
            "groups": [str(name) for name in names],
            "link": outbox.link(writer, "mailing_detail", pk=mailing.pk),
        }
    outbox.put(
        f"partners.mailing_to_nobody:{mailing.pk}", writer, "partners/mailing_to_nobody", context
    )


def _answers_to(mailing: Mailing) -> str:
    writer = mailing.created_by
    return writer.email or "" if writer.is_active else ""


def _told(mailing: Mailing, why: Why) -> Callable[[str], dict[str, object]]:
    writer = mailing.created_by

    def context(language: str) -> dict[str, object]:
        has_english = language == Language.ENGLISH and mailing.text_en
        with translation.override(language):
            return {
                "subject": mailing.subject,
                "typed": mailing.text,
                "typed_language": language if has_english else Language.SWEDISH.value,
                "why": why(),
                "writer": writer.name,
                "role": str(writer.get_staff_role_display()) if writer.staff_role else "",
                "may_answer": bool(_answers_to(mailing)),
            }

    return context
