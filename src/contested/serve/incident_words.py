"""An incident told in sentences that are made from its fields, and from nothing else."""

from __future__ import annotations

from collections.abc import Iterable

from contested.model import ActorRef, Figure, Incident, Toll, When
from contested.publish.words import (
    best_of,
    numbered,
    phrase,
    quoted,
    toll_span_in_words,
    victims_in_words,
)
from contested.serve import words
from contested.serve.words import Name

VERBS = {
    "killed": "killed",
    "wounded": "wounded",
    "killed_or_wounded": "killed or wounded",
    "captured": "captured",
    "missing": "missing",
    "displaced": "displaced",
}


def headline(incident: Incident, type_name: str, name: Name) -> str:
    """What, by and against whom, where and when; sides that no table knows are left to the text."""
    by, against = (_known(refs, name) for refs in (incident.initiators, incident.targets))
    sides = (f" by {by}" if by else "") + (f" against {against}" if against else "")
    place = f", {words.place_in_full(incident.where)}" if incident.where else ", place unknown"
    return f"{type_name}{sides}{place}, {words.date_in_words(incident.when)}"


def _known(refs: Iterable[ActorRef], name: Name) -> str:
    return words.listed(name(ref.actor) for ref in refs if ref.actor)


def sentence(incident: Incident, type_name: str, name: Name) -> str:
    """One sentence on what happened, where and when, by whom, and how many reports say so."""
    by, against = (_sides(refs, name) for refs in (incident.initiators, incident.targets))
    what = type_name[:1].lower() + type_name[1:]
    article = "An" if what[:1] in "aeiou" else "A"
    place = f" in {words.place_in_full(incident.where)}" if incident.where else ""
    sides = (f" by {by}" if by else "") + (f" against {against}" if against else "")
    missing = [each for each, known in (("where", place), ("by whom", by)) if not known]
    if _unknown(incident.when):
        missing.insert(0, "when")
    unsaid = f"; no report says {' or '.join(missing)}" if missing else ""
    reports = numbered(len(incident.reports), "report")
    origins = numbered(len(incident.origins), "origin")
    return (
        f"{article} {what}{sides}{place}{_on(incident.when)}, as {reports} from {origins} "
        f"{'says' if len(incident.reports) == 1 else 'say'}{unsaid}."
    )


def _sides(refs: Iterable[ActorRef], name: Name) -> str:
    return words.listed(name(ref.actor) if ref.actor else quoted(ref.as_written) for ref in refs)


def _unknown(when: When | None) -> bool:
    return when is None or (when.earliest is None and when.latest is None)


def _on(when: When | None) -> str:
    if when is None or _unknown(when):
        return ""
    told = words.date_in_words(when)
    if told[:1].isdigit() and when.earliest == when.latest:
        return f" on {told}"
    return f" ({told})" if not told[:1].isalpha() else f", {told}"


def toll_sentences(incident: Incident, name: Name) -> list[str]:
    """One sentence a toll, with who says the least and who the most where voices differ."""
    return [_toll(toll, name) for toll in incident.casualties]


def _toll(toll: Toll, name: Name) -> str:
    verb = VERBS.get(toll.effect, phrase(toll.effect))
    who = victims_in_words(toll.victims, 1 if toll.best == 1 else 2)
    if toll.best is None:
        given = toll_span_in_words(toll)
        if given == "unknown":
            return f"How many {who} were {verb} is not credibly known."
        return (
            f"Accounts give {given} {who} {verb}, none of them credible enough for a best figure."
        )
    if toll.victims == "security_forces" and toll.best != 1:
        who = "of the security forces"
    side = ", the attacking side," if toll.attackers else ""
    told = f"{_begun(best_of(toll))} {who}{side} {'was' if toll.best == 1 else 'were'} {verb}"
    if toll.low == toll.best == toll.high:
        return f"{told}."
    told += f" by the rule “{phrase(toll.rule)}”"
    figures = [f for f in toll.according_to if f.stance != "denies" and not f.part]
    least = min(figures, key=_low, default=None)
    most = max(figures, key=_high, default=None)
    if least is None or most is None or _low(least) == _high(most):
        return f"{told}."
    ends = f"{_least_in_words(least)} ({_voice(least, name)})"
    if _high(most) < float("inf"):
        return f"{told}; accounts run from {ends} to {_high(most):,.0f} ({_voice(most, name)})."
    top = max(figures, key=lambda figure: figure.count.high or _low(figure))
    upper = top.count.high or _low(top)
    opens = "" if top.count.high or top.count.over is not None else " or more"
    if upper == _low(least):
        return f"{told}; accounts say {ends}{opens}."
    most_said = f"{upper:,.0f}{opens}" if opens or top.count.high else _least_in_words(top)
    return f"{told}; accounts run from {ends} to {most_said} ({_voice(top, name)})."


def _least_in_words(figure: Figure) -> str:
    """The lower end as it was said: "more than 60" is not 61."""
    over = figure.count.over
    return f"{_low(figure):,.0f}" if over is None else f"more than {over:,}"


def _begun(words: str) -> str:
    return words[:1].upper() + words[1:]


def _low(figure: Figure) -> float:
    return figure.count.low if figure.count.low is not None else 0


def _high(figure: Figure) -> float:
    return figure.count.high if figure.count.high is not None else float("inf")


def _voice(figure: Figure, name: Name) -> str:
    if not figure.speakers:
        return "the outlet itself"
    last = figure.speakers[-1]
    return name(last.actor) if last.actor else last.name
