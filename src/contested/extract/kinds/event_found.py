"""Which words of a sentence name a happening, of what type, and who has which part in it."""

from __future__ import annotations

from spacy.tokens import Token

from contested.extract.clauses import Frame, verb_frame
from contested.extract.kinds.context import Context
from contested.extract.kinds.event_ground import (
    HOLDING,
    fits_ground,
    long_held,
    own_words,
    unknown_place,
)
from contested.extract.kinds.event_nouns import by_noun
from contested.extract.kinds.event_roles import (
    armed_band,
    doers_of,
    inside,
    named_beside,
    struck,
)
from contested.extract.kinds.event_weapons import (
    by_weapon,
    refine,
    struck_by_weapon,
    weapons_of,
)
from contested.extract.kinds.event_words import Found, event_words
from contested.extract.lexicon import Trigger
from contested.extract.reading import Sentence, rel
from contested.model import ActorRef

MANY = 10
"""Places taken at once: more are those of a campaign."""


def find_event(ctx: Context, sentence: Sentence, token: Token) -> Found | None:
    """The happening that a token names, or None."""
    lemma = token.lemma_.lower()
    if token.pos_ == "VERB" or (token.tag_ in ("VBD", "VBN", "VBG") and token.pos_ != "ADJ"):
        return _verb(ctx, sentence, token, lemma)
    if token.pos_ in ("NOUN", "PROPN"):
        return by_noun(ctx, sentence, token, lemma)
    return None


def _verb(ctx: Context, sentence: Sentence, token: Token, lemma: str) -> Found | None:
    frame = verb_frame(sentence, token)
    trigger = _phrase(ctx, frame, lemma) or ctx.words.verbs.get(lemma)
    weapons = weapons_of(ctx, sentence, frame)
    off = lemma == "go" and token.i + 1 < sentence.span.end and token.nbor(1).lower_ == "off"
    if trigger is None and (off or lemma in event_words("wielding")):
        trigger = by_weapon(ctx, frame)
    if trigger is None and lemma in event_words("taking") and _ground(frame):
        trigger = Trigger("seizure", "agent_target")
    if trigger is None and lemma in ctx.words.casualty_verbs:
        trigger = _by_killing(ctx, frame, lemma)
    if _modifies(sentence, token) or _nth_time(sentence, token):
        return None
    empty = frame.subject is not None and frame.subject.head.lower_ in ("it", "there")
    empty = empty and not (frame.passive and frame.agent is not None)
    if (
        trigger is None
        or (empty and frame.object is None)
        or rel(token) in ("amod", "compound")
        or sentence.group(token)
    ):
        return None
    if lemma == "ram" and frame.phrase("into") is None:
        return None
    needs_body = lemma in ("target", "strike", "hit", "raid", "storm")
    if needs_body and trigger.frame != "struck_subject" and not _bodily(ctx, frame):
        return None
    if lemma in event_words("burning") and not _built(ctx, frame):
        return None
    if not fits_ground(ctx, frame, trigger.frame):
        return None
    if trigger.type == "seizure" and long_held(sentence, token):
        return None
    kind = refine(ctx, trigger.type, weapons, sentence, frame)
    found = Found(token, frame, kind, f"verb:{lemma}", weapons=tuple(w for w, _ in weapons))
    _give_roles(ctx, found, trigger)
    return found


def _give_roles(ctx: Context, found: Found, trigger: Trigger) -> None:
    """Who did it to whom, as the trigger's frame says."""
    frame = found.frame
    if trigger.frame == "mutual":
        sides = ctx.refs(frame.subject) or inside(ctx, frame.subject)
        sides += ctx.refs(frame.phrase("with", "against"))
        found.initiators, found.targets = sides[:1], sides[1:]
    elif trigger.frame == "struck_subject":
        found.targets = struck(ctx, frame.subject)
    elif trigger.frame == "weapon_subject":
        doer = frame.doer
        if doer is not None and ctx.words.victims_of(doer.head.text) == "militants":
            found.initiators = ctx.refs(doer)
    else:
        doer = named_beside(ctx, frame.doer)
        if doer is not None and ctx.words.weapons.get(doer.head.lemma_.lower()) is None:
            found.initiators = doers_of(ctx, doer)
            if not found.initiators and armed_band(ctx, doer):
                found.initiators = (ActorRef(None, doer.text),)
        elif doer is not None and doer.head.lemma_.lower() not in event_words("people"):
            found.initiators = inside(ctx, doer)
        elif doer is not None:
            found.initiators = ctx.refs(doer)
        if trigger.frame in HOLDING:
            found.targets = own_words(struck(ctx, frame.patient))
            found.unplaced = unknown_place(frame.patient)
            return
        into = (
            frame.phrase("into") if found.token.lemma_.lower() in event_words("driving") else None
        )
        found.targets = struck(ctx, into or frame.patient)
        harms = ctx.words.casualty_verbs.get(found.token.lemma_.lower(), ())
        if any(not needed for needed, _, _ in harms):
            found.targets = tuple(r for r in found.targets if r.actor or _alive(ctx, r))
        if not found.targets and trigger.frame == "incursion":
            found.targets = struck(ctx, frame.phrase("into"))
        elif not found.targets and trigger.type != "arrest":
            found.targets = struck(ctx, frame.phrase("at", "on", "against", "upon"))
        if frame.patient is not None and frame.patient.head.pos_ == "PRON":
            own = {r.actor for r in found.initiators if r.actor}
            thing = frame.patient.head.lower_ == "it"
            found.targets = tuple(
                r for r in found.targets
                if r.actor not in own and not (thing and ctx.is_state(r.actor))
            )  # fmt: skip


