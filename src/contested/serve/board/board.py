"""What fits a question, from columns that follow the record as it grows."""

from __future__ import annotations

import gc
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from threading import Lock, local
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from contested.errors import ContestedError, StillReading, UsageError
from contested.model.edtf import bounds
from contested.model.query import Query
from contested.pipeline import Record
from contested.pipeline.filters import resolved, types_under
from contested.record.briefs import Briefs, Rows
from contested.record.index import SPEAKER
from contested.serve.board.claims import Claims, Runs
from contested.serve.board.columns import Mask, Words, between
from contested.serve.board.incidents import Incidents

KEPT = 64
PATIENCE = 0.9
"""So many seconds a page waits for the columns to be read before it says how far that is."""
NAMES = ("incidents", "claims", "reports")
Area = tuple[float, float, float, float]
"""West, south, east, north, in degrees."""
Order = Literal["time", "newest", "disputed", "deaths", "origins", "changed"]
SERIOUS = ("disputed", "unconfirmed", "denied", "single_source", "corroborated")
"""Statuses by how much they need a look."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """Incidents that fit: the state they are of, and for each row whether it fits."""

    incidents: Incidents
    mask: Mask

    def __len__(self) -> int:
        return int(np.count_nonzero(self.mask))

    @property
    def rows(self) -> NDArray[np.int64]:
        """The rows that fit, in order of time."""
        return np.flatnonzero(self.mask)

    def ordered(self, order: Order) -> NDArray[np.int64]:
        """The rows that fit in that order."""
        rows = self.rows
        if order == "time" or not len(rows):
            return rows
        if order == "newest":
            dated = self.incidents["earliest"][rows] > 0
            return np.concatenate([rows[dated][::-1], rows[~dated]])
        order_of = np.argsort(self._key(order, rows), kind="stable")
        found: NDArray[np.int64] = rows[order_of]
        return found

    def _key(self, order: Order, rows: NDArray[np.int64]) -> NDArray[Any]:
        column = self.incidents
        key: NDArray[Any]
        if order == "disputed":
            key = column["status"][rows] != column.words["status"].number("disputed")
        elif order == "deaths":
            key = -np.nan_to_num(column["killed_high"][rows], nan=-1)
        elif order == "origins":
            key = -np.array([len(each) for each in column["origins"][rows]])
        else:
            key = -np.unique(column["at"][rows], return_inverse=True)[1]
        return key


class Board:
    """The columns of a record, brought up to date when something was written to it."""

    def __init__(self, record: Record) -> None:
        self._record = record
        self._briefs: Briefs = record.store.briefs()
        self._seen = local()
        self._locks = {name: Lock() for name in NAMES}
        self._read = dict.fromkeys(NAMES, 0)
        self._states = dict.fromkeys(NAMES, -1)
        self._incidents, self._claims, self._runs = Incidents(), Claims(), Runs()
        self._kept: OrderedDict[tuple[Any, ...], Any] = OrderedDict()
        self._kept_lock = Lock()

    @property
    def briefs(self) -> Briefs:
        """Where a page of a list is read from."""
        return self._briefs

    def state(self) -> int:
        """What changes whenever something is written to the record."""
        known: int | None = getattr(self._seen, "state", None)
        if known is None:
            known = self._briefs.state()
            if getattr(self._seen, "once", False):
                self._seen.state = known
        return known

    @contextmanager
    def seen_once(self) -> Iterator[None]:
        """Within, this thread looks once whether something was written: for what only reads."""
        self._seen.once, self._seen.state = True, None
        try:
            yield
        finally:
            self._seen.once, self._seen.state = False, None

    def incidents(self) -> Incidents:
        """All incidents. Raises StillReading."""
        state = self.state()
        with self._reading("incidents") as read:
            if self._states["incidents"] != state:
                known = self._incidents
                self._incidents = known.with_rows(read(self._briefs.incidents(known.since)))
                self._states["incidents"] = state
            return self._incidents

    def runs(self) -> Runs:
        """All extractions. Raises StillReading."""
        state = self.state()
        with self._reading("reports") as read:
            if self._states["reports"] != state:
                known = self._runs
                versions = self._briefs.later_versions(known.last_version)
                self._runs = known.with_rows(read(self._briefs.runs(known.last)), versions)
                self._states["reports"] = state
            return self._runs

    @property
    def has_claims(self) -> bool:
        """Whether the claims were read, so that to ask for them costs little."""
        return self._states["claims"] >= 0

    def claims(self) -> Claims:
        """All current claims. Raises StillReading."""
        state = self.state()
        with self._reading("claims") as read:
            if self._states["claims"] != state:
                known = self._claims
                self._claims = known.with_rows(
                    read(self._briefs.claims(known.last)),
                    self._briefs.claim_actors(known.last),
                    self.runs,
                )
                self._states["claims"] = state
            return self._claims

    def warm(self) -> None:
        """Read everything, so that no page has to wait for it; for a thread of its own."""
        with suppress(ContestedError):
            self.incidents().prepare()
            self.claims()
            # What is read stays: collecting it again and again would hold up every page.
            gc.collect()
            gc.freeze()

    @contextmanager
    def _reading(self, name: str) -> Iterator[Callable[[Iterable[Rows]], Iterator[Rows]]]:
        """Only one reads at a time; who has waited long enough is told how far that one is."""
        if not self._locks[name].acquire(timeout=PATIENCE):
            raise StillReading(
                f"The record is being read: {self._read[name]:,} {name} so far. Wait a moment; "
                "the page opens by itself."
            )
        try:
            yield partial(self._counted, name)
        finally:
            self._locks[name].release()

    def _counted(self, name: str, parts: Iterable[Rows]) -> Iterator[Rows]:
        for part in parts:
            yield part
            self._read[name] += len(part[0])

    def keep(self, key: tuple[Any, ...], make: Callable[[], Any]) -> Any:
        """What `make` gives, made once for each state of the record."""
        whole = (self.state(), *key)
        with self._kept_lock:
            if whole in self._kept:
                self._kept.move_to_end(whole)
                return self._kept[whole]
        made = make()
        with self._kept_lock:
            self._kept[whole] = made
            while len(self._kept) > KEPT:
                self._kept.popitem(last=False)
        return made

    # ---- incidents -----------------------------------------------------------------------

    def chosen(self, query: Query, area: Area | None = None, since: str | None = None) -> Chosen:
        """Incidents that fit, lie in `area` and changed after the moment `since`.

        Raises UsageError as `Record.incidents` does.
        """
        incidents = self.incidents()
        asked = resolved(query, self._record.world)
        mask = np.ones(len(incidents), np.bool_)
        for part in self._parts(incidents, asked):
            mask &= part
        if area is not None:
            mask &= _inside(incidents, area)
        if since is not None:
            mask &= incidents["at"] > since
        return Chosen(incidents, mask)

    def _parts(self, incidents: Incidents, asked: Query) -> list[Mask]:
        parts = [_timed(incidents, asked), _placed(incidents, asked)]
        if asked.type is not None:
            parts.append(incidents.having("type", types_under(asked.type, self._record.world)))
        if asked.status:
            parts.append(incidents.having("status", asked.status))
        if asked.actors:
            wanted = frozenset(asked.actors)
            about = incidents.words["actors"].fitting(lambda lines: _names(lines, wanted))
            parts.append(about[incidents["actors"]])
        if asked.speaker is not None:
            parts.append(_said(incidents, asked.speaker))
        if asked.text is not None or asked.kinds or asked.sure is not None:
            key = ("incidents of", asked.text, asked.kinds, asked.sure)
            parts.append(self.keep(key, lambda: self._holding(incidents, asked)))
        return [part for part in parts if part is not None]

    def _holding(self, incidents: Incidents, asked: Query) -> Mask:
        """Incidents one of whose claims holds the words, is of one of the kinds and so sure."""
        if asked.text is None and asked.sure is None:
            return incidents.rows_of(self._briefs.incidents_of_kinds(asked.kinds))
        claims = self.claims()
        fits = np.ones(len(claims), np.bool_)
        if asked.text is not None:
            fits &= claims.rows_of(self._briefs.claims_holding(asked.text))
        if asked.sure is not None:
            fits &= self._set("sure", self._briefs.claims_sure, asked.sure)
        if asked.kinds:
            fits &= _kinds(claims, asked)
        numbers = claims["number"][fits].tolist()
        return incidents.rows_of(self._briefs.incidents_of(numbers))

    # ---- claims and reports --------------------------------------------------------------

    def claims_fitting(self, query: Query) -> NDArray[np.int64]:
        """The numbers of the claims that fit, report by report."""
        asked = resolved(query, self._record.world)
        claims = self.claims()
        numbers: NDArray[np.int64] = claims["number"][self._claim_mask(claims, asked)]
        return numbers

    def _claim_mask(self, claims: Claims, asked: Query) -> Mask:
        mask = np.ones(len(claims), np.bool_)
        parts = [_timed(claims, asked), *self._told(claims, asked)]
        if asked.text is not None:
            parts.append(self._set("text", self._briefs.claims_holding, asked.text))
        if asked.status:
            of_status = self._briefs.claims_of_status
            fits = [self._set("status", of_status, one) for one in asked.status]
            parts.append(np.logical_or.reduce(fits))
        for part in parts:
            if part is not None:
                mask &= part
        return mask

    def _set(self, name: str, find: Callable[[Any], Sequence[int]], asked: Any) -> Mask:
        """The claims that the record finds for `asked`, which it is asked once."""
        mask: Mask = self.keep((name, asked), lambda: self.claims().rows_of(find(asked)))
        return mask

    def _told(self, claims: Claims, asked: Query) -> list[Mask | None]:
        """What must hold of a claim, or of one of a report's."""
        parts: list[Mask | None] = [_placed(claims, asked)]
        if asked.kinds:
            parts.append(_kinds(claims, asked))
        if asked.type is not None:
            wanted = types_under(asked.type, self._record.world)
            numbers = [claims.words["type"].number(one) for one in wanted]
            parts.append(np.isin(claims["type"], numbers))
        if asked.actors:
            parts.append(claims.naming(asked.actors, speaking=False))
        if asked.speaker is not None:
            words = _plain(asked.speaker)
            named = claims.words["speakers"].fitting(lambda lines: words in lines)
            by = claims.naming([asked.speaker], speaking=True)
            parts.append(named[claims["speakers"]] | by)
        if asked.sure is not None:
            parts.append(self._set("sure", self._briefs.claims_sure, asked.sure))
        return parts

    def reports_fitting(self, query: Query) -> NDArray[np.int64]:
        """The current extractions of the reports that fit, in the order of arrival."""
        asked = resolved(query, self._record.world)
        runs = self.runs()
        rows = runs.columns
        current = runs.current
        mask = np.ones(len(current), np.bool_)
        since, until = days_of(asked)
        timed = between(
            rows["dated"][current], rows["earliest"][current], rows["latest"][current], since, until
        )
        if timed is not None:
            mask &= timed
        about = (asked.place, asked.kinds, asked.type, asked.actors, asked.speaker)
        if any(about) or asked.sure is not None:
            claims = self.claims()
            fits = np.ones(len(claims), np.bool_)
            for part in self._told(claims, asked):
                if part is not None:
                    fits &= part
            held = np.zeros(runs.last + 1, np.bool_)
            held[claims["extraction"][fits]] = True
            mask &= held[rows["run"][current]]
        if asked.text is not None:
            text = asked.text
            mask &= self.keep(("in reports", text), lambda: self._in_reports(runs, text))
        found: NDArray[np.int64] = rows["run"][current][mask]
        return found

    def _in_reports(self, runs: Runs, text: str) -> Mask:
        held = set(self._briefs.versions_holding(text))
        rows, current = runs.columns, runs.current
        pairs = zip(rows["report"][current].tolist(), rows["seq"][current].tolist(), strict=True)
        return np.fromiter((pair in held for pair in pairs), np.bool_, len(current))


