"""Chains of retaliation: an airstrike, an attack on an outpost, an airstrike on the capital.

Two kinds of link are kept apart throughout. That a report says so is testimony, with its passage
and its speaker. That the timing suggests it is a probability from a model that knows nothing but
days and sides.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from contested.analyse.draws import Draws
from contested.analyse.escalation.links import (
    DAYS,
    Assertion,
    asserted,
    candidate,
    other_answers,
    timed,
)
from contested.analyse.escalation.study import Study, StudyOptions, study
from contested.analyse.events import Events
from contested.analyse.figures import several
from contested.errors import TooFew
from contested.model import Claim, Incident

Basis = Literal["report", "words", "timing"]
RANK = {"report": 0, "words": 1, "timing": 2}


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One event of a chain. `when` is null where no date is known."""

    id: str
    when: str | None
    who: str
    what: str
    where: str | None

    def words(self) -> str:
        """``airstrike in Kabul by pakistan, 2025-10-09``."""
        place = f" in {self.where}" if self.where else ""
        by = f" by {self.who}" if self.who != "unknown" else ""
        return f"{self.what}{place}{by}, {self.when or 'date unknown'}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """`then` follows `first` in chain `chain` (from 1).

    `basis`: ``report``, a report says that it answers it; ``words``, a report says that it
    answers something and `first` is the program's guess of what (null: no guess); ``timing``,
    no report says so. `chance` is the model's probability that `first` triggered `then`, null
    where the model was not fitted or gives next to none.
    """

    chain: int
    first: Step | None
    then: Step
    basis: Basis
    chance: float | None
    according_to: tuple[Assertion, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Chains:
    """What `chains` finds: links in the order of their chains.

    `elsewhere` are statements and agreements that reports call an answer.
    """

    answer: str
    rows: tuple[Link, ...]
    elsewhere: tuple[Assertion, ...]
    assumptions: tuple[str, ...]
    warnings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Parent:
    first: str | None
    basis: Basis
    chance: float | None
    by: tuple[Assertion, ...]


def chains(
    draws: Draws,
    incidents: Sequence[Incident] = (),
    claims: Iterable[Claim] = (),
    *,
    least: float = 0.5,
    options: StudyOptions | None = None,
) -> Chains:
    """Chains of events that answer each other.

    Timing links are those of at least `least` probability. Where too few events stand behind the
    model there are none, and a warning says why.
    """
    known = list(claims)
    events = draws.events
    rows = {name: n for n, name in enumerate(events.ids)}
    fitted, warnings = _fitted(draws, options)
    chances = timed(fitted, events, min(least, 0.05)) if fitted else {}
    parents = _said(known, incidents, events, rows, chances)
    _timing(parents, events, chances, least)
    links = tuple(_numbered(_paths(parents), parents, events, rows))
    return Chains(
        answer=_answer(links),
        rows=links,
        elsewhere=tuple(other_answers(known)),
        assumptions=(*_assumptions(fitted, least), *draws.assumptions()),
        warnings=tuple(warnings),
    )


def _fitted(draws: Draws, options: StudyOptions | None) -> tuple[Study | None, list[str]]:
    try:
        found = study(draws, options or StudyOptions(copies=False))
    except TooFew as error:
        return None, [f"Timing suggests nothing here. {error}"]
    return found, list(found.warnings)


def _said(
    claims: Sequence[Claim],
    incidents: Sequence[Incident],
    events: Events,
    rows: dict[str, int],
    chances: dict[tuple[int, int], float],
) -> dict[str, _Parent]:
    """The best asserted parent of each incident: one that is named before one that is guessed."""
    out: dict[str, _Parent] = {}
    for said in asserted(claims, incidents):
        if said.then not in rows:
            continue
        named = said.first if said.first in rows else None
        first = named or candidate(events, rows, said.then)
        chance = chances.get((rows[first], rows[said.then])) if first else None
        made = _Parent(first, "report" if named else "words", chance, said.by)
        if said.then not in out or RANK[made.basis] < RANK[out[said.then].basis]:
            out[said.then] = made
    return out


def _timing(
    parents: dict[str, _Parent],
    events: Events,
    chances: dict[tuple[int, int], float],
    least: float,
) -> None:
    for (first, then), chance in sorted(chances.items(), key=lambda item: -item[1]):
        ends = [events.ids[row].partition("/")[0] for row in (first, then)]
        if chance >= least and ends[0] != ends[1] and ends[1] not in parents:
            parents[ends[1]] = _Parent(ends[0], "timing", chance, ())


def _paths(parents: dict[str, _Parent]) -> list[list[str]]:
    """From each last event back to the first; most reports, then longest first."""
    answered = {parent.first for parent in parents.values()}
    ends = [then for then in parents if then not in answered] or list(parents)[:1]
    out = []
    for end in ends:
        path = [end]
        while (parent := parents.get(path[-1])) and parent.first and parent.first not in path:
            path.append(parent.first)
        out.append(path[::-1])
    return sorted(out, key=lambda path: _order(path, parents))


def _order(path: list[str], parents: dict[str, _Parent]) -> tuple[int, int, str]:
    said = sum(one in parents and parents[one].basis != "timing" for one in path)
    return -said, -len(path), path[0]


def _numbered(
    paths: list[list[str]], parents: dict[str, _Parent], events: Events, rows: dict[str, int]
) -> Iterable[Link]:
    told: set[str] = set()
    number = 0
    for path in paths:
        fresh = [one for one in path if one in parents and one not in told]
        number += bool(fresh)
        for then in fresh:
            parent = parents[then]
            told.add(then)
            yield Link(
                chain=number,
                first=_step(events, rows[parent.first]) if parent.first else None,
                then=_step(events, rows[then]),
                basis=parent.basis,
                chance=parent.chance,
                according_to=parent.by,
            )


def _step(events: Events, row: int) -> Step:
    side = max(events.initiators[row], key=lambda one: one[1])[0]
    return Step(
        id=events.ids[row],
        when=_when(int(events.first[row]), int(events.last[row])),
        who=events.side(side),
        what=(events.types[row] or "event").replace("_", " "),
        where=events.places[row] or events.admin1[row] or events.countries[row],
    )


def _when(first: int, last: int) -> str | None:
    days = [dt.date.fromordinal(day).isoformat() for day in (first, last) if day]
    return " to ".join(dict.fromkeys(days)) or None


def _answer(links: Sequence[Link]) -> str:
    named = sum(link.basis == "report" for link in links)
    words = sum(link.basis == "words" for link in links)
    timing = sum(link.basis == "timing" for link in links)
    if not links:
        return "No report says of an event that it answers another, and timing suggests no link."
    out = [
        f"Reports say of {several(named + words, 'event')} that it answered another"
        + (f", of {named} which one." if named + words else "."),
        f"Timing alone suggests {several(timing, 'further link')}.",
    ]
    first = [link for link in links if link.chain == 1]
    told = [first[0].first.words() if first[0].first else "Something"]
    told += [f"{_arrow(link)} {link.then.words()}" for link in first[:6]]
    more = f" … and {len(first) - 6} more" if len(first) > 6 else ""
    return " ".join([*out, f"The chain with most behind it: {' '.join(told)}{more}."])


def _arrow(link: Link) -> str:
    if link.first is None:
        return f"→ (a report says it answers “{_words(link)}”, of no known event)"
    chance = "" if link.chance is None else f", timing {link.chance:.0%}"
    words = {
        "report": f"→ (reports say so{chance})",
        "words": f"→ (a report says it answers “{_words(link)}”, which event is a guess{chance})",
        "timing": f"→ (timing alone{chance.replace(', timing', ',')})",
    }
    return words[link.basis]


def _words(link: Link) -> str:
    said = link.according_to[0].words if link.according_to else ""
    return said if len(said) <= 60 else said[:59] + "…"


def _assumptions(fitted: Study | None, least: float) -> list[str]:
    out = [
        "report: the report says that this answers that. It may be the attacker's own reason, or "
        "a reporter's; it is testimony, not proof.",
        f"words: the report says that this answers something that it does not identify. The event "
        f"shown is the latest within {DAYS} days by a side that is attacked here: a guess.",
    ]
    if fitted:
        out.append(
            f"timing: probability of at least {least:.0%} that the first triggered the second, by "
            "a Hawkes process that knows days and sides alone, the mean over draws. Two events "
            "with a common cause look the same."
        )
    return out
