"""Which words of a sentence name a happening, of what type, and who has which part in it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from spacy.tokens import Token

from contested.extract.clauses import Frame, noun_frame, verb_frame
from contested.extract.kinds.context import Context
from contested.extract.kinds.event_roles import inside, struck
from contested.extract.lexicon import Trigger
from contested.extract.reading import Group, Sentence, rel
from contested.model import ActorRef

CARRIERS = {
    "carry", "launch", "conduct", "mount", "stage", "perpetrate", "unleash", "commit", "claim",
    "execute", "orchestrate", "undertake",
}  # fmt: skip


HOSTAGE_WORDS = {"hostage", "hostages", "captive", "captives"}


MILITARY_WORDS = {
    "air", "drone", "missile", "military", "precision", "rocket", "jet", "cross-border",
    "terrorist", "suicide", "retaliatory", "aerial",
}  # fmt: skip


OPERATION_WORDS = {
    "military", "intelligence", "based", "intelligence-based", "search", "combing", "clearance",
    "security", "rescue", "counter", "sanitisation", "sanitization", "clearing", "kinetic",
    "counterterrorism", "counter-terrorism", "offensive",
}  # fmt: skip


PEOPLE_WEAPONS = {"gunman", "gunmen", "sniper"}


DRIVING = {"ram", "crash", "slam", "plough", "plow"}
"""Verbs whose object is the means: "rammed a truck into the post"."""


HARMING = {"kill", "wound", "injure", "hit", "destroy", "damage", "target", "flatten"}
"""What a strike of weapons does, and one of workers does not."""


WIELDING = {"fire", "launch", "lob", "drop", "use", "fall"}
"""Verbs that do what their weapon does."""


BURNING = {"burn", "raze"}


HABITUAL = {"frequent", "regular", "routine", "occasional", "sporadic", "daily", "repeated"}
"""Words that make a noun a habit rather than a happening."""


NOT_VIOLENT = {"hunger", "labour", "labor", "heart", "verbal", "media", "cyber", "work", "panic"}


@dataclass(slots=True)
class Found:
    """An event on the way to a claim."""

    token: Token
    frame: Frame
    type: str
    how: str
    initiators: tuple[ActorRef, ...] = ()
    targets: tuple[ActorRef, ...] = ()
    weapons: tuple[str, ...] = ()
    marked: float | None = None
    """Where a role came from the pipeline's marks: how likely the least likely of them is."""


def find_event(ctx: Context, sentence: Sentence, token: Token) -> Found | None:
    """The happening that a token names, or None."""
    lemma = token.lemma_.lower()
    if token.pos_ == "VERB" or (token.tag_ in ("VBD", "VBN", "VBG") and token.pos_ != "ADJ"):
        return _verb(ctx, sentence, token, lemma)
    if token.pos_ in ("NOUN", "PROPN"):
        return _noun(ctx, sentence, token, lemma)
    return None


def _verb(ctx: Context, sentence: Sentence, token: Token, lemma: str) -> Found | None:
    frame = verb_frame(sentence, token)
    trigger = _phrase(ctx, frame, lemma) or ctx.words.verbs.get(lemma)
    weapons = _weapons(ctx, sentence, frame)
    off = lemma == "go" and token.i + 1 < sentence.span.end and token.nbor(1).lower_ == "off"
    if trigger is None and (off or lemma in WIELDING):
        trigger = _by_weapon(ctx, frame)
    if trigger is None and lemma in ctx.words.casualty_verbs:
        trigger = _by_killing(ctx, frame, lemma)
    if _modifies(sentence, token):
        return None
    empty = frame.subject is not None and frame.subject.head.lower_ in ("it", "there")
    if (
        trigger is None
        or (empty and frame.object is None)
        or rel(token) in ("amod", "compound")
        or sentence.group(token)
    ):
        return None
    if lemma == "ram" and frame.phrase("into") is None:
        return None
    if lemma in ("target", "strike", "hit", "raid", "storm") and not _bodily(ctx, frame):
        return None
    if lemma in BURNING and not _built(ctx, frame):
        return None
    kind = _refine(ctx, trigger.type, weapons, sentence, frame)
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
    elif trigger.frame == "weapon_subject":
        doer = frame.doer
        if doer is not None and ctx.words.victims_of(doer.head.text) == "militants":
            found.initiators = ctx.refs(doer)
    else:
        doer = frame.doer
        if doer is not None and ctx.words.weapons.get(doer.head.lemma_.lower()) is None:
            found.initiators = ctx.refs(doer) or inside(ctx, doer)
        elif doer is not None and doer.head.lemma_.lower() not in PEOPLE_WEAPONS:
            found.initiators = inside(ctx, doer)
        elif doer is not None:
            found.initiators = ctx.refs(doer)
        into = frame.phrase("into") if found.token.lemma_.lower() in DRIVING else None
        found.targets = struck(ctx, into or frame.patient)
        if not found.targets:
            found.targets = struck(ctx, frame.phrase("at", "on", "against", "upon"))
        if frame.patient is not None and frame.patient.head.pos_ == "PRON":
            own = {r.actor for r in found.initiators if r.actor}
            found.targets = tuple(r for r in found.targets if r.actor not in own)


