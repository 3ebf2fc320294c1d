"""Ties between actors from relation claims: each with who asserts and who denies it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from contested.analyse.bodies import Bodies
from contested.analyse.voiced import REAL, Odds, Said, Standing, reading, said
from contested.model import RelationClaim, When
from contested.world.rows import TieWord

SAME = "same_as"
BACKING = frozenset({"supports", "shelters"})
"""Ties of which a denial of the one may mean the other."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tie:
    """What is said of how `subject` stands to `object`.

    `arrow` is the name of the tie and `sign` 1 where it binds, -1 where it sets against, 0 where
    neither; `mutual` where it has no direction. `standing` tells how it is said:
    ``asserted`` by somebody who is no party to the conflict, ``by a party`` only, ``alleged`` only,
    ``disputed`` (also denied) or ``denied`` (asserted by nobody). `chance` is that of being there
    in a draw. `first` and `last` are the days of the first and the last report that speaks of it,
    `times` what is said of when.
    `also` are denials of the like by `subject` itself in words that name no known actor: they may
    mean this tie, and do not change its chance.
    """

    subject: str
    subject_name: str
    arrow: str
    object: str
    object_name: str
    words: str
    sign: int
    mutual: bool
    standing: Standing
    chance: float
    asserted_by: tuple[str, ...]
    denied_by: tuple[str, ...]
    first: str | None
    last: str | None
    times: tuple[str, ...]
    claims: tuple[str, ...]
    said: tuple[Said, ...]
    also: tuple[str, ...] = ()

    @property
    def sentence(self) -> str:
        """Who stands how to whom, in words."""
        return f"{self.subject_name} {self.words} {self.object_name}"


@dataclass(frozen=True, slots=True)
class Gathered:
    """Ties, assertions that two names mean one (never a tie), and what was left out."""

    ties: tuple[Tie, ...]
    identities: tuple[Tie, ...]
    within: int
    not_real: int


Key = tuple[str, str, str]


def ties(
    claims: Iterable[RelationClaim],
    words: Mapping[tuple[str, str], TieWord],
    bodies: Bodies,
    published: Mapping[str, When | None],
    parties: frozenset[str],
    odds: Odds,
) -> Gathered:
    """Gather relation claims into ties; those within one body and those of no fact are counted.

    A term that the table of ties does not hold stands for itself, without a sign.
    """
    found: dict[Key, list[Said]] = {}
    within = not_real = 0
    for claim in claims:
        if claim.status not in REAL:
            not_real += 1
            continue
        key = _key(claim, words, bodies)
        if key[0] == key[2]:
            within += 1
            continue
        found.setdefault(key, []).append(said(claim, claim.when, published, bodies, parties))
    made = [_tie(key, what, words, bodies, odds) for key, what in found.items()]
    made = _with_denials(made, bodies)
    made.sort(key=lambda tie: (-tie.chance, tie.arrow, tie.subject, tie.object))
    same = [tie for tie in made if tie.arrow == phrase(SAME)]
    return Gathered(tuple(tie for tie in made if tie not in same), tuple(same), within, not_real)


def _with_denials(made: Sequence[Tie], bodies: Bodies) -> list[Tie]:
    """Denials of one's own that name by bare words whom they are about, where they may belong."""
    vague = [
        tie
        for tie in made
        if tie.denied_by and not bodies.is_known(tie.object) and tie.subject in tie.denied_by
    ]
    return [
        replace(
            tie,
            also=tuple(
                f"{other.subject_name} denies that it {other.words} {other.object}"
                for other in vague
                if other is not tie
                and other.subject == tie.subject
                and {other.arrow, tie.arrow} <= BACKING
            ),
        )
        for tie in made
    ]


def phrase(term: str) -> str:
    """A term as words."""
    return term.replace("_", " ")


def _word(term: str, words: Mapping[tuple[str, str], TieWord]) -> TieWord:
    known = words.get(("relation", term))
    return known or TieWord("relation", term, phrase(term), 0, term == SAME, phrase(term), "")


def _key(
    claim: RelationClaim, words: Mapping[tuple[str, str], TieWord], bodies: Bodies
) -> tuple[str, str, str]:
    one, other = bodies.of(claim.subject), bodies.of(claim.object)
    if _word(claim.relation, words).mutual and other < one:
        one, other = other, one
    return one, claim.relation, other


def _tie(
    key: Key,
    what: Sequence[Said],
    words: Mapping[tuple[str, str], TieWord],
    bodies: Bodies,
    odds: Odds,
) -> Tie:
    subject, relation, target = key
    word = _word(relation, words)
    read = reading(what, odds)
    days = sorted(one.said for one in what if one.said)
    return Tie(
        subject=subject,
        subject_name=bodies.name(subject),
        arrow=word.arrow,
        object=target,
        object_name=bodies.name(target),
        words=word.words if relation != SAME else "is said to be the same as",
        sign=word.sign,
        mutual=word.mutual,
        standing=read.standing,
        chance=read.chance,
        asserted_by=read.asserted_by,
        denied_by=read.denied_by,
        first=days[0] if days else None,
        last=days[-1] if days else None,
        times=tuple(dict.fromkeys(one.when for one in what if one.when)),
        claims=tuple(one.claim for one in what),
        said=tuple(what),
    )
