"""How errors leave the program: our own as one line, a closed pipe in silence, bugs in full."""

from __future__ import annotations

import errno
import io
import os
import sys
from typing import Any, TextIO

import typer
from typer.core import TyperGroup

from contested.cli.visible import visible
from contested.errors import ContestedError, UsageError

FAILED, MISUSED, INTERRUPTED = 1, 2, 130
_NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


class Commands(TyperGroup):
    """A group of commands that says what went wrong without a traceback."""

    def invoke(self, ctx: Any) -> Any:
        """Run the command; exit 1 for an error of our own, 2 for one of usage."""
        try:
            try:
                value = super().invoke(ctx)
            finally:
                if sys.stdout is not None:
                    sys.stdout.flush()
        except BrokenPipeError:
            _close_quietly()
            raise typer.Exit(0) from None
        except typer.BadParameter as error:
            error.message = error.message.removeprefix("Value error, ")
            raise
        except ContestedError as error:
            typer.echo(visible(f"contested: {error}"), err=True)
            raise typer.Exit(MISUSED if isinstance(error, UsageError) else FAILED) from None
        else:
            return value

    def main(self, *args: Any, **options: Any) -> Any:
        """Run the program; exit 1 where its output, or its help, found no room."""
        try:
            try:
                return super().main(*args, **options)
            finally:
                if sys.stdout is not None and not sys.stdout.closed:
                    sys.stdout.flush()
        except OSError as error:
            if error.errno not in _NO_ROOM:
                raise
            _close_quietly()
            typer.echo(
                f"contested: There is no room left to write the output ({error.strerror}); what "
                "was written of it is not whole. Free some space and try again.",
                err=True,
            )
            sys.exit(FAILED)


def _close_quietly() -> None:
    """Whoever read our output has seen enough; what is still to be flushed goes nowhere."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, sys.stdout.fileno())
    except (io.UnsupportedOperation, ValueError):
        pass
    finally:
        os.close(nowhere)


def prepare_streams(*streams: TextIO) -> None:
    """Write UTF-8 to files and pipes; on a terminal of another encoding replace what it lacks."""
    for stream in streams:
        if isinstance(stream, io.TextIOWrapper):
            if stream.isatty():
                stream.reconfigure(errors="replace")
            else:
                stream.reconfigure(encoding="utf-8")
