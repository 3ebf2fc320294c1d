"""How happenings hang together: echoes in one sentence, a story told on, answers to each other."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from spacy.tokens import Token

from contested.extract.kinds.context import Context, same_happening
from contested.extract.kinds.event_elsewhen import elsewhen
from contested.extract.kinds.event_words import Found, event_words
from contested.extract.reading import Group, Sentence
from contested.model import ActorRef, EventClaim, ResponseTo, When, Where

WEEK = 7
"""Days up to which a time is that of one happening; a month or a year is background."""


def same_thing(ctx: Context, sentence: Sentence, one: Found) -> EventClaim | None:
    """The event of a few sentences before whose thing this one speaks of again.

    "Militants seized a prison. … By Tuesday an operation to retake the prison had begun": the
    prison, or a definite "the siege", makes them one, though on another day. A lead often gives
    no day: who was harmed in it, or "the attack", ties to it what dates it further down.
    """
    if elsewhen(ctx, sentence, one.token):
        return None
    known = [g for g in sentence.groups if g.definite]
    words = {g.head.lemma_.lower() for g in known}
    again = {w for w in words if ctx.words.victims_of(w) is not None}
    here = {w for w in words if w in ctx.words.targets or w in ctx.words.nouns}
    for number in range(sentence.number - 1, max(sentence.number - 5, -1), -1):
        other = ctx.reading.sentences[number]
        there = {
            g.head.lemma_.lower() for g in other.groups if not any(other_name(g, k) for k in known)
        }
        for _, event in reversed(ctx.events.get(number, [])):
            if rivals(ctx, event.initiators, one.initiators):
                continue
            days = length_in_days(event.when)
            definite = here & set(ctx.words.nouns) and one.token.lemma_.lower() in here
            if days is not None and days <= WEEK and (here & there or definite):
                return event
            vague = days is None or WEEK < days <= 31
            if vague and (definite or again & there) and _like(ctx, event, one):
                return event
    return None


def other_name(one: Group, other: Group) -> bool:
    """Whether two groups of one noun have names of their own: "the Kafr area", "the Deir area"."""
    if one.head.lemma_.lower() != other.head.lemma_.lower():
        return False
    names = [
        {t.lower_ for t in g.tokens if t.pos_ == "PROPN" and t is not g.head} for g in (one, other)
    ]
    return all(names) and not names[0] & names[1]


def _like(ctx: Context, event: EventClaim, one: Found) -> bool:
    """Whether an event can be the one told before in other words."""
    real = event.status in ("occurred", "ongoing") and event.stance != "denies"
    return real and same_happening(ctx.world.type_path(event.type), ctx.world.type_path(one.type))


def told_before(ctx: Context, sentence: Sentence, one: Found) -> EventClaim | None:
    """The dated event of the sentences before that this one goes on telling of, if any.

    A narrative does not repeat the day in each sentence. Nothing is carried where the words
    mark something else ("another", "a year earlier"), nor over more than two paragraphs, nor
    from one voice's account to another's.
    """
    if sentence.times or elsewhen(ctx, sentence, one.token):
        return None
    mine = {s.actor or s.name for s in ctx.voices(sentence, one.token)[0]}
    for number in range(sentence.number - 1, max(sentence.number - 5, -1), -1):
        other = ctx.reading.sentences[number]
        if sentence.paragraph_number - other.paragraph_number > 2:
            return None
        for _, event in reversed(ctx.events.get(number, [])):
            days = length_in_days(event.when)
            theirs = {s.actor or s.name for s in event.speakers}
            if mine and theirs and not mine & theirs:
                return None
            if rivals(ctx, event.initiators, one.initiators):
                return None
            if days is not None and days <= WEEK and event.status in ("occurred", "ongoing"):
                progressive = one.token.tag_ == "VBG"
                near = progressive or ctx.world.type_distance(event.type, one.type) < 1
                return event if near else None
        if any(t.kind in ("day", "weekday", "month", "year") for t in other.times):
            return None
        if sets_apart(other):
            return None
    return None


def line_of(ctx: Context, refs: Sequence[ActorRef]) -> set[str]:
    """Known actors with all above them."""
    known = (r.actor for r in refs if r.actor in ctx.world.actors)
    return {a for actor in known for a in ctx.world.ancestors(str(actor))}


def rivals(ctx: Context, ones: Sequence[ActorRef], others: Sequence[ActorRef]) -> bool:
    """Whether two accounts name doers that have nothing to do with one another."""
    ours, theirs = line_of(ctx, ones), line_of(ctx, others)
    return bool(ours and theirs and not ours & theirs)


def fits(before: EventClaim, spots: list[Where | None]) -> bool:
    """Whether the places of two sentences can be of one happening."""
    named = [w for w in spots if w is not None]
    old = before.where
    if not named or old is None:
        return True
    return any(_hold(old, new) or _hold(new, old) or old.name == new.name for new in named)


def sets_apart(sentence: Sentence) -> bool:
    """Whether what follows a sentence tells of something else than what stands before it."""
    return any(t.lower_ in event_words("another") for t in sentence.span)


def may_fit(before: EventClaim, spots: list[Where | None]) -> bool:
    """As `fits`, where a place that no table has may lie in a known one of its country."""
    return fits(before, spots) or any(_may_hold(before.where, one) for one in spots)


def _may_hold(one: Where | None, other: Where | None) -> bool:
    if one is None or other is None or (one.lat is None) == (other.lat is None):
        return False
    return None in (one.country, other.country) or one.country == other.country


def _hold(wide: Where, narrow: Where) -> bool:
    """Whether one place is, by its name or its width, a wider one around the other."""
    if wide.name == narrow.admin1:
        return True
    radius = wide.radius_km or 0
    if wide.country == narrow.country and radius > 100:
        return True
    return wide.admin1 is not None and wide.admin1 == narrow.admin1 and radius >= 20


def length_in_days(when: When | None) -> int | None:
    """Days that a time covers; None if unknown or open."""
    if when is None or when.earliest is None or when.latest is None:
        return None
    first, last = dt.date.fromisoformat(when.earliest), dt.date.fromisoformat(when.latest)
    return (last - first).days + 1


def answer(sentence: Sentence, token: Token, alone: bool = False) -> ResponseTo | None:
    """ "in retaliation for …": the words, if this sentence itself says so of this predicate.

    `alone` says that it is the only verb of violence in the sentence, so that the words can
    answer for no other.
    """
    for cue in sentence.span:
        if cue.lemma_.lower() not in event_words("answer") or cue.i == token.i:
            continue
        if (
            cue.head.i != token.i
            and not token.is_ancestor(cue)
            and not (alone and token.pos_ == "VERB" and cue.i > token.i)
        ):
            continue
        stop = max((t.i for t in cue.subtree), default=cue.i)
        if stop == cue.i:
            rest = (t.i for t in sentence.span if t.i > cue.i and t.text in ",.;")
            stop = next(rest, sentence.span.end) - 1
        nexts = list(cue.doc[cue.i + 1 : stop + 1])
        if not nexts or nexts[0].lower_ not in ("for", "to", "against"):
            continue
        start, _ = sentence.chars(cue.i)
        _, end = sentence.chars(stop)
        return ResponseTo(sentence.report.text[start:end])
    return None
