"""The bundled English pipeline on the official test splits of UD English EWT and GUM.

Measures, as spaCy's scorer defines them: accuracy of tags (XPOS), UPOS and lemmas; unlabelled
and labelled attachment (UAS, LAS: Buchholz and Marsi, 2006); F-scores of sentences and names,
names in GUM only. Words are found by the pipeline itself, not given. CONTESTED_LANGUAGE may
name another pipeline than the one that is used by itself.
"""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import Any

import spacy
from spacy.language import Language
from spacy.pipeline.dep_parser import parser_score  # type: ignore[import-not-found]
from spacy.scorer import Scorer, get_ner_prf
from spacy.tokens import Doc
from spacy.training import Example

from contested.language import pipeline_of
from contested.language.lemmas import Lemmas
from evaluation.measure import Figure, Measured, Options, Say, files_under, fingerprint
from training.conllu import documents

BANKS = {"ewt": "EWT", "gum": "GUM"}
SCORES = {
    "tag": ("tag_acc", "tags"),
    "upos": ("pos_acc", "UPOS"),
    "lemma": ("lemma_acc", "lemmas"),
    "uas": ("dep_uas", "UAS"),
    "las": ("dep_las", "LAS"),
    "sentences": ("sents_f", "sentences, F"),
    "names": ("ents_f", "names, F"),
}


def measure(folder: Path, options: Options, say: Say) -> Measured:
    """Score the bundled pipeline on ``{ewt,gum}-test.conllu.gz`` of `folder`."""
    files = files_under(folder, "*-test.conllu.gz")
    nlp = pipeline_of(os.environ.get("CONTESTED_LANGUAGE"))
    figures: list[Figure] = []
    for path in files:
        bank = path.name.partition("-")[0]
        gold = list(documents(spacy.blank("en"), path))[: options.limit]
        figures += _scores(nlp, bank, gold)
        say(f"{BANKS.get(bank, bank)}: {_speed(nlp, gold):,.0f} words/s")
    return Measured(
        measure="language",
        title="Syntax and names of the bundled English pipeline",
        command="python -m evaluation language",
        data="the test splits of UD English EWT and GUM",
        sha256=fingerprint(files),
        figures=tuple(figures),
        whole=options.limit is None,
    )


def _scores(nlp: Language, bank: str, gold: list[Doc]) -> list[Figure]:
    lemmas = Lemmas()
    mine = (lemmas.correct(doc) for doc in nlp.pipe(doc.text for doc in gold))
    examples = [Example(found, doc) for found, doc in zip(mine, gold, strict=True)]
    found = _score(examples)
    out = []
    for name, (key, label) in SCORES.items():
        if found.get(key) is not None and (name != "names" or bank == "gum"):
            value = round(100 * found[key], 1)
            out.append(Figure(f"{bank}_{name}", value, f"{BANKS.get(bank, bank)}: {label}"))
    return out


def _score(examples: list[Example]) -> dict[str, Any]:
    return {
        **Scorer.score_token_attr(examples, "tag"),
        **Scorer.score_token_attr(examples, "pos"),
        **Scorer.score_token_attr(examples, "lemma"),
        **parser_score(examples),
        **(get_ner_prf(examples) or {}),
    }


def _speed(nlp: Language, gold: list[Doc]) -> float:
    """Words a second on raw text; shown, and not published, because machines differ."""
    texts = [doc.text for doc in gold]
    began = time.perf_counter()
    words = sum(len(doc) for doc in nlp.pipe(texts))
    return words / max(time.perf_counter() - began, 1e-9)
