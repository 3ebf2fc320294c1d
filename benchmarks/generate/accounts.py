"""What one account says of an incident: the truth, seen through the noise."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from random import Random

from benchmarks.generate import phrases
from benchmarks.generate.incidents import Incident, Loss
from benchmarks.generate.land import Land, Level
from benchmarks.generate.options import Noise
from benchmarks.generate.sides import Side, above, generic, named
from contested.model import ActorRef, Count, Speaker, When, Where
from contested.model.edtf import between, when
from contested.model.terms import Qualifier, ResponsibilityAct

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


@dataclass(frozen=True, slots=True)
class Figure:
    """One number that an account gives; `words` is the whole phrase ("at least 12 soldiers")."""

    loss: Loss
    count: Count
    words: str


@dataclass(frozen=True, slots=True)
class Statement:
    """Who speaks, for which side if any, and the figures given: what outlets quote in common."""

    speakers: tuple[Speaker, ...]
    words: str
    figures: tuple[Figure, ...]


@dataclass(frozen=True, slots=True)
class Account:
    """One account of one incident."""

    incident: Incident
    type: str
    level: Level
    where: Where | None
    when: When | None
    initiators: tuple[ActorRef, ...]
    who: str
    targets: tuple[ActorRef, ...]
    whom: str
    statement: Statement
    responsibility: ResponsibilityAct | None
    details: tuple[str, ...]


class Teller:
    """Makes accounts of incidents."""

    def __init__(self, noise: Noise, land: Land, rng: Random) -> None:
        self._noise = noise
        self._land = land
        self._rng = rng
        self._levels: tuple[tuple[Level, ...], tuple[float, ...]] = (
            ("neighbour", "district", "province", "country", "none", "settlement"),
            (noise.neighbour, noise.district, noise.province, noise.country, noise.no_place,
             max(0.0, 1 - noise.neighbour - noise.district - noise.province - noise.country
                 - noise.no_place)),
        )  # fmt: skip

    def account(
        self, incident: Incident, published: int, statement: Statement | None = None
    ) -> Account:
        """One account; with `statement`, one that quotes what an earlier one quoted."""
        rng, noise = self._rng, self._noise
        kind = incident.type
        if rng.random() < noise.other_type:
            kind = rng.choice(phrases.NEAR.get(kind, (kind,)))
        level = rng.choices(*self._levels)[0]
        initiators, who = self._side(incident.initiator)
        targets, whom = self._side(incident.target)
        told = statement or self.statement(incident)
        return Account(
            incident=incident,
            type=kind,
            level=level,
            where=self._land.place(incident.home, level),
            when=self._when(incident.day, published),
            initiators=initiators,
            who=who,
            targets=targets,
            whom=whom,
            statement=told,
            responsibility=self._responsibility(),
            details=tuple(d for d in incident.details if rng.random() < noise.details),
        )

    def statement(self, incident: Incident) -> Statement:
        """Who tells of it, and which figures."""
        rng = self._rng
        side: Side | None = None
        speakers: tuple[Speaker, ...] = ()
        words = ""
        if rng.random() < self._noise.partisan:
            armed = [s for s in (incident.initiator, incident.target) if s.armed]
            side = rng.choice(armed)
            speakers, words = _of_side(side, rng)
        elif rng.random() < 0.7:
            words, kind = rng.choice(phrases.WITNESSES)
            speakers = (Speaker(words, None, kind),)  # type: ignore[arg-type]
        if speakers and rng.random() < 0.12:
            outlet, _ = rng.choice(phrases.OUTLETS)
            speakers = (Speaker(outlet, None, "outlet"), *speakers)
            words = f"{words} as quoted by {outlet}"
        return Statement(speakers, words, self._figures(incident, side))

    def _side(self, side: Side) -> tuple[tuple[ActorRef, ...], str]:
        chance = self._rng.random()
        noise = self._noise
        if chance < noise.missing_side:
            return (), ""
        chance -= noise.missing_side
        if chance < noise.generic_side:
            return generic(side, self._rng)
        chance -= noise.generic_side
        wider = above(side, self._rng) if chance < noise.parent_side else None
        return wider or named(side, self._rng)

    def _figures(self, incident: Incident, speaker: Side | None) -> tuple[Figure, ...]:
        rng, noise = self._rng, self._noise
        out: list[Figure] = []
        for n, loss in enumerate(incident.losses):
            if rng.random() < (noise.no_count if n == 0 else 0.4):
                continue
            number = self._number(loss, speaker)
            if number:
                out.append(_figure(loss, number, rng))
        return tuple(out)

    def _number(self, loss: Loss, speaker: Side | None) -> int:
        """The figure given: a side makes its own losses small and the other's large."""
        rng, number = self._rng, loss.number
        if speaker is not None and loss.of.armed:
            factor = rng.uniform(0.3, 1.0) if loss.of is speaker else rng.uniform(1.0, 3.0)
            return round(number * factor)
        if rng.random() < self._noise.other_count:
            return max(1, round(number * rng.lognormvariate(0, 0.35)) + rng.choice((-1, 0, 1)))
        return number

    def _when(self, day: int, published: int) -> When | None:
        rng, noise = self._rng, self._noise
        chance = rng.random()
        if chance < noise.no_time:
            return None
        chance -= noise.no_time
        if chance < noise.vague_time:
            return _vague(day, rng)
        chance -= noise.vague_time
        if chance < noise.publication_day:
            day = published
        elif chance < noise.publication_day + noise.day_shift:
            day += rng.choice((-2, -1, -1, 1, 1, 2))
        return _day(day, published, rng)

    def _responsibility(self) -> ResponsibilityAct | None:
        chance = self._rng.random()
        if chance < 0.12:
            return "claims"
        if chance < 0.24:
            return "is_blamed"
        return "denies" if chance < 0.27 else "unclaimed" if chance < 0.31 else None


