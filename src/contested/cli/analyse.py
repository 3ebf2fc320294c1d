"""Questions that are answered from many incidents: `contested analyse …`.

A further analysis is a module with a function ``register(analysis)``, named in `PARTS`.
"""

from __future__ import annotations

import typer

from contested.cli import (
    chaining,
    changing,
    checking,
    disputing,
    escalating,
    forecasting,
    indexing,
    leaning,
    networking,
    picturing,
    trends,
    truces,
    whatif,
    whole,
)

PARTS = (
    trends,
    changing,
    disputing,
    forecasting,
    indexing,
    checking,
    truces,
    leaning,
    networking,
    picturing,
    whole,
    escalating,
    chaining,
    whatif,
)

analysis = typer.Typer(
    name="analyse",
    help="Answer from many incidents, with the dispute carried through.",
    epilog="Example: contested analyse disputes --since 2025",
    no_args_is_help=True,
)


def register(app: typer.Typer) -> None:
    """Add the commands of all analyses."""
    analysis.registered_commands.clear()
    for part in PARTS:
        part.register(analysis)
    app.add_typer(analysis)
