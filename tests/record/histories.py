"""Random histories of a record, and all that can be read in it at a moment."""

from __future__ import annotations

import datetime as dt
import random
import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from contested.errors import ContestedError
from contested.model import Claim, Incident, Report, Responsibility
from contested.model.query import Query
from contested.record import SqlStore, Store

from .samples import event, report

START = dt.datetime(2100, 1, 1, tzinfo=dt.UTC)
"""Later than the making of the tables, which is the only thing that is stamped by the clock."""

WORDS = ("bridge", "convoy", "market", "post", "school", "north", "river")
NAMES = ("a.txt", "b.txt", "c.txt", "d.txt")
METHODS = ("m1", "m2")
TYPES = ("attack", "ambush", "raid")


class History:
    """Random changes to a store, each at a moment of its own or at that of the one before."""

    def __init__(self, store: Store, seed: int, *, stamped: bool) -> None:
        """Where the store stamps, it does so by `clock`, which is often wrong."""
        self.store = store
        self.stamped = stamped
        self.chance = random.Random(seed)
        self.now = START
        self.steps: list[Callable[[], object]] = [
            self.add,
            self.add,
            self.add_again,
            self.derive,
            self.derive,
            self.merge,
            self.split,
        ]
        self._added: list[tuple[str, str, str | None]] = []

    def step(self) -> None:
        """One change; now and then by a clock that has been set back."""
        back = self.chance.random() < 0.1
        if not back:
            self.now += dt.timedelta(microseconds=self.chance.choice((1, 10**6, 10**12)))
        self.chance.choice(self.steps)()
        span = self.store.span()
        self.now = max(self.now, span.last) if span else self.now

    @property
    def at(self) -> dt.datetime | None:
        """The moment to give; sometimes one long past."""
        return None if self.stamped else self.clock()

    def clock(self) -> dt.datetime:
        """Mostly now, sometimes a moment long past."""
        if self.chance.random() < 0.1:
            return START - dt.timedelta(days=self.chance.randint(0, 100))
        return self.now

    def add(self) -> None:
        """A report by name and perhaps by address: new, or a version of one."""
        words = " ".join(self.chance.choices(WORDS, k=12))
        url = f"https://example.org/{self.chance.randint(1, 3)}"
        self._put((words, self.chance.choice(NAMES), self.chance.choice((None, url))))

    def add_again(self) -> None:
        """A report that was there, perhaps by another method or from another file."""
        if self._added:
            words, name, url = self.chance.choice(self._added)
            self._put((words, self.chance.choice((name, "copy.txt")), url))

    def _put(self, what: tuple[str, str, str | None]) -> None:
        words, name, url = what
        method = self.chance.choice(METHODS)
        source, data = report(words, name=name, url=url)
        self._added.append(what)
        ends = self.chance.sample(range(10, len(words)), k=self.chance.randint(0, 3))
        claims = [event(source, 0, end, type=self.chance.choice(TYPES)) for end in ends]
        self.store.add(source, data, claims, method=method, at=self.at)

    def derive(self) -> None:
        """Every claim into one of a few incidents, anyhow."""
        groups: dict[int, list[Claim]] = {}
        for claim in self.store.claims():
            groups.setdefault(self.chance.randint(0, 3), []).append(claim)
        self._store(derived(number, claims, self) for number, claims in groups.items())

    def merge(self) -> None:
        """The first two incidents become one."""
        found = self.store.incidents()
        if len(found) > 1:
            one, other, *rest = found
            claims = tuple(dict.fromkeys((*one.claims, *other.claims)))
            self._store([replace(one, claims=claims), *rest])

    def split(self) -> None:
        """The last incident becomes two, or goes."""
        found = self.store.incidents()
        if found:
            *rest, last = found
            number = self.chance.randint(4, 8)
            half = replace(last, id=f"i-{number:012}", claims=last.claims[1:])
            halves = [replace(last, claims=last.claims[:1]), half] if half.claims else []
            self._store([*(one for one in rest if one.id != half.id), *halves])

    def _store(self, incidents: Iterable[Incident]) -> None:
        self.store.put_incidents(list(incidents), self.at)


def derived(number: int, claims: list[Claim], history: History) -> Incident:
    """An incident of these claims."""
    return Incident(
        id=f"i-{number:012}",
        type=history.chance.choice(TYPES),
        where=None,
        when=None,
        initiators=(),
        targets=(),
        status=history.chance.choice(("disputed", "single_source")),
        casualties=(),
        responsibility=Responsibility(state="unknown"),
        reports=tuple(dict.fromkeys(claim.report for claim in claims)),
        origins=(),
        claims=tuple(dict.fromkeys(claim.id for claim in claims)),
        why=(),
        as_of=history.now.date().isoformat(),
    )


def everything(store: Store, ids: Ids) -> dict[str, Any]:
    """All that can be read, as plain values; of ids that are not there the error."""
    answers: dict[str, Any] = {
        "counts": store.counts(),
        "reports": store.reports(),
        "claims": list(store.claims()),
        "incidents": store.incidents(),
        "membership": store.previous_membership(),
        "log": [entry for entry in store.log() if entry.what != "tables"],
        "changed": store.changed_incidents(START),
        "span": store.span(),
        "fingerprint": store.fingerprint(),
        "copies": [each.report for each in store.reports(Query(report="copy.txt"))],
        "of copies": [claim.id for claim in store.claims(Query(report="copy.txt"))],
        "told of": [each.id for each in store.incidents(Query(text="bridge", report="a.txt"))],
        "finds": {(hit.kind, hit.id, hit.snippet) for hit in store.search("bridge", 1000)},
    }
    for kind, asked, names in (
        ("versions", store.versions, ids.reports),
        ("report", store.report, ids.reports),
        ("claim", store.claim, ids.claims),
        ("incident", store.incident, ids.incidents),
        ("history", store.incident_history, ids.incidents),
    ):
        for name in names:
            answers[f"{kind} {name}"] = _answer(asked, name)
    return answers


def _answer(asked: Callable[[str], Any], name: str) -> Any:
    try:
        return asked(name)
    except ContestedError as error:
        # Of what came later only a look back can know that it did.
        return "not there" if "later" in str(error) or "has no" in str(error) else str(error)


class Ids:
    """Some ids to ask for: of the first of each kind that there are, and some that are not."""

    def __init__(self, store: Store) -> None:
        self.reports = [each.report.id for each in store.reports()][:2]
        self.claims = [claim.id for claim in store.claims()][:2]
        self.incidents = [f"i-{number:012}" for number in (0, 1, 5)]


@contextmanager
def fresh(blank: Path, path: Path) -> Iterator[SqlStore]:
    """A new record: a copy of a blank one, which is the same and quicker."""
    shutil.copyfile(blank, path)
    with SqlStore.open(path) as store:
        yield store


__all__ = ["START", "History", "Ids", "Report", "everything", "fresh"]
