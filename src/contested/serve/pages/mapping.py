"""The map of incidents, and what all maps share: names of countries, provinces and districts."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Any, Literal, NotRequired

import numpy as np
from starlette.requests import Request
from starlette.responses import Response
from typing_extensions import TypedDict

from contested.errors import UsageError
from contested.serve.asked import Asked
from contested.serve.board.clusters import clusters, extent
from contested.serve.board.sums import facets
from contested.serve.operations import INCIDENT_FILTERS, Call, Parameter
from contested.serve.pages.common import asked_of, types_of
from contested.serve.site import Family, Nav, Site
from contested.world import Place, World

NEAREST = 24
LISTED = 25
KINDS = ("country", "admin1", "admin2", "capital")

family = Family("map", nav=(Nav("/map", "Map", 20),))


@family.page("/map")
def map_page(site: Site, request: Request) -> Response:
    """The incidents that fit where they lie; the list under it tells the same."""
    asked = asked_of(request)
    chosen = site.source.board.chosen(asked.query, asked.area, asked.changed)
    rows = chosen.ordered("disputed")[:LISTED]
    placed = ~np.isnan(chosen.incidents["lat"][chosen.mask])
    return site.templates.page(
        request,
        "overview/map.html",
        asked=asked,
        total=len(chosen),
        nowhere=int(np.count_nonzero(~placed)),
        incidents=site.source.shown(chosen.incidents["id"][rows].tolist()),
        bounds=asked.area or extent(chosen),
        facets=facets(chosen),
        types=types_of(site),
    )


class Point(TypedDict):
    """A GeoJSON point: degrees east, degrees north (WGS 84)."""

    type: Literal["Point"]
    coordinates: list[float]


class Named(TypedDict):
    """A name where it lies; `weight` is how wide the place is, in kilometres."""

    type: Literal["Feature"]
    geometry: Point
    properties: dict[str, str | float]


class Names(TypedDict):
    """A GeoJSON collection of names."""

    type: Literal["FeatureCollection"]
    features: list[Named]


class Marked(TypedDict):
    """Incidents at one mark of the map.

    `statuses` counts them by status, `side` is the number of a colour that they share or -1.
    What lies at one spot has its `name` and how far around it they may have been; what does not
    has the `bounds` within which it lies. A single incident has its `id`.
    """

    count: int
    statuses: dict[str, int]
    side: int
    id: NotRequired[str]
    name: NotRequired[str | None]
    radius_km: NotRequired[float]
    bounds: NotRequired[list[float]]


class Mark(TypedDict):
    """A GeoJSON feature: an incident or several that lie close together at that zoom."""

    type: Literal["Feature"]
    geometry: Point
    properties: Marked


class Marks(TypedDict):
    """A GeoJSON collection of marks; `total` is how many incidents fit, placed or not."""

    type: Literal["FeatureCollection"]
    features: list[Mark]
    total: int


VIEW = (
    Parameter("zoom", "How near: 0 shows the world 512 pixels wide, each step twice that.", float),
    Parameter("view", "Only what lies there: west,south,east,north in degrees."),
)


@family.get("/api/map/incidents", Marks, *INCIDENT_FILTERS, *VIEW)
def map_incidents(site: Site, call: Call) -> Marks:
    """The incidents that fit as marks for a map, those close together as one."""
    asked = call.filters
    board = site.source.board
    chosen = board.chosen(asked.query, asked.area, asked.changed)
    zoom = call.value("zoom")
    if zoom is not None and not 0 <= zoom <= NEAREST:
        raise UsageError(f"zoom={zoom:g} is not between 0 and {NEAREST}.")
    seen = call.value("view")
    view = Asked("", (("area", seen),)).area if seen else None
    sides = board.keep(("sides",), lambda: site.sides.of_rows(chosen.incidents))
    found: Any = clusters(chosen, view, 4.0 if zoom is None else zoom, sides)
    return {"type": "FeatureCollection", "features": found, "total": len(chosen)}


@family.get("/api/map/names", Names)
def map_names(site: Site, _call: Call) -> Names:
    """Names of countries, provinces, districts and capitals, for the base map."""
    return _names(site.record.world)


@lru_cache(maxsize=2)
def _names(world: World) -> Names:
    features = [_feature(place) for place in once(world.known_places())]
    return {"type": "FeatureCollection", "features": features}


def once(places: Iterable[Place]) -> Iterable[Place]:
    """Places that are named on maps; of several rows for one place the one laid over."""
    seen: set[tuple[Any, ...]] = set()
    for place in sorted(places, key=lambda place: not place.supplement):
        key = (place.geonameid,) if place.geonameid else (place.name, place.kind, place.country)
        if place.kind in KINDS and key not in seen:
            seen.add(key)
            yield place


def _feature(place: Place) -> Named:
    return {
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": [round(place.lon, 3), round(place.lat, 3)]},
        "properties": {"name": place.name, "kind": place.kind, "weight": place.radius_km},
    }
