"""What the language pipeline takes the names of a report for: persons, organisations, places."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from typing import NamedTuple

_SAME = {
    "GPE": "PLACE", "LOC": "PLACE", "FAC": "PLACE", "PER": "PERSON", "ORGANIZATION": "ORG",
}  # fmt: skip
KINDS = ("PLACE", "PERSON", "ORG")


class Name(NamedTuple):
    """Characters `start` to `end` are a name of `kind` ``PLACE``, ``PERSON`` or ``ORG``."""

    start: int
    end: int
    kind: str


class Names:
    """The names of a report, in order."""

    def __init__(self, names: Iterable[Name] = ()) -> None:
        same = (Name(n.start, n.end, _SAME.get(n.kind, n.kind)) for n in names)
        self._names = sorted(n for n in same if n.kind in KINDS)
        self._starts = [n.start for n in self._names]

    def over(self, start: int, end: int) -> Name | None:
        """The first name that has characters of these."""
        at = max(0, bisect_right(self._starts, start) - 1)
        for name in self._names[at : at + 3]:
            if name.start < end and name.end > start:
                return name
        return None

    def kind(self, start: int, end: int) -> str:
        """``PLACE``, ``PERSON`` or ``ORG`` for a name that is just this one, ``in PLACE`` and so
        on for a longer one that holds it, and empty where there is none."""
        name = self.over(start, end)
        if name is None:
            return ""
        return name.kind if name.end - name.start <= end - start + 1 else f"in {name.kind}"
