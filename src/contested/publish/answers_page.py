"""Answers of several analyses as one page that needs nothing beside it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

SHOWN = 24
STYLE = (
    "body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;"
    "color:#1a1a1a;background:#fff}h2{margin-top:3rem}table{border-collapse:collapse;"
    "font-size:.85rem}td,th{padding:.15rem .6rem;text-align:left;border-bottom:1px solid #ddd}"
    "td.n{text-align:right;font-variant-numeric:tabular-nums}.scroll{overflow-x:auto}"
    "ul{font-size:.85rem}svg{max-width:100%;height:auto}.refused{color:#8a4b00}"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """One answer: its sentence, its rows as plain data, its picture (SVG) and what was assumed.

    `files` are names of files beside the page that hold all of it.
    """

    name: str
    title: str
    answer: str
    rows: Sequence[Mapping[str, Any]] = ()
    picture: str = ""
    assumptions: Sequence[str] = ()
    warnings: Sequence[str] = ()
    files: Sequence[str] = ()
    refused: bool = False


def page(title: str, about: str, sections: Sequence[Section], again: str) -> str:
    """The whole page as HTML."""
    listed = "".join(
        f'<li><a href="#{escape(one.name)}">{escape(one.title)}</a></li>' for one in sections
    )
    parts = "".join(_section(one) for one in sections)
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{escape(title)}'
        f'</title><meta name="viewport" content="width=device-width"><style>{STYLE}</style></head>'
        f"<body><h1>{escape(title)}</h1><p>{escape(about)}</p><nav><ul>{listed}</ul></nav>{parts}"
        f"<footer><p>Again: <code>{escape(again)}</code></p></footer></body></html>\n"
    )


def _section(one: Section) -> str:
    kind = ' class="refused"' if one.refused else ""
    files = ", ".join(f'<a href="{escape(name)}">{escape(name)}</a>' for name in one.files)
    said = "".join(f"<li>{escape(words)}</li>" for words in one.assumptions)
    warned = "".join(f"<p><strong>Warning:</strong> {escape(words)}</p>" for words in one.warnings)
    return (
        f'<section id="{escape(one.name)}"><h2>{escape(one.title)}</h2>'
        f"<p{kind}>{escape(one.answer)}</p>{warned}{one.picture}{_table(one.rows)}"
        + (f"<p>Whole: {files}</p>" if files else "")
        + (f"<details><summary>Assumed</summary><ul>{said}</ul></details>" if said else "")
        + "</section>"
    )


def _table(rows: Sequence[Mapping[str, Any]]) -> str:
    if not rows:
        return ""
    flat = [flattened(row) for row in rows[:SHOWN]]
    heads = [name for name in flat[0] if any(row.get(name) is not None for row in flat)]
    head = "".join(f"<th>{escape(name.replace('_', ' '))}</th>" for name in heads)
    body = "".join(
        "<tr>" + "".join(_cell(row.get(name)) for name in heads) + "</tr>" for row in flat
    )
    more = f"<p>{len(rows) - SHOWN} rows more.</p>" if len(rows) > SHOWN else ""
    return f'<div class="scroll"><table><tr>{head}</tr>{body}</table></div>{more}'


def _cell(value: Any) -> str:
    if isinstance(value, int | float) and not isinstance(value, bool):
        return f'<td class="n">{value:,g}</td>' if value < 1e6 else f'<td class="n">{value:,}</td>'
    return f"<td>{escape('' if value is None else str(value))}</td>"


def flattened(row: Mapping[str, Any]) -> dict[str, Any]:
    """Nested values as columns of their own, lists as words."""
    out: dict[str, Any] = {}
    for name, value in row.items():
        if isinstance(value, Mapping):
            out |= {f"{name}_{inner}": one for inner, one in flattened(value).items()}
        elif isinstance(value, list | tuple):
            out[name] = "; ".join(str(one) for one in value)
        else:
            out[name] = value
    return out
