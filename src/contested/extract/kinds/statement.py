"""Statements: somebody in a public role warns, threatens, demands, promises, accuses, denies."""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Token

from contested.extract.clauses import Frame, verb_frame
from contested.extract.kinds.context import Context
from contested.extract.kinds.public import (
    Party,
    after_dateline,
    left_of,
    named_at,
    parties,
    party,
    party_named,
    subjects,
)
from contested.extract.kinds.saying import (
    Act,
    content,
    follows,
    has_verb,
    money,
    said_when,
    told,
    words,
)
from contested.extract.kinds.statement_nouns import noun_statements
from contested.extract.kinds.statement_quoted import quoted_statements
from contested.extract.mentions import ActorMention
from contested.extract.reading import Group, Sentence, rel
from contested.model import ActorRef
from contested.model.terms import Stance

STANCES: dict[str, Stance] = {"denies": "denies", "accuses": "alleges"}
DIRECT = {"addressee", "reminder", "request", "threat"}
NO_SPEECH = {"anonymity", "comment", "interview", "clarification", "allegiance", "loyalty", "bay'ah",
             "support"}  # fmt: skip
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
        found += _verb(ctx, sentence, token)
    for token, act, by, addressees, about, how in noun_statements(ctx, sentence):
        found.append(Said(token, act, by, addressees, about, how, act == "offers_bounty"))
    taken = {(s.by.id, s.token.i) for s in found}
    for token, act, by, addressees, about, how in quoted_statements(ctx, sentence):
        if not any(actor == by.id and _covers(sentence, at, token) for actor, at in taken):
            found.append(Said(token, act, by, addressees, about, how))
    for one in found:
        _claim(ctx, sentence, one)


def _covers(sentence: Sentence, at: int, token: Token) -> bool:
    return at < token.i and sentence.span.doc[at].sent.start == token.sent.start


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
        confidence=0.85 if one.how.startswith("verb") else 0.7,
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
    if entry is None or not _verbal(ctx, sentence, token):
        return []
    frame = _frame(sentence, token)
    if entry.needs and follows(token, entry.needs) is None:
        return []
    act = _accepted(ctx, frame, entry)
    if act is None:
        return []
    if frame.passive and frame.agent is None:
        return []
    out: list[Said] = []
    for by in _speakers(ctx, sentence, token, frame):
        if not _may_say(ctx, by, act):
            continue
        addressed = _addressed(ctx, sentence, frame, entry, act)
        if _about_nothing(frame):
            continue
        about = content(sentence, token, _object_addressed(ctx, frame, entry))
        if token.dep_ == "acl:relcl" and frame.object is not None and frame.object.start < token.i:
            by, about = _of_antecedent(by, frame.object, about)
        out.append(Said(token, act, by, addressed, about, f"verb:{token.lemma_.lower()}"))
    return out


def _about_nothing(frame: Frame) -> bool:
    """ "requested anonymity", "asked for comment": words about the interview itself."""
    groups = [frame.object, *frame.phrases.get("for", [])]
    return any(g is not None and g.head.lemma_.lower() in NO_SPEECH for g in groups)


def _frame(sentence: Sentence, token: Token) -> Frame:
    """The verb's frame; a verb that the parser took for an adjective has its noun as object."""
    frame = verb_frame(sentence, token)
    if token.tag_ == "VBN" and rel(token) == "amod" and frame.agent is None:
        frame.passive = False
        frame.object = sentence.group(token.head)
    return frame


def _verbal(ctx: Context, sentence: Sentence, token: Token) -> bool:
    """Whether the word is a verb that tells; "Pakistan demands steps" is read as one too."""
    if token.tag_ == "NNS" and rel(token) == "ROOT":
        if any(rel(c) == "nsubj" for c in token.children):
            return True
        return not has_verb(sentence) and _noun_subject(sentence, token) is not None
    return token.pos_ in ("VERB", "AUX", "ADJ") and told(sentence, token)


def _of_antecedent(by: Party, thing: Group, about: str) -> tuple[Party, str]:
    """ "an accusation that Kabul rejects": about the accusation, and not in the accuser's words."""
    if thing.head.lemma_.lower() in CLAIMS:
        return Party(by.ref, by.chain[-1:]), about or thing.text
    return by, about or thing.text


