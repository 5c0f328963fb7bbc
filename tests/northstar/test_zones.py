"""Whoever reads English may sit anywhere: each clock time says whose clock is meant."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from learning.models import LearningSession
from learning.places.registration import register, withdraw
from learning.reminders import due, running
from learning.sessions import scheduling
from learning.visitors import visiting
from partners.models import Message
from tests.builders import make_attendance, make_person, make_session
from tests.northstar import walk, walked
from tests.reading import Element, read

CLOCK = re.compile(r"\b\d?\d:\d\d\b")
ZONE = "Swedish time"
# Within these a time stands in a sentence, a heading or a cell; the zone must stand there, too.
WHOLE = {"p", "li", "td", "th", "dt", "dd", "h1", "h2", "h3", "caption", "label", "summary"}
WRITTEN = {"textarea", "option", "title", "pre"}  # what people wrote, and the name of the page


def without_zone(element, outer=()):
    """The texts in which a time stands and neither they nor what is over them name the zone."""
    for part in element.inside:
        if isinstance(part, Element):
            if part.tag not in WRITTEN:
                yield from without_zone(part, (*outer, element))
        elif CLOCK.search(part) and not any(said_over(one) for one in (*outer, element)):
            whole = [one for one in (*outer, element) if one.tag in WHOLE]
            said = " ".join((whole[-1].text if whole else own_text(element)).split())
            if ZONE not in said:
                yield said


def own_text(element):
    """What stands in it outside paragraphs and headings of their own."""
    said = [
        one if isinstance(one, str) else one.text for one in element.inside if not is_whole(one)
    ]
    return "".join(said)


def is_whole(part):
    return isinstance(part, Element) and part.tag in WHOLE | {"div", "section", "ul", "ol", "table"}


def said_over(element):
    """Whether the head of a table or section says it of all times in it."""
    if element.tag == "table":
        heads = [*element.all("caption"), *element.all("thead")]
    elif element.tag == "section":
        heads = [
            one for one in element.all("div") if "section-head" in one.attributes.get("class", "")
        ]
    else:
        return False
    return any(ZONE in " ".join(head.text.split()) for head in heads)


@pytest.fixture(scope="module")
def world(module_db):
    """Sessions at all their stages, with a programme, people who come, wait, left and came."""
    world = walked.make_world()
    LearningSession.objects.update(programme_sv="09.00 Kaffe", programme_en="9:00–9:30 Coffee")
    session, member = world["session"], world["people"]["member"]
    make_attendance(world["held"], member, minutes_present=30)
    LearningSession.objects.filter(pk=world["held"].pk).update(attendance_taken_at=timezone.now())
    soon = make_session(in_days=1, title_en="Soon", capacity=1)
    register(soon, member, by=member)
    withdraw(register(session, world["people"]["other"], by=world["people"]["other"]), by=member)
    return world


@pytest.mark.django_db
@pytest.mark.parametrize("role", ["anyone", "member", "contact", "lead", "coord"])
def test_every_time_on_an_english_page_names_the_zone(world, role):
    client = Client()
    if role != "anyone":
        client.force_login(world["people"][role])
    missing, times = {}, 0
    for method, name, verdicts in walk.rows():
        if method != "GET" or verdicts[role] != "200":
            continue
        with translation.override("en"):
            address = reverse(name, kwargs=walked.addresses(world).get(name, {}))
        response = client.get(address, headers={"accept-language": "en"})
        if response.streaming:
            assert b"".join(response)  # read to its end, which also closes it
            continue
        if not response.get("Content-Type", "").startswith("text/html"):
            continue
        page = read(response)
        times += len(CLOCK.findall(page.text))
        if found := list(without_zone(page)):
            missing[name] = found
    assert missing == {}
    assert times > {"anyone": 5}.get(role, 20)


@pytest.mark.django_db
def test_every_time_in_an_english_letter_names_the_zone(lo):
    reader, other = (make_person(name, language="en") for name in ("Ann Reader", "Bo Reader"))
    session = make_session(
        in_days=10, capacity=1, audience="public", meeting_url="https://m.example/"
    )
    place = register(session, reader, by=reader)
    register(session, other, by=lo)
    (rule,) = due.in_force([session])[session.pk].rules
    running.remind(due.due_at(rule, session) + timedelta(minutes=1))
    visiting.ask(session, "Cy", "cy@x.example", organisation="", language="en")
    plan = scheduling.plan_of(session) | {"starts_at": session.starts_at + timedelta(hours=1)}
    plan["ends_at"] = session.ends_at + timedelta(hours=1)
    session = scheduling.save(session, plan, version=session.version, by=lo)
    withdraw(place, by=lo)
    scheduling.cancel(session, by=lo)
    letters = list(Message.objects.filter(language="en"))
    assert {one.letter.partition("/")[2] for one in letters} >= {
        "confirm_visit",
        "place_given_back",
        "place_in_queue",
        "seat_confirmed",
        "session_cancelled",
        "session_moved",
        "session_reminder",
    }
    lines = [line for one in letters for line in [one.subject, *one.text.split("\n")]]
    timed = [line for line in lines if CLOCK.search(line)]
    assert len(timed) > 8
    assert [line for line in timed if ZONE not in " ".join(line.split())] == []


def test_a_time_without_its_zone_is_found():
    def page(html):
        return list(without_zone(read(type("Answer", (), {"content": html.encode()}))))

    assert page("<p>Come at 09:00</p>") == ["Come at 09:00"]
    assert page("<p>9:00–10:00 Swedish\N{NO-BREAK SPACE}time</p>") == []
    assert page("<div>09:00<p>10:00 Swedish time</p></div>") != []
    table = (
        "<table><thead><tr><th>{}</th></tr></thead><tbody><tr><td>09:00</td></tr></tbody></table>"
    )
    assert page(table.format("Time")) == ["09:00"]
    assert page(table.format("Swedish time")) == []
