"""Pages and files of the reports."""

import logging
from dataclasses import dataclass
from decimal import Decimal
from itertools import chain
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from learning.models import LearningSession
from learning.participation import files
from learning.participation import rows as places
from learning.participation.forms import ReportForm, RowsForm, presets
from learning.participation.months import months
from learning.participation.report import (
    DEFINITIONS,
    By,
    Report,
    Row,
    before,
    ordered,
    report,
)
from learning.participation.rows import UNKNOWN, Period, Selection
from learning.permissions import may_read_reports
from partners.models import Organisation, Sector
from partners.permissions import may_correct, require
from partners.requests import Request, pk_in
from partners.sheets import writer

log = logging.getLogger(__name__)

ROWS_A_PAGE = 200  # places; the file has all
FIGURES_A_PAGE = 50  # organisations, or what else is added up
UNSEEN = 50  # partners not seen; the file has all
ENDINGS = {"csv", "xlsx"}
DEFAULT_SORTS = {By.SESSION: "name"}  # in order of time


@dataclass(frozen=True)
class Figure:
    """A number of the report and the query that opens the rows behind it."""

    label: str
    value: object
    query: str = ""
    decimals: int = 0


@dataclass(frozen=True)
class Change:
    """A figure of the period beside that of the year before."""

    now: int
    then: int

    @property
    def by(self) -> int:
        return abs(self.now - self.then)

    @property
    def is_more(self) -> bool:
        return self.now > self.then


def _query(period: Period, by: By, **more: str) -> str:
    chosen = {"start": period.first.isoformat(), "end": period.last.isoformat(), "by": by.value}
    return urlencode(chosen | {key: value for key, value in more.items() if value})


def _figures(row: Row, found: Report) -> list[Figure]:
    """The figures of one row in the order of the table's columns."""

    def opened(label: str, value: object, counted: str, decimals: int = 0) -> Figure:
        query = _query(found.period, found.by, key=row.key, counted=counted)
        return Figure(label, value, query, decimals)

    return [
        opened(pgettext("how many", "Registered"), row.registered, "registered"),
        opened(_("Attended"), row.attended, "attended"),
        opened(_("Did not come"), row.absent, "absent"),
    ]


def _more_figures(row: Row, found: Report) -> list[Figure]:
    """Those that are shown when somebody asks for them."""

    def opened(label: str, value: object, counted: str) -> Figure:
        return Figure(label, value, _query(found.period, found.by, key=row.key, counted=counted))

    return [
        opened(_("Of whom excused"), row.excused, "excused"),
        opened(_("Walk-ins"), row.walk_ins, "walk_ins"),
        opened(_("Not noted"), row.not_noted, "not_noted"),
        opened(_("Waiting list"), row.queued, "queued"),
        opened(_("Organisations"), row.organisations, "attended"),
        opened(_("First time"), row.first_timers, "first_timers"),
    ]


@dataclass(frozen=True)
class Line:
    """A row of the table: figures that open their rows, and what else stands in it."""

    row: Row
    figures: list[Figure]
    more: list[Figure]
    turnout: Decimal | None  # in per cent


def _line(row: Row, found: Report, *, with_more: bool) -> Line:
    more = _more_figures(row, found) if with_more else []
    return Line(row, _figures(row, found), more, row.turnout and row.turnout * 100)


@require_safe
def participation(request: Request) -> HttpResponse:
    require(may_read_reports(request.user))
    form = ReportForm(request.GET)
    context: dict[str, object] = {
        "form": form,
        "definitions": DEFINITIONS,
        "presets": [(name, p, _query(p, By.ORGANISATION)) for name, p in presets()],
    }
    if not form.is_valid():
        return render(request, "learning/participation/participation.html", context, status=422)
    found = report(form.period, form.grouping, request.user, timezone.now())
    context |= _added_up(found, form, request.GET.get("page"))
    if found.sessions:
        context |= _compared(request, found)
    else:
        context["before"] = _nearest_before(request, found.period)
    return render(request, "learning/participation/participation.html", context)


def _compared(request: Request, found: Report) -> dict[str, object]:
    """The figures beside those of the year before, and by month. Four queries at most."""
    earlier = before(found.period, request.user, timezone.now())
    held = earlier.sessions if earlier else []
    attended = places.attended_by_session([one.pk for one in [*found.sessions, *held]])
    by_month = months(found.period, found.sessions, held, attended, timezone.localdate())
    changes = {}
    if earlier:
        then, now = earlier.total, found.total
        changes = {
            "sessions": Change(now.sessions, then.sessions),
            "attended": Change(now.attended, then.attended),
            "reached": Change(found.reached, earlier.reached),
        }
        if now.turnout is not None and then.turnout is not None:
            changes["turnout"] = Change(round(now.turnout * 100), round(then.turnout * 100))
    least = [one for one in found.reach if one.reached < one.partners]
    least.sort(key=lambda one: (one.reached / one.partners, one.reached - one.partners))
    return {
        "earlier": earlier,
        "changes": changes,
        "months": by_month,
        "least_reached": least[0] if least else None,
    }


def _added_up(found: Report, form: ReportForm, number: str | None) -> dict[str, object]:
    """What the page shows of a report, the form filled in with what was chosen."""
    period, by = found.period, found.by
    with_more = form.cleaned_data["more"]
    sort = form.cleaned_data["sort"] or DEFAULT_SORTS.get(by, "-hours")
    page = Paginator(ordered(found.rows, sort), FIGURES_A_PAGE).get_page(number)
    return {
        "form": ReportForm({"start": period.first, "end": period.last, "by": by.value}),
        "sort": sort,
        "with_more": with_more,
        "period": period,
        "report": found,
        "heading": files.heading(by),
        "tabs": [(files.heading(b), _query(period, b), b is by) for b in By],
        "page": page,
        "lines": [_line(row, found, with_more=with_more) for row in page],
        "unseen": found.unseen[:UNSEEN],
        "turnout": found.total.turnout and found.total.turnout * 100,
        "by_session": _query(period, By.SESSION),
        "total": _line(found.total, found, with_more=with_more),
        "query": _query(period, by),
    }