def _alive(ctx: Context, ref: ActorRef) -> bool:
    """Whether words name people, not a thing, which nobody kills."""
    return ref.as_written.split()[-1].lower() not in ctx.words.targets


def _modifies(sentence: Sentence, token: Token) -> bool:
    """ "the two murdered officers": a participle in front of its noun."""
    if token.tag_ != "VBN" or token.i <= sentence.span.start or token.i + 1 >= sentence.span.end:
        return False
    before = token.nbor(-1)
    return before.pos_ in ("DET", "NUM", "ADJ") and token.i + 1 in sentence.by_token


def _phrase(ctx: Context, frame: Frame, lemma: str) -> Trigger | None:
    """A verb with its object or particle: "opened fire", "took hostage", "gained control"."""
    mined = (lemma, "mine") in ctx.words.phrases
    reach = 8 if mined else 6 if lemma == "set" else 4
    after = [t.lemma_.lower() for t in frame.token.doc[frame.token.i + 1 : frame.token.i + reach]]
    if frame.object is not None:
        after.append(frame.object.head.lemma_.lower())
    if frame.passive and frame.subject is not None:
        after.append(frame.subject.head.lemma_.lower())
    for word in after:
        trigger = ctx.words.phrases.get((lemma, word))
        if trigger is not None:
            return trigger
    return None


def _by_killing(ctx: Context, frame: Frame, lemma: str) -> Trigger | None:
    """A killing with a human doer is an attack of some kind; one by a weapon is that weapon's."""
    shapes = ctx.words.casualty_verbs[lemma]
    near = {t.lower_ for t in frame.token.doc[frame.token.i + 1 : frame.token.i + 9]}
    harming = [
        o for o, effect, shape in shapes
        if shape == "victim_object" and effect in ("killed", "wounded")
    ]  # fmt: skip
    if not any(not o or o in near for o in harming) or lemma in ("hurt", "leave", "lose"):
        return None
    doer = frame.doer
    if doer is None or doer.head.pos_ == "PRON" or not (frame.passive or _has_object(frame)):
        return None
    weapon = ctx.words.weapons.get(doer.head.lemma_.lower())
    if weapon is not None:
        return Trigger(weapon[1], "agent_target")
    if doer.head.lemma_.lower() in ctx.words.nouns:
        return None
    if doer.actor is not None and ctx.is_state(doer.actor.actor):
        return Trigger("military_operation", "agent_target")
    band = doer.has(*event_words("armed"))
    if doer.actor is not None or band or ctx.words.victims_of(doer.head.text) == "militants":
        return Trigger("armed_attack", "agent_target")
    return Trigger("armed_attack", "agent_target") if armed_band(ctx, doer) else None


def _ground(frame: Frame) -> bool:
    """Whether a place or a post is what is taken, and not people or goods: "seized a town"."""
    patient = frame.patient
    if patient is None or patient.head.pos_ == "PRON":
        return False
    if patient.count is not None and (patient.count.count.low or 0) >= MANY:
        return False
    a, _ = patient.sentence.chars(patient.head.i)
    named = any(p.start <= a < p.end for p in patient.sentence.places)
    return named or patient.head.lemma_.lower() in event_words("ground")


def _nth_time(sentence: Sentence, token: Token) -> bool:
    """ "…, the second time it was targeted": a rank of what was just told."""
    subject = next((c for c in token.children if rel(c) == "nsubj"), None)
    at = subject.i - 1 if subject is not None else token.i
    return at > sentence.span.start and token.doc[at].lower_ in ("time", "times")


def _has_object(frame: Frame) -> bool:
    """Whether somebody else is killed: not in "20 soldiers injured, two of them badly"."""
    if frame.object is None:
        return False
    between = frame.token.doc[frame.token.i + 1 : frame.object.start]
    return not any(t.text in (",", ";", "-", "–", "—") for t in between)


def _built(ctx: Context, frame: Frame) -> bool:
    """Whether houses, shops and the like are what is burnt."""
    patient = frame.patient
    return patient is not None and ctx.words.is_target(patient.head.text)


def _bodily(ctx: Context, frame: Frame) -> bool:
    """Whether what is struck or targeted can be struck: people, buildings, vehicles, places.

    Whatever a weapon strikes can be.
    """
    if struck_by_weapon(ctx, frame):
        return True
    patient = frame.patient
    if patient is None:
        return False
    if patient.actor is not None or ctx.words.victims_of(patient.head.text):
        return True
    a, _ = patient.sentence.chars(patient.start)
    _, b = patient.sentence.chars(patient.end - 1)
    if any(p.start < b and p.end > a for p in patient.sentence.places):
        return True
    return patient.head.lemma_.lower() in ctx.words.targets
