"""The conflict as one dated picture: arrows, loops, and what changed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from contested.analyse.answer import listed
from contested.analyse.bodies import Bodies
from contested.analyse.draws import Draws
from contested.analyse.figures import several
from contested.analyse.system.board import ATTACKS, CLASHES, OTHERS, Board, Kinds, Window, board
from contested.analyse.system.chance import Null
from contested.analyse.system.changes import Change, State, changes, whole
from contested.analyse.system.found import Loop, Loops, loops
from contested.analyse.system.items import Context, Words, items
from contested.analyse.system.timeline import Phases, acts, drawn, point
from contested.analyse.voiced import Odds, in_time, parties_of
from contested.errors import NothingToAnalyse, UsageError
from contested.model import AgreementClaim, Claim, Incident, When

MOST_ARROWS = 5000


@dataclass(frozen=True, slots=True, kw_only=True)
class Scheme:
    """The tables by which claims and events are read: terms as ties, types as attacks and phases,
    and the loops that are looked for by name."""

    words: Words
    kinds: Kinds
    phases: Phases
    loops: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class SystemOptions:
    """How to look. `since` and `until` are ISO days; `was` and `now` are the ends of two times of
    `span` days each that are held against each other."""

    odds: Odds = field(default_factory=Odds)
    null: Null = field(default_factory=Null)
    count: int = 200
    seed: int = 1
    since: str | None = None
    until: str | None = None
    was: str | None = None
    now: str | None = None
    span: int = 365

    def __post_init__(self) -> None:
        if not 1 <= self.span <= 36_525:
            raise UsageError(f"--span {self.span}: give 1 to 36525 days.")
        for name in ("gap", "lull", "window"):
            if getattr(self.null, name) < 1:
                raise UsageError(f"--{name} {getattr(self.null, name)}: give 1 day or more.")
        if not 19 <= self.null.shuffles <= 9999:
            raise UsageError(
                f"--shuffles {self.null.shuffles}: give 19 (below which no p reaches 0.05) to 9999."
            )
        if self.was and self.now and self.was >= self.now:
            raise UsageError(f"--from {self.was} is not before --to {self.now}: turn them round.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrow:
    """Who does what to whom: how often it is told, by whom, and who denies it.

    `count` is that of the record as it stands, `low` to `high` its 90% interval over draws.
    Attacks and clashes are counted in incidents, ties and words in reports that tell them, terms
    in acts. `undated` of them have no day.
    """

    source: str
    source_name: str
    arrow: str
    target: str
    target_name: str
    low: float
    count: int
    high: float
    undated: int
    first: str | None
    last: str | None
    asserted_by: tuple[str, ...]
    denied_by: tuple[str, ...]
    incidents: tuple[str, ...]
    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class System:
    """What `system` finds: arrows (`rows`), loops, changes, and a page of words."""

    answer: str
    rows: tuple[Arrow, ...]
    loops: tuple[Loop, ...]
    changes: tuple[Change, ...]
    words: tuple[str, ...]
    since: str | None
    until: str | None
    warnings: tuple[str, ...]
    assumptions: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Scene:
    """One reading of the record, before it is put into words."""

    board: Board
    draws: Draws | None
    bodies: Bodies
    loops: Loops


def scene(
    claims: Iterable[Claim],
    draws: Draws | None,
    scheme: Scheme,
    bodies: Bodies,
    published: Mapping[str, When | None],
    options: SystemOptions,
    incidents: Iterable[Incident] = (),
) -> Scene:
    """Arrows and loops of claims and drawn incidents. Raises NothingToAnalyse without an arrow.

    `incidents` tell who denies a deed of which it is blamed.
    """
    every = list(claims)
    parties = parties_of(every, bodies)
    context = Context(scheme.words, bodies, published, parties, options.odds)
    kept = [
        claim
        for claim in every
        if in_time(
            getattr(claim, "when", None),
            published.get(claim.report),
            options.since,
            options.until,
        )
    ]
    told = items(kept, context, incidents)
    made = board(draws, scheme.kinds, told, bodies, options.count, options.seed)
    if not made.keys:
        raise NothingToAnalyse(_nothing(kept, draws, made))
    if len(made.keys) > MOST_ARROWS:
        raise UsageError(
            f"{len(made.keys)} arrows are too many for one picture (at most {MOST_ARROWS}): narrow "
            "the time, the place or the actors."
        )
    dated = acts([c for c in kept if isinstance(c, AgreementClaim)], scheme.phases, context)
    line = point(draws, dated, scheme.phases)
    over = drawn(draws, dated, scheme.phases, options.count, options.seed)
    return Scene(made, draws, bodies, loops(line, over, scheme.phases, scheme.loops, options.null))


def _nothing(claims: Sequence[Claim], draws: Draws | None, made: Board) -> str:
    happened = len(draws.events) if draws is not None else 0
    if made.nameless:
        return (
            f"{several(happened, 'incident')}, of which none names who began and is known to the "
            "registry, and no tie between two actors: there is no arrow. Widen the filters, or add "
            "actors to your tables."
        )
    return (
        f"{several(len(claims), 'claim')} and {several(happened, 'incident')} fit, and none tells "
        "of two actors: there is no arrow. Widen the filters."
    )


def system(now: Scene, options: SystemOptions, before: Scene | None = None) -> System:
    """The picture of a scene; with `before` also what changed since the record said that."""
    from contested.analyse.system.words import answer, page

    arrows = _arrows(now)
    moved: tuple[Change, ...] = ()
    if before is not None:
        moved = changes(State.of(before.board), State.of(now.board), now.bodies)
    elif options.was and options.now:
        one, other = _window(options.was, options.span), _window(options.now, options.span)
        moved = changes(
            State.of(now.board, one),
            State.of(now.board, other),
            now.bodies,
            (options.span, options.span),
        )
    return System(
        answer=answer(arrows, now.loops, moved),
        rows=arrows,
        loops=now.loops.rows,
        changes=moved,
        words=page(arrows, now.loops, moved, options, reread=before is not None),
        since=options.since,
        until=options.until,
        warnings=tuple(_warnings(now, options, before)),
        assumptions=tuple(_assumptions(now, options)),
    )


def _window(last: str, span: int) -> Window:
    end = dt.date.fromisoformat(last).toordinal()
    return end - span + 1, end


def _arrows(now: Scene) -> tuple[Arrow, ...]:
    point_, over = now.board.counts()
    found = []
    for n, key in enumerate(now.board.keys):
        ends = whole(over[n], int(point_[n]))
        told = [one for item in now.board.items[n] for one in item.said]
        days = now.board.days(n)
        ids = now.draws.events.ids if now.draws is not None else ()
        found.append(
            Arrow(
                source=key[0],
                source_name=now.bodies.name(key[0]),
                arrow=key[1],
                target=key[2],
                target_name=now.bodies.name(key[2]),
                low=ends.low,
                count=int(point_[n]),
                high=ends.high,
                undated=int(point_[n]) - len(days),
                first=_iso(days[0]) if len(days) else None,
                last=_iso(days[-1]) if len(days) else None,
                asserted_by=tuple(dict.fromkeys(o.voice for o in told if o.stance != "denies")),
                denied_by=tuple(dict.fromkeys(_deniers(now.board, n))),
                incidents=tuple(ids[row] for row in now.board.rows[n]),
                claims=tuple(dict.fromkeys(one.claim for one in told)),
            )
        )
    return tuple(sorted(found, key=lambda a: (-a.count, -a.high, a.source, a.arrow, a.target)))


def _deniers(made: Board, number: int) -> Iterable[str]:
    """Who denies the arrow: whose words on it deny. A denial of one's own words is none."""
    source, arrow, _ = made.keys[number]
    if arrow == "denies":
        return
    for item in made.items[number]:
        yield from (one.voice for one in item.said if one.stance == "denies")
    denial = (source, "denies", made.keys[number][2])
    denials = made.items[made.keys.index(denial)] if denial in made.keys else ()
    if arrow in (ATTACKS, CLASHES) and any(item.deed for item in denials):
        yield source


