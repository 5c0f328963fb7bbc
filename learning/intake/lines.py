"""A row of an attendance list for one session, and what its marks say."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.utils.translation import gettext as _

from learning.intake import presence
from learning.intake.columns import REGISTERED
from learning.intake.sessions import Draft
from learning.intake.words import ATTENDANCE_LIST
from learning.models import AttendanceStatus
from partners.intake.batches import Record
from partners.intake.kinds import Ask, in_short, yes_or_no
from partners.intake.plans import Line, LineStatus
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


def untold(record: Record) -> AttendanceLine:
    """A person without a mark in any session of the list."""
    line = AttendanceLine(record, status=LineStatus.LEFT_OUT)
    line.notes.append(_("Has no mark in any session, so nothing is noted."))
    return line


class Marks:
    """What the marks of a list say: known words only, all others are asked about once each."""

    def __init__(self, batch: ImportBatch, records: Iterable[Record]) -> None:
        self._said: dict[str, str] = batch.decisions.get("asks", {})
        self._of_absence = dict(enumerate(map(_of_absence, batch.table["sheets"])))
        if _is_of_absence(batch.table["file_title"]) and len(self._of_absence) == 1:
            self._of_absence[0] = batch.table["file_title"]
        sheets = batch.table["sheets"]
        self._legends = [_legend(sheet) for sheet in sheets]
        self._sections = [_sections(sheet) for sheet in sheets]
        self._with_f = {record.sheet for record in records if _has_f(record)}
        # Sheets that tell of some who were registered: others who came were not.
        self._tells_registered = {
            record.sheet for record in records if _is_registered(record.get("registered"))
        }

    def read(self, line: AttendanceLine, mark: str | None) -> None:
        """Set whether somebody was there, and whether they had registered."""
        record = line.record
        text = record.get("presence") if "presence" in record.corrected else mark
        text = text if text is not None else record.get("presence")
        said = self._said_by(line, text)
        if said is None:
            said = self._ask(line, text)
        said = self._turned_round(line, said) if text else said
        line.walk_in = said == presence.WALK_IN or record.is_apart or self._came_unasked(line)
        line.attendance = presence.PRESENT if said == presence.WALK_IN else said
        if record.is_apart and not text and not line.waits:
            line.attendance = presence.PRESENT
            line.notes.append(
                _("Listed among those who came without registering, so counted as present.")
            )

    def _said_by(self, line: AttendanceLine, text: str) -> str | None:
        """What a mark says by the legend of its sheet, else as everywhere; or what stands above."""
        legend = self._legends[line.record.sheet]
        if text.casefold() in legend:
            return legend[text.casefold()]
        if text.casefold() == "n" and line.record.sheet in self._with_f:
            return None  # "nej", or "närvarande" beside "frånvarande"
        if text:
            return presence.presence(text)
        return self._absence(line) or self._section(line)

    def _section(self, line: AttendanceLine) -> str:
        """What a title above the row says of all below it; asked about where it is not plain."""
        record = line.record
        above = [text for number, text in self._sections[record.sheet] if number < record.number]
        if not above or record.is_apart or REGISTERED.match(cells.fold(above[-1])):
            return presence.UNKNOWN
        said = presence.presence(above[-1])
        return said if said is not None else self._ask(line, above[-1])

    def _absence(self, line: AttendanceLine) -> str:
        """What columns about those who did not come say: a cross there is an absence."""
        for meaning, status in (("excuse", presence.EXCUSED), ("absence", presence.ABSENT)):
            text = line.record.get(meaning)
            said = presence.presence(text)
            if said is None:
                return self._ask(line, text)
            if said:
                return {presence.PRESENT: status, presence.ABSENT: presence.PRESENT}.get(said, said)
        return presence.UNKNOWN

    def _turned_round(self, line: AttendanceLine, said: str) -> str:
        """The same, where a list of those who were away has a cross for each of them."""
        sheet = line.record.sheet
        name = self._of_absence.get(sheet, "")
        if said not in {presence.PRESENT, presence.ABSENT} or not name:
            return said
        ask = Ask(
            f"turned:{sheet}",
            _("The list is called “%(name)s”. Was who has a cross there, or away?")
            % {"name": name},
            [("away", _("away")), ("there", _("there"))],
            self._said.get(f"turned:{sheet}", ""),
        )
        line.asks.append(ask)
        return said if ask.answer != "away" else _TURNED[said]

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


_SIGN = re.compile(r"(?<!\w)([^\W\d_]{1,2}|[✓✔×])\s*(?:=|:|–|betyder)\s*([^,;=/]+)")


def _legend(sheet: dict[str, Any]) -> dict[str, str]:
    """What signs mean by the titles above a list and the remarks in it: "N = närvarande"."""
    texts = [*sheet["titles"], *(text for _number, text, *_why in sheet["left_out"])]
    told = (found for text in texts for found in _SIGN.findall(text))
    known = ((sign.casefold(), presence.presence(words)) for sign, words in told)
    return {sign: said for sign, said in known if said}


def _sections(sheet: dict[str, Any]) -> list[tuple[int, str]]:
    left_out = sheet["left_out"]
    return [(number, text) for number, text, *why in left_out if "section" in why]


def _has_f(record: Record) -> bool:
    return "f" in {text.casefold() for text in (*record.marks.values(), record.get("presence"))}


_TURNED = {presence.PRESENT: presence.ABSENT, presence.ABSENT: presence.PRESENT}


def _is_of_absence(name: str) -> bool:
    return bool(re.search(r"frånvaro|absen(ce|t)", name, re.I)) and not re.search(
        r"närvaro|attendance", name, re.I
    )


def _of_absence(sheet: dict[str, Any]) -> str:
    """What calls a sheet a list of those who were away; "" where nothing does."""
    return next(filter(_is_of_absence, [*sheet["titles"], sheet["name"]]), "")


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
        text = _("In rows %(rows)s the day is empty, as beneath “%(day)s”. Were the people there at"
                 " the session above?") % {
            "rows": in_short(record.number for record in rows),
            "day": " ".join(heads[rows[0].key].split("\n")).strip(),
        }  # fmt: skip
        key = f"day:{sheet}"
        return Ask(key, text, yes_or_no(), self._said.get(key, ""))


def _days(records: list[Record]) -> Iterator[groups.Row]:
    for _sheet, rows in groupby(records, key=lambda record: record.sheet):
        yield groups.Row("", -1, "", "")  # nothing stands above the first row of a sheet
        for record in rows:
            said = [record.get("session"), record.get("date")]
            head = "\n".join(said) if any(said) else ""
            whom = record.get("person") or record.get("email")
            yield groups.Row(record.key, record.number, head, whom, record.is_apart)
