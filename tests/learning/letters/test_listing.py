"""The letters of a session: which they are, and who may read them."""

import re

import pytest
from django.urls import reverse

from learning.letters import listing
from partners.models import Message
from partners.post import main_stop, tokens
from tests.builders import make_letter, make_mailing, make_person, make_session
from tests.northstar.sources import ROOT
from tests.reading import read

pytestmark = pytest.mark.django_db

WRITES_A_KEY = re.compile(r'f"learning\.(\w+):\{')


@pytest.fixture
def session(lo):
    return make_session(lead=lo)


def about(session, person, what="place", **fields):
    number = Message.objects.count()
    return make_letter(person, key=f"learning.{what}:{session.pk}:{number}:x", **fields)


def test_every_letter_that_learning_writes_about_a_session_is_among_them():
    files = [path for path in (ROOT / "learning").rglob("*.py") if "migrations" not in path.parts]
    written = {what for path in files for what in WRITES_A_KEY.findall(path.read_text())}
    assert written == set(listing.ABOUT)


def test_a_session_has_its_own_letters_and_no_others(session, ada, lo):
    own = {about(session, ada, what).pk for what in listing.ABOUT}
    mailing = make_mailing(lo, session)
    own.add(make_letter(ada, key=f"partners.mailing:{mailing.pk}:{ada.pk}").pk)
    make_letter(ada, key=f"partners.mailing:{make_mailing(lo).pk}:{ada.pk}")
    make_letter(ada, key=f"learning.place:{session.pk}1:1:x")
    make_letter(ada, key=f"partners.invitation:{session.pk}:")
    assert set(listing.letters_of(session).values_list("pk", flat=True)) == own


def test_whoever_leads_the_session_reads_its_letters_and_no_other_lead(as_, session, lo, ada, kim):
    letter = about(session, ada, subject="Du har en plats")
    pages = [
        reverse("session_letters", args=[session.pk]),
        reverse("session_letter", args=[session.pk, letter.pk]),
    ]
    for page in pages:
        assert "Du har en plats" in as_(lo).get(page).text
        assert as_(kim).get(page).status_code == 200
        assert as_(make_person("Liv", staff_role="project_lead")).get(page).status_code == 403
        assert as_(ada).get(page).status_code == 403


def test_the_tab_is_there_for_whoever_may_open_it(as_, session, lo):
    tab = reverse("session_letters", args=[session.pk])
    page = reverse("participants", args=[session.pk])
    assert tab in as_(lo).get(page).text
    assert tab not in as_(make_person("Liv", staff_role="project_lead")).get(page).text


def test_a_letter_of_another_session_is_not_found_here(as_, session, lo, ada):
    other = about(make_session(), ada)
    page = reverse("session_letter", args=[session.pk, other.pk])
    assert as_(lo).get(page).status_code == 404


def test_links_that_open_something_are_not_shown(as_, session, lo, ada):
    token, _ = tokens.new()
    letter = about(session, ada, text=f"Lämna: http://localhost:8000/avboka/{token}/\n")
    page = as_(lo).get(reverse("session_letter", args=[session.pk, letter.pk])).text
    assert token not in page
    assert "/avboka/•••/" in page


def test_letters_are_found_by_state_and_words_and_say_why(as_, session, lo, ada, bo):
    about(session, ada, subject="Du har en plats")
    about(session, bo, subject="Inställd", state="failed", last_error="550 5.1.1 User unknown")
    about(session, bo, subject="Flyttad", state="skipped", last_error="overtaken by events")
    where = reverse("session_letters", args=[session.pk])
    client = as_(lo)
    rows = read(client.get(where, {"state": "failed"})).rows()
    assert [row[0] for row in rows] == ["Inställd"]
    assert "Adressen finns inte" in rows[0][-1]
    assert [row[0] for row in read(client.get(where, {"q": "åström"})).rows()] == [
        "Du har en plats"
    ]
    assert "Inga mejl hittades" in client.get(where, {"q": "xyzzy"}).text
    assert client.get(where, {"state": "no", "page": "x"}).status_code == 200


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_costs_the_same_however_long(as_, session, lo, rows, django_assert_num_queries):
    for number in range(rows):
        about(session, make_person(f"Gäst {number}"))
    client = as_(lo)
    with django_assert_num_queries(9):
        client.get(reverse("session_letters", args=[session.pk]))


def test_a_lead_writes_from_here_and_reads_that_all_is_stopped(as_, session, lo, kim):
    main_stop.stop("", by=kim)
    page = as_(lo).get(reverse("session_letters", args=[session.pk])).text
    assert f"{reverse('mailing_create')}?about=learning.session%3A{session.pk}" in page
    assert f"{kim.name} stoppade alla mejl" in page
