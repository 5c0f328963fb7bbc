from decimal import Decimal

import pytest
from django.utils import timezone

from measures.catalogue import sorting
from measures.models import Measure
from measures.progress import reporting
from partners.models import FocusArea
from tests.builders import make_measure
from tests.measures.progress.test_reporting import a_report

pytestmark = pytest.mark.django_db


def test_what_is_no_order_is_the_usual_one():
    assert sorting.known("updated") == "updated"
    for nonsense in (None, "", "--name", "pk", "organisation__org_number", "x\0"):
        assert sorting.known(nonsense) == sorting.FIRST


def test_every_order_has_words_and_turns_round():
    orders = {f"{sign}{column}" for column in sorting._COLUMNS for sign in ("", "-")}
    assert orders == sorting._IN_WORDS.keys()


@pytest.mark.parametrize(
    ("sort", "titles"),
    [
        ("name", "ABC"),
        ("-name", "CBA"),
        ("area", "BAC"),
        ("status", "CBA"),
        ("expected", "CAB"),
        ("-expected", "ACB"),
        ("achieved", "ACB"),
        ("-achieved", "CAB"),
        ("updated", "BAC"),
        ("-updated", "CAB"),
    ],
)
def test_no_figure_stands_last_whichever_way(bostaden, ada, sort, titles):
    first, second, *_rest = FocusArea.objects.all()
    facts = {
        "B": {"reduction_t": None, "status": "planned", "focus_area": first},
        "A": {"reduction_t": "30", "status": "completed", "focus_area": second},
        "C": {"reduction_t": "20", "status": "idea", "focus_area": second},
    }
    given = {"A": "15", "C": "12"}  # half of it, and more than half
    for title, fields in facts.items():
        measure = make_measure(bostaden, title, **fields)
        if fields["reduction_t"]:
            told = a_report(status=fields["status"], reduction_t=Decimal(given[title]))
            reporting.report_progress(measure, told, {}, by=ada)
        Measure.objects.filter(pk=measure.pk).update(updated_at=timezone.now())
    found = sorting.in_order(Measure.objects.all(), sort)
    assert "".join(measure.title for measure in found) == titles
