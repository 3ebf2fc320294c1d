"""The benchmark of analyses runs on invented events, and says what it ran."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks import analyses
from benchmarks.process import Run
from evaluation.measure import NoData


def test_a_table_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(NoData):
        analyses.measure(tmp_path)


def test_the_whole_set_runs(ucdp: Path) -> None:
    found = analyses.measure(ucdp, draws=5)
    assert set(found.runs) == set(analyses.COMMANDS)
    assert found.analyses > 5
    assert all(one.seconds > 0 for one in found.runs.values())


def test_the_block_tells_each_command() -> None:
    result = analyses.Result({"all": Run(12.34, 300 * 2**20, 9.87)}, 8)
    assert "| `contested analyse all` | 12.3 | 9.9 | 300 |" in analyses.block(result)
    assert "8 analyses" in analyses.block(result)
