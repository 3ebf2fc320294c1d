"""The pages in a real browser, over the packaged sample: one server and one browser a session."""

from __future__ import annotations

import signal
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

pytest.importorskip("starlette", reason="needs the extra `serve`")

from contested.pipeline import Record
from contested.settings import Settings
from tests import browser as browsers
from tests.browser import Visitor

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The record of the packaged sample; made once, also where several processes test."""
    shared = tmp_path_factory.getbasetemp()
    if shared.name.startswith("popen-"):
        shared = shared.parent
    path, ready = shared / "sample.sqlite", shared / "sample.ready"
    try:
        (shared / "sample.lock").touch(exist_ok=False)
    except FileExistsError:
        until = time.monotonic() + 300
        while not ready.exists():
            assert time.monotonic() < until, "another process does not finish the sample"
            time.sleep(0.2)
        return path
    with (
        resources.as_file(resources.files("contested") / "data" / "sample") as folder,
        Record.open(path, settings=Settings(record=path)) as record,
    ):
        assert record.add([folder]).ok
    ready.touch()
    return path


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A browser without a window."""
    with browsers.chromium() as found:
        yield found


@pytest.fixture(scope="session")
def address(browser: Browser, sample: Path) -> Iterator[str]:  # noqa: ARG001 - skips first
    """The pages of the sample; nothing may be changed in it, for all tests share it."""
    with browsers.served(sample, changes=False) as found:
        yield found


@pytest.fixture(scope="session")
def desk(browser: Browser, address: str) -> Iterator[BrowserContext]:
    """A wide window."""
    with browsers.entered(browser, address) as found:
        yield found


@pytest.fixture(scope="session")
def telephone(browser: Browser, address: str) -> Iterator[BrowserContext]:
    """A narrow window."""
    with browsers.entered(browser, address, width=390) as found:
        yield found


@pytest.fixture
def visitor(desk: BrowserContext, address: str) -> Iterator[Visitor]:
    """Somebody who reads the sample."""
    with browsers.visitor(desk, address) as found:
        yield found


@pytest.fixture
def narrow(telephone: BrowserContext, address: str) -> Iterator[Visitor]:
    """Somebody who reads the sample on a telephone."""
    with browsers.visitor(telephone, address) as found:
        yield found


@pytest.fixture
def editor(desk: BrowserContext, sample: Path, tmp_path: Path) -> Iterator[Visitor]:
    """Somebody who may change a copy of the sample that is theirs alone."""
    own = tmp_path / "own.sqlite"
    with closing(sqlite3.connect(sample)) as one, closing(sqlite3.connect(own)) as other:
        one.backup(other)
    with browsers.served(own) as base, browsers.visitor(desk, base) as found:
        yield found


LONGEST = 60
"""Seconds that one test in the browser may take: a browser that hangs must not stop the rest."""


@pytest.fixture(autouse=True)
def _no_longer_than() -> Iterator[None]:
    def over(_signal: int, _frame: object) -> None:
        raise TimeoutError(f"The browser did not answer within {LONGEST} s.")

    before = signal.signal(signal.SIGALRM, over)
    signal.alarm(LONGEST)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)
