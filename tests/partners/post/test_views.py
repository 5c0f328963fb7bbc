"""The outbox page: what waits, what failed, and trying again."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from partners.models import Message, MessageState
from partners.post import main_stop, outbox, tokens
from tests.builders import make_letter, make_session
from tests.reading import read

pytestmark = pytest.mark.django_db


def test_letters_are_found_by_state_and_words(as_, kim, ada, bo):
    make_letter(ada, subject="Du har en plats")
    make_letter(bo, subject="Inställd", state="failed", last_error="550 no such user")
    client = as_(kim)
    failed = client.get(reverse("outbox"), {"state": "failed"}).text
    assert "Inställd" in failed
    assert "1 mejl" in failed
    found = client.get(reverse("outbox"), {"q": "åström"}).text
    assert "1 mejl" in found
    nothing = client.get(reverse("outbox"), {"q": "finns inte"}).text
    assert "Inga mejl hittades" in nothing


def test_letters_are_counted_by_state_and_in_all(as_, kim, ada):
    for state in ["sent", "sent", "waiting", "failed", "failed", "failed"]:
        make_letter(ada, state=state, sent_at=timezone.now() if state == "sent" else None)
    assert Message.objects.counted_by_state() == {"sent": 2, "waiting": 1, "failed": 3}
    client = as_(kim)
    page = client.get(reverse("outbox"))
    assert [count for _, _, count in page.context["counts"]] == [1, 2, 3, 0, 0, 0]
    assert "6 mejl" in page.text
    assert "3 mejl" in client.get(reverse("outbox"), {"state": "failed"}).text
    assert "2 mejl" in client.get(reverse("outbox"), {"state": "sent"}).text


def test_what_is_searched_for_is_counted_and_stays_searched_for(as_, kim, ada, bo):
    make_letter(ada, subject="Först")
    make_letter(ada, subject="Sist")
    make_letter(bo, state="failed")
    answer = as_(kim).get(reverse("outbox"), {"q": ada.email, "page": 1})
    page = read(answer)
    (states,) = page.all("nav", **{"class": "pills"})
    assert states.texts("a")[:4] == [
        *("Alla", "Väntar (2)", "Skickat (0)", "Gick inte att skicka (0)"),
    ]
    assert f"?q={ada.email.replace('@', '%40')}&amp;state=waiting" in answer.text
    assert "1 mejl gick inte att skicka" in page.text  # whatever is searched for
    assert "2 mejl, nyast först" in page.text
    assert [row[0] for row in page.rows()] == ["Sist", "Först"]


@pytest.mark.parametrize(
    ("when", "listed", "said"),
    [
        ("now", ["Nu"], "Bara de som ska skickas nu."),
        ("again", ["Igen"], "Bara de som väntar på ett nytt försök."),
        ("later", ["Hålls", "Sen"], "Bara de som väntar på sin tid."),
        ("today", ["Studsade", "Skickat"], "Bara de som har skickats i dag."),
        ("odd", None, "Alla"),
    ],
)
def test_what_the_desk_counts_is_listed(as_, kim, ada, when, listed, said):
    now = timezone.now()
    later = now + timedelta(hours=1)
    make_letter(ada, subject="Nu", next_try_at=now)
    make_letter(ada, subject="Igen", next_try_at=later, attempts=1)
    make_letter(ada, subject="Sen", next_try_at=later)
    make_letter(ada, subject="Hålls", next_try_at=now, held=True)
    make_letter(ada, subject="Skickat", state="sent", sent_at=now)
    make_letter(ada, subject="Studsade", state="bounced", sent_at=now, bounced_at=now)
    make_letter(ada, subject="Förr", state="sent", sent_at=now - timedelta(days=2))
    answer = as_(kim).get(reverse("outbox"), {"when": when})
    page = read(answer)
    rows = [row[0] for row in page.rows()]
    assert said in page.text
    assert rows == (listed or rows)
    assert answer.context["letters"].paginator.count == len(listed or range(7))
    assert (reverse("outbox_stop_all") in answer.text) is False  # that would stop others, too


def test_what_failed_and_is_of_no_use_now_is_no_longer_needed(as_, kim, ada):
    past = timezone.now() - timedelta(minutes=1)
    late = make_letter(ada, subject="Påminnelse", state="failed", useless_after=past)
    assert not Message.objects.failed().exists()
    client, outbox = as_(kim), reverse("outbox")
    page = client.get(outbox)
    assert [count for _, _, count in page.context["counts"]] == [0, 0, 0, 0, 0, 1]
    assert "gick inte att skicka" not in page.text
    assert "Påminnelse" not in client.get(outbox, {"state": "failed"}).text
    row = read(client.get(outbox, {"state": "skipped"})).rows()[0]
    assert (row[0], row[-1].lower()) == ("Påminnelse", "skickas inte")
    letter = client.get(reverse("outbox_letter", args=[late.pk])).text
    assert "notice info" in letter
    assert "notice err" not in letter


def test_what_failed_stands_first_with_whom_it_was_to_and_a_way_on(as_, kim, ada, bo):
    make_letter(ada, subject="Du har en plats")
    client = as_(kim)
    assert "gick inte att skicka" not in client.get(reverse("outbox")).text
    make_letter(bo, subject="Inställd", state="failed", last_error="550 5.1.1 User unknown")
    page = read(client.get(reverse("outbox")))
    notice = page.part("section", "1 mejl gick inte att skicka")
    assert str(bo) in notice.text
    assert [link.text for link in notice.all("a")][:2] == ["Inställd", "Se vilka, och varför"]
    (states,) = page.all("nav", **{"class": "pills"})
    assert states.texts("a") == [
        *("Alla", "Väntar (1)", "Skickat (0)", "Gick inte att skicka (1)"),
        *("Kom tillbaka (0)", "Stoppat (0)", "Skickas inte (0)"),
    ]


def test_a_failed_letter_says_why_and_can_be_tried_again(as_, kim, ada):
    letter = make_letter(ada, state="failed", last_error="550 no such user", attempts=3)
    client = as_(kim)
    assert "550 no such user" in client.get(reverse("outbox_letter", args=[letter.pk])).text
    client.post(reverse("outbox_retry", args=[letter.pk]))
    letter.refresh_from_db()
    assert (letter.state, letter.attempts) == ("waiting", 0)


def test_a_letter_sent_is_not_sent_again(as_, kim, ada):
    letter = make_letter(ada, state="sent", sent_at=timezone.now())
    as_(kim).post(reverse("outbox_retry", args=[letter.pk]))
    letter.refresh_from_db()
    assert letter.state == "sent"


def test_personal_links_are_not_shown(as_, kim, ada):
    token, _ = tokens.new()
    letter = make_letter(ada, text=f"Svara: http://localhost:8000/enkat/{token}/?usefulness=x\n")
    page = as_(kim).get(reverse("outbox_letter", args=[letter.pk])).text
    assert token not in page
    assert "/enkat/•••/" in page


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_costs_the_same_however_long(as_, kim, ada, rows, django_assert_num_queries):
    for _ in range(rows):
        make_letter(ada)
    client = as_(kim)
    with django_assert_num_queries(9):
        client.get(reverse("outbox"))


def test_a_letter_that_failed_says_why_in_words_and_where_to_mend_it(as_, kim, ada):
    letter = make_letter(ada, state="failed", last_error="550 5.1.1 <i>User unknown")
    page = as_(kim).get(reverse("outbox_letter", args=[letter.pk])).text
    assert "Adressen finns inte" in page
    assert reverse("person_edit", args=[ada.pk]) in page
    assert '<q lang="en">550 5.1.1 &lt;i&gt;User unknown</q>' in page
    letter.last_error = "given up"
    letter.save()
    assert (
        "<q>vi har slutat försöka</q>"
        in as_(kim).get(reverse("outbox_letter", args=[letter.pk])).text
    )


def test_the_outbox_leads_to_sending_all_again_when_something_failed(as_, kim, ada):
    client, again = as_(kim), reverse("outbox_retry_all")
    letter = make_letter(ada)
    assert again not in client.get(reverse("outbox")).text
    letter.state = "failed"
    letter.save()
    assert again in client.get(reverse("outbox")).text


@pytest.mark.parametrize(
    ("fields", "is_offered"),
    [
        ({}, True),
        ({"useless_after": timezone.now() - timedelta(minutes=1)}, False),
        ({"useless_after": timezone.now() + timedelta(days=1)}, True),
        ({"secret": True, "text": "Din kod är •••."}, False),
    ],
)
def test_only_what_is_of_use_is_sent_again(as_, kim, ada, fields, is_offered):
    letter = make_letter(ada, state="failed", last_error="450 later", **fields)
    page = as_(kim).get(reverse("outbox_letter", args=[letter.pk])).text
    assert (reverse("outbox_retry", args=[letter.pk]) in page) == is_offered
    assert Message.objects.to_send_again().exists() == is_offered
    assert letter.can_be_sent_again() == is_offered


def test_what_was_given_up_is_put_away_and_counts_no_more(as_, kim, ada):
    letter = make_letter(ada, state="failed", secret=True, last_error="550 5.1.1 User unknown")
    letter.text = "/svara/•••/"
    letter.save()
    client = as_(kim)
    page = client.get(reverse("outbox")).text
    assert "1 mejl gick inte att skicka" in page
    assert reverse("outbox_retry_all") not in page  # what it said is gone
    for said in ("Mejlet är undanlagt", "Mejlet är undanlagt"):
        answer = client.post(reverse("outbox_put_away", args=[letter.pk]), follow=True)
        assert said in answer.text
    letter.refresh_from_db()
    assert (letter.state, letter.decided_by) == ("skipped", kim)
    assert letter.last_error == "550 5.1.1 User unknown"
    assert "1 mejl gick inte att skicka" not in client.get(reverse("outbox")).text
    other = make_letter(ada)
    answer = client.post(reverse("outbox_put_away", args=[other.pk]), follow=True)
    assert "inget ändrades" in answer.text


def test_where_all_e_mails_are_stopped_the_list_says_who_did_it(as_, kim, ada):
    main_stop.stop("Fel länk", by=kim)
    page = as_(kim).get(reverse("outbox")).text
    assert f"{kim.name} stoppade alla mejl" in page
    assert "<p>Varför: Fel länk" in page
    for state, urgent, is_said in (("waiting", 0, 1), ("waiting", 1, 0), ("skipped", 0, 0)):
        letter = make_letter(ada, state=state, urgent=bool(urgent))
        page = as_(kim).get(reverse("outbox_letter", args=[letter.pk])).text
        assert ("stoppade alla mejl" in page) == bool(is_said)


def test_the_way_back_from_an_e_mail_leads_to_what_was_searched_for(as_, kim, ada):
    letter = make_letter(ada)
    client, address = as_(kim), reverse("outbox_letter", args=[letter.pk])
    assert f'href="{address}"' in client.get(reverse("outbox")).text
    query = "?q=%C3%A5str%C3%B6m&amp;state=waiting"
    listed = client.get(reverse("outbox") + query.replace("&amp;", "&")).text
    assert f'href="{address}{query}"' in listed
    back = f'<p class="back"><a href="{reverse("outbox")}{{}}">'
    assert back.format(query) in client.get(address + query.replace("&amp;", "&")).text
    assert back.format("") in client.get(address).text


LEFT = {"sent_at": timezone.now(), "attempts": 1}
STATES = {
    "waiting": {},
    "sent": {"sent_at": True},
    "failed": {"last_error": "550 5.1.1 User unknown"},
    "bounced": {"sent_at": True, "bounced_at": True, "last_error": "550 5.2.2 Mailbox full"},
    "stopped": {"decided_at": True, "decided_by": True},
    "skipped": {"last_error": outbox.OVERTAKEN},
}
WHY = {
    "failed": "Adressen finns inte",
    "bounced": "Inkorgen är full",
    "skipped": "något har ändrats",
}


@pytest.mark.parametrize("role", ["kim", "lo"])
def test_each_state_can_be_seen_and_searched_with_why(as_, kim, lo, ada, bo, role):
    """By coordinators in the outbox, and by whoever leads the session that they are about."""
    session = make_session(lead=lo)
    for state, fields in STATES.items():
        given = {name: timezone.now() if value is True else value for name, value in fields.items()}
        given |= {"decided_by": kim} if "decided_by" in given else {}
        for person in (ada, bo):
            key = f"learning.place:{session.pk}:{state}:{person.pk}"
            make_letter(person, key=key, state=state, subject=f"Mejlet {state}", **given)
    where = reverse("outbox") if role == "kim" else reverse("session_letters", args=[session.pk])
    client = as_({"kim": kim, "lo": lo}[role])
    everything = client.get(where)
    assert len(read(everything).rows()) == 2 * len(STATES)
    for state in STATES:
        assert f"{MessageState(state).label.capitalize()} (2)" in everything.text
        rows = read(client.get(where, {"state": state})).rows()
        assert {row[0] for row in rows} == {f"Mejlet {state}"}
        assert all(WHY.get(state, "") in row[-1] for row in rows)
        for words in ("åström", ada.email, f"{state} ada"):
            found = read(client.get(where, {"state": state, "q": words})).rows()
            assert [row[1] for row in found] == [str(ada)], words


def test_letters_are_found_by_the_address_they_went_to(as_, kim, ada):
    make_letter(ada, subject="Till den gamla", sent_to="ada@gamla.example", state="sent", **LEFT)
    Message.objects.create(
        key="x", letter="learning/confirm_visit", language="sv", subject="Till en gäst",
        sent_to="gun@xn--bcker-jua.example", state="sent", **LEFT,
    )  # fmt: skip
    client = as_(kim)

    def found(words):
        return [row[0] for row in read(client.get(reverse("outbox"), {"q": words})).rows()]

    assert found("ADA@gamla.example") == ["Till den gamla"]
    assert found("gun@böcker.example") == ["Till en gäst"]
    assert found("gun gäst") == ["Till en gäst"]
    assert found("gun gamla") == []
    assert Message.objects.matching("\0 gun").get().subject == "Till en gäst"
