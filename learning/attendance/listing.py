"""The attendance list: who stands on it, and what a page with it says of each."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from django.http import QueryDict

from learning.attendance.taking import Mark, Part, length, mark_of
from learning.models import Attendance, AttendanceStatus, LearningSession
from partners.models import Organisation, User
from partners.reading.text import one_line

UNKNOWN = "unknown"
Marks = dict[int, Mark]  # by person id

_WORDS: dict[str, Mark] = {str(one): one for one in AttendanceStatus}
_WORDS[UNKNOWN] = None
_PART = re.compile(r"part-([1-9][0-9]{0,3})")  # so many minutes


@dataclass(frozen=True)
class Line:
    """A person on the attendance list."""

    person: User
    organisation: Organisation | None
    status: str  # an AttendanceStatus, "part-45" (minutes) or "unknown": what is ticked
    shown: str  # the same, as it is kept
    walked_in: bool
    noted_at: datetime | None = None
    disputed: str = ""  # how it was noted otherwise since the page was made, in words

    @property
    def minutes(self) -> int | None:
        """Of somebody who was there for a part of the time."""
        mark = _mark(self.status)
        return mark.minutes if isinstance(mark, Part) else None


@dataclass(frozen=True)
class Said:
    """What a page with the list says: the marks somebody changed, and what they had before them."""

    changed: Marks = field(default_factory=dict)
    shown: Marks = field(default_factory=dict)
    is_whole: bool = True  # there is a mark for everybody the page showed
    without_note: int = 0  # people for whom it says that nobody knows


def lines(session: LearningSession) -> list[Line]:
    """Everybody with a seat and everybody noted, by name. Two queries."""
    known = ("session", "person__name", "person__email", "person__sort_name", "organisation__name")
    related = ("person", "organisation")
    kept = session.attendances.select_related(*related).only(
        "status", "minutes_present", "recorded_at", *known
    )
    noted = {row.person_id: row for row in kept}
    seated = session.registrations.confirmed().select_related(*related).only(*known)
    found = {}
    for place in seated:
        note = noted.get(place.person_id)
        found[place.person_id] = _line(place.person, place.organisation, note, walked_in=False)
    for pk, row in noted.items():
        if pk not in found:
            found[pk] = _line(row.person, row.organisation, row, walked_in=True)
    return sorted(found.values(), key=lambda line: (line.person.sort_name, line.person.pk))


def _line(
    person: User, organisation: Organisation | None, note: Attendance | None, *, walked_in: bool
) -> Line:
    status = _word(mark_of(note))
    noted_at = note.recorded_at if note else None
    return Line(person, organisation, status, status, walked_in, noted_at)


def latest_note(listed: list[Line]) -> datetime | None:
    """When somebody on the list was last noted; None where nobody is."""
    return max((line.noted_at for line in listed if line.noted_at), default=None)


def is_kept(line: Line, said: Said) -> bool:
    """Whether what *said* changed of the person is what is kept of them."""
    return line.person.pk in said.changed and said.changed[line.person.pk] == _mark(line.shown)


def matching(listed: list[Line], sought: str) -> list[Line]:
    """Those whose name or organisation holds every word of *sought*; all where nothing is."""
    words = one_line(sought).casefold().split()
    found = []
    for line in listed:
        text = one_line(f"{line.person} {line.organisation or ''}").casefold()
        if all(word in text for word in words):
            found.append(line)
    return found


def ticked(listed: list[Line], said: Said, disputes: Mapping[int, str] | None) -> list[Line]:
    """The same lines with what a page *said* and was not kept, beside what disputes it, in words.

    What nobody touched is as it is kept by now: sent again it must not bring back what was. Where
    nothing was kept (*disputes* is None) a line remembers what its page showed, so that another's
    note is still found; where something is disputed the reader sees it now.
    """
    lines = []
    for line in listed:
        pk = line.person.pk
        if pk in said.changed:
            line = replace(line, status=_word(said.changed[pk]))
            if disputes is None and pk in said.shown:
                line = replace(line, shown=_word(said.shown[pk]))
        lines.append(replace(line, disputed=(disputes or {}).get(pk, "")))
    return lines


def parts(session: LearningSession) -> list[int]:
    """Minutes to choose from for whoever was there a part of the time: quarters of *session*."""
    whole = length(session)
    return sorted({minutes for n in (1, 2, 3) if 0 < (minutes := whole * n // 4) < whole})


def _word(mark: Mark) -> str:
    if isinstance(mark, Part):
        return f"part-{mark.minutes}"
    return UNKNOWN if mark is None else str(mark)


def _mark(word: str) -> Mark:
    part = _PART.fullmatch(word)
    return Part(int(part[1])) if part else _WORDS[word]


def _is_mark(word: str) -> bool:
    return word in _WORDS or _PART.fullmatch(word) is not None


def ticks(listed: list[Line], post: QueryDict) -> dict[int, str]:
    """What *post* ticks for those on the list; of whom it ticks nothing there is nothing."""
    said = {line.person.pk: post.get(f"person-{line.person.pk}", "") for line in listed}
    return {pk: word for pk, word in said.items() if _is_mark(word)}


def said(listed: list[Line], post: QueryDict) -> Said:
    """What *post* says of those on the list.

    Somebody may have been noted since the page was made: it says nothing of them, and of others
    it shows what is no longer so. What nobody touched on the page is therefore not said by it. A
    page that does not say what it showed speaks of everybody.
    """
    marks = {pk: _mark(word) for pk, word in ticks(listed, post).items()}
    before = {line.person.pk: post.get(f"was-{line.person.pk}", "") for line in listed}
    shown = {pk: _mark(word) for pk, word in before.items() if _is_mark(word)}
    asked = shown or {line.person.pk: None for line in listed}
    return Said(
        changed={pk: mark for pk, mark in marks.items() if pk not in shown or mark != shown[pk]},
        shown=shown,
        is_whole=bool(asked) and asked.keys() <= marks.keys(),
        without_note=sum(mark is None for mark in marks.values()),
    )


def is_last_page(listed: list[Line], said: Said) -> bool:
    """Whether everybody whom the page did not show is noted, or it showed everybody."""
    elsewhere = [line for line in listed if line.person.pk not in said.shown] if said.shown else []
    return all(line.status != UNKNOWN for line in elsewhere)


def with_the_rest_present(listed: list[Line], said: Said) -> Marks:
    """What *said* changes, and present for everybody of whom it and the list say nothing.

    Nobody is there whom the page did not show: they stand on another page of a long list.
    """
    unknown = {line.person.pk for line in listed if line.status == UNKNOWN}
    rest = unknown & said.shown.keys() if said.shown else unknown
    noted = {pk for pk, mark in said.changed.items() if mark is not None}
    return said.changed | dict.fromkeys(rest - noted, AttendanceStatus.PRESENT)
