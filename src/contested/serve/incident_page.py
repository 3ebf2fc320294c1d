"""What the page of one incident shows: every figure with its voice and its words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from contested.model import Claim, Figure, Incident, Speaker, Toll
from contested.publish.words import (
    figure_code,
    moves_in_words,
    phrase,
    toll_span_in_words,
    voice_in_words,
)
from contested.serve import incident_words, words
from contested.serve.addresses import claim_address
from contested.serve.incident_why import WhyRow, why_row
from contested.serve.picture import Mark, TollPicture, toll_picture
from contested.serve.source import Source

AROUND = 110
"""So many characters of a passage stand beside its figure."""


@dataclass(frozen=True, slots=True)
class Passage:
    """Words of a report, who says them, and where they stand."""

    claim: str
    quote: str
    chain: tuple[Speaker, ...]
    stance: str
    title: str
    address: str
    coded: str


@dataclass(frozen=True, slots=True)
class VoiceRow:
    """One voice's figure: how it is drawn, and its words."""

    name: str
    actor: str | None
    kind: str
    stance: str
    said: str | None
    mark: Mark
    origin: str
    code: str
    part: bool
    passages: tuple[Passage, ...]
    excerpt: str
    reports: int
    """How many reports carry it, whatever their origin."""


@dataclass(frozen=True, slots=True)
class TollView:
    """One toll with its picture and its voices."""

    head: str
    toll: Toll
    picture: TollPicture
    best: str
    range: str
    moves: str
    rows: tuple[VoiceRow, ...]
    silent: tuple[str, ...]
    """Parties that speak on the incident but give no figure here."""


@dataclass(frozen=True, slots=True)
class BlameRow:
    """What one voice says of who did it."""

    name: str
    kind: str
    stance: str
    says: str
    how: str
    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class IncidentView:
    """All that the page shows."""

    incident: Incident
    headline: str
    sentence: str
    told: tuple[str, ...]
    tolls: tuple[TollView, ...]
    blame: tuple[BlameRow, ...]
    others: tuple[Passage, ...]
    why: tuple[WhyRow, ...]
    origins: tuple[tuple[str, str, tuple[tuple[str, str], ...]], ...]
    claims: tuple[tuple[str, str, tuple[Passage, ...]], ...]
    """Every claim, report by report: its id, its title and its claims."""


def incident_view(source: Source, incident: Incident) -> IncidentView:
    """Gather the claims and titles of an incident."""
    type_name = source.type_name(incident.type)
    claims = source.claims(incident.claims)
    shown = {id for toll in incident.casualties for f in toll.according_to for id in f.claims}
    shown |= {id for voice in incident.responsibility.according_to for id in voice.claims}
    source.titles(incident.reports)
    source.ask_outlets(id for id, claim in claims.items() if not claim.speakers)
    origins = {origin.id: origin.name for origin in incident.origins}
    return IncidentView(
        incident=incident,
        headline=incident_words.headline(incident, type_name, source.actor_name),
        sentence=incident_words.sentence(incident, type_name, source.actor_name),
        told=_told(source, incident),
        tolls=tuple(_toll(source, incident, toll, claims) for toll in incident.casualties),
        blame=_blame(source, incident, claims),
        others=_passages(source, [id for id in claims if id not in shown], claims),
        why=tuple(why_row(source, reason, claims) for reason in incident.why),
        origins=tuple(
            (
                origins[origin.id],
                origin.why,
                tuple((f"/reports/{id}", source.report_title(id)) for id in origin.reports),
            )
            for origin in incident.origins
        ),
        claims=tuple(
            (
                report,
                source.report_title(report),
                _passages(source, [id for id in claims if claims[id].report == report], claims),
            )
            for report in incident.reports
        ),
    )


def _told(source: Source, incident: Incident) -> tuple[str, ...]:
    """Sentences on the tolls, on who did it, and on what the accounts do not agree on."""
    out = incident_words.toll_sentences(incident, source.actor_name)
    blame = words.blamed(incident, source.actor_name)
    out += [f"{blame}."] if blame else []
    accounts = (account.replace("_", " ") for account in incident.accounts)
    out += [f"{one[:1].upper()}{one[1:].rstrip('.')}." for one in accounts]
    return tuple(out or ["No report gives a toll."])


