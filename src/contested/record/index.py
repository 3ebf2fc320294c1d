"""The values by which claims and incidents are found: time, place, actors, speakers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from contested.model import ActorRef, Claim, Incident, Speaker, When, Where
from contested.model.deaths import deaths

SPEAKER = "speaker"
"""The role of who says it; every other role belongs to what is said."""

_ROLE_OF_FIELD = {
    "initiators": "initiator",
    "targets": "target",
    "parties": "party",
    "mediators": "mediator",
    "addressees": "addressee",
    "subject": "subject",
    "object": "object",
    "by": "by",
    "side": "side",
    "actor": "actor",
    "organisation": "organisation",
}


def lines(values: Iterable[str | None]) -> str:
    """Values in lower case, each between line ends, so that a whole one can be looked for."""
    kept = dict.fromkeys(" ".join(value.split()).lower() for value in values if value)
    return "\n" + "\n".join(kept) + "\n" if kept else ""


def time_columns(when: When | None) -> dict[str, str | None]:
    """`edtf`, `earliest`, `latest`: all null for an unknown time."""
    if when is None:
        return {"edtf": None, "earliest": None, "latest": None}
    return {"edtf": when.edtf, "earliest": when.earliest, "latest": when.latest}


def place_columns(where: Where | None) -> dict[str, str | None]:
    """`country` and `place`, the names under which the place can be asked for."""
    if where is None:
        return {"country": None, "place": None}
    country = where.country.upper() if where.country else None
    return {"country": country, "place": lines((where.name, where.as_written, where.admin1))}


def claim_columns(claim: Claim) -> dict[str, Any]:
    """The indexed columns of a claim."""
    when = getattr(claim, "when", None) or getattr(claim, "period", None)
    return {
        "id": claim.id,
        "kind": claim.kind,
        "type": getattr(claim, "type", None),
        "start": claim.start,
        "confidence": claim.confidence,
        "speakers": lines(speaker.name for speaker in claim.speakers),
        **time_columns(when),
        **place_columns(getattr(claim, "where", None)),
    }


def claim_actors(claim: Claim) -> set[tuple[str, str]]:
    """(actor, role) of everybody whom the claim names and the actor table knows."""
    found = {(each.actor, SPEAKER) for each in claim.speakers if each.actor}
    for name, role in _ROLE_OF_FIELD.items():
        found.update((actor, role) for actor in _ids(getattr(claim, name, None)))
    return found


def _ids(value: object) -> Iterator[str]:
    if isinstance(value, tuple):
        for each in value:
            yield from _ids(each)
    elif isinstance(value, ActorRef):
        value = value.actor
    if isinstance(value, str) and value:
        yield value


def incident_columns(incident: Incident) -> dict[str, Any]:
    """The indexed columns of an incident."""
    return {
        "type": incident.type,
        "status": incident.status,
        "speakers": lines(speaker.name for speaker in _voices(incident)),
        "reports": lines(incident.reports),
        **time_columns(incident.when),
        **place_columns(incident.where),
    }


def brief_columns(incident: Incident) -> dict[str, Any]:
    """What lists and maps show of an incident; the killed are null where nobody gave a figure."""
    where, killed, when = incident.where, deaths(incident), incident.when
    actors = sorted(f"{role} {actor}" for actor, role in incident_actors(incident))
    return {
        "type": incident.type,
        "status": incident.status,
        "dated": when is not None,
        "earliest": when.earliest if when else None,
        "latest": when.latest if when else None,
        **place_columns(where),
        "name": where.name if where else None,
        "admin1": where.admin1 if where else None,
        "lat": where.lat if where else None,
        "lon": where.lon if where else None,
        "radius_km": where.radius_km if where else None,
        "actors": "\n".join(actors),
        "speakers": lines(speaker.name for speaker in _voices(incident)),
        "killed_low": killed.low if killed else None,
        "killed_best": killed.best if killed else None,
        "killed_high": killed.high if killed else None,
        "killed_open": killed.open if killed else False,
        "reports": "\n".join(incident.reports),
        "origins": "\n".join(origin.id for origin in incident.origins),
        "claims": len(incident.claims),
    }


def incident_actors(incident: Incident) -> set[tuple[str, str]]:
    """(actor, role) of everybody in the incident whom the actor table knows."""
    found = {(each.actor, SPEAKER) for each in _voices(incident) if each.actor}
    found.update((actor, "initiator") for actor in _ids(incident.initiators))
    found.update((actor, "target") for actor in _ids(incident.targets))
    found.update((actor, "responsible") for actor in incident.responsibility.actors)
    return found


def _voices(incident: Incident) -> Iterator[Speaker]:
    for toll in incident.casualties:
        for figure in toll.according_to:
            yield from figure.speakers
    for voice in incident.responsibility.according_to:
        yield from voice.speakers
