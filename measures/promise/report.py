"""How the promise of an organisation stands, for the page where it is written."""

from dataclasses import dataclass

from measures.models import (
    AdoptionState,
    Challenge,
    ChallengeAdoption,
    CommitmentPeriod,
    LetterOfIntent,
    OwnTarget,
    SharedReport,
)
from measures.promise import adopting
from partners.models import Organisation


@dataclass(frozen=True)
class Taken:
    """A challenge taken on, and whether what was done last can be undone."""

    row: ChallengeAdoption
    is_fresh: bool


@dataclass(frozen=True)
class Standing:
    """What an organisation has promised for a term, and what it shows for it."""

    period: CommitmentPeriod | None
    letter: LetterOfIntent | None
    taken: list[Taken]  # taken on and achieved
    dropped: list[Taken]
    open: list[tuple[str, list[Challenge]]]  # that can be taken on, by focus area
    target: OwnTarget | None
    reports: list[SharedReport]

    @property
    def least(self) -> int:
        if self.letter:
            return self.letter.min_challenges
        return self.period.min_challenges if self.period else 0

    @property
    def missing(self) -> int:
        return max(0, self.least - len(self.taken))


def standing(organisation: Organisation) -> Standing:
    """How the promise of *organisation* stands now. Six queries at most."""
    period = CommitmentPeriod.objects.current().first()
    rows: list[Taken] = []
    letter = None
    if period:
        letter = LetterOfIntent.objects.filter(organisation=organisation, period=period).first()
        own = period.adoptions.filter(organisation=organisation)
        order = ("challenge__focus_area__position", "challenge__position", "pk")
        found = own.select_related("challenge__focus_area", "changed_by").order_by(*order)
        rows = [Taken(one, adopting.is_fresh(one)) for one in found]
    kept = [one for one in rows if one.row.state != AdoptionState.DROPPED]
    taken = {one.row.challenge_id for one in kept}
    areas: dict[str, list[Challenge]] = {}
    for one in Challenge.objects.open().select_related("focus_area") if period else []:
        if one.pk not in taken:
            areas.setdefault(str(one.focus_area), []).append(one)
    return Standing(
        period=period,
        letter=letter,
        taken=kept,
        dropped=[one for one in rows if one.row.state == AdoptionState.DROPPED],
        open=list(areas.items()),
        target=OwnTarget.objects.filter(organisation=organisation).first(),
        reports=list(SharedReport.objects.standing().filter(organisation=organisation)),
    )
