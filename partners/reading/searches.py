"""What somebody searches for, word by word, and how near a text comes to it.

A word is found as it is written, at the beginning of another, in its other forms, inside a compound
and, behind all these, with other dots over its letters or a slip of the pen.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz
from rapidfuzz.distance import OSA

from partners.reading.text import one_line

LONGEST = 200  # letters of what is searched for; the rest is passed over
MOST_WORDS = 6

# Said with nearly everything, and so about nothing; sought only where nothing else is.
_SMALL = frozenset(
    """
    att av de den det där du en ett för från här i in med ni och om på som till vi vid vår är
    a an and at for from how in is of on or our the to we with
    """.split()  # noqa: SIM905 (read by people)
)

# Endings of Swedish words; English ones are found by their beginnings.
_ENDINGS = sorted(
    """
    heterna heten heter andet anden arna erna orna ande arne aren ades ade are ern aste ad an en et
    ar er or na a e
    """.split(),  # noqa: SIM905 (read by people)
    key=len,
    reverse=True,
)
_WEAK = re.compile(r"(?<=[^aeiouyåäö])e(?=[lnr]$)")  # of cykel, which cyklar has not
_DEFINITE = re.compile(r"(?<=e[lr])n$|(?<=i)n$|(?<=[^s])s$")  # cykeln, energin, partnerskapets
_SHORTEST_STEM, _LONG_STEM = 3, 5
_VOWELS = frozenset("aeiouyåäö")
_KEPT = {"å": "å", "ä": "ä", "ö": "ö", "æ": "ä", "ø": "ö"}
_FOLDS = str.maketrans("åäö", "aao")

# How near a word is, by how it is found. Dots and slips come behind all that is spelled right.
_SAME, _BEGINS, _FORM, _COMPOUND, _INSIDE = 1.0, 0.9, 0.8, 0.7, 0.6
_FORM_AT_END, _FORM_INSIDE = 0.58, 0.5  # elbilar for bilen, before bilder
_OTHER_DOTS, _SLIP, _SLIP_IN_COMPOUND, _SLIP_INSIDE, _A_SLIP_MORE = 0.44, 0.4, 0.32, 0.25, 0.05
_PART = 0.2  # of a compound that is not found whole
_IN_BODY = 0.6  # of what stands in the text below a title
_WHOLE_TITLE, _TITLE_BEGINS, _TITLE_HOLDS, _A_TITLE_WORD = 0.5, 0.15, 0.1, 0.002
_ALIKE = 70  # per cent; what has less cannot be two slips away


@dataclass(frozen=True)
class Sought:
    """What somebody searches for: as it was typed, on one line, and its words, levelled."""

    text: str
    words: tuple[str, ...]


@dataclass(frozen=True)
class Near:
    """How near a text comes: 0 is not at all. *words* are those sought as the text spells them."""

    score: float
    words: tuple[str, ...] = ()
    is_whole: bool = False  # every word was found, in some way


_NOT_FOUND = Near(0.0)


def sought(text: str) -> Sought:
    """What *text* asks for; no words where it says none, as signs alone."""
    line = one_line(text[: LONGEST * 2])[:LONGEST].strip()
    words = list(dict.fromkeys(tokens(line)))
    telling = [word for word in words if word not in _SMALL]
    return Sought(line, tuple((telling or words)[:MOST_WORDS]))


@lru_cache(maxsize=20_000)
def tokens(text: str) -> tuple[str, ...]:
    """The words of *text*, levelled: without case and accents, but with å, ä and ö."""
    composed = unicodedata.normalize("NFKC", text).lower()
    return tuple(re.findall(r"\w+", "".join(map(_level, composed))))


def _level(sign: str) -> str:
    if sign in _KEPT:
        return _KEPT[sign]
    if sign.isascii():
        return sign
    parts = unicodedata.normalize("NFKD", sign)
    return "".join(part for part in parts if not unicodedata.combining(part))


def fold(word: str) -> str:
    """A levelled *word* without the dots of å, ä and ö."""
    return word.translate(_FOLDS)


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """What the forms of a levelled *word* have in common, at least three letters of it."""
    bare = word if len(word) <= _SHORTEST_STEM + 1 else _DEFINITE.sub("", word)
    for ending in _ENDINGS:
        rest = bare.removesuffix(ending)
        if rest != bare and len(rest) >= _SHORTEST_STEM and not _VOWELS.isdisjoint(rest):
            return _WEAK.sub("", rest)
    return _WEAK.sub("", bare) if len(bare) > _SHORTEST_STEM + 1 else bare


@lru_cache(maxsize=5_000)
def forms(word: str) -> tuple[str, ...]:
    """Beginnings of the other forms of *word*, the longest first: cykel, cykl."""
    short = stem(word)
    found = [word, short]
    if len(short) > _SHORTEST_STEM and short[-1] in "lnr" and short[-2] not in _VOWELS:
        found.append(f"{short[:-1]}e{short[-1]}")
    return tuple(sorted(dict.fromkeys(found), key=len, reverse=True))


def parts(word: str) -> tuple[str, ...]:
    """The beginning and the end of a long *word*, by which its halves are found; else nothing."""
    whole = stem(word)
    return (whole[:4], whole[-4:]) if len(whole) >= 8 else ()


def pieces(word: str) -> tuple[str, ...]:
    """Of a *word* with as many slips as are forgiven, one of these stands as it should."""
    several = _slips_forgiven(word) + 1
    size = max(_SHORTEST_STEM, -(-len(word) // several))
    found = [word[start : start + size] for start in range(0, len(word), size)]
    return tuple(piece for piece in found if len(piece) >= _SHORTEST_STEM)


def nearness(what: Sought, titles: Iterable[str], body: Iterable[str] = ()) -> Near:
    """How near a thing called *titles* comes, with *body* as what else is said of it."""
    named = [tokens(title) for title in titles if title]
    in_titles = set().union(*named)
    in_body = set().union(*map(tokens, body)) - in_titles
    found = [_best(word, in_titles, in_body) for word in what.words]
    scores, words = zip(*found, strict=True) if found else ((), ())
    if not any(scores):
        return _NOT_FOUND
    gain = max((_of_title(what.words, title) for title in named), default=0.0)
    return Near(sum(scores) / len(scores) + gain, words, all(scores))


def _best(word: str, in_titles: set[str], in_body: set[str]) -> tuple[float, str]:
    best = max((closeness(word, token) for token in in_titles), default=(0.0, word))
    if best[0] >= _IN_BODY:
        return best
    score, spelled = max((closeness(word, token) for token in in_body), default=(0.0, word))
    return max(best, (score * _IN_BODY, spelled))


def _of_title(words: Sequence[str], title: Sequence[str]) -> float:
    """What a title gains by holding the words as they stand, and loses by saying more."""
    wanted, said = " ".join(words), " ".join(word for word in title if word not in _SMALL)
    gain = _TITLE_HOLDS if wanted in said else 0.0
    if said == wanted:
        gain = _WHOLE_TITLE
    elif said.startswith(f"{wanted} "):
        gain = _TITLE_BEGINS
    return gain - _A_TITLE_WORD * min(len(title), 20)


@lru_cache(maxsize=100_000)
def closeness(word: str, token: str) -> tuple[float, str]:
    """How near *token* of a text is to *word*, from 0 to 1, and *word* as the text spells it."""
    spelled = _spelled(word, token)
    if spelled:
        return spelled, word
    plain, other = fold(word), fold(token)
    spelled = _spelled(plain, other)
    if spelled:
        place = other.find(plain)
        right = token[place : place + len(plain)] if place >= 0 else token
        return _OTHER_DOTS + spelled / 10, right
    # The last way is asked only of what shares most letters: most words share few.
    if fuzz.partial_ratio(plain, other, score_cutoff=_ALIKE) or _shares_part(plain, other):
        return max(_slip(form, other, token, word) for form in forms(plain))
    return 0.0, word


def _spelled(word: str, token: str) -> float:
    if token.startswith(word):
        return _SAME if token == word else _BEGINS
    if stem(token) == stem(word):
        return _FORM
    return _in_compound(word, token)


def _in_compound(word: str, token: str) -> float:
    others = [form for form in forms(word) if form in token]
    if any(token.startswith(form) and len(form) >= _LONG_STEM for form in others):
        return _COMPOUND
    if len(word) >= _SHORTEST_STEM and word in token:
        return _INSIDE
    if len(stem(word)) >= _SHORTEST_STEM and stem(token).endswith(stem(word)):
        return _FORM_AT_END
    return _FORM_INSIDE if any(_tells(form, token) for form in others) else 0.0


def _tells(form: str, token: str) -> bool:
    """Whether the short *form* in *token* says something: at its beginning, or long enough."""
    return len(form) >= (_SHORTEST_STEM if token.startswith(form) else _LONG_STEM - 1)


def _slips_forgiven(word: str) -> int:
    return 0 if len(word) < 4 else 1 if len(word) < 7 else 2


def _slip(word: str, folded: str, token: str, typed: str) -> tuple[float, str]:
    """The least slips of the pen between *word* and *folded*, its beginning or a part inside."""
    most = _slips_forgiven(word)
    apart = OSA.distance(word, folded)
    if apart <= most and (len(word) >= _LONG_STEM or word[0] == folded[0]):
        return _SLIP - _A_SLIP_MORE * apart, token
    if len(word) < _LONG_STEM:
        return 0.0, typed
    apart, end = min(_cuts(word, folded, 0))
    if apart <= most:
        return _SLIP_IN_COMPOUND - _A_SLIP_MORE * apart, token[:end]
    if len(word) > _LONG_STEM and _least_inside(word, folded) <= 1:
        return _SLIP_INSIDE, typed
    return (_PART, typed) if _shares_part(word, folded) else (0.0, typed)


def _least_inside(word: str, folded: str) -> int:
    starts = range(1, max(2, len(folded) - len(word) + 3))
    return min(apart for start in starts for apart, _end in _cuts(word, folded, start))


def _cuts(word: str, folded: str, start: int) -> Iterator[tuple[int, int]]:
    """How far *word* is from pieces of *folded* of about its length, and where each ends."""
    for length in range(len(word) - 2, len(word) + 3):
        end = min(start + length, len(folded))
        yield OSA.distance(word, folded[start:end]), end


def _shares_part(word: str, token: str) -> bool:
    head_and_tail = parts(word)
    if not head_and_tail:
        return False
    head, tail = head_and_tail
    return token.startswith(head) or stem(token).endswith(tail)
