"""What the pages of actors and places show, from the tables and from what the record says."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from contested.analyse.bias.answer import BiasRow
from contested.analyse.network.leadership import Term
from contested.analyse.network.ties import Tie
from contested.errors import NotFound, NothingToAnalyse
from contested.model import Incident
from contested.model.query import Query
from contested.publish.words import phrase
from contested.serve.graphs import Graph, graph_of
from contested.world.rows import Actor, Place

if TYPE_CHECKING:
    from contested.serve.site import Site

DRAWS = 100
ROUND = 36
"""Corners of an area on the map."""
KM_A_DEGREE = 111.32


@dataclass(frozen=True, slots=True)
class Kin:
    """An actor beside another: above it, or part of it."""

    id: str
    name: str
    kind: str


@dataclass(frozen=True, slots=True)
class Named:
    """A way of writing an actor: whose word it is, and where the row comes from."""

    text: str
    use: str
    register: str
    note: str
    source: str


@dataclass(frozen=True, slots=True)
class Known:
    """What the tables say of an actor."""

    id: str
    name: str
    kind: str
    country: str | None
    start: str | None
    end: str | None
    source: str
    above: tuple[Kin, ...]
    parts: tuple[Kin, ...]
    names: tuple[Named, ...]


@dataclass(frozen=True, slots=True)
class Relations:
    """What the record says of an actor's ties, front names, roles and figures.

    `refused` says why there is no network, `unheard` why its figures cannot be compared.
    """

    answer: str
    graph: Graph | None
    identities: tuple[Tie, ...]
    ties: tuple[Tie, ...]
    roles: tuple[Term, ...]
    figures: tuple[BiasRow, ...]
    refused: str
    unheard: str


def known_actor(site: Site, id: str) -> Known:
    """An actor of the tables. Raises NotFound."""
    world = site.record.world
    actor = world.actors.get(id)
    if actor is None:
        raise NotFound(
            f"There is no actor {id[:60]!r} in the tables. The list of actors has those of this "
            "record; `contested actors WORDS` finds any."
        )
    above = [world.actors[one] for one in world.ancestors(id) if one != id]
    parts = sorted((one for one in world.actors.values() if one.parent == id), key=_name)
    names = [one for one in world.aliases if one.actor == id]
    return Known(
        id=id,
        name=actor.name,
        kind=phrase(actor.kind),
        country=actor.country,
        start=actor.start,
        end=actor.end,
        source=actor.source,
        above=tuple(map(_kin, above)),
        parts=tuple(map(_kin, parts)),
        names=tuple(Named(n.text, n.use, n.register, n.note, n.source) for n in names),
    )


def _name(actor: Actor) -> str:
    return actor.name.casefold()


def _kin(actor: Actor) -> Kin:
    return Kin(actor.id, actor.name, phrase(actor.kind))


def relations(site: Site, id: str, incidents: Sequence[Incident], steps: list[str]) -> Relations:
    """What ties the record tells of an actor, and how its figures compare with others'."""
    world = site.record.world
    family = {one for one in world.actors if id in world.ancestors(one)}
    steps.append("gathering who stands how to it")
    found, refused = _network(site, id)
    steps.append("comparing its figures with others'")
    heard, unheard = _figures(incidents, family)
    return Relations(
        answer=found.answer if found else "",
        graph=graph_of(found, site.sides.of) if found else None,
        identities=found.identities if found else (),
        ties=found.rows if found else (),
        roles=tuple(one for one in found.terms if one.body in family) if found else (),
        figures=heard,
        refused=refused,
        unheard=unheard,
    )


def _network(site: Site, id: str) -> tuple[Any, str]:
    from contested.analyse.voiced import Odds
    from contested.pipeline.picturing import Picture, network_of

    try:
        query = Query(actors=(id,))
        return network_of(site.record, query, Picture(), Odds(), DRAWS), ""
    except NothingToAnalyse as error:
        return None, str(error)


def _figures(incidents: Sequence[Incident], family: set[str]) -> tuple[tuple[BiasRow, ...], str]:
    from contested.analyse.bias import bias

    try:
        rows = tuple(row for row in bias(incidents).rows if row.voice in family)
    except NothingToAnalyse as error:
        return (), str(error)
    return rows, "" if rows else "It gave no figure on a toll of which others gave one, too."


# ---- places ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class PlaceLine:
    """A place that incidents name, and how many do."""

    name: str
    admin1: str | None
    country: str | None
    incidents: int
    disputed: int


def place_lines(incidents: Iterable[Incident]) -> list[PlaceLine]:
    """Places by how many incidents name them."""
    counted: Counter[tuple[str, str | None, str | None]] = Counter()
    disputed: Counter[tuple[str, str | None, str | None]] = Counter()
    for one in incidents:
        if one.where is not None:
            key = (one.where.name, one.where.admin1, one.where.country)
            counted[key] += 1
            disputed[key] += one.disputed
    lines = [PlaceLine(*key, n, disputed[key]) for key, n in counted.items()]
    return sorted(lines, key=lambda one: (-one.incidents, one.name))


def places_of(site: Site, name: str, country: str) -> list[Place]:
    """Rows of the gazetteer of that name, in that country where it is given."""
    found = site.record.world.places_named(name)
    return [one for one in found if not country or one.country == country.upper()]


def features(site: Site, incidents: Iterable[Incident]) -> dict[str, Any]:
    """Incidents as GeoJSON, each as wide as the place that was named."""
    return {
        "type": "FeatureCollection",
        "features": [_feature(site, one) for one in incidents if _located(one)],
    }


def _located(one: Incident) -> bool:
    return one.where is not None and one.where.lat is not None and one.where.lon is not None


def _feature(site: Site, one: Incident) -> dict[str, Any]:
    assert one.where is not None and one.where.lat is not None and one.where.lon is not None
    lat, lon, radius = one.where.lat, one.where.lon, one.where.radius_km or 0.0
    geometry: dict[str, Any] = {"type": "Point", "coordinates": [lon, lat]}
    if 1 <= radius <= 500:
        geometry = {"type": "Polygon", "coordinates": [_round(lat, lon, radius)]}
    name = f"{site.source.type_name(one.type)}, {one.where.name}"
    properties: dict[str, Any] = {"status": one.status, "name": name}
    # By its width the map draws what lies somewhere in a country as an outline only.
    properties |= {"href": f"/incidents/{one.id}", "radius": radius}
    return {"type": "Feature", "geometry": geometry, "properties": properties}


def _round(lat: float, lon: float, radius_km: float) -> list[list[float]]:
    tall = radius_km / KM_A_DEGREE
    wide = tall / max(0.1, math.cos(math.radians(lat)))
    turns = [2 * math.pi * n / ROUND for n in range(ROUND)]
    ring = [[round(lon + wide * math.cos(t), 4), round(lat + tall * math.sin(t), 4)] for t in turns]
    return [*ring, ring[0]]


def bounds(incidents: Iterable[Incident], place: Place | None) -> list[float] | None:
    """West, south, east and north of what a map is to show; None where nothing has a place."""
    spots = [(o.where.lat, o.where.lon) for o in incidents if o.where and _located(o)]
    spots += [(place.lat, place.lon)] if place else []
    lats = [lat for lat, _ in spots if lat is not None]
    lons = [lon for _, lon in spots if lon is not None]
    if not lats or not lons:
        return None
    margin = 0.6
    return [min(lons) - margin, min(lats) - margin, max(lons) + margin, max(lats) + margin]
