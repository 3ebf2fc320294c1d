"""What every store of the record does with incidents, its totals and its log."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from contested.errors import NotFound, UsageError
from contested.model import Incident
from contested.model.query import Query
from contested.record import IncidentChanges, Store

from .samples import MONDAY, TUESDAY, claims_of, draft, incident, put


@pytest.fixture
def store(place: str | Path) -> Iterator[Store]:
    with Store.open(place) as opened:
        yield opened


def derived(*numbers: int, **values: Any) -> list[Incident]:
    claims = claims_of(draft()[0])
    return [incident(number, claims, **values) for number in numbers]


def test_incidents_come_back_as_they_were(store: Store) -> None:
    both = derived(1, 2)
    assert store.put_incidents(both, MONDAY) == IncidentChanges(new=2)
    assert store.incidents() == both
    assert store.incident(both[0].id) == both[0]
    with pytest.raises(UsageError, match="several"):
        store.incident("i-0000")
    with pytest.raises(NotFound):
        store.incident("i-9999")


def test_only_changes_are_appended(store: Store) -> None:
    first, second = derived(1, 2)
    store.put_incidents([first, second], MONDAY)
    later = replace(first, as_of="2026-03-03")
    changed = replace(second, status="disputed")
    changes = store.put_incidents([later, changed], TUESDAY)
    assert changes == IncidentChanges(changed=1, same=1)
    assert store.incident(first.id) == first
    assert [each.incident.status for each in store.incident_history(second.id)] == [
        "single_source",
        "disputed",
    ]
    assert store.incidents(as_of=MONDAY) == [first, second]
    assert store.counts().incidents == {"disputed": 1, "single_source": 1}


def test_what_is_no_longer_derived_is_gone_and_may_return(store: Store) -> None:
    first, second = derived(1, 2)
    store.put_incidents([first, second], MONDAY)
    assert store.put_incidents([first], TUESDAY) == IncidentChanges(same=1, gone=1)
    assert store.put_incidents([first], TUESDAY) == IncidentChanges(same=1)
    assert store.incidents() == [first]
    assert set(store.previous_membership()) == {first.id}
    with pytest.raises(NotFound, match="no longer derived since 2026-03-03"):
        store.incident(second.id)
    assert store.put_incidents([first, second], TUESDAY) == IncidentChanges(same=1, changed=1)
    assert [each.gone for each in store.incident_history(second.id)] == [False, True, False]
    assert all(each.incident == second for each in store.incident_history(second.id))


def test_membership_is_that_of_now(store: Store) -> None:
    (first,) = derived(1)
    store.put_incidents([first], MONDAY)
    assert store.previous_membership() == {first.id: frozenset(first.claims)}
    store.put_incidents([replace(first, claims=first.claims[:1])], TUESDAY)
    assert store.previous_membership() == {first.id: frozenset(first.claims[:1])}


def test_a_derivation_that_does_not_hold_stores_nothing(store: Store) -> None:
    first, second = derived(1, 2)
    store.put_incidents([first], MONDAY)
    with pytest.raises(UsageError, match="derived twice"):
        store.put_incidents([second, second], TUESDAY)
    with pytest.raises(UsageError, match="does not hold"):
        store.put_incidents([second, replace(first, type=7)], TUESDAY)  # type: ignore[arg-type]
    assert store.incidents() == [first]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({}, 2),
        ({"status": ("single_source",)}, 2),
        ({"status": ("denied",)}, 0),
        ({"type": "armed_attack"}, 2),
        ({"actors": ("ttp",)}, 2),
        ({"actors": ("afghan-government",)}, 0),
        ({"speaker": "ministry"}, 2),
        ({"place": "AF"}, 2),
        ({"since": "2026-02-02"}, 1),
        ({"until": "2026-02-01"}, 1),
        ({"report": "r-"}, 2),
        ({"report": "r-zzz"}, 0),
        ({"kinds": ("statistic",)}, 2),
        ({"kinds": ("position",)}, 0),
        ({"text": "checkpoint"}, 2),
        ({"text": "airport"}, 0),
        ({"sure": 0.0}, 2),
        ({"sure": 0.75}, 2),
        ({"sure": 0.76}, 0),
        ({"limit": 1}, 1),
    ],
)
def test_filters(store: Store, query: dict[str, Any], found: int) -> None:
    put(store)
    store.put_incidents(derived(1, 2), MONDAY)
    assert len(store.incidents(Query(**query))) == found


def test_unknown_times_come_last_and_fit_no_period(store: Store) -> None:
    first, second = derived(1, 2)
    store.put_incidents([replace(first, when=None), second], MONDAY)
    assert [each.id for each in store.incidents()] == [second.id, first.id]
    assert [each.id for each in store.incidents(Query(since="1990"))] == [second.id]


def test_totals_and_log(store: Store) -> None:
    empty = store.counts()
    assert (empty.reports, empty.claims, empty.first_captured) == (0, {}, None)
    put(store, at=MONDAY)
    put(store, at=TUESDAY)
    store.put_incidents(derived(1), TUESDAY)
    counts = store.counts()
    assert counts.claims == {"casualties": 1, "event": 1, "statistic": 1}
    assert (counts.first_captured, counts.last_captured) == (MONDAY, MONDAY)
    done = [each.what for each in store.log() if each.what != "tables"]
    assert done == ["incidents", "new"]
    assert store.log(1)[0].detail == {"new": 1, "changed": 0, "same": 0, "gone": 0}
    assert store.log()[1].subject == draft()[0].id
