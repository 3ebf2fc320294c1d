"""What a brief of a period and a place says, put together from the record and its analyses."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from shlex import join
from typing import TYPE_CHECKING

from contested.errors import ExtraMissing, UsageError
from contested.model import AgreementClaim, Incident, Speaker, Toll
from contested.model.edtf import bounds
from contested.model.query import Query
from contested.model.terms import IncidentStatus
from contested.pipeline.moments import present, written
from contested.publish.brief import Brief, Entry, Figure, Picture, Reading, Reference, Told
from contested.publish.brief.mapping import Area, drawn, rings_of
from contested.publish.words import (
    actors_in_words,
    best_of,
    count_in_words,
    mark,
    numbered,
    phrase,
    place_in_words,
    quoted,
    time_in_words,
    toll_span_in_words,
    victims_in_words,
)

if TYPE_CHECKING:
    from contested.analyse.fullset import Result
    from contested.pipeline.facade import Record

MOST = 120
"""So many incidents are told one by one, the disputed ones first; the others are counted."""
DRAWS = 200
SHORT_DAYS = 120
"""A period up to so long is told by weeks, a longer one by months."""
STATUSES: tuple[IncidentStatus, ...] = (
    "corroborated", "single_source", "disputed", "unconfirmed", "denied",
)  # fmt: skip
METHOD = (
    "A claim is what one speaker says in one passage of one report; claims of one happening are "
    "joined into an incident, and every figure keeps its voice.",
    "Solid ● corroborated: two or more independent origins agree. ○ single source. ▨ disputed: "
    "accounts cannot all hold. ◌ unconfirmed. ✕ denied. Reports that quote one statement are one "
    "origin.",
    "A derived range runs from the lowest to the highest figure that a credible voice gave; its "
    "best value names the rule by which it was derived.",
    "Places are never finer than the report: a circle on the map is as wide as the place that was "
    "named.",
    "What no report tells is not here. The absence of an incident is no sign of peace.",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class BriefOptions:
    """What a brief is about: a period (EDTF ends, either may be open), a place, actors."""

    since: str | None = None
    until: str | None = None
    place: str | None = None
    actors: tuple[str, ...] = ()
    as_of: str | None = None
    """The moment as it was asked for, to be named in the command; the record is of then."""
    draws: int = DRAWS

    @property
    def query(self) -> Query:
        """The incidents that it tells of."""
        return Query(since=self.since, until=self.until, place=self.place, actors=self.actors)

    @property
    def period(self) -> str:
        """The period in words."""
        if self.since and self.until:
            return self.since if self.since == self.until else f"{self.since} to {self.until}"
        if self.since:
            return f"since {self.since}"
        return f"until {self.until}" if self.until else "all that the record holds"

    @property
    def command(self) -> str:
        """The command that makes it again."""
        words = ["contested", "brief"]
        for name in ("since", "until", "place", "as_of"):
            flag = {"since": "--from", "until": "--to"}.get(name, f"--{name.replace('_', '-')}")
            words += [flag, given] if (given := getattr(self, name)) else []
        for actor in self.actors:
            words += ["--actor", actor]
        return join([*words, "--out", "brief.pdf"])

    @property
    def short(self) -> bool:
        """Whether weeks tell it better than months. Raises UsageError for what is no date."""
        try:
            first = bounds(self.since)[0] if self.since else None
            last = bounds(self.until)[1] if self.until else None
        except ValueError as error:
            raise UsageError(f"{self.period}: {error}. Write 2025-10 or 2025-10-08.") from error
        if first and last and last < first:
            raise UsageError(f"{self.period} ends before it begins: exchange --from and --to.")
        return bool(first and last and (last - first).days <= SHORT_DAYS)


def brief_of(record: Record, options: BriefOptions) -> Brief:
    """The brief of what fits; where nothing does, a brief that says so.

    Raises UsageError for a date, place or actor that is not understood.
    """
    short = options.short
    incidents = record.incidents(options.query, "disputed")
    shown = _by_time(incidents[:MOST])
    writing = _Writing(record)
    entries = tuple(writing.entry(one) for one in shown)
    agreements = _agreements(record, options)
    snapshot = record.snapshot() if record.counts().reports else None
    statuses = Counter(one.status for one in incidents)
    where = f", {options.place}" if options.place else ""
    who = f", {', '.join(map(record.actor_name, options.actors))}" if options.actors else ""
    return Brief(
        title=f"Brief: {options.period}{where}{who}",
        period=options.period,
        place=options.place or "",
        made=f"{present():%Y-%m-%d %H:%M} UTC",
        as_of=written(snapshot.at) if snapshot else "it is empty",
        citation=snapshot.citation if snapshot else "The record is empty.",
        command=options.command,
        sums=_sums(incidents),
        statuses=tuple((mark(name), statuses[name]) for name in STATUSES if statuses[name]),
        entries=entries,
        left_out=len(incidents) - len(shown),
        disputes=tuple(_dispute(one) for one in entries if one.disputed),
        agreements=agreements,
        readings=_readings(record, options, incidents, short),
        map=_map(record, incidents),
        sources=writing.sources(),
        method=METHOD,
        empty="" if incidents else _nothing(record, options),
    )


def _nothing(record: Record, options: BriefOptions) -> str:
    why = record.why_nothing(options.query)
    return f"No incident of the record fits. {why or 'Widen the period or the place.'}"


def _by_time(incidents: Iterable[Incident]) -> list[Incident]:
    return sorted(incidents, key=lambda one: ((one.when and one.when.earliest) or "9", one.id))


def _sums(incidents: Sequence[Incident]) -> str:
    reports = {id for one in incidents for id in one.reports}
    origins = {origin.id for one in incidents for origin in one.origins}
    claims = {id for one in incidents for id in one.claims}
    return (
        f"{numbered(len(incidents), 'incident')}, gathered from "
        f"{numbered(len(claims), 'claim')} in "
        f"{numbered(len(reports), 'report')} of {numbered(len(origins), 'origin')}. Claims on "
        "totals, statements and roles are of no incident and are not counted."
    )


def _dispute(one: Entry) -> str:
    told = [
        f"{figure.name} " + " · ".join(f"{each.said} ({each.voice})" for each in figure.voices)
        for figure in one.figures
        if figure.disputed
    ]
    return f"{one.when}, {one.where}: {one.what}. {'; '.join([*told, *one.accounts])}"


class _Writing:
    """Writes incidents, and numbers the reports that they rest on in the order of their use."""

    def __init__(self, record: Record) -> None:
        self._record = record
        self._numbers: dict[str, int] = {}

    def entry(self, one: Incident) -> Entry:
        world, name = self._record.world, self._record.actor_name
        known = world.event_types.get(one.type)
        by, against = actors_in_words(one.initiators, name), actors_in_words(one.targets, name)
        told = (f"by {by}" if by else "", f"against {against}" if against else "")
        return Entry(
            id=one.id,
            status=mark(one.status),
            disputed=one.disputed,
            when=time_in_words(one.when),
            what=known.name if known else phrase(one.type).capitalize(),
            where=place_in_words(one.where),
            sides=_begun(" ".join(filter(None, told))),
            figures=tuple(self._figure(toll) for toll in one.casualties),
            accounts=(*one.accounts, *one.responsibility.accounts),
            claimed=self._claimed(one),
            sources=self._cited(one.reports),
        )

    def _figure(self, toll: Toll) -> Figure:
        rule = f", best {best_of(toll)} ({phrase(toll.rule)})" if toll.best is not None else ""
        return Figure(
            name=_begun(f"{victims_in_words(toll.victims)} {phrase(toll.effect)}"),
            derived=toll_span_in_words(toll) + ("" if toll.low == toll.high else rule),
            disputed=toll.disputed,
            voices=tuple(
                Told(
                    voice=self._voice(each.speakers),
                    said=" ".join(filter(None, (_stance(each.stance), count_in_words(each.count)))),
                    stance=each.stance,
                    sources=self._of_claims(each.claims),
                )
                for each in toll.according_to
            ),
        )

    def _claimed(self, one: Incident) -> str:
        told = []
        for act, words in (("claims", "claimed by"), ("denies", "denied by")):
            voices = [v.speakers for v in one.responsibility.according_to if v.act == act]
            if voices:
                told.append(f"{words} {' and '.join(self._once(voices))}")
        return _begun("; ".join(told))

    def _once(self, chains: Iterable[Sequence[Speaker]]) -> Iterable[str]:
        """Each voice once, whoever quotes it."""
        found: dict[str, str] = {}
        for chain in sorted(chains, key=len):
            key = " ".join(chain[-1].name.split()).casefold() if chain else ""
            found.setdefault(key, self._voice(chain))
        return found.values()

    def _voice(self, speakers: Sequence[Speaker]) -> str:
        if not speakers:
            return "the outlet itself"
        last = speakers[-1]
        known = f" ({self._record.actor_name(last.actor)})" if last.actor else f" ({last.kind})"
        return " → ".join(one.name for one in speakers) + known

    def _of_claims(self, ids: Iterable[str]) -> tuple[int, ...]:
        return self._cited(self._record.claim(id).report for id in ids)

    def _cited(self, reports: Iterable[str]) -> tuple[int, ...]:
        numbers = {self._numbers.setdefault(id, len(self._numbers) + 1) for id in reports}
        return tuple(sorted(numbers))

    def sources(self) -> tuple[Reference, ...]:
        out = []
        for id, number in self._numbers.items():
            report = self._record.store.report(id).report
            out.append(
                Reference(
                    number=number,
                    id=id,
                    title=report.title.value if report.title else report.name,
                    outlet=report.outlet.value if report.outlet else "",
                    published=report.published.edtf if report.published else "undated",
                    address=report.url or "",
                )
            )
        return tuple(out)


def _begun(words: str) -> str:
    """The words with a capital letter first, and names as they are."""
    return words[:1].upper() + words[1:]


def _stance(stance: str) -> str:
    return {"denies": "✕ denies", "unconfirmed": "◌ unconfirmed", "alleges": "alleged"}.get(
        stance, ""
    )


def _agreements(record: Record, options: BriefOptions) -> tuple[str, ...]:
    found = sorted(record.agreements(options.query), key=_time_of)
    return tuple(dict.fromkeys(_agreement(record, one) for one in found))


def _time_of(claim: AgreementClaim) -> tuple[str, str]:
    return ((claim.when and claim.when.earliest) or "9", claim.id)


def _agreement(record: Record, claim: AgreementClaim) -> str:
    parties = actors_in_words(claim.parties, record.actor_name) or "parties not named"
    by = actors_in_words(claim.mediators, record.actor_name)
    who = claim.speakers[-1].name if claim.speakers else "the outlet itself"
    return (
        f"{time_in_words(claim.when)}: {phrase(claim.type)} {phrase(claim.act)}, {parties}"
        + (f", mediated by {by}" if by else "")
        + f" ({who}: {quoted(' '.join(claim.quote.split()))})"
    )


def _readings(
    record: Record, options: BriefOptions, incidents: Sequence[Incident], short: bool
) -> tuple[Reading, ...]:
    if not incidents:
        return ()
    from contested.analyse.draws import DrawOptions
    from contested.analyse.fullset import TASKS, Whole, full_set

    names = ("trend-week" if short else "trend", "breaks", "disputes", "bias")
    chosen = tuple(task for name in names for task in TASKS if task.name == name)
    known = _by_time(incidents)
    whole = Whole(record.events_of(known), DrawOptions(count=options.draws), known)
    return tuple(_reading(one, options) for one in full_set(whole, chosen))


def _reading(one: Result, options: BriefOptions) -> Reading:
    words = ["contested", "analyse", one.name.partition("-")[0]]
    words += ["--by", "week"] if one.name == "trend-week" else []
    for flag, value in (
        ("--since", options.since),
        ("--until", options.until),
        ("--place", options.place),
    ):
        words += [flag, value] if value else []
    for actor in options.actors:
        words += ["--actor", actor]
    found = one.found or {}
    return Reading(
        title=one.title,
        answer=one.answer,
        refused=one.refused,
        warnings=tuple(found.get("warnings", ())),
        assumptions=tuple(found.get("assumptions", ())),
        command=join(words),
        picture=_chart(one),
    )


def _chart(one: Result) -> Picture | None:
    """The chart as SVG; none where there is none, or where what draws it is not installed."""
    from contested.analyse.charts.saving import rendered

    if one.chart is None:
        return None
    try:
        svg = rendered(one.chart, ".svg").decode()
    except ExtraMissing:
        return None
    return Picture(title="", svg=svg, words="")


def _map(record: Record, incidents: Sequence[Incident]) -> Picture | None:
    areas = [
        Area(
            f"{one.where.name}, {phrase(one.type)}, {time_in_words(one.when)}",
            one.where.lat,
            one.where.lon,
            one.where.radius_km or 0.0,
            one.status,
        )
        for one in incidents
        if one.where and one.where.lat is not None and one.where.lon is not None
    ]
    if not areas:
        return None
    base = resources.files("contested") / "serve" / "static" / "built" / "world.json"
    with resources.as_file(base) as path:
        rings = rings_of(Path(path))
    countries = [
        Area(place.name, place.lat, place.lon, place.radius_km, "")
        for place in record.world.known_places()
        if place.kind == "country"
    ]
    without = len(incidents) - len(areas)
    words = (
        f"{numbered(len(areas), 'incident')} at the place that was named, as wide as it is: "
        "filled corroborated, outlined single source, hatched disputed, dotted unconfirmed, "
        "broken denied." + (f" {without:,} without a place are not drawn." if without else "")
    )
    return Picture(title="Where", svg=drawn(areas, rings, countries), words=words)
