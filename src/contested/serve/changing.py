"""The one door through which a browser changes the record.

A form is taken only if the record may be changed at all, it was sent by one of these pages (the
guard has compared its origin), it carries the token of this browser's session, and it is no larger
than its page allows. Changes are made one after the other.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from threading import Lock
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, unquote

from anyio import CapacityLimiter, to_thread
from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException
from starlette.formparsers import MultiPartException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.types import Message, Receive

from contested.errors import RecordLocked, UsageError
from contested.pipeline.authors import check_words

if TYPE_CHECKING:
    from contested.serve.operations import Call, Operation
    from contested.serve.site import Changed, Site

FIELD, HEADER = "form_token", "x-contested-token"
AUTHOR = "contested-author"
A_YEAR = 365 * 24 * 3600
FILES, FIELDS = 200, 500
PATIENCE = 2.0
"""Seconds for which a change waits for the one before it, which may itself wait for a writer."""
AT_ONCE = 4
"""So many threads at most wait with changes; those that show pages are others."""
BUSY = (
    "Another change is still being written, perhaps because another program holds the record. "
    "Nothing of yours was stored. Go back and send it again in a moment."
)
READ_ONLY = "This record is shown for reading only. Start it without --read-only to change it."


@dataclass(frozen=True, slots=True)
class Change:
    """A form that may be acted on."""

    request: Request
    form: FormData
    author: str
    """Who sent it, as they call themselves; never empty."""

    def __getitem__(self, name: str) -> str:
        """A part of the path, such as ``id``."""
        return str(self.request.path_params[name])

    def text(self, name: str, default: str | None = None) -> str:
        """A field, without the blanks around it. Raises UsageError where it is missing."""
        value = self.form.get(name)
        if isinstance(value, str) and value.strip():
            return value.strip()
        if default is None:
            raise UsageError(f"The field {name!r} is empty. Go back and fill it in.")
        return default

    def number(self, name: str) -> int:
        """A whole number. Raises UsageError."""
        given = self.text(name)
        if not given.isascii() or not given.isdigit() or len(given) > 12:
            raise UsageError(f"{name}={given[:20]!r} is no whole number. Go back and mend it.")
        return int(given)

    def texts(self, name: str) -> list[str]:
        """Every value of a field."""
        return [one for one in self.form.getlist(name) if isinstance(one, str)]

    def files(self, name: str) -> list[UploadFile]:
        """The files of a field."""
        return [one for one in self.form.getlist(name) if isinstance(one, UploadFile)]

    def seen(self, address: str) -> Response:
        """Lead on to a page of this record once the change is made, so that reloading is harmless.

        Raises UsageError for an address elsewhere.
        """
        if not address.startswith("/") or address.startswith("//") or "\\" in address:
            raise UsageError(f"{address[:60]!r} is no page of this record.")
        return RedirectResponse(address, 303)


class Changing:
    """Checks and takes changes. `key` is known to nobody and lives as long as the server."""

    def __init__(self, allowed: bool, session: str, author: str) -> None:
        self.allowed = allowed
        self._session = session
        self._author = author
        self._key = secrets.token_bytes(32)
        self._lock = Lock()
        self._threads: CapacityLimiter | None = None

    def token(self) -> str:
        """The token that every form of this session carries."""
        return hmac.new(self._key, self._session.encode(), hashlib.sha256).hexdigest()

    def author_of(self, request: Request) -> str:
        """Who uses this browser: the name given last, or the one with which one is logged in."""
        return unquote(request.cookies.get(AUTHOR, ""))[:200] or self._author

    def form(self, changed: Changed, site: Site) -> Callable[[Request], Awaitable[Response]]:
        """The endpoint of a form."""

        async def endpoint(request: Request) -> Response:
            self._open()
            request = Request(request.scope, _counted(request.receive, changed.most))
            try:
                async with request.form(max_files=FILES, max_fields=FIELDS) as form:
                    self._check(form.get(FIELD))
                    change = Change(request, form, self._named(request, form.get("author")))
                    answer = await self._aside(partial(self._take, changed.take, site, change))
            except MultiPartException as error:
                raise HTTPException(400, f"The form cannot be read: {error.message}") from error
            answer.set_cookie(
                AUTHOR, quote(change.author), max_age=A_YEAR, httponly=True, samesite="strict"
            )
            return answer

        return endpoint

    def body(self, operation: Operation, site: Site) -> Callable[[Request], Awaitable[Response]]:
        """The endpoint of an operation of the API that changes something."""

        async def endpoint(request: Request) -> Response:
            from contested.serve.operations import Call

            self._open()
            if request.headers.get("content-type", "").split(";")[0] != "application/json":
                raise HTTPException(415, "Send JSON, with Content-Type: application/json.")
            if "authorization" not in request.headers:
                self._check(request.headers.get(HEADER))
            body = await Request(request.scope, _counted(request.receive, operation.most)).body()
            call = Call(operation, request, body)
            call.author = self._named(
                request, unquote(request.headers.get("x-contested-author", ""))
            )
            return await self._aside(partial(self._answer, operation, site, call))

        return endpoint

    def _open(self) -> None:
        if not self.allowed:
            raise HTTPException(403, READ_ONLY)

    def _check(self, given: Any) -> None:
        if not isinstance(given, str) or not hmac.compare_digest(
            given.encode(), self.token().encode()
        ):
            raise HTTPException(
                403, "This form is from an earlier session. Load its page again and repeat."
            )

    def _named(self, request: Request, given: Any) -> str:
        name = given.strip() if isinstance(given, str) else ""
        name = name or self.author_of(request)
        check_words("author", name)
        if not name:
            raise UsageError("Say who you are: fill in the field for your name.")
        return name

    async def _aside(self, work: Callable[[], Response]) -> Response:
        """Do `work` in a thread that shows no pages. Raises what it raises."""
        if self._threads is None:
            self._threads = CapacityLimiter(AT_ONCE)
        return await to_thread.run_sync(work, limiter=self._threads)

    def _take(
        self, take: Callable[[Site, Change], Response], site: Site, change: Change
    ) -> Response:
        with self._turn(site):
            return take(site, change)

    def _answer(self, operation: Operation, site: Site, call: Call) -> Response:
        with self._turn(site):
            return call.respond(operation.answer(site, call))

    @contextmanager
    def _turn(self, site: Site) -> Iterator[None]:
        """One change at a time. Raises RecordLocked where the one before it does not end."""
        if not self._lock.acquire(timeout=PATIENCE):
            raise RecordLocked(BUSY)
        try:
            site.source.check_there()
            yield
        finally:
            self._lock.release()


def _counted(receive: Receive, most: int) -> Receive:
    """`receive` that refuses more than `most` bytes, however the request announces itself."""
    had = 0

    async def counted() -> Message:
        nonlocal had
        message = await receive()
        had += len(message.get("body", b""))
        if had > most:
            raise HTTPException(413, f"More than {most:,} bytes. Send less at a time.")
        return message

    return counted
