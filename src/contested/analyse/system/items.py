"""Claims as arrows: what is told of who does what to whom, but for the incidents themselves."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from contested.analyse.bodies import Bodies
from contested.analyse.voiced import REAL, Odds, Said, reading, said
from contested.model import (
    AgreementClaim,
    Claim,
    Incident,
    RelationClaim,
    StatementClaim,
    When,
)
from contested.world.rows import TieWord

DENIES, MEDIATES = "denies", "mediates with"
BACKING = frozenset({"supports", "shelters"})
WIDE = 400
"""A time that is wider than so many days does not say when: the report's day is taken."""

Key = tuple[str, str, str]
Words = Mapping[tuple[str, str], TieWord]


@dataclass(frozen=True, slots=True)
class Item:
    """One thing told: the arrow, the day (ordinal, 0 unknown), the chance that it holds.

    Items of one `joint` name hold or fall together. `said` are the claims behind it;
    `deed` marks the denial of a deed.
    """

    key: Key
    day: int
    chance: float
    joint: str | None
    said: tuple[Said, ...]
    deed: bool = False


@dataclass(frozen=True, slots=True)
class Context:
    """What is needed to read a claim as arrows."""

    words: Words
    bodies: Bodies
    published: Mapping[str, When | None]
    parties: frozenset[str]
    odds: Odds

    def told(self, claim: Claim, when: When | None) -> Said:
        """The claim as something said."""
        return said(claim, when, self.published, self.bodies, self.parties)

    def day(self, claim: Claim, when: When | None) -> int:
        """When it was: the middle of the time that is told, or the day of the report."""
        return day_of(when) or day_of(self.published.get(claim.report))


def day_of(when: When | None) -> int:
    """The middle of a time as an ordinal; of an open one its end; 0 where it is too wide."""
    if when is None:
        return 0
    ends = [dt.date.fromisoformat(end).toordinal() for end in (when.earliest, when.latest) if end]
    if not ends or max(ends) - min(ends) > WIDE:
        return 0
    return sum(ends) // len(ends)


def items(
    claims: Sequence[Claim], context: Context, incidents: Iterable[Incident] = ()
) -> list[Item]:
    """All that is told, one item for what several passages of one report tell alike."""
    relations = [c for c in claims if isinstance(c, RelationClaim) and c.status in REAL]
    agreements = [c for c in claims if isinstance(c, AgreementClaim) and c.status in REAL]
    statements = [c for c in claims if isinstance(c, StatementClaim) and c.status in REAL]
    found = [*_relations(relations, context), *_agreements(agreements, context)]
    found += _statements(statements, context)
    found += _denials(relations, context)
    found += _refusals(incidents, {claim.id: claim for claim in claims}, context)
    return found


def _once(found: Iterable[tuple[Key, int, Said]]) -> dict[tuple[Key, int, str], list[Said]]:
    """By arrow, day and report; an arrow from somebody to itself is none."""
    out: dict[tuple[Key, int, str], list[Said]] = {}
    for key, day, what in found:
        if key[0] != key[2]:
            out.setdefault((key, day, what.report), []).append(what)
    return out


def _relations(claims: Iterable[RelationClaim], context: Context) -> Iterator[Item]:
    """A tie holds or does not, however often it is told: its items fall together."""
    every: dict[Key, list[Said]] = {}
    told: list[tuple[Key, int, Said]] = []
    for claim in claims:
        word = context.words.get(("relation", claim.relation))
        if word is None:
            continue
        one, other = context.bodies.of(claim.subject), context.bodies.of(claim.object)
        key = (*_ends(one, other, word), word.arrow)
        what = context.told(claim, claim.when)
        told.append(((key[0], key[2], key[1]), context.day(claim, claim.when), what))
        every.setdefault((key[0], key[2], key[1]), []).append(what)
    for (key, day, _), group in _once(told).items():
        chance = reading(every[key], context.odds).chance
        yield Item(key, day, chance, " ".join(key), tuple(group))


def _ends(one: str, other: str, word: TieWord) -> tuple[str, str]:
    return (other, one) if word.mutual and other < one else (one, other)


