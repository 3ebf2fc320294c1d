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
from typing import Protocol

from contested.extract import where_choice as choice
from contested.extract.mentions import PlaceMention
from contested.extract.where_mentions import mentions
from contested.extract.where_names import Names
from contested.extract.where_nesting import nest
from contested.extract.where_peoples import Peoples, abbreviated
from contested.extract.where_sift import sifted
from contested.extract.where_types import typed
from contested.extract.where_unknown import with_unknown
from contested.extract.where_words import Hit, Words, read_words
from contested.world import Place
from contested.world.names import fold

_LONGEST = 7
_INSIDE = re.compile(r"[ \u00a0]{1,2}|\s?[-‐‑–]\s?|\n|['’.] ?")
_SMALL = 100_000
_KNOWN = 500_000
_LARGE = 1_000_000
_KNOWN_TOWN = 15_000
_ARTICLES = frozenset(("al", "el", "an", "ar", "as", "ash", "ad", "az", "at"))
_MARKED = ("ORG", "in ORG")
_DISTRICT = frozenset(("county", "district", "department", "raion", "governorate"))


class Gazetteer(Protocol):
    """What the finder needs of `contested.world.World`."""

    def own_places(self) -> Iterable[Place]:
        """Places of the supplement, whose names may be written small ("tribal areas")."""

    def wide_names(self) -> Iterable[str]:
        """Folded names of countries and provinces."""

    def begins_place(self, words: str) -> bool:
        """Whether some place's name is `words`, or begins with them and goes on."""

    def places_named(self, name: str) -> Sequence[Place]:
        """Places of that name without case, accents and hyphens."""


class PlaceFinder:
    """Finds the places of a whole report. Make one for many reports: it indexes the names."""

    def __init__(self, world: Gazetteer, peoples: Peoples | None = None) -> None:
        self._world = world
        self._peoples = peoples
        self._small = _written_small(world.own_places())
        self._stems = choice.stems(world.wide_names())

    def find(
        self,
        text: str,
        offset: int = 0,
        prior: Collection[str] = (),
        names: Names | None = None,
    ) -> list[PlaceMention]:
        """The places of `text`, in order; spans are moved on by `offset`.

        `prior` are the countries (ISO 3166-1 alpha-2) that the report is likely about, `names`
        what the language pipeline takes names for.
        """
        words = read_words(text, self._stems)
        hits = self._hits(words)
        for hit in hits:
            hit.named = names.kind(hit.start, hit.end) if names is not None else ""
        typed(words, hits)
        hits = sifted(words, hits)
        hits = with_unknown(words, hits, names)
        nest(text, hits)
        context = choice.Context(hits, frozenset(c.upper() for c in prior))
        chosen = choice.choose(hits, context)
        sure = _sure(hits, chosen, context)
        return mentions(words, hits, sure, names, offset)

    def _hits(self, words: Words) -> list[Hit]:
        out: list[Hit] = []
        i = 0
        while i < len(words.all):
            hit = self._at(words, i, bool(out) and out[-1].stop == i)
            if hit is None:
                i += 1
            else:
                out.append(hit)
                i = hit.stop
        return out

    def _at(self, words: Words, i: int, behind_place: bool) -> Hit | None:
        """The place at word `i`: a name, a short form, or a word for a people, which is longer."""
        hit = self._longest(words, i)
        people = self._peoples.at(words, i) if self._peoples is not None else None
        own = hit is not None and any(
            p.kind == "country" and fold(p.name) == hit.key for p in hit.options
        )
        if people is not None and not own and (hit is None or people.stop >= hit.stop):
            return _hit(words, i, people.stop, (people.place,), literal=False)
        short = abbreviated(words, i, behind_place) if hit is None or hit.stop == i + 1 else None
        if short is None:
            return hit
        name, country = short
        named = self._world.places_named(name)
        states = tuple(p for p in named if p.kind == "admin1" and p.country == country)
        if not states:
            return hit
        found = _hit(words, i, i + 1, states)
        found.short = True
        return found

    def _longest(self, words: Words, i: int) -> Hit | None:
        """The longest name that begins at word `i`."""
        first = words.all[i]
        article = _has_article(words, i)
        if not (first.upper or article or first.key in self._small):
            return None
        reach = i - 1
        for j in range(i, min(i + _LONGEST, len(words.all))):
            inside = j == i or (
                _INSIDE.fullmatch(words.gap(j - 1)) and not _is_possessive(words, j)
            )
            written = words.text[first.start : words.all[j].end]
            if not inside or not self._world.begins_place(written):
                break
            reach = j
        for j in range(reach, i - 1, -1):
            written = words.text[first.start : words.all[j].end]
            options = tuple(
                p
                for p in self._world.places_named(written)
                if choice.case_fits(_capital(written) if article else written, p, first.starts_line)
            )
            if options and (first.upper or j > i):
                return _hit(words, i, j + 1, options)
        return None


