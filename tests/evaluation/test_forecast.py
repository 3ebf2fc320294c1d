"""The months of the forecasting corpus follow from its tables; the index's figures are measured."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from evaluation import __main__ as command
from evaluation import forecast, index
from evaluation.measure import BadData, NoData, Options

COUNTRIES = 12
LAST = 504


def truth() -> np.ndarray:
    random = np.random.default_rng(4)
    return random.poisson(random.gamma(0.4, 30, (COUNTRIES, 1)), (COUNTRIES, 73)).astype(float)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The corpus's tables, made from known months 432 to 504 (and none before)."""
    whole = truth()
    at = {month: whole[:, month - 432] for month in range(432, LAST + 1)}

    def table(name: str, months: range, features: bool) -> None:
        columns: dict[str, list[float]] = {"month_id": [], "country_id": [], "ged_sb": []}
        more = [f"ged_sb_tlag_{lag}" for lag in range(1, 7)] if features else []
        names = [*more, "ged_sb_tsum_24"] if features else []
        columns |= {one: [] for one in names}
        for month in months:
            for country in reversed(range(COUNTRIES)):
                columns["month_id"].append(month)
                columns["country_id"].append(country)
                columns["ged_sb"].append(at[month][country])
                for lag, one in enumerate(more, start=1):
                    columns[one].append(at[month - lag][country])
                if features:
                    back = range(month - 23, month + 1)
                    columns["ged_sb_tsum_24"].append(sum(at[m][country] for m in back))
        pq.write_table(pa.table(columns), tmp_path / f"{name}.parquet")

    for n, year in enumerate((2018, 2019, 2020)):
        table(f"cm_features_to_oct{year}", range(455 + 12 * n, 467 + 12 * n), features=True)
    for n, year in enumerate((2018, 2019, 2020, 2021)):
        table(f"cm_actuals_{year}", range(457 + 12 * n, 469 + 12 * n), features=False)
    return tmp_path


def test_all_months_are_found_again(folder: Path) -> None:
    years = forecast.read(folder)
    whole = truth()
    for year, months in zip(forecast.YEARS, (35, 47, 59), strict=True):
        assert (years[year].past == whole[:, :months]).all()
        assert (years[year].came == whole[:, months + 2 : months + 14]).all()


def test_the_measure_scores_each_year(folder: Path) -> None:
    lines: list[str] = []
    measured = forecast.measure(folder, Options(limit=1), lines.append)
    found = {figure.name: figure.value for figure in measured.figures}
    assert not measured.whole
    assert found["pool_2019"] == found["pool_mean"] < found["last_2019"]
    assert 80 < found["pool_some"] <= 100
    assert lines[0].startswith("2019: own_history")


def test_other_tables_are_no_corpus(folder: Path) -> None:
    path = folder / "cm_features_to_oct2018.parquet"
    pq.write_table(pq.read_table(path).drop_columns(["ged_sb_tlag_3"]), path)
    with pytest.raises(BadData):
        forecast.read(folder)


def test_the_index_measure(tmp_path: Path) -> None:
    path = tmp_path / "rows.csv"
    path.write_text("c,y,S,s\nAGO,2016,8.0,0.826319\nTGO,2022,1464,4.92\n", encoding="utf-8")
    lines: list[str] = []
    found = {
        one.name: one.value
        for one in index.measure(path, Options(misses=True), lines.append).figures
    }
    assert found["close"] == 1
    assert found["togo"] == 0
    assert lines[0].startswith("TGO 2022")
    for text in ("a,b\n1,2\n", "c,y,S,s\n", "c,y,S,s\nA,2,x,1\n"):
        path.write_text(text, encoding="utf-8")
        with pytest.raises(BadData):
            index.read(path)


def test_a_missing_corpus_is_no_error(tmp_path: Path) -> None:
    assert command.main(["index", str(tmp_path / "no.csv")]) == command.OK
    with pytest.raises(NoData):
        forecast.read(tmp_path)
