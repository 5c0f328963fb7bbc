"""Every page a person can open, and who opens it.

Pages come from the table in tests/northstar/walk.py by themselves: each GET that answers 200 is
opened as a visitor, where visitors may, and as the most trusted role that may; what it is about is
the world of the walk. MORE holds other states of a page: Page(url name, who, builder), where
the builder gets `people`, makes what is needed and returns the arguments of the URL.

Each page is opened in both languages and seen at 1280 px in light and 360 px in dark colours.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from django.utils import timezone

from learning.intake.words import ATTENDANCE_LIST
from measures.models import Measure, MeasureStatus
from partners.intake import batches
from partners.intake.columns import PARTNER_LIST
from partners.models import Organisation
from tests.builders import (
    make_attendance,
    make_leaving,
    make_letter,
    make_mailing,
    make_measure,
    make_next_step,
    make_place_link,
    make_registration,
    make_session,
    queued,
)
from tests.factors import make_app, make_passkey_row
from tests.northstar import walk, walked

# Answers that are no pages: for machines, or files.
NOT_PAGES = {
    "health",
    "health_clock",
    "metrics",
    "session_calendar",
    "material_file",
    "measure_file",
}
NOT_PAGES |= {"attendance_example", "import_example", "robots_txt", "sitemap_xml", "security_txt"}
NOT_PAGES |= {"leader_picture", "funder_picture", "participants_file", "mailing_letter"}
NOT_PAGES |= {"letter_text_mail", "partner_story_text", "partner_cards_file"}
DATA = Path(__file__).parents[1] / "data"


@dataclass(frozen=True)
class Page:
    url_name: str
    who: str = "anyone"
    builder: Callable | None = None
    query: str = ""

    def __str__(self):
        name = f"-{self.builder.__name__}" if self.builder else ""
        return f"{self.url_name}{name}-{self.who}"


def pages_of_the_walk():
    """Yield a Page for every GET of the walk that shows one."""
    for method, name, verdicts in walk.rows():
        if method != "GET" or name in NOT_PAGES:
            continue
        may = [role for role, verdict in verdicts.items() if verdict == "200"]
        looks = {"anyone"} & set(may) | set(may[-1:])
        yield from (Page(name, role) for role in sorted(looks))


def a_spring(people):
    """One session held in 2024 that a member attended and another organisation's did not."""
    start = timezone.make_aware(datetime(2024, 2, 7, 9))
    session = make_session(starts_at=start, published_at=start)
    make_registration(session, people["member"])
    make_registration(session, people["other"])
    make_attendance(session, people["member"])


def a_list_of_partners(people):
    """The coordinator's own list, read and not yet applied: questions, wrong cells, long words."""
    data = (DATA / "partners.xlsx").read_bytes()
    return {"pk": batches.open_batch(PARTNER_LIST, "partners.xlsx", data, by=people["coord"]).pk}


def a_list_of_attendance(people):
    data = (DATA / "attendance-spring-2024.xlsx").read_bytes()
    batch = batches.open_batch(
        ATTENDANCE_LIST, "attendance-spring-2024.xlsx", data, by=people["coord"]
    )
    return {"pk": batch.pk}


def nothing_more(people):
    """What the walk has made is enough."""


def a_colleagues_place(people):
    """A coming session in which a member of the contact person's organisation has a place."""
    session = make_session(capacity=1)
    make_registration(session, people["member"])
    return {"pk": session.pk}


def a_partner_at_work(people):
    """Its measures, one of them old, a late step, and who came to what."""
    organisation = Organisation.objects.of(people["contact"]).get()
    old = make_measure(organisation, "Elbilar i poolen", status=MeasureStatus.IN_PROGRESS)
    old.reports.create(
        status="in_progress",
        text="Halvvägs.",
        reduction_t="4",
        method="measured",
        created_by=people["contact"],
    )
    Measure.objects.filter(pk=old.pk).update(updated_at=timezone.now() - timedelta(days=200))
    make_measure(organisation, "Möbler på nytt", reduction_t=None, published_at=None)
    for person in (people["member"], people["contact"]):
        session = make_session(in_days=-20)
        make_attendance(session, person)
        make_next_step(session, person, due_on=timezone.localdate() - timedelta(days=21))
        make_registration(make_session(in_days=12, capacity=40), person)


