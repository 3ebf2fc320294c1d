"""A brief as one HTML page that needs nothing beside it, and prints well."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from contested.publish.brief.content import Brief, Entry, Figure, Picture, Reading, Reference

STYLE = """
:root{color-scheme:light}
body{font:15px/1.45 system-ui,"Segoe UI",Roboto,"Noto Sans",sans-serif;color:#1c1d1f;
background:#fff;font-variant-numeric:tabular-nums;max-width:52rem;margin:2rem auto;padding:0 1.2rem;
overflow-wrap:anywhere}
h1{font-size:1.5rem;margin:0 0 .2rem;line-height:1.25}
h2{font-size:1.1rem;margin:1.8rem 0 .4rem;padding-top:.5rem;border-top:1px solid #d0d0cb}
h3{font-size:1rem;margin:1.1rem 0 .1rem}
p{margin:.3rem 0}.dim{color:#5d6066;font-size:.87rem}.disputed{color:#9a4a00;font-weight:600}
article{break-inside:avoid;margin:.9rem 0}
table{border-collapse:collapse;margin:.2rem 0;width:100%}
th,td{text-align:left;vertical-align:top;font-weight:400;padding:.12rem .8rem .12rem 0;
border-bottom:1px solid #e2e2dd;font-size:.9rem}
table{table-layout:fixed}td.n{text-align:right;width:11rem}td.n+td{width:7rem}
.contents ul{columns:2}.contents details ol{columns:1}
@media(max-width:40rem){.contents ul{columns:1}td.n{width:7rem}td.n+td{width:4rem}}
caption{text-align:left;font-weight:600;font-size:.9rem;
padding-top:.3rem}.denies td{text-decoration:line-through}
figure{margin:.6rem 0;break-inside:avoid}figcaption{font-weight:600;font-size:.9rem}
svg{max-width:100%;height:auto}ul,ol{padding-left:1.3rem;margin:.3rem 0}li{margin:.15rem 0}
code{font:.85rem ui-monospace,monospace}a{color:#0b5394}
.refused{border-left:3px solid #9a4a00;padding-left:.6rem}
@page{size:A4;margin:18mm 16mm}
@media print{body{margin:0;padding:0;max-width:none;font-size:10.5pt}a{color:inherit}
h2,h3{break-after:avoid}}
"""


def page(brief: Brief) -> str:
    """The whole page. Every word is escaped; the pictures are the program's own."""
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width">'
        '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; '
        "style-src 'unsafe-inline'; img-src data:\">"
        f"<title>{escape(brief.title)}</title><style>{STYLE}</style></head>\n<body>\n"
        + body(brief)
        + "</body></html>\n"
    )


def body(brief: Brief) -> str:
    """What stands in the body of the page."""
    parts = [_head(brief)]
    if brief.empty:
        parts.append(f"<p class=refused>{escape(brief.empty)}</p>")
    if brief.map:
        parts.append(_picture(brief.map))
    parts.append(_contents(brief))
    parts.append(_listed("In dispute", brief.disputes))
    if brief.entries:
        more = (
            f"<p class=dim>{brief.left_out:,} more incidents are counted above and not told here: "
            "narrow the period or the place.</p>"
            if brief.left_out
            else ""
        )
        parts.append(f"<h2 id=incidents>Incidents</h2>{''.join(map(_entry, brief.entries))}{more}")
    parts.append(_listed("Agreements and talks", brief.agreements))
    if brief.readings:
        parts.append(f"<h2 id=trends>Trends</h2>{''.join(map(_reading, brief.readings))}")
    if brief.sources:
        rows = "".join(map(_source, brief.sources))
        parts.append(f"<h2 id=sources>Sources</h2><ol>{rows}</ol>")
    parts.append(_listed("Method", brief.method))
    parts.append(
        f"<p class=dim>{escape(brief.citation)}</p>"
        f"<p class=dim>Again: <code>{escape(brief.command)}</code></p>\n"
    )
    return "\n".join(filter(None, parts))


def _head(brief: Brief) -> str:
    statuses = " · ".join(f"{escape(name)} {count:,}" for name, count in brief.statuses)
    return (
        f"<h1>{escape(brief.title)}</h1>"
        f"<p class=dim>The record as of {escape(brief.as_of)}; made {escape(brief.made)}</p>"
        f"<p>{escape(brief.sums)}</p>" + (f"<p>{statuses}</p>" if statuses else "")
    )


def _listed(head: str, lines: Iterable[str]) -> str:
    items = "".join(f"<li>{escape(one)}</li>" for one in lines)
    return f"<h2 id={_anchor(head)}>{escape(head)}</h2><ul>{items}</ul>" if items else ""


def _anchor(head: str) -> str:
    return head.lower().replace(" ", "-")


def _contents(brief: Brief) -> str:
    """The parts that there are, with how much is in each; incidents by name where they are few."""
    parts = (
        ("In dispute", len(brief.disputes)),
        ("Incidents", len(brief.entries)),
        ("Agreements and talks", len(brief.agreements)),
        ("Trends", len(brief.readings)),
        ("Sources", len(brief.sources)),
        ("Method", 0),
    )
    rows = ""
    for head, number in parts:
        if not number and head != "Method":
            continue
        count = f" <span class=dim>{number:,}</span>" if number else ""
        below = _entries(brief.entries) if head == "Incidents" else ""
        rows += f'<li><a href="#{_anchor(head)}">{head}</a>{count}{below}</li>'
    return f'<nav class=contents aria-label="Contents"><ul>{rows}</ul></nav>'


def _entries(entries: Iterable[Entry]) -> str:
    rows = "".join(
        f'<li><a href="#{escape(one.id)}">{escape(one.what)}</a> '
        f"<span class=dim>{escape(one.where)}, {escape(one.when)}</span></li>"
        for one in entries
    )
    return f"<details><summary>each of them</summary><ol>{rows}</ol></details>"


def _entry(one: Entry) -> str:
    status = f'<span class="{"disputed" if one.disputed else "dim"}">{escape(one.status)}</span>'
    lines = [
        f"<h3>{escape(one.what)}</h3><p>{escape(one.where)}, {escape(one.when)} · {status}</p>",
        f"<p>{escape(one.sides)}</p>" if one.sides else "",
        *map(_figure, one.figures),
        *(f"<p class=disputed>{escape(words)}</p>" for words in one.accounts),
        f"<p>{escape(one.claimed)}</p>" if one.claimed else "",
        f"<p class=dim>{escape(one.id)} · {_numbers(one.sources)}</p>",
    ]
    return f'<article id="{escape(one.id)}">' + f"{''.join(lines)}</article>"


def _figure(one: Figure) -> str:
    rows = "".join(
        f"<tr{' class=denies' if told.stance == 'denies' else ''}><td>{escape(told.voice)}</td>"
        f"<td class=n>{escape(told.said)}</td><td class=dim>{_numbers(told.sources)}</td></tr>"
        for told in one.voices
    )
    mark = ' <span class="disputed">▨ disputed</span>' if one.disputed else ""
    return (
        f"<table><caption>{escape(one.name)}: {escape(one.derived)}{mark}</caption>{rows}</table>"
    )


def _numbers(sources: Iterable[int]) -> str:
    return " ".join(f'<a href="#source-{n}">[{n}]</a>' for n in sources)


def _reading(one: Reading) -> str:
    kind = ' class="refused"' if one.refused else ""
    warned = "".join(f"<p class=dim>Warning: {escape(words)}</p>" for words in one.warnings)
    assumed = "".join(f"<li>{escape(words)}</li>" for words in one.assumptions)
    return (
        f"<h3>{escape(one.title)}</h3><p{kind}>{escape(one.answer)}</p>{warned}"
        + (_picture(one.picture) if one.picture else "")
        + (f"<p class=dim>Assumed:</p><ul class=dim>{assumed}</ul>" if assumed else "")
        + f"<p class=dim><code>{escape(one.command)}</code></p>"
    )


def _picture(one: Picture) -> str:
    svg = one.svg[one.svg.index("<svg") :] if "<svg" in one.svg else ""
    words = f"<p class=dim>{escape(one.words)}</p>" if one.words else ""
    title = f"<figcaption>{escape(one.title)}</figcaption>" if one.title else ""
    return f"<figure>{title}{svg}{words}</figure>"


def _source(one: Reference) -> str:
    told = ", ".join(escape(part) for part in (one.outlet, one.published, one.address) if part)
    return (
        f'<li id="source-{one.number}" value="{one.number}">{escape(one.title)}. {told} '
        f"<span class=dim>{escape(one.id)}</span></li>"
    )
