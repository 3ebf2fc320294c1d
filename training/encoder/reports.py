"""Texts of MUC-3/4 as windows for the heads that find who did what to whom with what.

Each place where a filler of the answer key stands is marked with its role; whether the text
tells of a relevant incident is asked of the beginning of each window. The texts are all in
capitals: they are read in small letters, as the program reads them, and half of the time with
capitals put back on words that no treebank writes small.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from pathlib import Path

import spacy

from contested.language.encoder.wordpiece import WordPieces
from contested.language.paragraphs import split
from evaluation.ceaf import normal
from evaluation.muc_corpus import ROLES, Answer, answers, messages
from training.encoder.network import PAST
from training.encoder.treebank import Item

SHORT = {
    "perpetrator, individual": "individual",
    "perpetrator, organisation": "organisation",
    "target": "target",
    "victim": "victim",
    "weapon": "weapon",
}
ROLE_LABELS = ["O", *(f"{b}-{SHORT[r]}" for r in ROLES.values() for b in "BI")]
SEEN = {True: 0.8, False: 0.25}
"""The share of texts with an incident, and without, that each epoch sees."""


def texts(folder: Path, cutter: WordPieces, small: Iterable[str]) -> list[list[Item]]:
    """The texts of a folder of MUC-3/4, each as its paragraphs."""
    key = answers(sorted(folder.glob("key-*")))
    nlp = spacy.blank("en")
    lower = set(small)
    found = sorted(p for p in folder.glob("*-muc*") if not p.name.startswith("key-"))
    return [
        paragraphs(m.text, key[m.id], nlp, cutter, lower) for m in messages(found) if m.id in key
    ]


def paragraphs(
    text: str, answer: Answer, nlp: spacy.language.Language, cutter: WordPieces, lower: set[str]
) -> list[Item]:
    relevant = int(answer.needed > 0) if answer.needed or not answer.optional else PAST
    out = []
    for n, one in enumerate(p for p in split(text) if p.clean):
        doc = nlp.make_doc(one.clean)
        words = [t.text for t in doc]
        out.append(
            Item(
                words,
                [bool(t.whitespace_) for t in doc],
                [cutter.cut(w) for w in words],
                {"role": roles(words, answer), "relevant": [relevant]},
                [PAST] * len(words),
                n == 0,
                [w if w.lower() in lower or not w.isalpha() else w.capitalize() for w in words],
            )
        )
    return out


def roles(words: Sequence[str], answer: Answer) -> list[int]:
    """The number of each word's role: every place where a filler's words stand."""
    marks = [0] * len(words)
    plain = [normal(w) for w in words]
    spans = [
        (writing, number)
        for number, role in enumerate(ROLES.values())
        for entity in answer.roles[role]
        for writing in entity
    ]
    for writing, number in sorted(spans, key=lambda s: -len(s[0])):
        want = normal(writing).replace(" ", "")
        for start in range(len(words)):
            end = matched(plain, start, want) if want else None
            if end is not None and not any(marks[start:end]):
                marks[start] = 1 + 2 * number
                marks[start + 1 : end] = [2 + 2 * number] * (end - start - 1)
    return marks


def matched(plain: Sequence[str], start: int, want: str) -> int | None:
    """Where a run of words from `start` ends that spells `want`, spaces aside."""
    if not plain[start]:
        return None
    spelt = ""
    for end in range(start, len(plain)):
        spelt += plain[end]
        if not want.startswith(spelt):
            return None
        if spelt == want:
            return end + 1
    return None


def report_windows(
    found: Sequence[list[Item]], rng: random.Random | None, longest: int = 250
) -> list[list[Item]]:
    """Runs of paragraphs: of chance length for training, as long as may be to measure."""
    out = []
    for text in found:
        telling = any(i.answers["relevant"] == [1] for i in text)
        if rng is not None and rng.random() > SEEN[telling]:
            continue
        window: list[Item] = []
        size, limit = 0, longest if rng is None else rng.randint(60, longest)
        for item in text:
            if window and size + item.length > limit:
                out.append(window)
                window, size = [], 0
                limit = longest if rng is None else rng.randint(60, longest)
            window.append(item)
            size += item.length
        out.append(window)
    return [_fitted(w) for w in out if w]


def _fitted(window: list[Item], most: int = 480) -> list[Item]:
    """A window within what the network can hold: a paragraph that is longer loses its end."""
    size = 0
    for n, item in enumerate(window):
        if size + item.length > most:
            return window[: max(n, 1)] if n else [_cut(item, most)]
        size += item.length
    return window


def _cut(item: Item, most: int) -> Item:
    size = keep = 0
    while keep < len(item.pieces) and size + len(item.pieces[keep]) <= most:
        size += len(item.pieces[keep])
        keep += 1
    return Item(
        item.words[:keep],
        item.spaces[:keep],
        item.pieces[:keep],
        item.answers | {"role": item.answers["role"][:keep]},
        item.heads[:keep],
        item.new,
        item.proper[:keep],
    )
