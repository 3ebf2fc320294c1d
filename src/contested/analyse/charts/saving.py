"""A specification as a file: JSON, a page that works offline, SVG or PNG."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from contested.analyse.answer import needed
from contested.errors import UsageError

SUFFIXES = (".json", ".html", ".svg", ".png")
PNG_SCALE = 2.0


def save(specification: dict[str, Any], path: Path) -> None:
    """Write a chart; the ending of the name says how.

    Raises UsageError for another ending or a place where nothing can be written, ExtraMissing
    where a picture is asked for and its library is not installed.
    """
    content = rendered(specification, path.suffix.lower())
    try:
        path.write_bytes(content)
    except OSError as error:
        raise UsageError(
            f"The chart cannot be written to {path} ({error.strerror}). Name another file."
        ) from error


def rendered(specification: dict[str, Any], suffix: str) -> bytes:
    """A chart as the bytes of a file of that suffix."""
    if suffix not in SUFFIXES:
        raise UsageError(f"A chart as {suffix or 'no suffix'}: name a file {', '.join(SUFFIXES)}.")
    text = json.dumps(specification, ensure_ascii=False, indent=1, allow_nan=False)
    if suffix == ".json":
        return (text + "\n").encode()
    convert = needed("vl_convert")
    if suffix == ".html":
        return str(convert.vegalite_to_html(specification, bundle=True)).encode()
    if suffix == ".svg":
        return str(convert.vegalite_to_svg(specification)).encode()
    return bytes(convert.vegalite_to_png(specification, scale=PNG_SCALE))
