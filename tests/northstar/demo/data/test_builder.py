"""The made-up partnership: the same each time, and true to the rules of the world."""

import re
from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest
from django.core.cache import cache
from django.utils import timezone

from learning.models import (
    Attendance,
    BarrierObservation,
    Intention,
    LearningSession,
    Material,
    Registration,
    RegistrationState,
    SessionAudience,
    SurveyInvitation,
)
from measures.city import report
from measures.figures import summary
from measures.models import Measure, MeasureBarrier, MeasureReminderRun, MeasureReport
from northstar.demo.data import builder, told, words
from northstar.demo.data.people import PERSONAS
from partners.models import (
    BouncedAddress,
    Enquiry,
    EnquiryKind,
    EnquiryState,
    Invitation,
    Mailing,
    Message,
    MessageState,
    Organisation,
    Topic,
    User,
)
from partners.post import holding

NOW = datetime(2027, 3, 10, 11, 0, tzinfo=UTC)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def uploads(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    cache.clear()


def picture():
    """All that a reader could tell apart, without ids."""
    return {
        "people": list(User.objects.order_by("email").values_list("email", "name", "last_login")),
        "sessions": list(
            LearningSession.objects.order_by("starts_at").values_list("title_sv", "ical_uid")
        ),
        "places": list(
            Registration.objects.order_by("session__starts_at", "pk").values_list(
                "person__email", "state", "created_at"
            )
        ),
        "measures": list(
            Measure.objects.order_by("pk").values_list("title", "reduction_t", "start_on")
        ),
        "tokens": set(SurveyInvitation.objects.values_list("token_hash", flat=True)),
        "mailings": set(Mailing.objects.values_list("subject_sv", "state", "send_at")),
        "letters": set(Message.objects.values_list("subject", "message_id", "state")),
    }


def test_the_same_seed_gives_the_same_data():
    pictures = []
    for _time in range(2):
        builder.build("small", now=NOW)
        pictures.append(picture())
        for model in reversed(builder.MADE):
            model.objects.all().delete()
    assert pictures[0] == pictures[1]


def test_it_keeps_the_rules_and_has_something_of_everything():
    builder.build("normal", now=NOW)

    assert Organisation.objects.partners().count() == 56
    assert Organisation.objects.get(status="left").has_left
    assert MeasureReminderRun.objects.done().exists()
    assert MeasureReminderRun.objects.missed().count() == 1
    assert Invitation.objects.pending(NOW).get().role == "member"
    assert LearningSession.objects.count() == 14
    for _name, address in PERSONAS.values():
        assert User.objects.filter(email=address).count() == 1
    for session in LearningSession.objects.with_places():
        if session.capacity is not None:
            assert session.confirmed_count <= session.capacity
            assert not session.queued_count or session.seats_left == 0
    standing = Registration.objects.standing().values_list("session", "person")
    assert max(Counter(standing).values()) == 1
    for queued in Registration.objects.queued():
        earlier = Registration.objects.queued().filter(session=queued.session, pk__lt=queued.pk)
        assert all(other.created_at <= queued.created_at for other in earlier)
    assert not Registration.objects.filter(created_at__gt=NOW).exists()
    assert not Registration.objects.filter(session__published_at=None).exists()
    assert not Attendance.objects.filter(session__starts_at__gt=NOW).exists()

    coming = LearningSession.objects.coming(NOW)
    assert coming.filter(audience=SessionAudience.PUBLIC).exists()
    assert coming.filter(published_at=None).exists()
    assert Registration.objects.queued().filter(session__starts_at__gt=NOW).exists()
    assert LearningSession.objects.filter(cancelled_at__isnull=False).exists()
    assert Attendance.objects.exclude(status="present").exists()
    assert Measure.objects.filter(published_at=None).exists()
    assert Message.objects.filter(state=MessageState.FAILED).count() == 1
    assert BouncedAddress.objects.people().count() == 1  # somebody to call
    assert 0 < Organisation.objects.exclude(attendances__status="present").count() < 20
    assert Invitation.objects.filter(role="").count() == 56 - 3
    assert Organisation.objects.exclude(description_sv="").count() > 20
    contact = User.objects.get(email=PERSONAS["contact"][1])
    assert any(step.is_overdue(NOW.date()) for step in contact.intentions.all())
    own = Measure.objects.filter(organisation__memberships__person=contact)
    assert own.filter(updated_at__lt=NOW - timedelta(days=120)).exists()
    member = User.objects.get(email=PERSONAS["member"][1])
    assert Registration.objects.confirmed().filter(person=member, session__in=coming).exists()
    for material in Material.objects.filter(kind="file"):
        assert material.file.size == material.size_bytes


def test_measures_cover_a_believable_part_of_what_is_missing():
    builder.build("normal", now=NOW)
    way = report.the_way(summary.summary(NOW.year), NOW.date()).way
    assert 20 <= way.share <= 35
    for part in (way.parts.given, way.parts.under_way, way.parts.planned):
        assert part > way.remaining / 40
    assert set(told.SETTLED) <= set(Measure.objects.published().values_list("title", flat=True))


def test_nothing_is_said_twice():
    builder.build("normal", now=NOW)
    titles = Measure.objects.values_list("title", flat=True)
    assert len(set(titles)) == len(titles) == 69
    for texts in (
        BarrierObservation.objects.exclude(text="").values_list("text", flat=True),
        MeasureBarrier.objects.values_list("text", flat=True),
        Intention.objects.values_list("organisation", "then_text"),
        Intention.objects.values_list("session", "then_text"),
        Material.objects.filter(kind="file").values_list("title", flat=True),
        MeasureReport.objects.values_list("measure", "text"),
    ):
        assert len(texts) > 9
        assert [text for text, times in Counter(texts).items() if times > 1] == []
    reports = Counter(MeasureReport.objects.values_list("text", flat=True))
    assert max(reports.values()) <= 3
    registered = Registration.objects.filter(organisation__isnull=False)
    hours = {timezone.localtime(one.created_at).hour for one in registered}
    assert len(hours) > 8
    assert len(set(MeasureReport.objects.values_list("created_at__date", flat=True))) > 30


def test_something_waits_for_whoever_looks():
    builder.build("normal", now=NOW)
    assert Registration.objects.leaving().get().may_be_taken_again(NOW)
    held = LearningSession.objects.live().past(NOW)
    assert held.filter(attendance_taken_at=None).exists()
    assert Registration.objects.confirmed().filter(organisation=None).exists()
    new = Enquiry.objects.filter(state=EnquiryState.NEW)
    assert set(new.values_list("kind", flat=True)) == set(EnquiryKind.values)
    unwanted = Message.objects.get(last_error=holding.UNWANTED)
    assert unwanted.recipient.switched_off.get().topic == Topic.SURVEYS
    for session in held.exclude(attendance_taken_at=None):
        assert session.survey_invitations.filter(completed_at__isnull=False).count() > 9


def test_it_is_built_once():
    assert builder.build_if_empty("small") is True
    assert builder.build_if_empty("small") is False


def test_any_size_can_be_had():
    builder.build(builder.Size(organisations=60, people=600, registrations=3_000), now=NOW)
    assert 2_000 < Registration.objects.count() < 4_500
    assert RegistrationState.QUEUED in Registration.objects.values_list("state", flat=True)


@pytest.mark.parametrize("now", [NOW, NOW + timedelta(days=200)])
def test_a_measure_comes_of_a_session_before_it_and_is_about_its_challenge(now, time_machine):
    time_machine.move_to(now, tick=False)
    builder.build("normal")
    told_of = Measure.objects.exclude(origin_session=None).select_related("origin_session")
    assert told_of.exclude(origin_intention=None).exists()
    for one in told_of:
        held = one.origin_session.ends_at
        assert held < one.created_at <= now, one
        assert one.start_on is None or timezone.localdate(held) < one.start_on, one
    in_the_pool = Measure.objects.get(title="Elbilar i poolen")
    assert in_the_pool.challenge.title_sv == "Fossilfria tjänsteresor"
    for one in Measure.objects.exclude(challenge=None).select_related("challenge"):
        assert one.challenge.focus_area_id == one.focus_area_id
        assert re.search(words.ABOUT[one.challenge.title_sv], one.title, re.IGNORECASE)


def test_e_mails_are_numbered_in_the_order_in_which_they_were_written():
    builder.build("small", now=NOW)
    written = list(Message.objects.order_by("pk").values_list("created_at", "letter"))
    assert written == sorted(written, key=lambda one: one[0])
    assert {"learning/seat_confirmed", "partners/mailing_own"} <= {name for _at, name in written}


def test_leads_and_coordinators_have_written_to_groups():
    builder.build("small", now=NOW)
    by_state = {mailing.state: mailing for mailing in Mailing.objects.all()}
    assert by_state.keys() == {"sent", "queued", "draft"}
    sent = by_state["sent"]
    letters = Message.objects.filter(key__startswith=f"partners.mailing:{sent.pk}:")
    assert sent.recipients == letters.count() > 5
    assert sent.send_at <= NOW < by_state["queued"].send_at
    stopped = letters.get(state="stopped")
    assert stopped.decided_by.email == PERSONAS["coordinator"][1]
    assert stopped.created_at < stopped.decided_at <= NOW
    assert stopped.can_be_let_go()
    assert stopped.recipient.email not in {address for _name, address in PERSONAS.values()}
    assert by_state["sent"].created_by.email == PERSONAS["lead"][1]
    assert by_state["draft"].created_by.email == PERSONAS["coordinator"][1]
