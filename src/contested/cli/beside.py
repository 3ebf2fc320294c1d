"""Incidents beside claims: those of the record, and those of a data set that was named."""

from __future__ import annotations

from typing import TYPE_CHECKING

from contested.model.query import Query

if TYPE_CHECKING:
    from contested.analyse.draws import Draws
    from contested.cli.answers import Asked
    from contested.pipeline import Record


def drawn_beside(asked: Asked, source: Record) -> list[Draws]:
    """Draws of all incidents of the record, and of the data set that ``--data`` names.

    The filters of the command choose claims; what these are set beside is not filtered, since
    a count has to see all that it may count.
    """
    from contested.analyse.draws import draw

    found = [source.events(Query())]
    if asked.data is not None:
        from contested.pipeline.datasets import read_dataset

        found.append(read_dataset(asked.data, Query()))
    options = asked.options
    return [draw(events, options) for events in found if len(events)]
