"""The commands of `contested analyse` as values: what they offer, and their answers unprinted.

The web pages are made from this list, so that what the command line can ask the pages can ask,
in the same words, and the command that gives an answer again is always at hand.
"""

from __future__ import annotations

import inspect
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
from pathlib import Path
from types import NoneType
from typing import Any, Literal, cast, get_args, get_origin

import typer
import typer.main
from typer.models import OptionInfo

from contested.cli.hearing import Heard, listening
from contested.errors import UsageError

LEFT_OUT = frozenset({"record", "form", "chart", "data", "limit", "report", "kind", "text", "ctx"})
"""Options of no use where a page asks: they name files, or how to print."""
NOT_ASKED = frozenset({"all"})
MOST = 20_000
"""The largest number that a page may give for anything."""
What = Literal["text", "number", "choice", "yes", "several"]
KINDS: Mapping[Any, What] = {bool: "yes", int: "number", float: "number"}
REFUSED = cast(type[Exception], typer.BadParameter.__mro__[2])
"""What the command line raises for words that it does not understand."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """An option of a command. `flag` is how it is written; `no` how what is on is put off."""

    name: str
    flag: str
    no: str | None
    what: What
    help: str
    panel: str
    default: str
    required: bool
    choices: tuple[str, ...] = ()
    hint: str = ""
    whole: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Offered:
    """An analysis: its name, the first line of its help, an example, its options."""

    name: str
    help: str
    example: str
    options: tuple[Option, ...]


@lru_cache(maxsize=1)
def _app() -> typer.Typer:
    from contested.cli import analyse

    app = typer.Typer(add_completion=False)
    for part in analyse.PARTS:
        part.register(app)
    return app


@lru_cache(maxsize=1)
def _commands() -> Mapping[str, Any]:
    return dict(typer.main.get_command(_app()).commands)  # type: ignore[attr-defined]


@lru_cache(maxsize=1)
def offered() -> tuple[Offered, ...]:
    """Every analysis that a page can ask, in the order of the command line."""
    return tuple(
        Offered(
            name=info.name,
            help=inspect.cleandoc(info.callback.__doc__ or ""),
            example=(info.epilog or "").removeprefix("Example: "),
            options=tuple(_options(inspect.signature(info.callback))),
        )
        for info in _app().registered_commands
        if info.name and info.callback and info.name not in NOT_ASKED
    )


def _options(signature: inspect.Signature) -> Iterator[Option]:
    for parameter in signature.parameters.values():
        kind, *notes = get_args(parameter.annotation) or (parameter.annotation,)
        told = next((one for one in notes if isinstance(one, OptionInfo)), None)
        if told is None or parameter.name in LEFT_OUT:
            continue
        kinds = tuple(one for one in get_args(kind) if one is not NoneType) or (kind,)
        if Path not in kinds:
            yield _option(parameter, kinds[0], told)


def _option(parameter: inspect.Parameter, kind: Any, told: OptionInfo) -> Option:
    several = get_origin(kind) is list
    choices = tuple(kind) if isinstance(kind, type) and issubclass(kind, Enum) else ()
    what: What = "several" if several else "choice" if choices else KINDS.get(kind, "text")
    given = told.param_decls or (f"--{parameter.name.replace('_', '-')}",)
    flag, _, no = max(given, key=len).partition("/")
    if kind is bool and not told.param_decls:
        no = f"--no-{flag.removeprefix('--')}"
    default = parameter.default
    required = default is inspect.Parameter.empty
    shown = "" if required or default is None or several else str(_plain(default))
    return Option(
        name=parameter.name,
        flag=flag,
        no=no or None,
        what=what,
        help=(told.help or "").replace("; may be repeated", ""),
        panel=str(told.rich_help_panel or ""),
        default={"True": "yes", "False": "no"}.get(shown, shown),
        required=required,
        choices=tuple(str(_plain(one)) for one in choices),
        hint=told.metavar or "",
        whole=kind is int,
    )


def _plain(value: Any) -> Any:
    return getattr(value, "value", value)


def find(name: str) -> Offered | None:
    """The analysis of that name."""
    return next((one for one in offered() if one.name == name), None)


def words(analysis: Offered, given: Sequence[tuple[str, str]]) -> tuple[str, ...]:
    """Options by name as the words of a command line, in its order; defaults are left out.

    Raises UsageError for a number that is none or too large, and for what no option is called.
    """
    known = {option.name for option in analysis.options}
    for name, _ in given:
        if name not in known:
            raise UsageError(f"{analysis.name} has no option {name[:40]!r}. See its page.")
    out: list[str] = []
    for option in analysis.options:
        values = [value.strip() for name, value in given if name == option.name and value.strip()]
        if option.what == "several":
            out += [f"{option.flag}={value}" for value in values]
        elif values and values[-1] != option.default:
            out += _one(option, values[-1])
    return tuple(out)


def _one(option: Option, value: str) -> list[str]:
    if option.what == "yes":
        if value not in ("yes", "no"):
            raise UsageError(f"{option.flag}: choose yes or no, not {value[:40]!r}.")
        return [option.flag] if value == "yes" else [option.no] if option.no else []
    if option.what == "number":
        try:
            number = float(value)
        except ValueError:
            raise UsageError(f"{option.flag} {value[:40]!r} is no number.") from None
        if not abs(number) <= MOST:
            raise UsageError(f"{option.flag} {value[:40]} is too much: {MOST:,} is the most here.")
    return [f"{option.flag}={value}"]


def ask(name: str, given: Sequence[str], heard: Heard) -> Heard:
    """Run the command `name` with the words `given`, for `heard`.

    Raises the errors of the analysis, and UsageError for words that it does not understand.
    """
    command = _commands()[name]
    with listening(heard):
        try:
            with command.make_context(f"contested analyse {name}", list(given)) as context:
                command.invoke(context)
        except typer.Exit:
            return heard
        except REFUSED as error:
            raise UsageError(error.format_message().removeprefix("Value error, ")) from error  # type: ignore[attr-defined]
    return heard
