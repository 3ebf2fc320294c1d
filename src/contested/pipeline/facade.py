"""The record with everything that fills and asks it: what the command line and the web call."""

from __future__ import annotations

import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, closing, suppress
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Literal, Self

from contested.errors import ContestedError, Gone, NotFound, NotYet, RecordMovedOn, UsageError
from contested.location import Location
from contested.model import AgreementClaim, Claim, Grade, Incident, Report, StatisticClaim
from contested.model.query import Query
from contested.model.ratings import Rating
from contested.pipeline.extraction import Extracted, Progress, Refusal, run
from contested.pipeline.filters import Sieve, resolved
from contested.pipeline.gathering import Gathering
from contested.pipeline.grading import SourceOf, sources
from contested.pipeline.judging import Judging
from contested.pipeline.moments import Moment
from contested.pipeline.nothing import why_nothing
from contested.pipeline.stages import Stages
from contested.pipeline.standing import letters
from contested.pipeline.summary import AddSummary, Skipped
from contested.record import Counts, Hit, IncidentChanges, IncidentVersion, Store, StoredReport
from contested.record.protocol import EVERYTHING
from contested.settings import Settings
from contested.world import Ratings, World

if TYPE_CHECKING:
    from contested.analyse.draws import DrawOptions, Draws
    from contested.analyse.events import Events
    from contested.pipeline.changes import Changes
    from contested.pipeline.citing import Snapshot
    from contested.pipeline.past import Past

ABOUT = ("title", "outlet", "author", "published", "url", "language")
Order = Literal["time", "disputed"]
GATHER_AGAIN = 4
"""So often gathering begins again where others add to the record meanwhile."""


