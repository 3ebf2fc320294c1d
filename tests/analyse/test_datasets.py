"""Other data sets as events: known by their columns, refused in words where a row does not hold."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from contested.analyse.events import VICTIMS
from contested.errors import DatasetError, UsageError
from contested.model.query import Query
from contested.pipeline.datasets import read_dataset, shapes
from contested.settings import Settings

NEW = (
    "id,type_of_violence,side_a,side_b,side_a_new_id,side_b_new_id,where_prec,adm_1,latitude,"
    "longitude,country,date_prec,date_start,date_end,deaths_a,deaths_b,deaths_civilians,"
    "deaths_unknown,low,best,high\n"
)
FIGHT = (
    "7.0,1.0,Government of Pakistan,TTP,142.0,356.0,1.0,North Waziristan,33.0,70.1,Pakistan,1.0,"
    "2022-12-18,2022-12-18,3.0,1.0,0.0,0.0,4.0,4.0,8.0\n"
)
BOMB = (
    "8,3,TTP,Civilians,356,,4,Khyber Pakhtunkhwa,34,71,Pakistan,2,2023-01-30 00:00:00.000,"
    "2023-01-30,0,0,10,0,5,10,20\n"
)
Write = Callable[..., Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def put(*lines: str, name: str = "events.csv") -> Path:
        path = tmp_path / name
        data = "".join(lines).encode()
        path.write_bytes(gzip.compress(data) if name.endswith(".gz") else data)
        return path

    return put


@pytest.mark.parametrize("name", ["events.csv", "events.csv.gz"])
def test_ged_with_its_dates_places_sides_and_dead(write: Write, name: str) -> None:
    events = read_dataset(write(NEW, FIGHT, BOMB, name=name))
    assert (events.source, events.ids) == ("ucdp-ged", ("7", "8"))
    assert events.types == ("state-based conflict", "one-sided violence")
    assert events.countries == ("PK", "PK")
    assert events.radius_km.tolist() == [2, 150]
    assert (events.last - events.first).tolist() == [0, 6]
    assert events.tolls[1, VICTIMS.index("civilians")].tolist() == [5, 10, 20]
    assert events.tolls[0, VICTIMS.index("security_forces")].tolist() == [3, 3, 6]
    assert np.nansum(events.tolls[0], axis=0).tolist() == [4, 4, 8]


def test_who_began_is_open_in_a_fight_and_told_of_one_sided_violence(write: Write) -> None:
    events = read_dataset(write(NEW, FIGHT, BOMB))
    begun = [{events.side(side): share for side, share in row} for row in events.initiators]
    assert begun == [{"pakistan": 0.5, "ttp": 0.5}, {"ttp": 1.0}]
    assert [events.side(n) for n in events.targets] == ["pakistan and ttp", "Civilians"]
    assert any("does not say who began" in note for note in events.notes)


def test_names_of_older_and_newer_columns(write: Write) -> None:
    head = NEW.replace("side_a_new_id", "side_a_id").replace("best", "best_est")
    assert read_dataset(write(head, FIGHT)).ids == ("7",)


def test_a_best_outside_of_its_range_is_told(write: Write) -> None:
    events = read_dataset(write(NEW, BOMB.replace("5,10,20", "12,10,9")))
    assert events.tolls[0, 0].tolist() == [10, 10, 10]
    assert any("widened" in note for note in events.notes)


def test_acled_and_gtd_and_plain_tables_are_known_by_their_columns(write: Write) -> None:
    acled = read_dataset(
        write(
            "event_id_cnty,event_date,time_precision,sub_event_type,actor1,actor2,country,"
            "fatalities,latitude,longitude,geo_precision\n",
            "PAK1,02 January 2023,1,Armed clash,Military Forces,TTP,Pakistan,3,33,70,3\n",
            "PAK2,2023-01-04,1,Attack,TTP,,Pakistan,0,33,70,1\n",
        )
    )
    assert acled.source == "acled"
    assert [len(row) for row in acled.initiators] == [2, 1]
    assert acled.tolls[:, VICTIMS.index("unknown"), 1].tolist() == [3, 0]
    gtd = read_dataset(
        write(
            "eventid,iyear,imonth,iday,attacktype1_txt,gname,targtype1_txt,nkill,nkillter\n",
            "200901010001,2009,1,0,Bombing/Explosion,Unknown,Police,5,1\n",
            "200901010002,2009,0,0,Bombing/Explosion,TTP,Police,,\n",
        )
    )
    assert (gtd.last - gtd.first).tolist() == [30, 364]
    assert [gtd.side(row[0][0]) for row in gtd.initiators] == ["unknown", "TTP"]
    assert gtd.tolls[0, :, 1].tolist()[2:] == [1, 4]
    assert np.isnan(gtd.tolls[1]).all()
    plain = read_dataset(write("id,date,initiator,deaths\na,2024-05-01,ttp,2\nb,,ttp,\n"))
    assert (plain.source, plain.dated.tolist()) == ("plain", [True, False])


def test_a_data_set_of_ones_own_is_a_few_rows_of_a_table(write: Write, tmp_path: Path) -> None:
    tables = tmp_path / "tables"
    tables.mkdir()
    (tables / "datasets.csv").write_text(
        "dataset,field,column,needed\nmine,id,no,yes\nmine,start,tag,yes\nmine,best,tote,\n"
    )
    (tables / "dataset_values.csv").write_text("dataset,field,value,means\nmine,began,*,a\n")
    path = write("no,tag,tote\n1,2024-05-01,4\n")
    events = read_dataset(path, settings=Settings(tables=tables))
    assert events.source == "mine"
    assert np.nansum(events.tolls[0, :, 1]) == 4
    with pytest.raises(DatasetError, match="no data set that is known"):
        read_dataset(path)


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        (("",), "empty"),
        ((NEW,), "holds no rows"),
        (("a,b\n1,2\n",), "Nearest is"),
        ((NEW.replace("date_start", "begin"), FIGHT), "date_start is missing"),
        ((NEW, FIGHT.replace("3.0,1.0,0.0", "many,1.0,0.0")), "line 2: deaths_a is 'many'"),
        ((NEW, FIGHT.replace("2022-12-18", "soon")), "'soon' is no date"),
        ((NEW, FIGHT.replace("3.0,1.0,0.0", "-3,1.0,0.0")), "no number of people"),
        ((NEW, FIGHT.replace("3.0,1.0,0.0", "inf,1.0,0.0")), "no number of people"),
        ((NEW, FIGHT.replace("33.0,70.1", "133,70.1")), "no degrees"),
        ((NEW, FIGHT.replace("4.0,4.0,8.0", "1,2,8")), "more than its best"),
        ((NEW, FIGHT, FIGHT), "come more than once"),
        ((NEW, FIGHT.replace("7.0,", ",", 1)), "the id is empty"),
        (
            (NEW, FIGHT.replace("12-18,2022-12-18", "12-18,2022-12-17")),
            "ends .* before it begins",
        ),
        ((NEW, *[FIGHT.replace("3.0,1.0,0.0", "x,1,0")] * 9), "6 more"),
    ],
)  # fmt: skip
def test_what_cannot_be_used_is_said(write: Write, lines: tuple[str, ...], words: str) -> None:
    with pytest.raises(DatasetError, match=words):
        read_dataset(write(*lines))


def test_files_that_cannot_be_read_are_said(tmp_path: Path) -> None:
    with pytest.raises(DatasetError, match="no such file"):
        read_dataset(tmp_path / "none.csv")
    for name, data in (("a.csv", b"\xff\xfe\x00a"), ("b.csv.gz", b"\x1f\x8bnothing")):
        (tmp_path / name).write_bytes(data)
        with pytest.raises(DatasetError, match=r"UTF-8|compression"):
            read_dataset(tmp_path / name)
    with pytest.raises(DatasetError, match="cannot be read"):
        read_dataset(tmp_path)


@pytest.mark.parametrize(
    ("query", "ids"),
    [
        ({}, ("7", "8")),
        ({"since": "2023"}, ("8",)),
        ({"until": "2022-12"}, ("7",)),
        ({"place": "PK"}, ("7", "8")),
        ({"place": "Pakistan"}, ("7", "8")),
        ({"place": "north waziristan"}, ("7",)),
        ({"actors": ("ttp",)}, ("7", "8")),
        ({"actors": ("pakistan",), "limit": 1}, ("7",)),
        ({"type": "one-sided violence"}, ("8",)),
        ({"offset": 1}, ("8",)),
        ({"place": "Kandahar"}, ()),
    ],
)
def test_the_filters_of_a_record_hold_for_a_table(
    write: Write, query: dict[str, Any], ids: tuple[str, ...]
) -> None:
    path = write(NEW, FIGHT, BOMB)
    assert read_dataset(path, Query(**query)).ids == ids


@pytest.mark.parametrize(
    "query", [{"speaker": "x"}, {"status": ("disputed",)}, {"type": "ambush"}, {"since": "soon"}]
)
def test_what_only_a_record_knows_is_refused(write: Write, query: dict[str, Any]) -> None:
    with pytest.raises(UsageError):
        read_dataset(write(NEW, FIGHT), Query(**query))


def test_every_packaged_data_set_has_what_it_needs() -> None:
    known = {shape.name: shape for shape in shapes()}
    assert list(known) == ["ucdp-ged", "acled", "gtd", "plain"]
    for shape in known.values():
        assert "id" in shape.needed
        assert shape.meaning("began", "anything")
