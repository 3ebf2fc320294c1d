"""What persons decided on which claims are of one happening: binding for every linker."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from contested.model import MatchReason
from contested.reconcile.link import Decided
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
    """The constraints on some accounts, which are named by their positions in `units`."""

    def __init__(self, constraints: Constraints, units: Sequence[Unit]) -> None:
        self._constraints = constraints
        self._units = units
        self._homes: dict[str, list[int]] = {}
        if constraints.together or constraints.apart:
            for at, unit in enumerate(units):
                for claim in unit.claims:
                    self._homes.setdefault(claim.id, []).append(at)
        self._together = [self._accounts(group) for group in constraints.together]

    def _accounts(self, claims: Iterable[str]) -> list[int]:
        return sorted({at for claim in claims for at in self._homes.get(claim, ())})

    def decided(self) -> Decided:
        """What the linker has to keep to; claims that are not there do no harm."""
        pairs = [
            (self._accounts(one), self._accounts(other)) for one, other in self._constraints.apart
        ]
        return Decided(
            together=[group for group in self._together if len(group) > 1],
            apart=[(one, other) for one, other in pairs if one and other],
        )

    def reasons(self, members: Sequence[int]) -> list[MatchReason]:
        """Why `members` are one happening by decision: as few pairs as connect them."""
        home = {at: at for at in members}

        def find(at: int) -> int:
            while home[at] != at:
                at = home[at]
            return at

        out = []
        for number, group in enumerate(self._together):
            inside = [at for at in group if at in home]
            for other in inside[1:]:
                one, rest = find(inside[0]), find(other)
                if one != rest:
                    home[rest] = one
                    out.append(self._reason(inside[0], other, number))
        return out

    def _reason(self, one: int, other: int, number: int) -> MatchReason:
        return MatchReason(
            claim=self._units[one].id,
            with_claim=self._units[other].id,
            evidence=((self._constraints.saying(number), 0.0),),
            weight=0.0,
        )
