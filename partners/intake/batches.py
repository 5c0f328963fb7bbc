"""Uploaded lists as rows: reading a file into an import, and the rows with what was corrected.

What a file leaves open is asked: hidden rows, two columns for one thing, cells that are no text.
"""

import hashlib
import logging
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import IO, Any, Protocol

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from partners import patience
from partners.intake import kinds
from partners.intake.kinds import NONE_CHOICE, Ask, ListKind
from partners.models import ImportBatch, User
from partners.patience import patient
from partners.sheets import cells, headings, kept, reader, text
from partners.sheets.kept import Listing, Skipped
from partners.sheets.reader import Unreadable
from partners.sheets.rules import Rules, meaning_of

logger = logging.getLogger(__name__)

# What a value may be at most; the database says the same.
LONGEST = {"organisation": 200, "contact": 150, "person": 150, "phone": 40, "website": 200}

# What people write where they know nothing; in a column of marks or days it may say something.
_NOTHING = {"-", "–", "—", "--", "...", "…", "?", "saknas", "uppgift saknas", "uppgifter saknas",
            "ingen uppgift", "ej angivet", "ej angiven", "okänt", "okänd", "n/a", "#n/a", "null",
            "none", "missing", "unknown"}  # fmt: skip
_SAYS_EVEN_SO = {"registered", "session", "date"}

SUBJECT = "subject:{sheet}"  # whether a column "Namn" has organisations or people
GUESS = "guess:{sheet}:{place}"  # whether a column has marks, as its cells look
CONFLICT = "column:{sheet}:{meaning}"  # under which it is kept which of several columns holds


@dataclass
class Record:
    """One row of an uploaded list, with corrections in place: {meaning: text}."""

    key: str  # "sheet-row", the name of the row in forms and decisions
    sheet: int
    number: int  # as the spreadsheet counts, from 1
    values: dict[str, str]
    marks: dict[int, str] = field(default_factory=dict)  # column: its mark
    is_apart: bool = False  # below a title that sets it apart
    corrected: list[str] = field(default_factory=list)  # meanings somebody has changed
    is_hidden: bool = False  # in the file
    is_struck: bool = False  # through, in the file
    lines: dict[str, list[str]] = field(default_factory=dict)  # of cells with several, by meaning
    cell_marks: dict[str, str] = field(default_factory=dict)  # what is odd about cells, by meaning
    proposals: dict[str, str] = field(default_factory=dict)  # what a formula shows, by meaning
    silent: set[str] = field(default_factory=set)  # meanings with "-" and the like in their cell
    columns: int = 0  # how many columns its sheet has that are read

    def get(self, meaning: str) -> str:
        return self.values.get(meaning, "")


def safe_file_name(name: str) -> str:
    """*name* without folders, control or direction marks, at most 150 characters."""
    return (text.file_name(name) or "?")[-150:]


def open_batch(kind: ListKind, file_name: str, file: bytes | IO[bytes], *, by: User) -> ImportBatch:
    """Read *file* and keep what the portal has a use for. Raises Unreadable.

    A file that was applied before comes with the decisions taken then. The same person sending the
    same file again within two minutes, before anything is decided, gets the first import back.
    Raises ValidationError ("busy").
    """
    table = read_table(kind.rules, file_name, file)
    batch = ImportBatch(
        kind=kind.key,
        file_name=safe_file_name(file_name),
        sha256=_checksum(file),
        table=table,
        created_by=by,
    )
    return _keep_once(batch)


@patient
@transaction.atomic
def _keep_once(batch: ImportBatch) -> ImportBatch:
    """Write the row of *batch*, or find the one that a first click has written."""
    patience.take_turn(f"import:{batch.created_by_id}")
    said = {name: getattr(batch, name) for name in ("kind", "file_name", "sha256", "created_by")}
    earlier = applied_before(batch.kind, batch.sha256)
    batch.decisions = earlier.decisions if earlier else {}
    undecided = ImportBatch.objects.filter(**said, decisions=batch.decisions, applied_at=None)
    again = patience.made_just_now(undecided)
    if again is not None:
        return again
    batch.save()
    return batch


