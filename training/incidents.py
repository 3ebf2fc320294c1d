"""The development texts of MUC-3/4 with the incidents of their keys, read for training."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Protocol, TypeVar

from contested.extract.reading import Reading
from evaluation.muc_corpus import messages
from evaluation.muc_templates import Template, templates
from evaluation.reading import extractor, report_of

FOLDS, RUN = 5, 7
"""Texts that stand together tell of the same days: so many in a row go into one fold."""
Told = tuple[str, Reading, Sequence[Template]]


class InText(Protocol):
    """What belongs to one text of the corpus."""

    @property
    def text(self) -> str:
        """The name of the text."""


T = TypeVar("T", bound=InText)


def read(folder: Path) -> Iterator[Told]:
    """The development texts that have a key, with their incidents."""
    key = templates(sorted(folder.glob("key-*")))
    files = sorted(p for p in folder.glob("*-muc*") if not p.name.startswith("key-"))
    for message in messages(files):
        needed = [t for t in key.get(message.id, ()) if not t.optional]
        if needed:
            report = report_of(message.id, message.text, message.date)
            yield message.id, extractor().read(report), needed


def stand(text: str, strings: Iterable[str]) -> list[tuple[int, int]]:
    """Where these strings of a key stand."""
    patterns = (r"\b" + r"\s+".join(map(re.escape, s.split())) + r"\b" for s in strings)
    found = {m.span() for p in patterns for m in re.finditer(p, text, re.IGNORECASE)}
    return sorted(found)


def folds(texts: Sequence[str]) -> list[int]:
    """The fold of each text, by the number at the end of its name."""
    return [int(text[-4:]) // RUN % FOLDS for text in texts]


def crossed(rows: Sequence[T], scored: Callable[[Sequence[T], Sequence[T]], float]) -> float:
    """The sum of what each fold scores by the others."""
    fold = folds([row.text for row in rows])
    parts = [
        [[r for r, n in zip(rows, fold, strict=True) if (n == f) == out] for out in (False, True)]
        for f in range(FOLDS)
    ]
    return sum(scored(some, rest) for some, rest in parts)
