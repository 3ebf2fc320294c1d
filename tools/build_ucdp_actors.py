"""Add the armed groups of UCDP's actor list to the actor and name tables.

    python tools/build_ucdp_actors.py --actors actors-221.csv

Rows that the tables have already (by UCDP id, or by name) stay as they are. A name that stands
for two actors is left out, since the text alone cannot tell them apart. Facts only: names and
ids, UCDP Actor Dataset 22.1, CC BY 4.0.
"""

from __future__ import annotations

import argparse
import csv
import re
import unicodedata
from collections import Counter
from pathlib import Path

DATA = Path(__file__).resolve().parents[1] / "src" / "contested" / "data"
SOURCE = "ucdp-actors-22.1"
ARMED_GROUP = "1"
UNNAMED = re.compile(r"^(?:forces|supporters|residents|civilians|military faction)\b", re.I)


def key(name: str) -> str:
    """A name without case, accents and punctuation."""
    plain = unicodedata.normalize("NFKD", name.replace("’", "'"))
    return re.sub(r"[^a-z0-9]+", "-", plain.encode("ascii", "ignore").decode().lower()).strip("-")


def rows(path: Path) -> tuple[list[str], list[dict[str, str]]]:
    """Columns and rows of one of our tables."""
    with path.open(encoding="utf-8", newline="") as lines:
        reader = csv.DictReader(lines)
        return list(reader.fieldnames or []), list(reader)


def write(path: Path, columns: list[str], table: list[dict[str, str]]) -> None:
    """Write a table back as it was read."""
    with path.open("w", encoding="utf-8", newline="") as lines:
        writer = csv.DictWriter(lines, columns, lineterminator="\n")
        writer.writeheader()
        writer.writerows(table)


def names(row: dict[str, str]) -> list[str]:
    """The names that an English report may write, without notes in brackets."""
    found = []
    for column in ("NameData", "NameOrigFullEng", "NameOrigFull"):
        name = re.sub(r"\s*\(.*?\)", "", row[column]).strip(" .,")
        if name and name.lower() != "n/a" and name.isprintable() and name not in found:
            found.append(name)
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--actors", type=Path, required=True, help="UCDP's actor list (CSV)")
    listed = parser.parse_args().actors
    columns, actors = rows(DATA / "actors.csv")
    alias_columns, aliases = rows(DATA / "aliases.csv")
    _, places = rows(DATA / "outlets.csv")
    known = {a["ucdp_id"] for a in actors}
    taken = {key(a["alias"]) for a in aliases} | {key(a["name"]) for a in actors}
    taken |= {key(o["name"]) for o in places}
    ids = {a["id"] for a in actors}
    states = {key(a["name"]): a["country"] for a in actors if a["kind"] == "state"}
    with listed.open(encoding="utf-8-sig", newline="") as lines:
        groups = [r for r in csv.DictReader(lines) if r["Org"] == ARMED_GROUP]
    groups = [g for g in groups if g["ActorId"] not in known and not UNNAMED.match(g["NameData"])]
    shared = Counter(key(name) for g in groups for name in names(g))
    added = 0
    for group in groups:
        own = [n for n in names(group) if shared[key(n)] == 1 and key(n) not in taken]
        own = [n for n in own if len(key(n)) > 3 or (len(n) == 3 and n.isupper())]
        if not own:
            continue
        actor = key(names(group)[0])
        actor = actor if actor not in ids else f"{actor}-{group['ActorId']}"
        ids.add(actor)
        country = states.get(key(group["Location"].split(",")[0].split("(")[0].strip()), "")
        actors.append(
            dict.fromkeys(columns, "")
            | {"id": actor, "name": own[-1] if len(own[0]) < 6 else own[0], "kind": "armed_group",
               "country": country, "ucdp_id": group["ActorId"], "source": SOURCE}
        )  # fmt: skip
        for name in own:
            taken.add(key(name))
            short = name.isupper() and " " not in name and sum(map(str.isalpha, name)) > 1
            aliases.append(
                dict.fromkeys(alias_columns, "")
                | {"alias": name, "actor": actor, "use": "acronym" if short else "name",
                   "register": "neutral", "source": SOURCE}
            )  # fmt: skip
        added += 1
    write(DATA / "actors.csv", columns, actors)
    write(DATA / "aliases.csv", alias_columns, aliases)
    print(f"{added} armed groups added")


if __name__ == "__main__":
    main()
