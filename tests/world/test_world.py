"""Look-ups, a user's own tables over ours, and what is said of rows that do not hold."""

from __future__ import annotations

import math
from pathlib import Path

import pytest

from contested.errors import TableError
from contested.world import World


@pytest.fixture(scope="module")
def world() -> World:
    return World.load()


def test_ancestors_begin_with_the_actor(world: World) -> None:
    assert world.ancestors("pakistan-ispr") == ("pakistan-ispr", "pakistan-military", "pakistan")
    assert world.ancestors("umar-media") == ("umar-media", "ttp")
    with pytest.raises(KeyError):
        world.ancestors("nobody")


@pytest.mark.parametrize(
    ("owner", "organ", "meant"),
    [
        ("pakistan", "police", "pakistan-police"),
        ("pakistan", "military", "pakistan-military"),
        ("pakistan", "intelligence", "pakistan-isi"),
        ("pakistan", "media-wing", "pakistan-ispr"),
        ("pakistan", "paramilitary", "pakistan-civil-armed-forces"),
        ("afghan-taliban", "border-force", "afghan-taliban-border-forces"),
        ("afghanistan", "defence-ministry", "afghan-taliban-defence-ministry"),
        ("united-states", "foreign-ministry", "united-states-state-department"),
        ("pakistan", "provincial-government", None),
        ("pakistan", "no-such-organ", None),
        ("ttp", "police", None),
        ("nobody", "police", None),
    ],
)
def test_organ(world: World, owner: str, organ: str, meant: str | None) -> None:
    assert world.organ(owner, organ) == meant


def test_an_organ_is_that_of_the_day(world: World) -> None:
    assert world.organ("afghanistan", "intelligence", on="2015-06") == "afghanistan-nds"
    assert world.organ("afghanistan", "intelligence", on="2021-08-15") is not None
    assert world.organ("afghanistan", "intelligence", on="2024-01-01") == "afghan-taliban-gdi"


def test_state_of(world: World) -> None:
    assert world.state_of("PK") == "pakistan"
    assert world.state_of("gb") == "united-kingdom"
    assert world.state_of("ZZ") is None


def test_places_are_found_in_any_spelling(world: World) -> None:
    for name in ("Mir Ali", "mir-ali", "MIR ALI", "Mīr Alī"):
        assert [p.id for p in world.places_named(name)][:1] == ["pk-mir-ali"]
    assert world.places_named("Nowhere At All") == ()


def test_town_and_district_of_one_name_are_both_there(world: World) -> None:
    for name in ("Bannu", "Chaman", "Khuzdar", "Tank", "Peshawar"):
        kinds = [p.kind for p in world.places_named(name) if p.country == "PK"]
        assert "admin2" in kinds and "town" in kinds, name
    assert {p.kind for p in world.places_named("Khost") if p.country == "AF"} >= {"admin1", "town"}


def test_the_supplement_comes_first_then_countries_then_the_larger(world: World) -> None:
    assert world.places_named("Punjab")[0].country == "PK"
    assert world.places_named("Georgia")[0].kind == "country"
    assert [p.country for p in world.places_named("London")][:2] == ["GB", "CA"]


def test_a_supplement_row_replaces_the_gazetteer_row_and_keeps_its_names(world: World) -> None:
    assert "gn-1168873" not in world.places
    khost = world.places["af-khost-city"]
    assert khost.geonameid == 1136469 and khost.population > 0 and "Khowst" in khost.names


@pytest.mark.parametrize(
    ("name", "lat", "lon"),
    [
        ("Torkham", 34.12, 71.09),
        ("Miranshah", 33.00, 70.07),
        ("Parachinar", 33.90, 70.10),
        ("Jalalabad", 34.43, 70.45),
        ("Spin Boldak", 31.01, 66.40),
        ("Torkham border crossing", 34.12, 71.09),
    ],
)
def test_places_lie_where_they_are(world: World, name: str, lat: float, lon: float) -> None:
    place = world.places_named(name)[0]
    assert math.hypot(place.lat - lat, place.lon - lon) < 0.05


def test_a_district_holds_the_town_of_its_name(world: World) -> None:
    districts = [p for p in world.places.values() if p.supplement and p.kind == "admin2"]
    for district in districts:
        for town in world.places_named(district.name):
            if (town.kind, town.name, town.admin1) != ("town", district.name, district.admin1):
                continue
            km = 111.2 * math.hypot(
                town.lat - district.lat,
                (town.lon - district.lon) * math.cos(math.radians(town.lat)),
            )
            if town.supplement:
                assert km <= district.radius_km, (district.id, town.id, km)