def the_walked_organisation(people):
    return {"slug": Organisation.objects.of(people["contact"]).get().slug}


def a_place_that_is_left(people):
    return {"pk": make_leaving(make_registration(make_session(), people["member"]), minutes=600).pk}


def a_session_that_is_left(people):
    session = make_session(capacity=3)
    make_leaving(make_registration(session, people["member"]), minutes=600)
    return {"pk": session.pk}


def a_link_of_a_place_that_is_left(people):
    place = make_leaving(make_registration(make_session(), people["member"]), minutes=600)
    return {"token": make_place_link(place)}


def a_mailing_in_two_languages(people):
    session = make_session(lead=people["lead"])
    make_registration(session, people["member"])
    english = {"subject_en": "New room", "text_en": "Väven, fifth floor."}
    return {"pk": make_mailing(people["lead"], session, **english).pk}


def a_mailing_to_be_sent(people):
    session = make_session(lead=people["lead"])
    make_registration(session, people["member"])
    return {"pk": queued(make_mailing(people["lead"], session)).pk}


def a_mailing_on_its_way(people):
    """Of three letters one has left, one waits, and one did not arrive."""
    mailing = queued(make_mailing(people["coord"]), in_minutes=-5)
    now = timezone.now()
    for role, state in (("member", "sent"), ("contact", "waiting"), ("other", "failed")):
        person = people[role]
        make_letter(
            person,
            key=f"partners.mailing:{mailing.pk}:{person.pk}",
            state=state,
            sent_at=now if state == "sent" else None,
            last_error="550 5.1.1 User unknown" if state == "failed" else "",
        )
    return {"pk": mailing.pk}


def a_login_with_all_factors(people):
    make_app(people["member"])
    make_passkey_row(people["member"])


def a_factor(people):
    return {"pk": make_app(people["contact"]).pk}


def a_factor_of_another(people):
    make_app(people["lead"])
    return {"pk": people["lead"].pk}


MORE = [
    Page("security", "member", a_login_with_all_factors),
    Page("recovery_codes", "member", a_login_with_all_factors),
    Page("factor_passkey", "member", a_login_with_all_factors),
    Page("prove", "member", a_login_with_all_factors),
    Page("factor_app", "other", nothing_more),
    Page("factor_remove", "contact", a_factor),
    Page("factor_reset", "coord", a_factor_of_another),
    Page("mailing_detail", "lead", a_mailing_to_be_sent),
    Page("mailing_detail", "coord", a_mailing_on_its_way),
    Page("mailing_detail", "lead", a_mailing_in_two_languages, "?as=text&in=en"),
    Page("withdraw", "lead", a_place_that_is_left),
    Page("session_detail", "member", a_session_that_is_left),
    Page("participants", "lead", a_session_that_is_left),
    Page("withdraw_by_link", "anyone", a_link_of_a_place_that_is_left),
    Page("people_invite", "coord", nothing_more, "?everybody=yes"),
    Page("people_list", "coord", nothing_more, "?role=none"),
    Page("people_list", "coord", nothing_more, "?q=o"),
    Page("home", "member", a_partner_at_work),
    Page("home", "contact", a_partner_at_work),
    Page("home", "lead", a_partner_at_work),
    Page("partner_list", "anyone", nothing_more, "?sort=tonnes"),
    Page("partner_list", "anyone", nothing_more, "?q=granatten"),
    Page("organisation_words", "contact", the_walked_organisation),
    Page("register_colleague", "contact", a_colleagues_place),
    Page("people_add", "coord", nothing_more, "?organisation=o"),
    Page("import_detail", "coord", a_list_of_partners),
    Page("attendance_import", "coord", a_list_of_attendance),
    Page("participation", "coord", a_spring, "?start=2024-01-01&end=2024-12-31"),
    Page("participation_rows", "coord", a_spring, "?start=2024-01-01&end=2024-12-31"),
]

PAGES = [*pages_of_the_walk(), *MORE]


def make_pages():
    """Make what all pages are about, and return (who looks, arguments of the URL) for each."""
    world = walked.make_world()
    people, addresses = world["people"], walked.addresses(world)
    made = {build: build(people) or {} for build in dict.fromkeys(page.builder for page in MORE)}
    return {
        page: (
            people[page.who],
            made[page.builder] if page.builder else addresses.get(page.url_name, {}),
        )
        for page in PAGES
    }
