"""The participation report and the rows behind it as columns and sheets."""

from collections.abc import Iterable, Iterator

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from learning.participation.report import DEFINITIONS, By, Report, Row
from learning.participation.rows import Period, Place
from partners.reading.addresses import readable
from partners.sheets.writer import Cell, Column, Kind, Sheet


def file_name(period: Period, *, rows: bool = False) -> str:
    """deltagande_2026-01-01_2026-12-31, in the reader's language and without ending."""
    stem = (
        pgettext("file name", "participation-rows")
        if rows
        else pgettext("file name", "participation")
    )
    return f"{stem}_{period.first}_{period.last}"


def heading(by: By) -> str:
    """What the first column of the report holds."""
    return {
        By.ORGANISATION: _("Organisation"),
        By.SECTOR: _("Sector"),
        By.SERIES: _("Series"),
        By.SESSION: _("Session"),
    }[by]


def summary_columns(by: By) -> list[Column]:
    day = [Column(_("Date"), Kind.DATE, 12)] if by is By.SESSION else []
    return [
        *day,
        Column(heading(by), width=40),
        Column(_("Sessions"), Kind.INTEGER, 10),
        Column(pgettext("how many", "Registered"), Kind.INTEGER, 12),
        Column(_("Attended"), Kind.INTEGER, 12),
        Column(_("Attended with a registration"), Kind.INTEGER, 14),
        Column(_("Walk-ins"), Kind.INTEGER, 12),
        Column(_("Did not come"), Kind.INTEGER, 12),
        Column(_("Of whom excused"), Kind.INTEGER, 12),
        Column(_("Not noted"), Kind.INTEGER, 12),
        Column(_("Waiting list"), Kind.INTEGER, 12),
        Column(_("Turnout"), Kind.PERCENT, 11),
        Column(_("Person-hours"), Kind.DECIMAL, 12),
        Column(_("Organisations"), Kind.INTEGER, 14),
        Column(_("First time"), Kind.INTEGER, 12),
    ]


def _cells(row: Row, by: By) -> tuple[Cell, ...]:
    day: tuple[Cell, ...] = (row.day,) if by is By.SESSION else ()
    return (
        *day,
        row.name,
        row.sessions,
        row.registered,
        row.attended,
        row.attended_registered,
        row.walk_ins,
        row.absent,
        row.excused,
        row.not_noted,
        row.queued,
        row.turnout,
        row.hours,
        row.organisations,
        row.first_timers,
    )


def summary_rows(report: Report) -> Iterator[tuple[Cell, ...]]:
    """The rows of the report and, last, their total."""
    for row in [*report.rows, report.total]:
        yield _cells(row, report.by)


def summary_sheets(report: Report) -> list[Sheet]:
    unseen: list[tuple[Cell, ...]] = []
    for item in report.unseen:
        name = item.organisation.name
        contacts = [
            (name, person.name, person.email and readable(person.email)) for person in item.contacts
        ]
        unseen += contacts or [(name, None, None)]
    unseen_columns = [
        Column(_("Organisation"), width=40),
        Column(_("Contact person"), width=30),
        Column(_("E-mail"), width=45),
    ]
    facts = [
        (_("Grouped by"), heading(report.by)),
        (_("Sessions"), str(len(report.sessions))),
        (
            _("Partners reached"),
            _("%(reached)d of %(partners)d")
            % {"reached": report.reached, "partners": report.partners},
        ),
        (_("Other organisations reached"), str(report.not_partners)),
    ]
    return [
        Sheet(heading(report.by), summary_columns(report.by), summary_rows(report)),
        about(report.period, facts),
        Sheet(_("Partners not seen"), unseen_columns, unseen),
    ]


def about(period: Period, facts: list[tuple[str, str]]) -> Sheet:
    """The sheet that says what was counted and how."""
    days = _("%(first)s up to and including %(last)s") % {
        "first": period.first,
        "last": period.last,
    }
    written = timezone.localtime(timezone.now()).strftime("%Y-%m-%d %H:%M")
    rows = [
        (_("Report"), _("Participation")),
        (_("Period"), days),
        *facts,
        (_("Written"), written),
        *((str(term), str(text)) for term, text in DEFINITIONS),
    ]
    columns = [Column(_("What"), width=30), Column(_("How"), width=100)]
    return Sheet(_("About the report"), columns, rows)


def place_columns() -> list[Column]:
    return [
        Column(_("Date"), Kind.DATE, 12),
        Column(_("Session"), width=40),
        Column(_("Series"), width=34),
        Column(_("Person"), width=26),
        Column(_("Organisation"), width=36),
        Column(_("Sector"), width=18),
        Column(_("Registration"), width=16),
        Column(_("Attendance"), width=18),
        Column(_("First time"), width=14),
        Column(_("Person-hours"), Kind.DECIMAL, 12),
    ]


def place_sheets(places: Iterable[Place], period: Period, filtered: str) -> list[Sheet]:
    return [
        Sheet(_("Participation"), place_columns(), places),
        about(period, [(_("Filter"), filtered)]),
    ]
