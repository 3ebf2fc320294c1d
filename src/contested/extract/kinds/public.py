"""Who speaks and acts in public: a noun group, a pronoun or a document as an actor with an id."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from spacy.tokens import Token

from contested.extract.according_to import Attributor
from contested.extract.kinds.context import Context
from contested.extract.reading import Group, Sentence, rel
from contested.extract.resolve import GROUP_WORDS, next_phrase
from contested.extract.voices import Voice
from contested.model import ActorRef, PositionClaim, Speaker, StatementClaim
from contested.model.terms import SpeakerKind
from contested.world import World
from contested.world.rows import RoleWord

PUBLIC = {"state", "organ", "armed_group", "faction", "front", "media_wing", "party",
          "movement", "international", "research"}  # fmt: skip
FIRST_PERSON = {"we", "us", "our", "i", "me", "my"}
OFFICIAL_PAPER = {"statement", "claim", "communique", "communiqué", "release", "spokesman"}
MEN = {"militants", "fighters", "insurgents", "terrorists", "rebels", "gunmen", "group", "groups"}
LEADERS = {"leader", "leaders", "leadership", "figures"}
OTHER_LEADERS = ("religious", "tribal", "community", "opposition", "political", "party", "local",
                 "business", "world")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Party:
    """An actor with an id, the words for it, and the chain of voices that ends with it."""

    ref: ActorRef
    chain: tuple[Speaker, ...]

    @property
    def id(self) -> str:
        """The actor's id."""
        return str(self.ref.actor)


@lru_cache(maxsize=4)
def role_words(world: World) -> dict[str, RoleWord]:
    """Role words in small letters."""
    return {row.word.lower(): row for row in world.roles}


def root_of(ctx: Context, actor: str) -> str:
    """The top of what an actor belongs to."""
    return ctx.world.ancestors(actor)[-1] if actor in ctx.world.actors else actor


def related(ctx: Context, one: str | None, other: str | None) -> bool:
    """Whether two actors are the same, or one belongs to the other."""
    if one is None or other is None or one == other:
        return one == other
    return one in _line(ctx, other) or other in _line(ctx, one)


def _line(ctx: Context, actor: str) -> tuple[str, ...]:
    return ctx.world.ancestors(actor) if actor in ctx.world.actors else (actor,)


def actor_of(ctx: Context, group: Group | None) -> ActorRef | None:
    """The actor that a noun group stands for, if it has an id and can act in public."""
    if group is None:
        return None
    if group.head.lower_ in FIRST_PERSON:
        return _first_person(ctx, group)
    ref = _pronoun(ctx, group) or _same_office(ctx, group) or group.actor
    if ref is None or ref.actor is None:
        ref = _introduced(ctx, group)
    if ref is None and group.end - group.start == 1 and group.head.pos_ != "PRON":
        ref = named_at(ctx, group.sentence, group.head)
    if ref is None or ref.actor is None or ref.actor not in ctx.world.actors:
        return None
    sure = ref is not group.actor or _grounded(ctx, group)
    if ctx.world.actors[ref.actor].kind not in PUBLIC or not sure:
        return None
    return ActorRef(ref.actor, group.text)


def _same_office(ctx: Context, group: Group) -> ActorRef | None:
    """ "The president": of the state whose president an earlier sentence named."""
    if group.how != "home" or not group.definite:
        return None
    words = [t.lower_ for t in group.tokens[1:]]
    row = role_words(ctx.world).get(" ".join(words))
    if row is None or row.role not in ("head-of-state", "head-of-government", "chief-minister"):
        return None
    for claim in reversed(ctx.claims):
        if isinstance(claim, PositionClaim) and claim.role == row.role and claim.organisation:
            return ActorRef(claim.organisation, group.text)
    return None


def _pronoun(ctx: Context, group: Group) -> ActorRef | None:
    """ "he" is the person named last in the sentence; "they" can be the object before."""
    sentence, head = group.sentence, group.head
    if head.pos_ != "PRON":
        return None
    at, _ = sentence.chars(head.i)
    if head.lower_ in ("he", "she"):
        people = [m for m in sentence.actors if m.how == "person" and m.end < at]
        return ActorRef(ctx.actor_id(people[-1].ref), group.text) if people else None
    clause = head.head
    if head.lower_ in ("it", "its"):
        return _it(ctx, group)
    if head.lower_ == "they" and rel(clause) == "advcl" and clause.head.i < head.i:
        other = next((c for c in clause.head.children if rel(c) == "obj"), None)
        people_group = sentence.group(other) if other is not None else None
        if people_group is not None and ctx.words.victims_of(people_group.head.text):
            ref = actor_of(ctx, people_group)
            return ActorRef(ref.actor if ref else "", group.text)
    return None


