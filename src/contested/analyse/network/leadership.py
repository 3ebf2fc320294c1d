"""Who is said to have held which public role, when, and who came after whom.

Only roles at the head of a body make a succession; a spokesperson, a commander or a minister of
something unnamed is listed, not lined up. Nobody is ranked, counted or followed beyond the role.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from contested.analyse.bodies import Bodies
from contested.analyse.voiced import REAL, Said, in_time, said
from contested.model import PositionClaim, When
from contested.model.edtf import bounds
from contested.model.terms import PositionAct, Role

HEADS = frozenset(
    {"leader", "chief", "minister", "head-of-government", "head-of-state", "governor",
     "chief-minister"}
)  # fmt: skip
ENDS: tuple[PositionAct, ...] = ("removed", "died", "killed")
UNNAMED = "body not named"
Change = Literal["follows", "gap", "overlap", "unclear"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """One thing said of a holder: that they hold it, were appointed, removed, died, were killed.

    `when` is the EDTF time of the act as told; `according_to` who says so, and how.
    """

    act: PositionAct
    when: str | None
    earliest: str | None
    latest: str | None
    stances: tuple[str, ...]
    according_to: tuple[str, ...]
    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """One person in one public role of one body, as told.

    `begun` and `ended` are EDTF times that somebody gives. `seen_first` and `seen_last` are the
    days of the reports that name the person in it, so that they held it by then. `how` is the
    way in which it ended as far as anybody asserts, `doubts` what cannot all be so.
    """

    body: str
    body_name: str
    role: Role
    person: str
    begun: str | None
    ended: str | None
    how: str | None
    seen_first: str | None
    seen_last: str | None
    acts: tuple[Act, ...]
    doubts: tuple[str, ...]
    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Succession:
    """Two holders of one role in the order of what is told of them.

    ``follows``: the end of the one and the begin of the other meet within the precision of what
    is told; ``gap``: time between them that nobody tells of; ``overlap``: both are said to hold
    it at one time; ``unclear``: an end or a begin is not told.
    """

    body: str
    body_name: str
    role: Role
    before: str
    after: str
    change: Change
    words: str


def terms(
    claims: Iterable[PositionClaim],
    bodies: Bodies,
    published: Mapping[str, When | None],
    parties: frozenset[str],
) -> tuple[Term, ...]:
    """Position claims as terms, by body, role and begin."""
    found: dict[tuple[str, Role], dict[str, list[PositionClaim]]] = {}
    for claim in claims:
        if claim.status not in REAL:
            continue
        body = _body(claim, bodies)
        found.setdefault((body, claim.role), {}).setdefault(claim.person, []).append(claim)
    out = [
        _term(body, role, person, held, bodies, published, parties)
        for (body, role), persons in found.items()
        for person, held in _one_person(persons).items()
    ]
    return tuple(sorted(out, key=lambda t: (t.body, t.role, _start(t) or "9", t.person)))


def _body(claim: PositionClaim, bodies: Bodies) -> str:
    """The body itself, not the state that it is an organ of: a ministry has a minister."""
    if claim.organisation is not None:
        return claim.organisation
    words = claim.organisation_as_written
    return bodies.node(None, words) if words else UNNAMED


def _one_person(persons: Mapping[str, list[PositionClaim]]) -> dict[str, list[PositionClaim]]:
    """Names of which one holds all words of the other, the last one alike, mean one person in
    one role of one body."""
    out: dict[str, list[PositionClaim]] = {}
    for name in sorted(persons, key=lambda name: (-len(name.split()), name)):
        words = name.casefold().split()
        same = next((known for known in out if _within(words, known.casefold().split())), name)
        out.setdefault(same, []).extend(persons[name])
    return out


def _within(words: Sequence[str], other: Sequence[str]) -> bool:
    return bool(words) and words[-1] == other[-1] and set(words) <= set(other)


def _term(
    body: str,
    role: Role,
    person: str,
    claims: Sequence[PositionClaim],
    bodies: Bodies,
    published: Mapping[str, When | None],
    parties: frozenset[str],
) -> Term:
    told = [(claim, said(claim, claim.when, published, bodies, parties)) for claim in claims]
    acts = _acts(told)
    begins = [a for a in acts if a.act in ("appointed", "holds") and a.when and _affirmed(a)]
    begins.sort(key=lambda a: (a.act != "appointed", a.earliest or "9"))
    ends = sorted(
        (a for a in acts if a.act in ENDS and _affirmed(a)), key=lambda a: a.earliest or "9"
    )
    seen = sorted(
        what.said for claim, what in told if claim.act == "holds" and what.said and not claim.when
    )
    return Term(
        body=body,
        body_name=bodies.name(body),
        role=role,
        person=person,
        begun=begins[0].when if begins else None,
        ended=next((a.when for a in ends if a.when), None),
        how=ends[0].act if ends else None,
        seen_first=seen[0] if seen else None,
        seen_last=seen[-1] if seen else None,
        acts=acts,
        doubts=tuple(_doubts(acts, seen)),
        claims=tuple(claim.id for claim in claims),
    )


def _acts(told: Sequence[tuple[PositionClaim, Said]]) -> tuple[Act, ...]:
    found: dict[tuple[PositionAct, str | None], list[tuple[PositionClaim, Said]]] = {}
    for claim, what in told:
        found.setdefault((claim.act, what.when), []).append((claim, what))
    out = []
    for (act, when), each in found.items():
        time = each[0][0].when
        out.append(
            Act(
                act=act,
                when=when,
                earliest=time.earliest if time else None,
                latest=time.latest if time else None,
                stances=tuple(dict.fromkeys(what.stance for _, what in each)),
                according_to=tuple(dict.fromkeys(what.voice for _, what in each)),
                claims=tuple(claim.id for claim, _ in each),
            )
        )
    return tuple(sorted(out, key=lambda a: (a.earliest or a.latest or "9", a.act)))


def _affirmed(act: Act) -> bool:
    return "asserts" in act.stances and "denies" not in act.stances


def _doubts(acts: Sequence[Act], seen: Sequence[str]) -> Iterable[str]:
    ends = [act for act in acts if act.act in ENDS]
    for act in ends:
        if not _affirmed(act):
            how = " and ".join(s for s in act.stances if s != "asserts")
            yield f"{act.act} is {'asserted and ' if 'asserts' in act.stances else ''}{how}"
    times = {act.when for act in ends if act.when and _affirmed(act)}
    if len(times) > 1:
        yield f"the end is told of {len(times)} times: {', '.join(sorted(times))}"
    kinds = {act.act for act in ends if _affirmed(act)} & {"died", "killed"}
    if len(kinds) > 1:
        yield "said to have died and said to have been killed"
    last = max((act.latest for act in ends if act.latest and _affirmed(act)), default=None)
    if last and seen and seen[-1] > last:
        yield f"named in the role on {seen[-1]}, after the end that is told ({last})"


def _start(term: Term) -> str | None:
    first, last = _began(term)
    return _middle(first, last) if first and last else first or last


def _end(term: Term) -> tuple[str | None, str | None]:
    """First and last day on which the term may have ended."""
    ends = [a for a in term.acts if a.act in ENDS and a.when and _affirmed(a)]
    return (
        min((a.earliest for a in ends if a.earliest), default=None),
        max((a.latest for a in ends if a.latest), default=None),
    )


def _began(term: Term) -> tuple[str | None, str | None]:
    """First and last day on which it may have begun; the last at most when first seen.

    Of "2018/..", in the role since 2018, the begin lies in 2018.
    """
    if term.begun is None:
        return None, term.seen_first
    first, last = bounds(term.begun.partition("/")[0]) if term.begun[:1] != "." else (None, None)
    return first.isoformat() if first else None, last.isoformat() if last else None


def _middle(first: str, last: str) -> str:
    ends = [dt.date.fromisoformat(day).toordinal() for day in (first, last)]
    return dt.date.fromordinal(sum(ends) // 2).isoformat()


def successions(terms: Iterable[Term]) -> tuple[Succession, ...]:
    """Who comes after whom in roles that one person holds at a time."""
    lines: dict[tuple[str, Role], list[Term]] = {}
    for term in terms:
        if term.role in HEADS and term.body != UNNAMED and Bodies.is_known(term.body):
            lines.setdefault((term.body, term.role), []).append(term)
    return tuple(
        _succession(one, other) for line in lines.values() for one, other in pairwise(_lined(line))
    )


def _lined(line: Sequence[Term]) -> list[Term]:
    """In order of begin; of one without a begin, by its end."""

    def key(term: Term) -> tuple[str, str]:
        return (_start(term) if term.begun else None) or _end(term)[0] or _start(term) or "9", (
            term.person
        )

    return sorted(line, key=key)


def _succession(one: Term, other: Term) -> Succession:
    change, words = _change(one, other)
    return Succession(
        body=one.body,
        body_name=one.body_name,
        role=one.role,
        before=one.person,
        after=other.person,
        change=change,
        words=words,
    )


def _change(one: Term, other: Term) -> tuple[Change, str]:
    ends, ended = _end(one)
    begins, begun = _began(other)
    how = f"{one.how or 'end'} {one.ended}" if one.ended else ""
    if ended is None and ends is None:
        if one.seen_last and begun and one.seen_last > begun:
            return "overlap", (
                f"{one.person} is still named in the role on {one.seen_last}, and {other.person} "
                f"by {begun}"
            )
        return "unclear", f"no end is told of {one.person}; order by what is told first"
    if begins is None and begun is None:
        return "unclear", f"{how}; no begin is told of {other.person}"
    if ends and begun and begun < ends:
        return "overlap", f"{other.person} is told of by {begun}, before the {how} of {one.person}"
    if begins is None and other.begun is None:
        return "gap", f"{how}; {other.person} is first named on {begun}, nothing tells since when"
    if ended and begins and begins > ended:
        return "gap", f"{how}; {other.person} begins {other.begun}: nobody is told of between"
    return "follows", f"{how}; {other.person} begins {other.begun}"


def within(
    claims: Iterable[PositionClaim],
    published: Mapping[str, When | None],
    since: str | None,
    until: str | None,
) -> list[PositionClaim]:
    """Position claims of the time asked for."""
    return [c for c in claims if in_time(c.when, published.get(c.report), since, until)]
