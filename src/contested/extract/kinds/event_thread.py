"""How happenings hang together: echoes in one sentence, a story told on, answers to each other."""

from __future__ import annotations

import datetime as dt

from spacy.tokens import Token

from contested.extract.kinds.context import Context, same_happening
from contested.extract.kinds.event_found import Found
from contested.extract.reading import Sentence, rel
from contested.model import EventClaim, ResponseTo, When, Where

ELSEWHEN = {"another", "separate", "separately", "earlier", "previous", "previously", "ago", "once",
            "last", "past", "recent", "history", "since", "ever", "other", "similar", "elsewhere",
            "decade", "decades", "years", "later", "next", "former", "often"}  # fmt: skip
"""Words that mark a happening as another one than that of the sentences before."""


ANSWERS = {"retaliation", "response", "revenge", "reprisal", "retaliate", "avenge", "respond"}


def without_echoes(ctx: Context, found: list[Found]) -> list[Found]:
    """Drop a trigger that only repeats another of the sentence in other words."""
    out: list[Found] = []
    for one in found:
        twin = next((o for o in out if _echo(ctx, o, one)), None)
        if twin is None:
            out.append(one)
            continue
        depth = len(ctx.world.type_path(one.type)) > len(ctx.world.type_path(twin.type))
        burnt = one.type == "arson" and one.frame.token.tag_ == "VBG"
        twin.type = one.type if depth and not burnt else twin.type
        twin.initiators = twin.initiators or one.initiators
        twin.targets = twin.targets or one.targets
        twin.weapons = tuple(dict.fromkeys(twin.weapons + one.weapons))
    return out


def _echo(ctx: Context, one: Found, other: Found) -> bool:
    if _by_that(ctx, one, other):
        return True
    path, other_path = ctx.world.type_path(one.type), ctx.world.type_path(other.type)
    if not same_happening(path, other_path) and not (
        one.type == "explosion" or other.type == "explosion"
    ):
        return False
    linked = other.token.head.i == one.token.i or one.token.head.i == other.token.i
    nouns = one.how.startswith("noun") and other.how.startswith("noun")
    if nouns and "conj" in (rel(one.token), rel(other.token)):
        return False
    mine = {r.actor for r in one.initiators if r.actor}
    theirs = {r.actor for r in other.initiators if r.actor}
    conflict = bool(mine and theirs and not mine & theirs)
    if conflict or _marked_apart(one) or _marked_apart(other):
        return False
    return linked or one.type == other.type


def _by_that(ctx: Context, one: Found, other: Found) -> bool:
    """Whether the second is only the killing that the first did: "shelled a town, killing nine"."""
    token = other.token
    hung = rel(token) in ("advcl", "acl", "conj", "xcomp")
    harming = other.how.removeprefix("verb:") in ctx.words.casualty_verbs
    killing = token.tag_ == "VBG" and harming and hung and other.type != "kidnapping"
    if not killing or one.token.i > token.i:
        return False
    return one.token.is_ancestor(token) or one.token.head.i == token.head.i


def _marked_apart(found: Found) -> bool:
    """ "another blast", "a second attack": not the one just told."""
    group = found.frame.sentence.group(found.token)
    return group is not None and group.has("another", "second", "separate", "third", "other")


def same_thing(ctx: Context, sentence: Sentence, one: Found) -> EventClaim | None:
    """The event of a few sentences before whose thing this one speaks of again.

    "Militants seized a prison. … By Tuesday an operation to retake the prison had begun": the
    prison, or a definite "the siege", makes them one, though on another day. A lead often gives
    no day: who was harmed in it, or "the attack", ties to it what dates it further down.
    """
    if any(t.lower_ in ELSEWHEN for t in sentence.span):
        return None
    here = {g.head.lemma_.lower() for g in sentence.groups if g.definite}
    again = {w for w in here if ctx.words.victims_of(w) is not None}
    here = {w for w in here if w in ctx.words.targets or w in ctx.words.nouns}
    for number in range(sentence.number - 1, max(sentence.number - 5, -1), -1):
        other = ctx.reading.sentences[number]
        there = {g.head.lemma_.lower() for g in other.groups}
        for _, event in reversed(ctx.events.get(number, [])):
            days = length_in_days(event.when)
            definite = here & set(ctx.words.nouns) and one.token.lemma_.lower() in here
            if days is not None and days <= 7 and (here & there or definite):
                return event
            vague = days is None or 7 < days <= 31
            if vague and (definite or again & there) and _like(ctx, event, one):
                return event
    return None


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
    if sentence.times or any(t.lower_ in ELSEWHEN for t in sentence.span):
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
            if days is not None and days <= 31 and event.status in ("occurred", "ongoing"):
                progressive = one.token.tag_ == "VBG"
                near = progressive or ctx.world.type_distance(event.type, one.type) < 1
                return event if near else None
        if any(t.kind in ("day", "weekday", "month", "year") for t in other.times):
            return None
        if sets_apart(other):
            return None
    return None


def fits(before: EventClaim, spots: list[Where | None]) -> bool:
    """Whether the places of two sentences can be of one happening."""
    named = [w for w in spots if w is not None]
    old = before.where
    if not named or old is None:
        return True
    return any(_hold(old, new) or _hold(new, old) or old.name == new.name for new in named)


APART = {"another", "separate", "separately", "elsewhere"}
"""Words after which a narrative tells of something else than it did before them."""


def sets_apart(sentence: Sentence) -> bool:
    """Whether what follows a sentence tells of something else than what stands before it."""
    return any(t.lower_ in APART for t in sentence.span)


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
        if cue.lemma_.lower() not in ANSWERS or cue.i == token.i:
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
