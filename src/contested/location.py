"""Where a record is: a file, or a database on a server, whose password is never shown."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote

from contested.errors import UsageError

SCHEMES = ("postgresql", "postgres")
HOW = (
    "Write postgresql://USER@HOST:PORT/DATABASE; signs such as @ : / ? % in a name or password "
    "are written %40 %3A %2F %3F %25."
)

_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*)://")
_ADDRESS = re.compile(
    r"(?P<scheme>[a-z]+)://"
    r"(?:(?P<user>[^:@/?]*)(?::(?P<password>[^:@/?]*))?@)?"
    r"(?P<hosts>[^@/?]*)(?:/(?P<database>[^@/?]*))?(?:\?(?P<query>[^@?]*))?"
)
_PORTS = re.compile(r"(?:(?:\[[^\]]*\]|[^:\[\],]*)(?::\d*)?(?:,|$))*")
_SECRET = ("password", "sslpassword")


@dataclass(frozen=True, slots=True)
class Address:
    """A record on a PostgreSQL server. As text it shows everything but passwords."""

    url: str = field(repr=False)
    """What the driver understands: the address as given, without `schema`."""
    shown: str
    schema: str | None = None
    """The schema that holds the record; None for the first one that the user may use."""
    secrets: tuple[str, ...] = field(default=(), repr=False)
    """Everything that no message may hold."""

    def __str__(self) -> str:
        return self.shown


Location = Path | Address


def located(given: str | Path | Address) -> Location:
    """Where `given` leads. Raises UsageError for an address that no record can have."""
    if isinstance(given, Address):
        return given
    found = _SCHEME.match(given) if isinstance(given, str) else None
    if isinstance(given, str) and found is not None:
        return _address(given, found[1].lower())
    path = Path(given)
    if path.parts and path.parts[0].rstrip(":") in SCHEMES and path.parts[0].endswith(":"):
        raise UsageError(f"{path.parts[0]}// is no file. Give the address as text, not as a path.")
    return path


def _address(given: str, scheme: str) -> Address:
    if scheme not in SCHEMES:
        raise UsageError(
            f"{scheme}:// is no place for a record. Name a file, or a database on a PostgreSQL "
            "server: postgresql://USER@HOST/DATABASE."
        )
    found = _ADDRESS.fullmatch(scheme + given[len(scheme) :])
    if found is None or not _PORTS.fullmatch(found["hosts"]):
        # Nothing of it is repeated here: what could not be understood may hold the password.
        raise UsageError(f"The {scheme}:// address cannot be understood. {HOW}")
    pairs = [pair for pair in (found["query"] or "").split("&") if pair]
    schemas = [unquote(pair.partition("=")[2]) for pair in pairs if _name(pair) == "schema"]
    if schemas and not schemas[-1]:
        raise UsageError("?schema= is empty. Name the schema that holds the record.")
    passed = [pair for pair in pairs if _name(pair) != "schema"]
    secret = [found["password"], *(p.partition("=")[2] for p in pairs if _name(p) in _SECRET)]
    open_pairs = [pair for pair in pairs if _name(pair) not in _SECRET]
    return Address(
        url=_joined(found, passed, f":{found['password']}" if found["password"] else ""),
        shown=_joined(found, open_pairs, ""),
        schema=schemas[-1] if schemas else None,
        secrets=tuple(part for each in secret if each for part in (each, unquote(each))),
    )


def _joined(found: re.Match[str], pairs: list[str], password: str) -> str:
    user = found["user"]
    who = "" if user is None else f"{user}{password}@"
    database = "" if found["database"] is None else f"/{found['database']}"
    query = f"?{'&'.join(pairs)}" if pairs else ""
    return f"{found['scheme']}://{who}{found['hosts']}{database}{query}"


def _name(pair: str) -> str:
    return unquote(pair.partition("=")[0]).lower()
