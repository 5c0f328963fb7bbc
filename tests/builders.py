"""Plain functions that build one row with sensible defaults; name only what the test is about."""

import base64
import itertools
from datetime import time, timedelta
from decimal import Decimal

from django.core.files.base import ContentFile
from django.utils import timezone
from django.utils.text import slugify

from learning.intake.words import ATTENDANCE_LIST
from learning.material import telling
from learning.models import (
    STANDARD,
    Attendance,
    AttendanceStatus,
    Intention,
    LearningSession,
    Material,
    MaterialKind,
    PlaceLink,
    Registration,
    RegistrationState,
    Series,
    SessionReminder,
    SessionReminderRun,
    SurveyInvitation,
    VisitorRequest,
)
from learning.reminders import due
from measures.models import (
    COUNTED,
    CityEmission,
    CityTarget,
    EffectMethod,
    Measure,
    MeasureReminder,
    MeasureReminderRun,
)
from measures.reminders import due as measures_due
from partners.intake import batches
from partners.intake.columns import PARTNER_LIST
from partners.models import (
    BouncedAddress,
    ContentPage,
    Enquiry,
    EnquiryKind,
    FocusArea,
    Funder,
    Invitation,
    JoinRequest,
    Leader,
    LetterText,
    Mailing,
    Membership,
    MembershipRole,
    Message,
    Organisation,
    User,
)
from partners.post import outbox, texts, tokens

_numbers = itertools.count(1)


def make_person(name="Person", email="", **fields):
    number = next(_numbers)
    address = email or f"{slugify(name)}-{number}@people.example"
    return User.objects.create_user(address, name, **fields)


def make_organisation(name="Organisation", **fields):
    fields.setdefault("slug", f"{slugify(name)}-{next(_numbers)}")
    fields.setdefault("sector", "business")
    return Organisation.objects.create(name=name, **fields)


def make_member(organisation, name="Member", role=MembershipRole.MEMBER, **fields):
    person = make_person(name, **fields)
    Membership.objects.create(person=person, organisation=organisation, role=role)
    return person


def make_invitation(person, organisation, *, by, **fields):
    """An open invitation and the token of its link."""
    token, token_hash = tokens.new()
    fields.setdefault("expires_at", timezone.now() + timedelta(days=30))
    invitation = Invitation.objects.create(
        person=person, organisation=organisation, token_hash=token_hash, created_by=by, **fields
    )
    return invitation, token


def make_enquiry(kind=EnquiryKind.QUESTION, **fields):
    """A question or a wish to join, confirmed, with the token of its link: (enquiry, token)."""
    token, token_hash = tokens.new()
    fields.setdefault("name", "Stina Strand")
    fields.setdefault("email", f"stina-{next(_numbers)}@strangers.example")
    fields.setdefault("text", "Kan en bostadsrättsförening vara med?")
    fields.setdefault("confirmed_at", timezone.now())
    if kind == EnquiryKind.WISH_TO_JOIN:
        fields.setdefault("organisation", "Brf Strandkanten")
    else:
        fields.setdefault("addressee", "Projektkontoret")
    return Enquiry.objects.create(kind=kind, token_hash=token_hash, **fields), token


def make_join_request(organisation, **fields):
    """Somebody asks to act for *organisation*, confirmed, with the token of the link."""
    token, token_hash = tokens.new()
    fields.setdefault("name", "Ulla Ulv")
    fields.setdefault("email", f"ulla-{next(_numbers)}@strangers.example")
    fields.setdefault("confirmed_at", timezone.now())
    asked = JoinRequest.objects.create(organisation=organisation, token_hash=token_hash, **fields)
    return asked, token


def make_series(title="Leda omställning tillsammans!", **fields):
    fields.setdefault("slug", f"{slugify(title)}-{next(_numbers)}")
    return Series.objects.create(title_sv=title, **fields)


def make_session(title="Budget som hjälper klimatet", *, in_days=10, hours=3, **fields):
    """A published session that starts *in_days* days from now (negative: held)."""
    now = timezone.now()
    fields.setdefault("starts_at", now + timedelta(days=in_days))
    fields.setdefault("ends_at", fields["starts_at"] + timedelta(hours=hours))
    fields.setdefault("published_at", min(now, fields["starts_at"]) - timedelta(days=30))
    fields.setdefault("venue", "Väven, plan 4")
    if "series" not in fields:
        fields["series"] = make_series()
    if "created_by" not in fields:
        fields["created_by"] = make_person("Planner")
    return LearningSession.objects.create(title_sv=title, **fields)


def make_registration(session, person, state=RegistrationState.CONFIRMED, **fields):
    """A registration row as it is; operations are tested with operations."""
    fields.setdefault("organisation", Organisation.objects.of(person).first())
    return Registration.objects.create(
        session=session, person=person, state=state, created_by=person, **fields
    )


