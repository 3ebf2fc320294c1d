"""Linking: blocking, comparisons, weights, clusters that do not chain, decisions over weights."""

from __future__ import annotations

import json
import logging
import math
import random
from dataclasses import replace
from itertools import combinations

import duckdb
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from splink import DuckDBAPI, Linker

from contested.reconcile.blocking import SHIFT_DAYS, is_vague
from contested.reconcile.candidates import Columns, near
from contested.reconcile.cluster import Bounds, cluster
from contested.reconcile.comparisons import NEAR_KM, UNKNOWN, comparisons
from contested.reconcile.duck import DuckEngine, DuckWords
from contested.reconcile.engines import account_table
from contested.reconcile.estimate import Patterns, estimate
from contested.reconcile.features import Row, word_hash
from contested.reconcile.link import Decided, Linking, link
from contested.reconcile.model import LinkModel, gammas, preset

DAY = 739_000


def row(number: int, **values: object) -> Row:
    plain = Row(
        id=f"c-{number:04}", report=f"r-{number}", start=0, ref=None, first=DAY, last=DAY,
        assumed=False, place="kurram", country="PK", lat=33.7, lon=70.2, radius=10.0,
        type=word_hash("ambush"), close_types=(word_hash("ambush"),), cousin_types=(),
        initiators=(1,), targets=(2,), toll=(), toll_large=(), killed=None, wounded=None,
        words=(), names=(), passage=number,
    )  # fmt: skip
    return replace(plain, **values)  # type: ignore[arg-type]


def groups(rows: list[Row], decided: Decided = Decided()) -> set[frozenset[int]]:  # noqa: B008
    return {frozenset(each) for each in link(rows, Linking(), decided).groups}


# Comparing


def test_every_level_has_a_weight_and_no_weight_is_left_over() -> None:
    known = comparisons(DuckWords())
    wanted = {(c.name, level.name) for c in known for level in c.levels if level.name != UNKNOWN}
    assert set(preset().odds) == wanted
    for each in known:
        assert len(set(gammas(each).values())) == len(gammas(each)), each.name


def test_splink_finds_no_fault_with_the_settings(caplog: pytest.LogCaptureFixture) -> None:
    """It is asked here, and not at each gathering, where its asking takes longer than the work."""
    with duckdb.connect(":memory:") as connection:
        connection.register("rows", account_table([row(1), row(2)]))
        connection.execute("create table accounts as select * from rows")
        table = DuckDBAPI(connection=connection).register("accounts")
        wanted = preset().settings(comparisons(DuckWords()))
        with caplog.at_level(logging.WARNING, logger="splink"):
            Linker(table, wanted, log_level=None)
            assert all("No null level" in each.message for each in caplog.records)
            wanted["comparisons"][0]["comparison_levels"][1]["sql_condition"] = "nothing_l = 1"
            Linker(table, wanted, log_level=None)
            assert "nothing" in caplog.text


@pytest.mark.parametrize(
    ("comparison", "one", "other", "level"),
    [
        ("time", {}, {}, "same_day"),
        ("time", {}, {"first": DAY + 1, "last": DAY + 1}, "next_day"),
        ("time", {}, {"first": DAY - 20, "last": DAY + 5}, "same_weeks"),
        ("time", {}, {"first": None, "last": None}, UNKNOWN),
        ("time", {}, {"first": DAY - 10, "last": DAY, "assumed": True}, "reported_together"),
        ("place", {}, {}, "same_town"),
        ("place", {}, {"place": "parachinar", "lat": 33.75}, "in_town"),
        ("place", {}, {"place": "kp", "radius": 120.0, "lat": 34.2}, "in_province"),
        ("place", {}, {"place": "quetta", "lat": 30.2, "lon": 67.0}, "apart"),
        ("place", {}, {"lat": None, "lon": None, "radius": None, "place": None}, UNKNOWN),
        ("initiator", {}, {"initiators": ()}, UNKNOWN),
        ("initiator", {}, {"initiators": (2,), "targets": (1,)}, "crossed"),
        ("initiator", {}, {"initiators": (9,), "targets": (8,)}, "apart"),
        ("toll", {"killed": 11, "toll": (7,), "toll_large": (7,)},
         {"killed": 11, "toll": (7,), "toll_large": (7,)}, "equal_large"),
        ("toll", {"killed": 11, "toll": (7,)}, {"killed": 22, "toll": (8,)}, "unlike"),
        ("toll", {"killed": 11, "toll": (7,)}, {}, UNKNOWN),
        ("words", {"names": (1, 2, 3)}, {"names": (1, 2, 3)}, "several"),
        ("words", {"passage": 5}, {"passage": 5}, "same_passage"),
        ("report", {}, {"report": "r-0", "start": 9}, "same"),
        ("report", {}, {"report": "r-0", "ref": "c-0000", "start": 9}, "reference"),
    ],
)  # fmt: skip
def test_levels(
    comparison: str, one: dict[str, object], other: dict[str, object], level: str
) -> None:
    session = DuckEngine().open([row(0, **one), row(1, **other)])
    try:
        found = session.levels(preset(), [(0, 1)])[0, 1]
    finally:
        session.close()
    names = {each.name: gammas(each) for each in comparisons(DuckWords())}
    assert names[comparison][found[comparison]] == level


