"""Every POST is fired four times at once, and once more, against the table in four_at_once.py."""

from collections import Counter

import pytest
from django.apps import apps
from django.core.cache import cache
from django.db import transaction
from django.db.models import QuerySet
from django.test import Client
from django.urls import get_resolver, reverse

from partners import patience
from partners.models import Message
from tests.builders import make_person, make_registration, make_session
from tests.northstar import walk, walked
from tests.northstar.demo.playing import play_the_demo
from tests.northstar.four_at_once import FOUR
from tests.northstar.test_walk import all_url_names
from tests.races import neck_and_neck
from tests.reading import read

APPS = ("partners", "learning", "measures")
OURS = [model for app in APPS for model in apps.get_app_config(app).get_models()]


@pytest.fixture
def demo(settings, tmp_path, monkeypatch):
    play_the_demo(settings, tmp_path, monkeypatch)


# Every address that takes a POST is in the table


def logged_in(person):
    client = Client()
    client.force_login(person)
    return client.cookies.output(header="", sep=";")


def takes_post(name, arguments, cookies):
    """Whether a POST gets past the door of its view: asked of the product itself, and undone."""
    client = Client()
    client.cookies.load(cookies)
    before = transaction.savepoint()
    status = client.post(reverse(name, kwargs=arguments)).status_code
    transaction.savepoint_rollback(before)
    return status != 405


@pytest.mark.django_db
def test_every_address_that_takes_a_post_has_its_entry(kim):
    where = walked.addresses(walked.make_world())
    cookies = logged_in(kim)
    taking = {name for name in all_url_names() if takes_post(name, where.get(name, {}), cookies)}
    assert taking == {name.partition(" ")[0] for name, four in FOUR.items() if not four.in_demo}
    assert taking == {name for method, name, _ in walk.rows() if method == "POST"}


@pytest.mark.django_db
def test_every_address_of_the_demo_that_takes_a_post_has_its_entry(kim, demo):
    names = {p.name for p in get_resolver("northstar.demo.urls").url_patterns[-1].url_patterns}
    own = {name for name in names if name and name.startswith("demo_")}
    arguments = {"demo_become": {"persona": "member"}, "demo_letter": {"name": "x"}}
    arguments["demo_letter_page"] = {"name": "x"}
    cookies = logged_in(kim)
    taking = {name for name in own if takes_post(name, arguments.get(name, {}), cookies)}
    assert taking == {name for name, four in FOUR.items() if four.in_demo}


# Four at once


@pytest.fixture
def world(transactional_db):
    cache.clear()  # what the tests before this one sent counts in its limits no more
    return walked.make_world()


def fire(name, world):
    """Send four at once, and one that comes late; what came of them, as a test compares it."""
    four = FOUR[name]
    world |= four.state(world)
    where = walked.addresses(world).get(name.partition(" ")[0], {})
    address = reverse(name.partition(" ")[0], kwargs=four.arguments or where)
    world["browsers"] = clients = browsers_of(four, world)
    posts = [four.data(world) for _ in range(len(clients) + 1)]
    before = rows_now()

    answers = neck_and_neck(
        *(
            lambda client=client, data=data: client.post(address, data)
            for client, data in zip(clients, posts, strict=False)
        )
    )
    assert [answer for answer in answers if isinstance(answer, Exception)] == []
    assert [answer.exc_info for answer in answers if answer.exc_info] == []
    at_once = difference(before, rows_now())
    held = four.holds(world)
    late = clients[-1].post(address, posts[-1])
    return {
        "adds": at_once,
        "adds with the late one": difference(before, rows_now()),
        "letters in measure": most_of_a_letter(before[Message]) <= four.letters,
        "wrong answers": {a.status_code for a in [*answers, late]} - four.answers,
        "holds": bool(held),
    }


def outcome(name):
    """What the table says, in the shape of what fire() returns."""
    adds = {model.__name__: number for model, number in FOUR[name].adds.items()}
    return {
        "adds": adds,
        "adds with the late one": adds,
        "letters in measure": True,
        "wrong answers": set(),
        "holds": True,
    }


def browsers_of(four, world):
    """Four browsers, of which those with the same number share what they are known by."""
    person = world["people"][four.role]
    jars = {}
    clients = []
    for number in four.browsers:
        client = Client(raise_request_exception=False)
        if number in jars:
            client.cookies.load(jars[number])
        elif "cookies" in world:
            client.cookies.load(world["cookies"].output(header="", sep=";"))
        elif person:
            client.force_login(person)
        else:
            client.cookies["csrf"] = str(number) * 32  # as the page with the form has left it
        jars[number] = client.cookies.output(header="", sep=";")
        clients.append(client)
    return clients


