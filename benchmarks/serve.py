"""The pages over a large record: how long they take at 20 requests a second, and what they weigh.

The load is an open loop: a request is due at its time whether or not those before it are answered,
and is timed from when it was due. So a server that falls behind is seen to.
"""

from __future__ import annotations

import contextlib
import gzip
import http.client
import json
import os
import random
import re
import shutil
import statistics
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

from benchmarks import scale
from benchmarks.generate import HELD_BACK_SEED
from benchmarks.process import CommandFailed, program
from contested.pipeline import Record
from evaluation.page import table

RATE, SECONDS, SEED = 20, 60, 1
SHARES = {"lists": 40, "incident pages": 20, "search": 20, "map": 10, "overview": 10}
"""How many of a hundred requests are for which kind of page."""
WAIT, WORKERS = 120, 64
_LINKED = re.compile(
    r'(?:href|src|data-world|data-labels|data-worker)="(/(?:static|api/map)/[^"]+)"'
)
WORDS = (
    "soldiers killed", '"armed clash"', "hospital", "market", "checkpoint", "shelling civilians",
    "convoy", '"according to"', "bomb*", "commander", "villagers fled", "ambush",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Answered:
    """One request: its kind, the seconds from when it was due, and whether it was answered."""

    kind: str
    seconds: float
    status: int


@dataclass(frozen=True, slots=True)
class Result:
    """What was measured on a record of so many incidents and claims."""

    incidents: int
    claims: int
    ready: float
    answered: tuple[Answered, ...]
    weights: Mapping[str, int]
    megabytes: float


def measure(claims: int, ucdp: Path, cache: Path) -> Result:
    """Serve a gathered record of `claims` claims, and ask for its pages.

    The record is gathered once and kept in `cache`. Raises NoData, CommandFailed or RecordError.
    """
    path = gathered(claims, ucdp, cache)
    with Record.open(path, create=False) as record:
        counts = record.counts()
    with _served(path) as (server, process):
        ready = server.until_ready()
        asked = list(_addresses(server, RATE * SECONDS))
        answered = _load(server, asked)
        weights = {kind: server.weight(path) for kind, path in _first_of_each(asked).items()}
        peak = _peak(process.pid)
    found = sum(counts.incidents.values()), sum(counts.claims.values())
    return Result(*found, ready, tuple(answered), weights, peak)


def gathered(claims: int, ucdp: Path, cache: Path) -> Path:
    """The record of that many claims with its incidents, made if it is not in `cache`."""
    path = cache / f"gathered-{HELD_BACK_SEED}-{claims}.sqlite"
    if path.exists():
        return path
    unfinished = path.with_suffix(".unfinished")
    shutil.copyfile(scale.build(claims, ucdp, cache), unfinished)
    with Record.open(unfinished, create=False) as record:
        record.gather()
    unfinished.rename(path)
    return path


@dataclass(frozen=True, slots=True)
class Server:
    """A served record, and the token that opens it."""

    host: str
    token: str

    def get(self, path: str) -> tuple[int, Mapping[str, str], bytes]:
        """Status, headers and body of an address, packed where the server packs it."""
        connection = http.client.HTTPConnection(self.host, timeout=WAIT)
        try:
            headers = {"Authorization": f"Bearer {self.token}", "Accept-Encoding": "gzip"}
            connection.request("GET", path, headers=headers)
            answer = connection.getresponse()
            return answer.status, dict(answer.getheaders()), answer.read()
        finally:
            connection.close()

    def json(self, path: str) -> Any:
        """The JSON at an address. Raises CommandFailed."""
        status, headers, body = self.get(path)
        if status != 200:
            raise CommandFailed(f"{path}: status {status}")
        packed = headers.get("content-encoding") == "gzip"
        return json.loads(gzip.decompress(body) if packed else body)

    def until_ready(self) -> float:
        """Seconds until every list is answered: the record is read into columns first."""
        began = time.perf_counter()
        for path in ("/", "/claims", "/reports", "/api/map/incidents?zoom=5"):
            while (status := self.get(path)[0]) != 200:
                if status != 503 or time.perf_counter() - began > WAIT:
                    raise CommandFailed(f"{path}: status {status}")
                time.sleep(0.2)
        return time.perf_counter() - began

    def weight(self, path: str) -> int:
        """Bytes on the way of a page with its styles, scripts and, of a map, its base and marks."""
        page = self.get(path)[2]
        linked = set(_LINKED.findall(page.decode("utf-8", "replace")))
        if "data-incidents" in page.decode("utf-8", "replace"):
            linked.add("/api/map/incidents?zoom=6")
        return len(page) + sum(len(self.get(each.replace("&amp;", "&"))[2]) for each in linked)


@contextlib.contextmanager
def _served(path: Path) -> Iterator[tuple[Server, subprocess.Popen[str]]]:
    command = [program(), "serve", "--record", str(path), "--port", "0", "--read-only"]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stderr is not None
        for line in process.stderr:
            if found := re.search(r"http://(\S+)/\?token=(\S+)", line):
                yield Server(found[1], found[2]), process
                return
        raise CommandFailed("contested serve printed no address")
    finally:
        process.terminate()
        process.wait()


def _peak(process: int) -> float:
    status = Path(f"/proc/{process}/status")
    found = re.search(r"VmHWM:\s+(\d+) kB", status.read_text()) if status.exists() else None
    return int(found[1]) / 1024 if found else float("nan")


def _addresses(server: Server, number: int) -> Iterator[tuple[str, str]]:
    """(kind, address) of so many requests, as an analyst's day would mix them."""
    chance = random.Random(SEED)
    sample = [
        one
        for sort in ("disputed", "newest", "deaths")
        for one in server.json(f"/api/incidents?limit=100&sort={sort}")
    ]
    makers = {
        "lists": lambda: _list(chance, sample),
        "incident pages": lambda: f"/incidents/{chance.choice(sample)['id']}",
        "search": lambda: f"/search?q={quote(chance.choice(WORDS))}&typing=yes",
        "map": lambda: _map(chance, sample),
        "overview": lambda: f"/{_filters(chance, sample)}",
    }
    kinds = chance.choices(list(SHARES), list(SHARES.values()), k=number)
    for kind in kinds:
        yield kind, makers[kind]()


def _filters(chance: random.Random, sample: Sequence[Any]) -> str:
    one = chance.choice(sample)
    actors = [each["actor"] for each in one["initiators"] + one["targets"] if each["actor"]]
    year = int(str((one["when"] or {}).get("earliest") or "2014")[:4])
    choices = ["", f"status={one['status']}", f"since={year}-01&until={year}-06"]
    choices += [f"type={one['type']}", f"actor={actors[0]}" if actors else "status=disputed"]
    if one["where"]:
        choices.append(f"place={quote(one['where']['name'])}")
    chosen = "&".join(filter(None, dict.fromkeys(chance.choices(choices, k=2))))
    return f"?{chosen}" if chosen else ""


def _list(chance: random.Random, sample: Sequence[Any]) -> str:
    path = chance.choice(("/incidents", "/incidents", "/claims", "/reports"))
    filters = _filters(chance, sample)
    if path != "/incidents":
        filters = re.sub(r"status=\w+&?", "", filters).rstrip("&").rstrip("?")
    page = chance.choice((1, 1, 2, 7))
    return f"{path}{filters}{'&' if filters else '?'}page={page}"


def _map(chance: random.Random, sample: Sequence[Any]) -> str:
    where = next(one["where"] for one in chance.sample(sample, len(sample)) if one["where"])
    zoom = chance.choice((4, 6, 8, 10))
    lat, lon, wide = where["lat"] or 35.0, where["lon"] or 38.0, 500 / 2**zoom
    box = (lon - wide, max(-85.0, lat - wide / 2), lon + wide, min(85.0, lat + wide / 2))
    view = ",".join(f"{end:.3f}" for end in box)
    filters = _filters(chance, sample)
    return f"/api/map/incidents{filters}{'&' if filters else '?'}zoom={zoom}&view={view}"


def _load(server: Server, asked: Sequence[tuple[str, str]]) -> list[Answered]:
    began = time.perf_counter() + 0.5

    def ask(number: int) -> Answered:
        kind, path = asked[number]
        due = began + number / RATE
        time.sleep(max(0.0, due - time.perf_counter()))
        status = server.get(path)[0]
        return Answered(kind, time.perf_counter() - due, status)

    with ThreadPoolExecutor(WORKERS) as pool:
        return list(pool.map(ask, range(len(asked))))


def _first_of_each(asked: Sequence[tuple[str, str]]) -> dict[str, str]:
    first: dict[str, str] = {}
    for kind, path in asked:
        first.setdefault(kind, path)
    return first | {"map": "/map"}


def block(result: Result) -> str:
    """The result as Markdown."""
    rows = []
    for kind in SHARES:
        mine = sorted(one.seconds * 1000 for one in result.answered if one.kind == kind)
        rows.append(
            (
                kind,
                f"{len(mine):,}",
                f"{statistics.median(mine):,.0f}",
                f"{mine[int(0.95 * (len(mine) - 1))]:,.0f}",
                f"{mine[-1]:,.0f}",
                f"{result.weights[kind] / 1000:,.0f}",
            )
        )
    failed = sum(one.status != 200 for one in result.answered)
    head = (
        f"`python -m benchmarks serve --claims {result.claims}`: the pages of a record of "
        f"{result.incidents:,} incidents and {result.claims:,} claims at {RATE} requests a second "
        f"for {SECONDS} seconds, on {os.cpu_count()} cores that the server shares with who asks. "
        "A request is timed from when it was due. Of the map it is the marks that a move of it "
        "asks for, filtered; its weight is that of the whole page. A weight is what goes over the "
        f"wire with nothing kept. {result.ready:,.0f} seconds after its start every list answers; "
        f"{result.megabytes:,.0f} MB of memory at the most. {failed} requests failed."
    )
    columns = ("pages", "requests", "median ms", "95 % within ms", "longest ms", "kB")
    return "\n".join(["### The pages of a large record", "", head, "", *table(columns, rows)])
