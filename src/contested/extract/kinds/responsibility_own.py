"""A group that tells of its own deed claims it, whatever verb it uses."""

from __future__ import annotations

from spacy.tokens import Token

from contested.extract.clauses import verb_frame
from contested.extract.kinds.blame_words import blame_words
from contested.extract.kinds.context import Context
from contested.extract.reading import Sentence, rel
from contested.model import EventClaim


def own_deed(ctx: Context, sentence: Sentence) -> None:
    """An armed group that tells of its own attack claims it, whatever verb it uses."""
    ours = blame_words("first person")
    for token, event in ctx.events.get(sentence.number, []):
        voice = event.voice
        if voice is None or not ctx.is_armed(voice.actor) or event.status != "occurred":
            continue
        line = ctx.world.ancestors(voice.actor or "")
        mine = [r for r in event.initiators if (r.actor and (
            r.actor in line or line[0] in ctx.world.ancestors(r.actor)
        )) or (r.actor is None and r.as_written.split()[0].lower() in ours)]  # fmt: skip
        if not mine or event.stance == "denies" or not _speaks(ctx, sentence, token, event):
            continue
        ctx.add(
            "responsibility",
            sentence,
            token,
            method="rules/responsibility/own-deed",
            act="claims",
            actor=mine[0].actor or voice.actor,
            actor_as_written=mine[0].as_written,
            where=event.where,
            when=event.when,
            event_ref=event.id,
        )


def _speaks(ctx: Context, sentence: Sentence, token: Token, event: EventClaim) -> bool:
    """Whether the group itself is heard in the words of its deed.

    Being the subject of the deed is no speech: in "The rebels attacked a town, said a statement
    by a relief committee" nobody claims anything. Nor is a voice that was only found for an "it"
    or "they" whose deed is told of nameless fighters.
    """
    voice = event.voice
    if voice is None:
        return False
    own = ctx.world.ancestors(voice.actor or "")
    frame = verb_frame(sentence, token)
    doer = frame.doer
    if doer is None or doer.text != voice.name:
        return True
    for group in sentence.groups:
        if group is doer or group.actor is None or group.actor.actor is None:
            continue
        above = group.head.head
        says = above.pos_ == "VERB" and above.lemma_.lower() in ctx.words.reporting
        if group.actor.actor in own and says and rel(group.head) in ("nsubj", "obl", "nmod"):
            return True
    return False
