"""The map's share of what is chosen: what lies close together at a zoom is one mark.

Positions are those of Web Mercator in world widths, as the map draws them; a cell of the grid is so
many pixels wide at the zoom asked for. What lies at one spot stays together at every zoom.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from contested.serve.board.board import Area, Chosen
from contested.serve.board.incidents import Incidents

CELL, TILE = 60.0, 512.0
"""Pixels of a cell and of the world at zoom 0."""
FURTHEST = 85.0
"""Degrees north and south beyond which the projection has no room."""
SPOT = 1e-4
"""Degrees within which marks are taken to lie at one spot."""
MOST = 2_000
Feature = dict[str, Any]


def clusters(
    chosen: Chosen, area: Area | None, zoom: float, sides: NDArray[np.int64]
) -> list[Feature]:
    """GeoJSON points of the chosen in `area`: incidents, and clusters of them.

    A point has `status` (the one that most needs a look), `disputed` and `count`, `radius_km`
    where it is one spot, and `bounds` where it is not; of one incident also `id`. `sides` gives
    the number of the colour of each row.
    """
    incidents = chosen.incidents
    mask = chosen.mask & ~np.isnan(incidents["lat"]) & ~np.isnan(incidents["lon"])
    if area is not None:
        mask &= _near(incidents, area)
    rows = np.flatnonzero(mask)
    if not len(rows):
        return []
    lon = incidents["lon"][rows].astype(np.float64)
    lat = np.clip(incidents["lat"][rows].astype(np.float64), -FURTHEST, FURTHEST)
    while True:
        cells = _cells(lon, lat, zoom)
        _, group = np.unique(cells, return_inverse=True)
        number = int(group.max()) + 1
        if number <= MOST:
            return _features(incidents, rows, lon, lat, group, number, sides)
        zoom -= 0.5


def _near(incidents: Incidents, area: Area) -> NDArray[np.bool_]:
    west, south, east, north = area
    lat, lon = incidents["lat"], incidents["lon"]
    across = (lon >= west) & (lon <= east) if west <= east else (lon >= west) | (lon <= east)
    found: NDArray[np.bool_] = (lat >= south) & (lat <= north) & across
    return found


def _cells(lon: NDArray[Any], lat: NDArray[Any], zoom: float) -> NDArray[np.int64]:
    """A number for the cell of each position."""
    width = CELL / (TILE * 2**zoom)
    x = (lon + 180) / 360
    y = (1 - np.arcsinh(np.tan(np.radians(lat))) / np.pi) / 2
    cells: NDArray[np.int64] = np.floor(x / width).astype(np.int64) * 2**31
    cells += np.floor(y / width).astype(np.int64)
    return cells


def _features(
    incidents: Incidents,
    rows: NDArray[Any],
    lon: NDArray[Any],
    lat: NDArray[Any],
    group: NDArray[Any],
    number: int,
    sides: NDArray[np.int64],
) -> list[Feature]:
    order = np.argsort(group, kind="stable")
    starts = np.flatnonzero(np.append(True, np.diff(group[order]) > 0))
    counts = np.bincount(group, minlength=number)
    west, east = _ends(lon[order], starts)
    south, north = _ends(lat[order], starts)
    middle_x = np.bincount(group, lon, minlength=number) / counts
    middle_y = np.bincount(group, lat, minlength=number) / counts
    radius = np.fmax.reduceat(incidents["radius_km"][rows][order], starts)
    status = incidents["status"][rows]
    words = incidents.words["status"].all
    per_status = {
        word: np.bincount(group[status == n], minlength=number)
        for n, word in enumerate(words)
        if word is not None
    }
    firsts = rows[order[starts]]
    side = sides[rows][order]
    same_side = np.minimum.reduceat(side, starts) == np.maximum.reduceat(side, starts)
    found = []
    for n in range(number):
        held = {word: int(each[n]) for word, each in per_status.items() if each[n]}
        row = int(firsts[n])
        about: Feature = {
            "count": int(counts[n]),
            "statuses": held,
            "side": int(side[starts[n]]) if same_side[n] else -1,
        }
        spot = east[n] - west[n] < SPOT and north[n] - south[n] < SPOT
        if spot:
            about["name"] = incidents.word("name", row)
            if not np.isnan(radius[n]):
                about["radius_km"] = round(float(radius[n]), 1)
        else:
            box = (west[n], south[n], east[n], north[n])
            about["bounds"] = [round(float(end), 4) for end in box]
        if counts[n] == 1:
            about["id"] = str(incidents["id"][row])
        found.append(_point(middle_x[n], middle_y[n], about))
    return found


def _ends(values: NDArray[Any], starts: NDArray[Any]) -> tuple[NDArray[Any], NDArray[Any]]:
    return np.minimum.reduceat(values, starts), np.maximum.reduceat(values, starts)


def _point(lon: float, lat: float, properties: Feature) -> Feature:
    spot = [round(float(lon), 4), round(float(lat), 4)]
    return {
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": spot},
        "properties": properties,
    }


def extent(chosen: Chosen) -> Sequence[float] | None:
    """West, south, east, north of nearly all of the chosen; none where nothing has a point."""
    incidents = chosen.incidents
    lon, lat = (incidents[name][chosen.mask] for name in ("lon", "lat"))
    known = ~np.isnan(lon) & ~np.isnan(lat)
    if not known.any():
        return None
    west, east = np.percentile(lon[known], [1, 99])
    south, north = np.percentile(lat[known], [1, 99])
    pad = max(0.2, 0.08 * max(east - west, north - south))
    return [round(float(end), 3) for end in (west - pad, south - pad, east + pad, north + pad)]
