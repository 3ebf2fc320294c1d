"""The network as a component of a spaCy pipeline: it writes tags, lemmas, trees and names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import islice, pairwise
from pathlib import Path

import numpy as np
import spacy
from spacy.language import Language
from spacy.tokens import Doc, Span

from contested.language.certainty import CERTAINTY, ROLES
from contested.language.encoder.engine import Engine, Ints, Scores
from contested.language.encoder.roles import Beside, RoleReader, softmax
from contested.language.encoder.scenes import SceneReader
from contested.language.encoder.trees import tree
from contested.language.encoder.weights import Floats, Weights
from contested.language.encoder.windows import Stretch, stretches
from contested.language.encoder.wordpiece import WordPieces

FACTORY = "contested_encoder"
COLUMNS = ("HEAD", "DEP", "TAG", "POS", "LEMMA")


class Reader:
    """Reads documents of bare words; see `pipeline`."""

    def __init__(self, nlp: Language, weights: Weights) -> None:
        self._tokenizer = nlp.tokenizer
        self._cutter = WordPieces(weights.vocabulary)
        self._weights = weights
        self._engine = Engine(weights)
        strings = nlp.vocab.strings
        found = weights.labels
        self._tags = np.array([strings.add(x) for x in found["tag"]], np.uint64)
        self._parts = found["pos"]
        self._forms = weights.forms
        self._relations = np.array([strings.add(x) for x in found["relation"]], np.uint64)
        self._root = np.uint64(strings.add("ROOT"))
        self._case, self._oblique = (np.uint64(strings.add(x)) for x in ("case", "obl"))
        self._subject, self._passive = (np.uint64(strings.add(x)) for x in ("nsubj", "nsubj:pass"))
        self._rules = [Rule(x) for x in found["lemma"]]
        self._names = found["name"]
        self._roles = [label.partition("-")[2] for label in found.get("role", ())[1::2]]

    @cached_property
    def scenes(self) -> SceneReader | None:
        """A reader of happenings with the same weights, loaded once; None if it has none."""
        if "scene" not in self._weights.labels:
            return None
        beside = Beside(self._tokenizer, self._cutter, self._engine)
        return SceneReader(self._weights, RoleReader(self._weights, beside))

    def __call__(self, doc: Doc) -> Doc:
        """`doc` with everything written in."""
        return next(self.pipe([doc]))

    def pipe(self, stream: Iterable[Doc], batch_size: int = 32) -> Iterator[Doc]:
        """The documents of a stream, some at a time."""
        waiting = iter(stream)
        while docs := list(islice(waiting, batch_size)):
            self._read(docs)
            yield from docs

    def _read(self, docs: Sequence[Doc]) -> None:
        found = [Found(len(doc), len(self._roles)) for doc in docs]
        for one in stretches(docs, self._cutter):
            self._fill(found[one.doc], one, self._engine.read(one.window))
        for doc, answers in zip(docs, found, strict=True):
            self._write(doc, answers)

    def _fill(self, found: Found, one: Stretch, scores: Scores) -> None:
        where = slice(one.start, one.end)
        best = {name: values[1:].argmax(axis=1) for name, values in scores.plain.items()}
        best["start"][0] = 1
        starts = [*np.flatnonzero(best["start"]).tolist(), one.end - one.start]
        heads = np.zeros(one.end - one.start, np.int64)
        sure = np.zeros(one.end - one.start, np.float32)
        for a, b in pairwise(starts):
            columns = np.concatenate([[0], np.arange(a + 1, b + 1)])
            arcs = scores.arcs[a + 1 : b + 1][:, columns]
            chosen = tree(arcs)
            heads[a:b] = a + chosen
            each = np.arange(b - a)
            sure[a:b] = softmax(arcs)[each, np.where(chosen == each, 0, chosen + 1)]
        own = np.arange(len(heads))
        roots = heads == own
        above = np.concatenate([[0], np.where(roots, 0, heads + 1)])
        labels = self._relations[scores.relations(above)[1:]]
        # No English subject has a preposition: "during shelling by the rebels" names who shelled.
        marked = heads[(labels == self._case) & (heads > own)]
        theirs = labels[marked]
        labels[marked[(theirs == self._subject) | (theirs == self._passive)]] = self._oblique
        found.heads[where] = heads - own
        found.sure[where] = sure
        found.relations[where] = np.where(roots, self._root, labels)
        found.tags[where] = self._tags[best["tag"]]
        found.parts[one.start : one.end] = [self._parts[n] for n in best["pos"].tolist()]
        found.lemmas[where] = best["lemma"]
        found.names[where] = best["name"]
        if self._roles:
            chances = softmax(scores.plain["role"][1:])
            found.roles[where] = chances[:, 1::2] + chances[:, 2::2]

    def _write(self, doc: Doc, found: Found) -> None:
        if not len(doc):
            return
        strings = doc.vocab.strings
        lemmas = [
            strings.add(self._forms.get((part, word.lower())) or self._rules[rule].lemma(word))
            for word, part, rule in zip(
                [token.text for token in doc], found.parts, found.lemmas.tolist(), strict=True
            )
        ]
        parts = np.array([strings[part] for part in found.parts], np.uint64)
        columns = (found.heads.view(np.uint64), found.relations, found.tags, parts)
        array = np.stack([*columns, np.array(lemmas, np.uint64)], axis=1)
        doc.from_array(list(COLUMNS), array)  # type: ignore[arg-type]
        doc.user_data[CERTAINTY] = found.sure
        if self._roles:
            doc.user_data[ROLES] = dict(zip(self._roles, found.roles.T, strict=True))
        doc.ents = list(self._entities(doc, found.names))

    def _entities(self, doc: Doc, found: Ints) -> Iterator[Span]:
        start, kind = 0, ""
        for i, number in enumerate([*found.tolist(), 0]):
            mark, _, label = self._names[number].partition("-")
            if kind and (mark != "I" or label != kind):
                yield Span(doc, start, i, kind)
                kind = ""
            if mark != "O" and not kind:
                start, kind = i, label


class Found:
    """What the network said of one document's words."""

    def __init__(self, words: int, roles: int) -> None:
        self.roles: Floats = np.zeros((words, roles), np.float32)
        self.heads: Ints = np.zeros(words, np.int64)
        self.relations, self.tags = (np.zeros(words, np.uint64) for _ in range(2))
        self.sure = np.zeros(words, np.float32)
        self.parts = [""] * words
        self.lemmas: Ints = np.zeros(words, np.int64)
        self.names: Ints = np.zeros(words, np.int64)


class Rule:
    """How to make a lemma: whether in small letters, how much to cut off, what to put on."""

    def __init__(self, written: str) -> None:
        case, cut, self._put = written.split("|", 2)
        self._small, self._cut = case == "l", int(cut)

    def lemma(self, word: str) -> str:
        """The lemma of `word`; a word that is too short for the rule is its own.

        >>> Rule("l|3|y").lemma("Carries")
        'carry'
        """
        word = word.lower() if self._small else word
        if self._cut >= len(word) and not self._put:
            return word
        return word[: max(len(word) - self._cut, 0)] + self._put


@Language.factory(FACTORY, default_config={"folder": ""})
def make(nlp: Language, name: str, folder: str) -> Reader:  # noqa: ARG001 (spaCy's signature)
    """A reader with the weights of `folder`. Raises OSError where they are missing."""
    return Reader(nlp, Weights.load(Path(folder)))


def pipeline(folder: Path) -> Language:
    """spaCy's English tokenizer with the network of `folder` behind it."""
    nlp = spacy.blank("en")
    nlp.add_pipe(FACTORY, name="encoder", config={"folder": str(folder)})
    return nlp
