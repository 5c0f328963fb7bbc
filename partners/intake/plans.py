"""What an uploaded list will do, row by row, and what somebody decided about it."""

import gc
import logging
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import IntegrityError, OperationalError, models, transaction
from django.http import QueryDict
from django.utils import timezone
from django.utils.functional import Promise, cached_property
from django.utils.translation import gettext, npgettext
from django.utils.translation import gettext_lazy as _

from partners import patience
from partners.intake import batches
from partners.intake.batches import Record
from partners.intake.columns import MEANING_WORDS
from partners.intake.kinds import NEW_CHOICE, NONE_CHOICE, OUT_CHOICE, Ask, ListKind
from partners.intake.register import Register, each_once
from partners.models import ImportBatch, Organisation, Sector, User
from partners.reading.text import one_line
from partners.sheets import cells

logger = logging.getLogger(__name__)


class LineStatus(models.TextChoices):
    """What will happen with a row of a list."""

    DECISION = "decision", _("needs a decision")
    WRONG = "wrong", _("needs correcting")  # taken in without what is wrong
    NEW = "new", _("new")
    CHANGED = "changed", _("is filled in")  # the portal knows it, and learns something
    SAME = "same", _("nothing changes")
    WAITING = "waiting", _("waits for its session")  # which is asked about once, above the rows
    REPEATED = "repeated", _("said twice")  # said before in the same list
    LEFT_OUT = "left_out", _("left out")


# Rows of which something is left to be said; with a decision they can still be imported.
OPEN = (LineStatus.DECISION, LineStatus.WAITING, LineStatus.WRONG)


def counted(status: LineStatus, n: int) -> str:
    """The word beside a number of rows: 1 new row is "ny" in Swedish, and 2 are "nya"."""
    return {
        LineStatus.DECISION: npgettext("rows", "needs a decision", "need a decision", n),
        LineStatus.WRONG: npgettext("rows", "needs correcting", "need correcting", n),
        LineStatus.NEW: npgettext("rows", "new", "new", n),
        LineStatus.CHANGED: npgettext("rows", "is completed", "are completed", n),
        LineStatus.SAME: npgettext("rows", "unchanged", "unchanged", n),
        LineStatus.WAITING: npgettext("rows", "waits for its session", "wait for a session", n),
        LineStatus.REPEATED: npgettext("rows", "duplicate", "duplicates", n),
        LineStatus.LEFT_OUT: npgettext("rows", "left out", "left out", n),
    }[status]


TAG_KINDS = {"new": "ok", "changed": "ok", "decision": "warn", "wrong": "err"}


@dataclass
class Correction:
    """A cell that can be corrected on the page."""

    name: str
    label: str | Promise
    text: str
    problem: str
    proposal: str


@dataclass
class Line:
    """A row and what will happen with it."""

    words: ClassVar[Mapping[str, str | Promise]] = MEANING_WORDS  # of the columns

    record: Record
    status: LineStatus = LineStatus.SAME
    organisation: Organisation | None = None
    person: User | None = None
    alike: list[Organisation] = field(default_factory=list)
    changes: list[str] = field(default_factory=list)  # sentences
    notes: list[str] = field(default_factory=list)  # sentences
    problems: dict[str, str] = field(default_factory=dict)  # meaning: sentence
    proposals: dict[str, str] = field(default_factory=dict)  # meaning: a likely correction
    asks: list[Ask] = field(default_factory=list)
    # What the row says as it was understood, for people to check; worked out where it is shown.
    facts: Callable[[], list[str]] = list
    question: str = ""
    is_asked_above: bool = False  # the same question stands at an earlier row of the page
    chosen: str = ""  # the answer to the question so far

    @property
    def name(self) -> str:
        return self.record.get("organisation")

    @property
    def waits(self) -> bool:
        """Whether something must be answered first."""
        return bool(self.question) or any(not ask.answer for ask in self.asks)

    @property
    def title(self) -> str:
        return self.name

    @property
    def subtitle(self) -> str:
        said = [self.record.get("contact"), self.record.get("email")]
        return ", ".join(text for text in said if text)

    @property
    def sheet_name(self) -> str:
        return ""

    @property
    def folded(self) -> str:
        return cells.fold(self.name)

    @property
    def corrections(self) -> list["Correction"]:
        """Cells to be looked at."""
        meanings = dict.fromkeys([*self.problems, *self.proposals, *self.record.corrected])
        return [
            Correction(
                f"{self.record.key}:{meaning}",
                self.words[meaning],
                self.record.get(meaning),
                self.problems.get(meaning, ""),
                self.proposals.get(meaning, ""),
            )
            for meaning in meanings
        ]

    @property
    def tag_kind(self) -> str:
        return TAG_KINDS.get(self.status, "plain")

    @property
    def options(self) -> list[tuple[str, str]]:
        """Organisations the row may mean, as (choice, name)."""
        likely = list(self.alike)
        if self.organisation and self.chosen == choice_of(self.organisation):
            likely = each_once([*likely, self.organisation])
        return [(choice_of(organisation), organisation.name) for organisation in likely]


