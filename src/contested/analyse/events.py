"""Incidents as columns: what every analysis over draws reads, from the record or a data set."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

VICTIMS = ("civilians", "security_forces", "militants", "unknown")
"""The classes of victims, in the order of the columns of tolls and of draws."""

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
Side = tuple[str, ...]
NOBODY: Side = ()


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Events:
    """`n` happenings as columns. Days are ordinals (`date.toordinal()`), 0 where unknown.

    `tolls` are the killed of each class of `VICTIMS` as low, best, high; nan where nobody gave a
    figure; classes add up. `open` marks rows of which a voice set no upper end. `sides` are sets
    of actors, the first the empty one: unknown. `initiators` are the sides that may have begun,
    each with its probability (they add up to 1); `targets` who was attacked: where either of two
    sides may have begun, the set of both. `chance` is the probability that it happened at all,
    `point` whether it is counted where the record is taken as it stands. `pairs` are rows that
    may be one happening, with probability `pair_chance`. `notes` say how all this was made.
    """

    ids: tuple[str, ...]
    first: Ints
    last: Ints
    types: tuple[str | None, ...]
    countries: tuple[str | None, ...]
    admin1: tuple[str | None, ...]
    places: tuple[str | None, ...]
    lat: Floats
    lon: Floats
    radius_km: Floats
    sides: tuple[Side, ...]
    initiators: tuple[tuple[tuple[int, float], ...], ...]
    targets: Ints
    tolls: Floats
    open: Bools
    chance: Floats
    point: Bools
    pairs: Ints
    pair_chance: Floats
    source: str = "record"
    notes: tuple[str, ...] = ()

    def __len__(self) -> int:
        return len(self.ids)

    @property
    def dated(self) -> Bools:
        """Rows whose time has both ends."""
        return (self.first > 0) & (self.last > 0)

    def period(self) -> tuple[dt.date, dt.date] | None:
        """First and last day of all dated rows; None where no row has a date."""
        dated = self.dated
        if not dated.any():
            return None
        return (
            dt.date.fromordinal(int(self.first[dated].min())),
            dt.date.fromordinal(int(self.last[dated].max())),
        )

    def side(self, index: int) -> str:
        """A side in words: its actors, joined; ``unknown`` for the empty set."""
        return " and ".join(self.sides[index]) or "unknown"

    def where(self, keep: Bools) -> Events:
        """The rows of `keep` alone, with their sides; pairs of which one is left out are none."""
        rows = np.flatnonzero(keep)
        number = np.full(len(self), -1, dtype=np.int64)
        number[rows] = np.arange(len(rows))
        pairs = number[self.pairs]
        both = (pairs >= 0).all(axis=1)
        taken: dict[str, Any] = {
            name: tuple(getattr(self, name)[n] for n in rows)
            for name in ("ids", "types", "countries", "admin1", "places")
        }
        taken |= {name: getattr(self, name)[rows] for name in _COLUMNS}
        begun = [self.initiators[n] for n in rows]
        used = {0, *taken["targets"].tolist(), *(side for row in begun for side, _ in row)}
        anew = {side: n for n, side in enumerate(sorted(used))}
        taken |= {
            "sides": tuple(self.sides[side] for side in sorted(used)),
            "initiators": tuple(tuple((anew[side], share) for side, share in row) for row in begun),
            "targets": np.array([anew[side] for side in taken["targets"].tolist()], np.int64),
        }
        return replace(self, **taken, pairs=pairs[both], pair_chance=self.pair_chance[both])


_COLUMNS = (
    "first", "last", "lat", "lon", "radius_km", "targets", "tolls", "open", "chance", "point",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Happening:
    """One row before it is put into columns. Initiators are sides with their probabilities."""

    id: str
    first: int = 0
    last: int = 0
    type: str | None = None
    country: str | None = None
    admin1: str | None = None
    place: str | None = None
    lat: float | None = None
    lon: float | None = None
    radius_km: float | None = None
    initiators: tuple[tuple[Side, float], ...] = ((NOBODY, 1.0),)
    target: Side = NOBODY
    tolls: tuple[tuple[float, float, float] | None, ...] = (None, None, None, None)
    open: bool = False
    chance: float = 1.0
    point: bool = True


@dataclass(slots=True)
class _Sides:
    """The sets of actors met so far, each with its number."""

    known: dict[Side, int] = field(default_factory=lambda: {NOBODY: 0})

    def number(self, side: Side) -> int:
        return self.known.setdefault(tuple(sorted(set(side))), len(self.known))


def columns(
    rows: Sequence[Happening],
    pairs: Sequence[tuple[int, int, float]] = (),
    *,
    source: str,
    notes: tuple[str, ...] = (),
) -> Events:
    """Rows as columns; `pairs` are two row numbers with the probability that they are one."""
    sides = _Sides()
    initiators = tuple(
        tuple((sides.number(side), share) for side, share in row.initiators) for row in rows
    )
    targets = [sides.number(row.target) for row in rows]
    nothing = (np.nan, np.nan, np.nan)
    tolls = [[nothing if toll is None else toll for toll in row.tolls] for row in rows]
    return Events(
        ids=tuple(row.id for row in rows),
        first=np.array([row.first for row in rows], dtype=np.int64),
        last=np.array([row.last for row in rows], dtype=np.int64),
        types=tuple(row.type for row in rows),
        countries=tuple(row.country for row in rows),
        admin1=tuple(row.admin1 for row in rows),
        places=tuple(row.place for row in rows),
        lat=_floats([row.lat for row in rows]),
        lon=_floats([row.lon for row in rows]),
        radius_km=_floats([row.radius_km for row in rows]),
        sides=tuple(sides.known),
        initiators=initiators,
        targets=np.array(targets, dtype=np.int64),
        tolls=np.array(tolls, dtype=np.float64).reshape(len(rows), len(VICTIMS), 3),
        open=np.array([row.open for row in rows], dtype=np.bool_),
        chance=np.array([row.chance for row in rows], dtype=np.float64),
        point=np.array([row.point for row in rows], dtype=np.bool_),
        pairs=np.array([pair[:2] for pair in pairs], dtype=np.int64).reshape(len(pairs), 2),
        pair_chance=np.array([pair[2] for pair in pairs], dtype=np.float64),
        source=source,
        notes=notes,
    )


def _floats(values: Sequence[float | None]) -> Floats:
    return np.array([np.nan if value is None else value for value in values], dtype=np.float64)
