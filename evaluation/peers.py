"""What others reached, from peers.csv: reported figures, not measured here."""

from __future__ import annotations

import csv
from functools import lru_cache
from pathlib import Path

PEERS = Path(__file__).with_name("peers.csv")


@lru_cache(maxsize=1)
def _table() -> dict[tuple[str, str], list[str]]:
    out: dict[tuple[str, str], list[str]] = {}
    with PEERS.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            note = f" ({row['note']})" if row["note"] else ""
            words = f"{row['peer']} {row['value']}{note}"
            out.setdefault((row["measure"], row["figure"]), []).append(words)
    return out


def peers(measure: str, figure: str) -> str:
    """What others reached on that figure, in words, or an empty string."""
    return "; ".join(_table().get((measure, figure), ()))
