"""Place, time and type of an incident: the finest that accounts give and that best agrees.

Accounts that say less do not contradict those that say more: whoever says "Kunar province"
supports "Asadabad", "October" supports "8 October", "attack" supports "ambush". So the votes of
the coarser are counted for every finer value that they hold, and only what holds no other value
can be chosen. Where several such are left the accounts differ, and the best supported stands.
Because holding is transitive, an account that says less never changes the choice, and one that
says more, compatibly, only makes it finer.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Hashable, Sequence
from typing import Any, TypeVar

from contested.model import When, Where
from contested.reconcile.distance import distance_km
from contested.reconcile.units import length
from contested.world import World
from contested.world.names import fold

WIDE_KM = 60.0
DAYS = 3
"""A time of more days is too vague to stand against one of fewer, however many give it."""
FIRST, LAST = "0001-01-01", "9999-12-31"
T = TypeVar("T")


def finest(
    values: Sequence[T],
    key: Callable[[T], Hashable],
    holds: Callable[[T, T], bool],
    rank: Callable[[T, int, int], tuple[Any, ...]],
) -> T | None:
    """The value that holds no other one and comes first by `rank`; None where there is none.

    `key` says which values are the same; of these the one written most often stands for all.
    `holds(coarser, finer)` is a strict order. `rank` takes a value, its support (how many give
    it or what holds it) and how many give it alone; the highest comes first.
    """
    votes = Counter(map(key, values))
    written = Counter(map(repr, values))
    distinct: dict[Hashable, T] = {}
    for one in sorted(values, key=lambda v: (-written[repr(v)], repr(v))):
        distinct.setdefault(key(one), one)
    if len(distinct) < 2:
        return next(iter(distinct.values()), None)

    def ranked(one: T) -> tuple[Any, ...]:
        coarser = (votes[k] for k, other in distinct.items() if holds(other, one))
        own = votes[key(one)]
        return (*rank(one, own + sum(coarser), own), repr(one))

    leaves = [one for one in distinct.values() if not any(holds(one, o) for o in distinct.values())]
    return max(leaves, key=ranked)


def finest_type(types: Sequence[str], world: World) -> str:
    """The closest type that most accounts agree with; `attack` where there is none."""
    found = finest(
        types, str, world.type_holds, lambda t, support, own: (support, _depth(t, world), own)
    )
    return "attack" if found is None else found


def _depth(one: str, world: World) -> int:
    return len(world.type_path(one)) if one in world.event_types else 0


def finest_time(times: Sequence[When]) -> When | None:
    """The narrowest time that most accounts agree with; of equal ones the earlier."""
    return finest(
        times,
        _days,
        _spans,
        lambda t, support, own: (length(t) <= DAYS, support, -length(t), own, -_begins(t)),
    )


def _begins(time: When) -> int:
    return dt.date.fromisoformat(_days(time)[0]).toordinal()


def _days(time: When) -> tuple[str, str]:
    return (time.earliest or FIRST)[:10], (time.latest or LAST)[:10]


def _spans(outer: When, inner: When) -> bool:
    (first, last), (begun, ended) = _days(outer), _days(inner)
    return first <= begun and ended <= last and (first, last) != (begun, ended)


def finest_place(places: Sequence[Where]) -> Where | None:
    """The narrowest place that most accounts agree with.

    What has no point is only words: it stands where no account has a place with one.
    """
    known = [place for place in places if place.radius_km is not None and place.lat is not None]
    return finest(
        known or places,
        _identity,
        contains,
        lambda place, support, own: (support, -(place.radius_km or 0.0), own),
    )


def _identity(place: Where) -> Hashable:
    return place.name, place.admin1, place.country, place.lat, place.lon, place.radius_km


def contains(outer: Where, inner: Where) -> bool:
    """Whether a place holds a narrower one: of the same country and province, as far as it has
    any itself, and near enough for its radius. This is transitive.

    Provinces and countries are no circles: their furthest towns lie beyond the radius.
    """
    if outer.radius_km is None or inner.radius_km is None or outer.radius_km <= inner.radius_km:
        return False
    if outer.country and outer.country != inner.country:
        return False
    if outer.admin1 and fold(outer.admin1) != fold(inner.admin1 or ""):
        return False
    gap = distance_km(outer, inner)
    reach = 1.5 if outer.radius_km >= WIDE_KM else 1.25
    return gap is not None and gap <= reach * (outer.radius_km - inner.radius_km)
