"""Adding: files, a text, or an address; how far it is, and what was skipped and why."""

from __future__ import annotations

import csv
import re
import shutil
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit

from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import Response

from contested.errors import UsageError
from contested.serve.changing import Change
from contested.serve.operations import Call
from contested.serve.reading import JobView, jobs_of
from contested.serve.site import Family, Nav, Site

MOST_FILES, MOST_TEXT = 64_000_000, 6_000_000
"""In bytes, at a time."""
ABOUT = ("title", "outlet", "published", "url")
ENDINGS = {"text/html": ".html", "text/markdown": ".md", "text/plain": ".txt"}
NOT_ALLOWED = (
    "Fetching is not allowed: start `contested serve` with --allow-fetch, or save the page and "
    "add the file."
)

family = Family("adding", nav=(Nav("/add", "Add", 85, changes=True),))


@dataclass(frozen=True, slots=True, kw_only=True)
class NewText:
    """A text to add, with what is known of it."""

    text: str
    name: str = "pasted.txt"
    title: str = ""
    outlet: str = ""
    published: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewAddress:
    """The address of a page to fetch and add."""

    url: str


@family.page("/add")
def add_page(site: Site, request: Request) -> Response:
    """The forms, and the jobs that were begun."""
    jobs = jobs_of(site.source).all()
    return site.templates.page(request, "add.html", jobs=jobs, most=MOST_FILES)


@family.page("/add/{job}")
def job_page(site: Site, request: Request) -> Response:
    """How far a job is, and what came of it. Without a script its link looks again."""
    job = jobs_of(site.source).get(request.path_params["job"]).view()
    reports = [(id, site.source.report_title(id)) for id in job.reports[:200]]
    return site.templates.page(request, "job.html", job=job, reports=reports)


@family.change("/add/files", most=MOST_FILES)
def add_files(site: Site, change: Change) -> Response:
    """Read the files of a form."""
    files = [one for one in change.files("files") if one.filename]
    if not files:
        raise UsageError("No file was chosen. Go back and choose some, or drop them on the page.")
    folder = _folder()
    names = _saved(folder, files)
    what = names[0] if len(names) == 1 else f"{len(names)} files"
    return _begun(site, change, what, folder, _ready)


def _saved(folder: Path, files: Sequence[UploadFile]) -> list[str]:
    """Write the files under harmless names, each its own."""
    names: list[str] = []
    for one in files:
        name = _unlike(harmless(one.filename or ""), names)
        with (folder / name).open("wb") as out:
            shutil.copyfileobj(one.file, out)
        names.append(name)
    return names


def harmless(name: str) -> str:
    """The last part of a file's name, as every system takes it."""
    last = re.split(r"[\\/]", name)[-1]
    plain = re.sub(r"[^\w .()-]+", "_", last).strip(" .") or "report.txt"
    stem, dot, ending = plain.rpartition(".")
    return f"{(stem or ending)[:80]}{dot if stem else ''}{ending[:12] if stem else ''}"


def _unlike(name: str, names: Sequence[str]) -> str:
    path, number, found = Path(name), 1, name
    while found.casefold() in {each.casefold() for each in names}:
        number += 1
        found = f"{path.stem}-{number}{path.suffix}"
    return found


@family.change("/add/text", most=MOST_TEXT)
def add_text(site: Site, change: Change) -> Response:
    """Read a pasted text."""
    given = NewText(
        text=change.text("text"),
        **{name: change.text(name, "") for name in ABOUT},
    )
    return _begun(site, change, given.title or "a pasted text", _folder(), _writer(given))


def _writer(given: NewText) -> Callable[[Path], None]:
    return partial(_write, given=given)


def _write(folder: Path, given: NewText) -> None:
    """Put a text into `folder`, with a manifest of what is known of it."""
    name = harmless(given.name)
    if Path(name).suffix.lower() not in ENDINGS.values():
        name = f"{name}.txt"
    (folder / name).write_text(given.text, encoding="utf-8")
    about = {each: getattr(given, each) for each in ABOUT}
    if any(about.values()):
        with (folder / "manifest.csv").open("w", encoding="utf-8", newline="") as out:
            rows = csv.writer(out)
            rows.writerow(["file", *about])
            rows.writerow([name, *(" ".join(value.split()) for value in about.values())])


@family.change("/add/address")
def add_address(site: Site, change: Change) -> Response:
    """Fetch the page at an address, where that is allowed, and read it."""
    url = change.text("url")
    prepare = _fetcher(site, url)
    return _begun(site, change, url[:200], _folder(), prepare)


def _fetcher(site: Site, url: str) -> Callable[[Path], None]:
    if not site.fetching:
        raise UsageError(NOT_ALLOWED)
    most = site.record.stages.settings.max_bytes
    return partial(_fetch, url=url, most=most)


def _fetch(folder: Path, url: str, most: int) -> None:
    """Put the page at `url` into `folder`. Raises NotFetched."""
    from contested.ingest.fetch import FetchOptions, fetch

    page = fetch(url, FetchOptions(max_bytes=min(most, FetchOptions().max_bytes)))
    last = harmless(urlsplit(page.url).path.rstrip("/")) or "page"
    name = f"{Path(last).stem or 'page'}{ENDINGS[page.media.value]}"
    (folder / name).write_bytes(page.data)
    with (folder / "manifest.csv").open("w", encoding="utf-8", newline="") as out:
        csv.writer(out).writerows([["file", "url"], [name, page.url]])


def _folder() -> Path:
    return Path(tempfile.mkdtemp(prefix="contested-add-"))


def _ready(folder: Path) -> None:
    """The files are there already."""


def _begun(
    site: Site, change: Change, what: str, folder: Path, prepare: Callable[[Path], None]
) -> Response:
    job = jobs_of(site.source).start(site.record, what, change.author, folder, prepare)
    return change.seen(f"/add/{job.id}")


@family.change("/add/{job}/stop")
def stop(site: Site, change: Change) -> Response:
    """End a job after the report in hand; what is complete is kept."""
    job = jobs_of(site.source).get(change["job"])
    job.stop.set()
    return change.seen(f"/add/{job.id}")


@family.get("/api/jobs", JobView, many=True)
def jobs(site: Site, _call: Call) -> Sequence[JobView]:
    """Jobs that read reports, the last first."""
    return jobs_of(site.source).all()


@family.post("/api/jobs", JobView, body=NewText, most=MOST_TEXT)
def add_report(site: Site, call: Call) -> JobView:
    """Read a text into the record: begins a job. As ``contested add``."""
    given: NewText = call.body
    if not given.text.strip():
        raise UsageError("The text is empty. Send some words.")
    assert call.author is not None
    started = jobs_of(site.source).start(
        site.record, given.title or given.name, call.author, _folder(), _writer(given)
    )
    return started.view()


@family.get("/api/jobs/{id}", JobView)
def job(site: Site, call: Call) -> JobView:
    """How far a job is, and what came of it."""
    return jobs_of(site.source).get(call["id"]).view()


@family.post("/api/jobs/fetch", JobView, body=NewAddress)
def fetch_report(site: Site, call: Call) -> JobView:
    """Fetch a page and read it: begins a job. Refused unless the server allows fetching."""
    given: NewAddress = call.body
    assert call.author is not None
    prepare = _fetcher(site, given.url)
    started = jobs_of(site.source).start(
        site.record, given.url[:200], call.author, _folder(), prepare
    )
    return started.view()
