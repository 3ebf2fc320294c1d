"""Rows of another data set as events: what its columns mean is told by tables, not by code."""

from __future__ import annotations

import calendar
import datetime as dt
import math
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fnmatch import fnmatchcase

from contested.analyse.events import NOBODY, VICTIMS, Events, Happening, Side, columns
from contested.analyse.figures import several
from contested.errors import DatasetError

ANY = "*"
SHOWN = 3
"""So many wrong rows are told before the rest is only counted."""
DAY_FORMATS = ("%Y-%m-%d", "%d %B %Y", "%d %b %Y", "%d/%m/%Y")
Ends = tuple[float, float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """One data set's form.

    `columns` are the names that each field may have, `needed` the fields that must be there,
    `values` what its codes mean: pairs of a pattern (``*`` for any) and a meaning, by kind.
    """

    name: str
    columns: Mapping[str, tuple[str, ...]]
    needed: frozenset[str]
    values: Mapping[str, Sequence[tuple[str, str]]]

    def meaning(self, kind: str, value: str) -> str | None:
        """What `value` stands for; None where the table does not say."""
        for pattern, means in self.values.get(kind, ()):
            if fnmatchcase(value, pattern):
                return means
        return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """What a data set's names are in the record: actors by the id of the set, countries."""

    actors: Mapping[str, str] = field(default_factory=dict)
    country: Callable[[str], str] = str


def shape_of(name: str, header: Sequence[str], shapes: Iterable[Shape]) -> Shape:
    """The data set whose columns these are. Raises DatasetError where none fits."""
    there = set(header)
    near: list[tuple[int, Shape, list[str]]] = []
    for shape in shapes:
        missing = [
            " or ".join(shape.columns[one])
            for one in sorted(shape.needed)
            if there.isdisjoint(shape.columns[one])
        ]
        if not missing:
            return shape
        near.append((len(shape.needed) - len(missing), shape, missing))
    _, shape, missing = max(near, key=lambda one: one[0] / len(one[1].needed))
    raise DatasetError(
        name,
        f"its columns ({', '.join(list(header)[:8]) or 'none'}{', …' if len(header) > 8 else ''}) "
        f"are those of no data set that is known. Nearest is {shape.name}, of which "
        f"{', '.join(missing)} is missing.",
        "Name the columns so, or add rows to a datasets.csv of your own tables.",
    )


def events_of_rows(
    name: str,
    rows: Iterable[Mapping[str, str]],
    shape: Shape,
    names: Names | None = None,
) -> Events:
    """The rows of a data set as events.

    `name` is of the file, for messages. Raises DatasetError where there is no row, where rows
    hold what is no number or no date, and where an id comes twice.
    """
    reader = _Reader(shape, names or Names())
    found: list[Happening] = []
    wrong: list[str] = []
    for number, row in enumerate(rows, start=2):
        try:
            found.append(reader.row(row))
        except ValueError as error:
            wrong.append(f"line {number}: {error}")
    if wrong:
        more = len(wrong) - SHOWN
        raise DatasetError(
            name,
            "; ".join(wrong[:SHOWN]) + (f"; and {more} more lines." if more > 0 else "."),
            "Correct them, or take them out.",
        )
    if not found:
        raise DatasetError(name, "it holds no rows under its heading.", "Name another file.")
    twice = [id for id, times in Counter(row.id for row in found).items() if times > 1]
    if twice:
        raise DatasetError(
            name,
            f"{several(len(twice), 'id')} come more than once ({', '.join(twice[:SHOWN])}).",
            "A row is one event: take out the doubles.",
        )
    return columns(found, source=shape.name, notes=reader.notes(len(found)))


class _Reader:
    """Makes rows into happenings, and remembers what it had to put right."""

    def __init__(self, shape: Shape, names: Names) -> None:
        self._shape = shape
        self._names = names
        self._swapped = 0
        self._either = 0
        self._no_class = 0
        self._actors: dict[str, str] = {}

    def row(self, row: Mapping[str, str]) -> Happening:
        get = self._getter(row)
        first, last = self._days(get)
        type_ = get("type")
        place = get("where_precision")
        lat, lon = _degrees("lat", get("lat"), 90), _degrees("lon", get("lon"), 180)
        radius = self._shape.meaning("radius_km", place) if place else None
        a, b = (
            self._side(get("side_a"), get("side_a_id")),
            self._side(get("side_b"), get("side_b_id")),
        )
        either = self._shape.meaning("began", type_) == "either" and bool(a) and bool(b)
        self._either += either
        id_ = get("id")
        if not id_:
            raise ValueError("the id is empty")
        return Happening(
            id=id_,
            first=first,
            last=last,
            type=self._shape.meaning("type", type_) or type_ or None,
            country=self._names.country(get("country")) or None,
            admin1=get("admin1") or None,
            place=get("place") or None,
            lat=lat if lon is not None else None,
            lon=lon if lat is not None else None,
            radius_km=float(radius) if radius and lat is not None else None,
            initiators=((a, 0.5), (b, 0.5)) if either else ((a, 1.0),),
            target=tuple(sorted({*a, *b})) if either else b,
            tolls=self._tolls(get),
        )

    def _getter(self, row: Mapping[str, str]) -> Callable[[str], str]:
        def get(name: str) -> str:
            for column in self._shape.columns.get(name, ()):
                value = (row.get(column) or "").strip()
                if value and value.lower() not in ("nan", "na", "null", "none"):
                    return value.removesuffix(".0")
            return ""

        return get

    def _days(self, get: Callable[[str], str]) -> tuple[int, int]:
        if "year" in self._shape.columns:
            return _calendar(get("year"), get("month"), get("day"))
        start = get("start")
        if not start:
            return 0, 0
        first = _date(start)
        last = _date(get("end") or start)
        if last < first:
            raise ValueError(f"it ends ({last}) before it begins ({first})")
        around = self._shape.meaning("days_around", get("date_precision"))
        wide = int(around) if around and first == last else 0
        return first.toordinal() - wide, last.toordinal() + wide

    def _side(self, name: str, id_: str) -> Side:
        if not name or self._shape.meaning("nobody", name):
            return NOBODY
        apart = self._shape.meaning("split", name)
        parts = [part.strip() for part in name.split(apart)] if apart else [name]
        if len(parts) == 1 and id_ in self._names.actors:
            self._actors[name] = self._names.actors[id_]
        return tuple(sorted({self._actors.get(part, part) for part in parts if part}))

    def _tolls(self, get: Callable[[str], str]) -> tuple[Ends | None, ...]:
        parts: dict[str, float] = {}
        for column, victims in self._classes(get):
            value = _count(column, get(column))
            if value is not None:
                parts[victims] = parts.get(victims, 0.0) + value
        best = _count("best", get("best"))
        if best is None:
            if not parts:
                return (None,) * len(VICTIMS)
            best = sum(parts.values())
        rest = best - sum(parts.values())
        if rest < 0:
            raise ValueError(f"the parts of its deaths are more than its best, {best:g}")
        if rest or not parts:
            parts["unknown"] = parts.get("unknown", 0.0) + rest
            self._no_class += bool(rest)
        low, high = (_count(name, get(name)) for name in ("low", "high"))
        low, high = best if low is None else low, best if high is None else high
        self._swapped += not low <= best <= high
        return _shared(parts, min(low, best), best, max(high, best))

    def _classes(self, get: Callable[[str], str]) -> Iterable[tuple[str, str]]:
        for column, side in (("deaths_a", "side_a"), ("deaths_b", "side_b")):
            yield column, self._shape.meaning("victims", get(side)) or "unknown"
        yield "deaths_civilians", "civilians"
        yield "deaths_unknown", "unknown"

    def notes(self, rows: int) -> tuple[str, ...]:
        """What was assumed of the data set, in words."""
        notes = [f"{several(rows, 'event')} of {self._shape.name}, each taken to have happened."]
        if self._either:
            notes.append(
                f"Of {several(self._either, 'event')} the data set does not say who began: in each "
                "draw one of the two sides, with even chances."
            )
        if self._swapped:
            notes.append(
                f"{several(self._swapped, 'event')} whose best lies outside of low to high: the "
                "range was widened to hold it."
            )
        if self._no_class:
            notes.append(
                f"{several(self._no_class, 'event')} with dead of whom the data set does not say "
                "what they were: unknown."
            )
        return tuple(notes)


def _shared(
    parts: Mapping[str, float], low: float, best: float, high: float
) -> tuple[Ends | None, ...]:
    """The range of the whole shared over its classes as its best is."""
    if best <= 0:
        found: dict[str, Ends] = dict.fromkeys(parts, (0.0, 0.0, 0.0))
        if high > 0:
            found["unknown"] = (0.0, 0.0, high)
    else:
        found = {name: (n * low / best, n, n * high / best) for name, n in parts.items()}
    return tuple(found.get(name) for name in VICTIMS)


def _count(name: str, text: str) -> float | None:
    if not text:
        return None
    try:
        value = float(text)
    except ValueError:
        raise ValueError(f"{name} is {text!r}, no number") from None
    if not math.isfinite(value) or value < 0:
        raise ValueError(f"{name} is {text}, no number of people")
    return value


def _degrees(name: str, text: str, most: float) -> float | None:
    if not text:
        return None
    try:
        value = float(text)
    except ValueError:
        raise ValueError(f"{name} is {text!r}, no number") from None
    if not -most <= value <= most:
        raise ValueError(f"{name} is {text}, no degrees from -{most:g} to {most:g}")
    return value


def _date(text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text[:10])
    except ValueError:
        pass
    for form in DAY_FORMATS:
        try:
            return dt.datetime.strptime(text, form).date()
        except ValueError:
            continue
    raise ValueError(f"{text!r} is no date (write 2022-12-18)")


def _calendar(year: str, month: str, day: str) -> tuple[int, int]:
    """The days of a year, month or day; 0 stands for not known."""
    try:
        y, m, d = int(year), int(month or 0), int(day or 0)
        first = dt.date(y, m or 1, d or 1)
        if m and d:
            return first.toordinal(), first.toordinal()
        end = dt.date(y, m, calendar.monthrange(y, m)[1]) if m else dt.date(y, 12, 31)
    except ValueError:
        raise ValueError(f"{year}-{month}-{day} is no date") from None
    return first.toordinal(), end.toordinal()
