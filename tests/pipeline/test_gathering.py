"""Gathering what is new gives what gathering everything gives."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

import pytest

from contested import Record, Settings
from contested.model import Incident

PLACES, WHO, OF = ("Kurram", "Quetta"), ("ISPR", "TTP", "Dawn"), ("soldiers", "civilians")


def line(chance: random.Random) -> str:
    return (
        f"On 2025-10-{chance.randrange(8, 16):02} in {chance.choice(PLACES)}, says "
        f"{chance.choice(WHO)}, {chance.choice((3, 11, 22))} {chance.choice(OF)} were killed."
    )


def content(record: Record) -> dict[frozenset[str], Incident]:
    return {frozenset(one.claims): one for one in record.incidents()}


@pytest.mark.parametrize("seed", range(4))
def test_a_few_at_a_time_or_all_at_once_is_the_same(
    another: Callable[[], Path], tmp_path: Path, seed: int
) -> None:
    chance = random.Random(seed)
    folder = tmp_path / "some"
    folder.mkdir()
    with Record.open(another(), settings=Settings(author="Ada")) as record:
        for batch in range(4):
            for number in range(chance.randrange(1, 6)):
                path = folder / f"{batch}-{number}.txt"
                path.write_text(f"{line(chance)} Number {batch} {number}.", "utf-8")
            if batch and chance.random() < 0.5:
                known = chance.choice(sorted(folder.glob("0-*.txt")))
                known.write_text(f"{known.read_text('utf-8')} A correction follows.", "utf-8")
            record.add([folder])
            assert record.is_gathered()
        before = content(record)
        changes = record.gather()
        assert (changes.new, changes.changed, changes.gone) == (0, 0, 0)
        assert content(record) == before
        assert record.store.check() == []


def test_nothing_new_changes_nothing(another: Callable[[], Path]) -> None:
    with Record.open(another(), settings=Settings(author="Ada")) as record:
        before = content(record)
        changes = record.gather(anew=False)
        assert (changes.new, changes.changed, changes.gone, changes.same) == (0, 0, 0, 0)
        assert content(record) == before
