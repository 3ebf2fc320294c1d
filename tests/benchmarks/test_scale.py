from __future__ import annotations

from pathlib import Path

from benchmarks import scale
from benchmarks.process import Run
from contested.record import SqlStore


def test_a_record_is_built_once_and_new_reports_come_after_it(ucdp: Path, tmp_path: Path) -> None:
    built = scale.build(150, ucdp, tmp_path)
    stamp = built.stat().st_mtime_ns
    assert scale.build(150, ucdp, tmp_path) == built
    assert built.stat().st_mtime_ns == stamp
    assert [path.name for path in tmp_path.glob("building*")] == []
    with SqlStore.open(built, create=False) as store:
        assert 150 <= sum(store.counts().claims.values()) < 170
        known = {stored.report.id for stored in store.reports()}
        newest = max(s.report.published.edtf for s in store.reports() if s.report.published)
    new = list(scale.new_reports(150, ucdp))
    assert len(new) == scale.NEW
    assert known.isdisjoint(each.report.id for each in new)
    assert all(e.report.published and e.report.published.edtf >= newest for e in new)


def test_gathering_and_adding_are_timed(ucdp: Path, tmp_path: Path) -> None:
    result = scale.measure(60, ucdp, tmp_path)
    assert result.claims >= 60
    gathered, added = result.steps
    assert gathered.process.seconds > gathered.seconds > 0
    assert added.process.megabytes > 50
    assert [path.suffix for path in tmp_path.iterdir()] == [".sqlite"]


def test_the_table_of_a_large_record() -> None:
    step = scale.Step("gather", 12.34, Run(13.0, 2**30), "5 incidents")
    text = scale.block(scale.Result(1000, 3000, (step,)))
    assert "1,000 generated reports with 3,000 claims" in text
    assert "| gather | 12.3 | 13.0 | 1,024 | 5 incidents |" in text
