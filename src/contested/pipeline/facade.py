"""The record with everything that fills and asks it: what the command line and the web call."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack, closing, suppress
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from contested.errors import LanguageModelError, RecordMovedOn
from contested.location import Location
from contested.model.query import Query
from contested.pipeline.adding import Adding
from contested.pipeline.asking import Asking
from contested.pipeline.extraction import Progress, run
from contested.pipeline.gathering import Gathering
from contested.pipeline.moments import Moment
from contested.pipeline.stages import Stages
from contested.pipeline.summary import AddSummary
from contested.reconcile.model import LinkModel
from contested.record import IncidentChanges, Store
from contested.record.protocol import EVERYTHING
from contested.settings import Settings

if TYPE_CHECKING:
    from contested.pipeline.changes import Changes
    from contested.pipeline.citing import Snapshot
    from contested.pipeline.modelled import ModelPlan, ModelReading
    from contested.pipeline.past import Past

GATHER_AGAIN = 4
"""So often gathering begins again where others add to the record meanwhile."""


class Record(Asking):
    """A record of reports, claims and incidents. Use it in a ``with`` statement.

    >>> with Record.temporary() as record:
    ...     record.counts().reports
    0
    """

    def __init__(self, store: Store, stages: Stages) -> None:
        super().__init__(store, stages)
        self._exits = ExitStack()
        self._exits.callback(store.close)
        self._exits.callback(stages.close)

    @classmethod
    def open(
        cls,
        path: str | Location | None = None,
        *,
        create: bool = True,
        settings: Settings | None = None,
    ) -> Record:
        """Open the record at `path`: a file, or postgresql://… (default: as the settings say).

        Makes it if there is none and `create`. Raises RecordMissing, RecordDamaged,
        RecordTooNew, RecordLocked, RecordUnreachable or DiskFull; and where one would be made
        that these settings cannot fill, EngineError or UsageError.
        """
        settings = settings or Settings()
        from contested.record import SqlStore

        place, stages = path or settings.record, Stages(settings)
        if create and not SqlStore.is_at(place):
            stages.ready()
        return cls(SqlStore.open(place, create=create), stages)

    @classmethod
    def temporary(cls, settings: Settings | None = None) -> Record:
        """A record that is gone when it is closed."""
        with ExitStack() as exits:
            folder = exits.enter_context(tempfile.TemporaryDirectory(prefix="contested-"))
            record = cls.open(Path(folder) / "temporary.sqlite", settings=settings)
            record._exits = ExitStack()
            record._exits.push(exits.pop_all())
            record._exits.callback(record.store.close)
            record._exits.callback(record.stages.close)
            return record

    def close(self) -> None:
        """Give the record back; a second call does nothing."""
        self._exits.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def as_of(self, moment: Moment) -> Past:
        """This record as it was at a moment: it reads as it would have read then.

        A day, month or year (EDTF) stands for its end, in UTC; one that is not over yet, for
        now. What comes back belongs to this record and cannot be written to. Raises UsageError
        for what is no date, for a moment to come, and for one before the record began.
        """
        from contested.pipeline.past import Past

        return Past.of(self, moment)

    def diff(
        self,
        since: Moment,
        until: Moment | None = None,
        query: Query = EVERYTHING,
        incident: str | None = None,
    ) -> Changes:
        """What changed from `since` to `until` (now), and through which report or decision.

        Of incidents and reports those that fit `query` at either moment; with `incident` only
        that one. Raises UsageError as `as_of` does, but `since` may be before the record began.
        """
        from contested.pipeline.comparing import compared

        return compared(self, since, until, query, incident)

    def snapshot(self, moment: Moment | None = None, verify: str | None = None) -> Snapshot:
        """The state of the record at a moment (now), as it can be cited.

        `verify` is a hash, or a whole citation, whose moment then counts if none is given.
        Raises UsageError as `as_of` does.
        """
        from contested.pipeline.citing import cited_of

        return cited_of(self, moment, verify)

    # ---- filling -------------------------------------------------------------------------

    def add(
        self,
        paths: Sequence[str | Path],
        *,
        progress: Callable[[Progress], None] | None = None,
        plan: ModelPlan | None = None,
    ) -> AddSummary:
        """Read the reports under `paths` (files, folders, manifests, ``-``) into the record.

        Each report is stored with its claims in one transaction; one that cannot be read is
        named in the summary and does not stop the others. Ctrl-C stops after the report in
        hand and keeps what is complete. Incidents are gathered once, at the end. With a `plan`,
        which `plan` makes, its reports are read with a language model; `paths` is not looked at.
        """
        began = time.monotonic()
        self.stages.ready()
        summary = AddSummary()
        adding = Adding(self.store, plan.stages if plan else self.stages, summary)
        left_out = self._own_files()
        results = (
            plan.results(progress)
            if plan
            else run(paths, self.stages, known=adding.knows, leave_out=left_out, progress=progress)
        )
        try:
            with closing(results):
                adding.keep_all(results)
        except KeyboardInterrupt:
            summary.interrupted = True
        except LanguageModelError as error:
            summary.stopped = str(error)
        before = self.store.links.model()
        self.gather(anew=False)
        after = self.store.links.model()
        if after is not None and after != before and (kept := LinkModel.from_json(after[1]).kept):
            summary.warnings.append(kept)
        found = self.store.links.statuses()
        summary.incidents = sum(found.values())
        summary.disputed = found.get("disputed", 0)
        summary.seconds = time.monotonic() - began
        return summary

    def _own_files(self) -> frozenset[Path]:
        own = getattr(self.store, "path", None)
        return _files_of(own) if own else frozenset()

    def plan(self, paths: Sequence[str | Path], how: ModelReading) -> ModelPlan:
        """A plan for adding `paths` with a language model. Nothing is sent before it is added.

        What the record holds so read already is not read again. Raises ExtraMissing where what
        is needed is not installed.
        """
        from contested.pipeline.modelled import ModelStages, planned

        stages = ModelStages(self.stages, how)
        knows = Adding(self.store, stages, AddSummary()).knows
        return planned(paths, stages, known=knows, leave_out=self._own_files())

    def gather(
        self,
        *,
        anew: bool = True,
        step: Callable[[str], None] | None = None,
        former: Mapping[str, frozenset[str]] | None = None,
    ) -> IncidentChanges:
        """Derive the incidents from all current claims, and store what changed.

        What persons decided binds. Unless `anew`, only what new reports and decisions can change
        is derived again; the outcome is the same but for weights that are estimated from the
        whole record. `step` hears what is being done. `former` names incidents by their claims:
        one of just these claims gets that id. Begins again where others have added to the record
        meanwhile: what was derived without their claims must not replace what was derived with
        them. Raises RecordMovedOn if that happens time and again; they gather in their turn.
        """
        self.stages.ready()
        gathering = Gathering(self.store, self.stages, step, former or {})
        for _ in range(GATHER_AGAIN):
            with suppress(RecordMovedOn):
                return gathering.run(anew=anew)
        return gathering.run(anew=anew)


def _files_of(record: Path) -> frozenset[Path]:
    """The record's file and those that SQLite keeps beside it."""
    return frozenset(
        Path(f"{record.resolve()}{ending}") for ending in ("", "-wal", "-shm", "-journal")
    )
