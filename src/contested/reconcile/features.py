"""What of an account is compared: one flat row, the same for every engine and in the store.

A row holds only numbers, short texts and lists of numbers (hashes of words), so that it can be
kept beside the record and compared again when new reports arrive, without reading the claims.
"""

from __future__ import annotations

import json
import zlib
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from functools import cached_property, lru_cache
from typing import Any

from contested.model import ActorRef, CasualtiesClaim
from contested.reconcile.units import Unit
from contested.world import World

LARGE = 6
"""From this number on, that two accounts give the same one is seldom chance."""
MOST = 10**9
"""No larger number of people is compared: engines count to a limit."""
CLASSES = ("civilians", "security_forces", "militants")
CLOSE, COUSIN = 0.45, 0.65
"""Codebook distances up to which two types are close, or of one branch."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One account as it is compared. Null or empty is unknown, never a value of its own.

    `first` and `last` are days (ordinals of the proleptic Gregorian calendar), `assumed` true
    where they are only the days before publication. `toll` and `toll_large` hold one key for
    each figure with its victims, so that figures agree where a key is shared. Types, actors,
    tolls, words and names are hashes, which engines intersect faster than texts; `passage` is
    one of the whole passage.
    """

    id: str
    report: str
    start: int | None
    ref: str | None
    first: int | None
    last: int | None
    assumed: bool
    place: str | None
    country: str | None
    lat: float | None
    lon: float | None
    radius: float | None
    type: int | None
    close_types: tuple[int, ...]
    cousin_types: tuple[int, ...]
    initiators: tuple[int, ...]
    targets: tuple[int, ...]
    toll: tuple[int, ...]
    toll_large: tuple[int, ...]
    killed: int | None
    wounded: int | None
    words: tuple[int, ...]
    names: tuple[int, ...]
    passage: int

    def to_json(self) -> str:
        """The row as JSON, its values in the order of the fields."""
        return json.dumps(
            [getattr(self, name) for name in _FIELDS], ensure_ascii=False, separators=(",", ":")
        )

    @classmethod
    def from_json(cls, text: str) -> Row:
        """The row that `to_json` wrote."""
        values: dict[str, Any] = {
            name: tuple(value) if isinstance(value, list) else value
            for name, value in zip(_FIELDS, json.loads(text), strict=True)
        }
        return cls(**values)


_FIELDS = tuple(f.name for f in fields(Row))


