"""Forecasts of monthly fatalities by country, on the data of the VIEWS 2023 competition.

The tables give months from December 2015 to December 2021: the features hold twelve months
each, lags, and sums over 24 months from whose differences the older months follow exactly. A
forecast for a year is made as of October before it (leads 3 to 14), from months to then.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import fmean
from typing import Any

import numpy as np
from numpy.typing import NDArray

from contested.analyse.forecast.members import Counts, Values, last_value, own_history
from contested.analyse.forecast.rolling import (
    Learned,
    PoolOptions,
    Predicted,
    learned,
    predicted,
    said,
    windows,
)
from contested.analyse.forecast.scores import Score, score
from evaluation.measure import (
    BadData,
    Better,
    Figure,
    Measured,
    Options,
    Say,
    files_under,
    fingerprint,
    share,
)

YEARS = (2019, 2020, 2021)
LEADS = tuple(range(3, 15))
OPTIONS = PoolOptions(leads=LEADS)
FIRST = 432
"""December 2015, counted as the tables do: months since December 1979."""
OLDEST_SUMS, OLDEST_LAGS = 456, 449
NOTES = (
    "CRPS in deaths a country and month, lower is better; each year is forecast as of October "
    "before it. Own history is the months of the feature tables: the last 12 for 2019, 24 for "
    "2020 and 2021; the pool and its members read all months since December 2015. Settings were "
    "chosen on months to October 2018 (see [Forecast](analyse/forecast.md)); weights and "
    "widening of each year are learned on months to the October before it.",
)


@dataclass(frozen=True, slots=True)
class Year:
    """What was known in October before, what came, and what was said."""

    past: Counts
    came: NDArray[np.float64]
    feature_months: int


def read(folder: Path) -> dict[int, Year]:
    """The three years. Raises NoData or BadData."""
    files_under(folder, "cm_*.parquet")
    try:
        whole = _months(folder)
    except (KeyError, ValueError, IndexError) as error:
        raise BadData(f"{folder}: not the tables of the competition ({error})") from error
    out = {}
    for year in YEARS:
        october = _month(year - 1, 10) - FIRST + 1
        ahead = slice(october + LEADS[0] - 1, october + LEADS[-1])
        out[year] = Year(whole[:, :october], whole[:, ahead], 12 if year == YEARS[0] else 24)
    return out


def _month(year: int, month: int) -> int:
    return (year - 1980) * 12 + month


def _months(folder: Path) -> Counts:
    """Countries by months, from `FIRST`: features where they have the month, then actuals."""
    features = [_table(folder / f"cm_features_to_oct{year - 1}.parquet") for year in YEARS]
    deaths = {month: row for one in features for month, row in one["ged_sb"].items()}
    for year in YEARS:
        deaths |= _table(folder / f"cm_actuals_{year}.parquet")["ged_sb"]
    deaths |= _table(folder / "cm_actuals_2018.parquet")["ged_sb"]
    first = min(deaths)
    for lag in range(1, 7):
        deaths[first - lag] = features[0][f"ged_sb_tlag_{lag}"][first]
    sums: dict[int, NDArray[np.float64]] = {}
    for one in features:
        sums |= one["ged_sb_tsum_24"]
    for month in sorted(sums):
        if month - 1 in sums and month - 24 < OLDEST_LAGS:
            deaths[month - 24] = deaths[month] - sums[month] + sums[month - 1]
    hole = first - 12  # the month before the differences of the first table's sums end
    known = [deaths[month] for month in range(first - 23, first + 1) if month != hole]
    deaths[hole] = sums[first] - np.sum(known, axis=0)
    stacked = np.array([deaths[month] for month in range(FIRST, max(deaths) + 1)]).T
    whole = np.rint(stacked)
    if np.abs(stacked - whole).max() > 1e-6 or whole.min() < 0:
        raise ValueError("months that do not follow from the sums")
    return np.asarray(whole, dtype=np.float64)


def _table(path: Path) -> dict[str, dict[int, NDArray[np.float64]]]:
    """Column, month, countries in the order of their ids."""
    import pyarrow.parquet as pq

    names = [name for name in pq.read_schema(path).names if name.startswith("ged_sb")]
    table: Any = pq.read_table(path, columns=["month_id", "country_id", *names])
    months = table["month_id"].to_numpy()
    order = np.argsort(table["country_id"].to_numpy(), kind="stable")
    out: dict[str, dict[int, NDArray[np.float64]]] = {}
    for name in names:
        column = table[name].to_numpy()
        out[name] = {
            int(month): column[order][months[order] == month] for month in np.unique(months)
        }
    return out


@dataclass(frozen=True, slots=True)
class Result:
    """Scores of one year: the two benchmarks, each member, the pool before and after widening."""

    own: Score
    last: Score
    members: dict[str, Score]
    raw: Score
    pool: Score
    by: Learned


Pick = Callable[[Result], Score]
POINTS_OF: tuple[tuple[str, str, Pick], ...] = (
    ("own", "own history", lambda r: r.own),
    ("last", "last value, Poisson spread", lambda r: r.last),
    ("pool", "pool", lambda r: r.pool),
)
INTERVALS_OF: tuple[tuple[str, str, Pick], ...] = (
    ("own", "own history", lambda r: r.own),
    ("raw", "pool as it is", lambda r: r.raw),
    ("pool", "pool, widened by bin", lambda r: r.pool),
)


def result(year: Year, options: PoolOptions = OPTIONS) -> Result:
    """Forecast a year from what was known, then look at what came."""
    at = year.past.shape[1]
    by = learned(windows(year.past, options), at, options)
    told = said(year.past, LEADS, options)
    pool: Predicted = predicted(told, by, options.level)
    kept = year.past[:, -year.feature_months :]
    return Result(
        own=score(_own(kept), year.came),
        last=score(last_value(year.past, LEADS, options.look), year.came),
        members={
            name: score(values, year.came)
            for name, values in zip(options.members, told, strict=True)
        },
        raw=score(pool.values, year.came),
        pool=score(pool.values, year.came, (pool.low, pool.high)),
        by=by,
    )


def _own(kept: Counts) -> Values:
    return own_history(kept, LEADS, OPTIONS.look)


def measure(folder: Path, options: Options, say: Say) -> Measured:
    """Score own history, last value, members and pool on the years of `folder`."""
    found: dict[int, Result] = {}
    for year, data in list(read(folder).items())[: options.limit]:
        found[year] = result(data)
        weights = zip(OPTIONS.members, found[year].by.weights, strict=True)
        say(f"{year}: " + ", ".join(f"{name} {weight:.2f}" for name, weight in weights))
    return Measured(
        measure="forecast",
        title="Forecasts of monthly fatalities by country (VIEWS 2023)",
        command="python -m evaluation forecast",
        data="191 countries, December 2015 to December 2021",
        sha256=fingerprint(files_under(folder, "cm_*.parquet")),
        figures=figures(found),
        notes=NOTES,
        whole=options.limit is None,
    )


def figures(found: Mapping[int, Result]) -> tuple[Figure, ...]:
    """CRPS by year and on average, coverage of months with and without deaths, members."""
    out: list[Figure] = []
    for name, words, pick in POINTS_OF:
        better: Better | None = "lower" if name == "pool" else None
        for year, one in found.items():
            out.append(_crps(f"{name}_{year}", pick(one).crps, f"{words}: CRPS {year}", better))
        out.append(
            _crps(f"{name}_mean", _mean(map(pick, found.values())), f"{words}: mean", better)
        )
    for member in OPTIONS.members:
        mean = _mean(one.members[member] for one in found.values())
        out.append(_crps(f"member_{member}", mean, f"member {member.replace('_', ' ')}: mean"))
    for name, words, pick in INTERVALS_OF:
        out += _intervals(name, words, {year: pick(one) for year, one in found.items()})
    return tuple(out)


def _intervals(name: str, words: str, found: Mapping[int, Score]) -> list[Figure]:
    scores = list(found.values())
    some = sum(one.some for one in scores)
    zero = sum(one.zero for one in scores)
    covered = sum((one.covered_some or 0) * one.some for one in scores)
    quiet = sum((one.covered_zero or 0) * one.zero for one in scores)
    label = f"90% interval, {words}"
    out = [
        Figure(f"{name}_some", share(covered, some), f"{label}: of {some:,} months with deaths"),
        Figure(f"{name}_zero", share(quiet, zero), f"{label}: of {zero:,} without"),
        _crps(f"{name}_interval", sum(s.interval for s in scores) / len(scores), f"{label}: score"),
        _crps(f"{name}_width", sum(s.width for s in scores) / len(scores), f"{label}: mean width"),
    ]
    if name == "pool":
        for year, one in found.items():
            value = 100 * (one.covered_some or 0)
            out.append(Figure(f"pool_some_{year}", value, f"{label}: with deaths, {year}"))
    return [replace(one, better=None) for one in out]


def _crps(name: str, value: float, label: str, better: Better | None = None) -> Figure:
    return Figure(name, value, label, "", better, 0.05)


def _mean(scores: Iterable[Score]) -> float:
    return fmean(one.crps for one in scores)
