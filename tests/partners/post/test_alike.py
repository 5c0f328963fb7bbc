"""Letters that say the same to many are, in the database, what each alone would have been."""

import pytest
from django.db import connection
from django.utils import timezone

from partners.models import Message, SwitchedOff, Topic
from partners.post import alike, outbox
from tests.builders import make_person, make_session

pytestmark = pytest.mark.django_db

OWN = {"id", "key", "message_id", "created_at", "next_try_at", "useless_after"}


def fields(key):
    row = Message.objects.filter(key=key).values().get()
    return {name: value for name, value in row.items() if name not in OWN}


@pytest.mark.parametrize(
    "letter",
    ["learning/session_cancelled", "learning/session_reminder", "learning/session_material"],
)
@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize("name", ["Åsa Öst", 'D\'Arcy "<b>" O’Neil', "", "x@y", "[[1]] %s"])
def test_each_is_as_if_it_had_been_written_alone(letter, language, name):
    person = make_person(name or "-", language=language)
    person.name = name
    about = {"session": make_session(), "title": "Bygga & bo", "session_url": "http://x/%s/"}
    entry = 'BEGIN:VCALENDAR\r\nSUMMARY:"Åsa\\, %s\\n{}"'
    moment = timezone.now()
    told = {"calendar": entry, "calendar_method": "CANCEL"}
    outbox.put("alone", person, letter, about, **told, useless_after=moment)
    copies = [outbox.Copy("many", person, **told)]
    outbox.put_to_many(copies, letter, lambda _: about, useless_after=moment)
    assert fields("many") == fields("alone")
    assert len(set(Message.objects.values_list("message_id", flat=True))) == 2


def test_so_is_one_that_its_reader_has_switched_off(ada):
    SwitchedOff.objects.create(person=ada, topic=Topic.NEWS)
    about = {"session": make_session(), "title": "Budget", "session_url": ""}
    outbox.put("alone", ada, "learning/session_material", about)
    copies = [outbox.Copy("many", ada)]
    outbox.put_to_many(copies, "learning/session_material", lambda _: about)
    assert fields("many") == fields("alone")
    assert fields("many")["state"] == "skipped"


def test_a_crowd_is_kept_in_turns_in_the_order_in_which_it_came(ada, monkeypatch):
    monkeypatch.setattr(alike, "MOST", 3)
    about = {"session": make_session(), "title": "Budget", "session_url": ""}
    keys = [f"many:{number}" for number in range(7)]
    copies = [outbox.Copy(key, ada) for key in [*keys, "many:0"]]
    outbox.put_to_many(copies, "learning/session_cancelled", lambda _: about)
    assert list(Message.objects.order_by("pk").values_list("key", flat=True)) == keys


def test_what_all_share_goes_to_the_database_once(ada, bo):
    about = {"session": make_session(), "title": "Budget", "session_url": ""}
    copies = [outbox.Copy(f"many:{person.pk}", person) for person in (ada, bo)]
    with connection.execute_wrapper(seen := Seen()):
        outbox.put_to_many(copies, "learning/session_cancelled", lambda _: about)
    assert str(seen.parameters).count("<!doctype html>") == 1


class Seen:
    def __call__(self, execute, sql, params, many, context):
        self.parameters = params
        return execute(sql, params, many, context)
