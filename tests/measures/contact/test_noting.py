from datetime import timedelta

from django.utils import timezone

from measures.contact import noting
from measures.models import STANDARD_POINTS, CallPoints, ContactNote

TODAY = timezone.localdate()


def test_a_second_click_notes_once(bostaden, kim):
    first = noting.note(bostaden, TODAY, "Ringde Cai", None, by=kim)
    assert noting.note(bostaden, TODAY, "Ringde Cai", None, by=kim) == first
    noting.note(bostaden, TODAY, "Ringde igen", TODAY + timedelta(days=7), by=kim)
    assert ContactNote.objects.count() == 2
    assert (first.organisation, first.created_by) == (bostaden, kim)


def test_who_took_a_note_away_is_kept(bostaden, kim, lo):
    noted = noting.note(bostaden, TODAY, "Ringde Cai", None, by=kim)
    noting.take_away(noted, by=kim)
    noting.take_away(noted, by=lo)
    noted.refresh_from_db()
    assert noted.removed_by == kim
    assert not ContactNote.objects.standing().exists()


def test_only_points_that_were_changed_are_rows(kim):
    noting.weigh({**STANDARD_POINTS, "unseen": 9}, by=kim)
    noting.weigh({**STANDARD_POINTS, "unseen": 9}, by=kim)
    (row,) = CallPoints.objects.all()
    assert (row.reason, row.points, row.updated_by) == ("unseen", 9, kim)
    assert CallPoints.objects.by_reason() == {**STANDARD_POINTS, "unseen": 9}
    noting.weigh(STANDARD_POINTS, by=kim)
    assert CallPoints.objects.by_reason() == STANDARD_POINTS
