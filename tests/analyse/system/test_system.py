"""Arrows, their counts and deniers, what changed, and what is refused."""

from __future__ import annotations

import datetime as dt
from typing import Any

import numpy as np
import pytest

from contested.analyse.draws import DrawOptions, Draws, draw
from contested.analyse.events import Happening, columns
from contested.analyse.system import Null, Scene, System, SystemOptions, scene, system
from contested.analyse.system.changes import holm
from contested.errors import NothingToAnalyse, UsageError
from contested.model import Claim
from contested.pipeline.picturing import scheme
from tests.analyse.telling import WORLD, bodies, claim, on, ref, tie

SCHEME = scheme(WORLD)
TTP, STATE = ("ttp",), ("pakistan-military",)


def day(text: str) -> int:
    return dt.date.fromisoformat(text).toordinal()


def happened(text: str | None, kind: str = "ambush", **values: Any) -> Happening:
    """TTP against the army, once."""
    at = day(text) if text else 0
    values = {"initiators": ((TTP, 1.0),), "target": STATE} | values
    return Happening(
        id=values.pop("id", f"i-{text}-{kind}"), first=at, last=at, type=kind, **values
    )


def drawn(*rows: Happening, count: int = 50) -> Draws:
    return draw(columns(rows, source="test"), DrawOptions(count=count))


def seen(
    *claims: Claim, draws: Draws | None = None, published: Any = None, **options: Any
) -> tuple[Scene, SystemOptions]:
    chosen = SystemOptions(**({"null": Null(shuffles=39)} | options))
    return scene(claims, draws, SCHEME, bodies(), published or {}, chosen), chosen


def found(*claims: Claim, **values: Any) -> System:
    return system(*seen(*claims, **values))


def arrow(answer: System, kind: str) -> Any:
    return next(row for row in answer.rows if row.arrow == kind)


def test_attacks_are_counted_over_draws() -> None:
    rows = (
        happened("2024-01-01"),
        happened("2024-02-01", chance=0.5, point=False),
        happened("2024-03-01", "protest"),
        happened(None),
    )
    row = arrow(found(draws=drawn(*rows)), "attacks")
    assert (row.source, row.target) == ("ttp", "pakistan")
    assert (row.low, row.count, row.high, row.undated) == (2, 2, 3, 1)
    assert (row.first, row.last) == ("2024-01-01", "2024-01-01")


def test_where_either_may_have_begun_they_clash() -> None:
    either = happened(
        "2024-01-01",
        "state-based conflict",
        initiators=((TTP, 0.5), (STATE, 0.5)),
        target=(*TTP, *STATE),
    )
    answer = found(draws=drawn(either))
    assert [(r.arrow, r.count, r.low) for r in answer.rows] == [("clashes with", 1, 1)]


def test_who_is_no_known_actor_is_one_of_others() -> None:
    answer = found(draws=drawn(happened("2024-01-01", target=("“people”",))))
    assert answer.rows[0].target == "others"
    with pytest.raises(NothingToAnalyse, match="none names who began"):
        found(draws=drawn(happened("2024-01-01", initiators=((("“gunmen”",), 1.0),))))


def test_ties_words_and_terms() -> None:
    answer = found(
        tie("afghan-taliban", "shelters", "ttp", "pakistan"),
        tie("afghan-taliban", "shelters", "ttp", "afghan-taliban", stance="denies"),
        claim(
            "agreement",
            type="talks",
            act="agreed",
            time="2025-10-18",
            parties=(ref("pakistan"), ref("afghanistan")),
            mediators=(ref("qatar"),),
        ),
        claim("statement", "ttp", act="warns", by=ref("ttp"), addressees=(ref("pakistan-army"),)),
    )
    known = {(row.source, row.arrow, row.target) for row in answer.rows}
    assert known == {
        ("afghan-taliban", "shelters", "ttp"),
        ("afghan-taliban", "denies", "pakistan"),
        ("afghanistan", "negotiates with", "pakistan"),
        ("qatar", "mediates with", "pakistan"),
        ("qatar", "mediates with", "afghanistan"),
        ("ttp", "threatens", "pakistan"),
    }
    shelters = arrow(answer, "shelters")
    assert shelters.denied_by == ("afghan-taliban",)
    assert shelters.asserted_by == ("pakistan",)
    assert (shelters.low, shelters.high) == (0, 2)
    assert any(words.startswith("Who mediates. Qatar") for words in answer.words)


