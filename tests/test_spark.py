"""Spark asked for where it cannot be: said before any work is done, and nothing is lost."""

from __future__ import annotations

import pickle
import socket
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from typer.testing import CliRunner

from contested import spark
from contested.cli import app
from contested.errors import EngineError, NotEnglish, UsageError
from contested.extract import Extraction
from contested.model import Claim, Report, to_plain
from contested.pipeline import Record, distributed
from contested.settings import Settings

WRONG = ("spork", "local[0]", "local[x]", "local[]", "spark://host", "http://host:1", "yarn", " ")


@pytest.mark.parametrize("engine", WRONG)
def test_an_unknown_engine_names_the_known_ones(engine: str) -> None:
    with pytest.raises(UsageError, match=r"spark://HOST:PORT"):
        Settings(engine=engine)


@pytest.mark.parametrize("engine", [None, "local"])
def test_without_spark_nothing_of_it_is_needed(
    engine: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(spark, "find_spec", lambda _name: None)
    with Record.temporary(Settings(engine=engine)) as record:
        record.gather()
        assert record.stages.cluster is None


@pytest.mark.parametrize("engine", ["local[*]", "local[16]", "spark://a:7077,b:7077"])
def test_masters_are_understood(engine: str) -> None:
    assert Settings(engine=engine).master == engine


def java(folder: Path, words: str, monkeypatch: pytest.MonkeyPatch) -> None:
    program = folder / "bin" / "java"
    program.parent.mkdir()
    program.write_text(f"#!/bin/sh\necho '{words}' >&2\n")
    program.chmod(0o755)
    monkeypatch.setenv("JAVA_HOME", str(folder))


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ('openjdk version "11.0.2" 2019-01-15', "is Java 11, too old"),
        ('java version "1.8.0_292"', "is Java 8, too old"),
        ("Segmentation fault", "does not say its version"),
    ],
)
def test_an_old_or_broken_java_is_named(
    words: str, told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(spark, "find_spec", lambda _name: object())
    java(tmp_path, words, monkeypatch)
    with pytest.raises(EngineError, match=rf"{told}.*Install Java 17"):
        spark.check("local[2]")


def test_a_new_java_will_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spark, "find_spec", lambda _name: object())
    java(tmp_path, 'openjdk version "25" 2025-09-16', monkeypatch)
    spark.check("local[2]")


def test_without_the_package_its_name_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spark, "find_spec", lambda _name: None)
    with pytest.raises(EngineError, match=r"pip install 'contested\[spark\]'"):
        spark.check("local[2]")


def test_a_master_that_does_not_answer_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(spark, "find_spec", lambda _name: object())
    java(tmp_path, 'openjdk version "17.0.2" 2022-01-18', monkeypatch)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # bound and not listening: whoever knocks is sent away
        master = f"spark://127.0.0.1:{taken.getsockname()[1]}"
        with pytest.raises(EngineError, match=rf"No Spark master answers at {master}"):
            spark.check(master)


@pytest.mark.usefixtures("quick_stages")
@pytest.mark.parametrize("command", ["add", "extract", "gather"])
def test_without_java_the_record_stays_as_it_was(
    command: str, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(spark, "find_spec", lambda _name: object())
    place = tmp_path / "record.sqlite"
    with Record.open(place) as record:
        record.add([folder / "army.txt"])
        before = record.snapshot().sha256
    monkeypatch.setenv("JAVA_HOME", str(tmp_path / "nowhere"))
    monkeypatch.setenv("CONTESTED_RECORD", str(place))
    paths = [] if command == "gather" else [str(folder)]
    result = CliRunner().invoke(app, [command, *paths, "--engine", "local[2]"])
    assert result.exit_code == 1
    assert "needs Java" in result.stderr
    assert "openjdk-17-jre-headless" in result.stderr
    assert "Traceback" not in result.output
    with Record.open(place, create=False) as record:
        assert record.snapshot().sha256 == before


@pytest.mark.usefixtures("quick_stages")
@pytest.mark.parametrize("command", ["add", "gather"])
def test_without_java_no_empty_record_is_left(
    command: str, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(spark, "find_spec", lambda _name: object())
    monkeypatch.setenv("JAVA_HOME", str(tmp_path / "nowhere"))
    place = tmp_path / "new" / "record.sqlite"
    paths = [] if command == "gather" else [str(folder)]
    words = [command, *paths, "--engine", "local[*]", "--record", str(place)]
    assert CliRunner().invoke(app, words).exit_code == 1
    assert not place.parent.exists()


def test_an_unknown_engine_exits_as_misuse() -> None:
    result = CliRunner().invoke(app, ["gather", "--engine", "spork"])
    assert result.exit_code == 2
    assert "There is no engine 'spork'" in result.stderr


class Reader:
    """Stands for the extractor: gives what it was made with, or raises it."""

    def __init__(self, answer: Any) -> None:
        self.extractor = self
        self.answer = answer

    def extract(self, _report: Report) -> Extraction:
        if isinstance(self.answer, Exception):
            raise self.answer
        return Extraction(*self.answer)


def answers(answer: Any, report: Report, monkeypatch: pytest.MonkeyPatch) -> Any:
    """What comes back of a report over the way that it goes on Spark's machines."""
    monkeypatch.setattr(distributed, "stages_for", lambda _settings: Reader(answer))
    sent = pa.RecordBatch.from_pydict({"n": [3], "report": [distributed._dumped(to_plain(report))]})
    (back,) = distributed.read_batches(Settings(), [sent])
    (row,) = back.to_pylist()
    assert row["n"] == 3
    return distributed._answer(row)


def test_claims_come_back_as_they_were(
    army_report: Report, some_claims: list[Claim], monkeypatch: pytest.MonkeyPatch
) -> None:
    found = answers((some_claims, ["Élite – a note"]), army_report, monkeypatch)
    assert found == Extraction(some_claims, ["Élite – a note"])


def test_an_error_of_one_report_comes_back_as_it_was(
    army_report: Report, monkeypatch: pytest.MonkeyPatch
) -> None:
    error = NotEnglish("army.txt", "is not in English.", "Translate it.")
    found = answers(error, army_report, monkeypatch)
    assert type(found) is NotEnglish
    assert (str(found), found.problem) == (str(error), error.problem)


def test_what_is_sent_to_other_machines_holds_no_password() -> None:
    settings = Settings.from_env(
        {}, record="postgresql://ana:hidden@server/conflict", engine="local[2]"
    )
    assert b"hidden" in pickle.dumps(settings)
    assert b"hidden" not in pickle.dumps(distributed.sent_settings(settings))
