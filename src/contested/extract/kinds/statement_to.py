"""To whom something is said."""

from __future__ import annotations

from spacy.tokens import Token

from contested.extract.clauses import Frame, verb_frame
from contested.extract.kinds.context import Context
from contested.extract.kinds.public import named_at
from contested.extract.kinds.saying import Act, follows
from contested.extract.kinds.statement_fits import behind, complement
from contested.extract.kinds.subjects import parties
from contested.extract.reading import Group, Sentence, rel
from contested.model import ActorRef

DIRECT = {"addressee", "reminder", "request", "threat"}


def object_addressed(ctx: Context, frame: Frame, entry: Act) -> Group | None:
    """The object, where the verb takes the one spoken to as its object."""
    if entry.frame in ("addressee", "reminder", "request") and not frame.passive:
        next_to = frame.sentence.by_token.get(frame.token.i + 1)
        group = next_to if next_to is not None and parties(ctx, next_to) else frame.object
        people = group is not None and ctx.words.victims_of(group.head.text) is not None
        if group is not None and (people or group.head.pos_ == "PRON" or parties(ctx, group)):
            return group
    if frame.passive and frame.agent is not None and frame.agent.start - frame.token.i <= 3:
        return frame.agent
    if entry.frame == "call":
        return next((g for g in behind(frame, "on", "upon") if parties(ctx, g)), None)
    return None


def _first_party(ctx: Context, groups: list[Group]) -> tuple[ActorRef, ...]:
    return next((found for g in groups if (found := parties(ctx, g))), ())


def addressed_by(
    ctx: Context, sentence: Sentence, frame: Frame, entry: Act, act: str
) -> tuple[ActorRef, ...]:
    """The actors that the verb's own grammar names as those spoken to."""
    direct = frame.patient if entry.frame in DIRECT and not entry.needs else None
    found = parties(ctx, direct)
    after = frame.token.doc[frame.token.i + 1] if frame.token.i + 1 < sentence.span.end else None
    if (not found and direct is not None) or (after is not None and sentence.group(after) is None):
        named = named_at(ctx, sentence, after) if after is not None else None
        found = (named,) if named and entry.frame in DIRECT else found
    if not found and act == "accuses":
        found = _first_party(ctx, behind(frame, "on"))
    if not found and act == "demands":
        found = _first_party(ctx, behind(frame, "on", "upon", "from", "of")) or _asked_to(
            ctx, sentence, frame
        )
    if not found and act in ("threatens", "warns"):
        found = _first_party(ctx, behind(frame, "against", "to")) or _threatened(
            ctx, sentence, frame
        )
    if not found and act in ("pledges", "rejects", "denies"):
        found = _first_party(ctx, behind(frame, "to"))
    if not found and act in ("condemns", "praises"):
        target = frame.patient
        found = parties(ctx, target) if target and target.head.pos_ != "PRON" else ()
    return found


def _asked_to(ctx: Context, sentence: Sentence, frame: Frame) -> tuple[ActorRef, ...]:
    """ "demanded that Kabul condemn": who is to act."""
    that = follows(frame.token, frozenset({"that"}), 4)
    if that is None:
        return ()
    for i in range(that.i + 1, min(that.i + 5, sentence.span.end)):
        group = sentence.by_token.get(i)
        if group is not None:
            passive = any(
                t.lower_ in ("be", "is", "are") for t in that.doc[group.end : group.end + 2]
            )
            return _of_sibling(ctx, sentence, frame.token) if passive else parties(ctx, group)
    return ()


def _of_sibling(ctx: Context, sentence: Sentence, token: Token) -> tuple[ActorRef, ...]:
    """ "said that X had sheltered them and demanded that they be expelled": by X."""
    if rel(token) != "conj" or rel(token.head) != "ccomp":
        return ()
    return parties(ctx, verb_frame(sentence, token.head).subject)


def _threatened(ctx: Context, sentence: Sentence, frame: Frame) -> tuple[ActorRef, ...]:
    """ "threatened to attack X": X."""
    inner = complement(frame.token)
    if inner is None or inner.pos_ != "VERB":
        return ()
    return parties(ctx, verb_frame(sentence, inner).object)
