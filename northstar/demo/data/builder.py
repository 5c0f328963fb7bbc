"""Builds a believable partnership of made-up people: same size, seed and moment, same data.

Everything is written with bulk_create, so that the size of the demo costs little; benchmarks ask
for other sizes. What a person is meant to find is planted on purpose: organisations nobody has
seen, contact persons not invited, a letter that could not be delivered.
"""

import random
from dataclasses import dataclass
from datetime import datetime

from django.db import connection, transaction
from django.utils import timezone

from learning.models import (
    Attendance,
    BarrierObservation,
    Intention,
    LearningSession,
    Material,
    Registration,
    Series,
    SessionReminder,
    SessionReminderRun,
    SurveyAnswer,
    SurveyInvitation,
    SurveyTally,
)
from measures.models import (
    Challenge,
    ChallengeAdoption,
    CityEmission,
    CityTarget,
    CommitmentPeriod,
    ContactNote,
    Contribution,
    CounterCommitment,
    LetterOfIntent,
    Measure,
    MeasureBarrier,
    MeasureReport,
    OwnTarget,
    SharedReport,
)
from northstar.demo.data import (
    city,
    contacting,
    enquiries,
    letters,
    mailings,
    material,
    meetings,
    people,
    promising,
    reminding,
    standing,
    telling,
    wording,
    work,
)
from northstar.demo.data.moments import own_moments
from partners.models import (
    BouncedAddress,
    ClockGap,
    ContentVersion,
    Enquiry,
    Funder,
    Invitation,
    JoinRequest,
    Leader,
    LetterText,
    Mailing,
    Membership,
    Message,
    Organisation,
    User,
)

SEED = 2030


@dataclass(frozen=True)
class Size:
    """How much to build; *registrations* is about how many, over all sessions."""

    organisations: int = 56
    people: int = 320
    past_sessions: int = 9
    coming_sessions: int = 5
    registrations: int = 420
    measures: int = 69


SIZES = {
    "small": Size(14, 60, 6, 4, 120, 22),
    "normal": Size(),
    "large": Size(60, 2_000, 160, 40, 20_000, 600),
}
# What is made, parents before children.
MADE = [
    User,
    Organisation,
    Membership,
    Invitation,
    Series,
    LearningSession,
    Registration,
    Attendance,
]
MADE += [Material, SurveyInvitation, SurveyAnswer, SurveyTally, Intention, BarrierObservation]
MADE += [SessionReminder, SessionReminderRun]
MADE += [Challenge, Measure, MeasureReport, MeasureBarrier, CityEmission, CityTarget, Message]
MADE += [BouncedAddress, ClockGap, Enquiry, ContentVersion, Leader, Funder, Mailing]
MADE += [ContactNote]
MADE += [LetterText, CommitmentPeriod, LetterOfIntent, ChallengeAdoption, CounterCommitment]
MADE += [OwnTarget, Contribution, SharedReport]
MADE += [JoinRequest]


def build_if_empty(size: str = "normal") -> bool:
    """Build data of one of SIZES unless there are organisations; whether anything was built."""
    if Organisation.objects.exists():
        return False
    build(SIZES[size])
    return True


@transaction.atomic
def build(size: Size | str = "normal", seed: int = SEED, now: datetime | None = None) -> None:
    """Build data around *now* into a database without any; all of it or nothing."""
    chance = random.Random(seed)
    now = now or timezone.now()
    size = SIZES[size] if isinstance(size, str) else size
    with own_moments():
        cast = people.build(size.organisations, size.people, chance, now)
        sessions = meetings.build_sessions(
            size.past_sessions, size.coming_sessions, cast, chance, now
        )
        meetings.build_places(size.registrations, sessions, cast, chance, now)
        material.build_materials(sessions, cast)
        meetings.build_follow_up(sessions, chance)
        reminding.build(sessions, cast, now)
        work.build(size.measures, sessions, cast, chance, now)
        city.build(cast, now)
        promising.build(cast, now)
        standing.build(cast, chance, now)
        contacting.build(cast, now)
        reminding.build_of_measures(now)
        letters.build(sessions, mailings.build(sessions, cast, now), now)
        enquiries.build(cast, now)
        telling.build(cast.coordinator, now)
        wording.build(cast.coordinator, now)
    if connection.in_atomic_block:  # nobody else sees the rows yet, and others hold the tables
        return
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