def test_one_term_told_by_several_is_one_act() -> None:
    ends: dict[str, Any] = {"parties": (ref("pakistan"), ref("afghanistan")), "type": "ceasefire"}
    both = [claim("agreement", act="agreed", time="2025-10-15", **ends) for _ in range(3)]
    row = arrow(found(*both), "negotiates with")
    assert row.count == 1
    assert len(row.claims) == 3


def test_what_changed_between_two_times() -> None:
    early = [happened(f"2022-0{month}-01") for month in (1, 2)]
    late = [happened(f"2024-{month:02}-{at:02}") for month in range(1, 9) for at in (3, 13, 23)]
    talks = claim(
        "agreement",
        type="talks",
        act="agreed",
        time="2024-05-05",
        confidence=1.0,
        parties=(ref("pakistan"), ref("afghanistan")),
    )
    answer = found(talks, draws=drawn(*early, *late), was="2022-12-31", now="2024-12-31")
    verdicts = {change.arrow: change for change in answer.changes}
    assert verdicts["negotiates with"].verdict == "new"
    attacks = verdicts["attacks"]
    assert (attacks.before, attacks.after, attacks.verdict) == (2, 24, "stronger")
    assert attacks.p is not None
    assert attacks.p < 0.001
    back = found(talks, draws=drawn(*early, *late), was="2024-12-31", now="2025-12-31")
    assert {change.verdict for change in back.changes} == {"gone"}
    assert any("overlap" in w for w in found(
        draws=drawn(*early), was="2022-06-30", now="2022-12-31").warnings)  # fmt: skip


def test_a_little_more_is_no_clear_change() -> None:
    rows = [happened(f"2022-0{n}-01") for n in (1, 2, 3)]
    rows += [happened(f"2023-0{n}-01") for n in (1, 2, 3, 4, 5)]
    answer = found(draws=drawn(*rows), was="2022-12-31", now="2023-12-31")
    assert answer.changes[0].verdict == "no clear change"
    assert answer.changes[0].p == pytest.approx(0.7266, abs=1e-4)


def test_what_the_record_says_anew() -> None:
    before, options = seen(tie("india", "supports", "ttp"))
    now, _ = seen(tie("india", "supports", "ttp"), tie("al-qaeda", "allied_with", "ttp"))
    changes = {c.arrow: c.verdict for c in system(now, options, before).changes}
    assert changes == {"is allied with": "new", "supports": "no clear change"}


def test_a_planted_loop_is_told_with_its_turns() -> None:
    rows: list[Happening] = []
    for n in range(10):
        start = day("2020-01-01") + 100 * n
        for after, kind in ((0, "ambush"), (4, "airstrike"), (9, "border_clash")):
            text = dt.date.fromordinal(start + after).isoformat()
            rows.append(happened(text, kind, id=f"i-{n}-{kind}"))
        for after in (40, 60, 75, 90):
            text = dt.date.fromordinal(start + after).isoformat()
            rows.append(happened(text, ("raid", "airstrike", "border_clash")[(n * after) % 3]))
    answer = found(draws=drawn(*rows), null=Null(shuffles=199, gap=60))
    named = {loop.named: loop for loop in answer.loops}["strike and answer"]
    assert named.times == len(named.turns) >= 10
    assert named.shortest is not None
    assert named.shortest <= (named.median_days or 0) <= (named.longest or 0)
    assert named.turns[0].steps[0].ids == ("i-0-ambush",)
    assert all(0 < loop.p <= loop.p_corrected <= 1 for loop in answer.loops)


def test_too_little_for_loops_is_said() -> None:
    answer = found(draws=drawn(happened("2024-01-01")))
    assert answer.loops == ()
    assert any("No loops" in words for words in answer.warnings)
    undated = found(tie("india", "supports", "ttp"))
    assert any("Nothing has a date" in words for words in undated.warnings)
    placed = tie("india", "supports", "ttp")
    assert found(placed, published=on("2024-01-01", placed)).rows[0].first == "2024-01-01"


@pytest.mark.parametrize(
    "wrong",
    [
        {"span": 0},
        {"null": Null(gap=0)},
        {"null": Null(shuffles=3)},
        {"was": "2024-01-01", "now": "2023-01-01"},
    ],
)
def test_options_that_make_no_sense(wrong: dict[str, Any]) -> None:
    with pytest.raises(UsageError):
        SystemOptions(**wrong)


def test_nothing_to_answer_from() -> None:
    with pytest.raises(NothingToAnalyse, match="there is no arrow"):
        found()


def test_holm() -> None:
    assert holm([0.01, 0.04, 0.03]) == pytest.approx([0.03, 0.06, 0.06])
    assert holm([]) == []
    assert np.isfinite(holm([1.0, 1.0])).all()
