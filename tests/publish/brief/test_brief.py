"""Briefs: hostile words stay words, long names fit, an empty period says so."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner

from contested import Record
from contested.cli import app
from contested.errors import UsageError
from contested.pipeline.briefing import BriefOptions, brief_of
from contested.publish.brief import Brief, page, pdf
from contested.publish.brief.mapping import Area, drawn, rings_of
from tests.serve.samples import HOSTILE, build

TYPST = '#read("/etc/passwd") *bold* $x$ #eval("1") \\ <a> @b `c` // d #{panic()} ]['
LONG = "Provincial-Reconstruction-and-Rehabilitation-Authority" * 6


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    found = tmp_path_factory.mktemp("brief") / "record.sqlite"
    build(found)
    return found


@pytest.fixture(scope="module")
def brief(path: Path) -> Brief:
    with Record.open(path, create=False) as record:
        return brief_of(record, BriefOptions(draws=20))


def _hostile(brief: Brief, words: str) -> Brief:
    entry = brief.entries[0]
    voices = tuple(replace(one, voice=words) for one in entry.figures[0].voices)
    figure = replace(entry.figures[0], name=words, voices=voices)
    return replace(
        brief,
        title=words,
        entries=(replace(entry, what=words, where=words, sides=words, figures=(figure,)),),
        disputes=(words,),
        agreements=(words,),
        sources=tuple(replace(one, title=words, outlet=words) for one in brief.sources),
    )


def test_it_holds_every_voice_with_its_source(brief: Brief, path: Path) -> None:
    with Record.open(path, create=False) as record:
        incidents = record.incidents()
        assert brief.citation == record.snapshot().citation
    assert {one.id for one in brief.entries} == {one.id for one in incidents}
    told = sum(len(figure.voices) for one in brief.entries for figure in one.figures)
    assert told == sum(len(toll.according_to) for one in incidents for toll in one.casualties)
    numbers = {one.number for one in brief.sources}
    cited = {n for e in brief.entries for f in e.figures for v in f.voices for n in v.sources}
    assert cited <= numbers == set(range(1, len(numbers) + 1))
    assert len(brief.disputes) == 1


def test_a_page_escapes_every_word(brief: Brief) -> None:
    text = page(_hostile(brief, HOSTILE))
    assert "<script" not in text
    assert not re.search(r"<img", text)
    assert "&lt;script&gt;" in text


def test_the_page_needs_nothing_beside_it(brief: Brief) -> None:
    text = page(brief)
    assert not re.search(r"""(?:src|href)=["'](?!#)""", text)
    assert text.count("<article ") == len(brief.entries)
    assert "sha256:" in text


def test_an_empty_period_says_so(path: Path, tmp_path: Path) -> None:
    with Record.open(path, create=False) as record:
        found = brief_of(record, BriefOptions(since="1999", until="1999"))
    assert found.empty
    assert not found.entries
    assert not found.readings
    assert found.empty.split(".")[0] in page(found)
    with Record.open(tmp_path / "empty.sqlite") as record:
        assert "empty" in page(brief_of(record, BriefOptions()))


def test_one_incident(path: Path) -> None:
    with Record.open(path, create=False) as record:
        found = brief_of(record, BriefOptions(since="2025-10-08", until="2025-10-08", draws=20))
    assert len(found.entries) == 1
    assert found.map is not None
    assert "1 incident at the place" in found.map.words


@pytest.mark.parametrize(("since", "until"), [("soon", None), ("2025-12", "2025-10")])
def test_a_period_that_makes_no_sense(path: Path, since: str, until: str | None) -> None:
    with Record.open(path, create=False) as record, pytest.raises(UsageError):
        brief_of(record, BriefOptions(since=since, until=until))


def test_a_map_is_as_wide_as_its_areas() -> None:
    areas = [Area("a<b", 33.0, 70.0, 40.0, "disputed"), Area("c", 34.0, 72.0, 0.0, "denied")]
    svg = drawn(areas)
    radii = [float(r) for r in re.findall(r' r="([\d.]+)"', svg)]
    assert radii[0] > 5 * radii[1]
    assert "a&lt;b" in svg
    assert "url(#hatch)" in svg


def test_outlines_are_read_from_topojson(tmp_path: Path) -> None:
    file = tmp_path / "world.json"
    file.write_text(
        json.dumps(
            {
                "transform": {"scale": [1, 1], "translate": [10, 20]},
                "arcs": [[[0, 0], [1, 0], [0, 1]], [[1, 1], [-1, -1]]],
                "objects": {
                    "countries": {
                        "type": "GeometryCollection",
                        "geometries": [{"type": "Polygon", "arcs": [[0, 1]]}],
                    }
                },
            }
        )
    )
    assert rings_of(file) == [[(10, 20), (11, 20), (11, 21), (10, 20)]]
    assert rings_of(tmp_path / "none.json") == []


def test_the_command_writes_a_page(path: Path, tmp_path: Path) -> None:
    out = tmp_path / "brief.html"
    args = ["brief", "--record", str(path), "--from", "2025-10", "--out", str(out)]
    assert CliRunner().invoke(app, args).exit_code == 0
    assert "Kurram" in out.read_text("utf-8")
    refused = CliRunner().invoke(app, [*args[:-1], str(tmp_path / "brief.docx")])
    assert refused.exit_code == 2
    assert "name a file" in refused.stderr


class TestPdf:
    @pytest.fixture(autouse=True)
    def _typst(self) -> None:
        pytest.importorskip("typst", reason="needs the extra `brief`")

    @pytest.mark.parametrize("words", [TYPST, HOSTILE, LONG, "", "ٹی ٹی پی 🙂"])
    def test_any_words_are_set_as_text(self, brief: Brief, words: str) -> None:
        assert pdf(_hostile(brief, words)).startswith(b"%PDF-")

    def test_an_empty_period(self, path: Path) -> None:
        with Record.open(path, create=False) as record:
            found = brief_of(record, BriefOptions(since="1999", until="1999"))
        assert pdf(found).startswith(b"%PDF-")


def test_a_brief_has_its_contents_and_each_voice_once(brief: Brief) -> None:
    text = page(brief)
    anchors = re.findall(r"<nav class=contents.*?</nav>", text, re.DOTALL)
    assert len(anchors) == 1
    for target in re.findall(r'href="#([\w-]+)"', anchors[0]):
        assert f"id={target}>" in text or f'id="{target}"' in text
    for entry in brief.entries:
        voices = entry.claimed.replace("; ", " and ").split(" and ")
        assert len(voices) == len(set(voices))
