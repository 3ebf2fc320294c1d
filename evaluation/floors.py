"""Floors: what a measure must reach on the very data that it reached it on before.

``floors.json`` holds, for each measure, the SHA-256 of its data, a floor a figure, why it was
set, and what stood there before. A floor applies to that data only. It changes only through
``--set-floors REASON``.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from evaluation.measure import Figure, Measured

FLOORS = Path(__file__).with_name("floors.json")


def floor_of(figure: Figure) -> float:
    """The floor that a measured figure gives: its value, coarsened to the worse side.

    >>> floor_of(Figure("share", 83.74, "a share"))
    83.5
    """
    steps = figure.value / figure.step
    whole = math.ceil(steps - 1e-9) if figure.better == "lower" else math.floor(steps + 1e-9)
    return round(whole * figure.step, 6)


def below(measured: Measured, path: Path | None = None) -> list[str]:
    """What is worse than its floor, a line each; empty where the data is not the pinned one."""
    pinned = _load(path).get(measured.measure)
    if pinned is None or pinned["sha256"] != measured.sha256 or not measured.whole:
        return []
    found = {figure.name: figure for figure in measured.figures}
    out = []
    for name, floor in pinned["floors"].items():
        figure = found.get(name)
        if figure is None:
            out.append(f"{measured.measure}.{name}: pinned at {floor:g} and not measured")
        elif _worse(figure, floor):
            side = "above its ceiling" if figure.better == "lower" else "below its floor"
            out.append(f"{measured.measure}.{name}: {figure.value:.4g} is {side} {floor:g}")
    return out


def applies(measured: Measured, path: Path | None = None) -> bool:
    """Whether floors are pinned for exactly this data."""
    pinned = _load(path).get(measured.measure)
    return bool(pinned and measured.whole and pinned["sha256"] == measured.sha256)


def pin(results: Iterable[Measured], reason: str, path: Path | None = None) -> None:
    """Set the floors of these measures to what they measured, and keep what stood before."""
    table = _load(path)
    for measured in results:
        if not measured.whole:
            continue
        floors = {f.name: floor_of(f) for f in measured.figures if f.better is not None}
        old = table.get(measured.measure)
        if old and (old["floors"], old["sha256"]) == (floors, measured.sha256):
            continue
        before = [*old.pop("before"), old] if old else []
        table[measured.measure] = {
            "sha256": measured.sha256,
            "data": measured.data,
            "reason": reason,
            "floors": floors,
            "before": before,
        }
    text = json.dumps(dict(sorted(table.items())), indent=2, ensure_ascii=False)
    (path or FLOORS).write_text(text + "\n", encoding="utf-8")


def _worse(figure: Figure, floor: float) -> bool:
    if figure.better == "lower":
        return figure.value > floor + 1e-9
    return figure.value < floor - 1e-9


def _load(path: Path | None) -> dict[str, Any]:
    path = path or FLOORS
    if not path.exists():
        return {}
    table: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return table
