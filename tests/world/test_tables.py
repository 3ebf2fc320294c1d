"""The packaged tables hold together, and say where each row is from."""

from __future__ import annotations

import csv
import re
from importlib import resources

import pytest

from contested.world import World, fold

DATA = resources.files("contested").joinpath("data")
TABLES = ("actors", "aliases", "persons", "roles", "outlets", "codebook", "places", "sources")
EDTF = re.compile(r"\d{4}(-\d\d){0,2}")
PERSON_ROLES = {
    "leader", "deputy", "spokesperson", "commander", "minister", "head-of-government",
    "head-of-state", "chief", "governor", "chief-minister", "diplomat", "envoy", "official",
}  # fmt: skip
PLOVER = {
    "AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST", "ACCUSE",
    "REJECT", "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT",
}  # fmt: skip
ACLED = {
    "Battles": {
        "Government regains territory", "Non-state actor overtakes territory", "Armed clash",
    },
    "Explosions/Remote violence": {
        "Chemical weapon", "Air/drone strike", "Suicide bomb", "Shelling/artillery/missile attack",
        "Remote explosive/landmine/IED", "Grenade",
    },
    "Violence against civilians": {
        "Sexual violence", "Attack", "Abduction/forced disappearance",
    },
    "Protests": {
        "Peaceful protest", "Protest with intervention",
        "Excessive force against protesters",
    },
    "Riots": {"Violent demonstration", "Mob violence"},
    "Strategic developments": {
        "Agreement", "Arrests", "Change to group/activity", "Disrupted weapons use",
        "Headquarters or base established", "Looting/property destruction",
        "Non-violent transfer of territory", "Other",
    },
}  # fmt: skip
GTD = {
    "Assassination", "Hijacking", "Hostage Taking (Kidnapping)",
    "Hostage Taking (Barricade Incident)", "Bombing/Explosion", "Armed Assault",
    "Unarmed Assault", "Facility/Infrastructure Attack", "Unknown",
}  # fmt: skip


@pytest.fixture(scope="module")
def world() -> World:
    return World.load()


def rows(name: str) -> list[dict[str, str]]:
    with DATA.joinpath(f"{name}.csv").open(encoding="utf-8") as handle:
        return list(csv.DictReader(handle))


@pytest.mark.parametrize("name", TABLES)
def test_no_cell_has_blanks_at_its_ends_or_marks_that_cannot_be_seen(name: str) -> None:
    for row in rows(name):
        for cell in row.values():
            assert cell == cell.strip()
            assert not set(cell) & set("\u200b\u200e\u200f\ufeff\t\n")


@pytest.mark.parametrize("name", [t for t in TABLES if t != "sources"])
def test_every_row_names_a_source_with_a_licence(name: str, world: World) -> None:
    for row in rows(name):
        assert world.sources[row["source"]].licence, row


def test_sizes(world: World) -> None:
    states = [a for a in world.actors.values() if a.kind == "state"]
    assert len(states) >= 193
    assert len(world.actors) - len(states) >= 180
    assert len(world.persons) >= 70
    assert len(world.outlets) >= 120
    assert len(world.places) > 30_000


def test_every_dated_row_has_plain_edtf_in_order(world: World) -> None:
    spans = [(a.id, a.start, a.end) for a in world.actors.values()]
    spans += [(p.name, p.start, p.end) for p in world.persons]
    for name, start, end in spans:
        assert start is None or EDTF.fullmatch(start), name
        assert end is None or EDTF.fullmatch(end), name
        if start and end:
            assert start[: len(end)] <= end, name


def test_organs_belong_to_their_own_country(world: World) -> None:
    for actor in world.actors.values():
        if actor.kind == "organ":
            assert actor.parent and actor.organ, actor
            assert world.actors[actor.parent].country == actor.country, actor


def test_every_actor_can_be_met_in_text(world: World) -> None:
    named = {alias.actor for alias in world.aliases}
    bare = [a.id for a in world.actors.values() if a.id not in named and "(" not in a.name]
    assert bare == []


def test_one_name_means_one_actor_unless_it_is_known_to_be_shared(world: World) -> None:
    meant: dict[str, set[str]] = {}
    for alias in world.aliases:
        if alias.use == "name":
            meant.setdefault(alias.text, set()).add(alias.actor)
    assert {text: ids for text, ids in meant.items() if len(ids) > 1} == {}


def test_acronyms_have_capitals(world: World) -> None:
    for alias in world.aliases:
        if alias.use == "acronym":
            assert sum(c.isupper() for c in alias.text) >= 2, alias


def test_persons_hold_public_roles(world: World) -> None:
    for person in world.persons:
        assert person.role in PERSON_ROLES, person
        assert person.name not in person.aliases, person


def test_no_outlet_has_two_ids(world: World) -> None:
    domains = [o.domain for o in world.outlets if o.domain and o.domain != "satp.org"]
    assert len(domains) == len(set(domains))


def test_role_words_name_organs_that_some_actor_is(world: World) -> None:
    organs = {a.organ for a in world.actors.values()}
    assert {r.organ for r in world.roles if r.organ} <= organs


def test_codebook_uses_real_names_of_other_codebooks(world: World) -> None:
    for row in world.event_types.values():
        assert row.acled_event is None or row.acled_sub_event in ACLED[row.acled_event], row
        assert row.gtd is None or row.gtd in GTD, row
        assert row.plover is None or row.plover in PLOVER, row
        assert row.cameo is None or re.fullmatch(r"(0[1-9]|1\d|20)\d{0,2}", row.cameo), row
        assert row.ucdp in (None, "state-based", "non-state", "one-sided", "by sides"), row


def test_every_event_type_hangs_under_the_root(world: World) -> None:
    assert {world.type_path(t)[-1] for t in world.event_types} == {"event"}


def test_every_place_can_be_read(world: World) -> None:
    for key, place in world.places.items():
        assert place.id == key
        assert place.source in world.sources
        assert place.country is None or re.fullmatch("[A-Z]{2}", place.country)


def test_no_place_is_wider_than_its_country(world: World) -> None:
    width = {p.country: p.radius_km for p in world.places.values() if p.kind == "country"}
    for place in world.places.values():
        if place.supplement and place.country and place.kind not in ("country", "region"):
            assert place.radius_km < width[place.country], place


def test_supplement_places_lie_in_their_country(world: World) -> None:
    boxes = {"PK": (23.5, 37.2, 60.8, 77.3), "AF": (29.3, 38.6, 60.4, 75.0)}
    for place in world.places.values():
        if place.supplement and place.country in boxes:
            south, north, west, east = boxes[place.country]
            assert south <= place.lat <= north and west <= place.lon <= east, place


def test_no_two_places_are_the_same_one(world: World) -> None:
    ids = [p.geonameid for p in world.places.values() if p.geonameid is not None]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("table", ["actors", "outlets", "places"])
def test_ids_are_plain(table: str, world: World) -> None:
    ids = [row["id"] for row in rows(table)]
    assert all(re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", i) for i in ids)
    assert world is World.load()


def test_fold_treats_spellings_alike() -> None:
    assert fold("Mīr-‘Alī") == fold("mir ali") == "mir ali"
    assert fold("The Khyber Pass") == "khyber pass"
    assert fold("Diyarbakır") == "diyarbakir"
    assert fold("Swat") != fold("Swabi")
