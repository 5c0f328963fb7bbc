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
from partners.intake.register import Register
from partners.models import ImportBatch, Organisation
from partners.reading.addresses import is_of_anybody
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


class Groups:
    """Rows without an organisation beneath one that has: a person sees a group, and is asked.

    Whom an address or the portal says to be of another organisation is never in the group.
    """

    def __init__(self, batch: ImportBatch, register: Register, records: list[Record]) -> None:
        self._said: dict[str, str] = batch.decisions.get("asks", {})
        self._register = register
        self._sheets: list[dict[str, Any]] = batch.table["sheets"]
        self._heads = groups.heads(_rows(records))
        self._domains = _domains(records)
        self._known: dict[str, Organisation | None] = {}
        self._in_group: dict[int, list[Record]] = {}
        for record in records:
            if record.key in self._heads and not self._is_of_another(record):
                self._in_group.setdefault(record.sheet, []).append(record)
        self._asks = {sheet: self._ask(sheet) for sheet in self._in_group}
        self._mine = {record.key for rows in self._in_group.values() for record in rows}
        for sheet, rows in self._in_group.items():
            for record in rows if self._asks[sheet].answer == "yes" else ():
                record.values["organisation"] = self._heads[record.key]

    def read(self, line: AttendanceLine) -> None:
        """Put the question to a row of a group, or say how it was read."""
        key, sheet = line.record.key, line.record.sheet
        if key in self._mine:
            line.asks.append(self._asks[sheet])
            if self._asks[sheet].answer == "yes":
                text = _("The organisation is taken from the row above: %(organisation)s.")
                line.notes.append(text % {"organisation": self._heads[key]})
        elif key in self._heads:
            text = _("Stands beneath %(organisation)s, but belongs to another organisation, so"
                     " %(organisation)s is not filled in.")  # fmt: skip
            line.notes.append(text % {"organisation": self._heads[key]})
            line.proposals.setdefault("organisation", "")  # to be written, if somebody knows it

    def _meant(self, head: str) -> Organisation | None:
        """The organisation of the portal that *head* means; looked up once for a whole group."""
        if head not in self._known:
            self._known[head] = self._register.organisation(head).organisation
        return self._known[head]

    def _is_of_another(self, record: Record) -> bool:
        """Whether the portal, or the domain of the address, says another organisation."""
        head = self._heads[record.key]
        email = next(iter(cells.addresses(record.get("email"))), "")
        theirs = self._register.organisations_of_address(email)
        if theirs:
            meant = self._meant(head)
            return not any(one is meant or cells.stem(one.name) == cells.stem(head)
                           for one in theirs)  # fmt: skip
        domain = _domain(email)
        heads = self._domains.get(cells.fold(head), set())
        return bool(domain and heads and domain not in heads)

    def _ask(self, sheet: int) -> Ask:
        rows = self._in_group[sheet]
        first = self._heads[rows[0].key]
        numbers = ", ".join(str(record.number) for record in rows[:20])
        said = {
            "rows": numbers + (" …" if len(rows) > 20 else ""),
            "organisation": first,
            "sheet": self._sheets[sheet]["name"],
        }
        text = (
            _("In rows %(rows)s of sheet %(sheet)s the organisation is empty, as beneath"
              " “%(organisation)s”. Are the people there of the organisation above?")
            if said["sheet"]
            else _("In rows %(rows)s the organisation is empty, as beneath “%(organisation)s”. Are"
                   " the people there of the organisation above?")
        ) % said  # fmt: skip
        key = f"group:{sheet}"
        return Ask(key, text, [("yes", _("Yes")), ("no", _("No"))], self._said.get(key, ""))


def _rows(records: list[Record]) -> Iterator[groups.Row]:
    for _sheet, rows in groupby(records, key=lambda record: record.sheet):
        yield groups.Row("", -1, "", "")  # nothing stands above the first row of a sheet
        for record in rows:
            head = record.get("organisation")
            is_empty = "organisation" not in {*record.silent, *record.corrected, *record.cell_marks}
            subject = record.get("person") if is_empty or head else ""
            yield groups.Row(record.key, record.number, head, subject, record.is_apart)


def _domains(records: list[Record]) -> dict[str, set[str]]:
    """The domains of the addresses beside each organisation, by its folded name."""
    found: dict[str, set[str]] = {}
    for record in records:
        organisation = record.get("organisation")
        for email in cells.addresses(record.get("email")) if organisation else ():
            if domain := _domain(email):
                found.setdefault(cells.fold(organisation), set()).add(domain)
    return found


def _domain(email: str) -> str:
    """The domain of an address that says whose it is; "" where anybody may have one."""
    domain = email.rpartition("@")[2]
    return "" if is_of_anybody(domain) else domain
