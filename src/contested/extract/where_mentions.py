"""From names whose places are chosen to what the report is said to name."""

from __future__ import annotations

import re
from collections.abc import Iterable

from contested.extract.mentions import PlaceMention
from contested.extract.where_names import Names
from contested.extract.where_nesting import outers
from contested.extract.where_unknown import given_up, is_settled
from contested.extract.where_words import Hit, Words
from contested.model import Where
from contested.world import Place

_NEAR = re.compile(
    r"\b(?:near|close\s+to|not\s+far\s+from|(?:on\s+)?the\s+outskirts\s+of"
    r"|(?<![\d.,])(?P<n>\d{1,3}(?:\.\d+)?)\s*(?:km|kilomet(?:re|er)s?|(?P<mile>miles?))\b[^.,;:\n]{0,30}?"
    r"\b(?:of|from|off))\s+(?:the\s+)?(?:[a-z]+\s+){0,3}$"
)
_NEAR_LOOK = 70
_NEAR_KM = 15.0
_MILE_KM = 1.609
UNKNOWN = "unknown"
"""The kind of a place that no table has."""


def mentions(
    words: Words, hits: list[Hit], sure: dict[int, Place], names: Names | None, offset: int
) -> list[PlaceMention]:
    """The places of a text in order, those that no table has among them.

    `sure` are the places that are believed, by the start of their name.
    """
    unsure = [hit for hit in hits if hit.start not in sure and hit.options]
    lost = list(given_up(words, unsure, names))
    unknown = lost + [
        hit
        for hit in hits
        if not hit.options and not any(o.start < hit.end and hit.start < o.end for o in lost)
    ]
    around = _around(unknown, sure)
    land = _land(sure[h.start] for h in hits if h.start in sure and h.literal)
    out: list[PlaceMention] = []
    for hit in hits:
        place = sure.get(hit.start)
        if place is not None:
            within = [one.start + offset for one in outers(hit, place, sure)]
            out.append(_mention(words.text, hit, place, offset, within))
    for hit in unknown:
        within = [one.start + offset for one in outers(hit, None, sure)]
        out.append(_unknown(words.text, hit, around.get(hit.key), land, offset, within))
    return sorted(out, key=lambda one: one.start)


def _around(unknown: Iterable[Hit], sure: dict[int, Place]) -> dict[str, Place]:
    """By name, the known place that the report puts it in, wherever it does so."""
    out: dict[str, Place] = {}
    for hit in unknown:
        for outer in hit.within:
            place = sure.get(outer.start)
            if place is not None:
                out.setdefault(hit.key, place)
    return out


def _land(places: Iterable[Place]) -> str | None:
    """The country in which all places of a report lie that are no countries."""
    lands = {p.country for p in places if p.kind != "country" and p.country}
    return lands.pop() if len(lands) == 1 else None


def _mention(text: str, hit: Hit, place: Place, offset: int, within: list[int]) -> PlaceMention:
    where = Where(
        place.name,
        text[hit.start : hit.end],
        place.admin1,
        place.country,
        place.lat,
        place.lon,
        max(place.radius_km, _off(text, hit.start)),
        place.geonameid,
    )
    start, end = hit.start + offset, hit.end + offset
    return PlaceMention(start, end, where, place.kind, place.id, hit.literal, tuple(within))


def _off(text: str, start: int) -> float:
    """How many kilometres from the place the words put something at most: "9 km east of Ata"."""
    found = _NEAR.search(text[max(0, start - _NEAR_LOOK) : start])
    if found is None:
        return 0.0
    if found["n"] is None:
        return _NEAR_KM
    return float(found["n"]) * (_MILE_KM if found["mile"] else 1.0)


def _unknown(
    text: str, hit: Hit, outer: Place | None, land: str | None, offset: int, within: list[int]
) -> PlaceMention:
    """A name as it is written. It lies somewhere in the place that the text puts it in, else in
    the only country in which the report names places."""
    written = text[hit.start : hit.end]
    name = text[hit.name_start : hit.name_end] if is_settled(hit) else written
    where = Where(name, written, country=land)
    if outer is not None:
        where = Where(
            name, written, outer.admin1, outer.country, outer.lat, outer.lon, outer.radius_km
        )
    start, end = hit.start + offset, hit.end + offset
    return PlaceMention(start, end, where, UNKNOWN, None, True, tuple(within))
