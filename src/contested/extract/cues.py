"""Cues of attribution beside the verbs of saying: nouns, attitudes, views, headlines.

"the army's claim that", "in the mayor's view", "called for", "wants to", "Ministry: two dead".
The words stand in the tables `attitudes`, `attribution_nouns` and `cue_forms`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from spacy.tokens import Token

from contested.extract.beside import untimed
from contested.extract.clauses import Frame, verb_frame
from contested.extract.contents import MARKS, another_clause, quoted_apart
from contested.extract.lexicon import Lexicon, table
from contested.extract.offices import no_source
from contested.extract.reading import NOUNS, Group, Sentence, rel
from contested.extract.speakers import Speakers
from contested.extract.voices import Voice
from contested.model import Speaker
from contested.model.terms import Stance

NEGATIONS = ("not", "n't", "n’t", "never")
NEAR = 5
"""Tokens behind "according to" in which its source begins."""
LABEL = 7
"""Tokens that a speaker's name before a colon may have: "UN rights office: 40 killed"."""
SIGNED = 8
"""Tokens that a signature behind a dash may have."""
DASHES = ("―", "—", "–", "--", "-")
OBJECTS = {"him", "her", "them", "us", "me", "it"}
POSSESSIVES = ("'s", "’s", "'", "’")


@dataclass(frozen=True, slots=True)
class Attitude:
    """A verb (with its particle) that ties a source to a content: ``call`` + ``for``."""

    stance: Stance
    content: frozenset[str]
    says: bool


@dataclass(frozen=True, slots=True)
class Noun:
    """A noun that names what somebody says or thinks: "claim", "plan", "view"."""

    stance: Stance
    links: frozenset[str]
    says: bool


@lru_cache(maxsize=1)
def attitudes() -> dict[tuple[str, str], Attitude]:
    """The packaged table, by lemma and particle (none is empty)."""
    return {
        (r["lemma"], r["particle"]): Attitude(
            r["stance"],  # type: ignore[arg-type]
            frozenset(r["content"].split("|")),
            r["says"] == "yes",
        )
        for r in table("attitudes")
    }


@lru_cache(maxsize=1)
def nouns() -> dict[str, Noun]:
    """The packaged table of nouns, by lemma."""
    return {
        r["lemma"]: Noun(
            r["stance"],  # type: ignore[arg-type]
            frozenset(r["links"].split("|")),
            r["says"] == "yes",
        )
        for r in table("attribution_nouns")
    }


@lru_cache(maxsize=1)
def forms() -> dict[str, str]:
    """Forms of verbs of saying that a headline's capitals hide from the tagger, with lemmas."""
    return {r["form"]: r["lemma"] for r in table("cue_forms")}


def denied(token: Token) -> bool:
    """Whether a verb is negated: nobody said it."""
    return any(c.lower_ in NEGATIONS for c in token.children)


def bare(token: Token) -> bool:
    """Whether a verb is an order or an infinitive: "tell the truth", "refused to say"."""
    if rel(token) == "conj" and token.head.tag_ == "VB" and token.tag_ in ("VB", "VBP"):
        return bare(token.head)
    return token.tag_ == "VB" and not any(
        rel(c) == "aux" and c.lower_ != "to" and c.i < token.i for c in token.children
    )


