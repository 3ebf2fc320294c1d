"""Helpers of the ingest tests."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest

from contested.errors import InputError
from contested.ingest import Captured, IngestOptions, Refused, ingest
from contested.model.report import Report

OPTIONS = IngestOptions(today=dt.date(2025, 12, 1))


@pytest.fixture
def write(tmp_path: Path) -> Callable[[str, str | bytes], Path]:
    """Writes a file under the test's folder."""

    def put(name: str, content: str | bytes) -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return put


@pytest.fixture
def one() -> Callable[..., Report]:
    """The one report at a path."""

    def read(path: Path | str, options: IngestOptions = OPTIONS) -> Report:
        (found,) = ingest([path], options)
        assert isinstance(found, Captured), found
        return found.report

    return read


@pytest.fixture
def refusal() -> Callable[..., InputError]:
    """The one refusal at a path; its message names the file and what to do."""

    def read(path: Path | str, options: IngestOptions = OPTIONS) -> InputError:
        (found,) = ingest([path], options)
        assert isinstance(found, Refused), found
        assert str(found.error).startswith(found.name)
        assert found.error.remedy.endswith((".", ")."))
        return found.error

    return read
