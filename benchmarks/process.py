"""Running a command as a whole process: how long it takes, and how much memory at the most."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

MEGABYTE = 2**20
LAUNCHER = """
import os, sys, time
began = time.perf_counter()
child = os.posix_spawn(
    sys.argv[1],
    sys.argv[1:],
    os.environ,
    file_actions=[(os.POSIX_SPAWN_OPEN, n, os.devnull, os.O_RDWR, 0) for n in (0, 1, 2)],
)
_, status, usage = os.wait4(child, 0)
print(os.waitstatus_to_exitcode(status), time.perf_counter() - began, usage.ru_maxrss,
      usage.ru_utime + usage.ru_stime)
"""


class CommandFailed(Exception):
    """The command that was to be measured did not succeed."""


@dataclass(frozen=True, slots=True)
class Run:
    """One finished process. `peak` is in bytes, of the largest process of its tree.

    `cpu` are the seconds that a core worked for it: the same however busy the machine is.
    """

    seconds: float
    peak: int
    cpu: float = 0.0

    @property
    def megabytes(self) -> float:
        """Its peak in megabytes (2**20 bytes)."""
        return self.peak / MEGABYTE


def program() -> str:
    """The `contested` that belongs to this Python."""
    return str(Path(sys.executable).with_name("contested"))


def run(command: Sequence[str], allowed: Sequence[int] = (0,)) -> Run:
    """Run `command` with its output thrown away. Raises CommandFailed.

    Peak memory is what the kernel reports when the process is waited for (wait4, ru_maxrss);
    with worker processes it is that of the largest one, not their sum. A small process in
    between starts it, because a child begins with the peak of the process that it left.
    """
    launcher = [sys.executable, "-S", "-E", "-c", LAUNCHER, *command]
    done = subprocess.run(launcher, stdin=subprocess.DEVNULL, capture_output=True, check=False)
    if done.returncode:
        raise CommandFailed(f"{' '.join(command)}: {done.stderr.decode(errors='replace')[-500:]}")
    code, seconds, peak, cpu = done.stdout.split()
    if int(code) not in allowed:
        raise CommandFailed(f"{' '.join(command)}: exit code {int(code)}")
    unit = 1 if sys.platform == "darwin" else 1024
    return Run(float(seconds), int(peak) * unit, float(cpu))