def days_of(query: Query) -> tuple[int | None, int | None]:
    """First and last day that are asked for. Raises UsageError for what is no date."""
    return _bound("since", query.since)[0], _bound("until", query.until)[1]


def _bound(name: str, edtf: str | None) -> tuple[int | None, int | None]:
    if edtf is None:
        return None, None
    try:
        first, last = bounds(edtf)
    except ValueError as error:
        raise UsageError(
            f"{name}: {edtf!r} is no date. Write a day, month or year: 2022-12-18, 2022-12, 2022."
        ) from error
    return first.toordinal() if first else None, last.toordinal() if last else None


def _timed(columns: Incidents | Claims, asked: Query) -> Mask | None:
    return between(columns["dated"], columns["earliest"], columns["latest"], *days_of(asked))


def _placed(columns: Incidents | Claims, asked: Query) -> Mask | None:
    if asked.place is None:
        return None
    names = list(dict.fromkeys(_plain(name) for name in (asked.place, *asked.spellings)))
    lines = [f"\n{name}\n" for name in names]
    words: dict[str, Words] = columns.words
    named = words["place"].fitting(lambda place: any(line in place for line in lines))
    countries = [words["country"].number(name.upper()) for name in names]
    fits: Mask = named[columns["place"]] | np.isin(columns["country"], countries)
    return fits


def _kinds(claims: Claims, asked: Query) -> Mask:
    return np.isin(claims["kind"], [claims.words["kind"].number(kind) for kind in asked.kinds])


def _names(lines: str, wanted: frozenset[str]) -> bool:
    """Whether a line of roles and actors names one of these, other than as a speaker."""
    for line in lines.split("\n"):
        role, _, actor = line.partition(" ")
        if actor in wanted and role != SPEAKER:
            return True
    return False


def _said(incidents: Incidents, speaker: str) -> Mask:
    words = _plain(speaker)
    named = incidents.words["speakers"].fitting(lambda lines: words in lines)
    line = f"{SPEAKER} {speaker}"
    says = incidents.words["actors"].fitting(lambda lines: line in lines.split("\n"))
    fits: Mask = named[incidents["speakers"]] | says[incidents["actors"]]
    return fits


def _plain(word: str) -> str:
    return " ".join(word.split()).lower()


def _inside(incidents: Incidents, area: Area) -> Mask:
    west, south, east, north = area
    lat, lon = incidents["lat"], incidents["lon"]
    across = (lon >= west) & (lon <= east) if west <= east else (lon >= west) | (lon <= east)
    fits: Mask = (lat >= south) & (lat <= north) & across
    return fits
