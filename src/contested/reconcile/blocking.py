"""Which accounts are worth comparing: near in time and place at the coarser one's own level.

A village and the province around it share no name, and two papers put one attack on two days.
So each account is entered in cells of a grid at its own level of precision and at every coarser
one, in windows of days wide enough for a shift; two accounts meet once, at the coarser level.
"""

from __future__ import annotations

import math
import zlib
from collections.abc import Iterator
from typing import NamedTuple

from contested.reconcile.features import Row

WINDOW_DAYS = 8
SHIFT_DAYS = 3
"""Days by which two accounts may differ and still be compared."""
VAGUE_DAYS = 62
ANY_TIME = -1
FINE, MIDDLE, COUNTRY, ANYWHERE = range(4)
LEVEL_KM = {FINE: 15.0, MIDDLE: 130.0}
CELL_DEGREES = {FINE: 0.5, MIDDLE: 3.0}
MARGIN_KM = 5.0
DEGREE_KM = 111.2


class Key(NamedTuple):
    """One entry of an account in the grid.

    `place` is the account's own level and `vague` whether its time is; the pair of two accounts
    stands at level ``max(a.place, b.place)``. `home` marks the entry with the lowest window and
    cell of an account: of several shared entries the one that is lowest for both counts.
    """

    level: int
    window: int
    x: int
    y: int
    own: int
    vague: bool
    first_window: int
    first_x: int
    first_y: int

    @property
    def number(self) -> int:
        """The cell as one 63-bit number, to be looked up in a store."""
        text = f"{self.level}|{self.window}|{self.x}|{self.y}"
        return zlib.crc32(text.encode()) << 31 ^ zlib.crc32(text[::-1].encode()) & 0x7FFFFFFF


def keys(row: Row) -> Iterator[Key]:
    """Every entry of one account."""
    own = level(row)
    windows, vague = _windows(row)
    for at in range(own, ANYWHERE + 1):
        cells = _cells(row, at)
        if cells is None:
            continue
        (x0, x1), (y0, y1) = cells
        entered = list(windows)
        if at <= MIDDLE and not vague:
            entered.append(ANY_TIME)
        elif at > MIDDLE and vague:
            continue
        for window in entered:
            first = ANY_TIME if window == ANY_TIME else windows[0]
            for x in range(x0, x1 + 1):
                for y in range(y0, y1 + 1):
                    yield Key(at, window, x, y, own, vague, first, x0, y0)


def level(row: Row) -> int:
    """The finest grid that the account's place fits in."""
    if row.lat is None or row.radius is None:
        return COUNTRY if row.country else ANYWHERE
    for at, widest in LEVEL_KM.items():
        if row.radius <= widest:
            return at
    return COUNTRY


def is_vague(row: Row) -> bool:
    """Whether the account's time is unknown, or too long to tell happenings apart."""
    return row.first is None or row.last is None or row.last - row.first >= VAGUE_DAYS


def _windows(row: Row) -> tuple[list[int], bool]:
    if row.first is None or row.last is None or is_vague(row):
        return [ANY_TIME], True
    half = (SHIFT_DAYS + 1) // 2
    first, last = (row.first - half) // WINDOW_DAYS, (row.last + half) // WINDOW_DAYS
    return list(range(first, last + 1)), False


def _cells(row: Row, at: int) -> tuple[tuple[int, int], tuple[int, int]] | None:
    """The cells of one grid that the account's area touches, as ranges of columns and rows."""
    if at == ANYWHERE:
        return (0, 0), (0, 0)
    if at == COUNTRY:
        if row.country is None:
            return None
        number = zlib.crc32(row.country.encode())
        return (number, number), (0, 0)
    if row.lat is None or row.lon is None or row.radius is None:
        return None
    size, reach = CELL_DEGREES[at], row.radius + MARGIN_KM
    north = reach / DEGREE_KM
    east = north / max(0.1, math.cos(math.radians(row.lat)))
    return (
        (math.floor((row.lon - east) / size), math.floor((row.lon + east) / size)),
        (math.floor((row.lat - north) / size), math.floor((row.lat + north) / size)),
    )
