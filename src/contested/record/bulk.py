"""Adding many reports at once: the same checks, but one wait for the disk for a whole batch."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Iterable, Sequence

from contested.model import Claim, Report
from contested.record import clock, writing
from contested.record.codec import fitting
from contested.record.database import Database
from contested.record.results import Added

BATCH = 500
Item = tuple[Report, bytes, Sequence[Claim]]


def add_many(
    database: Database,
    items: Iterable[Item],
    *,
    method: str,
    at: dt.datetime | None = None,
    batch: int = BATCH,
) -> list[Added]:
    """Store reports in transactions of `batch` each; see `Store.add_many`."""
    out: list[Added] = []
    left = iter(items)
    while several := [_checked(item) for item in itertools.islice(left, batch)]:
        with database.writing() as connection:
            moment = clock.next_moment(connection, at)
            for report, packed, size, fit, unfit in several:
                addition = writing.Addition(
                    report=report,
                    packed=packed,
                    size=size,
                    claims=fit,
                    unfit=unfit,
                    method=method,
                    at=moment,
                    notes=(),
                )
                out.append(writing.add(connection, addition))
    return out


def _checked(item: Item) -> tuple[Report, bytes, int, list[Claim], tuple[str, ...]]:
    """All that `add` checks before it writes, done before the database is locked."""
    report, original, claims = item
    writing.check_report(report)
    writing.check_original(report, original)
    fit, unfit = fitting(claims)
    return report, writing.pack(original), len(original), fit, tuple(unfit)
