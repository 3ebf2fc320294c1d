"""Why an incident changed: which report, which re-reading, which decision, which rule.

Incidents are derived anew from all claims each time they are gathered, and the log says what
entered before. So a change comes from what entered since the gathering before it and is about
the claims that came or went; where claims only moved from one incident to another, from what
changed the other; where nothing of the kind is found, from whatever else entered, as weights and
copies follow from the whole record; and where nothing entered, from the way of deriving itself.

That a report's claims were revised is no cause: it follows from a decision, which is one.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Set
from dataclasses import dataclass
from typing import Literal

from contested.errors import NotFound
from contested.model import Decision, Incident
from contested.model.decision import undo_root
from contested.pipeline.compare import rules
from contested.record import LogEntry, Store

CauseKind = Literal["report", "re-reading", "decision", "rule", "record", "method"]

GATHERED, DECIDED = "incidents", "decision"
RESTORED = "restored"
"""Of a version: that its text is one that the report had before."""
READ: dict[str, CauseKind] = {
    "new": "report",
    "new_version": "report",
    "re_extracted": "re-reading",
}
"""What the log calls the ways in which a report enters, and which cause each is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cause:
    """What brought a change.

    `report`: a new report or a new version of one, `re-reading`: a known text read by another
    method; `subject` is the report, and `what` says which (`new`, `new_version`, `restored`,
    `re_extracted`). `decision`: a person's (`author`), `subject` is its id, `what` its act and
    `undoes` the decision that it takes back. `rule`: figures are derived by another rule,
    `subject`. `record`: none of these, but something about other incidents entered. `method`:
    nothing entered, so that the tables, the way of linking or the program has changed.
    """

    kind: CauseKind
    what: str
    subject: str
    at: dt.datetime
    author: str | None = None
    undoes: str | None = None


class Log:
    """The log of a record, for looking up what entered when."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.entries: list[LogEntry] = store.log()[::-1]
        self._gathered = [entry.at for entry in self.entries if entry.what == GATHERED]
        self._by_report: dict[str, list[LogEntry]] = defaultdict(list)
        self._decided: list[LogEntry] = []
        for entry in self.entries:
            if entry.what in READ:
                self._by_report[entry.subject].append(entry)
            elif entry.what == DECIDED:
                self._decided.append(entry)
        self._decisions = {each.id: each for each in store.decisions()}
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
        new: Set[str],
    ) -> tuple[Cause, ...]:
        """What entered since the last gathering about claims that came or went by `at`.

        `new` are claims that no incident had before: whatever brought one is then the cause, even
        if an earlier gathering missed it.
        """
        states = [state for state in (before, after) if state]
        had = frozenset(before.claims if before else ())
        has = frozenset(after.claims if after else ())
        moved = {id: self._report_of(id) for id in sorted(had ^ has)}
        reports = set(moved.values())
        if before and after:
            reports |= set(before.reports) ^ set(after.reports)
        since = self.gathered_before(at)
        found = self._read(reports, since, at)
        found += self._decisions_on(states, had | has, since, at)
        one, other = rules(before), rules(after)
        if one and other and one != other and not any(each.what == "rule" for each in found):
            found += self._ruled(other - one, since, at)
        if not found and had == has:
            found = self._read({each for state in states for each in state.reports}, since, at)
        if not found:
            for report in sorted({moved[id] for id in (has - had) & new}):
                found += self._read({report}, None, at)[-1:]
        return tuple(dict.fromkeys(found))

    def otherwise(self, at: dt.datetime) -> Cause:
        """The cause of what nothing explains that is about the incident itself."""
        since = self.gathered_before(at)
        entered = any(
            _between(entry, since, at)
            for entry in self.entries
            if entry.what in READ or entry.what == DECIDED
        )
        kind: CauseKind = "record" if entered else "method"
        return Cause(kind=kind, what=kind, subject="", at=at)

    def _read(
        self, reports: Iterable[str], since: dt.datetime | None, at: dt.datetime
    ) -> list[Cause]:
        return [
            Cause(kind=READ[entry.what], what=_way(entry), subject=entry.subject, at=entry.at)
            for report in sorted(reports)
            for entry in self._by_report.get(report, ())
            if _between(entry, since, at)
        ]

    def _decisions_on(
        self,
        states: list[Incident],
        claims: frozenset[str],
        since: dt.datetime | None,
        at: dt.datetime,
    ) -> list[Cause]:
        """Decisions on these states of an incident, on claims of them, or on their sources."""
        touched = {state.id for state in states} | claims
        touched |= {report for state in states for report in state.reports}
        touched |= {grade.subject for state in states for grade in state.grades}
        if len(states) == 2:
            touched |= set(states[0].decisions) ^ set(states[1].decisions)
        return [
            self._cause(entry)
            for entry in self._decided
            if _between(entry, since, at) and not touched.isdisjoint(self._named(entry))
        ]

    def _ruled(
        self, rule: frozenset[str], since: dt.datetime | None, at: dt.datetime
    ) -> list[Cause]:
        """Who decided for the whole record that figures are derived by `rule`, or that they are."""
        acts = {entry.subject: entry.detail.get("act") for entry in self._decided}
        found = [
            self._cause(entry)
            for entry in self._decided
            if _between(entry, since, at)
            and "rule" in map(acts.get, (entry.subject, *entry.detail.get("undoes", ())))
            and not entry.detail.get("subjects")
        ]
        return found or [Cause(kind="rule", what="rule", subject=", ".join(sorted(rule)), at=at)]

    def _cause(self, entry: LogEntry) -> Cause:
        undoes = entry.detail.get("undoes") or [None]
        return Cause(
            kind="decision",
            what=str(entry.detail.get("act", entry.what)),
            subject=entry.subject,
            at=entry.at,
            author=entry.detail.get("author"),
            undoes=undoes[0],
        )

    def _named(self, entry: LogEntry) -> set[str]:
        """What a decision is about: ids, the claims that they stood for, or a source's name."""
        names = {entry.subject, *entry.detail.get("subjects", ()), *entry.detail.get("undoes", ())}
        decision: Decision | None = self._decisions.get(entry.subject)
        if decision is not None:
            root = undo_root(decision, self._decisions)
            names |= {anchor.claim for anchor in root.anchors}
            names |= {root.name} if root.name else set()
        return names

    def _report_of(self, claim: str) -> str:
        if claim not in self._reports:
            try:
                self._reports[claim] = self._store.claim(claim).report
            except NotFound:
                self._reports[claim] = ""
        return self._reports[claim]


def _between(entry: LogEntry, since: dt.datetime | None, at: dt.datetime) -> bool:
    return (since is None or entry.at > since) and entry.at <= at


def _way(entry: LogEntry) -> str:
    return RESTORED if "as_version" in entry.detail else entry.what
