import pytest
from django.http import Http404
from django.test import RequestFactory

from measures.planning.pages import form_page, found_measure, posted
from tests.builders import make_measure

pytestmark = pytest.mark.django_db


def asked_by(person, method="get", **data):
    request = getattr(RequestFactory(), method)("/", data)
    request.user = person
    return request


def test_a_measure_is_found_by_whom_it_is_there_for(ada, bo, bostaden, django_assert_num_queries):
    draft = make_measure(bostaden, published_at=None)
    with pytest.raises(Http404):
        found_measure(asked_by(bo), draft.pk)
    request = asked_by(ada)
    found = found_measure(request, draft.pk)
    assert found == draft
    with django_assert_num_queries(0):
        assert found.organisation == bostaden
        assert str(found.focus_area)


def test_a_form_is_bound_only_when_it_is_sent(ada):
    assert posted(asked_by(ada, title="x")) is None
    assert posted(asked_by(ada, "post", title="x"))["title"] == "x"


def test_a_form_that_comes_back_says_so(ada, bostaden):
    context = {"form": {}, "measure": make_measure(bostaden)}
    page = "measures/planning/measure_edit.html"
    assert form_page(asked_by(ada), page, context).status_code == 200
    assert form_page(asked_by(ada, "post"), page, context).status_code == 422