class Record(Judging):
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
        RecordTooNew, RecordLocked, RecordUnreachable or DiskFull.
        """
        settings = settings or Settings()
        from contested.record import SqlStore

        return cls(SqlStore.open(path or settings.record, create=create), Stages(settings))

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

    @property
    def world(self) -> World:
        """Actors, places and the codebook."""
        return self.stages.world

    @property
    def method(self) -> str:
        """What reports are read by now: the rules, the language pipeline and the tables."""
        return self.stages.extractor.method

    def actor_name(self, id: str) -> str:
        """The name of an actor; its id where the tables have none."""
        known = self.world.actors.get(id)
        return known.name if known else id

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
    ) -> AddSummary:
        """Read the reports under `paths` (files, folders, manifests, ``-``) into the record.

        Each report is stored with its claims in one transaction; one that cannot be read is
        named in the summary and does not stop the others. Ctrl-C stops after the report in
        hand and keeps what is complete. Incidents are gathered once, at the end.
        """
        began = time.monotonic()
        self.stages.check()
        summary = AddSummary()
        own = getattr(self.store, "path", None)
        results = run(
            paths,
            self.stages,
            known=self._knows,
            leave_out=_files_of(own) if own else frozenset(),
            progress=progress,
        )
        try:
            with closing(results):
                for outcome in results:
                    self._keep(outcome, summary)
        except KeyboardInterrupt:
            summary.interrupted = True
        self.gather(anew=False)
        found = self.store.links.statuses()
        summary.incidents = sum(found.values())
        summary.disputed = found.get("disputed", 0)
        summary.seconds = time.monotonic() - began
        return summary

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
        self.stages.check()
        gathering = Gathering(self.store, self.stages, step, former or {})
        for _ in range(GATHER_AGAIN):
            with suppress(RecordMovedOn):
                return gathering.run(anew=anew)
        return gathering.run(anew=anew)

    def _keep(self, outcome: Extracted | Refusal, summary: AddSummary) -> None:
        if isinstance(outcome, Refusal):
            where = summary.passed_over if outcome.incidental else summary.refused
            where.append(_skipped(outcome.name, outcome.error))
            return
        report = outcome.report
        added = self.store.add(
            report,
            outcome.original,
            outcome.claims if outcome.fresh else None,
            method=self.stages.extractor.method,
            notes=outcome.notes,
        )
        summary.reports[added.status] += 1
        if added.status != "same":
            summary.claims.update(claim.kind for claim in outcome.claims)
        remarks = [*outcome.notes, *outcome.refused, *added.refused]
        if remarks:
            summary.notes[report.name] = list(dict.fromkeys(remarks))

    def _knows(self, report: Report) -> bool:
        """Whether reading it again would tell nothing new."""
        if not self.store.has(report.sha256, self.stages.extractor.method):
            return False
        known = self.store.versions(self.store.identify(report).id)
        same = [stored.report for stored in known if stored.report.version == report.version]
        return any(
            not any(getattr(report, name) and not getattr(old, name) for name in ABOUT)
            for old in same
        )

    # ---- asking --------------------------------------------------------------------------

    def claims(self, query: Query = EVERYTHING) -> Iterator[Claim]:
        """Current claims that fit. Actors stand for their organs and factions too."""
        sieve = Sieve(resolved(query, self.world), self.world, on_status=True)
        return sieve.sift(self.store.claims(sieve.query))

    def incidents(self, query: Query = EVERYTHING, order: Order = "time") -> list[Incident]:
        """Incidents that fit, by time, or with the disputed ones first."""
        sieve = Sieve(
            resolved(query, self.world), self.world, on_status=False, whole=order == "disputed"
        )
        found = self.store.incidents(sieve.query)
        if order == "disputed":
            found.sort(key=lambda incident: not incident.disputed)
        return list(sieve.sift(found))

    def events(self, query: Query = EVERYTHING) -> Events:
        """Incidents that fit as columns, with what is in doubt as probabilities."""
        return self.events_of(self.incidents(query))

    def events_of(self, incidents: Sequence[Incident]) -> Events:
        """Incidents of this record as columns, with what is in doubt as probabilities."""
        from contested.pipeline.drawing import events_of_record

        return events_of_record(self, incidents)

    def draws(self, query: Query = EVERYTHING, options: DrawOptions | None = None) -> Draws:
        """Plausible records drawn from the incidents that fit; analyses run over them.

        Raises NothingToAnalyse where none fits.
        """
        from contested.analyse.draws import draw

        return draw(self.events(query), options)

    def reports(self, query: Query = EVERYTHING) -> list[StoredReport]:
        """The latest version of every report that fits, in order of arrival."""
        return self.store.reports(resolved(query, self.world))

    def agreements(self, query: Query = EVERYTHING) -> list[AgreementClaim]:
        """Claims on ceasefires, talks and other arrangements."""
        found = self.claims(_of_kind(query, "agreement"))
        return [claim for claim in found if isinstance(claim, AgreementClaim)]

    def statistics(self, query: Query = EVERYTHING) -> list[StatisticClaim]:
        """Claims on totals over a period."""
        found = self.claims(_of_kind(query, "statistic"))
        return [claim for claim in found if isinstance(claim, StatisticClaim)]

    def claim(self, id: str) -> Claim:
        """The claim of that id, or of that beginning of one. Raises NotFound."""
        return self.store.claim(id)

    def incident(self, id: str) -> Incident:
        """The incident of that id. Raises NotFound."""
        return self.store.incident(id)

    def history(self, id: str) -> list[IncidentVersion]:
        """All that the record ever said of an incident, the first first. Raises NotFound."""
        return self.store.incident_history(id)

    def report(self, id: str) -> StoredReport:
        """The report of that id or file name. Raises NotFound."""
        named = self.store.reports(Query(report=id)) if id else []
        exact = [stored for stored in named if id in (stored.report.name, stored.report.id)]
        return exact[0] if exact else self.store.report(id)

    def find(self, id: str) -> Claim | Incident | StoredReport:
        """Whichever has that id: an incident, a claim or a report. Raises NotFound."""
        for look in (self.incident, self.claim, self.report):
            try:
                found: Claim | Incident | StoredReport = look(id)
            except (Gone, NotYet):
                raise
            except (NotFound, UsageError):
                continue
            return found
        raise NotFound(
            f"Nothing in the record has the id {id!r}. Ids stand in the lists of claims, "
            "incidents and reports; six signs of one are enough."
        )

    @property
    def ratings(self) -> Ratings:
        """How reliable sources are taken to be: by decision, by your table, by ours."""
        return Ratings(self.world, letters(self.store.decisions()))

    def sources(self) -> list[SourceOf]:
        """Outlets and speakers of the record, with how much comes from each and its letter."""
        reports = (stored.report for stored in self.store.reports())
        return sources(reports, self.store.claims(), self.ratings)

    def rating(self, claim: Claim) -> Rating:
        """How reliable whoever is closest to the content of a claim is taken to be."""
        try:
            report = self.store.report(claim.report).report
        except NotFound:
            report = None
        return self.ratings.of(claim.speakers, report)

    def grade(self, claim: Claim) -> Grade | None:
        """Both signs of a claim in the light of its incident; None if it belongs to none."""
        members = self.store.previous_membership().items()
        home = next((id for id, ids in members if claim.id in ids), None)
        grades = self.store.incident(home).grades if home else ()
        return next((grade for grade in grades if grade.claim == claim.id), None)

    def search(self, words: str, limit: int = 20) -> list[Hit]:
        """Reports and passages that hold all the words, best first."""
        return self.store.search(words, limit)

    def counts(self) -> Counts:
        """Totals of what the record holds now."""
        return self.store.counts()

    def why_nothing(self, query: Query = EVERYTHING) -> str:
        """In words, why nothing fits: an empty record, or a filter that names nothing known."""
        return why_nothing(self.store, self.world, query)

    def is_gathered(self) -> bool:
        """Whether the incidents were gathered after the last report or decision was added."""
        known = self.store.links.model()
        if known is None:
            return not self.store.counts().reports
        if self.store.links.stale(known[0])[0]:
            return False
        if not self.store.ungathered_decisions():
            return True
        claims, incidents = list(self.store.claims()), self.store.incidents()
        return self.judged(claims).marked(incidents, claims, self.world) == incidents

    def read_otherwise(self) -> dict[str, int]:
        """How many reports were last read by another method than today's, by that method.

        A method names the rules, the language pipeline and the tables. Such a report is read
        anew when it is added again.
        """
        methods = Counter(stored.method for stored in self.store.reports())
        methods.pop(self.method, None)
        return dict(methods)


def _skipped(name: str, error: ContestedError) -> Skipped:
    problem, remedy = getattr(error, "problem", ""), getattr(error, "remedy", "")
    return Skipped(name, f"{problem} {remedy}" if problem else str(error))


def _files_of(record: Path) -> frozenset[Path]:
    """The record's file and those that SQLite keeps beside it."""
    return frozenset(
        Path(f"{record.resolve()}{ending}") for ending in ("", "-wal", "-shm", "-journal")
    )


def _of_kind(query: Query, kind: Literal["agreement", "statistic"]) -> Query:
    return replace(query, kinds=(kind,))
