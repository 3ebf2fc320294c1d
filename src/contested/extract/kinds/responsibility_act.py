"""A claim of responsibility with its voices and the event that it is about."""

from __future__ import annotations

from spacy.tokens import Token

from contested.extract.kinds.about import about, told_before
from contested.extract.kinds.context import Context
from contested.extract.reading import Group, Sentence
from contested.model import Speaker
from contested.model.terms import ResponsibilityAct, Stance


def id_of(group: Group) -> str | None:
    """The actor that a noun group stands for, if it is known."""
    return group.actor.actor if group.actor else None


def _heard(ctx: Context, sentence: Sentence, source: Group) -> Speaker | None:
    """Who a noun group was found to be as a voice: "the group" that accuses is not the accused."""
    for voice in ctx.attributions[sentence.number].all():
        if voice.source is source and voice.speakers:
            return voice.speakers[-1]
    return None


def add_act(
    ctx: Context,
    sentence: Sentence,
    token: Token,
    act: ResponsibilityAct,
    actor: Group | None,
    *,
    speakers: Group | None,
    stance: Stance | None = None,
    reported: str | None = None,
) -> None:
    """Add a claim of what `act` says of `actor`: in whose voice, and about which event.

    `speakers` is the group that speaks within the sentence, `reported` the actor whose
    responsibility it is where that is not the one the words name.
    """
    outer, said = ctx.voices(sentence, token)
    chain = outer
    if speakers is not None:
        own = _heard(ctx, sentence, speakers) or ctx.speaker(speakers)
        if own is not None and all(s.name != own.name for s in outer):
            chain = (*outer, own)
    event, carried = about(ctx, sentence, token, lead=True)
    if event is not None and event.stance == "denies":
        earlier = told_before(ctx, sentence, event)
        event, carried = earlier or event, carried or earlier is not None
    ctx.add(
        "responsibility",
        sentence,
        token,
        method="rules/responsibility",
        act=act,
        actor=reported or (actor.actor.actor if actor and actor.actor else None),
        actor_as_written=actor.text if actor else "",
        speakers=chain,
        stance=stance or ("denies" if act == "denies" else said),
        where=event.where if event else None,
        when=event.when if event else None,
        event_ref=event.id if event else None,
        carried=("where", "when") if carried else (),
    )
