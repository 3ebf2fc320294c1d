"""A record as it was at a moment."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Self

from contested.pipeline.extraction import Progress
from contested.pipeline.facade import Record
from contested.pipeline.moments import Asked, Moment, present
from contested.pipeline.summary import AddSummary
from contested.record import IncidentChanges, View

if TYPE_CHECKING:
    from contested.pipeline.modelled import ModelPlan, ModelReading


class Past(Record):
    """What `Record.as_of` gives: every question of a `Record`, and no way to change it.

    `moment` is the moment that the date was found to mean; `running` is true where that is now,
    because the day, month or year that was asked for is not over.
    """

    def __init__(self, record: Record, moment: dt.datetime, *, running: bool = False) -> None:
        self._view = View(record.store, moment)
        super().__init__(self._view, record.stages)
        self.moment = moment
        self.running = running

    @classmethod
    def of(cls, record: Record, given: Moment) -> Self:
        """The record as of `given`. Raises UsageError as `Record.as_of` does."""
        now = present()
        asked = Asked.of(given)
        return cls(record, asked.within(record.store.span(), now), running=asked.running(now))

    def add(
        self,
        paths: Sequence[str | Path],  # noqa: ARG002 - as in Record
        *,
        progress: Callable[[Progress], None] | None = None,  # noqa: ARG002
        plan: ModelPlan | None = None,  # noqa: ARG002
    ) -> AddSummary:
        """Raise RecordError before any report is read: the past cannot be written."""
        self._view.refuse()

    def plan(
        self,
        paths: Sequence[str | Path],  # noqa: ARG002 - as in Record
        how: ModelReading,  # noqa: ARG002
    ) -> ModelPlan:
        """Raise RecordError before anything is planned: the past cannot be written."""
        self._view.refuse()

    def gather(
        self,
        *,
        anew: bool = True,  # noqa: ARG002 - as in Record
        step: Callable[[str], None] | None = None,  # noqa: ARG002
        former: Mapping[str, frozenset[str]] | None = None,  # noqa: ARG002
    ) -> IncidentChanges:
        """Raise RecordError before anything is derived: the past cannot be written."""
        self._view.refuse()

    def is_gathered(self) -> bool:
        """Whether the incidents of then held all claims of then that belong to one."""
        last = self.store.log(1)
        if not last or last[0].what == "incidents":
            return True
        claims = list(self.store.claims())
        reports = {stored.report.id: stored.report for stored in self.store.reports()}
        wanted: set[str] = set().union(*self.stages.accounts(claims, reports))
        gathered: set[str] = set().union(*self.store.previous_membership().values())
        if not wanted <= gathered <= {claim.id for claim in claims}:
            return False
        incidents = self.store.incidents()
        return self.judged(claims, reports).marked(incidents, claims, self.world) == incidents
