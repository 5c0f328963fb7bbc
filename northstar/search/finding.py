"""What the whole portal has on what somebody searches for, as far as they may see it."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from django.contrib.auth.models import AnonymousUser

from learning.models import LearningSession, Material
from measures.models import Measure
from northstar.search.answers import answers
from northstar.search.signposts import signposts
from partners.models import Organisation, User
from partners.permissions import is_coordinator
from partners.reading.searches import Near, Sought, nearness

AT_MOST = 20  # hits on a page
_FAR = 0.4  # of the nearest one, or of a word as it is written: what is farther away is not shown
_TOO_FAR = 0.16  # whatever else there is: less is chance

# What a page says comes behind the thing itself, and a slip is forgiven in its headings only.
_OF_A_TEXT, _SAID_SO = 0.7, 0.3

Reader = User | AnonymousUser


@dataclass(frozen=True)
class Hit:
    """A thing that was found: what kind it is, its row, and how near it comes."""

    kind: str
    row: Any
    near: Near


@dataclass(frozen=True)
class Found:
    """The hits, the nearest first, and the words that were meant if none is as they were typed."""

    hits: list[Hit]
    meant: str = ""


@dataclass(frozen=True)
class Kind:
    """How rows of one kind are found, and which texts tell whether they are meant."""

    name: str
    rows: Callable[[Sought, Reader, bool], Iterable[Any]]
    titles: Callable[[Any], list[str]]
    body: Callable[[Any], list[str]]


def _sessions(what: Sought, reader: Reader, by_any: bool) -> Iterable[LearningSession]:
    seen = LearningSession.objects.visible_to(reader).select_related("series")
    return seen.found_by(what, by_any=by_any)


def _measures(what: Sought, reader: Reader, by_any: bool) -> Iterable[Measure]:
    seen = Measure.objects.visible_to(reader).select_related("organisation", "focus_area")
    return seen.found_by(what, by_any=by_any)


def _materials(what: Sought, reader: Reader, by_any: bool) -> Iterable[Material]:
    seen = Material.objects.visible_to(reader).select_related("session")
    return seen.found_by(what, by_any=by_any)


# In this order where two come equally near.
KINDS = [
    Kind(
        "page",
        lambda what, reader, by_any: signposts(reader),
        lambda row: [row.title_sv, row.title_en],
        lambda row: [row.words],
    ),
    Kind(
        "organisation",
        lambda what, reader, by_any: Organisation.objects.visible_to(reader).found_by(
            what, by_any=by_any
        ),
        lambda row: [row.name],
        lambda row: [],
    ),
    Kind(
        "session",
        _sessions,
        lambda row: [row.title_sv, row.title_en],
        lambda row: [
            *(row.summary_sv, row.summary_en, row.venue),
            *(row.series.title_sv, row.series.title_en),
        ],
    ),
    Kind(
        "measure",
        _measures,
        lambda row: [row.title],
        lambda row: [row.description, row.organisation.name],
    ),
    Kind(
        "material",
        _materials,
        lambda row: [row.title],
        lambda row: [row.file_name, row.session.title_sv, row.session.title_en],
    ),
]
# For coordinators alone.
PEOPLE = Kind(
    "person",
    lambda what, reader, by_any: User.objects.visible_to(reader).found_by(what, by_any=by_any),
    lambda row: [row.name],
    lambda row: [(row.email or "").partition("@")[0]],  # all of an organisation share what follows
)
BY_ADDRESS = replace(PEOPLE, titles=lambda row: [row.email or ""])


def find(what: Sought, reader: Reader) -> Found:
    """What *reader* may see of *what*, AT_MOST hits.

    One query a kind, and as many again where nothing has all the words: then one is enough.
    What pages say is looked through last, and once: two queries for who has no role.
    """
    if not what.words:
        return Found([])
    hits = _hits(what, reader, by_any=False) or _hits(what, reader, by_any=True)
    hits = _nearest(
        [*hits, *_said(what, reader, {hit.row.address for hit in hits if hit.kind == "page"})]
    )
    return Found(hits[:AT_MOST], _meant(what, hits))


def _hits(what: Sought, reader: Reader, *, by_any: bool) -> list[Hit]:
    people = BY_ADDRESS if "@" in what.text else PEOPLE
    kinds = [*KINDS, people] if is_coordinator(reader) else KINDS
    return _nearest([hit for kind in kinds for hit in _of_kind(kind, what, reader, by_any)])


def _said(what: Sought, reader: Reader, found: set[str]) -> Iterator[Hit]:
    """Headings of pages, and what stands below them; not the pages that are *found* by name."""
    for answer in answers(reader):
        near = nearness(what, [answer.title], [answer.text])
        if near.is_whole and near.score >= _SAID_SO and answer.address not in found:
            yield Hit("answer", answer, replace(near, score=near.score * _OF_A_TEXT))


def _nearest(hits: list[Hit]) -> list[Hit]:
    hits.sort(key=lambda hit: hit.near.score, reverse=True)
    far = max(_TOO_FAR, _FAR * min(hits[0].near.score, 1)) if hits else 0
    return [hit for hit in hits if hit.near.score >= far]


def _of_kind(kind: Kind, what: Sought, reader: Reader, by_any: bool) -> Iterator[Hit]:
    for row in kind.rows(what, reader, by_any):
        near = nearness(what, kind.titles(row), kind.body(row))
        if near.score > 0 and (near.is_whole or by_any):
            yield Hit(kind.name, row, near)


def _meant(what: Sought, hits: list[Hit]) -> str:
    """The words as the nearest hit spells them; "" where it has them as they were typed."""
    if not hits or hits[0].near.words == what.words:
        return ""
    return " ".join(hits[0].near.words)
