"""Relations told by nouns: "an ally of", "lent support to", "close ties to", "TTP-affiliated"."""

from __future__ import annotations

from spacy.tokens import Token

from contested.extract.clauses import verb_frame
from contested.extract.kinds.bonds import Bond, Tie, bonds, other_armed, sides
from contested.extract.kinds.context import Context
from contested.extract.kinds.public import actor_of, related
from contested.extract.kinds.subjects import listed, subjects
from contested.extract.reading import Group, Sentence, rel
from contested.extract.reality import NEGATIONS
from contested.extract.resolve import next_phrase
from contested.model import ActorRef

COUNTED = {"one", "part", "some", "many", "among"}
LIKE = {"like", "including", "namely"}
FOUNDING = {"found", "form", "create", "establish"}
MEMBERS = ("members", "commanders", "fighters", "leaders", "militants", "defectors")
UNREAL = ("hypothetical", "planned", "threatened")


POINTING = {"this", "these", "that", "those", "such"}
"""Words that take up what the sentence before named."""


def noun_bonds(ctx: Context, sentence: Sentence) -> list[Bond]:
    """Relations that the nouns and compounds of a sentence tell."""
    out: list[Bond] = []
    for token in sentence.span:
        lemma = token.lemma_.lower()
        known = bonds()
        if token.lower_ in known.hyphens:
            out += _compound(ctx, sentence, token, known.hyphens[token.lower_])
        if token.pos_ not in ("NOUN", "PROPN"):
            continue
        if lemma in known.ties:
            out += _tie(ctx, sentence, token, known.ties[lemma])
        if lemma in known.wars or lemma in known.oaths:
            out += _against(ctx, sentence, token, known.wars.get(lemma) or known.oaths[lemma])
        more = lemma in known.given or lemma in known.nouns or lemma == "founder"
        if not more or ctx.reality(sentence, token).status in UNREAL:
            continue
        if lemma in known.given:
            out += _given(ctx, sentence, token, known.given[lemma])
        if lemma in known.nouns:
            out += _kind_of(ctx, sentence, token, known.nouns[lemma])
        if lemma == "founder":
            out += _founders(ctx, sentence, token)
    out += _founded(ctx, sentence)
    return out + _under_cover(ctx, sentence)


def _verb_of(token: Token) -> Token | None:
    """The verb whose object the noun is."""
    return token.head if rel(token) == "obj" and token.head.pos_ == "VERB" else None


def _behind(group: Group, *prepositions: str) -> list[Group]:
    """Groups behind the first of these prepositions that follows the group."""
    at = group
    for _ in range(3):
        found = next_phrase(at)
        if found is None:
            return []
        if found[0] in prepositions:
            return listed(found[1])
        at = found[1]
    return []


def _told(verb: Token) -> bool:
    helpers = {c.lower_ for c in verb.children if rel(c) in ("aux", "mark")}
    if helpers & {"may", "might", "could", "would", "should", "must", "can", "will", "if", "to"}:
        return verb.head.lemma_.lower() in bonds().uses["goes_on"]
    return True


def _given(ctx: Context, sentence: Sentence, token: Token, tie: Tie) -> list[Bond]:
    """ "lent covert support to", "received funds from", "with the backing of"."""
    group, verb = sentence.group(token), _verb_of(token)
    if group is None:
        return []
    how = f"given:{token.lower_}"
    to, source = _behind(group, "to"), _behind(group, "from")
    if verb is not None and _told(verb):
        who = sides(ctx, subjects(ctx, sentence, verb))
        if verb.lemma_.lower() in bonds().uses["give"] and to:
            return [Bond(sentence, token, tie.relation, who, sides(ctx, to), how)]
        if verb.lemma_.lower() in bonds().uses["get"] and source:
            who = who or _leadership(ctx, sentence, verb)
            return [Bond(sentence, token, tie.relation, sides(ctx, source), who, how)]
    inner = next(
        (t for t in group.tokens if t.lower_ in ("lent", "gave", "provided", "offered")), None
    )
    if inner is not None and to:
        at, _ = sentence.chars(inner.i)
        first, _ = sentence.chars(group.start)
        named = [
            m
            for m in sentence.actors
            if first <= m.start < at and m.how not in ("person", "outlet")
        ]
        who = [ActorRef(ctx.actor_id(m.ref), m.ref.as_written) for m in named[:1]]
        return [Bond(sentence, token, tie.relation, who, sides(ctx, to), how)]
    return []


