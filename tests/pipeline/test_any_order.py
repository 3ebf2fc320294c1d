"""Reports one by one in any order, with decisions between, or all at once: one record.

And whatever comes later, what the record once said it says for ever when asked as of then.
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from contested import Record, Settings
from contested.errors import ContestedError
from contested.model import ActorRef, Claim, Count, Report, Speaker, Where, make, to_plain
from contested.model.edtf import when
from contested.pipeline.stages import Stages

from .conftest import KURRAM, QUETTA, LineReading

PLACES = {
    "Kurram": KURRAM,
    "Parachinar": Where("Parachinar", "Parachinar", KURRAM.admin1, "PK", 33.9, 70.1, 8.0),
    "Province": Where(str(KURRAM.admin1), "KP", KURRAM.admin1, "PK", 34.3, 71.5, 220.0),
    "Pakistan": Where("Pakistan", "Pakistan", None, "PK", 30.0, 70.0, 900.0),
    "Quetta": QUETTA,
    "nowhere": None,
}
ACTORS = {"TTP": "ttp", "ISPR": "pakistan-military", "Dawn": None}
TYPES = ("ambush", "bombing", "attack", "armed_clash", "a type of tomorrow")
_TOLD = re.compile(
    r"On (?P<day>\S+) in (?P<place>\w+), says (?P<who>\w+), (?P<low>\d+) (?P<of>\w+) fell: "
    r"(?P<type>[\w ]+)\."
)
PLAIN = (
    "the and of to in was were that they on which with by from this had not are but who one all "
    "their there been have more when what would could people time day night road village town "
    "river market school house family morning evening week month year bridge valley hill field "
    "water bread winter summer train station driver teacher doctor farmer shop door window wall "
    "garden letter story song after before under over near along between against without because "
    "while during until some many other new old small large long short early late white black"
)
"""Plain English: a report in another language is refused."""
WORDS = PLAIN.split()
WIRES = [" ".join(random.Random(seed).choices(WORDS, k=80)) for seed in range(2)]


class Reader:
    """Reads several accounts in a report: places of every size, vague days, odd types."""

    method = "told-1"
    confidence = 0.9

    def extract(self, report: Report) -> LineReading:
        return LineReading([c for f in _TOLD.finditer(report.text) for c in self._of(report, f)])

    def _of(self, report: Report, found: re.Match[str]) -> Iterator[Claim]:
        passage = report.passage(found.start(), found.end())
        speaker = Speaker(found["who"], ACTORS.get(found["who"]), "party")
        told: dict[str, Any] = {
            "where": PLACES[found["place"]],
            "when": None if found["day"] == "someday" else when(found["day"]),
            "speakers": () if found["who"] == "Outlet" else (speaker,),
            "method": self.method,
            "confidence": self.confidence,
        }
        initiators = (ActorRef("ttp", "TTP"),)
        event = make("event", passage, type=found["type"], initiators=initiators, **told)
        low = int(found["low"])
        count = Count(low, low, "exactly", found["low"])
        of = "civilians" if found["of"] == "civilians" else "security_forces"
        yield event
        yield make(
            "casualties", passage, effect="killed", count=count, victims=of, event_ref=event.id,
            **told,
        )  # fmt: skip


@pytest.fixture(autouse=True)
def _reader(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Stages, "extractor", Reader())


@st.composite
def texts(draw: st.DrawFn) -> str:
    """A report of one to three accounts, most with a part of a wire that others have too."""
    days = st.one_of(
        st.integers(8, 13).map(lambda day: f"2025-10-{day:02}"),
        st.sampled_from(["2025-10", "2025", "someday"]),
    )
    lines = [
        f"On {draw(days)} in {draw(st.sampled_from(sorted(PLACES)))}, says "
        f"{draw(st.sampled_from([*ACTORS, 'Outlet']))}, {draw(st.sampled_from([3, 11]))} "
        f"{draw(st.sampled_from(['soldiers', 'civilians']))} fell: {draw(st.sampled_from(TYPES))}."
        for _ in range(draw(st.integers(1, 3)))
    ]
    wire = draw(st.sampled_from([*WIRES, ""])).split()[draw(st.integers(0, 30)) :]
    day = draw(st.integers(8, 20))
    return "\n".join(
        ["---", f"published: 2025-10-{day:02}", "language: en", "---", *lines, " ".join(wire[:40])]
    )


def content(record: Record, *, named: bool = True) -> dict[frozenset[str], str]:
    """Every incident by its claims, whole but for the day and, unless `named`, its id."""
    left_out = {"as_of"} if named else {"as_of", "id"}
    return {
        frozenset(one.claims): json.dumps(
            {name: value for name, value in to_plain(one).items() if name not in left_out},
            sort_keys=True,
        )
        for one in record.incidents()
    }


def reading(record: Record, moment: Any) -> str:
    then = record.as_of(moment)
    said = [*then.incidents(), *then.claims()]
    return json.dumps([*map(to_plain, said), then.snapshot().sha256], default=str)


def decide(record: Record, chance: random.Random) -> None:
    """A judgement of any kind; one that cannot be made is refused in words."""
    incidents, claims = [one.id for one in record.incidents()], [c.id for c in record.claims()]
    one, *more = chance.sample(claims, min(2, len(claims)))
    judge: Any = record.decide
    why = {"reason": "looked at"}
    known = [each.id for each in record.store.decisions()]
    choices: list[Callable[[], object]] = [
        lambda: judge.merge(*chance.sample(incidents, min(2, len(incidents))), **why),
        lambda: judge.split(chance.choice(incidents), [one], **why),
        lambda: judge.confirm(one, *more, **why),
        lambda: judge.correct(one, "when", "2025-10-10", **why),
        lambda: judge.wrong(one, **why),
        lambda: judge.rule("ucdp", incident=chance.choice([None, incidents[0]]), **why),
        lambda: judge.reliability("TTP", "B", **why),
        lambda: judge.credibility(one, 2, **why),
        lambda: judge.undo(chance.choice(known), **why) if known else None,
    ]
    try:
        chance.choice(choices)()
    except ContestedError as refused:
        assert str(refused)


LAW = settings(
    max_examples=3,
    deadline=None,
    # Every example gathers six records: making a failing one smaller would take minutes.
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
reports = st.lists(texts(), min_size=2, max_size=5, unique=True)


def written(folder: Path, told: list[str]) -> list[Path]:
    paths = [folder / f"{n}.txt" for n in range(len(told))]
    for path, text in zip(paths, told, strict=True):
        path.write_text(text, "utf-8")
    return paths


@LAW
@given(told=reports, data=st.data())
def test_reports_one_by_one_in_any_order_or_all_at_once_are_one_record(
    tmp_path_factory: pytest.TempPathFactory, told: list[str], data: st.DataObject
) -> None:
    folder = tmp_path_factory.mktemp("order")
    paths = written(folder, told)
    with Record.open(folder / "all.sqlite") as at_once, Record.open(folder / "one.sqlite") as one:
        assert at_once.add(paths).ok
        for path in data.draw(st.permutations(paths)):
            one.add([path])
        assert content(one, named=False) == content(at_once, named=False)


@LAW
@given(told=reports, seed=st.integers(0, 10**6))
def test_decisions_between_reports_hold_either_way_and_the_past_stays_what_it_was(
    tmp_path_factory: pytest.TempPathFactory, told: list[str], seed: int
) -> None:
    folder, chance = tmp_path_factory.mktemp("decided"), random.Random(seed)
    with Record.open(folder / "record.sqlite", settings=Settings(author="Ada")) as record:
        past = {}
        for path in written(folder, told):
            assert record.add([path]).ok
            if chance.random() < 0.6:
                decide(record, chance)
            now = record.snapshot().at
            past[now] = reading(record, now)
        before = content(record)
        changes = record.gather()
        assert content(record) == before
        assert (changes.new, changes.changed, changes.gone) == (0, 0, 0)
        assert {moment: reading(record, moment) for moment in past} == past
        assert record.store.check() == []
