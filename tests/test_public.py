"""Laws of the public names."""

from __future__ import annotations

import inspect
import pkgutil
import subprocess
import sys
from dataclasses import is_dataclass

import contested
from contested import errors


def test_every_public_name_is_there_and_none_is_also_a_module() -> None:
    """A function that is called like a subpackage is lost once that is imported."""
    modules = {module.name for module in pkgutil.iter_modules(contested.__path__)}
    for name in contested.__all__:
        assert hasattr(contested, name)
        assert name not in modules


def test_every_public_name_says_what_it_is() -> None:
    for name in contested.__all__:
        thing = getattr(contested, name)
        if inspect.isclass(thing) or inspect.isfunction(thing):
            assert thing.__doc__, name


def test_every_error_is_in_the_tree() -> None:
    for one in vars(errors).values():
        if isinstance(one, type) and issubclass(one, Exception):
            assert issubclass(one, errors.ContestedError)
            assert not is_dataclass(one)


def test_importing_is_light() -> None:
    """Nobody waits for the language pipeline who only wants to look at a record."""
    code = "import sys, contested.cli; print({'spacy', 'trafilatura'} & set(sys.modules))"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "set()"
