"""Decisions: what a person judged of the record, with reason and author, to be undone by another.

Incidents are derived anew and claims are read anew, so a decision does not lean on their ids
alone: it keeps *anchors*, the claims as they were when it was made, and is attached by these to
what the record holds later.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, get_args

from pydantic import TypeAdapter

from contested.errors import DecisionError
from contested.model.claim import Claim, to_plain
from contested.model.ids import short_id

Act = Literal[
    "merge",
    "split",
    "correct",
    "wrong",
    "confirm",
    "rule",
    "reliability",
    "credibility",
    "skip",
    "undo",
]
ACTS: tuple[str, ...] = get_args(Act)
BINDING = frozenset({"merge", "split", "confirm"})
"""Acts that say which claims belong together or apart."""
REVISING = frozenset({"correct", "wrong"})
"""Acts that change what is current of a report's claims."""

TOGETHER, APART = "together", "apart"

State = Literal["holds", "undone", "overridden", "no longer applies"]
STATES: tuple[str, ...] = get_args(State)

_TELLING = {
    "event": ("type", "status", "initiators", "targets"),
    "casualties": ("effect", "victims", "count", "side"),
    "responsibility": ("act", "actor"),
    "statistic": ("measure", "count", "change_percent", "direction", "victims"),
    "relation": ("subject", "relation", "object"),
    "agreement": ("type", "act", "parties"),
    "statement": ("act", "by", "addressees"),
    "position": ("person", "role", "organisation", "act"),
}
"""What tells two claims of one kind and passage apart."""

