"""What persons may give that no decision can be made of, or that comes at a bad time."""

from __future__ import annotations

import datetime as dt
import threading
from pathlib import Path

import pytest

from contested import Record, Settings
from contested.errors import ContestedError, RecordMovedOn, UsageError
from contested.model import CasualtiesClaim, EventClaim
from contested.pipeline.authors import LONGEST_NAME, LONGEST_REASON
from contested.pipeline.citing import cited
from contested.pipeline.deciding import LATER
from contested.pipeline.moments import Asked
from tests.pipeline.conftest import LineReader
from tests.pipeline.test_deciding import by_report, event, state, toll

TWO = (
    "On 2024-05-03 in Quetta, says ISPR, 4 soldiers were killed. "
    "On 2024-05-09 in Quetta, says ISPR, 6 soldiers were killed."
)


@pytest.fixture
def mine(judged_path: Path) -> Record:
    return Record.open(judged_path, settings=Settings(author="Ada"))


def test_words_that_cannot_be_shown_are_refused(mine: Record) -> None:
    bad = (
        {"author": "Eve\nAda"}, {"author": "Eve\x1b[2J"}, {"author": "\u200b"},
        {"author": "\udcff"}, {"author": "x" * (LONGEST_NAME + 1)},
        {"reason": "\u200b\u2060"}, {"reason": "a \udcff"}, {"reason": "x" * (LONGEST_REASON + 1)},
    )  # fmt: skip
    with mine as record:
        for words in bad:
            with pytest.raises(UsageError):
                record.decide.rule("latest", **({"reason": "x"} | words))
        assert record.decisions() == []
        told = record.decide.rule("latest", reason="two\nlines", author="زهرا\u200cخان")
        assert told.decision.author == "زهرا\u200cخان"


@pytest.mark.parametrize(
    ("name", "field", "value"),
    [
        ("toll", "count", "11-" + "9" * 25),
        ("toll", "speakers", "a\udcff (outlet)"),
        ("event", "when", "2022/2021"),
        ("event", "when", "2022-12-18/2022-12-17"),
    ],
)
def test_values_that_cannot_be_are_refused(mine: Record, name: str, field: str, value: str) -> None:
    with mine as record:
        claim = toll(record, "army.txt") if name == "toll" else event(record, "army.txt")
        with pytest.raises(UsageError):
            record.decide.correct(claim.id, field, value, reason="x")
        assert record.decisions() == []
        assert record.claim(claim.id) == claim


def test_a_decision_hangs_on_what_was_read_and_not_yet_gathered(
    mine: Record, line_reader: LineReader, lines: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with mine as record:
        home = by_report(record)["army.txt"]
        line_reader.method = "lines-2"
        with monkeypatch.context() as broken:
            broken.setattr(Record, "gather", lambda *_a, **_k: None)
            record.add([lines])
        assert not record.is_gathered()
        taken = record.decide.rule("highest", incident=home, reason="x").decision
        assert taken.anchors
        held = {r for toll in record.incident(by_report(record)["army.txt"]).casualties
                for r in [toll.rule]}  # fmt: skip
        assert held == {"highest"}


def test_a_reference_to_an_event_that_is_read_no_more_is_told(
    mine: Record, line_reader: LineReader, lines: Path
) -> None:
    with mine as record:
        (lines / "two.txt").write_text(TWO)
        record.add([lines / "two.txt"])
        events = [c for c in record.claims() if c.name == "two.txt" and isinstance(c, EventClaim)]
        figure = next(
            c for c in record.claims() if c.name == "two.txt" and isinstance(c, CasualtiesClaim)
        )
        other = next(one.id for one in events if one.id != figure.event_ref)
        taken = record.decide.correct(figure.id, "event_ref", other, reason="x").decision
        assert record.claim(figure.id).event_ref == other
        line_reader.method = "lines-2"
        record.add([lines / "two.txt"])
        now = {c.id: c for c in record.claims() if c.name == "two.txt"}
        assert other not in now
        ruling = state(record, taken.id)
        assert ruling.state == "no longer applies"
        assert "event" in ruling.why
        figures = [c for c in now.values() if isinstance(c, CasualtiesClaim)]
        assert all(one.event_ref in now for one in figures)


def test_a_decision_that_cannot_be_gathered_now_is_stored_and_says_so(
    mine: Record, monkeypatch: pytest.MonkeyPatch
) -> None:
    def outpaced(*_: object, **__: object) -> None:
        raise RecordMovedOn("others")

    with mine as record:
        with monkeypatch.context() as busy:
            busy.setattr(Record, "gather", outpaced)
            taken = record.decide.rule("highest", reason="x")
        assert taken.remarks == (LATER,)
        assert [one.decision.id for one in record.decisions()] == [taken.decision.id]
        record.gather(anew=False)
        assert {t.rule for one in record.incidents() for t in one.casualties} == {"highest"}


def test_two_authors_at_once_contradict_each_other(judged: Record, place: str | Path) -> None:
    homes = by_report(judged)
    pair = homes["army.txt"], homes["later.txt"]
    ready = threading.Barrier(2)
    failed: list[ContestedError] = []

    def decide(author: str, *, merge: bool) -> None:
        with Record.open(place, settings=Settings(author=author)) as own:
            ready.wait(30)
            try:
                act = own.decide.merge if merge else own.decide.confirm
                act(*pair, reason=author)
            except ContestedError as error:
                failed.append(error)

    threads = [
        threading.Thread(target=decide, args=(name,), kwargs={"merge": name == "Ben"})
        for name in ("Ben", "Cy")
    ]
    for each in threads:
        each.start()
    for each in threads:
        each.join(120)
    rulings = judged.decisions()
    assert len(rulings) + len(failed) == 2
    standing = [one.decision for one in rulings if one.state == "holds"]
    assert len(standing) == 1
    now = by_report(judged)
    assert (now["army.txt"] == now["later.txt"]) == (standing[0].act == "merge")
    held = [claim for one in judged.incidents() for claim in one.claims]
    assert len(held) == len(set(held)) == 10
    assert judged.is_gathered()
    assert judged.store.check() == []


@pytest.mark.parametrize("words", ["20261121", "2026-W47-6", "2026-11-21"])
def test_a_day_is_its_end_however_it_is_written(words: str) -> None:
    assert Asked.of(words).last == dt.datetime(2026, 11, 21, 23, 59, 59, 999999, dt.UTC)


def test_a_citation_is_read_from_its_end() -> None:
    name = f"as of 2020, {'a' * 64}"
    line = f"Contested record {name}, as of 2026-11-21T09:30:00Z, 1 report, sha256:{'b' * 64}"
    assert (cited(line).sha256, cited(line).moment) == ("b" * 64, "2026-11-21T09:30:00Z")
