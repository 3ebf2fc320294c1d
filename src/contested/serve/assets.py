"""The styles, scripts and base map of this package, with addresses that change when they do."""

from __future__ import annotations

import gzip
import hashlib
import json
import re
from dataclasses import dataclass
from importlib import resources
from threading import Lock
from typing import Any

from markupsafe import Markup, escape
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

KINDS = {
    "css": "text/css; charset=utf-8",
    "js": "text/javascript; charset=utf-8",
    "json": "application/json",
    "svg": "image/svg+xml",
}
_NAME = re.compile(r"(?:[a-z0-9][a-z0-9-]*/)?[a-z0-9][a-z0-9-]*\.(?:css|js|json|svg)")
FOREVER = "private, max-age=31536000, immutable"


@dataclass(frozen=True, slots=True)
class Asset:
    """A file as it is sent."""

    data: bytes
    packed: bytes
    digest: str
    kind: str


class Assets:
    """The files under ``static``; each is read once, when it is first asked for."""

    def __init__(self) -> None:
        self._kept: dict[str, Asset | None] = {}
        self._lock = Lock()

    @property
    def built(self) -> bool:
        """Whether the scripts are there: without node nothing builds them."""
        return self._of("built/app.js") is not None

    def address(self, name: str) -> str:
        """Where a file is served, such as ``/static/built/map.js?v=1a2b3c4d``."""
        found = self._of(name)
        return f"/static/{name}?v={found.digest}" if found else f"/static/{name}"

    def style(self, name: str) -> Markup:
        """The link of ``static/NAME.css``."""
        return Markup('<link rel="stylesheet" href="{}">').format(self.address(f"{name}.css"))

    def script(self, name: str) -> Markup:
        """The element that loads ``built/NAME.js``; nothing where it is not built."""
        if self._of(f"built/{name}.js") is None:
            return Markup("")
        kind = "" if name == "theme" else ' type="module"'
        address = escape(self.address(f"built/{name}.js"))
        return Markup('<script{} src="{}"></script>').format(Markup(kind), address)

    def licences(self) -> list[dict[str, Any]]:
        """Name, version, licence and text of every library that is bundled."""
        found = self._of("built/licences.json")
        return list(json.loads(found.data)) if found else []

    def serve(self, request: Request) -> Response:
        """A file, packed where the browser takes that."""
        found = self._of(request.path_params["name"])
        if found is None:
            raise HTTPException(404, "There is no such file.")
        headers = {"Content-Type": found.kind, "Vary": "Accept-Encoding"}
        same = request.query_params.get("v") == found.digest
        headers["Cache-Control"] = FOREVER if same else "no-cache"
        if "gzip" in request.headers.get("accept-encoding", ""):
            return Response(found.packed, headers=headers | {"Content-Encoding": "gzip"})
        return Response(found.data, headers=headers)

    def _of(self, name: str) -> Asset | None:
        with self._lock:
            if name not in self._kept:
                self._kept[name] = _read(name)
            return self._kept[name]


def _read(name: str) -> Asset | None:
    if not _NAME.fullmatch(name):
        return None
    path = resources.files("contested.serve").joinpath("static", *name.split("/"))
    try:
        data = path.read_bytes()
    except (FileNotFoundError, IsADirectoryError):
        return None
    digest = hashlib.sha256(data).hexdigest()[:12]
    kind = KINDS[name.rpartition(".")[2]]
    return Asset(data, gzip.compress(data, 6, mtime=0), digest, kind)
