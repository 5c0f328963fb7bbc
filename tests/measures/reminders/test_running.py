"""Reminders of measures nobody tells of: once, to whoever can be reached, and nothing untrue."""

from datetime import datetime, timedelta

import pytest
from django.core import mail
from django.utils import timezone

from measures.models import Measure, MeasureReminder, MeasureReminderRun
from measures.planning import planning
from measures.progress import reporting
from measures.reminders import running
from partners.models import Message, MessageState, Organisation, SwitchedOff, Topic
from partners.models.moments import STOCKHOLM
from partners.organisations import partnership
from partners.people import membership
from partners.post import delivery, main_stop, outbox
from tests.builders import (
    make_bounced,
    make_measure_rule,
    make_member,
    make_organisation,
    make_stale,
)
from tests.races import at_once

pytestmark = pytest.mark.django_db
NOON = datetime(2027, 4, 7, 12, 0, tzinfo=STOCKHOLM)  # a Wednesday
NINE = datetime(2027, 4, 8, 9, 0, tzinfo=STOCKHOLM)
A_DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def the_day_before(time_machine):
    time_machine.move_to(NOON, tick=False)


@pytest.fixture
def stale(bostaden, cai):
    return make_stale(bostaden)


def at(time_machine, moment):
    time_machine.move_to(moment, tick=False)
    return running.remind(timezone.now())


def states():
    return dict(Message.objects.values_list("recipient__name", "state"))


def test_after_half_a_year_at_nine_once_and_a_month_later_again(stale, cai, time_machine):
    assert at(time_machine, NINE - timedelta(seconds=1)) == 0
    assert at(time_machine, NINE) == 1
    assert at(time_machine, NINE + timedelta(seconds=20)) == 0
    letter = Message.objects.get()
    assert letter.recipient == cai
    assert letter.subject == "En åtgärd hos Bostaden har inte ändrats sedan oktober 2026"
    for page in ("inget-nytt", "rapportera"):
        assert f"http://localhost:8000/atgarder/{stale.pk}/{page}/" in letter.text
    assert "Du får mejlet för att du är kontaktperson för Bostaden." in letter.text
    assert at(time_machine, NINE + 28 * A_DAY) == 0
    assert at(time_machine, NINE + 29 * A_DAY) == 1  # a Friday: on the day itself nobody works
    assert at(time_machine, NINE + 400 * A_DAY) == 0
    runs = MeasureReminderRun.objects.values_list("state", "whom")
    assert list(runs) == [("done", "contact")] * 2


def test_one_letter_a_partner_and_day_with_all_that_is_due(bostaden, cai, stale, bo, time_machine):
    make_stale(bostaden, "Sänk värmen")
    make_stale(bostaden, "Byt fönster", status="completed")
    make_stale(bo.memberships.get().organisation, "Laga tak")
    assert at(time_machine, NINE) == 2
    subjects = {letter.subject for letter in Message.objects.all()}
    assert subjects == {
        "2 åtgärder hos Bostaden har inte ändrats sedan oktober 2026",
        "En åtgärd hos Norrbyggen har inte ändrats sedan oktober 2026",
    }
    assert "Byt fönster" not in Message.objects.get(recipient=cai).text


def test_what_is_due_within_two_weeks_goes_along_and_is_not_asked_about_then(
    stale, bostaden, cai, time_machine
):
    soon = make_stale(bostaden, "Sänk värmen", days=166)
    make_stale(bostaden, "Laga tak", days=160)
    assert at(time_machine, NINE) == 1
    assert soon.title in Message.objects.get().text
    assert "Laga tak" not in Message.objects.get().text
    assert at(time_machine, NINE + 14 * A_DAY) == 0
    assert at(time_machine, NINE + 19 * A_DAY) == 1
    assert "Laga tak" in Message.objects.latest("pk").text


def test_what_gets_due_later_on_the_day_waits_for_the_next(stale, bostaden, cai, time_machine):
    assert at(time_machine, NINE) == 1
    make_measure_rule()
    later = make_stale(bostaden, "Sänk värmen", days=100)
    assert at(time_machine, NINE + timedelta(hours=1)) == 0
    assert at(time_machine, NINE + A_DAY) == 1
    assert later.title in Message.objects.latest("pk").text