def _of_side(side: Side, rng: Random) -> tuple[tuple[Speaker, ...], str]:
    actor, name = side.actors[0], side.names[0]
    if side.victims == "security_forces":
        words = rng.choice(phrases.OFFICIALS)
        return (Speaker(words, actor, "official"),), words
    words = rng.choice(phrases.COMMANDERS).format(name)
    return (Speaker(words, actor, "party"),), words


def _figure(loss: Loss, number: int, rng: Random) -> Figure:
    one, many = phrases.NOUNS[loss.of.victims]
    noun = one if number == 1 else many
    chance = rng.random()
    qualifier: Qualifier = "exactly"
    low, high = number, number
    figure = phrases.WORDS_FOR_FEW[number] if number <= 10 and rng.random() < 0.5 else str(number)
    top: int | None = high
    if number >= 30 and chance < 0.25:
        qualifier, low, top, figure, noun = "dozens", 24, None, "dozens of", many
    elif chance < 0.2:
        qualifier, top, figure = "at_least", None, f"at least {figure}"
    elif chance < 0.25 and number >= 5:
        qualifier, low, top = "about", round(number * 0.8), round(number * 1.2)
        figure = f"about {figure}"
    count = Count(low, top, qualifier, figure.removesuffix(" of"))
    return Figure(loss, count, f"{figure} {noun}")


def _day(day: int, published: int, rng: Random) -> When:
    date = dt.date.fromordinal(day)
    gap = published - day
    if 0 <= gap <= 6 and rng.random() < 0.5:
        words = f"on {DAYS[date.weekday()]}"
    elif gap == 1 and rng.random() < 0.3:
        words = "yesterday"
    else:
        words = f"on {date.day} {date:%B}" + (f" {date.year}" if rng.random() < 0.5 else "")
    return when(date.isoformat(), words)


def _vague(day: int, rng: Random) -> When:
    date = dt.date.fromordinal(day)
    if rng.random() < 0.5:
        return when(f"{date:%Y-%m}", f"in {date:%B %Y}")
    first = date - dt.timedelta(rng.randrange(0, 4))
    last = date + dt.timedelta(rng.randrange(1, 4))
    words = f"between {first.day} {first:%B} and {last.day} {last:%B %Y}"
    return between(first, last, words)
