"""What changed in a record from one moment to another, and through what."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from contested.model import Incident
from contested.model.query import Query
from contested.pipeline.causes import READ, Cause, Log
from contested.pipeline.compare import FieldChange, differing
from contested.record import IncidentVersion, Store

IncidentFate = Literal["new", "changed", "joined", "split", "gone"]
MANY = 100
"""From so many reports on all claims are read once rather than report by report."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportChange:
    """What became of a report: how it entered, each time, and how its claims changed."""

    report: str
    name: str
    title: str | None
    what: tuple[str, ...]
    at: dt.datetime
    version: int
    claims_new: int
    claims_gone: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One version of an incident after another: what differs, and why."""

    at: dt.datetime
    fields: tuple[FieldChange, ...]
    causes: tuple[Cause, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentChange:
    """What became of an incident.

    `new` or `changed`; `joined`: it is no more and others have its claims (`into`); `split`:
    others have some of them; `gone`: none has. `out_of` are incidents that had claims of it.
    `fields` compares the first and last state, `steps` each version with the one before.
    """

    incident: str
    what: IncidentFate
    before: Incident | None
    after: Incident | None
    fields: tuple[FieldChange, ...]
    claims_in: tuple[str, ...]
    claims_out: tuple[str, ...]
    into: tuple[str, ...]
    out_of: tuple[str, ...]
    causes: tuple[Cause, ...]
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """All that changed after `since`, up to and with `until`."""

    since: dt.datetime
    until: dt.datetime
    reports: tuple[ReportChange, ...]
    incidents: tuple[IncidentChange, ...]


def changes(before: Store, after: Store, since: dt.datetime, until: dt.datetime) -> Changes:
    """Compare two views of one record, `before` as of `since` and `after` as of `until`."""
    log = Log(after)
    return Changes(
        since=since,
        until=until,
        reports=tuple(_reports(before, after, log, since)),
        incidents=tuple(_incidents(before, after, log, since)),
    )


# ---- reports -------------------------------------------------------------------------------


def _reports(before: Store, after: Store, log: Log, since: dt.datetime) -> Iterable[ReportChange]:
    entered: dict[str, list[str]] = defaultdict(list)
    last: dict[str, dt.datetime] = {}
    for entry in log.entries:
        if entry.at > since and entry.what in READ:
            entered[entry.subject].append(entry.what)
            last[entry.subject] = entry.at
    had, has = (_claims(store, entered) for store in (before, after))
    for id, what in entered.items():
        stored = after.report(id)
        title = stored.report.title
        yield ReportChange(
            report=id,
            name=stored.report.name,
            title=title.value if title else None,
            what=tuple(what),
            at=last[id],
            version=stored.seq,
            claims_new=len(has[id] - had[id]),
            claims_gone=len(had[id] - has[id]),
        )


def _claims(store: Store, reports: Iterable[str]) -> dict[str, set[str]]:
    """The ids of the current claims of each report."""
    wanted = list(reports)
    found: dict[str, set[str]] = {report: set() for report in wanted}
    queries = [Query()] if len(wanted) > MANY else [Query(report=report) for report in wanted]
    for query in queries:
        for claim in store.claims(query):
            if claim.report in found:
                found[claim.report].add(claim.id)
    return found


# ---- incidents -----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Course:
    """The states of an incident: the last one before, and all since. None where it was not."""

    first: Incident | None
    states: tuple[tuple[dt.datetime, Incident | None], ...]

    @classmethod
    def of(cls, versions: Iterable[IncidentVersion], since: dt.datetime) -> _Course:
        first: Incident | None = None
        states = []
        for version in versions:
            state = None if version.gone else version.incident
            if version.at > since:
                states.append((version.at, state))
            else:
                first = state
        return cls(first, tuple(states))

    @property
    def last(self) -> Incident | None:
        return self.states[-1][1]

    @property
    def pairs(self) -> Iterable[tuple[dt.datetime, Incident | None, Incident | None]]:
        """Each version with the one before."""
        old = self.first
        for at, new in self.states:
            yield at, old, new
            old = new


def _incidents(
    before: Store, after: Store, log: Log, since: dt.datetime
) -> Iterable[IncidentChange]:
    courses = {
        id: _Course.of(after.incident_history(id), since) for id in after.changed_incidents(since)
    }
    lasting = {id: course for id, course in courses.items() if course.first or course.last}
    homes_before = _homes((id, course.first) for id, course in lasting.items())
    homes_after = _homes((id, course.last) for id, course in lasting.items())
    causes = _causes(before, courses, log)
    for id, course in lasting.items():
        one, other = course.first, course.last
        if one == other:
            continue
        had = frozenset(one.claims if one else ())
        has = frozenset(other.claims if other else ())
        into = sorted({home for c in had for home in homes_after.get(c, ())} - {id})
        out_of = sorted({home for c in has for home in homes_before.get(c, ())} - {id})
        steps = tuple(
            Step(at=at, fields=differing(old, new), causes=causes[id, at])
            for at, old, new in course.pairs
        )
        yield IncidentChange(
            incident=id,
            what=_fate(one, other, into),
            before=one,
            after=other,
            fields=differing(one, other),
            claims_in=tuple(sorted(has - had)),
            claims_out=tuple(sorted(had - has)),
            into=tuple(into),
            out_of=tuple(out_of),
            causes=tuple(dict.fromkeys(cause for step in steps for cause in step.causes)),
            steps=steps,
        )


def _fate(before: Incident | None, after: Incident | None, into: list[str]) -> IncidentFate:
    if before is None:
        return "new"
    if after is None:
        return "joined" if into else "gone"
    return "split" if into else "changed"


def _homes(states: Iterable[tuple[str, Incident | None]]) -> dict[str, set[str]]:
    """For every claim, the incidents that have it."""
    homes: dict[str, set[str]] = defaultdict(set)
    for id, state in states:
        for claim in state.claims if state else ():
            homes[claim].add(id)
    return homes


def _causes(
    before: Store, courses: dict[str, _Course], log: Log
) -> dict[tuple[str, dt.datetime], tuple[Cause, ...]]:
    """What brought each version of each incident."""
    first = _first_gathered(before, courses)
    found: dict[tuple[str, dt.datetime], tuple[Cause, ...]] = {}
    moving: dict[tuple[dt.datetime, str], set[str]] = defaultdict(set)
    for id, course in courses.items():
        for at, old, new in course.pairs:
            moved = _moved(old, new)
            found[id, at] = log.causes(old, new, at, {c for c in moved if first.get(c) == at})
            for claim in moved:
                moving[at, claim].add(id)
    for id, course in courses.items():
        for at, old, new in course.pairs:
            if found[id, at]:
                continue
            others = {other for claim in _moved(old, new) for other in moving[at, claim]} - {id}
            shared = dict.fromkeys(cause for other in sorted(others) for cause in found[other, at])
            found[id, at] = tuple(shared) or (log.otherwise(at),)
    return found


def _moved(before: Incident | None, after: Incident | None) -> frozenset[str]:
    """The claims that came or went."""
    return frozenset(before.claims if before else ()) ^ frozenset(after.claims if after else ())


def _first_gathered(before: Store, courses: dict[str, _Course]) -> dict[str, dt.datetime]:
    """For claims that no incident had before, the moment since which one has."""
    gathered = frozenset().union(*before.previous_membership().values())
    first: dict[str, dt.datetime] = {}
    for course in courses.values():
        for at, state in course.states:
            for claim in state.claims if state else ():
                if claim not in gathered:
                    first[claim] = min(at, first.get(claim, at))
    return first
