"""Bytes: encodings, what is no text, what is not English."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contested.errors import EmptyReport, InputError, NotEnglish, NotText
from contested.ingest import Captured, IngestOptions, Media, Refused, Source, ingest, read
from contested.tongues import is_english, other_language

BODY = (
    "Four policemen were killed when militants attacked the café at a check post in Bannu on "
    "Monday, “officials” said. The group claimed the attack, and said that it would go on.\n"
)
ENGLISH = (
    "Four policemen were killed when militants attacked a check post in the Bannu district on "
    "Monday, officials said, and the group later claimed that it had carried out the attack. "
)
URDU = (
    "بنوں میں پولیس چوکی پر حملے میں چار اہلکار ہلاک ہو گئے اور تین زخمی "
    "ہوئے ہیں جبکہ علاقے میں تلاش جاری ہے "
)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_utf8_needs_no_note(write: Any, one: Any, encoding: str) -> None:
    report = one(write("a.txt", BODY.encode(encoding)))
    assert report.text == BODY.strip()
    assert not any("UTF" in note for note in report.notes)


@pytest.mark.parametrize(
    ("encoding", "mark"),
    [
        ("windows-1252", b""),
        ("utf-16-le", b"\xff\xfe"),
        ("utf-16-be", b"\xfe\xff"),
        ("utf-16-le", b""),
        ("utf-16-be", b""),
        ("utf-32-le", b"\xff\xfe\0\0"),
    ],
)
def test_other_encodings_are_noted(write: Any, one: Any, encoding: str, mark: bytes) -> None:
    report = one(write("a.txt", mark + BODY.encode(encoding)))
    assert report.text == BODY.strip()
    assert "not UTF-8" in report.notes[0]


def test_latin_1(write: Any, one: Any) -> None:
    text = BODY.replace("“", '"').replace("”", '"')
    report = one(write("a.txt", text.encode("latin-1")))
    assert report.text == text.strip() and "windows-1252" in report.notes[0]


def test_an_encoding_that_must_be_guessed(write: Any, one: Any) -> None:
    words = "Президент сказал, что переговоры будут продолжены в столице. "
    report = one(write("a.txt", (ENGLISH * 3 + words).encode("cp1251")))
    assert "Read as" in report.notes[0]


def test_damaged_utf8(write: Any, one: Any) -> None:
    report = one(write("a.txt", (BODY * 3).encode() + b"\xe2\x80"))
    assert "café" in report.text and "1 places" in report.notes[0]


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("a.txt", b"%PDF-1.7\n%\xe2", "a PDF document"),
        ("a.html", b"PK\x03\x04rest", "a ZIP archive"),
        ("a.md", b"\x89PNG\r\n\x1a\n", "an image"),
        ("a.txt", b"\xff\xd8\xff\xe0", "an image"),
        ("a.txt", b"\x1f\x8b\x08", "an archive"),
        ("a.txt", b"{\\rtf1 text", "Rich Text"),
        ("a.txt", b"\0\0\0\x18ftypmp42", "sound or video"),
        ("a.txt", b"some\x00text\x00and", "binary data"),
        ("a.txt", bytes(range(1, 32)) * 20, "binary data"),
    ],
)
def test_binary_data(write: Any, refusal: Any, name: str, data: bytes, said: str) -> None:
    error = refusal(write(name, data))
    assert isinstance(error, NotText) and said in error.problem


def test_a_pdf_is_named_whatever_its_ending(write: Any, refusal: Any) -> None:
    assert "a PDF document, which is not read yet" in refusal(write("a.pdf", b"%PDF-1.7")).problem


@pytest.mark.parametrize("data", [b"", b" \r\n\t", b"\xef\xbb\xbf", b"...\n---", "\u200b".encode()])
def test_empty(write: Any, refusal: Any, data: bytes) -> None:
    assert isinstance(refusal(write("a.txt", data)), EmptyReport)


@pytest.mark.parametrize(
    "text",
    [
        URDU * 3,
        "وقال المتحدث باسم الحكومة إن الهجوم أسفر عن مقتل أربعة من رجال الشرطة " * 3,
        "Cuatro policías murieron el lunes cuando los milicianos atacaron un puesto de control en "
        "el distrito de Bannu, según las autoridades, que no han dado más detalles del ataque.",
        "Quatre policiers ont été tués lundi lorsque des militants ont attaqué un poste de "
        "contrôle dans le district de Bannu, selon des responsables de la province, qui "
        "sont sur place.",
        "Vier Polizisten wurden am Montag getötet, als Kämpfer einen Posten im Bezirk angriffen, "
        "wie die Behörden mitteilten, und der Sprecher der Gruppe hat sich nicht geäußert.",
        "Dört polis pazartesi günü öldürüldü " * 15,
    ],
)
def test_not_english(write: Any, refusal: Any, text: str) -> None:
    error = refusal(write("a.txt", text))
    assert isinstance(error, NotEnglish) and "translation" in error.remedy


@pytest.mark.parametrize(
    "text",
    [
        ENGLISH,
        ENGLISH * 2 + URDU + ENGLISH,
        "Four killed in Bannu",
        "چار ہلاک",
        "15 January 2023 Bannu 4 police killed; 16 January 2023 Tank 2 soldiers wounded; " * 3,
    ],
)
def test_english_passes(text: str) -> None:
    assert other_language(text) is None


def test_only_enough_english_is_called_so() -> None:
    assert is_english(ENGLISH * 500) and other_language(ENGLISH * 500) is None
    assert not is_english("Four killed") and not is_english("")


@settings(max_examples=150, deadline=None)
@given(
    data=st.binary(max_size=300) | st.text(max_size=200).map(str.encode),
    media=st.sampled_from(Media),
)
def test_any_bytes_are_read_or_refused(tmp_path_factory: Any, data: bytes, media: Media) -> None:
    path = Path(tmp_path_factory.mktemp("any")) / "a"
    path.write_bytes(data)
    try:
        captured = read(Source(name="a", path=path, media=media))
    except InputError as error:
        assert error.name == "a" and error.remedy
        return
    report = captured.report
    assert captured.original == data
    assert report.passage(0, len(report.text)).quote == report.text
    report.text.encode()


@settings(max_examples=60, deadline=None)
@given(
    head=st.sampled_from(
        [b"\xff\xfe", b"\xfe\xff", b"\xff\xfe\0\0", b"\xef\xbb\xbf", b"---\n", b"<html>"]
    ),
    data=st.binary(max_size=120),
)
def test_any_bytes_after_a_mark(tmp_path_factory: Any, head: bytes, data: bytes) -> None:
    path = Path(tmp_path_factory.mktemp("any")) / "a.md"
    path.write_bytes(head + data)
    (found,) = ingest([path], IngestOptions())
    assert isinstance(found, Captured | Refused)
