"""When an incident was: one of the days that the report names, or some day before it came out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from math import log, log1p

from contested.extract.mentions import TimeMention
from contested.extract.reading import Reading
from contested.extract.templates.around import DATELINE, Around
from contested.extract.templates.choice import Option, best

LONGEST_AGO = 400
"""Days: what was longer ago is told as background."""
DAYS = {"day", "weekday", "relative"}


def day(reading: Reading, around: Around) -> dt.date | None:
    """The likeliest of the days named; None where none is, or no day is likelier."""
    return best("day", options(reading, around))


def options(reading: Reading, around: Around) -> list[Option[dt.date | None]]:
    """The days that the report names, with what tells whether the incident was then.

    The first is None: the report does not say when, only that it was before the report.
    """
    told = published(reading)
    out: list[Option[dt.date | None]] = [Option(None, {"before the report": 1.0})]
    by_day: dict[dt.date, list[tuple[int, TimeMention]]] = {}
    for sentence in reading.sentences:
        for mention in sentence.times:
            found = _day(mention, told)
            if found is not None and not (mention.start < DATELINE and found == told):
                by_day.setdefault(found, []).append((sentence.number, mention))
    for found, mentions in by_day.items():
        ago = (told - found).days if told is not None else -1
        out.append(Option(found, _features(mentions, ago, around)))
    return out if told is None or len(out) > 1 else out[:1]


def published(reading: Reading) -> dt.date | None:
    """The last day on which the report can have come out."""
    found = reading.report.published
    return dt.date.fromisoformat(found.latest) if found and found.latest else None


def _day(mention: TimeMention, told: dt.date | None) -> dt.date | None:
    when = mention.when
    if mention.kind not in DAYS or not when.earliest or when.earliest != when.latest:
        return None
    found = dt.date.fromisoformat(when.earliest)
    past = told is None or 0 <= (told - found).days <= LONGEST_AGO
    return found if past else None


def _features(
    mentions: list[tuple[int, TimeMention]], ago: int, around: Around
) -> Mapping[str, float]:
    weight = max(around.weight(m.start) for _, m in mentions)
    first = min(number for number, _ in mentions)
    kinds = {m.kind for _, m in mentions}
    return {
        "near": log1p(weight),
        "none near": float(weight == 0),
        "same sentence": float(any(around.own(m.start) for _, m in mentions)),
        "late": log1p(first),
        "lead": float(first <= 2),
        "same day": float(ago == 0),
        "day before": float(ago == 1),
        "same week": float(2 <= ago <= 7),
        "long ago": float(ago > 30),
        "as a date": float("day" in kinds),
        "as a weekday": float("weekday" in kinds),
        "again": log(len(mentions)),
    }
