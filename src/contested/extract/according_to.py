"""According to whom: who is speaking, through whom, and how firmly, for every token of a report.

`voices` holds what is found, `speakers` who can speak, `contents` and `cues` what is theirs,
`quotes` the quotation marks over sentences.
"""

from __future__ import annotations

from dataclasses import replace

from spacy.tokens import Token

from contested.extract.beside import (
    behind_preposition,
    beside,
    joined,
    untimed,
    without_address,
)
from contested.extract.clauses import verb_frame
from contested.extract.contents import another_clause, content, quoted_apart
from contested.extract.cues import OBJECTS, Cues, bare, denied, forms
from contested.extract.heard import accuses
from contested.extract.lexicon import Lexicon
from contested.extract.offices import counted_apart, no_source
from contested.extract.quotes import spread_blocks, spread_lists, spread_quotes
from contested.extract.reading import Group, Sentence, rel
from contested.extract.speakers import TELL, Speakers
from contested.extract.voices import Attribution, Voice, hedges, of_people
from contested.model import Speaker
from contested.world import World

SHARES = {"responsibility", "credit", "involvement", "blame"}
"""To claim or deny these says nothing of the happening that follows."""
IMPERSONAL = {"report", "say", "believe", "claim", "allege", "estimate", "think", "suspect"}
"""Verbs that, with nobody named, mean that somebody says so: "two were reported killed"."""


