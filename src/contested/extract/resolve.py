"""From noun groups to actors: "Pakistani police", "the group", "a spokesman for the TTP"."""

from __future__ import annotations

from dataclasses import dataclass, field

from spacy.tokens import Token

from contested.extract.bodies import independent_body
from contested.extract.lexicon import Lexicon
from contested.extract.mentions import ActorMention
from contested.extract.reading import NOUNS, Group, Sentence, rel
from contested.extract.who import ActorFinder, PersonName
from contested.model import ActorRef
from contested.world import World

GROUP_WORDS = {
    "group",
    "outfit",
    "organisation",
    "organization",
    "militants",
    "insurgents",
    "militia",
    "faction",
    "network",
    "movement",
}
ARMED = {"armed_group", "faction", "front", "party"}
VOICES = {"spokesperson", "leader", "deputy", "commander"}
"""Roles that any side has: without an owner they belong to whoever was spoken of last."""
STATE_KINDS = {"state", "organ"}
PERSON_PRONOUNS = {"he", "she", "him", "his", "her"}
PLURAL_PRONOUNS = {"they", "them", "their"}
PARTED = {"dissident", "dissidents"}
"""What those are called who have left a group: they are no part of it."""
NAMING = {"calls", "calling", "called", "named", "itself"}
OF = {"of", "for", "from", "in"}


@dataclass(slots=True)
class Salience:
    """Who was spoken of last, for pronouns and "the group"."""

    armed: ActorRef | None = None
    state: ActorRef | None = None
    anyone: ActorRef | None = None
    subject: ActorRef | None = None
    person: ActorRef | None = None
    named: dict[str, str | None] = field(default_factory=dict)
    """Surnames of persons met in this report, and for whom they speak."""


