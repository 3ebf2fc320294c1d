"""Random histories of a record, and all that can be read in it at a moment."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Any

from contested.errors import Gone, NotFound, NotYet
from contested.model import Claim, Incident, Responsibility
from contested.model.query import Query
from contested.record import Store

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


@dataclass(frozen=True)
class Asked:
    """The questions for one moment: the main ones, a few others, and some ids."""

    others: tuple[str, ...]
    ids: tuple[tuple[str, str], ...]

    @classmethod
    def some(cls, store: Store, chance: random.Random) -> Asked:
        """Drawn anew for every moment: a thousand histories ask everything often."""
        ids = [("incident", f"i-{number:012}") for number in (0, 1, 5)]
        ids += [("history", id) for _, id in ids]
        ids += [(kind, each.report.id) for each in store.reports() for kind in ("text", "versions")]
        ids += [("claim", claim.id) for claim in store.claims()]
        return cls(tuple(chance.sample(sorted(OTHERS), k=2)), tuple(chance.sample(ids, k=2)))


MAIN: dict[str, Callable[[Store], Any]] = {
    "reports": lambda store: store.reports(),
    "claims": lambda store: list(store.claims()),
    "incidents": lambda store: store.incidents(),
    "fingerprint": lambda store: store.fingerprint(),
}
OTHERS: dict[str, Callable[[Store], Any]] = {
    "counts": lambda store: store.counts(),
    "membership": lambda store: store.previous_membership(),
    "log": lambda store: [entry for entry in store.log() if entry.what != "tables"],
    "changed": lambda store: store.changed_incidents(START),
    "copies": lambda store: [each.report for each in store.reports(Query(report="copy.txt"))],
    "of copies": lambda store: list(store.claims(Query(report="copy.txt"))),
    "told of": lambda store: store.incidents(Query(text="bridge", report="a.txt")),
    "finds": lambda store: {(h.kind, h.id, h.snippet) for h in store.search("bridge", 1000)},
}
BY_ID: dict[str, Callable[[Store, str], Any]] = {
    "incident": lambda store, id: store.incident(id),
    "history": lambda store, id: store.incident_history(id),
    "text": lambda store, id: store.report(id),
    "versions": lambda store, id: store.versions(id),
    "claim": lambda store, id: store.claim(id),
}


def answers(store: Store, asked: Asked) -> dict[str, Any]:
    """What the store says; of ids that are not there the error."""
    told = {name: question(store) for name, question in MAIN.items()}
    told |= {name: OTHERS[name](store) for name in asked.others}
    return told | {f"{kind} {id}": _answer(BY_ID[kind], store, id) for kind, id in asked.ids}


def _answer(question: Callable[[Store, str], Any], store: Store, id: str) -> Any:
    try:
        return question(store, id)
    except NotYet:
        return "not there"  # which then nobody could know that it would be
    except NotFound as error:
        return str(error) if isinstance(error, Gone) else "not there"
