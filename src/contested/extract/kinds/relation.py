"""Relations: who supports, shelters, belongs to, splits from or fights whom."""

from __future__ import annotations

from spacy.tokens import Token

from contested.extract.clauses import Frame, verb_frame
from contested.extract.kinds.bonds import Bond, bonds, other_armed, sides
from contested.extract.kinds.context import Context
from contested.extract.kinds.public import party, related, root_of
from contested.extract.kinds.relation_nouns import noun_bonds
from contested.extract.kinds.saying import FINITE, said_when
from contested.extract.kinds.subjects import listed, subjects
from contested.extract.reading import Group, Sentence, rel
from contested.model import ActorRef, Speaker, When
from contested.model.terms import RelationName, Stance

NO_CUES = {"pledge", "maintain", "swear", "renew"}
"""Verbs of saying that here tell of a bond: "pledged allegiance", "maintained close ties"."""
FORMS = {"allied": "ally", "affiliated": "affiliate", "linked": "link", "aligned": "ally"}
GRADES: dict[str, Stance] = {"accuse": "alleges", "blame": "alleges", "deny": "denies"}
MUTUAL = {"allied_with", "rival_of", "at_war_with"}


def relations(ctx: Context, sentence: Sentence) -> None:
    """Add the relation claims of one sentence to the context."""
    found: list[Bond] = []
    for token in sentence.span:
        found += _verb(ctx, sentence, token)
    found += noun_bonds(ctx, sentence)
    seen: set[tuple[str | None, str, str | None]] = set()
    for bond in found:
        for subject in bond.subjects:
            for other in bond.objects:
                key = (subject.actor, bond.relation, other.actor)
                swapped = (other.actor, bond.relation, subject.actor)
                if key in seen or (bond.relation in MUTUAL and swapped in seen):
                    continue
                if _fits(ctx, subject, bond.relation, other):
                    seen.add(key)
                    _claim(ctx, bond, subject, other)


def _fits(ctx: Context, subject: ActorRef, relation: str, other: ActorRef) -> bool:
    """Two different actors; a state and its own organ have no relation worth a claim."""
    if (subject.actor is None and other.actor is None) or subject.actor == other.actor:
        return False
    if _one_state(ctx, subject.actor, other.actor):
        return False
    if related(ctx, subject.actor, other.actor):
        kinds = {ctx.world.actors[str(a)].kind for a in (subject.actor, other.actor)}
        return not kinds & {"organ", "state"} and relation not in MUTUAL
    return True


def _one_state(ctx: Context, one: str | None, other: str | None) -> bool:
    """Whether both are organs of one state."""
    if not (ctx.is_state(one) and ctx.is_state(other)):
        return False
    return root_of(ctx, str(one)) == root_of(ctx, str(other))


def _claim(ctx: Context, bond: Bond, subject: ActorRef, other: ActorRef) -> None:
    sentence, token = bond.sentence, bond.token
    speakers, stance = _heard(ctx, sentence, bond.verb or token)
    ctx.add(
        "relation",
        sentence,
        token,
        method=f"rules/relation/{bond.how}",
        subject=subject,
        relation=bond.relation,
        object=other,
        when=_when(ctx, sentence, token, bond.verb or token),
        speakers=speakers,
        stance="denies" if bond.negated and stance != "denies" else stance,
        carried=bond.carried,
    )


def _when(ctx: Context, sentence: Sentence, token: Token, verb: Token) -> When | None:
    """The time in the relation's own clause: behind its word, or before its verb."""
    after = sentence.chars(token.i)[1]
    for mention in sentence.times:
        hook = sentence.place_token(mention)
        if hook is None or mention.start < after or not token.is_ancestor(hook):
            continue
        if not any(t.tag_ in FINITE for t in token.doc[token.i + 1 : hook.i]):
            return mention.when
    return said_when(ctx, sentence, verb)


def _heard(ctx: Context, sentence: Sentence, token: Token) -> tuple[tuple[Speaker, ...], Stance]:
    """Who says so; the denier or accuser where the relation hangs on such a verb."""
    speakers, stance = ctx.voices(sentence, token)
    for voice in ctx.attributions[sentence.number].voices:
        if token.i in voice.covers and voice.lemma in NO_CUES:
            speakers = tuple(s for s in speakers if s not in voice.speakers)
    for verb in _above(token):
        lemma = verb.lemma_.lower()
        heard = ctx.attributions[sentence.number].voices
        if lemma not in GRADES or any(v.cue == verb.i and token.i in v.covers for v in heard):
            continue
        groups = subjects(ctx, sentence, verb if verb.pos_ == "VERB" else token)
        by = party(ctx, sentence, verb, groups[0]) if groups else None
        if by is not None:
            return by.chain, GRADES[lemma]
    return speakers, stance


def _above(token: Token) -> list[Token]:
    """The verbs that govern a token, and an auxiliary that is really a verb ("deny backing")."""
    out = [c for c in token.children if rel(c) == "aux"]
    at = token
    for _ in range(4):
        if at.head.i == at.i or rel(at) not in (
            "xcomp",
            "ccomp",
            "advcl",
            "acl",
            "obj",
            "obl",
            "conj",
        ):
            break
        at = at.head
        out.append(at)
    return out


