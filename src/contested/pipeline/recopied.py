"""Which reports are copies, where some are new: found again without looking at all of them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

import numpy as np

from contested.reconcile.copies import COPY, FEWEST, Repeats, Sketch, repeats
from contested.record.blocks import LinkedRun, Sketches
from contested.record.linkage import Linkage
from contested.record.links import Copy


def recopied(
    links: Linkage, number: int, fresh: Sequence[LinkedRun], known: Sketches
) -> tuple[dict[str, Repeats], set[str]]:
    """Copies among the new reports and the families they belong to, and who was looked at."""
    if not fresh:
        return {}, set()
    mine = {each.report for each in fresh}
    akin = _akin(known, fresh) - mine
    held = links.copies(number, sorted(akin | mine))
    sources = {each.source for each in held.values()} | akin | mine
    families = links.families(number, sorted(sources))
    whole = {each for each in families if each in known.places and each not in mine} | akin
    found = repeats([_sketch(r) for r in (*fresh, *(known[r] for r in sorted(whole)))])
    before = links.copies(number, sorted(whole))
    if any(e.of in mine and as_copy(r, found.get(r)) != e for r, e in before.items()):
        # What it repeated has changed: it may repeat any other report of the record.
        whole = known.places.keys() - mine
        found = repeats([_sketch(r) for r in (*fresh, *(known[r] for r in sorted(whole)))])
        before = links.copies(number, sorted(whole))
    moved = {
        report
        for report in whole
        if as_copy(report, found.get(report)) != before.get(report, as_copy(report, None))
    }
    return {r: c for r, c in found.items() if r in mine or r in moved}, moved | mine


def _akin(known: Sketches, fresh: Sequence[LinkedRun]) -> set[str]:
    """Reports that share with a new one as many marks as a copy has, or its source."""
    found: set[int] = set()
    shared = known.sharing(np.unique(np.concatenate([each.marks for each in fresh])))
    for each in fresh:
        if not len(each.marks):
            continue
        counts = shared.counts(each.marks)
        shorter = np.minimum(known.sizes, len(each.marks))
        enough = (counts >= np.minimum(FEWEST, shorter)) & (counts >= COPY * shorter) & (counts > 0)
        found.update(np.flatnonzero(enough).tolist())
    return {known.reports[n] for n in found}


def _sketch(run: LinkedRun) -> Sketch:
    return Sketch(run.report, run.published, run.marks)


def as_copy(report: str, found: Repeats | None) -> Copy:
    """What is kept of a report: what it repeats, or that it repeats nothing."""
    if found is None:
        return Copy(report, None, 0.0, report)
    return Copy(report, found.of, found.share, found.source)


def copies(found: Mapping[str, Repeats], looked_at: Collection[str]) -> list[Copy]:
    """Every copy, and every report that was looked at and is none (any more)."""
    return [as_copy(report, found.get(report)) for report in sorted({*found, *looked_at})]
