"""Which sessions an attendance list is about: by its titles, sheet names, columns, file name."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from learning.intake import hours
from learning.intake.columns import NUMBERED
from learning.intake.hours import Clock
from learning.models import LearningSession
from partners import dates
from partners.intake import batches
from partners.intake.batches import Record
from partners.intake.kinds import Ask
from partners.models import ImportBatch
from partners.sheets import cells
from partners.sheets.above import is_day, is_week

_NO_NAME = re.compile(r"(blad|sheet|ark|tabell|table)?\s*\d*", re.I)
_LIST_WORDS = re.compile(
    r"\b(närvaro(lista)?|deltagar(lista|e)|attendance( list)?|participants?|lista|list|kopia( av)?"
    r"|copy( of)?|slutlig|final|v\d+)\b",
    re.I,
)


@dataclass
class Draft:
    """A session as the list tells of it, corrections in place."""

    key: str
    title: str
    day: date | None
    start: str
    end: str
    venue: str
    typed_date: str = ""
    typed: dict[str, Clock] = field(default_factory=dict)  # "start" and "end", of this one
    borrowed: set[str] = field(default_factory=set)  # of these, what others say: not its own
    said: str = ""  # what the list calls it: the heading of its column, or its sheet
    is_guessed: bool = False  # the year is not written beside the day
    names: list[str] = field(default_factory=list)  # all that the list may mean by its title
    is_titled: bool = True  # False where it is called by its day, for nothing says its title
    session: LearningSession | None = None  # of the portal, or the one to add
    ask: Ask | None = None  # which session of the portal it is
    is_sure: bool = False  # day and title say so
    problem: str = ""
    counts: dict[str, int] = field(default_factory=dict)

    @property
    def own_hours(self) -> dict[str, Clock]:
        """What the list or somebody says of it alone, as it stands on the page."""
        known = {"start": self.start, "end": self.end}
        told = {name: Clock("" if name in self.borrowed else known[name]) for name in known}
        return told | {name: clock for name, clock in self.typed.items() if clock.problem}

    @property
    def is_misread(self) -> bool:
        """Whether somebody typed what is not understood."""
        no_day = bool(self.typed_date) and self.day is None
        return no_day or any(clock.problem for clock in self.typed.values())

    def borrow(self, name: str, clock: str) -> None:
        setattr(self, name, clock)
        self.borrowed.add(name)

    @property
    def is_open(self) -> bool:
        """Whether something must be said about it before its rows can be read."""
        return bool(self.problem) or bool(self.ask and not self.session and not self.ask.answer)

    @property
    def starts_at(self) -> datetime | None:
        return _moment(self.day, self.start)

    @property
    def ends_at(self) -> datetime | None:
        return _moment(self.day, self.end)


def _moment(day: date | None, clock: str) -> datetime | None:
    if day is None or not clock:
        return None
    return timezone.make_aware(datetime.combine(day, time.fromisoformat(clock)))


class Sessions:
    """The sessions of one list, by the row and column that tell of them."""

    def __init__(self, batch: ImportBatch) -> None:
        self.table = batch.table
        self._file_title: str = batch.table["file_title"].replace("_", " ")
        self.meanings = batches.meanings(batch)
        self.said: dict[str, str] = batch.decisions.get("asks", {})
        self.typed: dict[str, dict[str, str]] = batch.decisions.get("sessions", {})
        typed = batch.decisions.get("hours", {})
        self.hours: dict[str, Clock] = {name: hours.read(text) for name, text in typed.items()}
        self.drafts: dict[str, Draft] = {}
        self._told: dict[tuple[date, str], list[Draft]] = {}
        self._by_words: dict[str, Draft] = {}  # several ways to write one session
        self.is_series_typed = bool(batch.decisions.get("series"))
        self.series_title = batch.decisions.get("series") or self._series()
        self.year = self._year()

    def of(self, record: Record) -> Iterator[tuple[Draft, str | None]]:
        """The sessions a row tells of, each with its mark; None where no column says who came."""
        sheet = self.table["sheets"][record.sheet]
        places = self._session_columns(record.sheet)
        if places:
            for place in places:
                mark = record.marks.get(place, "")
                if mark:
                    heading = sheet["columns"][place]["heading"]
                    yield self._draft(f"{record.sheet}:{place}", [heading], record), mark
            return
        alone: str | None = record.marks[min(record.marks)] if record.marks else None
        said = [record.get("session"), record.get("date")]
        if any(said):
            key = f"{record.sheet}|" + "|".join(cells.fold(text) for text in said)
            yield self._draft(key, said, record), alone
        else:
            yield self._draft(str(self._first_like(record.sheet)), [], record), alone

    def _first_like(self, number: int) -> int:
        """The first list of the same sheet that tells by its titles of the same session."""
        sheets = self.table["sheets"]
        said = (sheets[number]["name"], sheets[number]["titles"])
        return next(
            n for n in range(number + 1) if (sheets[n]["name"], sheets[n]["titles"]) == said
        )

    def _session_columns(self, number: int) -> list[int]:
        """Columns that are a session each; none where one column tells who came.

        Where several are, all are: one whose day is not understood is asked for it.
        """
        columns = self.table["sheets"][number]["columns"]
        places = [p for p, meaning in enumerate(self.meanings[number]) if meaning == "presence"]
        telling = [p for p in places if _tells_session(columns[p]["heading"])]
        return places if len(telling) > 1 or (telling and telling == places) else []

    def _draft(self, key: str, said: list[str], record: Record) -> Draft:
        if key not in self._by_words:
            draft = self._read(key, said, self.table["sheets"][record.sheet])
            same = self._same(draft) if "|" in key else None
            if same is None:
                self.drafts[key] = draft
            self._by_words[key] = same or draft
        return self._by_words[key]

    def _same(self, draft: Draft) -> Draft | None:
        """The session of that title and day which the list has told of; its hours hold for both."""
        if draft.day is None:
            return None
        told = self._told.setdefault((draft.day, cells.fold(draft.title)), [])
        for known in told:
            if not known.start or not draft.start or known.start == draft.start:
                known.start, known.end = known.start or draft.start, known.end or draft.end
                return known
        told.append(draft)
        return None

    def settle(self) -> None:
        """Give the hours that hold for all to sessions without any, and say what is missing."""
        for draft in self.drafts.values():
            for name in hours.NAMES:
                self._spread(name, draft)
            draft.problem = _problem(draft)

    def _spread(self, name: str, draft: Draft) -> None:
        """Give *draft* the hour that holds for all, unless it fits ill to the one it has."""
        clock = self.hours.get(name, Clock("")).value
        own = draft.own_hours
        if not clock or getattr(draft, name) or own[name].problem:
            return
        fits = clock < own["end"].value if name == "start" else clock > own["start"].value
        if fits or not any(other.value for other in own.values()):
            draft.borrow(name, clock)

    @property
    def usual_hours(self) -> dict[str, Clock]:
        """The hours that hold for all, as said, or as all sessions have them that have any."""
        if self.hours:
            return {name: self.hours.get(name, Clock("")) for name in hours.NAMES}
        told = {(draft.start, draft.end) for draft in self.drafts.values() if draft.end}
        start, end = told.pop() if len(told) == 1 else ("", "")
        return {"start": Clock(start), "end": Clock(end)}

    @property
    def misses_hours(self) -> bool:
        return bool(self.hours) or any(not (d.start and d.end) for d in self.drafts.values())

    @property
    def is_misread(self) -> bool:
        typed = any(clock.problem for clock in self.hours.values())
        return typed or any(draft.is_misread for draft in self.drafts.values())

    def _read(self, key: str, said: list[str], sheet: dict[str, Any]) -> Draft:
        above = [*sheet["titles"], sheet["name"]]
        texts = said or above
        if not said and self._is_about_one():
            texts = [*above, self._file_title]
        day, is_guessed = self._day(texts, sheet.get("year") or self.year)
        times = (found for found in map(dates.find_times, [*texts, *above]) if found[0])
        start, end = next(times, ("", ""))
        draft = Draft(key, self._title(said, sheet), day, start, end, _venue(above))
        draft.said = " ".join(filter(None, said)) or sheet["name"]
        draft.is_guessed = is_guessed
        draft.names = self._names([draft.title, *said[:1]], above) + said[:1]
        self._correct(draft)
        draft.is_titled = bool(draft.title)
        draft.title = draft.title or _default_title(draft.day)
        return draft

    def _is_about_one(self) -> bool:
        """Whether all lists of the file are one sheet's and say the same above, as side by side."""
        return len({(sheet["name"], *sheet["titles"]) for sheet in self.table["sheets"]}) == 1

    def _names(self, said: list[str], above: list[str]) -> list[str]:
        """What the session may be called, as said of it, else of the whole list."""
        told = [name for name in map(_without_date, said) if name]
        return told or [_without_date(text) for text in [*above, self._file_title]]

    def _day(self, texts: list[str], year: int | None) -> tuple[date | None, bool]:
        """The first day that is said, and whether its year stands elsewhere."""
        for text in filter(None, texts):
            day = dates.cell_date(text, year)
            if day:
                return day, dates.cell_date(text) is None
        return None, False

    def _correct(self, draft: Draft) -> None:
        typed = self.typed.get(draft.key, {})
        title = typed.get("title", "")
        if title != draft.title and _without_date(title) not in {"", _default_title(None)}:
            draft.title, draft.names = title, [title]
        draft.venue = typed.get("venue", draft.venue)
        if "date" in typed:
            draft.typed_date = typed["date"]
            draft.day = dates.cell_date(typed["date"], self.year)
        draft.typed = {name: hours.read(typed[name]) for name in hours.NAMES if name in typed}
        for name, clock in draft.typed.items():
            setattr(draft, name, clock.value)

    def _title(self, said: list[str], sheet: dict[str, Any]) -> str:
        """What the session is called: "Lärandeträff 1"; "" if nothing says."""
        for text in [*said, *sheet["titles"], sheet["name"]]:
            numbered = NUMBERED.search(text)
            if numbered:
                return _without_date(numbered.group())[:150]
        for text in [*said[:1], sheet["name"]]:
            rest = _without_date(text)
            if len(rest) > 3 and not _NO_NAME.fullmatch(rest) and cells.fold(rest) != "närvaro":
                return rest[:150]
        return ""

    def _series(self) -> str:
        for sheet in self.table["sheets"]:
            for title in sheet["titles"]:
                name = _LIST_WORDS.sub(" ", _without_date(NUMBERED.sub("", title)))
                name = " ".join(name.split()).strip(" -–—:,.")
                if len(name) > 3:
                    return name[:150]
        name = _LIST_WORDS.sub(" ", self._file_title.replace("-", " "))
        return " ".join(name.split())[:150].capitalize() or _("Earlier sessions")

    def _year(self) -> int | None:
        texts = [self._file_title]
        for sheet in self.table["sheets"]:
            texts += [*sheet["titles"], sheet["name"]]
        return next((year for year in map(dates.year_in, texts) if year), None)


