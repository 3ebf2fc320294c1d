"""Which event claims of one report tell of one happening: a lead, what goes on, what points back.

A report tells its news once in the lead, again with the particulars, and then speaks of "the
attack". Each is a claim of its own; here those that came too early or too late to be tied where
they were read point to the first by `event_ref`, and what only one of them says of day and place
holds for all, which `carried` says.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import takewhile

from spacy.tokens import Token

from contested.extract.kinds.context import Context
from contested.extract.kinds.event_elsewhen import elsewhen, many_places, several
from contested.extract.kinds.event_thread import (
    fits,
    length_in_days,
    line_of,
    other_name,
    rivals,
    sets_apart,
)
from contested.extract.mentions import TimeMention
from contested.extract.reading import Group, Sentence
from contested.model import ActorRef, EventClaim, When, Where

NEAR, FAR = 2, 8
"""Sentences over which an account goes on without saying so, and over which it is pointed to."""
OPENING = 1
"""A report's first sentences, its title among them: what follows tells of them."""
WEEK = 7
LARGE = 5
"""From so many people on, that two sentences count as many is no chance."""


@dataclass(frozen=True, slots=True)
class Told:
    """An event claim with the sentence and the word that tell it."""

    sentence: Sentence
    token: Token
    claim: EventClaim

    @property
    def group(self) -> Group | None:
        """The noun group that names it, where a noun does."""
        return self.sentence.group(self.token)

    @property
    def day(self) -> When | None:
        """Its time, where its own sentence says it and it is no long one."""
        days = length_in_days(self.claim.when)
        own = "when" not in self.claim.carried
        return self.claim.when if own and days is not None and days <= WEEK else None

    @property
    def spot(self) -> Where | None:
        """Its place, where its own sentence says it."""
        return self.claim.where if "where" not in self.claim.carried else None


@dataclass(slots=True)
class Thread:
    """The accounts of one happening, in reading order; `number` counts the happenings."""

    number: int
    told: list[Told] = field(default_factory=list)
    unlike: dict[Hashable, Told] = field(default_factory=dict)
    """One account for each day, place, number and side that they give: what one of them
    contradicts, all that say the same do."""

    def add(self, one: Told) -> None:
        """Let one more account be of this happening."""
        self.told.append(one)
        actors = frozenset(r.actor for r in one.claim.initiators)
        carried = "when" in one.claim.carried
        said = (several(one.group), one.claim.when, carried, one.claim.where, actors)
        self.unlike.setdefault(said, one)

    def near(self, one: Told) -> list[Told]:
        """The accounts that are not too far before another."""
        first = one.sentence.number - FAR
        return list(takewhile(lambda a: a.sentence.number >= first, reversed(self.told)))[::-1]


def gather(ctx: Context) -> None:
    """Tie the event claims of one happening, and give each the day and place that one has."""
    told = list(_accounts(ctx))
    homes = {one.claim.id: one.claim.event_ref for one in told if one.claim.event_ref}
    roots: dict[str, str] = {}
    threads: dict[str, Thread] = {}
    for one in told:
        mine = one.claim.id
        if mine not in homes and mine not in roots:
            found = _home(ctx, threads, one)
            if found is not None:
                homes[mine] = found.claim.id
        home = homes.get(mine, mine)
        roots[mine] = roots.get(home, home)
        # A thread that goes on stands last, so that those too far back are never looked at.
        thread = threads.pop(roots[mine], None) or Thread(len(threads))
        threads[roots[mine]] = thread
        thread.add(one)
    settled = (_settled(ctx, thread.told, homes) for thread in threads.values())
    _keep(ctx, {c.id: c for claims in settled for c in claims})


def _accounts(ctx: Context) -> Iterator[Told]:
    """What a report tells as having happened, in reading order.

    Words that come again are the claim that they made first, which cannot point to itself.
    """
    first: dict[str, EventClaim] = {}
    for number, entries in sorted(ctx.events.items()):
        for token, claim in entries:
            if claim.status in ("occurred", "ongoing") and claim.stance != "denies":
                one = first.setdefault(claim.id, claim)
                yield Told(ctx.reading.sentences[number], token, one)


