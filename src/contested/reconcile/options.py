"""By what claims are reconciled: earlier ids, people's decisions, the rule, the linking."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from contested.model.ratings import Judgements
from contested.model.rules import DEFAULT_RULE
from contested.reconcile.constraints import NONE, Constraints
from contested.reconcile.link import Linking
from contested.reconcile.scene import Options


@dataclass(frozen=True, slots=True, kw_only=True)
class Reconciling:
    """How claims become incidents. Raises UsageError for an unknown `rule`.

    `previous` maps the ids of known incidents to their claims: a group keeps the id of the
    incident with which it shares most claims. `former` does so for incidents as they were
    earlier: a group with the very same claims gets its former id back. `taken` are ids that
    other incidents have. `constraints` are what persons decided on which claims belong together,
    `judgements` on sources and on single claims. `rule` names how `best` is derived, `linking`
    with which weights and where accounts are compared, `as_of` is the day (ISO 8601) that the
    incidents bear.
    """

    previous: Mapping[str, frozenset[str]] = field(default_factory=dict)
    former: Mapping[str, frozenset[str]] = field(default_factory=dict)
    taken: Collection[str] = ()
    constraints: Constraints = NONE
    judgements: Judgements = field(default_factory=Judgements)
    rule: str = DEFAULT_RULE
    linking: Linking = field(default_factory=Linking)
    as_of: str = ""

    def __post_init__(self) -> None:
        self.options()

    def options(self) -> Options:
        """How tolls and responsibility are derived."""
        return Options(rule=self.rule, judgements=self.judgements)
