"""A row of an attendance list for one session, and what its marks say."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.utils.translation import gettext as _

from learning.intake import presence
from learning.intake.sessions import Draft
from learning.intake.words import ATTENDANCE_LIST
from learning.models import AttendanceStatus
from partners.intake.batches import Ask, Record
from partners.intake.plans import Line
from partners.models import ImportBatch
from partners.sheets import cells, groups

NOT_NOTED = "unknown"  # the answer; as a mark it is the empty one


@dataclass
class AttendanceLine(Line):
    """A person in one session of the list."""

    words = ATTENDANCE_LIST.words
    draft: Draft | None = None
    attendance: str = ""  # "" where nobody noted it
    walk_in: bool = False

    @property
    def title(self) -> str:
        return self.record.get("person") or self.record.get("email")

    @property
    def subtitle(self) -> str:
        return self.name

    @property
    def sheet_name(self) -> str:
        return self.draft.title if self.draft else ""


class Marks:
    """What the marks of a list say: known words only, all others are asked about once each."""

    def __init__(self, decisions: dict[str, Any], records: Iterable[Record]) -> None:
        self._said: dict[str, str] = decisions.get("asks", {})
        # Sheets that tell of some who were registered: others who came were not.
        self._tells_registered = {
            record.sheet for record in records if _is_registered(record.get("registered"))
        }

    def read(self, line: AttendanceLine, mark: str | None) -> None:
        """Set whether somebody was there, and whether they had registered."""
        record = line.record
        text = record.get("presence") if "presence" in record.corrected else mark
        text = text if text is not None else record.get("presence")
        said = presence.presence(text)
        if said is None:
            said = self._ask(line, text)
        line.walk_in = said == presence.WALK_IN or record.is_apart or self._came_unasked(line)
        line.attendance = presence.PRESENT if said == presence.WALK_IN else said
        if record.is_apart and not text and not line.waits:
            line.attendance = presence.PRESENT
            line.notes.append(_("Stands among those who came without registering, so was there."))

    def _ask(self, line: AttendanceLine, mark: str) -> str:
        options = [(status.value, str(status.label)) for status in AttendanceStatus]
        ask = Ask(
            f"mark:{cells.fold(mark) or mark}"[:100],
            _("What does “%(mark)s” mean?") % {"mark": mark},
            [*options, (NOT_NOTED, _("not noted"))],
            self._said.get(f"mark:{cells.fold(mark) or mark}"[:100], ""),
        )
        line.asks.append(ask)
        return ask.answer if ask.answer != NOT_NOTED else presence.UNKNOWN

    def _came_unasked(self, line: AttendanceLine) -> bool:
        """Whether the list says that this one was not registered, or says so of the others."""
        text = line.record.get("registered")
        if text:
            return not _is_registered(text)
        return line.record.sheet in self._tells_registered

    def is_no_news(self, line: AttendanceLine) -> bool:
        """Who neither registered nor came: a no to “I will come” is neither."""
        came = line.attendance == presence.PRESENT or line.record.is_apart
        if line.waits or came or not line.walk_in:
            return False
        line.notes.append(_("Was not registered, and nothing says that they came."))
        return True


def _is_registered(text: str) -> bool:
    """Whether a cell says that somebody had registered: anything but a no."""
    no = {presence.ABSENT, presence.EXCUSED, presence.WALK_IN}
    return bool(text) and presence.presence(text) not in no


class Days:
    """Rows without a day beneath one that has: a person sees one session, and is asked."""

    def __init__(self, batch: ImportBatch, records: list[Record]) -> None:
        self._said: dict[str, str] = batch.decisions.get("asks", {})
        heads = groups.heads(_days(records))
        below: dict[int, list[Record]] = {}
        for record in records:
            if record.key in heads:
                below.setdefault(record.sheet, []).append(record)
        self._asks = {sheet: self._ask(sheet, rows, heads) for sheet, rows in below.items()}
        self._mine = {record.key for rows in below.values() for record in rows}
        for sheet, rows in below.items():
            for record in rows if self._asks[sheet].answer != "no" else ():
                session, _line, day = heads[record.key].partition("\n")
                record.values |= {"session": session, "date": day}

    def read(self, line: AttendanceLine) -> None:
        """Put the question to a row beneath a day."""
        if line.record.key in self._mine:
            line.asks.append(self._asks[line.record.sheet])

    def _ask(self, sheet: int, rows: list[Record], heads: dict[str, str]) -> Ask:
        numbers = ", ".join(str(record.number) for record in rows[:20])
        text = _("In rows %(rows)s the day is empty, as beneath “%(day)s”. Were the people there at"
                 " the session above?") % {
            "rows": numbers + (" …" if len(rows) > 20 else ""),
            "day": " ".join(heads[rows[0].key].split("\n")).strip(),
        }  # fmt: skip
        key = f"day:{sheet}"
        return Ask(key, text, [("yes", _("Yes")), ("no", _("No"))], self._said.get(key, ""))


def _days(records: list[Record]) -> Iterator[groups.Row]:
    for _sheet, rows in groupby(records, key=lambda record: record.sheet):
        yield groups.Row("", -1, "", "")  # nothing stands above the first row of a sheet
        for record in rows:
            said = [record.get("session"), record.get("date")]
            head = "\n".join(said) if any(said) else ""
            whom = record.get("person") or record.get("email")
            yield groups.Row(record.key, record.number, head, whom, record.is_apart)
