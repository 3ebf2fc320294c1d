"""Apache Spark, for work that is shared among machines: started, shared and stopped here.

Spark runs once in a process. Whoever needs it takes a share (`Cluster`); it starts when a share
is first used and stops with the last one. It runs in a Java process of its own, whose words go
into a file without a name and not onto the user's terminal.
"""

from __future__ import annotations

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import warnings
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from contested.errors import EngineError

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

JAVA = 17
"""The oldest version of Java that Spark runs on."""
ANSWER_SECONDS = 10
"""How long a master may take to answer."""
LOCAL_MEMORY = "3g"
"""How large Java may grow where it does all the work; as DuckDB in its place."""
_VERSION = re.compile(r'version "(?:1\.)?(\d+)')
_LOST = ("ModuleNotFoundError", "PYTHON_VERSION_MISMATCH", "contested.errors.")
_TAG = "contested"


def check(master: str) -> None:
    """Raise EngineError unless Spark can run here: its package, Java, a master that answers."""
    if find_spec("pyspark") is None:
        raise EngineError(
            f"--engine {master} needs Spark, which is not installed: pip install "
            "'contested[spark]'. Without --engine the work is done on this machine, without it."
        )
    _check_java(master)
    if master.startswith("spark://"):
        _check_master(master)


def java() -> str | None:
    """The Java program that Spark will use; None where there is none."""
    home = os.environ.get("JAVA_HOME")
    return shutil.which(str(Path(home) / "bin" / "java")) if home else shutil.which("java")


