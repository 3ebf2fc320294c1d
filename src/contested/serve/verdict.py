"""A person's judgement as a form or the API sends it, carried out through the pipeline."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from contested.errors import UsageError
from contested.model import Decision
from contested.model.decision import undone
from contested.pipeline import Record, Taken
from contested.publish.words import decision_in_words, phrase

VerdictAct = Literal[
    "merge",
    "split",
    "part",
    "correct",
    "wrong",
    "confirm",
    "rule",
    "reliability",
    "credibility",
    "undo",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What is to be decided.

    `ids` are incidents to merge or confirm, the incident to split or to derive by another rule
    (none: the whole record), two claims to part, a claim to correct or confirm, a claim or report
    that is wrong, or the decision to undo. `claims` are split off. `field` and `value` are those
    of a correction; `value` is also the rule, letter or number, and `field` the source of a
    letter. `everywhere` corrects all claims of the report that have the same value there.
    """

    act: VerdictAct
    reason: str
    ids: tuple[str, ...] = ()
    claims: tuple[str, ...] = ()
    field: str = ""
    value: str = ""
    everywhere: bool = False


def decide(record: Record, verdict: Verdict, author: str) -> Taken:
    """Store the judgement. Raises what `record.decide` raises, and UsageError for a missing id."""
    deciding, why = record.decide, {"reason": verdict.reason, "author": author}
    match verdict.act:
        case "merge":
            return deciding.merge(*verdict.ids, **why)
        case "confirm":
            return deciding.confirm(*verdict.ids, **why)
        case "part":
            return deciding.part(*_several(verdict, 2), **why)
        case "rule":
            incident = verdict.ids[0] if verdict.ids else None
            return deciding.rule(verdict.value, incident=incident, **why)
        case "reliability":
            return deciding.reliability(verdict.field, verdict.value, **why)
    (id,) = _several(verdict, 1)
    match verdict.act:
        case "split":
            return deciding.split(id, verdict.claims, **why)
        case "correct":
            field, value, all_ = verdict.field, verdict.value, verdict.everywhere
            return deciding.correct(id, field, value, everywhere=all_, **why)
        case "credibility":
            return deciding.credibility(id, verdict.value, **why)
        case "undo":
            return deciding.undo(id, **why)
    return deciding.wrong(id, **why)


def _several(verdict: Verdict, number: int) -> tuple[str, ...]:
    if len(verdict.ids) != number:
        raise UsageError(f"To {verdict.act} takes {number} id, and {len(verdict.ids)} were given.")
    return verdict.ids


@dataclass(frozen=True, slots=True)
class DecisionRow:
    """A decision in words. `by` is who took it back, and `undo` the id of what did."""

    id: str
    at: str
    author: str
    act: str
    about: str
    reason: str
    undo: str | None = None
    by: str | None = None
    links: tuple[tuple[str, str], ...] = ()
    """Ids of what it is on, each with its address."""

    @property
    def holds(self) -> bool:
        """Whether nobody took it back."""
        return self.undo is None


def rows(known: Sequence[Decision], wanted: Sequence[Decision]) -> tuple[DecisionRow, ...]:
    """Those of `wanted`, in words, the last first; `known` are all of the record."""
    taken_back = undone(known)
    authors = {one.id: one.author for one in known}
    return tuple(
        DecisionRow(
            id=one.id,
            at=one.at[:16].replace("T", " "),
            author=one.author,
            act=phrase(one.act),
            about=decision_in_words(one),
            reason=one.reason,
            undo=taken_back.get(one.id),
            by=authors.get(taken_back.get(one.id, "")),
            links=tuple(_links(one)),
        )
        for one in reversed(wanted)
    )


def _links(one: Decision) -> Iterator[tuple[str, str]]:
    pages = {"i": "incidents", "c": "claims", "r": "reports"}
    for id in dict.fromkeys(subject.id for subject in one.subjects):
        if id[:1] in pages:
            yield id, f"/{pages[id[:1]]}/{id}"
    if one.undoes:
        yield one.undoes, f"/decisions#{one.undoes}"


def row(record: Record, id: str) -> DecisionRow | None:
    """The decision of that id in words, or nothing where there is none."""
    known = record.store.decisions()
    found = rows(known, [one for one in known if one.id == id])
    return found[0] if found else None
