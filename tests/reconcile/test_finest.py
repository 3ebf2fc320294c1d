"""What an incident is, where and when it was: the finest that accounts agree with."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from functools import partial
from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contested.model import When, Where
from contested.model.edtf import between, when
from contested.reconcile.finest import contains, finest_place, finest_time, finest_type
from contested.reconcile.units import length
from contested.world import World
from tests.reconcile.scenes import Scene

WORLD = World.load()
TYPES = sorted(WORLD.event_types)
AFGHANISTAN = Where("Afghanistan", "Afghanistan", None, "AF", 33.0, 66.0, 620.0)
KUNAR = Where("Kunar", "Kunar province", "Kunar", "AF", 34.85, 71.1, 75.0)
ASADABAD = Where("Asadabad", "Asadabad", "Kunar", "AF", 34.87, 71.15, 6.0)
JALALABAD = Where("Jalalabad", "Jalalabad", "Nangarhar", "AF", 34.43, 70.45, 5.0)


NARANG = Where("Narang", "Narang", "Kunar", "AF", 34.75, 71.05, 14.0)
WATAPUR = Where("Watapur", "Watapur", "Kunar", "AF", 34.95, 71.3, 12.0)
PESHAWAR = Where("Peshawar", "Peshawar", "Khyber Pakhtunkhwa", "PK", 34.0, 71.55, 12.0)
BORDER = Where("the border", "the border", None, None, 33.5, 70.5, 300.0)
AREAS = [(None, None), ("AF", None), ("AF", "Kunar"), ("AF", "Nangarhar"), ("PK", None)]
KNOWN = [AFGHANISTAN, KUNAR, ASADABAD, JALALABAD, NARANG, WATAPUR, PESHAWAR, BORDER]
PLACES = st.one_of(
    st.sampled_from(KNOWN),
    st.builds(
        lambda lat, lon, radius, area: Where(
            f"{lat} {lon}", "there", area[1], area[0], lat, lon, radius
        ),
        st.sampled_from([33.9, 34.6, 34.8, 35.1]),
        st.sampled_from([70.6, 71.1, 71.4]),
        st.sampled_from([4.0, 15.0, 48.0, 75.0, 620.0]),
        st.sampled_from(AREAS),
    ),
    st.builds(lambda name: Where(name, name), st.sampled_from(["Spin Tangi", "Wuch Bibi"])),
)
DAYS = st.integers(0, 9).map(lambda n: dt.date(2025, 10, 1) + dt.timedelta(n))
TIMES = st.one_of(
    st.builds(lambda a, b: between(a, b, "then"), DAYS, DAYS),
    DAYS.map(lambda day: when(day.isoformat())),
    st.sampled_from(["2025", "2025-10", "2025-10-08", "2025-10/..", "../2025-11"]).map(when),
)
SEVERAL = st.sampled_from(
    ["event", "attack", "armed_attack", "ambush", "raid", "armed_clash", "battle", "explosion",
     "bombing", "suicide_bombing", "ied", "airstrike", "prison_break", "shelling"]
)  # fmt: skip
Holds = Callable[[Any, Any], bool]


def _within(outer: When, inner: When) -> bool:
    first, last = outer.earliest or "0", outer.latest or "9"
    begun, ended = inner.earliest or "0", inner.latest or "9"
    return first <= begun and ended <= last and (first, last) != (begun, ended)


CASES = {
    "type": (SEVERAL, partial(finest_type, world=WORLD), WORLD.type_holds),
    "time": (TIMES, finest_time, _within),
    "place": (PLACES, finest_place, contains),
}
FIXED: dict[str, Sequence[Any]] = {"place": KNOWN}
kinds = pytest.mark.parametrize("kind", CASES)


def _case(kind: str) -> tuple[Any, Callable[[Sequence[Any]], Any], Holds]:
    return CASES[kind]  # type: ignore[return-value]


@kinds
@given(data=st.data())
def test_the_order_of_accounts_does_not_matter(kind: str, data: st.DataObject) -> None:
    values, choose, _ = _case(kind)
    said = data.draw(st.lists(values, min_size=1, max_size=12))
    assert choose(data.draw(st.permutations(said))) == choose(said)


@kinds
@given(data=st.data())
def test_what_is_chosen_was_said_and_holds_nothing_else_that_was(
    kind: str, data: st.DataObject
) -> None:
    values, choose, holds = _case(kind)
    said = data.draw(st.lists(values, min_size=1, max_size=12))
    chosen = choose(said)
    assert chosen in said
    assert not any(holds(chosen, other) for other in said)


@kinds
@given(data=st.data())
def test_a_coarser_compatible_account_never_changes_it(kind: str, data: st.DataObject) -> None:
    values, choose, holds = _case(kind)
    said = data.draw(st.lists(values, min_size=1, max_size=12))
    more = data.draw(st.lists(values, max_size=12))
    chosen = choose(said)
    for coarser in (one for one in more if holds(one, chosen)):
        said = [*said, coarser]
        assert choose(said) == chosen


@kinds
@given(data=st.data())
def test_a_finer_compatible_account_never_makes_it_coarser(kind: str, data: st.DataObject) -> None:
    values, choose, holds = _case(kind)
    said = data.draw(st.lists(values, min_size=1, max_size=12))
    chosen = choose(said)
    for finer in (one for one in data.draw(st.lists(values, max_size=12)) if holds(chosen, one)):
        found = choose([*said, finer])
        assert holds(chosen, found)
        assert not holds(found, finer)


@kinds
@given(data=st.data())
def test_holding_is_a_strict_order(kind: str, data: st.DataObject) -> None:
    values, _, holds = _case(kind)
    pool = [*data.draw(st.lists(values, min_size=8, max_size=14)), *FIXED.get(kind, ())]
    for a, b in product(pool, pool):
        assert not (holds(a, b) and holds(b, a))
        assert all(holds(a, c) for c in pool if holds(a, b) and holds(b, c))


def test_every_type_that_holds_another_is_near_to_it() -> None:
    """Where two types meet in one incident, the linker took them for alike."""
    for one in TYPES:
        for other in TYPES:
            if WORLD.type_holds(one, other):
                assert WORLD.type_distance(one, other) <= 0.45, (one, other)


def test_nearly_every_town_lies_in_its_province_and_its_country() -> None:
    """The radius of a named area and its name together say what belongs to it."""
    provinces = {(p.country, p.admin1): p for p in WORLD.places.values() if p.kind == "admin1"}
    towns = [p for p in WORLD.places.values() if p.country in ("PK", "AF") and p.kind == "town"]
    pairs = [(provinces.get((town.country, town.admin1)), town) for town in towns]
    within = [
        contains(_where(province), _where(town)) for province, town in pairs if province is not None
    ]
    assert len(within) > 300
    assert sum(within) >= 0.98 * len(within)


def _where(place: Any) -> Where:
    return Where(
        place.name, place.name, place.admin1, place.country, place.lat, place.lon, place.radius_km
    )


def test_a_town_in_the_province_that_most_name_is_where_it_was() -> None:
    assert finest_place([KUNAR, KUNAR, AFGHANISTAN, ASADABAD]) == ASADABAD


def test_of_two_towns_the_better_supported_stands() -> None:
    assert finest_place([JALALABAD, ASADABAD, KUNAR, AFGHANISTAN]) == ASADABAD
    assert finest_place([JALALABAD, JALALABAD, ASADABAD]) == JALALABAD


def test_a_town_of_another_province_is_not_within_this_one() -> None:
    assert finest_place([KUNAR, KUNAR, JALALABAD]) == KUNAR


def test_a_name_without_a_point_stands_only_alone() -> None:
    somewhere = Where("Wuch Bibi", "Wuch Bibi")
    assert finest_place([somewhere, somewhere, KUNAR]) == KUNAR
    assert finest_place([somewhere]) == somewhere
    assert finest_place([]) is None


def test_a_day_within_the_month_that_most_name_is_when_it_was() -> None:
    assert finest_time([when("2025-10"), when("2025-10"), when("2025-10-08")]) == when("2025-10-08")
    assert finest_time([when("2025-11"), when("2025-11"), when("2025-10-08")]) == when("2025-10-08")
    assert length(when("2025-10")) == 31


def test_of_two_times_the_better_supported_stands() -> None:
    week = between(dt.date(2025, 10, 6), dt.date(2025, 10, 12), "that week")
    assert finest_time([when("2025-10-08"), when("2025-10-15"), week]) == when("2025-10-08")
    two = between(dt.date(2025, 10, 8), dt.date(2025, 10, 9), "overnight")
    assert finest_time([two, two, when("2025-10-10")]) == two
    days = [when("2025-10-09"), when("2025-10-08"), when("2025-10-10")]
    assert finest_time(days) == when("2025-10-08")


def test_a_clash_may_have_been_an_ambush_and_not_the_other_way() -> None:
    assert finest_type(["armed_clash", "armed_clash", "ambush"], WORLD) == "ambush"
    assert finest_type(["explosion", "attack", "suicide_bombing"], WORLD) == "suicide_bombing"
    assert finest_type(["prison_break", "prison_break", "raid"], WORLD) == "prison_break"
    assert finest_type([], WORLD) == "attack"
    assert finest_type(["dogfight", "attack", "ambush"], WORLD) == "ambush"
    assert finest_type(["dogfight"], WORLD) == "dogfight"


def test_an_incident_takes_them_from_whichever_account_has_them() -> None:
    scene = Scene(type="armed_clash", where=KUNAR, when=when("2025-10"))
    for _ in range(2):
        scene.report(None, "2025-10-09")
    scene.event |= {"type": "ambush", "where": ASADABAD, "when": when("2025-10-07")}
    scene.report(None, "2025-10-09")
    found = scene.incident()
    assert (found.type, found.where, found.when) == ("ambush", ASADABAD, when("2025-10-07"))
    assert found.accounts == ()