def _agreements(claims: Iterable[AgreementClaim], context: Context) -> Iterator[Item]:
    """Parties negotiate with each other; a mediator has an arrow to each of them.

    What several reports tell of one act on one day is one item.
    """
    told: dict[tuple[Key, int, str], list[Said]] = {}
    for claim in claims:
        word = context.words.get(("agreement", claim.type))
        if word is None:
            continue
        day, what = context.day(claim, claim.when), context.told(claim, claim.when)
        parties = sorted(context.bodies.of_all(claim.parties))
        kind = f"{claim.type} {claim.act}"
        for one, other in combinations(parties, 2):
            told.setdefault(((one, word.arrow, other), day, kind), []).append(what)
        for mediator in context.bodies.of_all(claim.mediators):
            for party in parties:
                if party != mediator:
                    told.setdefault(((mediator, MEDIATES, party), day, kind), []).append(what)
    for (key, day, _), group in told.items():
        yield Item(key, day, reading(group, context.odds).chance, None, tuple(group))


def _statements(claims: Iterable[StatementClaim], context: Context) -> Iterator[Item]:
    """What somebody does with words is done when the words were said: true or not."""
    told: list[tuple[Key, int, Said]] = []
    for claim in claims:
        word = context.words.get(("statement", claim.act))
        if word is None:
            continue
        by, what = context.bodies.of(claim.by), context.told(claim, claim.when)
        day = context.day(claim, claim.when)
        told += [
            ((by, word.arrow, to), day, what) for to in context.bodies.of_all(claim.addressees)
        ]
    for (key, day, _), group in _once(told).items():
        yield _spoken(key, day, group, context.odds)


def _spoken(key: Key, day: int, group: Sequence[Said], odds: Odds) -> Item:
    right = max(one.confidence for one in group)
    unsure = all(one.stance == "unconfirmed" for one in group)
    return Item(key, day, round(right * (odds.alleged if unsure else 1.0), 4), None, tuple(group))


def _denials(claims: Iterable[RelationClaim], context: Context) -> Iterator[Item]:
    """Whoever denies a tie denies those who assert it.

    Who denies backing somebody whom only words name denies all who say that it backs anybody.
    """
    asserted: dict[tuple[str, str, str], set[str]] = {}
    denied: list[tuple[tuple[str, str, str], str, int, Said]] = []
    for claim in claims:
        ends = (context.bodies.of(claim.subject), claim.relation, context.bodies.of(claim.object))
        speaker = context.bodies.speaker(claim.speakers)
        if claim.stance != "denies":
            if speaker:
                asserted.setdefault(ends, set()).add(speaker)
        elif speaker:
            day = context.day(claim, claim.when)
            denied.append((ends, speaker, day, context.told(claim, claim.when)))
    told = [
        ((speaker, DENIES, other), day, what)
        for ends, speaker, day, what in denied
        for other in sorted(_asserters(ends, speaker, asserted))
    ]
    for (key, day, _), group in _once(told).items():
        yield _spoken(key, day, group, context.odds)


def _asserters(
    ends: tuple[str, str, str], speaker: str, asserted: Mapping[tuple[str, str, str], set[str]]
) -> set[str]:
    one, relation, other = ends
    if relation not in BACKING or Bodies.is_known(other) or one != speaker:
        return asserted.get(ends, set())
    return {
        voice
        for (who, how, _), voices in asserted.items()
        if who == one and how in BACKING
        for voice in voices
    }


def _refusals(
    incidents: Iterable[Incident], claims: Mapping[str, Claim], context: Context
) -> Iterator[Item]:
    """Whoever denies a deed denies those who blame it for the same incident."""
    told: list[tuple[Key, int, Said]] = []
    for incident in incidents:
        voices = incident.responsibility.according_to
        blamers: dict[str, set[str]] = {}
        for voice in voices:
            speaker = context.bodies.speaker(voice.speakers)
            if voice.act == "is_blamed" and voice.actor and speaker:
                blamers.setdefault(context.bodies.node(voice.actor), set()).add(speaker)
        for voice in voices:
            known = [claims[id_] for id_ in voice.claims if id_ in claims]
            if voice.act != "denies" or not voice.own or not voice.actor or not known:
                continue
            one = context.bodies.node(voice.actor)
            what, day = context.told(known[0], incident.when), day_of(incident.when)
            told += [
                ((one, DENIES, other), day or context.day(known[0], None), what)
                for other in sorted(blamers.get(one, ()))
            ]
    for (key, day, _), group in _once(told).items():
        yield replace(_spoken(key, day, group, context.odds), deed=True)
