"""Places on TR-News: names found, and resolved to the right place of GeoNames.

TR-News (Kamalloo and Rafiei, 2018, as published by Gritta and others, 2020) marks toponyms with
GeoNames ids, coordinates and characters; those without an id are left out. Marked are also
associative toponyms: adjectives ("Turkish") and places in names ("University of Texas"). This
program reads them beside the literal ones and never takes them for where something happened; both
count here. A name that the program only keeps as it is written, without a place of the gazetteer,
counts as not found. Measures: recall of mentions (a place mention that overlaps); of those found,
the share with exactly that id, and within 161 km of its point (100 miles, the usual radius of the
task, Gritta and others, 2020).
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

from contested.extract.mentions import PlaceMention
from evaluation.measure import (
    BadData,
    Figure,
    Measured,
    Options,
    Say,
    f_score,
    fingerprint,
    present,
    share,
)
from evaluation.reading import extractor, report_of

NEAR_KM = 161.0
EARTH_KM = 6371.0
SHIFT = 60
"""Some offsets of the corpus are off, by one character or by as many as a text has line ends: the
nearest place where the words do stand is meant."""


@dataclass(frozen=True, slots=True)
class Toponym:
    """One marked name: its characters and its place in GeoNames."""

    start: int
    end: int
    words: str
    geonameid: int
    lat: float
    lon: float


@dataclass(frozen=True, slots=True)
class Article:
    """One text; `marked` are all toponyms, `extra` the characters of those without an id."""

    name: str
    text: str
    marked: tuple[Toponym, ...]
    extra: tuple[tuple[int, int], ...]


def read(path: Path) -> list[Article]:
    """The articles of the corpus. Raises NoData or BadData."""
    try:
        root = ElementTree.parse(present(path)).getroot()
    except ElementTree.ParseError as error:
        raise BadData(f"{path}: no XML ({error})") from error
    return [_article(node) for node in root.iter("article")]


def _article(node: ElementTree.Element) -> Article:
    text = node.findtext("text") or ""
    marked, extra = [], []
    for one in node.iter("toponym"):
        words = one.findtext("phrase") or ""
        start, end = _where(text, words, int(one.findtext("start") or 0))
        place = one.find("gaztag")
        if place is None or not place.findtext("lat"):
            extra.append((start, end))
            continue
        lat, lon = (float(place.findtext(name) or 0) for name in ("lat", "lon"))
        marked.append(Toponym(start, end, words, int(place.get("geonameid") or 0), lat, lon))
    return Article(node.get("docid") or "", text, tuple(marked), tuple(extra))


def _where(text: str, words: str, start: int) -> tuple[int, int]:
    for by in sorted(range(-SHIFT, SHIFT + 1), key=abs):
        if start + by >= 0 and text.startswith(words, start + by):
            return start + by, start + by + len(words)
    return start, start + len(words)


def distance(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    """Kilometres between two points on a sphere (haversine).

    >>> round(distance(33.72, 73.04, 34.53, 69.17))
    368
    """
    a, b = math.radians(lat1), math.radians(lat2)
    half = math.sin((b - a) / 2) ** 2
    half += math.cos(a) * math.cos(b) * math.sin(math.radians(lon2 - lon1) / 2) ** 2
    return 2 * EARTH_KM * math.asin(math.sqrt(half))


@dataclass(slots=True)
class Tally:
    """Adds up articles."""

    marked: int = 0
    found: int = 0
    exact: int = 0
    near: int = 0
    said: int = 0
    right: int = 0

    def add(self, article: Article, mine: Sequence[PlaceMention]) -> Iterator[str]:
        """Hold the places found in one article against the marked ones; give what is wrong."""
        spans = [(t.start, t.end) for t in article.marked] + list(article.extra)
        self.said += len(mine)
        self.right += sum(any(m.start < b and m.end > a for a, b in spans) for m in mine)
        for toponym in article.marked:
            self.marked += 1
            over = [m for m in mine if m.start < toponym.end and m.end > toponym.start]
            if not over:
                yield f"{toponym.words}: not found"
                continue
            self.found += 1
            where = over[0].where
            exact = where.geonameid == toponym.geonameid
            near = exact or (
                where.lat is not None
                and where.lon is not None
                and distance(where.lat, where.lon, toponym.lat, toponym.lon) <= NEAR_KM
            )
            self.exact += exact
            self.near += near
            if not near:
                yield f"{toponym.words}: {where.name}, {where.country} is the wrong place"

    def figures(self) -> tuple[Figure, ...]:
        """All figures so far."""
        recall, precision = share(self.found, self.marked), share(self.right, self.said)
        return (
            Figure("recall", recall, f"mentions: recall, of {self.marked:,}", better=None),
            Figure("precision", precision, "mentions: precision", better=None),
            Figure("mentions_f", f_score(precision, recall), "mentions: F"),
            Figure("near_of_found", share(self.near, self.found), "of those found: within 161 km"),
            Figure("exact_of_found", share(self.exact, self.found), "of those found: exact id"),
            Figure("near_of_all", share(self.near, self.marked), "of all: within 161 km"),
            Figure("exact_of_all", share(self.exact, self.marked), "of all: exact id"),
        )


def measure(path: Path, options: Options, say: Say) -> Measured:
    """Score the place names of the articles in the file `path`."""
    articles = read(path)[: options.limit]
    tally = Tally()
    for article in articles:
        reading = extractor().read(report_of(article.name, article.text))
        mine = [p for s in reading.sentences for p in (*s.places, *s.associated) if p.place]
        for line in tally.add(article, mine):
            if options.misses:
                say(f"  {article.name} {line}")
    return Measured(
        measure="places",
        title="Places (TR-News)",
        command="python -m evaluation places",
        data=f"{len(articles)} articles of TR-News",
        sha256=fingerprint([path]),
        figures=tally.figures(),
        whole=options.limit is None,
    )
