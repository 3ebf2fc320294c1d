"""``docs/figures.md``: measured figures, written by the measures and the benchmarks.

Each block stands between two comments that name it. A run replaces the blocks that it measured
and keeps all others, so that measures and benchmarks, or two machines with different corpora,
do not take each other's figures away. No date and no machine name: the same figures give the
same page.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from evaluation.measure import Measured
from evaluation.peers import peers

PAGE = Path(__file__).resolve().parents[1] / "docs" / "figures.md"
_BLOCK = re.compile(r"<!-- begin ([\w:-]+) -->\n(.*?)<!-- end \1 -->\n", re.DOTALL)
INTRO = """# Figures

Everything here was measured by the commands beside it and written by `make eval` and
`make bench`. Don't edit it: run them. A corpus is named by the first digits of the SHA-256 of
its files. What others reached is as it was reported, not measured here, mostly on other splits
of the same corpus or on other machines; it shows the order of things, not a race.
"""
HEADINGS = {
    "eval": "## Quality\n\n"
    "`python -m evaluation all` measures these. Floors in `evaluation/floors.json` hold them.\n",
    "bench": "## Speed, memory and linking\n\n"
    "`python -m benchmarks` measures these, each by the command beside it. Speeds differ between "
    "machines; the ratios of one run are what to compare. What is generated, and how, is told "
    "in [Generated reports](benchmarks.md).\n",
}


def write(blocks: Mapping[str, str], path: Path = PAGE) -> None:
    """Put `blocks` (``eval:satp``: text) into the page, over those of the same name."""
    known = dict(_BLOCK.findall(path.read_text("utf-8"))) if path.exists() else {}
    known.update({name: text.rstrip("\n") + "\n" for name, text in blocks.items()})
    parts = [INTRO]
    for section, heading in HEADINGS.items():
        mine = {name: text for name, text in known.items() if name.startswith(section + ":")}
        if mine:
            parts.append(heading)
        parts += [f"<!-- begin {name} -->\n{mine[name]}<!-- end {name} -->\n" for name in mine]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(parts), encoding="utf-8")


def block(measured: Measured) -> str:
    """One measure as Markdown: what was measured, how, on what, and what others reached."""
    lines = [
        f"### {measured.title}",
        "",
        f"`{measured.command}` on {measured.data} (SHA-256 `{measured.sha256[:12]}`).",
        *(f"{note}" for note in measured.notes),
        "",
    ]
    rows = [(f.label, f.shown(), peers(measured.measure, f.name)) for f in measured.figures]
    return "\n".join([*lines, *table(("figure", "here", "others"), rows)])


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    """A Markdown table without columns that are empty in every row."""
    full = list(rows)
    keep = [i for i in range(len(heads)) if any(row[i] for row in full)]
    out = ["| " + " | ".join(heads[i] for i in keep) + " |", "|" + " --- |" * len(keep)]
    out += ["| " + " | ".join(row[i] for i in keep) + " |" for row in full]
    return out
