"""Deciding: each judgement of a person checked against the record, stored, and carried out."""

from __future__ import annotations

import datetime as dt
import getpass
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from contested.errors import DecisionError, NotFound, Overtaken, UsageError
from contested.model import Claim, Decision, Incident, Subject, to_plain
from contested.model.decision import (
    APART,
    TOGETHER,
    Act,
    Finder,
    anchor,
    bears_on,
    holding,
    made,
    undone,
)
from contested.model.query import Query
from contested.model.revision import PASSAGE
from contested.pipeline.correcting import Correcting
from contested.pipeline.sources import source_of

if TYPE_CHECKING:
    from contested.pipeline.facade import Record

Guard = Callable[[Sequence[Decision]], None]
Build = Callable[[Sequence[Decision]], dict[str, Any]]
TRIES = 20
LETTERS, NUMBERS = "ABCDEF", "123456"


@dataclass(frozen=True, slots=True)
class Taken:
    """A decision that was stored, and what the record had to say about it."""

    decision: Decision
    remarks: tuple[str, ...] = ()


class Deciding:
    """The judgements that a person can make on a record: `record.decide`.

    Each needs a reason; the author is the one of the settings, else the name of the login. Each
    is stored at once, the incidents are gathered again, and `undo` takes it back. All raise
    NotFound or UsageError for an id that cannot be resolved, and DecisionError for what cannot
    be decided.
    """

    def __init__(self, record: Record, seen: str | None = None, guard: Guard | None = None) -> None:
        self._record = record
        self._seen = seen
        self._guard = guard
        self._remarks: list[str] = []
        self._former: dict[str, frozenset[str]] = {}

    def reviewing(self, seen: str, guard: Guard) -> Deciding:
        """The same for a review: `seen` marks the evidence, `guard` looks again before storing."""
        return Deciding(self._record, seen, guard)

    # ---- which claims are of one happening -------------------------------------------------

    def merge(self, *incidents: str, reason: str, author: str | None = None) -> Taken:
        """These incidents are one, and it keeps the id of the first.

        An id that was merged away stands for what holds its claims now.
        """

        def build(_: Sequence[Decision]) -> dict[str, Any]:
            found = self._incidents(incidents)
            whole = frozenset(claim for each in found for claim in each.claims)
            self._former = {found[0].id: whole}
            return {"subjects": tuple(self._subject(each) for each in found)}

        return self._take("merge", reason, author, build)

    def split(
        self, incident: str, claims: Iterable[str], *, reason: str, author: str | None = None
    ) -> Taken:
        """These claims, each with its account, are of another happening than the rest.

        Among themselves they stay together; the rest keeps the incident's id.
        """
        named = tuple(claims)

        def build(_: Sequence[Decision]) -> dict[str, Any]:
            whole = self._incident(incident)
            out, rest = self._parted(whole, named)
            name = whole.id
            self._former = {name: frozenset(rest)}
            return {"subjects": (self._subject(whole, out, name), self._subject(whole, rest, name))}

        return self._take("split", reason, author, build)

    def part(self, one: str, other: str, *, reason: str, author: str | None = None) -> Taken:
        """The accounts of these two claims are of two happenings, wherever the rest belongs."""

        def build(_: Sequence[Decision]) -> dict[str, Any]:
            subjects = [self._account(self._current(id)[0]) for id in (one, other)]
            return {"subjects": _two_accounts(subjects)}

        return self._take("split", reason, author, build)

    def confirm(self, *ids: str, reason: str, author: str | None = None) -> Taken:
        """Looked at and found right: a claim, an incident, or a pair as it is now.

        Two incidents are confirmed to be two; two claims to be of one incident or of two, as
        they are. Later gathering keeps to it.
        """

        def build(_: Sequence[Decision]) -> dict[str, Any]:
            found = [self._record.find(id) for id in ids]
            if not 1 <= len(found) <= 2 or len({getattr(one, "id", "") for one in found}) < len(
                ids
            ):
                raise DecisionError("Confirm one claim, one incident, or two that differ.")
            incidents = [one for one in found if isinstance(one, Incident)]
            if len(incidents) == len(found):
                value = APART if len(found) > 1 else TOGETHER
                return {"subjects": tuple(map(self._subject, incidents)), "value": value}
            return self._confirmed([self._current(id)[0] for id in ids])

        return self._take("confirm", reason, author, build)

    # ---- what a report says ------------------------------------------------------------------

    def correct(
        self, claim: str, field: str, value: str, *, reason: str, author: str | None = None
    ) -> Taken:
        """Field `field` of a claim is to be `value`; `passage` stands for where it is said.

        Times are EDTF, places names of the gazetteer, actors ids or names, counts as 11, 11-22
        or at least 10. Raises UsageError, naming what is allowed, for what does not fit.
        """

        def build(_: Sequence[Decision]) -> dict[str, Any]:
            one, others = self._current(claim)
            source = self._record.report(one.report).report
            reader = Correcting(self._record.world, source, others)
            coded = reader.corrected(one, field, value, "")[1]
            plain = to_plain(one)
            passage = {"start": one.start, "quote": one.quote}
            return {
                "subjects": (Subject(id=one.id, anchors=(anchor(one, others),)),),
                "field": field,
                "value": value,
                "coded": coded,
                "before": passage if field == PASSAGE else plain[field],
            }

        return self._take("correct", reason, author, build)

    def wrong(self, id: str, *, reason: str, author: str | None = None) -> Taken:
        """The claim, or all that is claimed in the report, is wrong and counts no more."""

        def build(known: Sequence[Decision]) -> dict[str, Any]:
            try:
                one, others = self._current(id)
            except NotFound:
                return {"subjects": (Subject(id=self._whole_report(id, known)),)}
            return {"subjects": (Subject(id=one.id, anchors=(anchor(one, others),)),)}

        return self._take("wrong", reason, author, build)

    # ---- how to judge it -----------------------------------------------------------------------

    def rule(
        self, rule: str, *, incident: str | None = None, reason: str, author: str | None = None
    ) -> Taken:
        """`best` is derived by `rule`: in one incident, or in the whole record."""
        self._record.stages.check_rule(rule)

        def build(_: Sequence[Decision]) -> dict[str, Any]:
            subjects = (self._subject(self._incident(incident)),) if incident else ()
            return {"subjects": subjects, "value": rule}

        return self._take("rule", reason, author, build)

    def reliability(
        self, name: str, letter: str, *, reason: str, author: str | None = None
    ) -> Taken:
        """An outlet or speaker is as reliable as the Admiralty letter A to F says."""
        wanted = letter.strip().upper()
        if len(wanted) != 1 or wanted not in LETTERS:
            raise UsageError(f"{letter!r} is no reliability: write {', '.join(LETTERS)}.")
        who = source_of(name, self._record)
        return self._take("reliability", reason, author, lambda _: {"name": who, "value": wanted})

    def credibility(
        self, claim: str, number: int | str, *, reason: str, author: str | None = None
    ) -> Taken:
        """A claim is as credible as the Admiralty number 1 to 6 says."""
        wanted = str(number).strip()
        if len(wanted) != 1 or wanted not in NUMBERS:
            raise UsageError(f"{number!r} is no credibility: write {', '.join(NUMBERS)}.")

        def build(_: Sequence[Decision]) -> dict[str, Any]:
            one, others = self._current(claim)
            return {
                "subjects": (Subject(id=one.id, anchors=(anchor(one, others),)),),
                "value": wanted,
            }

        return self._take("credibility", reason, author, build)

    # ---- later, and back -------------------------------------------------------------------------

    def skip(self, *claims: str, reason: str, author: str | None = None) -> Taken:
        """Left open in a review, so that it comes last the next time. It changes nothing."""

        def build(_: Sequence[Decision]) -> dict[str, Any]:
            return {"subjects": tuple(self._account(self._current(id)[0]) for id in claims)}

        return self._take("skip", reason, author, build)

    def undo(self, decision: str, *, reason: str, author: str | None = None) -> Taken:
        """Take a decision back, as if it had not been made. An undo can itself be undone."""

        def build(known: Sequence[Decision]) -> dict[str, Any]:
            one = named(decision, known)
            by = undone(known).get(one.id)
            if by is not None:
                other = next(each for each in known if each.id == by)
                raise DecisionError(
                    f"{one.id} was undone already, by {other.author} ({by}). To restore it, undo "
                    f"{by}."
                )
            then = self._record.store.incidents(as_of=dt.datetime.fromisoformat(one.at))
            self._former = {each.id: frozenset(each.claims) for each in then}
            return {"undoes": one.id}

        return self._take("undo", reason, author, build)

    # ---- how all are taken -----------------------------------------------------------------------

    def _take(
        self,
        act: Act,
        reason: str,
        author: str | None,
        build: Build,
    ) -> Taken:
        """Check, store if nobody decided meanwhile (else check again), and gather."""
        who = author or self._record.stages.settings.author or _login()
        for attempt in range(TRIES):
            self._remarks, self._former = [], {}
            known = self._record.store.decisions()
            if self._guard is not None:
                self._guard(known)
            values = build(known)
            new = made(
                at=_now(known), author=who, reason=reason, act=act, seen=self._seen, **values
            )
            try:
                self._record.store.decide(new, len(known))
            except Overtaken:
                if attempt == TRIES - 1:
                    raise
                continue
            break
        if act != "skip":
            self._gather(len(known) + 1)
        return Taken(new, tuple(self._remarks))

    def _gather(self, known: int) -> None:
        """Gather; again where another decided meanwhile, whose gathering this one may undo."""
        self._record.gather(self._former)
        while (number := len(self._record.store.decisions())) != known:
            known = number
            self._record.gather()

    def _incidents(self, given: Sequence[str]) -> list[Incident]:
        """The incidents that hold these ids now. Raises DecisionError for fewer than two."""
        if len(given) < 2:
            raise DecisionError("Merging takes two incidents or more. Give their ids.")
        found = [self._incident(id) for id in given]
        different = {one.id: one for one in found}
        for id, one in different.items():
            same = [g for g, each in zip(given, found, strict=True) if each.id == id]
            if len(same) > 1:
                raise DecisionError(
                    f"{' and '.join(same)} are one incident already: {id}. There is nothing to "
                    "merge in them."
                )
            if not one.claims:
                raise DecisionError(f"{id} has no claims to merge.")
        return list(different.values())

    def _incident(self, given: str) -> Incident:
        """The incident of that id, or the one that holds its claims now."""
        try:
            return self._record.incident(given)
        except NotFound:
            last = self._record.history(given)[-1].incident
        homes: Counter[str] = Counter()
        now = self._today(last)
        for id, claims in self._record.store.previous_membership().items():
            homes[id] = len(claims & now)
        holders = [id for id, number in homes.most_common() if number]
        if not holders:
            raise DecisionError(
                f"Incident {last.id} is gone, and so are its claims. `contested show {last.id}` "
                "and its history tell what it was."
            )
        if len(holders) > 1:
            raise DecisionError(
                f"Incident {last.id} is gone; its claims are now in {', '.join(holders)}. Name the "
                "one that you mean."
            )
        self._remarks.append(f"{last.id} was merged away: {holders[0]} holds its claims now.")
        return self._record.incident(holders[0])

    def _today(self, incident: Incident) -> frozenset[str]:
        """The claims of an incident of old, as they are called since they were read anew."""
        current = [claim for report in incident.reports for claim in self._claims_of(report)]
        finder = Finder(current)
        found = [finder.find(anchor(self._record.claim(id))) for id in incident.claims]
        return frozenset(claim.id for claim in found if claim is not None)

    def _subject(
        self, incident: Incident, only: Iterable[str] | None = None, id: str | None = None
    ) -> Subject:
        wanted = set(incident.claims if only is None else only)
        anchors = []
        for report in incident.reports:
            claims = self._claims_of(report)
            anchors += [anchor(one, claims) for one in claims if one.id in wanted]
        return Subject(id=id or incident.id, anchors=tuple(anchors))

    def _claims_of(self, report: str) -> list[Claim]:
        return list(self._record.store.claims(Query(report=report)))

    def _accounts(self, reports: Sequence[str]) -> list[frozenset[str]]:
        claims = [claim for report in reports for claim in self._claims_of(report)]
        stored = {each: self._record.report(each).report for each in reports}
        return self._record.stages.accounts(claims, stored)

    def _parted(self, whole: Incident, named: Sequence[str]) -> tuple[set[str], set[str]]:
        if not named:
            raise DecisionError("Say which claims to split off: --claims, several by commas.")
        chosen = set()
        for given in named:
            claim = self._current(given)[0]
            if claim.id not in whole.claims:
                raise DecisionError(f"Claim {claim.id} is not in {whole.id}.")
            chosen.add(claim.id)
        accounts = self._accounts(whole.reports)
        out = {one for each in accounts if chosen & each for one in each} & set(whole.claims)
        rest = set(whole.claims) - out
        if not rest:
            raise DecisionError(
                f"That would split off all of {whole.id}: with the accounts that they belong to, "
                "these are all its claims. Leave one account."
            )
        if out - chosen:
            self._remarks.append(f"with their accounts: {', '.join(sorted(out - chosen))}")
        return out, rest

    def _account(self, claim: Claim) -> Subject:
        """A claim with those of its account."""
        others = self._claims_of(claim.report)
        accounts = self._accounts([claim.report])
        mine = next((each for each in accounts if claim.id in each), frozenset({claim.id}))
        first = [claim, *(one for one in others if one.id in mine and one.id != claim.id)]
        return Subject(id=claim.id, anchors=tuple(anchor(one, others) for one in first))

    def _confirmed(self, claims: Sequence[Claim]) -> dict[str, Any]:
        if len(claims) == 1:
            others = self._claims_of(claims[0].report)
            return {"subjects": (Subject(id=claims[0].id, anchors=(anchor(claims[0], others),)),)}
        homes = self._record.store.previous_membership().values()
        both = {one.id for one in claims}
        if not all(any(one in home for home in homes) for one in both):
            raise DecisionError("A pair is of claims that belong to incidents; these do not.")
        value = TOGETHER if any(both <= home for home in homes) else APART
        subjects = [self._account(one) for one in claims]
        return {"subjects": _two_accounts(subjects), "value": value}

    def _current(self, given: str) -> tuple[Claim, list[Claim]]:
        """A current claim and all those of its report. Raises DecisionError if it is not."""
        stored = self._record.claim(given)
        claims = self._claims_of(stored.report)
        for one in claims:
            if one.id == stored.id:
                return one, claims
        for decision in reversed(holding(self._record.store.decisions())):
            on = [each.claim for each in decision.anchors] or (
                [stored.id] if stored.report in decision.reports else []
            )
            if decision.act == "wrong" and stored.id in on:
                raise DecisionError(
                    f"Claim {stored.id} was marked as wrong by {decision.author} "
                    f"({decision.id}). Undo that first."
                )
        near = Finder(claims).find(anchor(stored, self._siblings(stored)))
        told = f" It reads {near.id} there now." if near else ""
        raise DecisionError(
            f"Claim {stored.id} is no longer current: {stored.name} was read anew, or changed."
            f"{told}"
        )

    def _siblings(self, claim: Claim) -> list[Claim]:
        return self._record.store.machine_claims([claim.report])[claim.report]

    def _whole_report(self, given: str, known: Sequence[Decision]) -> str:
        try:
            id = self._record.report(given).report.id
        except NotFound as error:
            raise NotFound(f"The record has no claim or report {given!r}.") from error
        for decision in bears_on(holding(known), id):
            if decision.act == "wrong" and not decision.anchors:
                raise DecisionError(
                    f"Report {id} was marked as wrong already, by {decision.author} "
                    f"({decision.id})."
                )
        return id


