"""The network and the system as parts of a full set of analyses."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from contested.model.query import Query
from contested.pipeline.picturing import Picture, day, material, scheme, with_victims

if TYPE_CHECKING:
    from contested.analyse.answer import Answer
    from contested.analyse.fullset import Task, Whole
    from contested.pipeline.facade import Record


def tasks(record: Record, query: Query) -> tuple[Task, ...]:
    """Both, of what fits; what they need is read now, so that the record may be closed."""
    from contested.analyse.fullset import Task

    claims, published = material(record, query)
    world = record.world
    since, until = day(query.since), day(query.until, last=True, option="--until")

    def network_(whole: Whole) -> tuple[Answer, dict[str, Any]]:
        from contested.analyse.charts.network import chart
        from contested.analyse.network import NetworkOptions, network

        drawing = whole.options
        options = NetworkOptions(count=drawing.count, seed=drawing.seed, since=since, until=until)
        found = network(claims, world.ties, Picture().bodies(world), published, options)
        return found, chart(found)

    def system_(whole: Whole) -> tuple[Answer, dict[str, Any]]:
        from contested.analyse.charts.system import chart
        from contested.analyse.draws import draw
        from contested.analyse.system import SystemOptions, scene, system

        drawing, incidents = whole.options, whole.incidents or ()
        options = SystemOptions(count=drawing.count, seed=drawing.seed, since=since, until=until)
        events = with_victims(whole.events, incidents)
        draws = draw(events, drawing) if len(events) else None
        bodies = Picture().bodies(world)
        made = scene(claims, draws, scheme(world), bodies, published, options, incidents)
        found = system(made, options)
        return found, chart(found)

    return (
        Task(name="network", title="Actors and what ties them", run=network_, of_record=True),
        Task(name="system", title="The system as a whole", run=system_),
    )
