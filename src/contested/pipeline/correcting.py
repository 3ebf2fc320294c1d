"""What a person writes for a value of a claim, as the plain data of the claim model.

Names of actors and places are looked up in the world tables, times are EDTF, numbers are written
as `COUNTS` says. Each error names what is allowed.
"""

from __future__ import annotations

import difflib
import math
import re
import types
import typing
from collections.abc import Callable
from dataclasses import fields
from typing import Any, Literal, get_args, get_origin, get_type_hints

from pydantic import ValidationError

from contested.errors import DecisionError, PassageError, UsageError
from contested.model import (
    ActorRef,
    Claim,
    Count,
    Money,
    Report,
    ResponseTo,
    Speaker,
    When,
    Where,
    to_plain,
)
from contested.model.edtf import when
from contested.model.revision import PASSAGE, moved, with_value
from contested.model.terms import Qualifier, SpeakerKind
from contested.pipeline.filters import actor_ids, check_type, near_places
from contested.world import World, fold

FIXED = frozenset(
    {
        "id", "report", "name", "start", "end", "quote", "kind", "method", "confidence", "carried",
        "decisions",
    }
)  # fmt: skip
"""Fields that no person changes: they say where a claim stands and how it was found."""
ACTOR_IDS = frozenset({"actor", "side", "organisation"})
UNKNOWN = ("unknown", "none", "")
QUALIFIERS = ("at least", "more than", "at most", "about")
VAGUE = ("dozens", "scores", "hundreds", "thousands")
COUNTS = ", ".join(("11", "11-22", *(f"{word} 10" for word in QUALIFIERS), *VAGUE)) + " or unknown"
_QUALIFIERS: tuple[str, ...] = get_args(Qualifier)
_SPEAKERS: tuple[str, ...] = get_args(SpeakerKind)
_COUNT = re.compile(rf"(?:({'|'.join(QUALIFIERS)}) )?(\d[\d,]*)(?:\s*[-–]\s*(\d[\d,]*))?")
_VAGUE = dict(zip(VAGUE, (24, 40, 200, 2000), strict=True))
_SPEAKER = re.compile(r"(?P<name>[^()]+?)\s*(?:\((?P<kind>\w+)(?:,\s*(?P<actor>[^()]+))?\))?")
_POINT = re.compile(
    r"(?P<name>[^(),]+?)(?:,\s*(?P<country>[A-Z]{2}))?\s*"
    r"\((?P<lat>-?\d+(?:\.\d+)?)\s*,\s*(?P<lon>-?\d+(?:\.\d+)?)"
    r"(?:\s*,\s*(?P<km>\d+(?:\.\d+)?)\s*km)?\)"
)
_SPAN = re.compile(r"(\d+)\s*-\s*(\d+)")


def correctable(claim: Claim) -> tuple[str, ...]:
    """The fields of a claim that a person can correct."""
    return (*(f.name for f in fields(claim) if f.name not in FIXED), PASSAGE)


def same_field(one: Claim, other: Claim, name: str) -> bool:
    """Whether two claims have this field and it takes the same: `act` does not in all kinds."""
    if name not in correctable(one) or name not in correctable(other):
        return False
    mine, theirs = (_bare(get_type_hints(type(each))[name]) for each in (one, other))
    return bool(mine == theirs)


