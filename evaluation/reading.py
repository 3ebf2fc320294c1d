"""Texts of a corpus through the program: reports made in memory, and their claims."""

from __future__ import annotations

import hashlib
import multiprocessing
import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import lru_cache
from typing import TypeVar

from contested.extract import Extractor
from contested.model import Claim, Report
from contested.model.edtf import when
from contested.model.report import report_id
from contested.pipeline import Stages
from contested.settings import Settings

T = TypeVar("T")


def report_of(name: str, text: str, published: str | None = None) -> Report:
    """A report of a corpus's `text` exactly as it is, so that its offsets stay those of the key.

    `published` is an EDTF date.
    """
    return Report(
        id=report_id(None, f"{name}\n{text}"),
        name=name,
        text=text,
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        published=when(published) if published else None,
        published_source="manifest" if published else None,
        language="en",
    )


def settings(jobs: int = 1) -> Settings:
    """Default settings; only the language pipeline may be another, named in CONTESTED_LANGUAGE."""
    return Settings(language=os.environ.get("CONTESTED_LANGUAGE"), jobs=jobs)


@lru_cache(maxsize=1)
def stages() -> Stages:
    """The program's stages with the measures' settings."""
    return Stages(settings())


def extractor() -> Extractor:
    """The program's extractor, loaded once a process."""
    return stages().extractor


@lru_cache(maxsize=1)
def whole_reader() -> Extractor:
    """The program's extractor without its filter: it parses every paragraph."""
    from contested.language import load

    return Extractor(stages().world, load(settings().language), everything=True)


def claims_of(report: Report) -> list[Claim]:
    """The claims of one report."""
    return extractor().extract(report).claims


def all_claims(reports: Sequence[Report], jobs: int = 1) -> Iterator[list[Claim]]:
    """The claims of each report in order, by `jobs` processes."""
    return each(claims_of, reports, jobs)


def each(work: Callable[[Report], T], reports: Sequence[Report], jobs: int = 1) -> Iterator[T]:
    """What `work` gives for each report in order, by `jobs` processes."""
    if jobs <= 1 or len(reports) < 2 * jobs:
        yield from map(work, reports)
        return
    spawn = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(jobs, mp_context=spawn) as pool:
        yield from pool.map(work, reports, chunksize=16)
