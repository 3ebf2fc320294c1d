"""What the commands on escalation share: the options of the model as one object."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from contested.cli.answers import Asked
from contested.cli.options import Filters, expanded, settings_of

if TYPE_CHECKING:
    from contested.analyse.draws import Draws
    from contested.analyse.escalation import StudyOptions

R = TypeVar("R")
MODEL = "Model"


class Sides(StrEnum):
    """What events are told apart by."""

    ACTOR = "actor"
    ACTOR_TYPE = "actor-type"


class Decays(StrEnum):
    """Whether all answer at one pace."""

    ONE = "one"
    EACH = "each"


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """What is told apart, and how it is fitted."""

    sides: Annotated[
        Sides, typer.Option("--sides", help="Tell events apart by this.", rich_help_panel=MODEL)
    ] = Sides.ACTOR
    table: Annotated[
        Path | None,
        typer.Option(
            "--table",
            metavar="FILE",
            help="Tell them apart by a table (CSV: dimension, actor, type, place, country).",
            rich_help_panel=MODEL,
            show_default=False,
        ),
    ] = None
    organs: Annotated[
        bool,
        typer.Option(
            "--organs",
            help="Tell a state's organs apart (army, police); else they are that state.",
            rich_help_panel=MODEL,
        ),
    ] = False
    most: Annotated[
        int,
        typer.Option("--most", metavar="N", help="At most so many sides.", rich_help_panel=MODEL),
    ] = 6
    enough: Annotated[
        int,
        typer.Option(
            "--enough",
            metavar="N",
            help="No statement on a side with fewer events.",
            rich_help_panel=MODEL,
        ),
    ] = 30
    pieces: Annotated[
        int | None,
        typer.Option(
            "--pieces",
            metavar="N",
            min=1,
            help="Pieces of the baseline; unasked, BIC chooses.",
            rich_help_panel=MODEL,
            show_default=False,
        ),
    ] = None
    smooth: Annotated[
        bool, typer.Option("--smooth", help="A smooth baseline, no steps.", rich_help_panel=MODEL)
    ] = False
    decay: Annotated[
        Decays,
        typer.Option("--decay", help="One pace for all, or of each side.", rich_help_panel=MODEL),
    ] = Decays.ONE

    def options(self, copies: bool = True) -> StudyOptions:
        """The options of the analysis. Raises UsageError for a table of no use."""
        from contested.analyse.escalation import DimensionOptions, StudyOptions, rules_of

        return StudyOptions(
            dimensions=DimensionOptions(
                by=self.sides.value,
                rules=rules_of(self.table) if self.table else (),
                most=self.most,
                enough=self.enough,
            ),
            decays=self.decay.value,
            pieces=self.pieces,
            smooth=self.smooth,
            copies=copies,
        )

    def drawn(self, asked: Asked, filters: Filters) -> Draws:
        """Draws of the events that fit, organs taken for the actor of which they are."""
        from contested.analyse.draws import draw
        from contested.pipeline.sides import folded

        options = asked.options
        events = asked.events(filters)
        return draw(events if self.organs else folded(events, settings_of().tables), options)


def modelled(command: Callable[..., R]) -> Callable[..., R]:
    """Give `command`, which takes `model`, an option for every field of `Model`."""
    return expanded(Model, "model")(command)
