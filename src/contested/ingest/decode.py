"""Bytes to text: what the bytes are, and in which encoding."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from charset_normalizer import from_bytes

from contested.errors import EmptyReport, NotText

_MAGIC = (
    (rb"\s*%PDF-", "a PDF document", "Save its text as .txt and give that."),
    (
        rb"PK(?:\x03\x04|\x05\x06)",
        "a ZIP archive or an Office document",
        "Unpack it, or save it as .txt.",
    ),
    (rb"\xd0\xcf\x11\xe0", "an old Office document", "Save it as .txt and give that."),
    (rb"\{\\rtf", "a Rich Text document", "Save it as .txt and give that."),
    (
        rb"\x89PNG|\xff\xd8\xff|GIF8[79]a|RIFF....WEBP|II\*\0|MM\0\*",
        "an image",
        "Type its text into a .txt.",
    ),
    (
        rb"\x1f\x8b|BZh[1-9]1AY|7z\xbc\xaf|Rar!\x1a|\xfd7zXZ|\x28\xb5\x2f\xfd",
        "an archive",
        "Unpack it and give the files.",
    ),
    (
        rb"....ftyp|ID3[\x00-\x0f]|OggS|RIFF....(?:WAVE|AVI )|\x1a\x45\xdf\xa3",
        "sound or video",
        "Give a transcript as .txt.",
    ),
    (rb"SQLite format 3\0", "a database", "Export its reports as .txt."),
    (rb"\x7fELF|bplist00|WARC/1", "no plain text", "Save the page as .html or .txt and give that."),
)
_KINDS = tuple((re.compile(sign, re.DOTALL), kind, remedy) for sign, kind, remedy in _MAGIC)
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DECLARED = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]{1,40})", re.IGNORECASE)
_ENCODINGS = re.compile(
    r"utf-?(8|16|32)(le|be)?|(us-)?ascii|iso-?8859-?\d+|latin-?\d|windows-?\d+|cp-?\d+|koi8-[ru]"
    r"|macintosh|gb2312|gbk|gb18030|big5|shift[_-]jis|euc-(jp|kr)",
    re.IGNORECASE,
)
# What pages call these is, in every browser, the Windows encoding that contains them.
_MEANT = {"iso-8859-1": "windows-1252", "latin-1": "windows-1252", "latin1": "windows-1252",
          "ascii": "windows-1252", "us-ascii": "windows-1252"}  # fmt: skip
_CONTROL = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_MOST_CONTROL = 0.02
_SAMPLE = 65_536


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text, and notes on how it was read where that was not plain UTF-8."""

    text: str
    notes: tuple[str, ...] = ()


def binary_kind(head: bytes) -> tuple[str, str] | None:
    """What a file that starts with `head` is, and the remedy, if it is known to be no text."""
    for sign, kind, remedy in _KINDS:
        if sign.match(head):
            return kind, remedy
    return None


def decode(data: bytes, name: str, *, page: bool = False) -> Decoded:
    """`data` as text. `page` looks for the encoding that an HTML page declares.

    Raises EmptyReport if there is nothing in it, NotText if it is no text.
    """
    if not data.strip(b" \t\r\n\x0b\x0c\x00"):
        raise EmptyReport(name, "is empty.", "Save the report again, or leave the file out.")
    kind = binary_kind(data[:64])
    if kind:
        raise NotText(name, f"is {kind[0]}, which is not read yet.", kind[1])
    found = _by_mark(data) or _by_utf8(data)
    if found is None:
        if b"\0" in data:
            raise _not_text(name)
        found = (page and _by_declaration(data)) or _by_guess(data)
    if found is None or len(_CONTROL.findall(found.text)) > _MOST_CONTROL * len(found.text):
        raise _not_text(name)
    return found


def _not_text(name: str) -> NotText:
    return NotText(name, "is binary data, not text.", "Save the report as .txt, .md or .html.")


def _by_mark(data: bytes) -> Decoded | None:
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            notes = () if encoding == "utf-8-sig" else _notes(encoding.upper())
            return Decoded(data.decode(encoding, "replace"), notes)
    head = data[:4096]
    low, high = head[::2].count(0) / len(head), head[1::2].count(0) / len(head)
    if max(low, high) > 0.15 and min(low, high) < 0.02:
        encoding = "utf-16-le" if high > low else "utf-16-be"
        return Decoded(data.decode(encoding, "replace"), _notes(encoding.upper()))
    return None


def _by_utf8(data: bytes) -> Decoded | None:
    if b"\0" in data:
        return None
    try:
        return Decoded(data.decode())
    except UnicodeDecodeError:
        text = data.decode(errors="replace")
    bad = text.count("\ufffd")
    good = sum(1 for sign in text if sign > "\x7f") - bad
    if good < 4 * bad:
        return None
    return Decoded(text, (f"{bad} places were not UTF-8 and read as U+FFFD. Check the file.",))


def _by_declaration(data: bytes) -> Decoded | None:
    found = _DECLARED.search(data[:8192])
    encoding = found[1].decode("ascii", "replace").lower() if found else ""
    encoding = _MEANT.get(encoding, encoding)
    if not _ENCODINGS.fullmatch(encoding) or encoding.startswith("utf"):
        return None
    try:
        return Decoded(data.decode(encoding, "replace"), _notes(encoding))
    except LookupError:
        return None


def _by_guess(data: bytes) -> Decoded | None:
    foreign = sum(1 for byte in data[:_SAMPLE] if byte > 127)
    if foreign <= 0.05 * min(len(data), _SAMPLE):
        try:
            return Decoded(data.decode("windows-1252"), _notes("windows-1252"))
        except UnicodeDecodeError:
            pass
    best = from_bytes(data[:_SAMPLE]).best()
    if best is None:
        return None
    return Decoded(data.decode(best.encoding, "replace"), _notes(best.encoding))


def _notes(encoding: str) -> tuple[str, ...]:
    return (f"Read as {encoding}, because it is not UTF-8. Check quotation marks and accents.",)
