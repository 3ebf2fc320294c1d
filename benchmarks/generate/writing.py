"""Accounts as sentences, each with the claims that it carries."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any

from benchmarks.generate import phrases
from benchmarks.generate.accounts import Account, Figure
from contested.model import Speaker
from contested.model.terms import Kind


@dataclass(frozen=True, slots=True)
class Spec:
    """A claim to be made on a sentence. `key` names an event, `about` the event it is about."""

    kind: Kind
    values: Mapping[str, Any]
    truth: str
    key: int
    about: int | None = None


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence and its claims."""

    text: str
    specs: tuple[Spec, ...] = ()


class Writer:
    """Writes accounts down."""

    def __init__(self, rng: Random) -> None:
        self._rng = rng
        self._key = 0

    def main(self, account: Account) -> list[Sentence]:
        """The account as the subject of a report: a lead, and what follows it."""
        key = self._next()
        figures = account.statement.figures
        killed = [f for f in figures if f.loss.effect == "killed"]
        first = killed[0] if killed else None
        if first is not None and first.loss.of is account.incident.initiator:
            first = None
        out = [self._lead(account, key, first)]
        out += [self._figure(account, key, f) for f in figures if f is not first]
        if account.responsibility is not None:
            out.append(self._responsibility(account, key))
        return out

    def aside(self, account: Account, *, recalled: bool) -> list[Sentence]:
        """The account in one sentence: an older incident recalled, or another one told too."""
        killed = [f for f in account.statement.figures if f.loss.effect == "killed"][:1]
        with_dead = phrases.RECALLED_DEAD if recalled else phrases.SEPARATELY_DEAD
        without = phrases.RECALLED if recalled else phrases.SEPARATELY
        return [self._told(account, self._next(), killed, with_dead if killed else without, ())]

    def filler(self) -> Sentence:
        """A sentence that claims nothing countable."""
        return Sentence(self._rng.choice(phrases.FILLER))

    def headline(self, account: Account) -> str:
        """A title; it carries no claims."""
        noun = self._rng.choice(phrases.DEEDS[account.type].nouns)
        place = _place_words(account, self._rng).strip()
        return self._rng.choice(phrases.HEADLINES).format(
            noun=noun, Noun=_capital(noun), place=place, place_cap=_capital(place or "Syria")
        ).strip(" :")  # fmt: skip

    def _next(self) -> int:
        self._key += 1
        return self._key

    def _lead(self, account: Account, key: int, figure: Figure | None) -> Sentence:
        templates = phrases.BARE_LEADS if figure is None else phrases.LEADS
        found = [figure] if figure is not None else []
        return self._told(account, key, found, templates, account.statement.speakers)

    def _told(
        self,
        account: Account,
        key: int,
        figures: Sequence[Figure],
        templates: Sequence[str],
        speakers: tuple[Speaker, ...],
    ) -> Sentence:
        rng = self._rng
        clause = self._clause(account)
        words = account.statement.words if speakers else ""
        text = rng.choice(templates).format(
            clause=clause,
            Clause=_capital(clause),
            where=_place_words(account, rng),
            time=f" {account.when.as_written}" if account.when else "",
            detail=self._detail(account),
            said=rng.choice(phrases.SAID).format(words) if words else "",
            figure=figures[0].words if figures else "",
            were=_were(figures[0]) if figures else "",
        )
        event = {
            "type": account.type,
            "initiators": account.initiators,
            "targets": account.targets,
            "where": account.where,
            "when": account.when,
            "weapons": phrases.WEAPONS.get(account.type, ()),
            "speakers": speakers,
        }
        specs = [Spec("event", event, account.incident.id, key)]
        specs += [self._casualties(account, key, f, speakers, own=True) for f in figures]
        return Sentence(_capital(text), tuple(specs))

    def _clause(self, account: Account) -> str:
        rng, deed = self._rng, phrases.DEEDS[account.type]
        noun = rng.choice(deed.nouns)
        if account.who and account.whom:
            return f"{account.who} {rng.choice(deed.verbs)} {account.whom}"
        if account.who:
            return rng.choice(phrases.NO_TARGET).format(who=account.who, noun=noun)
        if account.whom:
            return rng.choice(phrases.PASSIVE).format(whom=account.whom, noun=noun)
        return rng.choice(phrases.NEITHER).format(noun=noun)

    def _detail(self, account: Account) -> str:
        words = []
        for detail in account.details:
            unit = "th " in detail
            pattern = self._rng.choice(phrases.UNITS_HIT if unit else phrases.BY_DETAIL)
            words.append(pattern.format(detail))
        return f" {', '.join(words)}" if words else ""

    def _figure(self, account: Account, key: int, figure: Figure) -> Sentence:
        if figure.loss.effect == "wounded":
            templates = phrases.WOUNDED
        elif figure.loss.of is account.incident.initiator:
            templates = phrases.OWN_DEAD
        else:
            templates = phrases.ALSO_KILLED
        text = self._rng.choice(templates).format(
            figure=figure.words, Figure=_capital(figure.words), were=_were(figure)
        )
        spec = self._casualties(account, key, figure, account.statement.speakers, own=False)
        return Sentence(_capital(text), (spec,))

    def _casualties(
        self,
        account: Account,
        key: int,
        figure: Figure,
        speakers: tuple[Speaker, ...],
        *,
        own: bool,
    ) -> Spec:
        of = figure.loss.of
        values: dict[str, Any] = {
            "effect": figure.loss.effect,
            "count": figure.count,
            "victims": of.victims,
            "side": of.actors[0] if of.armed and self._knows(account, figure) else None,
            "victims_as_written": figure.words,
            "where": account.where,
            "when": account.when,
            "speakers": speakers,
        }
        if not own:
            values["carried"] = tuple(n for n in ("where", "when") if values[n] is not None)
        return Spec("casualties", values, account.incident.id, self._next(), key)

    def _knows(self, account: Account, figure: Figure) -> bool:
        attacker = figure.loss.of is account.incident.initiator
        refs = account.initiators if attacker else account.targets
        return any(ref.actor == figure.loss.of.actors[0] for ref in refs)

    def _responsibility(self, account: Account, key: int) -> Sentence:
        rng, act = self._rng, account.responsibility
        side = account.incident.initiator
        actor, name = side.actors[0], side.names[0]
        templates = {
            "claims": phrases.CLAIMED,
            "is_blamed": phrases.BLAMED,
            "denies": phrases.DENIED,
        }.get(act or "", phrases.UNCLAIMED)
        known = act != "unclaimed"
        text = rng.choice(templates).format(who=name, Who=_capital(name))
        speakers: tuple[Speaker, ...] = ()
        if act in ("claims", "denies"):
            speakers = (Speaker(name, actor, "party"),)
        values: dict[str, Any] = {
            "act": act,
            "actor": actor if known else None,
            "actor_as_written": name if known else "",
            "where": account.where,
            "when": account.when,
            "speakers": speakers,
            "carried": tuple(n for n in ("where", "when") if getattr(account, n) is not None),
        }
        spec = Spec("responsibility", values, account.incident.id, self._next(), key)
        return Sentence(text, (spec,))


def _place_words(account: Account, rng: Random) -> str:
    if account.where is None:
        return ""
    level = account.level if account.level in phrases.BY_PLACE else "wide"
    return " " + rng.choice(phrases.BY_PLACE[level]).format(account.where.as_written)


def _were(figure: Figure) -> str:
    one = figure.count.low == 1 and figure.count.high in (1, None)
    return "was" if one else "were"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
