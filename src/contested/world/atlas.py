"""The places: the supplement laid over the gazetteer, read when first asked for.

The gazetteer has tens of thousands of rows. They are indexed by name at once, and made into
`Place` objects one by one when asked for.
"""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import NamedTuple

from contested.world.names import fold, fold_text, trim
from contested.world.rows import PLACE_KINDS, Place
from contested.world.tables import Folder, Line, read

GAZETTEER = "gazetteer.csv.gz"
SUPPLEMENT = "places.csv"
COLUMNS = (
    "id", "name", "names", "kind", "admin1", "country",
    "lat", "lon", "radius_km", "geonameid", "population", "source",
)  # fmt: skip
NEEDED = ("id", "name", "kind", "lat", "lon", "radius_km")
WIDEST_KM = 12000.0
NARROWEST_KM = 0.1


class Named(NamedTuple):
    """What a place is, and its names as written and as they are looked up."""

    kind: str
    names: Sequence[str]
    folded: Sequence[str]


class Gazetteer(Mapping[str, Place]):
    """The packaged gazetteer by id. A row is read, and checked, when it is asked for."""

    def __init__(self, folder: Folder) -> None:
        """Read the table. Raises `TableError`."""
        self._rows = {cells[0]: cells for cells in folder.cells(GAZETTEER, COLUMNS)}

    def drop(self, keys: Iterable[str]) -> None:
        """Take rows out, those that a supplement replaces; unknown ids do nothing."""
        for key in keys:
            self._rows.pop(key, None)

    def folded_names(self) -> Iterator[tuple[str, list[str]]]:
        """Every id with its folded names, which still need `trim`."""
        at = COLUMNS.index("name")
        text = "\n".join(f"{cells[at]}|{cells[at + 1]}" for cells in self._rows.values())
        for key, line in zip(self._rows, fold_text(text).split("\n"), strict=True):
            yield key, line.split("|")

    def named(self) -> Iterator[Named]:
        """Kind and names of every row, which is not read for it."""
        kind, name = COLUMNS.index("kind"), COLUMNS.index("name")
        several = COLUMNS.index("names")
        for (_, folded), cells in zip(self.folded_names(), self._rows.values(), strict=True):
            written = (cells[name], *cells[several].split("|"))
            yield Named(cells[kind], written, [trim(each) for each in folded])

    def __getitem__(self, key: str) -> Place:
        cells = dict(zip(COLUMNS, self._rows[key], strict=True))
        return _place(Line(f"{GAZETTEER} ({key})", 0, cells, own=False), supplement=False)

    def __iter__(self) -> Iterator[str]:
        return iter(self._rows)

    def __len__(self) -> int:
        return len(self._rows)


class Atlas:
    """All places by id and by name.

    A row of the supplement takes the place of the gazetteer's row with the same GeoNames id,
    and keeps its names. Raises `TableError` for a row that does not hold.
    """

    def __init__(self, folders: Sequence[Folder], known_source: Callable[[Line], None]) -> None:
        parse = partial(_place, supplement=True)
        table = read(folders, SUPPLEMENT, NEEDED, parse, _place_id)
        for line, _ in table.values():
            known_source(line)
        theirs = Gazetteer(folders[0])
        ours = {key: _with_twin(place, theirs) for key, (_, place) in table.items()}
        theirs.drop([*ours, *(_twin_id(place) for place in ours.values())])
        self._ours, self._theirs = ours, theirs
        self.by_id: Mapping[str, Place] = ChainMap(ours, theirs)  # type: ignore[arg-type]
        self._names: dict[str, list[str]] = {}
        for key, place in ours.items():
            self._index(key, [fold(name) for name in (place.name, *place.names)])
        for key, names in theirs.folded_names():
            self._index(key, names)

    def _index(self, place: str, names: Sequence[str]) -> None:
        for name in names:
            key = trim(name)
            known = self._names.setdefault(key, [])
            if key and (not known or known[-1] != place):
                known.append(place)

    def names(self) -> Iterator[Named]:
        """The names of all places, without making a `Place` of each."""
        for place in self._ours.values():
            names = (place.name, *place.names)
            yield Named(place.kind, names, [fold(name) for name in names])
        yield from self._theirs.named()

    def named(self, name: str) -> tuple[Place, ...]:
        """Places of that name: the supplement's first in its order, then countries, then by
        population."""
        found = [self.by_id[key] for key in self._names.get(fold(name), ())]
        return tuple(sorted(found, key=_prior))


def _twin_id(place: Place) -> str:
    return f"gn-{place.geonameid}"


def _place_id(place: Place) -> str:
    return place.id


def _prior(place: Place) -> tuple[bool, bool, int]:
    if place.supplement:
        return (False, False, 0)
    return (True, place.kind != "country", -place.population)


def _with_twin(place: Place, gazetteer: Mapping[str, Place]) -> Place:
    """The supplement's row, with the names and the population that the gazetteer adds."""
    twin = gazetteer.get(_twin_id(place))
    if twin is None:
        return place
    names = dict.fromkeys((*place.names, twin.name, *twin.names))
    names.pop(place.name, None)
    return replace(place, names=tuple(names), population=place.population or twin.population)


def _place(line: Line, *, supplement: bool) -> Place:
    return Place(
        id=line.need("id"),
        name=line.need("name"),
        names=line.several("names"),
        kind=line.one_of("kind", PLACE_KINDS),
        admin1=line.maybe("admin1"),
        country=line.maybe("country"),
        lat=line.number_in("lat", -90, 90),
        lon=line.number_in("lon", -180, 180),
        radius_km=line.number_in("radius_km", NARROWEST_KM, WIDEST_KM),
        geonameid=line.integer("geonameid"),
        population=line.integer("population") or 0,
        source=line.source(),
        supplement=supplement,
    )
