"""According to whom: who is speaking, through whom, and how firmly, for every token of a report.

Source, cue and content follow the attribution scheme of Pareti (2012) and PolNeAR: a cue
("said", "according to", "claimed") ties a source (who) to a content (the words it covers).
Contents nest, and the nesting is the chain of speakers.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from spacy.tokens import Token

from contested.extract.clauses import Frame, verb_frame
from contested.extract.lexicon import Lexicon
from contested.extract.quotes import quoted_spans
from contested.extract.reading import Group, Sentence, rel
from contested.extract.resolve import next_phrase
from contested.model import ActorRef, Speaker
from contested.model.terms import SpeakerKind, Stance
from contested.world import World

ANONYMITY = {"anonymity", "anonymous", "unnamed", "unidentified", "undisclosed"}
HEDGES: dict[str, Stance] = {
    "reportedly": "unconfirmed",
    "unconfirmed": "unconfirmed",
    "unverified": "unconfirmed",
    "rumoured": "unconfirmed",
    "rumored": "unconfirmed",
    "allegedly": "alleges",
    "purportedly": "alleges",
    "supposedly": "alleges",
    "alleged": "alleges",
}
SHARES = {"responsibility", "credit", "involvement", "blame"}
"""To claim or deny these says nothing of the happening that follows."""
IMPERSONAL = {"report", "say", "believe", "claim", "allege", "estimate", "think", "suspect"}
"""Verbs that, with nobody named, mean that somebody says so: "two were reported killed"."""
REACH = 90
"""Characters behind "a report by" in which its author's name is looked for."""
TELL = {"tell", "inform", "brief"}
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


@dataclass(frozen=True, slots=True, eq=False)
class Voice:
    """One cue: its speakers (outermost first), its stance, and the tokens it covers."""

    speakers: tuple[Speaker, ...]
    stance: Stance
    covers: frozenset[int]
    cue: int
    lemma: str
    source: Group | None = None


@dataclass(slots=True)
class Attribution:
    """The voices of one sentence and the hedges on it."""

    voices: list[Voice] = field(default_factory=list)
    hedges: dict[int, Stance] = field(default_factory=dict)

    def of(self, token: Token) -> tuple[tuple[Speaker, ...], Stance]:
        """Chain of speakers of `token`, outermost first, and the last one's stance."""
        over = [v for v in self.voices if token.i in v.covers and v.cue != token.i]
        over.sort(key=lambda v: -len(v.covers))
        chain: list[Speaker] = []
        stance: Stance = "asserts"
        for voice in over:
            for speaker in voice.speakers:
                if all(s.name != speaker.name for s in chain):
                    chain.append(speaker)
            stance = voice.stance
        hedge = self.hedges.get(token.i)
        if hedge and stance == "asserts":
            stance = hedge
        return tuple(chain), stance