def _default_title(day: date | None) -> str:
    return (_("Session %(date)s") % {"date": day.isoformat() if day else ""}).strip()


def _tells_session(heading: str) -> bool:
    return bool(is_day(heading) or NUMBERED.search(heading) or is_week(heading)
                or re.fullmatch(r"[A-Za-z]?\d{1,2}", heading))  # fmt: skip


_DATES = re.compile(
    r"\d{4}-\d\d?-\d\d?|(?<!\d)\d{1,2}\s*[/.]\s*\d{1,2}(\s*[/.-]?\s*\d{2,4})?"
    r"|\bden\b|\d{1,2}(:?e)?\s+(jan|feb|mar|apr|maj|may|jun|jul|aug|sep|okt|oct|nov|dec)\w*\.?"
    r"(\s+\d{4})?"
    r"|\b(mån|tis|ons|tors|fre|lör|sön)dag(en)?\b",
    re.I,
)
_TIMES = re.compile(
    r"\bkl\b\.?|(?<!\d)\d{1,2}[.:]\d\d(\s*[-–—]\s*\d{1,2}([.:]\d\d)?)?(?!\d)"
    r"|(?<!\d)\d{1,2}\s*[-–—]\s*\d{1,2}(?!\d)"
)


def _without_date(text: str) -> str:
    if not re.search(r"\d", text):  # "Den gröna resan" has no day
        return " ".join(text.split()).strip(" -–—:,.()")
    rest = _TIMES.sub(" ", _DATES.sub(" ", text))
    return " ".join(rest.split()).strip(" -–—:,.()")


def _venue(titles: list[str]) -> str:
    """The place named after date and time, as in "2024-02-07 kl. 09.00–12.00, Umeå"."""
    for title in titles:
        place = re.search(r"\b(?:plats|lokal|place|venue)\W+(.+)", title, re.I)
        if place:
            return place.group(1)[:200]
        if dates.find_date(title) and "," in title:
            return _without_date(title.rpartition(",")[2])[:200]
    return ""


def _problem(draft: Draft) -> str:
    if draft.session:  # its day and hours are the portal's
        return _not_yet(draft.session.starts_at)
    if draft.day is None:
        return _("The list does not say which day the session was. Write the date.")
    if not draft.starts_at or not draft.ends_at:
        return _("The list does not say from when to when. Write the times.")
    if draft.ends_at <= draft.starts_at:
        return _("The end is before the start. Change one of them.")
    return _not_yet(draft.starts_at)


def _not_yet(starts_at: datetime) -> str:
    if starts_at > timezone.now():
        return _("The session has not taken place yet. Check the date.")
    return ""
