"""Agreements: ceasefires, talks, pacts and deals, and what became of them."""

from __future__ import annotations

import re
from dataclasses import replace

from spacy.tokens import Token

from contested.extract.according_to import Attributor
from contested.extract.circumstances import pick_time
from contested.extract.kinds.agreement_acts import LEAVING, Found, acts_on
from contested.extract.kinds.agreement_bare import by_pronoun, by_verb
from contested.extract.kinds.agreement_parties import (
    Sides,
    mediators,
    parties_of,
    two_last,
)
from contested.extract.kinds.agreement_terms import PEACEFUL, Named, named
from contested.extract.kinds.context import Context
from contested.extract.kinds.statistic_period import Times, dateline
from contested.extract.reading import Sentence
from contested.model import ActorRef, AgreementClaim, When, Where
from contested.model.terms import AgreementType, Stance, Status

CONDITION = re.compile(
    r"\b(?:only (?:hold|stand|last)|as long as|so long as|on condition|provided that|if|unless|"
    r"should (?:any|the|either)\w*)\b",
    re.IGNORECASE,
)
_CLOCK = re.compile(r"\b(?:at|from) (?:\d|noon|midnight|dawn|dusk|sunset)", re.IGNORECASE)
SAID_WILL = {"will", "would", "shall", "'ll"}


def agreements(ctx: Context, sentence: Sentence) -> None:
    """Add the agreement claims of one sentence to the context."""
    things = named(sentence)
    last = _last(ctx, sentence)
    found: list[Found] = []
    for thing in things:
        kind = thing.type or _type_from_before(ctx, sentence, thing, things)
        if kind is not None:
            found += acts_on(sentence, replace(thing, type=kind), things)
        elif any(t.text[:1].isupper() for t in thing.head.doc[thing.first : thing.head.i]):
            named_so = acts_on(sentence, replace(thing, type="peace_deal"), things)
            found += [replace(f, strict=True) for f in named_so]
    found += by_pronoun(ctx, sentence, last)
    found += by_verb(sentence, things, last)
    seen: set[tuple[str | None, str]] = set()
    for one in found:
        key = (one.thing.type, one.act)
        if key not in seen and _claim(ctx, sentence, one, last):
            seen.add(key)


def _last(ctx: Context, sentence: Sentence) -> AgreementClaim | None:
    """The agreement claim made last, if it stands in this paragraph or one of two before."""
    for claim in reversed(ctx.claims):
        if not isinstance(claim, AgreementClaim) or claim.start >= sentence.start:
            continue
        for number in range(sentence.number - 1, max(sentence.number - 7, -1), -1):
            there = ctx.reading.sentences[number]
            if there.start <= claim.start < there.end:
                near = sentence.paragraph_number - there.paragraph_number <= 2
                return claim if near else None
        return None
    return None


def _type_from_before(
    ctx: Context, sentence: Sentence, thing: Named, things: list[Named]
) -> AgreementType | None:
    """What "the agreement" is: named so earlier in the sentence or in those before."""
    text = sentence.report.text[thing.end : sentence.end]
    if LEAVING.search(text):
        return "withdrawal"
    known = [n for n in things if n.type and n.start < thing.start]
    if known:
        return known[-1].type
    definite = sentence.span.doc[thing.first].lower_ in ("the", "this", "that", "their", "its")
    number = sentence.number
    for earlier in reversed(ctx.reading.sentences[max(0, number - 3) : number]):
        if sentence.paragraph_number - earlier.paragraph_number > 2:
            break
        kinds = [n.type for n in named(earlier) if n.type not in (None, "talks")]
        if kinds and definite:
            return kinds[-1]
    return None


def _status(ctx: Context, sentence: Sentence, found: Found) -> Status | None:
    """The claim's status, or None where the text does not say that it is so."""
    real = ctx.reality(sentence, found.token)
    if real.negated or _no_longer(found.token):
        return None
    if real.status in ("occurred", "ongoing"):
        return real.status
    # Being asked for, offered or agreed is what these words themselves say of an agreement.
    if found.token.tag_ in ("VBD", "VBN") and real.status in ("planned", "threatened"):
        return "occurred"
    doc = found.token.doc
    modal = {doc[i].lower_ for i in range(max(found.token.i - 4, sentence.span.start),
                                          found.token.i)} & SAID_WILL  # fmt: skip
    coming = found.act in ("took_effect", "extended", "ongoing") and modal
    if coming and found.thing.type != "talks" and not CONDITION.search(sentence.text):
        return "planned"
    return None


def _no_longer(token: Token) -> bool:
    doc = token.doc
    near = [doc[i].lower_ for i in range(max(token.i - 4, token.sent.start), token.i)]
    return "longer" in near or "never" in near or "not" in near or "n't" in near


