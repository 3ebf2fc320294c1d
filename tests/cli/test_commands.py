"""The command line as people use it, with stand-ins for the slow stages."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from rich.console import Console
from rich.text import Text
from typer.testing import CliRunner, Result

from contested.cli import app
from contested.cli.adding import differing, most_telling
from contested.cli.layout import Column, plain_lines, print_table
from contested.model import from_plain, incident_from_plain
from tests.analyse.samples import incident, toll

pytestmark = pytest.mark.usefixtures("quick_stages")

Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs the program in an empty folder."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("CONTESTED_RECORD", raising=False)

    def call(*words: str | Path, code: int = 0) -> Result:
        result = CliRunner().invoke(app, [str(word) for word in words], prog_name="contested")
        if result.exception and not isinstance(result.exception, SystemExit):
            raise result.exception
        assert result.exit_code == code, result.output
        assert "Traceback" not in result.output
        return result

    return call


@pytest.fixture
def filled(run: Run, folder: Path) -> Run:
    run("add", folder / "army.txt", folder / "ttp.txt")
    return run


def lines(result: Result) -> list[dict[str, object]]:
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_add_tells_what_was_found_and_skipped(run: Run, folder: Path) -> None:
    result = run("add", folder, code=1)
    assert result.stdout == ""
    assert "2 new, 1 skipped" in result.stderr
    assert "1 in the record, 1 disputed" in result.stderr
    assert "skipped empty.txt" in result.stderr
    again = run("add", folder / "army.txt")
    assert "1 already there" in again.stderr


def test_add_notes(run: Run, tmp_path: Path) -> None:
    report = tmp_path / "calm.txt"
    report.write_text("The weather was fine in the whole of the country, and nobody was hurt.")
    assert "--notes lists them" in run("add", report).stderr
    fresh = run("add", report, "--notes", "--record", tmp_path / "other.sqlite")
    assert "note on calm.txt: Nothing in it could be coded." in fresh.stderr


def test_notes_stay_in_reach(run: Run, tmp_path: Path) -> None:
    report = tmp_path / "calm.txt"
    report.write_text("The weather was fine in the whole of the country, and nobody was hurt.")
    run("add", report)
    said = "Nothing in it could be coded."
    assert f"note on calm.txt: {said}" in run("reports", "--notes").stderr
    assert said in run("show", "calm.txt").stdout
    assert "contested reports --notes" in run("add", report, "--notes").stderr
    assert said in str(lines(run("reports", "-f", "jsonl"))[0]["notes"])


def test_another_method_is_told_before(
    filled: Run, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from contested.pipeline import Stages

    monkeypatch.setattr(type(Stages.extractor), "method", "rules-1/b-1/t2")
    assert "2 reports of the record were read with other" in filled("add", folder, code=1).stderr
    monkeypatch.setattr(type(Stages.extractor), "method", "rules-1/b-1/t3")
    words = filled("add", folder, code=1).stderr
    assert words.startswith("2 reports of the record were read with other tables.")


def test_a_pdf_beside_reports_is_no_failure(run: Run, folder: Path) -> None:
    (folder / "empty.txt").unlink()
    (folder / "map.pdf").write_bytes(b"%PDF-1.7")
    assert "passed over map.pdf" in run("add", folder).stderr
    assert "passed over map.pdf" in run("extract", folder).stderr
    run("add", folder / "map.pdf", code=1)


def test_an_empty_answer_says_why(filled: Run) -> None:
    words = filled("claims", "--place", "Kuram").stderr
    assert "Did you mean Kurram" in words
    assert "contested add" not in words
    assert "No type is called" in filled("incidents", "--type", "ambussh", code=2).stderr
    assert "without a date" not in filled("incidents", "--since", "2025").stderr


def test_what_has_no_place_is_counted_where_a_place_is_asked_for(filled: Run) -> None:
    rows = lines(filled("claims", "-f", "jsonl"))
    lost = sum("where" in row and row["where"] is None for row in rows)
    told = filled("claims", "--place", "PK").stderr
    assert ("without a place left out by --place" in told) == (lost > 0)
    assert not lost or f"{lost} without a place" in told
    assert "without a place" not in filled("claims").stderr


@pytest.mark.parametrize("width", [40, 60, 80, 100, 200])
@pytest.mark.parametrize("words", [("incidents",), ("claims",), ("reports",), ("search", "killed")])
def test_tables_break_no_word(
    filled: Run, words: tuple[str, ...], width: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = {word.rstrip(":,") for word in filled(*words).stdout.split()}
    monkeypatch.setenv("COLUMNS", str(width))
    shown = filled(*words).stdout
    assert not {word for word in shown.split() if word.rstrip(":,") not in whole}
    assert all(len(line) <= width for line in shown.splitlines())
    assert re.search(r"\b[icr]-[0-9a-f]{12}\b", shown)


def test_extract_prints_claims_only(run: Run, folder: Path, tmp_path: Path) -> None:
    result = run("extract", folder, "--format", "jsonl", code=1)
    claims = [from_plain(plain) for plain in lines(result)]
    assert {claim.name for claim in claims} == {"army.txt", "ttp.txt"}
    assert "skipped empty.txt" in result.stderr
    assert not (tmp_path / "contested.sqlite").exists()
    assert "id,report,name" in run("extract", folder / "army.txt", "--format", "csv").stdout
    run("extract", folder, "--format", "table", code=2)


def test_incidents_from_the_record_and_from_files(filled: Run, folder: Path) -> None:
    from_record = lines(filled("incidents", "--format", "jsonl"))
    from_files = lines(filled("incidents", folder / "army.txt", folder / "ttp.txt", "-f", "jsonl"))
    assert from_record == from_files
    assert incident_from_plain(from_record[0]).disputed


def test_claims_from_files_leave_no_record(run: Run, folder: Path, tmp_path: Path) -> None:
    assert len(lines(run("claims", folder / "army.txt", "-f", "jsonl"))) == 2
    assert not list(tmp_path.glob("*.sqlite"))


def test_table_has_marks_with_words(filled: Run) -> None:
    table = filled("incidents").stdout
    assert "▨ disputed" in table
    assert "security forces killed: 11–22, best 11 (lowest credible)" in table


@pytest.mark.parametrize("command", ["claims", "incidents", "reports", "statistics", "agreements"])
@pytest.mark.parametrize("form", ["table", "json", "jsonl", "csv"])
def test_every_list_in_every_format(filled: Run, command: str, form: str) -> None:
    printed = filled(command, "--format", form).stdout
    if form == "json":
        assert isinstance(json.loads(printed), list)
    elif form == "csv":
        rows = list(csv.reader(io.StringIO(printed)))
        assert all(len(row) == len(rows[0]) for row in rows)


@pytest.mark.parametrize("form", ["json", "jsonl", "csv"])
@pytest.mark.parametrize("words", [("search", "ambush"), ("actors", "ttp"), ("places", "kurram")])
def test_other_lists(filled: Run, words: tuple[str, ...], form: str) -> None:
    assert "ttp" in filled(*words, "--format", form).stdout.lower() or words[0] == "places"


def test_actors_give_id_and_parent(run: Run) -> None:
    found = {str(row["id"]): row["parent"] for row in lines(run("actors", "-f", "jsonl"))}
    assert found["pakistan-military"]
    assert lines(run("actors", "TTP", "--format", "jsonl"))[0]["id"] == "ttp"


def test_filters_and_their_mistakes(filled: Run) -> None:
    assert lines(filled("incidents", "--actor", "TTP", "--since", "2025", "-f", "jsonl"))
    assert not lines(filled("incidents", "--since", "2026", "-f", "jsonl"))
    assert "No incidents" in filled("incidents", "--place", "FR").stderr
    assert len(lines(filled("claims", "--kind", "casualties", "--limit", "1", "-f", "jsonl"))) == 1
    assert len(lines(filled("claims", "--speaker", "army", "-f", "jsonl"))) == 2
    assert "choose" in filled("claims", "--kind", "nonsense", code=2).stderr
    assert "choose" in filled("incidents", "--status", "foiled", code=2).stderr
    assert "no date" in filled("incidents", "--since", "yesterday", code=2).stderr
    assert "No actor" in filled("incidents", "--actor", "nobody at all", code=2).stderr


def test_show(filled: Run) -> None:
    incident = lines(filled("incidents", "-f", "jsonl"))[0]
    shown = filled("show", str(incident["id"])).stdout
    for words in (
        "▨ disputed",
        "KILLED, security forces",
        "“The army said 11",
        "army.txt",
        "best 11 (lowest credible)",
        "RESPONSIBILITY",
        "WHY ONE INCIDENT",
        "+6.1",
        "ORIGINS",
    ):
        assert words in shown
    claim = str(incident["claims"][0])  # type: ignore[index]
    assert "[The army said 11" in " ".join(filled("show", claim).stdout.split())
    report = filled("show", "army.txt").stdout
    assert "CLAIMS  2" in report
    assert json.loads(filled("show", claim, "--format", "json").stdout)["id"] == claim
    assert "no" in filled("show", "c-123456", code=1).stderr


def test_gather_and_rules(filled: Run, folder: Path) -> None:
    assert "1 disputed (lowest_credible)" in filled("gather").stderr
    for command in (("gather",), ("add", folder)):
        told = " ".join(filled(*command, "--rule", "latest", code=2).stderr.split())
        assert "contested decide rule latest --reason" in told
        assert "Choose" in filled(*command, "--rule", "wish", code=2).stderr
    assert "--rule" not in filled("gather", "--help").stdout


def test_no_record_says_what_to_do(run: Run) -> None:
    assert "Add a report" in run("incidents", code=1).stderr


def test_record_from_the_environment(
    run: Run, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CONTESTED_RECORD", str(tmp_path / "mine.sqlite"))
    run("add", folder / "army.txt")
    assert (tmp_path / "mine.sqlite").exists()
    assert lines(run("claims", "-f", "jsonl"))


def test_export(filled: Run, tmp_path: Path) -> None:
    filled("export", "--format", "csv", "-o", "tables/")
    assert {path.name for path in (tmp_path / "tables").iterdir()} == {
        "claims.csv",
        "incidents.csv",
        "figures.csv",
        "grades.csv",
        "reports.csv",
    }
    filled("export", "-f", "geojson", "-o", "map.geojson")
    features = json.loads((tmp_path / "map.geojson").read_text("utf-8"))["features"]
    assert features[0]["properties"]["radius_km"] == 40.0
    assert lines(filled("export", "-f", "jsonl", "--what", "claims", "-o", "-"))
    filled("export", "-f", "geojson", "--what", "reports", "-o", "x.json", code=2)
    filled("export", "-f", "xml", "-o", "x.xml", code=2)
    filled("export", "-o", "x.csv", "--what", "claims", "--what", "reports", code=2)
    filled("export", "-o", "tables/claims.csv/x.csv", code=1)


def test_sources(filled: Run) -> None:
    table = filled("sources").stdout
    assert "letter" in table
    rows = lines(filled("sources", "-f", "jsonl"))
    assert {"outlet", "speaker"} == {row["kind"] for row in rows}
    assert all(row["letter"] in "ABCDEF" and row["reason"] for row in rows)  # type: ignore[operator]
    assert len(list(csv.DictReader(io.StringIO(filled("sources", "-f", "csv").stdout)))) == len(
        rows
    )


def test_sources_tell_each_reason_once_and_fit(
    filled: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    table = filled("sources").stdout
    assert max(map(len, table.splitlines())) <= 80
    rows = lines(filled("sources", "-f", "jsonl"))
    said = " ".join(table.split())
    for reason in {str(row["reason"]) for row in rows}:
        assert said.count(reason) == 1
    assert all(str(row["name"]).split()[0] in said for row in rows)
    assert "(1) F, by the packaged table: " in said


def test_show_tells_both_signs_and_who_set_them(filled: Run) -> None:
    claim = lines(filled("claims", "--kind", "casualties", "-f", "jsonl"))[0]
    shown = " ".join(filled("show", str(claim["id"])).stdout.split())
    assert "source F, reliability cannot be judged" in shown
    assert "claim 6, truth cannot be judged" in shown
    assert "set by the packaged table" in shown
    assert "[F6]" in filled("show", "i-000000000001").stdout


def test_a_rule_is_one_of_the_list(filled: Run) -> None:
    given = ("decide", "rule", "guess", "--reason", "x")
    assert "median_of_origins" in filled(*given, code=2).stderr
    assert "party_bias" in filled("decide", "rule", "--help").stdout


@pytest.mark.parametrize("shape", ["claims", "incidents"])
def test_schema_is_json(run: Run, shape: str) -> None:
    assert json.loads(run("schema", shape).stdout)


def test_version_and_help(run: Run) -> None:
    assert run("--version").stdout.startswith("contested ")
    assert "Example" in run("incidents", "--help").stdout


def test_demo(run: Run) -> None:
    result = run("demo", "--jobs", "1")
    assert "demo/contested.sqlite" in result.stderr


def test_a_demo_shows_the_ten_most_telling_incidents() -> None:
    plain = [incident(f"i-{n:03}", "2025-10-08") for n in range(30)]
    told = replace(plain[20], claims=("c-1", "c-2", "c-3"))
    disputed = incident("i-999", None, toll(1, 1, 9, disputed=True), status="disputed")
    shown = most_telling([*plain[:20], told, *plain[21:25], disputed, *plain[26:]])
    assert len(shown) == 10
    assert shown[:2] == [disputed, told]


def test_an_interrupt_exits_130(run: Run, folder: Path) -> None:
    (folder / "ttp.txt").write_text("STOP " + (folder / "ttp.txt").read_text("utf-8"), "utf-8")
    assert "is kept" in run("add", folder / "army.txt", folder / "ttp.txt", code=130).stderr


@pytest.mark.parametrize("suffix", ["", "-wal", "-shm"])
def test_an_export_never_overwrites_the_record(run: Run, folder: Path, suffix: str) -> None:
    run("add", folder / "army.txt", "--record", "ref.db")
    Path("link.db").symlink_to("ref.db" + suffix)
    before = Path("ref.db").read_bytes()
    for target in (f"ref.db{suffix}", f"./reports/../ref.db{suffix}", "link.db"):
        result = run("export", "--what", "claims", "-o", target, "--record", "ref.db", code=2)
        assert "is the record itself" in result.stderr
    assert Path("ref.db").read_bytes() == before
    run("export", "-o", "", "--record", "ref.db", code=2)


def test_an_export_into_a_folder_never_overwrites_the_record(run: Run, folder: Path) -> None:
    run("add", folder / "army.txt", "--record", "out/reports.csv")
    run("export", "-o", "out/", "--record", "out/reports.csv", code=2)
    assert [path.name for path in Path("out").glob("*.csv")] == ["reports.csv"]


def test_a_full_disk_leaves_the_earlier_export(
    filled: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    filled("export", "-o", "x.csv")
    before = Path("x.csv").read_bytes()

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    assert "No space" in filled("export", "--what", "claims", "-o", "x.csv", code=1).stderr
    assert Path("x.csv").read_bytes() == before
    assert not list(Path().glob(".contested-*"))


@pytest.mark.parametrize("what", ["incidents", "claims", "agreements", "statistics"])
def test_a_list_of_paths_fails_where_one_cannot_be_read(run: Run, folder: Path, what: str) -> None:
    assert "skipped empty.txt" in run(what, folder, code=1).stderr
    run(what, folder / "army.txt")


def test_incidents_that_were_not_gathered_are_told(
    run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from contested.errors import DiskFull
    from contested.pipeline import Record

    def full(_: Record, **__: object) -> None:
        raise DiskFull("no room")

    with monkeypatch.context() as patch:
        patch.setattr(Record, "gather", full)
        run("add", folder / "army.txt", code=1)
    said = "not gathered after the last add; run `contested gather`"
    assert said in run("incidents").stderr
    run("gather")
    assert said not in run("incidents").stderr
    (folder / "calm.txt").write_text("The weather was fine in the whole of the country that day.")
    run("add", folder / "calm.txt")
    assert said not in run("incidents").stderr


@pytest.mark.parametrize("command", ["incidents", "claims", "reports", "search"])
def test_a_limit_beyond_all_numbers(filled: Run, command: str) -> None:
    words = ["soldiers"] if command == "search" else []
    assert "too large" in filled(command, *words, "--limit", 2**63, code=2).stderr
    filled(command, *words, "--limit", 2**63 - 1)


@pytest.mark.parametrize("command", ["add", "extract", "claims", "incidents"])
def test_an_empty_path_is_not_the_present_folder(run: Run, command: str) -> None:
    assert "a path is empty" in run(command, "", code=2).stderr
    assert not list(Path().glob("*.sqlite*"))


@pytest.mark.parametrize("record", ["contested.sqlite", "record.txt"])
def test_the_record_is_no_report(run: Run, folder: Path, record: str) -> None:
    (folder / "empty.txt").unlink()
    place = folder / record
    result = run("add", folder, "--record", place)
    again = run("add", folder, "--record", place)
    assert record not in (result.stderr + again.stderr).replace(str(place), "")
    assert "2 already there" in again.stderr


def test_a_name_cannot_steer_the_terminal(run: Run, folder: Path) -> None:
    name = "\x1b[2Jarmy\x9b1m\u202e.txt"
    (folder / "army.txt").rename(folder / name)
    (folder / "empty.txt").rename(folder / "\x1b[31mempty\nskipped ttp.txt")
    (folder / "no\x1b[1m.txt").write_bytes(b"")
    said = [run("add", folder, code=1), run("reports"), run("claims"), run("show", name)]
    said.append(run("add", folder / "gone\x1b[2J.txt", code=1))
    for result in said:
        assert not set(result.stdout + result.stderr) & set("\x1b\x9b\u202e")
    assert "\\x1b[2Jarmy\\x9b1m\\u202e.txt" in said[1].stdout
    assert "\nskipped ttp.txt" not in said[0].stderr
    exact = run("reports", "-f", "jsonl")
    assert name in {one["name"] for one in lines(exact)}


def test_in_a_pipe_columns_stand_under_each_other() -> None:
    """A cell that is longer than any column may be stands at the end, where it moves no other."""
    cells = {"a": ["1", "2"], "long": ["x" * 200, "y"], "id": ["i-1", "i-2"], "b": ["z" * 70, ""]}
    columns = [Column(head, 1, False, 0, list(map(Text, all_))) for head, all_ in cells.items()]
    lines = list(plain_lines(columns))
    assert lines[0].split() == ["a", "id", "b", "long"]
    assert lines[1].index("i-1") == lines[2].index("i-2") == lines[0].index("id")
    assert lines[1].index("x") == lines[2].index("y") == lines[0].index("long")


def test_a_narrow_table_keeps_to_few_lines_a_row() -> None:
    tall = Column("toll", 5, False, 2, [Text("many words take many lines " * 6)] * 6)
    rest = Column("id", 0, False, 0, [Text(f"i-{n}") for n in range(6)])
    for width, kept in ((40, False), (150, True)):
        screen = Console(width=width, file=io.StringIO())
        print_table(screen, [rest, tall])
        told = screen.file.getvalue()  # type: ignore[attr-defined]
        assert ("toll" in told) is kept
        assert told.count("\n") <= 1 + 6 * 3


@pytest.mark.parametrize(
    ("width", "shown", "not_shown"), [(40, "short", "toll"), (150, "toll", "short")]
)
def test_a_short_column_stands_in_for_a_long_one(width: int, shown: str, not_shown: str) -> None:
    tall = Column("toll", 5, False, 2, [Text("many words take many lines " * 6)] * 6)
    short = Column("short", 1, False, 0, [Text("11–22")] * 6, stands_for="toll")
    rest = Column("id", 0, False, 0, [Text(f"i-{n}") for n in range(6)])
    screen = Console(width=width, file=io.StringIO())
    print_table(screen, [rest, short, tall])
    told = screen.file.getvalue()  # type: ignore[attr-defined]
    assert shown in told
    assert not_shown not in told
    assert ["short"] not in [line.split()[1:2] for line in plain_lines([rest, short, tall])]


@pytest.mark.parametrize(
    ("other", "what"),
    [
        ("rules-1/encoder-2/aa/w", ["rules"]),
        ("rules-1/encoder-2/aa/v", ["rules", "weights"]),
        ("rules-1/encoder-2/aa", ["rules", "weights"]),
        ("rules-0/light-1/bb/w", ["language pipeline", "tables"]),
        ("model:any/7", ["methods"]),
    ],
)
def test_two_methods_differ_in_something_that_has_a_name(other: str, what: list[str]) -> None:
    assert differing("rules-0/encoder-2/aa/w", other) == what
