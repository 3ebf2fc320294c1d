"""Why an incident changed: which report, which re-reading, which decision, which rule.

Incidents are derived anew from all claims each time they are gathered, and the log says what
entered before. So a change comes from what entered since the gathering before it and is about
the claims that came or went; where claims only moved from one incident to another, from what
changed the other; where nothing of the kind is found, from the way of deriving itself.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from contested.errors import NotFound
from contested.model import Incident
from contested.pipeline.compare import rules
from contested.record import LogEntry, Store

CauseKind = Literal["report", "re-reading", "decision", "rule", "method"]

GATHERED = "incidents"
READ: dict[str, CauseKind] = {
    "new": "report",
    "new_version": "report",
    "re_extracted": "re-reading",
}
"""What the log calls the ways in which a report enters, and which cause each is."""

_NO_CAUSE = frozenset({GATHERED, "tables"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Cause:
    """What brought a change.

    `report`: a new report or a new version of one, `re-reading`: a known text read by another
    method; `subject` is the report. `decision`: a person's (`author`), `subject` is its id or
    what it is about. `rule`: figures are derived by another rule, `subject`. `method`: none of
    these, so that the tables, the way of linking or the program has changed.
    """

    kind: CauseKind
    what: str
    subject: str
    at: dt.datetime
    author: str | None = None


class Log:
    """The log of a record, for looking up what entered when."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.entries: list[LogEntry] = store.log()[::-1]
        self._gathered = [entry.at for entry in self.entries if entry.what == GATHERED]
        self._by_report: dict[str, list[LogEntry]] = defaultdict(list)
        self._others: list[LogEntry] = []
        for entry in self.entries:
            if entry.what in READ:
                self._by_report[entry.subject].append(entry)
            elif entry.what not in _NO_CAUSE:
                self._others.append(entry)
        self._reports: dict[str, str] = {}

    def gathered_before(self, moment: dt.datetime) -> dt.datetime | None:
        """When incidents had last changed before `moment`."""
        at = bisect_left(self._gathered, moment)
        return self._gathered[at - 1] if at else None

    def causes(
        self,
        before: Incident | None,
        after: Incident | None,
        at: dt.datetime,
        is_new: Callable[[str], bool],
    ) -> tuple[Cause, ...]:
        """What entered since the last gathering about claims that came or went by `at`.

        `is_new` says of a claim that no incident had it before: then whatever brought it is the
        cause, even if an earlier gathering missed it.
        """
        had = frozenset(before.claims if before else ())
        has = frozenset(after.claims if after else ())
        moved = {id: self._report_of(id) for id in sorted(had ^ has)}
        since = self.gathered_before(at)
        found = self._read(set(moved.values()), since, at)
        if not found:
            found = self._read({moved[id] for id in has - had if is_new(id)}, None, at)[-1:]
        touched = {each.id for each in (before, after) if each} | had | has | set(moved.values())
        touched |= _bearing(before) ^ _bearing(after)
        found += self._decided(touched, since, at)
        if before and after and rules(before) != rules(after) and rules(before) and rules(after):
            names = ", ".join(sorted(rules(after) - rules(before)))
            found += self._ruled(since, at)
            found.append(Cause(kind="rule", what="rule", subject=names, at=at))
        if not found and before and after and had == has:
            found = self._read(set(after.reports), since, at)
        return tuple(dict.fromkeys(found))

    def _read(
        self, reports: Iterable[str], since: dt.datetime | None, at: dt.datetime
    ) -> list[Cause]:
        return [
            Cause(kind=READ[entry.what], what=entry.what, subject=entry.subject, at=entry.at)
            for report in sorted(reports)
            for entry in self._by_report.get(report, ())
            if _between(entry, since, at)
        ]

    def _decided(
        self, touched: set[str], since: dt.datetime | None, at: dt.datetime
    ) -> list[Cause]:
        """Entries of any other kind that name what changed, in their subject or detail."""
        return [
            _decision(entry)
            for entry in self._others
            if _between(entry, since, at) and not touched.isdisjoint(_named(entry))
        ]

    def _ruled(self, since: dt.datetime | None, at: dt.datetime) -> list[Cause]:
        """Decisions on how figures are derived in the whole record, and undoings of one."""
        acts = {entry.subject: entry.detail.get("act") for entry in self._others}
        return [
            _decision(entry)
            for entry in self._others
            if _between(entry, since, at)
            and not entry.detail.get("subjects")
            and "rule" in map(acts.get, (entry.subject, *entry.detail.get("undoes", ())))
        ]

    def _report_of(self, claim: str) -> str:
        if claim not in self._reports:
            try:
                self._reports[claim] = self._store.claim(claim).report
            except NotFound:
                self._reports[claim] = ""
        return self._reports[claim]


def _between(entry: LogEntry, since: dt.datetime | None, at: dt.datetime) -> bool:
    return (since is None or entry.at > since) and entry.at <= at


def _decision(entry: LogEntry) -> Cause:
    return Cause(
        kind="decision",
        what=str(entry.detail.get("act", entry.what)),
        subject=entry.subject,
        at=entry.at,
        author=entry.detail.get("author"),
    )


def _bearing(incident: Incident | None) -> set[str]:
    return set(incident.decisions) if incident else set()


def _named(entry: LogEntry) -> set[str]:
    names = {entry.subject}
    for value in entry.detail.values():
        each: Sequence[object] = value if isinstance(value, list) else [value]
        names.update(one for one in each if isinstance(one, str))
    return names


def by_method(at: dt.datetime) -> Cause:
    """The cause of what nothing else explains."""
    return Cause(kind="method", what="method", subject="", at=at)
