"""The columns of flat tables, as data: a name, what it means, and how it is read.

docs/export.md is made from these, so a column that is not documented cannot exist.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from contested.model import ActorRef, Incident, Speaker, Toll
from contested.publish.exporter import What
from contested.publish.words import chain, is_open, tolls_in_words

SEPARATOR = "; "


@dataclass(frozen=True, slots=True)
class Column:
    """One column: `value` reads it from a row's object and gives null where it has none."""

    name: str
    meaning: str
    value: Callable[[Any], Any]


def _at(path: str) -> Callable[[Any], Any]:
    """Reads a dotted path, null where a step is missing."""
    steps = path.split(".")

    def read(thing: Any) -> Any:
        for step in steps:
            thing = getattr(thing, step, None)
        return thing

    return read


def _joined(values: Iterable[str] | None) -> str | None:
    return SEPARATOR.join(values) if values else None


def _actors(path: str) -> Callable[[Any], str | None]:
    """Ids of a list of actors; the words in brackets where the actor table has none."""
    read = _at(path)

    def value(thing: Any) -> str | None:
        refs = read(thing)
        refs = [refs] if isinstance(refs, ActorRef) else refs or ()
        return _joined(ref.actor or f"({ref.as_written})" for ref in refs)

    return value


def _plain(names: str, meanings: str) -> list[Column]:
    pairs = zip(names.split(), meanings.split("|"), strict=True)
    return [Column(name, meaning.strip(), _at(name)) for name, meaning in pairs]


_PLACE = [
    Column("where", "Place name", _at("where.name")),
    Column("where_as_written", "The report's words for the place", _at("where.as_written")),
    Column("admin1", "Province or state", _at("where.admin1")),
    Column("country", "ISO 3166-1 alpha-2", _at("where.country")),
    Column("lat", "Degrees north (WGS 84) of the place's centre", _at("where.lat")),
    Column("lon", "Degrees east (WGS 84) of the place's centre", _at("where.lon")),
    Column("radius_km", "How far from that point the place reaches", _at("where.radius_km")),
    Column("geonameid", "Number of the place at geonames.org", _at("where.geonameid")),
]
_TIME = [
    Column("when", "EDTF (ISO 8601-2)", lambda x: _at("when.edtf")(x) or _at("period.edtf")(x)),
    Column("earliest", "First day that it may be", lambda x: _day(x, "earliest")),
    Column("latest", "Last day that it may be", lambda x: _day(x, "latest")),
    Column(
        "when_as_written",
        "The report's words for the time",
        lambda x: _day(x, "as_written"),
    ),
]


def _day(thing: Any, part: str) -> Any:
    return _at(f"when.{part}")(thing) or _at(f"period.{part}")(thing)


def _voice(part: str) -> Callable[[Any], Any]:
    def value(thing: Any) -> Any:
        speakers: tuple[Speaker, ...] = thing.speakers
        return getattr(speakers[-1], part) if speakers else None

    return value


CLAIM_COLUMNS: tuple[Column, ...] = (
    *_plain(
        "id report name start end quote kind stance status event_ref method confidence",
        "Stable id of the claim|Id of the report|File or address it came from|"
        "First character of the passage|Character after the passage|The passage|Kind of claim|"
        "The last speaker's stance|Whether it occurred, was foiled, threatened, …|"
        "The event that it is about|Rule or model that made it|Calibrated probability",
    ),
    Column(
        "carried",
        "Fields whose value the report gives elsewhere than in the passage",
        lambda c: _joined(c.carried),
    ),
    Column("decisions", "Ids of the decisions that corrected it", lambda c: _joined(c.decisions)),
    Column(
        "speakers", "Who says so, outermost first, joined by ' > '", lambda c: chain(c.speakers)
    ),
    Column("speaker", "The last speaker, as written", _voice("name")),
    Column("speaker_actor", "Whom the last speaker speaks for", _voice("actor")),
    Column("speaker_kind", "Kind of the last speaker", _voice("kind")),
    Column("type", "Type of event or agreement (see the codebook)", _at("type")),
    Column("act", "What was done by responsibility, agreement, statement, position", _at("act")),
    *_PLACE,
    *_TIME,
    Column("initiators", "Who did it: actor ids, or words in brackets", _actors("initiators")),
    Column("targets", "Against whom", _actors("targets")),
    Column("weapons", "Weapons named", lambda c: _joined(_at("weapons")(c))),
    *_plain(
        "effect victims side victims_as_written part_of",
        "What befell them|Class of the victims|"
        "Actor that they belong to|The report's words for them|"
        "Id of the claim whose number holds them",
    ),
    Column("count_low", "The number, or the least that the words allow", _at("count.low")),
    Column("count_high", "The most that the words allow; empty if open", _at("count.high")),
    Column("count_qualifier", "exactly, at_least, about, dozens, …", _at("count.qualifier")),
    Column("count_as_written", "The report's words for the number", _at("count.as_written")),
    *_plain("actor actor_as_written", "Whose responsibility or attacks|The report's words"),
    *_plain(
        "measure change_percent direction",
        "What a statistic counts|Change in percent|up, down or record",
    ),
    Column("subject", "Of a relation", _actors("subject")),
    Column("relation", "How subject and object stand to each other", _at("relation")),
    Column("object", "Of a relation", _actors("object")),
    Column("parties", "Of an agreement", _actors("parties")),
    Column("mediators", "Of an agreement", _actors("mediators")),
    Column("duration_days", "Of an agreement, in days", _at("duration_days")),
    Column("by", "Who makes a statement", _actors("by")),
    Column("addressees", "To whom", _actors("addressees")),
    Column("about", "What the statement is about, in its words", _at("about")),
    Column("amount", "Money named", _at("amount.value")),
    Column("currency", "ISO 4217", _at("amount.currency")),
    *_plain(
        "person role organisation organisation_as_written",
        "Who holds a public role|The role|Actor id of the organisation|The report's words for it",
    ),
    Column("answers", "What the report says this answers", _at("in_response_to.as_written")),
    Column("answers_claim", "Id of that claim", _at("in_response_to.ref")),
)


