"""What every store of the record gives to lists and maps: columns, sets of rows, pages."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from contested.model import Sourced
from contested.record import SqlStore, Store, migrations
from contested.record.briefs import CLAIM_COLUMNS, INCIDENT_COLUMNS, RUN_COLUMNS, Briefs

from .samples import EDITED, MONDAY, TUESDAY, claims_of, draft, incident, put


@pytest.fixture
def store(place: str | Path) -> Iterator[Store]:
    with Store.open(place) as opened:
        yield opened


def rows(parts: Any, names: tuple[str, ...]) -> list[dict[str, Any]]:
    """The columns as rows."""
    return [dict(zip(names, row, strict=True)) for part in parts for row in zip(*part, strict=True)]


def stored(briefs: Briefs, since: str | None = None) -> list[tuple[str, int, bool, str]]:
    found = rows(briefs.incidents(since), INCIDENT_COLUMNS)
    return [(row["incident"], row["seq"], bool(row["gone"]), row["status"]) for row in found]


def test_an_incident_in_columns(store: Store) -> None:
    store.put_incidents([incident(1, claims_of(draft()[0]))], MONDAY)
    (row,) = rows(store.briefs().incidents(), INCIDENT_COLUMNS)
    assert row["incident"] == "i-000000000001"
    assert (row["type"], row["status"], row["country"]) == ("armed_attack", "single_source", "AF")
    assert (row["earliest"], row["latest"], bool(row["dated"])) == (
        "2026-02-01",
        "2026-02-01",
        True,
    )
    assert (row["name"], row["admin1"]) == ("Kabul", "Kabul Province")
    assert (row["lat"], row["lon"], row["radius_km"]) == (34.5, 69.2, 20.0)
    assert (row["killed_low"], row["killed_best"], row["killed_high"]) == (3, 3, 3)
    assert row["actors"].split("\n") == [
        "responsible ttp", "speaker afghan-government", "target afghan-military",
    ]  # fmt: skip
    assert (row["claims"], row["reports"]) == (3, draft()[0].id)
    assert row["origins"] == ""


def test_what_came_after_is_asked_for_alone(store: Store) -> None:
    first, second = (incident(n, claims_of(draft()[0])) for n in (1, 2))
    store.put_incidents([first, second], MONDAY)
    store.put_incidents([replace(first, status="disputed")], TUESDAY)
    briefs = store.briefs()
    later = TUESDAY.isoformat(timespec="microseconds")
    assert stored(briefs, later) == [
        (first.id, 2, False, "disputed"),
        (second.id, 2, True, "single_source"),
    ]
    assert len(stored(briefs)) == 4
    assert stored(store.briefs(as_of=MONDAY)) == [
        (first.id, 1, False, "single_source"),
        (second.id, 1, False, "single_source"),
    ]


def test_incidents_from_before_there_were_briefs_have_them(
    place: str | Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from contested.record import incident_writing
    from contested.record.schema_briefs import incident_brief

    tables = tuple(t for t in incident_writing._TABLES if t is not incident_brief)

    class Forgetful(dict[Any, Any]):
        def items(self) -> Any:
            return [(table, found) for table, found in super().items() if table in tables]

    both = [incident(n, claims_of(draft()[0])) for n in (1, 2)]
    with monkeypatch.context() as before:
        before.setattr(migrations, "STEPS", migrations.STEPS[:5])
        made = incident_writing._Writer.__init__

        def forgetting(self: Any, *given: Any, **named: Any) -> None:
            made(self, *given, **named)
            self._rows = Forgetful(self._rows)

        before.setattr(incident_writing._Writer, "__init__", forgetting)
        with SqlStore.open(place) as store:
            store.put_incidents(both, MONDAY)
            store.put_incidents([replace(both[0], status="disputed")], TUESDAY)
    with SqlStore.open(place) as store:
        assert stored(store.briefs()) == [
            (both[0].id, 1, False, "single_source"),
            (both[1].id, 1, False, "single_source"),
            (both[0].id, 2, False, "disputed"),
            (both[1].id, 2, True, "single_source"),
        ]
        assert store.check() == []


def test_claims_and_the_runs_that_they_are_of(store: Store) -> None:
    put(store, at=MONDAY)
    put(store, EDITED, at=TUESDAY, name="other.txt")
    briefs = store.briefs()
    runs = rows(briefs.runs(), RUN_COLUMNS)
    assert [(run["report"], run["seq"]) for run in runs] == [(1, 1), (2, 1)]
    assert [run["run"] for run in rows(briefs.runs(runs[0]["run"]), RUN_COLUMNS)] == [
        runs[1]["run"]
    ]
    claims = rows(briefs.claims(), CLAIM_COLUMNS)
    assert [claim["kind"] for claim in claims[:3]] == ["event", "casualties", "statistic"]
    assert {claim["extraction"] for claim in claims} == {run["run"] for run in runs}
    assert len(rows(briefs.claims(claims[2]["number"]), CLAIM_COLUMNS)) == 3
    assert len(rows(store.briefs(as_of=MONDAY).claims(), CLAIM_COLUMNS)) == 3
    named = rows(briefs.claim_actors(), ("number", "actor", "role"))
    assert ("afghan-government", "speaker") in {(row["actor"], row["role"]) for row in named}
    assert {row["actor"] for row in named if row["number"] == claims[2]["number"]} == {"ttp"}


def test_later_versions_are_told(store: Store) -> None:
    url = "https://example.org/a"
    put(store, at=MONDAY, url=url)
    assert not list(store.briefs().later_versions())
    put(store, EDITED, at=TUESDAY, url=url)
    ((numbers, reports, seqs),) = store.briefs().later_versions()
    assert (list(reports), list(seqs)) == ([1], [2])
    assert not list(store.briefs().later_versions(numbers[0]))
    assert not list(store.briefs(as_of=MONDAY).later_versions())


def test_words_give_rows(store: Store) -> None:
    put(store, at=MONDAY)
    put(store, EDITED, at=TUESDAY, name="other.txt")
    briefs = store.briefs()
    numbers = [row["number"] for row in rows(briefs.claims(), CLAIM_COLUMNS)]
    event, toll, rise = numbers[:3]
    assert set(briefs.claims_holding('"three soldiers"')) == {event, toll}
    assert rise in briefs.claims_holding("ELITE waziri*")
    assert briefs.claims_holding("") == briefs.claims_holding("nowhere") == []
    assert briefs.versions_holding('"report was updated"') == [(2, 1)]
    assert set(briefs.versions_holding("gunmen")) == {(1, 1), (2, 1)}


def test_incidents_of_claims(store: Store) -> None:
    report = draft()[0]
    put(store, at=MONDAY)
    one = incident(1, claims_of(report)[:1])
    two = incident(2, claims_of(report)[1:])
    store.put_incidents([one, two], MONDAY)
    briefs = store.briefs()
    numbers = [row["number"] for row in rows(briefs.claims(), CLAIM_COLUMNS)]
    assert briefs.incidents_of(numbers[:1]) == [(one.id, 1)]
    assert set(briefs.incidents_of(numbers)) == {(one.id, 1), (two.id, 1)}
    assert briefs.incidents_of_kinds(["statistic"]) == [(two.id, 1)]
    assert briefs.incidents_of([]) == []


def test_claims_of_a_status(store: Store) -> None:
    put(store, at=MONDAY)
    briefs = store.briefs()
    found = list(store.claims())
    numbers = [row["number"] for row in rows(briefs.claims(), CLAIM_COLUMNS)]
    occurred = {n for n, claim in zip(numbers, found, strict=True) if claim.status == "occurred"}
    assert set(briefs.claims_of_status("occurred")) == occurred
    assert briefs.claims_of_status("planned") == []


def test_a_page_of_a_list(store: Store) -> None:
    report = draft()[0]
    put(store, at=MONDAY, outlet=Sourced("Sample Wire", "manifest"))
    both = [incident(n, claims_of(report)) for n in (1, 2)]
    store.put_incidents(both, MONDAY)
    briefs = store.briefs()
    numbers = [row["number"] for row in rows(briefs.claims(), CLAIM_COLUMNS)]
    current = list(store.claims())
    assert briefs.claims_by_number(numbers[::-1]) == current[::-1]
    assert briefs.claims_by_id([claim.id for claim in current] + ["c-none"]) == {
        claim.id: claim for claim in current
    }
    assert briefs.incidents_by_id([both[1].id, "i-none", both[0].id]) == both[::-1]
    assert briefs.outlets([current[0].id]) == {current[0].id: "Sample Wire"}
    (run,) = rows(briefs.runs(), RUN_COLUMNS)
    assert briefs.reports_by_run([run["run"]]) == store.reports()
    store.put_incidents([], TUESDAY)
    assert briefs.incidents_by_id([both[0].id]) == []
    assert store.briefs(as_of=MONDAY).incidents_by_id([both[0].id]) == both[:1]


def test_a_claim_that_was_read_anew_is_given_as_it_is_now(store: Store) -> None:
    put(store, at=MONDAY)
    report, data = draft()
    again = [replace(claim, confidence=0.5) for claim in claims_of(report)]
    store.add(report, data, again, method="m2", at=TUESDAY)
    id = again[0].id
    assert store.briefs().claims_by_id([id])[id].confidence == 0.5
    assert store.briefs(as_of=MONDAY).claims_by_id([id])[id].confidence == 0.75
    assert store.briefs().claims_by_id([id])[id] == store.claim(id)


def test_the_state_follows_what_is_written(store: Store) -> None:
    before = store.briefs().state()
    put(store, at=dt.datetime(2026, 3, 2, tzinfo=dt.UTC))
    assert store.briefs().state() > before
