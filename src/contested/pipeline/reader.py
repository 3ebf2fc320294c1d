"""The language pipeline, loaded when the first sentence is to be read.

What is known already is recognised by its method, and that needs only the pipeline's name.
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib import resources
from typing import TYPE_CHECKING

from contested.model.ids import digest

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from contested.language import Language, Paragraph

BUNDLED = "bundled"


class BundledReader:
    """The bundled pipeline, as `contested.language.load` gives it, but not yet loaded."""

    def __init__(self) -> None:
        meta = resources.files("contested") / "data" / "language" / "meta.json"
        self.name = f"{BUNDLED}-{digest(meta.read_text('utf-8'))[:8]}"
        self._loaded: Language | None = None

    def parse(self, text: str) -> Iterator[tuple[Paragraph, Doc]]:
        """Paragraphs of `text` in order, each parsed."""
        if self._loaded is None:
            from contested.language import load

            self._loaded = load()
        return self._loaded.parse(text)
