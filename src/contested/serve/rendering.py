"""Pages from templates: everything is escaped unless a template itself wrote it."""

from __future__ import annotations

from functools import partial
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from contested.publish.words import (
    count_in_words,
    mark,
    numbered,
    phrase,
    quoted,
    toll_in_words,
)
from contested.serve import words
from contested.serve.source import Source

NAVIGATION = (
    ("/", "Overview"),
    ("/incidents", "Incidents"),
    ("/claims", "Claims"),
    ("/agreements", "Agreements"),
    ("/statistics", "Statistics"),
    ("/actors", "Actors"),
    ("/reports", "Reports"),
)


class Templates:
    """The templates of this package, with the words that they share."""

    def __init__(self, source: Source) -> None:
        self._environment = Environment(
            loader=PackageLoader("contested.serve", "templates"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._environment.filters |= {
            "mark": mark,
            "phrase": phrase,
            "date": words.date_in_words,
            "place": words.place_in_full,
            "toll": toll_in_words,
            "toll_name": words.toll_name,
            "figures": source.figures,
            "count": count_in_words,
            "quoted": quoted,
            "numbered": numbered,
            "names": partial(words.names_of, name=source.actor_name),
            "type_name": source.type_name,
            "actor_name": source.actor_name,
        }
        self._environment.globals["navigation"] = NAVIGATION
        self._environment.globals["stances"] = words.STANCES

    def page(self, request: Request, name: str, status: int = 200, **values: Any) -> Response:
        """The page `name` with these values."""
        asked = request.query_params.get("q", "")
        template = self._environment.get_template(name)
        return HTMLResponse(
            template.render(path=request.url.path, asked_words=asked, **values), status
        )
