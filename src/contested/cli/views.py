"""The text views of one incident, claim or report."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from contested.cli import decided_views, lapsed_views
from contested.cli.output import shortened
from contested.cli.visible import visible
from contested.cli.words import gist
from contested.errors import NotFound
from contested.model import Claim, Figure, Incident, Speaker, Toll
from contested.model.query import Query
from contested.model.ratings import LETTERS, NUMBERS
from contested.pipeline import Record
from contested.publish.words import (
    actors_in_words,
    best_of,
    count_in_words,
    figure_code,
    mark,
    moves_in_words,
    numbered,
    phrase,
    place_in_words,
    quoted,
    spoken_by,
    time_in_words,
    toll_span_in_words,
    victims_in_words,
    voice_in_words,
)
from contested.record import StoredReport

QUOTE = 240
STRUCK = {"denies": "✕ denied: ", "unconfirmed": "◌ unconfirmed: ", "alleges": "alleged: "}


def _say(screen: Console, words: str, indent: int = 0, style: str = "") -> None:
    if words:
        screen.print(Padding(Text(visible(words), style=style), (0, 0, 0, indent), expand=False))


def _head(screen: Console, words: str) -> None:
    screen.print()
    _say(screen, words, style="bold")


# ---- incident ----------------------------------------------------------------------------


def show_incident(screen: Console, record: Record, incident: Incident) -> None:
    """Head line, each figure with its voice, who is held responsible, why one, and origins."""
    where, when = place_in_words(incident.where), time_in_words(incident.when)
    counts = " · ".join(
        (numbered(len(incident.reports), "report"), numbered(len(incident.origins), "origin"))
    )
    title = f"{phrase(incident.type).capitalize()}, {where}, {when}"
    _say(screen, f"{title}   {mark(incident.status)} · {counts}", style="bold")
    _say(screen, f"{incident.id}, as of {incident.as_of}", style="dim")
    _say(screen, _sides(incident, record.actor_name))
    for account in incident.accounts:
        _say(screen, f"▨ {account}")
    claims = _claims(record, incident.claims)
    for toll in incident.casualties:
        _toll(screen, record, incident, toll, claims)
    _responsibility(screen, record, incident, claims)
    _whereabouts(screen, incident)
    _why(screen, incident, claims)
    _origins(screen, record, incident)
    _others(screen, record, incident, claims)
    _decisions(screen, record, incident.id)


def _sides(incident: Incident, name: Callable[[str], str]) -> str:
    by = actors_in_words(incident.initiators, name)
    against = actors_in_words(incident.targets, name)
    return " · ".join(filter(None, (by and f"by {by}", against and f"against {against}")))


def _claims(record: Record, ids: Iterable[str]) -> dict[str, Claim]:
    found = {}
    for id in ids:
        with suppress(NotFound):
            found[id] = record.claim(id)
    return found


def _said_by(record: Record, speakers: Sequence[Speaker], claims: Sequence[Claim]) -> str:
    """The speaker chain; an outlet that speaks for itself by its name where that is known."""
    if speakers or not claims:
        return spoken_by(speakers)
    outlets = []
    for claim in claims:
        with suppress(NotFound):
            outlet = record.report(claim.report).report.outlet
            outlets.append(outlet.value if outlet else spoken_by(()))
    return ", ".join(dict.fromkeys(outlets)) or spoken_by(())


def _toll(
    screen: Console, record: Record, incident: Incident, toll: Toll, claims: dict[str, Claim]
) -> None:
    side = ", of the attacking side" if toll.attackers else ""
    _head(screen, f"{phrase(toll.effect).upper()}, {victims_in_words(toll.victims)}{side}")
    for figure in toll.according_to:
        _figure(screen, record, incident, figure, claims)
    best = "no best figure" if toll.best is None else f"best {best_of(toll)}"
    ends = toll.interval
    between = f", 90 % between {ends[0]:,} and {ends[1]:,}" if ends else ""
    _say(screen, f"derived: {toll_span_in_words(toll)} · {best}{between} ({phrase(toll.rule)})", 2)
    _say(screen, toll.because and f"because: {toll.because}", 2)
    _say(screen, moves_in_words(toll), 2)
    for words in toll.notes:
        _say(screen, f"note: {words}", 2)


def _figure(
    screen: Console, record: Record, incident: Incident, figure: Figure, claims: dict[str, Claim]
) -> None:
    known = [claims[id] for id in figure.claims if id in claims]
    said = f", {figure.said}" if figure.said else ""
    number = STRUCK.get(figure.stance, "") + count_in_words(figure.count)
    number = f"({number})" if figure.part else number
    voice = _said_by(record, figure.speakers, known)
    _say(screen, f"{number:<8} {voice}{said} [{figure_code(figure)}]", 2)
    if known:
        origin = [f"origin {one.name}" for one in incident.origins if one.id == figure.origin]
        names = ", ".join(dict.fromkeys(claim.name for claim in known))
        _say(screen, quoted(shortened(known[0].quote, QUOTE)), 11, "italic")
        _say(screen, " · ".join([names, known[0].id, *origin]), 11, "dim")


def _responsibility(
    screen: Console, record: Record, incident: Incident, claims: dict[str, Claim]
) -> None:
    found = incident.responsibility
    _head(screen, f"RESPONSIBILITY  {found.state}" + _listed(map(record.actor_name, found.actors)))
    for account in found.accounts:
        _say(screen, account, 2)
    if found.state == "attributed" and not found.according_to:
        _say(screen, "named by the accounts of what happened; nobody is quoted on it", 2)
    for voice in found.according_to:
        known = [claims[id] for id in voice.claims if id in claims]
        struck = STRUCK.get(voice.stance, "")
        who = record.actor_name(voice.actor) if voice.actor else "somebody"
        _say(
            screen,
            f"{struck}{who} {phrase(voice.act)}, says {_said_by(record, voice.speakers, known)}"
            + (f" ({more})" if (more := voice_in_words(voice)) else ""),
            2,
        )
        for claim in known[:1]:
            _say(screen, quoted(shortened(claim.quote, QUOTE)), 11, "italic")
            _say(screen, f"{claim.name} · {claim.id}", 11, "dim")


def _listed(words: Iterable[str]) -> str:
    joined = ", ".join(words)
    return f": {joined}" if joined else ""


def _whereabouts(screen: Console, incident: Incident) -> None:
    _head(screen, "WHERE / WHEN")
    where, when = incident.where, incident.when
    if where:
        wide = f", within {where.radius_km:g} km" if where.radius_km is not None else ""
        _say(screen, f"{place_in_words(where)}{wide}{_written(where.as_written)}", 2)
    else:
        _say(screen, "place unknown", 2)
    if when:
        days = f"{when.earliest or '…'} to {when.latest or '…'}"
        _say(screen, f"{time_in_words(when)} ({days}){_written(when.as_written)}", 2)
    else:
        _say(screen, "date unknown", 2)


def _written(words: str) -> str:
    """The words of the report, where it has any: a person may know the value from elsewhere."""
    return f"; as written: {words}" if words else ""


def _why(screen: Console, incident: Incident, claims: dict[str, Claim]) -> None:
    if not incident.why:
        return
    _head(screen, "WHY ONE INCIDENT")
    for reason in incident.why:
        names = [
            claims[id].name if id in claims else id for id in (reason.claim, reason.with_claim)
        ]
        evidence = " · ".join(
            f"{name} {weight:+.1f}" if weight else name for name, weight in reason.evidence
        )
        total = f" = {reason.weight:+.1f}" if reason.weight else ""
        _say(screen, f"{names[0]} and {names[1]}: {evidence}{total}", 2)


def _decisions(screen: Console, record: Record, id: str) -> None:
    """What persons decided on it; nothing where nobody did."""
    found = list(decided_views.lines(record, id))
    if found:
        _head(screen, "DECISIONS")
    for line in found:
        _say(screen, line, 2)


def _origins(screen: Console, record: Record, incident: Incident) -> None:
    _head(screen, "ORIGINS")
    for origin in incident.origins:
        names = [_name(record, id) for id in origin.reports]
        _say(screen, f"{origin.id}  {origin.name}: {', '.join(names)} ({origin.why})", 2)


def _name(record: Record, id: str) -> str:
    try:
        return record.report(id).report.name
    except NotFound:
        return id


def _others(screen: Console, record: Record, incident: Incident, claims: dict[str, Claim]) -> None:
    """Claims that no figure and no voice above has shown."""
    shown = {id for toll in incident.casualties for f in toll.according_to for id in f.claims}
    shown |= {id for voice in incident.responsibility.according_to for id in voice.claims}
    rest = [claim for id, claim in claims.items() if id not in shown]
    if rest:
        _head(screen, "ALSO SAID")
    for claim in rest:
        voice = _said_by(record, claim.speakers, [claim])
        _say(screen, f"{STRUCK.get(claim.stance, '')}{gist(claim)}: {voice}", 2)
        _say(screen, quoted(shortened(claim.quote, QUOTE)), 11, "italic")
        _say(screen, f"{claim.name} · {claim.id}", 11, "dim")


# ---- claim -------------------------------------------------------------------------------


def show_claim(screen: Console, record: Record, claim: Claim) -> None:
    """What is claimed, by whom, in which words, and how it was found."""
    _say(screen, f"{claim.kind}: {gist(claim)}", style="bold")
    _say(screen, claim.id, style="dim")
    for line in lapsed_views.lines(record, claim):
        _say(screen, line)
    _head(screen, "SAID BY")
    for depth, speaker in enumerate(claim.speakers):
        _say(
            screen, f"{speaker.name} ({speaker.kind}, {speaker.actor or 'unknown'})", 2 + 2 * depth
        )
    if not claim.speakers:
        _say(screen, "the outlet itself", 2)
    _say(screen, f"stance: {claim.stance} · status: {claim.status}", 2)
    _head(screen, "PASSAGE")
    _context(screen, record, claim)
    _say(
        screen, f"{claim.name}, characters {claim.start} to {claim.end} · {claim.report}", 2, "dim"
    )
    _head(screen, "HOW FOUND")
    _say(screen, f"{claim.method}, confidence {claim.confidence:.2f}", 2)
    if claim.event_ref:
        _say(screen, f"about the event {claim.event_ref}", 2)
    if part_of := getattr(claim, "part_of", None):
        _say(screen, f"part of the number of {part_of}", 2)
    _grade(screen, record, claim)
    _decisions(screen, record, claim.id)


def _grade(screen: Console, record: Record, claim: Claim) -> None:
    """Both signs of the Admiralty code, each with its reason and who set it."""
    _head(screen, "HOW FAR TO RELY ON IT")
    rating = record.rating(claim)
    letter = f"source {rating.letter}, {LETTERS[rating.letter]}: {rating.name}"
    _say(screen, f"{letter} (set by {rating.set_by})", 2)
    _say(screen, rating.reason, 4, "dim")
    grade = record.grade(claim)
    if grade is None:
        _say(screen, "claim 6, truth cannot be judged: it belongs to no incident", 2)
        return
    number = f"claim {grade.credibility}, {NUMBERS[grade.credibility]}"
    _say(screen, f"{number} (set by {grade.credibility_by})", 2)
    _say(screen, grade.credibility_because, 4, "dim")


def _context(screen: Console, record: Record, claim: Claim) -> None:
    """The passage with the words around it."""
    try:
        text = record.report(claim.report).report.text
    except NotFound:
        text = ""
    if text[claim.start : claim.end] != claim.quote:
        _say(screen, quoted(claim.quote), 2)
        return
    before, after = text[max(0, claim.start - 120) : claim.start], text[claim.end : claim.end + 120]
    words = Text(visible(f"…{' '.join(before.split())} "), style="dim")
    words.append(visible(f"[{' '.join(claim.quote.split())}]"), style="bold not dim")
    words.append(visible(f" {' '.join(after.split())}…"))
    screen.print(Padding(words, (0, 0, 0, 2), expand=False))


# ---- report ------------------------------------------------------------------------------


def show_report(screen: Console, record: Record, stored: StoredReport) -> None:
    """What is known of it, and its claims in the order of its text."""
    report = stored.report
    _say(screen, report.title.value if report.title else report.name, style="bold")
    _say(screen, f"{report.id}, version {stored.seq}, {report.name}", style="dim")
    outlet = report.outlet.value if report.outlet else "outlet unknown"
    dated = f" ({report.published_source})" if report.published_source else ""
    _say(screen, f"{outlet} · {time_in_words(report.published)}{dated}")
    _say(screen, report.url or "")
    for remark in stored.remarks:
        _say(screen, f"note: {remark}")
    _head(screen, f"CLAIMS  {stored.total_claims}")
    for claim in record.claims(Query(report=report.id)):
        _say(screen, f"{claim.kind}: {gist(claim)}", 2)
        _say(screen, f"{STRUCK.get(claim.stance, '')}{spoken_by(claim.speakers)}", 4)
        _say(screen, f"{quoted(shortened(claim.quote, QUOTE))} {claim.id}", 4, "italic")
    _decisions(screen, record, report.id)
