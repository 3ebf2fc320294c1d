"""All current claims as columns, report by report, and the reports that they are from."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from contested.record.briefs import CLAIM_COLUMNS, RUN_COLUMNS, Rows
from contested.record.index import SPEAKER
from contested.serve.board.columns import Ints, Mask, Words, days

WORDS = ("kind", "type", "country", "place", "speakers")
DAYS = ("earliest", "latest")
INTS = ("number", "extraction", "position", "start")


@dataclass(frozen=True)
class Runs:
    """Every extraction, and which of them is the current one of its report."""

    columns: dict[str, NDArray[Any]] = field(default_factory=dict)
    latest: dict[int, int] = field(default_factory=dict)
    """The latest version of reports that have more than one, by the report's number."""
    last_version: int = 0

    @property
    def last(self) -> int:
        """The number of the last extraction."""
        return int(self.columns["run"][-1]) if self.columns and len(self.columns["run"]) else 0

    def with_rows(self, parts: Iterable[Rows], versions: Iterable[Rows]) -> Runs:
        """These with what came after them."""
        found = [self.columns] if self.columns else []
        found += [_runs(part) for part in parts]
        if not found:
            found = [_runs([()] * len(RUN_COLUMNS))]
        joined = {name: np.concatenate([one[name] for one in found]) for name in found[-1]}
        latest, last = dict(self.latest), self.last_version
        for rows, reports, seqs in versions:
            last = max(last, rows[-1])
            for report, seq in zip(reports, seqs, strict=True):
                latest[report] = max(seq, latest.get(report, 1))
        return Runs(joined, latest, last)

    @cached_property
    def current(self) -> Ints:
        """The rows of the current extractions, in the order in which their reports arrived."""
        run, report, seq = (self.columns[name] for name in ("run", "report", "seq"))
        if not len(run):
            return np.zeros(0, np.int32)
        order = np.lexsort((run, seq, report))
        ends = np.append(report[order][1:] != report[order][:-1], True)
        newest = order[ends].astype(np.int32)
        wanted = np.ones(len(newest), np.int32)
        if self.latest:
            at = np.searchsorted(report[newest], np.array(list(self.latest), np.int32))
            for where, (number, last) in zip(at.tolist(), self.latest.items(), strict=True):
                if where < len(newest) and report[newest[where]] == number:
                    wanted[where] = last
        kept: Ints = newest[seq[newest] == wanted]
        return kept


def _runs(part: Rows) -> dict[str, NDArray[Any]]:
    given = dict(zip(RUN_COLUMNS, part, strict=True))
    return {
        "run": np.array(given["run"], np.int32),
        "report": np.array(given["report"], np.int32),
        "seq": np.array(given["seq"], np.int32),
        "dated": np.array([value is not None for value in given["edtf"]], np.bool_),
        "earliest": days(given["earliest"]),
        "latest": days(given["latest"]),
    }


@dataclass(frozen=True)
class Named:
    """Whom each claim names, current or not: a row for each."""

    words: Words = field(default_factory=Words)
    number: Ints = field(default_factory=lambda: np.zeros(0, np.int32))
    actor: Ints = field(default_factory=lambda: np.zeros(0, np.int32))
    speaks: Mask = field(default_factory=lambda: np.zeros(0, np.bool_))

    def with_rows(self, parts: Iterable[Rows]) -> Named:
        """These with what came after them."""
        numbers, actors, speaks = [self.number], [self.actor], [self.speaks]
        for number, actor, role in parts:
            numbers.append(np.array(number, np.int32))
            actors.append(self.words.coded(actor))
            speaks.append(np.array([each == SPEAKER for each in role], np.bool_))
        return Named(
            self.words, np.concatenate(numbers), np.concatenate(actors), np.concatenate(speaks)
        )

    def claims(self, actors: Iterable[str], *, speaking: bool) -> Ints:
        """The numbers of claims that are about one of these actors, or that one of them says."""
        wanted = np.zeros(len(self.words.all) + 1, np.bool_)
        wanted[[self.words.number(actor) for actor in actors]] = True
        wanted[-1] = False
        found: Ints = self.number[wanted[self.actor] & (self.speaks == speaking)]
        return found


@dataclass(frozen=True)
class Claims:
    """One state of the current claims."""

    words: dict[str, Words] = field(default_factory=lambda: {name: Words() for name in WORDS})
    columns: dict[str, NDArray[Any]] = field(default_factory=dict)
    last: int = 0
    """The number of the last claim that was read."""
    named: Named = field(default_factory=Named)

    def __len__(self) -> int:
        return len(self.columns["number"]) if self.columns else 0

    def __getitem__(self, name: str) -> NDArray[Any]:
        return self.columns[name]

    def with_rows(
        self, parts: Iterable[Rows], actors: Iterable[Rows], runs: Callable[[], Runs]
    ) -> Claims:
        """These with what came after them, without those that are no longer current.

        `runs` are asked for after the claims: no claim may be of a run that they do not have.
        """
        found, last = [self.columns] if self.columns else [], self.last
        for part in parts:
            found.append(self._made(part))
            last = int(part[0][-1])
        if not found:
            found = [self._made([()] * len(CLAIM_COLUMNS))]
        joined = {name: np.concatenate([one[name] for one in found]) for name in found[-1]}
        named = self.named.with_rows(actors)
        return Claims(self.words, _current(joined, runs()), last, named)

    def _made(self, part: Rows) -> dict[str, NDArray[Any]]:
        given: dict[str, Sequence[Any]] = dict(zip(CLAIM_COLUMNS, part, strict=True))
        out: dict[str, NDArray[Any]] = {
            "dated": np.array([value is not None for value in given["edtf"]], np.bool_)
        }
        out |= {name: np.array(given[name], np.int32) for name in INTS}
        out |= {name: days(given[name]) for name in DAYS}
        out |= {name: self.words[name].coded(given[name]) for name in WORDS}
        return out

    @cached_property
    def _places(self) -> Ints:
        """Where the claim of each number stands; -1 for one that is not current."""
        places = np.full(self.last + 1, -1, np.int32)
        places[self["number"]] = np.arange(len(self), dtype=np.int32)
        return places

    def naming(self, actors: Iterable[str], *, speaking: bool) -> Mask:
        """The rows that are about one of these actors, or that one of them says."""
        return self.rows_of(self.named.claims(actors, speaking=speaking))

    def rows_of(self, numbers: Sequence[int] | NDArray[np.int32]) -> Mask:
        """The rows of those of these claims that are current."""
        mask = np.zeros(len(self), np.bool_)
        given = np.asarray(numbers, np.int64)
        at = self._places[given[given <= self.last]]
        mask[at[at >= 0]] = True
        return mask


def _current(columns: dict[str, NDArray[Any]], runs: Runs) -> dict[str, NDArray[Any]]:
    """Claims of current extractions by the arrival of their report and their place in it."""
    report_of = np.full(runs.last + 1, -1, np.int32)
    current = runs.current
    report_of[runs.columns["run"][current]] = runs.columns["report"][current]
    report = report_of[columns["extraction"]]
    kept = np.flatnonzero(report >= 0)
    order = np.lexsort((columns["position"][kept], columns["start"][kept], report[kept]))
    kept = kept[order]
    return {name: column[kept] for name, column in columns.items()}
