"""Answering what a review asks: each answer is a decision, stored at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from contested.errors import DecisionError, Overtaken
from contested.model import Decision
from contested.model.decision import holding, undo_root
from contested.pipeline.deciding import Deciding, Taken
from contested.pipeline.review import Material, ReviewItem, queue
from contested.reconcile.model import LinkModel

if TYPE_CHECKING:
    from contested.pipeline.facade import Record

NO_REASON = "no reason given"
"""What is kept where a person answers without a note: that there is none."""


class Reviewing:
    """One person's walk through what is doubtful: `record.review()`.

    An answer raises Overtaken where another person decided on the same claims since the queue
    was made; nothing is stored then. Make the queue anew with `refresh`. `known` is how many
    decisions the record had when the queue was made.

    Whoever has an item already, from a queue of their own, gives the `known` of that queue: then
    none is made here, and what was decided since then counts all the same.
    """

    def __init__(self, record: Record, author: str | None = None, known: int | None = None) -> None:
        self._record = record
        self._author = author
        self.known = known or 0
        self._mine: list[Decision] = []
        self.queue: list[ReviewItem] = []
        if known is None:
            self.refresh()

    def refresh(self) -> list[ReviewItem]:
        """All that is open, the most useful first, what was skipped last."""
        record = self._record
        self.known = len(record.store.decisions())
        reports = {stored.report.id: stored.report for stored in record.store.reports()}
        claims = list(record.store.claims())
        material = Material(
            claims, reports, record.store.incidents(), record.judged(claims, reports)
        )
        self.queue = queue(material, record.stages.doubtful(claims, reports, _model(record)))
        return self.queue

    def accept(self, item: ReviewItem, reason: str = NO_REASON) -> Taken:
        """The claim is right, or the two accounts are of one happening."""
        if item.kind == "pair" and not item.joined:
            return self._keep(item, lambda d: d.merge(*item.incidents, **self._why(reason)))
        return self._keep(item, lambda d: d.confirm(*item.claims, **self._why(reason)))

    def reject(self, item: ReviewItem, reason: str = NO_REASON) -> Taken:
        """The claim is wrong, or the two accounts are of two happenings."""
        if item.kind == "claim":
            return self._keep(item, lambda d: d.wrong(item.claims[0], **self._why(reason)))
        if item.joined:
            return self._keep(item, lambda d: d.part(*item.claims, **self._why(reason)))
        return self._keep(item, lambda d: d.confirm(*item.claims, **self._why(reason)))

    def correct(self, item: ReviewItem, field: str, value: str, reason: str = NO_REASON) -> Taken:
        """The claim is right but for a field. Raises DecisionError for a pair."""
        if item.kind == "pair":
            raise DecisionError("A pair has no fields: accept or reject it, or correct its claims.")
        claim = item.claims[0]
        author = self._author or None
        return self._keep(
            item, lambda d: d.correct(claim, field, value, reason=reason, author=author)
        )

    def skip(self, item: ReviewItem, reason: str = NO_REASON) -> Taken:
        """Left open; it comes last the next time."""
        return self._keep(item, lambda d: d.skip(*item.claims, **self._why(reason)))

    def undo(self, reason: str = NO_REASON) -> Taken:
        """Take back the last answer of this walk. Raises DecisionError where there is none."""
        if not self._mine:
            raise DecisionError("There is no answer to take back.")
        taken = self._record.decide.undo(self._mine[-1].id, **self._why(reason))
        self._mine.pop()
        return taken

    def merge(self, item: ReviewItem, other: str, reason: str = NO_REASON) -> Taken:
        """The incident of the claim and another, or the two of a pair, are one.

        Raises DecisionError where the claim belongs to none.
        """
        if item.kind == "pair":
            return self.accept(item, reason)
        mine = _home(item)
        return self._keep(item, lambda d: d.merge(mine, other, **self._why(reason)))

    def split(self, item: ReviewItem, reason: str = NO_REASON) -> Taken:
        """The claim, with its account, is of another happening than the rest of its incident; the
        two accounts of a pair are of two. Raises DecisionError where it belongs to none."""
        if item.kind == "pair":
            return self.reject(item, reason)
        mine = _home(item)
        return self._keep(item, lambda d: d.split(mine, item.claims, **self._why(reason)))

    def last(self) -> Decision | None:
        """The last answer of this author that holds, in this walk or an earlier one."""
        for one in reversed(holding(self._record.store.decisions())):
            if one.seen and one.author == self._author:
                return one
        return None

    def _why(self, reason: str) -> dict[str, str]:
        return {"reason": reason} | ({"author": self._author} if self._author else {})

    def _keep(self, item: ReviewItem, answer: Callable[[Deciding], Taken]) -> Taken:
        known = self.known

        def guard(decisions: Sequence[Decision]) -> None:
            _still_open(item, decisions, known)

        taken = answer(self._record.decide.reviewing(item.seen, guard))
        self._mine.append(taken.decision)
        return taken


def _home(item: ReviewItem) -> str:
    if not item.incidents:
        raise DecisionError(
            "This claim belongs to no incident, so there is nothing to merge or split: accept, "
            "correct or reject it."
        )
    return item.incidents[0]


def _model(record: Record) -> LinkModel | None:
    """By what the record's accounts are linked; none where nothing was gathered yet."""
    known = record.store.links.model()
    return None if known is None else LinkModel.from_json(known[1])


def _still_open(item: ReviewItem, decisions: Sequence[Decision], known: int) -> None:
    """Raise Overtaken if a decision made since is on the claims of `item`."""
    by_id = {one.id: one for one in decisions}
    for one in decisions[known:]:
        if one.act == "skip":
            continue
        about = undo_root(one, by_id)
        if set(item.claims) & {each.claim for each in about.anchors} or one.seen == item.seen:
            raise Overtaken(
                f"{one.author} decided on this meanwhile ({one.act}, {one.id}): {one.reason}. "
                "Your answer was not stored."
            )
