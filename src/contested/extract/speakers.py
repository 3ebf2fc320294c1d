"""Speakers: noun groups that can speak, and for whom they do."""

from __future__ import annotations

from contested.extract.bodies import armed_body, independent_body
from contested.extract.clauses import Frame, verb_frame
from contested.extract.heard import Bodies
from contested.extract.lexicon import Lexicon
from contested.extract.offices import (
    in_office,
    issued_by,
    no_source,
    state_owned,
    titled,
    unit,
)
from contested.extract.reading import Group, next_phrase, rel
from contested.model import ActorRef, Speaker
from contested.model.terms import SpeakerKind
from contested.world import World

ANONYMITY = {"anonymity", "anonymous", "unnamed", "unidentified", "undisclosed"}
REACH = 90
"""Characters behind "a report by" in which its author's name is looked for."""
TELL = {"tell", "inform", "brief"}
NO_SIDE = ("outlet", "witness", "independent")
"""Kinds of sources whom a nationality makes nobody's: "Colombian media", "Sudanese doctors"."""
RECENT = 400
"""Characters over which "they" goes back to those who spoke."""
ONE = {"he", "she"}
MUTE = {"who", "which", "that", "what", "whom", "this", "there", "whoever", "you"}
"""Pronouns that stand for no voice by themselves."""
KIND_OF_ACTOR: dict[str, SpeakerKind] = {
    "state": "official",
    "organ": "official",
    "armed_group": "party",
    "faction": "party",
    "front": "party",
    "media_wing": "party",
    "party": "official",
    "movement": "independent",
    "international": "independent",
    "research": "independent",
    "outlet_agency": "outlet",
}


