"""Gathering: current claims to incidents, from nothing or only what new reports touch.

What links connect falls into parts that have no bearing on one another. A new report can only
change the parts that its accounts are linked with, so these alone are linked again, and the
outcome is the same as if all had been. From nothing everything is linked where the record has
never been, where the way of linking has changed, where it has outgrown its weights, where a
person judged a source, and where a rule learns from all incidents.
"""

from __future__ import annotations

import datetime as dt
import gc
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import TYPE_CHECKING

import numpy as np

from contested.model import Incident, Report
from contested.pipeline.standing import Judged, judged_for_gathering
from contested.reconcile import Grouped, accounts, fresh_names, group, incidents, learning
from contested.reconcile.candidates import Columns, near
from contested.reconcile.constraints import Constraints
from contested.reconcile.copies import COPY, FEWEST, Marks, Repeats, Sketch, repeats
from contested.reconcile.estimate import FROM_ACCOUNTS
from contested.reconcile.features import Describer, Row, without
from contested.reconcile.link import Linking
from contested.reconcile.model import LinkModel, preset
from contested.reconcile.options import Reconciling
from contested.reconcile.origins import Origins, sketch
from contested.reconcile.sources import Sources
from contested.reconcile.units import Unit
from contested.record.linkage import Account, Copy, LinkedRun, Links, Run
from contested.record.results import IncidentChanges

if TYPE_CHECKING:
    from contested.pipeline.stages import Stages
    from contested.record import Store

GROWN = 2
"""Weights are estimated anew when the record has so many times the accounts."""
Step = Callable[[str], None]


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
class _Fresh:
    """Reports that were read since the last gathering."""

    runs: list[LinkedRun] = field(default_factory=list)
    units: list[Unit] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    run_of: dict[tuple[str, str], int] = field(default_factory=dict)
    reports: dict[str, Report] = field(default_factory=dict)


