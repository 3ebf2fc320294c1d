"""The program as a process of its own: streams, pipes and exit codes."""

from __future__ import annotations

import os
import subprocess
import sys

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
