"""Whose acts are told apart: actors, actors by type of act, or what a table says."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, TypeAlias

import numpy as np
import numpy.typing as npt

from contested.analyse.draws import Draw, Draws
from contested.analyse.events import Events, Floats, Ints
from contested.errors import UsageError

OTHERS = "others"
Lines: TypeAlias = npt.NDArray[np.integer[Any]]
COLUMNS = ("dimension", "actor", "type", "place", "country")


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A line of a table of dimensions: what is empty fits everything."""

    dimension: str
    actor: str = ""
    type: str = ""
    place: str = ""
    country: str = ""

    def fits(self, actors: Sequence[str], events: Events, row: int) -> bool:
        """Whether an event, begun by these actors, is of this dimension."""
        return (
            (not self.actor or self.actor in actors)
            and self.type in ("", events.types[row])
            and self.place in ("", events.places[row], events.admin1[row])
            and self.country in ("", events.countries[row])
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class DimensionOptions:
    """How events are told apart; the rest is put together as ``others``.

    `most` dimensions at most, each with at least `enough` events on the mean of the draws.
    """

    by: Literal["actor", "actor-type"] = "actor"
    rules: tuple[Rule, ...] = ()
    most: int = 6
    enough: int = 30

    def __post_init__(self) -> None:
        if self.most < 1 or self.enough < 10:
            raise UsageError(
                "Ask for at least 1 dimension and for at least 10 events of each: from fewer no "
                "interval can be told."
            )


@dataclass(frozen=True, slots=True, eq=False)
class Told:
    """Every line of all draws with its dimension (-1: left out), and what was put together.

    `counts` are means of the draws, `drawn` the share of each dimension's events of which chance
    says who began. `pairs` (row times sides plus side, ascending) are of dimension `of_pair`.
    """

    names: tuple[str, ...]
    numbers: Ints
    counts: Floats
    drawn: Floats
    few: tuple[tuple[str, float], ...]
    pairs: Ints
    of_pair: Ints

    @property
    def named(self) -> int:
        """How many dimensions are not ``others``."""
        return len(self.names) - (OTHERS in self.names)

    def of(self, draws: Draws, draw: Draw) -> Ints:
        """The dimension of every line of one draw, or of the record as it stands."""
        pairs = _pairs(draws, draw.event, draw.side)
        if not len(self.pairs):
            return np.full(len(pairs), -1, dtype=np.int64)
        at = np.minimum(np.searchsorted(self.pairs, pairs), len(self.pairs) - 1)
        return np.where(self.pairs[at] == pairs, self.of_pair[at], -1).astype(np.int64)


def told_apart(draws: Draws, options: DimensionOptions) -> Told:
    """The dimension of every line of all draws."""
    pairs, inverse = np.unique(_pairs(draws, draws.event, draws.side), return_inverse=True)
    labels, of_pair = _labels(draws, pairs, options)
    which = of_pair[inverse]
    dated = draws.day > 0
    mean = np.bincount(which[dated], minlength=len(labels)) / len(draws)
    order = sorted(range(len(labels)), key=lambda n: (-mean[n], labels[n] or ""))
    known = [n for n in order if labels[n] is not None]
    chosen = [n for n in known if mean[n] >= options.enough][: options.most]
    rest = [n for n in order if n not in chosen]
    number = np.full(len(labels), -1, dtype=np.int64)
    number[chosen] = np.arange(len(chosen))
    names = [str(labels[n]) for n in chosen]
    counts = [float(mean[n]) for n in chosen]
    if chosen and (total := float(mean[rest].sum())) >= options.enough:
        number[rest] = len(chosen)
        names.append(OTHERS)
        counts.append(total)
    numbers = number[which]
    return Told(
        names=tuple(names),
        numbers=numbers,
        counts=np.array(counts),
        drawn=_drawn(draws, numbers, len(names)),
        few=tuple((str(labels[n]), float(mean[n])) for n in known if n not in chosen),
        pairs=pairs,
        of_pair=number[of_pair],
    )


def _pairs(draws: Draws, event: Lines, side: Lines) -> Ints:
    return event.astype(np.int64) * len(draws.events.sides) + side


def _drawn(draws: Draws, numbers: Ints, size: int) -> Floats:
    open_ = np.array([len(row) > 1 for row in draws.events.initiators], dtype=float)
    mine = numbers >= 0
    sums = np.bincount(numbers[mine], open_[draws.event[mine]], minlength=size)
    return np.asarray(sums / np.maximum(np.bincount(numbers[mine], minlength=size), 1))


def _labels(draws: Draws, pairs: Ints, options: DimensionOptions) -> tuple[list[str | None], Ints]:
    """All labels, and the number of that of each pair of row and side."""
    events = draws.events
    sides, often = np.unique(draws.side, return_counts=True)
    common: Counter[str] = Counter()
    for side, count in zip(sides.tolist(), often.tolist(), strict=True):
        common.update(dict.fromkeys(events.sides[side], count))
    found: dict[str | None, int] = {}
    numbers = []
    for pair in pairs.tolist():
        row, side = divmod(pair, len(events.sides))
        label = _label(events, row, events.sides[side], common, options)
        numbers.append(found.setdefault(label, len(found)))
    return list(found), np.array(numbers, dtype=np.int64)


def _label(
    events: Events,
    row: int,
    actors: Sequence[str],
    common: Counter[str],
    options: DimensionOptions,
) -> str | None:
    if options.rules:
        fits = (rule.dimension for rule in options.rules if rule.fits(actors, events, row))
        return next(fits, None)
    if not actors:
        return None
    actor = max(actors, key=lambda name: (common[name], name))
    kind = (events.types[row] or "event").replace("_", " ")
    return f"{actor}: {kind}" if options.by == "actor-type" else actor


def rules_of(path: Path) -> tuple[Rule, ...]:
    """A table of dimensions (CSV). Raises UsageError where it cannot be used."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            return _rules(csv.DictReader(file), path)
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise UsageError(f"{path} cannot be read as a table of dimensions: {error}") from error


def _rules(lines: csv.DictReader[str], path: Path) -> tuple[Rule, ...]:
    unknown = [name for name in lines.fieldnames or () if name not in COLUMNS]
    if unknown or "dimension" not in (lines.fieldnames or ()):
        raise UsageError(
            f"{path}: a table of dimensions has the columns {', '.join(COLUMNS)}, of which only "
            f"the first must be there{_named(unknown)}."
        )
    found = tuple(
        Rule(**{name: (line.get(name) or "").strip() for name in COLUMNS}) for line in lines
    )
    if not found or not all(rule.dimension for rule in found):
        raise UsageError(f"{path}: each line of a table of dimensions must name its dimension.")
    if any(rule.dimension == OTHERS for rule in found):
        raise UsageError(f"{path}: “{OTHERS}” is what fits no line; name the dimension otherwise.")
    return found


def _named(unknown: Iterable[str]) -> str:
    names = ", ".join(unknown)
    return f"; it does not know {names}" if names else ""
