"""The files of a trained network: its graph, its vocabulary and what its answers mean."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
GRAPH, MODEL = "encoder.onnx", "model.json"
VOCABULARY, FORMS = "vocabulary.txt", "forms.txt"


@dataclass(frozen=True)
class Weights:
    """`graph` is ONNX; `about` holds the answers of each head."""

    graph: bytes
    about: dict[str, Any]
    vocabulary: tuple[str, ...]
    forms: dict[tuple[str, str], str]
    """Lemmas that are known, by part of speech and word in small letters."""

    @classmethod
    def load(cls, folder: Path) -> Weights:
        """Those of a folder. Raises OSError where a file is missing."""
        about = json.loads((folder / MODEL).read_text("utf-8"))
        words = (folder / VOCABULARY).read_text("utf-8").split("\n")
        rows = (row.split(" ") for row in (folder / FORMS).read_text("utf-8").splitlines())
        forms = {(pos, word): lemma for pos, word, lemma in rows}
        return cls((folder / GRAPH).read_bytes(), about, tuple(words[:-1]), forms)

    @cached_property
    def labels(self) -> dict[str, tuple[str, ...]]:
        """The answers of each head, in order."""
        return {name: tuple(found) for name, found in self.about["labels"].items()}
