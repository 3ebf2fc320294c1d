"""The language pipeline, loaded when the first sentence is to be read.

What is known already is recognised by its method, and that needs only the pipeline's name.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING

from contested.bundled import chosen, full_name

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from contested.language import Language, Paragraph
    from contested.language.happenings import ReadsScenes


class BundledReader:
    """A bundled pipeline, as `contested.language.load` gives it, but not yet loaded."""

    def __init__(self, which: str | None = None) -> None:
        self._which = chosen(which)
        self.name = full_name(self._which or "")
        self._loaded: Language | None = None

    def parse(
        self, text: str, only: Collection[int] | None = None
    ) -> Iterator[tuple[Paragraph, Doc]]:
        """Paragraphs of `text` in order, each parsed, or those of the numbers in `only`."""
        return self._language.parse(text, only)

    @property
    def scenes(self) -> ReadsScenes | None:
        """What finds happenings and their participants; None where the pipeline cannot."""
        return self._language.scenes

    @property
    def _language(self) -> Language:
        if self._loaded is None:
            from contested.language import load

            self._loaded = load(self._which)
        return self._loaded
