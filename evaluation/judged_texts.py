"""The texts whose claims were judged by hand, made into reports the same way every time."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from contested.ingest import Captured, ingest
from contested.model import Report
from evaluation import corpora, places, satp
from evaluation.measure import files_under, present
from evaluation.muc_corpus import messages
from evaluation.reading import report_of


def muc4_dev(folder: Path = corpora.MUC4_DEV) -> Iterator[Report]:
    """News on attacks in Latin America around 1990, in capitals."""
    for message in messages(files_under(folder, "dev-muc3-*")):
        yield report_of(message.id, message.text, message.date)


def plover(file: Path = corpora.PLOVER) -> Iterator[Report]:
    """Example sentences of an event codebook, each a report of its own."""
    for row in json.loads(present(file).read_text("utf-8")):
        if row.get("text"):
            yield report_of(row["id"], row["text"], None)


def treebank(file: Path) -> Iterator[Report]:
    """Documents of a treebank, a paragraph each; where sentences begin is not told."""
    name, text = "", ""
    with gzip.open(present(file), "rt", encoding="utf-8") as lines:
        for line in lines:
            if line.startswith("# newdoc"):
                if text:
                    yield report_of(name, text, None)
                name, text = line.partition("=")[2].strip(), ""
            elif line.startswith("# newpar") and text:
                text = text.rstrip() + "\n\n"
            elif line.startswith("# text ="):
                text += line.partition("=")[2].strip() + " "
    if text:
        yield report_of(name, text, None)


def satp_rows(file: Path = corpora.SATP) -> Iterator[Report]:
    """Summaries of incidents in India, each a report of its own."""
    for n, row in enumerate(satp.read(file)):
        yield report_of(f"satp-{row.number}-{n}", row.text, row.date)


def wikievents(file: Path = corpora.WIKIEVENTS) -> Iterator[Report]:
    """News on bombings and attacks."""
    with present(file).open(encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            yield report_of(row["doc_id"], row["text"], None)


def polnear(folder: Path = corpora.POLNEAR) -> Iterator[Report]:
    """News on politics in the United States."""
    for file in files_under(folder / "text", "*.txt"):
        yield report_of(file.stem, file.read_text("utf-8"), None)


def tr_news(file: Path = corpora.TR_NEWS) -> Iterator[Report]:
    """World news of all kinds, local press among it."""
    for article in places.read(file):
        yield report_of(f"tr-news-{article.name}", article.text, None)


def ingested(folder: Path) -> Iterator[Report]:
    """Reports of a folder as the program reads it in."""
    for one in ingest([present(folder)]):
        if isinstance(one, Captured):
            yield one.report


PAGES = "pages"
"""Pages of the web: in a folder of one's own, never in the repository."""
TEXTS: dict[str, Callable[[], Iterator[Report]]] = {
    "muc4-dev": muc4_dev,
    "plover": plover,
    "ewt": partial(treebank, corpora.UD / "ewt-train.conllu.gz"),
    "gum": partial(treebank, corpora.UD / "gum-train.conllu.gz"),
    "sample": partial(ingested, corpora.SAMPLE_REPORTS),
    "satp": satp_rows,
    "wikievents": wikievents,
    "polnear": polnear,
    "tr-news": tr_news,
    "reports": partial(ingested, corpora.ACCEPTANCE_REPORTS),
}
"""Corpora by the name that a file of judgements gives them."""
