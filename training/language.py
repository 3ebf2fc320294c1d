"""Train the bundled English pipeline from Universal Dependencies treebanks.

    python training/language.py prepare --data DIR --work DIR
    python -m spacy train training/language.cfg --output out \
        --paths.train WORK/train.spacy --paths.dev WORK/dev.spacy
    python training/language.py package --data DIR --work DIR
    python training/language.py score --data DIR

DIR holds ``ewt-{train,dev,test}.conllu.gz`` and ``gum-{train,dev,test}.conllu.gz`` (UD English
EWT, CC BY-SA 4.0; UD English GUM, the genres under CC BY or in the public domain). EWT gives
syntax; GUM gives syntax and, through its entity layer, the names of persons, organisations and
places, of which only mentions headed by a proper noun are kept.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import shutil
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import spacy
from spacy.tokens import Doc, DocBin, Span
from spacy.training import Example

NAMES = {"person": "PERSON", "organization": "ORG", "place": "PLACE"}
SENTENCES_A_DOC = 6
PACKAGE = Path(__file__).resolve().parents[1] / "src" / "contested" / "data" / "language"


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
        for line in lines:
            line = line.rstrip("\n")
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


def _names(sentence: Sentence) -> list[tuple[int, int, str]]:
    """Outermost proper-noun cores of the mentions: no nominal mentions, no determiners."""
    kept: list[tuple[int, int, str]] = []
    for start, end, label in sorted(sentence.entities, key=lambda e: (e[0] - e[1], e[0])):
        inside = range(start, end)
        heads = [i for i in inside if sentence.heads[i] not in inside or sentence.heads[i] == i]
        if len(heads) != 1 or sentence.pos[heads[0]] != "PROPN":
            continue
        first, last = heads[0], heads[0] + 1
        name_like = {"PROPN", "PUNCT", "ADP", "NUM", "X", "DET", "CCONJ"}
        while first > start and sentence.pos[first - 1] in name_like | {"ADJ"} and (
            sentence.words[first - 1][:1].isupper() or sentence.words[first - 1] == "-"
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


def _doc(nlp: spacy.language.Language, group: list[Sentence], names: bool) -> Doc:
    words: list[str] = []
    spaces: list[bool] = []
    columns: dict[str, list] = {"lemmas": [], "pos": [], "tags": [], "deps": [], "heads": []}
    starts: list[bool] = []
    spans: list[tuple[int, int, str]] = []
    for sentence in group:
        base = len(words)
        words += sentence.words
        spaces += sentence.spaces
        columns["heads"] += [base + head for head in sentence.heads]
        for name in ("lemmas", "pos", "tags", "deps"):
            columns[name] += getattr(sentence, name)
        starts += [i == 0 for i in range(len(sentence.words))]
        spans += [(base + s, base + e, label) for s, e, label in _names(sentence)]
    doc = Doc(nlp.vocab, words=words, spaces=spaces, sent_starts=starts, **columns)
    if names:
        doc.set_ents([Span(doc, s, e, label) for s, e, label in spans], default="outside")
    return doc


def documents(nlp: spacy.language.Language, path: Path) -> Iterator[Doc]:
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


def prepare(data: Path, work: Path) -> None:
    """Write ``train.spacy`` and ``dev.spacy`` under `work`."""
    work.mkdir(parents=True, exist_ok=True)
    nlp = spacy.blank("en")
    for split in ("train", "dev"):
        bin_ = DocBin(store_user_data=False)
        for bank in ("ewt", "gum"):
            for doc in documents(nlp, data / f"{bank}-{split}.conllu.gz"):
                bin_.add(doc)
        bin_.to_disk(work / f"{split}.spacy")
        print(f"{split}: {len(bin_)} documents")


def _write_lemmas(data: Path) -> None:
    """Verb and noun lemmas of the training text, with which odd guesses are corrected."""
    seen: Counter[str] = Counter()
    for bank in ("ewt", "gum"):
        for sentence in read_conllu(data / f"{bank}-train.conllu.gz"):
            for lemma, pos in zip(sentence.lemmas, sentence.pos, strict=True):
                if pos in ("VERB", "NOUN") and lemma.isalpha() and lemma.islower():
                    seen[f"{pos[0].lower()} {lemma}"] += 1
    (PACKAGE / "lemmas.txt").write_text("\n".join(sorted(seen)) + "\n", encoding="utf-8")


def package(data: Path, work: Path) -> None:
    """Copy the best model and the lemmas of its training text into the package."""
    if PACKAGE.exists():
        shutil.rmtree(PACKAGE)
    shutil.copytree(work / "out" / "model-best", PACKAGE)
    _write_lemmas(data)
    size = sum(f.stat().st_size for f in PACKAGE.rglob("*") if f.is_file())
    print(f"packaged {size / 1e6:.1f} MB")


def score(data: Path, model: Path) -> None:
    """Print the scores on the official test splits, whose text training never saw."""
    nlp = spacy.load(model)
    blank = spacy.blank("en")
    wanted = ("tag_acc", "pos_acc", "lemma_acc", "dep_uas", "dep_las", "sents_f", "ents_f")
    for banks in (("ewt",), ("gum",), ("ewt", "gum")):
        gold = [d for b in banks for d in documents(blank, data / f"{b}-test.conllu.gz")]
        scores = nlp.evaluate([Example(nlp.make_doc(doc.text), doc) for doc in gold])
        row = {k: round(100 * scores[k], 1) for k in wanted if scores.get(k) is not None}
        print("+".join(banks), json.dumps(row | {"words_per_second": round(scores["speed"])}))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("step", choices=["prepare", "package", "score"])
    parser.add_argument("--data", type=Path, help="folder of the treebanks")
    parser.add_argument("--work", type=Path, help="folder for intermediate files")
    parser.add_argument("--model", type=Path, default=PACKAGE, help="model to score")
    args = parser.parse_args()
    if args.step == "prepare":
        prepare(args.data, args.work)
    elif args.step == "package":
        package(args.data, args.work)
    else:
        score(args.data, args.model)


if __name__ == "__main__":
    main()