class Speakers:
    """Makes speakers of noun groups, and remembers who spoke last for "he" and "they".

    Fresh for each report: "the statement" and "she" mean what that report spoke of before.
    """

    def __init__(self, world: World, words: Lexicon) -> None:
        self._world = world
        self._words = words
        self._document: ActorRef | None = None
        self._person: tuple[int, Speaker] | None = None
        self._body: tuple[int, Speaker] | None = None
        self._issued: Speaker | None = None
        self._units: dict[str, Speaker] = {}
        self._officials: set[str] = set()
        self.bodies = Bodies()

    def heard(self, source: Group, speaker: Speaker) -> None:
        """Remember who spoke, for the pronouns that follow."""
        if source.head.pos_ == "PRON":
            return
        self.bodies.heard(source, speaker)
        if not issued_by(source) and any(issued_by(g) for g in source.sentence.groups):
            self._issued = speaker
        if unit(source) and speaker.kind != "independent":
            self._units[source.head.lower_] = speaker
        at, _ = source.sentence.chars(source.start)
        document = self._words.source_kind(source.head.lower_) == "document"
        if source.plural or document or speaker.kind == "outlet" or source.head.lower_ in _BODIES:
            self._body = at, speaker
        else:
            self._person = at, speaker

    def note_document(self, group: Group) -> None:
        """Whose video, letter or statement was spoken of last; media that "they" can be."""
        side = group.actor.actor if group.actor is not None else None
        self.bodies.seen(group, side is not None and self._kind(side) == "party")
        several = group.plural or group.head.lower_ == "media"
        if several and self._words.source_kind(group.head.lower_) == "outlet":
            at, _ = group.sentence.chars(group.start)
            self._body = at, Speaker(group.text, None, "outlet")
        if self._words.source_kind(group.head.lower_) == "document":
            ref = self._owner(group)
            if ref is not None and ref.actor is not None:
                self._document = ref

    def _owner(self, group: Group) -> ActorRef | None:
        if group.actor is not None:
            return group.actor
        a, _ = group.sentence.chars(group.start)
        _, b = group.sentence.chars(group.end - 1)
        inside = [
            m
            for m in group.sentence.actors
            if a <= m.start < b and m.how not in ("person", "outlet")
        ]
        if inside:
            return inside[-1].ref
        follow = next_phrase(group)
        if follow and follow[0] in ("by", "from", "of"):
            behind, _ = group.sentence.chars(follow[1].start)
            near = [
                m
                for m in group.sentence.actors
                if behind <= m.start < behind + REACH and m.how not in ("outlet", "person")
            ]
            if follow[1].actor or near:
                return follow[1].actor or near[0].ref
        for child in group.head.children:
            if rel(child) == "acl":
                agent = verb_frame(group.sentence, child).doer
                if agent is not None and agent is not group and agent.actor:
                    return agent.actor
        return None

    def chain(
        self, source: Group, frame: Frame | None, *, firm: bool = False
    ) -> tuple[Speaker, ...]:
        """The source as a speaker, with the outlet it spoke to in front."""
        speaker = self.speaker(source) or (self.anybody(source) if firm else None)
        if speaker is None:
            return ()
        outer: list[Speaker] = []
        if frame is not None:
            told = [frame.object] if frame.token.lemma_.lower() in TELL else []
            told += frame.phrases.get("to", []) + frame.phrases.get("with", [])
            for group in told:
                if group is not None and (name := self.outlet(group)):
                    outer.append(Speaker(name, None, "outlet"))
        return (*outer, speaker)

    def outlet(self, group: Group) -> str | None:
        """The outlet named in a group."""
        a, _ = group.sentence.chars(group.start)
        _, b = group.sentence.chars(group.end - 1)
        for mention in group.sentence.actors:
            if mention.how == "outlet" and mention.start < b and mention.end > a:
                return mention.ref.as_written
        return None

    def speaker(self, group: Group) -> Speaker | None:
        """A noun group as a voice, or None if it is nothing that can speak."""
        lower = group.head.lower_
        if no_source(group, self._words):
            return None
        if (body := self._meant(group)) is not None:
            return body
        named = self.outlet(group)
        kind = self._words.source_kind(lower)
        if named and kind in (None, "outlet", "document"):
            return Speaker(named, None, "outlet")
        ref = group.actor
        if group.head.pos_ == "PRON":
            return self._pronoun(group, ref)
        if kind == "document":
            ref = self._owner(group)
            if ref is None and (told := self._of_document(group)) is not None:
                return told
        elif kind in NO_SIDE and not state_owned(group) and self._only_there(group):
            ref = None
        anonymous = any(t.lower_ in ANONYMITY for t in group.sentence.span) or (
            group.has("sources", "source") and not group.has("official", "security", "police")
        )
        if ref is None and kind is None and group.head.pos_ == "PROPN":
            ref = self._stands_for(group)
        actor = self._world.actors.get(ref.actor) if ref and ref.actor else None
        if actor is None and armed_body(group):
            return Speaker(group.text, None, "party")
        if group.has("independent") or (actor is None and independent_body(group)):
            return Speaker(group.text, None, "independent")
        if actor is not None:
            speaker_kind = self._kind(actor.id)
            if anonymous and kind in ("official", "anonymous", "party"):
                speaker_kind = "anonymous"
            return Speaker(group.text, actor.id, speaker_kind)
        if group.definite and (known := self._units.get(lower)) is not None and unit(group):
            return known
        if kind is None and group.how == "organ":
            return Speaker(group.text, None, "official")
        if kind in (None, "document"):
            if group.head.pos_ == "PROPN":
                return Speaker(group.text, None, self._named(group))
            return None
        found: SpeakerKind = kind  # type: ignore[assignment]
        if group.has("official"):
            found = "official"
        return Speaker(group.text, None, "anonymous" if anonymous else found)

    def _releasing(self, group: Group) -> Speaker | None:
        """Who gives a document out in the same clause: "the HPG released a statement saying"."""
        verb = group.head.head
        if rel(group.head) != "obj" or verb.pos_ != "VERB":
            return None
        doer = verb_frame(group.sentence, verb).doer
        return self.speaker(doer) if doer is not None and doer is not group else None

    def _only_there(self, group: Group) -> bool:
        """Whether a state in a group's name only says where it is: "Colombian media"."""
        if group.actor is None or group.how not in ("adjective", "home"):
            return False
        actor = self._world.actors.get(group.actor.actor or "")
        return actor is not None and actor.kind in ("state", "organ")

    def _of_document(self, group: Group) -> Speaker | None:
        """Whose "the statement" is: of those named with it, else of who issued one before."""
        inner = next(
            (k for t in reversed(group.tokens[:-1]) if (k := self._words.source_kind(t.lower_))
             and k not in ("document", "outlet")), None)  # fmt: skip
        follow = next_phrase(group)
        if follow is not None and follow[0] in ("by", "from"):
            return self.speaker(follow[1]) or (None if inner else self.anybody(follow[1]))
        if follow is not None and follow[0] == "in" and (name := self.outlet(follow[1])):
            return Speaker(name, None, "outlet")
        if inner is not None:
            found: SpeakerKind = inner  # type: ignore[assignment]
            return Speaker(group.text, None, found)
        if group.end - group.start > 1 and group.head.nbor(-1).pos_ == "PROPN":
            return Speaker(group.text, None, "independent")
        if (by := self._releasing(group)) is not None:
            return by
        led = group.definite or group.head.doc[group.start].lower_ in ("one", "another", "its")
        if not led or group.end - group.start > 2:
            return None
        if self._document is not None and self._document.actor is not None:
            actor = self._document.actor
            return Speaker(group.text, actor, self._kind(actor))
        return self._issued or self.bodies.last

    def _meant(self, group: Group) -> Speaker | None:
        """The independent body that "the group" or "it" takes up, not the side it accuses."""
        ref = group.actor
        if ref is not None and (ref.actor is None or group.how != "reference"):
            return None
        if ref is not None and ref.actor is not None and self._kind(ref.actor) != "party":
            return None
        return self.bodies.meant(group)

    def _named(self, group: Group) -> SpeakerKind:
        """A name of no known side: an official by title or office, here or where first named."""
        surname = group.text.split()[-1]
        called = [k for t in group.tokens[:-1] if not t.is_punct
                  if (k := self._words.source_kind(t.lower_)) and k != "document"]  # fmt: skip
        if called and called[-1] != "official":
            kind: SpeakerKind = called[-1]  # type: ignore[assignment]
            return kind
        if in_office(group, self._words):
            self._officials.add(surname)
        return "official" if surname in self._officials else "independent"

    def _stands_for(self, group: Group) -> ActorRef | None:
        """For whom a name speaks by the words beside it: "X, the group's spokesman, said"."""
        doc, sentence = group.head.doc, group.sentence
        if group.end + 1 >= sentence.span.end or doc[group.end].text != ",":
            return None
        beside = sentence.by_token.get(group.end + 1)
        if beside is None or beside.start != group.end + 1 or beside.actor is None:
            return None
        return beside.actor if beside.how in ("organ", "adjective", "home") else None

    def anybody(self, group: Group) -> Speaker | None:
        """The subject of "said", whatever it is: a shopkeeper, one of them, 40 percent, a slide."""
        lower = group.head.lower_
        if no_source(group, self._words):
            return None
        if lower in MUTE or (group.head.pos_ == "PRON" and lower == "it" and self._body is None):
            return None
        if group.head.pos_ == "PRON":
            return Speaker(group.text, None, "anonymous")
        if group.head.lemma_.lower() in self._words.nouns:
            return None
        if group.head.pos_ == "PROPN" or any(t.ent_type_ == "PERSON" for t in group.tokens):
            return Speaker(group.text, None, self._named(group))
        if self._words.victims_of(lower) == "civilians":
            return Speaker(group.text, None, "witness")
        return Speaker(group.text, None, "independent" if group.definite else "anonymous")

    def _pronoun(self, group: Group, ref: ActorRef | None) -> Speaker | None:
        """Whom a pronoun stands for, as written where that one was named.

        Of the person named last and the voice heard last the later one; "they" who say
        something are those who said the sentence before.
        """
        lower = group.head.lower_
        heard = self._person if lower in ONE else self._body if lower in ("it", "they") else None
        here, _ = group.sentence.chars(group.start)
        if heard is not None and (ref is None or self._later(heard[0], ref, group, here)):
            return heard[1]
        if ref is not None and ref.actor is not None and not self._town(group, ref):
            return Speaker(ref.as_written, ref.actor, self._kind(ref.actor))
        if ref is not None and ref.actor is None and ref.as_written[:1].isupper():
            known = ref.as_written.split()[-1] in self._officials
            office = known or titled(ref.as_written.split(), self._words)
            return Speaker(ref.as_written, None, "official" if office else "independent")
        return heard[1] if heard is not None else None

    def _town(self, group: Group, ref: ActorRef) -> bool:
        """Whether what "it" was taken for is a town that may stand for a state: "It said"."""
        if group.head.lower_ != "it":
            return False
        return any(a.text == ref.as_written and a.use == "metonym" for a in self._world.aliases)

    def _later(self, heard: int, ref: ActorRef, group: Group, here: int) -> bool:
        lower = group.head.lower_
        if lower == "they":
            return here - heard < RECENT
        named = group.sentence.report.text.rfind(ref.as_written, 0, here)
        return lower in ONE and heard > named + len(ref.as_written)

    def _kind(self, actor_id: str) -> SpeakerKind:
        """Officials speak for a state; parties are armed groups and their wings."""
        for ancestor in self._world.ancestors(actor_id):
            actor = self._world.actors[ancestor]
            if actor.kind in KIND_OF_ACTOR and actor.kind != "media_wing":
                return KIND_OF_ACTOR[actor.kind]
        return "party"


_BODIES = {"group", "ministry", "police", "army", "military", "government", "agency", "commission",
           "council", "network", "organisation", "organization", "authority", "company", "union",
           "institute", "mission", "movement", "party", "department", "directorate"}  # fmt: skip
"""Heads that "it" and not "she" stands for."""