class Attributor:
    """Finds the voices of a report's sentences in reading order."""

    def __init__(self, world: World, words: Lexicon) -> None:
        self._world = world
        self._words = words
        self._speakers = Speakers(world, words)
        self._cues = Cues(self._speakers, words)

    def attribute(self, sentences: list[Sentence]) -> list[Attribution]:
        """One `Attribution` a sentence. Quotations may reach over several sentences."""
        out = [self._sentence(sentence) for sentence in sentences]
        for sentence, found in zip(sentences, out, strict=True):
            found.voices = [self._unaccused(sentence, v) for v in found.voices]
            found.hedges.update(hedges(sentence))
        spread_quotes(sentences, out)
        spread_blocks(sentences, out)
        spread_lists(sentences, out)
        for found in out:
            found.voices = [v for v in found.voices if v.covers and not _of_himself(v, found)]
            found.attitudes = [v for v in found.attitudes if not _told(v, found)]
        return out

    def speaker(self, group: Group) -> Speaker | None:
        """A noun group as a voice, or None if it is nothing that can speak."""
        return self._speakers.speaker(group)

    def _unaccused(self, sentence: Sentence, voice: Voice) -> Voice:
        """A voice without a speaker that its own words accuse: who "the group" is stays open."""
        if voice.source is None or not accuses(sentence, voice, self._world, self._words):
            return voice
        unknown = Speaker(voice.source.text, None, "anonymous")
        return replace(voice, speakers=(*voice.speakers[:-1], unknown))

    def _sentence(self, sentence: Sentence) -> Attribution:
        out = Attribution()
        for group in sentence.groups:
            self._speakers.note_document(group)
        for token in sentence.span:
            lemma = token.lemma_.lower()
            lemma = forms().get(token.lower_, lemma)
            verb = token.pos_ == "VERB" or (token.lower_ in forms() and token.pos_ != "AUX")
            voice: Voice | None = None
            if verb and lemma in self._words.reporting:
                voice = self._verb(sentence, token, lemma)
            if voice is not None and (same := joined(token, out.voices)) is not None:
                voice = replace(voice, speakers=same.speakers, source=same.source)
            if voice is not None and lemma in self._words.wanting:
                out.attitudes.append(voice)
                continue
            if voice is None:
                voice, says = self._cues.at(sentence, token)
                if voice is not None and not says:
                    out.attitudes.append(voice)
                    continue
            if voice is not None:
                out.voices.append(voice)
                if voice.source is not None and voice.speakers:
                    self._speakers.heard(voice.source, voice.speakers[-1])
        headed = self._cues.headed(sentence)
        if headed is not None:
            out.voices.append(headed)
        return out

    def _verb(self, sentence: Sentence, token: Token, lemma: str) -> Voice | None:
        if of_people(sentence, token) or (token.i and _the_said(token)):
            return None
        stance, kind = self._words.reporting[lemma]
        frame = verb_frame(sentence, token)
        if frame.patient is not None and frame.patient.head.lemma_.lower() in SHARES:
            return None
        covers = content(frame, kind)
        if rel(token) == "amod":
            covers &= frozenset(t.i for t in token.head.subtree)
        source = frame.agent if frame.passive else frame.subject
        if frame.passive and source is None and lemma not in IMPERSONAL:
            return None
        if frame.passive and source is None and covers:
            return Voice((), "unconfirmed", covers, token.i, lemma)
        firm = lemma in self._words.anybody
        near = beside(sentence, token, told=lemma in TELL) if firm and not frame.passive else None
        source = without_address(near or untimed(source))
        if _told_of(token, source, frame.subject):
            return None
        if source is not None and lemma not in TELL and self._says_nothing(source, token):
            source = self._behind(sentence, token)
        weak = source is None or (
            source.head.pos_ != "PRON"
            and self._speakers.speaker(source) is None
            and not (firm and source.head.head.i == token.i)
        )
        if weak:
            source = self._left_of(sentence, token) or source
        if source is not None and (another_clause(token) or quoted_apart(sentence, token, source)):
            return None
        if source is None or source.head.lower_ in OBJECTS - {"it"} or (firm and bare(token)):
            return None
        if source.head.i in covers:
            covers -= frozenset(range(source.start, source.end))
        speakers = self._speakers.chain(source, frame, firm=firm)
        if denied(token) or not speakers:
            return None
        return Voice(speakers, stance, covers, token.i, lemma, source)  # type: ignore[arg-type]

    def _says_nothing(self, source: Group, token: Token) -> bool:
        return no_source(source, self._words) or counted_apart(source, token, self._words)

    def _behind(self, sentence: Sentence, token: Token) -> Group | None:
        """The source right behind a verb of saying: "…, said a nurse", where the tree errs."""
        group = sentence.by_token.get(token.i + 1)
        if group is None or group.start != token.i + 1 or self._says_nothing(group, token):
            return None
        return group if token.doc[token.i - 1].text in (",", "”", '"') else None

    def _left_of(self, sentence: Sentence, token: Token) -> Group | None:
        """The nearest noun group before a verb that can speak, where the tree has none."""
        for group in reversed(sentence.groups):
            if behind_preposition(group):
                continue
            if group.end <= token.i and self._words.source_kind(group.head.lower_):
                between = token.doc[group.end : token.i]
                if not any(t.tag_ in ("VBD", "VBZ", "MD") or t.text == ";" for t in between):
                    return self._first(sentence, group)
                return None
        return None

    def _first(self, sentence: Sentence, group: Group) -> Group:
        """The first of two sources: "officials and experts said"."""
        before = group.head.doc[group.start - 1] if group.start > sentence.span.start else None
        listed = sentence.by_token.get(group.start - 2)
        if before is None or before.lower_ != "and" or listed is None:
            return group
        return listed if self._words.source_kind(listed.head.lower_) else group


def _the_said(token: Token) -> bool:
    """ "The said ambush": the one told of, by nobody in particular."""
    led = token.nbor(-1).lower_ in ("the", "this", "that")
    return led and token.tag_ in ("VBN", "VBD", "JJ") and rel(token) == "amod"


def _told_of(token: Token, source: Group | None, subject: Group | None) -> bool:
    """Whether a participle only takes its subject from a clause that follows it.

    "In a crime added to its record, the group …": nobody adds a word.
    """
    if source is None or source is not subject or token.tag_ not in ("VBN", "VBD"):
        return False
    return source.start > token.i + 1 and source.head.head.i != token.i


def _told(voice: Voice, found: Attribution) -> bool:
    """Whether the cue lies in somebody's words: "he said they want" is told by him."""
    return any(voice.cue in other.covers for other in found.voices)


def _of_himself(voice: Voice, found: Attribution) -> bool:
    """ "I think" in a quotation, "he said he believed": one who is there already."""
    source = voice.source
    if source is None or not voice.speakers or source.head.pos_ != "PRON":
        return False
    above = [v for v in found.voices if v is not voice and voice.cue in v.covers]
    names = {s.name for v in above for s in v.speakers}
    own = voice.speakers[-1].name if voice.speakers else source.text
    same = own in names or own == source.text
    return bool(above) and (same or source.head.lower_ in ("i", "we"))
