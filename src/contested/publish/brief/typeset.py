"""A brief as PDF, through Typst.

What the brief says reaches Typst as JSON and is set as text: no word of it is read as markup.
"""

from __future__ import annotations

import json
import tempfile
from dataclasses import asdict
from importlib import import_module, resources
from pathlib import Path
from typing import Any

from contested.errors import ExtraMissing
from contested.publish.brief.content import Brief


def pdf(brief: Brief) -> bytes:
    """The brief as the bytes of a PDF. Raises ExtraMissing where Typst is not installed."""
    try:
        typst: Any = import_module("typst")
    except ModuleNotFoundError as error:
        raise ExtraMissing(
            "A PDF needs typst, which is not installed. Run: pip install 'contested[brief]', or "
            "write the brief as .html and print that."
        ) from error
    with tempfile.TemporaryDirectory(prefix="contested-") as folder:
        root = Path(folder)
        data, pictures = _parted(asdict(brief))
        for name, svg in pictures.items():
            (root / name).write_text(svg, encoding="utf-8")
        (root / "brief.json").write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
        layout = resources.files(__package__).joinpath("brief.typ").read_bytes()
        (root / "brief.typ").write_bytes(layout)
        return bytes(typst.compile(str(root / "brief.typ"), root=str(root)))


def _parted(data: dict[str, Any]) -> tuple[dict[str, Any], dict[str, str]]:
    """The content with its pictures as names of files, and the pictures."""
    pictures: dict[str, str] = {}
    for owner, field in ((data, "map"), *((one, "picture") for one in data["readings"])):
        picture = owner[field]
        if picture is not None:
            name = f"picture-{len(pictures)}.svg"
            pictures[name] = picture.pop("svg")
            picture["file"] = name
    return data, pictures
