"""The land of the events: settlements in districts in provinces, and each as a place to name."""

from __future__ import annotations

import math
import statistics
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from random import Random
from typing import Literal

from benchmarks.generate.events import Event
from contested.model import Where
from contested.world import World

Level = Literal["settlement", "neighbour", "district", "province", "country", "none"]
COUNTRY = "SY"
RADIUS = {"village": 3.0, "town": 5.0, "city": 10.0}
LEAST_DISTRICT_KM, LEAST_PROVINCE_KM = 15.0, 30.0


@dataclass(frozen=True, slots=True, eq=False)
class Settlement:
    """A place where incidents happen. `weight` is how many real events it had."""

    name: str
    district: str
    province: str
    where: Where
    weight: int


class Land:
    """All settlements of the events, and the wider areas that reports name instead."""

    def __init__(self, events: Sequence[Event], world: World) -> None:
        self._world = world
        self.settlements: dict[tuple[str, str], Settlement] = {}
        self._by_district: dict[tuple[str, str], list[Settlement]] = defaultdict(list)
        self._by_province: dict[str, list[Settlement]] = defaultdict(list)
        self._settle(events)
        self._districts = {
            key: self._area(key[0] or key[1], key[1], found, LEAST_DISTRICT_KM)
            for key, found in self._by_district.items()
        }
        self._provinces = {
            key: self._area(key, key, found, LEAST_PROVINCE_KM, kind="admin1")
            for key, found in self._by_province.items()
        }
        syria = world.places["sy-syria"]
        self._country = Where(
            syria.name,
            syria.name,
            None,
            COUNTRY,
            syria.lat,
            syria.lon,
            syria.radius_km,
            syria.geonameid,
        )
        self._neighbours: dict[Settlement, Settlement] = {}

    def home(self, event: Event, rng: Random) -> Settlement:
        """Where an event happened; one of its district's, province's or country's settlements
        where UCDP knows no better."""
        found = self.settlements.get((event.name, event.province))
        return (
            found
            if found and event.precision <= 2
            else self.near(event.district, event.province, rng)
        )

    def near(self, district: str, province: str, rng: Random) -> Settlement:
        """A settlement of the district, else of the province, the often hit ones more often."""
        choice = self._by_district.get((district, province)) or self._by_province.get(province)
        if not choice:
            choice = self._everywhere
        return rng.choices(choice, [s.weight for s in choice])[0]

    def place(self, home: Settlement, level: Level) -> Where | None:
        """What a report that knows the place at `level` says."""
        if level == "settlement":
            return home.where
        if level == "neighbour":
            return self._next(home).where
        if level == "district":
            return self._districts[home.district, home.province]
        if level == "province":
            return self._provinces[home.province]
        return self._country if level == "country" else None

    def _settle(self, events: Iterable[Event]) -> None:
        found: dict[tuple[str, str], list[Event]] = defaultdict(list)
        for event in events:
            if event.precision <= 2 and event.province and event.name:
                found[event.name, event.province].append(event)
        for key, there in sorted(found.items()):
            settlement = self._settlement(there)
            self.settlements[key] = settlement
            self._by_district[settlement.district, settlement.province].append(settlement)
            self._by_province[settlement.province].append(settlement)
        self._everywhere = list(self.settlements.values())

    def _settlement(self, events: Sequence[Event]) -> Settlement:
        first = events[0]
        known = self._known(first)
        where = Where(
            name=first.name,
            as_written=first.name,
            admin1=first.province,
            country=COUNTRY,
            lat=round(first.lat, 4),
            lon=round(first.lon, 4),
            radius_km=RADIUS.get(first.sort, 5.0),
            geonameid=known,
        )
        return Settlement(first.name, first.district, first.province, where, len(events))

    def _known(self, event: Event) -> int | None:
        for place in self._world.places_named(event.name):
            near = abs(place.lat - event.lat) < 0.3 and abs(place.lon - event.lon) < 0.3
            if place.country == COUNTRY and near and place.kind != "admin1":
                return place.geonameid
        return None

    def _area(
        self,
        name: str,
        province: str,
        members: Sequence[Settlement],
        least: float,
        kind: str = "",
    ) -> Where:
        lat = statistics.fmean(m.where.lat or 0.0 for m in members)
        lon = statistics.fmean(m.where.lon or 0.0 for m in members)
        far = sorted(_km(lat, lon, m.where) for m in members)
        radius = max(least, far[int(0.95 * (len(far) - 1))])
        known = None
        for place in self._world.places_named(name) if kind else ():
            if place.country == COUNTRY and place.kind == kind:
                known = place.geonameid
                break
        as_written = f"{name} province" if kind else f"{name} district"
        return Where(
            name, as_written, province, COUNTRY, round(lat, 3), round(lon, 3), round(radius), known
        )

    def _next(self, home: Settlement) -> Settlement:
        if home not in self._neighbours:
            others = [s for s in self._by_province[home.province] if s is not home]
            lat, lon = home.where.lat or 0.0, home.where.lon or 0.0
            self._neighbours[home] = min(
                others, key=lambda s: (_km(lat, lon, s.where), s.name), default=home
            )
        return self._neighbours[home]


def _km(lat: float, lon: float, where: Where) -> float:
    """Kilometres on a plane, near enough within a country."""
    north = (where.lat or 0.0) - lat
    east = ((where.lon or 0.0) - lon) * math.cos(math.radians(lat))
    return 111.2 * math.hypot(north, east)
