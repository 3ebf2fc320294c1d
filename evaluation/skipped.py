"""The `relevance` measure: what is lost by not parsing what seems to hold nothing to code.

Texts are read twice, whole and as the program reads them. A claim is lost that only the first
gives; one that only the second gives would be a claim changed by what was left out.
"""

from __future__ import annotations

from dataclasses import dataclass

from contested.extract import Extractor
from contested.model import Report
from evaluation.judged_texts import TEXTS
from evaluation.measure import Figure, Measured, NoData, Options, Say, digest_of, share
from evaluation.reading import extractor, whole_reader

CONFLICT = {"sample": 1, "reports": 1, "satp": 4, "muc4-dev": 8, "wikievents": 1}
OTHER = {"polnear": 4, "tr-news": 2, "ewt": 8, "gum": 4}
"""Corpora, and that every so many texts of each are read."""


@dataclass(slots=True)
class Tally:
    """Claims and sentences of some texts."""

    texts: int = 0
    claims: int = 0
    lost: int = 0
    changed: int = 0
    sentences: int = 0
    read: int = 0

    def add(self, other: Tally) -> None:
        """Count another's too."""
        for name in ("texts", "claims", "lost", "changed", "sentences", "read"):
            setattr(self, name, getattr(self, name) + getattr(other, name))


def compared(report: Report, whole: Extractor, usual: Extractor) -> Tally:
    """One text, read twice."""
    every = {claim.id for claim in whole.extract(report).claims}
    made = {claim.id for claim in usual.extract(report).claims}
    sentences = usual.read(report, everything=False).sentences
    total = len(sentences) or len(whole.read(report).sentences)
    return Tally(
        1, len(every), len(every - made), len(made - every), total, sum(s.read for s in sentences)
    )


def tally(corpus: str, step: int, limit: int | None) -> Tally:
    """Every so many texts of a corpus. Raises NoData where it is not here."""
    out = Tally()
    for number, report in enumerate(TEXTS[corpus]()):
        if limit is not None and out.texts >= limit:
            break
        if number % step == 0:
            out.add(compared(report, whole_reader(), extractor()))
    return out


def measure(options: Options, say: Say) -> Measured:
    """Read the texts of all corpora that are here. Raises NoData if none is."""
    sums = {"conflict": Tally(), "other": Tally()}
    seen = []
    for group, corpora in (("conflict", CONFLICT), ("other", OTHER)):
        for name, step in corpora.items():
            try:
                one = tally(name, step, options.limit)
            except NoData:
                say(f"left out: {name} is not here")
                continue
            seen.append((name, f"{one.texts} {one.sentences}"))
            sums[group].add(one)
            say(
                f"{name:12} {one.texts:4} texts  {one.claims:5} claims  lost {one.lost:3}  "
                f"changed {one.changed}  read {share(one.read, one.sentences):5.1f}%"
            )
    conflict, other = sums["conflict"], sums["other"]
    if not conflict.texts:
        raise NoData("texts on conflict")
    changed, read = conflict.changed + other.changed, share(other.read, other.sentences)
    return Measured(
        measure="relevance",
        title="What is not read",
        command="python -m evaluation relevance",
        data=f"{conflict.texts} texts on conflict and {other.texts} on anything",
        sha256=digest_of(seen),
        figures=(
            Figure("kept", _kept(conflict), _of(conflict, "texts on conflict")),
            Figure("changed", changed, "claims that come out otherwise", "count", "lower", 1),
            Figure("read", read, "sentences read in texts on anything", "%", None),
            Figure("kept_other", _kept(other), _of(other, "texts on anything"), "%", None),
        ),
        whole=options.limit is None,
    )


def _kept(tally: Tally) -> float:
    return share(tally.claims - tally.lost, tally.claims)


def _of(tally: Tally, texts: str) -> str:
    return f"claims kept, of {tally.claims:,} in {texts}"
