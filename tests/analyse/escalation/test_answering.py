"""Who answers whom: what is found, what is refused, and in which words."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from contested.analyse.charts.escalation import chart
from contested.analyse.draws import DrawOptions, draw
from contested.analyse.escalation import (
    DimensionOptions,
    Escalation,
    Rule,
    StudyOptions,
    escalation,
    rules_of,
    study,
)
from contested.analyse.escalation.study import _spread
from contested.errors import TooFew, UsageError
from contested.model import to_plain
from tests.analyse.escalation.samples import SIDES, drawn, events, happening, rows


@pytest.fixture(scope="module")
def found() -> Escalation:
    return escalation(drawn(rows(), 20))


def pair(found: Escalation, asks: str, answers: str) -> float:
    (row,) = [r for r in found.rows if (r.asks, r.answers) == (asks, answers)]
    assert row.follow is not None
    return row.follow.best


def test_finds_the_side_that_answers(found: Escalation) -> None:
    assert 0.3 < pair(found, "army", "rebels") < 0.7
    assert pair(found, "rebels", "army") < 0.15
    clear = {(r.asks, r.answers) for r in found.rows if r.clear}
    assert ("army", "rebels") in clear
    assert ("rebels", "army") not in clear
    assert "rebels answers army" in found.answer
    assert found.half_life is not None
    assert found.half_life.low < 1.73 < found.half_life.high


def test_an_interval_holds_its_best_and_nothing_is_nan(found: Escalation) -> None:
    json.dumps(to_plain(found), allow_nan=False)
    for row in found.rows:
        assert row.follow is not None
        assert row.follow.low <= row.follow.best <= row.follow.high


def test_the_same_seed_gives_the_same(found: Escalation) -> None:
    assert escalation(drawn(rows(), 20)) == found


def test_other_names_give_the_same_figures(found: Escalation) -> None:
    renamed = escalation(drawn(rows(sides=("zebra", "aardvark")), 20))
    for old, new in (("army", "zebra"), ("rebels", "aardvark")):
        for other, another in (("army", "zebra"), ("rebels", "aardvark")):
            here, there = pair(found, old, other), pair(renamed, new, another)
            assert there == pytest.approx(here, abs=0.03)


def test_one_side_alone_answers_nobody() -> None:
    alone = [row for row in rows() if row.initiators[0][0] == ("rebels",)]
    found = escalation(drawn(alone))
    assert [r.answers for r in found.rows] == ["rebels"]
    assert any("Only rebels has 30 events" in words for words in found.warnings)
    assert "nobody can be said to answer another" in found.answer


def test_a_side_with_few_events_is_named_and_not_judged() -> None:
    few = [happening(9000 + n, 100 + n, "militia") for n in range(12)]
    found = escalation(drawn(rows() + few))
    (row,) = [r for r in found.rows if r.asks == "militia"]
    assert row.follow is None
    assert row.note == "too few events: 12, below 30"


def test_the_rest_is_put_together_and_not_judged() -> None:
    few = [happening(9000 + n, 20 * n, f"militia-{n % 3}") for n in range(60)]
    found = escalation(drawn(rows() + few))
    mixed = [r for r in found.rows if "others" in (r.asks, r.answers)]
    assert len(mixed) == 5
    assert not any(r.clear for r in mixed)


def test_who_began_by_chance_is_no_answer() -> None:
    both = tuple(((side,), 0.5) for side in SIDES)
    found = escalation(drawn([replace(row, initiators=both) for row in rows()]))
    assert not any(row.clear for row in found.rows)
    assert "nobody says who began" in found.answer
    assert found.radius.best > 0.2


def test_too_few_events_are_refused() -> None:
    with pytest.raises(TooFew, match="Nobody has 30 dated events here; army has most, 20"):
        study(drawn([happening(n, 10 * n, "army") for n in range(20)]))


def test_undated_events_are_refused() -> None:
    with pytest.raises(TooFew, match="No incident has a date"):
        study(drawn([happening(n, 1, "army", first=0, last=0) for n in range(50)]))


def test_a_busy_week_is_refused() -> None:
    with pytest.raises(TooFew, match="span 7 days"):
        study(drawn([happening(n, n % 7, "army") for n in range(70)]))


def test_a_gap_is_told() -> None:
    made = [row for row in rows() if not 500 < row.first - 737791 < 900]
    words = " ".join(escalation(drawn(made)).warnings)
    assert "takes that as peace" in words


def test_unknown_sides_are_in_no_dimension() -> None:
    nobody = [happening(9000 + n, 30 * n, "x", initiators=(((), 1.0),)) for n in range(10)]
    found = study(drawn(rows() + nobody))
    assert sorted(found.names) == ["army", "rebels"]


def test_reported_twice_looks_like_an_answer_until_it_is_drawn() -> None:
    plain = [row for row in rows(3000.0) if row.initiators[0][0] == ("army",)]
    twins = [replace(row, id=f"{row.id}-b") for row in plain[::4]]
    pairs = tuple((4 * n, len(plain) + n, 0.97) for n in range(len(twins)))
    found = escalation(draw(events(plain + twins, pairs), DrawOptions(count=15)))
    assert found.naive_radius is not None
    assert found.naive_radius > found.radius.best + 0.1
    assert "looks like an answer" in found.answer


def test_types_can_be_told_apart() -> None:
    strikes = [replace(row, type="airstrike") if n % 2 else row for n, row in enumerate(rows())]
    options = StudyOptions(dimensions=DimensionOptions(by="actor-type"))
    names = study(drawn(strikes, 3), options).names
    assert {"army: airstrike", "army: attack"} <= set(names)


def test_a_table_tells_apart(tmp_path: Path) -> None:
    path = tmp_path / "sides.csv"
    path.write_text("dimension,actor,type\nair,army,airstrike\nground,army,\nrebels,rebels,\n")
    strikes = [replace(row, type="airstrike") if n % 2 else row for n, row in enumerate(rows())]
    options = StudyOptions(dimensions=DimensionOptions(rules=rules_of(path)))
    assert set(study(drawn(strikes, 3), options).names) == {"air", "ground", "rebels"}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("actor,type\na,b\n", "has the columns dimension"),
        ("dimension,colour\na,b\n", "does not know colour"),
        ("dimension,actor\n,army\n", "must name its dimension"),
        ("dimension,actor\nothers,army\n", "what fits no line"),
    ],
)
def test_a_table_that_cannot_be_used_says_why(tmp_path: Path, text: str, words: str) -> None:
    path = tmp_path / "sides.csv"
    path.write_text(text)
    with pytest.raises(UsageError, match=words):
        rules_of(path)
    with pytest.raises(UsageError, match="cannot be read"):
        rules_of(tmp_path / "none.csv")


def test_less_than_ten_events_cannot_be_asked_for() -> None:
    with pytest.raises(UsageError, match="at least 10"):
        DimensionOptions(enough=5)


def test_a_rule_fits_what_it_leaves_open() -> None:
    made = events([happening(1, 1, "army", place="Wana", country="PK")])
    assert Rule(dimension="x", country="PK").fits(("army",), made, 0)
    assert not Rule(dimension="x", place="Kabul").fits(("army",), made, 0)


def test_the_chart_holds_its_data_and_words(found: Escalation) -> None:
    made = chart(found)
    assert found.answer in made["description"]
    assert "rebels" in json.dumps(made, allow_nan=False)


def test_an_interval_is_widened_towards_what_few_events_hide() -> None:
    fits = [0.5] * 100
    copies = np.linspace(0.1, 0.55, 100).tolist()
    found = _spread(fits, copies)
    assert found.best == 0.5
    assert found.low == pytest.approx(np.quantile(copies, 0.05))
    assert found.high > float(np.quantile(copies, 0.98))


def test_few_events_are_told_to_have_weak_intervals() -> None:
    few = escalation(drawn(rows(length=400.0), count=4))
    many = escalation(drawn(rows(length=2500.0), count=4))
    assert any("of 100 simulated" in words for words in few.warnings)
    assert not any("of 100 simulated" in words for words in many.warnings)
