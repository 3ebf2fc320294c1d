"""Deciding: each judgement of a person checked against the record, stored, and carried out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from contested.errors import DecisionError, NotFound, Overtaken, RecordMovedOn, UsageError
from contested.model import Decision, Incident, Subject, to_plain
from contested.model.decision import (
    APART,
    TOGETHER,
    Act,
    anchor,
    made,
    undone,
)
from contested.model.revision import PASSAGE
from contested.model.rules import check_rule
from contested.pipeline.authors import check_unicode, check_words, login
from contested.pipeline.correcting import Correcting
from contested.pipeline.sources import source_of
from contested.pipeline.subjects import Subjects, two_accounts

if TYPE_CHECKING:
    from contested.pipeline.facade import Record

Guard = Callable[[Sequence[Decision]], None]
Build = Callable[[Sequence[Decision]], dict[str, Any]]
TRIES = 20
QUOTED = 100
"""So much of a passage is told of each claim that is corrected with another."""
LATER = (
    "The decision is stored. Others are adding to the record at the moment: the incidents follow "
    "it when the last of them has gathered, or after `contested gather`."
)
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
        self._subjects = Subjects(record)
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
            found = self._subjects.incidents(incidents)
            whole = frozenset(claim for each in found for claim in each.claims)
            self._former = {found[0].id: whole}
            return {"subjects": tuple(self._subjects.subject(each) for each in found)}

        return self._take("merge", reason, author, build)

    def split(
        self, incident: str, claims: Iterable[str], *, reason: str, author: str | None = None
    ) -> Taken:
        """These claims, each with its account, are of another happening than the rest.

        Among themselves they stay together; the rest keeps the incident's id.
        """
        named = tuple(claims)

        def build(_: Sequence[Decision]) -> dict[str, Any]:
            whole = self._subjects.incident(incident)
            out, rest = self._subjects.parted(whole, named)
            name = whole.id
            self._former = {name: frozenset(rest)}
            return {
                "subjects": (
                    self._subjects.subject(whole, out, name),
                    self._subjects.subject(whole, rest, name),
                )
            }

        return self._take("split", reason, author, build)

    def part(self, one: str, other: str, *, reason: str, author: str | None = None) -> Taken:
        """The accounts of these two claims are of two happenings, wherever the rest belongs."""

        def build(_: Sequence[Decision]) -> dict[str, Any]:
            subjects = [
                self._subjects.account(self._subjects.current(id)[0]) for id in (one, other)
            ]
            return {"subjects": two_accounts(subjects)}

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
                return {"subjects": tuple(map(self._subjects.subject, incidents)), "value": value}
            return self._subjects.confirmed([self._subjects.current(id)[0] for id in ids])

        return self._take("confirm", reason, author, build)

    # ---- what a report says ------------------------------------------------------------------

    def correct(
        self,
        claim: str,
        field: str,
        value: str,
        *,
        everywhere: bool = False,
        reason: str,
        author: str | None = None,
    ) -> Taken:
        """Field `field` of a claim is to be `value`; `passage` stands for where it is said.

        Times are EDTF, places names of the gazetteer, actors ids or names, counts as 11, 11-22
        or at least 10. With `everywhere`, so are all claims of the same report that have the
        same value there as this one: one decision, undone as one. Raises UsageError, naming what
        is allowed, for what does not fit.
        """

        def build(_: Sequence[Decision]) -> dict[str, Any]:
            one, others = self._subjects.current(claim)
            source = self._record.report(one.report).report
            reader = Correcting(self._record.world, source, others)
            coded = reader.corrected(one, field, value, "")[1]
            plain = to_plain(one)
            passage = {"start": one.start, "quote": one.quote}
            alike = self._subjects.alike(one, field, coded, others) if everywhere else [one]
            for each in alike[1:]:
                words = each.quote if len(each.quote) <= QUOTED else f"{each.quote[:QUOTED]}…"
                self._subjects.remarks.append(f"and {each.id}: “{words}”")
            return {
                "subjects": tuple(
                    Subject(id=each.id, anchors=(anchor(each, others),)) for each in alike
                ),
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
                one, others = self._subjects.current(id)
            except NotFound:
                return {"subjects": (Subject(id=self._subjects.whole_report(id, known)),)}
            return {"subjects": (Subject(id=one.id, anchors=(anchor(one, others),)),)}

        return self._take("wrong", reason, author, build)

    # ---- how to judge it -----------------------------------------------------------------------

    def rule(
        self, rule: str, *, incident: str | None = None, reason: str, author: str | None = None
    ) -> Taken:
        """`best` is derived by `rule`: in one incident, or in the whole record."""
        check_rule(rule)

        def build(_: Sequence[Decision]) -> dict[str, Any]:
            subjects = (
                (self._subjects.subject(self._subjects.incident(incident)),) if incident else ()
            )
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
            one, others = self._subjects.current(claim)
            return {
                "subjects": (Subject(id=one.id, anchors=(anchor(one, others),)),),
                "value": wanted,
            }

        return self._take("credibility", reason, author, build)

    # ---- later, and back -------------------------------------------------------------------------

    def skip(self, *claims: str, reason: str, author: str | None = None) -> Taken:
        """Left open in a review, so that it comes last the next time. It changes nothing."""

        def build(_: Sequence[Decision]) -> dict[str, Any]:
            return {
                "subjects": tuple(
                    self._subjects.account(self._subjects.current(id)[0]) for id in claims
                )
            }

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
        who = author or self._record.stages.settings.author or login()
        check_words("author", who)
        check_words("reason", reason)
        self._gather_reports()
        for attempt in range(TRIES):
            self._subjects.remarks, self._former = [], {}
            known = self._record.store.decisions()
            if self._guard is not None:
                self._guard(known)
            values = build(known)
            for name in ("name", "value"):
                check_unicode(values.get(name) or "")
            new = made(
                at=_now(known), author=who, reason=reason, act=act, seen=self._seen, **values
            )
            try:
                new = self._record.store.decide(new, len(known))
            except Overtaken:
                if attempt == TRIES - 1:
                    raise
                continue
            break
        if act != "skip":
            try:
                self._gather(len(known) + 1)
            except RecordMovedOn:
                self._subjects.remarks.append(LATER)
        return Taken(new, tuple(self._subjects.remarks))

    def _gather_reports(self) -> None:
        """Gather reports that were stored and never gathered: their claims may be others now,
        and what is decided has to hang on those of today."""
        links = self._record.store.links
        model = links.model()
        if model is None or links.stale(model[0])[0]:
            self._record.gather(anew=False)

    def _gather(self, known: int) -> None:
        """Gather; again where another decided meanwhile, whose gathering this one may undo."""
        self._record.gather(anew=False, former=self._former)
        while (number := len(self._record.store.decisions())) != known:
            known = number
            self._record.gather(anew=False)


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
