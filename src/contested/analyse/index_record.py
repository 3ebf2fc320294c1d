"""The index over draws of a record: what its ranges make of the score."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from contested.analyse.answer import Band, band
from contested.analyse.draws import Draw, Draws
from contested.analyse.figures import several
from contested.analyse.index import MEASURES, YEARS, Index, IndexRow, finished, formula
from contested.errors import NothingToAnalyse
from contested.model import Incident

EFFECTS = {"wounded": "injuries", "captured": "hostages"}
EPOCH = 719163
"""The ordinal of 1970-01-01, from which NumPy counts."""
Cube = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Harm:
    """Injured and taken hostage of one incident, as low, best, high; None: nobody says."""

    injuries: Band | None = None
    hostages: Band | None = None


def harms(incidents: Iterable[Incident]) -> dict[str, Harm]:
    """The injured and the captured of every incident, classes of victims added up."""
    out: dict[str, Harm] = {}
    for incident in incidents:
        found: dict[str, Band] = {}
        for toll in incident.casualties:
            name = EFFECTS.get(toll.effect)
            ends = [end for end in (toll.low, toll.best, toll.high) if end is not None]
            if name and ends:
                best = toll.best if toll.best is not None else min(ends)
                before = found.get(name, Band(0, 0, 0))
                found[name] = Band(
                    before.low + min(ends), before.best + best, before.high + max(ends)
                )
        out[incident.id] = Harm(**found)
    return out


def index_of_draws(draws: Draws, found: Mapping[str, Harm] | None = None) -> Index:
    """The index of every country and year of the record, the interval over its draws.

    Raises NothingToAnalyse where no happening has both a country and a date.
    """
    events = draws.events
    countries = sorted({name for name in events.countries if name})
    period = events.period()
    if not countries or period is None:
        raise NothingToAnalyse(
            "No incident has both a country and a date, so there is no index. Widen the filters."
        )
    first, last = (day.year for day in period)
    place = {name: n for n, name in enumerate(countries)}
    country = np.array([place.get(name or "", -1) for name in events.countries])
    ends = _ends(events.ids, found or {})
    count = _Counting(country, ends, len(countries), first, last)
    point = count.cube(draws.point(), None)
    chance = np.random.default_rng(draws.options.seed)
    cubes = np.stack([count.cube(one, chance) for one in draws])
    missing = [name for name in MEASURES[2:] if not found or not _any(ends[name])]
    rows = _rows(countries, first, point, cubes, set(missing))
    return finished(rows, _left_out(draws, country), _assumed(draws, first))


def _any(ends: NDArray[np.float64]) -> bool:
    return bool((ends >= 0).any())


def _ends(ids: tuple[str, ...], found: Mapping[str, Harm]) -> dict[str, NDArray[np.float64]]:
    """Low, best, high of injuries and hostages for every row; -1 where nobody says."""
    out = {name: np.full((len(ids), 3), -1.0) for name in EFFECTS.values()}
    for n, id in enumerate(ids):
        harm = found.get(id.partition("/")[0])
        for name, ends in out.items():
            value = getattr(harm, name, None)
            if value is not None:
                ends[n] = value.low, value.best, value.high
    return out


@dataclass(frozen=True, slots=True)
class _Counting:
    country: NDArray[np.int64]
    ends: dict[str, NDArray[np.float64]]
    countries: int
    first: int
    last: int

    def cube(self, draw: Draw, chance: np.random.Generator | None) -> Cube:
        """Measures by countries by years of one draw; best values without `chance`."""
        years = _years(draw.day)
        which = self.country[draw.event]
        keep = (which >= 0) & (years >= self.first) & (years <= self.last)
        cell = which[keep], years[keep] - self.first
        out = np.zeros((len(MEASURES), self.countries, self.last - self.first + 1))
        np.add.at(out[0], cell, 1.0)
        np.add.at(out[1], cell, np.maximum(draw.deaths()[keep], 0))
        for n, name in enumerate(MEASURES[2:], start=2):
            np.add.at(out[n], cell, self._drawn(name, draw.event[keep], chance))
        return out

    def _drawn(
        self, name: str, rows: NDArray[np.int32], chance: np.random.Generator | None
    ) -> NDArray[np.float64]:
        low, best, high = np.maximum(self.ends[name][rows], 0).T
        if chance is None:
            return np.asarray(best)
        loose = high > low
        out = best.copy()
        out[loose] = np.rint(chance.triangular(low[loose], best[loose], high[loose]))
        return np.asarray(out)


def _years(days: NDArray[np.int32]) -> NDArray[np.int64]:
    """The years of day ordinals; 0 for undated ones."""
    dates = (days.astype(np.int64) - EPOCH).astype("datetime64[D]")
    years = dates.astype("datetime64[Y]").astype(np.int64) + 1970
    return np.where(days > 0, years, 0)


def _rows(
    countries: list[str], first: int, point: Cube, cubes: Cube, missing: set[str]
) -> list[IndexRow]:
    use = formula()
    weights = np.array([use.measures[name] for name in MEASURES])
    raw, raws = np.tensordot(weights, point, 1), np.einsum("m,dmcy->dcy", weights, cubes)
    summed, sums = _five(raw, use.years), _five(raws, use.years)
    out = []
    for c, name in enumerate(countries):
        for y in range(point.shape[2]):
            if not sums[:, c, y].any() and not summed[c, y]:
                continue
            bands = {
                measure: None
                if measure in missing
                else _whole(band(cubes[:, m, c, y], point=point[m, c, y]))
                for m, measure in enumerate(MEASURES)
            }
            weighted = band(sums[:, c, y], point=summed[c, y])
            out.append(
                IndexRow(
                    country=name,
                    year=first + y,
                    **bands,  # type: ignore[arg-type]
                    raw=band(raws[:, c, y], point=raw[c, y]),
                    weighted=weighted,
                    score=Band(
                        *(
                            round(use.score(end), 4)
                            for end in (weighted.low, weighted.best, weighted.high)
                        )
                    ),
                    years=min(YEARS, y + 1),
                )
            )
    return out


def _whole(found: Band) -> Band:
    """A band of people or incidents: its ends are no halves of one."""
    return Band(float(math.floor(found.low)), found.best, float(math.ceil(found.high)))


def _five(raws: NDArray[np.float64], weights: tuple[float, ...]) -> NDArray[np.float64]:
    """The weighted sums over five years; the years are the last axis."""
    out = np.zeros_like(raws)
    for back, weight in enumerate(weights[: raws.shape[-1]]):
        out[..., back:] += weight * raws[..., : raws.shape[-1] - back]
    return out


def _left_out(draws: Draws, country: NDArray[np.int64]) -> list[str]:
    out = []
    nowhere, undated = int((country < 0).sum()), int((~draws.events.dated).sum())
    if nowhere:
        out.append(f"{several(nowhere, 'incident')} without a country left out.")
    if undated:
        out.append(f"{several(undated, 'incident')} without both ends of a date left out.")
    return out


def _assumed(draws: Draws, first: int) -> tuple[str, ...]:
    return (
        f"What is not here counts as none: all before {first}, and whatever was in no report or "
        "row that was read.",
        "Every incident that fits the filters is counted, whoever began it; hostages are those "
        "captured. Injured and captured: triangular over low, best and high.",
        *draws.assumptions(),
    )
