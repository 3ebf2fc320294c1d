"""Agreements: ceasefires, talks, pacts and deals, and what became of them."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from spacy.tokens import Token

from contested.extract.according_to import Attributor
from contested.extract.kinds.agreement_parties import (
    Sides,
    mediators,
    parties_of,
    two_last,
)
from contested.extract.kinds.agreement_terms import Act, Named, acts_at, named
from contested.extract.kinds.context import Context
from contested.extract.reading import Group, Sentence, rel
from contested.model import ActorRef, AgreementClaim, Where
from contested.model.terms import AgreementAct, AgreementType, Stance, Status

REACH = 11
"""Tokens between an agreement and the word that says what became of it."""
UNREAL = {
    "no", "any", "hope", "hopes", "prospect", "prospects", "chance", "chances", "desire",
    "possibility", "possible", "without", "if", "unless", "potential", "future", "lasting",
    "likelihood", "need", "idea",
}  # fmt: skip
CONDITION = re.compile(
    r"\b(?:only (?:hold|stand|last)|as long as|so long as|on condition|provided that|if|unless|"
    r"should (?:any|the|either)\w*)\b",
    re.IGNORECASE,
)
SAID_WILL = {"will", "would", "shall", "'ll"}
PRONOUNS = {"it", "they", "these", "those", "this", "both", "which"}
_LASTS = re.compile(r"\b(?:under|by) which\b[^.;]*\b(?:left|withdr\w+|pull(?:ed)? out|quit)\b", re.I)


@dataclass(slots=True)
class Found:
    """An act on an agreement on the way to a claim."""

    token: Token
    act: AgreementAct
    thing: Named
    cue: Act | None = None


def agreements(ctx: Context, sentence: Sentence) -> None:
    """Add the agreement claims of one sentence to the context."""
    things = named(sentence)
    last = _last(ctx, sentence)
    found: list[Found] = []
    for thing in things:
        kind = thing.type or _type_from_before(ctx, sentence, thing, things)
        if kind is not None:
            found += _acts(ctx, sentence, replace(thing, type=kind), things)
    found += _by_pronoun(ctx, sentence, last)
    found += _by_verb(ctx, sentence, things, last)
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
    if _LASTS.search(text):
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


def _acts(ctx: Context, sentence: Sentence, thing: Named, things: list[Named]) -> list[Found]:
    """What the words around an agreement say of it: at most one act on each side."""
    out: list[Found] = []
    left = _left(sentence, thing, things)
    right = _right(sentence, thing, things)
    if left is not None:
        out.append(left)
    if right is not None and (left is None or _relative(right.token, thing)):
        out.append(right)
    if not out:
        inside = _inside(sentence, thing)
        if inside is not None:
            out.append(inside)
    return [f for f in out if not _unreal(sentence, f)]


def _left(sentence: Sentence, thing: Named, things: list[Named]) -> Found | None:
    """The verb or noun before an agreement that has it as its object."""
    doc, start = thing.head.doc, sentence.span.start
    for i in range(thing.first - 1, max(thing.first - REACH, start) - 1, -1):
        token = doc[i]
        if token.text in (";", ":") or any(n.head.i == i for n in things):
            return _across(sentence, thing, things, i)
        for cue in acts_at(token):
            if cue.role == "subject" or not _allowed(cue, thing):
                continue
            if cue.role == "noun" and not _of(doc, i, thing.first):
                continue
            if cue.role == "object" and not _governs(token, thing, cue):
                continue
            return Found(token, cue.act, thing, cue)
    return None


def _across(sentence: Sentence, thing: Named, things: list[Named], at: int) -> Found | None:
    """ "the peace talks and the ceasefire": what is said of the first holds for the second."""
    between = thing.head.doc[at + 1 : thing.first]
    first = next((n for n in things if n.head.i == at), None)
    if first is None or not all(t.lower_ in ("and", "or", ",") for t in between):
        return None
    found = _left(sentence, first, [n for n in things if n is not first])
    if found is None or found.cue is None or not _allowed(found.cue, thing):
        return None
    return replace(found, thing=thing)


def _of(doc: object, i: int, first: int) -> bool:
    """Whether a noun is followed by "of" and then the agreement."""
    between = [t.lower_ for t in doc[i + 1 : first]]  # type: ignore[index]
    return between[:1] in (["of"], ["to"], ["for"]) and len(between) <= 3


def _governs(token: Token, thing: Named, cue: Act) -> bool:
    """Whether a word before the agreement takes it as object, and no other verb does."""
    doc = token.doc
    if token.tag_ in ("NN", "NNS") and token.pos_ == "NOUN" and cue.word in ("offer", "end"):
        return False
    between = doc[token.i + 1 : thing.first]
    verbs = [
        t
        for t in between
        if t.pos_ in ("VERB", "AUX")
        and rel(t) not in ("amod", "case", "compound")
        and t.tag_ not in ("VBG", "VBN")
        and not acts_at(t)
    ]
    if verbs and cue.word not in ("refuse", "agree", "offer", "decline"):
        return False
    commas = sum(t.text == "," for t in between)
    if cue.word == "agree":
        words = [t.lower_ for t in between]
        return bool(words) and (words[0] in ("to", "on", "upon") or words[0] in ("a", "an", "the")
                                or "to" in words[:5] or "on" in words[:5]) and not verbs  # fmt: skip
    if cue.word in ("have", "keep", "hold", "end", "start", "open", "ask", "enter", "begin"):
        return commas == 0 and len(between) <= 6
    if token.i in {a.i for a in thing.head.ancestors}:
        return commas <= 2
    return commas <= 1 and len(between) <= 8


def _allowed(cue: Act, thing: Named) -> bool:
    if cue.types and thing.type not in cue.types:
        return False
    return not (cue.act == "took_effect" and thing.type == "talks" and cue.role == "object")


def _right(sentence: Sentence, thing: Named, things: list[Named]) -> Found | None:
    """The verb or participle behind an agreement that has it as its subject."""
    doc, end = thing.head.doc, sentence.span.end
    last = sentence.tokens_in(thing.start, thing.end)[-1].i
    best: Found | None = None
    for i in range(last + 1, min(last + 1 + 2 * REACH, end)):
        token = doc[i]
        if token.text in (";", ":") or any(n.head.i == i for n in things):
            break
        for cue in acts_at(token):
            if cue.role == "noun" or not _allowed(cue, thing):
                continue
            if cue.role == "object" and not _passive(token):
                continue
            if cue.role == "subject" and _passive(token) and cue.word not in ("fail", "collapse"):
                continue
            if not _subject_of(sentence, token, thing, last):
                continue
            found = Found(token, _talking(cue, thing), thing, cue)
            if not _relative(token, thing):
                return found if best is None or cue.word not in ("hold",) else best
            best = best or found
            break
    return best


def _talking(cue: Act, thing: Named) -> AgreementAct:
    """Talks that begin or are mediated go on; nothing has been agreed by that."""
    if thing.type == "talks" and cue.act in ("took_effect", "agreed"):
        return "ongoing"
    return cue.act


def _passive(token: Token) -> bool:
    """ "was extended", "had been agreed", "brokered by", "announced in Doha"."""
    doc = token.doc
    left = [doc[i].lower_ for i in range(max(token.i - 5, token.sent.start), token.i)]
    if {"be", "been", "was", "were", "is", "being", "are"} & set(left):
        return True
    bare = doc[token.i - 1].text == "," or doc[token.i - 1].pos_ in ("NOUN", "PROPN")
    after = doc[token.i + 1].lower_ if token.i + 1 < token.sent.end else ""
    return bare and token.tag_ in ("VBN", "VBD", "JJ") and after in (
        "in", "by", "on", "last", "between", "with", "at", "this", "after", "earlier",
    )  # fmt: skip


def _subject_of(sentence: Sentence, token: Token, thing: Named, last: int) -> bool:
    """Whether nothing but phrases and adverbs stands between an agreement and its verb."""
    doc = token.doc
    if thing.head.i in {c.i for c in token.children if rel(c) in ("nsubj", "csubj")}:
        return True
    if token.head.i == thing.head.i and rel(token) in ("acl", "acl:relcl"):
        return True
    between = doc[last + 1 : token.i]
    skipped = False
    for t in between:
        if t.text == "," or t.lower_ in ("that", "which", "who"):
            skipped = True
        if t.pos_ == "VERB" and not acts_at(t) and not skipped and rel(t) not in ("amod", "acl"):
            return False
        if t.lower_ in ("and", "but", "hours", "because", "after") and t.head.pos_ == "VERB":
            return False
    commas = sum(t.text == "," for t in between)
    return len(between) <= REACH + 4 and commas in (0, 2) or (
        commas == 1 and len(between) <= 3 and _passive(token)
    )


def _relative(token: Token, thing: Named) -> bool:
    """Whether a verb stands in a clause that only describes the agreement."""
    if rel(token) == "acl" and thing.head.i in {a.i for a in token.ancestors}:
        return True
    doc = token.doc
    return any(
        doc[i].lower_ in ("that", "which")
        for i in range(max(token.i - 4, thing.head.i + 1), token.i)
    )


def _inside(sentence: Sentence, thing: Named) -> Found | None:
    """ "the Qatar-brokered truce", "the Doha agreement, under which troops left"."""
    for i in range(thing.first, thing.head.i):
        token = thing.head.doc[i]
        for cue in acts_at(token):
            if cue.word in ("broker", "mediate", "facilitate", "fail") and _allowed(cue, thing):
                return Found(thing.head, _talking(cue, thing), thing, cue)
    if thing.type == "withdrawal" and _LASTS.search(sentence.text):
        return Found(thing.head, "agreed", thing)
    return None


def _unreal(sentence: Sentence, found: Found) -> bool:
    """Whether an agreement is only hoped for, feared or asked about."""
    doc = found.thing.head.doc
    first = max(found.thing.first - 3, sentence.span.start)
    near = {doc[i].lower_ for i in range(first, found.thing.head.i)}
    if near & UNREAL and found.act not in ("rejected", "violated"):
        return True
    return sentence.text.rstrip().endswith("?")


def _by_pronoun(ctx: Context, sentence: Sentence, last: AgreementClaim | None) -> list[Found]:
    """ "accused Pakistan of breaking it", "those broke down", after an agreement was named."""
    number = sentence.number
    earlier = [
        n
        for s in ctx.reading.sentences[max(0, number - 2) : number]
        if sentence.paragraph_number - s.paragraph_number <= 1
        for n in named(s)
        if n.type
    ]
    if not earlier or last is None:
        return []
    out: list[Found] = []
    for token in sentence.span:
        for cue in acts_at(token):
            if cue.act not in ("collapsed", "violated", "extended", "expired"):
                continue
            pronoun = _pronoun(sentence, token, cue)
            if pronoun is None or cue.word in ("fail", "end", "hold"):
                continue
            start, end = sentence.chars(pronoun.i)
            kind = earlier[-1].type
            out.append(Found(token, cue.act, Named(pronoun, pronoun.i, start, end, kind), cue))
    return out


def _pronoun(sentence: Sentence, token: Token, cue: Act) -> Token | None:
    doc = token.doc
    if cue.role == "object" and token.i + 1 < sentence.span.end:
        after = doc[token.i + 1]
        return after if after.lower_ in ("it", "them") else None
    if cue.role == "subject" and token.i > sentence.span.start:
        before = doc[token.i - 1]
        ok = before.lower_ in PRONOUNS and (before.i == sentence.span.start or cue.particle)
        return before if ok else None
    return None


def _by_verb(
    ctx: Context, sentence: Sentence, things: list[Named], last: AgreementClaim | None
) -> list[Found]:
    """Verbs that say it without a noun: negotiate, mediate, agree to do something."""
    out: list[Found] = []
    for token in sentence.span:
        lemma = token.lemma_.lower()
        if token.pos_ != "VERB" or any(abs(n.head.i - token.i) < 8 for n in things):
            continue
        start, end = sentence.chars(token.i)
        talks = Named(token, token.i, start, end, "talks")
        if lemma == "negotiate":
            offered = _offered(token)
            if offered is not None:
                out.append(Found(offered, "proposed", talks))
            elif _takes_part(sentence, token):
                out.append(Found(token, "ongoing", talks))
        elif lemma == "mediate":
            offered = _offered(token)
            if offered is not None:
                out.append(Found(offered, "proposed", talks))
            elif last is not None and rel(token) == "ROOT":
                out.append(Found(token, "ongoing", replace(talks, type=last.type)))
        elif lemma == "agree" and _agree_to(token):
            out.append(Found(token, "agreed", replace(talks, type="other")))
    return out


def _offered(token: Token) -> Token | None:
    """The offer that a verb is the content of ("offered to mediate", "offered their help to")."""
    for above in list(token.ancestors)[:4]:
        if above.lemma_.lower() in ("offer", "propose"):
            return above
    left = [token.doc[i] for i in range(max(token.i - 6, token.sent.start), token.i)]
    return next((t for t in left if t.lower_ in ("offered", "proposed")), None)


def _takes_part(sentence: Sentence, token: Token) -> bool:
    """Whether a finite "negotiating" has somebody on the other side ("with")."""
    doc = token.doc
    behind = [doc[i].lower_ for i in range(token.i + 1, min(token.i + 5, sentence.span.end))]
    helped = any(c.lower_ in ("is", "are", "was", "were", "been", "had", "have") for c in
                 token.children)  # fmt: skip
    return "with" in behind and (helped or token.tag_ in ("VBD", "VBP", "VBZ"))


def _agree_to(token: Token) -> bool:
    """ "both governments agreed to resolve their disputes", in the past tense."""
    doc = token.doc
    after = [doc[i] for i in range(token.i + 1, min(token.i + 3, token.sent.end))]
    infinitive = len(after) == 2 and after[0].lower_ == "to" and after[1].tag_ == "VB"
    return infinitive and token.lower_ == "agreed" and after[1].lower_ != "disagree"


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
    if status is None:
        return False
    thing, kind = found.thing, found.thing.type
    brokers = mediators(ctx, sentence, thing, found.token)
    sides = parties_of(ctx, sentence, thing, found.token, found.cue.word if found.cue else "")
    if sides is None or not _worth(sides, found, kind):
        return False
    carried: tuple[str, ...] = ()
    parties = sides.refs
    if len(parties) < 2 and sides.both:
        parties = two_last(ctx, sentence, found.token, exclude=brokers)
        carried = ("parties",)
    elif not parties and last is not None and last.type in (kind, "talks") or (
        not parties and last is not None and kind == "talks"
    ):
        parties, carried = last.parties, ("parties",)
    known = {ref.actor for ref in brokers if ref.actor}
    values = _voices(ctx, sentence, found, sides)
    ctx.add(
        "agreement",
        sentence,
        found.token,
        method=f"rules/agreement/{found.cue.word if found.cue else found.token.lemma_}",
        confidence=0.8 if parties and not carried else 0.65,
        type=kind,
        act=found.act,
        parties=tuple(p for p in parties if p.actor not in known or p.actor is None),
        mediators=brokers,
        status=status,
        when=ctx.when(sentence, found.token),
        duration_days=_duration(sentence, thing),
        where=_where(ctx, sentence, found),
        carried=carried if parties else (),
        **values,
    )
    return True


def _worth(sides: Sides, found: Found, kind: AgreementType | None) -> bool:
    """Agreements named in general words need their parties."""
    if kind == "other":
        return sides.both or len({r.actor for r in sides.refs if r.actor}) >= 2
    if found.cue is not None and found.cue.word in ("seek", "ask", "offer", "propose"):
        return bool(sides.refs)
    return True


def _voices(
    ctx: Context, sentence: Sentence, found: Found, sides: Sides
) -> dict[str, object]:
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


def _where(ctx: Context, sentence: Sentence, found: Found) -> Where | None:
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


