"""The actors of a conflict as a dated network, with who says and who denies each tie."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from contested.analyse.answer import listed
from contested.analyse.bodies import Bodies
from contested.analyse.figures import several
from contested.analyse.network.leadership import Succession, Term, successions, terms
from contested.analyse.network.leadership import within as placed
from contested.analyse.network.measures import (
    LEAST,
    MOST,
    Balance,
    Broker,
    Community,
    balance,
    binding,
    brokers,
    communities,
    holding,
)
from contested.analyse.network.ties import Gathered, Tie, ties
from contested.analyse.voiced import Odds, in_time, parties_of
from contested.errors import NothingToAnalyse
from contested.model import Claim, PositionClaim, RelationClaim, When
from contested.world.rows import TieWord

ALL_TIES = 3000
"""More ties than this are listed, not measured."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NetworkOptions:
    """How to read the network. `since` and `until` are ISO days, both included; null is open."""

    odds: Odds = field(default_factory=Odds)
    count: int = 200
    seed: int = 1
    since: str | None = None
    until: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Network:
    """What `network` finds. `rows` are the ties; `identities` assertions that two names mean one
    actor: what a person said, never a tie and never a merger."""

    answer: str
    rows: tuple[Tie, ...]
    identities: tuple[Tie, ...]
    brokers: tuple[Broker, ...]
    communities: tuple[Community, ...]
    balance: Balance | None
    terms: tuple[Term, ...]
    successions: tuple[Succession, ...]
    since: str | None
    until: str | None
    warnings: tuple[str, ...]
    assumptions: tuple[str, ...]


def network(
    claims: Iterable[Claim],
    words: Mapping[tuple[str, str], TieWord],
    bodies: Bodies,
    published: Mapping[str, When | None],
    options: NetworkOptions | None = None,
) -> Network:
    """The network of relation claims and the public roles of position claims.

    `published` is when each report was published, by its id. Raises NothingToAnalyse where there
    is neither a tie between two bodies nor a position in the time asked for.
    """
    options = options or NetworkOptions()
    every = list(claims)
    parties = parties_of(every, bodies)
    relations = [claim for claim in every if isinstance(claim, RelationClaim)]
    asked = [
        claim
        for claim in relations
        if in_time(claim.when, published.get(claim.report), options.since, options.until)
    ]
    gathered = ties(asked, words, bodies, published, parties, options.odds)
    positions = [claim for claim in every if isinstance(claim, PositionClaim)]
    held = terms(
        placed(positions, published, options.since, options.until), bodies, published, parties
    )
    if not gathered.ties and not gathered.identities and not held:
        raise NothingToAnalyse(_nothing(len(relations), len(asked), gathered))
    warnings = list(_warnings(gathered, bodies, len(relations) - len(asked)))
    found = _measured(gathered.ties, bodies, options, warnings)
    followed = successions(held)
    warnings += _contradictions(held)
    return Network(
        answer=_answer(gathered, found, held),
        rows=gathered.ties,
        identities=gathered.identities,
        brokers=found.brokers,
        communities=found.communities,
        balance=found.balance,
        terms=held,
        successions=followed,
        since=options.since,
        until=options.until,
        warnings=tuple(warnings),
        assumptions=_assumptions(options, bodies, parties),
    )


@dataclass(frozen=True, slots=True)
class _Measured:
    brokers: tuple[Broker, ...] = ()
    communities: tuple[Community, ...] = ()
    balance: Balance | None = None


def _measured(
    all_ties: Sequence[Tie], bodies: Bodies, options: NetworkOptions, warnings: list[str]
) -> _Measured:
    """Brokers, communities and balance, as far as the network bears them; else why not."""
    bound = binding(all_ties, bodies)
    inside = {node for tie in bound for node in (tie.subject, tie.object)}
    if len(all_ties) > ALL_TIES:
        warnings.append(
            f"{len(all_ties)} ties are too many to measure (at most {ALL_TIES}): narrow the time, "
            "the place or the actors. The ties themselves are listed."
        )
        return _Measured()
    if not all_ties:
        return _Measured()
    mask = holding([tie.chance for tie in all_ties], options.count, options.seed)
    at = [n for n, tie in enumerate(all_ties) if tie in set(bound)]
    stood = balance(all_ties, mask, bodies)
    if len(inside) < LEAST:
        warnings.append(
            f"{several(len(inside), 'body')} with a tie that binds: brokers and communities need "
            f"{LEAST}.".replace("bodys", "bodies")
        )
        return _Measured(balance=stood)
    groups = communities(bound, mask[:, at], bodies)
    if len(inside) > MOST:
        warnings.append(
            f"{len(inside)} bodies are too many to seek brokers in every draw (at most {MOST}): "
            "narrow the time, the place or the actors."
        )
        return _Measured(communities=groups, balance=stood)
    return _Measured(brokers(bound, mask[:, at], bodies), groups, stood)