class Resolver:
    """Gives each noun group of a report, in reading order, the actor it stands for."""

    def __init__(self, world: World, finder: ActorFinder, words: Lexicon, home: str | None) -> None:
        self._world = world
        self._finder = finder
        self._words = words
        self._home = world.state_of(home) if home else None
        self._roles = {
            row.word.lower(): row for row in world.roles if row.organ or row.role in VOICES
        }
        self._parted = _parted(world)
        self.seen = Salience()

    def resolve(self, sentence: Sentence) -> None:
        """Set `actor` and `how` of the sentence's groups."""
        for group in sentence.groups:
            ref, how = self._actor(group)
            if ref is not None:
                group.actor, group.how = ref, how
                self._remember(group, ref)
            elif self._nameless(group):
                self.seen.subject = ActorRef(None, group.text)

    def _nameless(self, group: Group) -> bool:
        """Whether people of no known side are the subject: "they" are they, not who came before."""
        people = self._words.victims_of(group.head.text) is not None
        return people and group.plural and rel(group.head) in ("nsubj", "csubj")

    def _remember(self, group: Group, ref: ActorRef) -> None:
        if ref.actor is None:
            return
        actor = self._world.actors.get(ref.actor)
        kind = actor.kind if actor else ""
        if kind in ARMED:
            self.seen.armed = ref
        elif kind in STATE_KINDS:
            self.seen.state = ref
        self.seen.anyone = ref
        if rel(group.head) in ("nsubj", "csubj"):
            self.seen.subject = ref

    def _actor(self, group: Group) -> tuple[ActorRef | None, str]:
        sentence, head = group.sentence, group.head
        if head.pos_ == "PRON":
            return self._pronoun(head)
        mentions = self._mentions(group)
        at_head = [m for m in mentions if _covers(sentence, m.start, m.end, head)]
        if at_head:
            return self._named(group, at_head[-1].ref, at_head[-1].how)
        if independent_body(group):
            return None, ""
        role = self._role(group)
        owner = self._owner(group, [m.ref for m in mentions if m.how != "person"])
        foreign = any(t.lower_ in self._words.foreign for t in group.tokens)
        if role is not None and foreign and owner is None:
            return None, ""
        if role is not None:
            return self._organ(group, role, owner, bool(mentions))
        lower = head.lower_
        if owner is not None and lower in PARTED:
            splinter = self._parted.get(owner)
            return (ActorRef(splinter, group.text), "name") if splinter else (None, "")
        if owner is not None and self._outsiders(group, owner):
            owner = None
        if owner is not None and not mentions and self._only_there(group, owner):
            owner = None
        if owner is not None and (self._words.victims_of(lower) or self._is_source(lower)):
            return ActorRef(owner, group.text), "adjective"
        if lower in GROUP_WORDS and (named := self._calls_itself(group)):
            return ActorRef(named, group.text), "name"
        meant = lower in GROUP_WORDS and (group.definite or group.has("its", "their"))
        if meant and self.seen.armed and not self._civil(group):
            return ActorRef(self.seen.armed.actor, group.text), "reference"
        return self._person(group)

    def _calls_itself(self, group: Group) -> str | None:
        """ "a group that calls itself X", "a little-known outfit called X"."""
        doc, end = group.head.doc, group.sentence.span.end
        words = [t.lower_ for t in doc[group.end : min(group.end + 4, end)]]
        if not NAMING & set(words):
            return None
        _, after = group.sentence.chars(group.end - 1)
        near = [m for m in group.sentence.actors if after <= m.start < after + 60]
        return near[0].ref.actor if near and near[0].how not in ("person", "outlet") else None

    def _outsiders(self, group: Group, owner: str) -> bool:
        """Whether a state's name only says where they are: "a bomber in Pakistan's Swat".

        Fighters, and groups of people, of or in a country are no part of its state.
        """
        known = self._world.actors.get(owner)
        if known is None or known.kind not in STATE_KINDS:
            return False
        lower = group.head.lower_
        return lower in GROUP_WORDS or self._words.victims_of(lower) == "militants"

    def _only_there(self, group: Group, owner: str) -> bool:
        """Whether people are named with a state only as where they live or whose kin they are.

        "Nine farmers in Niger" are no part of the state, and neither is "his son".
        """
        known = self._world.actors.get(owner)
        if known is None or known.kind not in STATE_KINDS:
            return False
        if self._words.victims_of(group.head.lower_) != "civilians":
            return False
        follow = next_phrase(group)
        return group.tokens[0].tag_ == "PRP$" or (follow is not None and follow[0] == "in")

    def _civil(self, group: Group) -> bool:
        """Whether words before "group" or "network" make it another one than the armed one
        spoken of: "the doctors' network", "the rights group"."""
        before = [t for t in group.tokens if t.i < group.head.i]
        return any(
            t.pos_ == "PROPN"
            or t.lower_ in self._words.civil
            or t.lemma_.lower() in self._words.civil
            for t in before
        )

    def _is_source(self, lower: str) -> bool:
        return self._words.source_kind(lower) is not None or lower in GROUP_WORDS

    def _mentions(self, group: Group) -> list[ActorMention]:
        a, _ = group.sentence.chars(group.start)
        _, b = group.sentence.chars(group.end - 1)
        return [m for m in group.sentence.actors if m.start < b and m.end > a and m.how != "outlet"]

    def _named(self, group: Group, ref: ActorRef, how: str) -> tuple[ActorRef | None, str]:
        if how == "person":
            entry = self._entry(ref.actor or "", group)
            surname = group.head.text
            self.seen.named[surname] = entry.actor if entry else None
            self.seen.person = ActorRef(entry.actor if entry else None, ref.as_written)
            return self.seen.person, "person"
        if how == "adjective" and group.head.pos_ == "ADJ":
            return None, ""
        return ref, how

    def _entry(self, name: str, group: Group) -> PersonName | None:
        """The role that a person held when the report was written, else the first known."""
        entries = self._finder.people.get(name, [])
        published = group.sentence.report.published
        day = (published.earliest or "") if published else ""
        for entry in entries:
            if (not entry.start or not day or entry.start <= day) and (
                not entry.end or not day or day <= entry.end
            ):
                return entry
        return entries[0] if entries else None

    def _role(self, group: Group) -> str | None:
        """Organ that the head and the words before it name ("interior minister").

        Empty for a role that any side has, standing alone ("a spokesman"); None for no role.
        """
        words = [t.lower_ for t in group.tokens if t.pos_ != "DET"]
        for size in (4, 3, 2, 1):
            for tail in (" ".join(words[-size:]), " ".join(words[-size:]).rstrip("s")):
                row = self._roles.get(tail)
                if row is not None and len(words) >= size:
                    own = group.definite is False and row.role in VOICES and len(words) == size
                    if own:
                        return ""
                    side = row.role in VOICES or row.official
                    return row.organ or ("government" if side else None)
        return None

    def _owner(self, group: Group, inside: list[ActorRef]) -> str | None:
        """Actor named inside the group or in an "of", "for" or "in" phrase right behind it."""
        named = [r.actor for r in inside if r.actor]
        if named:
            return named[-1]
        follow = next_phrase(group)
        if follow and follow[0] in OF:
            other = follow[1]
            mention = [m for m in self._mentions(other) if m.how != "person"]
            if mention:
                return mention[-1].ref.actor
            if other.head.lower_ in GROUP_WORDS and self.seen.armed:
                return self.seen.armed.actor
        if group.tokens[0].tag_ == "PRP$" and self.seen.anyone:
            return self.seen.anyone.actor
        return None

    def _organ(
        self, group: Group, role: str, owner: str | None, named: bool
    ) -> tuple[ActorRef | None, str]:
        if not role and owner is None:
            subject = self.seen.subject
            last = subject if subject is not None and subject.actor else self.seen.anyone
            return (ActorRef(last.actor, group.text), "reference") if last else (None, "")
        role = role or "government"
        state = owner or self._local(group.sentence)
        if state is None:
            return ActorRef(None, group.text), "organ"
        root = self._world.ancestors(state)[-1] if state in self._world.actors else state
        actor = self._world.actors.get(root)
        if actor is not None and actor.kind == "state":
            organ = self._world.organ(root, role)
            own = self._world.actors.get(state)
            if own is not None and own.kind != "state":
                return ActorRef(state, group.text), "organ"
            return ActorRef(organ or root, group.text), "organ" if named else "home"
        organ = self._world.organ(state, role)
        return ActorRef(organ or state, group.text), "organ"

    def _local(self, sentence: Sentence) -> str | None:
        """The state whose police or officials a sentence means when it does not say.

        That of its places, else the report's; None where several states are spoken of.
        """
        countries = {p.where.country for p in sentence.places if p.where.country}
        for mention in sentence.actors:
            name = mention.ref.actor
            if name is not None and name in self._world.actors and mention.how != "outlet":
                root = self._world.actors[self._world.ancestors(name)[-1]]
                if root.country and root.kind == "state":
                    countries.add(root.country)
        if len(countries) > 1:
            return None
        return self._world.state_of(countries.pop()) if countries else self._home

    def _person(self, group: Group) -> tuple[ActorRef | None, str]:
        """A person's name: met before in this report, or introduced with a group's name."""
        head = group.head
        if head.pos_ != "PROPN":
            return None, ""
        if any(e.label_ == "PERSON" and e.start <= head.i < e.end for e in head.doc.ents):
            self.seen.person = ActorRef(None, group.text)
        if head.text in self.seen.named:
            self.seen.person = ActorRef(self.seen.named[head.text], group.text)
            return self.seen.person, "person"
        return None, ""

    def _pronoun(self, head: Token) -> tuple[ActorRef | None, str]:
        lower = head.lower_
        if lower in PERSON_PRONOUNS:
            found = self.seen.person
        elif lower in PLURAL_PRONOUNS or lower in ("we", "us", "it", "its"):
            found = self.seen.subject or self.seen.anyone
            if found is not None and found.actor is None and lower not in ("they", "them"):
                found = self.seen.anyone
        else:
            return None, ""
        if found is not None and found.actor is None and found is self.seen.subject:
            return None, ""
        return (found, "reference") if found else (None, "")


def _parted(world: World) -> dict[str, str]:
    """The actors that dissidents of others are: "FARC dissidents" are no part of the FARC."""
    owners = {a.text.casefold(): a.actor for a in reversed(world.aliases)}
    out: dict[str, str] = {}
    for alias in world.aliases:
        base, _, last = alias.text.casefold().rpartition(" ")
        if last in PARTED and base in owners:
            out.setdefault(owners[base], alias.actor)
    return out


def next_phrase(group: Group) -> tuple[str, Group] | None:
    """The preposition right behind a group and the group behind that."""
    doc, sentence = group.head.doc, group.sentence
    at = group.end
    if at >= sentence.span.end or doc[at].pos_ not in ("ADP", "SCONJ"):
        return None
    word = doc[at].lower_
    for i in range(at + 1, min(at + 4, sentence.span.end)):
        other = sentence.by_token.get(i)
        if other is not None:
            return word, other
        if doc[i].pos_ not in NOUNS | {"DET", "ADJ", "ADP", "PUNCT"}:
            return None
    return None


def _covers(sentence: Sentence, start: int, end: int, token: Token) -> bool:
    a, b = sentence.chars(token.i)
    return start < b and end > a
