"""Rows without an organisation beneath one that has: a person sees a group, and is asked.

The organisation may stand in the first of its rows, or alone in a row above them.
"""

from collections import defaultdict
from collections.abc import Iterator
from functools import cached_property
from itertools import groupby, pairwise
from typing import Any

from django.utils.translation import gettext as _

from partners.intake.batches import Record
from partners.intake.kinds import Ask, in_short, yes_or_no
from partners.intake.plans import Line
from partners.intake.register import Register
from partners.models import ImportBatch, Organisation
from partners.reading.addresses import is_of_anybody
from partners.sheets import cells, groups
from partners.sheets.weighing import is_full_name

ALONE = "alone:{name}"  # under which it is kept whether a name alone in its row is a person's


class Groups:
    """Finds the groups of a list; *subjects* are the meanings that tell whom its rows are about.

    Whom an address or the portal says to be of another organisation is never in the group.
    """

    def __init__(
        self, batch: ImportBatch, register: Register, records: list[Record], *subjects: str
    ) -> None:
        self._said: dict[str, str] = batch.decisions.get("asks", {})
        self._register = register
        self._subjects = subjects
        self._sheets: list[dict[str, Any]] = batch.table["sheets"]
        self._known: dict[str, Organisation | None] = {}
        self._doubtful: dict[str, Ask] = {}  # by row: whether its name is an organisation's
        self._alone = self._heads_alone(records)
        self._heads = groups.heads(self._rows(records))
        self._records = records
        self._in_group: dict[int, list[Record]] = {}
        for record in records:
            if record.key in self._heads and not self._is_of_another(record):
                self._in_group.setdefault(record.sheet, []).append(record)
        self._asks = {sheet: self._ask(sheet) for sheet in self._in_group}
        self._mine = {record.key for rows in self._in_group.values() for record in rows}
        for sheet, rows in self._in_group.items():
            for record in rows if self._asks[sheet].answer == "yes" else ():
                record.values["organisation"] = self._heads[record.key]

    def read(self, line: Line) -> None:
        """Put the question to a row of a group, or say how it was read."""
        key, sheet = line.record.key, line.record.sheet
        if key in self._doubtful:
            line.asks.append(self._doubtful[key])
        if key in self._mine:
            line.asks.append(self._asks[sheet])
            if self._asks[sheet].answer == "yes":
                text = _("The organisation is taken from the row above: %(organisation)s.")
                line.notes.append(text % {"organisation": self._heads[key]})
        elif key in self._heads:
            text = _("Listed beneath %(organisation)s, but belongs to another "
                     "organisation, so %(organisation)s is not filled in.")  # fmt: skip
            line.notes.append(text % {"organisation": self._heads[key]})
            line.proposals.setdefault("organisation", "")  # to be written, if somebody knows it

    def leaves_out(self, line: Line) -> bool:
        """Whether a row is nobody's: its organisation heads the rows below it."""
        if line.record.key not in self._alone:
            return False
        line.notes.append(_("Is the organisation of the rows below, and no person."))
        return True

    # Names alone in their rows

    def _heads_alone(self, records: list[Record]) -> set[str]:
        """The rows that hold the name of an organisation alone, where its people stand."""
        found = set()
        for record, after in pairwise([*records, None]):
            if record and after and self._may_be_alone(record, after):
                name = record.get(self._subjects[0])
                if self._meant(name) or cells.has_company_form(name):
                    found.add(record.key)
                elif not is_full_name(name):
                    ask = self._doubtful[record.key] = self._ask_alone(name)
                    found |= {record.key} if ask.answer == "organisation" else set()
        return found

    def _may_be_alone(self, record: Record, after: Record) -> bool:
        """Whether a row has only a name, and the next one somebody of no organisation."""
        is_next = after.sheet == record.sheet and after.number == record.number + 1
        has_only_a_name = set(record.values) == {self._subjects[0]} and not any(
            record.marks.values()
        )
        has_more = len(after.values) > 1 or any(after.marks.values())
        is_free = not after.get("organisation") and record.columns > 2
        return is_next and has_only_a_name and has_more and is_free

    def _ask_alone(self, name: str) -> Ask:
        key = ALONE.format(name=cells.fold(name))[:100]
        text = _("“%(name)s” stands alone in its row. What is it?") % {"name": name}
        answers = [
            ("organisation", _("The organisation of the rows below")),
            ("person", _("A person")),
        ]
        return Ask(key, text, answers, self._said.get(key, ""))

    # Groups

    def _rows(self, records: list[Record]) -> Iterator[groups.Row]:
        for sheet, rows in groupby(records, key=lambda record: record.sheet):
            yield groups.Row("", -1, "", "")  # nothing stands above the first row of a sheet
            found = [*map(self._row, rows), *self._passed_over(sheet)]
            yield from sorted(found, key=lambda row: row.number)

    def _row(self, record: Record) -> groups.Row:
        whom = next(filter(None, map(record.get, self._subjects)), "")
        if record.key in self._alone:
            return groups.Row(record.key, record.number, whom, "", record.is_apart)
        head = record.get("organisation")
        is_empty = "organisation" not in {*record.silent, *record.corrected, *record.cell_marks}
        subject = whom if is_empty or head else ""
        return groups.Row(record.key, record.number, head, subject, record.is_apart)

    def _passed_over(self, sheet: int) -> Iterator[groups.Row]:
        """Rows that were none of the list for they hold the name of an organisation alone."""
        told: dict[int, bool] = defaultdict(bool)
        told |= {number: is_apart for number, _row, is_apart in self._sheets[sheet]["rows"]}
        for number, text, *_why in self._sheets[sheet]["left_out"]:
            if cells.has_company_form(text):
                yield groups.Row("", number, text, "", told[number + 1])

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
        heads = self._domains.get(cells.fold(head), set()) if domain else set()
        return bool(domain and heads and domain not in heads)

    @cached_property
    def _domains(self) -> dict[str, set[str]]:
        return _domains(self._records)

    def _ask(self, sheet: int) -> Ask:
        rows = self._in_group[sheet]
        first = self._heads[rows[0].key]
        said = {
            "rows": in_short(record.number for record in rows),
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
        return Ask(key, text, yes_or_no(), self._said.get(key, ""))


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
