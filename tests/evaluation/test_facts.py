"""Our port of the scoring against the script that it is a port of, on the same output."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from contested.model import to_plain
from evaluation import corpora, facts

SCRIPT = corpora.ACCEPTANCE_KEY.with_name("score.py")
needed = pytest.mark.skipif(not SCRIPT.exists(), reason="the acceptance key is not beside us")


def _lines(path: Path, rows: list[dict[str, object]]) -> str:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return str(path)


@pytest.fixture(scope="module")
def found() -> facts.Read:
    return facts.read(corpora.ACCEPTANCE_REPORTS)


@needed
@pytest.mark.parametrize("owners", [True, False])
def test_our_numbers_are_those_of_the_acceptance_script(
    found: facts.Read, tmp_path: Path, owners: bool
) -> None:
    ours = facts.score(corpora.ACCEPTANCE_KEY, found, owners=owners)
    claims = _lines(tmp_path / "claims.jsonl", [to_plain(c) for c in found.claims])
    incidents = _lines(tmp_path / "incidents.jsonl", [to_plain(i) for i in found.incidents])
    actors = _lines(
        tmp_path / "actors.jsonl", [{"id": k, "parent": v} for k, v in found.parents.items()]
    )
    command = [sys.executable, str(SCRIPT), claims, incidents]
    command += ["--actors", actors] if owners else []
    told = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    theirs = [int(n) for n in re.findall(r"\d+", told.splitlines()[-1])]
    whole = ours.all
    assert theirs == [
        whole.found, whole.facts, whole.right, whole.facts,
        ours.false_alarms, ours.joined, ours.pairs,
    ]  # fmt: skip
    by_kind = dict(re.findall(r"^(\w+) +\d+ facts  found +\d+  right +(\d+)", told, re.MULTILINE))
    assert {k: int(v) for k, v in by_kind.items()} == {k: t.right for k, t in ours.kinds.items()}


def test_every_fact_of_the_sample_key_stands_in_a_report_of_the_sample() -> None:
    from contested.ingest import Captured, ingest

    texts = {
        Path(one.report.name).name: one.report.text
        for one in ingest([corpora.SAMPLE_REPORTS])
        if isinstance(one, Captured)
    }
    from evaluation.key import plain

    data = json.loads(corpora.SAMPLE_KEY.read_text("utf-8"))
    lost = [f["id"] for f in data["facts"] if plain(f["anchor"]) not in plain(texts[f["doc"]])]
    assert lost == []
    ids = [row["id"] for rows in data.values() for row in rows]
    assert len(ids) == len(set(ids))
    facts_ids = {f["id"] for f in data["facts"]}
    assert all(set(pair["claims"]) <= facts_ids for pair in data["incidents"])
