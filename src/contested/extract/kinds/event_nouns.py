"""Happenings that a noun names: "an attack by X on Y", "clashes between X and Y"."""

from __future__ import annotations

from spacy.tokens import Token

from contested.extract.clauses import noun_frame, verb_frame
from contested.extract.kinds.context import Context
from contested.extract.kinds.event_roles import doers_of, inside, struck
from contested.extract.kinds.event_weapons import refine, weapons_of
from contested.extract.kinds.event_words import Found, event_words
from contested.extract.lexicon import Trigger
from contested.extract.reading import Group, Sentence, rel
from contested.model import ActorRef


def by_noun(ctx: Context, sentence: Sentence, token: Token, lemma: str) -> Found | None:
    """The happening that a noun names, or None."""
    group = sentence.group(token)
    lemma = _hyphened(token) if _hyphened(token) in ctx.words.nouns else lemma
    trigger = ctx.words.nouns.get(lemma) or attempted(ctx, token)
    if trigger is None or group is None or group.head.i != token.i:
        return None
    if trigger.frame in ("modifier", "weapon"):
        return None
    before = {t.lower_ for t in group.tokens}
    if (
        before & event_words("not violent")
        or before & event_words("habitual")
        or _compared(token)
        or _judged(token)
    ):
        return None
    if _only_called(token):
        return None
    if trigger.frame == "strike" and not _striking(ctx, group, before):
        return None
    if trigger.frame == "operation" and not before & event_words("operation"):
        return None
    if trigger.frame == "needs_hostage" and not before & event_words("hostage"):
        return None
    if trigger.frame == "needs_border" and not before & {"border", "crossing", "crossings"}:
        return None
    frame = noun_frame(sentence, token)
    if frame.object is not None and frame.object.head.lemma_.lower() in ("kind", "sort", "type"):
        return None
    weapons = weapons_of(ctx, sentence, frame)
    kind = refine(ctx, trigger.type, weapons, sentence, frame)
    found = Found(token, frame, kind, f"noun:{lemma}", weapons=tuple(w for w, _ in weapons))
    doers = doers_of(ctx, frame.agent or _behind(sentence, token)) or inside(ctx, group)
    if not doers:
        doers = _carried_out(ctx, sentence, token)
    if trigger.frame == "mutual":
        sides = ctx.refs(frame.phrase("between")) or doers
        sides += ctx.refs(frame.phrase("with", "against"))
        found.initiators, found.targets = sides[:1], sides[1:]
    else:
        blamed = _blamed(token, frame.object)
        found.initiators = doers_of(ctx, frame.object) if blamed else doers
        found.targets = () if blamed else struck(ctx, frame.object)
    return found


def _judged(token: Token) -> bool:
    """ "This is a massacre": a judgement on what was told, and no happening more."""
    subject = next((c for c in token.children if rel(c) == "nsubj"), None)
    copula = any(rel(c) == "cop" for c in token.children)
    led = any(rel(c) == "case" for c in token.children)
    return copula and not led and subject is not None and subject.pos_ in ("PRON", "DET")


def _compared(token: Token) -> bool:
    """Whether a noun only ranks the happening just told.

    "…, the second such raid in a week", "The attack was the deadliest bombing since …".
    """
    said = token.head if rel(token) == "nsubj" else token
    first = [t for t in said.children if rel(t) in ("amod", "det") and t.i < said.i]
    ordinals = event_words("ordinal")
    ranked = any(t.tag_ == "JJS" or t.lower_ in ("such", *ordinals) for t in first)
    group = token.doc[max(token.sent.start, said.i - 5) : said.i]
    ranked = ranked or any(t.lower_ in ordinals and t.head.i <= said.i for t in group)
    copula = any(rel(t) == "cop" for t in said.children)
    latest = {t.lower_ for t in token.doc[max(token.sent.start, token.i - 7) : token.i]}
    if "latest" in latest and token.tag_ == "NNS":
        return True
    return ranked and (copula or rel(token) == "appos")


def _hyphened(token: Token) -> str:
    """A noun that the tokens cut at its hyphen, in small letters: "shoot-out"."""
    if token.i < 2 or token.nbor(-1).text != "-" or token.nbor(-1).whitespace_:
        return token.lower_
    word = f"{token.nbor(-2).lower_}-{token.lower_}"
    return word.removesuffix("s") if token.tag_ == "NNS" else word


def attempted(ctx: Context, token: Token) -> Trigger | None:
    """ "an assassination attempt on the minister": the happening that was attempted."""
    before = token.nbor(-1) if token.i else None
    if token.lemma_.lower() != "attempt" or before is None or rel(before) != "compound":
        return None
    found = ctx.words.nouns.get(before.lemma_.lower())
    return found if found is not None and found.frame == "nominal" else None


def _only_called(token: Token) -> bool:
    """Whether a noun is what somebody calls something: "this is a massacre of our people"."""
    said = {c.lower_ for c in token.children if rel(c) == "nsubj"}
    present = any(rel(c) == "cop" and c.tag_ in ("VBZ", "VBP") for c in token.children)
    return present and bool(said & {"this", "that", "it", "these", "those"})


def _striking(ctx: Context, group: Group, before: set[str]) -> bool:
    """ "strikes" of weapons or on targets, not of workers."""
    if before & event_words("military") or _inside_names(group):
        return True
    above = group.head.head
    doing = (
        event_words("carrier") - {"stage"} if rel(group.head) == "obj" else event_words("harming")
    )
    if rel(group.head) in ("obj", "nsubj") and above.lemma_.lower() in doing:
        return True
    frame = noun_frame(group.sentence, group.head)
    if group.plural:
        return frame.phrase("on", "against", "at", "in") is not None
    on = frame.phrase("on", "against")
    return on is not None and on.head.lemma_.lower() in ctx.words.targets


def _inside_names(group: Group) -> bool:
    """Whether a state or a group is named in front of the noun: "Pakistani strikes"."""
    start, _ = group.sentence.chars(group.start)
    end, _ = group.sentence.chars(group.head.i)
    return any(start <= m.start < end for m in group.sentence.actors)


def _carried_out(ctx: Context, sentence: Sentence, token: Token) -> tuple[ActorRef, ...]:
    """ "The TTP carried out an attack": the doer is the carrying verb's."""
    head = token.head
    raised = [
        c for c in head.children if rel(c) == "xcomp" and c.lemma_.lower() in event_words("carrier")
    ]
    if raised and rel(token) == "nsubj" and head.lemma_.lower() not in event_words("carrier"):
        return doers_of(ctx, verb_frame(sentence, raised[0]).agent)
    if (
        head.pos_ == "VERB"
        and head.lemma_.lower() in event_words("carrier")
        and rel(token) in ("obj", "nsubj")
    ):
        frame = verb_frame(sentence, head)
        doer = frame.doer
        if doer is not None and doer.head.i != token.i:
            return doers_of(ctx, doer)
    return ()


def _behind(sentence: Sentence, token: Token) -> Group | None:
    """Who "was behind" the happening."""
    led = any(c.lower_ == "behind" and rel(c) == "case" for c in token.children)
    doer = next((c for c in token.children if rel(c) == "nsubj"), None)
    return sentence.group(doer) if led and doer is not None else None


def _blamed(token: Token, on: Group | None) -> bool:
    """Whether "on X" behind a happening says whom it is blamed on: "blamed the raid on X"."""
    if on is None or rel(token) != "obj" or token.head.lemma_.lower() not in ("blame", "pin"):
        return False
    last = [t for t in token.doc[token.i : on.start] if t.lower_ == "on"]
    return bool(last) and on.actor is not None
