"""Role fillers of a text as the program's role heads and merging give them, in the key's terms."""

from __future__ import annotations

from functools import lru_cache

from contested.bundled import ENCODER, folder
from contested.language.encoder.fillers import LEAST, ROLES, Choice, fillers
from contested.language.encoder.roles import RoleReader, Told
from contested.language.encoder.weights import Weights
from evaluation.muc_corpus import ROLES as SLOTS
from evaluation.muc_corpus import Entity

ROLE = dict(zip(ROLES, SLOTS.values(), strict=True))

__all__ = ["LEAST", "ROLE", "Choice", "fillers_told", "role_reader"]


@lru_cache(maxsize=1)
def role_reader() -> RoleReader:
    """The packaged role heads."""
    with folder(ENCODER) as files:
        return RoleReader(Weights.load(files))


def fillers_told(text: str, told: Told, choice: Choice | None = None) -> dict[str, list[Entity]]:
    """The fillers of each role in a text whose mentions are `told`."""
    found = fillers(text, told, choice)
    return {slot: [(one.words,) for one in found[role]] for role, slot in ROLE.items()}
