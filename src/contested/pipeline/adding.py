"""What is read into the record, one report after another."""

from __future__ import annotations

from collections.abc import Iterable

from contested.errors import ContestedError, LanguageModelError, NotFound
from contested.model import Report
from contested.pipeline.extraction import Extracted, Outcome, Refusal
from contested.pipeline.stages import Stages
from contested.pipeline.summary import AddSummary, Skipped
from contested.record import Store

ABOUT = ("title", "outlet", "author", "published", "url", "language")


class Adding:
    """Stores what is read in one go, each report with its claims in a transaction of its own.

    A text that its report had before another one is kept back until all is read: where the later
    text was found under the same name too, two states of a report lie side by side (two saved
    copies of one page), and neither has come back.
    """

    def __init__(self, store: Store, stages: Stages, summary: AddSummary) -> None:
        self._store = store
        self._stages = stages
        self._summary = summary
        self._seen: set[tuple[str, str]] = set()
        self._back: list[Extracted] = []

    def knows(self, report: Report) -> bool:
        """Whether reading it again would tell nothing new."""
        method = self._stages.extractor.method
        if not (self._store.has(report.sha256, method) or self._holds_more(report, method)):
            return False
        if self._store.came_back(report):
            return False
        known = self._store.versions(self._store.identify(report).id)
        same = [stored.report for stored in known if stored.report.version == report.version]
        return any(
            not any(getattr(report, name) and not getattr(old, name) for name in ABOUT)
            for old in same
        )

    def _holds_more(self, report: Report, method: str) -> bool:
        """Whether these bytes were read by `method` and a language model besides."""
        try:
            stored = self._store.report(self._store.identify(report).id)
        except NotFound:
            return False
        return stored.report.sha256 == report.sha256 and stored.method.startswith(f"{method}+")

    def keep_all(self, outcomes: Iterable[Outcome]) -> None:
        """Store each report as it comes, and at the end, also of a broken off one, the rest."""
        try:
            for outcome in outcomes:
                self.keep(outcome)
        except LanguageModelError:
            self.finish()
            raise
        self.finish()

    def keep(self, outcome: Outcome) -> None:
        """Store a report, or note why there is none."""
        if isinstance(outcome, Refusal):
            passed = self._summary.passed_over if outcome.incidental else self._summary.refused
            passed.append(_skipped(outcome.name, outcome.error))
        elif outcome.fresh and self._store.came_back(outcome.report):
            self._back.append(outcome)
        else:
            self._add(outcome, read=outcome.fresh)

    def finish(self) -> None:
        """Store the texts that came back."""
        for outcome in self._back:
            id = self._store.identify(outcome.report).id
            self._add(outcome, read=(id, outcome.report.name) not in self._seen)
        self._back.clear()

    def _add(self, outcome: Extracted, *, read: bool) -> None:
        report, summary = outcome.report, self._summary
        added = self._store.add(
            report,
            outcome.original,
            outcome.claims if read else None,
            method=outcome.method or self._stages.extractor.method,
            notes=outcome.notes,
        )
        self._seen.add((added.report, report.name))
        summary.reports[added.status] += 1
        if added.status != "same":
            summary.claims.update(claim.kind for claim in outcome.claims)
        remarks = [*outcome.notes, *outcome.refused, *added.refused]
        if remarks:
            summary.notes[report.name] = list(dict.fromkeys(remarks))


def _skipped(name: str, error: ContestedError) -> Skipped:
    problem, remedy = getattr(error, "problem", ""), getattr(error, "remedy", "")
    return Skipped(name, f"{problem} {remedy}" if problem else str(error))
