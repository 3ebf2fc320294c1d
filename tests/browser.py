"""A real Chromium for the tests, which start and stop it themselves, and visit pages with it."""

from __future__ import annotations

import os
import shutil
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache, partial
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request

VARIABLE = "TEST_CHROMIUM"
LACKING = (
    "left out, because there is no browser: install Chromium (Debian: apt-get install chromium), "
    f"or name one by {VARIABLE}=/path/to/chromium; and build the scripts of the pages: make setup"
)
ROOT = Path(__file__).resolve().parents[1]
AXE = ROOT / "src/contested/serve/web/node_modules/axe-core/axe.min.js"
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu-rasterization",
    "--use-angle=swiftshader",
    "--enable-unsafe-swiftshader",
)
"""Software drawing, so that maps are drawn on a machine without a graphics card."""
TOKEN = "token-of-the-browser-tests"
SERIOUS = ("serious", "critical")
UNDRAWN = ", ".join(
    f"figure[data-{kind}]:not([data-drawn])" for kind in ("chart", "network", "map")
)


@cache
def program() -> str | None:
    """The Chromium of this machine."""
    names = ("chromium", "chromium-browser", "google-chrome")
    return os.environ.get(VARIABLE) or next(filter(None, map(shutil.which, names)), None)


def lacking() -> NoReturn:
    """Skip the test with what to install; where all must be tested, fail it."""
    if os.environ.get("CI"):
        pytest.fail(LACKING)
    pytest.skip(LACKING)


def scripts_built() -> bool:
    """Whether the scripts of the pages are there."""
    built = resources.files("contested.serve").joinpath("static", "built", "app.js")
    return built.is_file()


@contextmanager
def chromium() -> Iterator[Browser]:
    """A browser without a window. Skips the test where there is none, or no scripts to run."""
    found = program()
    if found is None or not scripts_built():
        lacking()
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        lacking()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=list(ARGUMENTS))
        yield browser
        browser.close()


@contextmanager
def served(path: Path, *, changes: bool = True, families: Any = None) -> Iterator[str]:
    """The address of the app over the record at `path`, without a slash at its end."""
    import uvicorn

    from contested.pipeline import Record
    from contested.pipeline.stages import Stages
    from contested.record import SqlStore
    from contested.serve.app import create_app
    from contested.serve.families import FAMILIES
    from contested.serve.run import taken
    from contested.settings import Settings

    store = SqlStore.open(path, create=False, read_only=not changes)
    with Record(store, Stages(Settings(record=path))) as record, taken(0) as place:
        app = create_app(
            record, TOKEN, changes=changes, author="tester", families=families or FAMILIES
        )
        server = uvicorn.Server(
            uvicorn.Config(app, log_level="warning", access_log=False, lifespan="off", ws="none")
        )
        thread = threading.Thread(target=server.run, kwargs={"sockets": [place]}, daemon=True)
        thread.start()
        until = time.monotonic() + 30
        while not server.started:
            assert time.monotonic() < until, "the server does not start"
            time.sleep(0.01)
        yield f"http://127.0.0.1:{place.getsockname()[1]}"
        server.should_exit = True
        thread.join(10)


@dataclass
class Visitor:
    """A browser that holds the token, and everything that its console complained of."""

    page: Page
    base: str
    complaints: list[str] = field(default_factory=list)

    def go(self, path: str) -> Page:
        """Open a page of the record and wait until its figures are drawn."""
        self.page.goto(f"{self.base}{path}")
        self.settled()
        return self.page

    def settled(self) -> None:
        """Wait until every figure is drawn.

        `Page.wait_for_function` cannot be used: it evaluates text, which the pages forbid.
        """
        self.page.wait_for_selector(UNDRAWN, state="detached", timeout=30_000)

    def accessible(self) -> None:
        """Fail where axe finds a serious fault in the page as it is now, in either theme."""
        if not AXE.is_file():
            lacking()
        for theme in ("light", "dark"):
            self.page.emulate_media(color_scheme=theme)
            self.page.evaluate(AXE.read_text("utf-8"))
            found = self.page.evaluate("() => axe.run(document, {resultTypes: ['violations']})")
            serious = [
                f"{theme}: {one['id']}: {one['help']}: {one['nodes'][0]['html'][:200]}"
                for one in found["violations"]
                if one["impact"] in SERIOUS
            ]
            assert not serious, "\n".join(serious)

    def weight(self, path: str) -> int:
        """How many bytes a page and all that it loads take on the way, with nothing kept."""
        sizes: list[int] = []
        self.page.context.new_cdp_session(self.page).send("Network.clearBrowserCache")

        def weigh(request: Request) -> None:
            took = request.sizes()
            sizes.append(took["responseBodySize"] + took["responseHeadersSize"])

        self.page.on("requestfinished", weigh)
        self.go(path)
        self.page.wait_for_load_state("networkidle")
        return sum(sizes)


def enter(context: BrowserContext, base: str) -> None:
    """Give a browser the token, as the printed address does."""
    page = context.new_page()
    page.goto(f"{base}/about?token={TOKEN}")
    page.close()


@contextmanager
def entered(browser: Browser, base: str, width: int = 1280) -> Iterator[BrowserContext]:
    """A window of somebody who holds the token, at whichever of these servers.

    One serves a whole session: Chromium without a graphics card does not always come back from
    closing one and opening another.
    """
    context = browser.new_context(viewport={"width": width, "height": 900})
    context.set_default_timeout(60_000)
    enter(context, base)
    yield context
    context.close()


@contextmanager
def visitor(context: BrowserContext, base: str) -> Iterator[Visitor]:
    """Somebody at the pages at `base`; complaints of the console fail the test at the end."""
    found = Visitor(context.new_page(), base)
    found.page.on("console", partial(_heard, found))
    found.page.on("pageerror", lambda error: found.complaints.append(str(error)))
    yield found
    if found.page.url.startswith(base):
        found.page.evaluate("localStorage.clear()")
    found.page.close()
    assert not found.complaints, "\n".join(found.complaints)


def _heard(visitor: Visitor, message: ConsoleMessage) -> None:
    # How slow drawing without a graphics card is, is no fault of a page.
    if message.type in ("error", "warning") and "GL Driver Message" not in message.text:
        visitor.complaints.append(message.text)
