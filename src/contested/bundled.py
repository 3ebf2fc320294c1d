"""The English pipelines that the package carries: what they are called and where they lie.

Nothing here loads one, so that a program can tell what it would read with before it must.
"""

from __future__ import annotations

from contextlib import AbstractContextManager
from importlib import resources
from pathlib import Path

from contested.model.ids import digest

BUNDLED = "bundled"
"""What one may say for the one that is used where nothing is said."""
ENCODER, LIGHT = "encoder", "light"
DEFAULT = ENCODER
_FOLDERS = {ENCODER: ("encoder", "model.json"), LIGHT: ("language", "meta.json")}


def chosen(name: str | None) -> str | None:
    """Which carried pipeline a setting asks for; None where it asks for another.

    >>> chosen(None) == chosen("bundled") == DEFAULT, chosen("light"), chosen("en_core_web_sm")
    (True, 'light', None)
    """
    if name in (None, BUNDLED):
        return DEFAULT
    return name if name in _FOLDERS else None


def folder(name: str) -> AbstractContextManager[Path]:
    """The folder of a carried pipeline's files."""
    return resources.as_file(resources.files("contested") / "data" / _FOLDERS[name][0])


def full_name(name: str) -> str:
    """A carried pipeline's name with the first digits of what was trained."""
    place, about = _FOLDERS[name]
    text = (resources.files("contested") / "data" / place / about).read_text("utf-8")
    return f"{name}-{digest(text)[:8]}"
