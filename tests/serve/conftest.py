"""A filled record behind the app, with and without its token."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

pytest.importorskip("starlette", reason="needs the extra `serve`")

from starlette.testclient import TestClient

from contested import Record
from contested.pipeline.stages import Stages
from contested.record import SqlStore
from contested.serve.app import create_app
from contested.settings import Settings
from tests.serve.samples import build

TOKEN = "secret-of-this-test"
BASE = "http://127.0.0.1:8710"


@pytest.fixture(scope="session")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    found = tmp_path_factory.mktemp("serve") / "record.sqlite"
    build(found)
    return found


@pytest.fixture
def record(path: Path) -> Iterator[Record]:
    with Record(SqlStore.open(path, create=False, read_only=True), Stages(Settings())) as opened:
        yield opened


@pytest.fixture
def stranger(record: Record) -> TestClient:
    """Somebody without the token."""
    return TestClient(create_app(record, TOKEN), base_url=BASE, follow_redirects=False)


@pytest.fixture
def client(stranger: TestClient) -> TestClient:
    """Somebody who opened the printed address."""
    assert stranger.get(f"/?token={TOKEN}").status_code == 303
    return stranger
