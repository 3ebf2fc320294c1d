"""What `diff` gives as the causes of a change, in records that are really gathered."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest

from contested import Record
from contested.cli.change_words import cause_in_words
from contested.model import CasualtiesClaim, EventClaim
from contested.pipeline.causes import Cause
from contested.pipeline.changes import IncidentChange
from tests.pipeline.conftest import LineReader

KURRAM = "On 2025-10-08 in Kurram, says {}, {} soldiers were killed."
FAR = "On 2025-11-02 in Quetta, says Dawn, 2 civilians were killed."


@pytest.fixture
def written(lines: Path) -> Callable[[str, str], Path]:
    """Writes a report that has an address, so that another text is a version of it."""

    def write(name: str, text: str) -> Path:
        file = lines / name
        file.write_text(f"---\nurl: https://example.org/{name}\n---\n{text}\n", "utf-8")
        return file

    return write


def changed(record: Record, act: Callable[[], object]) -> dict[str, IncidentChange]:
    """What `act` changed, by the id of each incident."""
    before = record.snapshot().at
    act()
    return {each.incident: each for each in record.diff(before).incidents}


def home(record: Record, name: str) -> str:
    """The incident of a report's event."""
    event = next(c for c in record.claims() if c.name == name and isinstance(c, EventClaim))
    return next(each.id for each in record.incidents() if event.id in each.claims)


def causes(change: IncidentChange) -> list[tuple[str, str, str]]:
    return [(each.kind, each.what, each.subject) for each in change.causes]


def report(record: Record, name: str) -> str:
    return record.report(name).report.id


def test_two_reports_in_one_add_of_which_one_is_unrelated(
    judged: Record, written: Callable[[str, str], Path]
) -> None:
    near, far = written("near.txt", KURRAM.format("AFP", 30)), written("far.txt", FAR)
    found = changed(judged, lambda: judged.add([near, far]))
    assert {id: causes(each) for id, each in found.items()} == {
        home(judged, "army.txt"): [("report", "new", report(judged, "near.txt"))],
        home(judged, "far.txt"): [("report", "new", report(judged, "far.txt"))],
    }


def test_a_report_that_is_edited_and_restored(
    judged: Record, written: Callable[[str, str], Path]
) -> None:
    judged.add([written("near.txt", KURRAM.format("AFP", 30)), written("far.txt", FAR)])
    subject, id = report(judged, "near.txt"), home(judged, "army.txt")

    def edit(number: int) -> dict[str, IncidentChange]:
        files = [
            written("near.txt", KURRAM.format("AFP", number)),
            written("far.txt", FAR + " Nothing else is known of it."),
        ]
        return changed(judged, lambda: judged.add(files))

    assert {key: causes(each) for key, each in edit(40).items()} == {
        id: [("report", "new_version", subject)]
    }
    (back,) = edit(30).values()
    assert causes(back) == [("report", "restored", subject)]
    said = cause_in_words(back.causes[0], lambda _: "near.txt")
    assert said.startswith("an earlier text that came back: near.txt, ")


def test_a_report_that_is_read_by_another_method(judged: Record, lines: Path) -> None:
    reader = judged.stages.extractor
    assert isinstance(reader, LineReader)
    reader.method = "lines-2"
    found = changed(judged, lambda: judged.add([lines / "later.txt"]))
    subject = report(judged, "later.txt")
    assert {tuple(causes(each)) for each in found.values()} == {
        (("re-reading", "re_extracted", subject),)
    }


