"""The texts to read: the MUC-3/4 development texts, one file a message, in a temporary folder."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from evaluation.measure import files_under, fingerprint
from evaluation.muc_corpus import messages


@dataclass(frozen=True, slots=True)
class Texts:
    """A folder of reports, and what is in it."""

    folder: Path
    count: int
    sha256: str


@contextmanager
def laid_out(corpus: Path, most: int | None) -> Iterator[Texts]:
    """The first `most` messages of `corpus` as text files, gone afterwards. Raises NoData."""
    files = files_under(corpus, "dev-muc3-*")
    with TemporaryDirectory(prefix="contested-bench-") as name:
        folder = Path(name) / "reports"
        folder.mkdir()
        count = 0
        for message in itertools.islice(messages(files), most):
            (folder / f"{message.id}.txt").write_text(message.text, encoding="utf-8")
            count += 1
        yield Texts(folder, count, fingerprint(files))
