"""What tests say where the library by which a language model is asked is not installed."""

from __future__ import annotations

import os
from typing import NoReturn

import pytest

LACKING = "left out, because pydantic-ai is not installed: pip install 'contested[llm]'"


def lacking() -> NoReturn:
    """Skip the test with what to install; where all must be tested, fail it."""
    if os.environ.get("CI"):
        pytest.fail(LACKING)
    pytest.skip(LACKING)
