from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks import __main__ as command
from benchmarks.generate import Options
from benchmarks.linking import match, meltt, ours, plain, whole
from benchmarks.linking.sets import LinkingSet, Row, gathered, rows
from benchmarks.linking.sources import TwoSources, enough, two_sources
from benchmarks.linking.worker import Linked, measured
from benchmarks.metrics import Score, b_cubed, links
from benchmarks.process import CommandFailed
from contested.model import EventClaim
from evaluation.measure import NoData

FAKE = '''
def run(datainput, names, twindow, spatwindow, smartmatch, k, secondary, certainty, partial,
        weight, episodal, silent):
    """Matches the records of the same day and point."""
    assert names[:6] == ["dataset", "event", "date", "enddate", "latitude", "longitude"]
    assert sorted(datainput["date"]) == datainput["date"]
    assert len(names) == 6 + sum(secondary) and len(weight) == len(certainty) == k
    found = []
    both = list(zip(*(datainput[name] for name in names)))
    for a in both:
        for b in both:
            if (a[0], b[0]) == (1, 2) and a[2] == b[2] and a[4:6] == b[4:6]:
                found.append([1, a[1], 2, b[1], 0.0, 0, 0, 0, 0, 0, 0, 1])
    return [], found
'''


@pytest.fixture(scope="module")
def data(ucdp: Path) -> LinkingSet:
    return gathered(Options(reports=160, ucdp=ucdp))


@pytest.fixture(scope="module")
def sources(ucdp: Path) -> TwoSources:
    return two_sources(200, enough(200, 5, ucdp=ucdp))


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    core = tmp_path / meltt.CORE
    core.parent.mkdir(parents=True)
    core.write_text(FAKE, encoding="utf-8")
    return tmp_path


def test_a_row_for_every_account(data: LinkingSet) -> None:
    found = {row.id: row for row in rows(data.claims, data.truth)}
    events = [claim for claim in data.claims if isinstance(claim, EventClaim)]
    assert found.keys() == data.truth.keys() == {claim.id for claim in events}
    for claim in events:
        row = found[claim.id]
        assert row.truth == data.truth[claim.id]
        assert (row.lat is None) == (row.place is None)
        if claim.where is None or claim.where.name == "Syria":
            assert row.place is None
        if claim.when is None:
            assert row.day is None


def test_every_linker_gives_a_partition_of_all_accounts(data: LinkingSet) -> None:
    mine = ours.groups(data.claims, data.reports)
    weighed = plain.linked(list(rows(data.claims, data.truth)))
    theirs = weighed.clusters(0.9)
    assert mine.keys() == theirs.keys() == data.truth.keys()
    # Anything that works is far above all alone, and above all together.
    alone = b_cubed({name: name for name in data.truth}, data.truth).f1
    assert b_cubed(mine, data.truth).f1 > alone
    assert len(set(weighed.clusters(0.02).values())) < len(set(theirs.values()))
    for found in (weighed.probabilities(), list(ours.probabilities(data.claims, data.reports))):
        assert found
        assert all(a in data.truth and b in data.truth and 0 <= p <= 1 for a, b, p in found)


def test_a_source_tells_of_an_incident_once(sources: TwoSources) -> None:
    assert len(sources.first) + len(sources.second) == 200
    for side in (sources.first, sources.second):
        assert len({row.truth for row in side}) == len(side)
        assert all(row.day is not None and row.lat is not None for row in side)
    both = {r.truth for r in sources.first} & {r.truth for r in sources.second}
    assert len(sources.links) == len(both) > 20
    events = {c.id for c in sources.claims if c.kind == "event"}
    assert events == {row.id for row in (*sources.first, *sources.second)}


def test_groups_become_links_across_the_sources_only(sources: TwoSources) -> None:
    everyone = (*sources.first, *sources.second)
    right = links(sources.linked({r.id: r.truth for r in everyone}), sources.links)
    assert right == Score(1.0, 1.0)
    assert not list(sources.linked({r.id: r.id for r in everyone}))
    every = list(sources.linked({r.id: "one" for r in everyone}))
    assert len(every) == len(sources.first) * len(sources.second)


def test_plain_splink_compares_across_sources_only(sources: TwoSources) -> None:
    mine = {row.id for row in sources.first}
    for a, b, _ in plain.matched(sources.first, sources.second).probabilities():
        assert (a in mine) != (b in mine)


def test_the_core_of_a_checkout_is_run(checkout: Path, sources: TwoSources) -> None:
    windows = meltt.Windows(1, 5.0)
    found, seconds = meltt.matched(checkout, sources.first, sources.second, windows)
    there = {(row.day, row.lat, row.lon): row for row in sources.second}
    assert found
    assert seconds >= 0
    by_id: dict[str, Row] = {row.id: row for row in (*sources.first, *sources.second)}
    for a, b in found:
        assert (by_id[a].day, by_id[a].lat, by_id[a].lon) in there
        assert by_id[a].lat == by_id[b].lat


def test_without_a_core_or_with_a_broken_one_it_says_so(
    tmp_path: Path, sources: TwoSources
) -> None:
    task = sources.first, sources.second, meltt.Windows(1, 5.0)
    with pytest.raises(NoData, match="--meltt"):
        meltt.matched(tmp_path, *task)
    core = tmp_path / meltt.CORE
    core.parent.mkdir(parents=True)
    core.write_text("raise SystemExit('no such thing')", encoding="utf-8")
    with pytest.raises(CommandFailed, match="no such thing"):
        meltt.matched(tmp_path, *task)


def test_all_three_are_matched_side_by_side(
    ucdp: Path, checkout: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(meltt, "TRIED", meltt.TRIED[:2])
    monkeypatch.setattr(plain, "TRIALS", (0.5, 0.9))
    found = match.measure(ucdp, checkout, [80])
    assert [one.linker for one in found] == ["MELTT", "plain Splink", "ours"]
    text = match.block(found)
    assert "left out" not in text
    assert "| 80 | MELTT | " in text
    alone = match.measure(ucdp, None, [80])
    assert [one.linker for one in alone] == ["plain Splink", "ours"]
    assert "MELTT was left out" in match.block(alone)


def test_a_linker_is_measured_in_a_process_of_its_own(ucdp: Path) -> None:
    linked = measured("plain", 120, ucdp)
    assert linked.accounts >= 120
    assert linked.true_clusters == 48
    assert linked.megabytes > 50
    assert 0 < linked.b_f1 <= 1
    assert linked.note.startswith("threshold")


def test_the_table_of_linking() -> None:
    one = Linked("ours", 3.25, 0.9, 0.8, 0.85, 0.7, 0.6, 0.65, 1200, 400, 420, 0.031, "", 512.0)
    text = whole.block(1000, [one])
    assert "1,000 generated reports with 1,200 accounts of 420 incidents" in text
    row = "| ours | 0.900 | 0.800 | 0.850 | 0.700 | 0.600 | 0.650 | 400 | 0.031 | 3.2 | 512 |"
    assert row in text


def test_a_benchmark_without_its_data_is_skipped(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert command.main(["match", "--ucdp", str(tmp_path), "--dry"]) == 0
    assert "match skipped" in capsys.readouterr().out
    assert command.main(["link", "--ucdp", str(tmp_path), "--dry"]) == 0
    assert "link skipped" in capsys.readouterr().out
    assert command.main(["link", "--reports", "0", "--dry"]) == 1
    assert "one report" in capsys.readouterr().err
