"""The review: one question at a time, the most useful first, each answer a decision."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal, get_args
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response

from contested.errors import NotFound, Overtaken, UsageError
from contested.pipeline import Record, Taken
from contested.pipeline.review import ItemKind, ReviewItem
from contested.pipeline.reviewing import Reviewing
from contested.serve import verdict
from contested.serve.changing import Change
from contested.serve.operations import Call, Found, Parameter
from contested.serve.pages.deciding import Stored
from contested.serve.queue import Open, queue_of
from contested.serve.review_page import question
from contested.serve.site import Family, Nav, Site

AnswerKind = Literal["accept", "reject", "correct", "merge", "split", "skip"]
KINDS: tuple[str, ...] = get_args(ItemKind)
COMING = 12

family = Family(
    "review",
    nav=(
        Nav(
            "/review",
            "Review",
            80,
            count=lambda site: queue_of(site.source).number(site.source) or 0,
            changes=True,
        ),
    ),
)


@family.page("/review")
def review_page(site: Site, request: Request) -> Response:
    """The most useful question that is open, or the one that `item` marks."""
    return _shown(site, request)


def _shown(
    site: Site, request: Request, status: int = 200, overtaken: str = "", shown: str = ""
) -> Response:
    kind = request.query_params.get("kind", "")
    if kind not in ("", *KINDS):
        raise UsageError(f"There is no kind {kind[:40]!r}: choose {', '.join(KINDS)}.")
    found = queue_of(site.source).open(site.source)
    items = [item for item in found.items if kind in ("", item.kind)]
    wanted = request.query_params.get("item", shown)
    chosen = found.find(wanted) if wanted else None
    item = chosen or (items[0] if items else None)
    author = site.changing.author_of(request)
    last = Reviewing(site.record, author, found.known).last()
    coming = [one for one in items if item is None or one.seen != item.seen][:COMING]
    return site.templates.page(
        request,
        "review.html",
        status,
        total=len(items),
        kind=kind,
        known=found.known,
        question=question(site.source, item) if item else None,
        coming=[(one, question(site.source, one)) for one in coming],
        missing=bool(wanted) and chosen is None,
        overtaken=overtaken,
        last=verdict.row(site.record, last.id) if last else None,
        done=verdict.row(site.record, request.query_params.get("done", "")),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """An answer to a question of the review.

    `seen` marks the question, and `known` is how many decisions the record had when it was asked,
    as the queue gave both: what another decided since is not overwritten. `field` and `value` are
    those of a correction, `other` is the incident to merge with.
    """

    answer: AnswerKind
    seen: str
    known: int
    claims: tuple[str, ...]
    reason: str = ""
    field: str = ""
    value: str = ""
    other: str = ""


@family.change("/review/answer")
def answer(site: Site, change: Change) -> Response:
    """Store an answer, and lead on to the next question."""
    given = change.text("answer")
    if given not in get_args(AnswerKind):
        choice = ", ".join(get_args(AnswerKind))
        raise UsageError(f"There is no answer {given[:40]!r}: choose {choice}.")
    kind = change.text("kind", "")
    try:
        taken = answered(
            site.record,
            _item(site, change.text("seen"), tuple(change.texts("claims")), change.number("known")),
            Answer(
                answer=given,  # type: ignore[arg-type]
                seen=change.text("seen"),
                known=change.number("known"),
                claims=tuple(change.texts("claims")),
                reason=change.text("reason", ""),
                field=change.text("field", ""),
                value=change.text("value", ""),
                other=change.text("other", ""),
            ),
            change.author,
        )
    except Overtaken as error:
        return _shown(site, change.request, 409, str(error))
    pairs = [("kind", kind)] if kind else []
    return change.seen(f"/review?{urlencode([*pairs, ('done', taken.decision.id)])}")


def _item(site: Site, seen: str, claims: tuple[str, ...], known: int) -> ReviewItem:
    """The item of that mark; where it is no longer open, what is known of it.

    Raises Overtaken where another has answered it.
    """
    found = queue_of(site.source).open(site.source).find(seen)
    if found is not None:
        return found
    decisions = site.record.store.decisions()
    for one in reversed(decisions[known:]):
        about = {anchor.claim for anchor in one.anchors}
        if one.seen == seen or about & set(claims):
            raise Overtaken(
                f"{one.author} decided on this meanwhile ({one.act}, {one.id}): {one.reason}. "
                "Your answer was not stored."
            )
    raise NotFound(
        "This question is no longer open: what it was about has changed. Go on to the next one."
    )


def answered(record: Record, item: ReviewItem, given: Answer, author: str) -> Taken:
    """Store an answer. Raises Overtaken where another decided on it after `known` decisions."""
    walk = Reviewing(record, author, given.known)
    why = (given.reason,) if given.reason else ()
    if given.answer == "correct":
        return walk.correct(item, given.field, given.value, *why)
    if given.answer == "merge":
        return walk.merge(item, given.other, *why)
    plain: dict[str, Callable[..., Taken]] = {
        "accept": walk.accept,
        "reject": walk.reject,
        "split": walk.split,
        "skip": walk.skip,
    }
    return plain[given.answer](item, *why)


@dataclass(frozen=True, slots=True)
class OpenItem:
    """An item of the queue, and how many decisions the record had when the queue was made."""

    item: ReviewItem
    known: int


@family.get(
    "/api/review",
    OpenItem,
    Parameter("kind", "Pairs or claims only.", ItemKind),
    many=True,
)
def review_queue(site: Site, call: Call) -> Found:
    """What is open for review, the most useful first. As ``contested review --list``."""
    found: Open = queue_of(site.source).open(site.source)
    kind = call.value("kind")
    items: Sequence[ReviewItem] = [one for one in found.items if kind in (None, one.kind)]
    part = items[call.offset : call.offset + call.limit]
    return Found([OpenItem(one, found.known) for one in part], len(items))


@family.post("/api/review", Stored, body=Answer)
def review_answer(site: Site, call: Call) -> Stored:
    """Answer a question of the review; 409 where another has decided on it meanwhile."""
    given: Answer = call.body
    assert call.author is not None
    item = _item(site, given.seen, given.claims, given.known)
    taken = answered(site.record, item, given, call.author)
    return Stored(taken.decision, taken.remarks)
