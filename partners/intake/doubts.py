"""What a file leaves open before its rows are read: hidden rows, two columns for one thing, cells
that are no plain text. Asked once for a sheet, or at the cell."""

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from partners.intake.batches import CONFLICT, Record
from partners.intake.plans import Ask, Line
from partners.models import ImportBatch

_CELLS: dict[str, Promise] = {
    "label": gettext_lazy("This is a formula. Write what it shows."),
    "formula": gettext_lazy("This is a formula without a result. Write what it should say."),
    "error": gettext_lazy("The cell shows an error. Write what it should say."),
    "cut": gettext_lazy("The cell holds more text than fits. Shorten it."),
}


class Doubts:
    """The doubts about the sheets of one list; *words* name the meanings of columns."""

    def __init__(self, batch: ImportBatch, words: Mapping[str, str | Promise]) -> None:
        self._sheets: list[dict[str, Any]] = batch.table["sheets"]
        self._said: dict[str, str] = batch.decisions.get("asks", {})
        self._words = words

    def raise_at(self, line: Line) -> None:
        """Note what is open about the row's sheet and its cells; *line* waits until it is said."""
        record = line.record
        line.asks += self._two_columns(record)
        if record.is_hidden:
            line.asks.append(self._hidden(record))
        for meaning, mark in record.cell_marks.items():
            if mark == "zero":
                line.notes.append(_("The first zero of the telephone number is put back."))
            elif mark in _CELLS and meaning not in record.corrected:
                line.problems[meaning] = str(_CELLS[mark])
                line.proposals[meaning] = record.proposals.get(meaning, "")

    def leaves_out(self, record: Record) -> bool:
        """Whether somebody said that hidden rows do not count."""
        return record.is_hidden and self._hidden(record).answer == "no"

    def _hidden(self, record: Record) -> Ask:
        sheet = self._sheets[record.sheet]
        rows = ", ".join(str(number) for number in sheet["hidden_rows"][:20])
        text = (
            _("Rows %(rows)s of sheet %(sheet)s are hidden in the file. Should they be read?")
            if sheet["name"]
            else _("Rows %(rows)s are hidden in the file. Should they be read?")
        ) % {"rows": rows, "sheet": sheet["name"]}
        key = f"hidden:{record.sheet}"
        answers = [("yes", _("Yes")), ("no", _("No, leave them out"))]
        return Ask(key, text, answers, self._said.get(key, ""))

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
