"""Changes of the record in plain sentences."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from contested.model import ActorRef, Incident, When, Where
from contested.pipeline.causes import Cause
from contested.pipeline.changes import IncidentChange, ReportChange
from contested.pipeline.compare import GRADE, FieldChange
from contested.publish.words import (
    actors_in_words,
    numbered,
    phrase,
    place_in_words,
    time_in_words,
    tolls_in_words,
    victims_in_words,
)

ENTERED = {"new": "new", "new_version": "new version", "re_extracted": "read anew"}
FATES = {
    "new": "NEW",
    "changed": "CHANGED",
    "joined": "JOINED TO ANOTHER",
    "split": "SPLIT",
    "gone": "GONE",
}
WAYS = {
    "new": "the new report",
    "new_version": "a new version of",
    "restored": "an earlier text that came back:",
}
MORE_TEXT = frozenset({"why", "voices", "accounts"})
"""Values of which it is only said that they changed: lists of whole sentences and objects."""

Lines = Iterator[tuple[int, str]]


def report_line(change: ReportChange) -> str:
    """``new version: a.txt, 3 more claims, 1 no more (r-…)``."""
    ways = " and ".join(dict.fromkeys(ENTERED[what] for what in change.what))
    parts = []
    if change.claims_new:
        more = "" if change.what[0] == "new" else "more "
        parts.append(numbered(change.claims_new, f"{more}claim"))
    if change.claims_gone:
        parts.append(f"{numbered(change.claims_gone, 'claim')} no more")
    return f"{ways}: {change.name}, {', '.join(parts) or 'no other claims'} ({change.report})"


def incident_lines(
    change: IncidentChange,
    actor: Callable[[str], str],
    report: Callable[[str], str],
    report_of: Callable[[str], str],
) -> Lines:
    """An incident's change, with how far each line is to be set in.

    `actor` and `report` give names for ids, `report_of` the id of a claim's report.
    """
    state = change.after or change.before
    assert state is not None  # a change is from or to something
    yield 0, f"{FATES[change.what]}  {_headline(state)}  {change.incident}"
    if change.into:
        yield 2, f"claims of it went to {', '.join(change.into)}"
    if change.out_of:
        yield 2, f"claims of it were in {', '.join(change.out_of)}"
    if change.what == "new" and state.casualties:
        yield 2, tolls_in_words(state.casualties)
    by_rule = any("rule" in (cause.kind, cause.what) for cause in change.causes)
    for field in change.fields:
        if not (by_rule and field.field.endswith(".rule")):
            yield 2, field_in_words(field, actor) + _sayers(field, report, report_of)
    moved = [
        numbered(len(claims), "claim") + f" {way}"
        for claims, way in ((change.claims_in, "came"), (change.claims_out, "went"))
        if claims
    ]
    if moved and change.what in ("changed", "split"):
        yield 2, ", ".join(moved)
    for cause in change.causes:
        yield 2, f"through {cause_in_words(cause, report)}"


def _headline(incident: Incident) -> str:
    where, when = place_in_words(incident.where), time_in_words(incident.when)
    return f"{phrase(incident.type).capitalize()}, {where}, {when}"


def cause_in_words(cause: Cause, report: Callable[[str], str]) -> str:
    """What brought a change, with its moment."""
    at = f"{cause.at:%Y-%m-%d %H:%M:%S} UTC"
    if cause.kind == "report":
        return f"{WAYS[cause.what]} {report(cause.subject)}, {at}"
    if cause.kind == "re-reading":
        return f"reading {report(cause.subject)} by another method, {at}"
    if cause.kind == "decision":
        author = f" by {cause.author}" if cause.author else ""
        act = f"undo of {cause.undoes}" if cause.undoes else phrase(cause.what)
        return f"the decision {cause.subject} ({act}){author}, {at}"
    if cause.kind == "rule":
        return f"the rule for figures, now {phrase(cause.subject)}, {at}"
    if cause.kind == "record":
        return f"what else entered with it (weights and copies follow from all reports), {at}"
    return f"another way of gathering (tables, linking or program), {at}"


def field_in_words(change: FieldChange, actor: Callable[[str], str] = str) -> str:
    """``security forces killed, best: 11 → 22``."""
    name = _field_name(change.field)
    if change.field in MORE_TEXT:
        return f"{name} changed"
    return f"{name}: {_said(change.before, actor)} → {_said(change.after, actor)}"


def _sayers(
    change: FieldChange, report: Callable[[str], str], report_of: Callable[[str], str]
) -> str:
    names = dict.fromkeys(report(report_of(claim)) for claim in change.claims)
    return f" ({', '.join(names)})" if names else ""


def _field_name(field: str) -> str:
    if field.startswith(GRADE):
        return f"how far to rely on {field.removeprefix(GRADE)}"
    effect, _, rest = field.partition(".")
    if not rest:
        return {"why": "the reasons for taking it for one", "when": "time", "where": "place"}.get(
            field, phrase(field)
        )
    victims, _, name = rest.partition(".")
    return f"{victims_in_words(victims)} {phrase(effect)}, {phrase(name)}"


def _said(value: Any, actor: Callable[[str], str]) -> str:
    if value is None or value == ():
        return "none"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, When):
        return time_in_words(value)
    if isinstance(value, Where):
        return place_in_words(value)
    if isinstance(value, int):
        return f"{value:,}"
    if isinstance(value, tuple):
        refs = [each for each in value if isinstance(each, ActorRef)]
        return actors_in_words(refs, actor) if refs else ", ".join(actor(str(v)) for v in value)
    return phrase(str(value))
