"""What all charts share: size, colours that colour-blind readers tell apart, words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

COLOURS = (
    "#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#7f7f7f", "#000000",
)  # fmt: skip
"""Okabe and Ito, 2008, Color Universal Design, in another order."""
WIDTH, HEIGHT = 640, 280


def finished(
    chart: Any,
    title: str,
    description: str,
    *,
    subtitle: Sequence[str] = (),
    size: tuple[int, int] | None = (WIDTH, HEIGHT),
) -> dict[str, Any]:
    """The specification of an Altair chart with its words and the common look.

    `description` is read out to those who do not see the chart; give `size` None for charts of
    several parts.
    """
    heading: Any = {"text": title, "anchor": "start", "fontSize": 14}
    if subtitle:
        heading |= {"subtitle": list(subtitle), "subtitleColor": "#555555"}
    known = {"title": heading, "description": description}
    if size:
        known |= {"width": size[0], "height": size[1]}
    dressed = (
        chart.properties(**known)
        .configure_view(stroke=None)
        .configure_range(category=list(COLOURS))
        .configure_axis(labelFontSize=11, titleFontSize=12, titleFontWeight="normal")
    )
    return dict(dressed.to_dict())
