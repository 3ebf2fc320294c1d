"""Agreements with all that is said of them: who, when, on what terms, and how they ended."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from contested.analyse.told import day_in_words

OPENING = frozenset({"agreed", "took_effect"})
CLOSING = frozenset({"ended", "collapsed", "expired"})
IN_FORCE = frozenset({"ceasefire", "non_aggression", "peace_deal"})
"""Types of which it can be said that they hold or are broken."""
Fate = Literal["in force", "broke down", "ran out", "replaced", "disputed", "unknown"]


@dataclass(frozen=True, slots=True)
class Span:
    """Days (ordinals) within which something happened; null where the words set no bound."""

    first: int | None
    last: int | None

    @property
    def known(self) -> bool:
        """Whether both ends are."""
        return self.first is not None and self.last is not None

    @property
    def middle(self) -> float | None:
        """The middle day; null where an end is open."""
        if self.first is None or self.last is None:
            return None
        return (self.first + self.last) / 2

    def meets(self, other: Span, slack: int = 0) -> bool:
        """Whether the two may be one day, or at most `slack` days apart."""
        if self.last is not None and other.first is not None and other.first - self.last > slack:
            return False
        return not (
            self.first is not None and other.last is not None and self.first - other.last > slack
        )

    def within(self, other: Span) -> Span:
        """The days that are left once both hold."""
        firsts = [day for day in (self.first, other.first) if day is not None]
        lasts = [day for day in (self.last, other.last) if day is not None]
        return Span(max(firsts, default=None), min(lasts, default=None))

    def words(self) -> str:
        """``2022-11-28``, ``2022-11-21 to 2022-11-30``, ``by 2025-10-19``, ``unknown``."""
        if self.first is None and self.last is None:
            return "unknown"
        if self.first is None:
            return f"by {day_in_words(self.last or 0)}"
        if self.last is None:
            return f"from {day_in_words(self.first)}"
        if self.first == self.last:
            return day_in_words(self.first)
        return f"{day_in_words(self.first)} to {day_in_words(self.last)}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """One claim on an agreement: what became of it, when, and who says so with which words.

    `span` are the days on which it happened, `by_report` true where they come from the day of
    the report only. `stance` and `status` are the claim's.
    """

    claim: str
    report: str
    act: str
    span: Span
    by_report: bool
    says: str
    stance: str
    status: str
    quote: str

    @property
    def counts(self) -> bool:
        """Whether it is told as having happened: not denied, nor only feared or planned."""
        return self.stance in ("asserts", "alleges") and self.status in ("occurred", "ongoing")


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """One agreement, gathered from all claims on it.

    `start` and `end` are the days within which it began and ended; `end` is null while nobody
    says that it ended. `terms_end` is the day on which it ran out by its own duration, extensions
    left out. `fate` says how it ended; ``disputed`` where voices contradict each other, and
    `disputes` says how. `violations` are accusations of breaking it: no end. `held` is the last
    day on which somebody says that it holds, `replaced` the day by which a later agreement of the
    same parties took its place.
    """

    id: str
    type: str
    parties: tuple[str, ...]
    mediators: tuple[str, ...]
    place: str | None
    durations: tuple[float, ...]
    start: Span
    end: Span | None
    terms_end: int | None
    extended: bool
    fate: Fate
    held: int | None
    replaced: int | None
    acts: tuple[Act, ...]
    violations: tuple[Act, ...]
    disputes: tuple[str, ...]
    notes: tuple[str, ...] = ()

    @property
    def over(self) -> Span | None:
        """The days within which it was over, for whatever reason; null while it is in force."""
        if self.end is not None:
            return self.end
        days = [day for day in (self.replaced, self._ran_out) if day is not None]
        return Span(min(days), min(days)) if days else None

    @property
    def _ran_out(self) -> int | None:
        return self.terms_end if self.fate == "ran out" else None

    @property
    def name(self) -> str:
        """Type, parties and start, in words."""
        parties = " and ".join(self.parties) or "parties unknown"
        return f"{self.type.replace('_', '-')} of {parties} ({self.start.words()})"