def test_type_distance(world: World) -> None:
    near = world.type_distance("bombing", "suicide_bombing")
    assert world.type_distance("battle", "battle") == 0
    assert 0 < near < world.type_distance("attack", "suicide_bombing") < 0.5
    assert world.type_distance("explosion", "ied") < 0.5
    assert world.type_distance("mortar_attack", "ied") == pytest.approx(0.6)
    assert world.type_distance("protest", "battle") == 1
    with pytest.raises(KeyError):
        world.type_distance("protest", "no_such_type")


def test_type_distance_is_the_same_both_ways(world: World) -> None:
    types = list(world.event_types)
    for a in types:
        for b in types:
            assert world.type_distance(a, b) == world.type_distance(b, a)
            assert 0 <= world.type_distance(a, b) <= 1
            assert (world.type_distance(a, b) == 0) == (a == b)


def test_packaged_tables_are_read_once() -> None:
    assert World.load() is World.load()


def put(folder: Path, name: str, *lines: str) -> Path:
    folder.joinpath(name).write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


def test_own_rows_are_added_and_override(tmp_path: Path) -> None:
    put(
        tmp_path,
        "actors.csv",
        "id,name,kind,parent,country,organ",
        "my-group,My Group,armed_group,,SD,",
        "ttp,TTP renamed,armed_group,,PK,",
    )
    put(tmp_path, "aliases.csv", "alias,actor", "The Mine,my-group")
    put(
        tmp_path,
        "places.csv",
        "id,name,kind,lat,lon,radius_km",
        "my-hill,My Hill,village,12.5,30.25,4",
        "pk-mir-ali,Mir Ali,town,32.99,70.26,6",
    )
    world = World.load(tmp_path)
    assert world.actors["ttp"].name == "TTP renamed"
    assert world.actors["my-group"].source == "user"
    assert any(a.text == "The Mine" and a.use == "name" for a in world.aliases)
    assert world.places_named("my hill")[0].lat == 12.5
    assert [p.lat for p in world.places_named("Mir Ali")] == [32.99]
    assert len(world.outlets) == len(World.load().outlets)
    assert World.load().actors["ttp"].name == "Tehrik-i-Taliban Pakistan"


@pytest.mark.parametrize(
    ("table", "lines", "said"),
    [
        ("actors.csv", ["id,name,kind", "x,X,gang"], "line 2: `kind` is 'gang'"),
        ("actors.csv", ["id,name,kind", "x,,party"], "line 2: `name` is empty"),
        ("actors.csv", ["id,name", "x,X"], "line 1: no column kind"),
        ("actors.csv", ["id,name,kind", "x,X,party,extra"], "more cells"),
        ("actors.csv", ["id,name,kind", "x,X,party", "x,Y,party"], "line 3: the same as line 2"),
        ("actors.csv", ["id,name,kind,parent", "x,X,party,nobody"], "'nobody' is no id"),
        ("actors.csv", ["id,name,kind,parent", "x,X,party,y", "y,Y,party,x"], "own ancestor"),
        ("actors.csv", ["id,name,kind,ucdp_id", "x,X,party,-3"], "`ucdp_id` is '-3'"),
        ("actors.csv", ["id,name,kind,source", "x,X,party,mine"], "'mine' is not in sources.csv"),
        ("aliases.csv", ["alias,actor", "Them,nobody"], "no actor 'nobody'"),
        ("aliases.csv", ["alias,actor,use", "Them,ttp,nick"], "`use` is 'nick'"),
        ("roles.csv", ["word,role,official", "boss,leader,maybe"], "`official` is 'maybe'"),
    ],
)
def test_a_row_that_does_not_hold_is_named(
    tmp_path: Path, table: str, lines: list[str], said: str
) -> None:
    put(tmp_path, table, *lines)
    with pytest.raises(TableError) as caught:
        World.load(tmp_path)
    assert said in str(caught.value)
    assert table in str(caught.value)


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ("p,P,town,1,2,0", "`radius_km` is 0"),
        ("p,P,town,1,2,-5", "`radius_km` is -5"),
        ("p,P,town,91,2,5", "`lat` is 91"),
        ("p,P,town,1,east,5", "`lon` is 'east', no number"),
        ("p,P,town,nan,2,5", "`lat` is nan"),
        ("p,P,city,1,2,5", "`kind` is 'city'"),
    ],
)
def test_a_place_that_does_not_hold_is_named(tmp_path: Path, cells: str, said: str) -> None:
    put(tmp_path, "places.csv", "id,name,kind,lat,lon,radius_km", cells)
    with pytest.raises(TableError, match="line 2") as caught:
        _ = World.load(tmp_path).places
    assert said in str(caught.value)


def test_a_missing_folder_and_a_wrong_encoding_are_named(tmp_path: Path) -> None:
    with pytest.raises(TableError, match="no such folder"):
        World.load(tmp_path / "none")
    tmp_path.joinpath("actors.csv").write_bytes("id,name,kind\nx,Zürich,party\n".encode("latin-1"))
    with pytest.raises(TableError, match="not UTF-8"):
        World.load(tmp_path)
