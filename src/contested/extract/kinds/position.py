"""Positions: who holds, gets or loses a public role, and when."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from spacy.tokens import Token

from contested.extract.clauses import Frame, verb_frame
from contested.extract.kinds.context import Context
from contested.extract.kinds.persons import (
    Named,
    Office,
    known_office,
    office,
    people,
    plain_name,
    roles,
)
from contested.extract.kinds.public import actor_of
from contested.extract.kinds.saying import said_when
from contested.extract.lexicon import table
from contested.extract.reading import Group, Sentence, rel
from contested.model import PositionClaim, When
from contested.model.terms import PositionAct, Role

SUCCESSORS = {"successor", "replacement"}
UNREAL = ("hypothetical", "planned", "threatened")


@dataclass(frozen=True, slots=True)
class Change:
    """A row of the table of verbs that give, take or end a role."""

    act: str
    frame: str


@lru_cache(maxsize=1)
def changes() -> dict[str, Change]:
    """The packaged table, by lemma."""
    return {row["lemma"]: Change(row["act"], row["frame"]) for row in table("positions")}


def positions(ctx: Context, sentence: Sentence) -> None:
    """Add the position claims of one sentence to the context."""
    named = people(ctx, sentence)
    held: dict[int, Office] = {}
    for name in named:
        found = _beside(ctx, sentence, name) or _inherited(sentence, name, named, held)
        if found is not None:
            held[name.start] = found
    told: set[int] = set()
    for token in sentence.span:
        change = changes().get(token.lemma_.lower())
        if change is not None and token.pos_ in ("VERB", "AUX") and _real(ctx, sentence, token):
            told |= _change(ctx, sentence, token, change, named, held)
    for name in named:
        office_held = held.get(name.start)
        if office_held is not None and name.start not in told and not office_held.former:
            token = sentence.span.doc[name.end - 1]
            _claim(ctx, sentence, token, name, office_held, "holds", None, True)


def _real(ctx: Context, sentence: Sentence, token: Token) -> bool:
    real = ctx.reality(sentence, token)
    return not real.negated and real.status not in UNREAL


def _claim(
    ctx: Context,
    sentence: Sentence,
    token: Token,
    name: Named,
    found: Office,
    act: PositionAct,
    when: When | None,
    known_to_all: bool = False,
) -> None:
    """Keep a claim; a title in passing is the outlet's own word, whoever is quoted around it."""
    speakers, stance = ctx.voices(sentence, token)
    ctx.add(
        "position",
        sentence,
        token,
        method=f"rules/position/{act}",
        person=name.text,
        role=found.role,
        organisation=known_office(ctx, name, found.role, found.organisation),
        organisation_as_written=found.as_written,
        act=act,
        when=when,
        speakers=() if known_to_all else speakers,
        stance="asserts" if known_to_all else stance,
    )


def _beside(ctx: Context, sentence: Sentence, name: Named) -> Office | None:
    """The office that stands with a name: before it, in apposition, or behind "is"."""
    group = sentence.by_token.get(name.start)
    if group is not None and group.start < name.start:
        found = office(ctx, group, name.start)
        if found is not None:
            return found
    return _apposed(ctx, sentence, name) or _copular(ctx, sentence, name)


def _inherited(
    sentence: Sentence, name: Named, named: list[Named], held: dict[int, Office]
) -> Office | None:
    """ "his successor, X": the office of the person named before."""
    before = sentence.by_token.get(name.start - 2)
    if before is None or before.head.lemma_.lower() not in SUCCESSORS:
        return None
    earlier = [held[n.start] for n in named if n.end <= before.start and n.start in held]
    return earlier[-1] if earlier and before.tokens[0].tag_ == "PRP$" else None


def _apposed(ctx: Context, sentence: Sentence, name: Named) -> Office | None:
    doc, first, last = sentence.span.doc, sentence.span.start, sentence.span.end
    group = sentence.by_token.get(name.start)
    start = group.start if group is not None and group.end == name.end else name.start
    if name.end + 1 < last and doc[name.end].text == ",":
        behind = sentence.by_token.get(name.end + 1)
        if behind is not None and behind.head.pos_ in ("NOUN", "PROPN"):
            found = office(ctx, behind) or _signed(ctx, sentence, behind)
            if found is not None:
                return found
    if start - 2 < first or doc[start - 1].text != ",":
        return None
    closed = name.end >= last or doc[name.end].text in (",", ".", "”", "(", ";")
    before = sentence.by_token.get(start - 2)
    if not closed or before is None:
        return None
    outer = [g for g in sentence.groups if _runs_up(doc, g.end, before.start)]
    for group in (*outer, before):
        found = office(ctx, group)
        if found is not None:
            return found
    return None


