"""Persons in public roles: their names as written, and the role words beside them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from spacy.tokens import Token

from contested.extract.kinds.context import Context
from contested.extract.kinds.public import actor_of, related
from contested.extract.lexicon import table
from contested.extract.mentions import ActorMention
from contested.extract.reading import Group, Sentence
from contested.extract.resolve import GROUP_WORDS, next_phrase
from contested.model.terms import Role
from contested.world import World

KEEP = {"mullah", "maulana", "maulvi", "mawlawi", "mufti", "qari", "hafiz", "sheikh", "malik"}
OFFICES: dict[str, Role] = {
    "leader": "leader", "deputy": "deputy", "spokesperson": "spokesperson",
    "commander": "commander", "minister": "minister", "head-of-government": "head-of-government",
    "head-of-state": "head-of-state", "chief": "chief", "governor": "governor",
    "chief-minister": "chief-minister", "diplomat": "diplomat", "envoy": "envoy",
}  # fmt: skip
PLURAL = ("leaders", "commanders", "ministers", "rulers", "diplomats", "spokesmen", "chiefs")
HEADS = {"head", "director general", "director-general"}
FORMER = {"former", "ex", "then", "erstwhile", "late", "retired", "next", "incoming", "future",
          "outgoing", "slain"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Named:
    """A person's name: tokens `start` to `end`, the words, and the table's name if known."""

    start: int
    end: int
    text: str
    known: str | None


@dataclass(frozen=True, slots=True)
class Office:
    """A role in an organisation, as a text says it."""

    role: Role
    organisation: str
    as_written: str
    former: bool = False
    start: int = 0
    end: int = 0


@lru_cache(maxsize=1)
def ranks() -> frozenset[str]:
    """Words before a name that are no part of it."""
    return frozenset(row["word"] for row in table("ranks"))


@lru_cache(maxsize=4)
def roles(world: World) -> dict[str, tuple[Role, str | None]]:
    """Role words that name an office, with the organ they imply."""
    out: dict[str, tuple[Role, str | None]] = {}
    for row in world.roles:
        if row.role in OFFICES and row.word.lower() not in (*PLURAL, "cabinet", "leadership"):
            out[row.word.lower()] = (OFFICES[row.role], row.organ)
    for word in HEADS:
        out.setdefault(word, ("chief", None))
    return out


def _beside_office(sentence: Sentence, group: Group) -> bool:
    """A name of two words or more beside an office: "the minister, Ann Lee, said"."""
    tokens = group.tokens
    if len(tokens) < 2 or group.actor is not None or any(t.pos_ != "PROPN" for t in tokens):
        return False
    before = sentence.by_token.get(group.start - 2)
    comma = group.start > sentence.span.start and group.head.doc[group.start - 1].text == ","
    return comma and before is not None and before.how in ("organ", "home")


def people(ctx: Context, sentence: Sentence) -> list[Named]:
    """The persons that a sentence names, in order."""
    out: list[Named] = []
    for mention in sentence.actors:
        if mention.how == "person":
            out.append(_mentioned(sentence, mention))
    spans = [(e.start, e.end) for e in sentence.span.ents if e.label_ == "PERSON"]
    spans += [(g.start, g.end) for g in sentence.groups if _beside_office(sentence, g)]
    for group in sentence.groups:
        first = _name_start(ctx, group)
        if first is not None:
            spans.append((first, group.end))
        elif _described(ctx, sentence, group):
            spans.append((group.start, group.end))
    for start, end in spans:
        if not _taken(out, start, end) and not _is_actor(sentence, start, end):
            out.append(_stripped(sentence, start, end))
    return sorted((n for n in out if n.text), key=lambda n: n.start)


def _described(ctx: Context, sentence: Sentence, group: Group) -> bool:
    """ "A. B., the leader of C,": a name that the parser's own list of persons lacks."""
    if plain_name(sentence, group) is None or group.end + 1 >= sentence.span.end:
        return False
    behind = sentence.by_token.get(group.end + 1)
    if group.head.doc[group.end].text != "," or behind is None:
        return False
    return behind.head.pos_ == "NOUN" and office(ctx, behind) is not None


