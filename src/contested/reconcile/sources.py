"""What claims are read with: their reports, the world tables, and which text copies which."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from contested.model import Report
from contested.reconcile.origins import Origins
from contested.world import World


@dataclass(frozen=True, slots=True)
class Sources:
    """Reports by id, the world tables, and the origins of claims."""

    reports: Mapping[str, Report]
    world: World
    origins: Origins

    @classmethod
    def of(cls, reports: Mapping[str, Report], world: World) -> Sources:
        """With copies worked out from the texts."""
        return cls(reports, world, Origins(reports, world))
