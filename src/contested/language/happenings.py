"""What a pipeline may offer beside syntax: who takes part in what, over a whole report."""

from __future__ import annotations

from typing import Protocol

from contested.language.encoder.roles import RoleMention, Told
from contested.language.encoder.scenes import Scene

__all__ = ["ReadsScenes", "RoleMention", "Scene", "Told"]


class ReadsScenes(Protocol):
    """Finds the happenings of a text and their participants, where a pipeline can."""

    def read(self, text: str) -> Scene:
        """The scene of a whole report."""
        ...

    def mentions(self, text: str, least: float) -> Told:
        """Who and what fills a role in a passage, where likelier than `least`."""
        ...
