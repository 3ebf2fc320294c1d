"""What is linked: an event claim with the claims about it, or figures that stand alone."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from importlib import resources

from contested.model import (
    CasualtiesClaim,
    Claim,
    EventClaim,
    Report,
    ResponsibilityClaim,
    When,
    Where,
)
from contested.model.proposal import BY_MODEL
from contested.reconcile.distance import distance_km

NEWS = dt.timedelta(days=10)
"""How far back an undated account of a report usually reaches."""
REAL = {"occurred", "ongoing", "attempted", "foiled"}
LONGEST_DAYS = 366
_WORD = re.compile(r"[a-z]{5,}")
_NAME = re.compile(r"(?<=[a-z,’'] )(?:[Aa]l-|[Ee]l-|[Uu]l-)?[A-Z][a-z]{3,}")
_ANY_WORD = re.compile(r"[^\W\d_]{3,}")
_PREFIX = re.compile(r"^(?:al|el|ul)-", re.IGNORECASE)
_ORDINAL = re.compile(r"\b(\d{1,4}(?:st|nd|rd|th)) ([A-Za-z]{4,})")
_NAMED_THING = re.compile(r"([A-Z][a-z]{2,}) ([A-Za-z][a-z]{3,})")


@lru_cache(maxsize=1)
def _common() -> frozenset[str]:
    """Words that half of all reports of a conflict use: they tell no two happenings apart."""
    path = resources.files("contested") / "data" / "lexicon" / "common_words.csv"
    return frozenset(path.read_text("utf-8").split())


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
    names: frozenset[str] = frozenset()
    assumed: bool = False
    """Whether `first` and `last` are only the weeks before the report was published."""

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


def units(claims: Sequence[Claim], reports: Mapping[str, Report]) -> list[Unit]:
    """Accounts that can be linked, in a stable order.

    A figure or a claim of responsibility that refers to no event stands alone if it says where;
    one that does not belongs to no incident.
    """
    by_event: dict[str, Unit] = {}
    out: list[Unit] = []
    told = [claim for claim in claims if isinstance(claim, EventClaim) and _is_one(claim)]
    twins = _twins(told)
    for event in told:
        if event.id not in twins:
            unit = Unit(event.id, event.report, event.start, event)
            by_event[event.id] = unit
            out.append(unit)
    by_event |= {one: by_event[other] for one, other in twins.items()}
    for claim in claims:
        if not isinstance(claim, CasualtiesClaim | ResponsibilityClaim):
            continue
        home = by_event.get(claim.event_ref or "")
        if home is not None and _elsewhere(claim, home):
            home = None
        if home is None:
            if not claim.where:
                continue
            home = Unit(claim.id, claim.report, claim.start, None)
            out.append(home)
        if isinstance(claim, CasualtiesClaim):
            home.casualties.append(claim)
        else:
            home.responsibility.append(claim)
    for unit in out:
        _settle(unit)
        _assume(unit, reports.get(unit.report))
    return sorted(out, key=lambda u: (u.report, u.start, u.id))


def _twins(told: Sequence[EventClaim]) -> dict[str, str]:
    """Events that a language model found, by their ids, where the rules have the same one.

    That one stands for both: an event of the same words and type, or the only one of these words.
    One report would else tell of one happening twice.
    """
    by_rules: dict[str, list[EventClaim]] = {}
    for claim in told:
        if not claim.method.startswith(BY_MODEL):
            by_rules.setdefault(claim.report, []).append(claim)
    out: dict[str, str] = {}
    for claim in told:
        if not claim.method.startswith(BY_MODEL):
            continue
        near = [
            other
            for other in by_rules.get(claim.report, ())
            if other.start < claim.end and claim.start < other.end
        ]
        same = [other for other in near if other.type == claim.type]
        if same or len(near) == 1:
            out[claim.id] = (same or near)[0].id
    return out


def _elsewhere(claim: CasualtiesClaim | ResponsibilityClaim, home: Unit) -> bool:
    """Whether a figure names a place of its own, apart from that of the event it hangs on."""
    there = home.event.where if home.event else None
    if claim.where is None or there is None or "where" in claim.carried:
        return False
    gap = distance_km(claim.where, there)
    widest = max(claim.where.radius_km or 0, there.radius_km or 0)
    return gap is not None and claim.where.name != there.name and gap > 0.7 * widest + 10


def _is_one(claim: EventClaim) -> bool:
    """Whether an event claim tells of one happening that took place.

    What went on for longer than a year is background ("operations since 2002"), no incident.
    """
    lasting = claim.when is not None and length(claim.when) > LONGEST_DAYS
    return claim.status in REAL and claim.stance != "denies" and not lasting


def _settle(unit: Unit) -> None:
    whens = [c.when for c in unit.claims if c.when is not None]  # type: ignore[union-attr]
    wheres = [c.where for c in unit.claims if c.where is not None]  # type: ignore[union-attr]
    if whens:
        unit.when = min(whens, key=length)
        unit.first = _day(unit.when.earliest)
        unit.last = _day(unit.when.latest)
    if wheres:
        unit.where = min(wheres, key=lambda w: w.radius_km if w.radius_km else 1e6)
    quotes = {c.quote for c in unit.claims}
    text = " ".join(quotes).lower()
    unit.words = frozenset(_WORD.findall(text)) - _common()
    known = _known(unit, wheres)
    names = {name for quote in quotes for name in _names(quote)}
    unit.names = frozenset(n for n in names - _common() if known.isdisjoint(n.split()))
    unit.words -= unit.names | known


def _known(unit: Unit, wheres: Sequence[Where]) -> set[str]:
    """Words of its places and sides: they are compared as such, and tell nothing more here."""
    said = [part for w in wheres for part in (w.name, w.as_written, w.admin1) if part]
    if unit.event is not None:
        said += [ref.as_written for ref in unit.event.initiators]
        said += [ref.as_written for ref in unit.event.targets if ref.actor]
    said += [speaker.name for claim in unit.claims for speaker in claim.speakers]
    return {word for text in said for word in _ANY_WORD.findall(text.lower())}


def _names(quote: str) -> Iterator[str]:
    """Names in a passage, and what they are names of: "nour", "nour hospital", "47th brigade".

    A name with its thing tells two happenings apart where the name alone does not.
    """
    for name in _NAME.findall(quote[1:]):
        yield _PREFIX.sub("", name).lower()
    for one, other in (*_ORDINAL.findall(quote), *_NAMED_THING.findall(quote[1:])):
        if other.lower() not in _common():
            yield f"{one} {other}".lower()


def _assume(unit: Unit, report: Report | None) -> None:
    """An undated account was most likely news when its report was published.

    Used to compare accounts only, and weakly: the claims themselves stay undated.
    """
    published = report.published if report is not None else None
    if unit.first is not None or published is None or length(published) > 62:
        return
    first, last = _day(published.earliest), _day(published.latest)
    if first is not None and last is not None:
        unit.first, unit.last, unit.assumed = first - NEWS, last, True


def length(when: When) -> int:
    """Days that a time covers; very many where it is open."""
    first, last = _day(when.earliest), _day(when.latest)
    return (last - first).days + 1 if first and last else 100_000


def _day(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text[:10]) if text else None
