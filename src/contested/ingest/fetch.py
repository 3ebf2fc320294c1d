"""One web page, fetched from the open internet and from nowhere else.

An address that a person pastes may come from a stranger. So only http and https are taken, at
their usual ports; the name is looked up once, every address that it has must be public, and the
connection goes to the address that was looked at, so that a second look-up cannot lead elsewhere;
each redirect is checked in the same way; and no answer may be larger or slower than the options
say. Nothing is sent but the request: no cookie, no name, no referrer.
"""

from __future__ import annotations

import http.client
import ipaddress
import socket
import ssl
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NoReturn
from urllib.parse import quote, urljoin, urlsplit

from contested.errors import NotFetched
from contested.ingest.types import Media

PORTS = {"http": 80, "https": 443}
MOVED = frozenset({301, 302, 303, 307, 308})
LONGEST = 2_000
CHUNK = 65_536
MEDIA = {
    "text/html": Media.HTML,
    "application/xhtml+xml": Media.HTML,
    "text/plain": Media.TEXT,
    "text/markdown": Media.MARKDOWN,
}
"""What is read, by what the server calls it."""

_PLAIN = "/?&=%:@!$'()*+,;~-._[]|"
_TRANSLATED = ipaddress.ip_network("64:ff9b::/96")
"""IPv6 addresses that a gateway turns into the IPv4 address in their last four bytes."""

Address = ipaddress.IPv4Address | ipaddress.IPv6Address


def is_public(address: Address) -> bool:
    """Whether an address is one of the open internet, and not of this machine or its networks."""
    if isinstance(address, ipaddress.IPv6Address):
        inside = address.ipv4_mapped or address.sixtofour
        if address.teredo is not None:
            return False
        if address in _TRANSLATED:
            inside = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
        if inside is not None:
            return is_public(inside)
        if address.is_site_local:
            return False
    return address.is_global and not (
        address.is_multicast or address.is_reserved or address.is_unspecified
    )


def look_up(host: str, port: int) -> list[str]:
    """The addresses of a name, as the system knows them. Raises OSError."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchOptions:
    """How far fetching may go. `seconds` is for the whole of it, redirects included.

    `allowed`, `look_up` and `ports` say where one may connect to; they are there to be tested.
    """

    max_bytes: int = 10_000_000
    seconds: float = 20.0
    redirects: int = 5
    allowed: Callable[[Address], bool] = is_public
    look_up: Callable[[str, int], Sequence[str]] = look_up
    ports: frozenset[int] = frozenset(PORTS.values())


@dataclass(frozen=True, slots=True)
class Fetched:
    """A page as it came: `url` is where it was found in the end."""

    url: str
    data: bytes
    media: Media


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a request goes: the name that it is for, and the address that was checked."""

    url: str
    scheme: str
    host: str
    port: int
    address: str
    target: str


def fetch(url: str, options: FetchOptions | None = None) -> Fetched:
    """The page at `url`. Raises NotFetched, which says why not and what to do."""
    options = options or FetchOptions()
    until = time.monotonic() + options.seconds
    asked = url.strip()
    for _ in range(options.redirects + 1):
        place = _place(asked, options)
        answer = _Request(place, options, until).answer()
        if isinstance(answer, Fetched):
            return answer
        asked = urljoin(place.url, answer)
    raise NotFetched(
        url[:200], "leads from one address to the next.", "Open it in a browser and save the page."
    )


def _refuse(url: str, problem: str, remedy: str) -> NoReturn:
    raise NotFetched(url[:200], problem, remedy)


