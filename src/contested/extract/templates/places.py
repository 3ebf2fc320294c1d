"""Where an incident was: a country, and one of the places in it that the report names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import lru_cache
from math import log, log1p
from typing import NamedTuple

from contested.extract.mentions import PlaceMention
from contested.extract.reading import Reading
from contested.extract.templates.around import DATELINE, Around
from contested.extract.templates.choice import Option, best
from contested.extract.where_words import place_types
from contested.world import World

WIDEST_KM = 200.0
FAMOUS = 500_000
"""People of a town whose name stands for it everywhere."""
_KNOWN = ("country", "admin1", "capital")
CLOSE = 60
"""Characters to the nearest mention of a participant."""


class Place(NamedTuple):
    """Where an incident was: the code of the country, and the names from the country down."""

    country: str | None
    names: tuple[str, ...]


class Spot(NamedTuple):
    """A place name: where it stands, its name as the report writes it, its country."""

    start: int
    name: str
    country: str
    narrow: bool
    province: bool


def place(world: World, reading: Reading, around: Around, countries: Collection[str] = ()) -> Place:
    """The country that most names around the participants lie in, and the likeliest place there.

    Where `countries` (ISO 3166-1 alpha-2) are given, only those are asked for: a name that was
    taken for a place elsewhere is sought in them.
    """
    country, found = options_of(world, reading, around, countries)
    if country is None:
        return Place(None, ())
    name, narrower = country_name(world, country), best("place", found)
    return Place(country, (name,) if narrower is None else (name, narrower))


def options_of(
    world: World, reading: Reading, around: Around, countries: Collection[str] = ()
) -> tuple[str | None, list[Option[str | None]]]:
    """The country, and the places named in it with what tells whether the incident was there.

    The first place is None: no more than the country is known.
    """
    spots = list(_spots(world, reading, countries))
    country = _country(reading, around, spots, countries)
    out: list[Option[str | None]] = [Option(None, {"no more than the country": 1.0})]
    by_name: dict[str, list[Spot]] = {}
    for spot in spots:
        if spot.country == country and spot.narrow:
            by_name.setdefault(spot.name, []).append(spot)
    out += [Option(name, _features(found, around)) for name, found in by_name.items()]
    return country, out


def _features(spots: Sequence[Spot], around: Around) -> Mapping[str, float]:
    weight = max(around.weight(s.start) for s in spots)
    own = max(around.own(s.start) for s in spots)
    nearest = min(around.nearest(s.start) for s in spots)
    return {
        "near": log1p(weight),
        "none near": float(weight == 0),
        "same sentence": float(own > 0),
        "with several": float(own > 1),
        "late": log1p(min(around.sentence(s.start) for s in spots) + 1),
        "dateline": float(any(s.start < DATELINE for s in spots)),
        "apart": log1p(nearest / 30),
        "close": float(nearest < CLOSE),
        "again": log(len(spots)),
        "province": float(any(s.province for s in spots)),
    }


def _country(
    reading: Reading, around: Around, spots: Sequence[Spot], countries: Collection[str]
) -> str | None:
    votes: Counter[str] = Counter()
    for spot in spots:
        votes[spot.country] += 1 + 2 * around.own(spot.start)
    for sentence in reading.sentences if countries else ():
        for other in sentence.associated:
            if other.where.country in countries:
                votes[str(other.where.country)] += 1
    if votes:
        return votes.most_common(1)[0][0]
    return reading.home if not countries or reading.home in countries else None


def _spots(world: World, reading: Reading, countries: Collection[str]) -> Iterator[Spot]:
    for mention in (m for sentence in reading.sentences for m in sentence.places):
        name = " ".join(reading.report.text[mention.start : mention.end].split())
        country = mention.where.country
        province = mention.kind == "admin1"
        if country and (not countries or country in countries):
            bare = _without_type(world, name)
            yield Spot(mention.start, bare, country, _narrow(mention), province)
        elif countries and not _famous(world, mention):
            for other in world.places_named(name):
                if other.country in countries and other.kind != "country":
                    yield Spot(mention.start, name, str(other.country), True, province)
                    break


def _famous(world: World, mention: PlaceMention) -> bool:
    """Whether a place elsewhere is so well known that no namesake is meant."""
    place = world.places.get(mention.place or "")
    return place is not None and (place.kind in _KNOWN or place.population >= FAMOUS)


def _without_type(world: World, name: str) -> str:
    """A name without what kind of place it is: "the city of Cali", but "Guatemala City".

    The kind goes only where the gazetteer knows no place by the whole name.
    """
    words = name.lower().replace("-", " ").split()
    parts, before = name.split(), _type_before(words)
    if before and before < len(parts):
        return " ".join(parts[before:])
    for size in (2, 1) if not world.places_named(name) else ():
        if len(parts) > size and tuple(words[-size:]) in place_types("after"):
            return " ".join(parts[:-size])
    return name


def _type_before(words: Sequence[str]) -> int:
    """How many words at the beginning say of what kind a place is, with their "of"."""
    for size in (2, 1):
        if tuple(words[:size]) in place_types("before") and words[size : size + 1] == ["of"]:
            return size + 1
    return 0


def _narrow(mention: PlaceMention) -> bool:
    wide = (mention.where.radius_km or 0) > WIDEST_KM
    return mention.kind not in ("country", "state") and not wide


def country_name(world: World, country: str) -> str:
    """The name of the country with this ISO 3166-1 code; the code itself where it is unknown."""
    return _country_names(world).get(country, country)


@lru_cache(maxsize=4)
def _country_names(world: World) -> dict[str, str]:
    """Sought once: a walk through the gazetteer for each template took seconds."""
    return {p.country: p.name for p in world.known_places() if p.kind == "country" and p.country}