def _leadership(ctx: Context, sentence: Sentence, verb: Token) -> list[ActorRef]:
    """ "The leadership has received …": of the armed group named last."""
    group = verb_frame(sentence, verb).subject
    if group is None or not group.definite or not group.has("leadership", "group", "militants"):
        return []
    other = other_armed(ctx, sentence, verb, None)
    return [ActorRef(other, group.text)] if other else []


def _tie(ctx: Context, sentence: Sentence, token: Token, tie: Tie) -> list[Bond]:
    """ "has links to", "maintained close ties with", "the close ties between A and B"."""
    group, verb = sentence.group(token), _verb_of(token)
    if group is None:
        return []
    between = sides(ctx, _behind(group, "between"))
    how = f"tie:{token.lower_}"
    if len(between) == 2 and any(ctx.is_armed(b.actor) for b in between):
        return [Bond(sentence, token, tie.relation, between[:1], between[1:], how)]
    others = sides(ctx, _behind(group, "to", "with"))
    if ctx.reality(sentence, token).status in UNREAL:
        return []
    if verb is None or not _told(verb) or verb.lemma_.lower() not in bonds().uses["have"]:
        return []
    who = sides(ctx, subjects(ctx, sentence, verb))
    if not any(ctx.is_armed(a.actor) for a in who + others):
        return []
    negated = any(c.lower_ in ("no", "not", "n't") for c in (*token.children, *verb.children))
    return [Bond(sentence, token, tie.relation, who, others, how, negated, verb=verb)]


def _against(ctx: Context, sentence: Sentence, token: Token, tie: Tie) -> list[Bond]:
    """ "waging a war against", "pledged allegiance to"."""
    group, verb = sentence.group(token), _verb_of(token)
    oath = tie.frame == "to"
    if group is None or verb is None or not _told(verb):
        return []
    if not oath and ctx.reality(sentence, verb).status in UNREAL:
        return []
    if verb.lemma_.lower() not in bonds().uses["swear" if oath else "wage"]:
        return []
    who = sides(ctx, subjects(ctx, sentence, verb))
    found = _behind(group, "to") if oath else _behind(group, "against", "on")
    others = sides(ctx, found)
    if oath and who and (not others or related(ctx, others[0].actor, who[0].actor)):
        other = other_armed(ctx, sentence, verb, who[0].actor)
        others = [ActorRef(other, found[0].text)] if other and found else []
    how = f"{tie.frame}:{token.lower_}"
    return [Bond(sentence, token, tie.relation, who, others, how, verb=verb)]


def _kind_of(ctx: Context, sentence: Sentence, token: Token, tie: Tie) -> list[Bond]:
    """ "X is an ally of Y", "X, a faction of Y,", "Y's local branch, X,"."""
    group = sentence.group(token)
    if group is None or group.head.i != token.i:
        return []
    others = _of_whom(ctx, sentence, group)
    who = _which(ctx, sentence, token, group)
    if not others or not who:
        return []
    negated = any(c.lower_ in ("not", "n't", "no", "never") for c in token.children)
    how = f"noun:{token.lower_}"
    relation = tie.relation
    if relation == "part_of" and group.has("breakaway", "splinter", "dissident", "rival"):
        relation = "splinter_of"
    if tie.frame == "swapped":
        return [Bond(sentence, token, relation, others, who, how, negated)]
    return [Bond(sentence, token, relation, who, others, how, negated)]