def test_a_merge_and_its_undo_with_an_unrelated_report(
    judged: Record, written: Callable[[str, str], Path]
) -> None:
    one, other = home(judged, "army.txt"), home(judged, "later.txt")
    made: list[str] = []

    def merge() -> None:
        made.append(judged.decide.merge(one, other, reason="one siege").decision.id)
        judged.add([written("far.txt", FAR)])

    found = changed(judged, merge)
    assert causes(found[one]) == causes(found[other]) == [("decision", "merge", made[0])]
    assert (found[one].what, found[other].what) == ("changed", "joined")
    assert causes(found[home(judged, "far.txt")])[0][0] == "report"

    def undo() -> None:
        made.append(judged.decide.undo(made[0], reason="two after all").decision.id)

    found = changed(judged, undo)
    assert causes(found[one]) == [("decision", "undo", made[1])]
    assert all(causes(each) == causes(found[one]) for each in found.values())
    (cause,) = found[one].causes
    assert (cause.undoes, cause.author) == (made[0], "Ada")
    assert cause_in_words(cause, str).startswith(f"the decision {made[1]} (undo of {made[0]}) by")


def test_a_correction_and_a_report_that_is_wrong(judged: Record) -> None:
    """The claims of a report are revised through the decision, and the report caused nothing."""
    figure = next(
        c for c in judged.claims() if c.name == "later.txt" and isinstance(c, CasualtiesClaim)
    )
    made: list[str] = []

    def correct() -> None:
        taken = judged.decide.correct(figure.id, "count", "4", reason="it says four")
        made.append(taken.decision.id)

    (change,) = changed(judged, correct).values()
    assert causes(change) == [("decision", "correct", made[0])]

    def reject() -> None:
        made.append(judged.decide.wrong(figure.report, reason="made up").decision.id)

    (change,) = changed(judged, reject).values()
    assert (change.what, causes(change)) == ("gone", [("decision", "wrong", made[1])])
    (change,) = changed(judged, lambda: judged.decide.undo(made[1], reason="no")).values()
    assert [(each.kind, each.undoes) for each in change.causes] == [("decision", made[1])]


def test_decided_claims_that_are_read_anew_change_through_the_reading(
    judged: Record, written: Callable[[str, str], Path]
) -> None:
    judged.add([written("near.txt", KURRAM.format("AFP", 30))])
    event = next(c for c in judged.claims() if c.name == "near.txt" and isinstance(c, EventClaim))
    judged.decide.correct(event.id, "type", "raid", reason="they say so")
    file = written("near.txt", KURRAM.format("AFP", 40))
    found = changed(judged, lambda: judged.add([file]))
    assert {tuple(causes(each)) for each in found.values()} == {
        (("report", "new_version", report(judged, "near.txt")),)
    }


def test_another_rule_in_one_incident_and_in_all(judged: Record) -> None:
    id = home(judged, "army.txt")
    made: list[str] = []

    def rule(incident: str | None, name: str) -> None:
        made.append(judged.decide.rule(name, incident=incident, reason="x").decision.id)

    found = changed(judged, lambda: rule(id, "highest"))
    assert {key: causes(each) for key, each in found.items()} == {
        id: [("decision", "rule", made[0])]
    }
    found = changed(judged, lambda: rule(None, "median_of_origins"))
    assert id not in found
    assert {tuple(causes(each)) for each in found.values()} == {(("decision", "rule", made[1]),)}


def test_a_source_that_is_judged(judged: Record, written: Callable[[str, str], Path]) -> None:
    judged.add([written("near.txt", KURRAM.format("Zulmai", 30)), written("far.txt", FAR)])
    made: list[str] = []

    def judge() -> None:
        made.append(judged.decide.reliability("Zulmai", "E", reason="party").decision.id)

    found = changed(judged, judge)
    assert set(found) == {home(judged, "near.txt")}
    assert {tuple(causes(each)) for each in found.values()} == {
        (("decision", "reliability", made[0]),)
    }


@pytest.mark.parametrize("kind", ["record", "method"])
def test_causes_that_name_nothing(kind: str) -> None:

    at = dt.datetime(2026, 3, 2, tzinfo=dt.UTC)
    said = cause_in_words(Cause(kind=kind, what=kind, subject="", at=at), str)  # type: ignore[arg-type]
    assert said.endswith(", 2026-03-02 00:00:00 UTC")
