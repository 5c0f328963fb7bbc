"""Reading the measures: the list, one measure, and the list as a file."""

from collections import Counter
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from learning.models import Intention, LearningSession
from measures.catalogue import sorting
from measures.catalogue.forms import MeasureFilter
from measures.city.report import the_way
from measures.figures import arithmetic, charts
from measures.figures import files as measure_files
from measures.figures.summary import Summary, counted, summary
from measures.figures.words import COUNTED_AND_NOT, RANGE
from measures.models import Measure, MeasureQuerySet, MeasureReport
from measures.permissions import may_create, may_edit
from partners.models import FocusArea
from partners.permissions import Asker
from partners.requests import OpenRequest
from partners.sheets import writer

ROWS_A_PAGE = 25
ENDINGS = {"csv", "xlsx"}


@require_safe
def measure_list(request: OpenRequest) -> HttpResponse:
    form = MeasureFilter(request.GET, user=request.user)
    wishes = form.wishes
    sort = sorting.known(request.GET.get("sort"))
    found, meant = _found(request, wishes)
    page = Paginator(sorting.in_order(found, sort), ROWS_A_PAGE).get_page(request.GET.get("page"))
    context: dict[str, Any] = {
        "form": form,
        "page": page,
        "rows": [_row(measure) for measure in page],
        "counted": counted(found),
        "sort": sort,
        "sorted": sorting.in_words(sort),
        "meant": meant,
        "query": urlencode([(k, v) for k, v in request.GET.items() if k != "page"]),
        "is_filtered": bool(wishes),
        "pills": [(said, _without(request, name)) for name, said in form.chosen],
        "may_create": may_create(request.user),
    }
    if request.htmx and not request.htmx.history_restore_request:
        return render(request, "measures/catalogue/_measure_results.html", context)
    return render(request, "measures/catalogue/measure_list.html", context | _figures())


@require_safe
def measure_detail(request: HttpRequest, pk: int) -> HttpResponse:
    found = Measure.objects.visible_to(request.user).with_reports()
    related = ("organisation", "focus_area", "challenge", "updated_by", "created_by")
    measure = get_object_or_404(found.select_related(*related), pk=pk)
    is_ours = may_edit(request.user, measure)
    undo = _to_undo(measure, request.user) if is_ours else None
    context = _effect(measure) | {
        "measure": measure,
        "may_edit": is_ours,
        "undo": undo,
        "undo_hidden": {"report": undo.pk, "back": request.path} if undo else None,
        "barriers": measure.barriers.filter(report=None) if request.user.is_authenticated else [],
        "session": _session(request, measure),
        "intention": _intention(request, measure),
    }
    return render(request, "measures/catalogue/measure_detail.html", context)


@require_safe
def measure_file(request: HttpRequest, ending: str) -> HttpResponseBase:
    if ending not in ENDINGS:
        raise Http404
    found, _meant = _found(request, MeasureFilter(request.GET, user=request.user).wishes)
    found = sorting.in_order(found, sorting.known(request.GET.get("sort")))
    name = f"{slugify(_('measures'))}_{timezone.localdate():%Y-%m-%d}"
    if ending == "xlsx":
        return writer.xlsx_response(name, measure_files.sheets(found))
    return writer.csv_response(name, measure_files.rows(found), measure_files.columns())


def _found(request: HttpRequest, wishes: dict[str, Any]) -> tuple[MeasureQuerySet, str]:
    """What is looked for, and what was probably meant where nothing has the words as typed."""
    seen, meant = Measure.objects.visible_to(request.user), ""
    found = seen.matching(wishes, request.user)
    if "q" in wishes and not found.exists():
        others = {name: value for name, value in wishes.items() if name != "q"}
        near, meant = seen.nearest(wishes["q"])
        found = near.matching(others, request.user)
    return found.select_related("organisation", "focus_area"), meant


def _row(measure: Measure) -> tuple[Measure, Decimal | None, Decimal | None]:
    """A measure of the list with what it has achieved, and how many per cent of the plan."""
    achieved: Decimal | None = getattr(measure, "achieved_t", None)
    return measure, achieved, arithmetic.percent_of(achieved, measure.reduction_t)


def _without(request: HttpRequest, name: str) -> str:
    """The query of the list without the wish *name*, from its first page."""
    query = request.GET.copy()
    for key in (name, "page"):
        query.pop(key, None)
    return f"?{query.urlencode()}"


def _figures() -> dict[str, Any]:
    today = timezone.localdate()
    figures = summary(today.year)
    return {
        "figures": figures,
        "way": the_way(figures, today),
        "leading": _leading(figures),
        "areas_chart": charts.areas(figures.areas),
        "what_counts": COUNTED_AND_NOT,
        "how_sure": RANGE,
    }


def _leading(figures: Summary) -> FocusArea | None:
    """The focus area that is expected to give the most; None where no figure is known."""
    known = [row for row in figures.areas if row.expected.tonnes]
    return max(known, key=lambda row: row.expected.tonnes or 0).area if known else None


def _effect(measure: Measure) -> dict[str, Any]:
    """Plan and outcome side by side, and what each report told. No query: the reports are read."""
    expected, reports = measure.reduction_t, list(measure.reports.all())
    latest = next((report for report in reports if report.reduction_t is not None), None)
    achieved = latest.reduction_t if latest else None
    days = Counter(timezone.localdate(report.created_at) for report in reports)
    return {
        "timeline": [
            (
                report,
                arithmetic.difference(expected, report.reduction_t),
                days[timezone.localdate(report.created_at)] > 1,
            )
            for report in reports
        ],
        "range": _range(expected, measure.method),
        "latest": latest,
        "difference": arithmetic.difference(expected, achieved),
        "percent": arithmetic.percent_of(achieved, expected),
        "effect_chart": charts.effect(expected, achieved) if latest else None,
        "range_chart": None if latest else _range_chart(expected, measure.method),
    }


def _to_undo(measure: Measure, user: Asker) -> MeasureReport | None:
    """What *user* said last, while it can be taken back. No query: the reports are read."""
    last = next(iter(measure.reports.all()), None)
    if last is None or last.created_by != user:
        return None
    return last if last.may_be_undone(timezone.now()) else None


def _range(tonnes: Decimal | None, method: str) -> tuple[Decimal, Decimal] | None:
    """The range of an effect as the page shows it, or None where there is no figure."""
    if tonnes is None:
        return None
    low, high = arithmetic.range_of(tonnes, method)
    return arithmetic.two_figures(low), arithmetic.two_figures(high)


def _range_chart(tonnes: Decimal | None, method: str) -> charts.RangeChart | None:
    """Where the effect may lie: drawn as long as there is no outcome to compare it with."""
    return None if tonnes is None else charts.range_of(tonnes, method)


def _session(request: HttpRequest, measure: Measure) -> LearningSession | None:
    """The session the measure grew out of, if the reader may know of it. At most one query."""
    if measure.origin_session_id is None:
        return None
    seen = LearningSession.objects.visible_to(request.user)
    return seen.filter(pk=measure.origin_session_id).first()


def _intention(request: HttpRequest, measure: Measure) -> Intention | None:
    if measure.origin_intention_id is None:
        return None
    return Intention.objects.visible_to(request.user).filter(pk=measure.origin_intention_id).first()
