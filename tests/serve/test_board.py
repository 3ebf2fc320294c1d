"""The columns answer as the record does, follow what is written, and add up."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, Literal

import numpy as np
import pytest

from contested import Query, Record
from contested.analyse import trend
from contested.errors import UsageError
from contested.model import ActorRef, Where
from contested.pipeline.stages import Stages
from contested.record import SqlStore
from contested.serve.asked import Asked
from contested.serve.board import Board
from contested.serve.board.clusters import clusters, extent
from contested.serve.board.months import months
from contested.serve.board.sums import facets, sums
from contested.serve.overview import news
from contested.serve.source import Source
from contested.settings import Settings
from tests.analyse.samples import figure, toll
from tests.analyse.samples import incident as made
from tests.serve.samples import build

QUERIES = (
    Query(),
    Query(since="2025-10", until="2025-10"),
    Query(since="2026"),
    Query(until="2025-10-08"),
    Query(place="kurram"),
    Query(place="PK"),
    Query(place="FR"),
    Query(actors=("ttp",)),
    Query(actors=("pakistan",)),
    Query(actors=("Pakistani Taliban", "pakistan")),
    Query(type="ambush"),
    Query(type="attack"),
    Query(speaker="pakistan-ispr"),
    Query(speaker="spokesman"),
    Query(kinds=("casualties",)),
    Query(kinds=("agreement", "event")),
    Query(sure=0.0),
    Query(sure=0.9),
    Query(sure=0.91),
    Query(sure=0.9, kinds=("agreement", "statistic")),
    Query(sure=0.5, kinds=("statistic",), place="PK"),
)


@pytest.fixture
def own(tmp_path: Path) -> Iterator[Record]:
    """A record that a test may write to."""
    path = tmp_path / "own.sqlite"
    build(path)
    with Record(SqlStore.open(path, create=False), Stages(Settings())) as opened:
        yield opened


@pytest.mark.parametrize("query", QUERIES, ids=str)
def test_incidents_are_those_of_the_record(record: Record, query: Query) -> None:
    chosen = Board(record).chosen(query)
    ids = chosen.incidents["id"]
    orders: tuple[Literal["time", "disputed"], ...] = ("time", "disputed")
    for order in orders:
        expected = [one.id for one in record.incidents(query, order)]
        assert ids[chosen.ordered(order)].tolist() == expected


@pytest.mark.parametrize("query", QUERIES, ids=str)
def test_claims_and_reports_are_those_of_the_record(record: Record, query: Query) -> None:
    board = Board(record)
    numbers = board.claims_fitting(query).tolist()
    assert board.briefs.claims_by_number(numbers) == list(record.claims(query))
    found = board.briefs.reports_by_run(board.reports_fitting(query).tolist())
    told = {claim.report for claim in record.claims(query)}
    if query.since or query.until:
        assert found == record.reports(query)
    else:
        assert [stored.report.id for stored in found] == [
            stored.report.id
            for stored in record.reports()
            if stored.report.id in told or query == Query()
        ]


def test_statuses_and_words(record: Record) -> None:
    board = Board(record)
    for status in ("disputed", "unconfirmed", "denied"):
        query = Query(status=(status,))
        assert len(board.chosen(query)) == len(record.incidents(query))
    occurred = Query(status=("occurred",))
    assert len(board.claims_fitting(occurred)) == len(list(record.claims(occurred)))
    assert len(board.claims_fitting(Query(text='"dead soldiers"'))) == 2
    assert len(board.chosen(Query(text="soldiers"))) == 1
    assert len(board.chosen(Query(text="soldiers", kinds=("agreement",)))) == 0
    assert len(board.chosen(Query(text="soldiers", kinds=("casualties",)))) == 1
    assert len(board.reports_fitting(Query(text="ceasefire"))) == 1
    assert len(board.chosen(Query(text="soldiers", sure=0.9))) == 1
    assert len(board.chosen(Query(text="soldiers", sure=0.91))) == 0
    with pytest.raises(UsageError, match="no date"):
        board.chosen(Query(since="some day"))


def test_what_is_written_is_followed(own: Record) -> None:
    board = Board(own)
    before = len(board.chosen(Query()))
    claims = len(board.claims_fitting(Query()))
    first = own.incidents()[0]
    own.store.put_incidents([replace(first, status="denied")])
    chosen = board.chosen(Query())
    assert before == 2
    assert chosen.incidents["id"].tolist() == [first.id]
    assert chosen.incidents.word("status", 0) == "denied"
    stored = own.reports()[0]
    found = [claim for claim in own.claims() if claim.report == stored.report.id]
    data = own.store.original(stored.report.sha256)
    own.store.add(stored.report, data, found[:1], method="anew")
    assert len(board.claims_fitting(Query())) == claims - len(found) + 1
    assert board.briefs.claims_by_number(board.claims_fitting(Query()).tolist()) == list(
        own.claims()
    )


def test_the_past_is_in_columns_too(own: Record) -> None:
    past = own.as_of("2025-10-09")
    ids = Board(past).chosen(Query()).incidents["id"].tolist()
    assert ids == [one.id for one in past.incidents()]
    assert len(ids) == 1


def test_a_disputed_incident_stays_where_it_was_changed(own: Record) -> None:
    source = Source(own)
    moment = dt.datetime(2025, 10, 9, 18, tzinfo=dt.UTC)
    told = news(source, moment)
    assert (told.new, told.changed) == (1, 1)
    assert (news(source, dt.datetime.now(dt.UTC)).new, told.moment) == (0, "2025-10-09T18:00:00Z")
    asked = Asked.of("/incidents", [("changed", told.moment)])
    assert len(source.board.chosen(asked.query, since=asked.changed)) == 2


SPANS = (
    "2025-01-05", "2025-01-05/2025-01-09", "2025-01", "2025-02", "2025", "2024-11/2025-03",
    "2025-02-27/2025-03-02", "2025-01-20/..", "../2025-02-10", "2025-03-30", None,
)  # fmt: skip
SPOTS = ((33.8, 70.1, 5.0), (33.8, 70.1, 25.0), (34.5, 69.2, 10.0), (34.51, 69.21, None), None)


def many(number: int) -> list[Any]:
    """Incidents with every kind of time, status, toll and place."""
    chance = random.Random(7)
    tolls = ((), (toll(0, 0, 3, figure("ispr", 3)),), (toll(3, 5, 12, figure("ttp", 12, None)),))
    return [
        made(
            f"i-{n:012}",
            chance.choice(SPANS),
            *chance.choice(tolls),
            where=Where(f"p{n % 5}", "there", "Somewhere", "PK", *spot) if spot else None,
            status=chance.choice(("disputed", "unconfirmed", "corroborated", "denied")),
            initiators=(ActorRef(chance.choice(("ttp", "pakistan", None)), "men"),),
        )
        for n in range(number)
        for spot in (chance.choice(SPOTS),)
    ]


@pytest.fixture(scope="module")
def crowd(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Record]:
    path = tmp_path_factory.mktemp("crowd") / "crowd.sqlite"
    with Record(SqlStore.open(path), Stages(Settings())) as opened:
        opened.store.put_incidents(many(300))
        yield opened


@pytest.mark.parametrize("by", ["day", "month", "year"])
def test_months_are_those_of_the_trend(crowd: Record, by: Any) -> None:
    expected = trend(crowd.incidents(), by=by)
    found = months(Board(crowd).chosen(Query()), by=by)
    assert found is not None
    assert found.answer == expected.answer
    assert found.undated == expected.undated
    assert [row.period for row in found.rows] == [row.period for row in expected.rows]
    for mine, theirs in zip(found.rows, expected.rows, strict=True):
        assert mine.incidents.best == pytest.approx(theirs.incidents.best, abs=0.011)
        assert replace(mine.incidents, best=0) == replace(theirs.incidents, best=0), mine.period
        assert (mine.deaths is None) == (theirs.deaths is None), mine.period
        if mine.deaths and theirs.deaths:
            assert mine.deaths.best == pytest.approx(theirs.deaths.best, abs=0.011)
            assert replace(mine.deaths, best=0) == replace(theirs.deaths, best=0), mine.period
        assert mine.without_toll == theirs.without_toll
    rules = [words for words in expected.assumptions if "by the rule" not in words]
    assert list(found.assumptions) == rules


def test_a_filtered_part_adds_up(crowd: Record) -> None:
    board = Board(crowd)
    disputed = board.chosen(Query(status=("disputed",)))
    expected = trend(crowd.incidents(Query(status=("disputed",))), by="month")
    found = months(disputed, by="month")
    assert found is not None
    assert [row.incidents for row in found.rows] == [row.incidents for row in expected.rows]
    assert months(board.chosen(Query(status=("disputed",), place="FR"))) is None


def test_sums_and_facets(crowd: Record) -> None:
    incidents = crowd.incidents()
    board = Board(crowd)
    found = sums(board.chosen(Query()))
    assert found.incidents == len(incidents) == sum(n for _, n in found.statuses)
    unsure = [one for one in incidents if one.status in ("unconfirmed", "denied")]
    assert found.sure == len(incidents) - len(unsure)
    assert found.reports == len({id for one in incidents for id in one.reports})
    assert found.origins == len({origin.id for one in incidents for origin in one.origins})
    assert found.killed is not None
    assert found.killed.low <= found.killed.best <= found.killed.high
    about = dict(facets(board.chosen(Query())).actors)
    begun = [one for one in incidents if any(ref.actor == "ttp" for ref in one.initiators)]
    assert about["ttp"] >= len(begun)
    assert about["ttp"] == len(crowd.incidents(Query(actors=("ttp",))))


@pytest.mark.parametrize("zoom", [0.0, 4.0, 9.0, 20.0])
def test_marks_of_the_map_add_up(crowd: Record, zoom: float) -> None:
    chosen = Board(crowd).chosen(Query())
    placed = [one for one in crowd.incidents() if one.where and one.where.lat is not None]
    sides = np.zeros(len(chosen.incidents), np.int64)
    marks = [mark["properties"] for mark in clusters(chosen, None, zoom, sides)]
    assert sum(mark["count"] for mark in marks) == len(placed)
    assert all(sum(mark["statuses"].values()) == mark["count"] for mark in marks)
    assert all(("bounds" in mark) != ("name" in mark) for mark in marks)
    if zoom == 20.0:
        assert sorted(mark.get("radius_km", 0) for mark in marks) == [0, 10.0, 25.0]
    if zoom == 0.0:
        assert len(marks) == 1


def test_the_map_shows_what_is_seen(crowd: Record) -> None:
    chosen = Board(crowd).chosen(Query())
    sides = np.arange(len(chosen.incidents)) % 2
    near = clusters(chosen, (70.0, 33.0, 70.5, 34.0), 8.0, sides)
    (mark,) = near
    assert mark["geometry"]["coordinates"] == [70.1, 33.8]
    assert mark["properties"]["side"] == -1
    assert clusters(chosen, (0.0, 0.0, 1.0, 1.0), 8.0, sides) == []
    bounds = extent(chosen)
    assert bounds is not None
    west, south, east, north = bounds
    assert (west < 69.2, east > 70.1, south < 33.8, north > 34.5) == (True,) * 4
    assert extent(Board(crowd).chosen(Query(place="FR"))) is None


def test_the_area_turns_about_the_date_line(crowd: Record) -> None:
    board = Board(crowd)
    inside = len(board.chosen(Query(), area=(69.0, 33.0, 71.0, 35.0)))
    assert inside == len(board.chosen(Query(), area=(-180.0, -90.0, 180.0, 90.0)))
    assert inside > 0
    assert len(board.chosen(Query(), area=(170.0, -90.0, 70.0, 90.0))) < inside
    assert Asked.of("/", [("area", "190,0,200,10")]).area == (-170.0, 0.0, -160.0, 10.0)
    assert Asked.of("/", [("area", "-300,0,300,10")]).area == (-180, 0.0, 180, 10.0)
    for wrong in ("1,2,3", "a,b,c,d", "0,10,5,0", "0,nan,1,1", "0,-100,1,1"):
        with pytest.raises(UsageError, match="no area"):
            _ = Asked.of("/", [("area", wrong)]).area