def _place(url: str, options: FetchOptions) -> _Place:
    """Where `url` leads, its name looked up and found to be public. Raises NotFetched."""
    mend = "Give the whole address of a page, beginning with https:// or http://."
    if len(url) > LONGEST or any(ord(sign) <= 32 or ord(sign) == 127 for sign in url):
        _refuse(url, "is no address of a page.", mend)
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").encode("idna").decode("ascii")
        port = parts.port or PORTS.get(parts.scheme, 0)
    except ValueError:
        _refuse(url, "is no address of a page.", mend)
    if parts.scheme not in PORTS or not host:
        _refuse(url, "is no address of a page.", mend)
    if parts.username is not None or parts.password is not None:
        _refuse(url, "holds a name or a password.", "Leave out what stands before the @.")
    if port not in options.ports:
        _refuse(url, f"is at port {port}, where no page is looked for.", mend)
    try:
        found = options.look_up(host, port)
        addresses = [ipaddress.ip_address(each.partition("%")[0]) for each in found]
    except (OSError, ValueError):
        _refuse(url, "is at a name that is not known.", "Check the address and the connection.")
    if not addresses or not all(map(options.allowed, addresses)):
        _refuse(
            url,
            "lies in a private network or on this machine, where nothing is fetched from.",
            "Save the page in a browser and add the file.",
        )
    path = parts.path or "/"
    target = quote(f"{path}?{parts.query}" if parts.query else path, safe=_PLAIN)
    return _Place(url, parts.scheme, host, port, str(addresses[0]), target)


class _Request:
    """One request to one checked address, cut off when its time is over."""

    def __init__(self, place: _Place, options: FetchOptions, until: float) -> None:
        self._place = place
        self._options = options
        self._until = until
        self._socket: socket.socket | None = None
        self._late = False

    def answer(self) -> Fetched | str:
        """What came, or the address to which one is sent on. Raises NotFetched."""
        left = self._until - time.monotonic()
        if left <= 0:
            self._too_slow()
        clock = threading.Timer(left, self._cut)
        clock.daemon = True
        clock.start()
        try:
            return self._ask(left)
        except ssl.SSLError as error:
            if self._late:
                self._too_slow()
            _refuse(
                self._place.url,
                f"cannot be reached safely ({error.reason or 'TLS'}).",
                "Open it in a browser and save the page.",
            )
        except (OSError, http.client.HTTPException, ValueError) as error:
            if self._late or isinstance(error, TimeoutError):
                self._too_slow()
            _refuse(
                self._place.url,
                f"does not answer as a page does ({type(error).__name__}).",
                "Try again later, or open it in a browser and save the page.",
            )
        finally:
            clock.cancel()
            if self._socket is not None:
                self._socket.close()

    def _cut(self) -> None:
        """End a connection that gives its answer drop by drop."""
        self._late = True
        if self._socket is not None:
            try:
                self._socket.shutdown(socket.SHUT_RDWR)
            except OSError:
                return

    def _too_slow(self) -> NoReturn:
        _refuse(
            self._place.url,
            f"gave no whole answer in {self._options.seconds:g} seconds.",
            "Try again later, or open it in a browser and save the page.",
        )

    def _ask(self, left: float) -> Fetched | str:
        place = self._place
        plain = socket.create_connection((place.address, place.port), timeout=left)
        self._socket = plain
        if place.scheme == "https":
            context = ssl.create_default_context()
            self._socket = context.wrap_socket(plain, server_hostname=place.host)
        connection = http.client.HTTPConnection(place.host, place.port)
        connection.sock = self._socket
        connection.request(
            "GET",
            place.target,
            headers={
                "User-Agent": "contested",
                "Accept": ", ".join(MEDIA),
                "Accept-Encoding": "identity",
                "Connection": "close",
            },
        )
        return self._read(connection.getresponse())

    def _read(self, response: http.client.HTTPResponse) -> Fetched | str:
        url = self._place.url
        location = response.getheader("Location")
        if response.status in MOVED and location:
            return location
        if response.status != 200:
            _refuse(
                url,
                f"was refused by its server ({response.status}).",
                "Open it in a browser and save the page.",
            )
        if response.getheader("Content-Encoding", "identity").lower() not in ("identity", ""):
            _refuse(url, "came compressed, unasked.", "Open it in a browser and save the page.")
        kind = response.getheader("Content-Type", "text/html").partition(";")[0].strip().lower()
        if kind not in MEDIA:
            _refuse(url, f"is {kind[:60]}, which is not read.", "Give the address of a page.")
        return Fetched(url, self._body(response), MEDIA[kind])

    def _body(self, response: http.client.HTTPResponse) -> bytes:
        most, data = self._options.max_bytes, bytearray()
        while chunk := response.read1(CHUNK):
            data += chunk
            if len(data) > most:
                _refuse(
                    self._place.url,
                    f"is larger than {most / 1e6:g} MB.",
                    "Save it, split it into reports, and add the files.",
                )
        if self._late or (response.length or 0) > 0:
            self._too_slow()
        return bytes(data)
