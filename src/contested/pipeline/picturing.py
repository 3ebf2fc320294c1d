"""Claims, reports' days and the registry put together for the network and the system."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from contested.analyse.bodies import Bodies
from contested.errors import UsageError
from contested.model import Claim, When
from contested.model.edtf import bounds
from contested.model.query import Query
from contested.pipeline.filters import actor_ids

if TYPE_CHECKING:
    from contested.analyse.network import Network, NetworkOptions
    from contested.analyse.voiced import Odds
    from contested.pipeline.facade import Record
    from contested.world import World


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """How actors are looked at: their `organs` apart, and pairs that count `as_one`."""

    organs: bool = False
    as_one: tuple[tuple[str, str], ...] = ()

    def bodies(self, world: World) -> Bodies:
        """The registry seen so. Raises UsageError for an unknown actor."""
        pairs = [(_one(one, world), _one(other, world)) for one, other in self.as_one]
        return Bodies(world.actors, organs=self.organs, as_one=pairs)


def _one(given: str, world: World) -> str:
    found = actor_ids(given, world)
    if len(found) > 1:
        raise UsageError(f"{given!r} names {', '.join(found)}: write the id of one of them.")
    return found[0]


def pairs(given: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """``one=other`` as pairs. Raises UsageError for anything else."""
    out = []
    for text in given:
        one, equals, other = text.partition("=")
        if not (equals and one.strip() and other.strip()):
            raise UsageError(
                f"--as-one {text}: write two actors, as in afghanistan=afghan-taliban."
            )
        out.append((one.strip(), other.strip()))
    return tuple(out)


def day(given: str | None, *, last: bool = False, option: str = "--since") -> str | None:
    """The first or last day of an EDTF date, as ISO. Raises UsageError for what is none."""
    if given is None:
        return None
    try:
        ends = bounds(given)
    except ValueError as error:
        raise UsageError(f"{option} {given}: {error}.") from error
    chosen = ends[1] if last else ends[0]
    return chosen.isoformat() if chosen else None


def timeless(query: Query) -> Query:
    """The query without its time: an undated tie is placed by its report, not left out."""
    return replace(query, since=None, until=None)


def material(record: Record, query: Query) -> tuple[list[Claim], Mapping[str, When | None]]:
    """Claims that fit but for the time, and when each report was published."""
    published = {stored.report.id: stored.report.published for stored in record.store.reports()}
    return list(record.claims(timeless(query))), published


def network_of(
    record: Record,
    query: Query,
    picture: Picture,
    odds: Odds,
    count: int = 200,
    seed: int = 1,
) -> Network:
    """The network of what fits. Raises NothingToAnalyse where there is none."""
    from contested.analyse.network import NetworkOptions, network

    options: NetworkOptions = NetworkOptions(
        odds=odds,
        count=count,
        seed=seed,
        since=day(query.since),
        until=day(query.until, last=True, option="--until"),
    )
    claims, published = material(record, query)
    world = record.world
    return network(claims, world.ties, picture.bodies(world), published, options)