@patient
@transaction.atomic
def remove(batch: ImportBatch, *, by: User) -> None:
    """Forget a list that was never imported, with every name and address in it.

    Raises ValidationError ("imported"): what was imported is remembered, with who did it; "busy".
    """
    now = ImportBatch.objects.select_for_update(of=("self",)).filter(pk=batch.pk).first()
    if now and now.applied_at:
        raise ValidationError(
            _("The list is imported already, so it stays in the record."), code="imported"
        )
    if now:
        logger.info("List %s is removed by person %s.", now.pk, by.pk)
        now.delete()


def _checksum(file: bytes | IO[bytes]) -> str:
    """Of all of *file*, a piece at a time: it is never held here as a whole."""
    if isinstance(file, bytes):
        return hashlib.sha256(file).hexdigest()
    digest = hashlib.sha256()
    file.seek(0)
    while piece := file.read(2**16):
        digest.update(piece)
    return digest.hexdigest()


def applied_before(kind: str, sha256: str, than: int | None = None) -> ImportBatch | None:
    """The latest applied import of the same file, older than the import with id *than*."""
    same = ImportBatch.objects.filter(kind=kind, sha256=sha256, applied_at__isnull=False)
    return (same.filter(pk__lt=than) if than else same).order_by("-pk").first()


def read_table(rules: Rules, file_name: str, file: bytes | IO[bytes]) -> dict[str, Any]:
    found, skipped = headings.find_all(reader.read(file, file_name), rules)
    listings = [listing for listing in found if _is_a_list(listing)]
    if not listings:
        raise Unreadable("headings")
    skipped += [Skipped(listing.name, "no_list") for listing in found if listing not in listings]
    return {
        "sheets": [kept.as_json(listing) for listing in listings],
        "without_list": _named(skipped, "no_list"),
        "hidden_sheets": _named(skipped, "hidden"),
        "pivot_sheets": _named(skipped, "pivot"),
        "bare_sheets": _named(skipped, "no_rows"),
        "file_title": safe_file_name(file_name).rpartition(".")[0],
    }


def _named(skipped: list[Skipped], why: str) -> list[str]:
    return [sheet.name[:100] for sheet in skipped if sheet.why == why]


def _is_a_list(listing: Listing) -> bool:
    """Whether more than one guess says so: "Vad;Pris" above "Kaffe;20" is no list of partners."""
    known = {column.meaning for column in listing.columns if column.meaning}
    return any(column.sure for column in listing.columns if column.meaning) or len(known) > 1


def meanings(batch: ImportBatch) -> list[list[str]]:
    """What each column of each sheet means, as found or as chosen on the page."""
    chosen = batch.decisions.get("columns", {})
    found = [
        [
            chosen.get(f"{number}-{place}", column["meaning"]) or NONE_CHOICE
            for place, column in enumerate(sheet["columns"])
        ]
        for number, sheet in enumerate(batch.table["sheets"])
    ]
    _settle_conflicts(batch, found)
    return found


def _settle_conflicts(batch: ImportBatch, found: list[list[str]]) -> None:
    """Of several columns for one thing, read the one that somebody chose."""
    said = batch.decisions.get("asks", {})
    for number, sheet in enumerate(batch.table["sheets"]):
        whose = said.get(SUBJECT.format(sheet=number), "")
        if sheet.get("in_doubt") is not None and whose in {"organisation", "contact"}:
            found[number][sheet["in_doubt"]] = whose
        for place in range(len(sheet["columns"])):
            if said.get(GUESS.format(sheet=number, place=place)) == "no":
                found[number][place] = NONE_CHOICE
        for meaning, places in sheet.get("conflicts", []):
            answer = said.get(CONFLICT.format(sheet=number, meaning=meaning), "")
            if answer in {str(place) for place in places}:
                for place in places:
                    found[number][place] = meaning if str(place) == answer else NONE_CHOICE