def _passages(source: Source, ids: Sequence[str], claims: dict[str, Claim]) -> tuple[Passage, ...]:
    return tuple(
        Passage(
            claim=id,
            quote=" ".join(claims[id].quote.split()),
            chain=claims[id].speakers,
            stance=claims[id].stance,
            title=source.report_title(claims[id].report),
            address=claim_address(claims[id]),
            coded=words.claimed(claims[id], source.actor_name),
        )
        for id in ids
        if id in claims
    )


def _toll(source: Source, incident: Incident, toll: Toll, claims: dict[str, Claim]) -> TollView:
    picture = toll_picture(toll)
    who = "people" if toll.victims == "unknown" else phrase(toll.victims)
    rows = tuple(
        VoiceRow(
            name=source.voice(figure.speakers, figure.claims),
            actor=_voice_actor(source, figure.speakers),
            kind=words.voice_kind(figure.speakers),
            stance=figure.stance,
            said=figure.said,
            mark=mark,
            origin=figure.origin,
            code=figure_code(figure),
            part=figure.part,
            passages=_passages(source, figure.claims, claims),
            excerpt=_excerpt(figure, claims),
            reports=len({claims[id].report for id in figure.claims if id in claims}),
        )
        for figure, mark in zip(toll.according_to, picture.marks, strict=True)
    )
    return TollView(
        head=f"{phrase(toll.effect).capitalize()}, {who}"
        + (", of the attacking side" if toll.attackers else ""),
        toll=toll,
        picture=picture,
        best=words.best_in_words(toll.best, toll.rule),
        range=toll_span_in_words(toll),
        moves=moves_in_words(toll),
        rows=rows,
        silent=_silent(source, incident, toll),
    )


def _excerpt(figure: Figure, claims: dict[str, Claim]) -> str:
    """The words around a figure, cut at blanks."""
    quote = next((" ".join(claims[id].quote.split()) for id in figure.claims if id in claims), "")
    at = max(quote.find(figure.count.as_written), 0) if figure.count.as_written else 0
    first = max(0, min(at - AROUND // 3, len(quote) - AROUND))
    part = quote[first : first + AROUND]
    if first:
        part = "… " + part.partition(" ")[2]
    if first + AROUND < len(quote):
        part = part.rpartition(" ")[0] + " …"
    return part


def _silent(source: Source, incident: Incident, toll: Toll) -> tuple[str, ...]:
    """Official and party voices on this incident that give no figure for this toll."""
    here = {_party(figure.speakers) for figure in toll.according_to}
    voices = [
        *(one.speakers for each in incident.casualties for one in each.according_to),
        *(one.speakers for one in incident.responsibility.according_to if one.own),
    ]
    said = dict.fromkeys(filter(None, (_party(speakers) for speakers in voices)))
    return tuple(source.actor_name(actor) for actor in said if actor not in here)


def _party(speakers: Sequence[Speaker]) -> str | None:
    last = speakers[-1] if speakers else None
    return last.actor if last and last.kind in ("official", "party") else None


def _voice_actor(source: Source, speakers: Sequence[Speaker]) -> str | None:
    actor = speakers[-1].actor if speakers else None
    return source.actor_name(actor) if actor else None


def _blame(source: Source, incident: Incident, claims: dict[str, Claim]) -> tuple[BlameRow, ...]:
    return tuple(
        BlameRow(
            name=source.voice(voice.speakers, voice.claims),
            kind=words.voice_kind(voice.speakers),
            stance=voice.stance,
            says=f"{source.actor_name(voice.actor) if voice.actor else 'somebody'} "
            f"{phrase(voice.act)}",
            how=voice_in_words(voice),
            passages=_passages(source, voice.claims, claims),
        )
        for voice in incident.responsibility.according_to
    )


__all__ = ["IncidentView", "claim_address", "incident_view"]
