"""The pages where coordinators write what letters say."""

import pytest
from django.urls import reverse

from partners.models import LetterText, Message
from partners.post import main_stop, texts
from tests.builders import make_letter_text, make_person, make_session
from tests.northstar import four_forms
from tests.reading import read

pytestmark = pytest.mark.django_db

LETTER = "learning/seat_confirmed"
PLACE = ["learning", "seat_confirmed", "sv"]
KEPT = "[Avboka | ((avboka))]"


def url(name="letter_text", *more):
    return reverse(name, args=[*PLACE, *more])


def said(**changed):
    own = texts.original(LETTER, "sv")
    return {"subject": own.subject, "text": own.text, "seen": "0"} | changed


@pytest.fixture
def session(db):
    return make_session("Budget <b>")


@pytest.fixture
def client(as_, kim, session):
    return as_(kim)


def test_the_list_leads_to_each_text_and_says_who_changed_it(client, kim):
    make_letter_text(kim)
    page = client.get(reverse("letter_texts"))
    assert url() in page.text
    assert "Den svenska texten, " in page.text
    assert "av Kim Krans." in page.text
    assert reverse("letter_texts") in client.get(reverse("outbox")).text


def test_a_test_says_that_it_waits_while_all_is_stopped(client, kim):
    assert "Ett testmejl är på väg till dig." in client.post(url("letter_text_test"), said()).text
    main_stop.stop("", by=kim)
    answer = client.post(url("letter_text_test"), said()).text
    assert "på väg till dig" not in answer
    assert "Alla mejl är stoppade, så det väntar tills någon släpper på dem." in answer


def test_what_is_saved_is_used_and_shown(client):
    answer = client.post(url(), said(subject="Plats: ((träff))"), follow=True)
    assert "Texten är sparad" in answer.text
    assert read(answer).value("subject") == "Plats: ((träff))"
    assert "Plats: Budget &lt;b&gt;" in answer.text
    assert LetterText.objects.get().number == 1


@pytest.mark.parametrize("name", ["letter_text", "letter_text_preview", "letter_text_test"])
@pytest.mark.parametrize(
    ("text", "refusal"),
    [
        (f"((foo)) {KEPT}", "ingen platshållare ((foo))"),
        (f"((a((träff)))) {KEPT}", "inte stå inuti en annan"),
        (f"((träff\n\n{KEPT}", "Här börjar en platshållare som inte slutar: ((träff."),
        ("Hej", "Ta med ((avboka)) i texten"),
        (f">> Klicka | https://evil.example/\n\n{KEPT}", "kan bara leda till portalen"),
        ("a" * 40_000, "10"),
        ("", "Skriv vad det ska stå i mejlet."),
    ],
)
def test_a_bad_text_is_refused_beside_the_field_and_kept_as_it_was_typed(
    client, name, text, refusal
):
    answer = client.post(url(name), said(text=text))
    assert answer.status_code == 422
    assert refusal in str(answer.context["form"].errors["text"])
    assert answer.context["form"]["text"].value() == text
    assert read(answer).value("text") == (" ".join(text.split()) or None)
    assert not LetterText.objects.exists()
    assert not Message.objects.exists()


def test_what_is_typed_is_shown_in_the_frame_and_kept_nowhere(client):
    text = "Kära du,\nvälkommen <i>hit</i>.\n\n" + KEPT
    answer = client.post(url("letter_text_preview"), said(text=text))
    top, below = answer.text.split('<h2 id="as-read" tabindex="-1" autofocus>')
    assert "Inget är sparat än" in top
    assert 'href="#as-read"' in top
    assert "Inget är sparat än" in below
    assert answer.context["form"]["text"].value() == text
    assert read(answer).value("text") == (" ".join(text.split()) or None)
    frame = answer.text.split('<iframe class="mail-shown" src="')[1].split('"')[0]
    shown = client.get(frame.replace("&amp;", "&"))
    assert "välkommen &lt;i&gt;hit&lt;/i&gt;." in shown.text
    assert ">Avboka</a>" in shown.text
    assert "välkommen &lt;i&gt;" not in client.get(frame.partition("&")[0]).text
    assert "sandbox" in shown["Content-Security-Policy"]
    assert not LetterText.objects.exists()


def test_only_a_preview_is_where_one_lands(client):
    refused = client.post(url("letter_text_preview"), said(text="Hej"))
    assert refused.text.count("autofocus") == 1  # what needs fixing
    assert "Det här är texten som är sparad nu" in refused.text
    for page in (client.get(url()), client.post(url("letter_text_test"), said())):
        assert 'id="as-read" tabindex' not in page.text


def test_what_was_typed_for_another_letter_is_not_shown(client):
    client.post(url("letter_text_preview"), said(text="Kära du\n\n" + KEPT))
    other = reverse("letter_text_mail", args=["learning", "seat_from_queue", "sv"])
    assert "Kära du" not in client.get(f"{other}?typed=1").text


def test_it_is_shown_with_the_session_that_was_chosen(client, session):
    other = make_session("Solceller", in_days=20)
    answer = client.post(url("letter_text_preview"), said(about=str(other.pk)))
    assert "Solceller" in answer.context["mail"].text
    assert f"?about={other.pk}" in answer.text
    assert "Budget" in client.get(url("letter_text_mail") + f"?about={session.pk}").text
    for odd in ("x", "9" * 30, "-1", "0"):
        assert client.get(url("letter_text_mail"), {"about": odd}).status_code == 200
    assert client.post(url("letter_text_preview"), said(about="x")).status_code == 422