class Cues:
    """Finds the voices that hang on no verb of the table `reporting`."""

    def __init__(self, speakers: Speakers, words: Lexicon) -> None:
        self._speakers = speakers
        self._words = words

    def at(self, sentence: Sentence, token: Token) -> tuple[Voice | None, bool]:
        """The voice whose cue is `token`, and whether it says so or only has an attitude."""
        lower = token.lower_
        following = token.doc[token.i + 1].lower_ if token.i + 1 < sentence.span.end else ""
        if (lower == "according" and following == "to") or (lower == "as" and following == "per"):
            return self._according(sentence, token), True
        if lower in ("in", "by", "to") and token.pos_ in ("ADP", "SCONJ"):
            return self._view(sentence, token), True
        if token.pos_ in NOUNS:
            return self._noun(sentence, token)
        if token.pos_ in ("VERB", "ADJ"):
            return self._attitude(sentence, token)
        return None, False

    def _according(self, sentence: Sentence, token: Token) -> Voice | None:
        source = None
        for i in range(token.i + 1, min(token.i + NEAR, sentence.span.end)):
            source = source or sentence.by_token.get(i)
        if source is None:
            return None
        own = set(range(token.i, source.end))
        covers = frozenset(t.i for t in sentence.span if t.i not in own)
        speakers = self._speakers.chain(source, None, firm=True)
        return Voice(speakers, "asserts", covers, token.i, "according", source)

    def _view(self, sentence: Sentence, token: Token) -> Voice | None:
        """ "in the mayor's view", "in the words of the mayor", "by the army's own count"."""
        group = next(
            (g for i in range(token.i + 1, min(token.i + 4, sentence.span.end))
             if (g := sentence.by_token.get(i)) is not None), None)  # fmt: skip
        if group is None or "view" not in _links(group.head):
            return None
        source, end = _owner(group), group.end
        if source is None and end < sentence.span.end and token.doc[end].lower_ == "of":
            source = next((g for i in (end + 1, end + 2) if (g := sentence.by_token.get(i))), None)
            end = source.end if source is not None else end
        if source is None:
            return None
        speakers = self._speakers.chain(source, None)
        covers = frozenset(t.i for t in sentence.span if not token.i <= t.i < end)
        return Voice(speakers, "asserts", covers, token.i, "view", source) if speakers else None

    def _noun(self, sentence: Sentence, token: Token) -> tuple[Voice | None, bool]:
        """ "the army's claim that …", "a threat by rebels to …"."""
        entry = nouns().get(token.lemma_.lower())
        group = sentence.group(token)
        if entry is None or group is None or group.head.i != token.i or "view" in entry.links:
            return None, False
        source = _owner(group)
        at = group.end
        if source is None and at < sentence.span.end and token.doc[at].lower_ in ("by", "from"):
            source = next((g for i in (at + 1, at + 2) if (g := sentence.by_token.get(i))), None)
            at = source.end if source is not None else at
        if source is None or at >= sentence.span.end:
            return None, False
        covers = self._linked(sentence, token, at, entry.links)
        speakers = self._speakers.chain(source, None, firm=True)
        if not covers or not speakers:
            return None, False
        voice = Voice(speakers, entry.stance, covers, token.i, token.lemma_.lower(), source)
        return voice, entry.says and token.doc[at].lower_ == "that"

    def _linked(
        self, sentence: Sentence, token: Token, at: int, links: frozenset[str]
    ) -> frozenset[int]:
        """What follows a noun behind "that", "of", "for" or "to"."""
        if token.doc[at].lower_ not in links:
            return frozenset()
        for child in (*token.children, *token.head.children):
            inside = {t.i for t in child.subtree}
            if at in inside and child.i > at and token.i not in inside:
                return frozenset(i for i in inside if i > at)
        out = []
        for i in range(at + 1, sentence.span.end):
            if token.doc[i].text in (",", ";", ".", "—"):
                break
            out.append(i)
        return frozenset(out)

    def _attitude(self, sentence: Sentence, token: Token) -> tuple[Voice | None, bool]:
        lemma = token.lemma_.lower()
        particle, at = _particle(sentence, token)
        entry = attitudes().get((lemma, particle)) or attitudes().get((lemma, ""))
        if entry is None or rel(token) in ("amod", "compound", "case") or denied(token):
            return None, False
        frame = verb_frame(sentence, token)
        source = frame.agent if frame.passive else frame.subject
        source = untimed(source)
        loose = token.tag_ == "VBN" and not frame.passive and not _have(token)
        if source is None or loose or source.head.lower_ in OBJECTS or _named(token):
            return None, False
        if another_clause(token) or quoted_apart(sentence, token, source):
            return None, False
        covers = _held(frame, entry, at if (lemma, particle) in attitudes() else None)
        covers -= frozenset(range(source.start, source.end)) | {token.i}
        speakers = self._speakers.chain(source, frame, firm=_may_hold(source, self._words))
        if not covers or not speakers:
            return None, False
        return Voice(speakers, entry.stance, covers, token.i, lemma, source), entry.says

    def headed(self, sentence: Sentence) -> Voice | None:
        """ "Ministry: two dead in blast", "Two dead in blast: ministry", "“…” — A. Name"."""
        tokens = [t for t in sentence.span if not t.is_space]
        if "\n" in sentence.text.strip():
            return None
        for n, token in enumerate(tokens[1 : LABEL + 1], start=1):
            if token.text == ":":
                label = tokens[1:n] if tokens[0].text in MARKS else tokens[:n]
                source = self._label(sentence, label)
                rest = frozenset(t.i for t in tokens[n + 1 :])
                marked = tokens[0].text in MARKS
                found = self._heading(source, rest, token, marked) if len(rest) > 2 else None
                if found is not None:
                    return found
        for n in range(len(tokens) - 2, max(len(tokens) - SIGNED, 2), -1):
            token = tokens[n]
            if token.text == ":" or (token.text in DASHES and tokens[n - 1].text in MARKS):
                source = self._label(sentence, [t for t in tokens[n + 1 :] if not t.is_punct])
                marked = tokens[n - 1].text in MARKS
                return self._heading(source, frozenset(t.i for t in tokens[:n]), token, marked)
        return None

    def _label(self, sentence: Sentence, label: list[Token]) -> Group | None:
        """A name or an office standing alone, as before a colon."""
        if not label or any(t.pos_ in ("VERB", "AUX", "NUM", "PRON") for t in label):
            return None
        group = sentence.by_token.get(label[-1].i)
        if group is None or group.start < label[0].i or any(t.pos_ == "ADP" for t in label):
            return None
        return group

    def _heading(
        self, source: Group | None, covers: frozenset[int], cue: Token, marked: bool
    ) -> Voice | None:
        """Who stands before a colon or signs. A town does too: "QUETTA: Two men …" is a dateline,
        so a bare name counts only beside quotation marks."""
        if source is None or _placed(source):
            return None
        kind = self._words.source_kind(source.head.lower_)
        named = marked and source.head.pos_ == "PROPN"
        person = any(t.ent_type_ == "PERSON" for t in source.tokens)
        if kind == "document" or not (kind or named or person or source.actor is not None):
            return None
        if no_source(source, self._words):
            return None
        told = source.head.doc[cue.i + 1] if min(covers) > cue.i else cue
        if told.pos_ == "NUM" and not kind and source.actor is None:
            return None
        speaker = self._speakers.speaker(source) or Speaker(source.text, None, "independent")
        return Voice((speaker,), "asserts", covers, cue.i, ":", source)


