"""A report: a document as captured, and passages of it."""

from __future__ import annotations

from dataclasses import dataclass, field

from contested.errors import PassageError
from contested.model.ids import digest, short_id
from contested.model.values import When


@dataclass(frozen=True, slots=True)
class Sourced:
    """A piece of metadata and where it came from: ``metadata``, ``front matter``,
    ``manifest``, ``text`` or ``address``."""

    value: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """One version of a document.

    `id` names the document and stays when a later version is captured; `version` is the
    SHA-256 of `text`; `sha256` that of the original bytes. `published` is an EDTF date with
    its interval, or null: an undated report stays undated.
    """

    id: str
    name: str
    text: str
    sha256: str
    title: Sourced | None = None
    outlet: Sourced | None = None
    author: Sourced | None = None
    published: When | None = None
    published_source: str | None = None
    url: str | None = None
    language: str | None = None
    media_type: str = "text/plain"
    notes: tuple[str, ...] = field(default=())

    @property
    def version(self) -> str:
        """SHA-256 of the stored text: two captures with the same text are one version."""
        return digest(self.text)

    def passage(self, start: int, end: int) -> Passage:
        """The passage `text[start:end]`.

        Raises PassageError if the span is empty or outside the text.
        """
        if not 0 <= start < end <= len(self.text):
            raise PassageError(
                f"{self.name}: characters {start} to {end} are no passage of a text of "
                f"{len(self.text)} characters. Extract the report again."
            )
        return Passage(self.id, self.name, start, end, self.text[start:end])


@dataclass(frozen=True, slots=True)
class Passage:
    """Characters `start` to `end` of a report's stored text, and the words that stand there."""

    report: str
    name: str
    start: int
    end: int
    quote: str


def report_id(url: str | None, text: str) -> str:
    """Id of a new report: from its address where it has one, else from its text."""
    return short_id("r", url or text)
