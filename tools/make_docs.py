"""Write the parts of docs/ that are made from code and tables.

    python tools/make_docs.py           write them
    python tools/make_docs.py --check   exit 1 if one is not as it would be written

A page holds such a part between ``<!-- made: NAME -->`` and ``<!-- end -->``; the rest of the
page is written by hand. The part may not be edited: change the code or the table instead.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import typer.main

from contested import errors
from contested.cli import app
from contested.model.rules import RULES
from contested.publish import COLUMNS, EXPORTERS, What
from contested.settings import variables
from contested.world import World

DOCS = Path(__file__).resolve().parents[1] / "docs"
_PART = re.compile(r"(<!-- made: ([\w-]+) -->\n).*?(<!-- end -->)", re.DOTALL)


def table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A Markdown table."""
    lines = ["| " + " | ".join(head) + " |", "|" + " --- |" * len(head)]
    lines += ["| " + " | ".join(_cell(value) for value in row) + " |" for row in rows]
    return "\n".join(lines)


def _cell(value: object) -> str:
    return "" if value is None else " ".join(str(value).split()).replace("|", "\\|")


def code(value: object) -> str:
    return f"`{value}`" if value else ""


def settings() -> str:
    rows = [
        (code(name), code(variable), code(default), meaning)
        for name, variable, default, meaning in variables()
    ]
    return table(("setting", "environment", "default", "meaning"), rows)


def error_tree() -> str:
    drawn = (errors.__doc__ or "").split("\n\n")[1]
    return f"```text\n{drawn}\n```"


def error_table() -> str:
    classes = [
        one
        for one in vars(errors).values()
        if isinstance(one, type) and issubclass(one, errors.ContestedError)
    ]
    return table(
        ("class", "is a", "meaning"),
        [(code(one.__name__), code(one.__mro__[1].__name__), one.__doc__) for one in classes],
    )


def columns(what: What) -> str:
    return table(
        ("column", "meaning"),
        [(code(column.name), column.meaning) for column in COLUMNS[what]],
    )


def formats() -> str:
    rows = [
        (code(one.name), code(one.suffix), ", ".join(one.writes), type(one).__doc__)
        for one in EXPORTERS.values()
    ]
    return table(("format", "file", "holds", "form"), rows)


def codebook() -> str:
    """The tree of event types, each indented under its parent, with its other names."""
    types = World.load().event_types
    rows = []
    for one in types.values():
        depth = len(World.load().type_path(one.id)) - 1
        acled = " / ".join(filter(None, (one.acled_event, one.acled_sub_event)))
        rows.append(
            (
                "&nbsp;&nbsp;" * depth + code(one.id),
                one.definition,
                acled,
                one.ucdp,
                one.gtd,
                one.plover,
                one.cameo,
            )
        )
    return table(("type", "meaning", "ACLED", "UCDP", "GTD", "PLOVER", "CAMEO"), rows)


def sources() -> str:
    rows = [
        (code(one.id), f"[{one.title}]({one.url})" if one.url else one.title, one.licence)
        for one in World.load().sources.values()
    ]
    return table(("source", "what", "licence"), rows)


def rules() -> str:
    """The rules by which `best` is derived."""
    rows = [(code(one.name), one.meaning, one.source) for one in RULES.values()]
    return table(("rule", "best is", "rests on"), rows)


def reliability() -> str:
    """The letters of the packaged table, with their reasons."""
    world = World.load()
    rows = [
        (code(row.subject), row.kind, row.letter, row.reason, code(row.source))
        for row in world.reliability.values()
    ]
    return table(("source", "named by", "letter", "reason", "rests on"), rows)


def party_bias() -> str:
    """What is assumed of voices before any figure is seen."""
    rows = [
        (code(row.relation), f"{row.log_bias:+g}", f"{row.sd:g}", row.reason, code(row.source))
        for row in World.load().party_bias.values()
    ]
    return table(("relation", "ln(said / true)", "sd", "reason", "rests on"), rows)


def commands() -> str:
    group: Any = typer.main.get_command(app)
    parts = []
    for name, command in every_command(group):
        level = "#" * (name.count(" ") + 2)
        parts.append(f"{level} {name}\n\n{_paragraphs(command.help)}")
        if command.epilog:
            parts.append(f"```console\n$ {command.epilog.removeprefix('Example: ')}\n```")
        parts.append(_options(command))
    return "\n\n".join(part for part in parts if part)


def every_command(group: Any, above: str = "") -> Iterable[tuple[str, Any]]:
    """Each command with its whole name, those of a group after it."""
    for name in sorted(group.commands):
        command = group.commands[name]
        yield f"{above}{name}", command
        if hasattr(command, "commands"):
            yield from every_command(command, f"{above}{name} ")


def _paragraphs(text: str | None) -> str:
    found = (text or "").strip().split("\n\n")
    return "\n\n".join(" ".join(paragraph.split()) for paragraph in found)


def _options(command: Any) -> str:
    rows = []
    for parameter in command.params:
        if parameter.name == "help" or getattr(parameter, "hidden", False):
            continue
        names = parameter.opts if parameter.param_type_name == "option" else []
        shown = ", ".join(code(name) for name in names) or code(parameter.metavar)
        takes = code(parameter.metavar or "|".join(_choices(parameter))) if names else ""
        rows.append((shown, takes, parameter.help))
    return table(("", "takes", "meaning"), rows) if rows else ""


def _choices(parameter: Any) -> Sequence[str]:
    """The words that a parameter takes, where it takes no others."""
    described = getattr(parameter, "type_descriptor", None) or getattr(parameter, "type", None)
    return [str(getattr(one, "value", one)) for one in getattr(described, "choices", None) or ()]


PARTS: dict[str, Callable[[], str]] = {
    "settings": settings,
    "error-tree": error_tree,
    "errors": error_table,
    "formats": formats,
    "codebook": codebook,
    "sources": sources,
    "rules": rules,
    "reliability": reliability,
    "party-bias": party_bias,
    "commands": commands,
    **{f"columns-{what}": partial(columns, what) for what in COLUMNS},
}


def filled(text: str) -> str:
    """A page with all its made parts as they should be."""
    return _PART.sub(lambda found: f"{found[1]}{PARTS[found[2]]()}\n{found[3]}", text)


def main() -> int:
    stale = []
    for page in sorted(DOCS.rglob("*.md")):
        text = page.read_text("utf-8")
        wanted = filled(text)
        if wanted != text:
            stale.append(page.name)
            if "--check" not in sys.argv:
                page.write_text(wanted, "utf-8")
    if stale:
        told = "Not up to date, run tools/make_docs.py:" if "--check" in sys.argv else "Written:"
        print(told, ", ".join(stale))
    return 1 if stale and "--check" in sys.argv else 0


if __name__ == "__main__":
    raise SystemExit(main())
