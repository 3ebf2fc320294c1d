"""What the words of participants say: by the network, and by words that were seen in keys.

A multinomial logistic regression on words, whose weights (``data/lexicon/answer_weights.csv``)
``training/answers.py`` fits to the development texts of MUC-3/4. The network learnt the same from
the same texts, and knows most of them by heart; on others the words alone are surer, and both
together surest.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from math import log

from contested.extract.lexicon import table
from contested.language.encoder.scenes import Participant

NONE = "NONE"
TRUST = 0.5
"""How much the network's chances count beside the words. Tuned on TST1 and TST2 of MUC-3/4."""
DOUBT = 0.02
"""Added to each chance of the network: it is never quite sure."""
Sums = Mapping[str, float]


def likeliest(ones: Sequence[Participant], question: str, *, none: bool = False) -> str | None:
    """The answer with the highest mean chance; None for no answer, which only `none` allows."""
    sums: dict[str, float] = {}
    for one in ones:
        for answer, chance in one.answers.get(question, {}).items():
            if none or answer != NONE:
                sums[answer] = sums.get(answer, 0.0) + chance
    return _best(sums)


def answered(
    ones: Sequence[Participant], question: str, features: Mapping[str, float], *, none: bool = False
) -> str | None:
    """The answer that words and network together make likeliest; without words, the network's."""
    found = said(question, features)
    if not found:
        return likeliest(ones, question, none=none)
    sums = dict(found)
    for answer in sums:
        chances = [
            one.answers[question].get(answer, 0.0) for one in ones if question in one.answers
        ]
        if chances:
            sums[answer] += TRUST * log(sum(chances) / len(chances) + DOUBT)
    return _best({a: s for a, s in sums.items() if none or a != NONE})


def said(question: str, features: Mapping[str, float]) -> Sums:
    """The sum of weights of each answer; empty where no feature is known."""
    known = _weights().get(question, {})
    if not features.keys() & known.keys():
        return {}
    sums = dict(known.get("", {}))
    for name, value in features.items():
        for answer, weight in known.get(name, {}).items():
            sums[answer] += value * weight
    return sums


def _best(sums: Sums) -> str | None:
    best = max(sums, key=lambda answer: sums[answer], default=NONE)
    return None if best == NONE else best


@lru_cache(maxsize=1)
def _weights() -> dict[str, dict[str, dict[str, float]]]:
    """Of each question, the weight of each feature by answer; the feature "" is always there."""
    out: dict[str, dict[str, dict[str, float]]] = {}
    for row in table("answer_weights"):
        known = out.setdefault(row["question"], {})
        known.setdefault(row["feature"], {})[row["answer"]] = float(row["weight"])
    return out
