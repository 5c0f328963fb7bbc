"""The two open forms, the page of the link, and what coordinators see."""

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from partners import limits
from partners.models import Enquiry, EnquiryKind, Message
from tests.builders import make_enquiry
from tests.northstar.four_forms import a_question, a_wish_to_join
from tests.reading import read

QUESTION = a_question({})
WISH = a_wish_to_join({})
MARKED = "Följ länken"  # stands in no page but that which says that a letter is on its way


@pytest.fixture(autouse=True)
def no_limits_left_over(db):
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM cache")


def send(name, data, client=None, **extra):
    return (client or Client(**extra)).post(reverse(name), data)


@pytest.mark.parametrize(("name", "data"), [("ask", QUESTION), ("join", WISH)])
def test_what_is_sent_is_kept_and_a_link_is_mailed(client, name, data):
    answer = client.post(reverse(name), data)
    assert answer["Location"] == reverse("enquiry_sent")
    kept = Enquiry.objects.get()
    assert kept.text == data["text"]
    assert kept.confirmed_at is None
    assert Message.objects.get().sent_to == data["email"]


def test_at_most_four_fields_are_asked(client):
    for name in ("ask", "join"):
        page = read(client.get(reverse(name)))
        form = next(f for f in page.all("form") if f.attributes["action"] == reverse(name))
        fields = [f for f in form.all() if f.tag in {"input", "textarea", "select"}]
        hidden = [f for f in fields if f.attributes.get("type") == "hidden"]
        folded = [f for part in form.all("details") for f in part.all("input")]
        assert len(fields) - len(hidden) - len(folded) - 1 <= 4  # and the trap


@pytest.mark.parametrize(("form", "said"), [("ask", QUESTION), ("join", WISH)])
def test_the_answer_is_the_same_for_a_member_a_stranger_and_a_robot(client, ada, form, said):
    pages = []
    for data in (
        said,
        said | {"email": ada.email},
        said | {"email": "x@y.example", "homepage": "https://spam.example"},
    ):
        answer = send(form, data)
        pages.append((answer.status_code, answer["Location"], client.get(answer["Location"]).text))
    assert pages[0] == pages[1] == pages[2]
    assert Enquiry.objects.count() == Message.objects.count() == 2


def test_a_robot_is_not_told_of_the_trap_and_people_do_not_meet_it(client):
    trap = next(read(client.get(reverse("ask"))).all("input", name="homepage"))
    assert trap.attributes["tabindex"] == "-1"
    assert trap.attributes["autocomplete"] == "off"
    assert send("join", WISH | {"homepage": "\0" * 3000}).status_code == 302
    assert not Enquiry.objects.exists()


def test_ten_a_day_a_network_and_what_was_written_is_still_there():
    answers = [
        send("ask", QUESTION | {"email": f"n{n}@strangers.example"}, REMOTE_ADDR=f"192.0.2.{n}")
        for n in range(12)
    ]
    assert [answer.status_code for answer in answers] == [302] * 10 + [429] * 2
    assert read(answers[-1]).value("text") == QUESTION["text"]
    assert Enquiry.objects.count() == limits.WRITES_A_NETWORK == 10
    other = QUESTION | {"email": "other@strangers.example"}
    assert send("ask", other, REMOTE_ADDR="198.51.100.7").status_code == 302
    assert send("join", WISH, REMOTE_ADDR="2001:db8::1").status_code == 302


def test_a_form_with_faults_counts_for_nothing(client):
    for _ in range(12):
        assert client.post(reverse("ask"), {}).status_code == 422
    assert client.post(reverse("ask"), QUESTION).status_code == 302


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", "A" * 300),
        ("name", "Vinn på www.spam.example"),
        ("name", "Eva\0Ek"),
        ("email", "stina@strangers.example\r\nBcc: alla@strangers.example"),
        ("email", "inte en adress"),
        ("text", "a" * 10_000),
        ("text", "Hej\0"),
        ("text", "   "),
        ("organisation", "Ö" * 300),
        ("organisation", "Köp på spam.example/nu AB"),
        ("organisation", ""),
        ("phone", "ring mig"),
        ("org_number", "811228-9874"),
    ],
)
def test_what_cannot_be_meant_is_refused_beside_its_field_and_kept(client, field, value):
    answer = client.post(reverse("join"), WISH | {field: value})
    assert answer.status_code == 422
    assert read(answer).faulty() == [field]
    assert not Enquiry.objects.exists()
    assert not Message.objects.exists()


def test_line_breaks_in_a_name_never_reach_a_subject(client, kim):
    client.post(reverse("join"), WISH | {"organisation": "Brf\r\nBcc: x@y\r\nStrand"})
    assert not Enquiry.objects.exists()  # an address is no part of a name
    client.post(reverse("join"), WISH | {"organisation": "Brf\r\nStrand"})
    assert Enquiry.objects.get().organisation == "Brf Strand"


def test_the_link_shows_and_only_the_button_sends(client):
    client.post(reverse("join"), WISH)
    token = Message.objects.get().text.split("/bekrafta/")[1][:43]
    where = reverse("enquiry_confirm", kwargs={"token": token})
    shown = client.get(where)
    assert WISH["text"] in shown.text
    assert "noindex" in shown.text
    assert not Enquiry.objects.confirmed().exists()

    assert client.post(where)["Location"] == where

    assert "Tack" in read(client.get(where)).texts("h1")[0]
    assert "inom 5 arbetsdagar" in client.get(where).text
    assert client.post(where).status_code == 302
    assert Message.objects.count() == 2


