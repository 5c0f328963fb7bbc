"""The pages of reminders: for those who plan, with what was typed and what is wrong beside it."""

from datetime import UTC, datetime, time, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from learning.models import LearningSession, SessionReminder
from learning.reminders import mails, rules
from tests.builders import (
    make_letter,
    make_person,
    make_registration,
    make_rule,
    make_run,
    make_series,
    make_session,
)
from tests.reading import read

pytestmark = pytest.mark.django_db

GOOD = {
    "letter": "session_reminder",
    "whom": "confirmed",
    "amount": "2",
    "unit": "days",
    "clock": "7.30",
}


@pytest.fixture
def session():
    return make_session(in_days=10)


def page_of(session):
    return reverse("session_reminders", kwargs={"pk": session.pk})


def send(browser, session, **said):
    return browser.post(reverse("session_reminder_add", kwargs={"pk": session.pk}), GOOD | said)


def test_the_page_says_in_words_what_leaves_when(as_, lo, session):
    text = read(as_(lo).get(page_of(session))).text
    assert "Dagen före kl. 09.00 till dem som har en plats" in text
    assert "Träffen följer portalens vanliga tider." in text
    assert "Egna tider för den här träffen" in text


def test_the_page_says_what_became_of_it(as_, lo, session):
    done, missed = make_rule(session), make_rule(session, amount=2)
    make_run(done, session, letters=7)
    starts_at = session.starts_at
    make_run(missed, session, state="missed", because="clock", lapsed_at=starts_at)
    make_letter(
        make_person("Ada <b>"),
        key=f"learning.session_reminder:{session.pk}:1:x",
        state="skipped",
        last_error=mails.TOO_LATE_FOR_IT,
    )
    answer = as_(lo).get(page_of(session))
    text = read(answer).text
    assert "7 mejl skrevs." in text
    assert "Portalens klocka stod stilla" in text
    assert "Ada <b>" in text
    assert "<b>" not in answer.text.split("<main")[1]
    assert "fick platsen efter att påminnelsen hade skickats" in text


def test_the_letter_can_be_read_before_with_ones_own_name(as_, lo, session):
    text = read(as_(lo).get(page_of(session))).text
    assert "Hej Lo!" in text
    assert "I morgon kl." in text
    assert session.title in text


def test_own_times_and_back(as_, lo, session):
    browser = as_(lo)
    browser.post(reverse("session_reminders_own", kwargs={"pk": session.pk}))
    text = read(browser.get(page_of(session))).text
    assert "Den här träffen har egna tider." in text
    browser.post(reverse("session_reminders_back", kwargs={"pk": session.pk}))
    assert not SessionReminder.objects.standing().filter(session=session).exists()


def test_a_reminder_is_added_changed_switched_and_removed(as_, lo, session):
    browser = as_(lo)
    assert send(browser, session).status_code == 302
    rule = SessionReminder.objects.get(session=session, amount=2)
    assert (rule.clock, rule.created_by) == (time(7, 30), lo)
    edit = reverse("reminder_edit", kwargs={"pk": rule.pk})
    assert read(browser.get(edit)).value("clock") == "07:30"
    browser.post(edit, GOOD | {"amount": "5", "unit": "hours", "clock": ""})
    changed = SessionReminder.objects.standing().get(session=session, unit="minutes")
    assert changed.amount == 300
    assert read(browser.get(reverse("reminder_edit", args=[changed.pk]))).value("amount") == "5"
    browser.post(reverse("reminder_switch", args=[changed.pk]), {"to": "off"})
    assert "avstängd" in read(browser.get(page_of(session))).text
    browser.post(reverse("reminder_remove", args=[changed.pk]))
    assert SessionReminder.objects.standing().filter(session=session).count() == 1


