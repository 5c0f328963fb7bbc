import pytest
from django.urls import reverse

from tests.builders import make_measure, make_session
from tests.reading import read

pytestmark = pytest.mark.django_db


def test_measures_that_began_at_a_session_stand_on_its_page_once_published(as_, bo, bostaden):
    held = make_session(in_days=-30)
    make_measure(bostaden, title="Lådcyklar", origin_session=held, reduction_t="6")
    make_measure(bostaden, title="Hemlig", origin_session=held, published_at=None)
    page = read(as_(bo).get(reverse("session_detail", args=[held.pk])))
    assert "Åtgärder som började här" in page.text
    assert "Lådcyklar" in page.text
    assert "6 ton per år" in page.text.replace("\xa0", " ")
    assert "Hemlig" not in page.text


def test_a_coming_session_has_begun_nothing(as_, bo, bostaden):
    coming = make_session()
    make_measure(bostaden, title="Lådcyklar", origin_session=coming)
    assert "Lådcyklar" not in as_(bo).get(reverse("session_detail", args=[coming.pk])).text
