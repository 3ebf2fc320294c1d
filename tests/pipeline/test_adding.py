"""A file that is edited and then restored, beside files that only look like it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from contested import Record
from contested.model import CasualtiesClaim

pytestmark = pytest.mark.usefixtures("quick_stages")

TOLD = "The army said {} soldiers were killed in the ambush on the road near the village. {}"
LONG = "Nothing else is known of it so far, and the road was opened again in the evening."


@pytest.fixture
def record(tmp_path: Path) -> Iterator[Record]:
    with Record.open(tmp_path / "my.sqlite") as opened:
        yield opened


def saved(file: Path, number: int, url: str = "") -> Path:
    file.parent.mkdir(exist_ok=True)
    about = f"---\nurl: {url}\n---\n" if url else ""
    file.write_text(about + TOLD.format(number, LONG), "utf-8")
    return file


def killed(record: Record) -> list[int | None]:
    return [c.count.low for c in record.claims() if isinstance(c, CasualtiesClaim)]


def test_a_restored_file_is_what_the_record_says(record: Record, tmp_path: Path) -> None:
    file = saved(tmp_path / "told.txt", 11)
    record.add([file])
    first = [claim.id for claim in record.claims()]
    moments = [record.snapshot().at]
    record.add([saved(file, 22)])
    moments.append(record.snapshot().at)
    summary = record.add([saved(file, 11)])
    assert summary.reports == {"new_version": 1}
    assert (killed(record), [claim.id for claim in record.claims()]) == ([11], first)
    assert [killed(record.as_of(moment)) for moment in moments] == [[11], [22]]
    (found,) = record.incidents()
    assert [toll.best for toll in found.casualties] == [11]
    assert record.add([file]).reports == {"same": 1}
    assert record.add([saved(file, 22)]).reports == {"new_version": 1}
    assert killed(record) == [22]


@pytest.mark.parametrize("folders", [("one", "two"), ("two", "one")])
def test_two_saved_states_of_a_page_do_not_take_turns(
    record: Record, tmp_path: Path, folders: tuple[str, str]
) -> None:
    """Both are found under one name, each time: no text came back."""
    one, two = (tmp_path / name for name in folders)
    for folder, number in ((one, 11), (two, 22)):
        saved(folder / "page.md", number, "https://example.org/page")
    assert record.add([one, two]).reports == {"new": 1, "new_version": 1}
    before = record.snapshot().sha256
    for _ in range(2):
        assert record.add([one, two]).reports == {"same": 2}
        assert record.add([two, one]).reports == {"same": 2}
    assert record.snapshot().sha256 == before
