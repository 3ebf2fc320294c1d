"""Laws of adding to a record and asking it, with stand-ins for the slow stages."""

from __future__ import annotations

from pathlib import Path

import pytest

from contested import Query, Record, Settings, gather
from contested.errors import LanguageError, NotFound, RecordMissing, UsageError
from contested.model import Incident
from contested.pipeline import Extracted, Progress, Refusal, extract
from contested.record import StoredReport

pytestmark = pytest.mark.usefixtures("quick_stages")


@pytest.fixture
def record(tmp_path: Path) -> Record:
    return Record.open(tmp_path / "my.sqlite")


def test_adding_tells_what_was_found_and_what_was_not(record: Record, folder: Path) -> None:
    with record:
        summary = record.add([folder])
    assert summary.reports == {"new": 2}
    assert summary.claims == {"event": 2, "casualties": 2, "responsibility": 1}
    assert [skipped.name for skipped in summary.refused] == ["empty.txt"]
    assert (summary.incidents, summary.disputed, summary.ok) == (1, 1, False)


def test_adding_twice_changes_nothing(record: Record, folder: Path) -> None:
    with record:
        record.add([folder])
        before = record.counts()
        again = record.add([folder])
        assert again.reports == {"same": 2}
        assert not again.claims
        assert record.counts() == before