class Describer:
    """Makes rows of units: what the world tables say of types and actors is looked up once."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._families: dict[tuple[str, ...], tuple[int, ...]] = {}

    def row(self, unit: Unit) -> Row:
        """The row of one unit."""
        where, event = unit.where, unit.event
        close, cousin = self._types.get(event.type, ((), ())) if event else ((), ())
        deaths = [c for c in unit.casualties if c.count.low is not None]
        return Row(
            id=unit.id,
            report=unit.report,
            start=event.start if event else None,
            ref=event.event_ref if event else None,
            first=unit.first.toordinal() if unit.first else None,
            last=unit.last.toordinal() if unit.last else None,
            assumed=unit.assumed,
            place=where.name.casefold() if where else None,
            country=where.country if where else None,
            lat=where.lat if where else None,
            lon=where.lon if where else None,
            radius=(where.radius_km or 5.0) if where and where.lat is not None else None,
            type=word_hash(event.type) if event else None,
            close_types=close,
            cousin_types=cousin,
            initiators=self._family(event.initiators) if event else (),
            targets=self._family(event.targets) if event else (),
            toll=_tolls(deaths, 1),
            toll_large=_tolls(deaths, LARGE),
            killed=_largest(deaths, "killed"),
            wounded=_largest(deaths, "wounded"),
            words=_hashes(unit.words),
            names=_hashes(unit.names),
            passage=_passage(unit),
        )

    @cached_property
    def _types(self) -> Mapping[str, tuple[tuple[int, ...], tuple[int, ...]]]:
        """For each type, those close to it and those of its branch; itself among the first."""
        world, out = self._world, {}
        for one in world.event_types:
            gaps = {other: world.type_distance(one, other) for other in world.event_types}
            out[one] = (
                tuple(sorted(word_hash(t) for t, gap in gaps.items() if gap <= CLOSE)),
                tuple(sorted(word_hash(t) for t, gap in gaps.items() if CLOSE < gap <= COUSIN)),
            )
        return out

    def _family(self, refs: Sequence[ActorRef]) -> tuple[int, ...]:
        """The actors and all above them; a state stands for whoever governs it too."""
        known = tuple(ref.actor for ref in refs if ref.actor and ref.actor in self._world.actors)
        if known not in self._families:
            out: set[str] = set()
            for actor in known:
                line = self._world.ancestors(actor)
                out.update(line)
                ruler = self._world.organ(line[-1], "government")
                if self._world.actors[line[-1]].kind == "state" and ruler is not None:
                    out.update(self._world.ancestors(ruler))
            self._families[known] = _hashes(out)
        return self._families[known]


def _tolls(claims: Sequence[CasualtiesClaim], least: int) -> tuple[int, ...]:
    """Keys such that two figures share one if they can be the same number of the same people.

    Whoever does not say which victims died agrees with any class, but two classes never agree.
    """
    out: set[str] = set()
    for claim in claims:
        low = claim.count.low or 0
        if low < least:
            continue
        if claim.victims == "unknown":
            out.add(f"{claim.effect}:?:{low}")
            out.update(f"{claim.effect}:{each}?:{low}" for each in CLASSES)
        else:
            out.update({
                f"{claim.effect}:{claim.victims}:{low}",
                f"{claim.effect}:{claim.victims}?:{low}",
            })  # fmt: skip
    return _hashes(out)


def _largest(claims: Sequence[CasualtiesClaim], effect: str) -> int | None:
    """The largest number of one effect; None where none above zero is given."""
    found = max((c.count.low or 0 for c in claims if c.effect == effect), default=0)
    return min(found, MOST) or None


def _hashes(words: Collection[str]) -> tuple[int, ...]:
    return tuple(sorted(word_hash(word) for word in words))


@lru_cache(maxsize=200_000)
def word_hash(word: str) -> int:
    """31 bits of a word: engines intersect lists of numbers faster than of texts."""
    return zlib.crc32(word.encode()) & 0x7FFFFFFF


def _passage(unit: Unit) -> int:
    """A hash of the passage without case and spacing: a copied sentence keeps it."""
    claim = unit.event or unit.claims[0]
    return zlib.crc32(" ".join(claim.quote.casefold().split()).encode())


def frequent(rows: Sequence[Row], share: float = 0.02, least: int = 25) -> frozenset[int]:
    """Words and names in more than `share` of the accounts, and more than `least` of them.

    They tell no two happenings apart in this record, whatever they mean elsewhere.
    """
    counts: Counter[int] = Counter()
    for row in rows:
        counts.update(row.words)
        counts.update(row.names)
    most = max(least, share * len(rows))
    return frozenset(word for word, count in counts.items() if count > most)


def without(rows: Sequence[Row], common: frozenset[int]) -> list[Row]:
    """Rows without these words."""
    if not common:
        return list(rows)
    return [
        replace(
            row,
            words=tuple(w for w in row.words if w not in common),
            names=tuple(w for w in row.names if w not in common),
        )
        for row in rows
    ]


def as_columns(rows: Sequence[Row]) -> dict[str, list[Any]]:
    """Rows as columns, with their position as `n`; order them by id first."""
    out: dict[str, list[Any]] = {f.name: [] for f in fields(Row)}
    for row in rows:
        for name, values in out.items():
            values.append(getattr(row, name))
    return {"n": list(range(len(rows))), **out}