def _it(ctx: Context, group: Group) -> ActorRef | None:
    """ "Analysts say that it …": not the analysts, but what the sentence before spoke of."""
    speaking = next(
        (
            c
            for verb in group.head.ancestors
            if verb.lemma_.lower() in ctx.words.reporting
            for c in verb.children
            if rel(c) == "nsubj" and c.i < group.start and c.tag_ == "NNS"
        ),
        None,
    )
    number = group.sentence.number
    if speaking is None or not number:
        return None
    earlier = ctx.reading.sentences[number - 1]
    named = [m for m in earlier.actors if m.how in ("name", "acronym")]
    armed = [m for m in named if ctx.is_armed(ctx.actor_id(m.ref))]
    mention = next(iter(armed or named), None)
    return ActorRef(ctx.actor_id(mention.ref), group.text) if mention is not None else None


def _grounded(ctx: Context, group: Group) -> bool:
    """Whether the words themselves, and not only the report's country, name the actor."""
    if group.head.lower_ in LEADERS and group.has(*OTHER_LEADERS):
        return False
    vague = group.how in ("adjective", "organ") and group.head.lower_ in GROUP_WORDS | MEN
    if vague and ctx.is_state(_id(group)):
        return False
    if group.how == "reference" and group.head.pos_ == "NOUN":
        return group.definite or group.tokens[0].tag_ == "PRP$"
    if group.how == "adjective":
        head = group.head.lower_
        return ctx.words.source_kind(head) is not None or bool(ctx.words.victims_of(head))
    if group.how != "home":
        return True
    return _office_word(ctx, group) and not _of_others(ctx, group) and not _abroad(ctx, group)


def _of_others(ctx: Context, group: Group) -> bool:
    """ "the president of the football club": a title in something that is no actor or place."""
    follow = next_phrase(group)
    if follow is None or follow[0] != "of" or actor_of(ctx, follow[1]) is not None:
        return False
    first, _ = group.sentence.chars(follow[1].start)
    _, last = group.sentence.chars(follow[1].end - 1)
    return not any(p.start < last and p.end > first for p in group.sentence.places)


def _abroad(ctx: Context, group: Group) -> bool:
    """Whether the paragraph speaks of other states only, so that a bare title is not ours."""
    own = ctx.world.actors[str(_id(group))].country if _id(group) in ctx.world.actors else None
    countries = {
        ctx.world.actors[actor].country
        for sentence in ctx.reading.sentences
        if sentence.paragraph_number == group.sentence.paragraph_number
        for mention in sentence.actors
        if (actor := ctx.actor_id(mention.ref)) is not None and ctx.is_state(actor)
    }
    return bool(countries) and own not in countries


def _office_word(ctx: Context, group: Group) -> bool:
    """Whether a bare title implies an organ of the state, as "minister" does and "analyst" not."""
    words = [t.lower_ for t in group.tokens if t.pos_ != "DET"]
    for size in (4, 3, 2, 1):
        tail = " ".join(words[-size:])
        row = role_words(ctx.world).get(tail)
        if row is not None and len(words) >= size:
            rest = [t for t in group.tokens if t.pos_ != "DET"][:-size]
            name = group.head.pos_ == "PROPN" and any(t.pos_ == "PROPN" for t in rest)
            return row.organ is not None and not name
    return False


def _id(group: Group) -> str | None:
    return group.actor.actor if group.actor else None


def _introduced(ctx: Context, group: Group) -> ActorRef | None:
    """ "TTP Commander Kazim": the actor named in front of a person's title."""
    if group.head.pos_ != "PROPN" or not any(_is_title(ctx, t) for t in group.tokens):
        return None
    first, _ = group.sentence.chars(group.start)
    last, _ = group.sentence.chars(group.head.i)
    mentions = list(group.sentence.actors)
    number = group.sentence.number
    if number and group.start == group.sentence.span.start:
        mentions += ctx.reading.sentences[number - 1].actors
    for mention in mentions:
        inside = first <= mention.start and mention.end < last
        before = (
            mention.end <= first and not group.sentence.report.text[mention.end : first].strip()
        )
        if mention.how in ("name", "acronym") and (inside or before):
            return ActorRef(ctx.actor_id(mention.ref), group.text)
    return None


def _is_title(ctx: Context, token: Token) -> bool:
    return token.lower_ in role_words(ctx.world)


def _first_person(ctx: Context, group: Group) -> ActorRef | None:
    """ "We" is whoever is quoted; outside quotations, whoever issued the document."""
    chain, _ = ctx.voices(group.sentence, group.head)
    if chain:
        last = chain[-1]
        return ActorRef(last.actor, last.name) if last.actor else None
    author = author_of(ctx)
    return ActorRef(author.actor, group.text) if author else None


def author_of(ctx: Context) -> ActorRef | None:
    """The actor that issued the report, where it is a statement: signed, or from its own office."""
    for sentence in ctx.reading.sentences[-3:]:
        if any(t.tag_ in ("VBD", "VBZ", "VBP", "MD") for t in sentence.span):
            continue
        words = {t.lower_ for t in sentence.span}
        if words & {"spokesman", "spokesperson", "spokeswoman"}:
            for mention in reversed(sentence.actors):
                actor = ctx.actor_id(mention.ref)
                if mention.how != "outlet" and actor is not None:
                    return ActorRef(actor, mention.ref.as_written)
    return _outlet_as_actor(ctx)


