"""How many of whom were harmed: one claim a number, a class of victims and an effect."""

from __future__ import annotations

import datetime as dt
from typing import Any

from contested.extract.clauses import coordinated, verb_frame
from contested.extract.kinds.about import about
from contested.extract.kinds.context import Context
from contested.extract.kinds.loss_tolls import TOLL_VERBS, Loss
from contested.extract.kinds.losses import (
    by_noun,
    by_verb,
    modified,
    other_effect,
)
from contested.extract.kinds.victim_class import (
    all_of_them,
    apposed_class,
    class_of,
    of_any_side,
    own_side,
    parenthesised,
    said_before,
    same_person,
)
from contested.extract.kinds.victims import (
    INANIMATE,
    KIN,
    LIVING,
    NUMBER_WORDS,
    count_of,
    implied_count,
    mixed,
    parts_of,
    people_of,
    told_again,
)
from contested.extract.reading import NOUNS, Group, Sentence
from contested.model import CasualtiesClaim, Claim, EventClaim, When, Where
from contested.model.terms import Victims

LATE = dt.timedelta(days=7)
"""Whoever dies later than this after an event is not told of as its toll, unless it is named."""
BARE = {"others", "one", "another", "several", "wounded", "injured"}
"""Heads that say nothing of who the harmed are: they are like those told of before."""


def casualties(ctx: Context, sentence: Sentence, counted: set[int]) -> None:
    """Add the casualties claims of one sentence to the context.

    `counted` are the starts of numbers that a statistic already took: the total of a year is
    no toll of an incident.
    """
    losses: list[Loss] = []
    for token in sentence.span:
        losses += by_verb(ctx, sentence, token)
    harmed = _harmed(losses)
    for token in sentence.span:
        losses += [n for n in by_noun(ctx, sentence, token) if n.group.head.i not in harmed]
    harmed |= _harmed(losses)
    for group in sentence.groups:
        if group.head.i not in harmed:
            losses += modified(group)
    seen: set[tuple[int, str]] = set()
    for loss in sorted(losses, key=lambda one: one.group.start):
        whole: str | None = None
        for part in parts_of(ctx, loss):
            inside = part.how.endswith("/part")
            if part.group.count is not None and part.group.count.start in counted:
                continue
            key = (part.group.head.i, part.effect)
            if key in seen:
                continue
            made = _claim(ctx, sentence, part, whole if inside else None)
            if made is not None:
                seen.add(key)
            if not inside:
                whole = made.id if made is not None else None


def _harmed(losses: list[Loss]) -> set[int]:
    """Head nouns of the people that were told of: "five of the wounded" are both nouns."""
    listed = [g for loss in losses for g in coordinated(loss.group) if not other_effect(loss, g)]
    return {head.i for g in listed for head in (g.head, people_of(g).head)}


def _class_of_whole(ctx: Context, sentence: Sentence, whole: str) -> Victims | None:
    """Class of the people whom a part of no class is among: foreigners among militants."""
    told = (c for c in ctx.told(sentence) if isinstance(c, CasualtiesClaim))
    return next((c.victims for c in told if c.id == whole), None)


def _claim(
    ctx: Context, sentence: Sentence, loss: Loss, part_of: str | None = None
) -> Claim | None:
    group = loss.group
    real = ctx.reality(sentence, loss.token)
    if real.negated or real.status not in ("occurred", "ongoing"):
        return None
    beside = apposed_class(ctx, group) if group.head.pos_ == "PROPN" else None
    bare = group.head.lower_ in BARE or group.head.pos_ == "NUM"
    like = said_before(ctx, sentence) if bare and loss.how != "noun:toll" else None
    victims = _class(ctx, sentence, loss, like, beside)
    if victims is None or not _befalls(ctx, loss, victims):
        return None
    count = count_of(group)
    if count is None:
        count = implied_count(group, loss.token.lemma_.lower(), beside is not None)
    if count is None:
        return None
    if count.low == count.high == 1 and same_person(ctx, sentence, group, loss.effect):
        return None
    any_side = group.head.lemma_.lower() in of_any_side() and group.how == "home"
    if (victims == "unknown" or any_side) and part_of is not None:
        victims = _class_of_whole(ctx, sentence, part_of) or victims
    before = told_again(ctx, sentence, loss, count)
    if before is not None and group.definite:
        return None
    if before is not None and victims == "unknown" and part_of is None and _near(before, sentence):
        victims = before.victims
    if victims in ("civilians", "security_forces", "militants") and mixed(ctx, group, victims):
        victims = "unknown"
    event, carried = about(ctx, sentence, loss.token)
    if carried and event is not None and _other_day(ctx, sentence, loss, event):
        event, carried = None, False
    where, when, missing = _circumstances(ctx, sentence, loss, event)
    voices = _toll_voice(ctx, sentence, loss)
    side = _side(group, victims)
    if side is None and like is not None and like.victims == victims and group.actor is None:
        side = like.side
    return ctx.add(
        "casualties",
        sentence,
        loss.token,
        method=f"rules/casualties/{loss.how}",
        effect=loss.effect,
        count=count,
        victims=victims,
        side=side,
        victims_as_written=group.text,
        where=where,
        when=when,
        event_ref=event.id if event else None,
        carried=missing if carried else (),
        part_of=part_of,
        **voices,
    )


