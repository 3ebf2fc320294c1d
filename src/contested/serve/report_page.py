"""What the page of one report shows: its text with the claims marked in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from urllib.parse import urlsplit

from contested.model import Claim, Speaker
from contested.record import StoredReport
from contested.serve import words
from contested.serve.source import Source

KINDS = (
    "casualties",
    "responsibility",
    "event",
    "statistic",
    "agreement",
    "statement",
    "relation",
    "position",
)
"""Kinds of claims; where several stand on the same words, the first one here draws the line."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of the text under the same claims: `begins` are those that begin with it."""

    text: str
    kind: str | None
    title: str
    chosen: bool
    begins: tuple[str, ...]
    ends: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class ClaimRow:
    """A claim in the list beside the text."""

    number: int
    id: str
    kind: str
    stance: str
    chain: tuple[Speaker, ...]
    coded: tuple[tuple[str, str], ...]
    chosen: bool
    address: str


@dataclass(frozen=True, slots=True)
class ReportView:
    """All that the page shows."""

    stored: StoredReport
    title: str
    link: str | None
    pieces: tuple[Piece, ...]
    claims: tuple[ClaimRow, ...]
    kinds: tuple[str, ...]
    versions: tuple[StoredReport, ...]


def report_view(source: Source, stored: StoredReport, chosen: str) -> ReportView:
    """Mark a report's claims in its text; the claim `chosen` stands out."""
    claims = source.current_claims(stored.report.id) if stored.latest else []
    fit = [c for c in claims if stored.report.text[c.start : c.end] == c.quote]
    rows = tuple(
        ClaimRow(
            number=number,
            id=claim.id,
            kind=claim.kind,
            stance=claim.stance,
            chain=claim.speakers,
            coded=tuple(_fields(source, claim, claim.id == chosen)),
            chosen=claim.id == chosen,
            address=f"/reports/{stored.report.id}?claim={claim.id}#{claim.id}",
        )
        for number, claim in enumerate(fit, 1)
    )
    present = {claim.kind for claim in fit}
    return ReportView(
        stored=stored,
        title=source.report_title(stored.report.id) if stored.latest else stored.report.name,
        link=web_address(stored.report.url),
        pieces=pieces(stored.report.text, fit, rows, chosen),
        claims=rows,
        kinds=tuple(kind for kind in KINDS if kind in present),
        versions=tuple(source.record.store.versions(stored.report.id)),
    )


def _fields(source: Source, claim: Claim, whole: bool) -> list[tuple[str, str]]:
    if whole:
        return words.coded(claim, source.actor_name)[1:]
    return words.summary(claim, source.actor_name)


def web_address(url: str | None) -> str | None:
    """`url` where it is one that a browser may follow: http or https, nothing else."""
    if not url:
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return url if parts.scheme in ("http", "https") and parts.netloc else None


def pieces(
    text: str, claims: Sequence[Claim], rows: Sequence[ClaimRow], chosen: str
) -> tuple[Piece, ...]:
    """Cut the text wherever a claim begins or ends, so that claims may overlap as they like."""
    cuts = sorted({0, len(text), *(c.start for c in claims), *(c.end for c in claims)})
    out = []
    for first, last in pairwise(cuts):
        over = [
            (claim, row)
            for claim, row in zip(claims, rows, strict=True)
            if claim.start <= first and last <= claim.end
        ]
        kinds = [claim.kind for claim, _ in over]
        out.append(
            Piece(
                text=text[first:last],
                kind=min(kinds, key=KINDS.index) if kinds else None,
                title="\n".join(_summary(row) for _, row in over),
                chosen=any(claim.id == chosen for claim, _ in over),
                begins=tuple(claim.id for claim, _ in over if claim.start == first),
                ends=tuple(row.number for claim, row in over if claim.end == last),
            )
        )
    return tuple(out)


def _summary(row: ClaimRow) -> str:
    fields = "; ".join(f"{name}: {value}" for name, value in row.coded)
    return f"{row.number}. {row.kind}: {fields}"
