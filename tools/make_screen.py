"""Make docs/images/incident.png: the page of one disputed incident of the packaged sample.

    python tools/make_screen.py

Needs Chromium and what `make setup` installs; the record is made anew in a temporary folder.
"""

from __future__ import annotations

import sys
import tempfile
from importlib import resources
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from contested.pipeline import Record  # noqa: E402 - after the root is on the path
from contested.settings import Settings  # noqa: E402
from tests import browser  # noqa: E402

TARGET = ROOT / "docs" / "images" / "incident.png"
WIDTH, HEIGHT = 1200, 760
MOST_BYTES = 300_000


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="contested-") as folder:
        path = Path(folder) / "sample.sqlite"
        with (
            resources.as_file(resources.files("contested") / "data" / "sample") as sample,
            Record.open(path, settings=Settings(record=path)) as record,
        ):
            record.add([sample])
            found = record.incidents(order="disputed")
            chosen = max(found, key=lambda one: (one.disputed, len(one.origins), len(one.claims)))
        draw(path, f"/incidents/{chosen.id}")
    if TARGET.stat().st_size > MOST_BYTES:
        raise SystemExit(f"{TARGET} is larger than {MOST_BYTES:,} bytes.")
    print(TARGET.relative_to(ROOT))


def draw(path: Path, address: str) -> None:
    """Write the page at `address` of the record at `path` as a picture."""
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    with browser.chromium() as chrome, browser.served(path, changes=False) as base:
        context = chrome.new_context(
            viewport={"width": WIDTH, "height": HEIGHT}, color_scheme="light"
        )
        browser.enter(context, base)
        page = context.new_page()
        page.goto(f"{base}{address}")
        page.wait_for_selector(browser.UNDRAWN, state="detached")
        page.screenshot(path=str(TARGET))


if __name__ == "__main__":
    main()
