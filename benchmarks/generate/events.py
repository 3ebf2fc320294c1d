"""Real events to draw from: UCDP's Georeferenced Event Dataset (GED).

UCDP GED is published by the Uppsala Conflict Data Program under CC BY 4.0: Sundberg and Melander
(2013), Journal of Peace Research 50(4). It lies beside the repository, not in it.
"""

from __future__ import annotations

import csv
import datetime as dt
import gzip
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from evaluation.measure import NoData

SYRIA = "ged-syria.csv.gz"

_KINDS: tuple[tuple[str, str], ...] = (
    (r"suicide|blows? (?:him|her)self", "suicide_bombing"),
    (r"booby|car bomb|vehicle bomb", "car_bombing"),
    (r"assassinat", "assassination"),
    (r"execut|behead", "execution"),
    (r"ambush", "ambush"),
    (r"\bmines?\b|landmine", "landmine"),
    (r"\bied\b|explo[ds]|blast|detonat", "ied"),
    (r"snip|shot dead|shooting|gunfire", "shooting"),
    (r"warplane|air ?strike|raids?\b|barrel|helicopter|coalition", "airstrike"),
    (r"missile|rocket", "rocket_attack"),
    (r"mortar", "mortar_attack"),
    (r"shell|bombard|artillery", "shelling"),
    (r"captur|advanc|control|regain", "battle"),
    (r"clash|fight|battle|engag", "armed_clash"),
    (r"attack|assault|storm", "armed_attack"),
)
_WORDS = tuple((re.compile(pattern, re.IGNORECASE), kind) for pattern, kind in _KINDS)
_LAST_WORD = re.compile(
    r"\s+(?:town|village|city|neighbou?rhood|district|governorate|province|mountains?|area|camp|"
    r"suburb|subdistrict|villages|oil ?field)\s*$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Event:
    """One UCDP event: the parts of it that are drawn from. `day` is a proleptic ordinal.

    `kind` is a type of the codebook read from the headline, or null where it tells none.
    `violence` is UCDP's: 1 state-based, 2 non-state, 3 one-sided.
    """

    day: int
    violence: int
    side_a: int
    side_b: int
    kind: str | None
    precision: int
    name: str
    sort: str
    district: str
    province: str
    lat: float
    lon: float
    dead_a: int
    dead_b: int
    dead_civilians: int
    dead_unknown: int


@dataclass(frozen=True, slots=True)
class Source:
    """All events in order of time, and the names of UCDP's actors by their numbers."""

    events: tuple[Event, ...]
    names: Mapping[int, str]
    days: int


def table(folder: Path) -> Path:
    """The table of Syria's events in `folder`. Raises NoData if it is not there."""
    path = folder / SYRIA
    if not path.is_file():
        raise NoData(f"{path}: name the folder that holds UCDP's events for Syria with --ucdp.")
    return path


def load(folder: Path) -> Source:
    """The events of Syria under `folder`. Raises NoData if they are not there."""
    path = table(folder)
    names: dict[int, str] = {}
    events = sorted(_rows(path, names), key=lambda e: (e.day, e.lat, e.lon, e.name))
    return Source(tuple(events), names, events[-1].day - events[0].day + 1)


def _rows(path: Path, names: dict[int, str]) -> Iterator[Event]:
    with gzip.open(path, "rt", encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            sides = []
            for letter in "ab":
                number = int(float(row[f"side_{letter}_new_id"]))
                names[number] = row[f"side_{letter}"].strip()
                sides.append(number)
            yield _event(row, sides[0], sides[1])


def _event(row: Mapping[str, str], side_a: int, side_b: int) -> Event:
    name, sort = _named(row["where_coordinates"])
    return Event(
        day=dt.date.fromisoformat(row["date_start"][:10]).toordinal(),
        violence=int(float(row["type_of_violence"])),
        side_a=side_a,
        side_b=side_b,
        kind=_kind(row["source_headline"]),
        precision=int(float(row["where_prec"])),
        name=name,
        sort=sort,
        district=_LAST_WORD.sub("", row["adm_2"]).strip(),
        province=_LAST_WORD.sub("", row["adm_1"]).strip(),
        lat=float(row["latitude"]),
        lon=float(row["longitude"]),
        dead_a=_number(row["deaths_a"]),
        dead_b=_number(row["deaths_b"]),
        dead_civilians=_number(row["deaths_civilians"]),
        dead_unknown=_number(row["deaths_unknown"]),
    )


def _named(words: str) -> tuple[str, str]:
    """A place's name and what sort of place it is ("Khan Shaykhun town")."""
    clean = " ".join(words.split())
    found = _LAST_WORD.search(clean)
    if not found:
        return clean, "place"
    return clean[: found.start()], found.group().strip().lower()


def _kind(headline: str) -> str | None:
    for pattern, kind in _WORDS:
        if pattern.search(headline):
            return kind
    return None


def _number(text: str) -> int:
    return int(float(text)) if text else 0
