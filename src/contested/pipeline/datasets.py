"""Tables of events of other data sets, read beside the record and under the same filters."""

from __future__ import annotations

import csv
import datetime as dt
import gzip
import io
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np

from contested.analyse.datasets import Names, Shape, events_of_rows, shape_of
from contested.analyse.events import Bools, Events
from contested.errors import DatasetError, UsageError
from contested.model.edtf import bounds
from contested.model.query import Query
from contested.pipeline.filters import actor_ids, spellings
from contested.record.protocol import EVERYTHING
from contested.settings import Settings
from contested.world import World, fold
from contested.world.tables import Folder, Line, read

GZIP = b"\x1f\x8b"
NOT_OF_DATA = {
    "kinds": "--kind",
    "status": "--status",
    "report": "--report",
    "speaker": "--speaker",
    "text": "--text",
    "sure": "--sure",
}


def read_dataset(
    path: str | Path, query: Query = EVERYTHING, settings: Settings | None = None
) -> Events:
    """The rows of a table of events that fit, as events.

    UCDP GED (old and new names of columns), ACLED, GTD and plain tables are known by their
    columns; the tables datasets.csv and dataset_values.csv say how, and your own tables may add
    others. Actors and countries get the names that the record has for them where it knows them.

    Raises DatasetError for a file or a row that cannot be used, and UsageError for a filter that
    only a record can answer.
    """
    tables = (settings or Settings()).tables
    world = World.load(tables)
    _refuse(query)
    name = str(path)
    lines = csv.DictReader(io.StringIO(_text(Path(path)), newline=""))
    try:
        header = [column for column in lines.fieldnames or () if column]
        if not header:
            raise DatasetError(name, "it is empty.", "Name a table with a heading.")
        shape = shape_of(name, header, shapes(tables))
        found = events_of_rows(name, lines, shape, _names(world))
    except csv.Error as error:
        raise DatasetError(name, f"it is no CSV table ({error}).", "Save it as CSV.") from error
    return found.where(fitting(found, query, world))


def shapes(tables: Path | None = None) -> list[Shape]:
    """The data sets that are known, yours first. Raises TableError for a row that is wrong."""
    folders = [Folder(None), *([Folder(tables)] if tables else [])]
    fields = read(folders, "datasets.csv", ("dataset", "field", "column"), _field, _key)
    values = read(folders, "dataset_values.csv", ("dataset", "field", "value"), _value, _key)
    found: dict[str, Shape] = {}
    for dataset, name, names, needed in (row for _, row in fields.values()):
        known = found.get(dataset) or Shape(name=dataset, columns={}, needed=frozenset(), values={})
        found[dataset] = replace(
            known,
            columns={**known.columns, name: names},
            needed=known.needed | ({name} if needed else frozenset()),
        )
    for dataset, name, value, means in (row for _, row in values.values()):
        if dataset in found:
            shape = found[dataset]
            more = [*shape.values.get(name, ()), (value, means)]
            found[dataset] = replace(shape, values={**shape.values, name: more})
    return [shape for shape in found.values() if shape.needed]


def _field(line: Line) -> tuple[str, str, tuple[str, ...], bool]:
    return line.need("dataset"), line.need("field"), line.several("column"), line.yes("needed")


def _value(line: Line) -> tuple[str, str, str, str]:
    means = line.cells.get("means") or ""
    return line.need("dataset"), line.need("field"), line.need("value"), means


def _key(row: tuple[object, ...]) -> str:
    return "\x1f".join(map(str, row[:2])) + ("\x1f" + str(row[2]) if len(row) > 3 else "")


def _text(path: Path) -> str:
    name = str(path)
    try:
        data = path.read_bytes()
        if data.startswith(GZIP):
            data = gzip.decompress(data)
        return data.decode("utf-8-sig")
    except FileNotFoundError:
        raise DatasetError(name, "there is no such file.", "Name a table of events.") from None
    except UnicodeDecodeError:
        raise DatasetError(name, "it is no text in UTF-8.", "Save it as CSV in UTF-8.") from None
    except (gzip.BadGzipFile, EOFError, zlib.error):
        raise DatasetError(name, "its compression is broken.", "Fetch it again.") from None
    except OSError as error:
        raise DatasetError(name, f"it cannot be read ({error.strerror}).", "See to it.") from None


def _names(world: World) -> Names:
    actors = {str(one.ucdp_id): one.id for one in world.actors.values() if one.ucdp_id}

    @cache
    def country(name: str) -> str:
        for given in (name, name.partition(" (")[0]):
            for place in world.places_named(given) if given else ():
                if place.kind == "country" and place.country:
                    return place.country
        return name

    return Names(actors=actors, country=country)


# ---- filters ---------------------------------------------------------------------------------


def _refuse(query: Query) -> None:
    for name, option in NOT_OF_DATA.items():
        if getattr(query, name):
            raise UsageError(f"{option} asks what reports say; a table of events has none.")


def fitting(events: Events, query: Query, world: World) -> Bools:
    """Which rows fit a query."""
    keep = np.ones(len(events), dtype=np.bool_)
    if query.since or query.until:
        first, last = _day("since", query.since, 0), _day("until", query.until, 1)
        keep &= events.dated & (events.last >= first)
        keep &= (events.first <= last) if last else True
    if query.type is not None:
        known = sorted({one for one in events.types if one})
        if query.type not in known:
            raise UsageError(f"--type {query.type}: this table has {', '.join(known[:12])}.")
        keep &= np.array([one == query.type for one in events.types])
    if query.place is not None:
        fits = _place(query.place, world)
        keep &= np.array(
            [
                any(one and fits(one) for one in row)
                for row in zip(events.countries, events.admin1, events.places, strict=True)
            ],
            dtype=np.bool_,
        )
    if query.actors:
        keep &= _of_actors(events, query.actors, world)
    rows = np.flatnonzero(keep)[query.offset :]
    taken = rows if query.limit is None else rows[: query.limit]
    return np.isin(np.arange(len(events)), taken)


def _day(name: str, edtf: str | None, end: int) -> int:
    try:
        found = bounds(edtf)[end] if edtf else None
    except ValueError as error:
        raise UsageError(f"{name}: {edtf!r} is no date. Write 2022-12-18, 2022-12 or 2022.") from (
            error
        )
    return found.toordinal() if isinstance(found, dt.date) else 0


def _place(given: str, world: World) -> Callable[[str], bool]:
    wanted = {fold(one) for one in (given, *spellings(given, world))}

    @cache
    def fits(name: str) -> bool:
        folded = fold(name)
        return folded in wanted or any(folded.startswith(f"{one} ") for one in wanted)

    return fits


def _of_actors(events: Events, given: tuple[str, ...], world: World) -> Bools:
    wanted = {actor for one in given for actor in _ids(one, events, world)}
    sides = {n for n, side in enumerate(events.sides) if not wanted.isdisjoint(side)}
    return np.array(
        [
            target in sides or any(side in sides for side, _ in row)
            for row, target in zip(events.initiators, events.targets.tolist(), strict=True)
        ],
        dtype=np.bool_,
    )


def _ids(given: str, events: Events, world: World) -> Iterator[str]:
    """The actors of the table that are meant: by name in it, or as the record knows them."""
    there: Mapping[str, str] = {fold(name): name for side in events.sides for name in side}
    if fold(given) in there:
        yield there[fold(given)]
        return
    wanted = set(actor_ids(given, world))
    yield from (id for id in world.actors if not wanted.isdisjoint(world.ancestors(id)))
