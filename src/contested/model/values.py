"""The values that claims are made of: times, places, numbers, actors, speakers.

All are immutable, know nothing of where they are stored, and keep the words they came from.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from contested.model.terms import Qualifier, SpeakerKind

MOST = 10**15
"""No number of people is larger: where it is reckoned with, a larger one counts as this."""


@dataclass(frozen=True, slots=True)
class When:
    """A time as said: an EDTF (ISO 8601-2) string and the plain days that it covers.

    `earliest` and `latest` are ISO 8601 calendar days, both included; null where the words set
    no bound. A vague time is a wide interval, never a guessed day.
    """

    edtf: str
    earliest: str | None
    latest: str | None
    as_written: str


_ABOVE = re.compile(r"(?<!no )(?<!not )\b(?:more than|over|above|in excess of|greater than|exceed)")
"""Words that put what they count above a number, which is not itself meant."""


@dataclass(frozen=True, slots=True)
class Where:
    """A place as said, never finer than said.

    `country` is ISO 3166-1 alpha-2; `lat` and `lon` are degrees (WGS 84) of the centre, and
    `radius_km` how wide the name is. A place that the gazetteer does not know keeps its words
    in `name` and `as_written`: where the report puts it into a known place it has the point and
    the radius of that one, else none.
    """

    name: str
    as_written: str
    admin1: str | None = None
    country: str | None = None
    lat: float | None = None
    lon: float | None = None
    radius_km: float | None = None
    geonameid: int | None = None


@dataclass(frozen=True, slots=True)
class Count:
    """A number as said. `high` is null where the words set no upper bound ("at least 10")."""

    low: int | None
    high: int | None
    qualifier: Qualifier
    as_written: str

    @property
    def over(self) -> int | None:
        """The number that the words put it above ("more than 13,000": 13,000), or null.

        `low` is then one more, the least that can be meant, which nobody has said.
        """
        written = self.as_written.lower()
        if self.qualifier != "at_least" or self.high is not None or not self.low:
            return None
        if not _ABOVE.search(written) or f"{self.low}" in written.replace(",", ""):
            return None
        return self.low - 1


@dataclass(frozen=True, slots=True)
class ActorRef:
    """An actor as written; `actor` is its id in the actor table, or null if it has none."""

    actor: str | None
    as_written: str


@dataclass(frozen=True, slots=True)
class Speaker:
    """One voice of a chain. `name` is as written, `actor` whom it speaks for, or null."""

    name: str
    actor: str | None
    kind: SpeakerKind


@dataclass(frozen=True, slots=True)
class ResponseTo:
    """What the report itself says that this answers; `ref` is the id of that claim, or null."""

    as_written: str
    ref: str | None = None


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in units of `currency` (ISO 4217)."""

    value: float
    currency: str
