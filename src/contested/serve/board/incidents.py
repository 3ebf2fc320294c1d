"""All incidents that there are now, as columns in order of time."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from contested.record.briefs import INCIDENT_COLUMNS, Rows
from contested.serve.board.columns import UNKNOWN, Ints, Mask, Words, days, flags, floats, sets

WORDS = ("type", "status", "country", "place", "name", "admin1", "actors", "speakers")
DAYS = ("earliest", "latest")
FLOATS = ("lat", "lon", "radius_km", "killed_low", "killed_best", "killed_high")
FLAGS = ("gone", "dated", "killed_open")
INTS = ("seq", "claims")
SETS = ("reports", "origins")


@dataclass(frozen=True)
class Incidents:
    """One state of the incidents; a later one is made by `with_rows`, and this one stays."""

    words: dict[str, Words] = field(default_factory=lambda: {name: Words() for name in WORDS})
    columns: dict[str, NDArray[Any]] = field(default_factory=dict)
    since: str | None = None
    """The moment of the last version that was read."""

    def __len__(self) -> int:
        return len(self.columns["seq"]) if self.columns else 0

    def __getitem__(self, name: str) -> NDArray[Any]:
        return self.columns[name]

    def with_rows(self, parts: Iterable[Rows]) -> Incidents:
        """These incidents with what came after them; nothing is copied where nothing came."""
        found = [self.columns] if self.columns else []
        since = self.since
        for part in parts:
            made = self._made(part)
            since = str(made["at"][-1])
            found.append(made)
        if not found:
            empty: Sequence[Sequence[Any]] = [()] * len(INCIDENT_COLUMNS)
            return Incidents(self.words, self._made(empty), since)
        joined = {name: np.concatenate([one[name] for one in found]) for name in found[-1]}
        return Incidents(self.words, _latest(joined), since)

    def _made(self, part: Rows) -> dict[str, NDArray[Any]]:
        given = dict(zip(INCIDENT_COLUMNS, part, strict=True))
        out: dict[str, NDArray[Any]] = {
            "id": np.array(given["incident"], np.str_),
            "at": np.array(given["at"], np.str_),
        }
        out |= {name: self.words[name].coded(given[name]) for name in WORDS}
        out |= {name: days(given[name]) for name in DAYS}
        out |= {name: floats(given[name]) for name in FLOATS}
        out |= {name: flags(given[name]) for name in FLAGS}
        out |= {name: np.array(given[name], np.int32) for name in INTS}
        out |= {name: sets(given[name]) for name in SETS}
        return out

    def different(self, name: str, mask: Mask) -> int:
        """How many different members the sets of the masked rows have together."""
        sizes, members, number = self._members[name]
        found = np.zeros(number, np.bool_)
        found[members[np.repeat(mask, sizes)]] = True
        return int(np.count_nonzero(found))

    def prepare(self) -> None:
        """Work out now what the first page would have to wait for."""
        _ = self._members, self.places

    @cached_property
    def _members(self) -> dict[str, tuple[Ints, NDArray[np.int64], int]]:
        """Of every set how large it is, the members of all one after the other, how many."""
        found = {}
        for name in SETS:
            sizes = np.fromiter((len(each) for each in self[name]), np.int32, len(self))
            joined = np.concatenate([np.zeros(0, np.int64), *self[name]])
            words, members = np.unique(joined, return_inverse=True)
            found[name] = sizes, members, len(words)
        return found

    @cached_property
    def places(self) -> dict[str, int]:
        """Where each incident stands, by its id."""
        return {id: n for n, id in enumerate(self["id"].tolist())}

    def word(self, name: str, row: int) -> str | None:
        """A word of a row."""
        return self.words[name].all[int(self[name][row])]

    def having(self, name: str, words: Iterable[str]) -> Mask:
        """The rows with one of these words."""
        wanted = [self.words[name].number(word) for word in words]
        return np.isin(self[name], wanted)

    def rows_of(self, versions: Iterable[tuple[str, int]]) -> Mask:
        """The rows of those of these versions that are the latest."""
        mask = np.zeros(len(self), np.bool_)
        seq, places = self["seq"], self.places
        for id, number in versions:
            row = places.get(id, -1)
            if row >= 0 and seq[row] == number:
                mask[row] = True
        return mask


def _latest(columns: dict[str, NDArray[Any]]) -> dict[str, NDArray[Any]]:
    """The last row of each incident, without those that are gone, the earliest first."""
    last = {id: n for n, id in enumerate(columns["id"].tolist())}
    kept: Ints = np.fromiter(last.values(), np.int32, len(last))
    kept = kept[~columns["gone"][kept]]
    first = columns["earliest"][kept]
    unknown_last = np.where(first == UNKNOWN, np.iinfo(np.int32).max, first)
    kept = kept[np.lexsort((columns["id"][kept], unknown_last))]
    return {name: column[kept] for name, column in columns.items()}
