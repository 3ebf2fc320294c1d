"""The places: the supplement laid over the gazetteer, read when first asked for."""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache, partial
from itertools import accumulate

from contested.errors import TableError
from contested.world.gazetteer import WIDE, Gazetteer
from contested.world.names import fold
from contested.world.rows import PLACE_KINDS, Place
from contested.world.tables import Folder, Line, read

GAZETTEER = "gazetteer.npz"
SUPPLEMENT = "places.csv"
NEEDED = ("id", "name", "kind", "lat", "lon", "radius_km")
REMEMBERED = 16_384
"""So many names that were asked for are kept with their answers: names come again."""
WIDEST_KM = 12000.0
NARROWEST_KM = 0.1


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
        theirs = _gazetteer(folders[0])
        ours = {key: _with_twin(place, theirs) for key, (_, place) in table.items()}
        theirs.drop([*ours, *(_twin_id(place) for place in ours.values())])
        self._ours, self._theirs = ours, theirs
        self.by_id: Mapping[str, Place] = ChainMap(ours, theirs)  # type: ignore[arg-type]
        self._names: dict[str, list[Place]] = {}
        self._beginnings: set[str] = set()
        for place in ours.values():
            for key in dict.fromkeys(fold(name) for name in (place.name, *place.names)):
                self._names.setdefault(key, []).append(place)
                self._beginnings.update(accumulate(key.split(), lambda a, b: f"{a} {b}"))
        self._found = lru_cache(maxsize=REMEMBERED)(self._sought)
        self._begun = lru_cache(maxsize=REMEMBERED)(theirs.begins)

    def named(self, name: str) -> tuple[Place, ...]:
        """Places of that name: the supplement's first in its order, then countries, then by
        population."""
        return self._found(fold(name))

    def _sought(self, key: str) -> tuple[Place, ...]:
        return tuple(sorted([*self._names.get(key, ()), *self._theirs.named(key)], key=_prior))

    def begins(self, words: str) -> bool:
        """Whether some place's name is `words`, or begins with them and goes on."""
        key = fold(words)
        return key in self._beginnings or self._begun(key)

    def known(self) -> Iterator[Place]:
        """The supplement, and of the gazetteer what is no small town or district."""
        yield from self._ours.values()
        yield from self._theirs.known()

    def wide_names(self) -> Iterator[str]:
        """Folded names of countries and provinces."""
        yield from (fold(p.name) for p in self._ours.values() if p.kind in WIDE)
        yield from self._theirs.wide_names()

    def supplement(self) -> Iterator[Place]:
        """The places of the supplement."""
        yield from self._ours.values()


def _gazetteer(folder: Folder) -> Gazetteer:
    try:
        return Gazetteer(folder.bytes_of(GAZETTEER))
    except (OSError, KeyError, ValueError) as error:
        raise TableError(
            f"{GAZETTEER} cannot be read ({error}). Build it again with tools/build_gazetteer.py."
        ) from error


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
