"""What maps share: the names of countries, provinces, districts and capitals where they lie."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Any, Literal

from typing_extensions import TypedDict

from contested.serve.operations import Call
from contested.serve.site import Family, Site
from contested.world import Place, World

KINDS = ("country", "admin1", "admin2", "capital")

family = Family("map")


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


@family.get("/api/map/names", Names)
def map_names(site: Site, _call: Call) -> Names:
    """Names of countries, provinces, districts and capitals, for the base map."""
    return _names(site.record.world)


@lru_cache(maxsize=2)
def _names(world: World) -> Names:
    features = [_feature(place) for place in once(world.places.values())]
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
