"""Treebank sentences as windows of numbered words, ready for the network."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import torch
from torch import Tensor

from contested.language.encoder.wordpiece import SHAPES, WordPieces, shape
from training.conllu import Sentence, name_spans, read_conllu
from training.encoder.network import PAST

RARE = 3
"""Lemma rules seen fewer times are not learned."""
SENTENCES = 8
"""A window holds no more sentences than this."""
PLAIN = ("tag", "pos", "lemma", "start", "name", "role", "relevant")


def lemma_rule(form: str, lemma: str) -> str:
    """How to make the lemma: small letters or not, how much to cut off, what to put on."""
    small = lemma == lemma.lower()
    word = form.lower() if small else form
    same = 0
    while same < min(len(word), len(lemma)) and word[same] == lemma[same]:
        same += 1
    return f"{'l' if small else 'c'}|{len(word) - same}|{lemma[same:]}"


@dataclass
class Labels:
    """The answers of each head, by number."""

    names: dict[str, list[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.index = {k: {x: n for n, x in enumerate(v)} for k, v in self.names.items()}

    @classmethod
    def of(cls, sentences: Sequence[Sentence], kinds: Sequence[str]) -> Labels:
        """Those that occur in `sentences`, and names of these `kinds`."""
        rules = Counter(
            lemma_rule(w, x) for s in sentences for w, x in zip(s.words, s.lemmas, strict=True)
        )
        return cls(
            {
                "tag": sorted({t for s in sentences for t in s.tags}),
                "pos": sorted({t for s in sentences for t in s.pos}),
                "lemma": sorted(r for r, n in rules.items() if n >= RARE),
                "start": ["inside", "start"],
                "name": ["O", *(f"{b}-{k}" for k in kinds for b in "BI")],
                "relation": sorted({d for s in sentences for d in s.deps}),
            }
        )


@dataclass
class Item:
    """One sentence in numbers."""

    words: list[str]
    spaces: list[bool]
    pieces: list[tuple[int, ...]]
    answers: dict[str, list[int]]
    heads: list[int]
    new: bool
    proper: list[str] = field(default_factory=list)
    """The words with capitals put back, where the text has lost them."""

    @property
    def length(self) -> int:
        return sum(map(len, self.pieces))


def items(path: Path, labels: Labels, cutter: WordPieces) -> list[Item]:
    """The sentences of a treebank file; only GUM's names are known."""
    named = path.name.startswith("gum")
    out = []
    for s in read_conllu(path):
        index = labels.index
        names = [PAST] * len(s.words)
        if named:
            names = [0] * len(s.words)
            for a, b, kind in name_spans(s):
                for i in range(a, b):
                    names[i] = index["name"][("B-" if i == a else "I-") + kind]
        out.append(
            Item(
                s.words,
                s.spaces,
                [cutter.cut(w) for w in s.words],
                {
                    "tag": [index["tag"].get(t, PAST) for t in s.tags],
                    "pos": [index["pos"].get(t, PAST) for t in s.pos],
                    "lemma": [
                        index["lemma"].get(lemma_rule(w, x), PAST)
                        for w, x in zip(s.words, s.lemmas, strict=True)
                    ],
                    "start": [int(i == 0) for i in range(len(s.words))],
                    "name": names,
                    "relation": [index["relation"].get(d, PAST) for d in s.deps],
                },
                s.heads,
                s.starts_doc,
            )
        )
    return out


def windows(found: Sequence[Item], rng: random.Random | None, longest: int) -> Iterator[list[Item]]:
    """Runs of sentences of one document: of chance length for training, of six to measure."""
    window: list[Item] = []
    size, most, limit = 0, 6, 400
    for item in found:
        full = len(window) >= most or size + item.length > limit
        if window and (item.new or full):
            yield window
            window, size = [], 0
        if not window and rng is not None:
            most, limit = rng.randint(1, SENTENCES), rng.randint(24, longest)
        window.append(item)
        size += item.length
    if window:
        yield window