def _toll(effect: str, victims: str, part: str) -> Callable[[Incident], int | bool | None]:
    def value(incident: Incident) -> int | bool | None:
        for toll in incident.casualties:
            if (toll.effect, toll.victims) == (effect, victims):
                return _number(toll, part)
        return None

    return value


def _number(toll: Toll, part: str) -> int | bool | None:
    if part == "open":
        return is_open(toll)
    return {"low": toll.low, "best": toll.best, "high": toll.high}[part]


_PARTS = {
    "low": "low (empty: not reported)",
    "best": "best (empty: not reported)",
    "high": "high (empty: not reported)",
    "open": "whether the high is only a lower end, as in `more than 40`",
}
_TOLLS = [
    Column(
        f"{effect}_{victims}_{part}",
        f"{victims.replace('_', ' ').capitalize()} {effect}, {meaning}",
        _toll(effect, victims, part),
    )
    for effect in ("killed", "wounded")
    for victims in ("civilians", "security_forces", "militants", "unknown")
    for part, meaning in _PARTS.items()
]

INCIDENT_COLUMNS: tuple[Column, ...] = (
    *_plain(
        "id type status",
        "Id of the incident|Type of event (see the codebook)|"
        "corroborated, single_source, disputed, unconfirmed or denied",
    ),
    *_PLACE,
    *_TIME,
    Column("initiators", "Who did it: actor ids, or words in brackets", _actors("initiators")),
    Column("targets", "Against whom", _actors("targets")),
    Column(
        "responsibility", "claimed, attributed, denied, competing, …", _at("responsibility.state")
    ),
    Column(
        "responsible",
        "Whose responsibility is spoken of",
        lambda i: _joined(i.responsibility.actors),
    ),
    Column(
        "responsibility_accounts",
        "Who claims, denies or withdrew, and front names, in words",
        lambda i: _joined(i.responsibility.accounts),
    ),
    *_TOLLS,
    Column("casualties", "Every toll in words", lambda i: tolls_in_words(i.casualties) or None),
    Column(
        "rule", "How `best` was derived", lambda i: _joined(sorted({t.rule for t in i.casualties}))
    ),
    Column("accounts", "What the accounts disagree about", lambda i: _joined(i.accounts)),
    Column("origins", "Number of independent origins", lambda i: len(i.origins)),
    Column("origin_names", "The origins", lambda i: _joined(o.name for o in i.origins)),
    Column("reports", "Ids of the reports", lambda i: _joined(i.reports)),
    Column("claims", "Ids of the claims", lambda i: _joined(i.claims)),
    Column("decisions", "Ids of the decisions that bear on it", lambda i: _joined(i.decisions)),
    Column("as_of", "Day on which this was derived", _at("as_of")),
)