@pytest.mark.parametrize("change", ["idea", "paused"])
def test_what_goes_on_in_some_way_is_asked_about(stale, change, time_machine):
    Measure.objects.update(status=change)
    assert at(time_machine, NINE) == 1


@pytest.mark.parametrize(
    "change", [{"status": "completed"}, {"status": "cancelled"}, {"published_at": None}], ids=str
)
def test_what_is_over_or_a_draft_is_not(stale, change, time_machine):
    Measure.objects.update(**change)
    assert at(time_machine, NINE) == 0
    assert not MeasureReminderRun.objects.exists()


def test_nor_what_belongs_to_no_partner(stale, bostaden, time_machine):
    Organisation.objects.update(status="prospect")
    assert at(time_machine, NINE) == 0


def test_what_was_published_after_the_moment_is_never_due(stale, time_machine):
    Measure.objects.update(published_at=NINE + timedelta(seconds=1))
    assert at(time_machine, NINE + timedelta(minutes=5)) == 0


# To whom


def test_without_a_contact_person_who_is_reached_another_gets_it(
    stale, bostaden, ada, cai, time_machine
):
    make_bounced(cai)
    other = make_member(bostaden, "Oda Ohm", last_login=timezone.now())
    assert at(time_machine, NINE) == 1
    letter = Message.objects.get(letter="measures/measures_stale")
    assert letter.recipient == other
    assert "representerar Bostaden, som inte har någon kontaktperson vi når." in letter.text
    assert MeasureReminderRun.objects.get().whom == "member"


def test_where_nobody_is_reached_the_coordinators_read_whom_to_call(
    stale, bostaden, cai, kim, time_machine
):
    cai.phone = "090-16 12 34"
    cai.save()
    make_bounced(cai)
    empty = make_organisation("Tomma huset")
    make_stale(empty, "Laga tak")
    assert at(time_machine, NINE) == 1
    letter = Message.objects.get(letter="measures/partners_to_call")
    assert letter.recipient == kim
    assert letter.subject == "2 partner att ringa: ingen går att nå med mejl"
    assert "Ring Cai Öberg, 090-16 12 34." in letter.text
    assert "Portalen har inget telefonnummer till någon där." in letter.text
    assert f"http://localhost:8000/partner/{empty.slug}/" in letter.text
    assert at(time_machine, NINE + timedelta(minutes=1)) == 0


def test_of_one_partner_to_call_the_subject_says_which(stale, cai, kim, time_machine):
    make_bounced(cai)
    at(time_machine, NINE)
    letter = Message.objects.get(letter="measures/partners_to_call")
    assert letter.subject == "Ring Bostaden: ingen går att nå med mejl"


def test_the_coordinators_get_one_a_day(stale, bostaden, cai, kim, time_machine):
    make_bounced(cai)
    make_measure_rule()
    make_stale(make_organisation("Tomma huset"), "Laga tak", days=99)
    assert at(time_machine, NINE) == 1
    assert at(time_machine, NINE + timedelta(hours=1)) == 0
    assert at(time_machine, NINE + A_DAY) == 1


def test_with_nobody_at_all_it_waits_and_is_noted_as_missed(stale, cai, kim, time_machine):
    make_bounced(cai)
    kim.is_active = False
    kim.save()
    MeasureReminder.objects.update(created_at=NOON)
    assert at(time_machine, NINE) == 0
    assert not MeasureReminderRun.objects.exists()
    assert at(time_machine, NINE + 8 * A_DAY) == 0
    assert MeasureReminderRun.objects.get().because == "nobody"


def test_who_has_switched_duties_off_is_asked_about_once(stale, cai, time_machine):
    SwitchedOff.objects.create(person=cai, topic=Topic.DUTIES)
    assert [at(time_machine, NINE + timedelta(minutes=n)) for n in range(3)] == [1, 0, 0]
    assert states() == {"Cai Öberg": "skipped"}


