"""From session to tonne: what counts, and what does not."""

from decimal import Decimal

import pytest
from django.utils import timezone

from learning.models import BarrierType
from measures.models import EffectMethod, MeasureBarrier, MeasureReport, MeasureStatus
from northstar.pages.chain import barriers, chain
from tests.builders import (
    make_attendance,
    make_measure,
    make_next_step,
    make_session,
)

pytestmark = pytest.mark.django_db


def test_nothing_yet_is_nothing_and_no_figure_is_no_zero():
    found = chain(timezone.now())
    assert (found.sessions, found.since, found.attendances, found.steps) == (0, None, 0, 0)
    assert found.achieved_t is None
    assert barriers() == dict.fromkeys(BarrierType.values, 0)


def test_what_was_held_seen_and_done_counts(ada, bo, bostaden, kim):
    held, other = make_session(in_days=-20), make_session(in_days=-5)
    make_session(in_days=-3, published_at=None)
    make_session(in_days=-2, cancelled_at=timezone.now(), cancelled_by=kim)
    make_session(in_days=4)
    make_attendance(held, ada)
    make_attendance(other, ada)
    make_attendance(other, bo, "absent")
    make_next_step(held, ada, status="done")
    make_next_step(other, ada)
    measure = make_measure(bostaden, origin_session=held)
    make_measure(bostaden, published_at=None, origin_session=held)
    make_measure(bostaden)
    MeasureReport.objects.create(
        measure=measure,
        status=MeasureStatus.COMPLETED,
        text="Klart.",
        reduction_t=Decimal("7.5"),
        method=EffectMethod.MEASURED,
        created_by=ada,
    )
    found = chain(timezone.now())
    assert (found.sessions, found.since) == (2, held.starts_at)
    assert (found.attendances, found.organisations) == (2, 1)
    assert (found.steps, found.steps_done) == (2, 1)
    assert (found.measures, found.began_at_a_session) == (2, 1)
    assert found.achieved_t == Decimal("7.5")


def test_a_barrier_counts_once_a_published_measure(bostaden):
    measure = make_measure(bostaden)
    draft = make_measure(bostaden, published_at=None)
    for told, text in ((measure, "a"), (draft, "b")):
        MeasureBarrier.objects.create(measure=told, type=BarrierType.LOCK_IN, text=text)
    assert barriers()[BarrierType.LOCK_IN] == 1
