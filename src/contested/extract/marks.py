"""What a pipeline marks of roles, read only around the sentences that ask for it."""

from __future__ import annotations

from collections.abc import Sequence

from contested.extract.reading import Reading, Sentence
from contested.language.happenings import ReadsScenes, RoleMention

LEAST = 0.3
"""A mention that is less likely fills no role."""
TELLS = 0.5
"""A passage that is less likely to tell of an attack is not marked."""
REACH = 1200
"""Characters before and after a sentence that are read with it, within its paragraph and the two
beside it, as far as a story is followed; so a long report costs what its acts cost."""


class Marks:
    """Gives the marks of a sentence. Without a reader there are none."""

    def __init__(self, reader: ReadsScenes | None, reading: Reading) -> None:
        self._reader = reader
        self._reading = reading
        self._read: dict[tuple[int, int], list[RoleMention]] = {}

    def __call__(self, sentence: Sentence) -> Sequence[RoleMention]:
        """The role mentions that lie in a sentence."""
        if self._reader is None:
            return ()
        start, end = self._around(sentence)
        if (start, end) not in self._read:
            told = self._reader.mentions(self._reading.report.text[start:end], LEAST)
            found = told.mentions if told.relevant >= TELLS else []
            self._read[start, end] = [m.moved(start) for m in found]
        inside = self._read[start, end]
        return [m for m in inside if sentence.start <= m.start and m.end <= sentence.end]

    def _around(self, sentence: Sentence) -> tuple[int, int]:
        beside = self._reading.sentences[max(0, sentence.number - 40) : sentence.number + 40]
        here = sentence.paragraph_number
        near = [s for s in beside if abs(s.paragraph_number - here) <= 1]
        start, end = min(s.start for s in near), max(s.end for s in near)
        if end - start <= 2 * REACH:
            return start, end
        close = [
            s for s in near if s.start >= sentence.start - REACH and s.end <= sentence.end + REACH
        ] or [sentence]
        return close[0].start, close[-1].end