def _modifies(sentence: Sentence, token: Token) -> bool:
    """ "the two murdered officers": a participle in front of its noun."""
    if token.tag_ != "VBN" or token.i <= sentence.span.start or token.i + 1 >= sentence.span.end:
        return False
    before = token.nbor(-1)
    return before.pos_ in ("DET", "NUM", "ADJ") and token.i + 1 in sentence.by_token


def _phrase(ctx: Context, frame: Frame, lemma: str) -> Trigger | None:
    """A verb with its object or particle: "opened fire", "took hostage", "gained control"."""
    reach = 6 if lemma in ("drive", "set") else 4
    after = {t.lemma_.lower() for t in frame.token.doc[frame.token.i + 1 : frame.token.i + reach]}
    if frame.object is not None:
        after.add(frame.object.head.lemma_.lower())
    if frame.passive and frame.subject is not None:
        after.add(frame.subject.head.lemma_.lower())
    for word in after:
        trigger = ctx.words.phrases.get((lemma, word))
        if trigger is not None:
            return trigger
    return None


def _by_weapon(ctx: Context, frame: Frame) -> Trigger | None:
    """ "fired mortars", "dropped bombs": the weapon says what was done."""
    for group in (frame.object, frame.patient, frame.subject):
        if group is None:
            continue
        words = " ".join(t.lemma_.lower() for t in group.tokens)
        entries = [e for word, e in ctx.words.weapons.items() if _has_word(words, word)]
        if entries:
            kind = "airstrike" if frame.token.lemma_ == "drop" else entries[0][1]
            return Trigger(kind, "agent_target")
    return None


def _by_killing(ctx: Context, frame: Frame, lemma: str) -> Trigger | None:
    """A killing with a human doer is an attack of some kind; one by a weapon is that weapon's."""
    shapes = ctx.words.casualty_verbs[lemma]
    near = {t.lower_ for t in frame.token.doc[frame.token.i + 1 : frame.token.i + 9]}
    if not any(f == "victim_object" and (not o or o in near) for o, _, f in shapes) or lemma in (
        "hurt",
        "displace",
        "leave",
        "capture",
        "lose",
    ):
        return None
    doer = frame.doer
    if doer is None or doer.head.pos_ == "PRON" or not (frame.passive or frame.object):
        return None
    weapon = ctx.words.weapons.get(doer.head.lemma_.lower())
    if weapon is not None:
        return Trigger(weapon[1], "agent_target")
    if doer.head.lemma_.lower() in ctx.words.nouns:
        return None
    if doer.actor is not None and ctx.is_state(doer.actor.actor):
        return Trigger("military_operation", "agent_target")
    if doer.actor is not None or ctx.words.victims_of(doer.head.text) == "militants":
        return Trigger("armed_attack", "agent_target")
    return None


def _built(ctx: Context, frame: Frame) -> bool:
    """Whether houses, shops and the like are what is burnt."""
    patient = frame.patient
    return patient is not None and patient.head.lemma_.lower() in ctx.words.targets


def _bodily(ctx: Context, frame: Frame) -> bool:
    """Whether what is struck or targeted can be struck: people, buildings, vehicles, places."""
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


def _noun(ctx: Context, sentence: Sentence, token: Token, lemma: str) -> Found | None:
    trigger = ctx.words.nouns.get(lemma)
    group = sentence.group(token)
    if trigger is None or group is None or group.head.i != token.i:
        return None
    if trigger.frame in ("modifier", "weapon"):
        return None
    before = {t.lower_ for t in group.tokens}
    if before & NOT_VIOLENT or before & HABITUAL or _compared(token):
        return None
    if trigger.frame == "strike" and not _striking(group, before):
        return None
    if trigger.frame == "operation" and not before & OPERATION_WORDS:
        return None
    if trigger.frame == "needs_hostage" and not before & HOSTAGE_WORDS:
        return None
    if trigger.frame == "needs_border" and not before & {"border", "crossing", "crossings"}:
        return None
    frame = noun_frame(sentence, token)
    if frame.object is not None and frame.object.head.lemma_.lower() in ("kind", "sort", "type"):
        return None
    weapons = _weapons(ctx, sentence, frame)
    kind = _refine(ctx, trigger.type, weapons, sentence, frame)
    found = Found(token, frame, kind, f"noun:{lemma}", weapons=tuple(w for w, _ in weapons))
    doers = ctx.refs(frame.agent) or inside(ctx, group)
    if not doers:
        doers = _carried_out(ctx, sentence, token)
    if trigger.frame == "mutual":
        sides = ctx.refs(frame.phrase("between")) or doers
        sides += ctx.refs(frame.phrase("with", "against"))
        found.initiators, found.targets = sides[:1], sides[1:]
    else:
        found.initiators, found.targets = doers, struck(ctx, frame.object)
    return found