class Attributor:
    """Finds the voices of a report's sentences in reading order."""

    def __init__(self, world: World, words: Lexicon) -> None:
        self._world = world
        self._words = words
        self._document: ActorRef | None = None

    def attribute(self, sentences: list[Sentence]) -> list[Attribution]:
        """One `Attribution` a sentence. Quotations may reach over several sentences."""
        out = [self._sentence(sentence) for sentence in sentences]
        for sentence, found in zip(sentences, out, strict=True):
            found.hedges.update(_hedges(sentence))
        self._spread_quotes(sentences, out)
        return out

    def _sentence(self, sentence: Sentence) -> Attribution:
        out = Attribution()
        for group in sentence.groups:
            self._note_document(group)
        for token in sentence.span:
            lemma = token.lemma_.lower()
            if token.pos_ == "VERB" and lemma in self._words.reporting:
                voice = self._verb(sentence, token, lemma)
                if voice:
                    out.voices.append(voice)
            elif token.lower_ == "according" and token.i + 1 < sentence.span.end:
                voice = self._according(sentence, token)
                if voice:
                    out.voices.append(voice)
        return out

    def _note_document(self, group: Group) -> None:
        """Whose video, letter or statement was spoken of last."""
        kind = self._words.source_kind(group.head.lower_)
        if kind == "document":
            ref = self._document_owner(group)
            if ref is not None and ref.actor is not None:
                self._document = ref

    def _document_owner(self, group: Group) -> ActorRef | None:
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

    def _verb(self, sentence: Sentence, token: Token, lemma: str) -> Voice | None:
        stance, content = self._words.reporting[lemma]
        frame = verb_frame(sentence, token)
        if frame.patient is not None and frame.patient.head.lemma_.lower() in SHARES:
            return None
        covers = self._content(frame, content)
        source = frame.agent if frame.passive else frame.subject
        if frame.passive and source is None and lemma not in IMPERSONAL:
            return None
        if frame.passive and source is None and covers:
            return Voice((), "unconfirmed", covers, token.i, lemma)
        if source is None or (self.speaker(source) is None and source.head.pos_ != "PRON"):
            source = self._left_of(sentence, token) or source
        if source is None or not covers:
            return None
        if source.head.i in covers:
            covers -= frozenset(range(source.start, source.end))
        if not covers:
            return None
        denied = any(c.lower_ in ("not", "n't", "never") for c in token.children)
        speakers = self._speakers(source, frame)
        if denied or not speakers:
            return None
        return Voice(speakers, stance, covers, token.i, lemma, source)  # type: ignore[arg-type]

    def _left_of(self, sentence: Sentence, token: Token) -> Group | None:
        """The nearest noun group before a verb that can speak, where the tree has none."""
        for group in reversed(sentence.groups):
            if group.end <= token.i and self._words.source_kind(group.head.lower_):
                between = token.doc[group.end : token.i]
                if not any(t.tag_ in ("VBD", "VBZ", "MD") or t.text == ";" for t in between):
                    return group
                return None
        return None

    def _content(self, frame: Frame, content: str) -> frozenset[int]:
        """Tokens that a verb of saying covers."""
        token, sentence = frame.token, frame.sentence
        covers: set[int] = set()
        for child in token.children:
            name = rel(child)
            clause = name in ("ccomp", "xcomp") or (name == "parataxis" and child.i != token.i)
            told = token.lemma_.lower() in TELL
            thing = content == "any" and name == "obj" and child.pos_ != "PRON" and not told
            if clause or thing:
                covers.update(t.i for t in child.subtree)
            if name == "advcl" and child.i < token.i and _quoted(child):
                covers.update(t.i for t in child.subtree)
        if rel(token) == "parataxis" or (not covers and _after_quote(sentence, token)):
            own = {t.i for t in token.subtree}
            covers.update(t.i for t in sentence.span if t.i not in own)
        closing = _closed_by(sentence, token)
        if not covers or (closing and max(covers) < token.i):
            covers.update(closing or _behind(sentence, token))
        covers.discard(token.i)
        return frozenset(covers)

    def _according(self, sentence: Sentence, token: Token) -> Voice | None:
        source = None
        for i in range(token.i + 1, min(token.i + 5, sentence.span.end)):
            source = source or sentence.by_token.get(i)
        if source is None:
            return None
        own = set(range(token.i, source.end))
        covers = frozenset(t.i for t in sentence.span if t.i not in own)
        speakers = self._speakers(source, None)
        return Voice(speakers, "asserts", covers, token.i, "according", source)

    def _speakers(self, source: Group, frame: Frame | None) -> tuple[Speaker, ...]:
        """The source as a speaker, with the outlet it spoke to in front."""
        speaker = self.speaker(source)
        if speaker is None:
            return ()
        outer: list[Speaker] = []
        if frame is not None:
            told = [frame.object] if frame.token.lemma_.lower() in TELL else []
            told += frame.phrases.get("to", []) + frame.phrases.get("with", [])
            for group in told:
                if group is not None and (name := self._outlet(group)):
                    outer.append(Speaker(name, None, "outlet"))
        return (*outer, speaker)

    def _outlet(self, group: Group) -> str | None:
        a, _ = group.sentence.chars(group.start)
        _, b = group.sentence.chars(group.end - 1)
        for mention in group.sentence.actors:
            if mention.how == "outlet" and mention.start < b and mention.end > a:
                return mention.ref.as_written
        return None

    def speaker(self, group: Group) -> Speaker | None:
        """A noun group as a voice, or None if it is nothing that can speak."""
        lower = group.head.lower_
        named = self._outlet(group)
        kind = self._words.source_kind(lower)
        if named and kind in (None, "outlet", "document"):
            return Speaker(named, None, "outlet")
        ref = group.actor
        if group.head.pos_ == "PRON" and ref is not None:
            return self._meant(ref)
        if kind == "document":
            ref = self._document_owner(group) or self._document
        anonymous = any(t.lower_ in ANONYMITY for t in group.sentence.span) or (
            group.has("sources", "source") and not group.has("official", "security", "police")
        )
        actor = self._world.actors.get(ref.actor) if ref and ref.actor else None
        if group.has("independent"):
            return Speaker(group.text, None, "independent")
        if actor is not None:
            speaker_kind = self._kind(actor.id)
            if anonymous and kind in ("official", "anonymous", "party"):
                speaker_kind = "anonymous"
            return Speaker(group.text, actor.id, speaker_kind)
        if kind in (None, "document"):
            if group.head.pos_ == "PROPN":
                return Speaker(group.text, None, "independent")
            return None
        found: SpeakerKind = kind  # type: ignore[assignment]
        if group.has("official"):
            found = "official"
        return Speaker(group.text, None, "anonymous" if anonymous else found)

    def _meant(self, ref: ActorRef) -> Speaker | None:
        """Whom a pronoun stands for, as written where that one was named."""
        if ref.actor is not None:
            return Speaker(ref.as_written, ref.actor, self._kind(ref.actor))
        known = ref.as_written[:1].isupper()
        return Speaker(ref.as_written, None, "independent") if known else None

    def _kind(self, actor_id: str) -> SpeakerKind:
        """Officials speak for a state; parties are armed groups and their wings."""
        for ancestor in self._world.ancestors(actor_id):
            actor = self._world.actors[ancestor]
            if actor.kind in KIND_OF_ACTOR and actor.kind != "media_wing":
                return KIND_OF_ACTOR[actor.kind]
        return "party"

    def _spread_quotes(self, sentences: list[Sentence], out: list[Attribution]) -> None:
        """Give every token of a quotation the speaker found in any of its sentences."""
        for first, last, inside in quoted_spans(sentences):
            closed = any(v.source is not None for v in out[last].voices)
            voices = [
                v
                for n in range(first, min(last + (1 if closed else 2), len(sentences)))
                if n <= last or sentences[n].paragraph_number == sentences[last].paragraph_number
                for v in out[n].voices
                if v.source is not None and (sentences[n].paragraph_number, v.cue) not in inside
            ]
            if not voices:
                continue
            voice = voices[0]
            for n in range(first, last + 1):
                paragraph = sentences[n].paragraph_number
                span = sentences[n].span
                mine = frozenset(t.i for t in span if (paragraph, t.i) in inside)
                if mine and not any(mine <= v.covers for v in out[n].voices):
                    out[n].voices.append(
                        Voice(voice.speakers, voice.stance, mine, -1, voice.lemma, voice.source)
                    )


