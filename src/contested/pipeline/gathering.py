"""Gathering: current claims to incidents, from nothing or only what new reports touch.

What links connect falls into parts that have no bearing on one another. A new report can only
change the parts that its accounts are linked with, so these alone are linked again. The outcome
is the same as if all had been, with one exception: which reports are copies may differ where
more than `CROWD` of them share a passage (see `copies`), and with it what counts as an origin.
From nothing everything is linked where the record has never been, where the way of linking has
changed, where it has outgrown its weights, where a person judged a source, and where a rule
learns from all incidents.
"""

from __future__ import annotations

import datetime as dt
import gc
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING

import numpy as np

from contested.model import Incident, Report
from contested.pipeline.recopied import copies as as_copies
from contested.pipeline.recopied import recopied
from contested.pipeline.standing import Judged, judged_for_gathering
from contested.pipeline.workload import Fresh, read
from contested.pipeline.workload import touched as touched_by
from contested.reconcile import Grouped, fresh_names, group, incidents, learning
from contested.reconcile.candidates import Columns, near
from contested.reconcile.constraints import Constraints
from contested.reconcile.copies import Repeats, Sketch, repeats
from contested.reconcile.estimate import FROM_ACCOUNTS
from contested.reconcile.features import Describer, Row, without
from contested.reconcile.link import Linking
from contested.reconcile.model import LinkModel
from contested.reconcile.options import Reconciling
from contested.reconcile.origins import Origins
from contested.reconcile.sources import Sources
from contested.record.blocks import Blocks
from contested.record.links import Account, Links
from contested.record.results import IncidentChanges

if TYPE_CHECKING:
    from contested.pipeline.stages import Stages
    from contested.record import Store

GROWN = 2
"""Weights are estimated anew when the record has so many times the accounts."""
Step = Callable[[str], None]


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
        with _no_collection():
            return self._run(anew)

    def _run(self, anew: bool) -> IncidentChanges:
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
        fresh = read(self._store.links.runs(runs), self._describer)
        known_before = self._store.links.blocks(number, changed)
        if outgrown(model, len(known_before.accounts) + len(fresh.units)):
            return self._from_nothing(now)
        return self._further(now, number, model, fresh, changed, known_before, touched)

    # ---- from nothing --------------------------------------------------------------------

    def _from_nothing(self, now: int) -> IncidentChanges:
        self._step("reading the claims")
        fresh = read(self._store.links.runs(), self._describer, light=True)
        order = sorted(range(len(fresh.units)), key=lambda n: fresh.rows[n].id)
        units, rows = [fresh.units[n] for n in order], [fresh.rows[n] for n in order]
        self._step(f"linking {len(units):,} accounts")
        grouped = group(units, self._stages.world, self._linking(None), rows, self._constraints)
        if grouped.model.kept:
            self._step(grouped.model.kept)
        copies = repeats([Sketch(each.report, each.published, each.marks) for each in fresh.runs])
        first = self._store.links.next_account()
        links = Links(
            self._seen,
            model=grouped.model.to_json(),
            runs=fresh.runs,
            copies=as_copies(copies, {}),
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
        fresh: Fresh,
        changed: Sequence[str],
        blocks: Blocks,
        touched: Collection[str],
    ) -> IncidentChanges:
        store = self._store.links
        copies, looked_at = recopied(store, number, fresh.runs, blocks.sketches)
        begun = set(self._linked_with(fresh, model, Columns.of(blocks.accounts)))
        carrying = store.carrying(number, changed)
        begun.update(store.accounts_of(number, [*changed, *looked_at, *carrying]))
        decided_on = store.reports_of(sorted(touched)) if touched else []
        begun.update(store.accounts_of(number, decided_on))
        work, previous = touched_by(store, number, sorted(begun), fresh)
        grouped = group(
            work.units, self._stages.world, self._linking(model), work.rows, self._constraints
        )
        parts = [(work.numbers[n], work.numbers[part]) for n, part in enumerate(grouped.parts)]
        links = Links(
            self._seen,
            runs=fresh.runs,
            copies=as_copies(copies, looked_at),
            accounts=[_account(row, fresh.run_of[row.report, row.id]) for row in fresh.rows],
            parts=parts,
        )
        held = store.copies(number, sorted(work.reports))
        known = {r: Repeats(c.of or "", c.share, c.source) for r, c in held.items()}
        for report in looked_at:
            known.pop(report, None)
        other = {*(run.report for run in fresh.runs), *changed, *looked_at, *decided_on}
        grouped, previous = self._unsettled(grouped, previous, known | copies, other)
        wanted = {n for members, _ in grouped.groups for n in islice(fresh_names(members), 3)}
        wanted.update(self._former)
        taken = store.alive(sorted(wanted)) - set(previous)
        reports = self._with_copied(work.reports, known | copies)
        made = self._incidents(grouped, reports, known | copies, previous, taken)
        return self._store.put_incidents(made, after=now, instead_of=set(previous), links=links)

    def _with_copied(
        self, reports: Mapping[str, Report], copies: Mapping[str, Repeats]
    ) -> dict[str, Report]:
        """These reports and those that they repeat, which origins are named after."""
        repeated = [copies[report] for report in reports if report in copies]
        named = {report for each in repeated for report in (each.of, each.source)}
        more = self._store.links.runs_of(sorted(named - reports.keys()))
        return {**reports, **{run.report.id: run.report for run in more}}

    def _unsettled(
        self,
        grouped: Grouped,
        previous: dict[str, frozenset[str]],
        copies: Mapping[str, Repeats],
        other: Collection[str],
    ) -> tuple[Grouped, dict[str, frozenset[str]]]:
        """The groups that may make another incident than before, and the incidents they replace.

        A group of the very claims of a known incident makes it again, unless a report of it or
        one that such a report repeats is among the `other` ones: those that are new, read
        again, found to be copies, or decided on.
        """
        if self._former:
            return grouped, previous
        names = {claims: name for name, claims in previous.items()}
        anew, settled = [], set()
        for members, why in grouped.groups:
            name = names.get(frozenset(c.id for unit in members for c in unit.claims))
            reports = {unit.report for unit in members}
            copied = [copies[report] for report in reports if report in copies]
            reports.update(report for each in copied for report in (each.of, each.source))
            if name is None or not reports.isdisjoint(other):
                anew.append((members, why))
            else:
                settled.add(name)
        left = {name: claims for name, claims in previous.items() if name not in settled}
        return replace(grouped, groups=anew), left

    def _linked_with(self, fresh: Fresh, model: LinkModel, columns: Columns) -> Iterator[int]:
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

    # ---- both ----------------------------------------------------------------------------

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
        return self._judged.rule

    @property
    def _constraints(self) -> Constraints:
        return self._judged.decided.constraints

    def _needs_all(self, body: str) -> bool:
        """Whether a rule learns from the whole record, or the packaged weights are others now."""
        return LinkModel.from_json(body).outdated or learning(self._rule, self._constraints)


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


def outgrown(model: LinkModel, accounts: int) -> bool:
    """Whether a record of so many accounts needs weights of its own, or new ones."""
    if accounts < FROM_ACCOUNTS:
        return False
    return accounts >= max(FROM_ACCOUNTS, GROWN * model.accounts)


def _account(row: Row, run: int) -> Account:
    return Account(run, row.first, row.last, row.lat, row.lon, row.radius, row.to_json())
