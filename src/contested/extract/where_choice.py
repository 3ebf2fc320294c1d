"""Which place of a name is meant: evidence as points, the most points win."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from contested.extract.where_words import DIRECTIONS, Hit, Word, organisations, place_types
from contested.world import Place
from contested.world.names import fold

WIDE = frozenset(("country", "admin1", "region", "line"))
_KIND_POINTS = {"country": 3.0, "capital": 1.4, "region": 1.0, "admin1": 0.8, "line": 1.0}

_WITHIN_POINTS = 6.0
_PRIOR_POINTS = 1.5
_COUNTRY_POINTS = 3.0
_ADMIN_POINTS = 1.5
_NEAR_POINTS = 1.5
_SAID_POINTS = 4.0
_SEAT_POINTS = 2.0
_SEAT_SHARE = 0.2
_NEAR_KM = 150.0
_NAME_POINTS = 1.5
_FIRST_POINTS = 1.0
_OUTER_POINTS = 4.0
_THEATRE_POINTS = 1.0
_MINOR = 100_000
_KNOWN = 500_000
_TOWN = 15_000
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


def stems(names: Iterable[str]) -> frozenset[str]:
    """Beginnings of the names of countries and provinces, by which to tell a demonym."""
    return frozenset(name[:_STEM] for name in names)


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


def choose(hits: Sequence[Hit], context: Context) -> list[Place | None]:
    """The place that each hit means, by all that the report says."""
    return [
        max(_held(hit, context), key=lambda p, hit=hit: _points(p, hit, context), default=None)  # type: ignore[misc]
        for hit in hits
    ]


def is_own(key: str, place: Place) -> bool:
    """Whether a folded name is the place's first one, as it is or without its type word:
    "Tolima" is "Tolima Department"."""
    name = fold(place.name)
    rest = name.removeprefix(f"{key} ")
    return name == key or (rest != name and (rest,) in place_types("after"))


def contains(outer: Hit, place: Place) -> bool:
    """Whether some place of the outer name holds `place`."""
    return any(holds(option, place) for option in outer.options)


def speaks_against(outer: Hit, place: Place) -> bool:
    """Whether the outer name is that of a wider place and no place of that name holds `place`."""
    order = ("country", "admin1", "admin2")
    wider = order[: order.index(place.kind)] if place.kind in order else order
    options = _of_type(outer)
    return all(p.kind in wider for p in options) and not contains(outer, place)


def holds(outer: Place, place: Place) -> bool:
    """Whether a place holds another one."""
    order = ("country", "admin1", "admin2")
    if outer.kind in order and place.kind in order[: order.index(outer.kind)]:
        return False
    if outer.id == place.id or (outer.country and outer.country != place.country):
        return False
    if outer.kind == "country":
        return True
    if outer.kind == "admin1":
        return place.admin1 is not None and fold(place.admin1) == fold(outer.admin1 or outer.name)
    if outer.admin1 and outer.admin1 != place.admin1:
        return False
    return math.dist((outer.lat, outer.lon), (place.lat, place.lon)) * 111 < 2 * outer.radius_km


def _held(hit: Hit, context: Context) -> tuple[Place, ...]:
    """The places that a hit may mean: where the text puts the name in a country, and no place of
    the kind that it says lies there, the others of the name that do."""
    of_type = _of_type(hit)
    if not any(context.is_theatre(p.country) for p in of_type):
        of_type = tuple(p for p in hit.options if context.is_theatre(p.country)) or of_type
    for outer in hit.within:
        lands = {p.country for p in outer.options if p.kind == "country"}
        if len(lands) == 1 and not any(p.country in lands for p in of_type):
            return tuple(p for p in hit.options if p.country in lands) or of_type
    return of_type


def _of_type(hit: Hit) -> tuple[Place, ...]:
    kinds = hit.type.kinds if hit.type else frozenset[str]()
    return tuple(p for p in hit.options if p.kind in kinds) or hit.options


class Context:
    """What the names of a report, by those that are clear, say of where it plays."""

    def __init__(self, hits: Sequence[Hit], prior: frozenset[str]) -> None:
        self.prior = prior
        self._clear: dict[str, Clear] = {}
        self._put_in: dict[str, set[str]] = {}
        """By name, the ids of places that the report says hold or lie in another name's."""
        self._denied: dict[str, set[str]] = {}
        """By name, the ids of places that do not lie in what the report puts the name in."""
        for hit in hits:
            found = _clear(hit) if hit.options else None
            if found is not None:
                self._clear.setdefault(hit.key, found)
            inside = {p.id for p in hit.options if any(contains(o, p) for o in hit.within)}
            if hit.within and inside:
                self._put_in.setdefault(hit.key, set()).update(inside)
            for outer in hit.known_within[:1]:
                against = {p.id for p in hit.options if speaks_against(outer, p)}
                self._denied.setdefault(hit.key, set()).update(against)
        self._of_country: Counter[str] = Counter()
        self._of_province: Counter[tuple[str, str]] = Counter()
        for one in self._clear.values():
            self._of_country[one.country] += 1
            self._of_province[one.country, one.province] += bool(one.province)

    def country(self, key: str, country: str | None) -> float:
        """The share of the clear names, but that of `key`, that lie in the country."""
        own = self._clear.get(key)
        number = self._of_country[country or ""]
        return self._share(number - (own is not None and own.country == country), key)

    def province(self, key: str, country: str | None, province: str) -> float:
        """The share of the clear names, but that of `key`, that lie in the province."""
        own = self._clear.get(key)
        number = self._of_province[country or "", province] if province else 0
        mine = own is not None and number > 0 and own[:2] == (country, province)
        return self._share(number - mine, key)

    def _share(self, number: int, key: str) -> float:
        """One more name is counted as lying elsewhere: a single name is little to go by."""
        return number / (len(self._clear) - (key in self._clear) + 1)

    def near(self, key: str, place: Place) -> float:
        """The share of the other clear towns and districts that lie near `place`."""
        others = [c.place for k, c in self._clear.items() if k != key and c.place is not None]
        number = sum(other.id != place.id and _apart(other, place) < _NEAR_KM for other in others)
        return number / (len(others) + 1)

    def elsewhere(self, key: str, place: Place) -> bool:
        """Whether other clear names lie in provinces of the country, and none in that of
        `place` or near it."""
        others = [
            c
            for k, c in self._clear.items()
            if k != key and c.country == place.country and not c.seat
        ]
        province = fold(place.admin1 or "")
        return (
            any(c.province for c in others)
            and all(c.province != province for c in others)
            and not self.near(key, place)
        )

    def is_theatre(self, country: str | None) -> bool:
        """Whether the report is likely about the country, or names other places there."""
        return country in self.prior or self._of_country[country or ""] > 1

    def put_in(self, key: str, place: Place) -> bool:
        """Whether the report says once where the place of this name lies, and it is this one."""
        return place.id in self._put_in.get(key, ())

    def denied(self, key: str, place: Place) -> bool:
        """Whether the report puts the name where `place` does not lie, and never where it does.

        Places that many know, and countries, stay what they are.
        """
        known = place.supplement or place.kind == "country" or place.population >= _KNOWN
        return not known and place.id in self._denied.get(key, ()) and not self.put_in(key, place)