def test_the_weight_of_a_pair_is_the_sum_of_its_levels() -> None:
    session = DuckEngine().open([row(0), row(1, first=DAY + 1, last=DAY + 1, names=(4,))])
    try:
        (weight,) = session.scores(preset()).weight
        levels = session.levels(preset(), [(0, 1)])[0, 1]
    finally:
        session.close()
    names = {each.name: gammas(each) for each in comparisons(DuckWords())}
    parts = [preset().weight(name, names[name][number]) for name, number in levels.items()]
    assert weight == pytest.approx(preset().prior + sum(parts))


# Blocking

places = st.tuples(
    st.floats(33, 35), st.floats(69, 72), st.sampled_from([3.0, 10.0, 45.0, 120.0, 300.0])
)
times = st.one_of(
    st.none(), st.tuples(st.integers(DAY, DAY + 30), st.sampled_from([0, 1, 5, 28, 80]))
)


@given(st.lists(st.tuples(places, times), min_size=2, max_size=12))
@settings(max_examples=20, deadline=None)
def test_whatever_is_near_in_time_and_place_is_compared_once(
    given_: list[tuple[tuple[float, float, float], tuple[int, int] | None]],
) -> None:
    rows = []
    for n, ((lat, lon, radius), time) in enumerate(given_):
        first, last = (time[0], sum(time)) if time else (None, None)
        rows.append(row(n, lat=lat, lon=lon, radius=radius, first=first, last=last))
    session = DuckEngine().open(rows)
    try:
        scores = session.scores(preset())
    finally:
        session.close()
    found = list(zip(scores.left.tolist(), scores.right.tolist(), strict=True))
    assert len(set(found)) == len(found)
    columns = Columns(*(
        np.array([getattr(r, name) if name else n for n, r in enumerate(rows)], dtype=float)
        for name in ("", "first", "last", "lat", "lon", "radius")
    ))  # fmt: skip
    for one, other in combinations(range(len(rows)), 2):
        if meets(rows[one], rows[other]):
            assert (one, other) in found
        if (one, other) in found:
            assert other in near([rows[one]], columns).tolist()


def meets(one: Row, other: Row) -> bool:
    """Whether two rows must be compared, told without any grid."""
    assert one.lat is not None and other.lat is not None
    assert one.lon is not None and other.lon is not None
    assert one.radius is not None and other.radius is not None
    north = (one.lat - other.lat) * 111.2
    east = (one.lon - other.lon) * 111.2 * math.cos(math.radians(one.lat))
    wide = max(one.radius, other.radius) > 130
    if math.hypot(north, east) > one.radius + other.radius - 1:
        return False
    if is_vague(one) or is_vague(other):
        timed = all(None not in (r.first, r.last) for r in (one, other))
        return not wide and (not timed or gap(one, other) <= SHIFT_DAYS)
    return gap(one, other) <= (1 if wide else SHIFT_DAYS)


def gap(one: Row, other: Row) -> int:
    assert one.first is not None and one.last is not None
    assert other.first is not None and other.last is not None
    return max(one.first - other.last, other.first - one.last)


def test_far_places_are_not_compared_and_near_is_wider_than_the_areas() -> None:
    rows = [row(0), row(1, lat=33.7 + (20 + NEAR_KM - 2) / 111.2), row(2, lat=35.0)]
    session = DuckEngine().open(rows)
    try:
        scores = session.scores(preset())
    finally:
        session.close()
    pairs = set(zip(scores.left.tolist(), scores.right.tolist(), strict=True))
    assert (0, 2) not in pairs


# Weights


def test_weights_are_found_again_in_what_was_drawn_by_them() -> None:
    known = comparisons(DuckWords())
    truth, chance = preset(), random.Random(4)
    odds = truth.odds
    counts: dict[tuple[int, ...], int] = {}
    drawn = {}
    for each in known:
        names = {n: name for n, name in gammas(each).items() if name != UNKNOWN}
        m = np.array([odds[each.name, names[n]].m for n in range(len(names))])
        u = np.array([1.0 / len(names)] * len(names))
        m = m / m.sum()
        drawn[each.name] = (m, u)
    for _ in range(40_000):
        match = chance.random() < 0.1
        pattern = tuple(
            chance.choices(range(len(drawn[c.name][0])), drawn[c.name][0 if match else 1].tolist())[
                0
            ]
            for c in known
        )
        counts[pattern] = counts.get(pattern, 0) + 1
    patterns = Patterns(np.array(list(counts)), np.array(list(counts.values()), dtype=float))
    found = estimate(patterns, known, truth, 9_999)
    assert 2**found.prior / (1 + 2**found.prior) == pytest.approx(0.1, abs=0.02)
    assert found.accounts == 9_999
    m, u = drawn["time"]
    names = gammas(known[0])
    for number, name in names.items():
        if name != UNKNOWN and m[number] > 0.05:
            expected = math.log2(m[number] / u[number])
            assert found.weight("time", name) == pytest.approx(expected, abs=0.5)


