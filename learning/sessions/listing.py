"""The list of sessions: which ones somebody looks for, and what a row says of each."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.contrib.postgres.search import TrigramWordSimilarity
from django.core.paginator import Page, Paginator
from django.db.models import Count, QuerySet, Value, Window
from django.http import QueryDict

from learning.models import LearningSession, LearningSessionQuerySet, Series, SessionMode
from learning.places.panel import HEADINGS
from learning.places.registration import Situation, situation
from partners.models import SearchKey, in_all_words, searches
from partners.permissions import Asker
from partners.reading.text import one_line

ROWS_A_PAGE = 20
FARTHEST_PAGE = 100_000  # looked for: the database cannot count to where later ones begin
LONGEST = 100  # characters of what is looked for
ALIKE = 0.45  # how much of a misspelt word must be right

SHOWN = ["series_id", "title_sv", "title_en", "starts_at", "ends_at", "venue", "mode"]
SHOWN += ["published_at", "cancelled_at", "capacity"]
SHOWN += ["registration_opens_at", "registration_closes_at"]


@dataclass(frozen=True)
class SessionRow:
    """What the list prints of one session; the same row is rendered once and remembered."""

    pk: int
    title: str
    series: str
    starts_at: datetime
    ends_at: datetime
    venue: str
    mode: str
    is_past: bool
    is_draft: bool
    is_cancelled: bool
    own_state: str
    own_presence: str
    shut: str  # says that nobody can register now; "" while they can
    seats_left: int | None
    queued_count: int | None
    material_count: int


@dataclass(frozen=True)
class Tools:
    """The search and the filters above the list, with what is said in them."""

    words: str
    series: str
    mode: str
    mine: bool
    is_past: bool
    may_have_own: bool
    all_series: tuple[tuple[str, str], ...]
    modes: tuple[tuple[str, str], ...]

    @property
    def chosen(self) -> int:
        """How many of the folded filters are in use."""
        return sum(map(bool, (self.series, self.mode, self.mine)))


def tools(said: QueryDict, user: Asker, all_series: Iterable[Series]) -> Tools:
    """What *said* asks of the list; what cannot be meant is passed over."""
    mode = said.get("mode", "")
    return Tools(
        words=one_line(said.get("q", ""))[:LONGEST],
        series=one_line(said.get("series", "")),
        mode=mode if mode in SessionMode.values else "",
        mine="mine" in said and user.is_authenticated,
        is_past=said.get("when") == "past",
        may_have_own=user.is_authenticated,
        all_series=tuple((one.slug, one.title) for one in all_series),
        modes=tuple((value, str(label)) for value, label in SessionMode.choices),
    )


def row(
    session: LearningSession, series: Series, modes: Mapping[str, str], now: datetime
) -> SessionRow:
    """*session* (with_places, with_presence, with_material) as the list prints it at *now*.

    *modes* are the words of Tools.modes: looked up for each row, they cost a twentieth of the page.
    """
    state = situation(session, None, now)
    return SessionRow(
        pk=session.pk,
        title=session.title,
        series=series.title,
        starts_at=session.starts_at,
        ends_at=session.ends_at,
        venue=session.venue,
        mode=modes[session.mode],
        is_past=session.ends_at <= now,
        is_draft=session.published_at is None,
        is_cancelled=session.cancelled_at is not None,
        own_state=session.own_state,
        own_presence=session.own_presence,
        shut=str(HEADINGS[state]) if state in {Situation.NOT_YET, Situation.CLOSED} else "",
        seats_left=session.seats_left,
        queued_count=session.queued_count,
        material_count=session.material_count,
    )


def looked_for(user: Asker, wishes: Tools, now: datetime) -> LearningSessionQuerySet:
    """What *user* may see of what the *wishes* name but for its words, in the order of the list."""
    sessions = LearningSession.objects.visible_to(user)
    sessions = sessions.past(now) if wishes.is_past else sessions.coming(now)
    if wishes.series:
        sessions = sessions.filter(series__slug=wishes.series)
    if wishes.mode:
        sessions = sessions.filter(mode=wishes.mode)
    return sessions.of(user) if wishes.mine else sessions


def page_of(
    sessions: LearningSessionQuerySet, words: str, number: int, user: Asker
) -> tuple[list[LearningSession], Page]:
    """The rows of one page, those that hold all *words* or, where none does, some like them.

    Counted in the same query; beyond the last page is the first. One query, two for misspelt words.
    """
    shown = sessions.only(*SHOWN).with_places(user).with_presence(user).with_material()
    if not words:
        return _page(shown, number)
    found, page = _page(shown.filter(in_all_words(words, "search_key")), number)
    if found:
        return found, page
    sought = searches.Folded(SearchKey(Value(words)))
    alike = TrigramWordSimilarity(sought, "title_key")  # type: ignore[arg-type]  # takes expressions
    return _page(shown.alias(alike=alike).filter(alike__gte=ALIKE), number)


def _page(sessions: LearningSessionQuerySet, number: int) -> tuple[list[LearningSession], Page]:
    counted: QuerySet = sessions.annotate(total=Window(Count("pk")))
    first = min(max(0, number - 1), FARTHEST_PAGE) * ROWS_A_PAGE
    found = list(counted[first : first + ROWS_A_PAGE])
    if first and not found:
        return _page(sessions, 1)
    every = Paginator(range(found[0].total if found else 0), ROWS_A_PAGE)
    return found, every.page(first // ROWS_A_PAGE + 1)
