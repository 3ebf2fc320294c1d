"""How far two places are apart."""

from __future__ import annotations

import math

from contested.model import Where

EARTH_KM = 6371.0


def distance_km(a: Where, b: Where) -> float | None:
    """Great-circle distance of two points in km; None if one has none."""
    if a.lat is None or a.lon is None or b.lat is None or b.lon is None:
        return None
    lat1, lat2 = math.radians(a.lat), math.radians(b.lat)
    half = (
        math.sin((lat2 - lat1) / 2) ** 2
        + math.cos(lat1) * math.cos(lat2) * math.sin(math.radians(b.lon - a.lon) / 2) ** 2
    )
    return 2 * EARTH_KM * math.asin(min(1.0, math.sqrt(half)))
