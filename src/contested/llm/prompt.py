"""What a language model is told, and how a report is put before it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

from contested.errors import TableError
from contested.model.ids import digest
from contested.model.proposal import Vocabulary, answer_schema


@dataclass(frozen=True, slots=True)
class Piece:
    """Characters `start` to `end` of a report's text: as much as is sent at a time."""

    start: int
    end: int


@lru_cache(maxsize=1)
def instructions() -> str:
    """The packaged instructions. Raises TableError if they are not there."""
    path = resources.files("contested") / "data" / "prompts" / "claims.txt"
    try:
        return path.read_text("utf-8")
    except OSError as error:
        raise TableError("prompts/claims.txt cannot be read; install the package again") from error


def version() -> str:
    """What changes whenever the instructions do: part of each claim's method."""
    return f"prompt-{digest(instructions())[:8]}"


def task(mark: str, vocabulary: Vocabulary, *, with_schema: bool) -> str:
    """The instructions for a report between lines that carry `mark`.

    `with_schema` writes the form of the answer out, for a server that takes no schema.
    """
    text = instructions().format(mark=mark)
    if not with_schema:
        return text
    schema = json.dumps(answer_schema(vocabulary), separators=(",", ":"))
    told = "The JSON Schema of the answer, which holds the words that may be used:"
    return f"{text}\n{told}\n{schema}\n"


def mark_of(text: str) -> str:
    """A mark that the text cannot hold: it is made from the whole of it."""
    return digest("mark", text)[:16]


def enclosed(text: str, mark: str) -> str:
    """The text between two lines that carry the mark."""
    return f"----- report {mark} -----\n{text}\n----- end of report {mark} -----"


def pieces(text: str, size: int, overlap: int) -> list[Piece]:
    """The text in pieces of at most `size` characters, each beginning in the one before.

    A piece ends with a paragraph where it can, else with a line, a sentence or a word. What
    stands in an overlap is read twice; the same claim found twice is one.
    """
    out: list[Piece] = []
    start = 0
    while start < len(text):
        end = _end(text, start, size)
        if text[start:end].strip():
            out.append(Piece(start, end))
        if end >= len(text):
            break
        start = max(_start(text, end, overlap), start + 1)
    return out


def halves(text: str, piece: Piece, overlap: int) -> list[Piece]:
    """The piece as two that overlap; the piece alone where it cannot be cut."""
    middle = (piece.start + piece.end) // 2
    end = _end(text[: piece.end], piece.start, middle - piece.start)
    start = _start(text, end, min(overlap, (end - piece.start) // 2))
    if end >= piece.end or start <= piece.start:
        return [piece]
    return [Piece(piece.start, end), Piece(start, piece.end)]


def _end(text: str, start: int, size: int) -> int:
    end = start + size
    if end >= len(text):
        return len(text)
    for mark in ("\n\n", "\n", ". ", " "):
        at = text.rfind(mark, start + size // 2, end)
        if at > start:
            return at + len(mark)
    return end


def _start(text: str, end: int, overlap: int) -> int:
    """Where the next piece begins: at a paragraph, a line, a sentence or a word before `end`."""
    first = max(end - overlap, 0)
    for mark in ("\n\n", "\n", ". ", " "):
        at = text.find(mark, first, end - 1)
        if at >= 0:
            return at + len(mark)
    return end