def _runs_up(doc: object, end: int, start: int) -> bool:
    """Whether only a preposition and its article lie between two groups."""
    between = doc[end:start]  # type: ignore[index]
    return 0 < len(between) <= 2 and all(t.pos_ in ("ADP", "DET") for t in between)


def _signed(ctx: Context, sentence: Sentence, group: Group) -> Office | None:
    """ "A. B, spokesman, Some Organisation": a signature."""
    doc = group.head.doc
    if group.end + 1 >= sentence.span.end or doc[group.end].text != ",":
        return None
    found = roles(ctx.world).get(group.text.lower())
    ref = actor_of(ctx, sentence.by_token.get(group.end + 1))
    if found is None or ref is None or ref.actor is None:
        return None
    return Office(found[0], ref.actor, ref.as_written)


def _copular(ctx: Context, sentence: Sentence, name: Named) -> Office | None:
    """ "X is the TTP's spokesman"."""
    doc = sentence.span.doc
    at = name.end
    if at >= sentence.span.end or doc[at].lower_ not in ("is", "remains"):
        return None
    for i in range(at + 1, min(at + 4, sentence.span.end)):
        group = sentence.by_token.get(i)
        if group is not None:
            return office(ctx, group)
    return None


def _change(
    ctx: Context,
    sentence: Sentence,
    token: Token,
    change: Change,
    named: list[Named],
    held: dict[int, Office],
) -> set[int]:
    """Claims that a verb makes of the persons around it; gives the names it has told of."""
    frame = verb_frame(sentence, token)
    if change.frame == "leads":
        return _leads(ctx, sentence, token, frame, named)
    if change.frame == "as":
        return _as_office(ctx, sentence, token, frame, named)
    if change.act == "appointed" and change.frame == "object":
        told = _as_office(ctx, sentence, token, frame, named)
        if told:
            return told
    name = _whom(ctx, sentence, token, frame, change, named)
    if name is None:
        return set()
    found = held.get(name.start) or _remembered(ctx, name) or _tabled(ctx, name)
    if found is None or change.act == "appointed":
        return set()
    act: PositionAct = change.act  # type: ignore[assignment]
    _claim(ctx, sentence, token, name, found, act, _when(ctx, sentence, token))
    return {name.start}


def _when(ctx: Context, sentence: Sentence, token: Token) -> When | None:
    """The time behind the verb up to the next name or clause, else the verb's own."""
    behind = [m for m in sentence.times if m.start >= sentence.chars(token.i)[1]]
    for mention in behind:
        hook = sentence.place_token(mention)
        if hook is not None and not any(
            t.pos_ == "VERB" or t.text == ";" for t in token.doc[token.i + 1 : hook.i]
        ):
            return mention.when
    return said_when(ctx, sentence, token)


def _whom(
    ctx: Context,
    sentence: Sentence,
    token: Token,
    frame: Frame,
    change: Change,
    named: list[Named],
) -> Named | None:
    """Whom the verb is about: a name, a relative pronoun behind one, or "he"."""
    active = change.frame == "object" and not frame.passive
    group = frame.object if active else frame.subject
    if group is None:
        before = [n for n in named if n.end <= token.i]
        if not before:
            return None
        gap = token.doc[before[-1].end : token.i]
        return before[-1] if all(t.pos_ in ("PUNCT", "AUX", "ADV") for t in gap) else None
    inside = [n for n in named if n.start < group.end and n.end > group.start]
    if inside:
        return inside[-1] if rel(group.head) != "nmod" and group.end <= inside[-1].end else None
    if group.head.tag_ in ("WP", "WDT") and group.start:
        near = [n for n in named if n.end in (group.start, group.start - 1)]
        return near[0] if near else None
    if group.head.lower_ in ("he", "she", "him", "her"):
        return _he(ctx, sentence, group, named)
    behind = [n for n in named if n.start == group.end + 1 and token.doc[group.end].text == ","]
    return behind[0] if behind else None


