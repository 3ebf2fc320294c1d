"""Several programs add to one record and gather its incidents: none undoes another's work."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from contested import Record, Settings
from contested.errors import RecordMovedOn
from contested.location import located
from contested.pipeline import gathering
from contested.pipeline.facade import GATHER_AGAIN

pytestmark = pytest.mark.usefixtures("quick_stages")


def while_gathering(monkeypatch: pytest.MonkeyPatch, happens: Callable[[int], None]) -> None:
    """Let something happen each time after the claims were read and before incidents are stored."""
    real: Any = vars(gathering)["group"]
    times = iter(range(100))
    inside = False

    def group(*values: Any) -> Any:
        nonlocal inside
        found = real(*values)
        if not inside:
            inside = True
            happens(next(times))
            inside = False
        return found

    monkeypatch.setattr(gathering, "group", group)


def test_what_another_adds_meanwhile_is_gathered_too(
    place: str | Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Record.open(place) as record, Record.open(settings=Settings(record=located(place))) as two:

        def another_adds(time: int) -> None:
            if time == 0:
                two.add([folder / "ttp.txt"])

        while_gathering(monkeypatch, another_adds)
        assert record.add([folder / "army.txt"]).disputed == 1
        (incident,) = record.incidents()
        assert len(incident.reports) == 2
        assert [version.gone for version in record.history(incident.id)] == [False]
        assert record.is_gathered()


def test_who_is_always_outpaced_says_so_and_undoes_nothing(
    place: str | Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Record.open(place) as record, Record.open(place) as two:
        record.add([folder])
        before = record.incidents()

        def another_adds(time: int) -> None:
            report = folder / f"{time}.txt"
            report.write_text(f"The army said {time + 30} soldiers were killed in a raid.", "utf-8")
            monkeypatch.setattr(two, "gather", lambda **_: None)
            two.add([report])

        with monkeypatch.context() as patched:
            while_gathering(patched, another_adds)
            with pytest.raises(RecordMovedOn, match="contested gather"):
                record.gather()
        assert record.incidents() == before
        assert record.counts().reports == 2 + GATHER_AGAIN + 1
        record.gather()
        assert record.is_gathered()


def test_a_known_report_that_another_reads_anew_meanwhile_keeps_its_claims(
    place: str | Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Record.open(place) as record, Record.open(place) as two:
        record.add([folder / "army.txt"])
        held = list(record.claims())
        real = record.store.add

        def add(*values: Any, **named: Any) -> Any:
            (stored,) = two.reports()
            data = two.store.original(stored.report.sha256)
            two.store.add(stored.report, data, held, method="another")
            return real(*values, **named)

        monkeypatch.setattr(record.store, "add", add)
        record.add([folder / "army.txt"])
        assert list(record.claims()) == held