def _of_whom(ctx: Context, sentence: Sentence, group: Group) -> list[ActorRef]:
    behind = _behind(group, "of", "for", "to")
    found = sides(ctx, behind)
    if not found and behind:
        found = sides(ctx, _including(sentence, behind[-1]))
        after = sentence.by_token.get(behind[-1].end + 1)
        if not found and after is not None and after.head.doc[behind[-1].end].text == ",":
            found = sides(ctx, [after]) if after.head.pos_ == "PROPN" else []
    if found:
        return found
    first, _ = sentence.chars(group.start)
    last, _ = sentence.chars(group.head.i)
    inside = [m for m in sentence.actors if first <= m.start and m.end <= last]
    inside = [m for m in inside if m.how in ("name", "acronym")]
    return [ActorRef(ctx.actor_id(m.ref), m.ref.as_written) for m in inside[-1:]]


def _including(sentence: Sentence, group: Group) -> list[Group]:
    """ "everyone involved, including A, B and C": A, B and C."""
    doc = group.head.doc
    for i in range(group.end, min(group.end + 12, sentence.span.end)):
        if doc[i].lower_ in LIKE:
            first = next((sentence.by_token[j] for j in range(i + 1, min(i + 4, sentence.span.end))
                          if j in sentence.by_token), None)  # fmt: skip
            return listed(first) if first is not None else []
        if doc[i].text in (".", ";"):
            break
    return []


def _which(ctx: Context, sentence: Sentence, token: Token, group: Group) -> list[ActorRef]:
    """Who is called so."""
    top = token
    while rel(top) in ("nmod", "obl") and top.head.lower_ in COUNTED:
        top = top.head
    if any(rel(c) == "cop" for c in top.children):
        return sides(ctx, _predicated(sentence, top))
    doc, start = token.doc, group.start
    if rel(top) == "nsubj" and start and doc[start - 1].lemma_ == "be":
        first = next((c for c in top.head.children if rel(c) == "nsubj"), top)
        named = sentence.group(first)
        return sides(ctx, [named]) if named is not None and named is not group else []
    if start > sentence.span.start and doc[start - 1].lower_ == "as":
        return _called(ctx, sentence, token)
    before = sentence.by_token.get(start - 2) if start - 2 >= sentence.span.start else None
    if before is not None and doc[start - 1].text in (",", "("):
        beside = sides(ctx, [before])
        if beside:
            return beside
    end = group.end
    after = sentence.by_token.get(end + 1)
    if after is None or end + 1 >= sentence.span.end or doc[end].text != ",":
        return []
    proper = after.head.pos_ == "PROPN" and after.how in ("name", "acronym")
    return sides(ctx, [after]) if proper else []


def _predicated(sentence: Sentence, top: Token) -> list[Group]:
    """The subject of "is a …", also across "and is a …" and "believed to be a …"."""
    at = top
    for _ in range(3):
        own = next((c for c in at.children if rel(c) in ("nsubj", "expl")), None)
        group = sentence.group(own) if own is not None else None
        if group is not None:
            if group.head.tag_ in ("WDT", "WP") and group.start - 2 >= sentence.span.start:
                before = group.head.doc[group.start - 1]
                i = group.start - (2 if before.text == "," else 1)
                return [g for g in [sentence.by_token.get(i)] if g is not None]
            return [group]
        if rel(at) not in ("conj", "xcomp", "ccomp") or at.head.i == at.i:
            return []
        at = at.head
        if at.pos_ == "VERB":
            subject = verb_frame(sentence, at).subject
            return [subject] if subject is not None else []
    return []


def _called(ctx: Context, sentence: Sentence, token: Token) -> list[ActorRef]:
    """ "which officials regard as an affiliate of": which."""
    verb = token.head
    if verb.lemma_.lower() not in bonds().uses["as"]:
        return []
    frame = verb_frame(sentence, verb)
    if verb.dep_ == "acl:relcl":
        group = sentence.group(verb.head)
        return sides(ctx, [group]) if group is not None else []
    return sides(ctx, [g for g in [frame.patient] if g is not None])


