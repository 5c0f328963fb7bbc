from datetime import date
from decimal import Decimal

import pytest
from django.db import transaction

from measures.figures.summary import _summary, counted, summary
from measures.models import Measure
from measures.progress import reporting
from partners.models import FocusArea
from tests.builders import make_measure
from tests.measures.progress.test_reporting import a_report

pytestmark = pytest.mark.django_db


def test_only_what_is_published_and_decided_counts(bostaden, norrbyggen):
    make_measure(bostaden, reduction_t="100", status="completed")
    make_measure(norrbyggen, reduction_t="10.5", method="estimated", status="in_progress")
    make_measure(norrbyggen, reduction_t=None)
    make_measure(bostaden, reduction_t="1000", status="idea")
    make_measure(bostaden, reduction_t="2000", status="paused")
    make_measure(bostaden, reduction_t="3000", status="cancelled")
    make_measure(bostaden, reduction_t="4000", published_at=None)

    found = summary(2026)

    assert (found.measures, found.organisations) == (6, 2)
    assert found.expected.tonnes == Decimal("110.5")
    assert (found.expected.quantified, found.expected.unquantified) == (2, 1)
    assert (found.expected.low, found.expected.high) == (Decimal("92.35"), Decimal("128.65"))


def test_areas_add_up_to_the_whole(bostaden):
    first, second, *_rest = FocusArea.objects.all()
    make_measure(bostaden, focus_area=first, reduction_t="7", status="completed")
    make_measure(bostaden, focus_area=second, reduction_t="5", status="planned")
    make_measure(bostaden, focus_area=second, reduction_t="9", status="idea")

    found = summary(2026)

    assert len(found.areas) == FocusArea.objects.count()
    assert sum(a.expected.tonnes or 0 for a in found.areas) == found.expected.tonnes == 12
    assert found.areas[1].statuses["idea"] == 1
    assert found.areas[1].tonnes == {"completed": 0, "in_progress": 0, "planned": 5}
    assert found.areas[2].expected.tonnes is None


def test_the_latest_report_with_a_figure_is_what_was_achieved(bostaden, ada):
    measure = make_measure(bostaden, reduction_t="12")
    unquantified = a_report(text="Inget nytt", reduction_t=None, method="not_quantified")
    for report in (a_report(reduction_t=4), a_report(reduction_t=6), unquantified):
        reporting.report_progress(measure, report, {}, by=ada)
    make_measure(bostaden)
    draft = make_measure(bostaden, published_at=None)
    reporting.report_progress(draft, a_report(reduction_t=500), {}, by=ada)

    achieved = summary(2026).achieved

    assert (achieved.tonnes, achieved.quantified, achieved.unquantified) == (6, 1, 1)


def test_a_year_has_what_is_in_force_in_it(bostaden):
    make_measure(bostaden, reduction_t="10", status="completed", start_on=date(2022, 12, 31))
    make_measure(bostaden, reduction_t="5", start_on=date(2024, 1, 1), end_on=date(2025, 1, 1))
    make_measure(bostaden, reduction_t="99")
    make_measure(bostaden, reduction_t=None, start_on=date(2022, 1, 1))

    found = summary(2026)

    assert [row.year for row in found.years] == list(range(2021, 2032))
    years = {row.year: (row.under_way, row.planned, row.measures) for row in found.years}
    assert years[2021] == (0, 0, 0)
    assert years[2023] == (10, 0, 1)
    assert years[2024] == years[2025] == (10, 5, 2)
    assert years[2031] == (10, 0, 1)
    assert found.undated == 1


def test_years_before_the_roadmap_are_not_shown(bostaden):
    make_measure(bostaden, reduction_t="10", status="completed", start_on=date(2011, 5, 1))
    assert summary(2026).years[0].year == 2020


def test_with_nothing_published_nothing_is_known(db):
    found = summary(2026)
    assert found.measures == 0
    assert found.expected.tonnes is None


def test_a_list_says_what_is_in_its_sum_and_what_is_not(bostaden):
    make_measure(bostaden, reduction_t="100", method="measured")
    make_measure(bostaden, reduction_t="10", method="measured")
    make_measure(bostaden, reduction_t=None)
    make_measure(bostaden, reduction_t="7", status="idea")
    make_measure(bostaden, reduction_t="9", published_at=None)

    found = counted(Measure.objects.all())

    assert (found.measures, found.not_counting, found.drafts) == (5, 1, 1)
    assert found.expected.tonnes == 110
    assert (found.expected.quantified, found.expected.unquantified) == (2, 1)
    assert (found.expected.low, found.expected.high) == (Decimal("104.5"), Decimal("115.5"))


@pytest.mark.parametrize("rows", [0, 1, 3])
def test_the_summary_costs_three_queries_then_one(bostaden, ada, rows, django_assert_num_queries):
    for _number in range(rows):
        reporting.report_progress(make_measure(bostaden), a_report(), {}, by=ada)
    _summary.cache_clear()
    with django_assert_num_queries(3):
        first = summary(2026)
    with django_assert_num_queries(1):
        assert summary(2026) is first


def test_a_change_shows_at_once_however_it_was_made(bostaden, ada):
    measure = make_measure(bostaden, reduction_t="7")
    assert summary(2026).expected.tonnes == 7
    Measure.objects.filter(pk=measure.pk).update(reduction_t="8")
    assert summary(2026).expected.tonnes == 8
    reporting.report_progress(measure, a_report(reduction_t=3), {}, by=ada)
    assert summary(2026).achieved.tonnes == 3
    FocusArea.objects.filter(pk=measure.focus_area_id).update(title_sv="Ett annat namn")
    assert "Ett annat namn" in [row.area.title_sv for row in summary(2026).areas]
    other = make_measure(bostaden, reduction_t="1")
    assert summary(2026).expected.tonnes == 9
    other.delete()
    assert summary(2026).expected.tonnes == 8


@pytest.mark.django_db(transaction=True)
def test_a_change_that_was_taken_back_is_not_kept(bostaden):
    make_measure(bostaden, reduction_t="7")
    with transaction.atomic():
        Measure.objects.update(reduction_t="100")
        assert summary(2026).expected.tonnes == 100
        transaction.set_rollback(True)
    assert summary(2026).expected.tonnes == 7