@dataclass
class Plan:
    """What applying an import would do now."""

    lines: list[Line]
    register: Register

    @property
    def asks(self) -> list[Ask]:
        """Every question about more than an organisation, once, with the rows that wait for it."""
        asked: dict[str, Ask] = {}
        for line in self.lines:
            for ask in line.asks:
                asked.setdefault(ask.key, replace(ask, rows=[])).rows.append(
                    line.title or line.subtitle
                )
        return list(asked.values())

    @property
    def undecided(self) -> int:
        """How many decisions are waited for: organisations and questions, each counted once."""
        organisations = {line.folded for line in self.lines if line.question}
        return len(organisations) + sum(1 for ask in self.asks if not ask.answer)

    @property
    def is_misread(self) -> bool:
        """Whether something that was typed on the page is not understood."""
        return any(
            line.record.get(meaning) and meaning in line.problems
            for line in self.lines
            for meaning in line.record.corrected
        )

    def counts(self) -> Counter[str]:
        return Counter(line.status.value for line in self.lines)

    @property
    def changes_nothing(self) -> bool:
        return not self.register.new_rows and not self.register.changed


def choice_of(organisation: Organisation) -> str:
    """How a decision names an organisation, also one that is not saved yet."""
    return str(organisation.pk) if organisation.pk else f"as:{cells.fold(organisation.name)}"


def decide(batch: ImportBatch, kind: ListKind, said: QueryDict) -> list[str]:
    """Keep what was corrected and chosen on the page; what is not understood is passed over.

    Names of fields: cell:<row>:<meaning>, organisation:<folded name>, named:<folded name> for an
    organisation by its name, ask:<key>, column:<sheet>-<place>, and those that *kind* has keepers
    for; "use" takes over a proposed correction. Returns names that no organisation has.
    """
    with transaction.atomic():
        batch_now = ImportBatch.objects.select_for_update(of=("self",)).get(pk=batch.pk)
        page = _Page(batch_now, kind)
        for name, values in said.lists():
            value = next((one_line(v)[:300] for v in values if v.strip()), "")
            what, _colon, rest = name.partition(":")
            if what == "use":
                key, _colon, text = value.partition(" ")
                what, rest, value = "cell", key, text
            if rest:
                _keep(page, what, rest, value)
        batch_now.save(update_fields=["decisions"])
    batch.decisions = batch_now.decisions
    return page.unknown


def fill(
    line: Line, register: Register, row: Organisation | User, name: str, value: object
) -> None:
    """Fill in what the portal does not know of *row*; what it knows stays, and that is said."""
    if not value:
        return
    known = getattr(row, name)
    said = {
        "what": _what(row, name),
        "value": Sector(value).label if value in Sector.values else value,
    }
    if not known:
        register.change(row, name, value)
        line.changes.append(gettext("Adds %(what)s: %(value)s.") % said)
    elif known != value:
        line.notes.append(
            gettext("In the list, %(what)s is %(value)s. What the portal has is kept.") % said
        )


def _what(row: Organisation | User, name: str) -> str:
    """The word for a field, as it stands within a sentence."""
    field = row._meta.get_field(name)
    assert isinstance(field, models.Field)
    return gettext("joining date") if name == "joined_on" else str(field.verbose_name).lower()


@contextmanager
def no_rubbish() -> Iterator[None]:
    """For making a plan: its rows live until it is shown, so nobody looks for rubbish among them.

    Looking costs a third of the time at 20,000 rows, and more the longer a list is.
    """
    was_looking = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_looking:
            gc.enable()


