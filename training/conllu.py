"""Reading Universal Dependencies treebanks (CoNLL-U) into spaCy's documents.

GUM's entity layer gives the names of persons, organisations and places; only mentions headed by
a proper noun are kept. See https://universaldependencies.org/format.html.
"""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc, Span

NAMES = {"person": "PERSON", "organization": "ORG", "place": "PLACE"}
SENTENCES_A_DOC = 6
COLUMNS = ("lemmas", "pos", "tags", "deps")
NAME_LIKE = {"PROPN", "PUNCT", "ADP", "NUM", "X", "DET", "CCONJ"}


@dataclass
class Sentence:
    """One treebank sentence: parallel lists, a row a token."""

    words: list[str] = field(default_factory=list)
    spaces: list[bool] = field(default_factory=list)
    lemmas: list[str] = field(default_factory=list)
    pos: list[str] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    heads: list[int] = field(default_factory=list)
    deps: list[str] = field(default_factory=list)
    entities: list[tuple[int, int, str]] = field(default_factory=list)
    starts_doc: bool = False


def read_conllu(path: Path) -> Iterator[Sentence]:
    """Sentences of a CoNLL-U file, with the spaces of multi-word tokens spread over their words."""
    rows: list[list[str]] = []
    starts = False
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for raw in lines:
            line = raw.rstrip("\n")
            if line.startswith("# newdoc"):
                starts = True
            elif line and not line.startswith("#"):
                rows.append(line.split("\t"))
            elif not line and rows:
                yield _sentence(rows, starts)
                rows, starts = [], False


def _sentence(rows: list[list[str]], starts: bool) -> Sentence:
    out = Sentence(starts_doc=starts)
    inside: dict[int, bool] = {}
    for row in rows:
        if "-" in row[0]:
            first, last = (int(part) for part in row[0].split("-"))
            inside.update(dict.fromkeys(range(first, last), False))
            inside[last] = "SpaceAfter=No" not in row[9]
    open_mentions: list[tuple[str, str, int]] = []
    for row in rows:
        if not row[0].isdigit():
            continue
        at = int(row[0])
        out.words.append(row[1])
        out.lemmas.append(row[2])
        out.pos.append(row[3])
        out.tags.append(row[4])
        out.heads.append(int(row[6]) - 1 if row[6] != "0" else at - 1)
        out.deps.append("ROOT" if row[6] == "0" else row[7])
        out.spaces.append(inside.get(at, "SpaceAfter=No" not in row[9]))
        if found := re.search(r"Entity=([^|]+)", row[9]):
            _mentions(found.group(1), at - 1, open_mentions, out.entities)
    return out


def _mentions(
    code: str, at: int, open_: list[tuple[str, str, int]], done: list[tuple[int, int, str]]
) -> None:
    """Follow GUM's bracketed entity code: ``(1-person-...`` opens, ``1)`` closes."""
    for piece in re.findall(r"\([^()]+\)?|[^()]+\)", code):
        name = piece.strip("()").split("-")
        if piece.startswith("("):
            open_.append((name[0], name[1] if len(name) > 1 else "", at))
        if piece.endswith(")"):
            for i in range(len(open_) - 1, -1, -1):
                if open_[i][0] == name[0]:
                    _, kind, start = open_.pop(i)
                    if kind in NAMES:
                        done.append((start, at + 1, NAMES[kind]))
                    break


def name_spans(sentence: Sentence) -> list[tuple[int, int, str]]:
    """Outermost proper-noun cores of the mentions: no nominal mentions, no determiners."""
    kept: list[tuple[int, int, str]] = []
    for start, end, label in sorted(sentence.entities, key=lambda e: (e[0] - e[1], e[0])):
        inside = range(start, end)
        heads = [i for i in inside if sentence.heads[i] not in inside or sentence.heads[i] == i]
        if len(heads) != 1 or sentence.pos[heads[0]] != "PROPN":
            continue
        first, last = heads[0], heads[0] + 1
        while (
            first > start
            and sentence.pos[first - 1] in NAME_LIKE | {"ADJ"}
            and (sentence.words[first - 1][:1].isupper() or sentence.words[first - 1] == "-")
        ):
            first -= 1
        while sentence.pos[first] == "DET":
            first += 1
        while last < end and (sentence.pos[last] == "PROPN" or sentence.words[last] in {"-", "of"}):
            last += 1
        while sentence.words[last - 1] in {"-", "of"}:
            last -= 1
        if first < last and not any(first < e and s < last for s, e, _ in kept):
            kept.append((first, last, label))
    return sorted(kept)


def _doc(nlp: Language, group: list[Sentence], names: bool) -> Doc:
    words: list[str] = []
    spaces: list[bool] = []
    columns: dict[str, list[Any]] = {name: [] for name in ("heads", *COLUMNS)}
    starts: list[bool | int | None] = []
    spans: list[tuple[int, int, str]] = []
    for sentence in group:
        base = len(words)
        words += sentence.words
        spaces += sentence.spaces
        columns["heads"] += [base + head for head in sentence.heads]
        for name in COLUMNS:
            columns[name] += getattr(sentence, name)
        starts += [i == 0 for i in range(len(sentence.words))]
        spans += [(base + s, base + e, label) for s, e, label in name_spans(sentence)]
    doc = Doc(nlp.vocab, words=words, spaces=spaces, sent_starts=starts, user_data=None, **columns)
    if names:
        doc.set_ents([Span(doc, s, e, label) for s, e, label in spans], default="outside")
    return doc


def documents(nlp: Language, path: Path) -> Iterator[Doc]:
    """Docs of a few consecutive sentences, so that the parser learns where sentences end."""
    names = path.name.startswith("gum")
    group: list[Sentence] = []
    for sentence in read_conllu(path):
        if group and (sentence.starts_doc or len(group) == SENTENCES_A_DOC):
            yield _doc(nlp, group, names)
            group = []
        group.append(sentence)
    if group:
        yield _doc(nlp, group, names)
