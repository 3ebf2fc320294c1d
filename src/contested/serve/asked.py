"""What an address asks for: filters, page and words, and the addresses of other selections."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import get_args
from urllib.parse import urlencode

from contested.errors import UsageError
from contested.model.query import Query
from contested.model.terms import IncidentStatus, Kind, Status
from contested.pipeline.nothing import ends_before
from contested.publish.words import quoted

STATUSES: tuple[str, ...] = get_args(IncidentStatus)
CLAIM_STATUSES: tuple[str, ...] = get_args(Status)
SURE = "sure"
"""The one filter that is a number."""
KINDS: tuple[str, ...] = get_args(Kind)
SINGLE = ("since", "until", "place", "type", "speaker", "text")
SEVERAL = ("actor", "status", "kind")
OWN = ("area", "changed")
"""Filters that only the lists of incidents and the map have."""
OF_INCIDENTS = frozenset(
    ("/", "/map", "/incidents", "/incidents.csv", "/api/", "/api/incidents", "/api/map/incidents")
) | {""}
"""Pages and operations that have these, and what is no page's address."""
BESIDE = ("page", "sort", "done", "in", "all", "limit", "offset", "zoom", "view")
"""What stands in addresses beside the filters."""
PAGE = 50
LONGEST = 500
FULL_TURN = 360


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter that is on, and the address without it."""

    name: str
    value: str
    without: str


@dataclass(frozen=True, slots=True)
class Asked:
    """The filters of an address, as pairs in the order of the form, and the page."""

    path: str
    pairs: tuple[tuple[str, str], ...] = ()
    page: int = 1
    unknown: tuple[str, ...] = ()
    """Names in the address that are no filters of the page."""

    @classmethod
    def of(
        cls,
        path: str,
        given: Iterable[tuple[str, str]],
        statuses: tuple[str, ...] = STATUSES,
    ) -> Asked:
        """Read an address. Raises UsageError for a page, kind or status that there is not."""
        own = OWN if path in OF_INCIDENTS else ()
        known = (*SINGLE, *SEVERAL, SURE, *own, "sort")
        values = [(name, value.strip()[:LONGEST]) for name, value in given]
        pairs = tuple(dict.fromkeys((n, v) for n, v in values if n in known and v))
        choices = {"status": statuses, "kind": KINDS}
        for name, value in pairs:
            if name in choices and value not in choices[name]:
                choice = ", ".join(choices[name])
                raise UsageError(f"There is no {name} {value!r}: choose {choice}.")
        pages = [value for name, value in values if name == "page"]
        strange = dict.fromkeys(n for n, v in values if v and n not in (*known, *BESIDE))
        return cls(path, pairs, _page(pages[-1] if pages else "1"), tuple(strange))

    @property
    def backwards(self) -> str:
        """In words, that the time ends before it begins; empty where it does not."""
        return ends_before(self.one("since"), self.one("until"))

    @property
    def notes(self) -> list[str]:
        """What its reader should know of the address: nothing of it is left aside in silence."""
        strange = [
            f"There is no filter {quoted(name[:40])} here: it was left aside."
            for name in self.unknown[:3]
        ]
        return [*filter(None, [self.backwards]), *strange]

    def all(self, name: str) -> tuple[str, ...]:
        """Every value of a filter."""
        return tuple(value for given, value in self.pairs if given == name)

    def one(self, name: str) -> str:
        """The last value of a filter, or nothing."""
        found = self.all(name)
        return found[-1] if found else ""

    @property
    def query(self) -> Query:
        """The same filters as the command line makes of its options."""
        single = {name: self.one(name) or None for name in SINGLE}
        return Query(
            sure=_chance(self.one(SURE)),
            actors=self.all("actor"),
            status=self.all("status"),
            kinds=self.all("kind"),  # type: ignore[arg-type]
            **single,  # type: ignore[arg-type]
        )

    @property
    def area(self) -> tuple[float, float, float, float] | None:
        """West, south, east and north of the area that is asked for. Raises UsageError."""
        given = self.one("area")
        if not given:
            return None
        try:
            west, south, east, north = (float(part) for part in given.split(","))
        except ValueError:
            west = south = east = north = math.nan
        if not (-90 <= south <= north <= 90 and -540 <= west <= 540 and -540 <= east <= 540):
            raise UsageError(
                f"There is no area {given[:60]!r}: write west,south,east,north in degrees."
            )
        if east - west >= FULL_TURN:
            return -180, south, 180, north
        return _turned(west), south, _turned(east), north

    @property
    def changed(self) -> str | None:
        """The moment after which something was written of an incident. Raises UsageError."""
        given = self.one("changed")
        if not given:
            return None
        try:
            moment = dt.datetime.fromisoformat(given.replace(" ", "+"))
        except ValueError as error:
            raise UsageError(
                f"changed: {given[:60]!r} is no moment. Write 2025-10-08T12:00:00+00:00."
            ) from error
        if moment.tzinfo is None:
            moment = moment.replace(tzinfo=dt.UTC)
        return moment.astimezone(dt.UTC).isoformat(timespec="microseconds")

    def sort(self, choices: tuple[str, ...]) -> str:
        """The order that is asked for, the first choice where none is. Raises UsageError."""
        given = self.one("sort") or choices[0]
        if given not in choices:
            raise UsageError(f"There is no order {given[:20]!r}: choose {', '.join(choices)}.")
        return given

    def without(self, *names: str) -> Asked:
        """The same without these filters."""
        return Asked(self.path, tuple(pair for pair in self.pairs if pair[0] not in names))

    def address(self, **changes: str | None) -> str:
        """This address with some filters changed; None takes one away."""
        pairs = [(n, v) for n, v in self.pairs if n not in changes]
        pairs += [(n, v) for n, v in changes.items() if v]
        return self._to(pairs)

    def elsewhere(self, path: str, **changes: str | None) -> str:
        """The same filters on another page, perhaps some changed; the order is each page's own."""
        gone = ("sort",) if path in OF_INCIDENTS else ("sort", *OWN)
        return Asked(path, self.without(*gone).pairs).address(**changes)

    @property
    def chips(self) -> list[Chip]:
        """The filters that are on."""
        return [
            Chip(name, value, self._to([pair for pair in self.pairs if pair != (name, value)]))
            for name, value in self.pairs
            if name != "sort"
        ]

    def _to(self, pairs: list[tuple[str, str]]) -> str:
        return f"{self.path}?{urlencode(pairs)}" if pairs else self.path


def _turned(lon: float) -> float:
    return (lon + 180) % FULL_TURN - 180 if not -180 <= lon <= 180 else lon


def _page(text: str) -> int:
    if not text.isascii() or not text.isdigit() or not 1 <= len(text) <= 6 or int(text) < 1:
        raise UsageError(f"There is no page {text[:20]!r}: pages are counted from 1.")
    return int(text)


def _chance(given: str) -> float | None:
    if not given:
        return None
    try:
        return float(given.replace(",", "."))
    except ValueError as error:
        raise UsageError(f"sure: {given[:40]!r} is no chance. Give one from 0 to 1.") from error
