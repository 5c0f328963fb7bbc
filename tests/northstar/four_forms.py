"""What the four of four_at_once send, and the states that the world of the walk does not hold."""

import re
from datetime import timedelta
from decimal import Decimal
from hashlib import sha256

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from learning.models import LearningSession
from measures.city import keeping
from measures.city.pasting import Row
from measures.progress import reporting
from northstar.demo.data.people import PERSONAS
from northstar.handover.plan import plan
from partners.choices import choosing
from partners.differences import seal
from partners.models import (
    FocusArea,
    Message,
    PostStop,
    Topic,
)
from partners.organisations import keeping as organisations
from partners.people import correcting
from partners.post import stopping
from partners.telling import writing
from partners.writing import drafting
from tests.builders import (
    make_bounced,
    make_funder,
    make_import,
    make_leader,
    make_leaving,
    make_letter_text,
    make_member,
    make_organisation,
    make_person,
    make_registration,
    make_rule,
    make_session,
    make_telling,
    queued,
)
from tests.logging_in import ask, confirm

PARTNERS = "Organisation;Org.nr;Kontaktperson;E-post\nGranit AB;;Eva Ek;eva@granit.example\n"
WHO_CAME = (
    "Namn;E-post;Organisation;2024-06-05 kl 9-12\nEva Ek;eva.ek@prov.example;Prov Granit AB;x\n"
)


# What stands in the forms


def plan_of_a_session(world):
    return {
        "title_sv": "Resor utan flyg",
        "new_series": "Resor",
        "day": timezone.localdate() + timedelta(days=20),
        "starts": "13:00",
        "ends": "15:00",
        "mode": "on_site",
        "venue": "Rådhuset",
        "audience": "public",
        "capacity": "40",
    }


def changed_plan(world):
    return plan_of_a_session(world) | {
        "new_series": "",
        "series": world["session"].series_id,
        "version": "1",
    }


def plan_of_a_measure(world):
    return {
        "title": "Solceller på taket",
        "focus_area": FocusArea.objects.first().pk,
        "status": "planned",
        "reduction_t": "12,5",
        "method": "calculated",
        "has_organisational_lock_in": "on",
        "text_organisational_lock_in": "Avtalet löper till 2028.",
        "version": "1",
    }


def answers_of_a_survey(world):
    return {
        "usefulness": "at_once",
        "safety": "fully",
        "when_text": "budgeten sätts",
        "then_text": "fråga varje enhet",
        "sharing": "organisation",
        "barriers": ["behaviour_change"],
    }


def facts_of_the_member(world):
    person = world["people"]["member"]
    seen = seal(correcting.facts_of_person(person))
    return {"name": "Ada Ås", "email": "ada.as@bostaden.example", "seen": seen}


def facts_of_the_organisation(world):
    organisation = world["organisation"]
    return {
        "name": "Bostaden i Umeå",
        "org_number": "",
        "sector": "business",
        "website": "",
        "status": "active",
        "joined_on": "",
        "left_on": "",
        "seen": seal(organisations.facts_of_organisation(organisation)),
    }


def words_of_the_organisation(world):
    words = organisations.words_of_organisation(world["organisation"])
    return {"description_sv": "Vi bygger hem.", "seen": seal(words)}


def a_question(world):
    return {
        "name": "Stina Strand",
        "email": "stina@strangers.example",
        "text": "Kan en bostadsrättsförening vara med?",
        "addressee": "office",
    }


def a_wish_to_join(world):
    return a_question(world) | {
        "organisation": "Brf Strandkanten",
        "text": "Vi vill byta till fjärrvärme och lära av andra.",
        "phone": "090-12 34 56",
    }


def words_of_a_mailing(world):
    words = drafting.words_of(world["mailing"])
    return words | {"subject_sv": "Ny tid på torsdag", "seen": "1"}


def words_of_a_letter(world):
    row = world["letter_text"]
    return {"subject": "En plats till dig", "text": row.text, "seen": row.number}


def a_text_written_over(world):
    """The first version of the text is not the one that holds."""
    row = world["letter_text"]
    make_letter_text(row.written_by, number=2, subject="En annan")
    return {}


def words_to_partners(world):
    return {
        "groups": ["partners.contacts", "partners.members"],
        "subject_sv": "Nya träffar i höst",
        "text_sv": "Hej alla, nu är höstens träffar klara.",
    }


def a_file(world):
    content = SimpleUploadedFile("bild.pdf", b"%PDF-1.7\n%%EOF\n", "application/pdf")
    return {"title": "Bilder", "audience": "partners", "language": "sv", "file": content}


def a_reminder(world):
    said = {"letter": "session_reminder", "whom": "confirmed"}
    return said | {"amount": "2", "unit": "days", "clock": "7.30"}


def a_reminder_of_measures(world):
    return {"amount": "365", "clock": "9.30"}


def a_link(world):
    link = "https://material.example/film"
    return {"title": "Film", "audience": "partners", "language": "sv", "url": link}


def pasted_years(world):
    """As the page with the changes sends it, which has shown them before."""
    rows = [Row(2022, Decimal(249_100)), Row(2023, Decimal(243_800))]
    seal = keeping.seal([keeping.Change(row.year, None, row.tonnes) for row in rows])
    text = "2022\t249 100\n2023\t243 800"
    return {"rows": text, "source": "RUS", "seen": seal, "then": "save"}


def a_list(text):
    return lambda world: {"file": SimpleUploadedFile("lista.csv", text.encode(), "text/csv")}


