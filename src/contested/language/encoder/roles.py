"""Who did what to whom with what, as the network marks it over a whole report.

The heads for this were trained on news of Latin America's wars around 1990 (MUC-3/4), in which a
key names perpetrators, organisations behind them, things and persons hit, and weapons. They look
at windows that run over paragraphs, since a role is often told in another sentence than the name.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
import spacy
from spacy.tokens import Doc

from contested.language.encoder.engine import Engine, Window
from contested.language.encoder.phrases import snapped
from contested.language.encoder.weights import Floats, Weights
from contested.language.encoder.windows import window_of
from contested.language.encoder.wordpiece import SHAPES, WordPieces
from contested.language.paragraphs import Paragraph, split

WIDE = 250
"""Word pieces in a window, as in training; one paragraph may have more."""
MOST = 480


@dataclass(frozen=True, slots=True)
class RoleMention:
    """Characters `start` to `end` of a report that fill a role, and how likely that is."""

    start: int
    end: int
    role: str
    chance: float

    def moved(self, by: int) -> RoleMention:
        """The same mention in a text that begins `by` characters earlier."""
        return replace(self, start=self.start + by, end=self.end + by)


@dataclass(frozen=True, slots=True)
class Told:
    """What a report tells: its mentions, and how likely it tells of an attack at all."""

    mentions: list[RoleMention]
    relevant: float


@dataclass(frozen=True, slots=True)
class Seen:
    """A report's words as the network sees them.

    `words` are characters of the report, `parts` the parts of speech, `roles` the chances
    [word, role label], `states` the vectors and `scene` the chances of what each word says of a
    happening; `windows` numbers the window of each word and `wholes` are the vectors of the
    windows; `relevant` is how likely the report tells of an attack.
    """

    words: list[tuple[int, int]]
    parts: list[str]
    roles: Floats
    states: Floats
    scene: Floats
    windows: list[int]
    wholes: Floats
    relevant: float


@dataclass(frozen=True, slots=True)
class Beside:
    """Parts that are costly to make: spaCy's English tokenizer, the vocabulary, the network."""

    tokenizer: Callable[[str], Doc]
    cutter: WordPieces
    engine: Engine


class RoleReader:
    """Reads reports for roles. Holds the weights and nothing between reports.

    `beside` is a pipeline with the same weights, whose parts are then used.
    """

    def __init__(self, weights: Weights, beside: Beside | None = None) -> None:
        self._tokenizer = beside.tokenizer if beside else spacy.blank("en").tokenizer
        self._cutter = beside.cutter if beside else WordPieces(weights.vocabulary)
        self._engine = beside.engine if beside else Engine(weights)
        self._labels = weights.labels["role"]
        self._parts = weights.labels["pos"]

    def read(self, text: str, least: float = 0.5) -> Told:
        """The mentions of `text` that are likelier than `least`, in order."""
        return self.told(text, self.look(text), least)

    def look(self, text: str) -> Seen:
        """All words of `text` through the network, once."""
        words: list[tuple[int, int]] = []
        found = []
        for some, window in self._windows(text):
            words += some
            found.append(self._engine.look(window))
        if not found:
            none = np.zeros((0, 0), np.float32)
            return Seen([], [], none, none, none, [], none, 0.0)
        parts = np.concatenate([f.plain["pos"][1:].argmax(axis=1) for f in found]).tolist()
        return Seen(
            words,
            [self._parts[n] for n in parts],
            np.concatenate([softmax(f.plain["role"][1:]) for f in found]),
            np.concatenate([f.states[1:] for f in found]),
            np.concatenate([f.scene[1:] for f in found]),
            [n for n, f in enumerate(found) for _ in f.states[1:]],
            np.stack([f.states[0] for f in found]),
            max(float(softmax(f.plain["relevant"][:1])[0, 1]) for f in found),
        )

    def told(self, text: str, seen: Seen, least: float) -> Told:
        """Runs of words with one role, as whole noun groups, and the mean chance of their words."""
        mentions: list[RoleMention] = []
        roles = (len(self._labels) - 1) // 2
        begins = seen.roles[:, 1 : 2 * roles : 2]
        insides = seen.roles[:, 2 : 2 * roles + 1 : 2]
        either = begins + insides
        for begun, stopped, role in _runs(begins, insides, least):
            last = text[slice(*seen.words[stopped - 1])].lower()
            start, end = snapped(begun, stopped, seen.parts, of=last == "of")
            chance = float(either[start:end, role].mean())
            if chance >= least:
                label = self._labels[1 + 2 * role].partition("-")[2]
                span = seen.words[start][0], seen.words[end - 1][1]
                mentions.append(RoleMention(*span, label, chance))
        return Told(mentions, seen.relevant)

    def _windows(self, text: str) -> Iterator[tuple[list[tuple[int, int]], Window]]:
        """Words, as the characters of the text where they stand, and their window."""
        group: list[tuple[Paragraph, Doc]] = []
        size = 0
        for paragraph in split(text):
            if not paragraph.clean:
                continue
            doc = self._tokenizer(paragraph.clean)
            pieces = sum(len(self._cutter.cut(token.text)) for token in doc)
            if group and size + pieces > WIDE:
                yield from self._packed(group)
                group, size = [], 0
            group.append((paragraph, doc))
            size += pieces
        if group:
            yield from self._packed(group)

    def _packed(
        self, group: Sequence[tuple[Paragraph, Doc]]
    ) -> Iterator[tuple[list[tuple[int, int]], Window]]:
        words: list[tuple[int, int]] = []
        seen: list[tuple[tuple[int, ...], int]] = []
        unspaced: list[int] = []
        size = 0
        for paragraph, doc in group:
            more = 0
            for token in doc:
                found = self._cutter.look(token.text)
                if size + len(found[0]) > MOST:
                    yield words, window_of(seen, unspaced, self._cutter)
                    words, seen, unspaced, size = [], [], [], 0
                words.append(paragraph.at(token.idx, token.idx + len(token)))
                seen.append(found)
                unspaced.append(more)
                size += len(found[0])
                more = 0 if token.whitespace_ else SHAPES
        yield words, window_of(seen, unspaced, self._cutter)


def _runs(begins: Floats, insides: Floats, least: float) -> Iterator[tuple[int, int, int]]:
    """Words `start` to `end` and their role: begun where likely enough, kept while it goes on."""
    i = 0
    while i < len(begins):
        role = int((begins[i] + insides[i]).argmax())
        if begins[i, role] + insides[i, role] < least:
            i += 1
            continue
        end = i + 1
        while end < len(begins) and insides[end, role] > max(begins[end, role], 0.5 * least):
            end += 1
        yield i, end, role
        i = end


def softmax(scores: Floats) -> Floats:
    """Scores of each row as chances."""
    raised: Floats = np.exp(scores - scores.max(axis=-1, keepdims=True))
    out: Floats = raised / raised.sum(axis=-1, keepdims=True)
    return out
