"""Plain functions that build one row of what organisations promise; as tests/builders.py."""

from datetime import date

from django.utils import timezone

from measures.models import (
    Challenge,
    ChallengeAdoption,
    CommitmentPeriod,
    ContactNote,
    Contribution,
    ContributionKind,
    CounterCommitment,
    LetterOfIntent,
    OwnTarget,
    SharedReport,
)
from partners.models import FocusArea
from tests.builders import make_person


def make_period(first=None, last=None, **fields):
    """A term of three years, by default one in which today lies."""
    first = first or timezone.localdate().year - 1
    period, _is_new = CommitmentPeriod.objects.get_or_create(
        starts_on=date(first, 1, 1), defaults={"ends_on": date(last or first + 2, 12, 31), **fields}
    )
    return period


def make_challenge(title="Fossilfria leveranser", **fields):
    area = fields.pop("focus_area", None) or FocusArea.objects.first()
    return Challenge.objects.create(focus_area=area, title_sv=title, **fields)


def make_adoption(organisation, challenge=None, period=None, **fields):
    defaults = {"adopted_on": timezone.localdate(), "adopted_by": fields.pop("by", None)}
    defaults["adopted_by"] = defaults["adopted_by"] or make_person("Adopter")
    return ChallengeAdoption.objects.create(
        organisation=organisation,
        challenge=challenge or make_challenge(),
        period=period or make_period(),
        **{**defaults, **fields},
    )


def make_letter_of_intent(organisation, period=None, **fields):
    period = period or make_period()
    signed = {"signed_on": period.starts_on, "signatory_name": "Berit Lind", "min_challenges": 5}
    by = fields.pop("by", None) or make_person("Keeper")
    return LetterOfIntent.objects.create(
        organisation=organisation, period=period, created_by=by, **{**signed, **fields}
    )


def make_counter_commitment(challenge=None, text="Laddplatser på Teg", **fields):
    by = fields.pop("by", None) or make_person("Keeper")
    owner = {"owner": "Umeå Energi", **fields}
    return CounterCommitment.objects.create(
        challenge=challenge or make_challenge(), text_sv=text, updated_by=by, **owner
    )


def make_own_target(organisation, **fields):
    by = fields.pop("by", None) or make_person("Keeper")
    aims = {"mapped_year": 2025, "reduction_percent": 50, "target_year": 2030, **fields}
    return OwnTarget.objects.create(organisation=organisation, updated_by=by, **aims)


def make_contribution(organisation, kind=ContributionKind.SUMMIT, **fields):
    by = fields.pop("by", None) or make_person("Keeper")
    said = {"on": timezone.localdate(), "line": "Talade om återbruk", **fields}
    return Contribution.objects.create(organisation=organisation, kind=kind, created_by=by, **said)


def make_shared_report(organisation, year=None, **fields):
    by = fields.pop("by", None) or make_person("Keeper")
    link = {"link": "https://example.org/hallbarhet", **fields}
    year = year or timezone.localdate().year - 1
    return SharedReport.objects.create(organisation=organisation, year=year, created_by=by, **link)


def make_contact_note(organisation, *, by=None, **fields):
    said = {"on": timezone.localdate(), "line": "Talades vid om rapporten", **fields}
    by = by or make_person("Kim")
    return ContactNote.objects.create(organisation=organisation, created_by=by, **said)
