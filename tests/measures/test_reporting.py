from decimal import Decimal

from measures import reporting
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


def test_no_figure_is_kept_as_no_figure(bostaden, ada):
    report = reporting.report_progress(
        make_measure(bostaden), a_report(reduction_t=None, method="not_quantified"), {}, by=ada
    )
    report.refresh_from_db()
    assert report.reduction_t is None