def _iso(day: int) -> str:
    return dt.date.fromordinal(int(day)).isoformat()


def _warnings(now: Scene, options: SystemOptions, before: Scene | None) -> Iterable[str]:
    if now.board.nameless:
        yield (
            f"{several(now.board.nameless, 'incident')} of which nobody known is said to have "
            "begun: in no arrow."
        )
    actors = {end for key in now.board.keys for end in (key[0], key[2]) if end != OTHERS}
    if len(actors) == 1:
        yield f"One actor only ({now.bodies.name(min(actors))}): this is no system."
    unknown = sorted(actor for actor in actors if not now.bodies.is_known(actor))
    if unknown:
        yield f"{len(unknown)} known by words only: {listed(unknown, 4)}. Merged with nothing."
    if not (now.board.day > 0).any():
        yield "Nothing has a date: no loops, no change."
    elif now.loops.reason:
        yield f"No loops: {now.loops.reason}"
    if now.loops.shuffles and now.loops.shuffles < options.null.shuffles:
        yield f"So long a record is shuffled {now.loops.shuffles} times only."
    if before is None and options.was and options.now and _overlap(options):
        yield "The two times overlap: what lies in both counts in both."


def _overlap(options: SystemOptions) -> bool:
    assert options.was
    assert options.now
    return _window(options.now, options.span)[0] <= _window(options.was, options.span)[1]


def _assumptions(now: Scene, options: SystemOptions) -> Iterable[str]:
    null = options.null
    yield (
        "Attacks and clashes are counted in incidents, terms in acts, ties and words in reports "
        "that tell them. Counts tell of what is reported, not of all that happened."
    )
    yield options.odds.words()
    if now.draws is not None:
        yield from now.draws.assumptions()
    yield (
        "An organ stands for the body that it belongs to unless organs are asked for. Whoever is "
        "attacked and not in the registry is one of “others”."
    )
    yield "What a report tells without a date is placed on the day on which it was published."
    yield (
        f"A turn of a loop: each step at most {null.gap} days after the phase before; a lull: "
        f"{null.lull} days without violence. What the sides do in a lull, the record cannot tell."
    )
    if now.loops.looked_at:
        yield (
            f"{now.loops.looked_at} loops looked at; p from {now.loops.shuffles} shuffles of "
            f"phases over days within {null.window} days (seed {null.seed}); corrected for those "
            "looked at. Order in time is no proof that one step brought the next."
        )
    yield from (f"{one} counts as {other}, as asked." for one, other in now.bodies.as_one)