def _check_java(master: str) -> None:
    program = java()
    remedy = (
        f"Install Java {JAVA} or later (Debian: apt-get install openjdk-17-jre-headless) and, if "
        "it is not found then, set JAVA_HOME to its folder."
    )
    if program is None:
        home = os.environ.get("JAVA_HOME")
        where = f"there is no bin/java in JAVA_HOME={home}" if home else "there is no Java here"
        raise EngineError(f"--engine {master} needs Java, and {where}. {remedy}")
    try:
        told = subprocess.run(
            [program, "-version"], capture_output=True, text=True, timeout=60, check=False
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise EngineError(f"{program} does not run ({error}). {remedy}") from error
    found = _VERSION.search(told.stderr + told.stdout)
    if found is None or told.returncode:
        words = " ".join((told.stderr + told.stdout).split())[:200]
        raise EngineError(f"{program} does not say its version ({words}). {remedy}")
    if int(found[1]) < JAVA:
        raise EngineError(f"{program} is Java {found[1]}, too old for Spark. {remedy}")


def _check_master(master: str) -> None:
    """Spark itself would try for a minute, and say it in a hundred lines."""
    problem = ""
    for each in master.removeprefix("spark://").split(","):
        host, _, port = each.rpartition(":")
        try:
            socket.create_connection((host.strip("[]"), int(port)), ANSWER_SECONDS).close()
        except OSError as error:
            problem = f"{host}:{port}: {error.strerror or error}"
        else:
            return
    raise EngineError(
        f"No Spark master answers at {master} ({problem}). See that it runs and that the address "
        "is the one that its page shows, or leave --engine out to work on this machine."
    )


class Cluster:
    """A share in this process's Spark at `master`: ``local[2]`` or ``spark://HOST:PORT``."""

    def __init__(self, master: str) -> None:
        self.master = master
        self._session: SparkSession | None = None

    @property
    def session(self) -> SparkSession:
        """The session, started if need be. Raises EngineError."""
        if self._session is None:
            self._session = _ONE.take(self.master)
        return self._session

    @property
    def tasks(self) -> int:
        """How many tasks run at a time."""
        return int(self.session.sparkContext.defaultParallelism)

    def mark(self) -> None:
        """Mark what the calling thread has Spark do, so that `stop_jobs` ends it."""
        self.session.sparkContext.addJobTag(_TAG)

    def stop_jobs(self) -> None:
        """End what is being worked on and marked: nobody waits for it any more."""
        if self._session is not None:
            with suppress(EngineError), failures():
                self._session.sparkContext.cancelJobsWithTag(_TAG)

    def close(self) -> None:
        """Give the share back; a second call does nothing."""
        if self._session is not None:
            self._session = None
            _ONE.give_back()


@contextmanager
def failures() -> Iterator[None]:
    """Turn what Spark raises, when it or a machine fails, into EngineError.

    A bug in what runs on its machines is no failure of Spark, and is raised as it is.
    """
    from py4j.protocol import Py4JError
    from pyspark.errors import PySparkException, PythonException

    try:
        yield
    except PythonException as error:
        words = str(error)
        if not any(word in words for word in _LOST):
            raise
        raise EngineError(
            f"Spark's machines cannot run this program: {_last_line(words)} Install the same "
            f"Python ({sys.version_info.major}.{sys.version_info.minor}) and the same version of "
            "contested[spark] on each, and set PYSPARK_PYTHON to that Python."
        ) from error
    except (PySparkException, Py4JError, ConnectionError) as error:
        raise EngineError(
            f"Spark failed: {_first_line(error)} What was complete is kept: run it again, on a "
            f"cluster with more memory or without --engine.{_ONE.last_words()}"
        ) from error


def _first_line(error: Exception) -> str:
    cause = getattr(error, "java_exception", None)
    words = [line.strip() for line in str(cause or error).splitlines() if line.strip()]
    first = words[0][:300] if words else type(error).__name__
    return first if first.endswith(".") else f"{first}."


def _last_line(words: str) -> str:
    told = [line.strip() for line in words.splitlines() if any(word in line for word in _LOST)]
    return told[-1][:300] if told[-1].endswith(".") else f"{told[-1][:300]}."


class _One:
    """The one Spark of this process, and how many shares in it are held."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._master: str | None = None
        self._shares = 0
        self._session: SparkSession | None = None
        self._exits = ExitStack()

    def take(self, master: str) -> SparkSession:
        with self._lock:
            if self._session is not None and self._master != master:
                raise EngineError(
                    f"This program works with Spark at {self._master} already, and cannot with "
                    f"{master} at the same time. Close the first record before, or use one engine."
                )
            if self._session is None:
                check(master)
                self._start(master)
            self._shares += 1
            assert self._session is not None
            return self._session

    def give_back(self) -> None:
        with self._lock:
            self._shares -= 1
            if not self._shares:
                self._exits.close()

    def last_words(self) -> str:
        """What Java said last, if it is in trouble."""
        words = [w for w in _tail() if "ERROR" in w or "Exception" in w or "OutOfMemory" in w]
        return f" Spark's last words: {words[-1][:300]}" if words else ""

    def _start(self, master: str) -> None:
        from pyspark.sql import SparkSession

        theirs = SparkSession.getActiveSession()
        if theirs is not None:  # of the program that uses this package: not ours to stop
            self._session, self._master = theirs, theirs.sparkContext.master
            self._exits.callback(self._forget)
            return
        with ExitStack() as exits:
            folder = exits.enter_context(tempfile.TemporaryDirectory(prefix="contested-spark-"))
            exits.callback(self._forget)
            with failures():
                session = _session(master, folder)
            exits.callback(_stop, session)
            self._session, self._master = session, master
            self._exits = exits.pop_all()

    def _forget(self) -> None:
        self._session, self._master = None, None


def _session(master: str, folder: str) -> SparkSession:
    from pyspark import SparkConf, SparkContext
    from pyspark.errors import PySparkRuntimeError
    from pyspark.sql import SparkSession

    conf = SparkConf(loadDefaults=False)
    for key, value in options(master, folder).items():
        conf.set(key, value)
    before = os.environ.get("PYSPARK_PYTHON")
    if master.startswith("local"):
        os.environ["PYSPARK_PYTHON"] = sys.executable
    try:
        with _own_interrupts():
            context = SparkContext(conf=conf, gateway=_java_process(conf))
    except PySparkRuntimeError as error:
        raise EngineError(
            f"Java ended before Spark had begun. {' '.join(_tail())[-500:]}"
        ) from error
    finally:
        if before is None:
            os.environ.pop("PYSPARK_PYTHON", None)
        else:
            os.environ["PYSPARK_PYTHON"] = before
    return SparkSession(context)


def options(master: str, folder: str) -> dict[str, str]:
    """Spark's options. What a cluster's own configuration sets otherwise is left to it."""
    out = {
        "spark.master": master,
        "spark.app.name": "contested",
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.log.level": "ERROR",
        "spark.sql.warehouse.dir": f"{folder}/warehouse",
        "spark.sql.catalogImplementation": "in-memory",
        "spark.sql.session.timeZone": "UTC",
        "spark.driver.maxResultSize": "0",  # the scores of all pairs come here, however many
    }
    if master.startswith("local"):
        asked = master.removeprefix("local[").removesuffix("]")
        tasks = (os.cpu_count() or 1) if asked == "*" else int(asked)
        out |= {
            "spark.driver.host": "127.0.0.1",
            "spark.driver.bindAddress": "127.0.0.1",
            "spark.local.dir": folder,
            "spark.sql.shuffle.partitions": str(tasks),
            "spark.default.parallelism": str(tasks),
            "spark.driver.memory": os.environ.get("SPARK_DRIVER_MEMORY", LOCAL_MEMORY),
        }
    return out


@cache
def _words() -> int:
    """The file that the Java process writes into, without a name, as long as both live."""
    with tempfile.TemporaryFile() as file:
        return os.dup(file.fileno())


def _tail() -> list[str]:
    """The last lines that Java wrote."""
    size = os.fstat(_words()).st_size
    return os.pread(_words(), 20_000, max(0, size - 20_000)).decode("utf-8", "replace").splitlines()


def _java_process(conf: Any) -> Any:
    """The Java process, one in the life of this one, with which it ends."""
    from pyspark import SparkContext, java_gateway

    known: Any = SparkContext
    process = getattr(known._gateway, "proc", None)
    if process is not None and process.poll() is not None:  # it died: begin another
        known._gateway = known._jvm = None
    launch: Any = java_gateway.launch_gateway
    return known._gateway or launch(conf, popen_kwargs={"stdout": _words(), "stderr": _words()})


def _stop(session: SparkSession) -> None:
    """What cannot be stopped any more has ended by itself."""
    with suppress(EngineError), warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)
        with failures():
            session.stop()


@contextmanager
def _own_interrupts() -> Iterator[None]:
    """Spark takes Ctrl-C for itself when it starts: here it goes on meaning what it meant."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.getsignal(signal.SIGINT)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


_ONE = _One()

__all__ = ["Cluster", "check", "failures", "java"]
