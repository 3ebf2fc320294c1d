"""What the page of one incident shows: every figure with its voice and its words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from contested.model import Claim, Incident, MatchReason, Speaker, Toll
from contested.publish.words import (
    figure_code,
    moves_in_words,
    phrase,
    toll_span_in_words,
    voice_in_words,
)
from contested.record import IncidentVersion
from contested.serve import words
from contested.serve.picture import Mark, TollPicture, toll_picture
from contested.serve.source import Source


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
class WhyRow:
    """Why two accounts are taken for one happening: each piece of evidence and its weight."""

    one: str
    other: str
    one_address: str | None
    other_address: str | None
    evidence: tuple[tuple[str, float, str], ...]
    weight: float
    odds: str


@dataclass(frozen=True, slots=True)
class VersionRow:
    """What the record said of the incident from a moment on."""

    at: str
    status: str
    told: str


@dataclass(frozen=True, slots=True)
class IncidentView:
    """All that the page shows."""

    incident: Incident
    headline: str
    told: str
    tolls: tuple[TollView, ...]
    blame: tuple[BlameRow, ...]
    others: tuple[Passage, ...]
    why: tuple[WhyRow, ...]
    origins: tuple[tuple[str, str, tuple[tuple[str, str], ...]], ...]
    history: tuple[VersionRow, ...]


def incident_view(source: Source, incident: Incident) -> IncidentView:
    """Gather the claims, titles and history of an incident."""
    claims = source.claims(incident.claims)
    shown = {id for toll in incident.casualties for f in toll.according_to for id in f.claims}
    shown |= {id for voice in incident.responsibility.according_to for id in voice.claims}
    origins = {origin.id: origin.name for origin in incident.origins}
    return IncidentView(
        incident=incident,
        headline=words.headline(incident, source.type_name(incident.type), source.actor_name),
        told=words.told(incident, source.actor_name),
        tolls=tuple(_toll(source, toll, claims) for toll in incident.casualties),
        blame=_blame(source, incident, claims),
        others=_passages(source, [id for id in claims if id not in shown], claims),
        why=tuple(_why(source, reason, claims) for reason in incident.why),
        origins=tuple(
            (
                origins[origin.id],
                origin.why,
                tuple((f"/reports/{id}", source.report_title(id)) for id in origin.reports),
            )
            for origin in incident.origins
        ),
        history=_history(source, incident.id),
    )


def claim_address(claim: Claim) -> str:
    """Where a claim's passage stands highlighted in its report."""
    return f"/reports/{claim.report}?claim={claim.id}#{claim.id}"


def _passages(source: Source, ids: Sequence[str], claims: dict[str, Claim]) -> tuple[Passage, ...]:
    return tuple(
        Passage(
            claim=id,
            quote=" ".join(claims[id].quote.split()),
            chain=claims[id].speakers,
            stance=claims[id].stance,
            title=source.report_title(claims[id].report),
            address=claim_address(claims[id]),
            coded=f"{claims[id].kind}: "
            + "; ".join(
                f"{field}: {value}" for field, value in words.summary(claims[id], source.actor_name)
            ),
        )
        for id in ids
        if id in claims
    )


def _toll(source: Source, toll: Toll, claims: dict[str, Claim]) -> TollView:
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
    )


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


def _why(source: Source, reason: MatchReason, claims: dict[str, Claim]) -> WhyRow:
    one, other = claims.get(reason.claim), claims.get(reason.with_claim)
    return WhyRow(
        one=source.report_title(one.report) if one else reason.claim,
        other=source.report_title(other.report) if other else reason.with_claim,
        one_address=claim_address(one) if one else None,
        other_address=claim_address(other) if other else None,
        evidence=tuple((name, weight, weight_in_words(weight)) for name, weight in reason.evidence),
        weight=reason.weight,
        odds=odds_in_words(reason.weight),
    )


def weight_in_words(weight: float) -> str:
    """A weight (log2 of a likelihood ratio) as how much likelier it makes one happening."""
    factor = 2 ** min(abs(weight), 60)
    words_for = f"{factor:,.0f}" if factor >= 10 else f"{factor:.1f}".removesuffix(".0")
    return f"{words_for} times {'likelier' if weight >= 0 else 'less likely'}"


def odds_in_words(weight: float) -> str:
    """The sum of the weights as odds."""
    factor = 2 ** min(abs(weight), 60)
    words_for = f"{factor:,.0f}" if factor >= 10 else f"{factor:.1f}".removesuffix(".0")
    return f"{words_for} to 1 {'for' if weight >= 0 else 'against'} one incident"


def _history(source: Source, id: str) -> tuple[VersionRow, ...]:
    return tuple(_version(source, version) for version in source.record.history(id))


def _version(source: Source, version: IncidentVersion) -> VersionRow:
    return VersionRow(
        at=version.at.strftime("%Y-%m-%d %H:%M UTC"),
        status="denied" if version.gone else version.incident.status,
        told="no longer derived" if version.gone else words.told(
            version.incident, source.actor_name
        ),
    )  # fmt: skip
