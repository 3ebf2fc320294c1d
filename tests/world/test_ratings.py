"""Letters of sources: by decision, by the user's table, by ours; inherited, and with reasons."""

from __future__ import annotations

from pathlib import Path

import pytest

from contested.errors import TableError, UsageError
from contested.model import Report, Sourced, Speaker
from contested.model.ratings import LETTERS
from contested.world import Ratings, World

UNAMA = Speaker("UNAMA", "unama", "independent")
ISPR = Speaker("ISPR", "pakistan-ispr", "official")
HEAD = "subject,kind,letter,reason\n"


def report(outlet: str | None, url: str | None = None) -> Report:
    named = Sourced(outlet, "manifest") if outlet else None
    return Report(id="r-1", name="a.txt", text="x", sha256="0", outlet=named, url=url)


@pytest.fixture(scope="module")
def ratings() -> Ratings:
    return Ratings(World.load())


def test_every_packaged_letter_has_a_reason_and_better_than_f_a_published_work() -> None:
    world = World.load()
    for row in world.reliability.values():
        assert row.letter in LETTERS
        assert len(row.reason) > 20
        if row.letter != "F":
            assert world.sources[row.source].url
            assert row.source != "contested"


def test_every_outlet_and_actor_has_a_letter(ratings: Ratings) -> None:
    world = World.load()
    assert all(ratings.outlet(report(o.name)).letter in LETTERS for o in world.outlets)
    assert all(ratings.actor(a, "party").reason for a in world.actors)


def test_what_cannot_be_judged_is_f_with_its_reason(ratings: Ratings) -> None:
    for rating in (ratings.voice(ISPR), ratings.outlet(report("Dawn")), ratings.outlet(None)):
        assert rating.letter == "F"
        assert rating.reason
        assert rating.set_by == "the packaged table"
    anonymous = ratings.voice(Speaker("a man", None, "anonymous"))
    assert (anonymous.name, anonymous.letter) == ("anonymous sources", "F")


def test_an_outlet_is_found_by_any_name_and_by_its_address(ratings: Ratings) -> None:
    assert ratings.outlet(report("DAWN.com")).subject == "dawn"
    assert ratings.outlet(report(None, "https://www.dawn.com/news/1")).subject == "dawn"
    assert ratings.outlet(report("A blog")).subject == "A blog"


def test_the_last_speaker_counts_and_else_the_outlet(ratings: Ratings) -> None:
    dawn = report("Dawn")
    assert ratings.of((Speaker("Dawn", None, "outlet"), UNAMA), dawn).letter == "B"
    assert ratings.of((), dawn).subject == "dawn"


def test_a_decision_goes_over_all_and_down_to_organs() -> None:
    decided = Ratings(World.load(), {"pakistan-military": ("D", "Checked 20 tolls.", "A. B.")})
    rating = decided.voice(ISPR)
    assert (rating.letter, rating.set_by) == ("D", "A. B.")
    assert rating.reason == "As Pakistan Armed Forces, to which it belongs: Checked 20 tolls."
    assert decided.voice(Speaker("police", "pakistan-police", "official")).letter == "F"
    with pytest.raises(UsageError, match="A to F"):
        Ratings(World.load(), {"ttp": ("Z", "", "")})


def test_ones_own_table_goes_over_ours(tmp_path: Path) -> None:
    rows = (
        "unama,actor,C,We found two errors.\n"
        "dawn,outlet,B,Checked 40 tolls.\n"
        "Zabihullah Mujahid,person,D,Checked 30 of his figures.\n"
    )
    (tmp_path / "reliability.csv").write_text(HEAD + rows, "utf-8")
    own = Ratings(World.load(tmp_path))
    assert (own.voice(UNAMA).letter, own.voice(UNAMA).set_by) == ("C", "your table")
    assert own.outlet(report("Dawn")).letter == "B"
    assert own.voice(Speaker("Zabihullah Mujahid", "afghan-taliban", "party")).letter == "D"
    assert own.voice(Speaker("TTP", "ttp", "party")).set_by == "the packaged table"


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("dawn,outlet,G,good", "letter"),
        ("dawn,outlet,B,", "reason"),
        ("dawn,paper,B,good", "kind"),
    ],
)
def test_a_row_that_does_not_hold_is_named(tmp_path: Path, row: str, words: str) -> None:
    (tmp_path / "reliability.csv").write_text(HEAD + row + "\n", "utf-8")
    with pytest.raises(TableError, match=rf"reliability.csv, line 2.*{words}"):
        _ = World.load(tmp_path).reliability


def test_ones_own_priors_go_over_ours(tmp_path: Path) -> None:
    (tmp_path / "party_bias.csv").write_text(
        "relation,log_bias,sd,reason\nenemy,1.1,0.2,Measured on my own list.\n", "utf-8"
    )
    world = World.load(tmp_path)
    assert world.party_bias["enemy"].log_bias == 1.1
    assert world.party_bias["own"].log_bias < 0
