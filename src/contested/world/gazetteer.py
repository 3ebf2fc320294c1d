"""The packaged gazetteer: tens of thousands of places in columns, found by name without an index.

The file is a NumPy archive (`numpy.load` opens it). Its names stand in one sorted text, in which a
name is looked up by halving; a row becomes a `Place` when it is asked for. So a process that asks
for a few names neither waits for all places nor keeps them.
"""

from __future__ import annotations

import io
import lzma
import zipfile
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from contested.world.names import fold
from contested.world.rows import Place

KINDS = ("town", "capital", "country", "admin1", "admin2")
WIDE = ("country", "admin1")
_KNOWN = (*WIDE, "capital")
SOURCE = "geonames"
LARGE = 15_000
"""People from which a town is taken for one that many have heard of."""
_RADIUS_BY_POPULATION = (
    (5_000, 3.0), (50_000, 4.0), (200_000, 6.0), (1_000_000, 9.0), (5_000_000, 12.0)
)  # fmt: skip
_LARGEST_TOWN_KM = 15.0
_DEGREE = 100.0
_BREAK, _BAR = 10, b"|"
_STRIDE = 64
"""A name of so many is kept at hand, so that a search reads six others and not eighteen."""


class Entry(NamedTuple):
    """A place to be written. A `radius_km` of 0 stands for that of a town of its size."""

    geonameid: int
    name: str
    names: tuple[str, ...]
    kind: str
    admin1: str
    country: str
    lat: float
    lon: float
    radius_km: float
    population: int


def town_radius(population: int) -> float:
    """How many kilometres a town of so many people reaches."""
    for limit, radius in _RADIUS_BY_POPULATION:
        if population < limit:
            return radius
    return _LARGEST_TOWN_KM


def write(entries: Iterable[Entry]) -> bytes:
    """The archive of these places, in which each has its id once. Raises ValueError otherwise."""
    rows = sorted(entries)
    ids = np.array([one.geonameid for one in rows], np.int64)
    if (np.diff(ids) <= 0).any():
        raise ValueError("two places have the same id")
    lines = sorted(
        (fold(name).encode(), number > 0, name, row)
        for row, one in enumerate(rows)
        for number, name in enumerate((one.name, *one.names))
        if fold(name)
    )
    text = b"\n".join(_line(key, name) for key, _, name, _ in lines)
    countries = sorted({one.country for one in rows})
    provinces = sorted({one.admin1 for one in rows})
    at = {name: n for n, name in enumerate(provinces)}
    arrays = {
        "names": np.frombuffer(text, np.uint8),
        "row": np.array([row for *_, row in lines], "<u4"),
        "first": np.packbits([not other for _, other, _, _ in lines]),
        "id_step": np.diff(ids, prepend=0).astype("<u4"),
        "kind": np.array([KINDS.index(one.kind) for one in rows], np.uint8),
        "countries": _text(countries),
        "country": np.array([countries.index(one.country) for one in rows], np.uint8),
        "provinces": _text(provinces),
        "province": np.array([at[one.admin1] for one in rows], "<u2"),
        "lat": np.array([round(one.lat * _DEGREE) for one in rows], "<i2"),
        "lon": np.array([round(one.lon * _DEGREE) for one in rows], "<i2"),
        "radius": np.array([round(one.radius_km) for one in rows], "<u2"),
        "people": np.array([one.population for one in rows], "<u4"),
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_LZMA) as archive:
        for name, array in arrays.items():
            member = io.BytesIO()
            np.save(member, array, allow_pickle=False)
            info = zipfile.ZipInfo(f"{name}.npy")
            info.compress_type = zipfile.ZIP_LZMA
            archive.writestr(info, member.getvalue())
    return out.getvalue()


def _line(key: bytes, name: str) -> bytes:
    plain = key.decode().title() == name
    return key if plain else key + _BAR + name.encode()


def _text(lines: Sequence[str]) -> NDArray[np.uint8]:
    return np.frombuffer("\n".join(lines).encode(), np.uint8)


class _Keys(Sequence[bytes]):
    """The folded names in order."""

    def __init__(self, text: bytes) -> None:
        self._text = text
        breaks = np.flatnonzero(np.frombuffer(text, np.uint8) == _BREAK).astype(np.int32)
        self._starts = np.concatenate([np.zeros(1, np.int32), breaks + 1])
        self._ends = np.append(breaks, np.int32(len(text)))
        self._landmarks = [self[at] for at in range(0, len(self), _STRIDE)]

    def place_of(self, key: bytes) -> int:
        """Where `key` stands or would stand: sought among the landmarks, then between two."""
        after = bisect_left(self._landmarks, key)
        low = max(after - 1, 0) * _STRIDE
        return bisect_left(self, key, low, min(after * _STRIDE, len(self)))

    def __len__(self) -> int:
        return len(self._starts)

    def line(self, at: int) -> bytes:
        """A whole line: the folded name, and the written one where that is another."""
        return self._text[self._starts[at] : self._ends[at]]

    def __getitem__(self, at: int) -> bytes:  # type: ignore[override]
        return self.line(at).partition(_BAR)[0]

    def written(self, at: int) -> str:
        """The name as it is written."""
        key, bar, name = self.line(at).partition(_BAR)
        return name.decode() if bar else key.decode().title()


