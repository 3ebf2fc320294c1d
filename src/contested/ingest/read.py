"""One source to one report; many sources, where a bad one never stops the rest."""

from __future__ import annotations

import datetime as dt
import hashlib
import stat
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Literal

from contested.errors import EmptyReport, InputError, NotEnglish, NotSupported, TooLarge, Unreadable
from contested.ingest.address import canonical, dated, host
from contested.ingest.decode import decode
from contested.ingest.discover import discover, unreadable
from contested.ingest.frontmatter import front_matter
from contested.ingest.normalise import normalise
from contested.ingest.pages import looks_like_page, read_page
from contested.ingest.textmeta import from_text
from contested.ingest.types import Captured, IngestOptions, Known, Media, Refused, Source
from contested.model.report import Report, Sourced, report_id
from contested.model.values import When
from contested.tongues import is_english, other_language


def ingest(
    paths: Iterable[Path | str], options: IngestOptions | None = None
) -> Iterator[Captured | Refused]:
    """Reads everything under `paths`; what cannot be read comes out as `Refused`."""
    options = options or IngestOptions()
    for found in discover(paths, options):
        if isinstance(found, Refused):
            yield found
            continue
        try:
            yield read(found, options)
        except InputError as error:
            yield Refused(found.name, error)


def read(source: Source, options: IngestOptions | None = None) -> Captured:
    """The report of `source`, and its bytes.

    Raises InputError, with a remedy, if it cannot be read.
    """
    options = options or IngestOptions()
    data = _load(source, options.max_bytes)
    return Captured(_report(source, data, options), data)


def _load(source: Source, most: int) -> bytes:
    try:
        if source.path is None:
            if sys.stdin is None:
                raise Unreadable(source.name, "is closed.", "Send a report into it.")
            data = sys.stdin.buffer.read(most + 1)
        else:
            found = source.path.stat()
            if not stat.S_ISREG(found.st_mode):
                raise NotSupported(source.name, "is no ordinary file.", "Give a file, or '-'.")
            data = b""
            if found.st_size <= most:
                with source.path.open("rb") as stream:
                    data = stream.read(most + 1)
            if found.st_size > most or len(data) > most:
                raise _too_large(source.name, most)
    except (OSError, ValueError, RuntimeError) as error:
        raise unreadable(source.name, error) from error
    if len(data) > most:
        raise _too_large(source.name, most)
    return data


def _too_large(name: str, most: int) -> TooLarge:
    return TooLarge(
        name, f"is larger than {most / 1e6:g} MB.", "Split it into reports, or raise the limit."
    )


def _report(source: Source, data: bytes, options: IngestOptions) -> Report:
    media = source.media
    decoded = decode(data, source.name, page=media is Media.HTML)
    notes = list(decoded.notes)
    if media is not Media.HTML and looks_like_page(decoded.text):
        media = Media.HTML
        notes.append("Read as a web page, because its text opens as one.")
    layers: list[Known] = []
    if media is Media.HTML:
        text, known = read_page(decoded.text, source.name)
        text = normalise(text)
        layers.append(known)
    else:
        block, text = front_matter(normalise(decoded.text))
        text = normalise(text)
        layers += [block] if block else []
    _check(text, source.name)
    layers += [source.manifest] if source.manifest else []
    layers.append(from_text(text))
    url, remark = _url(layers)
    if url:
        outlet = options.outlet_of(host(url)) if options.outlet_of else None
        layers.append(Known(source="address", outlet=outlet, published=dated(url)))
    published, said_by = _published(layers)
    for layer in layers:
        if published is None or layer.source == "front matter":
            notes += layer.notes
    notes += remark + _date_notes(published, options.today)
    return Report(
        id=report_id(url, text),
        name=source.name,
        text=text,
        sha256=hashlib.sha256(data).hexdigest(),
        title=_first(layers, "title"),
        outlet=_first(layers, "outlet"),
        author=_first(layers, "author"),
        published=published,
        published_source=said_by,
        url=url,
        language="en" if is_english(text) else None,
        media_type=media.value,
        notes=tuple(dict.fromkeys(notes)),
    )


def _check(text: str, name: str) -> None:
    if not any(sign.isalnum() for sign in text):
        raise EmptyReport(name, "has no words in it.", "Save the report again, or leave it out.")
    language = other_language(text)
    if language:
        raise NotEnglish(name, f"seems to be in {language}.", "Give a translation into English.")


def _first(layers: list[Known], name: Literal["title", "outlet", "author"]) -> Sourced | None:
    for layer in layers:
        value = getattr(layer, name)
        if value:
            return Sourced(value, layer.source)
    return None


def _published(layers: list[Known]) -> tuple[When | None, str | None]:
    for layer in layers:
        if layer.published:
            return layer.published, layer.source
    return None, None


def _url(layers: list[Known]) -> tuple[str | None, list[str]]:
    """The report's address, and a note on what was given as one and is none."""
    remarks: list[str] = []
    for layer in layers:
        if layer.url:
            url = canonical(layer.url)
            if url:
                return url, remarks
            remarks.append(f"{layer.url[:80]!r} ({layer.source}) is no web address.")
    return None, remarks


def _date_notes(published: When | None, today: dt.date | None) -> list[str]:
    if published is None:
        return ["No date of publication: relative dates ('on Monday') will stay unknown."]
    day = (today or dt.date.today()).isoformat()
    if published.earliest and published.earliest > day:
        return [f"Published in the future ({published.edtf}): check the date."]
    return []
