"""What every store of the record says as of a moment, and when things are said to have entered."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from contested.errors import Gone, NotFound, NotYet, RecordError, UsageError
from contested.model.query import Query
from contested.record import SqlStore, Store, View

from .samples import EDITED, MONDAY, TEXT, TUESDAY, claims_of, draft, incident, put

WEDNESDAY = TUESDAY + dt.timedelta(days=1)
SUNDAY = MONDAY - dt.timedelta(days=1)
MOMENT = dt.timedelta(microseconds=1)


@pytest.fixture
def store(place: str | Path) -> Iterator[Store]:
    with Store.open(place) as opened:
        yield opened


@pytest.fixture
def told(store: Store) -> Store:
    """A report on Monday, its new version and another report on Tuesday, a third on Wednesday."""
    put(store, at=MONDAY)
    put(store, EDITED, at=TUESDAY)
    put(store, "Quiet. Nothing else happened.", name="other.txt", at=TUESDAY)
    put(store, "Calm. All was well again.", name="third.txt", at=WEDNESDAY)
    return store


def test_reports_as_of(told: Store) -> None:
    id = draft()[0].id
    assert told.report(id, as_of=MONDAY).report.text == TEXT
    assert told.report(id).report.text == EDITED
    assert [each.latest for each in told.versions(id, as_of=MONDAY)] == [True]
    assert [each.latest for each in told.versions(id)] == [False, True]
    assert len(told.reports(as_of=MONDAY)) == 1
    with pytest.raises(NotFound):
        told.report(draft("Quiet. Nothing else happened.")[0].id, as_of=MONDAY)
    with pytest.raises(NotFound):
        told.report(id, as_of=SUNDAY)


def test_the_beginning_of_an_id_is_looked_for_among_those_of_then(told: Store) -> None:
    id = draft()[0].id
    assert told.report(id[:8], as_of=MONDAY).report.id == id


def test_claims_as_of(told: Store) -> None:
    old, new = claims_of(draft()[0])[0], claims_of(draft(EDITED)[0])[0]
    assert [claim.id for claim in told.claims(as_of=MONDAY)] == [
        claim.id for claim in claims_of(draft()[0])
    ]
    assert told.claim(old.id, as_of=MONDAY).quote == told.claim(old.id).quote
    assert told.claim(new.id).quote == new.quote
    with pytest.raises(NotFound):
        told.claim(new.id, as_of=MONDAY)


def test_a_name_that_was_found_later_finds_nothing_before(store: Store) -> None:
    put(store, at=MONDAY)
    put(store, name="copy.txt", at=TUESDAY)
    store.put_incidents([incident(1, claims_of(draft()[0]))], TUESDAY)
    copies = Query(report="copy.txt")
    assert store.reports(copies)
    assert not store.reports(copies, as_of=MONDAY)
    assert not list(store.claims(copies, as_of=MONDAY))
    assert store.incidents(copies)
    assert store.counts(as_of=MONDAY).originals == 1


def test_totals_search_and_log_as_of(told: Store) -> None:
    then, now = told.counts(as_of=MONDAY), told.counts()
    assert (then.reports, then.versions, then.extractions, then.originals) == (1, 1, 1, 1)
    assert (now.reports, now.versions, now.extractions, now.originals) == (3, 4, 4, 4)
    assert then.last_captured == MONDAY
    assert not told.search("updated", as_of=MONDAY)
    assert told.search("updated")
    assert [each.what for each in told.log(as_of=MONDAY)] == ["new"]
    span = told.span(as_of=TUESDAY)
    assert span is not None
    assert (span.first, span.last) == (MONDAY, TUESDAY)
    assert told.span(as_of=SUNDAY) is None


def test_incidents_as_of(store: Store) -> None:
    first, second = (incident(number, claims_of(draft()[0])) for number in (1, 2))
    store.put_incidents([replace(first, claims=first.claims[:1])], MONDAY)
    store.put_incidents([first], TUESDAY)
    store.put_incidents([second], WEDNESDAY)
    assert store.previous_membership(as_of=MONDAY) == {first.id: frozenset(first.claims[:1])}
    assert store.incident(first.id, as_of=TUESDAY) == first
    assert len(store.incident_history(first.id, as_of=TUESDAY)) == 2
    assert store.changed_incidents(MONDAY, as_of=TUESDAY) == [first.id]
    assert store.changed_incidents(MONDAY) == [first.id, second.id]
    assert store.changed_incidents(None, as_of=MONDAY) == [first.id]


def test_an_incident_that_is_gone_says_what_took_its_place(store: Store) -> None:
    first, second = (incident(number, claims_of(draft()[0])) for number in (1, 2))
    store.put_incidents([first], MONDAY)
    store.put_incidents([second], TUESDAY)
    with pytest.raises(Gone, match=rf"now in {second.id} \({len(first.claims)}\)"):
        store.incident(first.id)
    store.put_incidents([], WEDNESDAY)
    with pytest.raises(Gone, match="None of its claims"):
        store.incident(first.id)
    with pytest.raises(Gone, match="now in"):
        store.incident(first.id, as_of=TUESDAY)
    with pytest.raises(NotYet, match="first derived at 2026-03-03"):
        store.incident(second.id, as_of=MONDAY)
    with pytest.raises(NotYet):
        store.incident_history(second.id, as_of=MONDAY)


# Moments


def test_nothing_enters_the_past(store: Store) -> None:
    put(store, at=TUESDAY)
    put(store, EDITED, at=MONDAY)
    assert [each.captured_at for each in store.versions(draft()[0].id)] == [TUESDAY, TUESDAY]
    store.put_incidents([incident(1, claims_of(draft()[0]))], SUNDAY)
    assert store.incidents(as_of=MONDAY) == []
    assert len(store.incidents(as_of=TUESDAY)) == 1


def test_a_clock_that_is_behind_cannot_change_what_was_said(store: Store) -> None:
    ahead = dt.datetime.now(dt.UTC) + dt.timedelta(days=1)
    put(store, at=ahead)
    put(store, EDITED)
    first, second = store.versions(draft()[0].id)
    assert (first.captured_at, second.captured_at) == (ahead, ahead + MOMENT)
    store.put_incidents([incident(1, claims_of(draft()[0]))])
    assert store.log(1)[0].at == ahead + 2 * MOMENT
    put(store, EDITED, name="copy.txt")
    put(store, EDITED, method="m2")
    assert store.log(1)[0].at == ahead + 4 * MOMENT
    assert store.report(draft()[0].id, as_of=ahead).report.text == TEXT


def test_a_time_without_a_zone_is_refused(store: Store) -> None:
    with pytest.raises(UsageError, match="time zone"):
        store.counts(as_of=dt.datetime(2026, 3, 2))


# The fingerprint


def fill(store: Store, *, backwards: bool = False) -> str:
    texts = [TEXT, "Quiet. Nothing else happened.", "Calm. All was well again."]
    for number, text in enumerate(reversed(texts) if backwards else texts):
        put(store, text, name=f"{text[:4]}.txt", at=MONDAY, url=f"https://example.org/{text[:4]}")
        assert number < 3
    incidents = [incident(number, claims_of(draft()[0])) for number in (1, 2)]
    store.put_incidents(incidents[::-1] if backwards else incidents, TUESDAY)
    return store.fingerprint()


def test_the_fingerprint_is_that_of_any_other_store(store: Store, tmp_path: Path) -> None:
    with SqlStore.open(tmp_path / "another.db") as another:
        assert fill(another) == fill(store)


def test_the_order_of_rows_does_not_matter(store: Store, tmp_path: Path) -> None:
    with SqlStore.open(tmp_path / "another.db") as another:
        assert fill(another, backwards=True) == fill(store)


def test_the_fingerprint_changes_with_what_is_said_and_not_else(store: Store) -> None:
    seen = [fill(store)]
    moments = [TUESDAY]
    store.put_incidents(store.incidents(), WEDNESDAY)
    assert store.fingerprint() == seen[-1]
    for change in (
        lambda at: put(store, method="m2", at=at),
        lambda at: put(store, EDITED, at=at),
        lambda at: store.put_incidents(store.incidents()[:1], at),
        lambda at: store.put_incidents([replace(store.incidents()[0], type="raid")], at),
    ):
        moments.append(WEDNESDAY + len(moments) * MOMENT)
        change(moments[-1])
        seen.append(store.fingerprint())
    assert len(set(seen)) == len(seen)
    assert [store.fingerprint(as_of=moment) for moment in moments] == seen


def test_a_fingerprint_has_parts(store: Store) -> None:
    whole = fill(store)
    before = store.fingerprints()
    assert before.sha256 == whole
    assert {name: part.number for name, part in before.parts.items()} == {
        "versions": 3,
        "readings": 3,
        "claims": 9,
        "incidents": 2,
        "decisions": 0,
    }
    store.put_incidents(store.incidents()[:1], WEDNESDAY)
    after = store.fingerprints()
    differing = [name for name, part in before.parts.items() if part != after.parts[name]]
    assert differing == ["incidents"]
    assert store.fingerprints(as_of=TUESDAY) == before


# The view


def test_a_view_reads_and_does_not_write(told: Store) -> None:
    view = View(told, MONDAY)
    assert len(view.reports()) == 1
    assert len(view.reports(as_of=WEDNESDAY)) == 1
    assert view.reports(as_of=SUNDAY) == []
    assert view.fingerprint() == told.fingerprint(as_of=MONDAY)
    report, data = draft()
    with pytest.raises(RecordError, match="cannot change"):
        view.add(report, data, [], method="m")
    with pytest.raises(RecordError, match="cannot change"):
        view.put_incidents([])
    view.close()
    assert told.reports()
