"""The page on generated reports tells every noise with the chance that it has."""

from __future__ import annotations

import re
from dataclasses import fields

from benchmarks import __main__ as command
from benchmarks.generate import HELD_BACK_SEED, TRAIN_SEED, Noise
from evaluation.corpora import ROOT

PAGE = (ROOT / "docs" / "benchmarks.md").read_text("utf-8")


def test_every_noise_is_told_with_its_chance() -> None:
    told = dict(re.findall(r"^\| `(\w+)` \| ([\d.]+) \|", PAGE, re.MULTILINE))
    noise = Noise()
    assert told == {field.name: f"{getattr(noise, field.name):g}" for field in fields(noise)}


def test_the_seeds_and_commands_are_told() -> None:
    assert f"Seed {TRAIN_SEED} is for fitting" in PAGE
    assert f"Seed {HELD_BACK_SEED} is held back" in PAGE
    for name in set(command.BENCHMARKS) - set(command.EVERYTHING):
        assert f"`python -m benchmarks {name}" in PAGE
