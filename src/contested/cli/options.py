"""The options that many commands share, as objects."""

from __future__ import annotations

import inspect
import os
from collections.abc import Callable
from dataclasses import MISSING, dataclass, fields
from enum import StrEnum
from functools import wraps
from typing import Annotated, Any, TypeVar, get_args, get_origin, get_type_hints

import typer

from contested.errors import UsageError
from contested.location import Location
from contested.model.query import Query
from contested.model.rules import check_rule
from contested.model.terms import IncidentStatus, Kind, Status
from contested.settings import Settings, variable

KINDS: tuple[str, ...] = get_args(Kind)
INCIDENT_STATUSES: tuple[str, ...] = get_args(IncidentStatus)
CLAIM_STATUSES: tuple[str, ...] = get_args(Status)
FILTERS, OUTPUT = "Filters", "Output"

MOST = 2**63 - 1
"""The largest number that SQLite can count to."""

R = TypeVar("R")


class Format(StrEnum):
    """How lists are printed."""

    TABLE = "table"
    JSON = "json"
    JSONL = "jsonl"
    CSV = "csv"


RecordOption = Annotated[
    str | None,
    typer.Option(
        "--record",
        "-r",
        metavar="FILE|URL",
        help="The record: a file, or postgresql://…  "
        "[default: CONTESTED_RECORD or ./contested.sqlite]",
        show_default=False,
        rich_help_panel=OUTPUT,
    ),
]
AsOfOption = Annotated[
    str | None,
    typer.Option(
        "--as-of",
        metavar="D",
        help="As the record was at the end of that day, month or year (UTC), or at a full time.",
        rich_help_panel=OUTPUT,
        show_default=False,
    ),
]
FormatOption = Annotated[
    Format, typer.Option("--format", "-f", help="How to print it.", rich_help_panel=OUTPUT)
]
LanguageOption = Annotated[
    str | None,
    typer.Option(metavar="NAME", help="`encoder`, `light`, or a spaCy pipeline by name or folder."),
]
JobsOption = Annotated[
    int | None,
    typer.Option(metavar="N", min=0, help="Processes that read reports; 0 chooses."),
]
EngineOption = Annotated[
    str | None,
    typer.Option(
        metavar="WHERE",
        help="Who does the work: local, or Spark by local[*] or spark://HOST:PORT.",
        show_default=False,
    ),
]
RuleOption = Annotated[
    str | None,
    typer.Option(
        metavar="RULE",
        help="Refused: the rule is decided on, and kept in the record.",
        hidden=True,
    ),
]


def refuse_rule(rule: str | None) -> None:
    """Raise UsageError for a rule that would change figures and leave no trace in the record."""
    if rule is not None:
        raise UsageError(
            "--rule: how best is derived is a judgement on the record, which keeps it with its "
            f"author and reason. Decide it: contested decide rule {check_rule(rule)} "
            "--reason 'why it fits'."
        )


def _no_empty(paths: list[str] | None) -> list[str] | None:
    """An empty path would stand for the folder in which one is: that is said with a dot."""
    if paths and not all(paths):
        raise typer.BadParameter("a path is empty. Write . for the folder that you are in.")
    return paths


PathsArgument = Annotated[
    list[str],
    typer.Argument(
        metavar="PATH…", help="Files, folders, manifests (.csv), or - .", callback=_no_empty
    ),
]
MaybePaths = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="[PATH…]",
        help="Look at these files and folders only, without a record.",
        callback=_no_empty,
        show_default=False,
    ),
]


