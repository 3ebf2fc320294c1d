"""What a measure gives: figures, each with a name, a unit and the direction that is better."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

Better = Literal["higher", "lower"]


class NoData(Exception):
    """The corpus of a measure is not here."""


class BadData(Exception):
    """The corpus is here and does not have the shape that the measure reads."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One number. Without `better` it has no floor: one half of a trade, a speed.

    `step` is the coarseness of its floor: half a point for shares, one for counts.
    """

    name: str
    value: float
    label: str
    unit: str = "%"
    better: Better | None = "higher"
    step: float = 0.5

    def shown(self) -> str:
        """The value with its unit, as printed."""
        if self.unit == "count":
            return f"{self.value:,.0f}"
        if self.unit == "%":
            return f"{self.value:.1f}%"
        number = f"{self.value:,.0f}" if self.value >= 100 else f"{self.value:.3f}"
        return f"{number} {self.unit}".strip()


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """The figures of one measure.

    `data` says in words what was scored and `sha256` which bytes. `whole` is false where only
    a part was scored (``--limit``): no floor applies and no figure is published.
    """

    measure: str
    title: str
    command: str
    data: str
    sha256: str
    figures: tuple[Figure, ...]
    notes: tuple[str, ...] = ()
    whole: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """How to measure. `limit` takes only the first rows; `errors` prints so many misses."""

    limit: int | None = None
    errors: int = 0
    misses: bool = False
    jobs: int = 1


Say = Callable[[str], None]


def share(part: float, whole: float) -> float:
    """`part` of `whole` in percent; 0 of nothing is 0."""
    return 100.0 * part / whole if whole else 0.0


def f_score(precision: float, recall: float) -> float:
    """Harmonic mean of the two (van Rijsbergen, 1979), in their unit."""
    both = precision + recall
    return 2 * precision * recall / both if both else 0.0


def fingerprint(paths: Iterable[Path]) -> str:
    """SHA-256 over names and bytes of `paths`, the same on every machine.

    >>> fingerprint([])[:8]
    'e3b0c442'
    """
    return digest_of((path.name, hashlib.sha256(path.read_bytes()).hexdigest()) for path in paths)


def digest_of(parts: Iterable[tuple[str, str]]) -> str:
    """SHA-256 over names and the SHA-256 of what they name, in the order of both."""
    whole = hashlib.sha256()
    for name, digest in sorted(parts):
        whole.update(f"{name}\0{digest}\n".encode())
    return whole.hexdigest()


def files_under(folder: Path, pattern: str) -> list[Path]:
    """Files of `folder` that fit, by name. Raises NoData if there are none."""
    found = sorted(p for p in folder.glob(pattern) if p.is_file())
    if not found:
        raise NoData(f"{folder}/{pattern}")
    return found


def present(path: Path) -> Path:
    """`path`, if it is there. Raises NoData if not."""
    if not path.exists():
        raise NoData(str(path))
    return path
