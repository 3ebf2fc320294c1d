"""What every new report is held against, kept in blocks: a million rows are read at once.

Each linking appends a block: where its accounts lie, and the fingerprints of its reports. Rows
of their own would have to be fetched one by one each time a report is added.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection, insert, select

from contested.record.schema_links import link_block

PLACED = 7
"""Numbers kept of an account: its own, its run's, first, last, lat, lon, radius."""


@dataclass(frozen=True, slots=True)
class LinkedRun:
    """A run whose claims are linked, with the fingerprints of its report's text."""

    run: int
    report: str
    published: str
    marks: NDArray[np.uint32]


@dataclass(frozen=True)
class Sketches:
    """The fingerprints of many reports, one after the other; `ends` says where each ends."""

    runs: NDArray[np.int64]
    reports: Sequence[str]
    published: Sequence[str]
    ends: NDArray[np.int64]
    marks: NDArray[np.uint32]
    hidden: NDArray[np.bool_]

    @cached_property
    def sizes(self) -> NDArray[np.int64]:
        """How many marks each report has."""
        return np.diff(self.ends, prepend=0)

    @cached_property
    def places(self) -> dict[str, int]:
        """Where each report stands, of those whose run is current."""
        shown = ~self.hidden
        return {report: n for n, report in enumerate(self.reports) if shown[n]}

    def __getitem__(self, report: str) -> LinkedRun:
        n = self.places[report]
        marks = self.marks[self.ends[n] - self.sizes[n] : self.ends[n]]
        return LinkedRun(int(self.runs[n]), report, self.published[n], marks)

    def sharing(self, marks: NDArray[np.uint32]) -> Sharing:
        """Which reports have any of these marks, which are sorted and each there once."""
        likely = np.zeros(1 << 16, dtype=np.bool_)
        likely[marks & 0xFFFF] = True
        at = np.flatnonzero(likely[self.marks & 0xFFFF])
        at = at[np.isin(self.marks[at], marks)]
        owners = np.searchsorted(self.ends, at, side="right")
        shown = ~self.hidden[owners]
        return Sharing(
            marks, np.searchsorted(marks, self.marks[at][shown]), owners[shown], len(self.runs)
        )


@dataclass(frozen=True, slots=True)
class Sharing:
    """Marks that were asked for, and who has which: positions in `marks` and of reports."""

    marks: NDArray[np.uint32]
    which: NDArray[np.int64]
    owners: NDArray[np.int64]
    size: int

    def counts(self, some: NDArray[np.uint32]) -> NDArray[np.int64]:
        """How many of some of these marks each report has."""
        wanted = np.isin(self.marks, some)
        return np.bincount(self.owners[wanted[self.which]], minlength=self.size)


@dataclass(frozen=True, slots=True)
class Blocks:
    """Every linked account as numbers (n × 7), NaN where unknown, and every report's marks."""

    accounts: NDArray[np.float64]
    sketches: Sketches


def read(connection: Connection, model: int, gone: Collection[int]) -> Blocks:
    """All blocks of a model as one, without the runs in `gone`, which are no longer current."""
    rows = connection.execute(
        select(link_block).where(link_block.c.model == model).order_by(link_block.c.number)
    ).all()

    def joined(name: str, dtype: str) -> NDArray[np.generic]:
        return np.frombuffer(b"".join(getattr(row, name) for row in rows), dtype=dtype)

    old = np.array(sorted(gone), dtype=np.int64)
    accounts = joined("accounts", "<f8").reshape(-1, PLACED)
    runs = joined("runs", "<i8")
    sketches = Sketches(
        runs=runs,  # type: ignore[arg-type]
        reports=[each for row in rows for each in row.reports.split("\n") if row.reports],
        published=[each for row in rows for each in row.published.split("\n") if row.reports],
        ends=np.cumsum(joined("sizes", "<u4"), dtype=np.int64),
        marks=joined("marks", "<u4"),  # type: ignore[arg-type]
        hidden=np.isin(runs, old),
    )
    kept = ~np.isin(accounts[:, 1].astype(np.int64), old)
    return Blocks(accounts[kept].astype(np.float64), sketches)


def append(
    connection: Connection,
    number: int,
    model: int,
    runs: Sequence[LinkedRun],
    accounts: NDArray[np.float64],
) -> None:
    """Append a block: these runs, and their accounts as `Blocks.accounts` has them."""
    sizes = np.array([len(each.marks) for each in runs], dtype="<u4")
    connection.execute(
        insert(link_block).values(
            number=number,
            model=model,
            runs=np.array([each.run for each in runs], dtype="<i8").tobytes(),
            reports="\n".join(each.report for each in runs),
            published="\n".join(each.published for each in runs),
            sizes=sizes.tobytes(),
            marks=b"".join(each.marks.astype("<u4").tobytes() for each in runs),
            accounts=accounts.astype("<f8").tobytes(),
        )
    )
