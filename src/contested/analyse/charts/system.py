"""The system as points and arrows: thicker where more is told."""

from __future__ import annotations

import math
from typing import Any

from contested.analyse.charts.network import drawn
from contested.analyse.system.board import OTHERS
from contested.analyse.system.system import Arrow, System

MOST_ARROWS = 60
MUTUAL = frozenset(
    {"negotiates with", "clashes with", "is allied with", "is a rival of", "is at war with"}
)
FEW = ("attacks", "clashes with", "supports", "shelters", "negotiates with", "threatens", "denies")
OTHER = "other"


def chart(found: System) -> dict[str, Any]:
    """The arrows most often told; those on others than known actors are left to the table."""
    arrows = [one for one in found.rows if one.count and OTHERS not in (one.source, one.target)]
    shown = arrows[:MOST_ARROWS]
    top = max((one.count for one in shown), default=1)
    lines = [_line(one, top) for one in shown]
    names = {
        node: name
        for one in shown
        for node, name in ((one.source, one.source_name), (one.target, one.target_name))
    }
    left = len(arrows) - len(shown)
    subtitle = ["Fainter: less often told. Dashed: denied by somebody."]
    if left:
        subtitle.append(f"The {len(shown)} arrows most often told; {left} more in the table.")
    return drawn(
        lines,
        names,
        title="The conflict as a system, as reported",
        description=f"{found.answer} {' '.join(found.words)}",
        colours="arrow",
        subtitle=subtitle,
    )


def _line(one: Arrow, top: int) -> dict[str, Any]:
    span = f"{one.low:g} to {one.high:g}"
    return {
        "source": one.source,
        "target": one.target,
        "kind": one.arrow if one.arrow in FEW else OTHER,
        "strength": round(0.3 + 0.7 * math.log1p(one.count) / math.log1p(top), 3),
        "dashed": bool(one.denied_by),
        "label": f"{one.source_name} {one.arrow} {one.target_name}: {one.count} ({span})",
        "told": ", ".join(one.asserted_by) or "incidents of the record",
        "pointed": one.arrow not in MUTUAL,
    }