@pytest.mark.parametrize(
    ("said", "field", "words"),
    [
        ({"amount": ""}, "amount", "Skriv ett tal"),
        ({"amount": "61"}, "amount", "Skriv högst 60 dagar."),
        ({"amount": "1441", "unit": "hours", "clock": ""}, "amount", "Skriv högst 60 dagar."),
        ({"amount": "-1"}, "amount", ""),
        ({"amount": "många"}, "amount", ""),
        ({"amount": "9" * 30}, "amount", ""),
        ({"amount": "0", "unit": "minutes", "clock": ""}, "amount", "Skriv minst 1"),
        ({"clock": ""}, "clock", "Skriv vilket klockslag"),
        ({"clock": "25.00"}, "clock", ""),
        ({"unit": "minutes"}, "clock", "Lämna klockslaget tomt"),
        ({"unit": "weeks"}, "unit", ""),
        ({"whom": "attended"}, "whom", "Före träffen vet ingen"),
        ({"letter": "session_material", "whom": "waiting"}, "whom", "Efter träffen: välj"),
        ({"letter": "x"}, "letter", ""),
        ({"whom": ""}, "whom", "Välj vilka som får det."),
        ({"amount": "30"}, "amount", "innan träffen planerades"),
    ],
    ids=str,
)
def test_what_is_wrong_stands_beside_the_field_and_what_was_typed_stays(
    as_, lo, session, said, field, words
):
    answer = send(as_(lo), session, **said)
    page = read(answer)
    assert answer.status_code == 422
    assert field in page.faulty()
    assert words in page.text
    typed = (GOOD | said)["amount"]
    assert page.value("amount") == (typed or None)
    assert not SessionReminder.objects.filter(session=session).exists()


def test_a_time_that_has_been_is_refused(as_, lo):
    session = make_session(in_days=3)
    LearningSession.objects.update(created_at=timezone.now() - timedelta(days=30))
    answer = send(as_(lo), session, amount="5")
    assert answer.status_code == 422
    assert "Den tiden har redan passerat" in read(answer).text


def test_a_time_when_the_session_has_begun_is_refused(as_, lo, time_machine):
    time_machine.move_to(datetime(2027, 4, 2, tzinfo=UTC), tick=False)
    session = make_session(starts_at=datetime(2027, 4, 8, 8, tzinfo=UTC))  # a Thursday at ten
    answer = send(as_(lo), session, amount="0", clock="11")
    assert "Träffen har börjat då." in read(answer).text


def test_the_same_twice_is_said_in_the_form(as_, lo, kim, session):
    make_rule(session, amount=2, clock=time(7, 30), created_by=kim)
    answer = send(as_(lo), session)
    assert answer.status_code == 422
    assert "Den påminnelsen finns redan." in read(answer).text


def test_a_series_has_its_own_and_says_which_sessions_go_their_way(as_, lo, session):
    other = make_session("Egen", series=session.series)
    make_rule(other)
    browser, slug = as_(lo), {"slug": session.series.slug}
    browser.post(reverse("series_reminder_add", kwargs=slug), GOOD | {"amount": "60"})
    text = read(browser.get(reverse("series_reminders", kwargs=slug))).text
    assert "60 dagar före kl. 07.30 till dem som har en plats" in text
    assert "Dagen före kl. 09.00" in text
    assert text.count("har egna tider") == 4  # and the words over the page
    assert "Träffen följer träffseriens tider." in read(browser.get(page_of(session))).text


def test_the_usual_ones_are_coordinators_to_change(as_, lo, kim):
    standard = SessionReminder.objects.standard().get()
    for name in ("reminder_edit", "reminder_remove", "reminder_switch"):
        assert as_(lo).post(reverse(name, args=[standard.pk])).status_code == 404
    browser = as_(kim)
    browser.post(reverse("reminder_edit", args=[standard.pk]), GOOD)
    changed = SessionReminder.objects.standard().standing().get()
    assert (changed.amount, changed.clock, changed.created_by) == (2, time(7, 30), kim)
    assert "2 dagar före kl. 07.30" in read(browser.get(reverse("portal_reminders"))).text


def test_what_coordinators_say_holds_where_nobody_says_anything_else(as_, kim, session):
    other = make_session("Annan", series=make_series("Egen"), in_days=10)
    make_rule(series=other.series, amount=5)
    browser = as_(kim)
    assert browser.post(reverse("portal_reminder_add"), GOOD).status_code == 302
    assert "2 dagar före kl. 07.30" in read(browser.get(page_of(session))).text
    assert "2 dagar före kl. 07.30" not in read(browser.get(page_of(other))).text
    text = read(browser.get(reverse("portal_reminders"))).text
    follow, own = text.split("Träffserier med egna tider")
    assert session.series.title in follow
    assert "Egen" in own


