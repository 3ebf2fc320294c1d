"""What holds now of all that persons decided on happenings: later decisions go over earlier ones.

Decisions are taken from the last to the first. Each brings together or keeps apart what no later
one has settled otherwise, pair by pair, so that what comes out never contradicts itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import combinations

from contested.model.claim import Claim
from contested.model.decision import (
    APART,
    BINDING,
    REVISING,
    Decision,
    Finder,
    Subject,
    holding,
)
from contested.reconcile.constraints import Constraints

LOST = "none of its claims is found any more"


@dataclass(slots=True)
class Decided:
    """The constraints for the linker, and what became of each decision that nobody undid.

    `touched` names the claims that a decision is about today, `lapsed` says why one no longer
    applies, `overridden` by which later one it was, and `partly` why one holds in part only.
    """

    constraints: Constraints = field(default_factory=Constraints)
    touched: dict[str, frozenset[str]] = field(default_factory=dict)
    lapsed: dict[str, str] = field(default_factory=dict)
    overridden: dict[str, str] = field(default_factory=dict)
    partly: dict[str, str] = field(default_factory=dict)


def decided(
    decisions: Sequence[Decision], claims: Iterable[Claim], accounts: Iterable[Iterable[str]] = ()
) -> Decided:
    """Work out what `decisions`, in the order in which they were made, mean for `claims`.

    Corrections and marks of wrong are left aside: they have made the claims what they are.
    `accounts` are groups of claims that cannot be parted: an event with the figures that hang
    on it. A claim in none of them stands for itself.
    """
    finder = Finder(claims)
    ties = _Ties(accounts)
    out = Decided()
    found = {d.id: _found(d, finder) for d in holding(decisions) if d.act not in REVISING}
    standing = [d for d in holding(decisions) if d.id in found and not _lapses(d, found[d.id], out)]
    for decision in standing:
        out.touched[decision.id] = frozenset().union(*found[decision.id])
    together: list[tuple[frozenset[str], str]] = []
    later: list[Decision] = []
    for decision in reversed(standing):
        if decision.act in BINDING:
            subjects = found[decision.id]
            joined, kept = _bind(decision, subjects, ties)
            together += [(group, _words(decision)) for group in joined]
            if not kept:
                over = _overruling(later, subjects, found)
                _tell(decision, ties, subjects, over, out)
            later.append(decision)
    for newer, older in combinations(reversed(standing), 2):
        if _replaces(newer, older, out.touched):
            out.overridden.setdefault(older.id, newer.id)
    together.reverse()
    out.constraints = Constraints(
        together=tuple(group for group, _ in together),
        words=tuple(words for _, words in together),
        apart=tuple(ties.apart),
        rules=tuple(
            (out.touched[d.id], str(d.value)) for d in standing if d.act == "rule" and d.subjects
        ),
    )
    return out


def record_rule(decisions: Sequence[Decision]) -> Decision | None:
    """The decision on how `best` is derived in the whole record, if one holds."""
    found = [d for d in holding(decisions) if d.act == "rule" and not d.subjects]
    return found[-1] if found else None


def _found(decision: Decision, finder: Finder) -> list[frozenset[str]]:
    return [_claims_of(subject, finder) for subject in decision.subjects]


def _claims_of(subject: Subject, finder: Finder) -> frozenset[str]:
    claims = (finder.find(anchor) for anchor in subject.anchors)
    return frozenset(claim.id for claim in claims if claim is not None)


def _lapses(decision: Decision, found: Sequence[frozenset[str]], out: Decided) -> bool:
    """Whether a decision has lost what it was about."""
    if not decision.anchors:
        return False
    sides = sum(map(bool, found))
    pair = decision.act in ("merge", "split") or (decision.act == "confirm" and len(found) > 1)
    if pair and sides < 2:
        out.lapsed[decision.id] = LOST if not sides else "only one side of it is still found"
    elif not sides:
        out.lapsed[decision.id] = LOST
    return decision.id in out.lapsed


def _words(decision: Decision) -> str:
    return f"decided by {decision.author}: {decision.reason}"


class _Ties:
    """Accounts that are joined, and those that are kept apart."""

    def __init__(self, accounts: Iterable[Iterable[str]]) -> None:
        self._home = {claim: n for n, claims in enumerate(accounts) for claim in claims}
        self._above: dict[int | str, int | str] = {}
        self._barred: dict[int | str, set[int | str]] = {}
        self.apart: list[tuple[frozenset[str], frozenset[str]]] = []

    def root(self, claim: str) -> int | str:
        at: int | str = self._home.get(claim, claim)
        while at in self._above:
            at = self._above[at]
        return at

    def join(self, claims: Iterable[str]) -> list[frozenset[str]]:
        """Join what no later decision keeps apart; the claims as the groups that they make."""
        claims = sorted(claims)
        groups: list[str] = []
        for claim in claims:
            for first in groups:
                one, other = self.root(first), self.root(claim)
                if one == other or other not in self._barred.get(one, ()):
                    self._unite(one, other)
                    break
            else:
                groups.append(claim)
        return [
            frozenset(each for each in claims if self.root(each) == self.root(first))
            for first in groups
        ]

    def _unite(self, one: int | str, other: int | str) -> None:
        if one == other:
            return
        self._above[other] = one
        for barred in self._barred.pop(other, set()):
            self._barred[barred].discard(other)
            self._bar(one, barred)

    def _bar(self, one: int | str, other: int | str) -> None:
        self._barred.setdefault(one, set()).add(other)
        self._barred.setdefault(other, set()).add(one)

    def part(self, one: frozenset[str], other: frozenset[str]) -> bool:
        """Keep apart what no later decision joined; whether that was all of it."""
        free: dict[frozenset[str], set[str]] = {}
        whole = True
        for claim in sorted(one):
            mine = self.root(claim)
            theirs = frozenset(each for each in other if self.root(each) != mine)
            whole = whole and theirs == other
            for each in theirs:
                self._bar(mine, self.root(each))
            if theirs:
                free.setdefault(theirs, set()).add(claim)
        self.apart += [(frozenset(claims), theirs) for theirs, claims in free.items()]
        return whole


def _bind(
    decision: Decision, subjects: Sequence[frozenset[str]], ties: _Ties
) -> tuple[list[frozenset[str]], bool]:
    """The groups that a decision joins, and whether it holds in full."""
    if decision.act == "split":
        joined = ties.join(subjects[0])
        whole = ties.part(subjects[0], subjects[1])
        return joined, whole and len(joined) == 1
    if decision.act == "confirm" and decision.value == APART:
        kept = [ties.part(one, other) for one, other in combinations(subjects, 2)]
        return [], all(kept)
    if decision.act == "confirm" and decision.value is None:
        return [], True
    joined = ties.join(frozenset().union(*subjects))
    return joined, len(joined) == 1


def _tell(
    decision: Decision,
    ties: _Ties,
    subjects: Sequence[frozenset[str]],
    over: str,
    out: Decided,
) -> None:
    """Say that a decision was overridden, or in part."""
    wants_apart = decision.act == "split" or decision.value == APART
    pairs = [
        (ties.root(a) == ties.root(b)) != wants_apart
        for one, other in combinations(subjects, 2)
        for a in one
        for b in other
    ]
    if any(pairs) or len(subjects) == 1:
        out.partly[decision.id] = f"in part overridden by {over}" if over else "in part"
    else:
        out.overridden[decision.id] = over


def _overruling(
    later: Sequence[Decision],
    subjects: Sequence[frozenset[str]],
    found: dict[str, list[frozenset[str]]],
) -> str:
    """The latest decision on claims that this one is about too."""
    mine = frozenset().union(*subjects)
    for decision in later:
        if len(mine & frozenset().union(*found[decision.id])) > 1:
            return decision.id
    return ""


def _replaces(newer: Decision, older: Decision, touched: dict[str, frozenset[str]]) -> bool:
    """Whether a later decision answers the same question anew."""
    if newer.act != older.act:
        return False
    if newer.act == "rule":
        if not older.subjects or not newer.subjects:
            return not older.subjects and not newer.subjects
        return touched[older.id] <= touched[newer.id]
    if newer.act == "reliability":
        return newer.name == older.name
    return newer.act == "credibility" and touched[older.id] == touched[newer.id]
