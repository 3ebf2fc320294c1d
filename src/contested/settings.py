"""Settings: what can be set, how it is called in the environment, and what it means.

Nothing is read at import. `Settings()` is the defaults, `Settings.from_env()` the defaults with
the ``CONTESTED_*`` variables over them; options of the command line go over both.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from contested.errors import UsageError
from contested.location import Location, located

PREFIX = "CONTESTED_"
LOCAL = "local"
PARALLEL_FROM = 20
"""More reports than this are read by several processes where `jobs` is 0."""
_MASTER = re.compile(r"local\[(?:\*|[1-9]\d{0,3})\]|spark://[^\s/,:]+:\d+(?:,[^\s/,:]+:\d+)*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What can be set. Each field is also an environment variable (see `variables`)."""

    record: Location = field(
        default=Path("contested.sqlite"),
        metadata={
            "meaning": "The record: one file that holds reports, claims and incidents, or "
            "postgresql://USER@HOST/DATABASE for one on a server."
        },
    )
    language: str | None = field(
        default=None,
        metadata={
            "meaning": "The English pipeline that reads the reports: `encoder` or `light`, which "
            "are bundled, or the name or folder of a spaCy pipeline. Unset: `encoder`."
        },
    )
    everything: bool = field(
        default=False,
        metadata={
            "meaning": "`yes`: paragraphs are read also where a quick look finds nothing to code "
            "in them. That takes several times as long on news of other things."
        },
    )
    jobs: int = field(
        default=1,
        metadata={
            "meaning": "Processes that read reports. 0: one a core when there are more than "
            f"{PARALLEL_FROM} reports, else one; so the command line does where nothing is set."
        },
    )
    max_bytes: int = field(
        default=50_000_000, metadata={"meaning": "A report of more bytes is refused."}
    )
    tables: Path | None = field(
        default=None,
        metadata={
            "meaning": "A folder with world tables of your own (actors, places), laid over the "
            "packaged ones."
        },
    )

    author: str | None = field(
        default=None,
        metadata={"meaning": "Who decides. Unset: the name with which one is logged in."},
    )

    engine: str | None = field(
        default=None,
        metadata={
            "meaning": "Where reports are read and accounts compared. Unset or `local`: here, by "
            "processes and DuckDB. `local[*]`, `local[4]` or `spark://HOST:PORT`: by Spark, with "
            "so many tasks at a time on this machine, or on the machines of that cluster."
        },
    )

    llm_endpoint: str | None = field(
        default=None,
        metadata={
            "meaning": "The base address of an OpenAI-compatible endpoint, as https://HOST/v1 or "
            "http://localhost:11434/v1. Nothing is sent there unless `--read-with` asks for it."
        },
    )
    llm_model: str | None = field(
        default=None,
        metadata={"meaning": "The language model, by the name that the endpoint has for it."},
    )
    llm_key: str | None = field(
        default=None,
        repr=False,
        metadata={
            "meaning": "The key for the endpoint, where it asks for one. It is kept nowhere."
        },
    )
    llm_prices: str | None = field(
        default=None,
        metadata={
            "meaning": "What a million tokens cost, sent and answered, and the currency: "
            "`0.15 0.60 USD`. Unset: costs are told in tokens alone."
        },
    )
    llm_seconds: int = field(
        default=120, metadata={"meaning": "So long an answer of the language model may take."}
    )

    def __post_init__(self) -> None:
        """Raise UsageError for an engine that there is not."""
        if self.master is not None and not _MASTER.fullmatch(self.master):
            raise UsageError(
                f"There is no engine {self.engine!r}. Choose {LOCAL} (this machine, without "
                "Spark), local[*] or local[4] (Spark on this machine), or spark://HOST:PORT."
            )

    @property
    def master(self) -> str | None:
        """The Spark master to work on; None where the work is done without Spark."""
        return None if self.engine in (None, LOCAL) else self.engine

    @classmethod
    def from_env(cls, env: Mapping[str, str] | None = None, **over: Any) -> Settings:
        """The defaults, then the environment, then `over`, where not None.

        Raises UsageError for a variable that cannot be understood or is not known.
        """
        env = os.environ if env is None else env
        known = {variable(f.name): f.name for f in fields(cls)}
        unknown = sorted(key for key in env if key.startswith(PREFIX) and key not in known)
        if unknown:
            raise UsageError(
                f"{', '.join(unknown)}: no such setting. There are {', '.join(sorted(known))}."
            )
        values = {name: _read(name, env[key]) for key, name in known.items() if env.get(key)}
        values.update({name: value for name, value in over.items() if value is not None})
        if "record" in values:
            values["record"] = located(values["record"])
        return cls(**values)


def variable(name: str) -> str:
    """The environment variable of the setting `name`."""
    return PREFIX + name.upper()


def variables() -> list[tuple[str, str, str, str]]:
    """Each setting: its name, its environment variable, its default and its meaning."""
    return [
        (f.name, variable(f.name), "" if f.default is None else str(f.default), _meaning(f))
        for f in fields(Settings)
    ]


def _meaning(one: Any) -> str:
    return str(one.metadata["meaning"])


def _read(name: str, text: str) -> Any:
    if name == "record":
        found = located(text)
        return found.expanduser() if isinstance(found, Path) else found
    if name == "tables":
        return Path(text).expanduser()
    if name == "everything":
        return _yes(name, text)
    if name not in ("jobs", "max_bytes", "llm_seconds"):
        return text
    try:
        number = int(text.replace("_", ""))
    except ValueError as error:
        raise UsageError(f"{variable(name)}={text}: write a whole number.") from error
    if number < 0:
        raise UsageError(f"{variable(name)}={text}: write 0 or more.")
    return number


def _yes(name: str, text: str) -> bool:
    known = {"yes": True, "true": True, "1": True, "no": False, "false": False, "0": False}
    found = known.get(text.strip().lower())
    if found is None:
        raise UsageError(f"{variable(name)}={text}: write yes or no.")
    return found