def _hedges(sentence: Sentence) -> dict[int, Stance]:
    out: dict[int, Stance] = {}
    for token in sentence.span:
        stance = HEDGES.get(token.lower_)
        if stance is None:
            continue
        scope = token.head.subtree if token.lower_ not in ("unconfirmed", "unverified") else None
        out.update((t.i, stance) for t in (scope or sentence.span))
        out.setdefault(token.head.i, stance)
    return out


def _quoted(token: Token) -> bool:
    return any(t.text in '“”"' for t in token.subtree)


def _after_quote(sentence: Sentence, token: Token) -> bool:
    """Whether the verb closes a quotation: “…,” said X."""
    first = token.doc[sentence.span.start]
    marks = [t for t in sentence.span if t.i < token.i and t.text in '“”"']
    return bool(marks) and (first.text in '“"' or (len(marks) >= 1 and rel(token) == "ROOT"))


def _closed_by(sentence: Sentence, token: Token) -> set[int]:
    """In "…, the army's spokesman, told a news conference": everything before the speaker."""
    doc, i = token.doc, token.i - 1
    following = doc[token.i + 1].lower_ if token.i + 1 < sentence.span.end else "."
    if following in ("that", ":", "“", '"') or any(
        t.lower_ == "that" for t in doc[token.i : token.i + 7]
    ):
        return set()
    while i > sentence.span.start and doc[i].text not in (";", ":"):
        group = sentence.by_token.get(i)
        if group is not None:
            i = group.start - 1
        elif doc[i].pos_ in ("ADP", "CCONJ", "AUX", "ADV"):
            i -= 1
        elif doc[i].text in ("”", '"'):
            return set(range(sentence.span.start, i))
        elif doc[i].text == ",":
            left = doc[sentence.span.start : i]
            if any(t.pos_ == "VERB" for t in left) and not any(
                t.lemma_.lower() in ("who", "which") for t in doc[i : token.i]
            ):
                return {t.i for t in left}
            i -= 1
        else:
            break
    return set()


def _behind(sentence: Sentence, token: Token) -> set[int]:
    """Everything after "said (that)" where the tree shows no content."""
    end = sentence.span.end
    rest = [token.doc[i] for i in range(token.i + 1, end)]
    that = next((t.i for t in rest[:8] if t.lower_ == "that"), None)
    if that is not None:
        return set(range(that + 1, end))
    if rest and any(t.pos_ in ("VERB", "AUX") for t in rest) and rest[0].pos_ not in ("ADP",):
        return {t.i for t in rest}
    return set()