class Correcting:
    """Reads corrections of claims of one report."""

    def __init__(self, world: World, report: Report, claims: list[Claim]) -> None:
        self._world = world
        self._report = report
        self._claims = {claim.id: claim for claim in claims}
        self._readers: dict[Any, Callable[[str], Any]] = {
            When: self._when,
            Where: self._where,
            Count: _count,
            ActorRef: self._actor_ref,
            Speaker: self._speaker,
            Money: _money,
            ResponseTo: ResponseTo,
            float: _number,
            str: str,
        }

    def corrected(self, claim: Claim, name: str, value: str, decision: str) -> tuple[Claim, Any]:
        """`claim` with `value` in field `name`, and the value as plain data.

        Raises UsageError for a field, a value, an actor or a place that there is not, and
        DecisionError where that already is its value.
        """
        if name not in correctable(claim):
            near = difflib.get_close_matches(name, correctable(claim), n=1)
            hint = f" Did you mean {near[0]}?" if near else ""
            raise UsageError(
                f"A claim of kind {claim.kind} has no field {name!r} to correct.{hint} "
                f"It has {', '.join(correctable(claim))}."
            )
        before = to_plain(claim).get(name)
        coded = self._passage(claim, value) if name == PASSAGE else self._coded(claim, name, value)
        coded = self._in_the_reports_words(name, coded, before)
        try:
            if name == PASSAGE:
                changed: Claim = moved(self._report, claim, coded, decision)
            else:
                changed = with_value(claim, name, coded, decision)
        except (PassageError, ValidationError) as error:
            raise UsageError(f"{name}: {value!r} does not fit: {_brief(error)}") from error
        if coded == before or (name == PASSAGE and changed.quote == claim.quote):
            raise DecisionError(f"The {name} of {claim.id} already is {value!r}.")
        return changed, coded

    def _coded(self, claim: Claim, name: str, value: str) -> Any:
        text = value.strip()
        if name == "event_ref":
            return self._event(claim, text)
        if name == "type" and claim.kind == "event":
            check_type(text, self._world)
            return text
        hint = get_type_hints(type(claim))[name]
        optional = type(None) in get_args(hint)
        if text.lower() in UNKNOWN and (optional or get_origin(hint) is tuple):
            return None if optional else []
        if name in ACTOR_IDS:
            return self._actor(text)
        return self._read(name, _bare(hint), text)

    def _read(self, name: str, hint: Any, text: str) -> Any:
        if get_origin(hint) is Literal:
            if text not in get_args(hint):
                raise UsageError(f"{name}: {text!r} is none of {', '.join(get_args(hint))}.")
            return text
        if get_origin(hint) is tuple:
            mark = ";" if get_args(hint)[0] is Speaker else ","
            parts = [part.strip() for part in text.split(mark) if part.strip()]
            return [self._read(name, get_args(hint)[0], part) for part in parts]
        try:
            return to_plain(self._readers[hint](text))
        except ValueError as error:
            raise UsageError(f"{name}: {error}") from error

    def _event(self, claim: Claim, text: str) -> str | None:
        if text.lower() in UNKNOWN:
            return None
        found = self._claims.get(text)
        if found is None or found.kind != "event" or found.id == claim.id:
            events = [c.id for c in self._claims.values() if c.kind == "event" and c != claim]
            raise UsageError(
                f"event_ref: {text!r} is no other event claim of {claim.name}. It has "
                f"{', '.join(events) or 'none'}."
            )
        return found.id

    def _when(self, text: str) -> When:
        found = when(text)
        if found.earliest and found.latest and found.earliest > found.latest:
            raise UsageError(f"when: {text!r} ends before it begins. Write the earlier date first.")
        return found

    def _where(self, text: str) -> Where:
        if given := _POINT.fullmatch(text):
            return _point(given, text)
        name, _, area = (part.strip() for part in text.partition(","))
        one = self._world.places.get(text)
        found = (one,) if one else self._world.places_named(name)
        if area:
            found = tuple(
                p for p in found if fold(area) in (fold(p.admin1 or ""), fold(p.country or ""))
            )
        if not found:
            near = near_places(name, self._world)
            hint = f" Did you mean {', '.join(near)}?" if near else ""
            raise UsageError(
                f"No place is called {text!r}.{hint} Write a name of the gazetteer, with its "
                "province or country after a comma where several have it; a place that it lacks "
                "with its point, as Mondoro, ML (14.68, -1.95, 5 km); or unknown."
            )
        place = found[0]
        return Where(
            name=place.name,
            as_written=text,
            admin1=place.admin1,
            country=place.country,
            lat=place.lat,
            lon=place.lon,
            radius_km=place.radius_km,
            geonameid=place.geonameid,
        )

    def _actor(self, text: str) -> str:
        found = actor_ids(text, self._world)
        if len(found) > 1:
            raise UsageError(f"{text!r} is the name of several: {', '.join(found)}. Write the id.")
        return found[0]

    def _actor_ref(self, text: str) -> ActorRef:
        """An actor of the tables, or words of the report in brackets for one that none has."""
        if not (text.startswith("(") and text.endswith(")")):
            return ActorRef(self._actor(text), text)
        words = text[1:-1].strip()
        if not words or words not in self._report.text:
            raise UsageError(
                f"{text}: these words do not stand in {self._report.name}. Write words that do in "
                "brackets, as they are written there, or an actor's id or name."
            )
        return ActorRef(None, words)

    def _speaker(self, text: str) -> Speaker:
        found = _SPEAKER.fullmatch(text)
        kind = found["kind"] if found else None
        if found is None or kind not in _SPEAKERS:
            raise UsageError(
                f"speakers: write each as NAME (KIND, ACTOR), with ; between them, the outermost "
                f"first. KIND is one of {', '.join(_SPEAKERS)}; ACTOR may be left out."
            )
        actor = self._actor(found["actor"]) if found["actor"] else None
        return Speaker(found["name"], actor, typing.cast(SpeakerKind, kind))

    def _in_the_reports_words(self, name: str, coded: Any, before: Any) -> Any:
        """What is written in the report: kept where it was read there, never words of another.

        A number, time or place keeps the words that it is the meaning of. Where the report has
        none, because a person knows the value from elsewhere, none are put into its mouth.
        """
        if name.endswith("as_written") and coded and coded not in self._report.text:
            raise UsageError(
                f"{name}: {coded!r} does not stand in {self._report.name}. Write words that do, "
                "as they are written there."
            )
        if not isinstance(coded, dict) or "as_written" not in coded:
            return coded
        kept = before.get("as_written") if isinstance(before, dict) else None
        mine = coded["as_written"] if coded["as_written"] in self._report.text else ""
        return {**coded, "as_written": kept or mine}

    def _passage(self, claim: Claim, value: str) -> dict[str, Any]:
        span = _SPAN.fullmatch(value.strip())
        text = self._report.text
        if span:
            first, last = int(span[1]), int(span[2])
            if not first < last <= len(text):
                raise UsageError(
                    f"passage: characters {value} are none of {claim.name}, which has {len(text)}."
                )
            return {"start": first, "quote": text[first:last]}
        number = text.count(value) if value else 0
        if number != 1:
            told = f"stand {number} times" if number else "do not stand"
            raise UsageError(
                f"passage: these words {told} in {claim.name}. Write words that stand there once, "
                "as they are written there, or START-END in characters."
            )
        return {"start": text.index(value), "quote": value}


