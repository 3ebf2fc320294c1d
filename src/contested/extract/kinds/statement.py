"""Statements: somebody in a public role warns, threatens, demands, promises, accuses, denies."""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Token

from contested.extract.clauses import Frame, verb_frame
from contested.extract.kinds.context import Context
from contested.extract.kinds.public import Party, party, party_named
from contested.extract.kinds.saying import (
    content,
    follows,
    has_verb,
    money,
    said_when,
    told,
    words,
)
from contested.extract.kinds.statement_fits import about_nothing, accepted
from contested.extract.kinds.statement_nouns import noun_statements
from contested.extract.kinds.statement_quoted import quoted_statements
from contested.extract.kinds.statement_to import addressed_by, object_addressed
from contested.extract.kinds.subjects import after_dateline, left_of, parties, subjects
from contested.extract.mentions import ActorMention
from contested.extract.reading import Group, Sentence, rel
from contested.model import ActorRef
from contested.model.terms import Stance

COURTS = ("court", "courts", "judge", "judges", "tribunal", "bench")
STANCES: dict[str, Stance] = {"denies": "denies", "accuses": "alleges"}
CLAIMS = {"charge", "claim", "allegation", "accusation", "report", "story", "version", "suggestion",
          "assertion"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Said:
    """A statement on its way to a claim."""

    token: Token
    act: str
    by: Party
    addressees: tuple[ActorRef, ...]
    about: str
    how: str
    bounty: bool = False


def statements(ctx: Context, sentence: Sentence) -> None:
    """Add the statement claims of one sentence to the context."""
    found: list[Said] = []
    for token in sentence.span:
        found += _verb(ctx, sentence, token) or _by_order(ctx, sentence, token)
    for token, act, by, addressees, about, how in noun_statements(ctx, sentence):
        found.append(Said(token, act, by, addressees, about, how, act == "offers_bounty"))
    spoken = [s for s in found if s.how.startswith(("verb", "order"))]
    for token, act, by, addressees, about, how in quoted_statements(ctx, sentence):
        wanted = act == "demands"
        before = [s for s in spoken if s.token.i < token.i]
        if not any(s.by.id == by.id or not wanted for s in before):
            found.append(Said(token, act, by, addressees, about, how))
    for one in found:
        _claim(ctx, sentence, one)


def _claim(ctx: Context, sentence: Sentence, one: Said) -> None:
    outer = one.by.chain[:-1]
    _, said = ctx.voices(sentence, one.token)
    stance = STANCES.get(one.act) or ("unconfirmed" if outer and said == "unconfirmed" else None)
    near = {t.lemma_.lower() for t in (*one.token.subtree, one.token.head)}
    if one.act == "rejects" and near & CLAIMS:
        stance = "denies"
    ctx.add(
        "statement",
        sentence,
        one.token,
        method=f"rules/statement/{one.how}",
        act=one.act,
        by=one.by.ref,
        addressees=tuple(a for a in one.addressees if a.actor != one.by.id),
        about=one.about,
        when=said_when(ctx, sentence, one.token),
        amount=money(sentence, one.token) if one.bounty else None,
        speakers=one.by.chain,
        stance=stance or "asserts",
    )


def _verb(ctx: Context, sentence: Sentence, token: Token) -> list[Said]:
    entry = words().verbs.get(token.lemma_.lower())
    if entry is None or not _verbal(sentence, token):
        return []
    frame = _frame(sentence, token)
    if entry.needs and follows(token, entry.needs) is None:
        return []
    act = accepted(ctx, frame, entry)
    if act is None:
        return []
    if frame.passive and frame.agent is None:
        return []
    out: list[Said] = []
    for by in _speakers(ctx, sentence, token, frame):
        if not _may_say(ctx, by, act):
            continue
        addressed = addressed_by(ctx, sentence, frame, entry, act)
        if about_nothing(frame):
            continue
        about = content(sentence, token, object_addressed(ctx, frame, entry))
        if token.dep_ == "acl:relcl" and frame.object is not None and frame.object.start < token.i:
            thing = sentence.group(token.head) or frame.object
            heard, about = _of_antecedent(by, thing, about)
        else:
            heard = by
        out.append(Said(token, act, heard, addressed, about, f"verb:{token.lemma_.lower()}"))
    return out


def _by_order(ctx: Context, sentence: Sentence, token: Token) -> list[Said]:
    """ "Kabul blamed Islamabad": a name, the verb's form and what it takes, without a tree."""
    entry = words().forms.get(token.lower_)
    if entry is None or (token.pos_ == "VERB" and rel(token) not in ("amod", "compound")):
        return []
    if entry.frame not in ("addressee", "content", "denial", "thing") or entry.needs:
        return []
    name, after = _name_before(sentence, token), _after(sentence, token)
    actor = ctx.actor_id(name.ref) if name is not None else None
    if name is None or actor is None or after is None or after.lower_ in ("of", "by", "for", "to"):
        return []
    if token.lower_.endswith("s") and any(
        t.tag_ in ("VBD", "VBZ", "VBP", "MD") for t in sentence.span
    ):
        return []
    by = party_named(ctx, sentence, token, ActorRef(actor, name.ref.as_written))
    target = next((g for g in sentence.groups if g.start <= after.i < g.end), None)
    addressed = parties(ctx, target) if entry.frame == "addressee" else ()
    if (entry.frame == "addressee" and not addressed) or not _may_say(ctx, by, entry.act):
        return []
    about = content(sentence, token, None)
    return [Said(token, entry.act, by, addressed, about, f"order:{token.lower_}")]


def _name_before(sentence: Sentence, token: Token) -> ActorMention | None:
    """The actor's or person's name that ends right before the verb, or before a comma there."""
    i = token.i - 1
    if i > sentence.span.start and token.doc[i].text == ",":
        i -= 1
    if i < sentence.span.start:
        return None
    _, end = sentence.chars(i)
    found = next((m for m in sentence.actors if m.end == end and m.how != "adjective"), None)
    if found is None:
        return None
    first = sentence.tokens_in(found.start, found.end)[0].i
    opening = token.doc[first - 1] if first > sentence.span.start else None
    if opening is not None and opening.pos_ == "DET" and first - 2 >= sentence.span.start:
        opening = token.doc[first - 2]
    return None if opening is not None and opening.pos_ == "ADP" else found


def _after(sentence: Sentence, token: Token) -> Token | None:
    return token.doc[token.i + 1] if token.i + 1 < sentence.span.end else None


def _frame(sentence: Sentence, token: Token) -> Frame:
    """The verb's frame; a verb that the parser took for an adjective has its noun as object."""
    frame = verb_frame(sentence, token)
    if token.tag_ == "VBN" and rel(token) == "amod" and frame.agent is None:
        frame.passive = False
        frame.object = sentence.group(token.head)
    return frame


def _verbal(sentence: Sentence, token: Token) -> bool:
    """Whether the word is a verb that tells; "Pakistan demands steps" is read as one too."""
    if token.tag_ == "NNS" and rel(token) == "ROOT":
        if any(rel(c) == "nsubj" for c in token.children):
            return True
        return not has_verb(sentence) and _noun_subject(sentence, token) is not None
    return token.pos_ in ("VERB", "AUX", "ADJ") and told(sentence, token)


def _of_antecedent(by: Party, thing: Group, about: str) -> tuple[Party, str]:
    """ "an accusation that Kabul rejects": about the accusation, and not in the accuser's words."""
    if thing.head.lemma_.lower() in CLAIMS:
        by = Party(by.ref, by.chain[-1:])
    return by, thing.text if len(about.split()) < 3 else about


def _speakers(ctx: Context, sentence: Sentence, token: Token, frame: Frame) -> list[Party]:
    name = _noun_subject(sentence, token)
    actor = ctx.actor_id(name.ref) if name is not None else None
    if name is not None and actor is not None:
        return [party_named(ctx, sentence, token, ActorRef(actor, name.ref.as_written))]
    groups = subjects(ctx, sentence, token)
    if not groups and not frame.passive:
        groups = [g for g in [left_of(ctx, sentence, token)] if g is not None]
    if not frame.passive and groups:
        first = after_dateline(sentence, groups[0], token)
        groups = groups if first is None or first is groups[0] else [first]
    found = [party(ctx, sentence, token, group) for group in groups]
    return [by for by in found if by is not None]


def _noun_subject(sentence: Sentence, token: Token) -> ActorMention | None:
    """ "Pakistan demands steps": the name right before a verb that was read as a noun."""
    before = sentence.chars(token.i - 1)[1] if token.i > sentence.span.start else -1
    found = (m for m in sentence.actors if m.end == before and m.how != "adjective")
    return next(found, None) if token.tag_ == "NNS" else None


def _may_say(ctx: Context, by: Party, act: str) -> bool:
    """Rights groups condemn and demand, their warnings are analysis; courts pass judgements."""
    if by.ref.as_written.lower().endswith(COURTS):
        return False
    if ctx.world.actors[by.id].kind == "research":
        return act in ("condemns", "demands", "praises")
    return True