def _placed(source: Group) -> bool:
    _, b = source.sentence.chars(source.end - 1)
    named = any(m.start < b and m.end >= b for m in source.sentence.places)
    return named or any(t.ent_type_ in ("GPE", "LOC", "DATE") for t in source.tokens)


def _links(noun: Token) -> frozenset[str]:
    entry = nouns().get(noun.lemma_.lower()) or nouns().get(noun.lower_)
    return entry.links if entry is not None else frozenset()


def _owner(group: Group) -> Group | None:
    """The possessor inside a noun group: "the army's claim", "their plan"."""
    doc = group.head.doc
    if doc[group.start].tag_ == "PRP$":
        owner = Group(group.sentence, group.start, group.start + 1, doc[group.start])
        owner.actor = group.actor
        return owner
    marks = [t.i for t in group.tokens if t.text in POSSESSIVES and t.i > group.start]
    if not marks:
        return None
    owner = Group(group.sentence, group.start, marks[0], doc[marks[0] - 1])
    a, _ = group.sentence.chars(owner.start)
    _, b = group.sentence.chars(owner.end - 1)
    inside = [m for m in group.sentence.actors if a <= m.start < b and m.how not in ("outlet",)]
    if inside:
        owner.actor, owner.how = inside[-1].ref, inside[-1].how
    return owner


def _particle(sentence: Sentence, token: Token) -> tuple[str, int | None]:
    """The particle or preposition right behind a verb ("called on", "pointed out"), and where."""
    for i in range(token.i + 1, min(token.i + 3, sentence.span.end)):
        word = token.doc[i]
        if word.pos_ in ("ADP", "PART") and word.lower_ not in ("to", "not"):
            return word.lower_, i
        if word.lower_ == "to" and word.pos_ == "ADP":
            return "to", i
        if word.pos_ != "ADV":
            break
    return "", None


def _held(frame: Frame, entry: Attitude, particle: int | None) -> frozenset[int]:
    """Tokens of what is wanted, praised, called for."""
    token, sentence = frame.token, frame.sentence
    covers: set[int] = set()
    for child in token.children:
        name = rel(child)
        clause = "clause" in entry.content and name in ("ccomp", "csubj", "parataxis")
        to = "to" in entry.content and name in ("xcomp", "advcl") and child.i > token.i
        thing = "thing" in entry.content and (
            name == "obj" or (name == "nsubj" and child.dep_ == "nsubj:pass" and frame.passive)
        )
        behind = particle is not None and name in ("obl", "nmod", "advcl") and child.i > particle
        if clause or (to and (clause or name == "xcomp" or _infinitive(child))) or thing or behind:
            covers.update(t.i for t in child.subtree if t.i > token.i or clause or thing)
    if not covers and particle is not None:
        covers.update(range(particle + 1, sentence.span.end))
    return frozenset(covers)


def _have(token: Token) -> bool:
    return any(c.lemma_ in ("have", "’ve", "'ve") and rel(c) == "aux" for c in token.children)


def _named(token: Token) -> bool:
    """ "what the army calls terrorism": a name for something, not a happening."""
    before = [c for c in token.children if c.i < token.i]
    if rel(token) == "acl":
        before.append(token.head)
    return any(c.lower_ == "what" for c in before)


def _infinitive(token: Token) -> bool:
    return any(c.lower_ == "to" and c.i < token.i for c in token.children)


def _may_hold(source: Group, words: Lexicon) -> bool:
    """Whether a noun group may want or think: people, bodies, names; not "the plan" or "it"."""
    lower = source.head.lower_
    if source.head.pos_ == "PRON":
        return lower in ("he", "she", "they", "we", "i", "who", "some", "many", "others")
    person = any(t.ent_type_ in ("PERSON", "ORG") for t in source.tokens)
    known = words.source_kind(lower) or words.victims_of(lower) or lower in _BODY
    return source.head.pos_ == "PROPN" or person or bool(known)


_BODY = {"country", "countries", "campaign", "union", "court", "judge", "senator", "secretary"}
