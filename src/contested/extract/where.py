"""Where: the places that a report names, each as one place of the gazetteer.

Finding is longest match over the gazetteer's names; a name inside a person's or an organisation's
name is none. Which place of that name is meant is told, in this order, by what the text says of it
("district", "in Balochistan"), by the countries and provinces that the rest of the report names,
by the countries that the caller expects, and by size. Never is a place finer than the words.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from contested.extract import where_choice as choice
from contested.extract.mentions import PlaceMention
from contested.extract.where_words import (
    AT,
    DIRECTIONS,
    FUNCTION,
    LOCATIVE,
    SOLDERS,
    TypeWord,
    Words,
    calendar_words,
    given_names,
    ordinary,
    organisations,
    place_types,
    read_words,
    titles,
)
from contested.model import Where
from contested.world import Place
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

    @property
    def places(self) -> Mapping[str, Place]:
        """Places by id."""

    def places_named(self, name: str) -> Sequence[Place]:
        """Places of that name without case, accents and hyphens."""


@dataclass(slots=True)
class Hit:
    """A name found: words `first` up to `stop`, and what it could be."""

    first: int
    stop: int
    start: int
    end: int
    key: str
    options: tuple[Place, ...]
    type: TypeWord | None = None
    within: list[Hit] = field(default_factory=list)
    located: bool = False
    unknown_area: bool = False
    holds: bool = False


class PlaceFinder:
    """Finds the places of a whole report. Make one for many reports: it indexes the names."""

    def __init__(self, world: Gazetteer) -> None:
        self._world = world
        self._starts, self._small = _index(world.places.values())
        self._stems = choice.stems(world.places.values())

    def find(self, text: str, offset: int = 0, prior: Collection[str] = ()) -> list[PlaceMention]:
        """The places of `text`, in order; spans are moved on by `offset`.

        `prior` are the countries (ISO 3166-1 alpha-2) that the report is likely about.
        """
        words = read_words(text, self._stems)
        hits = self._hits(words)
        _typed(words, hits)
        hits = _sifted(words, hits)
        _nested(text, hits)
        chosen = choice.choose(hits, frozenset(c.upper() for c in prior))
        return [
            _mention(text, hit, place, offset)
            for hit, place in zip(hits, chosen, strict=True)
            if place is not None and _believable(hit, place, chosen, prior)
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


def _index(places: Collection[Place]) -> tuple[dict[str, int], frozenset[str]]:
    """First words of names with the most words that follow, and those written small."""
    starts: dict[str, int] = {}
    small: set[str] = set()
    for place in places:
        for name in (place.name, *place.names):
            parts = fold(name).split()
            if not parts:
                continue
            if len(parts) > starts.get(parts[0], 0):
                starts[parts[0]] = min(len(parts) + 1, _LONGEST)
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


def _sifted(words: Words, hits: list[Hit]) -> list[Hit]:
    """The hits that are names of places, not parts of other names."""
    ends = {hit.stop for hit in hits}
    starts = {hit.first for hit in hits}
    people: set[str] = set()
    kept: list[Hit] = []
    for hit in hits:
        verdict = _verdict(words, hit, ends, starts)
        if verdict == "person" and hit.stop == hit.first + 1:
            people.add(hit.key)
        elif verdict == "place":
            hit.located = words.low(hit.first - 1) in LOCATIVE or _is_dateline(words, hit)
            kept.append(hit)
    return [h for h in kept if h.key not in people or h.type or words.low(h.first - 1) in AT]


def _verdict(words: Words, hit: Hit, ends: set[int], starts: set[int]) -> str:
    """``place``, ``person`` or ``other``: what the words beside the name say it is."""
    wide = any(p.kind == "country" or (p.kind in choice.WIDE and p.supplement) for p in hit.options)
    headline = words.all[hit.first].line in words.headlines
    if _is_soldered(words, hit) or words.low(hit.first) in calendar_words():
        return "other"
    if _is_plain(hit) and not _is_place_anyway(words, hit):
        return "other"
    before = _before(words, hit, ends, headline)
    if before == "person" or (before == "name" and not (wide or len(hit.key) > _LONG_NAME)):
        return "person"
    after = _after(words, hit, starts, headline)
    if after == "organisation":
        return "other"
    large = any(p.kind == "admin1" and p.population >= _LARGE for p in hit.options)
    sure = (wide or large) and hit.key not in given_names()
    if after == "name" and not sure and words.low(hit.first - 1) not in LOCATIVE:
        return "person"
    return "place"


def _is_soldered(words: Words, hit: Hit) -> bool:
    """Whether a hyphen makes the name part of another: "Lashkar-e-Taiba", "anti-Pakistan"."""
    left = words.gap(hit.first - 1) if hit.first else "\n"
    if left in "-‐‑" and words.low(hit.first - 1) in SOLDERS:
        return True
    return words.gap(hit.stop - 1) in "-‐‑" and words.low(hit.stop) in ("e", "i", "ul", "u")


def _is_plain(hit: Hit) -> bool:
    """Whether the name is made of ordinary words, and is no country's."""
    own_country = any(p.kind == "country" and fold(p.name) == hit.key for p in hit.options)
    parts = hit.key.split()
    return not own_country and all(part in ordinary() or part in DIRECTIONS for part in parts)


