"""`contested analyse system`: the conflict as one dated picture, its loops, what changed."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer

from contested.cli.answers import AnalysisFormat, Asked, answering
from contested.cli.hearing import listener
from contested.cli.networking import Ties, flat, short, tied
from contested.cli.options import Filters, expanded, filtered
from contested.cli.output import Field, Listing, console, note
from contested.cli.sources import opened
from contested.errors import UsageError

if TYPE_CHECKING:
    from contested.analyse.system import Arrow, Change, Loop, System, SystemOptions
    from contested.model.query import Query
    from contested.pipeline.picturing import Picture

LOOPS, TIMES = "Loops", "Two times"
FIRST = 3
MOST_LOOPS = 30
"""So many loops stand beside the arrows on a page."""


class Part(StrEnum):
    """Which table of the answer is shown."""

    ARROWS = "arrows"
    LOOPS = "loops"
    TURNS = "turns"
    CHANGES = "changes"


def _ends(row: Arrow | Change) -> str:
    return f"{short(row.source_name)} {row.arrow} {short(row.target_name)}"


def _passages(row: Arrow) -> str:
    """The first ids behind an arrow; all of them stand in JSON and CSV."""
    ids = (*row.incidents, *row.claims)
    more = f" and {len(ids) - FIRST} more" if len(ids) > FIRST else ""
    return " ".join(ids[:FIRST]) + more


def _span(low: float, best: float, high: float) -> str:
    return f"{best:g}" if low == best == high else f"{best:g} ({low:g} to {high:g})"


def _loop_in_words(row: Loop) -> str:
    named = f"{row.named}: " if row.named else ""
    return named + " → ".join((*row.steps, row.steps[0]))


def _length(row: Loop) -> str:
    if row.median_days is None:
        return ""
    if row.shortest == row.longest:
        return f"{row.shortest}"
    return f"{row.median_days:g} ({row.shortest} to {row.longest})"


ARROWS: Listing[Arrow] = Listing(
    fields=(
        Field("arrow", _ends, share=4),
        Field("count", lambda a: _span(a.low, a.count, a.high), right=True),
        Field("asserted by", lambda a: ", ".join(a.asserted_by), share=2),
        Field("denied by", lambda a: ", ".join(a.denied_by), share=1),
        Field("first", lambda a: a.first or "", spare=2),
        Field("last", lambda a: a.last or "", spare=1),
        Field("undated", lambda a: a.undated or "", right=True, spare=3),
        Field("passages", _passages, spare=4),
    ),
    nothing="No arrow.",
    plain=flat,
)
LOOPS_: Listing[Loop] = Listing(
    fields=(
        Field("loop", _loop_in_words, share=4),
        Field("times", lambda r: _span(r.low, r.times, r.high), right=True),
        Field("by chance", lambda r: f"{r.expected:g}", right=True),
        Field("p", lambda r: f"{r.p_corrected:.3f}", right=True),
        Field("days", _length, right=True),
        Field("alone", lambda r: f"{r.p:.3f}", right=True, spare=2),
    ),
    nothing="No loop.",
    plain=lambda row: {k: v for k, v in flat(row).items() if k != "turns"},
)
TURNS: Listing[dict[str, Any]] = Listing(
    fields=(
        Field("loop", lambda r: r["loop"], share=2),
        Field("from", lambda r: r["start"]),
        Field("to", lambda r: r["end"]),
        Field("days", lambda r: r["days"], right=True),
        Field("steps", lambda r: r["steps"], share=4),
    ),
    nothing="No loop comes round.",
    plain=dict,
)
CHANGES: Listing[Change] = Listing(
    fields=(
        Field("arrow", _ends, share=4),
        Field("change", lambda c: c.verdict, share=1),
        Field("before", lambda c: _span(c.before_low, c.before, c.before_high), right=True),
        Field("after", lambda c: _span(c.after_low, c.after, c.after_high), right=True),
        Field("draws", lambda c: f"{100 * c.chance:.0f}%", right=True),
        Field("p", lambda c: "" if c.p is None else f"{c.p:.3f}", right=True),
    ),
    nothing="No two times to compare: give --from and --to, or --was-as-of.",
    plain=flat,
)


def register(analysis: typer.Typer) -> None:
    """Add the commands of this module."""
    command = answering(filtered(tied(_timed(_looped(system_)))))
    analysis.command(
        "system",
        epilog="Example: contested analyse system --as-one afghanistan=afghan-taliban --words",
    )(command)


def _loop(name: str, help: str, metavar: str = "DAYS") -> Any:
    return typer.Option(name, help=help, metavar=metavar, rich_help_panel=LOOPS)


def _time(name: str, help: str) -> Any:
    return typer.Option(name, help=help, metavar="D", rich_help_panel=TIMES, show_default=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Times:
    """The two times that are compared."""

    was: Annotated[str | None, _time("--from", "End of the earlier of two times.")] = None
    now: Annotated[str | None, _time("--to", "End of the later of two times.")] = None
    span: Annotated[
        int,
        typer.Option(
            "--span", metavar="DAYS", help="How long both times are.", rich_help_panel=TIMES
        ),
    ] = 365
    was_as_of: Annotated[
        str | None,
        _time("--was-as-of", "Show what changed since the record was as of that moment."),
    ] = None

    def checked(self) -> Times:
        """Itself. Raises UsageError for times that make no question."""
        if (self.was is None) != (self.now is None):
            raise UsageError("--from and --to go together: give both, or neither.")
        if self.was is not None and self.was_as_of is not None:
            raise UsageError("--from and --was-as-of ask two questions: leave one of them out.")
        return self


@dataclass(frozen=True, slots=True, kw_only=True)
class Loops:
    """What makes a loop, and how chance is told from it."""

    gap: Annotated[int, _loop("--gap", "Longest time from one step to the next.")] = 60
    lull: Annotated[int, _loop("--lull", "So long without violence is a lull.")] = 14
    window: Annotated[int, _loop("--window", "Phases are shuffled within so many days.")] = 365
    shuffles: Annotated[int, _loop("--shuffles", "How often they are shuffled.", "N")] = 499


_timed = expanded(Times, "times")
_looped = expanded(Loops, "loops")


def system_(
    filters: Filters,
    asked: Asked,
    ties: Ties,
    times: Times,
    loops: Loops,
    part: Annotated[Part, typer.Option(help="Which table is shown.")] = Part.ARROWS,
    words: Annotated[
        bool, typer.Option("--words", help="A page of words instead of a table.")
    ] = False,
) -> None:
    """Show who attacks, backs, threatens and talks to whom, which loops recur, what changed."""
    from contested.analyse.charts.system import chart

    options = _options(filters.query(), asked, ties, times.checked(), loops)
    found = _found(filters, asked, ties.picture(), options, times.was_as_of)
    if words and asked.form is AnalysisFormat.TABLE:
        screen = console()
        for paragraph in found.words:
            screen.print(paragraph + "\n", soft_wrap=not screen.is_terminal)
    _tell(found, asked, part, words, lambda: chart(found))


def _options(query: Query, asked: Asked, ties: Ties, times: Times, loops: Loops) -> SystemOptions:
    from contested.analyse.system import Null, SystemOptions
    from contested.pipeline.picturing import day

    return SystemOptions(
        odds=ties.odds(),
        null=Null(
            shuffles=loops.shuffles,
            window=loops.window,
            gap=loops.gap,
            lull=loops.lull,
            seed=asked.seed,
        ),
        count=asked.draws,
        seed=asked.seed,
        since=day(query.since),
        until=day(query.until, last=True, option="--until"),
        was=day(times.was, last=True, option="--from"),
        now=day(times.now, last=True, option="--to"),
        span=times.span,
    )


def _found(
    filters: Filters,
    asked: Asked,
    picture: Picture,
    options: SystemOptions,
    was_as_of: str | None,
) -> System:
    from contested.pipeline.picturing import system_of, system_of_events

    query = filters.query()
    if asked.data is not None:
        if was_as_of is not None:
            raise UsageError("--was-as-of asks a record: leave out --data.")
        return system_of_events(asked.events(filters), picture, options, asked.options)
    with ExitStack() as exits:
        source = exits.enter_context(opened(asked.record, as_of=asked.as_of))
        before = exits.enter_context(opened(asked.record, as_of=was_as_of)) if was_as_of else None
        return system_of(source, query, picture, options, asked.options, before)


def _tell(found: System, asked: Asked, part: Part, words: bool, chart: Any) -> None:
    tables: dict[Part, tuple[Listing[Any], tuple[Any, ...]]] = {
        Part.ARROWS: (ARROWS, found.rows),
        Part.LOOPS: (LOOPS_, found.loops),
        Part.TURNS: (TURNS, tuple(_turns(found))),
        Part.CHANGES: (CHANGES, found.changes),
    }
    table, rows = tables[part]
    if words and asked.form is AnalysisFormat.TABLE:
        rows = ()
    elif not rows and asked.form is AnalysisFormat.TABLE:
        note(table.nothing)
    asked.tell(found, table, chart, rows)
    if heard := listener():
        rest = [tables[one] for one in (Part.LOOPS, Part.CHANGES) if one is not part]
        for other, others in rest:
            heard.tabled(other.columns(others[:MOST_LOOPS]))


def _turns(found: System) -> list[dict[str, Any]]:
    return [
        {
            "loop": " → ".join((*loop.steps, loop.steps[0])),
            "start": turn.start,
            "end": turn.end,
            "days": turn.days,
            "steps": "; ".join(
                f"{step.phase} {step.day} {' '.join(step.ids)}".strip() for step in turn.steps
            ),
        }
        for loop in found.loops
        for turn in loop.turns
    ]