def _speakers(ctx: Context, sentence: Sentence, token: Token, frame: Frame) -> list[Party]:
    name = _noun_subject(sentence, token)
    actor = ctx.actor_id(name.ref) if name is not None else None
    if name is not None and actor is not None:
        return [party_named(ctx, sentence, token, ActorRef(actor, name.ref.as_written))]
    groups = subjects(ctx, sentence, token)
    if not groups and not frame.passive:
        groups = [g for g in [left_of(ctx, sentence, token)] if g is not None]
    if rel(token) == "ROOT" and not frame.passive and groups:
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
    """Institutes and rights groups condemn and demand; their warnings are analysis."""
    if ctx.world.actors[by.id].kind == "research":
        return act in ("condemns", "demands", "praises")
    return True


def _accepted(ctx: Context, frame: Frame, entry: Act) -> str | None:
    """The act, if what the verb governs fits it: no "threatening the stability"."""
    test = _TESTS.get(entry.frame)
    return entry.act if test is None else test(ctx, frame, entry)


def _complement(token: Token) -> Token | None:
    return next((c for c in token.children if rel(c) in ("xcomp", "ccomp") and c.i > token.i), None)


def _threat(ctx: Context, frame: Frame, entry: Act) -> str | None:
    target = frame.phrase("at") if entry.needs else frame.patient
    if _person_object(frame) and not entry.needs:
        return entry.act
    inner = _complement(frame.token)
    if inner is not None and not entry.needs:
        return entry.act
    if target is None:
        return entry.act if frame.phrase("with") or _person_object(frame) else None
    lemma = target.head.lemma_.lower()
    if lemma in ctx.words.nouns or lemma in words().uses["menace"]:
        return entry.act
    living = target.actor is not None and (target.how != "adjective" or target.plural)
    if not entry.needs and (living or target.head.pos_ == "PROPN"):
        return entry.act
    return None


def _person_object(frame: Frame) -> bool:
    after = frame.token.doc[frame.token.i + 1] if frame.token.i + 1 < len(frame.token.doc) else None
    return after is not None and after.tag_ == "NNP"


def _vow(ctx: Context, frame: Frame, entry: Act) -> str | None:
    """A vow to attack is a threat; any other a promise."""
    inner = _complement(frame.token)
    if inner is not None and inner.lemma_.lower() in ctx.words.verbs:
        return "threatens"
    thing = frame.object.head.lemma_.lower() if frame.object else ""
    return "threatens" if thing in ("revenge", "retaliation", "attack") else entry.act


def _reminder(ctx: Context, frame: Frame, entry: Act) -> str | None:
    """Only "reminds X that they must" is a warning."""
    rest = {t.lower_ for t in frame.token.subtree if t.i > frame.token.i}
    return entry.act if rest & {"must", "should", "need", "needs", "obligations"} else None


def _refusal(ctx: Context, frame: Frame, entry: Act) -> str | None:
    inner = _complement(frame.token)
    if inner is not None or follows(frame.token, frozenset({"to"}), 2):
        return entry.act
    return _claimlike(ctx, frame, entry)


def _claimlike(ctx: Context, frame: Frame, entry: Act) -> str | None:
    thing = frame.patient
    if thing is None:
        return None
    return entry.act if thing.head.lemma_.lower() in words().uses["claimlike"] else None


def _thing(ctx: Context, frame: Frame, entry: Act) -> str | None:
    """Reports and proposals are rejected, and truces welcomed; guests are not meant."""
    thing = frame.patient
    if thing is None:
        return entry.act if _complement(frame.token) is not None else None
    return None if thing.how == "person" else entry.act


def _denial(ctx: Context, frame: Frame, entry: Act) -> str | None:
    """To deny a fact, not to deny somebody something."""
    both = [c for c in frame.token.children if rel(c) == "iobj"]
    given = frame.object is not None and frame.object.tokens[0].tag_ == "PRP$"
    if both or (_behind(frame, "to") and (given or frame.object is not None and frame.object.has("access"))):
        return None
    return entry.act


