"""One report: its text with the claims marked, the form that judges them, and its bytes."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from contested.errors import UsageError
from contested.serve import verdict
from contested.serve.changing import Change
from contested.serve.pages.common import disposition
from contested.serve.pages.deciding import with_done
from contested.serve.report_page import report_view
from contested.serve.site import Family, Site
from contested.serve.verdict import Verdict, VerdictAct

family = Family("report")

ACTS: dict[str, VerdictAct] = {"accept": "confirm", "correct": "correct", "reject": "wrong"}
REASONS = {"accept": "read and found right", "correct": "read", "reject": "read and found wrong"}
"""What a reviewer who writes no reason has done."""


@family.page("/reports/{id}")
def report_page(site: Site, request: Request) -> Response:
    """One report with its claims marked; `version` asks for an earlier one."""
    version = request.query_params.get("version", "")
    number = int(version) if version.isascii() and version.isdigit() and len(version) < 9 else None
    stored = site.record.store.report(request.path_params["id"], number)
    chosen = request.query_params.get("claim", "")
    return site.templates.page(
        request,
        "report.html",
        view=report_view(site.source, stored, chosen),
        done=verdict.row(site.record, request.query_params.get("done", "")),
    )


@family.page("/reports/{id}/original")
def original(site: Site, request: Request) -> Response:
    """The bytes as captured, to be saved and not shown, whatever they are."""
    report = site.record.store.report(request.path_params["id"]).report
    data = site.record.store.original(report.sha256)
    return Response(
        data,
        media_type="text/plain",
        headers={
            "Content-Disposition": disposition(report.name),
            "Content-Security-Policy": "default-src 'none'; sandbox",
        },
    )


@family.change("/reports/{id}/judge")
def judge(site: Site, change: Change) -> Response:
    """Accept, correct or reject a claim of the report, or the report as a whole."""
    stored = site.record.store.report(change["id"])
    act = change.text("act")
    if act not in ACTS:
        raise UsageError(f"There is no answer {act[:40]!r}: choose {', '.join(ACTS)}.")
    claim = change.text("claim", stored.report.id if act == "reject" else None)
    taken = verdict.decide(
        site.record,
        Verdict(
            act=ACTS[act],
            ids=(claim,),
            field=change.text("field", ""),
            value=change.text("value", ""),
            everywhere=bool(change.text("everywhere", "")),
            reason=change.text("reason", REASONS[act]),
        ),
        change.author,
    )
    gone = act == "reject"
    address = f"/reports/{stored.report.id}" + ("" if gone else f"?claim={claim}#{claim}")
    return change.seen(with_done(address, taken.decision.id))
