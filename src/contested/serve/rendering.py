"""Pages from templates: everything is escaped unless a template itself wrote it."""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jinja2 import ChoiceLoader, Environment, FileSystemLoader, PackageLoader, StrictUndefined
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from contested.model import to_plain
from contested.publish.words import (
    count_in_words,
    mark,
    numbered,
    phrase,
    quoted,
    toll_in_words,
)
from contested.serve import words
from contested.serve.nothing import why_nothing
from contested.serve.source import Source

if TYPE_CHECKING:
    from contested.serve.site import Nav, Site

_UNSAFE = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}


class Templates:
    """The templates of this package, with the words that they share."""

    def __init__(self, source: Source, folders: Iterable[Path] = ()) -> None:
        ours = PackageLoader("contested.serve", "templates")
        self._environment = Environment(
            loader=ChoiceLoader([ours, *(FileSystemLoader(folder) for folder in folders)]),
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
            "inert": inert,
            "plain": to_plain,
            "linked": words.linked,
        }
        self._environment.globals["stances"] = words.STANCES
        self._site: Site | None = None
        self._nav: tuple[Nav, ...] = ()

    def belong_to(self, site: Site, nav: tuple[Nav, ...]) -> None:
        """Say of which site the pages are; called once, before the first page."""
        self._site, self._nav = site, nav
        self._environment.globals |= {
            "site": site,
            "style": site.assets.style,
            "script": site.assets.script,
            "asset": site.assets.address,
            "side": site.sides.of,
            "why_nothing": partial(why_nothing, site.source),
        }

    def page(self, request: Request, name: str, status: int = 200, **values: Any) -> Response:
        """The page `name` with these values."""
        assert self._site is not None
        template = self._environment.get_template(name)
        shared = {
            "path": request.url.path,
            "asked_words": request.query_params.get("q", ""),
            "navigation": self._navigation(self._site),
            "author": self._site.changing.author_of(request),
        }
        return HTMLResponse(template.render(shared | values), status)

    def _navigation(self, site: Site) -> list[tuple[str, str, int | None]]:
        return [
            (one.address, one.name, one.count(site) if one.count else None)
            for one in self._nav
            if not (one.changes and site.read_only)
        ]


def inert(value: Any) -> Markup:
    """A value as JSON for a data block: no word of it can end the block or begin another."""
    text = json.dumps(value, ensure_ascii=False, allow_nan=False)
    return Markup(text.translate(_UNSAFE))
