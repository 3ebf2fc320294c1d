"""A generated set as files: one .txt a report with front matter, and the truth beside them."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from pathlib import Path

from benchmarks.generate.reports import Generated

COLUMNS = ("report", "file", "start", "end", "kind", "claim", "incident")


def write(generated: Iterable[Generated], folder: Path, truth: Path | None = None) -> int:
    """Write each report's bytes under its name into `folder`, for ``contested add``.

    `truth`, a CSV file outside of `folder`, gets a row for every claim: where it stands and
    which incident it is of. Says how many reports were written. Raises OSError.
    """
    folder.mkdir(parents=True, exist_ok=True)
    count, rows = 0, []
    for report, original, claims, of in generated:
        (folder / report.name).write_bytes(original)
        count += 1
        if truth is not None:
            rows += [
                (report.id, report.name, c.start, c.end, c.kind, c.id, of[c.id]) for c in claims
            ]
    if truth is not None:
        with truth.open("w", encoding="utf-8", newline="") as lines:
            writer = csv.writer(lines)
            writer.writerow(COLUMNS)
            writer.writerows(rows)
    return count