# States that the world of the walk does not hold


def somebody_new(world):
    person = make_member(world["organisation"], "Pia Pil")
    return {"newcomer": person, "membership": person.memberships.get()}


def asked(world):
    world["people"]["asked"] = world["asked"].person
    return {}


def not_published(world):
    return {"session": make_session(published_at=None)}


def without_own_rules(world):
    world["rule"].delete()
    return {}


def a_removed(rule, person):
    """The state in which *person* has just removed *rule*, by their names in the world."""

    def remove(world):
        removed = {"removed_at": timezone.now(), "removed_by": world["people"][person]}
        type(world[rule]).objects.filter(pk=world[rule].pk).update(**removed)
        return {}

    return remove


def a_rule_of_the_series(world):
    return {"of_series": make_rule(series=world["session"].series)}


def given_up(world):
    Message.objects.filter(pk=world["letter"].pk).update(state="failed")
    return {}


def stopped(world):
    coordinator = world["people"]["coord"]
    stopping.stop(world["letter"], by=coordinator)
    return {}


def to_be_sent(world):
    queued(world["mailing"])
    return {}


def post_is_stopped(world):
    """Somebody has stopped all e-mails."""
    by = world["people"]["coord"]
    return {"stop": PostStop.objects.create(stopped_at=timezone.now(), stopped_by=by)}


def waits_for_a_try(world):
    """The letter has been refused once, and is tried again in an hour."""
    in_an_hour = timezone.now() + timedelta(hours=1)
    Message.objects.filter(pk=world["letter"].pk).update(attempts=1, next_try_at=in_an_hour)
    return {}


def comes_back(world):
    make_bounced(world["people"]["member"])
    return {}


def begins_soon(world):
    """The session of the place starts in an hour: leaving it is final."""
    soon = timezone.now() + timedelta(hours=1)
    LearningSession.objects.filter(pk=world["session"].pk).update(
        starts_at=soon, ends_at=soon + timedelta(hours=1)
    )
    return {}


def just_told(world):
    """Somebody has let the person with a seat be told of the material; it waits."""
    telling = make_telling(world["session"])
    return {"telling": telling, "told": Message.objects.filter(held=True).latest("pk")}


def just_left(world):
    make_leaving(world["place"])
    return {}


def nothing_new_is_told(world):
    return {"told": reporting.no_news(world["measure"], by=world["people"]["member"])}


def held_today(world):
    """The session is on, and the member's colleague has a seat, too."""
    session = make_session(in_days=-1)
    member, contact = world["people"]["member"], world["people"]["contact"]
    make_registration(session, member)
    make_registration(session, contact)
    return {"session": session}


def a_list_that_is_decided(world):
    return {"partner_import": make_import(world["people"]["coord"], PARTNERS)}


def who_came_decided(world):
    batch = make_import(world["people"]["coord"], WHO_CAME, "attendance")
    return {"attendance_import": batch}


def code_of(person):
    letter = Message.objects.filter(recipient=person, letter="northstar/login_code").last()
    return re.search(r"\d{4} \d{4}", letter.text).group()


def everybody_who_asked_gets_in(world):
    """With the code of the one letter, in whichever browser it is given."""
    person = world["people"]["member"]
    code = code_of(person)
    answers = [confirm(browser, code) for browser in world["browsers"]]
    return [answer.get("Location") for answer in answers] == ["/"] * 4


def a_code_is_asked_for(world):
    visitor = Client()
    ask(visitor, world["people"]["member"].email)
    return {"cookies": visitor.cookies}


def another_organisation(world):
    return {"target": make_organisation("Granit AB")}


def somebody_to_be(world):
    return {"persona": make_person(*PERSONAS["member"])}


def words_of_a_page(world):
    newest = world["page"].versions.latest("number")
    return writing.words_of(newest) | {"title_sv": "Om oss", "seen": str(newest.number)}


def written_over(world):
    """The first version of the page is not the one that holds."""
    said = writing.words_of(world["page"].versions.get()) | {"title_sv": "Om oss"}
    writing.write(world["page"], said, seen=1, by=world["people"]["coord"])
    return {}


def surveys_are_off(world):
    choosing.switch_off(world["people"]["member"], [Topic.SURVEYS])
    return {}


def one_before(world):
    """A row of each kind stands before the one that is moved."""
    by = world["people"]["coord"]
    for row, make in ((world["leader"], make_leader), (world["funder"], make_funder)):
        make(by, "Först", position=0)
        assert row.position > 0
    return {}


def a_list_of_addresses(world):
    """The preview of a list, as it is confirmed."""
    emails = ["eva@granit.example", "ove@granit.example"]
    return {
        "step": "send",
        "addresses": "\n".join(emails),
        "language": "sv",
        "page": "7d1f8b8e-5a55-4b6f-9d0e-0d4c5a0f7b11",
        "seen": sha256("\n".join(emails).encode()).hexdigest(),
    }


def asked_last_week(world):
    long_ago = timezone.now() - timedelta(days=8)
    type(world["asked"]).objects.filter(pk=world["asked"].pk).update(created_at=long_ago)
    return {}


def what_the_member_hands_over(world):
    """The preview, as it is confirmed: all goes to the contact person."""
    leaver, successor = world["membership"], world["people"]["contact"].memberships.get()
    found = plan(leaver, successor, timezone.now())
    return {"to": successor.pk, "seen": found.seal}
