"""`contested analyse statistics`: published totals beside each other and beside the record."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from contested.cli.answers import Asked, answering
from contested.cli.beside import drawn_beside
from contested.cli.options import Filters, filtered
from contested.cli.output import Field, Listing
from contested.cli.sources import opened
from contested.errors import UsageError
from contested.model.edtf import bounds

if TYPE_CHECKING:
    from contested.analyse.statistics import CheckedStatistic, Counted

SHORT = ("contradicts", "transposed", "differs", "agrees", "same")


def register(analysis: typer.Typer) -> None:
    """Add the command of this module."""
    analysis.command(
        "statistics",
        epilog="Example: contested analyse statistics --credited-to 2022-11-28",
    )(filtered(answering(statistics)))


def _interval(counted: Counted) -> str:
    if counted.best is None:
        return "–"
    if counted.low == counted.high:
        return f"{counted.best:g}"
    return f"{counted.best:g} ({counted.low:g}–{counted.high:g})"


def _beside(row: CheckedStatistic) -> str:
    """What others say, and what the sums make of it, in few words."""
    found = sorted(
        (other for other in row.others if other.verdict in SHORT),
        key=lambda other: SHORT.index(other.verdict),
    )
    words = [f"{other.verdict}: {other.said} ({other.source})" for other in found[:3]]
    if len(found) > 3:
        words.append(f"{len(found) - 3} more")
    words += [one.words for one in row.arithmetic]
    if row.implied is not None:
        words.append(f"means about {sum(row.implied) / 2:,.0f} in the period before")
    if row.rank is not None:
        words.append(f"as the most since {row.rank.since}: {RANKED[row.rank.verdict]}")
    return "; ".join(words) or "–"


def _of(row: CheckedStatistic) -> str:
    from contested.analyse.statistics.check import scope_of

    return scope_of(row)


RANKED = {
    "borne out": "its source's other totals are not higher",
    "contradicted": "its own source has a higher total",
    "not checked": "nothing to hold it against",
}
"""What became of a claim of a highest or lowest, in words that cannot be read as the record's."""
TABLE: Listing[CheckedStatistic] = Listing(
    fields=(
        Field("published", lambda r: f"{r.said} ({r.source})", share=3),
        Field("of", _of, share=3),
        Field("record", lambda r: "; ".join(map(_interval, r.counted)) or "–", share=1),
        Field("beside it", _beside, share=6),
        Field("claim", lambda r: r.claim, spare=2),
    ),
    nothing="",
)


def statistics(
    filters: Filters,
    asked: Asked,
    credited: Annotated[
        str | None,
        typer.Option(
            "--credited-to",
            metavar="D",
            help="A day to which a rise is credited: say whether it began before.",
            show_default=False,
        ),
    ] = None,
) -> None:
    """Set published totals beside each other and the record, and check their sums."""
    from contested.analyse.statistics import check_statistics
    from contested.analyse.statistics.check import Beside
    from contested.analyse.told import about

    day = None if credited is None else _day(credited)
    query = filters.query()
    with opened(asked.record, as_of=asked.as_of) as source:
        claims = source.statistics(query)
        reports = about(stored.report for stored in source.reports())
        drawn = tuple(drawn_beside(asked, source))
        known = Beside(draws=drawn, reports=reports, frame=source.frame(), day=day)
    found = check_statistics(claims, known)

    def picture() -> dict[str, object]:
        from contested.analyse.charts.statistics import chart

        return chart(found)

    asked.tell(found, TABLE, picture)


def _day(text: str) -> int:
    try:
        first, _ = bounds(text)
    except ValueError as error:
        raise UsageError(f"--credited-to {text}: write a day, as 2022-11-28.") from error
    if first is None:
        raise UsageError(f"--credited-to {text}: write a day, as 2022-11-28.")
    return first.toordinal()
