"""What the demo's partners have promised for two terms, and how some of it is kept."""

import random
from datetime import date, datetime, timedelta

from django.utils import timezone

from measures.models import (
    AdoptionState,
    Challenge,
    ChallengeAdoption,
    CommitmentPeriod,
    Contribution,
    CounterCommitment,
    LetterOfIntent,
    Measure,
    OwnTarget,
    SharedReport,
)
from northstar.demo.data import promises, words
from northstar.demo.data.people import Cast
from partners.models import Organisation, User

FIRST, LENGTH = 2023, 3  # the first term, and the years of each
UNSIGNED_EVERY = 7  # a partner that has not signed for the term of today
OWN_AT_FIRST = 4  # challenges the visitor's own organisation has taken on: one is missing
SEED = 2023  # of its own, so that the rest of the demo is what it was


def build(cast: Cast, now: datetime) -> None:
    """Make terms, letters of intent, challenges taken on, and what shows they are kept."""
    chance = random.Random(SEED)
    challenges = list(Challenge.objects.select_related("focus_area"))
    _meanings(challenges)
    _promised_back(challenges, cast, now)
    terms = _terms(now)
    for term in terms:
        _letters(term, cast, chance, now)
    _adoptions(terms, challenges, cast, chance, now)
    _kept(cast, chance, now)


def _meanings(challenges: list[Challenge]) -> None:
    for one in challenges:
        one.meaning_sv, one.meaning_en = promises.MEANINGS[one.title_sv]
    Challenge.objects.bulk_update(challenges, ["meaning_sv", "meaning_en"])


def _promised_back(challenges: list[Challenge], cast: Cast, now: datetime) -> None:
    today = timezone.localdate(now)
    by_title = {one.title_sv: one for one in challenges}
    CounterCommitment.objects.bulk_create(
        CounterCommitment(
            challenge=by_title[title],
            text_sv=text_sv,
            text_en=text_en,
            owner=owner,
            state=state,
            due_on=today + timedelta(days=days),
            position=position,
            updated_by=cast.coordinator,
            updated_at=now,
        )
        for position, (title, text_sv, text_en, owner, state, days) in enumerate(
            promises.PROMISED_BACK, start=1
        )
    )


def _terms(now: datetime) -> list[CommitmentPeriod]:
    """The term of today and the one before it, the older first."""
    today = timezone.localdate(now)
    first = max(FIRST, today.year - (today.year - FIRST) % LENGTH - LENGTH)
    return CommitmentPeriod.objects.bulk_create(
        CommitmentPeriod(
            starts_on=date(year, 1, 1),
            ends_on=date(year + LENGTH - 1, 12, 31),
            challenges_by=date(year + LENGTH - 1, 6, 30),
            updated_at=now,
        )
        for year in (first, first + LENGTH)
    )


def _letters(term: CommitmentPeriod, cast: Cast, chance: random.Random, now: datetime) -> None:
    today = timezone.localdate(now)
    is_now = term.starts_on <= today <= term.ends_on
    signed = []
    for place, organisation in enumerate(cast.organisations):
        joined = organisation.joined_on or term.starts_on
        if joined > term.ends_on or (is_now and place % UNSIGNED_EVERY == UNSIGNED_EVERY - 1):
            continue
        day = min(max(joined, term.starts_on) + timedelta(days=chance.randrange(10, 60)), today)
        first, last = chance.choice(words.FIRST_NAMES), chance.choice(words.LAST_NAMES)
        signed.append(
            LetterOfIntent(
                organisation=organisation,
                period=term,
                signed_on=day,
                signatory_name=f"{first} {last}",
                signatory_title=chance.choice(promises.TITLES),
                min_challenges=term.min_challenges,
                diploma_given_on=day + timedelta(days=30) if place % 3 and is_now else None,
                created_by=cast.coordinator,
                created_at=now,
                updated_at=now,
            )
        )
    LetterOfIntent.objects.bulk_create(signed)


