"""The record as pages ask it: names for ids, and incidents that are not read twice."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Sequence
from pathlib import Path
from threading import Lock
from typing import Literal

from contested.errors import NotFound, RecordMissing
from contested.model import Claim, Incident, Speaker, Toll
from contested.model.query import Query
from contested.pipeline import Record
from contested.publish.words import count_in_words
from contested.record import SqlStore, StoredReport
from contested.serve.board import Board
from contested.serve.words import STANCES

KEPT, KEPT_REPORTS = 16, 256
MOST_KEPT = 100_000
NO_OUTLET = "the outlet"
PRONOUNS = frozenset({"it", "he", "she", "they", "who", "which"})
"""Speakers as written whose name says nothing without the sentence before."""
FileMark = tuple[int, int] | None
Order = Literal["time", "disputed"]
Key = tuple[str, Query, Order]


class Source:
    """A record, read only. Answers are kept until something is written to the record."""

    def __init__(self, record: Record) -> None:
        self.record = record
        self.board = Board(record)
        self._kept: OrderedDict[Key, tuple[Incident, ...]] = OrderedDict()
        self._reports: OrderedDict[tuple[str, str], StoredReport | None] = OrderedDict()
        self._lock = Lock()
        self._outlets: dict[str, str] = {}
        self._titles: dict[str, str] = {}
        self._titles_of = ""
        self._file = _file(self._path)

    @property
    def _path(self) -> Path | None:
        store = self.record.store
        return store.path if isinstance(store, SqlStore) else None

    def check_there(self) -> None:
        """Raise RecordMissing where the file that is served was moved, deleted or replaced.

        What is written then would go into a file that nobody finds again.
        """
        path = self._path
        if path is not None and _file(path) != self._file:
            raise RecordMissing(
                f"{path} is no longer the file that these pages show: it was moved, deleted or "
                "replaced. Nothing was written. Put it back, or stop `contested serve` and start "
                "it with the file as it is now."
            )

    def incidents(self, query: Query, order: Order = "time") -> tuple[Incident, ...]:
        """Incidents that fit."""
        key = (self.state(), query, order)
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
        found = tuple(self.record.incidents(query, order))
        with self._lock:
            self._kept[key] = found
            while len(self._kept) > KEPT:
                self._kept.popitem(last=False)
        return found

    def state(self) -> str:
        """What changes whenever something is written to the record."""
        return str(self.board.state())

    def shown(self, ids: Sequence[str]) -> list[Incident]:
        """These incidents, in the order given, with all that a list of them says of them."""
        found = self.board.briefs.incidents_by_id(ids, whole=False)
        self._ask_outlets(found)
        return found

    def _ask_outlets(self, incidents: Iterable[Incident]) -> None:
        """Ask at once for the outlets that speak themselves, not one by one as they are shown."""
        tolls = [toll for incident in incidents for toll in incident.casualties]
        figures = [figure for toll in tolls for figure in toll.according_to]
        self.ask_outlets(one.claims[0] for one in figures if not one.speakers and one.claims)

    def ask_outlets(self, claims: Iterable[str]) -> None:
        """Ask at once for the outlets of these claims: each is then known."""
        missing = sorted(set(claims) - self._outlets.keys())
        if len(self._outlets) > MOST_KEPT:
            self._outlets.clear()
        for claim, outlet in self.board.briefs.outlets(missing).items():
            self._outlets[claim] = outlet if outlet and outlet.strip() else NO_OUTLET

    def actor_name(self, actor: str) -> str:
        """The name of an actor; its id where the tables do not have it."""
        known = self.record.world.actors.get(actor)
        return known.name if known else actor

    def type_name(self, type: str) -> str:
        """The name of an event type."""
        known = self.record.world.event_types.get(type)
        return known.name if known else type.replace("_", " ").capitalize()

    def figures(self, toll: Toll) -> str:
        """Every voice's figure in one line: ``11 (ISPR) · 22 (TTP)``."""
        return " · ".join(
            f"{STANCES.get(figure.stance, '')}{count_in_words(figure.count)} "
            f"({self.voice(figure.speakers, figure.claims)})"
            for figure in toll.according_to
        )

    def report(self, id: str) -> StoredReport | None:
        """A report, or nothing where the record does not have it."""
        key = (self.state(), id)
        with self._lock:
            if key in self._reports:
                self._reports.move_to_end(key)
                return self._reports[key]
        try:
            found = self.record.store.report(id)
        except NotFound:
            found = None
        with self._lock:
            self._reports[key] = found
            while len(self._reports) > KEPT_REPORTS:
                self._reports.popitem(last=False)
        return found

    def report_title(self, id: str) -> str:
        """What a report is called: its title, or the file it came from."""
        return self.titles([id])[id]

    def titles(self, ids: Iterable[str]) -> dict[str, str]:
        """What reports are called. Ask for those of a page at once: each is then known."""
        state = self.state()
        with self._lock:
            if state != self._titles_of or len(self._titles) > MOST_KEPT:
                self._titles_of, self._titles = state, {}
            known = self._titles
        missing = sorted({id for id in ids if id not in known})
        known |= {id: id for id in missing} | self.board.briefs.titles(missing)
        return known

    def outlet(self, claim: str) -> str:
        """The outlet of the report that carries a claim."""
        if claim not in self._outlets:
            found = self.claims([claim])
            stored = self.report(found[claim].report) if claim in found else None
            about = stored.report.outlet if stored else None
            self._outlets[claim] = about.value if about and about.value.strip() else NO_OUTLET
        return self._outlets[claim]

    def voice(self, speakers: Sequence[Speaker], claims: Sequence[str]) -> str:
        """Who says what `claims` hold, as written; the outlet by name where it speaks itself."""
        if not speakers:
            return f"{self.outlet(claims[0])} itself" if claims else "the outlet itself"
        last = speakers[-1]
        if last.actor and last.name.casefold() in PRONOUNS:
            return self.actor_name(last.actor)
        return last.name

    def claims(self, ids: Iterable[str]) -> dict[str, Claim]:
        """Claims by id; those that the record does not have are left out."""
        return self.board.briefs.claims_by_id(list(dict.fromkeys(ids)))

    def current_claims(self, report: str) -> list[Claim]:
        """The claims of one report, in the order of its text."""
        return self.board.briefs.claims_of_reports([report])


def _file(path: Path | None) -> FileMark:
    """Which file lies at `path`, whatever its name."""
    try:
        found = path.stat() if path is not None else None
    except OSError:
        return None
    return (found.st_dev, found.st_ino) if found else None
