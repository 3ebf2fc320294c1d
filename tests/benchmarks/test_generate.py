from __future__ import annotations

import csv
import datetime as dt
import itertools
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from benchmarks.generate import Generated, Noise, Options, generate
from benchmarks.generate import __main__ as command
from contested.errors import UsageError
from contested.ingest import Captured, ingest
from contested.model import CasualtiesClaim, EventClaim, admit
from contested.record.codec import fitting
from evaluation.measure import NoData

EXACT = Noise(**dict.fromkeys(Noise.__slots__, 0.0))


@pytest.fixture(scope="module")
def small(ucdp: Path) -> list[Generated]:
    return list(generate(Options(reports=600, seed=3, ucdp=ucdp)))


def accounts(generated: Iterator[Generated] | list[Generated]) -> dict[str, list[EventClaim]]:
    """The event claims of each incident."""
    out: dict[str, list[EventClaim]] = defaultdict(list)
    for each in generated:
        for claim in each.claims:
            if isinstance(claim, EventClaim):
                out[each.truth[claim.id]].append(claim)
    return out


def test_the_same_options_give_the_same_set(ucdp: Path, small: list[Generated]) -> None:
    assert list(generate(Options(reports=600, seed=3, ucdp=ucdp))) == small
    other = list(generate(Options(reports=600, seed=4, ucdp=ucdp)))
    assert {g.report.id for g in other}.isdisjoint(g.report.id for g in small)


def test_every_claim_passes_the_gate(small: list[Generated]) -> None:
    for report, _, claims, _ in small:
        assert admit(report, claims) == (list(claims), [])
        assert fitting(claims) == (list(claims), [])
        assert len({claim.id for claim in claims}) == len(claims)


def test_the_truth_covers_every_claim_and_follows_references(small: list[Generated]) -> None:
    for _, _, claims, truth in small:
        assert truth.keys() == {claim.id for claim in claims}
        events = {claim.id for claim in claims if claim.kind == "event"}
        assert events
        for claim in claims:
            if claim.kind == "event":
                assert claim.event_ref is None
            else:
                assert claim.event_ref in events
                assert truth[claim.event_ref or ""] == truth[claim.id]


