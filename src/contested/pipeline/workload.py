"""What a gathering works on: accounts that are new, and all that these have a bearing on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from contested.model import Report
from contested.reconcile import accounts
from contested.reconcile.features import Describer, Row
from contested.reconcile.origins import sketch
from contested.reconcile.units import Unit
from contested.record.blocks import LinkedRun
from contested.record.linkage import Linkage
from contested.record.links import Run


@dataclass(frozen=True, slots=True)
class Work:
    """What is derived anew: accounts with the reports that they stand in.

    `numbers` are the accounts' numbers in the store, in the order of `units`.
    """

    units: list[Unit]
    rows: list[Row]
    numbers: list[int]
    reports: Mapping[str, Report]


@dataclass(slots=True)
class Fresh:
    """Reports that were read since the last gathering."""

    runs: list[LinkedRun] = field(default_factory=list)
    units: list[Unit] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    run_of: dict[tuple[str, str], int] = field(default_factory=dict)
    reports: dict[str, Report] = field(default_factory=dict)


def read(runs: Iterable[Run], describer: Describer, *, light: bool = False) -> Fresh:
    """Runs as accounts; with `light` without the texts, of which there may be millions."""
    out = Fresh()
    for run in runs:
        report = run.report
        made = sketch(report)
        out.runs.append(LinkedRun(run.run, report.id, made.published, made.marks))
        for unit in accounts(run.claims, {report.id: report}):
            row = describer.row(unit)
            out.units.append(unit)
            out.rows.append(row)
            out.run_of[row.report, row.id] = run.run
        out.reports[report.id] = replace(report, text="") if light else report
    return out


def touched(
    links: Linkage, number: int, begun: Sequence[int], fresh: Fresh
) -> tuple[Work, dict[str, frozenset[str]]]:
    """Everything in one part with what was begun with, and the incidents that hold it.

    An incident may hold an account of another part, where a person joined the two: that
    part then belongs to the work too.
    """
    first = links.next_account()
    reach = list(begun)
    while True:
        members = links.members(number, reach)
        work = _work(links, members, fresh, first)
        claims = sorted({c.id for unit in work.units for c in unit.claims})
        before = _before(links, reach, claims)
        beyond = sorted(set().union(*before.values()) - set(claims))
        more = set(links.accounts_of(number, links.reports_of(beyond))) - set(reach)
        more &= set(links.members(number, sorted(more)))
        if not more - set(members):
            return work, before
        reach = sorted({*reach, *more})


def _before(
    links: Linkage, reach: Sequence[int], claims: Sequence[str]
) -> dict[str, frozenset[str]]:
    """The incidents that hold these claims, or claims of accounts that are no more."""
    rows = links.bodies(reach)
    gone = {Row.from_json(body).id for body in rows.values()}
    return links.holding(sorted({*claims, *gone}))


def _work(links: Linkage, members: Mapping[int, int], fresh: Fresh, first: int) -> Work:
    numbers = {(row.report, row.id): first + n for n, row in enumerate(fresh.rows)}
    reports = dict(fresh.reports)
    units = list(fresh.units)
    for run in links.runs(sorted(set(members.values()))):
        reports[run.report.id] = run.report
        units += accounts(run.claims, {run.report.id: run.report})
    rows = {(row.report, row.id): row for row in fresh.rows}
    for n, body in links.bodies(sorted(members)).items():
        row = Row.from_json(body)
        numbers[row.report, row.id] = n
        rows[row.report, row.id] = row
    wanted = [unit for unit in units if (unit.report, unit.id) in numbers]
    wanted.sort(key=lambda unit: (unit.id, unit.report))
    return Work(
        wanted,
        [rows[unit.report, unit.id] for unit in wanted],
        [numbers[unit.report, unit.id] for unit in wanted],
        reports,
    )
