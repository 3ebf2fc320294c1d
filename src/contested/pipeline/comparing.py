"""Two moments of a record side by side, as the filters leave them."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING

from contested.errors import UsageError
from contested.model.query import Query
from contested.pipeline.changes import Changes, changes
from contested.pipeline.moments import Asked, Moment, present, written
from contested.pipeline.past import Past

if TYPE_CHECKING:
    from contested.pipeline.facade import Record


def compared(
    record: Record, since: Moment, until: Moment | None, query: Query, incident: str | None
) -> Changes:
    """What `Record.diff` gives."""
    one, other = _moments(record, since, until)
    before, after = Past(record, one), Past(record, other)
    found = changes(before.store, after.store, one, other)
    if incident is not None:
        return only(found, after.history(incident)[0].incident.id)
    query = replace(query, limit=None)
    return found if query == Query() else _fitting(found, before, after, query)


def _moments(
    record: Record, since: Moment, until: Moment | None
) -> tuple[dt.datetime, dt.datetime]:
    span = record.store.span()
    if span is None:
        raise UsageError("The record is empty: there is nothing to compare. Add a report.")
    now = present()
    last = max(now, span.last) if until is None else Asked.of(until).within(span, now)
    asked = Asked.of(since)
    first = asked.last if asked.last < span.first else asked.within(span, now)
    if first > last:
        raise UsageError(
            f"{written(first)} comes after {written(last)}. Write the earlier date first."
        )
    return first, last


def only(found: Changes, incident: str) -> Changes:
    """The changes of one incident, and of the reports that brought them."""
    incidents = tuple(each for each in found.incidents if each.incident == incident)
    through = {cause.subject for each in incidents for cause in each.causes}
    reports = tuple(each for each in found.reports if each.report in through)
    return replace(found, reports=reports, incidents=incidents)


def _fitting(found: Changes, before: Record, after: Record, query: Query) -> Changes:
    """Those that fit at either moment."""
    incidents = {one.id for record in (before, after) for one in record.incidents(query)}
    reports = {one.report.id for record in (before, after) for one in record.reports(query)}
    return replace(
        found,
        reports=tuple(each for each in found.reports if each.report in reports),
        incidents=tuple(each for each in found.incidents if each.incident in incidents),
    )
