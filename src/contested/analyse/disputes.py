"""Where voices disagree most about a number."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from contested.analyse.figures import FigureOf, figure_of, several
from contested.errors import NothingToAnalyse
from contested.model import Incident, Toll
from contested.model.values import MOST


@dataclass(frozen=True, slots=True, kw_only=True)
class Disagreement:
    """One toll on which voices cannot all be right.

    `ratio` is by how much the highest figure is above the lowest, at least: from the upper end
    of the one to the lower end of the other. It is null where one says none at all.
    """

    incident: str
    type: str
    where: str | None
    when: str | None
    effect: str
    victims: str
    voices: tuple[FigureOf, ...]
    best: int | None
    because: str
    lowest: int
    highest: int
    ratio: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Elsewhere:
    """An incident that is disputed for another reason than one number: place, sides, blame."""

    incident: str
    type: str
    about: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Disputes:
    """What `disputes` finds, the widest disagreement first."""

    answer: str
    rows: tuple[Disagreement, ...]
    elsewhere: tuple[Elsewhere, ...]
    assumptions: tuple[str, ...]


ASSUMPTIONS = (
    "A figure that a later report raises is a toll that rose, one that its own side lowers is "
    "revised; neither is a dispute. Two voices that cannot both be right are one. A number that "
    "another holds is left out.",
    "The ratio is the least that the words allow: from the upper end of the lowest figure to the "
    "lower end of the highest. “At least 10” has no upper end and is no lowest figure against 22.",
    "Figures that a voice only denies are listed and not compared.",
)


def disputes(incidents: Iterable[Incident]) -> Disputes:
    """Tolls whose voices disagree, the widest first; none at all before any ratio.

    Raises NothingToAnalyse without incidents.
    """
    known = list(incidents)
    if not known:
        raise NothingToAnalyse("No incident fits, so there is no dispute. Widen the filters.")
    rows = [
        row
        for incident in known
        for toll in incident.casualties
        if toll.disputed and (row := _row(incident, toll))
    ]
    rows.sort(key=_widest)
    shown = {row.incident for row in rows}
    elsewhere = tuple(
        Elsewhere(incident=one.id, type=one.type, about=_about(one))
        for one in known
        if one.disputed and one.id not in shown
    )
    return Disputes(
        answer=_answer(rows, len(known), len(elsewhere)) + _moved(known),
        rows=tuple(rows),
        elsewhere=elsewhere,
        assumptions=ASSUMPTIONS,
    )


def _row(incident: Incident, toll: Toll) -> Disagreement | None:
    voices = tuple(figure_of(figure) for figure in toll.according_to if not figure.part)
    said = [one for one in voices if one.stance != "denies"]
    tops = [one.high for one in said if one.high is not None]
    lows = [one.low for one in said if one.low is not None]
    if not tops or not lows or max(lows) <= min(tops):
        return None
    lowest, highest = min(tops), max(lows)
    return Disagreement(
        incident=incident.id,
        type=incident.type,
        where=incident.where.name if incident.where else None,
        when=incident.when.edtf if incident.when else None,
        effect=toll.effect,
        victims=toll.victims,
        voices=voices,
        best=toll.best,
        because=toll.because,
        lowest=lowest,
        highest=highest,
        ratio=round(min(highest, MOST) / min(lowest, MOST), 2) if lowest else None,
    )


def _widest(row: Disagreement) -> tuple[bool, float, int, str]:
    """None at all against some comes first, then the ratio, then the number of people."""
    return row.ratio is not None, -(row.ratio or 0), row.lowest - row.highest, row.incident


def _about(incident: Incident) -> tuple[str, ...]:
    if incident.accounts:
        return incident.accounts
    denied = tuple(toll.moves for toll in incident.casualties if toll.disputed and toll.moves)
    if denied:
        return denied
    if incident.responsibility.state == "competing":
        return ("several are said to have done it",)
    return ("the accounts cannot all hold",)


def _moved(known: Iterable[Incident]) -> str:
    """How many tolls moved without being disputed; empty where none did."""
    how = [toll.disagreement for incident in known for toll in incident.casualties]
    words = [
        f"{several(number, 'toll')} {verb}"
        for kind, verb in (("rose", "rose"), ("fell", "fell on revision"))
        if (number := how.count(kind))  # type: ignore[arg-type]
    ]
    return f" {' and '.join(words)}: no dispute." if words else ""


def _answer(rows: list[Disagreement], known: int, elsewhere: int) -> str:
    other = (
        f" {elsewhere} {'is' if elsewhere == 1 else 'are'} disputed for another reason."
        if elsewhere
        else ""
    )
    if not rows:
        return f"No number is disputed in {several(known, 'incident')}.{other}"
    first = rows[0]
    where = f" in {first.where}" if first.where else ""
    when = f" ({first.when})" if first.when else ""
    apart = f"{first.ratio:g} times apart" if first.ratio else "none at all against some"
    people = "people" if first.victims == "unknown" else first.victims.replace("_", " ")
    incidents = len({row.incident for row in rows})
    return (
        f"Voices disagree on {several(len(rows), 'toll')} of {several(incidents, 'incident')}, of "
        f"{known}; most on the "
        f"{people} {first.effect.replace('_', ' ')}{where}{when}: {first.lowest:,} against "
        f"{first.highest:,}, {apart}.{other}"
    )
