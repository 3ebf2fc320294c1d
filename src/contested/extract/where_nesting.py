"""Which place the text puts a name in: "Mir Ali, North Waziristan", "Sagaing's Ye-U township"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from contested.extract import where_choice as choice
from contested.extract.where_words import Hit
from contested.world import Place

_WITHIN = re.compile(
    r"(?:,\s*(?:in\s+)?|\s*\(\s*|\s+(?:of|in)\s+)(?:the\s+)?(?:[a-z]+ern\s+|[a-z]+ing\s+)?"
    r"|,\s+(?:a|an|the|in)\s[^,.;:()\n]{0,60}?\s(?:in|of)\s+(?:the\s+)?(?:[a-z-]+\s+)?"
    r"|,\s+(?:[a-z]+\s+)?(?:capital|town|city|village)\s+(?:in|of)\s+(?:the\s+)?"
    r"|\s+(?:area|region|territory|communities|villages|towns)s?(?:,\s+|,?\s+(?:of|in)\s+)"
    r"(?:the\s+)?(?:[a-z]+ern\s+)?"
)
_WITHIN_LONGEST = 80
_HELD = re.compile(
    r"\s+(?:[a-z]+ern\s+)?(?:area|region|province|district|territory|city|town|village|state|township"
    r"|department)\s+of\s+(?:the\s+)?|['’]s\s+(?:[a-z]+ern\s+)?"
)
_OWNED = re.compile(r"['’]s\s+(?:[a-z]+ern\s+)?")
_LISTED = re.compile(r",\s+(?:and\s+)?|\s+and\s+")
_WIDER = frozenset(("country", "admin1", "admin2", "admin3", "region", "line"))


def nest(text: str, hits: Sequence[Hit]) -> None:
    """Note for each name the names that the text puts it in, the nearest first."""
    for hit, other in pairwise(hits):
        if other.start - hit.end > _WITHIN_LONGEST:
            continue
        gap = text[hit.end : other.start]
        if _holds_next(text, hit, other, gap):
            other.within.append(hit)
        elif _WITHIN.fullmatch(gap) and _may_hold(hit, other, gap):
            hit.within.append(other)
            other.holds = True
    _through_lists(text, hits)
    for hit in reversed(hits):
        for other in tuple(hit.within):
            hit.within.extend(o for o in other.within[:2] if o is not hit)


def _may_hold(hit: Hit, other: Hit, gap: str) -> bool:
    """Whether `other` may be what holds `hit`: of names that no gazetteer has, more is asked than
    a comma, which stands in lists too."""
    if hit.options and other.options:
        return True
    wide = any(p.kind in _WIDER for p in other.options) or _is_area(other)
    bare = gap.strip() in (",", "(")
    return wide and (not bare or hit.options == () or not _is_area(hit))


def _is_area(hit: Hit) -> bool:
    """Whether the words call it a district, a province and the like."""
    return hit.type is not None and bool(hit.type.kinds) and hit.type.kinds <= _WIDER


def _holds_next(text: str, hit: Hit, other: Hit, gap: str) -> bool:
    """Whether the name before holds the next: "North Kivu city of Oicha", "Baghdad's Karrada"."""
    if not other.options:
        return bool(hit.options) and _OWNED.fullmatch(gap) is not None
    whole = text[hit.end : other.name_start]
    said = _HELD.fullmatch(gap) or _HELD.fullmatch(whole)
    return said is not None and any(choice.contains(hit, p) for p in other.options)


def _through_lists(text: str, hits: Sequence[Hit]) -> None:
    """Give what holds the last of several unknown names to all: "at Ata, Bela and Cora in Dir"."""
    for hit, other in reversed(tuple(pairwise(hits))):
        if hit.options or other.options or hit.within:
            continue
        if other.within and _LISTED.fullmatch(text[hit.end : other.start]):
            hit.within.extend(other.within)


def outers(hit: Hit, place: Place | None, chosen: dict[int, Place]) -> tuple[Hit, ...]:
    """The names that hold this one and whose own places do hold its place, if that is known."""
    known = ((one, chosen.get(one.start)) for one in hit.within)
    return tuple(
        one
        for one, outer in known
        if (outer is None and place is None)
        or (outer is not None and (place is None or choice.holds(outer, place)))
    )