def test_without_any_nobody_is_reminded_and_the_page_says_so(as_, kim, session):
    browser = as_(kim)
    browser.post(reverse("reminder_remove", args=[SessionReminder.objects.standard().get().pk]))
    assert "Det finns ingen" in read(browser.get(reverse("portal_reminders"))).text
    assert browser.get(page_of(session)).status_code == 200


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_of_the_usual_ones_costs_the_same(as_, kim, rows, django_assert_num_queries):
    for number in range(rows):
        make_series(f"Serie {number}")
        make_rule(series=make_series(f"Egen {number}"))
        make_rule(amount=3 + number)
    browser = as_(kim)
    with django_assert_num_queries(5):
        browser.get(reverse("portal_reminders"))


def test_a_cancelled_session_says_that_nothing_is_sent(as_, lo, session):
    LearningSession.objects.update(cancelled_at=timezone.now())
    text = read(as_(lo).get(page_of(session))).text
    assert "Den är inställd, så inget skickas." in text
    assert "Lägg till en påminnelse" not in text


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_costs_the_same_for_any_number(as_, lo, rows, django_assert_num_queries):
    session = make_session()
    for number in range(rows):
        make_run(make_rule(session, amount=3 + number), session)
        make_registration(session, make_person())
        make_letter(
            make_person(), key=f"learning.session_reminder:{session.pk}:{number}:x", state="skipped"
        )
    browser = as_(lo)
    with django_assert_num_queries(10):
        browser.get(page_of(session))


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_of_a_series_costs_the_same(as_, lo, rows, django_assert_num_queries):
    series = make_session().series
    for number in range(rows):
        make_rule(make_session(series=series))
        make_rule(series=series, amount=3 + number)
    browser = as_(lo)
    with django_assert_num_queries(6):
        browser.get(reverse("series_reminders", args=[series.slug]))


def test_whoever_changes_one_that_has_left_is_told_so(as_, lo, session):
    rule, of_series = make_rule(session), make_rule(series=session.series)
    make_run(rule, session, letters=7)
    for one in (session, make_session(series=session.series, in_days=12)):
        make_run(of_series, one, letters=2)
    browser = as_(lo)
    text = read(browser.get(reverse("reminder_edit", args=[rule.pk]))).text
    assert "Den har skickats till 7 personer" in text
    text = read(browser.get(reverse("reminder_edit", args=[of_series.pk]))).text
    assert "Den har skickats för 2 träffar som inte har varit än" in text


def test_of_two_who_change_one_the_second_keeps_what_was_typed(as_, lo, kim, session):
    rule = make_rule(session)
    as_(kim).post(reverse("reminder_edit", args=[rule.pk]), GOOD | {"amount": "3"})
    answer = as_(lo).post(reverse("reminder_edit", args=[rule.pk]), GOOD | {"amount": "4"})
    page = read(answer)
    assert answer.status_code == 422
    assert page.value("amount") == "4"
    assert f"{kim.name} ändrade påminnelsen" in page.text
    assert "3 dagar före kl. 07.30" in page.text


def test_what_was_removed_is_named_and_can_be_undone_by_who_did_it(as_, lo, kim, session):
    rule = make_rule(session, amount=3, clock=time(7, 30))
    remove, restore = (
        reverse(f"reminder_{what}", args=[rule.pk]) for what in ("remove", "restore")
    )
    browser = as_(lo)
    text = read(browser.post(remove, follow=True)).text
    assert "Påminnelsen ”3 dagar före kl. 07.30 till dem som har en plats” är borttagen." in text
    assert "Det är för sent att ångra det." in read(as_(kim).post(restore, follow=True)).text
    assert "Påminnelsen är tillbaka." in read(as_(lo).post(restore, follow=True)).text
    rule.refresh_from_db()
    assert (rule.removed_at, rule.removed_by) == (None, None)


def test_a_page_from_before_it_was_removed_says_who_removed_it(as_, lo, kim, session):
    rule = make_rule(session, amount=3)
    rules.remove(rule, by=kim)
    for what in ("edit", "switch", "remove"):
        page, browser = reverse(f"reminder_{what}", args=[rule.pk]), as_(lo)
        send = browser.get if what == "edit" else browser.post
        assert f"{kim.name} tog bort påminnelsen, " in read(send(page, follow=True)).text
    rule.refresh_from_db()
    assert (rule.removed_by, rule.is_off) == (kim, False)