def _has_article(words: Words, i: int) -> bool:
    """Whether a small Arabic article and a hyphen begin a name: "el-Fasher"."""
    more = i + 1 < len(words.all) and words.all[i + 1].upper
    return more and words.all[i].text in _ARTICLES and words.gap(i) in ("-", "‐", "‑")


def _capital(written: str) -> str:
    return written[:1].upper() + written[1:]


def _is_possessive(words: Words, i: int) -> bool:
    return words.all[i].text in ("s", "S") and words.gap(i - 1) in ("'", "’")


def _hit(
    words: Words, first: int, stop: int, options: tuple[Place, ...], literal: bool = True
) -> Hit:
    start, end = words.all[first].start, words.all[stop - 1].end
    hit = Hit(first, stop, start, end, fold(words.text[start:end]), options, literal=literal)
    hit.name_start, hit.name_end = start, end
    return hit


def _written_small(places: Iterable[Place]) -> frozenset[str]:
    """First words of names of several words that are written small."""
    return frozenset(
        fold(name).split()[0]
        for place in places
        for name in (place.name, *place.names)
        if name[:1].islower() and " " in name
    )


def _sure(hits: list[Hit], chosen: list[Place | None], context: choice.Context) -> dict[int, Place]:
    """The places that are believed, by the start of their name."""
    met = Counter((p.country, "") for p in chosen if p is not None)
    met.update(("", p.id) for p in chosen if p is not None)
    pairs = [(h, p) for h, p in zip(hits, chosen, strict=True) if p is not None]
    believed = {
        (hit.key, place.id)
        for hit, place in pairs
        if _believable(
            hit,
            place,
            place.country in context.prior or met[place.country, ""] > met["", place.id],
            context,
        )
        and not context.denied(hit.key, place)
    }
    return {hit.start: place for hit, place in pairs if (hit.key, place.id) in believed}


def _believable(hit: Hit, place: Place, company: bool, context: choice.Context) -> bool:
    """Whether there is enough to take a small or rarely so called place for what is meant.

    `company`: the report names, or the caller expects, other places of that country.
    """
    own = choice.is_own(hit.key, place)
    if hit.short or (not hit.literal and place.kind in choice.WIDE):
        return True
    if place.supplement or (own and place.kind in choice.WIDE - {"admin1"}):
        return True
    if hit.within and any(choice.contains(o, place) for o in hit.within):
        return True
    if any(choice.speaks_against(o, place) for o in hit.known_within[:1]):
        return False
    if own and place.population >= (_LARGE if place.kind == "admin1" else _KNOWN):
        return True
    if hit.type:
        only = sum(p.kind in hit.type.kinds for p in hit.options) == 1
        near = only or not context.elsewhere(hit.key, place)
        return (own and place.population >= _SMALL) or (company and near)
    if own and place.population >= (_SMALL if hit.named not in _MARKED else _KNOWN_TOWN):
        return hit.located or company
    if own and place.kind == "admin2" and hit.key.rpartition(" ")[2] in _DISTRICT:
        return company
    if place.population < _KNOWN_TOWN and context.elsewhere(hit.key, place):
        return False
    return hit.located and company
