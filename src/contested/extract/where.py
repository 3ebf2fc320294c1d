"""Where: the places that a report names, each as one place of the gazetteer.

Finding is longest match over the gazetteer's names; a name inside a person's or an organisation's
name is none. Which place of that name is meant is told, in this order, by what the text says of it
("district", "in Balochistan"), by the countries and provinces that the rest of the report names,
by the countries that the caller expects, and by size. Never is a place finer than the words.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from itertools import pairwise
from typing import Protocol

from contested.extract import where_choice as choice
from contested.extract.mentions import PlaceMention
from contested.extract.where_sift import sifted
from contested.extract.where_words import Hit, TypeWord, Words, place_types, read_words
from contested.model import Where
from contested.world import Place
from contested.world.atlas import Named
from contested.world.names import fold

_LONGEST = 6
_INSIDE = re.compile(r"[ \u00a0]{1,2}|\s?[-‐‑–]\s?|\n|['’.] ?")
_WITHIN = re.compile(
    r"(?:,\s*(?:in\s+)?|\s*\(\s*|\s+(?:of|in)\s+)(?:the\s+)?(?:[a-z]+ern\s+|[a-z]+ing\s+)?"
    r"|,\s+(?:a|an|the|in)\s[^,.;:()\n]{0,60}?\s(?:in|of)\s+(?:the\s+)?"
)
_WITHIN_LONGEST = 80
_AREAS = frozenset(("admin1", "admin2", "admin3"))
_SMALL = 100_000
_KNOWN = 500_000
_LARGE = 1_000_000
_LONG_NAME = 12


class Gazetteer(Protocol):
    """What the finder needs of `contested.world.World`."""

    def place_names(self) -> Iterable[Named]:
        """What every place is, and its names."""

    def places_named(self, name: str) -> Sequence[Place]:
        """Places of that name without case, accents and hyphens."""


class PlaceFinder:
    """Finds the places of a whole report. Make one for many reports: it indexes the names."""

    def __init__(self, world: Gazetteer) -> None:
        self._world = world
        names = list(world.place_names())
        self._starts, self._small = _index(names)
        self._stems = choice.stems(names)

    def find(self, text: str, offset: int = 0, prior: Collection[str] = ()) -> list[PlaceMention]:
        """The places of `text`, in order; spans are moved on by `offset`.

        `prior` are the countries (ISO 3166-1 alpha-2) that the report is likely about.
        """
        words = read_words(text, self._stems)
        hits = self._hits(words)
        _typed(words, hits)
        hits = sifted(words, hits)
        _nested(text, hits)
        chosen = choice.choose(hits, frozenset(c.upper() for c in prior))
        met = Counter((p.country, "") for p in chosen if p is not None)
        met.update(("", p.id) for p in chosen if p is not None)
        return [
            _mention(text, hit, place, offset)
            for hit, place in zip(hits, chosen, strict=True)
            if place is not None
            and _believable(
                hit,
                place,
                place.country in prior or met[place.country, ""] > met["", place.id],
            )
        ]

    def _hits(self, words: Words) -> list[Hit]:
        out: list[Hit] = []
        i = 0
        while i < len(words.all):
            hit = self._longest(words, i)
            if hit is None:
                i += 1
            else:
                out.append(hit)
                i = hit.stop
        return out

    def _longest(self, words: Words, i: int) -> Hit | None:
        """The longest name that begins at word `i`."""
        first = words.all[i]
        most = self._starts.get(first.key.partition(" ")[0], 0)
        if not most or not (first.upper or first.key in self._small):
            return None
        reach = i
        for j in range(i + 1, min(i + most, len(words.all))):
            if not _INSIDE.fullmatch(words.gap(j - 1)):
                break
            reach = j
        for j in range(reach, i - 1, -1):
            written = words.text[first.start : words.all[j].end]
            options = tuple(
                p
                for p in self._world.places_named(written)
                if choice.case_fits(written, p, first.starts_line)
            )
            if options and (first.upper or j > i):
                return Hit(i, j + 1, first.start, words.all[j].end, fold(written), options)
        return None


def _index(places: Iterable[Named]) -> tuple[dict[str, int], frozenset[str]]:
    """First words of names with the most words that follow, and those written small."""
    starts: dict[str, int] = {}
    small: set[str] = set()
    for place in places:
        for name, folded in zip(place.names, place.folded, strict=True):
            parts = folded.split()
            if not parts:
                continue
            starts[parts[0]] = max(starts.get(parts[0], 0), min(len(parts) + 1, _LONGEST))
            if name[:1].islower() and len(parts) > 1:
                small.add(parts[0])
    return starts, frozenset(small)


def _typed(words: Words, hits: list[Hit]) -> None:
    """Note the type words beside each name, and take those that belong to it into its span."""
    floor = 0
    for n, hit in enumerate(hits):
        ceiling = hits[n + 1].first if n + 1 < len(hits) else len(words.all)
        after = _type_after(words, hit.stop, ceiling)
        before = _type_before(words, hit.first, floor)
        floor = hit.stop
        if after is not None and _fits(hit, after[0]):
            hit.type, stop = after
            if hit.type.kept:
                hit.end = words.all[stop - 1].end
                floor = stop
        elif before is not None and _fits(hit, before[0]):
            hit.type, start = before
            if hit.type.kept:
                hit.start = start


def _fits(hit: Hit, word: TypeWord) -> bool:
    if not word.kinds or any(p.kind in word.kinds for p in hit.options):
        return True
    hit.unknown_area = word.kept and word.kinds <= _AREAS
    return False


def _type_after(words: Words, i: int, ceiling: int) -> tuple[TypeWord, int] | None:
    for size in (2, 1):
        parts = tuple(words.low(i + n) for n in range(size))
        found = place_types("after").get(parts)
        joined = all(words.beside(i + n - 1, i + n) for n in range(size))
        if found and joined and i + size <= ceiling:
            return found, i + size
    return None


def _type_before(words: Words, i: int, floor: int) -> tuple[TypeWord, int] | None:
    """ "district Kurram", "the province of Balochistan" """
    j = i - 1
    if words.low(j) == "of" and words.beside(j, i):
        j -= 1
    found = place_types("before").get((words.low(j),))
    if found is None or j < floor or not words.beside(j, j + 1):
        return None
    return found, words.all[j].start


def _nested(text: str, hits: list[Hit]) -> None:
    """Note for each name the one that the text puts it in: "Mir Ali, North Waziristan"."""
    for hit, other in pairwise(hits):
        if other.start - hit.end > _WITHIN_LONGEST:
            continue
        gap = text[hit.end : other.start]
        if _WITHIN.fullmatch(gap):
            hit.within.append(other)
            other.holds = True
    for hit in reversed(hits):
        for other in tuple(hit.within):
            hit.within.extend(other.within[:2])


def _believable(hit: Hit, place: Place, company: bool) -> bool:
    """Whether there is enough to take a small or rarely so called place for what is meant.

    `company`: the report names, or the caller expects, other places of that country.
    """
    own = fold(place.name) == hit.key
    if hit.unknown_area and not place.supplement:
        return False
    if place.supplement or hit.type or (own and place.kind in choice.WIDE - {"admin1"}):
        return True
    if own and place.population >= (_LARGE if place.kind == "admin1" else _KNOWN):
        return True
    if hit.within and any(choice.contains(o, place) for o in hit.within):
        return True
    if own and place.population >= _SMALL:
        return hit.located or company
    return hit.located and company


def _mention(text: str, hit: Hit, place: Place, offset: int) -> PlaceMention:
    where = Where(
        place.name,
        text[hit.start : hit.end],
        place.admin1,
        place.country,
        place.lat,
        place.lon,
        place.radius_km,
        place.geonameid,
    )
    return PlaceMention(hit.start + offset, hit.end + offset, where, place.kind, place.id)
