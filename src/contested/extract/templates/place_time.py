"""Where and when a happening was, by the places and days named around its participants."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence

from contested.extract.mentions import PlaceMention
from contested.extract.reading import Reading
from contested.language.encoder.scenes import Participant
from contested.world import World

DATELINE = 60
"""A day within the first characters is that of the report."""
LONGEST_AGO = 400
"""Days: what was longer ago is told as background."""
WIDEST_KM = 200.0
DAYS = {"day", "weekday", "relative"}


class Around:
    """How much of a happening each sentence of a report tells: a mention of a participant counts
    one, one in the sentences beside it half."""

    def __init__(self, reading: Reading, participants: Sequence[Participant]) -> None:
        self._reading = reading
        self._told = Counter(self.sentence(start) for one in participants for start, _ in one.at)

    def sentence(self, at: int) -> int:
        """The number of the sentence that holds a character; -1 for none."""
        for sentence in self._reading.sentences:
            if sentence.start <= at < sentence.end:
                return sentence.number
        return -1

    def weight(self, at: int) -> float:
        """How much the sentence at this character, and those beside it, tell."""
        n = self.sentence(at)
        return self._told[n] + 0.5 * (self._told[n - 1] + self._told[n + 1]) if n >= 0 else 0.0

    def own(self, at: int) -> int:
        """How many mentions the very sentence has."""
        return self._told[self.sentence(at)]


def day(reading: Reading, around: Around) -> dt.date | None:
    """The day named nearest to the participants; None if none is."""
    published = reading.report.published
    told = dt.date.fromisoformat(published.latest) if published and published.latest else None
    best: tuple[float, dt.date] | None = None
    for sentence in reading.sentences:
        for mention in sentence.times:
            when = mention.when
            if mention.kind not in DAYS or not when.earliest or when.earliest != when.latest:
                continue
            found = dt.date.fromisoformat(when.earliest)
            if told is not None and not 0 <= (told - found).days <= LONGEST_AGO:
                continue
            if mention.start < DATELINE and found == told:
                continue
            weight = around.weight(mention.start)
            if weight > 0 and (best is None or weight - 0.05 * sentence.number > best[0]):
                best = weight - 0.05 * sentence.number, found
    return best[1] if best else None


def place(world: World, reading: Reading, around: Around) -> tuple[str, ...]:
    """The country that most names around the participants lie in, and the place named nearest."""
    named = [m for sentence in reading.sentences for m in sentence.places]
    votes: Counter[str] = Counter()
    for mention in named:
        if mention.where.country:
            votes[mention.where.country] += 1 + 2 * around.own(mention.start)
    country = votes.most_common(1)[0][0] if votes else reading.home
    if country is None:
        return ()
    name = country_name(world, country)
    found = [
        (around.weight(m.start), -m.start, m)
        for m in named
        if m.where.country == country and _narrow(m) and around.weight(m.start) >= 1
    ]
    if not found:
        return (name,)
    best = max(found, key=lambda f: f[:2])[2]
    return name, " ".join(reading.report.text[best.start : best.end].split())


def country_name(world: World, country: str) -> str:
    """The name of the country with this ISO 3166-1 code; the code itself where it is unknown."""
    return next(
        (p.name for p in world.places.values() if p.kind == "country" and p.country == country),
        country,
    )


def _narrow(mention: PlaceMention) -> bool:
    wide = (mention.where.radius_km or 0) > WIDEST_KM
    return mention.kind not in ("country", "state") and not wide