def make_rule(session=None, series=None, **fields):
    """A rule of reminders that somebody made a month ago: three days before at eight."""
    made = {"amount": 3, "clock": time(8), "counts_from": timezone.now() - timedelta(days=30)}
    return SessionReminder.objects.create(
        **STANDARD | made | fields, session=session, series=series
    )


def make_run(rule, session, **fields):
    """What became of *rule* at *session*: it is done, and one letter was written."""
    fields.setdefault("state", "done")
    return SessionReminderRun.objects.create(
        rule=rule,
        session=session,
        due_at=due.due_at(rule, session),
        starts_at=session.starts_at,
        occasion=due.occasion(rule, session),
        noted_at=timezone.now(),
        **fields,
    )


def make_leaving(place, *, minutes=15, by=None):
    """The same place, given back a moment ago; *minutes* are left to think again."""
    place.leaves_at = timezone.now() + timedelta(minutes=minutes)
    place.withdrawn_by = by or place.person
    place.save()
    return place


def make_place_link(place):
    """The token of a link by which *place* can be left."""
    token, token_hash = tokens.new()
    PlaceLink.objects.create(registration=place, token_hash=token_hash)
    return token


def make_visitor_request(session, **fields):
    """Somebody without an account has asked for a seat: (request, token)."""
    token, token_hash = tokens.new()
    fields.setdefault("name", "Vera Vik")
    fields.setdefault("email", f"vera-{next(_numbers)}@visitors.example")
    fields.setdefault("language", "sv")
    asked = VisitorRequest.objects.create(session=session, token_hash=token_hash, **fields)
    return asked, token


def make_attendance(session, person, status=AttendanceStatus.PRESENT, **fields):
    fields.setdefault("organisation", Organisation.objects.of(person).first())
    return Attendance.objects.create(
        session=session,
        person=person,
        status=status,
        recorded_by=session.created_by,
        **fields,
    )


def make_link(session, title="Bilder", **fields):
    return Material.objects.create(
        session=session,
        title=title,
        kind=MaterialKind.LINK,
        url="https://material.example/bilder",
        created_by=session.created_by,
        **fields,
    )


def make_telling(session, by=None):
    """Somebody lets it be told of the material of *session*: the letters wait."""
    return telling.tell(session, by=by or session.created_by)


def make_survey(session, person, **fields):
    """An open invitation to answer: (token, invitation)."""
    token, token_hash = tokens.new()
    fields.setdefault("closes_at", timezone.now() + timedelta(days=14))
    fields.setdefault("organisation", Organisation.objects.of(person).first())
    invitation = SurveyInvitation.objects.create(
        session=session, person=person, token_hash=token_hash, **fields
    )
    return token, invitation


def make_next_step(session, person, **fields):
    fields.setdefault("organisation", Organisation.objects.of(person).first())
    fields.setdefault("when_text", "budgeten sätts i maj")
    fields.setdefault("then_text", "fråga varje enhet vad resorna släpper ut")
    return Intention.objects.create(session=session, person=person, **fields)


def make_letter(person, **fields):
    """A letter as it is kept, waiting."""
    fields.setdefault("key", f"test:{next(_numbers)}")
    fields.setdefault("subject", "I morgon kl. 13.00: Budget")
    fields.setdefault("text", "Du behöver inte förbereda något.\n")
    fields.setdefault("letter", "learning/session_reminder")
    return Message.objects.create(recipient=person, language=person.language, **fields)


def make_bounced(person, said="550 5.1.1 User unknown", **fields):
    """A letter to *person* has come back, and their address is marked."""
    now = timezone.now()
    letter = make_letter(
        person, state="bounced", sent_at=now, sent_to=person.email, bounced_at=now, last_error=said
    )
    fields.setdefault("bounced_at", now)
    return BouncedAddress.objects.create(address=person.email, said=said, letter=letter, **fields)


def make_file(session, title="Bildspel", content=b"%PDF-1.7\n%%EOF\n", **fields):
    return Material.objects.create(
        session=session,
        title=title,
        kind=MaterialKind.FILE,
        file=ContentFile(content, "bildspel.pdf"),
        file_name="bildspel.pdf",
        content_type="application/pdf",
        size_bytes=len(content),
        created_by=session.created_by,
        **fields,
    )


def make_measure(organisation, title="Byt till fossilfria leveranser", **fields):
    """A published measure of 12.5 t CO2e a year, calculated."""
    fields.setdefault("reduction_t", Decimal("12.5"))
    fields.setdefault(
        "method",
        EffectMethod.CALCULATED if fields["reduction_t"] else EffectMethod.NOT_QUANTIFIED,
    )
    if "focus_area" not in fields:  # a test with real transactions begins with empty tables
        fields["focus_area"] = FocusArea.objects.first() or FocusArea.objects.create(
            key="energi", title_sv="Energi", title_en="Energy"
        )
    fields.setdefault("published_at", timezone.now())
    if "created_by" not in fields:
        fields["created_by"] = make_person("Reporter")
    return Measure.objects.create(organisation=organisation, title=title, **fields)


