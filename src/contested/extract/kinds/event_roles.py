"""Who and what an attack strikes, and who cannot be its doer."""

from __future__ import annotations

from contested.extract.clauses import coordinated
from contested.extract.kinds.context import Context
from contested.extract.kinds.event_words import event_words
from contested.extract.reading import Group
from contested.extract.resolve import GROUP_WORDS, next_phrase
from contested.model import ActorRef

QUOTES = {'"', "'", "“", "”", "‘", "’", "«", "»", ","}


def doers_of(ctx: Context, group: Group | None) -> tuple[ActorRef, ...]:
    """Who a doer's words stand for: actors, people, or a band of which no more is said."""
    if group is None:
        return ()
    known = ctx.refs(group) or inside(ctx, group)
    lemma = group.head.lemma_.lower()
    band = lemma in ctx.words.collectives | event_words("band")
    if known or not (band or group.has(*event_words("armed"))):
        return known
    beside = group.sentence.by_token.get(group.end)
    name = ctx.refs(beside) if beside is not None and beside.start == group.end else ()
    return name or (ActorRef(None, group.text),)


def struck(ctx: Context, group: Group | None) -> tuple[ActorRef, ...]:
    """The targets that a noun group and those listed with it name.

    Actors, people and the places and things that can be struck. People of no known actor who
    come with a number ("at least 16 people") are a toll: the number tells who was harmed, not
    whom the attack was aimed at.
    """
    if group is None:
        return ()
    known = ctx.refs(group)
    if not known:
        known = tuple(ActorRef(ref.actor, group.text) for ref in inside(ctx, group)[-1:])
    numbers = [c.count.as_written for c in group.sentence.counts]
    out = [
        r for r in known
        if r.actor is not None or not any(number in r.as_written for number in numbers)
    ]  # fmt: skip
    if not known:
        out += [
            ActorRef(None, one.text)
            for one in coordinated(group)
            if one.head.lemma_.lower() in ctx.words.targets
        ]
    return tuple(out)


def named_beside(ctx: Context, group: Group | None) -> Group | None:
    """The name that stands right behind a bare word for its bearer: "the armed group X"."""
    if group is None or group.actor is not None:
        return group
    if group.head.lower_ not in GROUP_WORDS:
        return group
    at, doc = group.end, group.head.doc
    while at < group.sentence.span.end and doc[at].text in QUOTES:
        at += 1
    other = group.sentence.by_token.get(at)
    if other is None or other.actor is None or other.how not in ("name", "acronym"):
        return group
    return other if ctx.is_armed(ctx.actor_id(other.actor)) else group


def armed_band(ctx: Context, group: Group) -> bool:
    """Whether words name fighters without a name: "armed men", "a militia group X"."""
    head = group.head.lemma_.lower()
    words = {t.lower_ for t in group.tokens}
    band = head in ctx.words.collectives or head in ("man", "men", "militia", "gang")
    named = group.head.pos_ == "PROPN" and bool(words & {"group", "militia", "faction"})
    return (band or named) and bool(words & {"armed", "militia", "rebel"})


def inside(ctx: Context, group: Group | None) -> tuple[ActorRef, ...]:
    """Actors named before the head noun ("TTP attacks") or after "of" ("militaries of A and B")."""
    if group is None:
        return ()
    a, _ = group.sentence.chars(group.start)
    head, _b = group.sentence.chars(group.head.i)
    refs = [m.ref for m in group.sentence.actors if a <= m.start < head and m.how != "outlet"]
    out = [ActorRef(ctx.actor_id(r), r.as_written) for r in refs]
    if not out and group.plural:
        follow = next_phrase(group)
        if follow is not None and follow[0] in ("of", "from"):
            held = [r for r in inside(ctx, follow[1]) if ctx.is_armed(r.actor)]
            out = list(ctx.refs(follow[1], people=False) or held)
    return tuple(r for r in out if r.actor)