def _filter(*names: str, help: str, metavar: str = "TEXT") -> Any:
    return typer.Option(
        *names, help=help, metavar=metavar, rich_help_panel=FILTERS, show_default=False
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """What to list. All filters hold together."""

    since: Annotated[
        str | None, _filter("--since", help="Not before: 2022, 2022-12 or 2022-12-18.", metavar="D")
    ] = None
    until: Annotated[str | None, _filter("--until", help="Not after.", metavar="D")] = None
    place: Annotated[
        str | None,
        _filter(
            "--place",
            help="A place, a province or a country, by name or code (PK), with all in it.",
            metavar="NAME",
        ),
    ] = None
    actor: Annotated[
        list[str] | None,
        _filter(
            "--actor",
            help="An actor's id or name, with its organs and factions; may be repeated.",
            metavar="ACTOR",
        ),
    ] = None
    kind: Annotated[
        list[str] | None,
        _filter("--kind", help="A kind of claim; may be repeated.", metavar="KIND"),
    ] = None
    type: Annotated[
        str | None,
        _filter("--type", help="A type of the codebook, with those under it.", metavar="TYPE"),
    ] = None
    status: Annotated[
        list[str] | None,
        _filter(
            "--status",
            help="disputed, corroborated, … (incidents); occurred, foiled, … (claims).",
            metavar="STATUS",
        ),
    ] = None
    speaker: Annotated[
        str | None, _filter("--speaker", help="Who says so: actor id or words.", metavar="WHO")
    ] = None
    text: Annotated[
        str | None, _filter("--text", help="Words in the passage.", metavar="WORDS")
    ] = None
    report: Annotated[
        str | None,
        _filter("--report", help="A report's id, or a part of its file name.", metavar="REPORT"),
    ] = None
    sure: Annotated[
        float | None,
        typer.Option(
            "--sure",
            min=0,
            max=1,
            metavar="P",
            help="Claims that are right with at least this chance; incidents that one tells of.",
            rich_help_panel=FILTERS,
            show_default=False,
        ),
    ] = None
    limit: Annotated[
        int | None,
        typer.Option(
            min=0, metavar="N", help="At most so many.", rich_help_panel=FILTERS, show_default=False
        ),
    ] = None

    def query(self, statuses: tuple[str, ...] = INCIDENT_STATUSES) -> Query:
        """The query that these filters make. Raises UsageError for an unknown word."""
        return Query(
            kinds=tuple(_one_of("--kind", KINDS, self.kind)),  # type: ignore[arg-type]
            actors=tuple(self.actor or ()),
            place=self.place,
            since=self.since,
            until=self.until,
            status=tuple(_one_of("--status", statuses, self.status)),
            type=self.type,
            report=self.report,
            speaker=self.speaker,
            text=self.text,
            sure=self.sure,
            limit=at_most(self.limit),
        )


def at_most(limit: int | None) -> int | None:
    """`limit`. Raises UsageError where no record could count so far."""
    if limit is not None and limit > MOST:
        raise UsageError(f"--limit {limit} is too large: {MOST} is the most. Leave it out for all.")
    return limit


def _one_of(option: str, known: tuple[str, ...], given: list[str] | None) -> list[str]:
    for word in given or ():
        if word not in known:
            raise UsageError(f"{option} {word}: choose {', '.join(known)}.")
    return given or []


def expanded(
    kind: type[Any], name: str, given: Callable[[typer.Context], dict[str, Any]] | None = None
) -> Callable[[Callable[..., R]], Callable[..., R]]:
    """Give a command that takes `name`, a dataclass of options, an option for each field.

    Fields without an annotation of typer's are no options; `given` makes their values of the
    command as it was called.
    """
    hints = get_type_hints(kind, include_extras=True)
    added = {
        field.name: inspect.Parameter(
            field.name,
            inspect.Parameter.KEYWORD_ONLY,
            default=None if field.default is MISSING else field.default,
            annotation=hints[field.name],
        )
        for field in fields(kind)
        if get_origin(hints[field.name]) is Annotated
    }
    context = inspect.Parameter("ctx", inspect.Parameter.KEYWORD_ONLY, annotation=typer.Context)

    def decorate(command: Callable[..., R]) -> Callable[..., R]:
        own_hints = get_type_hints(command, include_extras=True)
        own = [
            parameter.replace(
                kind=inspect.Parameter.KEYWORD_ONLY, annotation=own_hints[parameter.name]
            )
            for parameter in inspect.signature(command).parameters.values()
            if parameter.name != name
        ]

        @wraps(command)
        def wrapper(**values: Any) -> R:
            more = given(values.pop("ctx")) if given else {}
            chosen = {each: values.pop(each) for each in added}
            return command(**{name: kind(**chosen, **more)}, **values)

        signature = inspect.Signature([*own, *added.values(), *([context] if given else [])])
        wrapper.__signature__ = signature  # type: ignore[attr-defined]
        wrapper.__annotations__ = {p.name: p.annotation for p in signature.parameters.values()}
        return wrapper

    return decorate


def filtered(command: Callable[..., R]) -> Callable[..., R]:
    """Give `command`, which takes `filters`, an option for every field of `Filters`."""
    return expanded(Filters, "filters")(command)


def settings_of(
    record: str | Location | None = None,
    language: str | None = None,
    jobs: int | None = None,
    engine: str | None = None,
) -> Settings:
    """The environment's settings with the command line's over them.

    A command may start processes without asking; a program that imports the package has to ask,
    since each process imports its main module again.
    """
    if jobs is None and variable("jobs") not in os.environ:
        jobs = 0
    return Settings.from_env(record=record, language=language, jobs=jobs, engine=engine)