def test_what_people_typed_stands_in_the_letter_as_it_is(bostaden, cai, time_machine):
    make_stale(bostaden, "<b>Tak</b> [Logga in | https://evil.example/x]")
    at(time_machine, NINE)
    letter = Message.objects.get()
    assert "&lt;b&gt;Tak" in letter.html
    assert 'href="https://evil.example' not in letter.html


# When


def test_what_was_missed_is_caught_up_in_working_hours_for_a_week(stale, time_machine):
    assert at(time_machine, NINE + timedelta(hours=9)) == 0  # at six in the evening
    assert at(time_machine, NINE + 2 * A_DAY) == 0  # a Saturday
    assert at(time_machine, NINE + 4 * A_DAY) == 1
    MeasureReminderRun.objects.all().delete()
    MeasureReminder.objects.update(created_at=NOON)
    assert at(time_machine, NINE + 8 * A_DAY) == 0
    missed = MeasureReminderRun.objects.get()
    assert (missed.state, missed.because) == ("missed", "clock")
    assert missed.lapsed_at == NINE + 7 * A_DAY
    assert at(time_machine, NINE + 9 * A_DAY) == 0


def test_of_two_missed_the_later_one_says_it_alone(stale, time_machine):
    make_measure_rule(amount=182, clock="09:00", counts_from=None)
    MeasureReminder.objects.update(created_at=NOON)
    assert at(time_machine, NINE + 4 * A_DAY) == 1
    became = MeasureReminderRun.objects.values_list("rule__amount", "state")
    assert dict(became) == {180: "missed", 182: "done"}


def test_those_before_the_portal_knew_the_rules_are_no_flood(bostaden, cai, time_machine):
    for days in (190, 225, 300):
        make_stale(bostaden, f"Åtgärd {days}", days=days)
    MeasureReminder.objects.update(created_at=NOON)
    assert at(time_machine, NINE) == 0
    assert not MeasureReminderRun.objects.exists()


# What is true no more


def stopped(kim, time_machine):
    """The letters are written, and none leaves."""
    main_stop.stop("prov", by=kim)
    assert at(time_machine, NINE) == 1
    assert states()["Cai Öberg"] == "waiting"


PROGRESS = {"status": "in_progress", "text": "Ny pump.", "reduction_t": None}
TOLD = {
    "report": lambda stale, cai: reporting.report_progress(
        stale, PROGRESS | {"method": "not_quantified"}, {}, by=cai
    ),
    "nothing new": lambda stale, cai: reporting.no_news(stale, by=cai),
    "changed": lambda stale, cai: planning.update(stale, {"title": "Ny"}, version=1, by=cai),
    "unpublished": lambda stale, cai: planning.unpublish(stale, by=cai),
    "left": lambda stale, cai: partnership.leave(stale.organisation, by=cai),
}


@pytest.mark.parametrize("what", TOLD)
def test_what_is_told_or_taken_back_stops_the_letter_at_once(stale, cai, kim, what, time_machine):
    stopped(kim, time_machine)
    TOLD[what](stale, cai)
    assert Message.objects.get().state == MessageState.SKIPPED
    main_stop.lift(by=kim)
    delivery.deliver_all()
    assert not mail.outbox
    assert at(time_machine, NINE + timedelta(minutes=1)) == 0


def test_what_the_letter_says_of_other_measures_is_written_anew(
    stale, bostaden, cai, kim, time_machine
):
    other = make_stale(bostaden, "Sänk värmen")
    stopped(kim, time_machine)
    reporting.no_news(stale, by=cai)
    assert at(time_machine, NINE + timedelta(minutes=1)) == 1
    letter = Message.objects.get(state="waiting")
    assert other.title in letter.text
    assert stale.title not in letter.text


def test_nothing_new_that_is_undone_brings_the_letter_back(stale, cai, kim, time_machine):
    stopped(kim, time_machine)
    report = reporting.no_news(stale, by=cai)
    reporting.take_back(stale, report.pk, by=cai)
    assert at(time_machine, NINE + timedelta(minutes=1)) == 1


