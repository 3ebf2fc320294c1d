"""Draws: what is certain stays, what is in doubt varies as the evidence says."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from contested.analyse.answer import band, needed
from contested.analyse.draws import NO_FIGURE, DrawOptions, deaths, draw
from contested.analyse.events import Events, Happening, columns
from contested.errors import ExtraMissing, NothingToAnalyse, TooFew, UsageError

DAY = 739000


def happening(n: int, **values: Any) -> Happening:
    defaults: dict[str, Any] = {"first": DAY, "last": DAY, "initiators": ((("ttp",), 1.0),)}
    return Happening(id=f"i-{n}", **{**defaults, **values})


def soldiers(low: float, best: float, high: float) -> tuple[Any, ...]:
    return (None, (low, best, high), None, None)


def one(**values: Any) -> Events:
    return columns([happening(0, **values)], source="test")


MANY = DrawOptions(count=4000)


def test_what_is_certain_is_the_same_in_every_draw() -> None:
    drawn = draw(one(tolls=soldiers(3, 3, 3)), DrawOptions(count=5))
    assert len(drawn) == 5
    for each in drawn:
        assert (each.event.tolist(), each.day.tolist()) == ([0], [DAY])
        assert each.killed.tolist() == [[NO_FIGURE, 3, NO_FIGURE, NO_FIGURE]]
        assert drawn.events.side(each.side[0]) == "ttp"


def test_no_figure_is_never_zero() -> None:
    drawn = draw(one(), MANY)
    assert (drawn.killed == NO_FIGURE).all()
    assert (drawn.deaths() == NO_FIGURE).all()
    assert "not zero" in " ".join(drawn.assumptions())


def test_the_toll_is_triangular() -> None:
    drawn = draw(one(tolls=soldiers(100, 200, 600)), MANY)
    killed = drawn.killed[:, 1]
    assert killed.min() >= 100
    assert killed.max() <= 600
    assert killed.mean() == pytest.approx(300, abs=6)
    assert killed.std() == pytest.approx(
        np.sqrt((1e4 + 4e4 + 36e4 - 2e4 - 6e4 - 12e4) / 18), rel=0.05
    )


def test_classes_of_one_account_go_together() -> None:
    tolls = ((0, 10, 100), (0, 10, 100), None, None)
    drawn = draw(one(tolls=tolls), MANY)
    assert (drawn.killed[:, 0] == drawn.killed[:, 1]).all()


def test_an_open_end_goes_up_to_its_bound() -> None:
    events = one(tolls=soldiers(10, 10, 10), open=True)
    assert draw(events, DrawOptions(count=2000, open_factor=3)).killed[:, 1].max() in range(26, 31)
    assert (draw(events, DrawOptions(count=9, open_factor=1)).killed[:, 1] == 10).all()


def test_the_day_is_any_of_its_interval_and_unknown_stays_so() -> None:
    drawn = draw(one(last=DAY + 9), MANY)
    days, times = np.unique(drawn.day, return_counts=True)
    assert days.tolist() == list(range(DAY, DAY + 10))
    assert times.min() > 320
    assert (draw(one(first=0, last=DAY), MANY).day == 0).all()


def test_the_initiator_follows_its_probabilities() -> None:
    events = one(initiators=((("ttp",), 0.2), (("iskp",), 0.3), (("bla",), 0.5)))
    drawn = draw(events, MANY)
    shares = {events.side(side): float((drawn.side == side).mean()) for side in set(drawn.side)}
    assert shares == pytest.approx({"ttp": 0.2, "iskp": 0.3, "bla": 0.5}, abs=0.03)
    assert drawn.point().side.tolist() == [events.sides.index(("bla",))]
    tied = one(initiators=((("ttp",), 0.5), (("iskp",), 0.5)))
    assert draw(tied, MANY).point().side.tolist() == [0]


def test_the_unconfirmed_come_with_their_chance() -> None:
    drawn = draw(one(chance=0.3, point=False), MANY)
    assert np.diff(drawn.offsets).mean() == pytest.approx(0.3, abs=0.03)
    assert len(drawn.point()) == 0


def pairs(*chances: float) -> Events:
    rows = [happening(n) for n in range(len(chances) + 1)]
    links = [(n, n + 1, chance) for n, chance in enumerate(chances)]
    return columns(rows, links, source="test")


def test_a_pair_is_one_with_its_probability() -> None:
    assert np.diff(draw(pairs(0.25), MANY).offsets).mean() == pytest.approx(1.75, abs=0.03)


def test_merging_is_transitive_and_leaves_one() -> None:
    assert (np.diff(draw(pairs(1, 1, 1, 1), MANY).offsets) == 1).all()
    drawn = draw(pairs(1, 0, 1), MANY)
    assert (np.diff(drawn.offsets) == 2).all()
    assert len(drawn.point()) == 4


def test_of_two_accounts_one_with_a_figure_stands() -> None:
    rows = [happening(0), happening(1, tolls=soldiers(3, 3, 3))]
    drawn = draw(columns(rows, [(0, 1, 1.0)], source="test"), MANY)
    assert (drawn.event == 1).all()


def test_one_that_is_not_there_merges_with_nobody() -> None:
    rows = [happening(0, chance=0.5), happening(1)]
    drawn = draw(columns(rows, [(0, 1, 1.0)], source="test"), MANY)
    assert (np.diff(drawn.offsets) == 1).all()


def test_undercount_adds_what_no_report_tells() -> None:
    rows = [happening(n, first=DAY + n, last=DAY + n) for n in range(100)]
    events = columns(rows, source="test")
    drawn = draw(events, DrawOptions(count=500, undercount=0.2))
    assert np.diff(drawn.offsets).mean() == pytest.approx(125, abs=1)
    assert drawn.day.min() >= DAY
    assert drawn.day.max() <= DAY + 99
    assert (np.diff(drawn.number) >= 0).all()
    assert np.array_equal(np.bincount(drawn.number), np.diff(drawn.offsets))
    assert len(draw(events, DrawOptions(count=5, undercount=0)).event) == 500


def test_the_same_seed_gives_the_same_draws() -> None:
    events = one(tolls=soldiers(1, 5, 50), last=DAY + 30, chance=0.5)
    a, b = (draw(events, DrawOptions(count=50, seed=7)) for _ in range(2))
    c = draw(events, DrawOptions(count=50, seed=8))
    for name in ("offsets", "event", "day", "side", "killed"):
        assert np.array_equal(getattr(a, name), getattr(b, name))
    assert not np.array_equal(a.offsets, c.offsets)


@given(
    ends=st.lists(
        st.tuples(st.integers(0, 50), st.integers(0, 50), st.integers(0, 50)),
        min_size=1,
        max_size=8,
    ),
    seed=st.integers(0, 99),
)
def test_no_draw_leaves_what_was_said(ends: list[tuple[int, int, int]], seed: int) -> None:
    rows = [happening(n, tolls=soldiers(*sorted(end))) for n, end in enumerate(ends)]
    drawn = draw(columns(rows, source="test"), DrawOptions(count=10, seed=seed))
    low = np.array([min(end) for end in ends])[drawn.event]
    high = np.array([max(end) for end in ends])[drawn.event]
    assert ((low <= drawn.killed[:, 1]) & (drawn.killed[:, 1] <= high)).all()


def test_deaths_are_the_sum_of_what_has_a_figure() -> None:
    killed = np.array([[-1, 3, -1, 2], [-1, -1, -1, -1], [0, -1, -1, -1]], dtype=np.int32)
    assert deaths(killed).tolist() == [5, NO_FIGURE, 0]


@pytest.mark.parametrize(
    "values",
    [{"count": 0}, {"count": 10**6}, {"seed": -1}, {"undercount": 1.0}, {"open_factor": 0.5}],
)
def test_options_that_make_no_sense_are_refused(values: dict[str, Any]) -> None:
    with pytest.raises(UsageError):
        DrawOptions(**values)


def test_nothing_to_draw_from_is_said() -> None:
    with pytest.raises(NothingToAnalyse, match="nothing to draw"):
        draw(columns([], source="test"))


def test_a_band_holds_its_point_and_refuses_nothing() -> None:
    found = band(np.arange(101), level=0.9, point=99)
    assert found.low == pytest.approx(5)
    assert (found.best, found.high) == (99, 99)
    assert band([1, float("nan"), 3]).words() == "2 (1.1 to 2.9)"
    with pytest.raises(TooFew):
        band([float("nan"), float("inf")])


def test_a_missing_library_says_how_to_install_it() -> None:
    with pytest.raises(ExtraMissing, match=r"pip install 'contested\[analyse\]'"):
        needed("no_such_library_anywhere")
