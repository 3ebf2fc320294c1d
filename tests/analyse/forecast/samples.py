"""Records made by chance, as events."""

from __future__ import annotations

import datetime as dt

import numpy as np

from contested.analyse.draws import DrawOptions, Draws, draw
from contested.analyse.events import Events, Happening, columns
from contested.analyse.forecast.members import Counts

START = dt.date(2019, 1, 1)


def counts(months: int = 48, seed: int = 3) -> Counts:
    """A loud, a middling, a rare and a silent cell."""
    random = np.random.default_rng(seed)
    means = np.array([40.0, 6.0, 0.3, 0.0])
    sizes = np.array([2.0, 3.0, 1.0, 1.0])[:, None]
    rates = random.gamma(sizes, means[:, None] / sizes, (4, months))
    return random.poisson(rates).astype(np.float64)


def events(
    months: int = 40, a_month: float = 8.0, seed: int = 5, skip: range = range(0), dead: bool = True
) -> Events:
    """Attacks by two groups in three provinces; `skip` are months without any."""
    random = np.random.default_rng(seed)
    rows: list[Happening] = []
    for month in range(months):
        first = dt.date(START.year + month // 12, month % 12 + 1, 1).toordinal()
        for _ in range(0 if month in skip else 1 + random.poisson(a_month)):
            day = int(first + random.integers(28))
            killed = float(random.poisson(3))
            rows.append(
                Happening(
                    id=f"i-{len(rows)}",
                    first=day,
                    last=day,
                    country="PK",
                    admin1=("Kurram", "Khyber", None)[random.choice(3, p=(0.6, 0.3, 0.1))],
                    initiators=(((("ttp",), ("isk",))[random.choice(2, p=(0.8, 0.2))], 1.0),),
                    tolls=(None, (killed, killed, killed + 2) if dead else None, None, None),
                )
            )
    return columns(rows, source="test")


def draws(count: int = 6, **values: object) -> Draws:
    """Draws of such a record."""
    return draw(events(**values), DrawOptions(count=count))  # type: ignore[arg-type]
