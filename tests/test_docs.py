"""What can be used is documented, and what is documented is so."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
import typer.main
import yaml

from contested import errors
from contested.cli import app
from contested.publish import COLUMNS
from contested.settings import variables

ROOT = Path(__file__).resolve().parents[1]
DOCS = ROOT / "docs"
COMMANDS: dict[str, Any] = typer.main.get_command(app).commands  # type: ignore[attr-defined]


def page(name: str) -> str:
    return (DOCS / name).read_text("utf-8")


@pytest.fixture(scope="module")
def maker() -> ModuleType:
    spec = importlib.util.spec_from_file_location("make_docs", ROOT / "tools" / "make_docs.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("path", sorted(DOCS.rglob("*.md")), ids=lambda path: path.name)
def test_made_parts_are_up_to_date(maker: ModuleType, path: Path) -> None:
    text = path.read_text("utf-8")
    assert maker.filled(text) == text, "run: python tools/make_docs.py"


def test_every_made_part_stands_somewhere(maker: ModuleType) -> None:
    text = "".join(path.read_text("utf-8") for path in DOCS.rglob("*.md"))
    assert set(re.findall(r"<!-- made: ([\w-]+) -->", text)) == set(maker.PARTS)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_is_documented_with_an_example(name: str) -> None:
    assert f"## {name}\n" in page("cli.md")
    assert f"contested {name}" in COMMANDS[name].epilog
    assert COMMANDS[name].help
    assert all(option.help for option in COMMANDS[name].params)


@pytest.mark.parametrize("name", COMMANDS["analyse"].commands)
def test_every_analysis_is_documented_with_its_options(name: str) -> None:
    part = page("cli.md").partition(f"### analyse {name}\n")[2].partition("\n## ")[0]
    for option in COMMANDS["analyse"].commands[name].params:
        assert option.help
        assert option.name == "help" or f"| `{option.opts[0]}`" in part


def test_every_setting_is_documented() -> None:
    text = page("settings.md")
    for name, variable, _, _ in variables():
        assert f"| `{name}` | `{variable}` |" in text


def test_every_column_is_documented() -> None:
    text = page("export.md")
    for columns in COLUMNS.values():
        for column in columns:
            assert f"| `{column.name}` | {column.meaning}" in text


def test_every_error_is_documented_and_drawn() -> None:
    text = page("errors.md")
    for name, one in vars(errors).items():
        if isinstance(one, type) and issubclass(one, errors.ContestedError):
            assert f"| `{name}` |" in text
            assert name in (errors.__doc__ or "")


def test_every_page_is_in_the_navigation() -> None:
    listed = re.findall(r": ([\w/-]+\.md)$", (ROOT / "mkdocs.yml").read_text("utf-8"), re.MULTILINE)
    assert sorted(listed) == sorted(str(path.relative_to(DOCS)) for path in DOCS.rglob("*.md"))
    assert yaml.safe_load((ROOT / "mkdocs.yml").read_text("utf-8"))["nav"]


@pytest.mark.parametrize("path", [*DOCS.rglob("*.md"), ROOT / "README.md"], ids=lambda p: p.name)
def test_commands_that_are_shown_exist(path: Path) -> None:
    for name in re.findall(r"^\$ contested ([a-z]+)", path.read_text("utf-8"), re.MULTILINE):
        assert name in COMMANDS


@pytest.mark.parametrize("path", [*DOCS.rglob("*.md"), ROOT / "README.md"], ids=lambda p: p.name)
def test_links_between_pages_lead_somewhere(path: Path) -> None:
    for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", path.read_text("utf-8")):
        assert (path.parent / target).exists(), target


def test_make_says_what_every_target_does() -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    phony = re.search(r"^\.PHONY: (.*)$", makefile, re.MULTILINE)
    assert phony is not None
    for target in phony[1].split():
        assert re.search(rf"^{target}:.*## \S", makefile, re.MULTILINE), target
