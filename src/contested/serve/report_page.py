"""What the page of one report shows: its text with the claims marked in it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit

from contested.model import Claim, Speaker
from contested.model.query import Query
from contested.record import StoredReport
from contested.serve import words
from contested.serve.report_text import KINDS, Block, Marked, blocks
from contested.serve.source import Source
from contested.serve.verdict import DecisionRow, rows
from contested.serve.written import fields_of


@dataclass(frozen=True, slots=True)
class ClaimRow:
    """A claim in the list beside the text; `fields` are those that can be corrected, as typed."""

    number: int
    id: str
    kind: str
    stance: str
    chain: tuple[Speaker, ...]
    told: str
    summary: tuple[tuple[str, str], ...]
    coded: tuple[tuple[str, str], ...]
    fields: dict[str, str]
    chosen: bool
    address: str
    incident: str | None
    decisions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ReportView:
    """All that the page shows."""

    stored: StoredReport
    title: str
    link: str | None
    blocks: tuple[Block, ...]
    claims: tuple[ClaimRow, ...]
    kinds: tuple[str, ...]
    versions: tuple[StoredReport, ...]
    decisions: tuple[DecisionRow, ...]

    @property
    def chosen(self) -> ClaimRow | None:
        """The claim that stands out."""
        return next((row for row in self.claims if row.chosen), None)

    @property
    def sheet(self) -> dict[str, dict[str, object]]:
        """What the script needs to fill the form for another claim."""
        return {
            row.id: {"number": row.number, "kind": row.kind, "fields": row.fields}
            for row in self.claims
        }


def report_view(source: Source, stored: StoredReport, chosen: str) -> ReportView:
    """Mark a report's claims in its text; the claim `chosen` stands out."""
    claims = source.current_claims(stored.report.id) if stored.latest else []
    fit = [c for c in claims if stored.report.text[c.start : c.end] == c.quote]
    incidents = source.record.incidents(Query(report=stored.report.id)) if fit else []
    homes = {claim: one.id for one in incidents for claim in one.claims}
    found = tuple(
        _row(source, number, claim, chosen, homes.get(claim.id))
        for number, claim in enumerate(fit, 1)
    )
    marked = [Marked(claim, row.number, _title(row)) for claim, row in zip(fit, found, strict=True)]
    present = {claim.kind for claim in fit}
    return ReportView(
        stored=stored,
        title=source.report_title(stored.report.id) if stored.latest else stored.report.name,
        link=web_address(stored.report.url),
        blocks=blocks(stored.report.text, marked, chosen),
        claims=found,
        kinds=tuple(kind for kind in KINDS if kind in present),
        versions=tuple(source.record.store.versions(stored.report.id)),
        decisions=_decisions(source, stored.report.id, {claim.id for claim in claims}),
    )


def _row(source: Source, number: int, claim: Claim, chosen: str, incident: str | None) -> ClaimRow:
    return ClaimRow(
        number=number,
        id=claim.id,
        kind=claim.kind,
        stance=claim.stance,
        chain=claim.speakers,
        told=words.claimed(claim, source.actor_name),
        summary=tuple(words.summary(claim, source.actor_name)),
        coded=tuple(words.coded(claim, source.actor_name)[1:]),
        fields=fields_of(claim),
        chosen=claim.id == chosen,
        address=f"/reports/{claim.report}?claim={claim.id}#{claim.id}",
        incident=incident,
        decisions=claim.decisions,
    )


def _decisions(source: Source, report: str, claims: Iterable[str]) -> tuple[DecisionRow, ...]:
    """What was decided on the report, or on a claim of it, the last first."""
    known = source.record.store.decisions()
    mine = set(claims)
    found = {
        one.id
        for one in known
        if one.act not in ("skip", "undo")
        and (
            report in one.reports
            if one.act in ("correct", "wrong")
            else any(s.id == report or s.id in mine for s in one.subjects)
        )
    }
    return rows(known, [one for one in known if one.id in found])


def web_address(url: str | None) -> str | None:
    """`url` where it is one that a browser may follow: http or https, nothing else."""
    if not url:
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return url if parts.scheme in ("http", "https") and parts.netloc else None


def _title(row: ClaimRow) -> str:
    return f"{row.number}. {row.told}"
