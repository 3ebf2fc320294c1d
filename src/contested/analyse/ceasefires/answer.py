"""Agreements as one answer: a row each, the curve of how long they hold, and the violence."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from contested.analyse.ceasefires.agreements import Act, Agreement
from contested.analyse.ceasefires.gather import gathered
from contested.analyse.ceasefires.settle import holds
from contested.analyse.ceasefires.survive import ENDINGS, Survival, lastings, survive
from contested.analyse.ceasefires.violence import LONGEST, Violence, violence
from contested.analyse.draws import DrawOptions, Draws
from contested.analyse.figures import several
from contested.analyse.frame import Frame
from contested.analyse.told import Reports, day_in_words
from contested.errors import NothingToAnalyse, UsageError
from contested.model import AgreementClaim

ASSUMPTIONS = (
    "Claims of one type between the same sides are one agreement where their openings lie at most "
    "2 days apart; a movement that governs a country stands for it. A claim without a date goes to "
    "the agreement that its report, mediators and terms speak of.",
    "Violations are accusations and end nothing. An agreement that ran out by its terms, was "
    "replaced by the next, or is in force on the last day of the record, is censored there.",
    "Of start and end the narrowest days that most voices leave are taken; who contradicts them is "
    "told.",
    "Survival: product-limit; 95 % intervals by the beta product procedure below 20 endings, else "
    "log minus log; unsure days widen them. These are agreements that reports tell of, no sample.",
    "Rates: windows of one length; an incident counts where a party began it against another party "
    "or an unknown target. A difference between windows is no effect of the agreement.",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One claim on an agreement: what became of it, when in words, who says so with which words."""

    claim: str
    report: str
    act: str
    when: str
    says: str
    stance: str
    status: str
    quote: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreementRow:
    """One agreement as a row. `lasted_low` and `lasted_high` are days, so far where it is in force;
    null where its start is unknown."""

    id: str
    type: str
    parties: tuple[str, ...]
    mediators: tuple[str, ...]
    place: str | None
    began: str
    ended: str | None
    fate: str
    durations: tuple[float, ...]
    extended: bool
    lasted_low: int | None
    lasted_high: int | None
    violations: tuple[Said, ...]
    acts: tuple[Said, ...]
    disputes: tuple[str, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ceasefires:
    """What `ceasefires` finds. `last` is the day on which open agreements are censored."""

    answer: str
    rows: tuple[AgreementRow, ...]
    last: str | None
    survival: Survival
    violence: Violence | None
    warnings: tuple[str, ...]
    assumptions: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """What agreements are read with: reports, actors, draws of incidents (none: no violence), the
    longest window in days, and options of chance."""

    reports: Reports
    frame: Frame
    draws: Draws | None = None
    longest: int = LONGEST
    options: DrawOptions = field(default_factory=DrawOptions)


def ceasefires(claims: Iterable[AgreementClaim], around: Around) -> Ceasefires:
    """Agreements with how they ended, how long they hold, and the violence around them.

    Raises NothingToAnalyse without claims on agreements, UsageError for a window of no day.
    """
    if around.longest < 1:
        raise UsageError(f"A window of {around.longest} days: give 1 or more.")
    given = list(claims)
    if not given:
        raise NothingToAnalyse(
            "No report tells of an agreement here. Widen the filters, or add reports on ceasefires "
            "and talks."
        )
    last = _last(around)
    agreements = gathered(given, around.reports, around.frame, last)
    lasted, left_out = lastings(agreements, last) if last is not None else ([], [])
    curve = survive(lasted, left_out, around.options.seed, around.options.count)
    held = {one.agreement: one for one in lasted}
    around_them = None
    if around.draws is not None:
        around_them = violence(agreements, around.draws, around.frame, around.longest)
    rows = tuple(
        _row(one, held[one.id].low if one.id in held else None,
             held[one.id].high if one.id in held else None)
        for one in agreements
    )  # fmt: skip
    drawn = around.draws.assumptions() if around.draws is not None else ()
    return Ceasefires(
        answer=_answer(agreements, curve, around_them),
        rows=rows,
        last=None if last is None else day_in_words(last),
        survival=curve,
        violence=around_them,
        warnings=_warnings(agreements, curve, around_them),
        assumptions=ASSUMPTIONS + tuple(drawn),
    )


def _last(around: Around) -> int | None:
    """The last day that the record knows of: of a report, or of an incident."""
    days = [one.last for one in around.reports.values() if one.last is not None]
    period = around.draws.events.period() if around.draws is not None else None
    if period is not None:
        days.append(period[1].toordinal())
    return max(days, default=None)


def _row(one: Agreement, low: int | None, high: int | None) -> AgreementRow:
    over = one.over
    return AgreementRow(
        id=one.id, type=one.type, parties=one.parties, mediators=one.mediators, place=one.place,
        began=one.start.words(), ended=over.words() if over is not None else None, fate=one.fate,
        durations=one.durations, extended=one.extended, lasted_low=low, lasted_high=high,
        violations=_said(one.violations),
        acts=_said(one.acts), disputes=one.disputes, notes=one.notes,
    )  # fmt: skip


def _said(acts: Sequence[Act]) -> tuple[Said, ...]:
    return tuple(
        Said(
            claim=act.claim, report=act.report, act=act.act, says=act.says, stance=act.stance,
            status=act.status, quote=act.quote,
            when=f"{act.span.words()} (its report)" if act.by_report else act.span.words(),
        )
        for act in acts
    )  # fmt: skip


def _answer(agreements: Sequence[Agreement], curve: Survival, around: Violence | None) -> str:
    able = [one for one in agreements if holds(one)]
    fates = {fate: sum(one.fate == fate for one in able) for fate in _FATES}
    told = ", ".join(f"{number} {_FATES[fate]}" for fate, number in fates.items() if number)
    out = [f"{several(len(agreements), 'agreement')}, {len(able)} of them meant to hold"]
    out[0] += f": {told}." if told else "."
    violated = sum(bool(one.violations) for one in able)
    if violated:
        out.append(f"{violated} {'is' if violated == 1 else 'are'} said to have been violated.")
    disputed = sum(bool(one.disputes) for one in agreements)
    if disputed:
        out.append(f"Voices contradict each other on {disputed}.")
    out.append(_survival(curve))
    if around is not None and around.windows:
        out += _change(around)
    return " ".join(out)


_FATES = {
    "in force": "in force as far as is told", "broke down": "broke down", "ran out": "ran out",
    "replaced": "replaced by the next", "disputed": "disputed whether it ended",
    "unknown": "told of without a beginning or an end",
}  # fmt: skip


def _survival(curve: Survival) -> str:
    if not curve.points:
        return "How long they hold cannot be told: no start is known."
    head = f"{curve.broke} of {curve.agreements} with a known start broke down"
    if curve.agreements == 1:
        return f"{head}: one agreement makes no curve to rely on."
    if curve.broke < ENDINGS:
        return f"{head}: too few endings ({curve.broke} of {ENDINGS}) to tell a median."
    if curve.median is None:
        return f"{head}, fewer than half: no median."
    ends = f"{curve.median_low or 0:g} to " + (
        f"{curve.median_high:g}" if curve.median_high is not None else "no upper end"
    )
    return f"{head}, half of them within {curve.median:g} days (95 % interval {ends})."


def _change(around: Violence) -> list[str]:
    """The three rates of each agreement, for the first few."""
    out = []
    for id in list(dict.fromkeys(one.agreement for one in around.windows))[:2]:
        mine = [one for one in around.windows if one.agreement == id]
        parts = [f"{one.part} {one.rate:g} ({one.rate_low:g} to {one.rate_high:g})" for one in mine]
        name = mine[0].name
        out.append(
            f"{name[:1].upper()}{name[1:]}: incidents a day in {several(mine[0].days, 'day')} "
            f"{', '.join(parts)}."
        )
    return out


def _warnings(
    agreements: Sequence[Agreement], curve: Survival, around: Violence | None
) -> tuple[str, ...]:
    out = [f"{one.name}: {words}" for one in agreements for words in one.disputes]
    out += [f"Not in the curve: {words}." for words in curve.left_out]
    if around is None:
        out.append("There are no incidents, so there is nothing to tell of violence.")
        return tuple(out)
    out += [f"No windows: {words}." for words in around.left_out]
    for one in around.windows:
        if one.overlaps:
            out.append(
                f"{one.part.capitalize()} {one.name} ({one.first} to {one.last}) another "
                f"agreement of theirs held: {'; '.join(one.overlaps)}. Its incidents stand in the "
                "windows of both and must not be added."
            )
    return tuple(out)
