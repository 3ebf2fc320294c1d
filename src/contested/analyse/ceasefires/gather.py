"""Agreement claims to agreements: which claims are about one, and what they make of it.

Claims of one type and the same sides go together by their time: openings at most `SLACK` days
apart are one agreement, an end belongs to the last that began before it. A claim without a date
belongs to the agreement that its report, its mediators and its terms speak of; where nothing
speaks for one, it stands alone. What was joined and why can be read off the acts.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from contested.analyse.ceasefires.agreements import CLOSING, OPENING, Act, Agreement, Span
from contested.analyse.ceasefires.settle import settled
from contested.analyse.frame import Frame
from contested.analyse.told import Reports, days, who_says
from contested.model import AgreementClaim

SLACK = 2
"""Days between the signing of an agreement and its taking effect that still make it one."""
LONG_AFTER = 31
"""Days after an end from which what is told is of another agreement."""
LATE = 1
"""Days after its terms ran out from which a new opening is a new agreement."""


@dataclass(frozen=True, slots=True)
class Told:
    """A claim with its days, its sides, and the last day of its report."""

    claim: AgreementClaim
    act: Act
    sides: frozenset[str]
    mediators: frozenset[str]
    said: int | None

    @property
    def dated(self) -> bool:
        """Whether the claim itself tells when."""
        return self.act.span.known and not self.act.by_report


@dataclass(slots=True)
class Group:
    """Claims on one agreement on the way to it."""

    told: list[Told] = field(default_factory=list)

    @property
    def sides(self) -> frozenset[str]:
        """All sides that a claim names."""
        return frozenset().union(*(one.sides for one in self.told))

    @property
    def mediators(self) -> frozenset[str]:
        """All mediators that a claim names."""
        return frozenset().union(*(one.mediators for one in self.told))

    @property
    def reports(self) -> frozenset[str]:
        """The reports that tell of it."""
        return frozenset(one.claim.report for one in self.told)

    def span(self, acts: frozenset[str]) -> Span | None:
        """The days of the narrowest claim of such an act; None without one."""
        found = [one.act.span for one in self.told if one.act.act in acts and one.dated]
        return min(found, key=_width) if found else None

    @property
    def terms(self) -> float | None:
        """The longest duration that anybody names, in days."""
        return max((one.claim.duration_days or 0 for one in self.told), default=0) or None

    @property
    def bound(self) -> int:
        """The first day by which it is told to have begun; 0 where nothing says so."""
        found = [one.act.span.last for one in self.told if one.act.act in OPENING]
        return min((day for day in found if day is not None), default=0)

    @property
    def ran_out(self) -> int | None:
        """The last day by its own terms, where a start and a duration are told."""
        start = self.span(OPENING)
        if start is None or start.last is None or self.terms is None:
            return None
        return start.last + round(self.terms)


def gathered(
    claims: Iterable[AgreementClaim], reports: Reports, frame: Frame, last: int | None
) -> list[Agreement]:
    """All agreements of the claims, by start; the undated last.

    `last` is the last day that the record knows of.
    """
    told = [_told(claim, reports, frame) for claim in sorted(claims, key=_order)]
    groups: list[Group] = []
    for kind in sorted({one.claim.type for one in told}):
        of_kind = [one for one in told if one.claim.type == kind]
        found = _dated(of_kind)
        _attach(found, [one for one in of_kind if not _placed(one, found)])
        groups += found
    _lend_mediators(groups)
    agreements = [
        settled(group.told, group.mediators, last, _floor(group, groups)) for group in groups
    ]
    return _replaced(sorted(agreements, key=_when))


def _floor(group: Group, groups: Sequence[Group]) -> int | None:
    """The last dated act of an earlier agreement in the report in which this one begins."""
    if group.span(OPENING) is not None:
        return None
    homes = {one.claim.report for one in group.told if one.act.act in OPENING}
    found = [
        one.act.span.last
        for other in groups
        if other is not group
        and other.sides == group.sides
        and other.told[0].claim.type == group.told[0].claim.type
        for one in other.told
        if one.dated and one.claim.report in homes and one.act.span.last is not None
    ]
    return max(found, default=None)


def _replaced(agreements: Sequence[Agreement]) -> list[Agreement]:
    """Where nobody says that an agreement ended, the next one of its kind took its place."""
    out = []
    for n, one in enumerate(agreements):
        later = [
            other.start.last
            for other in agreements[n + 1 :]
            if (other.type, other.parties) == (one.type, one.parties)
            and one.start.last is not None
            and other.start.last is not None
            and other.start.last > one.start.last
        ]
        if later and one.end is None and one.fate == "in force" and one.parties:
            out.append(replace(one, replaced=min(later), fate="replaced"))
        else:
            out.append(one)
    return out


def _order(claim: AgreementClaim) -> tuple[str, int, str]:
    return claim.name, claim.start, claim.id


def _when(one: Agreement) -> tuple[bool, int, str]:
    day = one.start.first if one.start.first is not None else one.start.last
    return day is None, day or 0, one.id


def _width(span: Span) -> int:
    if span.first is None or span.last is None:
        return 10**6
    return span.last - span.first


def _told(claim: AgreementClaim, reports: Reports, frame: Frame) -> Told:
    first, last = days(claim.when)
    known = reports.get(claim.report)
    said = known.last if known else None
    by_report = first is None and last is None
    if claim.act == "ongoing" and claim.status != "occurred" and known is not None:
        first, last, by_report = known.first, known.last, True
    if by_report and claim.act != "ongoing":
        first, last = None, said
    act = Act(
        claim=claim.id, report=claim.name, act=claim.act, span=Span(first, last),
        by_report=by_report, says=who_says(claim, reports), stance=claim.stance,
        status=claim.status, quote=claim.quote,
    )  # fmt: skip
    return Told(
        claim=claim,
        act=act,
        sides=frozenset(frame.side(ref.actor) for ref in claim.parties if ref.actor),
        mediators=frozenset(frame.side(ref.actor) for ref in claim.mediators if ref.actor),
        said=said,
    )


def _placed(one: Told, groups: Sequence[Group]) -> bool:
    return any(one in group.told for group in groups)


def _dated(told: Sequence[Told]) -> list[Group]:
    """Groups from dated openings, the narrowest first."""
    groups: list[Group] = []
    openings = [one for one in told if one.dated and one.act.act in OPENING and len(one.sides) > 1]
    for one in sorted(openings, key=lambda one: (_width(one.act.span), one.act.span.first or 0)):
        home = next((group for group in groups if _same_opening(one, group)), None)
        if home is None:
            groups.append(Group([one]))
        else:
            home.told.append(one)
    return groups


def _same_opening(one: Told, group: Group) -> bool:
    span = group.span(OPENING)
    if span is None or not one.sides <= group.sides:
        return False
    if not one.act.span.meets(span, SLACK):
        return False
    if _width(one.act.span) > SLACK and one.mediators and group.mediators:
        return bool(one.mediators & group.mediators)
    return True


def _attach(groups: list[Group], rest: Sequence[Told]) -> None:
    """Every other claim to the group that it fits best; to one of its own where none fits."""
    order = {act: n for n, act in enumerate(("agreed", "took_effect", "extended"))}
    rest = sorted(
        rest, key=lambda one: (not one.dated, order.get(one.act.act, 9), _order(one.claim))
    )
    for one in rest:
        fits = [(score, group) for group in groups if (score := _score(one, group)) is not None]
        if fits:
            max(fits, key=lambda pair: pair[0])[1].told.append(one)
        else:
            groups.append(Group([one]))


Score = tuple[int, int]


def _score(one: Told, group: Group) -> Score | None:
    """How well a claim fits a group; None where it cannot be about it. Later agreements win."""
    if (
        not one.sides
        or not group.sides
        or not (one.sides <= group.sides or group.sides <= one.sides)
    ):
        return None
    if len(one.sides) > 1 and len(group.sides) > 1 and one.sides != group.sides:
        return None
    span, day = (
        group.span(OPENING),
        one.act.span.last if one.act.span.last is not None else one.said,
    )
    begun = span.first if span and span.first is not None else group.bound
    if begun and day is not None and day < begun - SLACK:
        return None
    if one.act.act in OPENING and _is_new(one, group):
        return None
    closed = group.span(CLOSING)
    after = one.act.span.first
    if closed is not None and closed.last is not None and after is not None:
        late = after > closed.last + LONG_AFTER
        if late and one.act.act not in CLOSING:
            return None
    if one.mediators and group.mediators and not one.mediators & group.mediators:
        return None
    points = 2 * bool(one.mediators & group.mediators)
    points += 2 * (one.claim.duration_days is not None and one.claim.duration_days == group.terms)
    points += one.claim.report in group.reports
    points += one.sides == group.sides
    return points, begun


def _is_new(one: Told, group: Group) -> bool:
    """Whether an opening comes after the group's agreement had run out or ended."""
    if one.dated:
        span = group.span(OPENING)
        return span is not None and not one.act.span.meets(span, SLACK)
    gone = group.ran_out
    if gone is None or one.said is None or one.claim.duration_days is not None:
        return False
    return one.said > gone + LATE and not group.span(CLOSING)


def _lend_mediators(groups: Sequence[Group]) -> None:
    """Whoever mediated the talks that a report tells of mediated what it says came of them."""
    for group in groups:
        if group.mediators or any(one.claim.type == "talks" for one in group.told):
            continue
        openings = [one for one in group.told if one.act.act in OPENING]
        for other in groups:
            talks = [one for one in other.told if one.claim.type == "talks" and one.mediators]
            for talk in talks:
                home = next(
                    (
                        one
                        for one in openings
                        if one.claim.report == talk.claim.report
                        and one.sides == talk.sides
                        and one.act.span.meets(talk.act.span, SLACK)
                        and one.said is not None
                        and (not talk.dated or one.said - (talk.act.span.last or 0) <= SLACK)
                    ),
                    None,
                )
                if home is not None:
                    group.told[group.told.index(home)] = Told(
                        home.claim, home.act, home.sides, talk.mediators, home.said
                    )
                    break
            if group.mediators:
                break
