"""A text that comes back: the latest version once more, and nothing lost of what was between."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from contested.model.query import Query
from contested.record import SqlStore, Store, copy

from .samples import EDITED, MONDAY, TEXT, TUESDAY, claims_of, draft, incident, put

WEDNESDAY = TUESDAY + dt.timedelta(days=1)
THURSDAY = WEDNESDAY + dt.timedelta(days=1)


@pytest.fixture
def store(place: str | Path) -> Iterator[Store]:
    with Store.open(place) as opened:
        yield opened


@pytest.fixture
def back(store: Store) -> Store:
    """A text on Monday, another on Tuesday, the first one again on Wednesday."""
    for text, day in ((TEXT, MONDAY), (EDITED, TUESDAY), (TEXT, WEDNESDAY)):
        put(store, text, at=day)
    return store


def test_it_is_a_version_of_its_own(back: Store) -> None:
    (stored,) = back.reports()
    assert (stored.seq, stored.report.text, stored.captured_at) == (3, TEXT, WEDNESDAY)
    versions = back.versions(stored.report.id)
    assert [each.report.text for each in versions] == [TEXT, EDITED, TEXT]
    assert [each.latest for each in versions] == [False, False, True]
    assert back.log(1)[0].detail["as_version"] == 1
    assert back.check() == []


def test_its_claims_are_current_again_under_their_ids(back: Store) -> None:
    first = [claim.id for claim in claims_of(draft()[0])]
    assert [claim.id for claim in back.claims()] == first
    edited = claims_of(draft(EDITED)[0])[0]
    assert back.claim(edited.id).quote == edited.quote
    assert [hit.report for hit in back.search("three soldiers", kinds=("report",))]
    assert not back.search('"report was updated"')


def test_each_moment_reads_as_it_was(back: Store) -> None:
    id = draft()[0].id
    for day, text in ((MONDAY, TEXT), (TUESDAY, EDITED), (WEDNESDAY, TEXT)):
        assert back.report(id, as_of=day).report.text == text
        quote = next(back.claims(Query(kinds=("casualties",)), as_of=day)).quote
        assert quote in text
    marks = [back.fingerprint(as_of=day) for day in (MONDAY, TUESDAY, WEDNESDAY)]
    assert len(set(marks)) == 3


def test_adding_it_again_doubles_nothing(back: Store) -> None:
    before = back.fingerprint()
    assert put(back).status == "same"
    assert not back.came_back(draft()[0])
    assert back.fingerprint() == before
    assert back.came_back(draft(EDITED)[0])
    again = put(back, EDITED, at=THURSDAY)
    assert (again.status, again.seq) == ("new_version", 4)
    assert put(back, EDITED, method="m2").seq == 4


def test_at_an_address(store: Store) -> None:
    seen = [put(store, text, url="https://a.example/").seq for text in (TEXT, EDITED, TEXT)]
    assert seen == [1, 2, 3]


def test_a_report_that_was_not_read_brings_nothing_back(store: Store) -> None:
    put(store)
    put(store, EDITED)
    report, data = draft()
    assert store.add(report, data, None, method="m1").status == "same"
    assert store.report(report.id).report.text == EDITED


def test_two_files_with_two_states_of_a_report_stay_what_they_are(store: Store) -> None:
    """Each was captured under a name of its own, and no name had another text before."""
    for _ in range(3):
        put(store, TEXT, name="monday.html", url="https://a.example/")
        put(store, EDITED, name="tuesday.html", url="https://a.example/")
    (stored,) = store.reports()
    assert (stored.seq, stored.report.text) == (2, EDITED)
    put(store, TEXT, name="tuesday.html", url="https://a.example/")
    assert store.reports()[0].seq == 3
    assert put(store, TEXT, name="monday.html", url="https://a.example/").status == "same"


def test_one_file_that_holds_both_states_is_not_one_that_changes(store: Store) -> None:
    data = b"a table with two rows of one address"
    for _ in range(3):
        for text in (TEXT, EDITED):
            put(store, text, data=data, url="https://a.example/")
    assert store.counts().versions == 2


def test_its_incident_comes_back_under_its_id(back: Store) -> None:
    first = incident(1, claims_of(draft()[0]))
    other = incident(2, claims_of(draft(EDITED)[0]))
    for each, day in ((first, MONDAY), (other, TUESDAY), (first, WEDNESDAY)):
        back.put_incidents([each], day + dt.timedelta(days=7))
    assert back.incident(first.id) == first
    assert [each.gone for each in back.incident_history(first.id)] == [False, True, False]


def test_writers_at_once_bring_it_back_once(place: str | Path, back: Store) -> None:
    put(back, EDITED, at=THURSDAY)

    def write(number: int) -> str:
        del number
        with Store.open(place) as own:
            return put(own).status

    with ThreadPoolExecutor(4) as pool:
        found = sorted(pool.map(write, range(4)))
    assert found == ["new_version", "same", "same", "same"]
    assert [each.report.text for each in back.versions(draft()[0].id)] == [
        TEXT,
        EDITED,
        TEXT,
        EDITED,
        TEXT,
    ]
    assert back.check() == []


def test_a_copy_has_every_version(back: Store, place: str | Path, tmp_path: Path) -> None:
    mark = back.fingerprint()
    copy(place, tmp_path / "copy.db")
    with SqlStore.open(tmp_path / "copy.db") as other:
        assert other.fingerprint() == mark
        assert other.counts().versions == 3
