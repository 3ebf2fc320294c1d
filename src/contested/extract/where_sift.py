"""Which names found are names of places, and not parts of persons' or organisations' names."""

from __future__ import annotations

import re
from collections import Counter

from contested.extract import where_choice as choice
from contested.extract.where_words import (
    AT,
    DIRECTIONS,
    FUNCTION,
    LOCATIVE,
    SOLDERS,
    Hit,
    Words,
    beginnings,
    calendar_words,
    given_names,
    ordinary,
    organisations,
    titles,
)
from contested.world.names import fold

_SMALL = 100_000
_KNOWN = 500_000
_LARGE = 1_000_000
_LONG_NAME = 12
_OF_PLACES = ("PLACE", "in PLACE", "ORG", "in ORG")


def sifted(words: Words, hits: list[Hit]) -> list[Hit]:
    """The hits that are names of places, not parts of persons' names.

    Those in names of organisations are kept as not `literal`.
    """
    known = [hit for hit in hits if _is_known(hit)]
    ends = {hit.stop for hit in known}
    starts = {hit.first for hit in known}
    people: Counter[str] = Counter()
    places: set[str] = set()
    kept: list[Hit] = []
    for hit in hits:
        verdict = _verdict(words, hit, ends, starts) if hit.literal else _people(words, hit)
        if verdict == "person" and hit.stop == hit.first + 1:
            people[hit.key] += 1
        elif verdict in ("place", "organisation", "people"):
            dateline = _is_dateline(words, hit)
            located = words.low(hit.first - 1) in LOCATIVE or dateline
            hit.located = verdict == "place" and (located or hit.named == "PLACE")
            hit.literal = verdict == "place"
            kept.append(hit)
            if dateline:
                places.add(hit.key)
    return [
        h
        for h in kept
        if h.key not in people or h.key in places or h.type or words.low(h.first - 1) in AT
    ]


def _people(words: Words, hit: Hit) -> str:
    """``person`` for a surname that is a word for a people ("Volker Turk"), else ``people``."""
    i = hit.first - 1
    inside = hit.named == "in PERSON" and words.beside(i, hit.first) and words.all[i].upper
    return "person" if inside else "people"


def _goes_on(words: Words, i: int) -> bool:
    """Whether word `i` may carry on the name before it: "Puerto" with "Jordan"."""
    return words.beside(i - 1, i) and words.all[i].upper and words.low(i) not in FUNCTION


def _is_known(hit: Hit) -> bool:
    """Whether the name is one of a place that many have heard of."""
    return any(p.supplement or p.kind in choice.WIDE or p.population >= _SMALL for p in hit.options)


def _verdict(words: Words, hit: Hit, ends: set[int], starts: set[int]) -> str:
    """``place``, ``person``, ``organisation`` or ``other``: what the words beside the name, and
    the language pipeline, say it is."""
    wide = any(p.kind == "country" or (p.kind in choice.WIDE and p.supplement) for p in hit.options)
    headline = words.all[hit.first].line in words.headlines
    if _is_soldered(words, hit) or words.low(hit.first) in calendar_words():
        return "other"
    if words.low(hit.stop - 1) in beginnings() and _goes_on(words, hit.stop):
        return "other"
    if _is_plain(hit) and not _is_place_anyway(words, hit):
        return "other"
    part = "organisation" if hit.named == "in ORG" else "person"
    before = _before(words, hit, ends, headline)
    if before in ("person", "organisation"):
        return before
    if before == "name" and not (wide or len(hit.key) > _LONG_NAME or hit.named == "PLACE"):
        return part
    after = _after(words, hit, starts, headline)
    if after in ("organisation", "street"):
        return after
    large = any(p.kind == "admin1" and p.population >= _LARGE for p in hit.options)
    sure = (wide or large) and hit.key not in given_names()
    located = words.low(hit.first - 1) in LOCATIVE
    if after == "name" and not sure and not located and hit.named != "PLACE":
        return part
    person = hit.named in ("PERSON", "in PERSON") and not (located or headline or hit.type)
    if person and not sure and not any(p.supplement or p.population >= _KNOWN for p in hit.options):
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
    return own and (words.low(hit.first - 1) in AT or hit.named in _OF_PLACES)


def _before(words: Words, hit: Hit, ends: set[int], headline: bool) -> str:
    """What the word before makes of the name: ``person``, ``organisation``, ``name`` (a longer
    one) or nothing."""
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
    return "organisation" if of and words.all[i - 1].upper else ""


def _after(words: Words, hit: Hit, starts: set[int], headline: bool) -> str:
    """What the word after makes of the name: ``organisation``, ``street`` (or a lake and the
    like), ``name`` or nothing."""
    i = hit.stop
    if not words.beside(i - 1, i):
        return ""
    word, low = words.all[i], words.low(i)
    if not word.upper:
        return ""
    feature = low in organisations("feature") and not any(p.supplement for p in hit.options)
    if low in organisations("street") or (feature and not headline):
        return "street"
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
    if low in FUNCTION:
        return ""
    return "name" if choice.is_name_part(word, words.stems) else ""


def _is_dateline(words: Words, hit: Hit) -> bool:
    """ "PESHAWAR, Oct 15 (AFP) -", "QUETTA:" """
    if hit.first and words.all[hit.first - 1].line == words.all[hit.first].line:
        return False
    return words.text[hit.end : hit.end + 1] in (",", ":") or bool(
        re.match(r"\s*(?:\(|[-–—]{1,2}\s)", words.text[hit.end : hit.end + 4])
    )
