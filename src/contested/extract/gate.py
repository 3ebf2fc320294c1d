"""The passage gate: what a language model proposes becomes a claim only if the report says it.

A proposal names words; the gate finds them. It drops, with the reason, whatever rests on a quote,
a name, a number or a date that the report does not hold, on a kind or type that there is not, or
on a word that the rules' tables know as something else. Ids, dates, numbers and types are read by
the readers that the rules use; nothing of the kind is taken from a proposal.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from contested.errors import PassageError
from contested.extract.according_to import Attributor
from contested.extract.extractor import Extractor
from contested.extract.gate_text import Span, passage
from contested.extract.gate_values import Reader
from contested.extract.gate_words import check, event_type, is_order, sentences_in, tokens_in, tops
from contested.extract.kinds.context import Context
from contested.extract.lexicon import lexicon, table
from contested.model import (
    ActorRef,
    Claim,
    EventClaim,
    Report,
    ResponseTo,
    Speaker,
    make,
)
from contested.model.proposal import Dropped, Proposal, Vocabulary
from contested.model.terms import Stance, Status
from contested.world import World

CONFIDENCE = 0.5
"""Of a claim that a language model found: nobody has measured how often that model is right."""
SENTENCES = 3
"""So many sentences a passage may touch."""

Values = dict[str, Any]


def vocabulary(world: World) -> Vocabulary:
    """The words of the tables that a proposal may use as types and measures."""
    measures = sorted({row["measure"] for row in table("measures")} | {"killed", "wounded"})
    return {
        ("event", "type"): [name for name in world.event_types if name != "event"],
        ("statistic", "measure"): measures,
    }


@dataclass(frozen=True, slots=True)
class Passed:
    """What came through the gate, and what did not."""

    claims: tuple[Claim, ...]
    dropped: tuple[Dropped, ...]


class Gate:
    """Holds one report, read as the rules read it, against which proposals are held."""

    def __init__(self, report: Report, extractor: Extractor, world: World) -> None:
        reading = extractor.read(report)
        found = Attributor(world, lexicon()).attribute(reading.sentences)
        self._ctx = Context(world, lexicon(), reading, found)
        self._report = report

    def admit(self, proposals: Sequence[Proposal], within: Span, method: str) -> Passed:
        """The claims that the text between the characters of `within` bears out.

        `about_event` is a place in just these proposals.
        """
        claims: dict[int, Claim] = {}
        dropped: list[Dropped] = []
        ordered = sorted(proposals, key=lambda one: one.kind != "event")
        for one in ordered:
            try:
                claims[one.number] = self._claim(one, within, method, claims)
            except PassageError as error:
                dropped.append(Dropped(one.kind, one.quote, str(error)))
        unique = {claim.id: claim for claim in claims.values()}
        return Passed(tuple(unique.values()), tuple(dropped))

    def _claim(self, one: Proposal, within: Span, method: str, before: dict[int, Claim]) -> Claim:
        text = self._report.text
        span = passage(text, one.quote, one.occurrence, within)
        touched = len(sentences_in(self._ctx, span))
        if touched > SENTENCES:
            raise PassageError(f"a passage of {touched} sentences is longer than {SENTENCES}")
        cue = Reader(self._ctx, (span,)).find(one.cue, "cue")
        speakers, stance, named_in = self._voices(one, within, span, cue)
        check(self._ctx, one, span, cue)
        status = self._status(one, cue)
        if any(is_order(token) for _, token in tops(self._ctx, cue)):
            raise PassageError("the passage is an order to its reader, and states nothing")
        values = _VALUES[one.kind](Reader(self._ctx, (span, *named_in)), one)
        if one.kind == "event":
            values["type"] = event_type(self._ctx, one, cue)
        values |= _about(one, values, before)
        return make(
            one.kind,
            self._report.passage(span.start, span.end),
            method=method,
            confidence=CONFIDENCE,
            speakers=speakers,
            stance=stance,
            status=status,
            **{name: value for name, value in values.items() if value is not None},
        )

    def _voices(
        self, one: Proposal, within: Span, span: Span, cue: Span
    ) -> tuple[tuple[Speaker, ...], Stance, tuple[Span, ...]]:
        """The chain of speakers, the stance, and the passages besides the quote that name them.

        Where none is proposed and the rules hear somebody speak, it is not the outlet's word; a
        title that somebody has is nobody's statement.
        """
        if not one.speakers and one.values.get("act") == "holds":
            return (), one.stance, ()
        if not one.speakers:
            for sentence, token in tokens_in(self._ctx, cue):
                heard, stance = self._ctx.voices(sentence, token)
                if heard:
                    return heard, stance, ()
            return (), one.stance, ()
        chain: list[Speaker] = []
        places: list[Span] = []
        for named in one.speakers:
            at = span
            if named.said_in is not None and named.said_in.strip():
                at = passage(self._report.text, named.said_in, 1, within)
                places.append(at)
            voice = Reader(self._ctx, (at, span)).speaker(named)
            if all(voice.name != other.name for other in chain):
                chain.append(voice)
        return tuple(chain), one.stance, tuple(places)

    def _status(self, one: Proposal, cue: Span) -> Status:
        """The status as proposed, or as the rules have it where they doubt what is put as a fact.

        Raises PassageError where the passage says that it did not happen and nobody denies it,
        and for people who were not harmed.
        """
        status: Status = one.status
        denied = one.stance == "denies" or one.values.get("act") in ("unclaimed", "denies")
        for sentence, token in tops(self._ctx, cue):
            real = self._ctx.reality(sentence, token)
            if real.negated and not denied:
                raise PassageError("the passage says that it is not so")
            doubted = one.kind in ("event", "casualties") or real.status == "hypothetical"
            if status == "occurred" and doubted:
                status = real.status
        if one.kind == "casualties" and status not in ("occurred", "ongoing"):
            raise PassageError(f"nobody was harmed: it is {status}")
        return status


def _about(one: Proposal, values: Values, before: dict[int, Claim]) -> Values:
    """The event that a figure is about, and the place and time that it has from there."""
    event = before.get(one.about_event) if one.about_event is not None else None
    if one.kind not in ("casualties", "responsibility") or not isinstance(event, EventClaim):
        return {}
    out: Values = {"event_ref": event.id}
    carried = []
    for name in ("where", "when"):
        if values.get(name) is None and (told := getattr(event, name)) is not None:
            out[name] = told
            carried.append(name)
    return out | {"carried": tuple(carried)} if carried else out


def _circumstances(reader: Reader, one: Proposal) -> Values:
    where, when = one.values.get("where"), one.values.get("when")
    answer = one.values.get("in_response_to")
    return {
        "where": reader.where(where, "place") if where else None,
        "when": reader.when(when, "time") if when else None,
        "in_response_to": ResponseTo(_words(reader, answer, "answer")) if answer else None,
    }


def _words(reader: Reader, written: str, what: str) -> str:
    return reader.written(reader.find(written, what))


def _actors(reader: Reader, one: Proposal, name: str) -> tuple[ActorRef, ...]:
    found = (reader.actor(written, "actor") for written in one.values.get(name) or ())
    return tuple(dict.fromkeys(found))


def _event(reader: Reader, one: Proposal) -> Values:
    weapons = [reader.weapon(written) for written in one.values["weapons"]]
    return _circumstances(reader, one) | {
        "initiators": _actors(reader, one, "initiators"),
        "targets": _actors(reader, one, "targets"),
        "weapons": tuple(dict.fromkeys(weapon for weapon in weapons if weapon)),
    }


def _casualties(reader: Reader, one: Proposal) -> Values:
    victims, side, written = reader.victims(one.values["victims_as_written"])
    told = _circumstances(reader, one)
    return {
        "effect": one.values["effect"],
        "count": reader.count(one.values["count"], "number"),
        "victims": victims,
        "side": side,
        "victims_as_written": written,
        "where": told["where"],
        "when": told["when"],
    }


def _responsibility(reader: Reader, one: Proposal) -> Values:
    told = _circumstances(reader, one)
    written = one.values["actor_as_written"]
    values: Values = {"act": one.values["act"], "where": told["where"], "when": told["when"]}
    if one.values["act"] == "unclaimed":
        return values
    ref = reader.actor(written, "actor")
    return values | {"actor": ref.actor, "actor_as_written": ref.as_written}


def _statistic(reader: Reader, one: Proposal) -> Values:
    given = one.values
    percent = given["change_percent"]
    change = reader.measured(percent, "percent", "change").value if percent else None
    values: Values = {
        "measure": given["measure"],
        "count": reader.count(given["count"], "number") if given["count"] else None,
        "change_percent": -change if change and given["direction"] == "down" else change,
        "direction": given["direction"],
        "period": reader.when(given["period"], "period") if given["period"] else None,
        "where": reader.where(given["where"], "place") if given["where"] else None,
        "actor": reader.actor(given["actor"], "actor").actor if given["actor"] else None,
        "victims": reader.counted(given["count"]) if given["count"] and given["victims"] else None,
    }
    if all(values[name] is None for name in ("count", "change_percent", "direction")):
        raise PassageError("a statistic needs a number or a direction")
    return values


def _relation(reader: Reader, one: Proposal) -> Values:
    subject, other = (reader.actor(one.values[name], name) for name in ("subject", "object"))
    if subject.actor is None and other.actor is None:
        raise PassageError("the tables know neither actor")
    if subject.actor == other.actor:
        raise PassageError("both are the same actor")
    when = one.values["when"]
    return {
        "subject": subject,
        "relation": one.values["relation"],
        "object": other,
        "when": reader.when(when, "time") if when else None,
    }


def _agreement(reader: Reader, one: Proposal) -> Values:
    days = one.values["duration_days"]
    return _circumstances(reader, one) | {
        "type": one.values["type"],
        "act": one.values["act"],
        "parties": _actors(reader, one, "parties"),
        "mediators": _actors(reader, one, "mediators"),
        "duration_days": reader.days(days, "duration") if days else None,
    }


def _statement(reader: Reader, one: Proposal) -> Values:
    told, amount = _circumstances(reader, one), one.values["amount"]
    about = one.values["about"]
    return {
        "act": one.values["act"],
        "by": reader.actor(one.values["by"], "by"),
        "addressees": _actors(reader, one, "addressees"),
        "about": _words(reader, about, "about") if about.strip() else "",
        "when": told["when"],
        "amount": reader.money(amount, "amount") if amount else None,
        "in_response_to": told["in_response_to"],
    }


def _position(reader: Reader, one: Proposal) -> Values:
    written, when = one.values["organisation_as_written"], one.values["when"]
    person, role = reader.person(one.values["person"]), one.values["role"]
    named = reader.actor(written, "organisation") if written.strip() else None
    body = reader.office(person, role) or named or ActorRef(None, "")
    return {
        "person": person,
        "role": role,
        "organisation": body.actor,
        "organisation_as_written": named.as_written if named else body.as_written,
        "act": one.values["act"],
        "when": reader.when(when, "time") if when else None,
    }


_VALUES: dict[str, Callable[[Reader, Proposal], Values]] = {
    "event": _event,
    "casualties": _casualties,
    "responsibility": _responsibility,
    "statistic": _statistic,
    "relation": _relation,
    "agreement": _agreement,
    "statement": _statement,
    "position": _position,
}

__all__ = ["CONFIDENCE", "Gate", "Passed", "Span", "vocabulary"]
