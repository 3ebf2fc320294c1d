"""What every store does with many reports at once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from contested.errors import InputError
from contested.model import Claim, Report, make
from contested.record import Store

from .samples import MONDAY, TEXT, TUESDAY, claims_of, draft

Item = tuple[Report, bytes, list[Claim]]


@pytest.fixture
def store(place: str | Path) -> Iterator[Store]:
    with Store.open(place) as opened:
        yield opened


def items(first: int, last: int) -> Iterator[Item]:
    for number in range(first, last):
        text = f"{TEXT} This is report number {number}."
        report, data = draft(text, url=f"https://example.org/{number}", name=f"{number}.txt")
        yield report, data, claims_of(report)


def test_many_are_stored_as_one_by_one(store: Store, tmp_path: Path) -> None:
    added = store.add_many(items(0, 7), method="m1", at=MONDAY)
    assert [each.status for each in added] == ["new"] * 7
    with Store.open(tmp_path / "other.db") as other:
        for report, data, claims in items(0, 7):
            other.add(report, data, claims, method="m1", at=MONDAY)
        assert list(store.claims()) == list(other.claims())
        assert store.reports() == other.reports()
        assert store.counts() == other.counts()
    assert store.check() == []
    assert len(store.search('"report number 3"', kinds=["report"])) == 1


def test_the_same_report_twice_is_stored_once(store: Store) -> None:
    twice = [*items(0, 3), *items(1, 4)]
    added = store.add_many(twice, method="m1", at=MONDAY)
    assert [each.status for each in added] == ["new"] * 3 + ["same"] * 2 + ["new"]
    assert store.counts().reports == 4
    again = store.add_many(twice, method="m1", at=TUESDAY)
    assert {each.status for each in again} == {"same"}
    assert store.counts().reports == 4


def test_none_is_nothing(store: Store) -> None:
    assert store.add_many([], method="m1") == []
    assert store.counts().reports == 0


def test_what_fails_takes_its_batch_along_and_no_other(store: Store) -> None:
    def failing() -> Iterator[Item]:
        yield from items(0, 1200)
        report, _, claims = next(items(1200, 1201))
        yield report, b"other bytes", claims

    with pytest.raises(InputError, match="original bytes"):
        store.add_many(failing(), method="m1", at=MONDAY)
    stored = store.counts().reports
    assert 0 < stored < 1200
    assert store.check() == []
    store.add_many(items(0, 1201), method="m1", at=TUESDAY)
    assert store.counts().reports == 1201


def test_a_claim_that_does_not_hold_is_refused_and_told(store: Store) -> None:
    report, data, claims = next(items(0, 1))
    other, _, _ = next(items(5, 6))
    stranger = other.passage(len(TEXT), len(other.text))
    wrong = make("event", stranger, method="r", confidence=0.5, type="attack")
    [added] = store.add_many([(report, data, [*claims, wrong])], method="m1")
    assert (added.claims, len(added.refused)) == (len(claims), 1)
