"""A small stand-in for UCDP's table: invented events in its columns."""

from __future__ import annotations

import csv
import datetime as dt
import gzip
import sys
from pathlib import Path
from random import Random

import pytest

ROOT = Path(__file__).resolve().parents[2]
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

PLACES = {
    ("Aleppo", "Azaz"): ("Alpha", "Beta", "Gamma"),
    ("Aleppo", "Manbij"): ("Delta", "Epsilon"),
    ("Homs", "Tadmur"): ("Zeta", "Eta", "Theta"),
    ("Idlib", "Ariha"): ("Iota", "Kappa"),
}
SIDES = (
    (118, "Government of Syria", 4456, "Syrian insurgents", 1),
    (118, "Government of Syria", 234, "IS", 1),
    (6288, "SDF", 234, "IS", 2),
    (7036, "HTS, Southern Front", 4456, "Syrian insurgents", 2),
    (234, "IS", 1, "Civilians", 3),
)
HEADLINES = ("Shelling kills two", "Clashes go on", "Warplanes hit town", "News in brief")


@pytest.fixture(scope="session")
def ucdp(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with 400 invented events of 80 days."""
    folder = tmp_path_factory.mktemp("ucdp")
    rng = Random(7)
    rows = [_row(rng, n) for n in range(400)]
    with gzip.open(folder / "ged-syria.csv.gz", "wt", encoding="utf-8", newline="") as lines:
        writer = csv.DictWriter(lines, fieldnames=list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return folder


def _row(rng: Random, number: int) -> dict[str, object]:
    province, district = rng.choice(list(PLACES))
    town = rng.choice(PLACES[province, district])
    at = Random(f"{province} {district} {town}")
    a, a_name, b, b_name, violence = rng.choice(SIDES)
    day = dt.date(2017, 3, 1) + dt.timedelta(number // 5)
    row: dict[str, object] = {
        "id": float(number),
        "type_of_violence": float(violence),
        "side_a_new_id": float(a),
        "side_a": a_name,
        "side_b_new_id": float(b),
        "side_b": b_name,
        "source_headline": rng.choice(HEADLINES),
        "where_prec": rng.choice((1.0, 1.0, 2.0, 3.0, 4.0, 6.0)),
        "where_coordinates": f"{town} town",
        "adm_1": f"{province} Governorate",
        "adm_2": f"{district} district",
        "latitude": round(at.uniform(34, 36.5), 5),
        "longitude": round(at.uniform(36.5, 38.5), 5),
        "date_start": day.isoformat(),
        "deaths_a": float(rng.choice((0, 0, 1, 3))),
        "deaths_b": float(rng.choice((0, 1, 4, 12))),
        "deaths_civilians": float(rng.choice((0, 0, 2))),
        "deaths_unknown": 0.0,
    }
    best = sum(float(str(row[f"deaths_{of}"])) for of in ("a", "b", "civilians"))
    return row | {"date_end": row["date_start"], "low": best, "best": best, "high": 2 * best}
