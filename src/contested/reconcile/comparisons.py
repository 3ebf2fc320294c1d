"""What two accounts are compared in, as levels that any SQL engine can tell apart.

Each comparison is a list of levels, the first that holds counts. A level named in `UNKNOWN`
weighs nothing: what an account does not say is no disagreement. How much the others weigh is
the model's (`contested.reconcile.model`); how they are said in words is at the end.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

UNKNOWN = "unknown"
NARROW_KM, DISTRICT_KM, PROVINCE_KM = 15, 60, 130
NEAR_KM = 25
EARTH_KM = 6371.0


class Dialect(Protocol):
    """The few functions on lists whose names differ between engines."""

    def share(self, column: str) -> str:
        """Whether the lists `column` of both accounts have an element in common."""

    def crossed(self, one: str, other: str) -> str:
        """Whether list `one` of either account shares an element with `other` of the other."""

    def common(self, column: str) -> str:
        """How many elements the lists `column` of both accounts have in common."""

    def holds(self, column: str, value: str) -> str:
        """Whether list `column` of the first account holds `value` of the second one."""

    def empty(self, column: str) -> str:
        """Whether list `column` of either account is empty."""


@dataclass(frozen=True, slots=True)
class Level:
    """One outcome of a comparison: its name in the table of weights, and when it holds."""

    name: str
    when: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """Levels from the strongest agreement to the strongest disagreement."""

    name: str
    levels: tuple[Level, ...]


ELSE = "ELSE"
_GAP = "greatest(first_l - last_r, first_r - last_l)"
_LONGEST = "greatest(last_l - first_l, last_r - first_r) + 1"
_ASSUMED = "(assumed_l or assumed_r)"
_ARC = (
    "pow(sin(radians(lat_r - lat_l) / 2), 2) + cos(radians(lat_l)) * cos(radians(lat_r))"
    " * pow(sin(radians(lon_r - lon_l) / 2), 2)"
)
_KM = f"({2 * EARTH_KM} * asin(sqrt(least(1.0, {_ARC}))))"
_WIDEST, _NARROWEST = "greatest(radius_l, radius_r)", "least(radius_l, radius_r)"
_RATIO = "greatest({0}_l, {0}_r) <= {1} * least({0}_l, {0}_r)"


def comparisons(dialect: Dialect) -> tuple[Comparison, ...]:
    """All comparisons, in the words of one engine."""
    return (
        _time(),
        _place(),
        _type(dialect),
        _initiator(dialect),
        _target(dialect),
        _toll(dialect),
        _words(dialect),
        _report(),
    )


def _time() -> Comparison:
    """Intervals, not points: two accounts agree as far as their times can be one."""
    return Comparison("time", (
        Level(UNKNOWN, "first_l is null or first_r is null or last_l is null or last_r is null"),
        Level("reported_together", f"{_ASSUMED} and abs(last_l - last_r) <= 1"),
        Level("reported", f"{_ASSUMED} and {_GAP} <= 0"),
        Level("reported_later", f"{_ASSUMED} and {_GAP} <= 30"),
        Level("stale", _ASSUMED),
        Level("same_day", f"{_GAP} <= 0 and {_LONGEST} = 1"),
        Level("same_days", f"{_GAP} <= 0 and {_LONGEST} <= 4"),
        Level("same_weeks", f"{_GAP} <= 0 and {_LONGEST} <= 31"),
        Level("overlap", f"{_GAP} <= 0"),
        Level("next_day", f"{_GAP} = 1"),
        Level("two_to_three_days", f"{_GAP} <= 3"),
        Level("apart", ELSE),
    ))  # fmt: skip


def _place() -> Comparison:
    """Areas, not points: the distance is held against both radii."""
    return Comparison("place", (
        Level("same_town", f"place_l = place_r and {_WIDEST} <= {NARROW_KM}"),
        Level("same_district", f"place_l = place_r and {_WIDEST} <= {DISTRICT_KM}"),
        Level("same_province", f"place_l = place_r and {_WIDEST} <= {PROVINCE_KM}"),
        Level("same_country", f"place_l = place_r and {_WIDEST} > {PROVINCE_KM}"),
        Level("same_name", "place_l = place_r"),
        Level(UNKNOWN, "lat_l is null or lat_r is null or lon_l is null or lon_r is null"),
        Level("in_town", f"{_WIDEST} <= {NARROW_KM} and {_KM} <= {_WIDEST}"),
        Level("in_district", f"{_WIDEST} <= {DISTRICT_KM} and {_KM} <= {_WIDEST}"),
        Level("in_province", f"{_WIDEST} <= {PROVINCE_KM} and {_KM} <= {_WIDEST}"),
        Level("in_country", f"{_KM} <= {_WIDEST}"),
        Level(
            "touching", f"{_WIDEST} <= {PROVINCE_KM} and {_KM} <= {_WIDEST} + {_NARROWEST}"
        ),
        Level("near", f"{_KM} <= {_WIDEST} + {_NARROWEST} + {NEAR_KM}"),
        Level("apart", ELSE),
    ))  # fmt: skip


def _type(dialect: Dialect) -> Comparison:
    return Comparison("type", (
        Level(UNKNOWN, "type_l is null or type_r is null"),
        Level("same", "type_l = type_r"),
        Level("close", dialect.holds("close_types", "type")),
        Level("cousin", dialect.holds("cousin_types", "type")),
        Level("apart", ELSE),
    ))  # fmt: skip


def _initiator(dialect: Dialect) -> Comparison:
    return Comparison("initiator", (
        Level(UNKNOWN, dialect.empty("initiators")),
        Level("same", dialect.share("initiators")),
        Level("crossed", dialect.crossed("initiators", "targets")),
        Level("apart", ELSE),
    ))  # fmt: skip


def _target(dialect: Dialect) -> Comparison:
    return Comparison("target", (
        Level(UNKNOWN, dialect.empty("targets")),
        Level("same", dialect.share("targets")),
        Level("apart", ELSE),
    ))  # fmt: skip


def _toll(dialect: Dialect) -> Comparison:
    """The same figure tells much, another one little: sides count their own way."""
    killed = "killed_l is not null and killed_r is not null"
    wounded = "wounded_l is not null and wounded_r is not null"
    return Comparison("toll", (
        Level(
            UNKNOWN,
            f"not {dialect.share('toll')} and not ({killed}) and not ({wounded})",
        ),
        Level("equal_two", f"{dialect.share('toll')} and {dialect.common('toll')} >= 3"),
        Level("equal_large", dialect.share("toll_large")),
        Level("equal_one", f"{dialect.share('toll')} and killed_l = 1 and killed_r = 1"),
        Level("equal", dialect.share("toll")),
        Level("like", f"{killed} and {_RATIO.format('killed', 1.5)}"),
        Level("unlike", f"{killed} and {_RATIO.format('killed', 4)}"),
        Level("far", killed),
        Level("wounded_unlike", ELSE),
    ))  # fmt: skip


def _words(dialect: Dialect) -> Comparison:
    """Names of people, units and buildings, and words that few reports share.

    The order is that of how often they occur: what is common to most pairs is found out first.
    """
    # In tenths: sums of whole numbers are the same on every engine, to the last bit.
    score = f"13 * {dialect.common('names')} + 9 * {dialect.common('words')}"
    return Comparison("words", (
        Level("same_passage", "passage_l = passage_r and report_l <> report_r"),
        Level("none", f"not {dialect.share('names')} and not {dialect.share('words')}"),
        Level("few", f"{score} < 17"),
        Level("some", f"{score} < 25"),
        Level("several", f"{score} < 40"),
        Level("many", f"{score} < 60"),
        Level("very_many", ELSE),
    ))  # fmt: skip


def _report() -> Comparison:
    """Two accounts of one report are two happenings, unless it says that they are one."""
    same = "report_l = report_r"
    return Comparison("report", (
        Level(UNKNOWN, "report_l <> report_r"),
        Level("reference", f"{same} and (ref_l = id_of_r or ref_r = id_of_l)"),
        Level("same_sentence", f"{same} and start_l = start_r"),
        Level("same", ELSE),
    ))  # fmt: skip
