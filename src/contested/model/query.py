"""What one may ask of claims, incidents and reports: the same filters everywhere."""

from __future__ import annotations

from dataclasses import dataclass

from contested.model.terms import Kind


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """Filters that all hold together; an empty one asks for everything.

    `since` and `until` are EDTF dates: whatever may have happened between them is kept, so that
    a vague time is not lost. `actors` are ids and stand for their organs and factions too.
    `place` is a place name or a country code. `status` filters incidents. `text` must occur in
    the passage. `limit` null gives all.
    """

    kinds: tuple[Kind, ...] = ()
    actors: tuple[str, ...] = ()
    place: str | None = None
    since: str | None = None
    until: str | None = None
    status: tuple[str, ...] = ()
    type: str | None = None
    report: str | None = None
    speaker: str | None = None
    text: str | None = None
    limit: int | None = None
    offset: int = 0
