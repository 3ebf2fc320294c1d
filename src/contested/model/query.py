"""What one may ask of claims, incidents and reports: the same filters everywhere."""

from __future__ import annotations

from dataclasses import dataclass

from contested.errors import UsageError
from contested.model.terms import Kind

SEVERAL = ("kinds", "actors", "spellings", "status")
SINGLE = ("place", "since", "until", "type", "report", "speaker", "text")


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """Filters that all hold together; an empty one asks for everything.

    `since` and `until` are EDTF dates: whatever may have happened between them is kept, so that
    a vague time is not lost. `actors` are ids and stand for their organs and factions too.
    `place` is a place name or a country code, `spellings` are its other names and, of a country,
    its code. `status` filters incidents. `report` is an id, the beginning of one, or a part of a
    file name. `text` must occur in the passage. `sure` is the least confidence, from 0 to 1, of
    a claim, or of one claim of an incident or a report. `limit` null gives all.

    Raises UsageError where one word stands for a tuple of words, for numbers below zero, and for
    a `sure` that is no chance.
    """

    kinds: tuple[Kind, ...] = ()
    actors: tuple[str, ...] = ()
    place: str | None = None
    spellings: tuple[str, ...] = ()
    since: str | None = None
    until: str | None = None
    status: tuple[str, ...] = ()
    type: str | None = None
    report: str | None = None
    speaker: str | None = None
    text: str | None = None
    sure: float | None = None
    limit: int | None = None
    offset: int = 0

    def __post_init__(self) -> None:
        """Refuse what would be silently misunderstood: the letters of a word as words."""
        for name in SEVERAL:
            given = getattr(self, name)
            if isinstance(given, str):
                raise UsageError(f"{name}={given!r} is one word: write {name}=({given!r},).")
            if not isinstance(given, tuple):
                object.__setattr__(self, name, tuple(given))
        for name in SINGLE:
            given = getattr(self, name)
            if given is not None and not isinstance(given, str):
                raise UsageError(f"{name}={given!r}: write one word in quotes, or leave it out.")
        number = self.sure is None or isinstance(self.sure, int | float)
        if not number or (self.sure is not None and not 0 <= self.sure <= 1):
            raise UsageError(f"sure={self.sure!r} is no chance: give one from 0 to 1, as 0.7.")
        if self.offset < 0 or (self.limit is not None and self.limit < 0):
            raise UsageError("limit and offset cannot be below zero. Leave them out to get all.")
