"""What the readers of a report's text find: spans with what they mean.

`start` and `end` are characters of the report's stored text.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from contested.model import ActorRef, Count, When, Where

Unit = Literal["things", "percent", "money", "time", "age", "ordinal", "measure", "score"]
TimeKind = Literal["day", "weekday", "month", "year", "relative", "period", "vague"]


@dataclass(frozen=True, slots=True)
class TimeMention:
    """Words that place something in time."""

    start: int
    end: int
    when: When
    kind: TimeKind


@dataclass(frozen=True, slots=True)
class DurationMention:
    """Words for a length of time ("48-hour", "month-long"), in days."""

    start: int
    end: int
    days: float


@dataclass(frozen=True, slots=True)
class CountMention:
    """A number in words or digits. `currency` (ISO 4217) only where `unit` is money."""

    start: int
    end: int
    count: Count
    unit: Unit
    value: float
    currency: str | None = None


@dataclass(frozen=True, slots=True)
class PlaceMention:
    """A place name; `kind` is the gazetteer's, `place` its id there or null.

    A name that no table has is of kind ``unknown``: it keeps its words, and lies somewhere in the
    wider place that the report puts it in, if it does.

    `literal`: it names where something is. Otherwise it only tells what a thing has to do with:
    "the Turkish army", "the University of Karachi".
    """

    start: int
    end: int
    where: Where
    kind: str
    place: str | None
    literal: bool = True
    within: tuple[int, ...] = ()
    """Starts of the mentions of wider places that the words put it in."""


@dataclass(frozen=True, slots=True)
class ActorMention:
    """Words that stand for an actor. `how` says what resolved them: ``name``, ``organ``,
    ``metonym``, ``adjective``, ``person`` or ``reference``."""

    start: int
    end: int
    ref: ActorRef
    how: str