_FIRST = {"casualties": "effect", "statistic": "measure"}
"""What has to agree: no count of the dead becomes one of the wounded."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Anchor:
    """A claim as it was when somebody decided on it.

    `marks` are its telling values as words; `beside` are the ids of the claims of its kind that
    stood on an overlapping passage, and so are other claims.
    """

    claim: str
    report: str
    kind: str
    start: int
    end: int
    quote: str
    marks: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """What is decided on: the id as it was then, and the claims that it stood for."""

    id: str
    anchors: tuple[Anchor, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """One judgement of one person. Use `made` to get one with its id.

    `subjects` are, by act: the incidents that are one (`merge`); the claims taken out and those
    that stay (`split`); the claim or report (`wrong`, `credibility`); the claim, or all of one
    report that had the same value (`correct`); the claim, the incident or the pair that was
    found right (`confirm`, whose `value` says of incidents whether their claims belong together
    or apart); the incident (`rule`; none stands for the
    whole record). `name` is the outlet or speaker of a `reliability`. `field`, `value`, `coded`
    and `before` are those of a correction: what the person wrote, what it means as plain data,
    and what stood there. `undoes` is the id of the decision that this one takes back. `seen`
    marks the evidence that the person had before them in a review.
    """

    id: str
    at: str
    author: str
    reason: str
    act: Act
    subjects: tuple[Subject, ...] = ()
    name: str | None = None
    field: str | None = None
    value: str | None = None
    coded: Any = None
    before: Any = None
    undoes: str | None = None
    seen: str | None = None

    def __post_init__(self) -> None:
        for what in ("author", "reason"):
            if not getattr(self, what).strip():
                raise DecisionError(f"A decision needs its {what}. Say {_WHY[what]}.")

    @property
    def anchors(self) -> tuple[Anchor, ...]:
        """All claims that it was made on."""
        return tuple(anchor for subject in self.subjects for anchor in subject.anchors)

    @property
    def reports(self) -> tuple[str, ...]:
        """The reports that it bears on, each once."""
        whole = self.act in REVISING
        named = [one.id for one in self.subjects if whole and not one.anchors]
        return tuple(dict.fromkeys([*named, *(anchor.report for anchor in self.anchors)]))


_WHY = {"author": "who decides (--author, CONTESTED_AUTHOR)", "reason": "why (--reason)"}

decision_adapter: TypeAdapter[Decision] = TypeAdapter(Decision)
"""Reads decisions from plain data and prints their JSON Schema."""


def made(*, at: str, author: str, reason: str, act: Act, **values: Any) -> Decision:
    """A decision with its id, which comes from all that is in it and from its time.

    Raises DecisionError without an author or a reason.
    """
    known = [f"{key}={to_plain(values[key])!r}" for key in sorted(values)]
    return Decision(
        id=short_id("d", at, author, reason, act, *known),
        at=at,
        author=author.strip(),
        reason=reason.strip(),
        act=act,
        **values,
    )


def anchor(claim: Claim, others: Iterable[Claim] = ()) -> Anchor:
    """The anchor of `claim`; `others` are the claims of its report."""
    beside = sorted(
        other.id
        for other in others
        if other.id != claim.id
        and (other.report, other.kind) == (claim.report, claim.kind)
        and other.start < claim.end
        and claim.start < other.end
    )
    return Anchor(
        claim=claim.id,
        report=claim.report,
        kind=claim.kind,
        start=claim.start,
        end=claim.end,
        quote=claim.quote,
        marks=_marks(claim),
        beside=tuple(beside),
    )


def _marks(claim: Claim) -> tuple[str, ...]:
    return tuple(f"{name}={_mark(getattr(claim, name))}" for name in _TELLING[claim.kind])


def _mark(value: Any) -> str:
    if isinstance(value, tuple):
        return ",".join(sorted(_mark(each) for each in value))
    if hasattr(value, "actor"):
        return str(value.actor or value.as_written)
    return f"{value.low}-{value.high}" if hasattr(value, "low") else str(value)


class Finder:
    """The claims of the record by what anchors ask for."""

    def __init__(self, claims: Iterable[Claim]) -> None:
        self._by_id: dict[str, Claim] = {}
        self._by_place: dict[tuple[str, str], list[Claim]] = {}
        for claim in claims:
            self._by_id.setdefault(claim.id, claim)
            self._by_place.setdefault((claim.report, claim.kind), []).append(claim)

    def find(self, one: Anchor) -> Claim | None:
        """The claim that `one` is about today; null where there is none any more.

        The claim of that id; else, of those of its kind and report whose passage overlaps and
        that did not stand beside it then, the one that agrees in most telling values, half of
        them at least.
        """
        same = self._by_id.get(one.claim)
        if same is not None and same.report == one.report:
            return same
        found = [
            (_likeness(one, claim), -abs(claim.start - one.start), claim.id, claim)
            for claim in self._by_place.get((one.report, one.kind), ())
            if claim.id not in one.beside and _overlaps(one, claim)
        ]
        best = max(found, default=None, key=lambda entry: entry[:3])
        return best[3] if best and best[0] * 2 >= len(one.marks) else None


def _overlaps(one: Anchor, claim: Claim) -> bool:
    """Whether both hold the same words: at their place, or anywhere in a changed text."""
    first, last = max(one.start, claim.start), min(one.end, claim.end)
    if first < last:
        mine = one.quote[first - one.start : last - one.start]
        if mine == claim.quote[first - claim.start : last - claim.start]:
            return True
    return one.quote in claim.quote or claim.quote in one.quote


def _likeness(one: Anchor, claim: Claim) -> int:
    theirs = _marks(claim)
    needed = _FIRST.get(one.kind)
    if needed and not {m for m in one.marks if m.startswith(f"{needed}=")} <= set(theirs):
        return -1
    return len(set(one.marks) & set(theirs))


def undone(decisions: Sequence[Decision]) -> dict[str, str]:
    """Each decision that does not hold because another undid it, with the id of that one.

    `decisions` in the order in which they were made. An undo can itself be undone.
    """
    out: dict[str, str] = {}
    for decision in reversed(decisions):
        if decision.undoes is not None and decision.id not in out:
            out.setdefault(decision.undoes, decision.id)
    return out


def holding(decisions: Sequence[Decision]) -> list[Decision]:
    """Those that nobody undid, without the undos themselves, in order."""
    taken_back = undone(decisions)
    return [d for d in decisions if d.act != "undo" and d.id not in taken_back]


def undo_root(decision: Decision, by_id: Mapping[str, Decision]) -> Decision:
    """What an undo, or the undo of an undo, is about in the end."""
    while decision.undoes is not None and decision.undoes in by_id:
        decision = by_id[decision.undoes]
    return decision


def bears_on(decisions: Iterable[Decision], report: str) -> Iterator[Decision]:
    """Corrections and marks of wrong that concern a report."""
    return (d for d in decisions if d.act in REVISING and report in d.reports)
