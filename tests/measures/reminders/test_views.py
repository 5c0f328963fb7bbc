"""The pages of reminders of measures, and the one a link in the e-mail leads to."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from measures.models import MeasureReminder
from measures.reminders import rules
from tests.builders import (
    make_measure,
    make_measure_rule,
    make_measure_run,
    make_organisation,
    make_person,
    make_stale,
)
from tests.reading import read

pytestmark = pytest.mark.django_db
PAGE = "/atgarder/paminnelser/"
NEW = "/atgarder/paminnelser/ny/"


@pytest.fixture(autouse=True)
def a_working_day(time_machine):
    time_machine.move_to("2027-04-07T10:00:00+00:00", tick=False)


def test_the_page_says_in_words_what_is_sent_when_and_what_comes(as_, kim, bostaden):
    make_stale(bostaden, days=170)
    make_stale(bostaden, "Sänk värmen", days=170)
    make_stale(make_organisation("Färdiga AB"), "Klart", days=170, status="completed")
    text = read(as_(kim).get(PAGE)).text
    assert "Efter 180 dagar utan nyheter, kl. 09.00" in text
    assert "Efter 210 dagar utan nyheter, kl. 09.00" in text
    assert "Bostaden lördag" not in text
    assert "fredag 16 april 2027 kl. 09.00 · 2 åtgärder" in text.replace("\xa0", " ")
    assert "Färdiga AB" not in text


def test_it_says_what_was_done_and_what_was_missed(as_, kim, bostaden):
    rule, now = make_measure_rule(), timezone.now()
    make_measure_run(rule, make_measure(bostaden))
    make_measure_run(rule, make_measure(bostaden, "Sänk värmen"))
    missed = make_measure(make_organisation("Tomma huset"))
    gone = {"state": "missed", "whom": "", "occasion": "", "because": "clock", "lapsed_at": now}
    make_measure_run(rule, missed, **gone)
    text = read(as_(kim).get(PAGE)).text
    assert "2 åtgärder · till kontaktpersonerna" in text
    assert "Portalens klocka stod stilla tills det var för sent." in text
    assert "Har påmint om 2 åtgärder · 1 missad" in text


def test_it_shows_how_both_e_mails_read_about_whom_nobody_heard_of_longest(as_, kim, bostaden):
    make_stale(make_organisation("Nyss AB"), "Nyss nämnd", days=20)
    make_stale(bostaden, "Sänk <b>värmen</b>", days=90)
    make_stale(bostaden, "Byt lampor", days=30)
    make_stale(make_organisation("Färdiga AB"), "Klart", days=400, status="completed")
    kim.phone = "090-12 34 56"
    kim.save()
    answer = as_(kim).get(PAGE)
    text = read(answer).text
    assert "Så ser mejlet ut" in text
    assert "2 åtgärder hos Bostaden har inte ändrats sedan mars 2027" in text
    assert "Du får mejlet för att du är kontaktperson för Bostaden." in text
    assert "Ring Bostaden: ingen går att nå med mejl" in text
    assert "Ring Kim Krans, 090-12 34 56." in text
    assert "Sänk &lt;b&gt;värmen&lt;/b&gt;" in answer.content.decode()
    assert "Nyss nämnd" not in text


def test_where_no_measure_is_awaited_there_is_nothing_to_show_them_with(as_, kim):
    assert "Så ser mejlet ut" not in read(as_(kim).get(PAGE)).text


@pytest.mark.parametrize("number", [1, 3])
def test_the_page_costs_the_same_however_much_there_is(
    as_, kim, number, bostaden, django_assert_num_queries
):
    for n in range(number):
        rule = make_measure_rule(amount=100 + n)
        partner = make_organisation(f"Partner {n}")
        make_stale(partner, days=170)
        make_measure_run(rule, make_measure(partner))
    browser = as_(kim)
    browser.get(PAGE)
    with django_assert_num_queries(7):
        browser.get(PAGE)


def test_a_rule_is_added_changed_switched_and_removed(as_, kim):
    browser = as_(kim)
    assert browser.post(NEW, {"amount": "365", "clock": "9.30"}).status_code == 302
    rule = MeasureReminder.objects.get(amount=365)
    assert (str(rule.clock), rule.created_by) == ("09:30:00", kim)
    assert rule.counts_from == timezone.now()
    edit = reverse("measure_reminder_edit", kwargs={"pk": rule.pk})
    assert browser.post(edit, {"amount": "400", "clock": "9.30"}).status_code == 302
    rule.refresh_from_db()
    assert rule.removed_by == kim
    other = MeasureReminder.objects.get(amount=400)
    browser.post(reverse("measure_reminder_switch", kwargs={"pk": other.pk}), {"to": "off"})
    other.refresh_from_db()
    assert other.is_off
    assert "avstängd" in read(browser.get(PAGE)).text
    browser.post(reverse("measure_reminder_switch", kwargs={"pk": other.pk}), {"to": "on"})
    other.refresh_from_db()
    assert not other.is_off
    browser.post(reverse("measure_reminder_remove", kwargs={"pk": other.pk}))
    assert set(MeasureReminder.objects.standing().values_list("amount", flat=True)) == {180, 210}


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"amount": "13"}, "Skriv minst 14 dagar."),
        ({"amount": "731"}, "Skriv högst 730 dagar."),
        ({"amount": "9" * 8}, "Skriv högst 730 dagar."),
        ({"amount": "ett halvår"}, "Skriv ett antal dagar, till exempel 180."),
        ({"amount": ""}, "Skriv ett antal dagar, till exempel 180."),
        ({"clock": "17.00"}, "Välj ett klockslag mellan 8.00 och 16.59."),
        ({"clock": "7.59"}, "Välj ett klockslag mellan 8.00 och 16.59."),
        ({"clock": ""}, "Skriv vilket klockslag, till exempel 9.00."),
        ({"amount": "180"}, "Det finns redan en påminnelse efter 180 dagar. Ändra den i stället."),
    ],
    ids=str,
)
def test_what_is_wrong_is_said_beside_the_field_and_kept(as_, kim, said, words):
    sent = {"amount": "365", "clock": "9.30"} | said
    answer = as_(kim).post(NEW, sent)
    assert answer.status_code == 422
    assert words in read(answer).text
    for value in filter(None, sent.values()):
        assert f'value="{value}"' in answer.content.decode()
    assert MeasureReminder.objects.count() == 2


def test_what_was_removed_is_named_and_can_be_undone_by_who_did_it(as_, kim, time_machine):
    rule = make_measure_rule(amount=300, counts_from=timezone.now() - timedelta(days=9))
    browser, counts_from = as_(kim), rule.counts_from
    other = make_person("Ulla Ek", staff_role="coordinator")
    remove, restore = (
        reverse(f"measure_reminder_{what}", kwargs={"pk": rule.pk})
        for what in ("remove", "restore")
    )
    text = read(browser.post(remove, follow=True)).text
    assert "Påminnelsen ”Efter 300 dagar utan nyheter, kl. 10.00” är borttagen." in text
    assert "Du kan ångra dig till kl. 12.15" in text
    assert "Det är för sent att ångra det." in read(as_(other).post(restore, follow=True)).text
    assert "Påminnelsen är tillbaka." in read(as_(kim).post(restore, follow=True)).text
    rule.refresh_from_db()
    assert (rule.removed_at, rule.removed_by, rule.counts_from) == (None, None, counts_from)
    browser.post(remove)
    time_machine.shift(timedelta(minutes=15))
    assert "Det är för sent att ångra det." in read(as_(kim).post(restore, follow=True)).text
    rule.refresh_from_db()
    assert rule.removed_by == kim


def test_what_another_has_taken_its_place_is_not_brought_back(as_, kim):
    rule = make_measure_rule(amount=300)
    rules.remove(rule, by=kim)
    rules.add(rules.Said(300, rule.clock), by=kim)
    restore = reverse("measure_reminder_restore", kwargs={"pk": rule.pk})
    text = read(as_(kim).post(restore, follow=True)).text
    assert "Det finns redan en påminnelse efter 300 dagar." in text


@pytest.mark.parametrize("what", ["edit", "switch", "remove"])
def test_a_page_from_before_it_was_removed_says_who_removed_it(as_, kim, what):
    rule, other = make_measure_rule(amount=300), make_person("Ulla Ek", staff_role="coordinator")
    rules.remove(rule, by=other)
    page = reverse(f"measure_reminder_{what}", kwargs={"pk": rule.pk})
    browser = as_(kim)
    answer = browser.get(page, follow=True) if what == "edit" else browser.post(page, follow=True)
    assert "Ulla Ek tog bort påminnelsen, onsdag 7 april 2027" in read(answer).text
    assert answer.redirect_chain == [(PAGE, 302)]
    rule.refresh_from_db()
    assert (rule.removed_by, rule.is_off) == (other, False)


def test_a_rule_that_somebody_took_away_meanwhile_is_not_changed(as_, kim):
    rule = make_measure_rule(removed_at=timezone.now())
    answer = as_(kim).post(
        reverse("measure_reminder_edit", kwargs={"pk": rule.pk}), {"amount": "99", "clock": "9.00"}
    )
    assert answer.status_code == 422
    assert "Någon har tagit bort påminnelsen under tiden." in read(answer).text


def test_the_second_of_two_who_change_one_reads_who_was_first_and_keeps_what_was_typed(
    as_, kim, lo
):
    rule = make_measure_rule()
    rules.change(rule, rules.Said(300, rule.clock), by=lo)
    edit = reverse("measure_reminder_edit", kwargs={"pk": rule.pk})
    answer = as_(kim).post(edit, {"amount": "99", "clock": "9.00"})
    assert answer.status_code == 422
    text = read(answer).text
    assert f"{lo.name} ändrade påminnelsen, onsdag 7 april 2027" in text
    assert "Efter 300 dagar utan nyheter" in text
    assert 'value="99"' in answer.content.decode()


def test_without_rules_the_page_says_that_nobody_is_reminded(as_, kim):
    MeasureReminder.objects.update(removed_at=timezone.now())
    text = read(as_(kim).get(PAGE)).text
    assert "Det finns ingen: ingen partner blir påmind." in text


def test_a_link_of_the_e_mail_asks_through_the_login_and_writes_nothing(client, as_, cai, bostaden):
    measure = make_stale(bostaden)
    address = reverse("measure_nothing_new", kwargs={"pk": measure.pk})
    assert client.get(address).url.endswith(f"?next={address}")
    answer = as_(cai).get(address)
    assert "Finns det inget nytt?" in read(answer).text
    assert not measure.reports.exists()
    client.post(address, {"back": reverse("measure_detail", kwargs={"pk": measure.pk})})
    assert measure.reports.count() == 1
    measure.refresh_from_db()
    assert measure.updated_at > timezone.now() - timedelta(minutes=1)


@pytest.mark.parametrize("typed", ["abc", "90 kg", "14-90", ""])
def test_what_is_no_number_of_days_is_answered_with_one_that_is_taken(as_, kim, typed):
    client = as_(kim)
    page = read(client.get(NEW))
    assert "Mellan 14 och 730" in page.text
    assert page.value("clock") == "09:00"
    answer = client.post(NEW, {"amount": typed, "clock": "9.00"})
    assert answer.status_code == 422
    assert "till exempel 180" in str(answer.context["form"].errors["amount"])
