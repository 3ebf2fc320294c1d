"""Word tables are read once, however many reports are read."""

from __future__ import annotations

import pytest

from contested.extract import Extractor, lexicon
from contested.model import Report, report_id
from contested.model.edtf import when

TOLD = (
    "KABUL, March 3 (Reuters) - Gunmen attacked the Park Street office of the University of Herat "
    "near Lake Qargha on Monday, killing at least three policemen and wounding scores of others, "
    "police said. August saw 12 attacks, up from nine in the same period last year. The Bank of "
    "Kandahar, north of the town, was hit too. In two years of war, 40 soldiers have died. The "
    "Taliban and the government agreed a ceasefire on Friday."
)


class Closed:
    """Stands for the module that reads tables, and reads none."""

    @staticmethod
    def DictReader(*_: object) -> None:  # noqa: N802 (csv's own name)
        raise AssertionError("a table is read again")


def test_no_table_is_read_again(extractor: Extractor, monkeypatch: pytest.MonkeyPatch) -> None:
    report = Report(
        id=report_id(None, TOLD), name="t.txt", text=TOLD, sha256="0" * 64,
        published=when("2025-03-14"),
    )  # fmt: skip
    first = extractor.extract(report).claims
    monkeypatch.setattr(lexicon, "csv", Closed)
    assert first and extractor.extract(report).claims == first