@pytest.mark.parametrize(
    ("apart", "happenings", "why"),
    [
        (0, 1, "their pairs do not fall into those of one happening and those of two"),
        (20, 1100, "no two of them are near enough in time and place"),
    ],
)
def test_where_all_or_none_are_one_the_packaged_weights_are_kept_and_it_is_said(
    apart: int, happenings: int, why: str
) -> None:
    days = [DAY + apart * n for n in range(1100)]
    found = link([row(n, first=day, last=day) for n, day in enumerate(days)], Linking())
    assert len(found.groups) == happenings
    assert replace(found.model, accounts=0, kept="", common=frozenset()) == preset()
    assert found.model.accounts == 1100  # it is not tried again before there are far more
    assert why in found.model.kept
    assert not found.model.outdated
    assert LinkModel.from_json(found.model.to_json()) == found.model


def test_packaged_weights_that_are_others_now_are_outdated_and_estimated_ones_never() -> None:
    other = replace(preset(), prior=-8.0)
    assert other.outdated
    assert replace(other, accounts=1100, kept="nothing to learn").outdated
    assert not replace(other, accounts=1100).outdated


def test_a_handful_of_other_pairs_teaches_nothing() -> None:
    known = comparisons(DuckWords())
    time = {name: number for number, name in gammas(known[0]).items()}
    levels = np.full((2, len(known)), -1)
    levels[:, 0] = time["same_day"], time["apart"]
    few = Patterns(levels, np.array([5000.0, 3.0]))
    kept = estimate(few, known, preset(), 2000).kept
    assert kept.startswith("linked with the packaged weights: 2,000 accounts")


def test_a_model_comes_back_from_its_json() -> None:
    model = replace(preset(), common=frozenset((3, 5)), accounts=7)
    assert LinkModel.from_json(model.to_json()) == model
    assert model.probability(0.0) == 0.5 < model.probability(10.0)
    assert 0.0 < model.probability(-1e9) < model.probability(1e9) <= 1.0


def test_a_model_of_an_earlier_version_is_still_read() -> None:
    body = json.loads(preset().to_json()) | {"slope": 1.0, "shift": 0.0}
    assert LinkModel.from_json(json.dumps(body)) == preset()


def test_a_row_comes_back_from_its_json() -> None:
    one = row(3, toll=(4, 5), lat=None, words=(1,))
    assert Row.from_json(one.to_json()) == one


# Clusters


def test_an_attack_and_its_reprisal_next_day_stay_two() -> None:
    attack = [row(n, names=(5, 6), killed=11, toll=(1,), toll_large=(1,)) for n in (0, 1)]
    reprisal = [
        row(n, first=DAY + 1, last=DAY + 1, initiators=(2,), targets=(1,), killed=3, toll=(2,),
            type=word_hash("airstrike"), close_types=(word_hash("airstrike"),))
        for n in (2, 3)
    ]  # fmt: skip
    vague = row(4, first=DAY, last=DAY + 1, initiators=(), targets=(), type=None, close_types=())
    found = groups([*attack, *reprisal, vague])
    assert not any({0, 1} & each and {2, 3} & each for each in found)
    assert any({0, 1} <= each for each in found)
    assert any({2, 3} <= each for each in found)


def test_no_group_spans_more_days_than_accounts_may_shift() -> None:
    pairs = [(n, n + 1, 9.0) for n in range(5)]
    spans = [(DAY + 2 * n, DAY + 2 * n) for n in range(6)]
    found = cluster(6, pairs, spans=spans, bounds=Bounds(join=1))
    for one, other in combinations(range(6), 2):
        if found.find(one) == found.find(other):
            assert abs(spans[one][0] - spans[other][0]) <= SHIFT_DAYS


def test_decisions_go_before_all_weights() -> None:
    rows = [row(0), row(1), row(2, lat=30.0, lon=67.0, place="quetta")]
    assert groups(rows) == {frozenset((0, 1)), frozenset((2,))}
    together = Decided(together=[[0, 2]])
    assert any({0, 2} <= each for each in groups(rows, together))
    apart = Decided(apart=[([0], [1])])
    assert groups(rows, apart) == {frozenset((0,)), frozenset((1,)), frozenset((2,))}
