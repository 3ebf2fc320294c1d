"""Reports whose claims are known beforehand, so that no language pipeline has to be loaded.

Each report tells of one attack. Its versions move the attack by a week, so that incidents join and
part as versions come in; its two methods of reading find more or fewer claims.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from contested.model import ActorRef, Claim, Count, Report, Where, make
from contested.model.edtf import when
from contested.pipeline import Stages
from contested.settings import Settings
from contested.world import World

if TYPE_CHECKING:
    from contested.extract import Extractor

NAMES, VERSIONS, METHODS = 10, 3, ("prepared-1", "prepared-2")
PLACES = (
    Where("Kurram", "Kurram", "Khyber Pakhtunkhwa", "PK", 33.82, 70.11, 10.0),
    Where("Mastung", "Mastung", "Balochistan", "PK", 29.8, 66.84, 10.0),
)
_SAYS = re.compile(r"On (2025-10-\d\d) gunmen attacked a post in (\w+), killing (\d+) soldiers\.")


@dataclass
class Extraction:
    """What was found, as the real extractor gives it."""

    claims: list[Claim]
    notes: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Prepared:
    """Reads the one sentence that every prepared report has."""

    method: str

    def extract(self, report: Report) -> Extraction:
        """The event and its toll; by the second method who did it too."""
        found = _SAYS.search(report.text)
        assert found is not None  # every prepared report has the sentence
        passage = report.passage(found.start(), found.end())
        where = next(place for place in PLACES if place.name == found[2])
        told: dict[str, Any] = {"where": where, "when": when(found[1])}
        told |= {"method": self.method, "confidence": 0.9}
        number = int(found[3])
        army = ActorRef("pakistan-military", "soldiers")
        event = make("event", passage, type="armed_attack", targets=(army,), **told)
        claims = [
            event,
            make(
                "casualties",
                passage,
                effect="killed",
                count=Count(number, number, "exactly", found[3]),
                victims="security_forces",
                event_ref=event.id,
                **told,
            ),
        ]
        if self.method == METHODS[1]:
            claims.append(
                make(
                    "responsibility",
                    passage,
                    act="claims",
                    actor="ttp",
                    actor_as_written="TTP",
                    event_ref=event.id,
                    **told,
                )
            )
        return Extraction(claims)


@lru_cache(maxsize=1)
def world() -> World:
    """The packaged tables, read once."""
    return World.load()


class PreparedStages(Stages):
    """The real stages with a prepared reader in place of the extractor."""

    def __init__(self, settings: Settings, method: str) -> None:
        super().__init__(settings)
        self._method = method

    @cached_property
    def world(self) -> World:
        """The packaged tables, read once for all stages."""
        return world()

    @cached_property
    def extractor(self) -> Extractor:
        """The prepared reader."""
        return cast("Extractor", Prepared(self._method))


def text(number: int, version: int) -> str:
    """One report; its filler is its own and the same in every version, so that it is found."""
    day = 8 + (number + version) % 3 * 7
    place = PLACES[number % len(PLACES)].name
    filler = " ".join(f"word{number}x{each}" for each in range(60))
    return (
        f"On 2025-10-{day:02} gunmen attacked a post in {place}, killing {5 + version} soldiers. "
        f"The English of this report is plain and it was written for a test. {filler}.\n"
    )


def path_of(folder: Path, number: int, version: int) -> Path:
    """Where a version of a report lies: the same name in a folder for each version."""
    return folder / f"v{version}" / f"report-{number}.txt"


def lay_out(folder: Path) -> None:
    """Write every version of every report."""
    for version in range(VERSIONS):
        for number in range(NAMES):
            path = path_of(folder, number, version)
            path.parent.mkdir(exist_ok=True)
            path.write_text(text(number, version), encoding="utf-8")
