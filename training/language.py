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
import json
import re
import shutil
import sys
from collections import Counter
from pathlib import Path

import spacy
from spacy.tokens import DocBin
from spacy.training import Example

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from training.conllu import documents, read_conllu

PACKAGE = Path(__file__).resolve().parents[1] / "src" / "contested" / "data" / "language"


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


def _forget_paths() -> None:
    """Take the places of the training files out of the packaged configuration."""
    config = PACKAGE / "config.cfg"
    text = re.sub(r'(?m)^(train|dev) = ".*"$', r"\1 = null", config.read_text(encoding="utf-8"))
    config.write_text(text, encoding="utf-8")


def package(data: Path, work: Path) -> None:
    """Copy the best model and the lemmas of its training text into the package."""
    if PACKAGE.exists():
        shutil.rmtree(PACKAGE)
    shutil.copytree(work / "out" / "model-best", PACKAGE)
    _write_lemmas(data)
    _forget_paths()
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
