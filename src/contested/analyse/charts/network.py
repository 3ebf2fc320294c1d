"""Ties as a picture of points and lines; where each point stands is computed, always alike."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from contested.analyse.answer import needed
from contested.analyse.charts.style import COLOURS, finished
from contested.errors import TooFew, UsageError

MOST_DRAWN = 250
SIZE = 640
SHORT = 26
SEED = 7

Line = Mapping[str, Any]


def drawn(
    lines: Sequence[Line],
    names: Mapping[str, str],
    *,
    title: str,
    description: str,
    colours: str,
    subtitle: Sequence[str] = (),
) -> dict[str, Any]:
    """Points and arrows. Each line has `source`, `target`, `kind` (colour), `strength` (0 to 1,
    how dark), `dashed`, `label` and `told` (words).

    The layout is force-directed from fixed starts (Fruchterman and Reingold, 1991, Software
    Practice and Experience 21). Raises UsageError where there are too many points to be told
    apart, TooFew where there is none.
    """
    alt = needed("altair")
    nodes = sorted({str(line[end]) for line in lines for end in ("source", "target")})
    if not nodes:
        raise TooFew("No tie is left to draw. Widen the filters.")
    if len(nodes) > MOST_DRAWN:
        raise UsageError(
            f"{len(nodes)} points are too many for a picture (at most {MOST_DRAWN}): narrow the "
            "time, the place or the actors, or take the table."
        )
    at = places(nodes, lines)
    ends = alt.Chart(alt.Data(values=list(_rows(lines, at))))
    colour = alt.Color("kind:N", title=colours, scale=alt.Scale(range=list(COLOURS)))
    axis: dict[str, Any] = {"axis": None, "scale": alt.Scale(domain=[-1.2, 1.2])}
    tips = [alt.Tooltip("label:N", title="tie"), alt.Tooltip("told:N", title="according to")]
    x, y = alt.X("x:Q", **axis), alt.Y("y:Q", **axis)
    dark = alt.Opacity("strength:Q", legend=None, scale=alt.Scale(domain=[0, 1], range=[0.25, 1]))
    arcs = ends.mark_rule(strokeWidth=2).encode(
        x=x, y=y, x2="x2:Q", y2="y2:Q", color=colour, opacity=dark, tooltip=tips,
        strokeDash=alt.StrokeDash(
            "dashed:N", title=None,
            scale=alt.Scale(domain=["told", "denied"], range=[[1, 0], [5, 4]]),
        ),
    )  # fmt: skip
    heads = (
        ends.transform_filter("datum.pointed")
        .mark_point(shape="triangle", filled=True, size=70)
        .encode(
            x=alt.X("hx:Q", **axis), y=alt.Y("hy:Q", **axis), color=colour, opacity=dark,
            angle=alt.Angle("angle:Q", scale=None), tooltip=tips,
        )
    )  # fmt: skip
    points = alt.Chart(alt.Data(values=[_point(node, names, at) for node in nodes]))
    dots = points.mark_circle(size=110, color="#333333", opacity=1).encode(
        x=x, y=y, tooltip=alt.Tooltip("name:N", title="actor")
    )
    words = points.mark_text(dy=-11, fontSize=11, color="#111111").encode(x=x, y=y, text="short:N")
    return finished(
        alt.layer(arcs, heads, dots, words),
        title,
        description,
        subtitle=subtitle,
        size=(SIZE, SIZE),
    )


def places(nodes: Sequence[str], lines: Iterable[Line]) -> dict[str, tuple[float, float]]:
    """Where each point stands, from -1 to 1, the same for the same lines."""
    nx = needed("networkx")
    graph = nx.Graph()
    graph.add_nodes_from(nodes)
    graph.add_edges_from(sorted((str(line["source"]), str(line["target"])) for line in lines))
    if len(nodes) == 1:
        return {nodes[0]: (0.0, 0.0)}
    at = nx.spring_layout(
        graph, k=2.2 / math.sqrt(len(nodes)), iterations=300, seed=SEED, method="force"
    )
    x, y = (_spread([float(at[node][axis]) for node in nodes]) for axis in (0, 1))
    return {node: (x[n], y[n]) for n, node in enumerate(nodes)}


def _spread(values: Sequence[float]) -> list[float]:
    """From -1 to 1."""
    low, high = min(values), max(values)
    width = (high - low) or 1.0
    return [round(2 * (value - low) / width - 1, 4) for value in values]


def _point(
    node: str, names: Mapping[str, str], at: Mapping[str, tuple[float, float]]
) -> dict[str, Any]:
    name = names.get(node, node)
    short = name.partition(" (")[0]
    short = short if len(short) <= SHORT else short[: SHORT - 1].rstrip() + "…"
    return {"name": name, "short": short, "x": at[node][0], "y": at[node][1]}


def _rows(lines: Sequence[Line], at: Mapping[str, tuple[float, float]]) -> Iterable[dict[str, Any]]:
    """Lines between two points are set side by side."""
    seen: dict[tuple[str, ...], int] = {}
    for line in lines:
        one, other = str(line["source"]), str(line["target"])
        pair = tuple(sorted((one, other)))
        number = seen[pair] = seen.get(pair, -1) + 1
        (x, y), (x2, y2) = at[one], at[other]
        across = math.hypot(x2 - x, y2 - y) or 1.0
        turn = 1 if pair[0] == one else -1
        aside = 0.022 * ((number + 1) // 2) * (1 if number % 2 else -1) * turn
        dx, dy = -(y2 - y) / across * aside, (x2 - x) / across * aside
        x, y, x2, y2 = x + dx, y + dy, x2 + dx, y2 + dy
        yield {
            "kind": line["kind"],
            "strength": line["strength"],
            "dashed": "denied" if line["dashed"] else "told",
            "label": line["label"],
            "told": line["told"],
            "pointed": bool(line.get("pointed", True)),
            "angle": round(math.degrees(math.atan2(x2 - x, y2 - y)), 1),
        } | {
            key: round(value, 4)
            for key, value in (
                ("x", x), ("y", y), ("x2", x2), ("y2", y2),
                ("hx", x + 0.8 * (x2 - x)), ("hy", y + 0.8 * (y2 - y)),
            )
        }  # fmt: skip


def chart(found: Any) -> dict[str, Any]:
    """The ties of a network; those that nobody asserts are left out."""
    ties = [tie for tie in found.rows if tie.chance > 0]
    names = {
        node: name
        for tie in ties
        for node, name in ((tie.subject, tie.subject_name), (tie.object, tie.object_name))
    }
    lines = [
        {
            "source": tie.subject,
            "target": tie.object,
            "kind": tie.arrow,
            "strength": tie.chance,
            "dashed": bool(tie.denied_by or tie.also),
            "label": f"{tie.sentence} ({tie.standing})",
            "told": ", ".join(tie.asserted_by),
            "pointed": not tie.mutual,
        }
        for tie in ties
    ]
    told = "; ".join(f"{line['label']}, according to {line['told']}" for line in lines[:12])
    return drawn(
        lines,
        names,
        title="Ties between actors, as reported",
        description=f"{found.answer} {told}.",
        colours="tie",
        subtitle=("Fainter: less certain. Dashed: denied by somebody.",),
    )
