from datetime import date
from decimal import Decimal

import pytest
from django.utils import timezone, translation

from measures.figures import files
from measures.models import Measure
from measures.progress import reporting
from tests.builders import make_measure
from tests.measures.progress.test_reporting import a_report

pytestmark = pytest.mark.django_db


def test_a_row_says_what_is_known_and_leaves_the_rest_empty(bostaden, ada):
    with translation.override("en"):
        plan = make_measure(bostaden, "Plan", start_on=date(2026, 1, 2), method="calculated")
        reporting.report_progress(plan, a_report(reduction_t=9), {}, by=ada)
        make_measure(bostaden, "Draft", reduction_t=None, published_at=None)
        first, second = files.rows(Measure.objects.order_by("pk"))
    assert (first.measure, first.organisation, first.status) == ("Plan", "Bostaden", "completed")
    assert (first.expected_t, first.expected_method) == (Decimal("12.5"), "calculated")
    assert (first.achieved_t, first.achieved_method) == (9, "measured")
    assert (first.start_on, first.published_on) == (date(2026, 1, 2), timezone.localdate())
    assert (second.expected_t, second.expected_method) == (None, "not quantified")
    assert second[8:] == ("not quantified", None, None, None)


def test_there_is_a_heading_for_every_cell(bostaden):
    make_measure(bostaden)
    (row,) = files.rows(Measure.objects.all())
    assert len(row) == len(files.columns())


def test_the_second_sheet_says_what_was_counted_and_how(bostaden):
    with translation.override("en"):
        _rows, notes = files.sheets(Measure.objects.all())
        told = dict(notes.rows)
    assert told["Read on"] == timezone.localdate().isoformat()
    assert "±15 %" in told["How sure"]
    assert "It is not 0." in told["Empty cell"]


@pytest.mark.parametrize("rows", [1, 3])
def test_the_rows_cost_one_query(bostaden, ada, rows, django_assert_num_queries):
    for _number in range(rows):
        reporting.report_progress(make_measure(bostaden), a_report(), {}, by=ada)
    with django_assert_num_queries(1):
        assert len(list(files.rows(Measure.objects.all()))) == rows


@pytest.mark.parametrize("language", ["sv", "en"])
def test_no_two_columns_have_one_heading(language):
    with translation.override(language):
        titles = [str(column.title) for column in files.columns()]
    assert len(titles) == len(set(titles))
