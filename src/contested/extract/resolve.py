"""From noun groups to actors: "Pakistani police", "the group", "a spokesman for the TTP"."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache

from spacy.tokens import Token

from contested.extract.bodies import independent_body, no_state
from contested.extract.ground import meant
from contested.extract.lexicon import Lexicon, table
from contested.extract.mentions import ActorMention
from contested.extract.reading import Group, Sentence, next_phrase, rel
from contested.extract.titles import Roles, beside_names
from contested.extract.who import ActorFinder, PersonName
from contested.model import ActorRef
from contested.world import World

__all__ = ["GROUP_WORDS", "Resolver", "Salience", "next_phrase"]

_AFTER_HYPHEN = re.compile(r"[-‑–]([a-z]+)")
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
STATE_KINDS = {"state", "organ"}
LOCAL = "provincial-government"
"""The organ of a "regional governor", who is of the state although "regional" forces are not."""
OURS = {"our", "my", "your"}
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
        self._home = home
        self._roles = Roles(world, words)
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
        for name, office in beside_names(sentence):
            own = name.actor is not None and name.actor.actor is not None
            better = not own or (name.how == "home" and office.how != "home")
            if office.actor is not None and better:
                self.seen.named[name.head.text] = office.actor.actor
                name.actor, name.how = ActorRef(office.actor.actor, name.text), "person"

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
        office = self._roles.office(group) if head.text not in self.seen.named else None
        if office is not None:
            mentions = [m for m in mentions if not self._roles.is_title(m.ref.as_written)]
        role = office.organ if office is not None else self._roles.named(group)
        if role is None:
            role = self._roles.of_paper(group)
        owner = self._owner(group, [m.ref for m in mentions if m.how != "person"])
        if office is not None and not mentions and group.tokens[0].tag_ == "PRP$":
            owner = None
        foreign = any(t.lower_ in self._words.foreign for t in group.tokens)
        if role not in (None, LOCAL) and foreign and owner is None:
            return None, ""
        if role is not None:
            found = self._organ(group, role, owner, bool(mentions))
            if office is not None and found[0] is not None and found[0].actor is not None:
                self.seen.named[head.text] = found[0].actor
                self.seen.person = found[0]
            return found
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
        if self._words.victims_of(group.head.lower_) not in ("civilians", "unknown"):
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
        text = group.sentence.report.text
        return [
            m
            for m in group.sentence.actors
            if m.start < b and m.end > a and m.how != "outlet" and not _joined(text, m.end)
        ]

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

    def _owner(self, group: Group, inside: list[ActorRef]) -> str | None:
        """Actor named inside the group or in an "of", "for" or "in" phrase right behind it."""
        named = [r.actor for r in inside if r.actor]
        if named:
            return named[-1]
        if self.seen.armed and possessor(group) in GROUP_WORDS and not self._civil(group):
            return self.seen.armed.actor
        follow = next_phrase(group)
        if follow and follow[0] in OF:
            other = follow[1]
            mention = [m for m in self._mentions(other) if m.how != "person"]
            further = next_phrase(other)
            if not mention and further is not None and further[0] == "of":
                mention = [m for m in self._mentions(further[1]) if m.how != "person"]
            if mention:
                return mention[-1].ref.actor
            if other.head.lower_ in GROUP_WORDS and self.seen.armed:
                return self.seen.armed.actor
        own = group.tokens[0].tag_ == "PRP$" and group.tokens[0].lower_ not in OURS
        if own and self.seen.anyone:
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
        armed = self.seen.armed is not None and self._roles.leads(group)
        if owner is None and (armed or no_state(group) or self._of_another(group)):
            return ActorRef(None, group.text), "organ"
        state = owner or meant(group.sentence, self._home, self._world)
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

    def _of_another(self, group: Group) -> bool:
        """Whether the words behind say of whom, and name none known: "a commander of the X Front".

        Where they name a place or an organ of state, it is the state's.
        """
        follow = next_phrase(group)
        if follow is None or follow[0] not in ("of", "for") or follow[1].head.pos_ != "PROPN":
            return False
        other = follow[1]
        a, b = group.sentence.chars(other.start)[0], group.sentence.chars(other.end - 1)[1]
        placed = any(p.start < b and p.end > a for p in group.sentence.places)
        somewhere = any(t.ent_type_ in ("GPE", "LOC", "PLACE") for t in other.tokens)
        return not placed and not somewhere and not self._roles.named(other)

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


@lru_cache(maxsize=1)
def _joining() -> frozenset[str]:
    return frozenset(row["word"] for row in table("joined_words"))


def _joined(text: str, end: int) -> bool:
    """Whether a name only says who stands behind another: "the UN-recognised government"."""
    found = _AFTER_HYPHEN.match(text, end)
    return found is not None and found[1] in _joining()


def possessor(group: Group) -> str:
    """The noun in front of the mark of a possessive: "the armed group's statement"."""
    marks = [t.i for t in group.tokens if t.tag_ == "POS" and t.i > group.start]
    return group.head.doc[marks[-1] - 1].lower_ if marks else ""


@lru_cache(maxsize=4)
def _parted(world: World) -> dict[str, str]:
    """The actors that dissidents of others are: "FARC dissidents" are no part of the FARC."""
    owners = {a.text.casefold(): a.actor for a in reversed(world.aliases)}
    out: dict[str, str] = {}
    for alias in world.aliases:
        base, _, last = alias.text.casefold().rpartition(" ")
        if last in PARTED and base in owners:
            out.setdefault(owners[base], alias.actor)
    return out


def _covers(sentence: Sentence, start: int, end: int, token: Token) -> bool:
    a, b = sentence.chars(token.i)
    return start < b and end > a
