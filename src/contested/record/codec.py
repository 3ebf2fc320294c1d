"""JSON of claims, reports and incidents, and back through the checks of the model."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable

from pydantic import TypeAdapter

from contested.errors import PassageError, RecordDamaged, UsageError
from contested.model import (
    Claim,
    Incident,
    Report,
    claim_from_json,
    from_plain,
    incident_from_plain,
    to_plain,
)

_report_adapter: TypeAdapter[Report] = TypeAdapter(Report)


def dump(plain: object) -> str:
    """Compact JSON that keeps every letter as it is."""
    return json.dumps(plain, ensure_ascii=False, separators=(",", ":"))


def stamp(at: dt.datetime | None) -> str:
    """`at` (now, if null) in UTC as text that sorts. Raises UsageError without a time zone."""
    moment = at or dt.datetime.now(dt.UTC)
    if moment.tzinfo is None:
        raise UsageError(
            f"The time {moment.isoformat()} has no time zone. Give one, such as {moment}+00:00."
        )
    return moment.astimezone(dt.UTC).isoformat(timespec="microseconds")


def moment(text: str) -> dt.datetime:
    """The time that `stamp` wrote. Raises RecordDamaged if it is none."""
    try:
        return dt.datetime.fromisoformat(text)
    except ValueError as error:
        raise _unreadable("A time", text, error) from error


def claim_body(claim: Claim) -> str:
    """The claim as JSON, without its quote, which has its own column."""
    plain = to_plain(claim)
    del plain["quote"]
    return dump(plain)


def read_claim(body: str, quote: str) -> Claim:
    """The claim of `body` and `quote`. Raises RecordDamaged if they make no claim."""
    try:
        return claim_from_json(f'{body[:-1]},"quote":{dump(quote)}}}')
    except (ValueError, TypeError, KeyError, PassageError) as error:
        raise _unreadable("A claim", body, error) from error


def fitting(claims: Iterable[Claim]) -> tuple[list[Claim], list[str]]:
    """The claims whose values are those of the contract, and why the others are not.

    A claim made in code may hold anything; what is stored must be readable again.
    """
    kept: list[Claim] = []
    refused: list[str] = []
    for claim in claims:
        try:
            same = from_plain(to_plain(claim)) == claim
            problem = "a value would be read back as another"
        except (ValueError, PassageError) as error:
            same, problem = False, str(error)
        if same:
            kept.append(claim)
        else:
            refused.append(f"{claim.name}: claim {claim.id} does not hold: {problem}")
    return kept, refused


def report_body(report: Report) -> str:
    """The report as JSON, without its text, which has its own column."""
    plain = to_plain(report)
    del plain["text"]
    return dump(plain)


def read_report(body: str, text: str, version: str) -> Report:
    """The report of `body` and `text`. Raises RecordDamaged if the text is not that version."""
    try:
        data = json.loads(body)
        data["text"] = text
        report = _report_adapter.validate_python(data)
    except (ValueError, TypeError) as error:
        raise _unreadable("A report", body, error) from error
    if report.version != version:
        raise RecordDamaged(
            f"The text of report {report.id} ({report.name}) has changed since it was stored. "
            "Restore the record from a copy."
        )
    return report


def read_incident(body: str) -> Incident:
    """The incident of `body`. Raises RecordDamaged if it makes none."""
    try:
        return incident_from_plain(json.loads(body))
    except (ValueError, TypeError) as error:
        raise _unreadable("An incident", body, error) from error


def _unreadable(what: str, body: str, error: Exception) -> RecordDamaged:
    return RecordDamaged(
        f"{what} of the record cannot be read ({error}): {body[:80]!r}. "
        "Restore the record from a copy, or add its reports to a new one."
    )