def test_all_that_was_typed_is_shown_before_it_is_sent(client):
    wish = {"phone": "090-123 45 67", "org_number": "769600-1233"}
    enquiry, token = make_enquiry("wish_to_join", confirmed_at=None, **wish)
    facts = read(client.get(reverse("enquiry_confirm", kwargs={"token": token}))).texts("dd")
    assert facts == [enquiry.phone, enquiry.org_number]


@pytest.mark.parametrize("token", ["x" * 43, "kort"])
def test_a_link_to_nothing_says_what_to_do(client, token):
    answer = client.get(reverse("enquiry_confirm", kwargs={"token": token}))
    assert answer.status_code == 410
    assert reverse("ask") in answer.text


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_costs_the_same(as_, kim, lo, rows, django_assert_num_queries):
    for _ in range(rows):
        make_enquiry(taken_by=lo, taken_at=kim.date_joined)
    client = as_(kim)
    with django_assert_num_queries(4):  # session, reader, how many by state, the rows
        client.get(reverse("enquiry_list"))


def test_only_what_nobody_has_taken_is_new_and_what_waits_too_long_is_overdue(as_, kim, lo):
    taken, _ = make_enquiry(name="Tagen", taken_by=lo, taken_at=timezone.now())
    new, _ = make_enquiry(name="Otagen")
    old, _ = make_enquiry(name="Gammal", confirmed_at="2026-01-02T09:00Z")
    client = as_(kim)

    def tags(page):
        return [one.text for one in page.all("span") if "tag" in one.attributes.get("class", "")]

    rows = read(client.get(reverse("enquiry_list"), {"state": "all"})).all(
        "li", **{"class": "todo"}
    )
    found = {row.texts("strong")[0]: tags(row) for row in rows}
    assert found == {"Tagen": ["fråga"], "Otagen": ["fråga", "ny"]}
    late = read(client.get(reverse("enquiry_list"))).all("li", **{"class": "todo late"})
    assert [tags(row) for row in late] == [["fråga", "försenad"]]
    for enquiry, is_new in [(taken, False), (new, True), (old, True)]:
        page = read(client.get(reverse("enquiry_detail", args=[enquiry.pk])))
        assert ("ny" in tags(page)) is is_new


def test_the_list_has_the_longest_waiting_first_and_hides_what_is_unconfirmed(as_, kim):
    first, _ = make_enquiry(name="Först", confirmed_at="2026-01-02T09:00Z")
    make_enquiry(EnquiryKind.WISH_TO_JOIN, name="Sedan")
    make_enquiry(name="Ingen", confirmed_at=None)
    closed, _ = make_enquiry(name="Klar", state="closed")
    client = as_(kim)
    page = client.get(reverse("enquiry_list"))
    assert [str(row) for row, _late in page.context["rows"]] == ["Först", "Sedan, Brf Strandkanten"]
    assert [late for _row, late in page.context["rows"]] == [True, False]
    page = client.get(reverse("enquiry_list"), {"state": "closed", "page": "x"})
    assert [row for row, _late in page.context["rows"]] == [closed]
    assert len(client.get(reverse("enquiry_list"), {"state": "all"}).context["rows"]) == 3
    assert len(client.get(reverse("enquiry_list"), {"state": "?"}).context["rows"]) == 2


@pytest.mark.parametrize("number", [1, 3])
def test_one_costs_the_same_however_many_there_are(as_, kim, number, django_assert_num_queries):
    made = [make_enquiry()[0] for _ in range(number)]
    client = as_(kim)
    with django_assert_num_queries(3):  # session, reader, the row with whom it names
        client.get(reverse("enquiry_detail", kwargs={"pk": made[0].pk}))


def test_an_unconfirmed_one_is_not_found(as_, kim):
    enquiry, _ = make_enquiry(confirmed_at=None)
    assert as_(kim).get(reverse("enquiry_detail", kwargs={"pk": enquiry.pk})).status_code == 404


def test_of_two_who_note_at_once_the_second_sees_both(as_, kim):
    enquiry, _ = make_enquiry()
    client = as_(kim)
    where = reverse("enquiry_detail", kwargs={"pk": enquiry.pk})
    client.post(where, {"state": "new", "note": "Ringde, inget svar.", "version": "1"})

    answer = client.post(where, {"state": "answered", "note": "Mejlade.", "version": "1"})

    assert answer.status_code == 422
    assert "Ringde, inget svar." in answer.text
    page = read(answer)
    assert (page.value("note"), page.value("version")) == ("Mejlade.", "2")
    assert client.post(where, page.values()).status_code == 302
    enquiry.refresh_from_db()
    assert enquiry.note == "Mejlade."


def test_a_taken_one_says_by_whom(as_, kim):
    enquiry, _ = make_enquiry()
    client = as_(kim)
    answer = client.post(reverse("enquiry_take", kwargs={"pk": enquiry.pk}), follow=True)
    assert "Kim Krans" in answer.text
    assert reverse("enquiry_take", kwargs={"pk": enquiry.pk}) not in answer.text


def test_the_outbox_shows_letters_to_strangers(as_, kim):
    send("ask", QUESTION)
    letter = Message.objects.get()
    client = as_(kim)
    assert QUESTION["email"] in client.get(reverse("outbox")).text
    page = client.get(reverse("outbox_letter", kwargs={"pk": letter.pk}))
    assert QUESTION["email"] in page.text
    assert "None" not in page.text