def _adoptions(
    terms: list[CommitmentPeriod],
    challenges: list[Challenge],
    cast: Cast,
    chance: random.Random,
    now: datetime,
) -> None:
    """Each takes on what its measures are about, and some more."""
    own: dict[int, list[int]] = {}
    for organisation, challenge in Measure.objects.exclude(challenge=None).values_list(
        "organisation_id", "challenge_id"
    ):
        own.setdefault(organisation, []).append(challenge)
    signed = LetterOfIntent.objects.filter(period__in=terms).select_related("period")
    places = {one.pk: place for place, one in enumerate(cast.organisations)}
    rows = []
    for letter in signed.order_by("pk"):
        place = places[letter.organisation_id]
        wanted = OWN_AT_FIRST if place == 0 else chance.randrange(3, 8)
        first = [c for c in challenges if c.pk in own.get(letter.organisation_id, [])]
        rest = [c for c in challenges if c not in first]
        taken = (first + chance.sample(rest, len(rest)))[:wanted]
        rows += [_adoption(letter, c, n, cast.members[place][0], now) for n, c in enumerate(taken)]
    ChallengeAdoption.objects.bulk_create(rows)


def _adoption(
    letter: LetterOfIntent, challenge: Challenge, number: int, by: User, now: datetime
) -> ChallengeAdoption:
    """Taken on when it was signed; in the last term most are achieved, now some are dropped."""
    today = timezone.localdate(now)
    state, reason = AdoptionState.ADOPTED, ""
    if letter.period.ends_on < today:
        state = AdoptionState.ACHIEVED if (letter.pk + number) % 3 else AdoptionState.ADOPTED
    elif number >= OWN_AT_FIRST and (letter.pk + number) % 11 == 0:
        state, reason = AdoptionState.DROPPED, promises.REASONS[number % 2]
    changed = {"changed_at": now, "changed_by": by} if state != "adopted" else {}
    return ChallengeAdoption(
        organisation_id=letter.organisation_id,
        challenge=challenge,
        period=letter.period,
        adopted_on=letter.signed_on or letter.period.starts_on,
        adopted_by=by,
        state=state,
        reason=reason,
        **changed,
    )


def _kept(cast: Cast, chance: random.Random, now: datetime) -> None:
    """Own targets, reports of last year and contributions: of many, not of all."""
    today = timezone.localdate(now)
    targets, reports, contributions = [], [], []
    for place, organisation in enumerate(cast.organisations):
        by = cast.members[place][0]
        if place % 4 != 3:
            targets.append(_target(organisation, by, place, chance, now))
        if place and place % 5 < 3:
            reports.append(_report(organisation, by, now))
        if place % 3 == 1:
            kind, line = chance.choice(promises.CONTRIBUTIONS)
            day = today - timedelta(days=chance.randrange(5, 300))
            contributions.append(
                Contribution(
                    organisation=organisation,
                    kind=kind,
                    on=day,
                    line=line,
                    created_by=cast.coordinator,
                    created_at=now,
                )
            )
    OwnTarget.objects.bulk_create(targets)
    SharedReport.objects.bulk_create(reports)
    Contribution.objects.bulk_create(contributions)


def _target(
    organisation: Organisation, by: User, place: int, chance: random.Random, now: datetime
) -> OwnTarget:
    today = timezone.localdate(now)
    has_aim = place % 3 != 2
    return OwnTarget(
        organisation=organisation,
        mapped_year=today.year - 1 - place % 2,
        reduction_percent=chance.choice([30, 40, 50, 70, 100]) if has_aim else None,
        target_year=chance.choice([2030, 2030, 2035, 2040]) if has_aim else None,
        updated_by=by,
        updated_at=now,
    )


def _report(organisation: Organisation, by: User, now: datetime) -> SharedReport:
    year = timezone.localdate(now).year - 1
    return SharedReport(
        organisation=organisation,
        year=year,
        link=f"https://{organisation.slug}.example/hallbarhet-{year}.pdf",
        title=f"Hållbarhetsredovisning {year}",
        created_by=by,
        created_at=now,
    )