def test_as_many_reports_and_incidents_as_asked(small: list[Generated]) -> None:
    assert len(small) == len({each.report.id for each in small}) == 600
    found = accounts(small)
    assert len(found) == 240
    sizes = sorted(map(len, found.values()))
    assert sizes[0] == 1
    assert sizes[-1] >= 12, "the tail is not heavy"
    assert sizes[len(sizes) // 2] <= 2


def test_reports_come_by_day_of_publication(small: list[Generated]) -> None:
    days = [each.report.published.edtf for each in small if each.report.published]
    assert len(days) == 600
    assert days == sorted(days)


def test_the_bytes_are_what_the_report_is_read_from(small: list[Generated], tmp_path: Path) -> None:
    for each in small[:20]:
        (tmp_path / each.report.name).write_bytes(each.original)
    read = {c.report.name: c.report for c in ingest([tmp_path]) if isinstance(c, Captured)}
    for each in small[:20]:
        # The language of a text of two sentences cannot be told.
        assert replace(read[each.report.name], language="en") == each.report


def test_more_incidents_than_events_are_moved_in_time(ucdp: Path) -> None:
    found = accounts(generate(Options(reports=1500, incidents=1200, ucdp=ucdp, noise=EXACT)))
    assert len(found) == 1200
    years = Counter(c.when.edtf[:4] for claims in found.values() for c in claims if c.when)
    assert len(years) >= 2
    assert max(years) == "2017"


def test_without_noise_all_accounts_of_an_incident_agree(ucdp: Path) -> None:
    exact = list(generate(Options(reports=300, ucdp=ucdp, noise=EXACT)))
    for claims in accounts(exact).values():
        assert len({(c.where, c.when.edtf if c.when else None, c.type) for c in claims}) == 1
        assert all(c.where and c.where.radius_km == 5 and c.when for c in claims)
    dead: dict[tuple[str, str, str, str | None], set[int | None]] = defaultdict(set)
    for each in exact:
        for claim in each.claims:
            if isinstance(claim, CasualtiesClaim) and claim.count.qualifier in (
                "exactly",
                "at_least",
            ):
                key = (each.truth[claim.id], claim.effect, claim.victims, claim.side)
                dead[key].add(claim.count.low)
    assert sum(len(figures) == 1 for figures in dead.values()) > 0.9 * len(dead)


@pytest.mark.parametrize(
    ("field", "holds"),
    [
        ("no_time", lambda c: c.when is None),
        ("vague_time", lambda c: c.when is not None and c.when.earliest < c.when.latest),
        ("no_place", lambda c: c.where is None),
        ("country", lambda c: c.where is not None and c.where.name == "Syria"),
        ("province", lambda c: c.where is not None and c.where.as_written.endswith(" province")),
        ("district", lambda c: c.where is not None and c.where.as_written.endswith(" district")),
        ("missing_side", lambda c: not c.initiators),
    ],
)
def test_a_noise_is_as_frequent_as_it_says(ucdp: Path, field: str, holds: object) -> None:
    noise = Noise(**dict.fromkeys(Noise.__slots__, 0.0) | {field: 0.4})
    found = accounts(generate(Options(reports=700, ucdp=ucdp, noise=noise)))
    claims = [claim for several in found.values() for claim in several]
    share = sum(map(holds, claims)) / len(claims)  # type: ignore[call-overload]
    assert 0.33 < share < 0.47


def test_day_shifts_are_small_and_publication_days_are_those(ucdp: Path) -> None:
    exact = Options(reports=400, ucdp=ucdp, noise=EXACT)
    right = {t: c[0].when for t, c in accounts(generate(exact)).items()}
    published = Noise(**dict.fromkeys(Noise.__slots__, 0.0) | {"publication_day": 1.0})
    for each in generate(Options(reports=400, ucdp=ucdp, noise=published)):
        for claim in each.claims:
            if isinstance(claim, EventClaim):
                assert claim.when and each.report.published
                assert claim.when.edtf == each.report.published.edtf
    shifted = Noise(**dict.fromkeys(Noise.__slots__, 0.0) | {"day_shift": 1.0})
    for truth, claims in accounts(generate(Options(reports=400, ucdp=ucdp, noise=shifted))).items():
        for claim in claims:
            true = right[truth]
            assert claim.when and true
            gap = dt.date.fromisoformat(claim.when.edtf) - dt.date.fromisoformat(true.edtf)
            assert abs(gap.days) in (1, 2)


def test_copies_say_the_same_under_another_headline(ucdp: Path) -> None:
    noise = Noise(**dict.fromkeys(Noise.__slots__, 0.0) | {"copy": 1.0})
    leads: dict[str, set[str]] = defaultdict(set)
    texts: dict[str, set[str]] = defaultdict(set)
    for report, _, claims, truth in generate(Options(reports=300, ucdp=ucdp, noise=noise)):
        leads[truth[claims[0].id]].add(claims[0].quote)
        texts[truth[claims[0].id]].add(report.text)
    assert all(len(quotes) == 1 for quotes in leads.values())
    assert sum(len(several) > 1 for several in texts.values()) > 20, "none was cut or extended"


def test_sides_make_their_own_losses_small(ucdp: Path) -> None:
    partisan = Noise(**dict.fromkeys(Noise.__slots__, 0.0) | {"partisan": 1.0})
    own: list[int] = []
    others: list[int] = []
    for each in generate(Options(reports=900, ucdp=ucdp, noise=partisan)):
        for claim in each.claims:
            if isinstance(claim, CasualtiesClaim) and claim.side and claim.voice:
                mine = claim.voice.actor == claim.side
                (own if mine else others).append(claim.count.low or 0)
    assert len(own) > 20
    assert sum(own) / len(own) < 0.7 * sum(others) / len(others)


def test_other_incidents_are_told_in_a_report(ucdp: Path) -> None:
    noise = Noise(
        **dict.fromkeys(Noise.__slots__, 0.0) | {"second_incident": 0.5, "background": 0.5}
    )
    several = [
        len({g.truth[c.id] for c in g.claims})
        for g in generate(Options(reports=400, ucdp=ucdp, noise=noise))
    ]
    assert set(several) == {1, 2, 3}


def test_a_stream_needs_not_be_read_to_its_end(ucdp: Path) -> None:
    first = list(itertools.islice(generate(Options(reports=400_000, ucdp=ucdp)), 5))
    assert len(first) == 5


@settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.integers(1, 60), st.data())
def test_any_size_is_met_exactly(ucdp: Path, reports: int, data: st.DataObject) -> None:
    incidents = data.draw(st.integers(-(-reports // 40), reports))
    options = Options(reports=reports, incidents=incidents, seed=reports, ucdp=ucdp)
    found = list(generate(options))
    assert len(found) == reports
    assert len(accounts(found)) == incidents


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"reports": 0}, "one report at least"),
        ({"reports": 5, "incidents": 6}, "fewer incidents"),
        ({"reports": 500, "incidents": 2}, "more incidents"),
        ({"reports": 5, "extra": -1.0}, "below zero"),
    ],
)
def test_options_that_make_no_set_say_so(values: dict[str, float], words: str) -> None:
    with pytest.raises(UsageError, match=words):
        Options(**values)  # type: ignore[arg-type]
    with pytest.raises(UsageError, match="from 0 to 1"):
        Noise(copy=2.0)


def test_without_the_events_it_says_which_folder_to_name(tmp_path: Path) -> None:
    with pytest.raises(NoData, match="--ucdp"):
        next(generate(Options(reports=5, ucdp=tmp_path)))


def test_files_and_truth_are_written(
    ucdp: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder, truth = tmp_path / "reports", tmp_path / "truth.csv"
    asked = [str(folder), "--reports", "12", "--ucdp", str(ucdp), "--truth", str(truth)]
    assert command.main(asked) == 0
    assert len(list(folder.iterdir())) == 12
    with truth.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    for row in rows:
        text = (folder / row["file"]).read_text("utf-8").split("---\n", 2)[2]
        assert text[int(row["start"]) : int(row["end"])].endswith(".")
    assert command.main([str(folder), "--ucdp", str(tmp_path)]) == 1
    assert "--ucdp" in capsys.readouterr().err