def _two_accounts(subjects: Sequence[Subject]) -> tuple[Subject, ...]:
    if set(subjects[0].anchors) & set(subjects[1].anchors):
        raise DecisionError("These claims are one account, which cannot be parted.")
    return tuple(subjects)


def named(given: str, known: Sequence[Decision]) -> Decision:
    """The decision of that id, or of that beginning of one.

    Raises NotFound, or UsageError if several ids begin so.
    """
    found = [one for one in known if one.id.startswith(given)] if len(given) >= 6 else []
    exact = [one for one in found if one.id == given] or found
    if not exact:
        raise NotFound(f"The record has no decision {given!r}. `contested decisions` lists them.")
    if len(exact) > 1:
        raise UsageError(f"{given!r} is the beginning of several: give more of the id.")
    return exact[0]


def _now(known: Sequence[Decision]) -> str:
    """The present time, but after the last decision even where the clock was set back."""
    now = dt.datetime.now(dt.UTC)
    if known:
        last = dt.datetime.fromisoformat(known[-1].at)
        now = max(now, last + dt.timedelta(microseconds=1))
    return now.isoformat(timespec="microseconds")


def _login() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError) as error:
        raise DecisionError(
            "Nobody is logged in by name. Say who decides: --author or CONTESTED_AUTHOR."
        ) from error
