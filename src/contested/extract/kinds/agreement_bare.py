"""Agreements without their name: "breaking it", "those broke down", "Turkey mediated"."""

from __future__ import annotations

from dataclasses import replace

from spacy.tokens import Token

from contested.extract.kinds.agreement_acts import Found
from contested.extract.kinds.agreement_terms import Act, Named, acts_at, named
from contested.extract.kinds.context import Context
from contested.extract.reading import Sentence, rel
from contested.model import AgreementClaim

PRONOUNS = {"it", "they", "these", "those", "this", "both", "which"}


def by_pronoun(ctx: Context, sentence: Sentence, last: AgreementClaim | None) -> list[Found]:
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


def by_verb(sentence: Sentence, things: list[Named], last: AgreementClaim | None) -> list[Found]:
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
