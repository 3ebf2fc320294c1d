"""Judgements: the forms of every page send them here; and the list of all, each to be undone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import get_args
from urllib.parse import urlencode, urlsplit

from starlette.requests import Request
from starlette.responses import Response

from contested.errors import NotFound, UsageError
from contested.model import Decision, to_plain
from contested.model.decision import STATES, Act, State
from contested.serve import verdict
from contested.serve.changing import Change
from contested.serve.operations import Call, Parameter
from contested.serve.pages.common import asked_of
from contested.serve.site import Family, Site
from contested.serve.verdict import Verdict, VerdictAct

PAGE = 50
family = Family("decisions")


@family.page("/decisions")
def decisions_page(site: Site, request: Request) -> Response:
    """All decisions, the last first."""
    asked = asked_of(request)
    known = site.record.store.decisions()
    first = (asked.page - 1) * PAGE
    found = verdict.rows(known, known)
    return site.templates.page(
        request,
        "decisions.html",
        asked=asked,
        total=len(found),
        decisions=found[first : first + PAGE],
        pages=-(-len(found) // PAGE),
        done=verdict.row(site.record, request.query_params.get("done", "")),
    )


@family.change("/decide/{act}")
def take(site: Site, change: Change) -> Response:
    """Carry out what a form asks for, and lead back to its page with what was decided."""
    act = change["act"]
    if act not in get_args(VerdictAct):
        raise UsageError(f"There is no decision {act[:40]!r}: choose {_ACTS}.")
    ids = [id for given in change.texts("id") for id in given.replace(",", " ").split()]
    taken = verdict.decide(
        site.record,
        Verdict(
            act=act,  # type: ignore[arg-type]
            reason=change.text("reason", "taken back" if act == "undo" else None),
            ids=tuple(dict.fromkeys(ids)),
            claims=tuple(change.texts("claims")),
            field=change.text("field", ""),
            value=change.text("value", ""),
        ),
        change.author,
    )
    back = _still_there(site, change.text("back", "/decisions"))
    return change.seen(with_done(back, taken.decision.id))


_ACTS = ", ".join(get_args(VerdictAct))


def _still_there(site: Site, back: str) -> str:
    """The page to go back to; the list of decisions where its incident is no more."""
    parts = urlsplit(back).path.split("/")
    if parts[1:2] == ["incidents"] and len(parts) == 3:
        try:
            site.record.incident(parts[2])
        except NotFound:
            return "/decisions"
    return back


def with_done(back: str, decision: str) -> str:
    """An address that says what was decided, in place of what it said before."""
    path, _, anchor = back.partition("#")
    path, _, query = path.partition("?")
    pairs = [pair for pair in query.split("&") if pair and not pair.startswith("done=")]
    query = "&".join([*pairs, urlencode({"done": decision})])
    return f"{path}?{query}" + (f"#{anchor}" if anchor else "")


@dataclass(frozen=True, slots=True)
class Stored:
    """A decision as it was stored, and what the record had to say about it."""

    decision: Decision
    remarks: tuple[str, ...]


@family.post("/api/decisions", Stored, body=Verdict)
def decide(site: Site, call: Call) -> Stored:
    """Judge what the record holds. As ``contested decide``."""
    assert call.author is not None
    taken = verdict.decide(site.record, call.body, call.author)
    return Stored(taken.decision, taken.remarks)


@dataclass(frozen=True, slots=True)
class Ruled:
    """A decision and whether it holds; `why` says so of one that does not."""

    decision: Decision
    state: State
    why: str
    claims: tuple[str, ...]


@family.get(
    "/api/decisions",
    Ruled,
    Parameter("on", "On this incident, claim or report.", names_one=True),
    Parameter("author", "Of whom."),
    Parameter("act", "Of that kind.", Act, several=True),
    Parameter("state", f"{', '.join(STATES)}.", State, several=True),
    many=True,
)
def decisions(site: Site, call: Call) -> Sequence[dict[str, object]]:
    """Decisions, the last first, each with whether it holds. As ``contested decisions``."""
    on, author = call.value("on"), call.value("author")
    acts, states = call.value("act"), call.value("state")
    found = site.record.decisions_on(on) if on else site.record.decisions()
    return [
        to_plain(one)
        for one in reversed(found)
        if (not author or one.decision.author.casefold() == author.casefold())
        and (not acts or one.decision.act in acts)
        and (not states or one.state in states)
    ]
