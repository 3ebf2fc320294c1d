from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from evaluation import __main__ as command
from evaluation import floors, page
from evaluation.measure import Figure, Measured, fingerprint
from evaluation.peers import _table, peers

GOOD = Measured(
    measure="satp",
    title="Deaths",
    command="python -m evaluation satp",
    data="3 rows",
    sha256="ab" * 32,
    figures=(
        Figure("deaths_exact", 83.7, "exact"),
        Figure("deaths_mae", 0.2342, "error", "", "lower", 0.005),
        Figure("alarms", 3, "alarms", "count", "lower", 1),
        Figure("speed", 812.0, "speed", "words/s", None),
    ),
)


def changed(name: str, value: float) -> Measured:
    return replace(
        GOOD, figures=tuple(replace(f, value=value) if f.name == name else f for f in GOOD.figures)
    )


@pytest.fixture
def pinned(tmp_path: Path) -> Path:
    path = tmp_path / "floors.json"
    floors.pin([GOOD], "first", path)
    return path


def test_a_floor_is_coarser_than_what_was_measured(pinned: Path) -> None:
    table = json.loads(pinned.read_text("utf-8"))["satp"]
    assert table["floors"] == {"deaths_exact": 83.5, "deaths_mae": 0.235, "alarms": 3}
    assert (table["reason"], table["sha256"]) == ("first", GOOD.sha256)
    assert floors.below(GOOD, pinned) == []


@pytest.mark.parametrize(
    ("name", "value", "fails"),
    [
        ("deaths_exact", 83.5, False),
        ("deaths_exact", 83.4, True),
        ("deaths_mae", 0.236, True),
        ("deaths_mae", 0.1, False),
        ("alarms", 4, True),
        ("speed", 1, False),
    ],
)
def test_below(pinned: Path, name: str, value: float, fails: bool) -> None:
    assert bool(floors.below(changed(name, value), pinned)) is fails


def test_a_figure_that_is_gone_fails(pinned: Path) -> None:
    lines = floors.below(replace(GOOD, figures=()), pinned)
    assert len(lines) == 3


def test_floors_hold_for_their_data_and_all_of_it_only(pinned: Path) -> None:
    worse = changed("deaths_exact", 1)
    assert floors.below(replace(worse, sha256="cd"), pinned) == []
    assert floors.below(replace(worse, whole=False), pinned) == []
    assert not floors.applies(replace(worse, sha256="cd"), pinned)


def test_changing_a_floor_keeps_what_stood_before(pinned: Path) -> None:
    floors.pin([changed("deaths_exact", 60)], "the key was corrected", pinned)
    floors.pin([replace(GOOD, whole=False)], "never", pinned)
    table = json.loads(pinned.read_text("utf-8"))["satp"]
    assert (table["floors"]["deaths_exact"], table["reason"]) == (60, "the key was corrected")
    assert [old["reason"] for old in table["before"]] == ["first"]


def test_the_page_keeps_what_it_did_not_measure(tmp_path: Path) -> None:
    path = tmp_path / "docs" / "figures.md"
    page.write({"bench:add": "### Adding\n\nbefore"}, path)
    page.write({"eval:satp": page.block(GOOD), "eval:places": "### Places"}, path)
    page.write({"bench:add": "### Adding\n\nnew"}, path)
    text = path.read_text("utf-8")
    assert "before" not in text
    assert text.index("## Quality") < text.index("### Deaths") < text.index("### Places")
    assert text.index("## Speed") < text.index("### Adding")
    assert "| exact | 83.7% |" in text
    assert "ConfliBERT" in text
    page.write({}, path)
    assert path.read_text("utf-8") == text


def test_peers_name_known_figures() -> None:
    assert "Flan-T5-Large" in peers("satp", "deaths_mae")
    assert peers("satp", "nothing") == ""
    assert all(len(words.split()) > 1 for row in _table().values() for words in row)


def test_the_fingerprint_depends_on_names_and_bytes(tmp_path: Path) -> None:
    one, two = tmp_path / "a", tmp_path / "b"
    one.write_text("x", encoding="utf-8")
    two.write_text("y", encoding="utf-8")
    assert fingerprint([one, two]) == fingerprint([two, one])
    assert fingerprint([one]) != fingerprint([two])


def test_a_missing_corpus_is_skipped(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for words in (
        ["satp", str(tmp_path / "none.csv")],
        ["polnear", str(tmp_path / "none")],
        ["language", str(tmp_path / "none")],
        ["places", str(tmp_path / "none.xml")],
        ["facts", str(tmp_path / "none.json"), str(tmp_path)],
        ["muc4", "--texts", str(tmp_path), "--keys", str(tmp_path)],
    ):
        assert command.main(words) == command.OK
        assert "skipped: no " in capsys.readouterr().out


@pytest.mark.parametrize(("value", "code"), [(83.7, command.OK), (20, command.FAILED)])
def test_below_a_floor_is_exit_1(
    monkeypatch: pytest.MonkeyPatch, pinned: Path, value: float, code: int
) -> None:
    measured = changed("deaths_exact", value)
    monkeypatch.setattr(command, "_runs", lambda _: {"satp": lambda _options, _say: measured})
    monkeypatch.setattr(floors, "FLOORS", pinned)
    assert command.main(["satp"]) == code