def _mentioned(sentence: Sentence, mention: ActorMention) -> Named:
    tokens = sentence.tokens_in(mention.start, mention.end)
    start = tokens[0].i
    text = mention.ref.as_written
    if start > sentence.span.start and tokens[0].nbor(-1).lower_ in KEEP:
        start -= 1
        begin, _ = sentence.chars(start)
        text = sentence.report.text[begin : mention.end]
    words = text.split()
    while len(words) > 1 and words[0].lower() in ranks() - KEEP | {"president"}:
        words = words[1:]
        start += 1
    begin, _ = sentence.chars(start)
    return Named(start, tokens[-1].i + 1, " ".join(words), mention.ref.actor)


def _taken(found: list[Named], start: int, end: int) -> bool:
    return any(n.start < end and n.end > start for n in found)


def _is_actor(sentence: Sentence, start: int, end: int) -> bool:
    a, _ = sentence.chars(start)
    _, b = sentence.chars(end - 1)
    return any(m.start < b and m.end > a for m in sentence.actors) or any(
        p.start < b and p.end > a for p in sentence.places
    )


def _stripped(sentence: Sentence, start: int, end: int) -> Named:
    doc = sentence.span.doc
    while start < end and (
        doc[start].lower_ in ranks() - KEEP or doc[start].pos_ in ("DET", "PUNCT")
    ):
        start += 1
    while end > start and (doc[end - 1].tag_ == "POS" or doc[end - 1].pos_ == "PUNCT"):
        end -= 1
    if end - start < 2 or any(not t.text[:1].isupper() for t in doc[start:end] if t.is_alpha):
        return Named(start, end, "", None)
    a, _ = sentence.chars(start)
    _, b = sentence.chars(end - 1)
    return Named(start, end, sentence.report.text[a:b], None)


def plain_name(sentence: Sentence, group: Group) -> Named | None:
    """A name that only the verb shows to be a person's ("appointed A. B. as")."""
    if len(group.tokens) < 2 or any(t.pos_ != "PROPN" for t in group.tokens):
        return None
    if group.actor is not None or _is_actor(sentence, group.start, group.end):
        return None
    return Named(group.start, group.end, group.text, None)


def _name_start(ctx: Context, group: Group) -> int | None:
    """Where a name begins behind a title in a group ("Interior Minister Rana Sanaullah")."""
    if group.head.pos_ != "PROPN":
        return None
    known = roles(ctx.world)
    words = [t.lower_ for t in group.tokens]
    for at in range(1, len(words)):
        tail = words[at - 1]
        pair = " ".join(words[max(0, at - 2) : at])
        titled = tail in known or pair in known or tail in ranks()
        if titled and all(t.pos_ == "PROPN" for t in group.tokens[at:]):
            return group.start + at
    return None


def office(ctx: Context, group: Group, end: int | None = None) -> Office | None:
    """The office that a noun group names, up to token `end` where a name follows in it."""
    stop = group.end if end is None else end
    tokens = [t for t in group.tokens if t.i < stop]
    while tokens and (tokens[-1].lower_ in ranks() or tokens[-1].pos_ == "PUNCT"):
        tokens = tokens[:-1]
    words = [t.lower_ for t in tokens]
    found = _last_role(ctx.world, words)
    if found is None:
        return None
    size, role, organ = found
    last = tokens[-1].i + 1
    owner, written = _owner(ctx, group, tokens[: len(tokens) - size], last if end is None else None)
    if owner is None and organ is not None:
        owner, written = _home(ctx, group), " ".join(t.text for t in tokens)
    if owner is None:
        return None
    organisation = _organ(ctx, owner, organ)
    if organisation is None:
        return None
    front = group.head.doc[max(0, group.start - 2) : group.start]
    former = bool(FORMER & {*words, *(t.lower_ for t in front if t.text != ",")})
    if role == "leader" and words[-1] in ("head", "chief") and not ctx.is_armed(organisation):
        role = "chief"
    return Office(role, organisation, written, former, group.start, stop)


def _last_role(world: World, words: list[str]) -> tuple[int, Role, str | None] | None:
    known = roles(world)
    for size in (4, 3, 2, 1):
        tail = " ".join(words[-size:])
        if len(words) >= size and tail in known:
            role, organ = known[tail]
            return size, role, organ
    return None