@contextmanager
def tried(batch: ImportBatch) -> Iterator[None]:
    """Do what is inside whole, or refuse it with words and keep nothing of it.

    A decision is tried before it is kept: whatever it leads to, the page of its list must live.
    Raises ValidationError ("untenable"); what another did at the same time is left to the caller.
    """
    try:
        with transaction.atomic():
            yield
    except (IntegrityError, OperationalError):
        raise
    except Exception as problem:
        logger.exception("What was decided about list %s cannot be carried out.", batch.pk)
        raise ValidationError(
            _("What you chose cannot be carried out, and was not kept. Choose something else, or"
              " leave the row out."),
            code="untenable",
        ) from problem  # fmt: skip


def _keep(page: "_Page", what: str, name: str, value: str) -> None:
    if what in _KEEPERS:
        _KEEPERS[what](page, name, value)
    elif what in page.kind.keepers:
        page.kind.keepers[what](page.decisions, name, value)


class _Page:
    """What the page shows of an import while it is decided about; read once, at the first need."""

    def __init__(self, batch: ImportBatch, kind: ListKind) -> None:
        self.batch = batch
        self.kind = kind
        self.decisions: dict[str, Any] = batch.decisions
        self.meanings = kind.rules.meanings
        self.unknown: list[str] = []  # names somebody wrote, which no organisation has

    @cached_property
    def rows(self) -> dict[str, Record]:
        return {record.key: record for record in batches.records(self.batch, self.kind)}

    @cached_property
    def organisations(self) -> dict[str, int]:
        """Ids by folded name."""
        known = Organisation.objects.values_list("name", "pk")
        return {cells.fold(name): pk for name, pk in known}

    @cached_property
    def columns(self) -> set[str]:
        return {
            f"{number}-{place}"
            for number, sheet in enumerate(self.batch.table["sheets"])
            for place, _column in enumerate(sheet["columns"])
        }


def _keep_cell(page: _Page, name: str, value: str) -> None:
    key, _colon, meaning = name.partition(":")
    row = page.rows.get(key)
    if row and meaning in page.meanings and row.get(meaning) != value:
        page.decisions.setdefault("cells", {}).setdefault(key, {})[meaning] = value
        row.values[meaning] = value  # a "use" in the same post is weighed against this


def _keep_organisation(page: _Page, name: str, value: str) -> None:
    known = value in {NEW_CHOICE, OUT_CHOICE, NONE_CHOICE, ""} or value.isdigit()
    if known or value.startswith("as:"):
        page.decisions.setdefault("organisations", {})[name[:200]] = value


def _keep_named(page: _Page, name: str, value: str) -> None:
    pk = page.organisations.get(cells.fold(value)) if value else None
    if pk:
        page.decisions.setdefault("organisations", {})[name[:200]] = str(pk)
    elif value:
        page.unknown.append(value)


def _keep_column(page: _Page, name: str, value: str) -> None:
    if name in page.columns and value in {*page.meanings, NONE_CHOICE}:
        page.decisions.setdefault("columns", {})[name] = value


def _keep_ask(page: _Page, name: str, value: str) -> None:
    if len(name) <= 500 and len(value) <= 20:
        page.decisions.setdefault("asks", {})[name] = value


_KEEPERS = {
    "ask": _keep_ask,
    "cell": _keep_cell,
    "organisation": _keep_organisation,
    "named": _keep_named,
    "column": _keep_column,
}


def lock(batch: ImportBatch) -> ImportBatch:
    """Let one import at a time be applied, and return *batch* as it is now."""
    patience.take_turn("northstar.import")
    return ImportBatch.objects.select_for_update(of=("self",)).get(pk=batch.pk)


def finish(
    batch: ImportBatch, result: dict[str, Any], *, nothing: bool, by: User
) -> dict[str, Any]:
    """Keep the result of applying; one that changed nothing does not hide an earlier one.

    A list of which nothing could be taken is not imported: its rows still wait. Returns what came
    of it now, with "nothing" where that is so.
    """
    waits = any(result.get(status) for status in OPEN)
    if not nothing or (batch.result is None and not waits):
        batch.result = result
        batch.applied_at, batch.applied_by = timezone.now(), by
        batch.save(update_fields=["result", "applied_at", "applied_by"])
    return result | {"nothing": nothing}
