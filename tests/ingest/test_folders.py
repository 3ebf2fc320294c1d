"""Folders, manifests, links, and paths that lead nowhere."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contested.errors import EmptyReport, ManifestError, NotSupported, TooLarge, Unreadable
from contested.ingest import Captured, IngestOptions, Media, Refused, Source, discover, ingest
from contested.ingest.dates import parse_date
from contested.model import edtf

BODY = "Four policemen were killed when militants attacked a check post in Bannu on Monday.\n"
HEADER = "file,source,title,published,url\n"


def names(path: Path) -> list[str]:
    return [item.name for item in discover([path]) if isinstance(item, Source)]


def refused(path: Path) -> list[Refused]:
    return [item for item in discover([path]) if isinstance(item, Refused)]


def test_a_folder_is_read_in_order(write: Any, tmp_path: Path) -> None:
    for name in (
        "b.txt", "a.html", "sub/c.md", ".hidden.txt", ".git/x.txt", "README.md", "LICENSE",
        "LICENSE-CC0.txt", "licence.md", "NOTICE", "licence-revoked.txt",
        "a_files/advert.html", "d.docx", "e",
    ):  # fmt: skip
        write(name, BODY)
    assert names(tmp_path) == ["a.html", "b.txt", "licence-revoked.txt", "sub/c.md"]
    skipped = refused(tmp_path)
    assert [item.name for item in skipped] == ["d.docx", "e"]
    assert all(isinstance(item.error, NotSupported) for item in skipped)
    assert "'.docx'" in str(skipped[0].error) and "no ending" in str(skipped[1].error)


def test_an_empty_folder(tmp_path: Path, refusal: Any) -> None:
    assert isinstance(refusal(tmp_path), EmptyReport)


def test_a_manifest_speaks_for_its_files(write: Any, tmp_path: Path) -> None:
    line = 'sub/a.txt,Dawn,"Four killed, two hurt",2023-01,https://dawn.com/1/\n'
    table = write("reports.csv", HEADER + line)
    write("sub/a.txt", BODY)
    write("b.txt", BODY + "More.")
    for path, expected in ((tmp_path, 2), (table, 1)):
        reports = [item.report for item in ingest([path]) if isinstance(item, Captured)]
        assert len(reports) == expected
        report = reports[-1]
        assert report.name == "sub/a.txt"
        assert report.title and report.title.value == "Four killed, two hurt"
        assert report.outlet and (report.outlet.value, report.outlet.source) == ("Dawn", "manifest")
        assert report.published and report.published.edtf == "2023-01"
        assert report.published_source == "manifest"
        assert report.url == "https://dawn.com/1"


def test_a_file_by_itself_finds_its_manifest(write: Any, tmp_path: Path, one: Any) -> None:
    write("a.csv", "file;outlet;author;published\na.txt;Dawn;;15 October 2025\ngone.txt;;;\n")
    write("b.csv", b"\xef\xbb\xbfFile,Source,Author\na.txt,Other,A. Khan\n")
    write("other.csv", "x,y\n1,2\n")
    report = one(write("a.txt", BODY))
    assert report.outlet.value == "Dawn"
    assert report.author.value == "A. Khan"
    assert report.published.edtf == "2025-10-15"
    # the same from the folder; there the missing file and the other table are told of
    found = discover([tmp_path])
    assert [type(item) for item in found] == [Refused, Refused, Source]


def test_the_nearest_manifest_wins_and_each_file_comes_once(write: Any, tmp_path: Path) -> None:
    path = write("sub/a.txt", BODY)
    write("top.csv", "file,source,title\nsub/a.txt,Top,A title\n")
    write("sub/near.csv", "file,source,title\na.txt,Near,\na.txt,Again,Another\n")
    (found,) = discover([tmp_path])
    assert isinstance(found, Source) and found.manifest
    assert (found.manifest.outlet, found.manifest.title) == ("Near", "Another")
    assert len(discover([tmp_path, path, path, tmp_path / "top.csv"])) == 1


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("gone.txt,,,2023-01,", "line 3 names the file 'gone.txt', which is not there"),
        (",,,2023-01,", "line 3 names the file ''"),
        ("a.txt,,,someday,", "line 3: 'someday' is no date"),
        ("a.txt,,,10/08/2025,", "line 3: '10/08/2025' is no date"),
        ("a.txt,,,2023-02-30,", "line 3: '2023-02-30' is no date"),
        ("a.txt,Dawn", "line 3 has 2 columns, the header has 5"),
        ("a.txt,Dawn,Four killed, two hurt,2023,", "line 3 has 6 columns"),
        ("x" * 5000 + ".txt,,,,", "which is not there"),
    ],
)
def test_a_bad_line_is_named(write: Any, tmp_path: Path, line: str, problem: str) -> None:
    table = write("reports.csv", HEADER + "b.txt,Dawn,,,\n" + line + "\n")
    write("a.txt", BODY)
    write("b.txt", BODY)
    for path in (tmp_path, table):
        (error,) = [item.error for item in refused(path)]
        assert isinstance(error, ManifestError)
        assert str(error).startswith("reports.csv: ") and problem in str(error)
        assert "b.txt" in names(path)
    assert names(tmp_path) == ["a.txt", "b.txt"]


def test_a_bad_date_keeps_the_rest(write: Any) -> None:
    write("reports.csv", HEADER + "a.txt,Dawn,,someday,\n")
    bad, found = list(ingest([write("a.txt", BODY)]))
    assert isinstance(bad, Refused) and isinstance(found, Captured)
    assert found.report.outlet and found.report.outlet.value == "Dawn"


def test_tables_that_are_no_manifest(write: Any, refusal: Any) -> None:
    assert isinstance(refusal(write("a.csv", "name,date\nx,2023\n")), NotSupported)
    assert refusal(write("b.csv", "")).problem == "is empty."
    assert "binary" in refusal(write("c.csv", b"\x00\x01\x02\x03" * 9)).problem
    error = refusal(write("d.csv", 'file\n"' + "x" * 200_000 + '"\n'))
    assert isinstance(error, ManifestError) and "no CSV" in str(error)


@given(table=st.text(max_size=300))
def test_any_table_is_survived(tmp_path_factory: Any, table: str) -> None:
    folder = tmp_path_factory.mktemp("table")
    (folder / "a.csv").write_text("file,published\n" + table, "utf-8", "replace")
    assert all(isinstance(item, Source | Refused) for item in discover([folder]))


def test_paths_that_lead_nowhere(write: Any, tmp_path: Path, refusal: Any) -> None:
    error = refusal(tmp_path / "gone.txt")
    assert isinstance(error, Unreadable) and "is not there" in str(error)
    assert isinstance(refusal("a\0b.txt"), Unreadable)
    assert "Save the page" in refusal("https://dawn.com/1").remedy
    assert isinstance(refusal(write("a.txt", BODY) / "b.txt"), Unreadable)


def test_links_and_loops(write: Any, tmp_path: Path) -> None:
    write("sub/a.txt", BODY)
    (tmp_path / "sub" / "up").symlink_to(tmp_path)
    (tmp_path / "same.txt").symlink_to(tmp_path / "sub" / "a.txt")
    (tmp_path / "dead.txt").symlink_to(tmp_path / "gone")
    (tmp_path / "self.txt").symlink_to(tmp_path / "self.txt")
    assert names(tmp_path) == ["same.txt"]
    assert {Path(item.name).name for item in refused(tmp_path)} == {"dead.txt", "self.txt"}
    assert all(isinstance(item.error, Unreadable) for item in refused(tmp_path))


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes here")
def test_a_pipe_does_not_hang(tmp_path: Path, refusal: Any) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    assert isinstance(refusal(tmp_path / "pipe.txt"), NotSupported)
    source = Source(name="pipe.txt", path=tmp_path / "pipe.txt", media=Media.TEXT)
    with pytest.raises(NotSupported):
        from contested.ingest import read

        read(source)


def test_one_bad_file_never_stops_the_rest(
    write: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("a.txt", "b.txt", "c.txt", "d.txt"):
        write(name, BODY + name)
    write("c.txt", b"")
    whole = Path.open

    def locked(self: Path, *args: Any, **options: Any) -> Any:
        if self.name == "b.txt":
            raise PermissionError(13, "Permission denied")
        return whole(self, *args, **options)

    monkeypatch.setattr(Path, "open", locked)
    reading = ingest([tmp_path])
    found = [next(reading)]
    (tmp_path / "d.txt").unlink()
    found += reading
    assert [type(item) for item in found] == [Captured, Refused, Refused, Refused]
    problems = [item.error.problem for item in found if isinstance(item, Refused)]
    assert problems == ["may not be read.", "is empty.", "is not there."]


def test_a_locked_folder(tmp_path: Path, refusal: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def locked(_: Path) -> Any:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "iterdir", locked)
    assert "may not be read" in refusal(tmp_path).problem


def test_too_large(write: Any, refusal: Any) -> None:
    error = refusal(write("a.txt", BODY * 100), IngestOptions(max_bytes=1000))
    assert isinstance(error, TooLarge) and "0.001 MB" in str(error)


class _Stdin:
    def __init__(self, data: bytes) -> None:
        import io

        self.buffer = io.BytesIO(data)


def test_standard_input(one: Any, refusal: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", _Stdin(("Attack in Bannu\n\n" + BODY).encode()))
    report = one("-")
    assert report.name == "stdin" and report.title.value == "Attack in Bannu"
    monkeypatch.setattr(sys, "stdin", _Stdin(b""))
    assert isinstance(refusal("-"), EmptyReport)
    monkeypatch.setattr(sys, "stdin", _Stdin(b"x" * 11))
    assert isinstance(refusal("-", IngestOptions(max_bytes=10)), TooLarge)


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("2023-01?", "2023-01?"),
        ("2025-10-15T22:00:00-04:00", "2025-10-15"),
        ("Oct. 15, 2025", "2025-10-15"),
        ("Sept 3rd, 2025", "2025-09-03"),
        ("15-Oct-2025", "2025-10-15"),
        ("Wed, 15 Oct 2025 10:00:00 GMT", "2025-10-15"),
        ("15/10/2025", "2025-10-15"),
        ("05/05/2025", "2025-05-05"),
        ("10/08/2025", None),
        ("32 May 2025", None),
        ("2025-13-01T10:00", None),
        ("May", None),
        ("in 2025 or so", None),
    ],
)
def test_dates(text: str, edtf: str | None) -> None:
    found = parse_date(text)
    assert (found.edtf if found else None) == edtf


@given(
    st.one_of(
        st.text(alphabet="0123456789-/., TZ:OctMayJan", max_size=30),
        st.dates().map(str),
        st.dates().map("{:%d %B %Y}".format),
    )
)
def test_any_string_is_a_date_or_none(text: str) -> None:
    found = parse_date(text)
    if found is not None:
        assert found.as_written == text.strip()
        assert (found.earliest, found.latest) == tuple(
            None if day is None else day.isoformat() for day in edtf.bounds(found.edtf)
        )
        assert found.edtf[2:4] in text  # the year is one that stands there


@pytest.mark.parametrize(
    ("rows", "number"),
    [
        ('a.txt,W,"open title,2025-01-02,\nb.txt,W,"quoted",2025-01-03,\n', 2),
        ('b.txt,W,"two\nlines",2025-01-03,\na.txt,W,"open title,2025-01-02,\n', 4),
        ('a.txt,W,"open,2025-01-02,\ngone.txt,W,"q",2025,\nb.txt,W,x,2025-01-03,\n', 2),
    ],
)
def test_a_quote_that_is_not_closed_spoils_one_line(
    write: Any, tmp_path: Path, rows: str, number: int
) -> None:
    table = write("reports.csv", "file,source,title,date,url\n" + rows)
    write("a.txt", BODY)
    write("b.txt", BODY + " More of it was told on the day after.")
    for path in (tmp_path, table):
        said = [str(item.error) for item in refused(path)]
        assert any(f"line {number} has a double quote that is not closed" in one for one in said)
        found = {c.report.name: c.report for c in ingest([path]) if isinstance(c, Captured)}
        assert sorted(found) == ["a.txt", "b.txt"]
        assert found["a.txt"].outlet is None
        assert found["b.txt"].outlet and found["b.txt"].outlet.value == "W"
        assert found["b.txt"].published and found["b.txt"].published.edtf == "2025-01-03"


def test_the_number_of_a_line_is_that_of_its_beginning(write: Any) -> None:
    write("a.txt", BODY)
    table = write("reports.csv", 'file,title,date\na.txt,"two\nlines",someday\n')
    assert "line 2: 'someday' is no date" in str(refused(table)[0].error)