def test_a_test_of_what_is_typed_goes_to_whoever_typed_it(client, kim):
    for _ in range(2):
        answer = client.post(url("letter_text_test"), said(subject="Prov"))
        assert "Ett testmejl är på väg" in answer.text
        assert read(answer).value("subject") == "Prov"
    letter = Message.objects.get()
    assert (letter.recipient, letter.subject) == (kim, "Test: Prov")
    assert not LetterText.objects.exists()


def test_two_who_write_see_both_texts(client, as_, lo, kim):
    kim2 = make_person("Kaj", staff_role="coordinator")
    client.post(url(), said(subject="Kims ord"))
    other, elsewhere = as_(kim2), make_session("Solceller", in_days=20)
    answer = other.post(url(), said(subject="Kajs ord", about=str(elsewhere.pk)))
    assert answer.status_code == 422
    assert "Kim Krans ändrade texten" in answer.text
    assert [(saved, typed) for _label, saved, typed in answer.context["differing"]] == [
        ("Kims ord", "Kajs ord")
    ]
    again = said(subject="Kajs ord", seen=read(answer).value("seen"))
    assert other.post(url(), again).status_code == 302
    assert LetterText.objects.latest("number").subject == "Kajs ord"


def test_of_two_long_texts_only_the_lines_that_differ_are_set_beside_each_other(client):
    lines = ["Hej", "", "Ett", "", "Två", "", KEPT]
    client.post(url(), said(text="\n".join(lines)))
    answer = client.post(url(), said(text="\r\n".join([*lines[:4], "Tre", *lines[5:]])))
    assert answer.context["differing"] == [("text", "…\nTvå\n…", "…\nTre\n…")]


def test_the_history_says_who_and_when_and_what_and_brings_it_back(client, kim):
    make_letter_text(kim, subject="Den första")
    make_letter_text(kim, number=2, subject="Den andra")
    listed = client.get(url("letter_text_history")).text
    assert listed.index("Version 2") < listed.index("Version 1") < listed.index("Originalet")
    first = client.get(url("letter_text_version", 1)).text
    assert "Den första" in first
    assert "Ta tillbaka" not in client.get(url("letter_text_version", 2)).text
    assert client.get(url("letter_text_version", 9)).status_code == 404
    client.post(url("letter_text_restore", 1))
    assert texts.current(LETTER, "sv").subject == "Den första"
    assert LetterText.objects.count() == 3


def test_a_text_that_does_not_fit_is_shown_with_the_reason(client, kim):
    make_letter_text(kim, text="((gone)) " + KEPT)
    make_letter_text(kim, number=2, text="((gone)) och " + KEPT)
    for name in ("letter_texts", "letter_text"):
        page = client.get(reverse(name, args=PLACE if name == "letter_text" else []))
        assert "originalet skickas" in page.text
    assert "går inte att ta tillbaka" in client.get(url("letter_text_version", 1)).text
    answer = client.post(url("letter_text_restore", 1), follow=True)
    assert "ingen platshållare ((gone))" in answer.text


def test_the_original_comes_back(client, kim):
    make_letter_text(kim)
    page = client.get(url()).text
    assert url("letter_text_original") in page
    assert url("letter_text_version", 0) in page
    answer = client.post(url("letter_text_original"), follow=True)
    assert url("letter_text_original") not in answer.text
    assert texts.current(LETTER, "sv") == texts.original(LETTER, "sv")


def test_the_original_is_read_before_it_is_used(client, kim):
    address = url("letter_text_version", 0)
    assert "gäller nu" in client.get(address).text  # nobody has written anything
    make_letter_text(kim, subject="Kims ord")
    assert address in client.get(url("letter_text_history")).text
    page = client.get(address)
    assert page.context["said"].words == texts.original(LETTER, "sv")
    assert "<h1>Originalet</h1>" in page.text
    assert "följde med portalen" in page.text
    assert url("letter_text_original") in page.text
    assert "gäller nu" in client.get(url("letter_text_version", 1)).text
    client.post(url("letter_text_original"))
    for number in (0, 2):
        page = client.get(url("letter_text_version", number)).text
        assert url("letter_text_original") not in page
        assert "gäller nu" in page


@pytest.mark.parametrize("name", ["partners/mailing", "learning/gone", "x/y"])
def test_what_is_not_edited_has_no_page(client, name):
    page = reverse("letter_text", args=[*name.split("/"), "sv"])
    assert client.get(page).status_code == 404


def test_an_unknown_language_has_no_page(client):
    assert client.get(reverse("letter_text", args=[*PLACE[:2], "de"])).status_code == 404


@pytest.mark.parametrize(
    ("name", "cost"),
    [
        ("letter_texts", 1),
        ("letter_text", 3),
        ("letter_text_mail", 2),
        ("letter_text_history", 1),
        ("letter_text_version", 4),
    ],
)
def test_a_page_costs_the_same_for_any_number(
    client, kim, session, name, cost, django_assert_num_queries
):
    make_letter_text(kim)
    place = {"letter_texts": [], "letter_text_version": [*PLACE, 1]}.get(name, PLACE)
    page = reverse(name, args=place) + f"?about={session.pk}"
    client.get(page)
    for number in (2, 3, 4):
        with django_assert_num_queries(2 + cost):
            assert client.get(page).status_code == 200
        make_letter_text(make_person(f"Nr {number}"), number=number)
        make_letter_text(make_person(f"Nr {number} en"), LETTER, "en", number=number)
        make_session(f"Träff {number}")


def test_what_four_send_is_what_the_form_asks_for(kim):
    sent = four_forms.words_of_a_letter({"letter_text": make_letter_text(kim)})
    assert set(sent) == {"subject", "text", "seen"}