def records(batch: ImportBatch, kind: ListKind) -> Iterator[Record]:
    """The rows of the list, in order, corrections in place."""
    typed = batch.decisions.get("cells", {})
    for number, (sheet, means) in enumerate(
        zip(batch.table["sheets"], meanings(batch), strict=True)
    ):
        hidden, struck = set(sheet.get("hidden_rows", [])), set(sheet.get("struck_rows", []))
        is_odd = any(sheet.get(oddity) for oddity in ("marks", "proposals", "lines"))
        for row_number, row, is_apart in sheet["rows"]:
            record = Record(f"{number}-{row_number}", number, row_number, {}, {}, is_apart)
            record.is_hidden, record.is_struck = row_number in hidden, row_number in struck
            for place, (meaning, cell) in enumerate(zip(means, row, strict=True)):
                if kind.marks and meaning == kind.marks:
                    record.marks[place] = cell
                else:
                    _put(record, meaning, cell)
                    if is_odd:
                        _put_oddities(record, meaning, sheet, f"{row_number}:{place}")
            _join_names(record)
            record.columns = len(row)
            record.corrected = list(typed.get(record.key, {}))
            record.values.update(typed.get(record.key, {}))
            yield record


def _put_oddities(record: Record, meaning: str, sheet: dict[str, Any], cell: str) -> None:
    """Note what is odd about a cell that is read; sheets kept before today know of none."""
    for known, mine in (
        ("marks", record.cell_marks), ("proposals", record.proposals), ("lines", record.lines)
    ):  # fmt: skip
        found = sheet.get(known)
        if found and cell in found and meaning != NONE_CHOICE:
            mine[meaning] = found[cell]


def _put(record: Record, meaning: str, cell: str) -> None:
    if meaning == "organisation":
        cell = cells.own_name(cell)
    if cell and _says_nothing(meaning, cell):
        record.silent.add(meaning)
    elif meaning not in {"", NONE_CHOICE} and cell:
        before = record.values.get(meaning)
        record.values[meaning] = f"{before}; {cell}" if before else cell


def _says_nothing(meaning: str, cell: str) -> bool:
    return cell.casefold() in _NOTHING and meaning not in _SAYS_EVEN_SO


def _join_names(record: Record) -> None:
    first = record.values.pop("first_name", "")
    last = record.values.pop("last_name", "")
    if first or last:
        name = f"{first} {last}".strip()
        for meaning in ("contact", "person"):
            record.values[meaning] = _whole_name(record.get(meaning), first, last) or name
        for meaning in ("contact", "person"):  # a formula that joins them tells no more
            record.cell_marks.pop(meaning, None)


def _whole_name(said: str, first: str, last: str) -> str:
    """What a column of names says, with the given name beside it where it has the surname alone."""
    words = said.split()
    particles = all(word.islower() for word in words[:-1])
    is_surname = bool(first and not last and words) and particles
    return f"{first} {said}" if is_surname and said.casefold() != first.casefold() else said


# What is open before the rows are read


class Questioned(Protocol):
    """What questions are put to: a row, on its way to a line of the plan."""

    record: Record
    asks: list[Ask]
    notes: list[str]
    problems: dict[str, str]
    proposals: dict[str, str]


_CELLS: dict[str, Promise] = {
    "label": gettext_lazy("This is a formula. Write what it shows."),
    "formula": gettext_lazy("This is a formula without a result. Write what it should say."),
    "error": gettext_lazy("The cell shows an error. Write what it should say."),
    "turned": gettext_lazy("The surname stands first here. Write the name as it is spoken."),
    "struck": gettext_lazy("This is struck through in the file, all or part of it."),
    "cut": gettext_lazy("The cell holds more text than fits. Shorten it."),
}


def _in_or_out() -> list[tuple[str, str]]:
    return [("yes", _("Yes")), ("no", _("No, leave them out"))]


