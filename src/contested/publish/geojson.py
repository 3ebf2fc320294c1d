"""GeoJSON (RFC 7946): a point a thing, with how wide the place is.

A place is never finer than the report: `radius_km` says how far from the point it may have been,
and a thing whose place is unknown has a null geometry rather than a guess.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, TextIO

from contested.model import Where, to_plain
from contested.publish.exporter import Thing, What, check
from contested.publish.lines import one_line


class GeoJson:
    """A FeatureCollection, a feature a line. Events and casualties among claims; incidents."""

    name = "geojson"
    suffix = ".geojson"
    writes: tuple[What, ...] = ("claims", "incidents")

    def write(self, what: What, things: Iterable[Thing], out: TextIO) -> int:
        """Write a FeatureCollection; only things that can have a place become features."""
        check(self, what)
        out.write('{"type": "FeatureCollection", "features": [')
        rows = 0
        for thing in things:
            if not hasattr(thing, "where"):
                continue
            out.write(",\n" if rows else "\n")
            out.write(one_line(feature(thing)))
            rows += 1
        out.write("\n]}\n")
        return rows


def feature(thing: Thing) -> dict[str, Any]:
    """One thing as a GeoJSON feature; its properties are the contract's fields."""
    where: Where | None = getattr(thing, "where", None)
    plain = to_plain(thing)
    plain["radius_km"] = where.radius_km if where else None
    return {"type": "Feature", "id": plain["id"], "geometry": _point(where), "properties": plain}


def _point(where: Where | None) -> dict[str, Any] | None:
    if where is None or where.lat is None or where.lon is None:
        return None
    return {"type": "Point", "coordinates": [where.lon, where.lat]}
