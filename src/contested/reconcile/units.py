"""What is linked: an event claim with the claims about it, or figures that stand alone."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from contested.model import (
    CasualtiesClaim,
    Claim,
    EventClaim,
    ResponsibilityClaim,
    When,
    Where,
)

REAL = {"occurred", "ongoing", "attempted", "foiled"}
_WORD = re.compile(r"[a-z]{5,}")
COMMON = frozenset(
    ["about", "after", "again", "against", "along", "among", "around", "attack", "attacks", "according", "because", "before", "being", "between", "could", "during", "every", "first", "following", "forces", "group", "government", "however", "includes", "including", "incident", "killed", "killing", "least", "local", "later", "members", "military", "militants", "morning", "night", "officials", "other", "others", "people", "police", "province", "reported", "responsibility", "security", "several", "since", "soldiers", "source", "sources", "spokesman", "statement", "still", "taken", "their", "there", "these", "those", "three", "through", "today", "under", "until", "where", "which", "while", "would", "wounded", "claimed", "claims", "later", "sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "january", "february", "march", "april", "august", "september", "october", "november", "december", "district", "injured", "pakistan", "pakistani", "afghan", "afghanistan", "taliban", "country", "region", "western", "northern", "southern", "eastern"]
)


@dataclass(slots=True, eq=False)
class Unit:
    """One account of one happening in one report."""

    id: str
    report: str
    start: int
    event: EventClaim | None
    casualties: list[CasualtiesClaim] = field(default_factory=list)
    responsibility: list[ResponsibilityClaim] = field(default_factory=list)
    first: dt.date | None = None
    last: dt.date | None = None
    where: Where | None = None
    when: When | None = None
    words: frozenset[str] = frozenset()

    @property
    def claims(self) -> list[Claim]:
        """All its claims."""
        own: list[Claim] = [self.event] if self.event else []
        return [*own, *self.casualties, *self.responsibility]

    @property
    def days(self) -> int | None:
        """Length of its time in days; None if unknown or open."""
        if self.first is None or self.last is None:
            return None
        return (self.last - self.first).days + 1


def units(claims: Sequence[Claim]) -> list[Unit]:
    """Accounts that can be linked, in a stable order.

    A figure or a claim of responsibility that refers to no event stands alone if it says when
    or where; one that says neither belongs to no incident.
    """
    by_event: dict[str, Unit] = {}
    out: list[Unit] = []
    for claim in claims:
        if isinstance(claim, EventClaim) and claim.status in REAL and claim.stance != "denies":
            unit = Unit(claim.id, claim.report, claim.start, claim)
            by_event[claim.id] = unit
            out.append(unit)
    for claim in claims:
        if not isinstance(claim, CasualtiesClaim | ResponsibilityClaim):
            continue
        home = by_event.get(claim.event_ref or "")
        if home is None:
            if not (claim.where and claim.when):
                continue
            home = Unit(claim.id, claim.report, claim.start, None)
            out.append(home)
        if isinstance(claim, CasualtiesClaim):
            home.casualties.append(claim)
        else:
            home.responsibility.append(claim)
    for unit in out:
        _settle(unit)
    return sorted(out, key=lambda u: (u.report, u.start, u.id))


def _settle(unit: Unit) -> None:
    whens = [c.when for c in unit.claims if c.when is not None]  # type: ignore[union-attr]
    wheres = [c.where for c in unit.claims if c.where is not None]  # type: ignore[union-attr]
    if whens:
        unit.when = min(whens, key=length)
        unit.first = _day(unit.when.earliest)
        unit.last = _day(unit.when.latest)
    if wheres:
        unit.where = min(wheres, key=lambda w: w.radius_km if w.radius_km else 1e6)
    text = " ".join(c.quote for c in unit.claims).lower()
    unit.words = frozenset(_WORD.findall(text)) - COMMON


def length(when: When) -> int:
    """Days that a time covers; very many where it is open."""
    first, last = _day(when.earliest), _day(when.latest)
    return (last - first).days + 1 if first and last else 100_000


def _day(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text[:10]) if text else None