def _compound(ctx: Context, sentence: Sentence, token: Token, tie: Tie) -> list[Bond]:
    """ "TTP-affiliated factions (like the X group)", "Indian-sponsored X"."""
    doc = token.doc
    group = sentence.group(token) or sentence.by_token.get(token.i + 1)
    if group is None or token.i - 2 < sentence.span.start or doc[token.i - 1].text not in "-–":
        return []
    at = sentence.chars(token.i - 1)[0]
    named = next((m for m in sentence.actors if m.end == at), None)
    actor = ctx.actor_id(named.ref) if named is not None else None
    if named is None or actor is None:
        return []
    if group.head.i <= token.i:
        return []
    listed_behind = _examples(sentence, group)
    who = sides(ctx, listed_behind) or sides(ctx, [group])
    who = [w for w in who if w.actor != actor]
    other = [ActorRef(actor, named.ref.as_written)]
    if tie.frame == "swapped":
        return [Bond(sentence, token, tie.relation, other, who, "compound")]
    return [Bond(sentence, token, tie.relation, who, other, "compound")]


def _examples(sentence: Sentence, group: Group) -> list[Group]:
    """ "factions (like A or B)": A and B."""
    doc = group.head.doc
    for i in range(group.end, min(group.end + 4, sentence.span.end - 1)):
        as_example = doc[i].lower_ == "such" and doc[i + 1].lower_ == "as"
        if doc[i].lower_ in LIKE or as_example:
            for j in range(i + 1, min(i + 5, sentence.span.end)):
                found = sentence.by_token.get(j)
                if found is not None:
                    return listed(found)
        if doc[i].text not in (",", "(", "such", "as"):
            break
    return []


def _founders(ctx: Context, sentence: Sentence, token: Token) -> list[Bond]:
    """ "disgruntled TTP members were among the founders of ISKP"."""
    group = sentence.group(token)
    if group is None or not any(rel(c) == "cop" for c in (*token.children, *token.head.children)):
        return []
    if any(c.lower_ in NEGATIONS for c in (*token.children, *token.head.children)):
        return []
    new = sides(ctx, _behind(group, "of"))
    old = [g for g in sentence.groups if g.end <= group.start and g.has(*MEMBERS)]
    return [Bond(sentence, token, "splinter_of", new, sides(ctx, old[-1:]), "founders")]


def _founded(ctx: Context, sentence: Sentence) -> list[Bond]:
    """ "was set up by former TTP commanders"."""
    out: list[Bond] = []
    for token in sentence.span:
        set_up = token.lemma_ == "set" and token.doc[token.i : token.i + 2].text.endswith("up")
        if token.pos_ != "VERB" or not (set_up or token.lemma_.lower() in FOUNDING):
            continue
        frame = verb_frame(sentence, token)
        agent = frame.agent
        if agent is None or not agent.has(*MEMBERS) or frame.subject is None:
            continue
        new, old = sides(ctx, [frame.subject]), sides(ctx, [agent])
        out.append(Bond(sentence, token, "splinter_of", new, old, "founders"))
    return out


def _under_cover(ctx: Context, sentence: Sentence) -> list[Bond]:
    """ "claimed by unknown groups like A or B. Under the cover of this, the TTP …"."""
    if not sentence.number or not any(t.lower_ in ("cover", "guise", "façade", "facade")
                                      for t in sentence.span[:8]):  # fmt: skip
        return []
    opening = {t.lower_ for t in sentence.span[:8]}
    if sentence.span[0].lower_ not in ("under", "behind") or not opening & POINTING:
        return []
    acting = next((g for g in sentence.groups if rel(g.head) == "nsubj" and actor_of(ctx, g)), None)
    earlier = ctx.reading.sentences[sentence.number - 1]
    unknown = [g for g in earlier.groups if g.has("unknown", "hitherto", "obscure", "new")]
    names = [n for g in unknown for n in sides(ctx, _examples(earlier, g))]
    if acting is None or not names:
        return []
    token = earlier.groups[-1].head
    return [
        Bond(earlier, token, "front_for", names, sides(ctx, [acting]), "cover", carried=("object",))
    ]