class Gathering:
    """One gathering of a record's claims; `run` does it and stores what changed."""

    def __init__(
        self,
        store: Store,
        stages: Stages,
        step: Step | None = None,
        former: Mapping[str, frozenset[str]] | None = None,
    ) -> None:
        self._store = store
        self._former = former or {}
        self._judged = Judged([])
        self._stages = stages
        self._describer = Describer(stages.world)
        self._step = step or (lambda _words: None)
        self._seen = (0, 0)

    def run(self, *, anew: bool = False) -> IncidentChanges:
        """Gather what is new or was decided on, or everything `anew`. Raises RecordMovedOn."""
        self._seen = self._store.links.state()
        now = self._store.last_change()
        known = self._store.links.model()
        self._judged = judged_for_gathering(self._store, self._stages)
        decided = self._store.ungathered_decisions()
        touched = self._judged.touching(decided)
        if anew or touched is None or known is None or self._needs_all(known[1]):
            return self._from_nothing(now)
        number, body = known
        model = LinkModel.from_json(body)
        runs, changed = self._store.links.stale(number)
        if not runs and not touched:
            if decided:  # they bear on nothing: that much is done
                return self._store.put_incidents([], after=now, instead_of=())
            return IncidentChanges(new=0, changed=0, same=0, gone=0)
        fresh = self._read(self._store.links.runs(runs))
        columns = Columns(*self._store.links.columns(number))  # type: ignore[arg-type]
        if outgrown(model, len(columns.number) + len(fresh.units)):
            return self._from_nothing(now)
        return self._further(now, number, model, fresh, changed, columns, touched)

    # ---- from nothing --------------------------------------------------------------------

    def _from_nothing(self, now: int) -> IncidentChanges:
        with _no_collection():
            return self._all(now)

    def _all(self, now: int) -> IncidentChanges:
        self._step("reading the claims")
        fresh = self._read(self._store.links.runs(), light=True)
        order = sorted(range(len(fresh.units)), key=lambda n: fresh.rows[n].id)
        units, rows = [fresh.units[n] for n in order], [fresh.rows[n] for n in order]
        self._step(f"linking {len(units):,} accounts")
        grouped = group(units, self._stages.world, self._linking(None), rows, self._constraints)
        copies = repeats([Sketch(each.report, each.published, each.marks) for each in fresh.runs])
        first = self._store.links.next_account()
        links = Links(
            self._seen,
            model=grouped.model.to_json(),
            runs=fresh.runs,
            copies=_copies(copies, {}),
            accounts=[_account(row, fresh.run_of[row.report, row.id]) for row in rows],
            parts=[(first + n, first + part) for n, part in enumerate(grouped.parts)],
        )
        self._step(f"writing {len(grouped.groups):,} incidents")
        previous = self._store.previous_membership()
        made = self._incidents(grouped, fresh.reports, copies, previous)
        return self._store.put_incidents(made, after=now, links=links)

    # ---- what new reports touch ----------------------------------------------------------

    def _further(
        self,
        now: int,
        number: int,
        model: LinkModel,
        fresh: _Fresh,
        changed: Sequence[str],
        columns: Columns,
        touched: Collection[str],
    ) -> IncidentChanges:
        store = self._store.links
        copies, recopied = self._recopied(number, fresh)
        begun = set(self._linked_with(fresh, model, columns))
        begun.update(store.accounts_of(number, [*changed, *recopied]))
        if touched:
            begun.update(store.accounts_of(number, store.reports_of(sorted(touched))))
        work, previous = self._touched(number, sorted(begun), fresh)
        grouped = group(
            work.units, self._stages.world, self._linking(model), work.rows, self._constraints
        )
        parts = [(work.numbers[n], work.numbers[part]) for n, part in enumerate(grouped.parts)]
        links = Links(
            self._seen,
            runs=fresh.runs,
            copies=_copies(copies, recopied),
            accounts=[_account(row, fresh.run_of[row.report, row.id]) for row in fresh.rows],
            parts=parts,
        )
        held = store.copies(number, sorted(work.reports))
        known = {r: Repeats(c.of or "", c.share, c.source) for r, c in held.items()}
        for report in recopied:
            known.pop(report, None)
        wanted = {n for members, _ in grouped.groups for n in islice(fresh_names(members), 3)}
        wanted.update(self._former)
        taken = store.alive(sorted(wanted)) - set(previous)
        made = self._incidents(grouped, work.reports, known | copies, previous, taken)
        return self._store.put_incidents(made, after=now, instead_of=set(previous), links=links)

    def _linked_with(self, fresh: _Fresh, model: LinkModel, columns: Columns) -> Iterator[int]:
        """Numbers of the accounts at hand that new accounts are linked with."""
        if not fresh.rows:
            return
        bodies = self._store.links.bodies(near(fresh.rows, columns).tolist())
        mine = {row.report for row in fresh.rows}
        known = [(n, Row.from_json(body)) for n, body in sorted(bodies.items())]
        known = [(n, row) for n, row in known if row.report not in mine]
        rows = [*(row for _, row in known), *fresh.rows]
        new = frozenset(range(len(known), len(rows)))
        session = self._linking(model).engine.open(without(rows, model.common), new=new)
        try:
            scores = session.scores(model)
        finally:
            session.close()
        strong = scores.weight >= model.bounds.join
        for one in np.unique(np.concatenate([scores.left[strong], scores.right[strong]])).tolist():
            if one < len(known):
                yield known[one][0]

    def _touched(
        self, number: int, begun: Sequence[int], fresh: _Fresh
    ) -> tuple[Work, dict[str, frozenset[str]]]:
        """Everything in one part with what was begun with, and the incidents that hold it.

        An incident may hold an account of another part, where a person joined the two: that
        part then belongs to the work too.
        """
        store = self._store.links
        first = store.next_account()
        reach = list(begun)
        while True:
            members = store.members(number, reach)
            work = self._work(members, fresh, first)
            claims = sorted({c.id for unit in work.units for c in unit.claims})
            before = self._before(reach, claims)
            beyond = sorted(set().union(*before.values()) - set(claims))
            more = set(store.accounts_of(number, store.reports_of(beyond))) - set(reach)
            more &= set(self._current(number, sorted(more)))
            if not more - set(members):
                return work, before
            reach = sorted({*reach, *more})

    def _before(self, reach: Sequence[int], claims: Sequence[str]) -> dict[str, frozenset[str]]:
        """The incidents that hold these claims, or claims of accounts that are no more."""
        rows = self._store.links.bodies(reach)
        gone = {Row.from_json(body).id for body in rows.values()}
        return self._store.links.holding(sorted({*claims, *gone}))

    def _current(self, number: int, accounts: Sequence[int]) -> Iterable[int]:
        return self._store.links.members(number, accounts)

    def _work(self, members: Mapping[int, int], fresh: _Fresh, first: int) -> Work:
        numbers = {(row.report, row.id): first + n for n, row in enumerate(fresh.rows)}
        reports = dict(fresh.reports)
        units = list(fresh.units)
        for run in self._store.links.runs(sorted(set(members.values()))):
            reports[run.report.id] = run.report
            units += accounts(run.claims, {run.report.id: run.report})
        bodies = self._store.links.bodies(sorted(members))
        for n, body in bodies.items():
            row = Row.from_json(body)
            numbers[row.report, row.id] = n
        wanted = [unit for unit in units if (unit.report, unit.id) in numbers]
        wanted.sort(key=lambda unit: (unit.id, unit.report))
        return Work(
            wanted,
            [self._describer.row(unit) for unit in wanted],
            [numbers[unit.report, unit.id] for unit in wanted],
            reports,
        )

    def _recopied(self, number: int, fresh: _Fresh) -> tuple[dict[str, Repeats], set[str]]:
        """Copies among the new reports and the families they belong to, and who was looked at."""
        if not fresh.runs:
            return {}, set()
        mine = {each.report for each in fresh.runs}
        marks = np.unique(np.concatenate([each.marks for each in fresh.runs]))
        known = {
            each.report: each
            for each in self._store.links.sketches(number)
            if each.report not in mine
        }
        least = min((len(each.marks) for each in fresh.runs if len(each.marks)), default=0)
        akin = _akin(list(known.values()), marks, least)
        held = self._store.links.copies(number, sorted(akin | mine))
        sources = {each.source for each in held.values()} | akin | mine
        whole = (self._store.links.families(number, sorted(sources)) & set(known)) | akin
        found = repeats([_sketch(r) for r in (*fresh.runs, *(known[r] for r in sorted(whole)))])
        before = self._store.links.copies(number, sorted(whole))
        if any(e.of in mine and _as_copy(r, found.get(r)) != e for r, e in before.items()):
            # What it repeated has changed: it may repeat any other report of the record.
            whole = set(known)
            found = repeats([_sketch(r) for r in (*fresh.runs, *known.values())])
            before = self._store.links.copies(number, sorted(whole))
        moved = {
            report
            for report in whole
            if _as_copy(report, found.get(report)) != before.get(report, _as_copy(report, None))
        }
        return {r: c for r, c in found.items() if r in mine or r in moved}, moved | mine

    # ---- both ----------------------------------------------------------------------------

    def _read(self, runs: Iterable[Run], *, light: bool = False) -> _Fresh:
        """Runs as accounts; with `light` without the texts, of which there may be millions."""
        out = _Fresh()
        for run in runs:
            report = run.report
            made = sketch(report)
            out.runs.append(LinkedRun(run.run, report.id, made.published, made.marks))
            for unit in accounts(run.claims, {report.id: report}):
                row = self._describer.row(unit)
                out.units.append(unit)
                out.rows.append(row)
                out.run_of[row.report, row.id] = run.run
            out.reports[report.id] = replace(report, text="") if light else report
        return out

    def _linking(self, model: LinkModel | None) -> Linking:
        return Linking(model, self._stages.engine)

    def _incidents(
        self,
        grouped: Grouped,
        reports: Mapping[str, Report],
        copies: Mapping[str, Repeats],
        previous: Mapping[str, frozenset[str]],
        taken: Collection[str] = (),
    ) -> Iterator[Incident]:
        world = self._stages.world
        how = Reconciling(
            previous=previous,
            former={name: of for name, of in self._former.items() if name not in taken},
            taken=taken,
            constraints=self._constraints,
            judgements=self._judged.judgements,
            rule=self._rule,
            as_of=dt.datetime.now(dt.UTC).date().isoformat(),
        )
        made = incidents(grouped, Sources(reports, world, Origins(reports, world, copies)), how)
        return map(self._judged.marking(world), made)

    @property
    def _rule(self) -> str:
        return self._judged.rule or self._stages.settings.rule

    @property
    def _constraints(self) -> Constraints:
        return self._judged.decided.constraints

    def _needs_all(self, body: str) -> bool:
        """Whether a rule learns from the whole record, or the packaged weights are others now."""
        model = LinkModel.from_json(body)
        outdated = model.accounts == 0 and model != preset()
        return outdated or learning(self._rule, self._constraints)


