"""A full set of analyses over one set of draws: what `contested analyse all` runs.

A further analysis is a `Task` in `TASKS`: a name, a title, and a function from what is asked
about (`Whole`) to an answer. It imports what it needs when it runs.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from contested.analyse.answer import Answer
from contested.errors import ContestedError, ExtraMissing
from contested.model import Incident, to_plain

if TYPE_CHECKING:
    from contested.analyse.draws import DrawOptions, Draws
    from contested.analyse.events import Events
    from contested.analyse.periods import Step
    from contested.analyse.trend import Grouping


class Whole:
    """What a full set is asked about; draws are made once. `incidents` are none for a table."""

    def __init__(
        self, events: Events, options: DrawOptions, incidents: Sequence[Incident] | None = None
    ) -> None:
        self.events = events
        self.options = options
        self.incidents = incidents

    @cached_property
    def draws(self) -> Draws:
        """Draws of the events. Raises NothingToAnalyse without any."""
        from contested.analyse.draws import draw

        return draw(self.events, self.options)


Run = Callable[[Whole], tuple[Answer, "dict[str, Any] | None"]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """One analysis of the set. `of_record` says that it asks who said what, and needs a record."""

    name: str
    title: str
    run: Run
    of_record: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What came of a task: the answer as plain data and its chart, or why there is none."""

    name: str
    title: str
    answer: str
    found: dict[str, Any] | None
    chart: dict[str, Any] | None
    refused: bool
    seconds: float


def full_set(whole: Whole, tasks: Sequence[Task] | None = None) -> Iterator[Result]:
    """Run every task; one that refuses says why and stops no other.

    Raises ExtraMissing where the libraries of analyses are not installed at all.
    """
    for task in TASKS if tasks is None else tasks:
        if task.of_record and whole.incidents is None:
            continue
        began = time.perf_counter()
        try:
            found, chart = task.run(whole)
        except ExtraMissing:
            raise
        except ContestedError as error:
            seconds = time.perf_counter() - began
            yield Result(
                name=task.name,
                title=task.title,
                answer=str(error),
                found=None,
                chart=None,
                refused=True,
                seconds=seconds,
            )
            continue
        yield Result(
            name=task.name,
            title=task.title,
            answer=found.answer,
            found=to_plain(found),
            chart=chart,
            refused=False,
            seconds=time.perf_counter() - began,
        )


# ---- the tasks ---------------------------------------------------------------------------------


def _trend(by: Step, group: Grouping | None) -> Run:
    def run(whole: Whole) -> tuple[Answer, dict[str, Any]]:
        from contested.analyse.banded import trend_of, with_bands
        from contested.analyse.charts.trend import chart
        from contested.analyse.trend import trend

        if whole.incidents is None:
            found = trend_of(whole.draws, by, group)
        else:
            found = with_bands(trend(whole.incidents, by, group), whole.draws)
        return found, chart(found)

    return run


def _breaks(measure: Any) -> Run:
    def run(whole: Whole) -> tuple[Answer, dict[str, Any]]:
        from contested.analyse.breaks import breaks
        from contested.analyse.charts.breaks import chart
        from contested.analyse.series import series

        found = breaks(series(whole.draws, "month", measure), whole.options.seed)
        return found, chart(found)

    return run


def _disputes(whole: Whole) -> tuple[Answer, None]:
    from contested.analyse.disputes import disputes

    return disputes(whole.incidents or ()), None


def _voices(whole: Whole) -> tuple[Answer, None]:
    from contested.analyse.voices import voices

    return voices(whole.incidents or ()), None


TASKS: tuple[Task, ...] = (
    Task(name="trend", title="Incidents and killed by month", run=_trend("month", None)),
    Task(name="trend-week", title="Incidents and killed by week", run=_trend("week", None)),
    Task(name="trend-actor", title="By initiator and month", run=_trend("month", "actor")),
    Task(name="trend-target", title="By target and year", run=_trend("year", "target")),
    Task(name="trend-province", title="By province and month", run=_trend("month", "admin1")),
    Task(name="trend-type", title="By type and month", run=_trend("month", "type")),
    Task(name="breaks", title="Breaks in the number of incidents", run=_breaks("incidents")),
    Task(name="breaks-deaths", title="Breaks in the number of killed", run=_breaks("deaths")),
    Task(name="disputes", title="Disputed numbers", run=_disputes, of_record=True),
    Task(name="voices", title="Voices compared", run=_voices, of_record=True),
)
"""What a full set consists of, in the order in which it is told."""