def _claim(ctx: Context, sentence: Sentence, found: Found, last: AgreementClaim | None) -> bool:
    status = _status(ctx, sentence, found)
    if status is None and _refused(found):
        found, status = replace(found, act="rejected"), "occurred"
    if status is None:
        return False
    thing, kind = found.thing, found.thing.type
    brokers = mediators(ctx, sentence, thing, found.token)
    sides = parties_of(ctx, sentence, thing, found.token, found.cue.word if found.cue else "")
    if not _worth(ctx, sides, found, last):
        return False
    carried: tuple[str, ...] = ()
    here = _told_here(ctx, sentence, kind)
    parties = here if len(here) > len(sides.refs) else sides.refs
    if len(parties) < 2 and sides.both:
        parties = two_last(ctx, sentence, found.token, exclude=brokers)
        carried = ("parties",)
    elif (not parties and last is not None and last.type in (kind, "talks")) or (
        not parties and last is not None and kind == "talks"
    ):
        parties, carried = last.parties, ("parties",)
    when, late = _when(ctx, sentence, found, last)
    carried += ("when",) if late else ()
    known = {ref.actor for ref in brokers if ref.actor}
    values = _voices(ctx, sentence, found, sides)
    ctx.add(
        "agreement",
        sentence,
        found.token,
        method=f"rules/agreement/{found.cue.word if found.cue else found.token.lemma_}",
        type=kind,
        act=found.act,
        parties=tuple(p for p in parties if p.actor not in known or p.actor is None),
        mediators=brokers,
        status=status,
        when=when,
        duration_days=_duration(sentence, thing),
        where=_where(sentence, found),
        carried=tuple(name for name in carried if name != "parties" or parties),
        **values,
    )
    return True


def _told_here(
    ctx: Context, sentence: Sentence, kind: AgreementType | None
) -> tuple[ActorRef, ...]:
    """Parties of the same agreement, named with another act in the same sentence."""
    for claim in reversed(ctx.claims):
        if claim.start < sentence.start:
            break
        if isinstance(claim, AgreementClaim) and claim.type == kind and claim.parties:
            return claim.parties
    return ()


def _when(
    ctx: Context, sentence: Sentence, found: Found, last: AgreementClaim | None
) -> tuple[When | None, bool]:
    """The act's own time; an hour alone is of the day of the saying or of the last act told."""
    times = Times(sentence, ctx.words)
    mention = pick_time(sentence, found.token, ctx.words)
    if mention is not None and (
        dateline(sentence, mention)
        or mention.when.earliest is None
        or not times.belongs(mention, found.token)
    ):
        mention = None
    own = mention.when if mention is not None else None
    if own is not None or found.act != "took_effect" or not _CLOCK.search(sentence.text):
        return own, False
    spoken = [m.when for m in sentence.times if m.when.earliest == m.when.latest]
    if spoken:
        return spoken[0], False
    before = last.when if last is not None else None
    return (before, True) if before and before.earliest == before.latest else (None, False)


def _refused(found: Found) -> bool:
    """ "will no longer hold talks": negated talks to come are talks turned down."""
    doc, at = found.token.doc, found.token.i
    near = {doc[i].lower_ for i in range(max(at - 4, found.token.sent.start), at)}
    coming = found.thing.type == "talks" and found.act == "ongoing"
    return coming and bool(near & {"will", "wo"}) and _no_longer(found.token)


def _worth(ctx: Context, sides: Sides, found: Found, last: AgreementClaim | None) -> bool:
    """Agreements named in general words need their parties."""
    kind = found.thing.type
    if kind == "other":
        return sides.both or len({r.actor for r in sides.refs if r.actor}) >= 2
    if found.strict:
        return len(sides.refs) >= 2 and any(ctx.is_armed(r.actor) for r in sides.refs)
    if kind == "talks" and not (sides.refs or sides.both or last):
        words = found.thing.head.sent.doc[found.thing.first : found.thing.head.i + 1].text
        return bool(PEACEFUL.search(words))
    if found.cue is not None and found.cue.word in ("seek", "ask", "offer", "propose"):
        return bool(sides.refs)
    return True


def _voices(ctx: Context, sentence: Sentence, found: Found, sides: Sides) -> dict[str, object]:
    """Speakers and stance, where somebody is accused."""
    if sides.accuser is None:
        return {}
    chain, _ = ctx.voices(sentence, found.token)
    speaker = Attributor(ctx.world, ctx.words).speaker(sides.accuser)
    stance: Stance = "alleges"
    if speaker is None or any(s.name == speaker.name for s in chain):
        return {"stance": stance}
    return {"stance": stance, "speakers": (*chain, speaker)}


def _duration(sentence: Sentence, thing: Named) -> float | None:
    """A length of time in the noun group or right behind it ("a truce of ten days")."""
    first, _ = sentence.chars(thing.first)
    for mention in sentence.durations:
        if first - 2 <= mention.start < thing.end:
            return mention.days
        gap = sentence.report.text[thing.end : mention.start].strip().lower()
        if mention.start >= thing.end and gap in ("of", "for", "lasting", "for a", "for another"):
            return mention.days
    return None


def _where(sentence: Sentence, found: Found) -> Where | None:
    """A place that the act itself names: "in Doha", not where the fighting was."""
    doc = found.token.doc
    for mention in sentence.places:
        token = sentence.place_token(mention)
        if token is None or mention.kind == "country":
            continue
        group = sentence.group(token)
        first = group.start if group is not None else token.i
        before = doc[first - 1].lower_ if first > sentence.span.start else ""
        low, high = sorted((found.token.i, found.thing.head.i))
        if before in ("in", "at") and low - 3 <= first <= high + 7:
            verbs = [t for t in doc[high + 1 : first] if t.pos_ == "VERB"]
            if not verbs:
                return mention.where
        if group is not None and group.start <= found.thing.head.i < group.end:
            return mention.where
    return None