@contextmanager
def _no_collection() -> Iterator[None]:
    """No search for cycles among millions of objects that have none."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def _akin(known: Sequence[LinkedRun], marks: Marks, least: int) -> set[str]:
    """Reports with enough of these marks to be a copy of what has them, or its source.

    `least` is how many marks the shortest of the new texts has.
    """
    if not known:
        return set()
    owner = np.repeat(np.arange(len(known)), [len(each.marks) for each in known])
    shared = np.isin(np.concatenate([each.marks for each in known]), marks)
    counts = np.bincount(owner[shared], minlength=len(known))
    sizes = np.array([len(each.marks) for each in known])
    shorter = np.minimum(sizes, least)
    enough = np.flatnonzero(
        (counts >= np.minimum(FEWEST, shorter)) & (counts >= COPY * shorter) & (counts > 0)
    )
    return {known[n].report for n in enough.tolist()}


def _sketch(run: LinkedRun) -> Sketch:
    return Sketch(run.report, run.published, run.marks)


def outgrown(model: LinkModel, accounts: int) -> bool:
    """Whether a record of so many accounts needs weights of its own, or new ones."""
    if accounts < FROM_ACCOUNTS:
        return False
    return accounts >= max(FROM_ACCOUNTS, GROWN * model.accounts)


def _account(row: Row, run: int) -> Account:
    return Account(run, row.first, row.last, row.lat, row.lon, row.radius, row.to_json())


def _as_copy(report: str, found: Repeats | None) -> Copy:
    if found is None:
        return Copy(report, None, 0.0, report)
    return Copy(report, found.of, found.share, found.source)


def _copies(found: Mapping[str, Repeats], looked_at: Collection[str]) -> list[Copy]:
    """Every copy, and every report that was looked at and is none (any more)."""
    return [_as_copy(report, found.get(report)) for report in sorted({*found, *looked_at})]