def _call(ctx: Context, frame: Frame, entry: Act) -> str | None:
    after = frame.token.doc[frame.token.i + 1 : frame.token.i + 4]
    if any(t.lower_ in ("off", "itself", "themselves", "out") for t in after[:1]):
        return None
    return entry.act if any(t.lower_ in entry.needs for t in after) and frame.object is None or any(
        t.lower_ in entry.needs for t in after[:1]
    ) else None  # fmt: skip


def _request(ctx: Context, frame: Frame, entry: Act) -> str | None:
    """ "asked X to", "asked for"; a question is none."""
    after = frame.token.doc[frame.token.i + 1] if frame.token.i + 1 < len(frame.token.doc) else None
    if after is not None and after.lower_ in ("for", "that"):
        return entry.act
    return entry.act if frame.patient is not None and follows(
        frame.token, frozenset({"to", "not"}), 7
    ) else None  # fmt: skip


def _itself(ctx: Context, frame: Frame, entry: Act) -> str | None:
    after = frame.token.doc[frame.token.i + 1 : frame.token.i + 3]
    return (
        entry.act if any(t.lower_ in ("itself", "themselves", "himself") for t in after) else None
    )


def _infinitive(ctx: Context, frame: Frame, entry: Act) -> str | None:
    inner = _complement(frame.token)
    return entry.act if inner is not None else None


_TESTS = {
    "threat": _threat,
    "vow": _vow,
    "reminder": _reminder,
    "refusal": _refusal,
    "claimlike": _claimlike,
    "thing": _thing,
    "denial": _denial,
    "call": _call,
    "request": _request,
    "itself": _itself,
    "infinitive": _infinitive,
}


def _object_addressed(ctx: Context, frame: Frame, entry: Act) -> Group | None:
    """The object, where the verb takes the one spoken to as its object."""
    if entry.frame in ("addressee", "reminder", "request") and not frame.passive:
        group = frame.object
        people = group is not None and ctx.words.victims_of(group.head.text) is not None
        if group is not None and (people or group.head.pos_ == "PRON" or parties(ctx, group)):
            return group
    if entry.frame == "call":
        return next((g for g in _behind(frame, "on", "upon") if parties(ctx, g)), None)
    return None


def _behind(frame: Frame, *prepositions: str) -> list[Group]:
    """All groups behind these prepositions that stand right of the verb."""
    found = [g for p in prepositions for g in frame.phrases.get(p, [])]
    return [g for g in found if g.start > frame.token.i]


def _first_party(ctx: Context, groups: list[Group]) -> tuple[ActorRef, ...]:
    return next((found for g in groups if (found := parties(ctx, g))), ())


def _addressed(
    ctx: Context, sentence: Sentence, frame: Frame, entry: Act, act: str
) -> tuple[ActorRef, ...]:
    direct = frame.patient if entry.frame in DIRECT and not entry.needs else None
    found = parties(ctx, direct)
    after = frame.token.doc[frame.token.i + 1] if frame.token.i + 1 < sentence.span.end else None
    if not found and direct is not None or after is not None and sentence.group(after) is None:
        named = named_at(ctx, sentence, after) if after is not None else None
        found = (named,) if named and entry.frame in DIRECT else found
    if not found and act == "demands":
        found = _first_party(ctx, _behind(frame, "on", "upon", "from", "of")) or _asked_to(
            ctx, sentence, frame
        )
    if not found and act in ("threatens", "warns"):
        found = _first_party(ctx, _behind(frame, "against", "to")) or _threatened(
            ctx, sentence, frame
        )
    if not found and act in ("pledges", "rejects", "denies"):
        found = _first_party(ctx, _behind(frame, "to"))
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
            return () if passive else parties(ctx, group)
    return ()


def _threatened(ctx: Context, sentence: Sentence, frame: Frame) -> tuple[ActorRef, ...]:
    """ "threatened to attack X": X."""
    inner = _complement(frame.token)
    if inner is None or inner.pos_ != "VERB":
        return ()
    return parties(ctx, verb_frame(sentence, inner).object)
