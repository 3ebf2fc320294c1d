"""An incident template: what happened, where and when, by whom, to whom and what, with what."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Entry:
    """One who or which takes part: the words as they stand in the report, what else the report
    calls it, and what is known of it. `number` is a number, or "PLURAL" for several; `nation` is
    the name of the country that it is of, where that is not the incident's own."""

    words: str
    called: tuple[str, ...] = ()
    kind: str | None = None
    number: str | None = None
    effect: str | None = None
    nation: str | None = None
    named: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Incident:
    """One incident of a report. `by` is the last day that it can have been where the report does
    not give the `day`. `place` goes from the country down. `weapon_kind` is what was used where no
    word of the report names it."""

    type: str
    stage: str
    category: str | None = None
    day: dt.date | None = None
    by: dt.date | None = None
    place: tuple[str, ...] = ()
    weapons: tuple[Entry, ...] = ()
    weapon_kind: str | None = None
    individuals: tuple[Entry, ...] = ()
    organisations: tuple[Entry, ...] = ()
    things: tuple[Entry, ...] = ()
    people: tuple[Entry, ...] = ()
