"""Laws of the settings."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import pytest

from contested.errors import UsageError
from contested.settings import Settings, variable, variables


def test_defaults_environment_and_options_in_that_order() -> None:
    assert Settings.from_env({}) == Settings()
    env = {"CONTESTED_RECORD": "a.sqlite", "CONTESTED_JOBS": "3", "CONTESTED_LANGUAGE": ""}
    assert Settings.from_env(env) == Settings(record=Path("a.sqlite"), jobs=3)
    assert Settings.from_env(env, jobs=1, record=None).jobs == 1


def test_every_setting_can_be_set() -> None:
    for field in fields(Settings):
        numbers = dict.fromkeys(("jobs", "max_bytes", "llm_seconds"), "7")
        value = {**numbers, "engine": "local[7]", "everything": "yes"}.get(field.name, "x")
        changed = Settings.from_env({variable(field.name): value})
        assert getattr(changed, field.name) != getattr(Settings(), field.name)


@pytest.mark.parametrize(
    "env",
    [
        {"CONTESTED_JOBS": "many"},
        {"CONTESTED_JOBS": "-1"},
        {"CONTESTED_NOTHING": "1"},
        {"CONTESTED_EVERYTHING": "perhaps"},
    ],
)
def test_mistakes_are_told(env: dict[str, str]) -> None:
    with pytest.raises(UsageError, match=next(iter(env))):
        Settings.from_env(env)


def test_every_setting_has_a_meaning() -> None:
    assert all(meaning for *_, meaning in variables())


def test_nothing_is_read_at_import(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CONTESTED_RECORD", "elsewhere.sqlite")
    assert Settings().record == Path("contested.sqlite")