def _class(
    ctx: Context,
    sentence: Sentence,
    loss: Loss,
    like: CasualtiesClaim | None,
    beside: Victims | None,
) -> Victims | None:
    """Class of the harmed by their own words, else by what stands around them; None of no people.

    `like` are those told of before, whom words such as "three others" take up; `beside` is the
    class of the noun beside a name.
    """
    group, lemma = loss.group, loss.token.lemma_.lower()
    victims = class_of(ctx, group)
    if victims == "unknown":
        victims = parenthesised(ctx, group) or all_of_them(ctx, group) or victims
    if lemma == "embrace" and group.head.lower_ in KIN:
        victims = "security_forces"
    if like is not None and victims in (None, "unknown"):
        victims = like.victims
    if victims == "unknown" and lemma == "lose":
        victims = own_side(ctx, sentence, loss.token)
    if victims in (None, "unknown") and beside is not None and not group.plural:
        victims = beside
    if victims is None and loss.how.split("/")[0] in LIVING and group.head.pos_ in NOUNS:
        victims = "unknown"
    return victims


def _befalls(ctx: Context, loss: Loss, victims: Victims) -> bool:
    """Whether words name people whom that can befall: no things, deeds or fleeing fighters."""
    group = loss.group
    if group.head.lemma_.lower() in INANIMATE | NUMBER_WORDS:
        return False
    if group.count is None and group.head.lemma_.lower() in ctx.words.nouns:
        return False
    return loss.effect != "displaced" or victims not in ("security_forces", "militants")


def _near(before: CasualtiesClaim, sentence: Sentence) -> bool:
    """Whether a toll of before stands so near that the same number is the same people."""
    between = sentence.report.text[before.end : sentence.start]
    return between.count("\n\n") < 2


def _side(group: Group, victims: Victims) -> str | None:
    """Whose men the harmed are, where their words say so.

    A state that is only that of the report's country ("a village head") has soldiers and police,
    and neither villagers nor fighters.
    """
    if group.actor is None or group.how == "reference":
        return None
    return group.actor.actor if group.how != "home" or victims == "security_forces" else None


def _other_day(ctx: Context, sentence: Sentence, loss: Loss, event: EventClaim) -> bool:
    """Whether people died before the event that was told of, or long after it."""
    own = ctx.when(sentence, loss.token) if loss.how != "noun:toll" else None
    theirs = event.when
    if own is None or theirs is None or not (own.earliest and own.latest and theirs.earliest):
        return False
    ended = dt.date.fromisoformat(theirs.latest or theirs.earliest)
    late = dt.date.fromisoformat(own.earliest) - ended > LATE
    return own.latest < theirs.earliest or late


def _toll_voice(ctx: Context, sentence: Sentence, loss: Loss) -> dict[str, Any]:
    """Who raised or lowered a toll says it: "police put the number of dead at 54"."""
    if loss.how != "noun:toll":
        return {}
    verbs = [t for t in sentence.span if t.pos_ == "VERB" and t.lemma_.lower() in TOLL_VERBS]
    near = min(verbs, key=lambda t: abs(t.i - loss.token.i), default=None)
    finite = near is not None and near.tag_ != "VBG"
    frame = verb_frame(sentence, near) if near is not None and finite else None
    own = ctx.speaker(frame.doer) if frame is not None and frame.doer is not None else None
    if own is None:
        return {}
    outer, _ = ctx.voices(sentence, loss.token)
    return {"speakers": (*(s for s in outer if s.name != own.name), own)}


def _circumstances(
    ctx: Context, sentence: Sentence, loss: Loss, event: EventClaim | None
) -> tuple[Where | None, When | None, tuple[str, ...]]:
    """Own time and place, else the event's, and which of them were carried over.

    When a toll rose is not when the people died: a toll has its event's time only.
    """
    where, when = ctx.where(sentence, loss.token), ctx.when(sentence, loss.token)
    if loss.how == "noun:toll":
        when = None
    carried = []
    if event is not None:
        if where is None and event.where is not None:
            where = event.where
            carried.append("where")
        if when is None and event.when is not None:
            when = event.when
            carried.append("when")
    return where, when, tuple(carried)
