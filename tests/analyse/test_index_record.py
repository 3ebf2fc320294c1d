"""The terrorism index of a record: what its doubts make of the score."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from contested.analyse.draws import DrawOptions, Draws, draw
from contested.analyse.events import Happening, columns
from contested.analyse.index_record import Harm, harms, index_of_draws
from contested.errors import NothingToAnalyse
from tests.analyse.samples import figure, incident, toll


def drawn(*rows: tuple[str | None, str | None, dict[str, Any]], count: int = 200) -> Draws:
    happenings = []
    for n, (day, country, values) in enumerate(rows):
        ordinal = dt.date.fromisoformat(day).toordinal() if day else 0
        happenings.append(
            Happening(id=f"i-{n}", first=ordinal, last=ordinal, country=country, **values)
        )
    return draw(columns(happenings, source="record"), DrawOptions(count=count))


def killed(low: float, best: float, high: float) -> dict[str, Any]:
    return {"tolls": ((low, best, high), None, None, None)}


def test_a_record_without_doubt_gives_what_the_formula_gives() -> None:
    found = index_of_draws(
        drawn(
            ("2021-03-01", "TG", {}),
            *(("2022-05-01", "TG", killed(5, 5, 5)) for _ in range(4)),
            ("2022-06-01", "TG", killed(6, 6, 6)),
        ),
        {"i-1": Harm(injuries=None), "i-2": harms([wounded()])["i-w"]},
    )
    newest = found.rows[0]
    assert (newest.country, newest.year) == ("TG", 2022)
    assert newest.weighted.best == 16 * (5 + 3 * 26 + 0.5 * 16) + 8
    assert newest.score.best == 4.9145
    assert newest.hostages is None
    assert "No hostages are counted" in " ".join(found.warnings)


def wounded() -> Any:
    return incident("i-w", "2022-05-01", toll(16, 16, 16, figure("ispr", 16), effect="wounded"))


def test_doubt_about_deaths_is_doubt_about_the_score() -> None:
    found = index_of_draws(drawn(("2022-05-01", "PK", killed(10, 20, 90))))
    row = found.rows[0]
    assert row.deaths is not None
    assert 10 <= row.deaths.low < 20 < row.deaths.high <= 90
    assert row.score.low < row.score.best < row.score.high


def test_an_incident_that_may_not_have_happened() -> None:
    found = index_of_draws(
        drawn(("2022-05-01", "PK", {}), ("2022-07-01", "PK", {"chance": 0.5, "point": False}))
    )
    row = found.rows[0]
    assert (row.incidents.low, row.incidents.best, row.incidents.high) == (1, 1, 2)


def test_what_has_no_place_or_day_is_left_out_and_told() -> None:
    found = index_of_draws(
        drawn(("2022-05-01", "PK", {}), (None, "PK", {}), ("2022-05-02", None, {}))
    )
    assert found.rows[0].incidents.best == 1
    told = " ".join(found.warnings)
    assert "1 incident without a country" in told
    assert "1 incident without both ends of a date" in told
    with pytest.raises(NothingToAnalyse, match="country and a date"):
        index_of_draws(drawn((None, "PK", {})))


def test_harm_adds_up_over_classes_of_victims() -> None:
    one = incident(
        "i-1",
        "2022-05-01",
        toll(2, 3, 4, figure("ispr", 3), effect="wounded"),
        toll(1, None, 5, figure("ttp", 5), effect="wounded", victims="civilians"),
        toll(7, 7, 7, figure("ttp", 7), effect="captured"),
        toll(9, 9, 9, figure("ttp", 9)),
    )
    found = harms([one])["i-1"]
    assert found.injuries is not None
    assert (found.injuries.low, found.injuries.best, found.injuries.high) == (3, 4, 9)
    assert found.hostages is not None
    assert found.hostages.best == 7


def test_ends_of_deaths_are_whole_people() -> None:
    found = index_of_draws(drawn(("2020-05-01", "PK", killed(10, 20, 35)), count=7))
    deaths = found.rows[0].deaths
    assert deaths is not None
    assert (deaths.low, deaths.high) == (int(deaths.low), int(deaths.high))
