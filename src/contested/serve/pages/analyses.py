"""Every analysis of the command line as a page, and as an address of the API."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from typing import Annotated, Any, Literal

from pydantic import Field
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from contested.cli.asking import Offered, Option, offered
from contested.errors import NothingToAnalyse
from contested.publish.answers_page import flattened
from contested.publish.tables import cell
from contested.serve.analyses import GROUPS, SHOWN, TITLES, Asked, Finding, found_of
from contested.serve.operations import Call, Parameter
from contested.serve.pages.common import disposition
from contested.serve.site import Family, Nav, Site

Wait = Annotated[float, Field(ge=0, le=10)]
PATIENCE = 60.0
"""Seconds for which a table is waited for."""
UNREADY = "The answer is still being worked out. Its page says how far it is; ask again then."

family = Family("analyses", nav=(Nav("/analyses", "Analysis", 60),))


@family.page("/analyses")
def analyses_page(site: Site, request: Request) -> Response:
    """What can be asked of the whole record."""
    known = {one.name: one for one in offered()}
    told = {name for _, names in GROUPS for name in names}
    rest = tuple(name for name in known if name not in told)
    groups = [*GROUPS, *((("More", rest),) if rest else ())]
    shown = [(head, [known[name] for name in names if name in known]) for head, names in groups]
    return site.templates.page(request, "analyses/list.html", groups=shown, titles=TITLES)


@family.page("/analyses/{name}")
def analysis_page(site: Site, request: Request) -> Response:
    """One analysis: its controls, and the answer or how far it is."""
    asked = Asked.of(request.path_params["name"], request.query_params.multi_items())
    ready = not asked.missing and not _waits(asked)
    found = found_of(site, asked) if ready else None
    return site.templates.page(
        request,
        "analyses/one.html",
        asked=asked,
        found=found,
        shown=SHOWN,
        places=[
            (other.name, TITLES.get(other.name, other.name))
            for other in offered()
            if other.name != asked.analysis.name
        ],
    )


def _waits(asked: Asked) -> bool:
    """Whether nothing is asked yet: a scenario without a change."""
    changes = {"ceasefire", "strike", "deny", "close"}
    return asked.analysis.name == "scenario" and not any(n in changes for n, _ in asked.given)


@family.page("/analyses/{name}/rows.csv")
def rows(site: Site, request: Request) -> Response:
    """The rows of an answer for a spreadsheet."""
    asked = Asked.of(request.path_params["name"], request.query_params.multi_items())
    found = found_of(site, asked, PATIENCE)
    if found.state == "refused":
        raise NothingToAnalyse(found.answer)
    if found.state == "working":
        raise HTTPException(503, UNREADY, {"Retry-After": "10"})
    flat = [flattened(row) for row in found.rows]
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    heads = list(dict.fromkeys(name for row in flat for name in row))
    writer.writerow(map(cell, heads))
    writer.writerows([cell(row.get(name)) for name in heads] for row in flat)
    headers = {"Content-Disposition": disposition(asked.analysis.name, ".csv")}
    return Response(out.getvalue(), media_type="text/csv; charset=utf-8", headers=headers)


@family.get("/api/analyses", Offered, many=True)
def analyses(_site: Site, _call: Call) -> Sequence[Offered]:
    """What can be asked: every analysis with its options."""
    return offered()


def _kind(option: Option) -> Any:
    if option.what == "yes":
        return Literal["yes", "no"]
    if option.what == "choice":
        return Literal[*option.choices]
    if option.what == "number":
        return int if option.whole else float
    return str


def _operation(analysis: Offered) -> None:
    def answer(site: Site, call: Call) -> Finding:
        for parameter in call.operation.parameters:
            call.value(parameter.name)
        asked = Asked.of(analysis.name, call.request.query_params.multi_items())
        return found_of(site, asked, call.value("wait"))

    answer.__name__ = f"analyse_{analysis.name}"
    answer.__doc__ = (
        f"{analysis.help.splitlines()[0]}\n\nAs ``contested analyse {analysis.name}``. While it "
        "is worked out, ``state`` is ``working``: ask again. A refusal is an answer, too."
    )
    parameters = [
        Parameter(
            option.name,
            option.help or option.flag,
            _kind(option),
            several=option.what == "several",
            required=option.required,
        )
        for option in analysis.options
    ]
    wait = Parameter("wait", "Seconds to wait for the answer, 10 at most.", Wait, default=0.8)
    family.get(f"/api/analyses/{analysis.name}", Finding, *parameters, wait)(answer)


for _analysis in offered():
    _operation(_analysis)
