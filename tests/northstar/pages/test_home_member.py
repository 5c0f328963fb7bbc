"""What waits for who acts for a partner, and how the organisation stands."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from learning.models import Intention, RegistrationState, SurveyInvitation
from measures.models import Measure, MeasureStatus
from northstar.pages import home_member
from partners.models import Membership, MembershipRole
from tests.builders import (
    make_attendance,
    make_invitation,
    make_measure,
    make_member,
    make_next_step,
    make_organisation,
    make_person,
    make_registration,
    make_session,
)
from tests.promise_builders import (
    make_adoption,
    make_challenge,
    make_letter_of_intent,
    make_own_target,
    make_shared_report,
)
from tests.reading import read


def start(client):
    return read(client.get("/"))


def h1(page):
    (heading,) = page.texts("h1")
    return heading


def touched(measure, days):
    Measure.objects.filter(pk=measure.pk).update(updated_at=timezone.now() - timedelta(days=days))


def days_from_now(days):
    return timezone.localdate() + timedelta(days=days)


def test_the_title_says_what_is_next_and_the_list_what_comes_after(as_, ada):
    make_registration(make_session("Sedan", in_days=20), ada)
    make_registration(make_session("Först", in_days=4), ada)
    page = start(as_(ada))
    assert h1(page) == "Nästa: Först"
    assert page.texts("title")[0].startswith("Nästa: Först")
    assert page.part("section", "Fler träffar du är anmäld till").texts("h3") == ["Sedan"]


def test_without_a_place_what_is_open_is_next(as_, ada, bo):
    full, late = make_session("Full", capacity=1), make_session("Sen")
    late.registration_opens_at = timezone.now() + timedelta(days=1)
    late.save()
    make_registration(full, bo)
    page = start(as_(ada))
    assert h1(page) == "En träff är öppen för anmälan"
    assert page.part("section", "Öppna för anmälan").texts("h3") == ["Full"]


def test_a_place_given_back_is_not_next(as_, ada):
    make_registration(make_session(), ada, RegistrationState.WITHDRAWN, withdrawn_at=timezone.now())
    assert h1(start(as_(ada))) == "En träff är öppen för anmälan"


def test_with_nothing_ahead_the_page_says_so(as_, ada):
    page = start(as_(ada))
    assert h1(page) == "Inget står på tur just nu"
    assert page.part("section", "Här samlas det ni gör").texts("a") == ["Lägg till en åtgärd"]


def test_late_steps_come_first_and_say_how_late(as_, ada, bo):
    for person, days, what in [(ada, 3, "byta el"), (ada, -21, "fråga grannen"), (bo, -2, "annat")]:
        make_next_step(make_session(), person, then_text=what, due_on=days_from_now(days))
    late, soon = start(as_(ada)).part("section", "Dina nästa steg").all("li")
    assert late.text.startswith("Fråga grannen 3 veckor försenat")
    assert "late" in late.attributes["class"]
    assert "Byta el" in soon.text
    assert "om 3 dagar" in soon.text


def test_a_step_is_told_about_where_it_stands_and_the_reader_stays(as_, ada):
    step = make_next_step(make_session(), ada)
    client = as_(ada)
    buttons = start(client).part("section", "Dina nästa steg").texts("button")
    assert [text.split(":")[0] for text in buttons] == ["Klart", "På väg"]
    answer = client.post(
        reverse("next_step_status", args=[step.pk]), {"status": "doing", "from": "start"}
    )
    assert answer["Location"] == "/"
    buttons = start(client).part("section", "Dina nästa steg").texts("button")
    assert [text.split(":")[0] for text in buttons] == ["Klart"]


def test_measures_have_their_figure_and_age(as_, ada, bostaden, norrbyggen):
    old = make_measure(bostaden, "Gammal", reduction_t="16", status=MeasureStatus.IN_PROGRESS)
    old.reports.create(
        status="in_progress", text="x", reduction_t="11", method="measured", created_by=ada
    )
    touched(old, 200)
    make_measure(bostaden, "Ny", published_at=None, reduction_t=None)
    make_measure(bostaden, "Klar", status=MeasureStatus.COMPLETED)
    make_measure(norrbyggen, "Andras")
    first, second = start(as_(ada)).part("section", "Det ni gör för klimatet").rows()
    assert first[0].startswith("Gammal")
    assert first[2:] == ["11 av 16", "för 6 månader sedan"]
    assert second[0].startswith("Ny")
    assert second[0].endswith("utkast")
    assert second[2:] == ["ingen siffra än", "i dag"]


def test_surveys_of_others_are_not_shown(as_, ada, bo):
    session = make_session(in_days=-2)
    for person in (ada, bo):
        SurveyInvitation.objects.create(
            session=session,
            person=person,
            token_hash=str(person.pk),
            closes_at=timezone.now() + timedelta(days=5),
        )
    page = start(as_(ada))
    assert len(page.part("section", "Fyra frågor om en träff du var på").texts("li")) == 1


@pytest.mark.parametrize("rows", [1, 3])
def test_the_start_page_of_a_member_costs_the_same(
    as_, ada, bostaden, rows, django_assert_num_queries
):
    for _ in range(rows):
        make_registration(make_session(), ada)
        make_session()
        make_measure(bostaden)
        make_next_step(make_session(), ada)
    client = as_(ada)
    with django_assert_num_queries(9):
        client.get("/")


# The contact person's


def held_this_year():
    new_year = timezone.localtime().replace(month=1, day=1, hour=0, minute=0, second=0)
    return make_session(starts_at=new_year, hours=0.01)


def lines(page):
    return [
        (one.line.key, one.line.state, one.line.done, one.line.whole)
        for one in page.context["panels"]
    ]


def test_a_contact_person_sees_how_the_organisation_stands(as_, cai, ada, bostaden):
    session = held_this_year()
    held_this_year()
    make_attendance(session, ada)
    adopted = make_adoption(bostaden)
    make_measure(bostaden, challenge=adopted.challenge)
    make_own_target(bostaden)
    page = as_(cai).get("/")
    assert h1(read(page)) == "Så ligger Bostaden till"
    assert lines(page) == [
        ("learning", "kept", 1, 2),
        ("sharing", "to_do", 0, 1),
        ("emissions", "begun", 1, 5),
    ]
    said = read(page).text
    assert "Ett av tre löften är uppfyllt. Det ni behöver ta tag i är förra årets rapport." in said
    assert "Med på 1 av 2 träffar i år. Inget är kvar att göra här." in said
    assert f"Rapporten för {timezone.localdate().year - 1} saknas." in said
    assert "4 utmaningar återstår att anta." in said


def test_with_every_promise_kept_nothing_is_left_to_do(as_, cai, ada, bostaden):
    make_attendance(held_this_year(), ada)
    make_shared_report(bostaden)
    make_own_target(bostaden)
    make_letter_of_intent(bostaden, min_challenges=1)
    make_measure(bostaden, challenge=make_adoption(bostaden).challenge)
    page = start(as_(cai))
    assert "Alla tre löftena är uppfyllda. Inget är kvar att göra." in page.text
    assert not [one for one in page.all("a") if one.attributes.get("class") == "button"]


def test_a_draft_is_no_measure_under_a_challenge_yet_but_is_told_of(as_, cai, bo, bostaden):
    challenge = make_challenge("Återbruk först")
    draft = make_measure(bostaden, published_at=None, challenge=challenge)
    make_own_target(bostaden)
    make_letter_of_intent(bostaden, min_challenges=1)
    make_adoption(bostaden, challenge)
    page = as_(cai).get("/")
    assert lines(page)[2] == ("emissions", "begun", 0, 1)
    said = read(page)
    told = "Återbruk först har ett utkast, som bara ni ser tills det är publicerat."
    assert told in said.text
    (link,) = [one for one in said.all("a") if one.text == "Öppna utkastet"]
    assert link.attributes["href"] == f"/atgarder/{draft.pk}/"
    seen_by_others = read(as_(bo).get(f"/partner/{bostaden.slug}/")).text
    assert told not in seen_by_others
    assert "Återbruk först har ingen åtgärd än." in seen_by_others


def test_only_what_needs_most_is_loud(as_, cai, ada, bostaden):
    make_attendance(held_this_year(), ada)
    make_shared_report(bostaden)
    loud = [
        link.text for link in start(as_(cai)).all("a") if link.attributes.get("class") == "button"
    ]
    assert loud == ["Skriv vad som är kartlagt"]


def test_what_is_late_comes_first_among_what_is_to_do(as_, cai, bostaden):
    make_next_step(make_session(), cai, then_text="byta el", due_on=days_from_now(2))
    touched(make_measure(bostaden, "Solceller"), 150)
    touched(make_measure(bostaden, "Klar", status=MeasureStatus.COMPLETED), 150)
    nina = make_person("Nina")
    lapsed, _ = make_invitation(
        nina, bostaden, by=cai, name="Nina Ek", role="member", expires_at=timezone.now()
    )
    titles = start(as_(cai)).part("section", "Att göra").texts("h3")
    assert titles == ["Berätta hur det går med Solceller", "Nina Ek är inte med än", "Byta el"]
    again = start(as_(cai)).part("section", "Att göra").all("a")
    assert any(f"again={lapsed.pk}" in link.attributes["href"] for link in again)


def test_with_nothing_to_do_there_is_one_quiet_line(as_, cai):
    assert "Ni är i kapp." in start(as_(cai)).part("section", "Att göra").text


def test_sessions_say_who_of_us_comes(as_, cai, ada, bo, bostaden):
    session = make_session("Vår")
    for person in (ada, cai, bo):
        make_registration(session, person)
    queued = make_session("Full", in_days=12)
    make_registration(queued, ada, RegistrationState.QUEUED)
    ours = start(as_(cai)).part("section", "Era nästa träffar")
    assert ours.texts("h3") == ["Vår", "Full"]
    assert "Plats: du, Ada" in ours.text
    assert "I kö" in ours.text


def test_of_two_organisations_one_can_be_chosen(as_, cai, bostaden):
    other = make_organisation("Åkeriet")
    Membership.objects.create(person=cai, organisation=other, role=MembershipRole.CONTACT_PERSON)
    client = as_(cai)
    assert h1(start(client)) == "Så ligger Bostaden till"
    assert h1(read(client.get("/", {"for": other.slug}))) == "Så ligger Åkeriet till"
    assert h1(read(client.get("/", {"for": "nobody"}))) == "Så ligger Bostaden till"


@pytest.mark.parametrize("rows", [1, 3])
def test_the_start_page_of_a_contact_person_costs_the_same(
    as_, cai, bostaden, rows, django_assert_num_queries
):
    for number in range(rows):
        make_registration(make_session(), make_member(bostaden))
        make_attendance(make_session(in_days=-2), make_member(bostaden))
        touched(make_measure(bostaden), 200)
        make_next_step(make_session(), cai)
        make_invitation(make_person(), bostaden, by=cai, name="N", role="member")
        make_adoption(bostaden, make_challenge(f"Utmaning {number}"))
    client = as_(cai)
    with django_assert_num_queries(22):
        client.get("/")


def test_steps_that_are_done_are_no_more_to_do(ada):
    make_next_step(make_session(), ada, status="done")
    make_next_step(make_session(), ada, status="dropped")
    assert Intention.objects.count() == 2
    name, context = home_member.of_partner(ada, "", timezone.now())
    assert (name, context["steps"]) == ("home_member", [])
