"""One incident: its voices, its history, what stands around it, how it is cited and saved."""

from __future__ import annotations

import io
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from contested.errors import UsageError
from contested.model import Claim, Incident, to_plain
from contested.model.rules import RULES
from contested.pipeline import Record
from contested.pipeline.around import Near, linked, near
from contested.pipeline.moments import Moment, written
from contested.publish import exporter
from contested.publish.exporter import What
from contested.serve import verdict
from contested.serve.addresses import claim_address
from contested.serve.incident_history import last_before, versions
from contested.serve.incident_page import incident_view
from contested.serve.incident_words import headline
from contested.serve.operations import Call, Parameter
from contested.serve.pages.common import disposition
from contested.serve.site import Family, Site
from contested.serve.source import Source
from contested.serve.words import date_in_words, place_in_full

family = Family("incident")

EXPORTS: dict[str, tuple[str, What, str]] = {
    "json": ("", "incidents", "application/json"),
    "csv": ("csv", "incidents", "text/csv"),
    "figures.csv": ("csv", "figures", "text/csv"),
    "geojson": ("geojson", "incidents", "application/geo+json"),
}
"""What an incident is saved as: the exporter, what it writes, and the media type. JSON is what the
API answers, and needs none."""


@family.page("/incidents/{id}")
def incident_page(site: Site, request: Request) -> Response:
    """One incident with its voices; `as_of` shows it as the record had it then."""
    asked = request.query_params.get("as_of", "").strip()
    record: Record = site.record.as_of(asked) if asked else site.record
    source = Source(record) if asked else site.source
    incident = record.incident(request.path_params["id"])
    if incident.id != request.path_params["id"]:
        return RedirectResponse(f"/incidents/{incident.id}", 303)
    history = site.record.history(incident.id)
    claims = source.board.briefs.claims_of_reports(incident.reports)
    return site.templates.page(
        request,
        "incident/page.html",
        view=incident_view(source, incident),
        asked=asked,
        versions=versions(source, history, last_before(history, incident)),
        near=near(record, incident),
        linked=linked(record, incident, claims),
        places=accounts(incident, claims, "where"),
        times=accounts(incident, claims, "when"),
        decisions=_decisions(record, incident),
        rules=RULES,
        formats=EXPORTS,
        done=verdict.row(site.record, request.query_params.get("done", "")),
    )


def accounts(
    incident: Incident, claims: Sequence[Claim], name: Literal["where", "when"]
) -> list[tuple[str, str, int]]:
    """The places or times that its claims name: in words, where one stands, in how many reports."""
    told = place_in_full if name == "where" else date_in_words
    found: dict[str, list[Claim]] = {}
    for claim in claims:
        value = getattr(claim, name, None)
        if claim.id in incident.claims and value is not None and name not in claim.carried:
            found.setdefault(told(value), []).append(claim)
    rows = [
        (words, claim_address(those[0]), len({claim.report for claim in those}))
        for words, those in found.items()
    ]
    return sorted(rows, key=lambda row: -row[2])


def _decisions(record: Record, incident: Incident) -> tuple[verdict.DecisionRow, ...]:
    if not incident.decisions:
        return ()
    known = record.store.decisions()
    return verdict.rows(known, [one for one in known if one.id in incident.decisions])


@family.page("/incidents/{id}/export/{format}")
def incident_export(site: Site, request: Request) -> Response:
    """One incident as a file."""
    name = request.path_params["format"]
    if name not in EXPORTS:
        raise UsageError(f"There is no format {name[:40]!r}. Choose {', '.join(EXPORTS)}.")
    incident = _as_of(site, request).incident(request.path_params["id"])
    form, what, media = EXPORTS[name]
    out = io.StringIO()
    if form:
        exporter(form, what).write(what, [incident], out)
    else:
        json.dump(to_plain(incident), out, ensure_ascii=False, indent=1)
    ending = "-figures.csv" if name == "figures.csv" else f".{name}"
    return Response(
        out.getvalue(),
        media_type=media,
        headers={"Content-Disposition": disposition(incident.id, ending)},
    )


@family.page("/incidents/{id}/cite")
def cite_page(site: Site, request: Request) -> Response:
    """How an incident is cited, so that another can find the very same words again."""
    asked = request.query_params.get("as_of", "").strip()
    incident = _as_of(site, request).incident(request.path_params["id"])
    cited = citation(site, incident, asked or None)
    return site.templates.page(request, "incident/cite.html", incident=incident, cited=cited)


def _as_of(site: Site, request: Request) -> Record:
    asked = request.query_params.get("as_of", "").strip()
    return site.record.as_of(asked) if asked else site.record


@dataclass(frozen=True, slots=True)
class Citation:
    """A line to cite, the hash of the record's state in it, and the address of that state."""

    line: str
    at: str
    sha256: str
    address: str


def citation(site: Site, incident: Incident, moment: Moment | None) -> Citation:
    """How an incident is cited as of a moment (now)."""
    snapshot = site.record.snapshot(moment)
    told = headline(incident, site.source.type_name(incident.type), site.source.actor_name)
    at = written(snapshot.at)
    return Citation(
        line=f"{told} ({incident.id}). {snapshot.citation}",
        at=at,
        sha256=snapshot.sha256,
        address=f"/incidents/{incident.id}?as_of={quote(at)}",
    )


AS_OF = Parameter("as_of", "As the record was at the end of that day, month or year, or moment.")


def _then(site: Site, call: Call) -> Record:
    moment = call.value("as_of")
    return site.record.as_of(moment) if moment else site.record


@family.get("/api/incidents/{id}", Incident, AS_OF)
def incident(site: Site, call: Call) -> Incident:
    """One incident. As ``contested show ID --format json``."""
    return _then(site, call).incident(call["id"])


@family.get("/api/incidents/{id}/citation", Citation, AS_OF)
def incident_citation(site: Site, call: Call) -> Citation:
    """How an incident is cited, with the hash of the record's state. Reads the whole record."""
    return citation(site, _then(site, call).incident(call["id"]), call.value("as_of"))


@family.get("/api/incidents/{id}/near", Near, many=True)
def incidents_near(site: Site, call: Call) -> Sequence[Near]:
    """Incidents near it in place and time, the nearest first."""
    return near(site.record, site.record.incident(call["id"]), 100)


@dataclass(frozen=True, slots=True)
class Version:
    """What the record said of an incident from a moment on."""

    incident: Incident
    seq: int
    at: str
    gone: bool


@family.get("/api/incidents/{id}/history", Version, many=True)
def incident_history(site: Site, call: Call) -> Sequence[dict[str, object]]:
    """All that the record ever said of an incident, the oldest first."""
    found = site.record.history(call["id"])
    return [to_plain(version) | {"at": version.at.isoformat()} for version in found]