def _is_place_anyway(words: Words, hit: Hit) -> bool:
    """Whether an ordinary word is a place here: "in Nice", "Swat valley"."""
    word = words.all[hit.first]
    whole = hit.stop - hit.first > 1 or (hit.type is not None and hit.type.kept)
    if whole and hit.options[0].supplement:
        return True
    if word.starts_sentence or word.line in words.headlines or hit.key in DIRECTIONS:
        return False
    own = any(p.name == word.text and (p.supplement or p.population >= _SMALL) for p in hit.options)
    return own and words.low(hit.first - 1) in AT


def _before(words: Words, hit: Hit, ends: set[int], headline: bool) -> str:
    """What the word before makes of the name: ``person``, ``name`` (a longer one) or nothing."""
    i = hit.first - 1
    if not words.beside(i, hit.first) and not (
        words.low(i) in titles() and i >= 0 and words.gap(i).strip() == "."
    ):
        return _of_organisation(words, hit)
    word, low = words.all[i], words.low(i)
    if not word.upper:
        return _of_organisation(words, hit)
    if low in titles():
        return "person"
    if (
        headline
        or hit.first in ends
        or low in FUNCTION
        or not choice.is_name_part(word, words.stems)
    ):
        return _of_organisation(words, hit)
    return "" if word.starts_sentence else "name"


def _of_organisation(words: Words, hit: Hit) -> str:
    """Whether the name closes an organisation's: "University of Karachi"."""
    i = hit.first - 1
    if words.low(i) == "the":
        i -= 1
    of = words.low(i) == "of" and words.low(i - 1) in organisations("before_of")
    return "person" if of and words.all[i - 1].upper else ""


def _after(words: Words, hit: Hit, starts: set[int], headline: bool) -> str:
    """What the word after makes of the name: ``organisation``, ``name`` or nothing."""
    i = hit.stop
    if not words.beside(i - 1, i):
        return ""
    word, low = words.all[i], words.low(i)
    if not word.upper:
        return ""
    if low in organisations("after"):
        return "organisation"
    for n in (1, 2):
        near = i + n < len(words.all) and words.beside(i + n - 1, i + n) and words.all[i + n].upper
        if near and words.low(i + n) in organisations("after") and not headline:
            return "organisation"
        if not near:
            break
    if headline or i in starts or low in titles() or low in calendar_words() or hit.type:
        return ""
    return "name" if choice.is_name_part(word, words.stems) else ""


def _is_dateline(words: Words, hit: Hit) -> bool:
    """ "PESHAWAR, Oct 15 (AFP) -", "QUETTA:" """
    if hit.first and words.all[hit.first - 1].line == words.all[hit.first].line:
        return False
    return words.text[hit.end : hit.end + 1] in (",", ":") or bool(
        re.match(r"\s*(?:\(|[-–—]{1,2}\s)", words.text[hit.end : hit.end + 4])
    )


def _nested(text: str, hits: list[Hit]) -> None:
    """Note for each name the one that the text puts it in: "Mir Ali, North Waziristan"."""
    for hit, other in zip(hits, hits[1:], strict=False):
        if other.start - hit.end > _WITHIN_LONGEST:
            continue
        gap = text[hit.end : other.start]
        if _WITHIN.fullmatch(gap):
            hit.within.append(other)
            other.holds = True
    for hit in reversed(hits):
        for other in tuple(hit.within):
            hit.within.extend(other.within[:2])


def _believable(hit: Hit, place: Place, chosen: list[Place | None], prior: Collection[str]) -> bool:
    """Whether there is enough to take a small or rarely so called place for what is meant."""
    own = fold(place.name) == hit.key
    if hit.unknown_area and not place.supplement:
        return False
    if place.supplement or hit.type or (own and place.kind in choice.WIDE - {"admin1"}):
        return True
    if own and place.population >= (_LARGE if place.kind == "admin1" else _KNOWN):
        return True
    if hit.within and any(choice.contains(o, place) for o in hit.within):
        return True
    company = place.country in prior or sum(
        1 for p in chosen if p is not None and p is not place and p.country == place.country
    )
    if own and place.population >= _SMALL:
        return hit.located or bool(company)
    return hit.located and bool(company)


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
