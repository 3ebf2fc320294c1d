"""Counts and events in a line, for tests of what is counted by time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from contested.analyse.counts import series_of_counts
from contested.analyse.events import Events, Happening, columns
from contested.analyse.series import Series


def monthly(counts: Sequence[float], year: int = 2019) -> Series:
    """A series of months from January of `year`."""
    rows = [f"{year + n // 12}-{n % 12 + 1:02d},{int(count)}" for n, count in enumerate(counts)]
    return series_of_counts("\n".join(["month,count", *rows]), "counts.csv")


def noisy(means: Sequence[float], size: float = 20, seed: int = 1) -> Series:
    """Negative binomial counts of those means."""
    chance = np.random.default_rng(seed)
    drawn = chance.poisson(chance.gamma(size, 1 / size, len(means)) * np.array(means))
    return monthly(drawn.tolist())


def daily(days: Sequence[str], deaths: float | None = 2, **values: object) -> Events:
    """An event of the TTP on each day, with so many soldiers killed."""
    toll = None if deaths is None else (deaths, deaths, deaths)
    rows = [
        Happening(
            id=f"i-{n}",
            first=dt.date.fromisoformat(day).toordinal() if day else 0,
            last=dt.date.fromisoformat(day).toordinal() if day else 0,
            initiators=((("ttp",), 1.0),),
            tolls=(None, toll, None, None),
            **values,  # type: ignore[arg-type]
        )
        for n, day in enumerate(days)
    ]
    return columns(rows, source="test")


def ged(path: Path, counts: Sequence[int], year: int = 2019) -> Path:
    """A UCDP GED table with so many events in each month."""
    head = (
        "id,type_of_violence,side_a,side_b,date_prec,date_start,date_end,adm_1,country,"
        "deaths_a,deaths_b,deaths_civilians,deaths_unknown,low,best,high"
    )
    lines = [head]
    for month, count in enumerate(counts):
        for n in range(count):
            day = dt.date(year + month // 12, month % 12 + 1, 1 + n % 28)
            lines.append(
                f"{month}-{n},1,Government of Pakistan,TTP,1,{day},{day},Kurram,Pakistan,"
                "1,1,0,0,1,2,5"
            )
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return path