def _nothing(all_: int, asked: int, gathered: Gathered) -> str:
    if not all_:
        return (
            "No report tells how two actors stand to each other, nor who holds a public role, so "
            "there is no network. Add reports, or widen the filters."
        )
    if not asked:
        return (
            f"None of {several(all_, 'relation')} is of the time asked for. Leave out --since and "
            "--until, or widen them."
        )
    if gathered.within:
        return (
            f"All {several(gathered.within, 'relation')} are within one body, so that there is one "
            "actor and no tie. Ask with --organs to tell the organs of a body apart."
        )
    return (
        f"{several(gathered.not_real, 'relation')} told as planned or threatened, none as being "
        "so: there is no network yet."
    )


def _warnings(gathered: Gathered, bodies: Bodies, elsewhen: int) -> Iterable[str]:
    unknown = {
        node
        for tie in gathered.ties
        for node in (tie.subject, tie.object)
        if not bodies.is_known(node)
    }
    if unknown:
        yield (
            f"{len(unknown)} not in the registry, known by words only ({listed(sorted(unknown), 3)}"
            "): listed, merged with nothing, in no measure."
        )
    if gathered.within:
        yield f"{several(gathered.within, 'relation')} within one body left out (--organs)."
    if gathered.not_real:
        yield f"{several(gathered.not_real, 'relation')} told as planned or threatened left out."
    if elsewhen:
        yield f"{several(elsewhen, 'relation')} of another time or of none left out."


def _contradictions(held: Sequence[Term]) -> list[str]:
    found = [term for term in held if term.doubts]
    return [
        f"{term.person}, {term.role} of {term.body_name}: {'; '.join(term.doubts)}."
        for term in found
    ]


def _answer(gathered: Gathered, found: _Measured, held: Sequence[Term]) -> str:
    every = gathered.ties
    out = [_ties_in_words(every)] if every else ["No tie between two bodies is told."]
    if found.brokers:
        first = found.brokers[0]
        out.append(
            f"Most ways between others lead over {first.name}: {_percent(first.share)} of pairs "
            f"({_percent(first.low)} to {_percent(first.high)} over draws)."
        )
    if found.balance and found.balance.ties:
        out.append(_balance_in_words(found.balance))
    if gathered.identities:
        one = gathered.identities[0]
        voices = listed(one.asserted_by, 2) if one.asserted_by else "nobody"
        out.append(f"That {one.sentence} is what {voices} says, no tie.")
    if held:
        out.append(f"{several(len(held), 'holder')} of public roles are named.")
    return " ".join(out)


def _ties_in_words(every: Sequence[Tie]) -> str:
    kinds: Counter[str] = Counter(tie.standing for tie in every)
    nodes = {node for tie in every for node in (tie.subject, tie.object)}
    parts = [
        words
        for standing, words in (
            ("disputed", "{} asserted and denied"),
            ("by a party", "{} asserted by parties to the conflict only"),
            ("alleged", "{} only alleged"),
            ("denied", "{} denied and asserted by nobody"),
        )
        for words in ([words.format(kinds[standing])] if kinds[standing] else [])
    ]
    tail = f", of which {'; '.join(parts)}" if parts else ""
    return f"{several(len(every), 'tie')} between {len(nodes)} actors{tail}."


def _balance_in_words(found: Balance) -> str:
    if found.reason and not found.against:
        return f"Balance: {found.reason}."
    number = f"{found.low}" if found.exact else f"{found.low} to {found.high}"
    over = (
        f" ({found.draws_low:g} to {found.draws_high:g} over draws)"
        if found.draws_low is not None
        and found.draws_high is not None
        and found.draws_low < found.draws_high
        else ""
    )
    if found.high == 0:
        return f"All {found.ties} signed ties fit two camps{over}."
    return f"{number} of {found.ties} signed ties stand against any parting into two camps{over}."


def _percent(share: float) -> str:
    return f"{100 * share:.0f}%"


def _assumptions(
    options: NetworkOptions, bodies: Bodies, parties: frozenset[str]
) -> tuple[str, ...]:
    named = listed(sorted(bodies.name(one) for one in parties), 6)
    out = [
        options.odds.words(),
        f"Parties to the conflict are those that fight or make terms in what was asked: {named}.",
        "An organ stands for the body that it belongs to unless organs are asked for; a faction "
        "for itself.",
        "What a report tells without a date is placed on the day on which it was published.",
        "A tie that is not told is unknown, not absent: reports tell more of some than of others.",
        "In the point a tie stands from a chance of one half on; intervals hold 90% of "
        f"{options.count} draws (seed {options.seed}).",
        "Names of one role of which one holds the words of the other are one person.",
    ]
    out += [f"{one} counts as {other}, as asked." for one, other in bodies.as_one]
    return tuple(out)
