"""CEAF-REE: scoring of role fillers as entities, as Du, Rush and Cardie defined it (EACL 2021).

Each predicted entity may stand for one annotated entity and each annotated for one predicted;
the assignment is the best there is (Luo, 2005). A predicted entity is right (strict variant, the
one published) if all its writings, without case, articles and punctuation, are writings of the
annotated one.
"""

from __future__ import annotations

import re
import string
from collections.abc import Sequence

from evaluation.measure import f_score, share

_ARTICLES = re.compile(r"\b(?:a|an|the)\b")
_MARKS = str.maketrans("", "", string.punctuation)


def normal(words: str) -> str:
    """`words` without case, punctuation, articles and further spaces.

    >>> normal('The "Santo Tomas" farm')
    'santo tomas farm'
    """
    return " ".join(_ARTICLES.sub(" ", words.lower().translate(_MARKS)).split())


def matched(gold: Sequence[Sequence[str]], mine: Sequence[Sequence[str]]) -> int:
    """How many predicted entities the best one-to-one assignment makes right."""
    sets = [{normal(m) for m in entity} for entity in gold]
    fits = [
        [n for n, known in enumerate(sets) if {normal(m) for m in entity} <= known]
        for entity in mine
    ]
    taken: dict[int, int] = {}

    def place(at: int, tried: set[int]) -> bool:
        for n in fits[at]:
            if n not in tried:
                tried.add(n)
                if n not in taken or place(taken[n], tried):
                    taken[n] = at
                    return True
        return False

    return sum(place(at, set()) for at in range(len(mine)))


class Ceaf:
    """Adds up texts for one role, or for all."""

    def __init__(self) -> None:
        self.right = self.said = self.there = 0

    def add(self, gold: Sequence[Sequence[str]], mine: Sequence[Sequence[str]]) -> None:
        """Hold the entities of one role in one text against the annotated ones."""
        self.right += matched(gold, mine)
        self.said += len(mine)
        self.there += len(gold)

    def __iadd__(self, other: Ceaf) -> Ceaf:
        self.right += other.right
        self.said += other.said
        self.there += other.there
        return self

    @property
    def precision(self) -> float:
        """Share of predicted entities that are right."""
        return share(self.right, self.said)

    @property
    def recall(self) -> float:
        """Share of annotated entities that were found."""
        return share(self.right, self.there)

    @property
    def f(self) -> float:
        """Their F-score."""
        return f_score(self.precision, self.recall)
