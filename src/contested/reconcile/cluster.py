"""From weighed pairs to happenings, without chains.

Connected components chain: an attack joins its reprisal through one vague report between them.
Here two groups join only if their accounts agree on the whole and none strongly disagrees
(average linkage with a veto). What a person decided comes before all weights.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from contested.reconcile.blocking import SHIFT_DAYS


@dataclass(frozen=True, slots=True)
class Bounds:
    """When accounts join, in log2 odds.

    `join`: from here on two accounts join. `mean`: what the pairs between two groups must reach
    on average. `veto`: a pair that disagrees this strongly keeps two groups apart.
    """

    join: float = 1.0
    mean: float = 0.0
    veto: float = -5.0


@dataclass(slots=True)
class Ties:
    """All that is known between two groups."""

    total: float = 0.0
    number: int = 0
    least: float = float("inf")
    forbidden: bool = False

    def take(self, other: Ties) -> None:
        """Add what is known of one more pair of groups."""
        self.total += other.total
        self.number += other.number
        self.least = min(self.least, other.least)
        self.forbidden = self.forbidden or other.forbidden

    def agree(self, bounds: Bounds) -> bool:
        """Whether the two groups may become one."""
        return (
            not self.forbidden
            and self.number > 0
            and self.least > bounds.veto
            and self.total / self.number >= bounds.mean
        )


Span = tuple[int, int]
"""Days that a dated account tells of; of a group, the latest beginning and the earliest end."""


def _both(one: Span | None, other: Span | None) -> Span | None:
    if one is None or other is None:
        return one or other
    return max(one[0], other[0]), min(one[1], other[1])


@dataclass(slots=True)
class Groups:
    """Groups of positions 0..n-1 that grow by joining, each with the pairs that joined it."""

    size: int
    spans: list[Span | None]
    parent: list[int] = field(default_factory=list)
    ties: dict[int, dict[int, Ties]] = field(default_factory=dict)
    joined: list[tuple[int, int]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.parent = list(range(self.size))

    def find(self, one: int) -> int:
        """The group that a position is in."""
        while self.parent[one] != one:
            self.parent[one] = self.parent[self.parent[one]]
            one = self.parent[one]
        return one

    def tie(self, one: int, other: int) -> Ties:
        """What is known between two groups, to be added to."""
        mine = self.ties.setdefault(one, {})
        if other not in mine:
            mine[other] = self.ties.setdefault(other, {})[one] = Ties()
        return mine[other]

    def between(self, one: int, other: int) -> Ties | None:
        """What is known between two groups; None if nothing is."""
        return self.ties.get(one, {}).get(other)

    def meet(self, one: int, other: int, shift: int) -> bool:
        """Whether no two dated accounts of the groups lie more than `shift` days apart.

        Pairs further apart than that are never compared, and say nothing in the ties.
        """
        both = _both(self.spans[one], self.spans[other])
        return both is None or both[0] - both[1] <= shift

    def join(self, one: int, other: int) -> None:
        """Make two groups one, with all that is known of either."""
        if len(self.ties.get(one, ())) < len(self.ties.get(other, ())):
            one, other = other, one
        self.parent[other] = one
        self.spans[one] = _both(self.spans[one], self.spans[other])
        theirs = self.ties.pop(other, {})
        theirs.pop(one, None)
        self.ties.get(one, {}).pop(other, None)
        for third, known in theirs.items():
            self.ties[third].pop(other, None)
            self.tie(one, third).take(known)


def cluster(
    size: int,
    pairs: Iterable[tuple[int, int, float]],
    first: Sequence[tuple[int, int]] = (),
    *,
    bounds: Bounds = Bounds(),
    together: Sequence[Sequence[int]] = (),
    apart: Sequence[tuple[Sequence[int], Sequence[int]]] = (),
    may_join: Sequence[bool] | None = None,
    spans: Sequence[Span | None] | None = None,
    shift: int = SHIFT_DAYS,
) -> Groups:
    """Group positions 0..`size`-1 by weighed `pairs`, each given once.

    `first` are pairs that are tried before all others: a report itself says that they are one.
    `together` and `apart` are decisions of people, which no weight overrides. `may_join` says
    of each pair, in order, whether it may join two groups or only speaks for or against.
    `spans` are the days of dated accounts; groups with two more than `shift` days apart stay two.
    """
    groups = Groups(size, list(spans or [None] * size))
    eager: list[tuple[float, int, int]] = []
    for at, (one, other, weight) in enumerate(pairs):
        known = groups.tie(one, other)
        known.total += weight
        known.number += 1
        known.least = min(known.least, weight)
        if weight >= bounds.join and (may_join is None or may_join[at]):
            eager.append((-weight, one, other))
    _decided(groups, together, apart)
    referring = {tuple(sorted(pair)) for pair in first}
    eager.sort(key=lambda e: ((e[1], e[2]) not in referring, *e))
    for _, one, other in eager:
        mine, theirs = groups.find(one), groups.find(other)
        if mine == theirs:
            continue
        known = groups.between(mine, theirs)  # type: ignore[assignment]
        if known is not None and known.agree(bounds) and groups.meet(mine, theirs, shift):
            groups.join(mine, theirs)
            groups.joined.append((one, other))
    return groups


def _decided(
    groups: Groups,
    together: Sequence[Sequence[int]],
    apart: Sequence[tuple[Sequence[int], Sequence[int]]],
) -> None:
    for members in together:
        for other in members[1:]:
            mine, theirs = groups.find(members[0]), groups.find(other)
            if mine != theirs:
                groups.join(mine, theirs)
    for ones, others in apart:
        for one in ones:
            for other in others:
                mine, theirs = groups.find(one), groups.find(other)
                if mine != theirs:
                    groups.tie(mine, theirs).forbidden = True