def _he(ctx: Context, sentence: Sentence, group: Group, named: list[Named]) -> Named | None:
    """The only person named before in this sentence, or in the one before it."""
    earlier = [n for n in named if n.end <= group.start]
    if earlier:
        return earlier[0] if len({n.text for n in earlier}) == 1 else None
    number = sentence.number
    if (
        not number
        or ctx.reading.sentences[number - 1].paragraph_number != sentence.paragraph_number
    ):
        return None
    before = people(ctx, ctx.reading.sentences[number - 1])
    return before[0] if len({n.text for n in before}) == 1 else None


def _as_office(
    ctx: Context, sentence: Sentence, token: Token, frame: Frame, named: list[Named]
) -> set[int]:
    """ "appointed X as the group's leader", "was chosen as leader", "named X army chief"."""
    after = sentence.by_token.get(token.i + 1)
    if after is None or not any(after.start <= n.start < after.end for n in named):
        after = frame.subject if frame.passive else frame.object
    group = after
    if group is None:
        return set()
    inside = [n for n in named if n.start < group.end and n.end > group.start]
    inside = inside or [n for n in [plain_name(sentence, group)] if n is not None]
    if not inside:
        return set()
    behind = [g for g in sentence.groups if inside[-1].end <= g.start <= token.i + 12]
    behind = [g for g in behind if g.start > token.i]
    if not behind or not _introduced_as(sentence, behind[0]):
        return set()
    found = office(ctx, behind[0])
    bare = roles(ctx.world).get(behind[0].head.lower_)
    if bare is not None and bare[1] is None:
        own = _tabled(ctx, inside[-1]) or _of_subject(ctx, sentence, frame, bare[0])
        found = own if own is not None else found
    if found is None:
        return set()
    _claim(ctx, sentence, token, inside[-1], found, "appointed", _when(ctx, sentence, token))
    return {inside[-1].start}


def _introduced_as(sentence: Sentence, group: Group) -> bool:
    before = sentence.span.doc[group.start - 1]
    return before.lower_ in ("as", "be") or before.pos_ in ("PROPN", "VERB")


def _of_subject(ctx: Context, sentence: Sentence, frame: Frame, role: Role) -> Office | None:
    """ "TTP's central shura appointed X as leader": of the TTP."""
    doer = frame.doer
    if doer is None:
        return None
    first, _ = sentence.chars(doer.start)
    _, last = sentence.chars(doer.end - 1)
    inside = [
        m for m in sentence.actors if first <= m.start < last and m.how not in ("person", "outlet")
    ]
    actor = ctx.actor_id(inside[-1].ref) if inside else None
    return Office(role, actor, inside[-1].ref.as_written) if actor else None


def _leads(
    ctx: Context, sentence: Sentence, token: Token, frame: Frame, named: list[Named]
) -> set[int]:
    """ "X, who has led the TTP since 2018"."""
    name = _whom(ctx, sentence, token, frame, Change("holds", "subject"), named)
    ref = actor_of(ctx, frame.object)
    if name is None or ref is None or ref.actor is None or frame.object is None:
        return set()
    group = frame.object
    if group.head.pos_ == "PRON" or group.how in ("home", "adjective"):
        return set()
    if group.has("side", "team", "delegation", "talks", "attack", "operation", "fighters"):
        return set()
    found = Office("chief" if ctx.is_state(ref.actor) else "leader", ref.actor, frame.object.text)
    when = _when(ctx, sentence, token)
    _claim(ctx, sentence, token, name, found, "holds", when, token.dep_ == "acl:relcl")
    return {name.start}


def _remembered(ctx: Context, name: Named) -> Office | None:
    """The office that an earlier sentence gave the person."""
    last = name.text.split()[-1]
    for claim in reversed(ctx.claims):
        same = isinstance(claim, PositionClaim) and claim.person.split()[-1] == last
        if same and isinstance(claim, PositionClaim) and claim.organisation is not None:
            return Office(claim.role, claim.organisation, claim.organisation_as_written)
    return None


def _tabled(ctx: Context, name: Named) -> Office | None:
    """The office of the persons table, for persons it knows."""
    for person in ctx.world.persons:
        if person.name == name.known and person.role in ("leader", "deputy", "commander"):
            role: Role = person.role  # type: ignore[assignment]
            return Office(role, person.actor, ctx.world.actors[person.actor].name)
    return None
