from __future__ import annotations

import pytest

from contested.errors import TableError
from contested.world.atlas import Atlas
from contested.world.gazetteer import Entry, Gazetteer, town_radius, write
from contested.world.tables import Folder

TOWN = Entry(7, "San José", ("San Jose del Sur", "SJ"), "town", "Sur", "XA", 1.234, -2.0, 0, 9000)
LAND = Entry(3, "Xanadu", (), "country", "", "XA", 1.0, 2.0, 40.0, 100)
OTHER = Entry(9, "San José", (), "admin1", "San José", "XB", 5.0, 6.0, 80.0, 20_000)


@pytest.fixture
def places() -> Gazetteer:
    return Gazetteer(write([TOWN, LAND, OTHER]))


def test_what_was_written_is_read(places: Gazetteer) -> None:
    assert list(places) == ["gn-3", "gn-7", "gn-9"]
    town = places["gn-7"]
    assert (town.name, town.names) == ("San José", ("San Jose del Sur", "SJ"))
    assert (town.kind, town.admin1, town.country) == ("town", "Sur", "XA")
    assert (town.lat, town.lon, town.population) == (1.23, -2.0, 9000)
    assert (town.radius_km, places["gn-3"].radius_km) == (town_radius(9000), 40.0)
    assert places["gn-3"].admin1 is None


def test_names_are_found_by_their_folded_form(places: Gazetteer) -> None:
    assert [p.id for p in places.named("san jose")] == ["gn-7", "gn-9"]
    assert [p.id for p in places.named("san jose del sur")] == ["gn-7"]
    assert places.named("san") == [] == places.named("zz")


@pytest.mark.parametrize(
    ("words", "begins"),
    [("san", True), ("san jose", True), ("san jose del", True), ("sa", False), ("zz", False)],
)
def test_beginnings_of_names_are_whole_words(places: Gazetteer, words: str, begins: bool) -> None:
    assert places.begins(words) is begins


def test_a_dropped_place_is_gone(places: Gazetteer) -> None:
    places.drop(["gn-7", "gn-8", "mine"])
    assert [p.id for p in places.named("san jose")] == ["gn-9"]
    assert len(places) == 2
    with pytest.raises(KeyError):
        places["gn-7"]


def test_known_places_are_wide_or_large(places: Gazetteer) -> None:
    assert [p.id for p in places.known()] == ["gn-3", "gn-9"]
    assert [p.id for p in places.known(9000)] == ["gn-3", "gn-7", "gn-9"]
    assert sorted(places.wide_names()) == ["san jose", "xanadu"]


def test_two_places_with_one_id_are_refused() -> None:
    with pytest.raises(ValueError, match="same id"):
        write([TOWN, TOWN._replace(name="Else")])


def test_a_spoilt_archive_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Folder, "bytes_of", lambda *_: b"no archive")
    with pytest.raises(TableError, match=r"build_gazetteer"):
        Atlas((Folder(None),), lambda _: None)


@pytest.mark.parametrize("key", ["gn-²", "gn-٣", "gn--1", "gn-" + "9" * 30, "gn-"])
def test_what_is_no_id_is_no_place(places: Gazetteer, key: str) -> None:
    assert places.get(key) is None


@pytest.mark.parametrize("cut", [0, 3, 200, -40])
def test_a_damaged_archive_is_told_as_one(cut: int) -> None:
    with pytest.raises((ValueError, KeyError, OSError)):
        Gazetteer(write([TOWN, LAND, OTHER])[:cut])


def test_a_damaged_member_is_told_as_well() -> None:
    raw = bytearray(write([TOWN, LAND, OTHER]))
    for at in range(60, 90):
        raw[at] ^= 0xFF
    with pytest.raises((ValueError, KeyError, OSError)):
        Gazetteer(bytes(raw))
