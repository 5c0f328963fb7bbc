"""A list comes in while everybody else is at work, or fails half way."""

from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from learning.intake import attendance_lists
from learning.models import Attendance, LearningSession, Registration, Series
from learning.places import registration
from partners.intake import partner_lists
from partners.models import (
    Membership,
    MembershipRole,
    Message,
    Organisation,
    OrganisationAlias,
    OrganisationStatus,
    User,
)
from tests.builders import make_import, make_person, make_series, make_session
from tests.faults.locks import deadlocks
from tests.races import at_once

CLIENTS, ROWS, SEATS = 50, 200, 40


@pytest.fixture
def time_enough(monkeypatch):
    """To wait for a list on a machine that does much else; row 9 tries how long people wait."""
    options = connection.settings_dict["OPTIONS"]
    monkeypatch.setitem(options, "options", f"{options['options']} -c lock_timeout=9s")


@pytest.mark.usefixtures("time_enough")
def test_row_8_a_list_of_200_comes_in_while_50_register():
    kim = make_person("Kim")
    organisations = [
        Organisation.objects.create(name=f"Bolag {n}", slug=f"bolag-{n}", status="prospect")
        for n in range(10)
    ]
    clients = [make_person(f"Person {n}", email=f"p{n}@bolag.example") for n in range(CLIENTS)]
    for number, person in enumerate(clients):
        Membership.objects.create(
            person=person, organisation=organisations[number % 10], role=MembershipRole.MEMBER
        )
    series = make_series()
    # By day: a session over midnight would be another one in the list.
    held = timezone.localtime().replace(hour=13, minute=0) - timedelta(days=30)
    past = make_session("Då", in_days=-30, series=series, starts_at=held)
    coming = make_session("Sedan", in_days=10, series=series, capacity=SEATS)
    people = "".join(
        f"Person {n};p{n}@bolag.example;Bolag {n % 10};x\n" for n in reversed(range(ROWS))
    )
    start, end = f"{held:%H:%M}", f"{timezone.localtime(past.ends_at):%H:%M}"
    came = make_import(
        kim, f"Namn;E-post;Organisation;{held:%Y-%m-%d} {start}-{end}\n{people}", "attendance"
    )
    came.decisions = {"series": series.title_sv}
    came.save()
    partners = make_import(
        kim,
        "Organisation;Sektor\n" + "".join(f"Bolag {n};Näringsliv\n" for n in reversed(range(10))),
    )
    before = deadlocks()

    results = at_once(
        lambda: attendance_lists.apply(came, by=kim),
        lambda: partner_lists.apply(partners, by=kim),
        *(lambda p=p: registration.register(coming, p, by=p) for p in clients),
    )

    assert [result for result in results if isinstance(result, Exception)] == []
    assert deadlocks() == before
    assert coming.registrations.filter(state="confirmed").count() == SEATS
    assert coming.registrations.filter(state="queued").count() == CLIENTS - SEATS
    assert past.attendances.count() == ROWS
    assert Organisation.objects.filter(status=OrganisationStatus.ACTIVE).count() == 10
    assert User.objects.filter(email__endswith="@bolag.example").count() == ROWS


WRITTEN = [Organisation, User, OrganisationAlias, Membership, Series, LearningSession,
           Registration, Attendance, Message]  # fmt: skip


def written():
    return {model.__name__: model.objects.count() for model in WRITTEN}


@pytest.mark.parametrize(
    ("manager", "step"),
    [
        (User, "bulk_create"),
        (OrganisationAlias, "bulk_create"),
        (Membership, "bulk_create"),
        (LearningSession, "bulk_create"),
        (Attendance, "bulk_create"),
    ],
    ids=lambda value: value if isinstance(value, str) else value.__name__,
)
def test_a_list_that_fails_half_way_leaves_nothing_behind(monkeypatch, manager, step):
    kim = make_person("Kim")
    batch = make_import(
        kim,
        "Namn;E-post;Organisation;2024-06-05 kl 9-12\n"
        "Eva Ek;eva@granit.example;Granit AB;x\nBo Al;bo@tegs.example;Tegs AB;x\n",
        "attendance",
    )
    batch.decisions = {"organisations": {"granit ab": "new", "tegs ab": "new"}}
    batch.save()
    before = written()

    def fail(*_args, **_options):
        raise ConnectionError("the cable is out")

    monkeypatch.setattr(manager._default_manager, step, fail)
    with pytest.raises(ConnectionError):
        attendance_lists.apply(batch, by=kim)

    assert written() == before
    batch.refresh_from_db()
    assert (batch.applied_at, batch.result) == (None, None)


def test_a_list_of_partners_that_fails_at_its_last_row_leaves_nothing_behind(monkeypatch):
    kim = make_person("Kim")
    batch = make_import(
        kim,
        "Organisation;Kontaktperson;E-post;Fokusområden\n"
        "Granit AB;Eva Ek;eva@granit.example;Mat och jordbruk\n",
    )
    before = written()

    def fail(*_args, **_options):
        raise ConnectionError("the cable is out")

    monkeypatch.setattr(partner_lists, "finish", fail)
    with pytest.raises(ConnectionError):
        partner_lists.apply(batch, by=kim)

    assert written() == before
