"""What the words of participants say together."""

from __future__ import annotations

from collections.abc import Sequence

from contested.language.encoder.scenes import Participant

NONE = "NONE"


def likeliest(ones: Sequence[Participant], question: str, *, none: bool = False) -> str | None:
    """The answer with the highest mean chance; None for no answer, which only `none` allows."""
    sums: dict[str, float] = {}
    for one in ones:
        for answer, chance in one.answers.get(question, {}).items():
            if none or answer != NONE:
                sums[answer] = sums.get(answer, 0.0) + chance
    best = max(sums, key=lambda answer: sums[answer], default=NONE)
    return None if best == NONE else best
