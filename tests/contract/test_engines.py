"""Both engines do the same: on small sets of accounts, and over the packaged sample."""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator
from importlib import resources
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pytest

from contested.model import to_plain
from contested.pipeline import Extracted, Record, Refusal, distributed, extract
from contested.reconcile.comparisons import comparisons
from contested.reconcile.duck import DuckEngine, DuckWords
from contested.reconcile.engines import Engine
from contested.reconcile.features import Row
from contested.reconcile.model import gammas, preset
from contested.reconcile.spark import SparkEngine
from contested.settings import Settings
from contested.spark import Cluster

ROWS = 160
PLACES = (
    ("kurram", "PK", 33.75, 70.2, 45.0),
    ("orakzai", "PK", 33.68, 70.95, 35.0),
    ("quetta", "PK", 30.18, 67.0, 15.0),
    ("kabul", "AF", 34.5, 69.2, 20.0),
    ("balochistan", "PK", 28.0, 66.0, 380.0),
    (None, "PK", None, None, None),
    (None, None, None, None, None),
)


def some(chance: random.Random, most: int) -> tuple[int, ...]:
    return tuple(sorted(chance.sample(range(1, 9), chance.randint(0, most))))


def row(n: int, chance: random.Random) -> Row:
    """An account at random, with everything that may be unknown unknown at times."""
    place, country, lat, lon, radius = chance.choice(PLACES)
    first = chance.choice((None, *[739_000 + chance.randint(0, 6)] * 5))
    kind = chance.choice((None, 1, 2, 3))
    return Row(
        id=f"c-{n:04}",
        report=f"r-{chance.randint(0, ROWS // 3)}",
        start=chance.randint(0, 3) * 100,
        ref=f"c-{chance.randint(0, ROWS):04}" if chance.random() < 0.1 else None,
        first=first,
        last=first if first is None else first + chance.choice((0, 0, 0, 1, 5, 40, 90)),
        assumed=chance.random() < 0.2,
        place=place,
        country=country,
        lat=lat,
        lon=lon,
        radius=radius,
        type=kind,
        close_types=some(chance, 3),
        cousin_types=some(chance, 3),
        initiators=some(chance, 2),
        targets=some(chance, 2),
        toll=some(chance, 3),
        toll_large=some(chance, 1),
        killed=chance.choice((None, 1, 8, 11, 22)),
        wounded=chance.choice((None, None, 3)),
        words=some(chance, 5),
        names=some(chance, 2),
        passage=chance.randint(0, 40),
    )


def rows() -> list[Row]:
    chance = random.Random(7)
    return [row(n, chance) for n in range(ROWS)]


@pytest.fixture(params=["duckdb", "spark"])
def engine(request: pytest.FixtureRequest) -> Engine:
    if request.param == "spark":
        return SparkEngine(request.getfixturevalue("spark"))
    return DuckEngine()


def pairs(engine: Engine, of: list[Row], new: frozenset[int] | None = None) -> list[Any]:
    session = engine.open(of, new=new)
    try:
        found = session.scores(preset())
    finally:
        session.close()
    return list(zip(found.left.tolist(), found.right.tolist(), found.weight.tolist(), strict=True))


@pytest.fixture(scope="module")
def known() -> dict[type, list[Any]]:
    """What each engine found among all rows, once found."""
    return {}


def all_pairs(engine: Engine, known: dict[type, list[Any]]) -> list[Any]:
    if type(engine) not in known:
        known[type(engine)] = pairs(engine, rows())
    return known[type(engine)]


def test_each_pair_comes_once_and_in_order(engine: Engine, known: dict[type, list[Any]]) -> None:
    found = [(a, b) for a, b, _ in all_pairs(engine, known)]
    assert len(found) > ROWS
    assert found == sorted(set(found))
    assert all(a < b for a, b in found)


def test_with_new_rows_only_their_pairs_come(engine: Engine, known: dict[type, list[Any]]) -> None:
    new = frozenset(range(ROWS - 12, ROWS))
    everything = all_pairs(engine, known)
    assert pairs(engine, rows(), new) == [p for p in everything if p[0] in new or p[1] in new]


