"""The same record as JSON: the objects that the command line prints, one list an address."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from contested.model import to_plain
from contested.record import StoredReport
from contested.serve import lists
from contested.serve.asked import CLAIM_STATUSES
from contested.serve.pages import FINDS, asked_of
from contested.serve.source import Source


class Api:
    """The JSON of one record."""

    def __init__(self, source: Source) -> None:
        self._source = source

    def overview(self, request: Request) -> Response:
        """Counts, and incidents a month."""
        sums = lists.overview(self._source.incidents(asked_of(request).query))
        return answer(
            {
                "incidents": sums.incidents,
                "statuses": dict(sums.statuses),
                "reports": sums.reports,
                "origins": sums.origins,
                "claims": sums.claims,
                "trend": to_plain(sums.trend),
            }
        )

    def incidents(self, request: Request) -> Response:
        """As ``contested incidents``."""
        return listed(self._source.incidents(asked_of(request).query, "disputed"))

    def incident(self, request: Request) -> Response:
        """As ``contested show ID --format json``."""
        return answer(to_plain(self._source.record.incident(request.path_params["id"])))

    def history(self, request: Request) -> Response:
        """All that the record ever said of an incident."""
        versions = self._source.record.history(request.path_params["id"])
        return answer([to_plain(version) | {"at": version.at.isoformat()} for version in versions])

    def claims(self, request: Request) -> Response:
        """As ``contested claims``."""
        return listed(self._source.record.claims(asked_of(request, CLAIM_STATUSES).query))

    def claim(self, request: Request) -> Response:
        """One claim."""
        return answer(to_plain(self._source.record.claim(request.path_params["id"])))

    def reports(self, request: Request) -> Response:
        """All reports that fit, without their texts."""
        found = self._source.record.reports(asked_of(request).query)
        return answer([_without_text(stored) for stored in found])

    def report(self, request: Request) -> Response:
        """One report with its text and its claims."""
        stored = self._source.record.store.report(request.path_params["id"])
        claims = self._source.current_claims(stored.report.id)
        return answer(
            _without_text(stored)
            | {"text": stored.report.text, "found": [to_plain(claim) for claim in claims]}
        )

    def agreements(self, request: Request) -> Response:
        """As ``contested agreements``."""
        return listed(self._source.record.agreements(asked_of(request).query))

    def statistics(self, request: Request) -> Response:
        """As ``contested statistics``."""
        return listed(self._source.record.statistics(asked_of(request).query))

    def actors(self, request: Request) -> Response:
        """Actors that the incidents name."""
        found = self._source.incidents(asked_of(request).query)
        return listed(lists.actor_lines(self._source, found))

    def search(self, request: Request) -> Response:
        """As ``contested search``."""
        return listed(self._source.record.search(request.query_params.get("q", "")[:500], FINDS))


def _without_text(stored: StoredReport) -> dict[str, Any]:
    plain: dict[str, Any] = to_plain(stored.report)
    del plain["text"]
    return plain | {
        "version": stored.report.version,
        "versions": stored.seq,
        "characters": len(stored.report.text),
        "captured_at": stored.captured_at.isoformat(),
        "method": stored.method,
        "claims": dict(stored.claims),
    }


def listed(things: Iterable[object]) -> Response:
    """Things as a JSON array."""
    return answer([to_plain(thing) for thing in things])


def answer(value: object) -> Response:
    """A value as JSON."""
    text = json.dumps(value, ensure_ascii=False, allow_nan=False)
    return Response(text, media_type="application/json")
