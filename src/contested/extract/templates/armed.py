"""What kind of weapon was used where the report names none: a shot is fired from a gun."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from contested.extract.lexicon import lexicon
from contested.extract.reading import Reading
from contested.language.encoder.scenes import Participant

SHOOTING = "shooting"
OF_TYPE = {"BOMBING": "EXPLOSIVE"}


def weapon_kind(reading: Reading, kind: str, struck: Sequence[Participant]) -> str | None:
    """The kind that an incident of this type used, as its words for the deed tell."""
    if kind != "ATTACK":
        return OF_TYPE.get(kind)
    at = [start for one in struck for start, _ in one.at]
    for sentence in reading.sentences:
        if any(sentence.start <= start < sentence.end for start in at):
            tokens = sentence.tokens_in(sentence.start, sentence.end)
            if any(t.lemma_.lower() in _shots() for t in tokens):
                return "GUN"
    return None


@lru_cache(maxsize=1)
def _shots() -> frozenset[str]:
    """The lemmas of the trigger table that tell of shooting."""
    triggers = {**lexicon().verbs, **lexicon().nouns}
    return frozenset(lemma for lemma, trigger in triggers.items() if trigger.type == SHOOTING)
