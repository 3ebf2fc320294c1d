"""Counts a cell and month; and when there is too little to go by."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pytest

from contested.analyse.draws import DrawOptions, draw
from contested.analyse.events import Happening, columns
from contested.analyse.forecast.panel import OTHERS, By, check, label, month_named, month_of, panel
from contested.errors import NothingToAnalyse, TooFew, UsageError
from tests.analyse.forecast.samples import draws, events


def test_months_of_days() -> None:
    days = [dt.date(1969, 12, 31), dt.date(2022, 11, 1), dt.date(2022, 11, 30)]
    found = month_of(np.array([0, *(day.toordinal() for day in days)]))
    assert found[0] < -1000
    assert [label(int(month)) for month in found[1:]] == ["1969-12", "2022-11", "2022-11"]
    assert month_named("2022-11") == found[2]
    for wrong in ("2022", "2022-13", "November", ""):
        with pytest.raises(UsageError, match="2022-11"):
            month_named(wrong)


@pytest.mark.parametrize(
    ("by", "names"),
    [
        ("actor", ("ttp", "isk")),
        ("admin1", ("Kurram (PK)", "Khyber (PK)", "province unknown (PK)")),
        ("country", ("PK",)),
        ("all", ("all",)),
    ],
)
def test_every_incident_is_counted_once(by: By, names: tuple[str, ...]) -> None:
    drawn = draws()
    found = panel(drawn, by, most=8)
    assert found.names == names
    total = found.counts(drawn.point(), "incidents").sum()
    inside = (month_of(drawn.point().day) <= found.last).sum()
    assert total == inside


def test_the_smaller_cells_are_one() -> None:
    drawn = draws()
    found = panel(drawn, "admin1", most=1)
    assert found.names == ("Kurram (PK)", OTHERS)
    both, every = (
        one.counts(drawn.point(), "deaths").sum() for one in (found, panel(drawn, "all", 1))
    )
    assert both == every


def test_a_month_that_may_not_be_over_is_left_out() -> None:
    def last(*days: str) -> str:
        rows = [
            Happening(id=day, first=ordinal, last=ordinal)
            for day in days
            for ordinal in [dt.date.fromisoformat(day).toordinal()]
        ]
        found = panel(draw(columns(rows, source="t"), DrawOptions(count=1)), "all", 1)
        return label(found.last)

    assert last("2020-01-05", "2022-11-20") == "2022-10"
    assert last("2020-01-05", "2022-11-29") == "2022-11"


def test_a_short_history_is_refused() -> None:
    drawn = draws(months=20)
    found = panel(drawn, "all", 1)
    with pytest.raises(TooFew, match="a forecast needs 24"):
        check(found, found.counts(drawn.point(), "incidents"), keep_gaps=False)


def test_a_gap_is_refused_unless_it_was_peace() -> None:
    drawn = draws(months=60, skip=range(10, 14))
    found = panel(drawn, "all", 1)
    table = found.counts(drawn.point(), "incidents")
    with pytest.raises(TooFew, match=r"2019-11 to 2020-02 \(4 months\).*--since 2020-03"):
        check(found, table, keep_gaps=False)
    assert "counts as peace" in check(found, table, keep_gaps=True)[0]


def test_a_quiet_record_may_be_silent_for_long() -> None:
    drawn = draws(months=60, a_month=0.5, skip=range(10, 16))
    found = panel(drawn, "all", 1)
    assert check(found, found.counts(drawn.point(), "incidents"), keep_gaps=False) == []


def test_no_date_no_forecast() -> None:
    dated = events(months=3)
    never = columns([Happening(id="i")], source="t")
    with pytest.raises(NothingToAnalyse, match="date"):
        panel(draw(never, DrawOptions(count=1)), "all", 1)
    assert len(dated)
