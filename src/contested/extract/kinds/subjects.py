"""Who does what a predicate says: its subject, the names listed with it or set beside it."""

from __future__ import annotations

from spacy.tokens import Token

from contested.extract.clauses import coordinated, verb_frame
from contested.extract.kinds.context import Context
from contested.extract.kinds.public import actor_of
from contested.extract.reading import Group, Sentence, rel
from contested.model import ActorRef


def subjects(ctx: Context, sentence: Sentence, token: Token) -> list[Group]:
    """Who does what the predicate at `token` says; several where they are listed."""
    frame = verb_frame(sentence, token)
    if frame.passive:
        return [] if frame.agent is None else listed(frame.agent)
    found = _participle_of(sentence, token) or _relative_of(sentence, token)
    found = found or _controlled(sentence, token)
    found = found or _of_matrix(sentence, token) or _adjacent(ctx, sentence, token) or frame.subject
    if found is not None and found.head.tag_ in ("WDT", "WP"):
        i = found.start - (2 if token.doc[found.start - 1].text == "," else 1)
        found = sentence.by_token.get(i) or found
    governed = {token.i, token.head.i} if rel(token) == "conj" else {token.i}
    direct = found is not None and rel(found.head) == "nsubj" and found.head.head.i in governed
    if found is None or (not direct and actor_of(ctx, apposed(ctx, found)) is None):
        found = left_of(ctx, sentence, token) or found
    if found is None:
        return []
    return [g for g in listed(apposed(ctx, found)) if g.start < token.i]


def _controlled(sentence: Sentence, token: Token) -> Group | None:
    """ "accused Iran of arming": Iran."""
    marks = {c.lower_ for c in token.children if rel(c) in ("mark", "case") and c.i < token.i}
    at = token
    while rel(at) == "conj" and at.head.tag_ == "VBG":
        at = at.head
        marks |= {c.lower_ for c in at.children if rel(c) in ("mark", "case")}
    if token.tag_ != "VBG" or not marks & {"of", "for"} or at.head.pos_ != "VERB":
        return None
    return verb_frame(sentence, at.head).patient


def _participle_of(sentence: Sentence, token: Token) -> Group | None:
    """ "fighters now threatening to": the noun right before a participle."""
    if token.tag_ != "VBG" or any(rel(t) in ("aux", "nsubj") for t in token.children):
        return None
    i = token.i - 1
    while i > sentence.span.start and token.doc[i].pos_ == "ADV":
        i -= 1
    return sentence.by_token.get(i)


def _adjacent(ctx: Context, sentence: Sentence, token: Token) -> Group | None:
    """ "after Qatar and Saudi Arabia urged": the name right before a verb without a subject."""
    if token.tag_ not in ("VBD", "VBZ", "VBP") or any(rel(c) == "nsubj" for c in token.children):
        return None
    group = sentence.by_token.get(token.i - 1) if token.i > sentence.span.start else None
    return group if group is not None and actor_of(ctx, group) is not None else None


def _of_matrix(sentence: Sentence, token: Token) -> Group | None:
    """ "said that X had fled and warned that": the second verb belongs to whoever said the first.

    The same for a finite verb that the parser hangs on a participle.
    """
    if rel(token) != "conj" or any(rel(c) in ("nsubj", "aux") for c in token.children):
        return None
    at = token.head
    while rel(at) == "conj":
        at = at.head
    bare = at.tag_ == "VBN" and not any(rel(c) == "aux" for c in at.children)
    if bare and token.tag_ == "VBZ" and rel(at) == "acl" and rel(at.head) == "ROOT":
        return sentence.group(at.head)
    inner = rel(at) in ("ccomp", "acl") and (rel(at) == "ccomp" or token.tag_ in ("VBZ", "VBD"))
    if not inner or at.dep_ == "acl:relcl" or at.head.pos_ not in ("VERB", "NOUN"):
        return None
    above = at.head
    while rel(at) == "acl" and above.head.i != above.i:
        above = above.head
    return after_dateline(sentence, verb_frame(sentence, above).subject, token)


