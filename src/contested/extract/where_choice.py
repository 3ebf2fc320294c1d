"""Which place of a name is meant: evidence as points, the most points win."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import TypeVar

from contested.extract.where_words import DIRECTIONS, Hit, Word, organisations, place_types
from contested.world import Place
from contested.world.atlas import Named
from contested.world.names import fold

WIDE = frozenset(("country", "admin1", "region", "line"))
_KIND_POINTS = {"country": 3.0, "capital": 1.4, "region": 1.0, "admin1": 0.8, "line": 1.0}
K = TypeVar("K")

_WITHIN_POINTS = 6.0
_PRIOR_POINTS = 1.5
_COUNTRY_POINTS = 3.0
_ADMIN_POINTS = 1.5
_NAME_POINTS = 1.5
_FIRST_POINTS = 1.0
_OUTER_POINTS = 4.0
_THEATRE_POINTS = 1.0
_MINOR = 100_000
_ACRONYM = 5
_DEMONYM_ENDINGS = ("i", "an", "ian", "ese", "ish", "en")
_STEM = 4


def case_fits(written: str, place: Place, starts_line: bool) -> bool:
    """Whether the case suits: "US" is no "us", and "SWAT" in the middle of a line no "Swat"."""
    bare = written.replace(".", "")
    forms = [n for n in (place.name, *place.names) if fold(n) == fold(written)]
    if bare.isupper() and len(bare) <= _ACRONYM and not starts_line:
        return any(n.replace(".", "").isupper() for n in forms)
    if written[:1].islower():
        return any(n[:1].islower() for n in forms)
    return bare.isupper() or any(not n.replace(".", "").isupper() for n in forms)


def stems(places: Iterable[Named]) -> frozenset[str]:
    """Beginnings of the names of countries and provinces, by which to tell a demonym."""
    wide = (p for p in places if p.kind in ("country", "admin1"))
    return frozenset(p.folded[0][:_STEM] for p in wide)


def is_name_part(word: Word, known: frozenset[str]) -> bool:
    """Whether a capitalised word beside a name may be part of a longer name with it.

    `known` are the `stems`: "Pakistani Punjab" is no longer name.
    """
    low = word.text.lower()
    if word.text.isupper() or low in DIRECTIONS or low in organisations("head"):
        return False
    if (low,) in place_types("before") or (low,) in place_types("after"):
        return False
    return not (low.endswith(_DEMONYM_ENDINGS) and word.key[:_STEM] in known)


def choose(hits: Sequence[Hit], prior: frozenset[str]) -> list[Place | None]:
    """The place that each hit means, by all that the report says."""
    countries, provinces = _votes(hits)
    out: list[Place | None] = []
    for hit in hits:
        options = _of_type(hit)
        out.append(
            max(
                options,
                key=lambda p: _points(p, hit, prior, countries, provinces),
                default=None,
            )
        )
    return out


def contains(outer: Hit, place: Place) -> bool:
    """Whether some place of the outer name holds `place`."""
    return any(_holds(option, place) for option in outer.options)


def _holds(outer: Place, place: Place) -> bool:
    if outer.id == place.id or (outer.country and outer.country != place.country):
        return False
    if outer.kind == "country":
        return True
    if outer.kind == "admin1":
        return place.admin1 is not None and fold(place.admin1) == fold(outer.admin1 or outer.name)
    if outer.admin1 and outer.admin1 != place.admin1:
        return False
    return math.dist((outer.lat, outer.lon), (place.lat, place.lon)) * 111 < 2 * outer.radius_km


def _of_type(hit: Hit) -> tuple[Place, ...]:
    kinds = hit.type.kinds if hit.type else frozenset[str]()
    return tuple(p for p in hit.options if p.kind in kinds) or hit.options


def _votes(hits: Sequence[Hit]) -> tuple[dict[str, float], dict[tuple[str, str], float]]:
    """How much of the report each country and each province has, by names that are clear."""
    countries: dict[str, float] = {}
    provinces: dict[tuple[str, str], float] = {}
    for hit in hits:
        options = _of_type(hit)
        best = max(options, key=_standing)
        rivals = {p.country for p in options if _standing(p) > _standing(best) - 1.0}
        if best.country is None or len(rivals) > 1:
            continue
        if best.population < _MINOR and not best.supplement and best.kind not in WIDE:
            continue
        countries[best.country] = countries.get(best.country, 0.0) + 1.0
        if best.admin1:
            key = (best.country, fold(best.admin1))
            provinces[key] = provinces.get(key, 0.0) + 1.0
    return _shares(countries), _shares(provinces)


def _shares(counts: dict[K, float]) -> dict[K, float]:
    total = sum(counts.values()) or 1.0
    return {key: count / total for key, count in counts.items()}


def _standing(place: Place) -> float:
    """How likely the place is meant before anything else is known."""
    return (
        _KIND_POINTS.get(place.kind, 0.0) * (place.population >= _MINOR or place.supplement)
        + math.log10(place.population + 10) / 2
        + _THEATRE_POINTS * place.supplement
    )


def _points(
    place: Place,
    hit: Hit,
    prior: frozenset[str],
    countries: dict[str, float],
    provinces: dict[tuple[str, str], float],
) -> float:
    own = fold(place.name)
    named = own == hit.key or own in (f"{hit.key} city", f"{hit.key} province")
    country = place.country or ""
    return (
        _standing(place)
        + _NAME_POINTS * named
        + _FIRST_POINTS * (place.supplement and place is hit.options[0])
        + _OUTER_POINTS * (hit.holds and place.kind in (*WIDE, "admin2"))
        + _WITHIN_POINTS * any(contains(o, place) for o in hit.within)
        + _PRIOR_POINTS * (country in prior)
        + _COUNTRY_POINTS * countries.get(country, 0.0)
        + _ADMIN_POINTS * provinces.get((country, fold(place.admin1 or "")), 0.0)
    )