def _verb(ctx: Context, sentence: Sentence, token: Token) -> list[Bond]:
    entry = bonds().verbs.get(token.lemma_.lower()) or bonds().verbs.get(
        FORMS.get(token.lower_, "")
    )
    if entry is None:
        return []
    frame = verb_frame(sentence, token)
    if token.pos_ == "NOUN":
        return _hidden(ctx, sentence, token, entry.relation)
    if token.i and token.nbor(-1).tag_ == "HYPH":
        return []
    if token.pos_ not in ("VERB", "ADJ") or not _real(ctx, sentence, token):
        return []
    subject = _doers(ctx, sentence, token, frame)
    target = _patients(frame, entry.frame, entry.needs)
    if target is None:
        return []
    first = sides(ctx, subject) or _self_styled(sentence, token, frame)
    others = sides(ctx, listed(target))
    if first and target.tokens[0].tag_ == "PRP$":
        others = _not_own(ctx, sentence, token, target, first, others)
    if entry.frame.startswith("armed"):
        others = [o for o in others if ctx.is_armed(o.actor)]
        if entry.frame != "armed":
            first = [o for o in first if ctx.is_armed(o.actor)]
    how = f"verb:{token.lemma_.lower()}"
    return [Bond(sentence, token, entry.relation, first, others, how, _negated(token))]


def _self_styled(sentence: Sentence, token: Token, frame: Frame) -> list[ActorRef]:
    """ "a group that calls itself X, and is said to be linked with": X, unknown to the tables."""
    if not frame.passive:
        return []
    for group in reversed(sentence.groups):
        before = token.doc[max(0, group.start - 2) : group.start]
        if group.end <= token.i and any(t.lower_ == "itself" for t in before):
            return [ActorRef(group.actor.actor if group.actor else None, group.text)]
    return []


def _not_own(
    ctx: Context,
    sentence: Sentence,
    token: Token,
    target: Group,
    first: list[ActorRef],
    others: list[ActorRef],
) -> list[ActorRef]:
    """ "shelter its commanders": not the subject's own, but those of the group named before."""
    if others and others[0].actor and not related(ctx, others[0].actor, first[0].actor):
        return others
    other = other_armed(ctx, sentence, token, first[0].actor)
    return [ActorRef(other, target.text)] if other else []


def _doers(ctx: Context, sentence: Sentence, token: Token, frame: Frame) -> list[Group]:
    if frame.passive:
        if frame.agent is not None:
            return listed(frame.agent)
        return listed(frame.subject) if frame.subject is not None else []
    return subjects(ctx, sentence, token) or (
        listed(frame.subject) if frame.subject is not None else []
    )


def _patients(frame: Frame, shape: str, needs: frozenset[str]) -> Group | None:
    if shape in ("phrase", "armed_phrase"):
        after = [g for w in sorted(needs) for g in frame.phrases.get(w, [])]
        after = [g for g in after if 0 < g.start - frame.token.i <= 4]
        return after[0] if after else None
    if frame.passive:
        return frame.subject if frame.agent is not None else None
    found = frame.object
    if found is not None and frame.sentence.span.doc[found.start - 1].pos_ == "ADP":
        return None
    return found


def _real(ctx: Context, sentence: Sentence, token: Token) -> bool:
    """Whether the text presents it as so: no wish, plan, condition or mere possibility."""
    helpers = {c.lower_ for c in token.children if rel(c) == "aux"}
    marks = {c.lower_ for c in token.children if rel(c) in ("mark", "aux", "case")}
    if helpers & {"may", "might", "could", "would", "should", "must", "can", "will"}:
        return False
    if token.tag_ == "VB" and "to" in marks | helpers:
        return token.head.lemma_.lower() in bonds().uses["goes_on"]
    if token.tag_ == "VB" and not helpers & {"do", "does", "did", "not"}:
        return False
    if marks & {"if", "unless", "whether"}:
        return False
    return ctx.reality(sentence, token).status in ("occurred", "ongoing")


def _negated(token: Token) -> bool:
    return any(c.lower_ in ("not", "n't", "n’t", "never", "no") and abs(c.i - token.i) < 6
               for c in token.children)  # fmt: skip


def _hidden(ctx: Context, sentence: Sentence, token: Token, relation: RelationName) -> list[Bond]:
    """ "say that the rulers in Kabul shelter its commanders", with the verb read as a noun."""
    clause = token
    for _ in range(4):
        clause = clause.head
        if rel(clause) in ("ccomp", "ROOT"):
            break
    target = sentence.group(clause)
    if clause.pos_ != "NOUN" or target is None or target.start != token.i + 1:
        return []
    if rel(clause) != "ccomp" or any(rel(c) == "cop" for c in clause.children):
        return []
    subject = next((c for c in clause.children if rel(c) == "nsubj" and c.i < token.i), None)
    group = sentence.group(subject) if subject is not None else None
    if group is None:
        return []
    first, others = sides(ctx, [group]), sides(ctx, [target])
    if first and target.tokens[0].tag_ == "PRP$":
        others = _not_own(ctx, sentence, token, target, first, others)
    return [Bond(sentence, clause, relation, first, others, f"verb:{token.lower_}")]
