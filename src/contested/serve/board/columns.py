"""Columns: words as numbers into a list of words, days as numbers, whatever else as it is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int32]
Mask = NDArray[np.bool_]
UNKNOWN = 0
"""The day of a time whose end is not known; the first of all days is 1."""


class Words:
    """A column's different words, each of which has a number; null has one too."""

    def __init__(self) -> None:
        self.all: list[str | None] = []
        self._numbers: dict[str | None, int] = {}

    def coded(self, values: Iterable[str | None]) -> Ints:
        """The numbers of these values; new words get the next ones."""
        numbers = self._numbers
        for value in values:
            if value not in numbers:
                numbers[value] = len(self.all)
                self.all.append(value)
        return np.fromiter((numbers[value] for value in values), np.int32)

    def number(self, word: str | None) -> int:
        """The number of a word; -1 if no row has it."""
        return self._numbers.get(word, -1)

    def fitting(self, fits: Callable[[str], bool]) -> Mask:
        """For each word whether it fits; null never does."""
        return np.array([word is not None and fits(word) for word in self.all], np.bool_)


@lru_cache(maxsize=100_000)
def day(text: str | None) -> int:
    """A day as its number on the calendar; `UNKNOWN` for none."""
    return UNKNOWN if text is None else dt.date.fromisoformat(text).toordinal()


def days(values: Sequence[str | None]) -> Ints:
    """Days as numbers."""
    return np.fromiter(map(day, values), np.int32, len(values))


def floats(values: Sequence[float | None]) -> NDArray[np.float32]:
    """Numbers; null is NaN."""
    return np.array(values, np.float32)


def flags(values: Sequence[Any]) -> Mask:
    """Truths."""
    return np.array([bool(value) for value in values], np.bool_)


def sets(values: Sequence[str]) -> NDArray[Any]:
    """Ids, a line each, as numbers that stand for them in this process."""
    found = np.empty(len(values), np.object_)
    for n, value in enumerate(values):
        found[n] = np.array([hash(id) for id in value.split("\n")] if value else [], np.int64)
    return found


def between(
    dated: Mask, first: Ints, last: Ints, since: int | None, until: int | None
) -> Mask | None:
    """Whatever may have happened between two days; null where neither is asked for."""
    if since is None and until is None:
        return None
    fits = dated.copy()
    if since is not None:
        fits &= (last == UNKNOWN) | (last >= since)
    if until is not None:
        fits &= (first == UNKNOWN) | (first <= until)
    return fits