@dataclass
class Batch:
    """Windows side by side. Words are numbered from 1; 0 is [CLS], which is the root."""

    pieces: Tensor
    shapes: Tensor
    mask: Tensor
    firsts: Tensor
    answers: dict[str, Tensor]
    heads: Tensor
    sentence: Tensor


def written(words: Sequence[str], how: str) -> list[str]:
    """`words` as a text in other letters has them: ``lower``, ``upper`` or ``plain``."""
    if how == "lower":
        return [w.lower() for w in words]
    if how == "upper":
        return [w.upper() for w in words]
    if how == "plain":
        return [w.lower().capitalize() if i == 0 else w.lower() for i, w in enumerate(words)]
    return list(words)


def spelling(rng: random.Random | None) -> str:
    """How a window is written: mostly as it is."""
    if rng is None:
        return ""
    return rng.choices(["", "plain", "lower", "upper"], [0.84, 0.09, 0.04, 0.03])[0]


def collate(
    found: Sequence[Sequence[Item]], cutter: WordPieces, rng: random.Random | None = None
) -> Batch:
    """One batch of `found`, with capitals changed by chance where `rng` is given."""
    rows = [
        _row(window, cutter, spelling(rng), rng is not None and rng.random() < 0.5)
        for window in found
    ]
    long = max(len(r["pieces"]) for r in rows)
    wide = max(len(r["firsts"]) for r in rows)

    def pad(key: str, size: int, fill: int) -> Tensor:
        return torch.tensor([r[key] + [fill] * (size - len(r[key])) for r in rows])

    real = pad("real", long, 0).bool()
    keys = (*PLAIN, "relation")
    return Batch(
        pad("pieces", long, 0),
        pad("shapes", long, 0),
        real[:, None, None, :],
        pad("firsts", wide, 0),
        {k: pad(k, wide, PAST) for k in keys},
        pad("heads", wide, PAST),
        pad("sentence", wide, -1),
    )


def _row(window: Sequence[Item], cutter: WordPieces, how: str, half: bool) -> dict[str, list[int]]:
    row: dict[str, list[int]] = {
        "pieces": [cutter.cls],
        "shapes": [0],
        "firsts": [0],
        "heads": [PAST],
        "sentence": [-2],
        **{k: [PAST] for k in (*PLAIN, "relation")},
    }
    spaced = True
    for number, item in enumerate(window):
        base = len(row["firsts"])
        words = written(item.words, how)
        if item.proper and how in ("", "plain"):
            words = item.proper if half else item.words
        for i, word in enumerate(words):
            kind = shape(word) + (0 if spaced else SHAPES)
            row["firsts"].append(len(row["pieces"]))
            row["pieces"] += item.pieces[i]
            row["shapes"] += [kind] * len(item.pieces[i])
            head = item.heads[i]
            row["heads"].append(PAST if head == PAST else 0 if head == i else base + head)
            row["sentence"].append(number)
            spaced = item.spaces[i]
        spaced = True
        size = len(item.words)
        for key in (*PLAIN, "relation"):
            if key == "relevant":
                row[key] += [PAST] * size
            else:
                row[key] += item.answers.get(key) or [PAST] * size
    row["relevant"][0] = window[0].answers.get("relevant", [PAST])[0]
    row["pieces"].append(cutter.sep)
    row["shapes"].append(0)
    row["real"] = [1] * len(row["pieces"])
    return row


def batches(
    found: Sequence[list[Item]], pieces: int, rng: random.Random | None = None
) -> list[list[list[Item]]]:
    """Windows of like length together, `pieces` word pieces a batch with the padding."""
    order = sorted(
        found, key=lambda w: sum(i.length for i in w) + (rng.random() * 20 if rng else 0)
    )
    out: list[list[list[Item]]] = []
    group: list[list[Item]] = []
    for window in order:
        size = sum(i.length for i in window)
        if group and (len(group) + 1) * size > pieces:
            out.append(group)
            group = []
        group.append(window)
    out.append(group)
    if rng:
        rng.shuffle(out)
    return out