def _nearest_before(request: Request, period: Period) -> LearningSession | None:
    sessions = LearningSession.objects.visible_to(request.user).live()
    return sessions.filter(starts_at__lt=period.moments()[0]).order_by("-starts_at").first()


@require_safe
def participation_file(request: Request, ending: str) -> HttpResponseBase:
    """The table of the page as a file; back to the page where there is nothing to write."""
    require(may_read_reports(request.user))
    form = ReportForm(request.GET)
    if ending not in ENDINGS:
        raise Http404
    if not form.is_valid():
        return redirect(f"{reverse('participation')}?{request.GET.urlencode()}")
    period, by = form.period, form.grouping
    found = report(period, by, request.user, timezone.now())
    if not found.rows:
        return redirect(f"{reverse('participation')}?{_query(period, by)}")
    log.info("participation %s taken out by person %s", ending, request.user.pk)
    name = files.file_name(period)
    if ending == "xlsx":
        return writer.xlsx_response(name, files.summary_sheets(found))
    return writer.csv_response(name, files.summary_rows(found), files.summary_columns(by))


def _selection(request: Request, form: RowsForm) -> tuple[Selection, list[str]]:
    """The places the reader asks for, and what they are in words; 404 for an unknown row."""
    by, key = form.grouping, form.cleaned_data["key"]
    counted = form.cleaned_data["counted"]
    sessions = places.begun_in(form.period, request.user, timezone.now())
    if not key:
        return Selection(sessions, counted), []
    if by in (By.ORGANISATION, By.SECTOR):
        ids, name = _of_sector(key) if by is By.SECTOR else _organisation(request, key)
        return Selection(sessions, counted, ids, key == UNKNOWN, of_all=False), [name]
    if by is By.SERIES:
        chosen = [session for session in sessions if str(session.series_id) == key]
        names = {session.series.title for session in chosen}
    else:
        chosen = [session for session in sessions if str(session.pk) == key]
        names = {session.title for session in chosen}
    if not chosen:
        raise Http404
    return Selection(chosen, counted), sorted(names)


def _of_sector(key: str) -> tuple[list[int], str]:
    """Ids of a sector's organisations, with its name. One query."""
    names = {value: str(label) for value, label in Sector.choices}
    names[UNKNOWN] = _("Sector not known")
    if key not in names:
        raise Http404
    known = Organisation.objects.values_list("pk", "sector")
    return [pk for pk, sector in known if (sector or UNKNOWN) == key], names[key]


def _organisation(request: Request, key: str) -> tuple[list[int], str]:
    """Id of one organisation, or of none, with its name. One query."""
    if key == UNKNOWN:
        return [], _("No organisation")
    found = get_object_or_404(Organisation, pk=pk_in(request.GET, "key"))
    return [found.pk], found.name


def _counted_label(counted: str) -> str:
    return {
        "registered": pgettext("how many", "Registered"),
        "attended": _("Attended"),
        "attended_registered": _("Attended with a registration"),
        "walk_ins": _("Walk-ins"),
        "absent": _("Did not come"),
        "excused": _("Excused"),
        "not_noted": _("Not noted"),
        "queued": _("Waiting list"),
        "first_timers": _("First time"),
    }.get(counted, _("Everybody registered or present"))


@require_safe
def participation_rows(request: Request) -> HttpResponse:
    require(may_read_reports(request.user))
    form = RowsForm(request.GET)
    if not form.is_valid():
        return redirect(f"{reverse('participation')}?{request.GET.urlencode()}")
    selection, names = _selection(request, form)
    number_of = places.numbers(selection)
    number = sum(number_of.values())
    page = Paginator(range(number), ROWS_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "period": form.period,
        "back": _query(form.period, form.grouping),
        "query": urlencode([(k, v) for k, v in request.GET.items() if k != "page"]),
        "number": number,
        "page": page,
        "what": _counted_label(form.cleaned_data["counted"]),
        "names": names,
        "may_correct": may_correct(request.user),
        "rows": places.page(selection, number_of, ROWS_A_PAGE, page.start_index() - 1)
        if number
        else [],
    }
    return render(request, "learning/participation/participation_rows.html", context)


@require_safe
def participation_rows_file(request: Request, ending: str) -> HttpResponseBase:
    """The rows as a file, all of them; back to the page where there are none."""
    require(may_read_reports(request.user))
    form = RowsForm(request.GET)
    if ending not in ENDINGS:
        raise Http404
    if not form.is_valid():
        return redirect(f"{reverse('participation')}?{request.GET.urlencode()}")
    selection, names = _selection(request, form)
    period = form.period
    found = places.places(selection)
    first = next(found, None)
    if first is None:
        return redirect(f"{reverse('participation_rows')}?{request.GET.urlencode()}")
    log.info("participation rows %s taken out by person %s", ending, request.user.pk)
    name = files.file_name(period, rows=True)
    rows = chain([first], found)
    if ending == "csv":
        return writer.csv_response(name, rows, files.place_columns())
    filtered = ", ".join([*names, _counted_label(form.cleaned_data["counted"])])
    return writer.xlsx_response(name, files.place_sheets(rows, period, filtered))