class Doubts:
    """The doubts about the sheets of one list, and about its being of that *kind* at all."""

    def __init__(self, batch: ImportBatch, kind: ListKind) -> None:
        self._sheets: list[dict[str, Any]] = batch.table["sheets"]
        self._said: dict[str, str] = batch.decisions.get("asks", {})
        self._words = kind.words
        self._marks, self._rules = kind.marks, kind.rules
        self._chosen: dict[str, str] = batch.decisions.get("columns", {})
        self.likelier = kinds.likelier(kind, batch.table)
        self._kind = [self._of_another_kind(kind, self.likelier)] if self.likelier else []

    def raise_at(self, line: Questioned) -> None:
        """Note what is open about the row's sheet and its cells; *line* waits until it is said."""
        record = line.record
        line.asks += self._kind + self._two_columns(record) + self._whose_names(record)
        line.asks += self._guessed(record)
        line.asks += self._of_rows(record)
        for meaning, mark in record.cell_marks.items():
            if mark == "zero":
                line.notes.append(_("The first zero of the telephone number is put back."))
            elif mark in _CELLS and meaning not in record.corrected:
                line.problems[meaning] = str(_CELLS[mark])
                line.proposals[meaning] = record.proposals.get(meaning, "")

    def leaves_out(self, record: Record) -> bool:
        """Whether somebody said that the list, or its hidden rows, do not count."""
        if any(ask.answer == "no" for ask in self._kind):
            return True
        return any(ask.answer == "no" for ask in self._of_rows(record))

    def _of_another_kind(self, kind: ListKind, other: ListKind) -> Ask:
        text = _(
            "The list looks like “%(other)s”. Should it be read as “%(kind)s” all the same?"
        ) % {
            "other": other.name,
            "kind": kind.name,
        }
        return Ask("kind", text, _in_or_out(), self._said.get("kind", ""))

    def _of_rows(self, record: Record) -> list[Ask]:
        """What is open about rows that nobody sees in the file, or that are struck through."""
        asks = []
        if record.is_hidden:
            with_sheet = _(
                "Rows %(rows)s of sheet %(sheet)s are hidden in the file. Should they be read?"
            )
            alone = _("Rows %(rows)s are hidden in the file. Should they be read?")
            asks.append(self._rows(record.sheet, "hidden", with_sheet, alone))
        if record.is_struck:
            with_sheet = _(
                "Rows %(rows)s of sheet %(sheet)s are struck through. Should they be read?"
            )
            alone = _("Rows %(rows)s are struck through. Should they be read?")
            asks.append(self._rows(record.sheet, "struck", with_sheet, alone))
        return asks

    def _rows(self, number: int, what: str, with_sheet: str, alone: str) -> Ask:
        sheet = self._sheets[number]
        rows = kinds.in_short(sheet[f"{what}_rows"])
        text = (with_sheet if sheet["name"] else alone) % {"rows": rows, "sheet": sheet["name"]}
        key = f"{what}:{number}"
        return Ask(key, text, _in_or_out(), self._said.get(key, ""))

    def _whose_names(self, record: Record) -> list[Ask]:
        place = self._sheets[record.sheet].get("in_doubt")
        if place is None or f"{record.sheet}-{place}" in self._chosen:
            return []
        heading = self._sheets[record.sheet]["columns"][place]["heading"]
        text = _("The column “%(heading)s” may have organisations or people. Which is it?") % {
            "heading": heading
        }
        key = SUBJECT.format(sheet=record.sheet)
        answers = [("organisation", _("Organisations")), ("contact", _("People"))]
        return [Ask(key, text, answers, self._said.get(key, ""))]

    def _guessed(self, record: Record) -> list[Ask]:
        """Columns that were taken for marks because of what is in them alone."""
        asks = []
        for place, column in enumerate(self._sheets[record.sheet]["columns"]):
            is_guess = column["meaning"] == self._marks and not column["sure"]
            is_chosen = f"{record.sheet}-{place}" in self._chosen
            if self._marks and is_guess and not is_chosen and not self._is_heading(column):
                text = _("Does the column “%(heading)s” say who was there?") % column
                key = GUESS.format(sheet=record.sheet, place=place)
                asks.append(Ask(key, text, kinds.yes_or_no(), self._said.get(key, "")))
        return asks

    def _is_heading(self, column: dict[str, Any]) -> bool:
        heading = column["heading"]
        return not heading or meaning_of(heading, self._rules) == self._marks

    def _two_columns(self, record: Record) -> list[Ask]:
        sheet = self._sheets[record.sheet]
        asks = []
        for meaning, places in sheet.get("conflicts", []):
            key = CONFLICT.format(sheet=record.sheet, meaning=meaning)
            headings = [(str(place), sheet["columns"][place]["heading"]) for place in places]
            text = _("Several columns may be %(meaning)s. Which one holds?") % {
                "meaning": self._words.get(meaning, meaning)
            }
            asks.append(Ask(key, text, headings, self._said.get(key, "")))
        return asks