def rows_now():
    return Counter({model: model.objects.count() for model in OURS})


def difference(before, after):
    return {m.__name__: after[m] - before[m] for m in OURS if after[m] != before[m]}


def most_of_a_letter(known):
    """How many of one letter a reader got at most since there were *known* letters."""
    new = Message.objects.order_by("pk")[known:]
    got = Counter((letter.recipient_id, letter.letter) for letter in new)
    return max(got.values(), default=0)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("name", [name for name, four in FOUR.items() if not four.in_demo])
def test_four_at_once_are_one(world, name):
    assert fire(name, world) == outcome(name)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("name", [name for name, four in FOUR.items() if four.in_demo])
def test_four_at_once_are_one_in_the_demo(world, demo, name):
    assert fire(name, world) == outcome(name)


# Where a lock is lost, this finds it


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    "name", ["measure_create", "measure_report", "membership_invite", "walk_in_new"]
)
def test_a_lost_lock_on_a_row_is_found(world, name, monkeypatch):
    monkeypatch.setattr(QuerySet, "select_for_update", lambda rows, **how: rows.all())
    monkeypatch.setattr("learning.attendance.taking.lock", lambda session: session)
    assert fire(name, world) != outcome(name)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    "name", ["session_create", "material_link", "import_partners", "account_login"]
)
def test_a_lost_turn_is_found(world, name, monkeypatch):
    monkeypatch.setattr(patience, "take_turn", lambda name: None)
    assert fire(name, world)["adds"] != outcome(name)["adds"]


# Four who write different things: what is not kept is still on the page of whoever wrote it

TYPED = {
    "session_edit": "venue",
    "measure_name": "title",
    "person_edit": "name",
    "organisation_edit": "name",
    "page_edit": "title_sv",
    "organisation_words": "description_sv",
    "mailing_edit": "subject_sv",
}


def send_different(name, world, posts):
    four = FOUR[name]
    world |= four.state(world)
    address = reverse(name, kwargs=walked.addresses(world)[name])
    clients = browsers_of(four, world)
    return neck_and_neck(
        *(
            lambda client=client, data=data: client.post(address, data)
            for client, data in zip(clients, posts(world), strict=True)
        )
    )


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("name", "typed"), TYPED.items())
def test_of_four_who_change_a_thing_one_is_kept_and_three_still_have_their_words(
    world, name, typed
):
    said = [f"Nummer {number}" for number in range(4)]
    answers = send_different(
        name, world, lambda world: [FOUR[name].data(world) | {typed: words} for words in said]
    )
    refused = [(words, answer) for words, answer in zip(said, answers, strict=True)
               if answer.status_code == 422]  # fmt: skip
    assert sorted(answer.status_code for answer in answers) == [302, 422, 422, 422]
    assert [read(answer).value(typed) for _, answer in refused] == [words for words, _ in refused]


@pytest.mark.django_db(transaction=True)
def test_of_four_who_take_the_same_list_everybodys_marks_are_kept(world):
    session = make_session(in_days=-1)
    came = [make_registration(session, make_person(f"Gäst {n}")).person_id for n in range(4)]
    shown = {f"{what}-{pk}": "unknown" for pk in came for what in ("was", "person")}
    world |= {"session": session}
    where = reverse("attendance", kwargs={"pk": session.pk})
    clients = browsers_of(FOUR["attendance"], world)

    answers = neck_and_neck(
        *(
            lambda client=client, pk=pk: client.post(where, shown | {f"person-{pk}": "present"})
            for client, pk in zip(clients, came, strict=True)
        )
    )

    assert [answer.status_code for answer in answers] == [302] * 4
    assert set(session.attendances.values_list("person", flat=True)) == set(came)


@pytest.mark.django_db(transaction=True)
def test_of_four_who_decide_about_a_list_everybodys_decision_is_kept(world):
    names = [f"granit {number}" for number in range(4)]
    answers = send_different(
        "import_detail", world, lambda world: [{f"organisation:{name}": "new"} for name in names]
    )
    world["partner_import"].refresh_from_db()
    assert [answer.status_code for answer in answers] == [302] * 4
    assert world["partner_import"].decisions["organisations"] == dict.fromkeys(names, "new")
