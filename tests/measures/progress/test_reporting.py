from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from measures.models import Effect, Measure, MeasureReport
from measures.planning import planning
from measures.progress import reporting
from measures.progress.forms import ProgressForm
from tests.builders import make_measure


def a_report(**fields):
    return {
        "status": "completed",
        "text": "Allt är på plats.",
        "reduction_t": Decimal("9"),
        "method": "measured",
    } | fields


def test_a_report_tells_the_status_and_leaves_the_plan(bostaden, ada):
    measure = make_measure(bostaden, status="planned")
    report = reporting.report_progress(measure, a_report(), {"sub_optimisation": "Mål"}, by=ada)
    measure.refresh_from_db()
    assert measure.status == "completed"
    assert measure.reduction_t == Decimal("12.5")
    assert (measure.version, measure.updated_by) == (2, ada)
    assert [(b.type, b.report) for b in measure.barriers.all()] == [("sub_optimisation", report)]


def test_a_double_click_makes_one_report(bostaden, ada, cai):
    measure = make_measure(bostaden)
    first = reporting.report_progress(measure, a_report(), {}, by=ada)
    assert reporting.report_progress(measure, a_report(), {}, by=ada) == first
    assert reporting.report_progress(measure, a_report(), {}, by=cai) != first


def test_nothing_new_keeps_the_state_and_says_when_it_was_said(bostaden, ada):
    measure = make_measure(bostaden, status="in_progress")
    told = reporting.report_progress(measure, a_report(status="paused"), {}, by=ada)
    before = Measure.objects.get().updated_at
    report = reporting.no_news(measure, by=ada)
    assert reporting.no_news(measure, by=ada) == report
    assert report != told
    assert (report.status, report.text, report.reduction_t) == ("paused", "Inget nytt.", None)
    measure.refresh_from_db()
    assert (measure.status, measure.reduction_t) == ("paused", Decimal("12.5"))
    assert measure.updated_at > before
    assert measure.version == 2, "nobody who is editing is disturbed"


def told_nothing_new(bostaden, ada, time_machine):
    time_machine.move_to("2026-06-01 09:00+02:00", tick=False)
    measure = make_measure(bostaden)
    before = measure.updated_at
    time_machine.move_to("2026-11-30 09:00+01:00", tick=False)
    return measure, before, reporting.no_news(measure, by=ada)


def test_nothing_new_is_taken_back_as_if_never_pressed(bostaden, ada, cai, time_machine):
    measure, before, report = told_nothing_new(bostaden, ada, time_machine)
    time_machine.move_to("2026-11-30 09:14+01:00", tick=False)
    reporting.take_back(measure, report.pk, by=cai)
    assert measure.reports.get() == report
    reporting.take_back(measure, report.pk, by=ada)
    reporting.take_back(measure, report.pk, by=ada)
    measure.refresh_from_db()
    assert (measure.reports.count(), measure.updated_at) == (0, before)
    assert reporting.no_news(measure, by=ada) != report


def test_after_fifteen_minutes_it_stands(bostaden, ada, time_machine):
    measure, _, report = told_nothing_new(bostaden, ada, time_machine)
    time_machine.move_to("2026-11-30 09:15+01:00", tick=False)
    with pytest.raises(ValidationError, match="för sent"):
        reporting.take_back(measure, report.pk, by=ada)
    assert measure.reports.get() == report


def test_what_was_changed_since_then_stays_changed(bostaden, ada, cai, time_machine):
    measure, _, report = told_nothing_new(bostaden, ada, time_machine)
    time_machine.move_to("2026-11-30 09:05+01:00", tick=False)
    planning.update(measure, {"title": "Annat"}, version=1, by=cai)
    changed = Measure.objects.get().updated_at
    reporting.take_back(measure, report.pk, by=ada)
    measure.refresh_from_db()
    assert (measure.title, measure.updated_at) == ("Annat", changed)


def test_a_report_that_tells_something_is_not_taken_back(bostaden, ada):
    measure = make_measure(bostaden)
    report = reporting.report_progress(measure, a_report(), {}, by=ada)
    with pytest.raises(ValidationError):
        reporting.take_back(measure, report.pk, by=ada)
    other = reporting.no_news(make_measure(bostaden), by=ada)
    reporting.take_back(measure, other.pk, by=ada)
    assert MeasureReport.objects.count() == 2


def test_no_figure_is_kept_as_no_figure(bostaden, ada):
    report = reporting.report_progress(
        make_measure(bostaden), a_report(reduction_t=None, method="not_quantified"), {}, by=ada
    )
    report.refresh_from_db()
    assert report.reduction_t is None


# What an effect may never be, by the check that refuses it.
WRONG = {
    "figure_and_method_go_together": {"reduction_t": None, "method": "measured"},
    "method_is_known": {"reduction_t": 3, "method": "foo"},
    "reduction_is_not_negative": {"reduction_t": -5, "method": "measured"},
}


def test_every_check_of_an_effect_is_tried_and_both_tables_have_it():
    shared = {check.name.removeprefix("%(class)s_") for check in Effect._meta.constraints}
    assert shared == WRONG.keys()
    for model in (Measure, MeasureReport):
        own = {check.name for check in model._meta.constraints}
        assert {f"{model._meta.model_name}_{name}" for name in shared} <= own


@pytest.mark.parametrize("check", WRONG)
def test_what_a_measure_refuses_a_report_refuses_too(check, bostaden, ada):
    measure = make_measure(bostaden)
    with pytest.raises(IntegrityError, match=f"measure_{check}"), transaction.atomic():
        Measure.objects.filter(pk=measure.pk).update(**WRONG[check])
    with pytest.raises(IntegrityError, match=f"measurereport_{check}"), transaction.atomic():
        measure.reports.create(created_by=ada, status="planned", text="x", **WRONG[check])


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"reduction_t": "-5", "method": "measured"}, "reduction_t"),
        ({"reduction_t": "5", "method": "foo"}, "method"),
        ({"reduction_t": "", "method": "measured"}, "reduction_t"),
        ({"reduction_t": "5", "method": "not_quantified"}, "method"),
    ],
)
def test_the_form_of_a_report_refuses_the_same_beside_the_field(sent, field, bostaden):
    said = {"status": "completed", "text": "Klart."} | sent
    form = ProgressForm(said, measure=make_measure(bostaden))
    assert list(form.errors) == [field]
