"""`contested serve` as a process, and what it says when it cannot start."""

from __future__ import annotations

import re
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from starlette.testclient import TestClient
from typer.testing import CliRunner

from contested.cli import app
from contested.errors import ServeError

PROGRAM = [sys.executable, "-c", "from contested.cli import main; main()", "serve"]


def test_it_serves_until_it_is_stopped(path: Path) -> None:
    import httpx2

    command = [*PROGRAM, "--record", str(path), "--port", "0"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        try:
            assert process.stderr is not None
            address = process.stderr.readline().strip()
            assert re.fullmatch(r"http://127\.0\.0\.1:\d+/\?token=[\w-]{32}", address)
            with httpx2.Client(follow_redirects=True, trust_env=False) as client:
                page = client.get(address, timeout=30)
            assert "What needs a look" in page.text
            assert "server" not in page.headers
        finally:
            process.send_signal(signal.SIGINT)
        rest = process.stderr.read()
        assert process.wait(30) in (0, 130)
        assert "Traceback" not in rest


def test_refusals(path: Path, tmp_path: Path) -> None:
    def run(*words: str) -> str:
        result = CliRunner().invoke(app, ["serve", *words], prog_name="contested")
        assert result.exit_code in (1, 2)
        return result.stderr

    assert "Add a report" in run("--record", str(tmp_path / "none.sqlite"))
    with socket.create_server(("127.0.0.1", 0)) as busy:
        words = run("--record", str(path), "--port", str(busy.getsockname()[1]))
    assert "--port 0" in words


def test_a_missing_part_is_named(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "contested.serve.run", raising=False)
    monkeypatch.setitem(sys.modules, "uvicorn", None)
    result = CliRunner().invoke(app, ["serve", "--record", str(path)], prog_name="contested")
    assert result.exit_code == 1
    assert "pip install 'contested[serve]'" in result.stderr


def test_the_page_of_a_record_that_fails(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    from contested.record.briefs import Briefs

    def broken(*_: object) -> None:
        raise ServeError("The disk is gone. Plug it in.")

    monkeypatch.setattr(Briefs, "state", broken)
    answer = client.get("/incidents")
    assert answer.status_code == 503
    assert "Plug it in" in answer.text