def test_what_is_known_is_not_read_again(
    record: Record, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with record:
        record.add([folder])
        extractor = type(record.stages.extractor)
        monkeypatch.setattr(extractor, "extract", lambda *_: pytest.fail("read again"))
        assert record.add([folder]).reports == {"same": 2}


def test_more_known_about_a_report_is_read_again(record: Record, folder: Path) -> None:
    with record:
        record.add([folder / "army.txt"])
        (folder / "list.csv").write_text("file,published\narmy.txt,2025-10-09\n", "utf-8")
        assert record.add([folder / "army.txt"]).reports == {"re_extracted": 1}
        assert record.report("army.txt").report.published is not None


def test_another_method_reads_again(
    record: Record, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with record:
        record.add([folder])
        monkeypatch.setattr(type(record.stages.extractor), "method", "quick-2")
        assert record.add([folder]).reports == {"re_extracted": 2}
        assert record.counts().claims["event"] == 2


def test_a_report_that_cannot_be_read_does_not_stop_the_others(
    record: Record, folder: Path
) -> None:
    (folder / "army.txt").write_text("REFUSE " + (folder / "army.txt").read_text("utf-8"), "utf-8")
    with record:
        summary = record.add([folder])
    assert {skipped.name for skipped in summary.refused} == {"army.txt", "empty.txt"}
    assert "Take REFUSE out." in summary.refused[0].message
    assert summary.reports == {"new": 1}


def test_a_bug_surfaces(record: Record, folder: Path) -> None:
    (folder / "army.txt").write_text("BUG " + (folder / "army.txt").read_text("utf-8"), "utf-8")
    with record, pytest.raises(ZeroDivisionError):
        record.add([folder])


def test_an_interrupt_keeps_what_is_complete(record: Record, folder: Path) -> None:
    (folder / "ttp.txt").write_text("STOP " + (folder / "ttp.txt").read_text("utf-8"), "utf-8")
    with record:
        summary = record.add([folder])
        assert summary.interrupted
        assert not summary.ok
        assert [stored.report.name for stored in record.reports()] == ["army.txt"]
        assert len(record.incidents()) == 1


def test_progress_counts_every_input(record: Record, folder: Path) -> None:
    seen: list[Progress] = []
    with record:
        record.add([folder], progress=seen.append)
    assert [(p.done, p.total) for p in seen] == [(1, 3), (2, 3), (3, 3)]
    assert {p.name for p in seen} == {"army.txt", "empty.txt", "ttp.txt"}


def test_a_missing_path_is_told(record: Record, tmp_path: Path) -> None:
    with record:
        summary = record.add([tmp_path / "nowhere"])
    assert len(summary.refused) == 1


def test_filters(record: Record, folder: Path) -> None:
    with record:
        record.add([folder])
        assert len(list(record.claims(Query(kinds=("casualties",))))) == 2
        assert len(list(record.claims(Query(kinds=("casualties",), limit=1)))) == 1
        assert len(list(record.claims(Query(status=("foiled",))))) == 0
        assert len(list(record.claims(Query(status=("occurred",), limit=3)))) == 3
        assert len(record.incidents(Query(status=("disputed",)), order="disputed")) == 1
        assert not record.incidents(Query(since="2026"))
        assert record.incidents(Query(place="PK"))
        assert not record.agreements()
        assert not record.statistics()


@pytest.mark.parametrize("actor", ["pakistan", "pakistan-military", "ttp", "Pakistani Taliban"])
def test_an_actor_stands_for_its_organs_and_may_be_named(
    record: Record, folder: Path, actor: str
) -> None:
    with record:
        record.add([folder])
        assert len(record.incidents(Query(actors=(actor,)))) == 1


def test_an_unknown_actor_is_no_silent_nothing(record: Record) -> None:
    with record, pytest.raises(UsageError, match="Did you mean"):
        record.incidents(Query(actors=("pakistan-millitary",)))


def test_an_event_type_stands_for_those_under_it(record: Record, folder: Path) -> None:
    with record:
        record.add([folder])
        assert len(record.incidents(Query(type="attack"))) == 1
        assert len(record.incidents(Query(type="attack", limit=0))) == 0
        assert not record.incidents(Query(type="ceasefire"))
        with pytest.raises(UsageError, match="Did you mean ambush"):
            record.incidents(Query(type="ambussh"))


@pytest.mark.parametrize("place", ["Pakistan", "PK", "Khyber Pakhtunkhwa", "KPK", "kurram"])
def test_a_place_stands_for_what_lies_in_it(record: Record, folder: Path, place: str) -> None:
    with record:
        record.add([folder])
        assert len(record.incidents(Query(place=place))) == 1
        assert len(list(record.claims(Query(place=place)))) == 5
        assert not record.incidents(Query(place="Afghanistan"))


@pytest.mark.parametrize(
    ("query", "why"),
    [
        (Query(place="Kuram"), "Did you mean Kurram"),
        (Query(place="Afghanistan"), "Nothing in the record is placed in Afghanistan"),
        (Query(speaker="the moon"), "Nobody in the record"),
        (Query(report="navy"), "No report's name"),
        (Query(report="army", since="2026"), "fewer find more"),
        (Query(), ""),
    ],
)
def test_why_nothing_fits(record: Record, folder: Path, query: Query, why: str) -> None:
    with record:
        assert "record is empty" in record.why_nothing(query)
        record.add([folder])
        assert why in record.why_nothing(query)


def test_a_report_is_found_by_a_part_of_its_name(record: Record, folder: Path) -> None:
    with record:
        record.add([folder])
        assert len(list(record.claims(Query(report="ARMY")))) == 2
        assert len(record.incidents(Query(report="ttp"))) == 1
        assert not record.incidents(Query(report="navy"))


def test_a_query_refuses_what_it_would_misunderstand() -> None:
    for wrong in ({"status": "disputed"}, {"actors": "ttp"}, {"limit": -1}, {"place": ("PK",)}):
        with pytest.raises(UsageError):
            Query(**wrong)
    assert Query(status=["disputed"]).status == ("disputed",)  # type: ignore[arg-type]


def test_the_record_knows_how_it_was_read(
    record: Record, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with record:
        record.add([folder])
        assert not record.read_otherwise()
        monkeypatch.setattr(type(record.stages.extractor), "method", "quick-2")
        assert record.read_otherwise() == {"quick-1": 2}


def test_other_files_in_a_folder_are_passed_over(record: Record, folder: Path) -> None:
    (folder / "empty.txt").unlink()
    (folder / "map.pdf").write_bytes(b"%PDF-1.7")
    with record:
        summary = record.add([folder])
        assert [one.name for one in summary.passed_over] == ["map.pdf"]
        assert summary.ok
        assert not record.add([folder / "map.pdf"]).ok


def test_the_bundled_pipeline_has_its_name_before_it_is_loaded() -> None:
    from contested.language import load
    from contested.pipeline.reader import BundledReader

    reader = BundledReader()
    assert reader.name == load().name
    assert [[token.text for token in doc] for _, doc in reader.parse("Six died.")]


def test_find_gives_whichever_has_the_id(record: Record, folder: Path) -> None:
    with record:
        record.add([folder])
        incident = record.incidents()[0]
        assert isinstance(record.find(incident.id), Incident)
        assert record.find(incident.claims[0]) == record.claim(incident.claims[0])
        assert isinstance(record.find("army.txt"), StoredReport)
        assert len(record.history(incident.id)) == 1
        with pytest.raises(NotFound, match="c-nothing"):
            record.find("c-nothing")


def test_search(record: Record, folder: Path) -> None:
    with record:
        record.add([folder])
        assert {hit.name for hit in record.search("ambush")} == {"army.txt", "ttp.txt"}


def test_a_record_that_is_not_there_is_not_made_by_asking(tmp_path: Path) -> None:
    with pytest.raises(RecordMissing):
        Record.open(tmp_path / "none.sqlite", create=False)


def test_a_temporary_record_leaves_nothing() -> None:
    with Record.temporary() as record:
        path = record.store.path  # type: ignore[attr-defined]
        assert path.exists()
    assert not path.parent.exists()


def test_extract_and_gather_need_no_record(folder: Path) -> None:
    outcomes = list(extract([folder]))
    read = [outcome for outcome in outcomes if isinstance(outcome, Extracted)]
    refused = [outcome for outcome in outcomes if isinstance(outcome, Refusal)]
    assert [one.report.name for one in read] == ["army.txt", "ttp.txt"]
    assert [one.name for one in refused] == ["empty.txt"]
    claims = [claim for one in read for claim in one.claims]
    assert gather(claims, [one.report for one in read])[0].disputed


def test_an_unknown_language_pipeline_stops_everything(
    record: Record, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing(_: object) -> None:
        raise LanguageError("There is no such pipeline. Install it.")

    monkeypatch.setattr(type(record.stages), "extractor", property(missing))
    with record, pytest.raises(LanguageError):
        record.add([folder], progress=None)


def test_jobs() -> None:
    from contested.pipeline import Stages

    assert Stages(Settings(jobs=8)).jobs(3) == 3
    assert Stages(Settings()).jobs(3) == 1
    assert Stages(Settings()).jobs(3000) >= 1
    assert Stages(Settings(jobs=1)).jobs(3000) == 1
