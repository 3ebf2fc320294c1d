"""A small map as SVG: areas as wide as their precision, over the outlines of countries if at hand.

The projection is equirectangular with the true width in the middle of the picture, good enough for
a region of a few thousand kilometres.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any

WIDTH, HEIGHT, MARGIN = 640.0, 400.0, 1.35
KM_A_DEGREE = 111.32
LEAST_SPAN = 3.0
"""Degrees that the picture shows at least, so that one village has a neighbourhood."""
WIDEST = 400.0
"""Kilometres: a wider area says no more than a country, and would cover all others."""
FILLS: Mapping[str, str] = {
    "corroborated": 'fill="#0072b2" fill-opacity=".35" stroke="#0072b2"',
    "single_source": 'fill="none" stroke="#0072b2"',
    "disputed": 'fill="url(#hatch)" stroke="#9a4a00" stroke-width="1.6"',
    "unconfirmed": 'fill="none" stroke="#0072b2" stroke-dasharray="1.5 2.5"',
    "denied": 'fill="none" stroke="#5d6066" stroke-dasharray="5 3"',
}


@dataclass(frozen=True, slots=True)
class Area:
    """A place on the map: degrees north and east, how wide in kilometres, and its status."""

    name: str
    lat: float
    lon: float
    radius_km: float
    status: str


Point = tuple[float, float]
Ring = Sequence[Point]


def drawn(areas: Sequence[Area], rings: Sequence[Ring] = (), names: Sequence[Area] = ()) -> str:
    """The map of `areas` (at least one) over the outlines `rings`, with the names of countries."""
    view = _View.of(areas)
    under = "".join(f'<path d="{path}"/>' for ring in rings if (path := view.path(ring)))
    named = "".join(_name(view, one) for one in names if view.holds(one))
    over = "".join(_area(view, one) for one in sorted(areas, key=lambda one: -one.radius_km))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH:g} {HEIGHT:g}" '
        f'width="{WIDTH:g}" height="{HEIGHT:g}" role="img" '
        'aria-label="Map of the incidents; the words below tell the same" font-family="sans-serif">'
        '<defs><pattern id="hatch" width="5" height="5" patternUnits="userSpaceOnUse" '
        'patternTransform="rotate(45)"><rect width="5" height="5" fill="#fff" fill-opacity=".5"/>'
        '<line y2="5" stroke="#9a4a00" stroke-width="2"/></pattern>'
        f'<clipPath id="frame"><rect width="{WIDTH:g}" height="{HEIGHT:g}"/></clipPath></defs>'
        f'<g clip-path="url(#frame)"><rect width="{WIDTH:g}" height="{HEIGHT:g}" fill="#e8edf0"/>'
        f'<g fill="#f7f6f1" stroke="#b9b8b0" stroke-width=".8">{under}</g>'
        f'<g font-size="11" fill="#74777c" text-anchor="middle">{named}</g><g>{over}</g></g></svg>'
    )


@dataclass(frozen=True, slots=True)
class _View:
    west: float
    north: float
    scale: float
    squeeze: float

    @classmethod
    def of(cls, areas: Sequence[Area]) -> _View:
        lats, lons = [one.lat for one in areas], [one.lon for one in areas]
        middle_lat, middle_lon = (min(lats) + max(lats)) / 2, (min(lons) + max(lons)) / 2
        squeeze = max(0.1, math.cos(math.radians(middle_lat)))
        tall = max(max(lats) - min(lats), LEAST_SPAN) * MARGIN
        wide = max((max(lons) - min(lons)) * squeeze, LEAST_SPAN) * MARGIN
        scale = min(HEIGHT / tall, WIDTH / wide)
        north = middle_lat + HEIGHT / scale / 2
        return cls(middle_lon - WIDTH / scale / squeeze / 2, north, scale, squeeze)

    def at(self, lon: float, lat: float) -> tuple[float, float]:
        return (lon - self.west) * self.squeeze * self.scale, (self.north - lat) * self.scale

    def holds(self, one: Area) -> bool:
        x, y = self.at(one.lon, one.lat)
        return 30 < x < WIDTH - 30 and 10 < y < HEIGHT - 5

    def path(self, ring: Ring) -> str:
        points = [self.at(lon, lat) for lon, lat in ring]
        xs, ys = [x for x, _ in points], [y for _, y in points]
        if max(xs) < 0 or min(xs) > WIDTH or max(ys) < 0 or min(ys) > HEIGHT:
            return ""
        return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in points) + "Z"


def _area(view: _View, one: Area) -> str:
    x, y = view.at(one.lon, one.lat)
    r = max(3.5, min(one.radius_km, WIDEST) / KM_A_DEGREE * view.scale)
    look = FILLS.get(one.status, FILLS["single_source"])
    told = f"<title>{escape(one.name)}</title>"
    return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{r:.1f}" {look}>{told}</circle>'


def _name(view: _View, one: Area) -> str:
    x, y = view.at(one.lon, one.lat)
    return f'<text x="{x:.1f}" y="{y:.1f}">{escape(one.name)}</text>'


def rings_of(topology: Path) -> list[Ring]:
    """The outlines of countries in a TopoJSON file; none where there is no such file."""
    try:
        given = json.loads(topology.read_text("utf-8"))
    except (OSError, ValueError):
        return []
    arcs = [list(_arc(arc, given["transform"])) for arc in given["arcs"]]
    return list(_rings(given["objects"]["countries"], arcs))


def _arc(arc: Sequence[Sequence[int]], transform: Mapping[str, Any]) -> Iterator[Point]:
    x = y = 0
    (sx, sy), (tx, ty) = transform["scale"], transform["translate"]
    for dx, dy in arc:
        x, y = x + dx, y + dy
        yield x * sx + tx, y * sy + ty


def _rings(shape: Mapping[str, Any], arcs: Sequence[Ring]) -> Iterator[Ring]:
    if shape["type"] == "GeometryCollection":
        for part in shape["geometries"]:
            yield from _rings(part, arcs)
        return
    polygons = shape.get("arcs", [])
    for polygon in [polygons] if shape["type"] == "Polygon" else polygons:
        for ring in polygon:
            points: list[Point] = []
            for n in ring:
                part = arcs[n] if n >= 0 else list(reversed(arcs[~n]))
                points += part[1:] if points else part
            yield points
