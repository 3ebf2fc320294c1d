"""What every store of the record does with reports and claims.

The fixture `place` goes through every kind of database; a new one is added there.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from contested.errors import InputError, NotFound, UsageError
from contested.model import Sourced
from contested.model.edtf import when
from contested.model.query import Query
from contested.record import Store

from .samples import EDITED, MONDAY, TEXT, TUESDAY, claims_of, draft, put


@pytest.fixture
def store(place: str | Path) -> Iterator[Store]:
    with Store.open(place) as opened:
        yield opened


def kinds(store: Store, **values: Any) -> list[str]:
    return [claim.kind for claim in store.claims(Query(**values))]


# Adding


def test_a_new_report_comes_back_whole(store: Store) -> None:
    report, data = draft(
        url="https://example.org/a",
        title=Sourced("Attack", "metadata"),
        published=when("2026-03-02"),
        notes=("a note",),
    )
    claims = claims_of(report)
    added = store.add(report, data, claims, method="m1", at=MONDAY, notes=["slow"])
    assert (added.status, added.report, added.seq, added.claims) == ("new", report.id, 1, 3)
    assert list(store.claims()) == claims
    found = store.report(report.id)
    assert found.report == report
    assert (found.captured_at, found.seq, found.latest, found.method) == (MONDAY, 1, True, "m1")
    assert found.claims == {"casualties": 1, "event": 1, "statistic": 1}
    assert found.total_claims == 3
    assert store.original(report.sha256) == data
    assert store.check() == []


def test_adding_again_doubles_nothing(store: Store) -> None:
    assert [put(store).status for _ in range(3)] == ["new", "same", "same"]
    counts = store.counts()
    assert (counts.reports, counts.versions, counts.extractions) == (1, 1, 1)
    assert sum(counts.claims.values()) == 3
    assert store.has(draft()[0].sha256, "m1")
    assert not store.has(draft()[0].sha256, "m2")
    assert not store.has("0" * 64, "m1")


def test_the_same_text_in_another_file_is_the_same_report(store: Store) -> None:
    put(store)
    again = put(store, name="copy.html", data=b"<p>the same text")
    assert (again.status, again.report) == ("same", draft()[0].id)
    assert store.has(hashlib.sha256(b"<p>the same text").hexdigest(), "m1")
    assert store.counts().originals == 2
    assert len(store.reports(Query(report="copy.html"))) == 1
    assert len(store.reports(Query(report="COPY"))) == 1


def test_the_same_text_at_two_addresses_is_two_reports(store: Store) -> None:
    assert put(store, url="https://a.example/").status == "new"
    assert put(store, url="https://b.example/").status == "new"
    assert put(store).status == "same"


def test_another_text_at_an_address_is_a_new_version(store: Store) -> None:
    first = put(store, url="https://a.example/", at=MONDAY)
    second = put(store, EDITED, url="https://a.example/", at=TUESDAY)
    assert (second.status, second.report, second.seq) == ("new_version", first.report, 2)
    assert [each.latest for each in store.versions(first.report)] == [False, True]
    assert store.report(first.report, version=1).report.text == TEXT
    assert store.report(first.report).report.text == EDITED
    assert "four soldiers" in next(store.claims()).quote
    assert "three soldiers" in next(store.claims(as_of=MONDAY)).quote
    assert [each.seq for each in store.reports(as_of=MONDAY)] == [1]
    assert put(store, EDITED, url="https://a.example/").status == "same"
    with pytest.raises(NotFound, match="no version 3"):
        store.report(first.report, version=3)


def test_a_file_of_the_same_name_is_a_version_if_it_reads_alike(store: Store) -> None:
    first = put(store)
    edited = put(store, EDITED)
    assert (edited.status, edited.report) == ("new_version", first.report)
    assert {claim.report for claim in store.claims()} == {first.report}
    assert store.identify(draft(EDITED)[0]).id == first.report
    assert put(store, EDITED.replace("Kabul", "Herat"), name="other.txt").status == "new"
    assert put(store, "Quite. Another story of something else in that file.").status == "new"
    assert store.check() == []


def test_a_file_of_the_same_name_and_title_is_a_version(store: Store) -> None:
    title = Sourced("Daily Report", "text")
    first = put(store, TEXT + " Nothing else happened at all today, the desk said.", title=title)
    second = put(store, title=replace(title, value="daily report"))
    assert (second.status, second.report) == ("new_version", first.report)


def test_a_bulletin_with_the_same_name_and_title_is_another_report(store: Store) -> None:
    title = Sourced("Daily Report", "text")
    first = put(store, "Quiet. Nothing happened at all in the district today.", title=title)
    second = put(store, title=title)
    assert second.status == "new"
    assert second.report != first.report


def test_neighbours_in_one_file_are_not_versions(store: Store) -> None:
    for text in (TEXT, EDITED):
        assert put(store, text, data=b"one table with two rows").status == "new"
    assert store.counts().reports == 2
    assert put(store, EDITED + " !", data=b"one table with two rows", method="m2").seq == 2


def test_another_method_extracts_again_and_keeps_the_old(store: Store) -> None:
    put(store, at=MONDAY)
    report, data = draft()
    again = store.add(report, data, claims_of(report)[:1], method="m2", at=TUESDAY)
    assert (again.status, again.claims, again.seq) == ("re_extracted", 1, 1)
    assert kinds(store) == ["event"]
    assert len(list(store.claims(as_of=MONDAY))) == 3
    assert store.claim(claims_of(report)[2].id).kind == "statistic"
    assert store.has(report.sha256, "m2")
    assert not store.has(report.sha256, "m1")


def test_more_known_about_a_report_extracts_again_once(store: Store) -> None:
    put(store)
    assert put(store, published=when("2026-03-02")).status == "re_extracted"
    assert put(store).status == "same"
    assert store.reports()[0].report.published == when("2026-03-02")
    assert put(store, url="https://a.example/", published=when("2026")).status == "re_extracted"
    assert put(store, EDITED, url="https://a.example/").seq == 2


def test_claims_pass_the_gate_again(store: Store) -> None:
    report, data = draft()
    good, second, third = claims_of(report)
    misquoted = replace(second, quote="x" * len(second.quote))
    unfit = replace(third, stance="doubts")  # type: ignore[arg-type]
    claims = [good, misquoted, unfit]
    added = store.add(report, data, claims, method="m1")
    assert added.claims == 1
    assert len(added.refused) == 2
    assert list(store.claims()) == [good]


def test_other_bytes_are_refused(store: Store) -> None:
    report, _ = draft()
    with pytest.raises(InputError, match="not those"):
        store.add(report, b"something else", [], method="m1")
    with pytest.raises(InputError, match="cannot be stored"):
        store.add(replace(report, text="half \ud800"), b"", [], method="m1")
    with pytest.raises(InputError, match="cannot be stored"):
        store.add(replace(report, name=7), b"", [], method="m1")  # type: ignore[arg-type]
    with pytest.raises(UsageError, match="time zone"):
        put(store, at=dt.datetime(2026, 1, 1))
    assert store.counts().reports == 0


# Asking


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({}, "ecs"),
        ({"kinds": ("event", "casualties")}, "ec"),
        ({"type": "armed_attack"}, "e"),
        ({"actors": ("ttp", "afghan-military")}, "es"),
        ({"actors": ("afghan-government",)}, ""),
        ({"speaker": "afghan-government"}, "e"),
        ({"speaker": "The Ministry"}, "e"),
        ({"place": "kabul"}, "e"),
        ({"place": "KABUL  province"}, "e"),
        ({"place": "Kab"}, ""),
        ({"place": "pk"}, "s"),
        ({"since": "2026-03"}, "s"),
        ({"since": "2026-02-28"}, "es"),
        ({"until": "2024"}, ""),
        ({"since": "../.."}, "es"),
        ({"since": "2026-02", "until": "2026-02-10"}, "es"),
        ({"text": "THREE Soldiers"}, "ec"),
        ({"text": "élite"}, "s"),
        ({"text": "100%"}, ""),
        ({"report": "report.txt"}, "ecs"),
        ({"sure": 0.0}, "ecs"),
        ({"sure": 0.75}, "ecs"),
        ({"sure": 0.76}, ""),
        ({"report": "r-zzz"}, ""),
        ({"report": ""}, ""),
        ({"limit": 1}, "e"),
        ({"limit": 1, "offset": 1}, "c"),
        ({"offset": 2}, "s"),
        ({"limit": 0}, ""),
    ],
)
def test_filters(store: Store, query: dict[str, Any], found: str) -> None:
    put(store)
    assert "".join(kind[0] for kind in kinds(store, **query)) == found


def test_filters_that_make_no_sense(store: Store) -> None:
    for query in (Query(since="soon"), Query(until="2026-13")):
        with pytest.raises(UsageError):
            list(store.claims(query))
    with pytest.raises(UsageError, match="Unicode"):
        list(store.claims(Query(text="\ud800")))


@pytest.mark.parametrize("sure", [float("nan"), -0.1, 1.1, "0.5", [0.5]])
def test_what_is_no_chance_is_told(sure: Any) -> None:
    with pytest.raises(UsageError, match="is no chance"):
        Query(sure=sure)


def test_reports_that_fit(store: Store) -> None:
    put(store, published=when("2026-03"))
    store.add(*draft("Calm. Nothing was heard from Herat.", name="calm.txt"), [], method="m1")
    assert len(store.reports()) == 2
    for query in (
        Query(actors=("ttp",)),
        Query(place="Kabul"),
        Query(since="2026"),
        Query(text="checkpoint"),
        Query(kinds=("event",), text="ministry"),
    ):
        assert [each.report.name for each in store.reports(query)] == ["report.txt"]


def test_ids_may_be_shortened(store: Store) -> None:
    put(store)
    claim = next(store.claims())
    assert store.claim(claim.id) == store.claim(claim.id[:8]) == claim
    assert store.report(draft()[0].id[:7]).report.name == "report.txt"
    with pytest.raises(UsageError, match="too short"):
        store.claim("c-1")
    with pytest.raises(NotFound):
        store.claim("c-00000000")
    with pytest.raises(NotFound):
        store.original("0" * 64)


def test_copies_keep_claims_of_their_own(store: Store) -> None:
    first = put(store, url="https://a.example/")
    second = put(store, url="https://b.example/")
    claims = list(store.claims())
    assert [claim.report for claim in claims] == [first.report] * 3 + [second.report] * 3
    assert len({claim.id for claim in claims}) == 6
    assert store.claim(claims[3].id).report == second.report


def test_an_ambiguous_beginning_names_the_candidates(store: Store) -> None:
    report, data = draft()
    first, second, _ = claims_of(report)
    twins = [replace(first, id="c-aaaaaaaa0001"), replace(second, id="c-aaaaaaaa0002")]
    store.add(report, data, twins, method="m1")
    with pytest.raises(UsageError, match="c-aaaaaaaa0001, c-aaaaaaaa0002"):
        store.claim("c-aaaa")


# Searching


def test_search(store: Store) -> None:
    put(store, title=Sourced("Attack at a checkpoint", "text"))
    hits = store.search('"north waziristan" bomb*')
    assert {(hit.kind, hit.name, hit.title) for hit in hits} == {
        ("report", "report.txt", "Attack at a checkpoint"),
        ("claim", "report.txt", "Attack at a checkpoint"),
    }
    assert all("[[North Waziristan]]" in hit.snippet for hit in hits)
    assert [hit.rank for hit in hits] == sorted(hit.rank for hit in hits)
    assert [hit.kind for hit in store.search("elite", kinds=("claim",))] == ["claim"]
    assert store.search("bomb") == store.search("") == store.search("*") == []
    assert store.search("elite", limit=0) == []
    assert len(store.search("checkpoint", limit=1)) == 1


def test_search_finds_what_is_current(store: Store) -> None:
    put(store)
    put(store, EDITED)
    assert store.search('"three soldiers"') == []
    assert {hit.kind for hit in store.search('"four soldiers"')} == {"report", "claim"}


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    words=st.one_of(
        st.text(),
        st.text("\"*:^+-(){}\0\\ANDORNEAR 'a,"),
        st.lists(st.sampled_from(["north", '"', "*", "bomb*", "NOT", "soldiers"])).map(" ".join),
    )
)
def test_whatever_is_typed_finds_what_is_there_best_first(store: Store, words: str) -> None:
    if not store.counts().reports:
        put(store)
    known = {claim.id for claim in store.claims()} | {s.report.id for s in store.reports()}
    hits = store.search(words)
    assert {hit.id for hit in hits} <= known
    assert len({(hit.kind, hit.id) for hit in hits}) == len(hits)
    assert [hit.rank for hit in hits] == sorted(hit.rank for hit in hits)
    assert len(store.search(words, limit=1)) == min(1, len(hits))
