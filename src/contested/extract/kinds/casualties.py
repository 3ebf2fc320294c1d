"""How many of whom were harmed: one claim a number, a class of victims and an effect."""

from __future__ import annotations

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
from contested.extract.kinds.victims import (
    INANIMATE,
    KIN,
    LIVING,
    NUMBER_WORDS,
    all_of_them,
    apposed_class,
    class_of,
    count_of,
    implied_count,
    own_side,
    parts_of,
    people_of,
    said_before,
    told_again,
)
from contested.extract.reading import NOUNS, Sentence
from contested.model import CasualtiesClaim, Claim, EventClaim, When, Where
from contested.model.terms import Victims

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
    count, victims = count_of(group), class_of(ctx, group)
    beside = apposed_class(ctx, group) if group.head.pos_ == "PROPN" else None
    if victims == "unknown":
        victims = all_of_them(ctx, group) or victims
    if loss.token.lemma_.lower() == "embrace" and group.head.lower_ in KIN:
        victims = "security_forces"
    listed = loss.how != "noun:toll"
    bare = group.head.lower_ in BARE or group.head.pos_ == "NUM"
    if victims in (None, "unknown") and listed and bare:
        victims = said_before(ctx, sentence) or victims
    if victims == "unknown" and loss.token.lemma_.lower() == "lose":
        victims = own_side(ctx, sentence, loss.token)
    if victims in (None, "unknown") and beside is not None and not group.plural:
        victims = beside
    if victims is None and loss.how.split("/")[0] in LIVING and group.head.pos_ in NOUNS:
        victims = "unknown"
    if victims is None or group.head.lemma_.lower() in INANIMATE | NUMBER_WORDS:
        return None
    if group.count is None and group.head.lemma_.lower() in ctx.words.nouns:
        return None
    if loss.effect == "displaced" and victims in ("security_forces", "militants"):
        return None
    if count is None:
        count = implied_count(group, loss.token.lemma_.lower(), beside is not None)
    if count is None:
        return None
    if victims == "unknown" and part_of is not None:
        victims = _class_of_whole(ctx, sentence, part_of) or victims
    before = told_again(ctx, sentence, loss, count)
    if before is not None and group.definite:
        return None
    if before is not None and victims == "unknown" and part_of is None:
        victims = before.victims
    event, carried = about(ctx, sentence, loss.token)
    where, when, missing = _circumstances(ctx, sentence, loss, event)
    voices = _toll_voice(ctx, sentence, loss)
    side = group.actor.actor if group.actor and group.how != "reference" else None
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
