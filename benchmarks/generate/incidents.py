"""What truly happened: incidents drawn from real events, as many as are wanted.

UCDP's 16,566 events of Syria are fewer than the incidents of a large set. A small set is drawn
from a run of days, as dense as they were. For a large one the events are gone through again with
their dates shifted back by the length of the whole series, by a few days more or less, and moved
to other settlements of the same district, or of the province where the district is not known.
Each event is followed, on average, by `Options.extra` more incidents: companions of the same day
in the same place or district, and reprisals of the next day with the sides turned round. What is
real is the clustering in time and space (a fifth of the events share their town and day with
another one, a third have one there the day before or after), the sides, the sorts of violence and
the sizes of tolls; no generated incident is a real one.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from random import Random

from benchmarks.generate.events import Event, Source
from benchmarks.generate.land import Land, Settlement
from benchmarks.generate.options import Options
from benchmarks.generate.sides import CIVILIANS, Side, Sides
from contested.model.terms import Effect

TYPES: dict[int, tuple[tuple[str, ...], tuple[float, ...]]] = {
    1: (
        ("armed_clash", "shelling", "airstrike", "armed_attack", "ied", "ambush", "battle"),
        (30, 25, 20, 10, 6, 5, 4),
    ),
    2: (
        ("armed_clash", "shelling", "armed_attack", "ied", "ambush", "suicide_bombing"),
        (45, 15, 15, 10, 8, 7),
    ),
    3: (
        ("shooting", "execution", "ied", "suicide_bombing", "shelling", "airstrike"),
        (25, 20, 20, 10, 15, 10),
    ),
}
"""Types where the headline tells none, by UCDP's type of violence."""
FROM_THE_AIR = ("airstrike", "drone_strike")
NAMES = (
    "Nour", "Salam", "Furqan", "Zahra", "Midan", "Qadam", "Bustan", "Hamra", "Sabil", "Karama",
    "Jalaa", "Thawra", "Wahda", "Baath", "Andalus", "Rashid", "Mansour", "Yarmouk", "Khalid",
    "Faruq", "Amal", "Hikma", "Rawda", "Shuhada", "Tahrir", "Huda", "Iman", "Taqwa", "Barada",
    "Assi", "Ghab", "Zawiya", "Turkman", "Sukkari", "Maysalun", "Ansari", "Hanano", "Jazmati",
    "Myassar", "Marjeh", "Qabun", "Barzeh", "Jobar", "Hajar", "Tishrin", "Balloura", "Dawla",
    "Umran", "Samra", "Fardous", "Kallaseh", "Shaar", "Haydariyah", "Inzarat", "Bayda", "Rastan",
)  # fmt: skip
THINGS = (
    "the al-{} hospital", "the al-{} school", "the al-{} market", "the {} road", "the {} bridge",
    "the al-{} mosque", "the {} checkpoint", "the al-{} quarter", "the {} silos",
    "the {} crossroads", "the al-{} bakery", "the {} barracks", "the {} hill", "the {} dam",
    "the al-{} camp", "the {} warehouse",
)  # fmt: skip
UNITS = ("the {}th Brigade", "the {}th Regiment", "the {}th Division", "the {}th Battalion")


@dataclass(frozen=True, slots=True)
class Loss:
    """What an incident truly cost: `of` is the side that bore it."""

    effect: Effect
    number: int
    of: Side


@dataclass(frozen=True, slots=True)
class Incident:
    """One true happening. `day` is a proleptic ordinal."""

    id: str
    day: int
    home: Settlement
    type: str
    initiator: Side
    target: Side
    losses: tuple[Loss, ...]
    details: tuple[str, ...]


def incidents(options: Options, source: Source, land: Land, sides: Sides) -> Iterator[Incident]:
    """The incidents of a set, in order of time within each round through the events."""
    maker = _Maker(options, land, sides)
    made = 0
    for event, moved in _events(options, source, maker.rng):
        for incident in maker.around(event, moved):
            if made == options.wanted:
                return
            made += 1
            yield replace(incident, id=f"t-{made:07d}")