class Gazetteer(Mapping[str, Place]):
    """The places by id (``gn-1176615``), and by folded name."""

    def __init__(self, raw: bytes) -> None:
        """Read an archive that `write` made. Raises ValueError, OSError or KeyError if it is
        none."""
        try:
            with np.load(io.BytesIO(raw), allow_pickle=False) as archive:
                columns = {name: archive[name] for name in archive.files}
        except (EOFError, zipfile.BadZipFile, lzma.LZMAError) as error:
            raise ValueError(str(error)) from error
        self._keys = _Keys(columns["names"].tobytes())
        self._row = columns["row"]
        self._first = np.unpackbits(columns["first"], count=len(self._row)).astype(bool)
        self._ids = np.cumsum(columns["id_step"], dtype=np.int64)
        self._countries = columns["countries"].tobytes().decode().split("\n")
        self._provinces = columns["provinces"].tobytes().decode().split("\n")
        self._columns = columns
        self._by_row: tuple[NDArray[np.int32], NDArray[np.int32]] | None = None
        self._dropped: set[int] = set()
        self._place = lru_cache(maxsize=4096)(self._made)

    def drop(self, keys: Iterable[str]) -> None:
        """Take rows out, those that a supplement replaces; unknown ids do nothing."""
        rows = (self._row_of(key) for key in keys)
        self._dropped.update(row for row in rows if row is not None)

    def named(self, folded: str) -> list[Place]:
        """Places of that folded name."""
        key = folded.encode()
        at = self._keys.place_of(key)
        rows: dict[int, None] = {}
        while at < len(self._keys) and self._keys[at] == key:
            rows[int(self._row[at])] = None
            at += 1
        return [self._place(row) for row in rows if row not in self._dropped]

    def begins(self, folded: str) -> bool:
        """Whether a name is that, or begins with it and goes on with another word."""
        key = folded.encode()
        at = self._keys.place_of(key)
        if at == len(self._keys):
            return False
        found = self._keys[at]
        return found == key or found.startswith(key + b" ")

    def known(self, least: int = LARGE) -> Iterator[Place]:
        """Countries, provinces, capitals and the towns of at least so many people."""
        kinds = self._columns["kind"]
        wide = np.isin(kinds, [KINDS.index(kind) for kind in _KNOWN])
        for row in np.flatnonzero(wide | (self._columns["people"] >= least)).tolist():
            if row not in self._dropped:
                yield self._place(row)

    def wide_names(self) -> Iterator[str]:
        """Folded names of countries and provinces."""
        wide = np.isin(self._columns["kind"], [KINDS.index(kind) for kind in WIDE])
        for at in np.flatnonzero(self._first & wide[self._row]).tolist():
            yield self._keys[at].decode()

    def _row_of(self, key: str) -> int | None:
        kind, _, number = key.partition("-")
        if kind != "gn" or not (number.isascii() and number.isdecimal()):
            return None
        at = int(np.searchsorted(self._ids, int(number)))
        return at if at < len(self._ids) and self._ids[at] == int(number) else None

    def _names(self, row: int) -> tuple[str, tuple[str, ...]]:
        if self._by_row is None:
            # Where the names of each place stand in this order: sought once, not at each question.
            counts = np.bincount(self._row, minlength=len(self._ids))
            ends = np.cumsum(counts, dtype=np.int32)
            order = np.argsort(self._row, kind="stable").astype(np.int32)
            self._by_row = order, np.concatenate([np.zeros(1, np.int32), ends])
        order, bounds = self._by_row
        name, others = "", []
        for at in order[bounds[row] : bounds[row + 1]].tolist():
            if self._first[at]:
                name = self._keys.written(at)
            else:
                others.append(self._keys.written(at))
        return name, tuple(others)

    def _made(self, row: int) -> Place:
        columns = self._columns
        name, names = self._names(row)
        people = int(columns["people"][row])
        number = int(self._ids[row])
        return Place(
            id=f"gn-{number}",
            name=name,
            names=names,
            kind=KINDS[columns["kind"][row]],
            admin1=self._provinces[columns["province"][row]] or None,
            country=self._countries[columns["country"][row]] or None,
            lat=int(columns["lat"][row]) / _DEGREE,
            lon=int(columns["lon"][row]) / _DEGREE,
            radius_km=float(columns["radius"][row]) or town_radius(people),
            geonameid=number,
            population=people,
            source=SOURCE,
            supplement=False,
        )

    def __getitem__(self, key: str) -> Place:
        row = self._row_of(key)
        if row is None or row in self._dropped:
            raise KeyError(key)
        return self._place(row)

    def __iter__(self) -> Iterator[str]:
        for row, number in enumerate(self._ids.tolist()):
            if row not in self._dropped:
                yield f"gn-{number}"

    def __len__(self) -> int:
        return len(self._ids) - len(self._dropped)
