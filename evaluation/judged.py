"""Claims judged by hand, and the same claims as the program makes them now.

A judgement names a claim by its corpus, the hash of its text, its characters and its id, and holds
no word of the text. A claim that the program no longer makes as it was judged has another id and is
left out: `lost` counts these.

Right means what docs/extract.md says of `confidence`: nothing that the claim states is wrong.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from contested.model import Claim, Report
from evaluation.judged_texts import PAGES, TEXTS, ingested
from evaluation.measure import BadData, NoData, Say
from evaluation.reading import whole_reader

HASH = 12


@dataclass(frozen=True, slots=True)
class Judgement:
    """One row: whether claim `claim` in the text with this hash is right, and what is wrong."""

    corpus: str
    report: str
    text: str
    claim: str
    right: bool
    wrong: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Judged:
    """A claim as it is made now, the evidence for it, and what was judged of it."""

    judgement: Judgement
    claim: Claim
    evidence: dict[str, float]


@dataclass(frozen=True, slots=True)
class Found:
    """All judged claims of the corpora that are here; `lost` are made otherwise now, `missing`
    are corpora that are not here."""

    rows: tuple[Judged, ...]
    lost: int
    missing: tuple[str, ...]
    texts: tuple[str, ...]


def judgements(path: Path) -> list[Judgement]:
    """The rows of a file of judgements. Raises NoData or BadData."""
    try:
        with path.open(encoding="utf-8", newline="") as lines:
            return [_row(cells) for cells in csv.DictReader(lines)]
    except OSError as error:
        raise NoData(str(path)) from error
    except KeyError as error:
        raise BadData(f"{path}: no column {error}") from error


def _row(cells: dict[str, str]) -> Judgement:
    return Judgement(
        cells["corpus"],
        cells["report"],
        cells["text"],
        cells["claim"],
        cells["verdict"] == "right",
        tuple(cells["wrong"].split()),
    )


def found(rows: Sequence[Judgement], pages: Iterable[Path], say: Say) -> Found:
    """The claims of `rows` as they are made now; `pages` are folders of the pages judged."""
    wanted = {(row.text, row.report) for row in rows}
    by_claim = {(row.text, row.claim): row for row in rows}
    folders = tuple(pages)
    out: list[Judged] = []
    missing: list[str] = []
    seen: set[tuple[str, str]] = set()
    for corpus in dict.fromkeys(row.corpus for row in rows):
        try:
            for report in _texts(corpus, folders):
                text = (report.version[:HASH], Path(report.name).name)
                if text in wanted and text not in seen:
                    seen.add(text)
                    out += _claims(report, by_claim)
        except NoData:
            missing.append(corpus)
            say(f"left out: {corpus} is not here")
    here = sum((row.text, row.report) in seen for row in rows)
    texts = tuple(sorted({text for text, _ in seen}))
    return Found(tuple(out), here - len(out), tuple(missing), texts)


def _texts(corpus: str, pages: Sequence[Path]) -> Iterator[Report]:
    if corpus != PAGES:
        yield from TEXTS[corpus]()
        return
    if not pages:
        raise NoData("folder of pages")
    for folder in pages:
        yield from ingested(folder)


def _claims(report: Report, by_claim: dict[tuple[str, str], Judgement]) -> Iterator[Judged]:
    for claim, evidence in _evidence(report):
        row = by_claim.get((report.version[:HASH], claim.id))
        if row is not None:
            yield Judged(row, claim, evidence)


@cache
def _evidence(report: Report) -> list[tuple[Claim, dict[str, float]]]:
    return whole_reader().evidence(report)
