"""The promise card: three lines, each with how far it is and what is missing. Rules, no queries."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from measures.models import (
    FEWEST_CHALLENGES,
    Challenge,
    CommitmentPeriod,
    Contribution,
    LetterOfIntent,
    OwnTarget,
    SharedReport,
)
from partners.models import Organisation

LEARNING, SHARING, EMISSIONS = "learning", "sharing", "emissions"
KEYS = (LEARNING, SHARING, EMISSIONS)


class State(StrEnum):
    KEPT = "kept"  # nothing of the line is missing
    BEGUN = "begun"
    TO_DO = "to_do"
    NOT_ASKED = "not_asked"  # there is nothing to keep yet


class Gap(StrEnum):
    """What of a promise can be missing."""

    UNSIGNED = "unsigned"
    UNSEEN = "unseen"
    UNREPORTED = "unreported"
    UNMAPPED = "unmapped"
    UNTARGETED = "untargeted"
    TOO_FEW = "too_few"
    WITHOUT_MEASURE = "without_measure"


@dataclass(frozen=True)
class Missing:
    """One thing that is missing; what it is about, where its kind needs that."""

    gap: Gap
    n: int = 0
    year: int = 0
    by: date | None = None
    term: CommitmentPeriod | None = None
    challenge: Challenge | None = None
    draft: int | None = None  # a measure under the challenge that nobody else sees yet


@dataclass(frozen=True)
class Line:
    """One of the three promises: so much of so much, and what is missing."""

    key: str
    state: State
    done: int
    whole: int
    missing: tuple[Missing, ...] = ()

    @property
    def is_kept(self) -> bool:
        return self.state is State.KEPT

    @property
    def is_open(self) -> bool:
        """Whether something is to be done about it."""
        return bool(self.missing)

    @property
    def shown(self) -> int:
        """How much of the whole a drawing fills: more than was promised is not more than all."""
        return min(self.done, self.whole)


@dataclass(frozen=True)
class Chosen:
    """A challenge taken on in the term, and the measures under it that are not cancelled."""

    challenge: Challenge
    is_achieved: bool
    measures: int  # published, as everybody sees them
    draft: int | None = None


@dataclass(frozen=True)
class Facts:
    """What the rows say of one organisation; nothing is decided here."""

    attended: int = 0  # sessions this year with somebody from there
    occasions: int = 0  # one for each of them at each session, as the participation report counts
    people: int = 0  # this year
    attended_ever: int = 0
    latest_at: datetime | None = None  # when the latest session attended began
    contributions: tuple[Contribution, ...] = ()  # of this year
    report: SharedReport | None = None  # of the year before
    target: OwnTarget | None = None
    letter: LetterOfIntent | None = None  # of the term that runs
    chosen: tuple[Chosen, ...] = ()


@dataclass(frozen=True)
class Card:
    """How the promise of an organisation stands in a year: worked out, never written."""

    organisation: Organisation
    year: int
    held: int  # sessions held this year by anybody
    period: CommitmentPeriod | None  # the term that runs
    facts: Facts = field(default_factory=Facts)

    @property
    def told_year(self) -> int:
        """The year of which a report is shared: the one before."""
        return self.year - 1

    @property
    def asked(self) -> int:
        """How many challenges at least: what was signed, else what the term asks for."""
        if self.facts.letter:
            return self.facts.letter.min_challenges
        return self.period.min_challenges if self.period else FEWEST_CHALLENGES

    @property
    def left_to_choose(self) -> int:
        return max(0, self.asked - len(self.facts.chosen))

    @property
    def unsigned(self) -> Missing | None:
        """The letter of intent, where a term runs and it is not there."""
        if self.period is None or self.facts.letter:
            return None
        return Missing(Gap.UNSIGNED, term=self.period)

    @property
    def learning(self) -> Line:
        """Kept by a session attended, or a contribution, of this year."""
        is_kept = bool(self.facts.attended or self.facts.contributions)
        missing = () if is_kept else (Missing(Gap.UNSEEN, year=self.year),)
        state = State.KEPT if is_kept else State.TO_DO
        return Line(LEARNING, state, self.facts.attended, self.held, missing)

    @property
    def sharing(self) -> Line:
        """Kept by a report of last year; not asked of who was not there yet."""
        if self.facts.report:
            return Line(SHARING, State.KEPT, 1, 1)
        joined = self.organisation.joined_on
        if joined and joined.year > self.told_year:
            return Line(SHARING, State.NOT_ASKED, 0, 1)
        return Line(SHARING, State.TO_DO, 0, 1, (Missing(Gap.UNREPORTED, year=self.told_year),))

    @property
    def emissions(self) -> Line:
        """Kept when mapped, with a target, and enough challenges, each with a measure."""
        missing = tuple(self._missing_of_emissions())
        done = sum(1 for one in self.facts.chosen if one.measures)
        has_begun = bool(self.facts.target or self.facts.chosen)
        state = State.KEPT if not missing else State.BEGUN if has_begun else State.TO_DO
        return Line(EMISSIONS, state, done, self.asked, missing)

    @property
    def lines(self) -> tuple[Line, Line, Line]:
        return (self.learning, self.sharing, self.emissions)

    @property
    def kept(self) -> int:
        return sum(line.is_kept for line in self.lines)

    @property
    def missing(self) -> list[Missing]:
        """All that is missing, what one signs first."""
        of_lines = [one for line in self.lines for one in line.missing]
        return [self.unsigned, *of_lines] if self.unsigned else of_lines

    @property
    def next_line(self) -> Line | None:
        """The promise that needs attention most: the one with the smallest share."""
        still_open = [line for line in self.lines if line.is_open]
        return min(still_open, key=_share, default=None)

    def _missing_of_emissions(self) -> Iterator[Missing]:
        target = self.facts.target
        if target is None or target.mapped_year is None:
            yield Missing(Gap.UNMAPPED)
        if target is None or target.reduction_percent is None:
            yield Missing(Gap.UNTARGETED)
        if self.left_to_choose:
            term = self.period
            by = (term.challenges_by or term.ends_on) if term else None
            yield Missing(Gap.TOO_FEW, n=self.left_to_choose, by=by)
        for one in self.facts.chosen:
            if not one.measures:
                yield Missing(Gap.WITHOUT_MEASURE, challenge=one.challenge, draft=one.draft)


def _share(line: Line) -> float:
    return line.shown / line.whole if line.whole else 0
