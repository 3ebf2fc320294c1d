"""Fetching a page: what is refused before and after anything was asked."""

from __future__ import annotations

import ipaddress
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from contested.errors import NotFetched
from contested.ingest.fetch import FetchOptions, fetch, is_public
from contested.ingest.types import Media

PAGE = b"<html><body><p>Eleven soldiers were killed in Kurram.</p></body></html>"


class Handler(BaseHTTPRequestHandler):
    """A server with a page of every kind."""

    asked: list[dict[str, str]]

    def do_GET(self) -> None:
        path = self.path.partition("?")[0]
        self.server.asked.append(dict(self.headers))  # type: ignore[attr-defined]
        if path == "/page":
            self._send(200, PAGE, {"Content-Type": "text/html; charset=utf-8"})
        elif path == "/on":
            self._send(302, b"", {"Location": "/page"})
        elif path == "/private":
            self._send(302, b"", {"Location": "http://10.0.0.1/admin"})
        elif path == "/renamed":
            self._send(302, b"", {"Location": f"http://inside.example:{self._port()}/page"})
        elif path == "/scheme":
            self._send(302, b"", {"Location": "file:///etc/passwd"})
        elif path == "/round":
            self._send(302, b"", {"Location": "/round"})
        elif path == "/image":
            self._send(200, b"GIF", {"Content-Type": "image/gif"})
        elif path == "/squeezed":
            self._send(200, PAGE, {"Content-Encoding": "gzip"})
        elif path == "/huge":
            self._pour(b"x" * 60_000, 0)
        elif path == "/slow":
            self._pour(b"x", 0.05)
        elif path == "/short":
            self._send(200, b"abc", {"Content-Length": "400"})
        else:
            self._send(404, b"no", {})

    def _port(self) -> int:
        return int(self.connection.getsockname()[1])

    def _send(self, status: int, body: bytes, headers: dict[str, str]) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def _pour(self, drop: bytes, pause: float) -> None:
        """Send until nobody listens."""
        self._send(200, b"", {"Content-Type": "text/html"})
        try:
            while True:
                self.wfile.write(drop)
                time.sleep(pause)
        except OSError:
            return

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing is said."""


@pytest.fixture
def server() -> Iterator[ThreadingHTTPServer]:
    found = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    found.asked = []  # type: ignore[attr-defined]
    thread = threading.Thread(target=found.serve_forever, daemon=True)
    thread.start()
    yield found
    found.shutdown()
    found.server_close()
    thread.join(5)


def here(server: ThreadingHTTPServer, **over: Any) -> FetchOptions:
    """Options by which the name open.example is this test's server, and public."""
    port = server.server_address[1]
    names = {"open.example": "127.0.0.1", "inside.example": "127.0.0.2"}
    options = FetchOptions(
        allowed=lambda address: str(address) == "127.0.0.1",
        look_up=lambda host, _port: [names.get(host, host)],
        ports=frozenset({80, 443, port}),
        seconds=5,
    )
    return replace(options, **over)


def address(server: ThreadingHTTPServer, path: str) -> str:
    return f"http://open.example:{server.server_address[1]}{path}"


def test_a_page_comes_as_it_is(server: ThreadingHTTPServer) -> None:
    found = fetch(address(server, "/on?x=ä b".replace(" ", "%20")), here(server))
    assert (found.data, found.media) == (PAGE, Media.HTML)
    assert found.url == address(server, "/page")
    for headers in server.asked:  # type: ignore[attr-defined]
        assert not {"Cookie", "Referer", "Authorization"} & set(headers)
        assert headers["Host"].startswith("open.example")


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/private", "private network"),
        ("/renamed", "private network"),
        ("/scheme", "no address of a page"),
        ("/round", "from one address to the next"),
        ("/image", "image/gif"),
        ("/squeezed", "compressed"),
        ("/huge", "larger than"),
        ("/short", "whole answer"),
        ("/nothing", "404"),
    ],
)
def test_what_is_refused(server: ThreadingHTTPServer, path: str, words: str) -> None:
    with pytest.raises(NotFetched, match=words):
        fetch(address(server, path), here(server, max_bytes=200_000))


def test_an_answer_drop_by_drop_is_cut_off(server: ThreadingHTTPServer) -> None:
    with pytest.raises(NotFetched, match="no whole answer"):
        fetch(address(server, "/slow"), here(server, seconds=0.5))


@pytest.mark.parametrize(
    "url",
    [
        "ftp://example.org/x",
        "file:///etc/passwd",
        "gopher://example.org",
        "javascript:alert(1)",
        "example.org/page",
        "http://",
        "http:///x",
        "http://[::1",
        "http://a b/",
        "http://x/\r\nHost: y",
        "https://example.org:22/",
        "https://user:word@example.org/",
        "https://" + "a" * 3000,
        "https://exa mple.org",
        "http://\udc80.example/",
    ],
)
def test_odd_addresses_are_refused_before_anything_is_asked(url: str) -> None:
    def never(host: str, port: int) -> list[str]:
        raise AssertionError((host, port))

    with pytest.raises(NotFetched):
        fetch(url, FetchOptions(look_up=never))


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1",
        "0.0.0.0", "224.0.0.1", "255.255.255.255", "::1", "::", "fe80::1", "fc00::1", "fec0::1",
        "::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::", "2001:0::1",
        "ff02::1", "198.18.0.1", "192.0.2.1",
    ],
)  # fmt: skip
def test_addresses_of_private_networks(host: str) -> None:
    assert not is_public(ipaddress.ip_address(host))


@pytest.mark.parametrize("host", ["93.184.215.14", "2606:4700::1111", "64:ff9b::808:808"])
def test_addresses_of_the_open_internet(host: str) -> None:
    assert is_public(ipaddress.ip_address(host))


def test_one_private_address_among_public_ones_is_enough() -> None:
    options = FetchOptions(look_up=lambda _host, _port: ["8.8.8.8", "192.168.0.1"])
    with pytest.raises(NotFetched, match="private network"):
        fetch("https://two.example/", options)


def test_numbers_that_mean_this_machine_are_looked_up_too() -> None:
    """The system reads 0x7f.1 and 2130706433 as 127.0.0.1: what counts is what it reads."""
    for host in ("2130706433", "0x7f.1", "localhost"):
        with pytest.raises(NotFetched):
            fetch(f"http://{host}/", FetchOptions())
