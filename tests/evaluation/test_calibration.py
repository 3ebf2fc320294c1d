"""The measure of calibration, on numbers and judgements made by hand."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from evaluation import calibration
from evaluation.calibration import bins, chance_error, error, picture, ranks
from evaluation.judged import found, judgements
from evaluation.measure import NoData, Options
from evaluation.reading import extractor, report_of

HEAD = "corpus,report,text,start,end,kind,claim,verdict,wrong\n"
TEXT = "date: 2025-03-14\n\nMilitants killed two soldiers in Bannu on Monday, police said.\n"


def test_bins_hold_as_many_claims_each() -> None:
    chance = np.linspace(0, 1, 25)
    assert [b.claims for b in bins(chance, chance)] == [3, 3, 3, 3, 3, 2, 2, 2, 2, 2]


def test_the_error_is_the_mean_distance_of_the_bins() -> None:
    chance = np.array([0.2, 0.2, 0.9, 0.9])
    assert error(chance, np.array([0.0, 0.0, 1.0, 1.0]), 2) == pytest.approx(0.15)
    assert error(chance, np.array([1.0, 1.0, 0.0, 0.0]), 2) == pytest.approx(0.85)


def test_a_small_sample_shows_an_error_by_chance() -> None:
    few, many = (chance_error(np.full(n, 0.7)) for n in (50, 2000))
    assert 0 < many < few


def test_ranks_tell_right_from_wrong() -> None:
    chance = np.array([0.9, 0.6, 0.6, 0.1])
    assert ranks(chance, np.array([1.0, 1.0, 0.0, 0.0])) == pytest.approx(0.875)
    assert ranks(chance, np.ones(4)) == 0.5


@pytest.fixture
def judged(tmp_path: Path) -> tuple[Path, Path]:
    """A page, and judgements of its claims: one of them no longer made."""
    pages = tmp_path / "pages"
    pages.mkdir()
    (pages / "bannu.txt").write_text(TEXT, encoding="utf-8")
    from evaluation.judged_texts import ingested

    [report] = ingested(pages)
    claims = extractor().extract(report).claims
    rows = [
        f"pages,bannu.txt,{report.version[:12]},{c.start},{c.end},{c.kind},{c.id},right,"
        for c in claims
    ]
    rows.append(f"pages,bannu.txt,{report.version[:12]},0,9,event,c-0,wrong,kind where")
    file = tmp_path / "judged.csv"
    file.write_text(HEAD + "\n".join(rows) + "\n", encoding="utf-8")
    return file, pages


def test_claims_made_otherwise_now_are_counted(judged: tuple[Path, Path]) -> None:
    file, pages = judged
    here = found(judgements(file), [pages], print)
    assert here.lost == 1 and here.rows and all(row.judgement.right for row in here.rows)


def test_corpora_that_are_not_here_are_left_out(judged: tuple[Path, Path]) -> None:
    said: list[str] = []
    here = found(judgements(judged[0]), [], said.append)
    assert (here.rows, here.missing, said) == ((), ("pages",), ["left out: pages is not here"])


def test_the_measure_says_how_far_confidence_is_from_the_truth(
    judged: tuple[Path, Path], tmp_path: Path
) -> None:
    file, pages = judged
    chart = tmp_path / "plot.json"
    told = calibration.measure(file, [pages], chart, Options(), lambda _: None)
    figures = {figure.name: figure for figure in told.figures}
    mean = figures["confidence"].value / 100
    assert figures["right"].value == 100
    assert figures["ece"].value == pytest.approx(1 - mean)
    assert figures["ece"].better == "lower" and figures["lost"].value == 1
    assert chart.exists()


def test_without_texts_there_is_nothing_to_measure(judged: tuple[Path, Path]) -> None:
    with pytest.raises(NoData):
        calibration.measure(judged[0], [], None, Options(), lambda _: None)


def test_the_plot_tells_itself_in_words() -> None:
    chance = np.linspace(0.1, 0.9, 20)
    drawn = picture(bins(chance, np.round(chance)))
    assert "perfect calibration" in drawn["description"]
    assert len(drawn["layer"]) == 3


def test_the_evidence_is_that_of_the_claims_made() -> None:
    report = report_of("x", TEXT)
    made = extractor().extract(report).claims
    assert {claim.id for claim, _ in extractor().evidence(report)} == {c.id for c in made}
