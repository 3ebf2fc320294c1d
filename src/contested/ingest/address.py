"""Addresses of reports: one spelling for each, so that one report has one id."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from contested.model.edtf import when
from contested.model.values import When

_TRACKING = re.compile(
    r"utm_\w*|fbclid|gclid|dclid|msclkid|mc_[ce]id|igshid|yclid|_ga", re.IGNORECASE
)
_DAY = re.compile(r"/((?:19|20)\d\d)[/-](0?[1-9]|1[0-2])[/-](0?[1-9]|[12]\d|3[01])(?=[/-]|$)")
_MONTH = re.compile(r"/((?:19|20)\d\d)/(0[1-9]|1[0-2])(?=/)")
_BLANK = re.compile(r"\s")
_PORTS = {"http": 80, "https": 443}


def canonical(url: str | None) -> str | None:
    """`url` without fragment, tracking and final slash, its host in lower case.

    None if it is no web address.

    >>> canonical("HTTPS://Dawn.com/news/1/?utm_source=x#top")
    'https://dawn.com/news/1'
    """
    try:
        parts = urlsplit((url or "").strip())
        name, port = parts.hostname, parts.port
    except ValueError:
        return None
    scheme = parts.scheme.lower()
    if scheme not in _PORTS or not name or any(sign.isspace() for sign in name):
        return None
    host = f"[{name}]" if ":" in name else name
    if port is not None and port != _PORTS[scheme]:
        host = f"{host}:{port}"
    path = _BLANK.sub("%20", parts.path.rstrip("/"))
    return urlunsplit((scheme, host, path, _BLANK.sub("%20", _query(parts.query)), ""))


def _query(query: str) -> str:
    try:
        pairs = parse_qsl(query, keep_blank_values=True)
    except ValueError:
        return query
    kept = [(key, value) for key, value in pairs if not _TRACKING.fullmatch(key)]
    return query if len(kept) == len(pairs) else urlencode(kept)


def names_a_page(url: str) -> bool:
    """Whether `url`, in canonical form, is more than a site's front page."""
    parts = urlsplit(url)
    return bool(parts.path or parts.query)


def host(url: str) -> str:
    """Host name of a canonical address, without ``www.``.

    >>> host("https://www.dawn.com/news/1")
    'dawn.com'
    """
    return (urlsplit(url).hostname or "").removeprefix("www.")


def dated(url: str) -> When | None:
    """The day or month that stands in the path of `url`, as many outlets write it.

    >>> dated("https://example.org/2025/10/15/attack").edtf
    '2025-10-15'
    """
    path = urlsplit(url).path
    found = _DAY.search(path)
    try:
        if found:
            text = f"{found[1]}-{int(found[2]):02d}-{int(found[3]):02d}"
            return when(text, found[0].strip("/"))
        found = _MONTH.search(path)
        return when(f"{found[1]}-{found[2]}", found[0].strip("/")) if found else None
    except ValueError:
        return None
