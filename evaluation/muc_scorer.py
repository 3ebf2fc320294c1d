"""The slot scoring of MUC-4: templates held against templates, ALL TEMPLATES and by slot.

After Chinchor (1992), see `muc_slots` for single fills. A template of the program may answer one
of the key if their types agree, at least in part, and so does one of the fills that say what the
incident is (`TELLING`); of all assignments the one with the highest score is taken. Recall is
what is right (half for in part) of what is possible, precision of what is given. The row ALL
TEMPLATES counts the fills of templates that answer none as spurious and those of templates that
nothing answers as missing; a template or fill that the key marks as optional is never missing.
The number of the template is not a slot here, nor was it one then.

What differs from the program of 1992: nobody is asked in doubt, see `muc_slots`; the condition for
an assignment is fixed as above.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from evaluation.measure import f_score, share
from evaluation.muc_slots import PART, RIGHT, fit
from evaluation.muc_templates import (
    DESCRIPTION,
    INDIVIDUAL,
    NAME,
    ORGANISATION,
    SLOTS,
    THING,
    TYPE,
    Fill,
    Template,
)

TELLING = (THING, NAME, DESCRIPTION, INDIVIDUAL, ORGANISATION)


@dataclass(slots=True)
class Count:
    """Fills of one slot, or of all: right, right in part, wrong, spurious and missing."""

    right: int = 0
    part: int = 0
    wrong: int = 0
    spurious: int = 0
    missing: int = 0

    def __iadd__(self, other: Count) -> Count:
        self.right += other.right
        self.part += other.part
        self.wrong += other.wrong
        self.spurious += other.spurious
        self.missing += other.missing
        return self

    @property
    def possible(self) -> int:
        """Fills that the key has."""
        return self.right + self.part + self.wrong + self.missing

    @property
    def given(self) -> int:
        """Fills that the program gave."""
        return self.right + self.part + self.wrong + self.spurious

    @property
    def score(self) -> float:
        """Fills right, those in part for half."""
        return RIGHT * self.right + PART * self.part

    @property
    def recall(self) -> float:
        """In percent of the possible."""
        return share(self.score, self.possible)

    @property
    def precision(self) -> float:
        """In percent of the given."""
        return share(self.score, self.given)

    @property
    def f(self) -> float:
        """Their F-score, both weighing the same."""
        return f_score(self.precision, self.recall)


Counts = dict[str, Count]


def slot_count(slot: str, key: Sequence[Fill], mine: Sequence[Fill]) -> Count:
    """The fills of one slot of two templates that answer each other."""
    out = Count()
    fits = np.array([[fit(slot, k, m) for m in mine] for k in key]).reshape(len(key), len(mine))
    # A fill that the key asks for is worth more than one that it only allows.
    need = np.array([[0.0 if k.optional else 0.01] for k in key]).reshape(len(key), 1)
    taken_key, taken_mine = set(), set()
    for k, m in assigned(fits + need * (fits > 0)):
        if fits[k, m] > 0:
            taken_key.add(k)
            taken_mine.add(m)
            out.right += bool(fits[k, m] == RIGHT)
            out.part += bool(fits[k, m] < RIGHT)
    left = sum(not k.optional for n, k in enumerate(key) if n not in taken_key)
    over = len(mine) - len(taken_mine)
    out.wrong = min(left, over)
    out.missing, out.spurious = left - out.wrong, over - out.wrong
    return out


def assigned(scores: np.ndarray) -> list[tuple[int, int]]:
    """The one-to-one assignment of rows to columns with the highest sum."""
    from scipy.optimize import linear_sum_assignment

    if not scores.size:
        return []
    rows, columns = linear_sum_assignment(scores, maximize=True)
    return list(zip(rows.tolist(), columns.tolist(), strict=True))


def template_counts(key: Template, mine: Template) -> Counts:
    """All slots of two templates that answer each other."""
    return {slot: slot_count(slot, key.fills(slot), mine.fills(slot)) for slot in SLOTS}


def may_answer(key: Template, mine: Template) -> bool:
    """Whether a template of the program may stand for one of the key."""
    return _meet(TYPE, key, mine) and any(_meet(slot, key, mine) for slot in TELLING)


def _meet(slot: str, key: Template, mine: Template) -> bool:
    return any(fit(slot, k, m) > 0 for k in key.fills(slot) for m in mine.fills(slot))


class Scores:
    """Adds up messages."""

    def __init__(self) -> None:
        self.slots: defaultdict[str, Count] = defaultdict(Count)
        self.templates = Count()

    def add(self, key: Sequence[Template], mine: Sequence[Template]) -> None:
        """Hold the templates of one message against the key's."""
        counts = {
            (n, m): template_counts(k, one)
            for n, k in enumerate(key)
            for m, one in enumerate(mine)
            if may_answer(k, one)
        }
        worth = np.zeros((len(key), len(mine)))
        for at, found in counts.items():
            worth[at] = 1 + sum(c.score for c in found.values())
        pairs = [at for at in assigned(worth) if at in counts]
        for at in pairs:
            self.templates.right += 1
            for slot, count in counts[at].items():
                self.slots[slot] += count
        for n, k in enumerate(key):
            if n not in {a for a, _ in pairs} and not k.optional:
                self.templates.missing += 1
                self._all(k, missing=True)
        for m, one in enumerate(mine):
            if m not in {b for _, b in pairs}:
                self.templates.spurious += 1
                self._all(one, missing=False)

    def _all(self, template: Template, *, missing: bool) -> None:
        for slot in SLOTS:
            fills = template.fills(slot)
            if missing:
                self.slots[slot].missing += sum(not f.optional for f in fills)
            else:
                self.slots[slot].spurious += len(fills)

    @property
    def whole(self) -> Count:
        """The row ALL TEMPLATES."""
        out = Count()
        for count in self.slots.values():
            out += count
        return out
