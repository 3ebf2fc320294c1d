"""A real PostgreSQL server for the tests, which start and stop it themselves."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import NoReturn

import psycopg
import pytest

VARIABLE = "TEST_POSTGRES"
"""A server that is there already: postgresql://…, for a user who may make schemas."""

LACKING = (
    "left out, because there is no PostgreSQL server: install one (Debian: apt-get install "
    f"postgresql), or name one that runs by {VARIABLE}=postgresql://USER@HOST/DATABASE"
)
NOBODY = 65534


@cache
def binaries() -> Path | None:
    """The folder of the newest server on this machine."""
    beside = shutil.which("initdb")
    found = [path.parent for path in Path("/usr/lib/postgresql").glob("*/bin/initdb")]
    newest = sorted(found, key=lambda path: int(path.parent.name))
    return newest[-1] if newest else Path(beside).resolve().parent if beside else None


def lacking() -> NoReturn:
    """Skip the test with what to install; where all must be tested, fail it."""
    if os.environ.get("CI"):
        pytest.fail(LACKING)
    pytest.skip(LACKING)


class Server:
    """A server of its own, reached by a socket in a folder of its own."""

    def __init__(self, folder: Path, programs: Path) -> None:
        self.folder = folder
        self._programs = programs
        self._user = NOBODY if os.geteuid() == 0 else None
        if self._user is not None:
            os.chown(folder, self._user, self._user)
        self._running: subprocess.Popen[bytes] | None = None
        self._run("initdb", "-D", "data", "-U", "owner", "-E", "UTF8", "--locale=C", "-N")
        with (folder / "data" / "pg_hba.conf").open("w") as access:
            access.write("local all guarded scram-sha-256\nlocal all all trust\n")
        self.start()

    def _run(self, program: str, *arguments: str) -> None:
        command = [str(self._programs / program), *arguments]
        done = subprocess.run(
            command,
            cwd=self.folder,
            user=self._user,
            group=self._user,
            extra_groups=None if self._user is None else [],
            capture_output=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr.decode()

    def start(self) -> None:
        """Start it and wait until it answers."""
        said = {"listen_addresses": "", "fsync": "off", "unix_socket_directories": self.folder}
        options = [part for key, value in said.items() for part in ("-c", f"{key}={value}")]
        with (self.folder / "log").open("ab") as log:
            self._running = subprocess.Popen(
                [str(self._programs / "postgres"), "-D", "data", *options],
                cwd=self.folder,
                user=self._user,
                group=self._user,
                extra_groups=None if self._user is None else [],
                stdout=log,
                stderr=log,
            )
        until = time.monotonic() + 60
        while True:
            try:
                psycopg.connect(self.url("postgres")).close()
            except psycopg.OperationalError:
                assert self._running.poll() is None, (self.folder / "log").read_text()
                assert time.monotonic() < until, "the server does not start"
                time.sleep(0.05)
            else:
                return

    def stop(self, how: signal.Signals = signal.SIGQUIT) -> None:
        """Stop it at once, in the middle of whatever it does."""
        if self._running is not None:
            self._running.send_signal(how)
            self._running.wait(60)
            self._running = None

    def url(self, database: str = "postgres", user: str = "owner") -> str:
        """The address of a database."""
        return f"postgresql://{user}@/{database}?host={self.folder}"


@contextmanager
def server() -> Iterator[Server]:
    """A server that runs, and is gone at the end."""
    programs = binaries()
    if programs is None:
        lacking()
    folder = Path(tempfile.mkdtemp(prefix="contested-pg-"))
    running = None
    try:
        running = Server(folder, programs)
        yield running
    finally:
        if running is not None:
            running.stop()
        shutil.rmtree(folder)


@contextmanager
def base() -> Iterator[str]:
    """The address of a database in which schemas can be made."""
    if given := os.environ.get(VARIABLE):
        yield given
        return
    with server() as own:
        yield own.url()


@contextmanager
def schema(url: str) -> Iterator[str]:
    """The address of a schema that is gone at the end."""
    name = f"t_{uuid.uuid4().hex[:12]}"
    try:
        yield f"{url}{'&' if '?' in url else '?'}schema={name}"
    finally:
        with psycopg.connect(url) as connection:
            connection.execute(f'DROP SCHEMA IF EXISTS "{name}" CASCADE'.encode())
