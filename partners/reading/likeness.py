"""Which names are nearly alike, without comparing every name with every other.

Each name is filed by its words and by every three letters in a row. Whoever asks is compared only
with names that share the rarest of them, so that ten times as many names cost ten times as much.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations

from rapidfuzz import fuzz, process

ALIKE = 88  # per cent of two names; "Stormhatten Livs" and "Stormhatten Bygg" have 75
LOOKED_AT = 200  # names at most that are compared with one; those that share the rarest letters
MOST_WORDS = 7  # of a name of which every part is looked up; a longer one only by its beginnings


class Names:
    """Names filed so that those like another are found; each by the place it was added at."""

    def __init__(self) -> None:
        self._stems: list[str] = []
        self._by_words: dict[frozenset[str], list[int]] = defaultdict(list)
        self._with_word: dict[str, set[int]] = defaultdict(set)
        self._with_letters: dict[str, list[int]] = defaultdict(list)

    def add(self, stem: str) -> None:
        place = len(self._stems)
        self._stems.append(stem)
        words = frozenset(stem.split())
        self._by_words[words].append(place)
        for word in words:
            self._with_word[word].add(place)
        for letters in _letters(stem):
            self._with_letters[letters].append(place)

    def near(self, stem: str) -> list[int]:
        """Whose letters are nearly those of *stem*, the nearest first: a slip of the pen."""
        places = list(self._sharing(stem))
        compared = [self._stems[place] for place in places]
        found = process.extract(stem, compared, scorer=fuzz.ratio, score_cutoff=ALIKE, limit=5)
        return [places[number] for _text, _score, number in found]

    def _sharing(self, stem: str) -> set[int]:
        """Who shares the rarest letters."""
        found: set[int] = set()
        filed = (self._with_letters.get(letters, ()) for letters in _letters(stem))
        for places in sorted(filed, key=len):
            found.update(places[: LOOKED_AT - len(found)])
            if len(found) >= LOOKED_AT:
                break
        return found

    def within(self, stem: str) -> Iterator[int]:
        """Whose words are all among those of *stem*, but not all of them: RISE in RISE Research."""
        words = stem.split()
        parts = (
            {frozenset(part) for size in range(1, len(words)) for part in combinations(words, size)}
            if len(words) <= MOST_WORDS
            else {frozenset(words[:size]) for size in range(1, len(words))}
        )
        for part in sorted(parts - {frozenset(words)}, key=sorted):
            yield from self._by_words.get(part, [])

    def around(self, stem: str) -> list[int]:
        """Who has all the words of *stem*, and more."""
        words = frozenset(stem.split())
        filed = sorted((self._with_word.get(word, set()) for word in words), key=len)
        same = set(self._by_words.get(words, []))
        return sorted(set.intersection(*filed) - same) if filed else []


def _letters(stem: str) -> set[str]:
    """Every three letters in a row, each with all the figures: House 1 is never House 2."""
    figures = " ".join(re.findall(r"\d+", stem))
    edged = f"  {stem} "
    return {figures + edged[place : place + 3] for place in range(len(edged) - 2)}
