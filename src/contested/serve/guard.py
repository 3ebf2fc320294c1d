"""What every request must have before a page is made, and what every answer carries."""

from __future__ import annotations

import hashlib
import secrets
from urllib.parse import parse_qsl, urlencode

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import cookie_parser
from starlette.responses import JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

HOSTS = frozenset({"127.0.0.1", "localhost"})
READING = ("GET", "HEAD")
CHANGING = (*READING, "POST")
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; worker-src 'self'; connect-src 'self'; "
        "style-src 'self'; img-src 'self' data: blob:; base-uri 'none'; form-action 'self'; "
        "frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cache-Control": "no-store",
}
"""Nothing inline runs. A referrer goes to these pages only; without one a browser would hide from
them also where a form comes from."""
NO_TOKEN = (
    "this record is shown only to whoever has its token.\n"
    "Open the whole address that `contested serve` printed, with its ?token=… at the end."
)
FOREIGN = "this form was not sent by a page of this record. Open its page and repeat."
ELSEWHERE = "open it as http://127.0.0.1 or http://localhost."
READ = "these pages can only be read."
CHANGED = "pages are read with GET and changed with POST."


class Guard:
    """Refuses other hosts, other methods, requests without the token and forms of other sites.

    The token comes in the address once and is then a cookie, so that it does not stay in the
    address bar; programs may send it as ``Authorization: Bearer``.
    """

    def __init__(self, app: ASGIApp, token: str, methods: tuple[str, ...] = READING) -> None:
        self._app = app
        self._token = token
        self._methods = methods
        self._cookie = "contested-" + hashlib.sha256(token.encode()).hexdigest()[:8]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuse the request, or pass it on; the headers go with every answer."""
        if scope["type"] != "http":
            return
        answer = self._refusal(scope) or self._app
        await answer(scope, receive, _with_headers(send))

    def _refusal(self, scope: Scope) -> Response | None:
        """The answer to a request that gets no page; None for one that may pass."""
        headers = Headers(scope=scope)
        if not _is_here(headers.get("host", "")):
            return _told(scope, 400, ELSEWHERE)
        if scope["method"] not in self._methods:
            words = CHANGED if "POST" in self._methods else READ
            return _told(scope, 405, words, {"Allow": ", ".join(self._methods)})
        query = parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True)
        given = [value for name, value in query if name == "token"]
        if given:
            return self._enter(scope, query, given[-1])
        cookie = cookie_parser(headers.get("cookie", "")).get(self._cookie, "")
        bearer = headers.get("authorization", "").removeprefix("Bearer ")
        if self._right(bearer):
            return None
        if self._right(cookie):
            strange = scope["method"] not in READING and not _is_ours(scope, headers)
            return _told(scope, 403, FOREIGN) if strange else None
        return _told(scope, 403, NO_TOKEN)

    def _enter(self, scope: Scope, query: list[tuple[str, str]], given: str) -> Response:
        """Turn the token of the address into a cookie."""
        if not self._right(given):
            return _told(scope, 403, NO_TOKEN)
        rest = urlencode([(name, value) for name, value in query if name != "token"])
        # One slash only: an address that begins with two is another machine's.
        path = "/" + scope["path"].lstrip("/\\")
        answer = RedirectResponse(f"{path}?{rest}" if rest else path, 303)
        answer.set_cookie(self._cookie, self._token, httponly=True, samesite="strict", path="/")
        return answer

    def _right(self, given: str) -> bool:
        return secrets.compare_digest(given.encode(), self._token.encode())


def _told(scope: Scope, status: int, words: str, headers: dict[str, str] | None = None) -> Response:
    """A refusal: a program that asks the API gets it in the shape of every other error."""
    if scope["path"].startswith("/api/"):
        error = words[0].upper() + words[1:].replace("\n", " ")
        return JSONResponse({"error": error, "kind": "Refused"}, status, headers)
    return PlainTextResponse(f"{status}: {words}\n", status, headers)


def _is_here(host: str) -> bool:
    """Whether the Host header names this machine, whatever the port."""
    name, _, port = host.strip().lower().partition(":")
    return name in HOSTS and (not port or port.isdigit())


def _is_ours(scope: Scope, headers: Headers) -> bool:
    """Whether a change comes from a page of this server, as the browser says."""
    origin = headers.get("origin")
    if origin is not None:
        return origin.lower() == f"{scope['scheme']}://{headers['host'].strip().lower()}"
    return headers.get("sec-fetch-site") == "same-origin"


def _with_headers(send: Send) -> Send:
    async def sender(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in HEADERS.items():
                headers.setdefault(name, value)
        await send(message)

    return sender