def make_stale(organisation, title="Byt till fossilfria leveranser", *, days=179, **fields):
    """A published measure that was last told of so many days ago."""
    told_at = timezone.now() - timedelta(days=days)
    measure = make_measure(organisation, title, published_at=told_at, **fields)
    Measure.objects.filter(pk=measure.pk).update(created_at=told_at, updated_at=told_at)
    measure.refresh_from_db()
    return measure


def make_measure_rule(**fields):
    """A rule somebody made a month ago: a hundred days after the last news, at ten."""
    made = {"amount": 100, "clock": time(10), "counts_from": timezone.now() - timedelta(days=30)}
    return MeasureReminder.objects.create(**COUNTED | made | fields)


def make_measure_run(rule, measure, **fields):
    """What became of *rule* at *measure*: its contact persons were written to."""
    done = {"state": "done", "whom": "contact", "occasion": "organisation:1:measures_stale:x:"}
    return MeasureReminderRun.objects.create(
        rule=rule,
        measure=measure,
        due_at=measures_due.due_at(rule, measure),
        told_at=measure.updated_at,
        **{"noted_at": timezone.now()} | done | fields,
    )


def make_emission(year, tonnes, *, by=None, **fields):
    fields.setdefault("source", "Nationella emissionsdatabasen")
    by = by or make_person("Writer")
    return CityEmission.objects.create(year=year, tonnes=tonnes, updated_by=by, **fields)


def make_target(year, tonnes, *, by=None, **fields):
    fields.setdefault("source", "Klimatfärdplanen")
    by = by or make_person("Writer")
    return CityTarget.objects.create(year=year, tonnes=tonnes, updated_by=by, **fields)


LISTS = {kind.key: kind for kind in (PARTNER_LIST, ATTENDANCE_LIST)}


def make_import(by, text="Organisation;E-post\nGranit AB;info@granit.example\n", kind="partners"):
    """A list somebody has chosen, not applied."""
    return batches.open_batch(LISTS[kind], "lista.csv", text.encode(), by=by)


def put_letter(person, key="test:1", title="Budget", **options):
    """A letter about a session, waiting in the outbox."""
    session = options.pop("session", None) or make_session(title, in_days=1)
    context = {"session": session, "title": title, "withdraw_url": outbox.absolute("/platser/1/")}
    outbox.put(key, person, "learning/session_reminder", context, **options)
    return Message.objects.filter(key=key).first()


def make_mailing(by, occasion="", groups=("partners.members",), **fields):
    """A draft of a mailing; about a session where *occasion* is one, to those with a seat."""
    if isinstance(occasion, LearningSession):
        occasion = f"learning.session:{occasion.pk}"
        groups = [f"{occasion}:confirmed"]
    fields.setdefault("subject_sv", "Ny lokal på torsdag")
    fields.setdefault("text_sv", "Vi ses i Väven, plan 5.\n\nIngången är från torget.")
    return Mailing.objects.create(occasion=occasion, groups=list(groups), created_by=by, **fields)


def make_letter_text(by, letter="learning/seat_confirmed", language="sv", **fields):
    """What a coordinator has written in the place of the portal's own: another subject."""
    own = texts.original(letter, language)
    said = {"subject": f"Nytt: {own.subject}", "text": own.text, "number": 1} | fields
    return LetterText.objects.create(letter=letter, language=language, written_by=by, **said)


def queued(mailing, *, in_minutes=10):
    """The same mailing, to be sent; negative: it is due."""
    now = timezone.now()
    mailing.state, mailing.queued_at, mailing.queued_by = "queued", now, mailing.created_by
    mailing.send_at = now + timedelta(minutes=in_minutes)
    mailing.save()
    return mailing


def make_page(key="about"):
    """A page as the portal comes with it; a test with real transactions begins with none."""
    ContentPage.objects.plant()
    return ContentPage.objects.get(key=key)


def make_leader(by, name="Karin Lund", **fields):
    fields.setdefault("position", Leader.objects.count() + 1)
    return Leader.objects.create(name=name, created_by=by, changed_by=by, **fields)


def make_funder(by, name="Net Zero Cities", **fields):
    fields.setdefault("position", Funder.objects.count() + 1)
    fields.setdefault("sentence_sv", f"{name} betalar.")
    return Funder.objects.create(name=name, created_by=by, changed_by=by, **fields)


# The smallest picture there is: one point.
PICTURE = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJg"
    "gg=="
)