FIGURE_COLUMNS: tuple[Column, ...] = (
    Column("incident", "Id of the incident", lambda r: r[0].id),
    Column("effect", "What befell them", lambda r: r[1].effect),
    Column("victims", "Class of the victims", lambda r: r[1].victims),
    Column("low", "The number, or the least that the words allow", lambda r: r[2].count.low),
    Column("high", "The most that the words allow; empty if open", lambda r: r[2].count.high),
    Column("qualifier", "exactly, at_least, about, …", lambda r: r[2].count.qualifier),
    Column("as_written", "The report's words for the number", lambda r: r[2].count.as_written),
    Column("speakers", "Who says so, outermost first", lambda r: chain(r[2].speakers)),
    Column("stance", "The last speaker's stance", lambda r: r[2].stance),
    Column("said", "When it was said", lambda r: r[2].said),
    Column("origin", "Id of the independent origin", lambda r: r[2].origin),
    Column("claims", "Ids of the claims", lambda r: _joined(r[2].claims)),
    Column("derived_low", "Of all figures on these victims", lambda r: r[1].low),
    Column("derived_best", "Of all figures on these victims", lambda r: r[1].best),
    Column("derived_high", "Of all figures on these victims", lambda r: r[1].high),
    Column(
        "derived_open",
        "Whether `derived_high` is only a lower end, as in `more than 40`",
        lambda r: is_open(r[1]),
    ),
    Column("rule", "How `derived_best` was derived", lambda r: r[1].rule),
    Column("disputed", "Whether the figures cannot all hold", lambda r: r[1].disputed),
    Column("because", "How `derived_best` was derived, in words", lambda r: r[1].because),
    Column("disagreement", "none, rose, fell or disputed", lambda r: r[1].disagreement),
    Column("moves", "Who said what before, after or against whom", lambda r: r[1].moves),
    Column("attackers", "Whether the victims are of the attacking side", lambda r: r[1].attackers),
    Column("interval_low", "Lower end of 90 %, where the rule estimates", lambda r: _end(r[1], 0)),
    Column("interval_high", "Upper end of 90 %, where the rule estimates", lambda r: _end(r[1], 1)),
    Column("side", "Actor that the victims belong to", lambda r: r[2].side),
    Column(
        "relation",
        "How the speaker stands to the victims: own, enemy, perpetrator, opponent, neutral",
        lambda r: r[2].relation,
    ),
    Column("reliability", "Of the voice: A to F (Admiralty code)", lambda r: r[2].reliability),
    Column("credibility", "Of the claim: 1 to 6 (Admiralty code)", lambda r: r[2].credibility),
    Column(
        "stated",
        "The number as said, where others have been taken out of it",
        lambda r: r[2].stated.low if r[2].stated else None,
    ),
    Column("arithmetic", "How the number was worked out", lambda r: r[2].arithmetic or None),
    Column("part", "Whether another voice's number holds these people", lambda r: r[2].part),
)


def _end(toll: Toll, at: int) -> int | None:
    return toll.interval[at] if toll.interval else None


GRADE_COLUMNS: tuple[Column, ...] = (
    Column("claim", "Id of the claim", lambda r: r[1].claim),
    Column("incident", "Id of the incident in whose light it is judged", lambda r: r[0].id),
    Column("subject", "The outlet, actor or kind of voice", lambda r: r[1].subject),
    Column("reliability", "Of that source: A to F (Admiralty code)", lambda r: r[1].reliability),
    Column("reliability_by", "Who set it", lambda r: r[1].reliability_by),
    Column("credibility", "Of the claim: 1 to 6 (Admiralty code)", lambda r: r[1].credibility),
    Column("credibility_because", "Why that number", lambda r: r[1].credibility_because),
    Column("credibility_by", "The rule, or the person who set it", lambda r: r[1].credibility_by),
)

REPORT_COLUMNS: tuple[Column, ...] = (
    *_plain(
        "id name version sha256",
        "Stable id of the report|File or address|"
        "SHA-256 of the stored text|SHA-256 of the bytes as captured",
    ),
    Column("title", "Its title", _at("title.value")),
    Column("outlet", "Who published it", _at("outlet.value")),
    Column("author", "Who wrote it", _at("author.value")),
    Column("published", "EDTF", _at("published.edtf")),
    *_plain(
        "published_source url language media_type",
        "Where the date was found|Its address|ISO 639-1|Kind of the captured file",
    ),
    Column("characters", "Length of the stored text", lambda r: len(r.text)),
    Column("notes", "What could not be read, and why", lambda r: _joined(r.notes)),
)

COLUMNS: dict[What, tuple[Column, ...]] = {
    "claims": CLAIM_COLUMNS,
    "incidents": INCIDENT_COLUMNS,
    "figures": FIGURE_COLUMNS,
    "grades": GRADE_COLUMNS,
    "reports": REPORT_COLUMNS,
}
