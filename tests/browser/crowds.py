"""The world of the walk when the portal has long been in use: sixty of all there can be many of.

Rows are written many at a time: what is asked is how one gets past them, not how they came.
"""

import uuid
from datetime import timedelta

from django.utils import timezone
from django.utils.text import slugify

from learning.models import Attendance
from tests.northstar import walked

MANY = 60


def copies(row, **changing):
    """Write MANY rows like *row*; *changing* gives a field's value from the number of the copy."""
    model = type(row)
    kept = {
        field.attname: getattr(row, field.attname)
        for field in model._meta.concrete_fields
        if not field.primary_key
    }
    made = (kept | {name: make(at) for name, make in changing.items()} for at in range(MANY))
    return model.objects.bulk_create([model(**fields) for fields in made])


def make_crowds():
    """Make the world of the walk with MANY rows of each kind that it has one of."""
    world = walked.make_world()
    people = world["people"]
    member, organisation, now = people["member"], world["organisation"], timezone.now()
    names = [f"Gäst {at:02}" for at in range(MANY)]

    copies(
        organisation,
        name=lambda at: f"Förening {chr(65 + at % 26)}{at:02}",
        slug=lambda at: f"forening-{at}",
        org_number=lambda at: None,
    )
    guests = copies(
        member, email=lambda at: f"{slugify(names[at])}@guests.example", name=lambda at: names[at]
    )
    copies(world["membership"], person_id=lambda at: guests[at].pk)
    for session in (world["session"], world["held"]):
        place = {"session_id": lambda at, session=session: session.pk}
        copies(world["place"], **place, person_id=lambda at: guests[at].pk)
        copies(world["material"], **place, title=lambda at: f"Bilder {at}")
    came = Attendance.objects.create(
        session=world["held"],
        person=member,
        organisation=organisation,
        status="present",
        recorded_by=people["lead"],
    )
    copies(came, person_id=lambda at: guests[at].pk)
    copies(world["next_step"], person_id=lambda at: guests[at].pk)
    for session, sign in ((world["session"], 1), (world["held"], -1)):
        moved = {
            "starts_at": lambda at, sign=sign: now + sign * timedelta(days=2 + at),
            "ical_uid": lambda at: uuid.uuid4(),
            "ends_at": lambda at, sign=sign: (
                now + sign * timedelta(days=2 + at) + timedelta(hours=1)
            ),
        }
        held = copies(session, title_sv=lambda at: f"Träff {at:02}", **moved)
        copies(world["place"], session_id=lambda at, held=held: held[at].pk)
        if sign < 0:
            copies(came, session_id=lambda at, held=held: held[at].pk)
            copies(world["next_step"], session_id=lambda at, held=held: held[at].pk)
    copies(world["measure"], title=lambda at: f"Åtgärd {at:02}")
    report = world["measure"].reports.create(
        status="in_progress", text="Halvvägs.", created_by=people["contact"]
    )
    copies(report)
    copies(world["draft"], title=lambda at: f"Utkast {at:02}")
    copies(world["emission"], year=lambda at: 1960 + at)
    copies(world["page"].versions.get(), number=lambda at: 2 + at)
    copies(world["letter"], key=lambda at: f"crowd:{at}", message_id=lambda at: uuid.uuid4())
    copies(world["enquiry"], token_hash=lambda at: f"{at:064}")
    copies(world["leader"], name=lambda at: names[at], position=lambda at: 10 + at)
    copies(world["funder"], name=lambda at: names[at], position=lambda at: 10 + at)
    copies(world["partner_import"])
    return world
