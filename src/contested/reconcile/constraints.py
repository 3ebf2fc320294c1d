"""What persons decided on which claims are of one happening: binding for every linker."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations

from contested.reconcile.units import Unit


@dataclass(frozen=True, slots=True, kw_only=True)
class Constraints:
    """Claims, by id, that belong together or apart whatever the weights say.

    The claims of each group of `together` end in one incident; groups that share a claim are
    one. No claim of one side of an `apart` pair ends in an incident with one of the other side.
    `words` say for each group of `together` who decided so and why. `rules` name for some
    claims the rule by which `best` of their incident is derived; the last one prevails.
    """

    together: tuple[frozenset[str], ...] = ()
    apart: tuple[tuple[frozenset[str], frozenset[str]], ...] = ()
    words: tuple[str, ...] = ()
    rules: tuple[tuple[frozenset[str], str], ...] = ()

    def saying(self, number: int) -> str:
        """Why group `number` of `together` is one."""
        return self.words[number] if number < len(self.words) else "decided by a person"

    def rule_of(self, claims: Iterable[str], default: str) -> str:
        """The rule of an incident of these claims."""
        mine = set(claims)
        chosen = [rule for members, rule in self.rules if mine & members]
        return chosen[-1] if chosen else default


NONE = Constraints()


class Bound:
    """The constraints on some accounts: pairs to be joined first, and who may never meet."""

    def __init__(self, constraints: Constraints, units: Sequence[Unit]) -> None:
        self._constraints = constraints
        self._homes: dict[str, list[Unit]] = {}
        if constraints.together or constraints.apart:
            for unit in units:
                for claim in unit.claims:
                    self._homes.setdefault(claim.id, []).append(unit)
        self._barred = self._banned()

    def _banned(self) -> dict[int, set[int]]:
        out: dict[int, set[int]] = {}
        for one, other in self._constraints.apart:
            mine, theirs = self._accounts(one), self._accounts(other)
            for a in mine:
                for b in theirs:
                    if a is not b:
                        out.setdefault(id(a), set()).add(id(b))
                        out.setdefault(id(b), set()).add(id(a))
        return out

    def _accounts(self, claims: Iterable[str]) -> list[Unit]:
        found = {id(unit): unit for claim in sorted(claims) for unit in self._homes.get(claim, ())}
        return sorted(found.values(), key=lambda unit: unit.id)

    def joined(self) -> Iterable[tuple[Unit, Unit, str]]:
        """Accounts that are one happening by decision, with the words that say so.

        All pairs of a group come, since a part of them may be kept apart by another decision.
        """
        for number, group in enumerate(self._constraints.together):
            for one, other in combinations(self._accounts(group), 2):
                yield one, other, self._constraints.saying(number)

    def may_join(self, one: Sequence[Unit], other: Sequence[Unit]) -> bool:
        """Whether no decision keeps an account of one group from one of the other."""
        if not self._barred:
            return True
        theirs = {id(unit) for unit in other}
        return all(self._barred.get(id(unit), set()).isdisjoint(theirs) for unit in one)