def _compared(token: Token) -> bool:
    """Whether a noun only ranks the happening just told.

    "…, the second such raid in a week", "The attack was the deadliest bombing since …".
    """
    said = token.head if rel(token) == "nsubj" else token
    first = [t for t in said.children if rel(t) in ("amod", "det") and t.i < said.i]
    ranked = any(t.tag_ == "JJS" or t.lower_ == "such" for t in first)
    copula = any(rel(t) == "cop" for t in said.children)
    latest = {t.lower_ for t in token.doc[max(token.sent.start, token.i - 7) : token.i]}
    if "latest" in latest and token.tag_ == "NNS":
        return True
    return ranked and (copula or rel(token) == "appos")


def _striking(group: Group, before: set[str]) -> bool:
    """ "strikes" of weapons or on targets, not of workers."""
    if before & MILITARY_WORDS or _inside_names(group):
        return True
    above = group.head.head
    doing = CARRIERS - {"stage"} if rel(group.head) == "obj" else HARMING
    if rel(group.head) in ("obj", "nsubj") and above.lemma_.lower() in doing:
        return True
    frame = noun_frame(group.sentence, group.head)
    return frame.phrase("on", "against", "at", "in") is not None and group.plural


def _inside_names(group: Group) -> bool:
    """Whether a state or a group is named in front of the noun: "Pakistani strikes"."""
    start, _ = group.sentence.chars(group.start)
    end, _ = group.sentence.chars(group.head.i)
    return any(start <= m.start < end for m in group.sentence.actors)


def _carried_out(ctx: Context, sentence: Sentence, token: Token) -> tuple[ActorRef, ...]:
    """ "The TTP carried out an attack": the doer is the carrying verb's."""
    head = token.head
    raised = [c for c in head.children if rel(c) == "xcomp" and c.lemma_.lower() in CARRIERS]
    if raised and rel(token) == "nsubj" and head.lemma_.lower() not in CARRIERS:
        return ctx.refs(verb_frame(sentence, raised[0]).agent)
    if head.pos_ == "VERB" and head.lemma_.lower() in CARRIERS and rel(token) in ("obj", "nsubj"):
        frame = verb_frame(sentence, head)
        doer = frame.doer
        if doer is not None and doer.head.i != token.i:
            return ctx.refs(doer)
    return ()


def _weapons(ctx: Context, sentence: Sentence, frame: Frame) -> list[tuple[str, str]]:
    """Weapon names in the predicate's own words, most telling first."""
    groups = [sentence.group(frame.token), frame.object, frame.subject, frame.agent]
    groups += frame.phrases.get("with", []) + frame.phrases.get("by", [])
    groups += frame.phrases.get("using", []) + frame.phrases.get("for", [])
    out: list[tuple[str, str]] = []
    for group in groups:
        if group is None:
            continue
        tokens = group.tokens
        text = _spaced(t.lemma_.lower() for t in tokens)
        lower = _spaced(t.lower_ for t in tokens)
        for word, entry in ctx.words.weapons.items():
            if word in text or word in lower:
                sole = f" {word} "
                if entry not in out and (sole in text or sole in lower):
                    out.append(entry)
    return out


def _spaced(words: Iterable[str]) -> str:
    """Words with a blank around each, hyphened ones as one."""
    return f" {' '.join(words).replace(' - ', '-')} "


def _has_word(text: str, word: str) -> bool:
    return f" {word} " in f" {text.replace(' - ', '-')} "


def _refine(
    ctx: Context, base: str, weapons: list[tuple[str, str]], sentence: Sentence, frame: Frame
) -> str:
    """A more special type where a weapon or the place says so: "bomb attack", "border clash"."""
    if base in ("attack", "armed_attack", "explosion", "bombing", "shelling"):
        options = [kind for _, kind in weapons]
        special = [k for k in options if base in ctx.world.type_path(k) or base != "bombing"]
        for kind in ("suicide_bombing", "car_bombing", "drone_strike", "ied"):
            if kind in special:
                return kind
        if special and (special[0] != "shooting" or base != "attack"):
            return special[0]
        if special:
            return "armed_attack"
    if base == "armed_clash":
        words = {t.lower_ for t in sentence.span}
        near = frame.phrase("along", "at", "near", "on", "across")
        border = near is not None and near.has("border", "crossing", "frontier", "line")
        group = sentence.group(frame.token)
        if border or (group is not None and group.has("border", "cross-border")):
            return "border_clash"
        if "border" in words and "forces" in words:
            return "border_clash"
    return base
