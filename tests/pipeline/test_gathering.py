"""Gathering what is new gives what gathering everything gives."""

from __future__ import annotations

import random
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from contested import Record, Settings
from contested.model import Incident, Where
from contested.pipeline.stages import Stages

from .conftest import PLACES as PLACE_TABLE
from .conftest import LineReader

ENGLISH = (
    "the of and to in that was with from this have they which were their there people road "
    "market police before after district about children could morning other government first "
    "under village where near because during where many houses fields river some said night"
)
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


def test_a_copy_whose_source_was_edited_is_looked_for_again(
    another: Callable[[], Path], tmp_path: Path
) -> None:
    chance = random.Random(7)
    words = ENGLISH.split()
    one, other = (" ".join(chance.choices(words, k=120)) for _ in range(2))
    folder = tmp_path / "copies"
    folder.mkdir()
    both = f"{other} {' '.join(one.split()[:90])}"
    for day, (name, text) in enumerate((("t", one), ("s", other), ("a", both)), 13):
        (folder / f"{name}.txt").write_text(
            f"---\nurl: https://example.org/{name}\npublished: 2025-10-{day}\nlanguage: en\n---\n"
            f"{line(chance)} {text}",
            "utf-8",
        )
    with Record.open(another(), settings=Settings(author="Ada")) as record:
        record.add([folder])
        edited = folder / "s.txt"
        told = edited.read_text("utf-8").partition(other)[0]
        edited.write_text(told + " ".join(chance.choices(words, k=120)), "utf-8")
        record.add([folder])
        (id, *_) = (
            r.report.id for r in record.reports() if r.report.url == "https://example.org/a"
        )
        number, _ = record.store.links.model() or (0, "")
        after_adding = record.store.links.copies(number, [id])
        record.gather()
        number, _ = record.store.links.model() or (0, "")
        assert after_adding == record.store.links.copies(number, [id])
        assert after_adding[id].of is not None


def test_a_copy_whose_source_tells_of_something_else_names_it_the_same_either_way(
    another: Callable[[], Path], tmp_path: Path
) -> None:
    wire = " ".join(random.Random(3).choices(ENGLISH.split(), k=90))
    told = "On 2025-{}-14 in {}, says Dawn, 7 civilians were killed."
    names = []
    with Record.open(another(), settings=Settings(author="Ada")) as record:
        for month, place in (("09", "Quetta"), ("11", "Kurram")):
            path = tmp_path / f"{place}.txt"
            head = f"---\npublished: 2025-{month}-15\nlanguage: en\n---\n"
            path.write_text(f"{head}{told.format(month, place)} {wire}", "utf-8")
            record.add([path])
        for _ in range(2):
            (late,) = (i for i in record.incidents() if i.when and i.when.edtf == "2025-11-14")
            names.append([origin.name for origin in late.origins])
            record.gather()
    assert names == [["Quetta.txt"]] * 2


def test_a_record_that_teaches_no_weights_says_so_when_it_outgrows_the_packaged_ones(
    another: Callable[[], Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in ("contested.reconcile.link", "contested.pipeline.gathering"):
        monkeypatch.setattr(sys.modules[module], "FROM_ACCOUNTS", 6)
    path = tmp_path / "more.txt"
    path.write_text("On 2025-10-08 in Kurram, says Dawn, 11 soldiers were killed.", "utf-8")
    with Record.open(another(), settings=Settings(author="Ada")) as record:
        before = content(record)
        (warning,) = record.add([path]).warnings
        assert "packaged weights: 6 accounts teach none of their own" in warning
        assert {frozenset(one) for one in before} - content(record).keys()  # one has grown
        heard: list[str] = []
        record.gather(step=heard.append)
        assert warning in heard
        assert record.add([path]).warnings == []


def test_reports_that_say_the_same_of_no_day_and_no_narrow_place_are_gathered(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(PLACE_TABLE, "Pakistan", Where("Pakistan", "Pakistan", None, "PK"))
    monkeypatch.setattr(Stages, "extractor", LineReader())
    told = "On 2025 in Pakistan, says Dawn, 5 soldiers were killed."
    with Record.open(tmp_path / "record.sqlite") as record:
        for name in "ab":
            path = tmp_path / f"{name}.txt"
            path.write_text(f"{told} Report {name}.", "utf-8")
            record.add([path])
        record.gather()
        (found,) = record.incidents()
        assert len(found.reports) == 2


def test_a_number_beyond_all_engines_stops_no_gathering(
    another: Callable[[], Path], tmp_path: Path
) -> None:
    path = tmp_path / "many.txt"
    path.write_text("On 2025-10-08 in Kurram, says TTP, 99999999999999999999 soldiers were killed.")
    with Record.open(another(), settings=Settings(author="Ada")) as record:
        record.add([path])
        assert record.is_gathered()
