"""`contested analyse network`: who stands how to whom, and who says so."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

import typer

from contested.cli.answers import AnalysisFormat, Asked, answering
from contested.cli.options import Filters, expanded, filtered
from contested.cli.output import Field, Listing, note
from contested.cli.sources import opened
from contested.errors import UsageError
from contested.model import to_plain
from contested.publish.words import phrase

if TYPE_CHECKING:
    from contested.analyse.network import Broker, Community, Network, Succession, Term, Tie
    from contested.analyse.voiced import Odds
    from contested.pipeline.picturing import Picture

R = TypeVar("R")

ACTORS = "Actors"


class Part(StrEnum):
    """Which table of the answer is shown."""

    TIES = "ties"
    BROKERS = "brokers"
    COMMUNITIES = "communities"
    LEADERS = "leaders"
    SUCCESSIONS = "successions"
    IDENTITIES = "identities"


def _sentence(tie: Tie) -> str:
    return f"{short(tie.subject_name)} {tie.words} {short(tie.object_name)}"


def _denied(tie: Tie) -> str:
    return "; ".join(filter(None, (", ".join(tie.denied_by), *tie.also)))


def short(name: str) -> str:
    """A name without what stands in brackets after it."""
    return name.partition(" (")[0]


def flat(row: Any) -> dict[str, Any]:
    """A row for CSV: lists as words, and the passages left to JSON."""
    return {
        name: "; ".join(map(str, value)) if isinstance(value, list) else value
        for name, value in to_plain(row).items()
        if name not in ("said", "acts")
    }


TIES: Listing[Tie] = Listing(
    fields=(
        Field("tie", _sentence, share=4),
        Field("chance", lambda t: f"{t.chance:.2f}", right=True),
        Field("asserted by", lambda t: ", ".join(t.asserted_by) or "nobody", share=2),
        Field("denied by", _denied, share=2),
        Field("stands", lambda t: t.standing, share=1, spare=1),
        Field("first told", lambda t: t.first or "undated", spare=3),
        Field("last told", lambda t: t.last or "undated", spare=2),
        Field("time", lambda t: ", ".join(t.times), spare=4),
        Field("claims", lambda t: " ".join(t.claims), spare=5),
    ),
    nothing="No tie is told.",
    plain=flat,
)
BROKERS: Listing[Broker] = Listing(
    fields=(
        Field("body", lambda b: short(b.name), share=2),
        Field("ties", lambda b: b.ties, right=True),
        Field("share of ways", lambda b: f"{100 * b.share:.0f}%", right=True),
        Field("over draws", lambda b: f"{100 * b.low:.0f}% to {100 * b.high:.0f}%", right=True),
        Field("bound in", lambda b: f"{100 * b.there:.0f}% of draws", spare=1),
    ),
    nothing="No body stands between others.",
    plain=flat,
)
COMMUNITIES: Listing[Community] = Listing(
    fields=(
        Field("bodies", lambda c: ", ".join(map(short, c.names)), share=3),
        Field("together in", lambda c: f"{100 * c.together:.0f}% of draws"),
    ),
    nothing="No communities.",
    plain=flat,
)
LEADERS: Listing[Term] = Listing(
    fields=(
        Field("body", lambda t: short(t.body_name), share=3),
        Field("role", lambda t: phrase(t.role)),
        Field("person", lambda t: t.person, share=2),
        Field("from", lambda t: t.begun or ""),
        Field("end", lambda t: " ".join(filter(None, (t.how, t.ended)))),
        Field("named from", lambda t: t.seen_first or "", spare=2),
        Field("to", lambda t: t.seen_last or "", spare=2),
        Field("in doubt", lambda t: "; ".join(t.doubts), share=2, spare=1),
        Field("claims", lambda t: " ".join(t.claims), spare=3),
    ),
    nothing="No public role is named.",
    plain=flat,
)
SUCCESSIONS: Listing[Succession] = Listing(
    fields=(
        Field("body", lambda s: short(s.body_name), share=2),
        Field("role", lambda s: phrase(s.role)),
        Field("before", lambda s: s.before, share=1),
        Field("after", lambda s: s.after, share=1),
        Field("change", lambda s: s.change),
        Field("what is told", lambda s: s.words, share=3, spare=1),
    ),
    nothing="No two holders of one role at the head of a body are named.",
    plain=flat,
)
TABLES: dict[Part, Listing[Any]] = {
    Part.TIES: TIES,
    Part.BROKERS: BROKERS,
    Part.COMMUNITIES: COMMUNITIES,
    Part.LEADERS: LEADERS,
    Part.SUCCESSIONS: SUCCESSIONS,
    Part.IDENTITIES: TIES,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Ties:
    """Who counts as one actor, and how far words on a tie are believed."""

    organs: Annotated[
        bool, typer.Option("--organs", help="Tell organs of a body apart.", rich_help_panel=ACTORS)
    ] = False
    as_one: Annotated[
        list[str] | None,
        typer.Option(
            "--as-one",
            metavar="A=B",
            help="Count actor A as actor B; may be repeated.",
            rich_help_panel=ACTORS,
            show_default=False,
        ),
    ] = None
    chance_party: Annotated[
        float,
        typer.Option(
            "--chance-party",
            metavar="P",
            help="Chance of a tie that only parties assert.",
            rich_help_panel=ACTORS,
        ),
    ] = 0.7
    chance_disputed: Annotated[
        float,
        typer.Option(
            "--chance-disputed",
            metavar="P",
            help="Chance of a tie that is asserted and denied.",
            rich_help_panel=ACTORS,
        ),
    ] = 0.5
    chance_alleged: Annotated[
        float,
        typer.Option(
            "--chance-alleged",
            metavar="P",
            help="Chance of a tie that is only alleged.",
            rich_help_panel=ACTORS,
        ),
    ] = 0.5

    def picture(self) -> Picture:
        """Who counts as one. Raises UsageError for a pair that is none."""
        from contested.pipeline.picturing import Picture, pairs

        return Picture(organs=self.organs, as_one=pairs(self.as_one or ()))

    def odds(self) -> Odds:
        """How likely a tie is, by who speaks of it."""
        from contested.analyse.voiced import Odds

        return Odds(
            party=self.chance_party, disputed=self.chance_disputed, alleged=self.chance_alleged
        )


def tied(command: Callable[..., R]) -> Callable[..., R]:
    """Give `command`, which takes `ties`, an option for every field of `Ties`."""
    return expanded(Ties, "ties")(command)


def register(analysis: typer.Typer) -> None:
    """Add the commands of this module."""
    analysis.command(
        "network", epilog="Example: contested analyse network --part leaders --actor ttp"
    )(answering(filtered(tied(network_))))


def network_(
    filters: Filters,
    asked: Asked,
    ties: Ties,
    part: Annotated[Part, typer.Option(help="Which table is shown.")] = Part.TIES,
) -> None:
    """Show who supports, shelters, follows and opposes whom: asserted and denied by whom."""
    from contested.analyse.charts.network import chart
    from contested.pipeline.picturing import network_of

    if asked.data is not None:
        raise UsageError("A table of events tells of no ties: leave out --data.")
    options = asked.options
    picture, odds = ties.picture(), ties.odds()
    with opened(asked.record, as_of=asked.as_of) as source:
        found: Network = network_of(
            source, filters.query(), picture, odds, options.count, options.seed
        )
    rows: tuple[Any, ...] = {
        Part.TIES: found.rows,
        Part.BROKERS: found.brokers,
        Part.COMMUNITIES: found.communities,
        Part.LEADERS: found.terms,
        Part.SUCCESSIONS: found.successions,
        Part.IDENTITIES: found.identities,
    }[part]
    if not rows and asked.form is AnalysisFormat.TABLE:
        note(TABLES[part].nothing)
    asked.tell(found, TABLES[part], lambda: chart(found), rows)