def _owner(
    ctx: Context,
    group: Group,
    before: list[Token],
    end: int | None,
) -> tuple[str | None, str]:
    """Whose office: a name in front ("TTP emir", "Pakistan's") or behind ("of the TTP")."""
    sentence = group.sentence
    if end is not None:
        follow = next_phrase(group)
        if follow is not None and follow[0] in ("of", "for", "in"):
            ref = actor_of(ctx, follow[1])
            if ref is not None:
                bare = follow[1].how == "home"
                return ref.actor, f"{group.text} {follow[0]} {follow[1].text}" if bare else follow[
                    1
                ].text
            if follow[0] != "in":
                return None, ""
    if before:
        first, _ = sentence.chars(before[0].i)
        _, last = sentence.chars(before[-1].i)
        inside = [m for m in sentence.actors if m.start < last and m.end > first]
        inside = [m for m in inside if m.how not in ("person", "outlet")]
        if inside:
            return ctx.actor_id(inside[-1].ref), inside[-1].ref.as_written
        if before[0].tag_ == "PRP$":
            return _possessor(ctx, group), group.text
        if any(t.lower_ in GROUP_WORDS for t in before) and any(t.tag_ == "POS" for t in before):
            return _last_armed(ctx, sentence, before[0].i), group.text
    return None, ""


def _possessor(ctx: Context, group: Group) -> str | None:
    """ "Its spokesman": of the actor named last before."""
    sentence = group.sentence
    at, _ = sentence.chars(group.start)
    here = [m for m in sentence.actors if m.end <= at]
    for mention in reversed(here):
        if mention.how in ("name", "acronym"):
            return ctx.actor_id(mention.ref)
    before = ctx.reading.sentences[sentence.number - 1] if sentence.number else None
    if before is not None and before.paragraph_number == sentence.paragraph_number:
        for mention in before.actors:
            if mention.how in ("name", "acronym") and mention.start - before.start < 6:
                return ctx.actor_id(mention.ref)
    earlier = before.groups if before is not None else []
    acting = [g for g in earlier if g.head.dep_.startswith("nsubj") and actor_of(ctx, g)]
    acting.sort(key=lambda g: (g.how not in ("name", "acronym"), g.start))
    for other in acting:
        ref = actor_of(ctx, other)
        if ref is not None:
            return ref.actor
    if group.actor is not None:
        return group.actor.actor
    return None


def _last_armed(ctx: Context, sentence: Sentence, i: int) -> str | None:
    at, _ = sentence.chars(i)
    for mention in reversed([m for m in sentence.actors if m.end <= at]):
        actor = ctx.actor_id(mention.ref)
        if mention.how in ("name", "acronym") and ctx.is_armed(actor):
            return actor
    return None


def _home(ctx: Context, group: Group) -> str | None:
    """The state of the report, where the resolver took the bare title for one of its offices."""
    if group.actor is not None and group.actor.actor and group.how in ("home", "person", "organ"):
        return group.actor.actor
    return ctx.world.state_of(ctx.reading.home) if ctx.reading.home else None


def _organ(ctx: Context, owner: str, organ: str | None) -> str | None:
    if owner not in ctx.world.actors:
        return None
    kind = ctx.world.actors[owner].kind
    if kind in ("research", "outlet_agency", "population"):
        return None
    if organ is None:
        return owner
    root = ctx.world.ancestors(owner)[-1]
    if ctx.world.actors[root].kind == "state" and kind != "state":
        return owner
    return ctx.world.organ(owner, organ) or owner


def known_office(ctx: Context, name: Named, role: Role, organisation: str) -> str:
    """The finer body of the persons table, where it fits what the text says."""
    for person in ctx.world.persons:
        if person.name == name.known and person.role == role:
            if related(ctx, person.actor, organisation):
                return person.actor
            if _country(ctx, person.actor) == _country(ctx, organisation) is not None:
                return person.actor
    return organisation


def _country(ctx: Context, actor: str) -> str | None:
    return ctx.world.actors[actor].country if actor in ctx.world.actors else None
