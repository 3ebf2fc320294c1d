"""The language pipeline: the bundled one, or any spaCy English pipeline that is installed."""

from __future__ import annotations

import warnings
from collections.abc import Collection, Iterator
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import spacy
from spacy.language import Language as SpacyPipeline
from spacy.tokens import Doc

from contested.bundled import BUNDLED, LIGHT, chosen, folder, full_name
from contested.errors import LanguageError
from contested.language.clearnlp import to_universal
from contested.language.lemmas import Lemmas
from contested.language.paragraphs import Paragraph, paragraphs_of

if TYPE_CHECKING:
    from contested.language.happenings import ReadsScenes

__all__ = ["BATCH", "BUNDLED", "Language", "load", "pipeline_of"]

BATCH = 32
"""Paragraphs parsed at a time: more would not be faster, but take more memory."""
CLEARNLP_ONLY = {"dobj", "pobj", "nsubjpass", "prep", "attr", "relcl"}


class Language:
    """Reads text: `parse` gives each paragraph with its spaCy `Doc` in Universal Dependencies.

    `name` says which pipeline it is and which version, for the `method` of claims.
    """

    def __init__(self, nlp: SpacyPipeline, name: str) -> None:
        self._nlp = nlp
        self.name = name
        labels = set(nlp.pipe_labels.get("parser", ()))
        self._clearnlp = bool(labels & CLEARNLP_ONLY)
        self._lemmas = Lemmas()

    def parse(
        self, text: str, only: Collection[int] | None = None
    ) -> Iterator[tuple[Paragraph, Doc]]:
        """Paragraphs of `text` in order, each parsed.

        Where `only` is given, paragraphs with another number, from 0, come with a document of
        no words: they cost nothing.
        """
        paragraphs = paragraphs_of(text)
        read = [only is None or n in only for n in range(len(paragraphs))]
        wanted = (p.clean for p, yes in zip(paragraphs, read, strict=True) if yes)
        docs = self._nlp.pipe(wanted, batch_size=BATCH)
        for paragraph, yes in zip(paragraphs, read, strict=True):
            if not yes:
                yield paragraph, Doc(self._nlp.vocab)
                continue
            doc = next(docs)
            universal = to_universal(doc) if self._clearnlp else doc
            yield paragraph, self._lemmas.correct(universal)

    @cached_property
    def scenes(self) -> ReadsScenes | None:
        """What finds happenings and their participants; None where the pipeline cannot."""
        if "encoder" not in self._nlp.pipe_names:
            return None
        from contested.language.encoder.component import Reader

        encoder = self._nlp.get_pipe("encoder")
        return encoder.scenes if isinstance(encoder, Reader) else None


def load(name: str | None = None) -> Language:
    """A bundled pipeline, or the installed spaCy pipeline (or folder) called `name`.

    Raises LanguageError if it is not there, is not English, or has no parser.
    """
    nlp = pipeline_of(name)
    bundled = chosen(name)
    if bundled is not None:
        return Language(nlp, full_name(bundled))
    if nlp.lang != "en" or "parser" not in nlp.pipe_names:
        raise LanguageError(
            f"{name!r} reads {nlp.lang!r} with {', '.join(nlp.pipe_names) or 'nothing'}; this "
            "program needs an English pipeline with a parser."
        )
    return Language(nlp, f"{nlp.meta['name']}-{nlp.meta['version']}")


def pipeline_of(name: str | None = None) -> SpacyPipeline:
    """The bare spaCy pipeline of that name, as `load` finds it.

    Raises LanguageError if it is not there.
    """
    bundled = chosen(name)
    try:
        if bundled is not None:
            return _bundled(bundled)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", UserWarning)
            return spacy.load(Path(name) if name and Path(name).is_dir() else str(name))
    except OSError as error:
        raise LanguageError(
            f"There is no spaCy pipeline {name!r} here. Install it (python -m spacy download "
            f"{name}) or leave --language away to use the bundled one."
        ) from error


def _bundled(name: str) -> SpacyPipeline:
    with folder(name) as files:
        if name == LIGHT:
            return spacy.load(files)
        try:
            from contested.language.encoder import pipeline

            return pipeline(files)
        except ImportError as error:
            raise LanguageError(
                f"The {name!r} pipeline runs on ONNX Runtime, which is not installed ({error}). "
                "Install it (pip install onnxruntime) or read with --language light."
            ) from error
