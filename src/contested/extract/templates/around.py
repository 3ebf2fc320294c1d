"""Which sentences of a report tell of an incident: those that mention who takes part."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from contested.extract.reading import Reading
from contested.language.encoder.scenes import Participant

DATELINE = 60
"""What stands within the first characters belongs to the report, not to what it tells."""


class Around:
    """How much of a happening each sentence of a report tells: a mention of a participant counts
    one, one in the sentences beside it half."""

    def __init__(self, reading: Reading, participants: Sequence[Participant]) -> None:
        self._reading = reading
        self.at = [start for one in participants for start, _ in one.at]
        self._told = Counter(self.sentence(start) for start in self.at)

    def sentence(self, at: int) -> int:
        """The number of the sentence that holds a character; -1 for none."""
        for sentence in self._reading.sentences:
            if sentence.start <= at < sentence.end:
                return sentence.number
        return -1

    def weight(self, at: int) -> float:
        """How much the sentence at this character, and those beside it, tell."""
        n = self.sentence(at)
        return self._told[n] + 0.5 * (self._told[n - 1] + self._told[n + 1]) if n >= 0 else 0.0

    def own(self, at: int) -> int:
        """How many mentions the very sentence has."""
        return self._told[self.sentence(at)]

    def nearest(self, at: int) -> int:
        """Characters to the nearest mention."""
        return min((abs(at - one) for one in self.at), default=999)