def _home(ctx: Context, threads: dict[str, Thread], one: Told) -> Told | None:
    """The account told before that a claim is of one happening with: the best, then the last.

    Of a happening told more than once, none may contradict it.
    """
    recent = takewhile(lambda thread: thread.near(one), reversed(threads.values()))
    best, found = (0, 0), None
    for thread in sorted(recent, key=lambda thread: thread.number):
        if any(
            _apart(a, one) or rivals(ctx, a.claim.initiators, one.claim.initiators)
            for a in thread.unlike.values()
        ):
            continue
        for a in thread.near(one):
            why = (_why(ctx, a, one, len(threads) == 1), a.sentence.number)
            if why[0] and why > best:
                best, found = why, a
    return found


def _why(ctx: Context, a: Told, b: Told, alone: bool) -> int:
    """How strongly the report says that `b` is `a` told again; 0 if it does not.

    `alone` says that no other happening was told so far.
    """
    gap = b.sentence.number - a.sentence.number
    if gap > FAR or elsewhen(ctx, b.sentence, b.token):
        return 0
    if gap == 0:
        return 2 if _same_doer(ctx, a, b) and _joined(a, b) else 0
    between = ctx.reading.sentences[a.sentence.number + 1 : b.sentence.number]
    if any(map(sets_apart, between)):
        return 0
    distance = ctx.world.type_distance(a.claim.type, b.claim.type)
    alike = distance < 1 or _loose(a) or _loose(b)
    if not alike:
        return 0
    near = 2 if distance < 1 else 1
    if _points_back(ctx, b) or _counted(ctx, a, b) or _struck_again(ctx, a, b):
        return 1 + near
    if _headline(a) and gap <= NEAR:
        return 1 + near
    if alone and _same_doer(ctx, a, b) and b.day is None and b.spot is None:
        return near
    if gap > 1 + 2 * (a.sentence.number <= OPENING):
        return 0
    opening = a.sentence.number <= OPENING
    if _same_doer(ctx, a, b) and (b.day is None or (opening and a.day is None)) and not _anew(b):
        return near
    if a.spot is not None and b.spot is not None and a.spot.name == b.spot.name:
        return near if not (b.day and a.day) and not _anew(b) and distance < 1 else 0
    same_day = a.day is not None and b.day is not None and (a.spot is None or b.spot is None)
    opened = opening and (a.day is None or b.day is None)
    return int(distance < 1 and (same_day or opened) and not _anew(b))


def _apart(a: Told, b: Told) -> bool:
    """Whether two accounts cannot be of one happening by their day, place or number."""
    if several(a.group) != several(b.group):
        return True
    if any((length_in_days(one.claim.when) or 0) > WEEK for one in (a, b)):
        return True
    if a.day is not None and b.day is not None and not _meet(a.day, b.day):
        return True
    if a.day is not None and any(_earlier(m, a.day) for m in b.sentence.times):
        return True
    return b.spot is not None and not fits(a.claim, [b.spot])


def _earlier(mention: TimeMention, day: When) -> bool:
    """Whether a sentence names a day before the one: it may be said later, never sooner."""
    latest = mention.when.latest if mention.kind in ("day", "weekday") else None
    return latest is not None and day.earliest is not None and latest < day.earliest


def _meet(one: When, other: When) -> bool:
    first = max(one.earliest or "", other.earliest or "")
    return first <= min(one.latest or "", other.latest or "")


def _same_doer(ctx: Context, a: Told, b: Told) -> bool:
    """Whether both name one doer: an actor, or the very people ("gunmen … the gunmen")."""
    if line_of(ctx, a.claim.initiators) & line_of(ctx, b.claim.initiators):
        return True
    ours = {_people(r) for r in a.claim.initiators if r.actor is None}
    theirs = {_people(r) for r in b.claim.initiators if r.actor is None}
    return bool(ours & theirs)


def _people(ref: ActorRef) -> str:
    words = ref.as_written.lower().split()
    return words[-1].strip("“”\"'") if words else ""


def _joined(a: Told, b: Told) -> bool:
    """Whether two deeds of one sentence are one happening: "killed two and abducted five".

    Nouns that a sentence lists ("attacks and clashes") are as many as it lists.
    """
    verbs = a.token.pos_ == b.token.pos_ == "VERB"
    return verbs and (a.token.is_ancestor(b.token) or a.token.head.i == b.token.head.i)


