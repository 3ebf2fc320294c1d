from __future__ import annotations

import sys
from pathlib import Path

import pytest

from benchmarks import add, startup
from benchmarks.process import CommandFailed, Run, run
from benchmarks.stages import Stage, Timed
from benchmarks.texts import Texts, laid_out
from evaluation.measure import NoData

TEXT = "DEV-MUC3-0001 (X)\n\n   LIMA, 1 JAN 90 -- ONE.\n\nDEV-MUC3-0002 (X)\n\n   TWO.\n"


def test_texts_are_laid_out_and_taken_away(tmp_path: Path) -> None:
    (tmp_path / "dev-muc3-0001").write_text(TEXT, encoding="latin-1")
    with laid_out(tmp_path, None) as texts:
        folder = texts.folder
        assert [p.name for p in sorted(folder.iterdir())] == [
            "DEV-MUC3-0001.txt",
            "DEV-MUC3-0002.txt",
        ]
    assert not folder.exists()
    with laid_out(tmp_path, 1) as texts:
        assert texts.count == 1
    with pytest.raises(NoData), laid_out(tmp_path / "none", None):
        pass


def test_a_process_is_timed_and_its_memory_its_own() -> None:
    small = run([sys.executable, "-c", "pass"])
    large = run([sys.executable, "-c", "x = bytearray(80_000_000); x[::4096] = x[::4096]"])
    assert 0 < small.seconds < 60
    assert large.megabytes - small.megabytes > 50
    with pytest.raises(CommandFailed, match="exit code 3"):
        run([sys.executable, "-c", "raise SystemExit(3)"])


def test_the_table_of_add() -> None:
    timed = Timed(100, 2000, 7, 3, [Stage("parse", 1.0), Stage("extract", 3.0, "beyond it")])
    texts = Texts(Path(), 5, "ab" * 32)
    text = add.block(add.Result(texts, timed, 2.0, None, {1: Run(8.0, 300 * 2**20)}))
    assert "| stage: parse | 1.00 | 100 | 2,000 | 0.50 |  |" in text
    assert "| all stages | 4.00 | 25 | 500 | 2.00 |  |" in text
    assert "loading included | 8.00 | 12 | 250 | 4.00 | 300 |" in text
    assert "en_core_web_sm` is not installed" in text
    assert "PETRARCH2" in text


def test_the_table_of_starting() -> None:
    text = startup.block({"python -c pass": Run(0.02, 2**23), "other": Run(0.5, 2**27)})
    assert "| `other` | 0.50 | 25.0 | 128 |" in text