def after_dateline(sentence: Sentence, group: Group | None, token: Token) -> Group | None:
    """The subject, where the parser took the place in front of a dash for it."""
    if group is None or group.start > sentence.span.start:
        return group
    dash = next((t.i for t in sentence.span if t.text in ("—", "–") and t.i < token.i), -1)
    if dash < group.end:
        return group
    return next((g for g in sentence.groups if dash < g.start < token.i and g.actor), group)


def _relative_of(sentence: Sentence, token: Token) -> Group | None:
    """ "Sharif, who urged": the noun right before the relative pronoun."""
    for child in token.children:
        if rel(child) == "nsubj" and child.tag_ in ("WP", "WDT") and child.i < token.i:
            i = child.i - 1
            if i > sentence.span.start and token.doc[i].text == ",":
                i -= 1
            return sentence.by_token.get(i)
    return None


def listed(group: Group) -> list[Group]:
    """The group and those listed with it, before and behind; an apposition is no list."""
    found = coordinated(group)
    doc, sentence = group.head.doc, group.sentence
    while True:
        i = found[0].start - 1
        if i > sentence.span.start and doc[i].lower_ in ("and", "or", ","):
            other = sentence.by_token.get(i - 1)
            if other is not None and (doc[i].text != "," or len(found) > 1):
                found.insert(0, other)
                continue
        break
    words = {t.lower_ for t in doc[found[0].start : found[-1].end]} & {"and", "or", "plus"}
    return found if words else [group]


def apposed(ctx: Context, group: Group) -> Group:
    """The name that stands beside a description ("the minister, Sarfraz Bugti,")."""
    ref = actor_of(ctx, group)
    if ref is not None and group.how not in ("home", "organ", "adjective"):
        return group
    doc, end = group.head.doc, group.sentence.span.end
    if group.end + 1 < end and doc[group.end].text == ",":
        other = group.sentence.by_token.get(group.end + 1)
        closes = other is not None and other.end < end and doc[other.end].text in (",", ".", ")")
        if other is not None and closes and other.head.pos_ == "PROPN":
            named = other.actor is not None and other.how in ("person", "name", "acronym")
            if named and actor_of(ctx, other) is not None:
                return other
    return group


def left_of(ctx: Context, sentence: Sentence, token: Token) -> Group | None:
    """The nearest group on the left that can speak and hangs on no preposition."""
    beside = sentence.by_token.get(token.i - 1) if token.i > sentence.span.start else None
    if beside is not None and beside.head.pos_ == "NOUN" and actor_of(ctx, beside) is None:
        return None
    first_head = next((t for t in sentence.span if t.head.i == t.i), token)
    group = sentence.group(first_head)
    if first_head.i < token.i and group is not None and actor_of(ctx, group) is not None:
        return group
    for group in reversed(sentence.groups):
        if group.end > token.i:
            continue
        between = [t for t in token.doc[group.end : token.i] if t.head.i != token.i]
        finite = [t for t in between if t.tag_ in ("VBD", "VBZ", "VBP", "MD") or t.text == ";"]
        if finite and token.nbor(-1).lower_ in ("and", "but") and finite[-1].pos_ == "VERB":
            return verb_frame(sentence, finite[-1]).subject
        if finite:
            break
        before = token.doc[group.start - 1] if group.start > sentence.span.start else None
        if before is not None and before.tag_ == "IN":
            continue
        if actor_of(ctx, group) is not None:
            return group
    return None


def parties(ctx: Context, group: Group | None) -> tuple[ActorRef, ...]:
    """Actors with ids among a group and those listed with it."""
    if group is None:
        return ()
    out: list[ActorRef] = []
    for one in listed(group):
        ref = actor_of(ctx, one)
        if ref is not None and all(r.actor != ref.actor for r in out):
            out.append(ref)
    return tuple(out)