def _events(options: Options, source: Source, rng: Random) -> Iterator[tuple[Event, bool]]:
    """Enough events, and whether each is of a later round and has to be moved."""
    # Every event gives one incident at least, and how many more is drawn: six standard deviations
    # above the mean are enough.
    mean = options.wanted / (1 + options.extra)
    needed = min(options.wanted, math.ceil(mean + 6 * math.sqrt(mean)) + 20)
    total = len(source.events)
    rounds = -(-needed // total)
    start = rng.randrange(total - needed) if needed < total else 0
    for number in range(rounds - 1, -1, -1):
        shift = number * (source.days + 30)
        for event in source.events[start:]:
            if number:
                jitter = rng.randrange(-3, 4)
                yield replace(event, day=event.day - shift + jitter), True
            else:
                yield event, False


class _Maker:
    def __init__(self, options: Options, land: Land, sides: Sides) -> None:
        self.rng = Random(f"incidents {options.seed}")
        self._options = options
        self._land = land
        self._sides = sides

    def around(self, event: Event, moved: bool) -> Iterator[Incident]:
        """The incident of an event, and those that come with it."""
        rng = self.rng
        if moved:
            home = self._land.near(event.district, event.province, rng)
        else:
            home = self._land.home(event, rng)
        first = self._incident(event, home, event.day, turned=False, own=True)
        yield first
        # Geometric: most events stand alone, some are the beginning of a long day.
        go_on = self._options.extra / (1 + self._options.extra)
        while rng.random() < go_on:
            reprisal = rng.random() < self._options.reprisal
            near = (
                home if rng.random() < 0.35 else self._land.near(home.district, home.province, rng)
            )
            day = event.day + 1 if reprisal else event.day
            yield self._incident(event, near, day, turned=reprisal, own=False)

    def _incident(
        self, event: Event, home: Settlement, day: int, *, turned: bool, own: bool
    ) -> Incident:
        rng = self.rng
        kind = event.kind if own and event.kind else _drawn(event.violence, rng)
        first = (self._sides.side(event.side_a, home.province, rng), event.dead_a)
        second = (self._sides.side(event.side_b, home.province, rng), event.dead_b)
        if not first[0].armed or (second[0].armed and (turned or rng.random() < 0.4)):
            first, second = second, first
        if kind in FROM_THE_AIR and first[0].victims != "security_forces":
            if second[0].victims == "security_forces":
                first, second = second, first
            else:
                kind = "shelling"
        bystanders = event.dead_civilians + event.dead_unknown
        if not own:
            first = (first[0], _other(first[1], rng))
            second = (second[0], _other(second[1], rng))
            bystanders = _other(bystanders, rng) if rng.random() < 0.5 else 0
        losses = _losses(first, second, bystanders, rng)
        return Incident("", day, home, kind, first[0], second[0], losses, _details(rng))


def _drawn(violence: int, rng: Random) -> str:
    types, weights = TYPES[violence]
    return rng.choices(types, weights)[0]


def _other(number: int, rng: Random) -> int:
    """A toll of the same order: heavy-tailed, as tolls are."""
    return int(number * rng.lognormvariate(0, 0.7) + rng.choice((0, 0, 1, 1, 2, 3)))


def _losses(
    initiator: tuple[Side, int], target: tuple[Side, int], bystanders: int, rng: Random
) -> tuple[Loss, ...]:
    (attacker, own), (attacked, hit) = initiator, target
    if not attacked.armed:
        bystanders, hit = max(bystanders + hit, 1), 0
    elif not (hit or own or bystanders):
        hit = int(rng.paretovariate(1.4))
    out = [
        Loss("killed", min(number, 400), side)
        for number, side in ((hit, attacked), (bystanders, CIVILIANS), (own, attacker))
        if number
    ]
    if rng.random() < 0.55:
        side = CIVILIANS if bystanders > hit or not attacked.armed else attacked
        wounded = max(1, int(max(hit, bystanders, 1) * rng.lognormvariate(0.4, 0.6)))
        out.append(Loss("wounded", min(wounded, 900), side))
    return tuple(out)


def _details(rng: Random) -> tuple[str, ...]:
    found = [rng.choice(THINGS).format(rng.choice(NAMES))]
    if rng.random() < 0.5:
        found.append(rng.choice(UNITS).format(rng.choice((4, 5, 7, 9, 11, 14, 15, 17, 18, 24, 47))))
    if rng.random() < 0.3:
        found.append(rng.choice(THINGS).format(rng.choice(NAMES)))
    return tuple(found)
