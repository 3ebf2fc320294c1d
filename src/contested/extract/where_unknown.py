"""Names of places that no gazetteer has: kept as they are written, never taken for a namesake.

Taken for one is what the language pipeline marks as a place, or what the words call one ("Ata
village"), where the text says that something is or goes there. A name is looked at again wherever
it stands in the report. Where it lies is known only as far as the text puts it into a known place.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from contested.extract.where_choice import is_name_part
from contested.extract.where_names import Names
from contested.extract.where_types import give_type
from contested.extract.where_words import (
    AT,
    DIRECTIONS,
    FUNCTION,
    Hit,
    Words,
    calendar_words,
    given_names,
    ordinary,
    organisations,
    place_types,
    titles,
)

_LONGEST = 5
_JOINED = re.compile(r"[ \u00a0]|[-‐‑]|['’]")
_LISTED = re.compile(r",?\s+and\s+|,\s+")
_ACRONYM = 5
_TYPE_LONGEST = 10
_LARGE = 100_000
_KNOWN_TOWN = 500_000
_KNOWN = frozenset(("country", "region", "line", "capital"))
_PLACING = AT | {"into", "between", "through", "towards", "around"}
_HYPHENS = ("-", "‐", "‑")
_SETTLED = frozenset(("town", "village", "capital"))


def with_unknown(words: Words, hits: Sequence[Hit], names: Names | None) -> list[Hit]:
    """The names found, and in their order the names of places that are in no table."""
    kept = [hit for hit in hits if not _is_piece(words, hit, names)]
    for hit in kept:
        known = any(p.supplement or p.population >= _KNOWN_TOWN for p in hit.options)
        if hit.unknown_area and hit.literal and not known:
            hit.options = ()
            give_type(words, hit, hit.first, hit.stop + 3)
    found = _unknown(words, kept, names)
    return sorted([*kept, *found], key=lambda hit: hit.first)


def _is_piece(words: Words, hit: Hit, names: Names | None) -> bool:
    """Whether a name of a small place is only a piece of a longer name: "Ata" in "Ata-Bela"."""
    known = any(p.supplement or p.kind in _KNOWN or p.population >= _LARGE for p in hit.options)
    whole = names.over(hit.start, hit.end) if names is not None else None
    typed = hit.type is not None and hit.end > hit.name_end
    if known or typed or hit.named != "in PLACE" or whole is None:
        return False
    return any(
        words.gap(i) in _HYPHENS and whole.start <= words.all[at].start < whole.end
        for i, at in ((hit.first - 1, hit.first - 1), (hit.stop - 1, hit.stop))
        if 0 <= at < len(words.all)
    )


def _covered(words: Words, hit: Hit) -> Iterator[int]:
    """The words of a name, with those that say what it is the name of."""
    yield from range(hit.first, hit.stop)
    i = hit.stop
    while i < len(words.all) and words.all[i].end <= hit.end:
        yield i
        i += 1


def _unknown(words: Words, taken: Iterable[Hit], names: Names | None) -> list[Hit]:
    used = {i for hit in taken for i in _covered(words, hit)}
    found: list[Hit] = []
    i = 0
    while i < len(words.all):
        hit = None if i in used else _at(words, i, used, names)
        if hit is not None:
            found.append(hit)
        i = hit.stop if hit is not None else i + 1
    _type(words, found, used)
    there = (_is_put, _is_owned)
    placed = {h.key for h in found if _is_placed(words, h) or any(f(words, h, used) for f in there)}
    for one, other in reversed(tuple(pairwise(found))):
        listed = _LISTED.fullmatch(words.text[one.end : other.start])
        if listed and other.key in placed and one.named == "PLACE":
            placed.add(one.key)
    return [hit for hit in found if hit.key in placed]


def _type(words: Words, found: Sequence[Hit], used: set[int]) -> None:
    """Note the words that say what each name is the name of, up to the next name."""
    floor = 0
    for n, hit in enumerate(found):
        next_name = found[n + 1].first if n + 1 < len(found) else len(words.all)
        ceiling = min((i for i in range(hit.stop, hit.stop + 4) if i in used), default=next_name)
        floor = give_type(words, hit, floor, min(ceiling, next_name))


def is_settled(hit: Hit) -> bool:
    """Whether the words call it a town or a village, or nothing."""
    return hit.type is None or not hit.type.kinds or bool(hit.type.kinds & _SETTLED)


def _at(words: Words, i: int, used: set[int], names: Names | None) -> Hit | None:
    """The unknown name that begins at word `i`."""
    behind = i > 0 and words.beside(i - 1, i)
    if not _may_be(words, i) or (behind and (i - 1 in used or _may_be(words, i - 1))):
        return None
    stop = i + 1
    while (
        stop < min(len(words.all), i + _LONGEST)
        and stop not in used
        and _JOINED.fullmatch(words.gap(stop - 1))
        and _may_be(words, stop)
    ):
        stop += 1
    start, end = words.all[i].start, words.all[stop - 1].end
    marked = names.over(start, end) if names is not None else None
    named = marked.kind if marked is not None else ""
    no_place = _is_plain(words, i, stop) or _is_feature(words, stop) or _owns(words, stop)
    if named in ("PERSON", "ORG") or no_place:
        return None
    if marked is not None and (marked.start < start or marked.end > end + _TYPE_LONGEST):
        named = f"in {named}"
    hit = Hit(i, stop, start, end, " ".join(w.key for w in words.all[i:stop]), (), named=named)
    hit.name_start, hit.name_end = start, end
    return hit


def _may_be(words: Words, i: int, used: Iterable[int] = ()) -> bool:
    """Whether word `i` may be part of an unknown name."""
    word, low = words.all[i], words.low(i)
    if i in used or not word.upper or word.line in words.headlines:
        return False
    if word.text.isupper() and len(word.text) <= _ACRONYM:
        return False
    other = low in FUNCTION or low in calendar_words() or low in titles() or low in DIRECTIONS
    typed = (low,) in place_types("after") or (low,) in place_types("before")
    return not (other or typed)


def _is_plain(words: Words, i: int, stop: int) -> bool:
    """Whether all of the words are ordinary ones, or parts of other names."""
    return all(
        words.low(n) in ordinary()
        or words.low(n) in given_names()
        or (stop == i + 1 and not is_name_part(words.all[n], words.stems))
        for n in range(i, stop)
    )


def _is_feature(words: Words, stop: int) -> bool:
    """Whether the name is that of a road, a body, a person or the like: "Ata Hospital"."""
    last, low = words.low(stop - 1), words.low(stop)
    behind = words.beside(stop - 1, stop)
    if behind and words.all[stop].upper and low in titles():
        return True
    if words.gap(stop - 1) in _HYPHENS:
        return True
    heads = (organisations("after"), organisations("street"), organisations("head"))
    if any(last in one for one in heads):
        return True
    return behind and (low in heads[1] or (words.all[stop].upper and low in heads[0]))


def _owns(words: Words, stop: int) -> bool:
    """Whether the name only owns what another name goes on with: "People's Administration"."""
    return words.gap(stop - 1)[:1] in ("'", "’") and _may_be(
        words, min(stop + 1, len(words.all) - 1)
    )


def _is_placed(words: Words, hit: Hit) -> bool:
    """Whether the text says that something is there or goes there, or calls it a place."""
    placed = hit.named.endswith("PLACE")
    if hit.type is not None and placed:
        return True
    located = _is_located(words, hit.first)
    if hit.type is not None and hit.type.kinds:
        return located
    return placed and (located or _is_reached(words, hit))


def _is_put(words: Words, hit: Hit, known: set[int]) -> bool:
    """Whether the text puts a name into a known place: "the people of Ata, in Dir"."""
    i = hit.stop
    if hit.named != "PLACE" or words.low(i) not in ("in", "of"):
        return False
    return i + 1 + (words.low(i + 1) == "the") in known


def _is_reached(words: Words, hit: Hit) -> bool:
    """Whether something was done to a place: "raiders stormed Ata and left"."""
    i = hit.first - 1
    return hit.named == "PLACE" and words.beside(i, hit.first) and words.low(i).endswith("ed")


def _is_located(words: Words, first: int) -> bool:
    """Whether a word of place stands before: "in Ata", "west of Ata", "the area of Ata"."""
    i = first - 1
    if words.low(i) in DIRECTIONS or (words.low(i),) in place_types("before"):
        i -= 1
    if words.low(i) != "of":
        return words.low(i) in _PLACING
    whose = words.low(i - 1)
    typed = any((whose,) in place_types(use) for use in ("before", "after", "part"))
    return typed or whose in DIRECTIONS


def _is_owned(words: Words, hit: Hit, known: set[int]) -> bool:
    """Whether a known place owns the name, and something is there: "in Dir's northern Ata"."""
    i = hit.first - 1
    if words.low(i) in DIRECTIONS:
        i -= 1
    owner = i - 1
    owned = words.low(i) == "s" and words.gap(owner)[:1] in ("'", "’") and owner in known
    if hit.named != "PLACE" or not owned:
        return False
    while owner in known:
        owner -= 1
    return _is_located(words, owner + 1)


def given_up(words: Words, hits: Sequence[Hit], names: Names | None) -> Iterator[Hit]:
    """Names that were not believed to be the place of the gazetteer, as unknown ones."""
    for hit in hits:
        plain = _is_plain(words, hit.first, hit.stop) or _is_feature(words, hit.stop)
        lost = hit.literal and not hit.short and not plain
        if lost and _is_placed(words, hit):
            _widen(words, hit, names)
            yield hit


def _widen(words: Words, hit: Hit, names: Names | None) -> None:
    """Let a name that is no known place be as long as the pipeline takes it for."""
    whole = names.over(hit.start, hit.end) if names is not None else None
    if whole is None or hit.named != "in PLACE" or hit.type is not None:
        return
    stop = hit.stop
    while stop < len(words.all) and words.all[stop].end <= whole.end and _may_be(words, stop):
        stop += 1
    hit.stop, hit.end = stop, words.all[stop - 1].end
    hit.name_end = hit.end
    give_type(words, hit, hit.first, stop + 3)
