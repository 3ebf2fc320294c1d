"""Deaths and injuries in incident summaries, against numbers coded by hand.

The corpus is the half for development of eteitelbaum/code-satp: summaries of the South Asia
Terrorism Portal, one incident a row, with deaths and injuries by group. Measures: share of rows
with exactly the right number, and mean absolute error (MAE), as that project reports for
language models trained on it. Ours has seen none of it.
"""

from __future__ import annotations

import csv
import gzip
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from contested.model import Claim
from evaluation.measure import BadData, Figure, Measured, Options, Say, fingerprint, present, share
from evaluation.reading import all_claims, report_of
from evaluation.toll import Toll, toll

GROUPS = {
    "civilians": ("civilian", "govt_official"),
    "security_forces": ("security",),
    "militants": ("maoist", "other_armed_grp"),
}
"""Our classes of victims and the columns that they stand for. Officials of government are no
fighters; militias and splinters are armed groups like the Maoists."""
MANY = 6


@dataclass(frozen=True, slots=True)
class Row:
    """One coded summary."""

    number: str
    text: str
    date: str | None
    deaths: Toll
    injuries: int


def read(path: Path) -> list[Row]:
    """The rows of the corpus. Raises NoData or BadData."""
    opened = gzip.open if path.suffix == ".gz" else open
    with opened(present(path), "rt", encoding="utf-8", newline="") as lines:
        try:
            return [_row(cells) for cells in csv.DictReader(lines)]
        except (KeyError, ValueError) as error:
            raise BadData(f"{path}: not the columns of code-satp ({error})") from error


def _row(cells: dict[str, str]) -> Row:
    groups = {
        group: sum(int(float(cells[f"{column}_fatalities"])) for column in columns)
        for group, columns in GROUPS.items()
    }
    date = cells["date"][:10]
    return Row(
        cells["incident_number"],
        cells["incident_summary"],
        date if date[:2].isdigit() else None,
        Toll(int(float(cells["total_fatalities"])), groups),
        int(float(cells["total_injuries"])),
    )


@dataclass(frozen=True, slots=True)
class Result:
    """A row and what the program adds up for it."""

    row: Row
    deaths: Toll
    injuries: int


def results(rows: Sequence[Row], jobs: int = 1) -> list[Result]:
    """The tolls of every row's claims."""
    reports = [
        report_of(f"satp-{row.number}-{n}", row.text, row.date) for n, row in enumerate(rows)
    ]
    out = []
    for row, claims in zip(rows, all_claims(reports, jobs), strict=True):
        out.append(_result(row, claims))
    return out


def _result(row: Row, claims: Sequence[Claim]) -> Result:
    deaths = toll(row.text, claims, "killed", GROUPS, row.date)
    return Result(row, deaths, toll(row.text, claims, "wounded", GROUPS, row.date).total)


def measure(path: Path, options: Options, say: Say) -> Measured:
    """Score the summaries of `path`."""
    rows = read(path)[: options.limit]
    found = results(rows, options.jobs)
    for line in _worst(found, options.errors):
        say(line)
    return Measured(
        measure="satp",
        title="Deaths and injuries in one-incident summaries (SATP)",
        command="python -m evaluation satp",
        data=f"{len(rows):,} summaries of code-satp, the half for development",
        sha256=fingerprint([path]),
        figures=figures(found),
        whole=options.limit is None,
    )


def figures(found: Sequence[Result]) -> tuple[Figure, ...]:
    """All figures over `found`."""
    some = [r for r in found if r.row.deaths.total > 0]
    none = [r for r in found if r.row.deaths.total == 0]
    many = [r for r in found if r.row.deaths.total >= MANY]
    hurt = [r for r in found if r.row.injuries > 0]
    out = [
        Figure("deaths_exact", _exact(found), "deaths: exactly right"),
        Figure("deaths_mae", _mae(found), "deaths: mean absolute error", "", "lower", 0.005),
        Figure("deaths_exact_some", _exact(some), f"deaths: exact in {len(some):,} with any"),
        Figure(
            "deaths_exact_none", _exact(none), f"deaths: none in {len(none):,} without", better=None
        ),
        Figure("deaths_exact_many", _exact(many), f"deaths: exact in {len(many):,} with {MANY}+"),
    ]
    for group in GROUPS:
        right = sum(r.deaths.groups[group] == r.row.deaths.groups[group] for r in found)
        words = group.replace("_", " ")
        out.append(Figure(f"{group}_exact", share(right, len(found)), f"deaths of {words}: exact"))
        these = [r for r in found if r.row.deaths.groups[group] > 0]
        right = sum(r.deaths.groups[group] == r.row.deaths.groups[group] for r in these)
        label = f"deaths of {words}: exact in {len(these):,} with any"
        out.append(Figure(f"{group}_exact_some", share(right, len(these)), label, better=None))
    right = sum(_civilians(r) == r.row.deaths.groups["civilians"] for r in found)
    label = "deaths of civilians, whoever is called nothing else counted: exact"
    out.append(Figure("civilians_or_unknown_exact", share(right, len(found)), label, better=None))
    exact = sum(r.injuries == r.row.injuries for r in found)
    out.append(Figure("injuries_exact", share(exact, len(found)), "injuries: exactly right"))
    exact = sum(r.injuries == r.row.injuries for r in hurt)
    label = f"injuries: exact in {len(hurt):,} with any"
    out.append(Figure("injuries_exact_some", share(exact, len(hurt)), label))
    off = sum(abs(r.injuries - r.row.injuries) for r in found) / max(len(found), 1)
    out.append(Figure("injuries_mae", off, "injuries: mean absolute error", "", "lower", 0.005))
    return tuple(out)


def _civilians(result: Result) -> int:
    """Civilians as the coders of the corpus counted them: everybody of whom nothing is said."""
    rest = result.deaths.total - sum(result.deaths.groups.values())
    return result.deaths.groups["civilians"] + max(rest, 0)


def _exact(found: Sequence[Result]) -> float:
    return share(sum(r.deaths.total == r.row.deaths.total for r in found), len(found))


def _mae(found: Sequence[Result]) -> float:
    off = sum(abs(r.deaths.total - r.row.deaths.total) for r in found)
    return off / max(len(found), 1)


def _worst(found: Sequence[Result], most: int) -> list[str]:
    wrong = [r for r in found if r.deaths != r.row.deaths]
    wrong.sort(key=lambda r: -abs(r.deaths.total - r.row.deaths.total))
    return [
        f"{r.row.number}: {_shown(r.row.deaths)} coded, {_shown(r.deaths)} found: {r.row.text}"
        for r in wrong[:most]
    ]


def _shown(one: Toll) -> str:
    parts = [f"{n} {group}" for group, n in one.groups.items() if n]
    return f"{one.total} deaths" + (f" ({', '.join(parts)})" if parts else "")