def test_a_score_is_the_sum_of_the_weights_of_its_levels(
    engine: Engine, known: dict[type, list[Any]]
) -> None:
    model, names = preset(), {each.name: gammas(each) for each in comparisons(DuckWords())}
    scores = {(a, b): weight for a, b, weight in all_pairs(engine, known)}
    some_pairs = sorted(scores)[::20]
    session = engine.open(rows())
    try:
        levels = session.levels(model, some_pairs)
    finally:
        session.close()
    assert sorted(levels) == some_pairs
    for pair, found in levels.items():
        weights = [model.weight(name, names[name][level]) for name, level in found.items()]
        assert scores[pair] == pytest.approx(model.prior + sum(weights), abs=1e-6)


@pytest.mark.parametrize("number", [1, 2])
def test_rows_without_pairs_give_none(engine: Engine, number: int) -> None:
    far = [row for row in rows() if row.place in ("kabul", "quetta") and row.first is not None]
    apart = [next(row for row in far if row.place == place) for place in ("kabul", "quetta")]
    session = engine.open(apart[:number])
    try:
        assert len(session.scores(preset()).weight) == 0
        assert session.levels(preset(), []) == {}
    finally:
        session.close()


def test_both_engines_give_the_same_scores_to_the_last_bit(
    spark: Cluster, known: dict[type, list[Any]]
) -> None:
    assert all_pairs(DuckEngine(), known) == all_pairs(SparkEngine(spark), known)


def test_both_engines_give_the_same_patterns_to_estimate_from(spark: Cluster) -> None:
    sessions = [DuckEngine().open(rows()), SparkEngine(spark).open(rows())]
    try:
        one, other = (session.patterns(preset()) for session in sessions)
    finally:
        for session in sessions:
            session.close()
    assert one.counts.sum() > ROWS
    assert np.array_equal(one.levels, other.levels)
    assert np.array_equal(one.counts, other.counts)


@pytest.fixture(scope="module")
def sample() -> Iterator[list[Path]]:
    with resources.as_file(resources.files("contested") / "data" / "sample") as folder:
        yield sorted(path for path in folder.iterdir() if path.is_file())


def record(engine: str | None, sample: list[Path]) -> dict[str, list[Any]]:
    """All that a record of the sample says, but when it was told so; added in two steps."""
    with Record.temporary(Settings(engine=engine)) as made:
        for part in (sample[:40], sample):
            summary = made.add(part)
            assert summary.ok
        reports = [{**to_plain(one), "captured_at": None} for one in made.reports()]
        incidents = [to_plain(one) for one in made.incidents()]
        claims = [to_plain(one) for one in made.claims()]
        versions = [
            [{**to_plain(v), "at": None} for v in made.history(one["id"])] for one in incidents
        ]
    return {"reports": reports, "claims": claims, "incidents": incidents, "versions": versions}


def test_both_engines_give_the_same_record_on_the_sample(
    spark: Cluster, sample: list[Path]
) -> None:
    one, other = record(None, sample), record(spark.master, sample)
    assert len(one["incidents"]) > 50
    for what, told in one.items():
        assert told == other[what], what


def test_what_cannot_be_read_is_refused_as_on_one_machine(
    spark: Cluster, sample: list[Path], tmp_path: Path
) -> None:
    (tmp_path / "empty.txt").write_bytes(b"")
    paths = [tmp_path / "empty.txt", sample[0]]

    def told(engine: str | None) -> list[str]:
        with_claims: list[str] = []
        for one in extract(paths, Settings(engine=engine)):
            assert isinstance(one, Extracted | Refusal)
            with_claims.append(
                str(one.error) if isinstance(one, Refusal) else str(one.claims) + str(one.notes)
            )
        return with_claims

    assert told(spark.master) == told(None)


@pytest.mark.parametrize("pandas", ["there", "missing", "too old"])
def test_spark_maps_arrow_with_and_without_pandas(
    spark: Cluster, monkeypatch: pytest.MonkeyPatch, pandas: str
) -> None:
    if pandas == "missing":
        monkeypatch.setitem(sys.modules, "pandas", None)
    else:
        found = pytest.importorskip("pandas")
        monkeypatch.setattr(
            found, "__version__", "0.1" if pandas == "too old" else found.__version__
        )
    frame = spark.session.createDataFrame(pa.table({"n": [1, 2, 3]}))
    back = distributed._map_in_arrow(frame, lambda batches: batches, "n bigint").toArrow()
    assert sorted(back.column("n").to_pylist()) == [1, 2, 3]