class Clear(NamedTuple):
    """What a name leaves no doubt of: a country, and where they are sure a province and a place
    finer than a province."""

    country: str
    province: str
    place: Place | None
    seat: bool = False
    """Whether it is a capital, whence reports of a whole country come."""


def _clear(hit: Hit) -> Clear | None:
    options = _of_type(hit)
    inside = [p for p in options if any(contains(o, p) for o in hit.within)]
    best = max(inside or options, key=_standing)
    rivals = [p for p in inside or options if _standing(p) > _standing(best) - 1.0]
    if best.country is None or len({p.country for p in rivals}) > 1:
        return None
    least = _TOWN if hit.located else _MINOR
    small = best.population < least and not best.supplement and best.kind not in WIDE
    if small and not inside and not (best.kind == "admin2" and hit.type):
        return None
    provinces = {fold(p.admin1 or "") for p in rivals}
    if len(provinces) > 1:
        return Clear(best.country, "", None)
    fine = best.kind not in WIDE and len(rivals) == 1
    return Clear(best.country, provinces.pop(), best if fine else None, best.kind == "capital")


def _apart(one: Place, other: Place) -> float:
    """Kilometres between two places, near enough for places that are near."""
    north = one.lat - other.lat
    east = (one.lon - other.lon) * math.cos(math.radians(one.lat))
    return math.hypot(north, east) * 111


def _standing(place: Place) -> float:
    """How likely the place is meant before anything else is known."""
    return (
        _KIND_POINTS.get(place.kind, 0.0)
        * (place.population >= _MINOR or place.supplement or place.kind == "country")
        + math.log10(place.population + 10) / 2
        + _THEATRE_POINTS * place.supplement
    )


def _is_seat(place: Place, hit: Hit) -> bool:
    """Whether the place is the great town of a province of the same name, which is meant where
    nothing says "province"."""
    return any(
        province.kind == "admin1"
        and not province.supplement
        and place.kind in ("town", "capital")
        and (place.country, place.admin1) == (province.country, province.admin1)
        and (place.kind == "capital" or place.population >= _SEAT_SHARE * province.population)
        for province in hit.options
    )


def _points(place: Place, hit: Hit, context: Context) -> float:
    own = fold(place.name)
    named = own == hit.key or own.startswith(f"{hit.key} ")
    province = fold(place.admin1 or "")
    return (
        _standing(place)
        + _NAME_POINTS * named
        + _FIRST_POINTS * (place.supplement and place is hit.options[0])
        + _OUTER_POINTS * (hit.holds and place.kind in (*WIDE, "admin2"))
        + _WITHIN_POINTS * any(contains(o, place) for o in hit.within)
        + _SAID_POINTS * (not hit.within and context.put_in(hit.key, place))
        + _SEAT_POINTS * (not hit.holds and _is_seat(place, hit))
        + _PRIOR_POINTS * ((place.country or "") in context.prior)
        + _COUNTRY_POINTS * context.country(hit.key, place.country)
        + _ADMIN_POINTS * context.province(hit.key, place.country, province)
        + _NEAR_POINTS * context.near(hit.key, place)
    )
