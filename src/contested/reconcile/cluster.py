"""From weighed pairs to happenings, without chains.

Connected components chain: an attack joins its reprisal through one vague report between them.
Here two groups join only if their accounts agree on the whole and none strongly disagrees.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from contested.reconcile.constraints import NONE, Bound, Constraints
from contested.reconcile.units import Unit
from contested.reconcile.weigh import Weighed, weigh
from contested.world import World

JOIN = 1.0
"""Log2 odds from which two accounts join: two to one."""
VETO = -5.0
"""A pair that disagrees this strongly keeps two groups apart."""
VAGUE_DAYS = 62


def pairs(units: Sequence[Unit]) -> Iterator[tuple[Unit, Unit]]:
    """Accounts worth comparing: near in time, or vague in time and of one province or place."""
    blocks: dict[tuple[str, object], list[int]] = defaultdict(list)
    for n, unit in enumerate(units):
        for key in _keys(unit):
            blocks[key].append(n)
    seen: set[tuple[int, int]] = set()
    for members in blocks.values():
        for i, a in enumerate(members):
            for b in members[i + 1 :]:
                if (a, b) not in seen:
                    seen.add((a, b))
                    yield units[a], units[b]


def _keys(unit: Unit) -> Iterator[tuple[str, object]]:
    where = unit.where
    if unit.first is not None and unit.last is not None and (unit.days or 0) <= VAGUE_DAYS:
        months = {(unit.first.year, unit.first.month), (unit.last.year, unit.last.month)}
        for day in (unit.first.toordinal() - 3, unit.last.toordinal() + 3):
            date = unit.first.fromordinal(day)
            months.add((date.year, date.month))
        for month in months:
            yield "month", month
    if where is not None:
        yield "place", where.name.casefold()
        if where.admin1:
            yield "admin1", where.admin1.casefold()


def cluster(
    units: Sequence[Unit],
    world: World,
    weights: Mapping[tuple[str, str], float],
    constraints: Constraints = NONE,
) -> list[tuple[list[Unit], list[Weighed]]]:
    """Groups of accounts of one happening, each with the pairs that joined it.

    What persons decided comes first and binds: see `Constraints`.
    """
    scored = [weigh(a, b, world, weights) for a, b in pairs(units)]
    scores = {(id(w.one), id(w.other)): w.weight for w in scored}
    group = {id(u): [u] for u in units}
    reasons: dict[int, list[Weighed]] = defaultdict(list)
    bound = Bound(constraints, units)

    def join(pair: Weighed) -> None:
        mine, theirs = group[id(pair.one)], group[id(pair.other)]
        kept = reasons.pop(id(theirs), [])
        mine.extend(theirs)
        for unit in theirs:
            group[id(unit)] = mine
        reasons[id(mine)] += [*kept, pair]

    for one, other, words in bound.joined():
        mine, theirs = group[id(one)], group[id(other)]
        if mine is not theirs and bound.may_join(mine, theirs):
            join(Weighed(one, other, ((words, 0.0),)))
    for pair in sorted(scored, key=lambda w: (not _refers(w), -w.weight, w.one.id, w.other.id)):
        if pair.weight < JOIN or not _grounded(pair):
            continue
        mine, theirs = group[id(pair.one)], group[id(pair.other)]
        if mine is theirs or not bound.may_join(mine, theirs):
            continue
        if _agree(mine, theirs, scores):
            join(pair)
    out: list[tuple[list[Unit], list[Weighed]]] = []
    done: set[int] = set()
    for unit in units:
        members = group[id(unit)]
        if id(members) not in done:
            done.add(id(members))
            out.append((members, reasons.get(id(members), [])))
    return out


def _refers(pair: Weighed) -> bool:
    """Whether a report itself says that one account goes on telling of the other."""
    one, other = pair.one.event, pair.other.event
    return (one is not None and one.event_ref == pair.other.id) or (
        other is not None and other.event_ref == pair.one.id
    )


def _grounded(pair: Weighed) -> bool:
    """Two accounts need agreement in time or place that is more than vague."""
    a, b = pair.one, pair.other
    timed = a.days is not None and b.days is not None and not (a.assumed or b.assumed)
    placed = a.where is not None and b.where is not None
    return timed or placed


def _agree(
    mine: Sequence[Unit], theirs: Sequence[Unit], scores: Mapping[tuple[int, int], float]
) -> bool:
    found = []
    for a in mine:
        for b in theirs:
            score = scores.get((id(a), id(b)), scores.get((id(b), id(a))))
            if score is not None:
                found.append(score)
    return bool(found) and min(found) > VETO and sum(found) / len(found) >= 0
