"""The program as a process of its own: streams, pipes and exit codes."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

PROGRAM = [sys.executable, "-c", "from contested.cli import main; main()"]


def test_a_closed_pipe_is_quiet() -> None:
    with subprocess.Popen(
        [*PROGRAM, "actors", "--format", "jsonl"], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait(60) == 0


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "utf-8"])
def test_output_is_utf8_whatever_the_locale(encoding: str) -> None:
    result = subprocess.run(
        [*PROGRAM, "actors", "--help"],
        capture_output=True,
        env={**os.environ, "PYTHONIOENCODING": encoding},
        check=True,
    )
    assert "│" in result.stdout.decode("utf-8")


def test_an_unknown_setting_is_told() -> None:
    result = subprocess.run(
        [*PROGRAM, "actors"],
        capture_output=True,
        env={**os.environ, "CONTESTED_RECROD": "x"},
        check=False,
    )
    assert result.returncode == 2
    assert b"CONTESTED_RECROD" in result.stderr
    assert b"Traceback" not in result.stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no full device here")
@pytest.mark.parametrize(
    "words",
    [["actors", "--format", "jsonl"], ["extract", "no-such-file"], ["--help"], ["add", "--help"]],
)
def test_a_full_device_is_told(words: list[str]) -> None:
    with Path("/dev/full").open("w") as full:
        result = subprocess.run(
            [*PROGRAM, *words], stdout=full, stderr=subprocess.PIPE, check=False
        )
    assert result.returncode == 1
    assert b"Traceback" not in result.stderr
    assert b"Exception ignored" not in result.stderr
    assert (b"no room left" in result.stderr) == (words[0] != "extract")


def test_a_closed_standard_input_is_told() -> None:
    result = subprocess.run(
        ["sh", "-c", '"$@" <&-', "sh", *PROGRAM, "extract", "-"], capture_output=True, check=False
    )
    assert result.returncode == 1
    assert b"Traceback" not in result.stderr
    assert b"stdin" in result.stderr