def _loose(one: Told) -> bool:
    """Whether a word says no more than that it was violent: "the attack", "the incident"."""
    return one.claim.type in ("attack", "armed_attack", "armed_clash", "military_operation")


def _points_back(ctx: Context, one: Told) -> bool:
    """Whether the clause speaks of a known happening: "the blast", "Saturday's attack"."""
    group = one.group
    if group is not None and group.head.i == one.token.i:
        return _known(group) and not group.plural
    named = (g for g in one.sentence.groups if g.head.lemma_.lower() in ctx.words.nouns)
    return any(_known(g) and not g.plural and abs(g.head.i - one.token.i) < FAR for g in named)


def _known(group: Group) -> bool:
    """Whether a noun group is definite, by its article or by the day that owns it."""
    owned = any(t.tag_ == "POS" for t in group.tokens)
    dated = any(m.start < _end(group) and m.end > _start(group) for m in group.sentence.times)
    return group.definite or (owned and dated)


def _start(group: Group) -> int:
    return group.sentence.chars(group.start)[0]


def _end(group: Group) -> int:
    return group.sentence.chars(group.end - 1)[1]


def _struck_again(ctx: Context, a: Told, b: Told) -> bool:
    """Whether what was struck is spoken of as known: "a clinic was hit … the clinic"."""
    mine = [g for g in a.sentence.groups if ctx.words.is_target(g.head.text)]
    return any(
        known.definite
        and known.head.lemma_.lower() == other.head.lemma_.lower()
        and not other_name(known, other)
        for known in b.sentence.groups
        if ctx.words.is_target(known.head.text) and abs(known.head.i - b.token.i) < FAR
        for other in mine
    )


def _counted(ctx: Context, a: Told, b: Told) -> bool:
    """Whether both sentences count the same people: "12 killed and six hurt" told again."""
    common = _numbers(ctx, a.sentence) & _numbers(ctx, b.sentence)
    return len(common) > 1 or any(n >= LARGE for n in common)


def _numbers(ctx: Context, sentence: Sentence) -> set[int]:
    counted = (g for g in sentence.groups if g.count is not None)
    people = (
        g for g in counted
        if g.head.pos_ in ("NUM", "ADJ") or ctx.words.victims_of(g.head.text) is not None
    )  # fmt: skip
    return {g.count.count.low for g in people if g.count is not None and g.count.count.low}


def _headline(one: Told) -> bool:
    """Whether it stands in the title: the first line, without a full stop."""
    return one.sentence.number == 0 and one.sentence.text.rstrip()[-1:] not in '.!?”"'


def _anew(one: Told) -> bool:
    """Whether it is brought in as something new: "a car bomb …", "an attack …"."""
    group = one.group
    if group is not None and group.head.i == one.token.i:
        return group.head.doc[group.start].lower_ in ("a", "an")
    return any(r.as_written.lower().startswith(("a ", "an ")) for r in one.claim.initiators)


def _settled(ctx: Context, thread: Sequence[Told], homes: dict[str, str]) -> Iterator[EventClaim]:
    """The claims of one happening, with what they point to and its day and place."""
    whens = [one.day for one in thread if one.day is not None]
    spots = [one.spot for one in thread if one.spot is not None]
    when = min(whens, key=lambda w: length_in_days(w) or 0, default=None)
    where = min(spots, key=lambda w: w.radius_km or 1e6, default=None)
    agreed = when is not None and all(_meet(when, other) for other in whens)
    for one in thread:
        claim, carried = one.claim, list(one.claim.carried)
        if claim.event_ref is None and claim.id in homes:
            claim = replace(claim, event_ref=homes[claim.id])
        if claim.when is None and agreed:
            claim, carried = replace(claim, when=when), [*carried, "when"]
        if claim.where is None and where is not None and not many_places(ctx, one.sentence):
            claim, carried = replace(claim, where=where), [*carried, "where"]
        yield replace(claim, carried=tuple(carried))


def _keep(ctx: Context, new: dict[str, EventClaim]) -> None:
    ctx.claims[:] = [new.get(c.id, c) for c in ctx.claims]
    for number, entries in ctx.events.items():
        ctx.events[number] = [(token, new.get(claim.id, claim)) for token, claim in entries]