def _bare(hint: Any) -> Any:
    """The type without its null."""
    if get_origin(hint) in (types.UnionType, typing.Union):
        return next(each for each in get_args(hint) if each is not type(None))
    return hint


VILLAGE_KM, WIDEST_KM = 5.0, 5000.0
MOST = 10**10
"""No count of people is larger; engines and other programs count to a limit."""


def _point(given: re.Match[str], text: str) -> Where:
    """A place that no gazetteer has, by its point; without a width it is as wide as a village."""
    lat, lon = float(given["lat"]), float(given["lon"])
    km = float(given["km"] or VILLAGE_KM)
    if abs(lat) > 90 or abs(lon) > 180 or not 0 < km <= WIDEST_KM:
        raise UsageError(
            f"where: {text!r} is no point on earth. Write NAME, COUNTRY (LATITUDE, LONGITUDE, "
            "WIDTH km) in degrees, as Mondoro, ML (14.68, -1.95, 5 km)."
        )
    return Where(
        name=given["name"].strip(),
        as_written=given["name"].strip(),
        country=given["country"],
        lat=lat,
        lon=lon,
        radius_km=km,
    )


def _count(text: str) -> Count:
    if text.lower() in UNKNOWN:
        # Some were; how many nobody says.
        return Count(1, None, "at_least", "")
    if text in _VAGUE:
        return Count(_VAGUE[text], None, typing.cast(Qualifier, text), text)
    found = _COUNT.fullmatch(text)
    if found is None:
        raise UsageError(f"count: {text!r} is no number. Write {COUNTS}.")
    low = int(found[2].replace(",", ""))
    if max(low, int((found[3] or "0").replace(",", ""))) > MOST:
        raise UsageError(f"count: {text[:40]!r} is more people than there are. Write {COUNTS}.")
    if found[3]:
        high = int(found[3].replace(",", ""))
        if found[1] or high < low:
            raise UsageError(f"count: {text!r} is no range. Write {COUNTS}.")
        return Count(low, high, "exactly" if low == high else "range", text)
    if found[1] == "at least":
        return Count(low, None, "at_least", text)
    if found[1] == "more than":
        return Count(low + 1, None, "at_least", text)
    if found[1] == "at most":
        return Count(None, low, "at_most", text)
    return Count(low, low, "about" if found[1] else "exactly", text)


def _number(text: str) -> float:
    found = float(text.removesuffix("%"))
    if not math.isfinite(found):
        raise UsageError(f"{text!r} is no number that can be counted with. Write 12 or 12.5.")
    return found


def _money(text: str) -> Money:
    value, _, currency = text.partition(" ")
    if not re.fullmatch("[A-Z]{3}", currency):
        raise UsageError(f"amount: {text!r} is none. Write it as 5000000 USD.")
    return Money(float(value.replace(",", "")), currency)


def _brief(error: PassageError | ValidationError) -> str:
    if isinstance(error, ValidationError):
        return "; ".join(each["msg"] for each in error.errors()[:2])
    return str(error)