def test_a_letter_that_has_left_is_not_written_again(stale, cai, time_machine):
    at(time_machine, NINE)
    delivery.deliver_all()
    report = reporting.no_news(stale, by=cai)
    reporting.take_back(stale, report.pk, by=cai)
    assert at(time_machine, NINE + timedelta(minutes=1)) == 0
    assert len(mail.outbox) == 1


def test_who_acts_for_the_partner_no_more_does_not_get_it_but_the_next_one_does(
    stale, ada, cai, kim, time_machine
):
    stopped(kim, time_machine)
    membership.end(cai.memberships.get(), by=kim)
    assert states() == {"Cai Öberg": "skipped"}
    assert at(time_machine, NINE + timedelta(minutes=1)) == 1
    assert states() == {"Cai Öberg": "skipped", "Ada Åström": "waiting"}


def test_a_partner_whose_day_comes_is_asked_no_more_nor_are_the_coordinators(
    stale, bostaden, cai, kim, time_machine
):
    make_bounced(cai)
    empty = make_stale(make_organisation("Tomma huset"), "Laga tak")
    main_stop.stop("prov", by=kim)
    at(time_machine, NINE)
    Organisation.objects.filter(pk=bostaden.pk).update(left_on=NINE.date() + A_DAY)
    assert at(time_machine, NINE + A_DAY) == 1
    letter = Message.objects.get(letter="measures/partners_to_call", state="waiting")
    assert empty.title in letter.text
    assert stale.title not in letter.text


def test_what_waits_is_stopped_outside_working_hours_too(stale, bostaden, kim, time_machine):
    stopped(kim, time_machine)
    Organisation.objects.filter(pk=bostaden.pk).update(left_on=NINE.date() + A_DAY)
    at(time_machine, NINE + timedelta(hours=16))
    assert Message.objects.get().state == MessageState.SKIPPED


# At once, and many


@pytest.mark.django_db(transaction=True)
def test_two_clocks_write_it_once(stale, time_machine):
    time_machine.move_to(NINE, tick=False)
    written = at_once(lambda: running.remind(NINE), lambda: running.remind(NINE))
    assert sorted(written) == [0, 1]
    assert Message.objects.count() == 1


def test_a_letter_that_cannot_be_written_costs_no_other_partner_theirs(
    stale, bo, monkeypatch, time_machine
):
    make_stale(bo.memberships.get().organisation, "Laga tak")
    write = outbox.written

    def fail(key, person, *rest):
        if person == bo:
            raise RuntimeError
        return write(key, person, *rest)

    monkeypatch.setattr(outbox, "written", fail)
    assert at(time_machine, NINE) == 1
    assert states() == {"Cai Öberg": "waiting"}
    monkeypatch.setattr(outbox, "written", write)
    assert at(time_machine, NINE + timedelta(minutes=1)) == 1


@pytest.mark.parametrize("number", [1, 300])
@pytest.mark.parametrize("partners", [1, 30])
def test_it_costs_the_same_for_one_measure_and_three_hundred(
    number, partners, cai, django_assert_num_queries, time_machine
):
    if number < partners:
        partners = 1
    organisations = [make_organisation(f"Partner {n}") for n in range(partners)]
    for one in organisations:
        make_member(one, "Kontakt", role="contact_person")
    area = make_stale(organisations[0]).focus_area
    made = [
        Measure(
            organisation=organisations[n % partners],
            title=f"Åtgärd {n}",
            focus_area=area,
            created_by=cai,
            published_at=NOON - 179 * A_DAY,
        )
        for n in range(number - 1)
    ]
    Measure.objects.bulk_create(made)
    told = NOON - 179 * A_DAY
    Measure.objects.update(created_at=told, updated_at=told)
    time_machine.move_to(NINE, tick=False)
    with django_assert_num_queries(14):
        assert running.remind(NINE) == partners
    with django_assert_num_queries(4):
        assert running.remind(NINE + timedelta(seconds=20)) == 0