def _outlet_as_actor(ctx: Context) -> ActorRef | None:
    outlet = ctx.reading.report.outlet
    if outlet is None:
        return None
    words = f" {outlet.value.lower().replace('-style', ' ')} "
    if not OFFICIAL_PAPER & set(words.split()):
        return None
    named = [a for a in ctx.world.aliases if f" {a.text.lower()} " in words]
    named = [a for a in named if ctx.world.actors[a.actor].kind != "state"]
    if not named:
        return None
    best = max(named, key=lambda a: len(a.text))
    return ActorRef(best.actor, outlet.value)


def party(ctx: Context, sentence: Sentence, token: Token, group: Group | None) -> Party | None:
    """The public actor that `group` is, with the voices that lead to its words at `token`."""
    if group is None:
        return None
    outer, _ = ctx.voices(sentence, token)
    paper = _document(ctx, sentence, group)
    own_words = paper is not None or group.head.lower_ in FIRST_PERSON
    voice = None if own_words else _voice_at(ctx, sentence, token, group)
    own = voice.speakers if voice is not None else ()
    meant = actor_of(ctx, group)
    same = meant is not None and own != () and meant.actor == own[-1].actor
    sure = group.actor is None or same
    if own and own[-1].actor and _public_id(ctx, own[-1].actor) and sure:
        if group.head.pos_ == "PRON":
            outer = tuple(s for s in outer if not related(ctx, s.actor, own[-1].actor))
        return Party(ActorRef(own[-1].actor, group.text), _joined(outer, own))
    ref = paper or meant
    if ref is None or ref.actor is None:
        return None
    if group.head.lower_ in FIRST_PERSON and outer:
        return Party(ActorRef(ref.actor, group.text), outer)
    if group.head.pos_ == "PRON":
        outer = tuple(s for s in outer if not related(ctx, s.actor, ref.actor))
    speaker = Attributor(ctx.world, ctx.words).speaker(group)
    if speaker is None or speaker.actor != ref.actor:
        speaker = Speaker(ref.as_written, ref.actor, kind_of(ctx, ref.actor))
    return Party(ref, _joined(outer, (speaker,)))


def _public_id(ctx: Context, actor: str) -> bool:
    return actor in ctx.world.actors and ctx.world.actors[actor].kind in PUBLIC


def _voice_at(ctx: Context, sentence: Sentence, token: Token, group: Group) -> Voice | None:
    for voice in ctx.attributions[sentence.number].voices:
        if voice.cue == token.i and voice.source is group and voice.speakers:
            return voice
    return None


def _joined(outer: tuple[Speaker, ...], own: tuple[Speaker, ...]) -> tuple[Speaker, ...]:
    return (*(s for s in outer if all(s.name != o.name for o in own)), *own)


def kind_of(ctx: Context, actor: str) -> SpeakerKind:
    """What sort of voice an actor is."""
    if ctx.is_armed(actor):
        return "party"
    return "official" if ctx.is_state(actor) else "independent"


def _document(ctx: Context, sentence: Sentence, group: Group) -> ActorRef | None:
    """ "The statement": by whoever made the last statement of the same paragraph."""
    if ctx.words.source_kind(group.head.lower_) != "document" or not group.definite:
        return None
    if any(m.start < sentence.chars(group.end - 1)[1] and m.end > sentence.chars(group.start)[0]
           for m in sentence.actors):  # fmt: skip
        return None
    follow = next_phrase(group)
    if follow is not None and follow[0] in ("by", "from", "of"):
        return actor_of(ctx, follow[1])
    for claim in reversed(ctx.claims):
        if isinstance(claim, StatementClaim) and claim.end >= sentence.paragraph.start:
            return ActorRef(claim.by.actor, group.text)
    return None


def named_at(ctx: Context, sentence: Sentence, token: Token) -> ActorRef | None:
    """The actor of a surname that an earlier sentence gave in full ("Munir")."""
    if not token.text[:1].isupper():
        return None
    for earlier in reversed(ctx.reading.sentences[: sentence.number + 1]):
        for mention in earlier.actors:
            words = mention.ref.as_written.split()
            if mention.how == "person" and len(words) > 1 and words[-1] == token.text:
                actor = ctx.actor_id(mention.ref)
                return ActorRef(actor, token.text) if actor else None
    return None


def party_named(ctx: Context, sentence: Sentence, token: Token, ref: ActorRef) -> Party:
    """An actor named only by a possessive or an adjective, with the voices that lead to it."""
    outer, _ = ctx.voices(sentence, token)
    own = Speaker(ref.as_written, ref.actor, kind_of(ctx, str(ref.actor)))
    return Party(ref, (*(s for s in outer if s.actor != ref.actor), own))
