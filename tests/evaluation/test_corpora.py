"""The readers and scorers of the corpora, on a few lines made by hand in their formats."""

from __future__ import annotations

import gzip
from pathlib import Path
from xml.etree import ElementTree

import pytest

from contested.extract.mentions import PlaceMention
from contested.model import Where
from evaluation import ceaf, muc_corpus, places, satp
from evaluation.attribution import Said, Tally, pairs, read_brat
from evaluation.measure import BadData, NoData

BRAT = """T1\tSource 0 3\tShe
T2\tCue 4 8\tsaid
T3\tContent 9 12;14 16\tyes
T4\tAttribution 4 8\tsaid
E1\tAttribution:T4 Content:T3 Cue:T2 Source:T1
T5\tContent 20 22\tno
T6\tAttribution-no-source 17 19\tis
E2\tAttribution-no-source:T6 Content:T5 Cue:T6
T7\tDiscuss 23 25\tof
E3\tDiscuss:T7 Content:T5 Cue:T7
"""
KEY = """;;; a comment
0.  MESSAGE: ID                     TST1-MUC3-0001
1.  MESSAGE: TEMPLATE               1
4.  INCIDENT: TYPE                  ATTACK
6.  INCIDENT: INSTRUMENT ID         "TWO BOMBS" / "BOMBS"
                                    ? "MINES"
9.  PERP: INDIVIDUAL ID             "REBELS"
10. PERP: ORGANIZATION ID           -
18. HUM TGT: NAME                   "A. LOPEZ"

0.  MESSAGE: ID                     TST1-MUC3-0001
1.  MESSAGE: TEMPLATE               2 (OPTIONAL)
9.  PERP: INDIVIDUAL ID             "REBELS"
12. PHYS TGT: ID                    "\\"LA PAZ\\" FARM"

0.  MESSAGE: ID                     TST1-MUC3-0002
1.  MESSAGE: TEMPLATE               *
9.  PERP: INDIVIDUAL ID             *
"""
TEXT = """TST1-MUC3-0001

   LA PAZ, 4 FEB 90 (X) -- [TEXT] REBELS USED TWO
BOMBS.

TST1-MUC3-0002 (X)

   NO DATE -- [TEXT] NOTHING.
"""
ARTICLES = """<articles><article docid="7"><text><![CDATA[In Kabul and Bamiyan it rained.]]></text>
<toponyms>
<toponym><phrase>Kabul</phrase><start>4</start><end>9</end>
<gaztag geonameid="1138958"><lat>34.5</lat><lon>69.2</lon></gaztag></toponym>
<toponym><phrase>Bamiyan</phrase><start>13</start><end>20</end></toponym>
</toponyms></article></articles>"""


def test_brat() -> None:
    assert read_brat(BRAT) == [
        Said(frozenset(range(3)), frozenset({9, 10, 11, 14, 15})),
        Said(frozenset(), frozenset({20, 21})),
    ]


def test_attribution_scores() -> None:
    tally = Tally()
    span = frozenset
    tally.add(
        [Said(span({0, 1}), span({5, 6, 7, 8})), Said(span(), span({20}))],
        [Said(span({1}), span({5, 6})), Said(span({40}), span({7, 50}))],
    )
    got = {f.name: round(f.value) for f in tally.figures()}
    assert (got["source_precision"], got["source_recall"]) == (50, 100)
    assert (got["content_precision"], got["content_recall"]) == (100, 50)
    assert (got["pair_precision"], got["pair_recall"]) == (50, 100)
    assert (got["characters_precision"], got["characters_recall"]) == (75, 60)


def test_each_text_has_its_first_annotator(tmp_path: Path) -> None:
    for name in ("attributions", "text"):
        (tmp_path / name).mkdir()
    for name in ("a_b_22.ann", "a_b_11.ann"):
        (tmp_path / "attributions" / name).write_text(BRAT, encoding="utf-8")
    with pytest.raises(NoData):
        pairs(tmp_path)
    (tmp_path / "text" / "a_b.txt").write_text("x", encoding="utf-8")
    assert [(t.name, n.name) for t, n in pairs(tmp_path)] == [("a_b.txt", "a_b_11.ann")]


def test_muc_keys(tmp_path: Path) -> None:
    path = tmp_path / "key-tst1"
    path.write_text(KEY, encoding="latin-1")
    found = muc_corpus.answers([path])
    one, two = found["TST1-MUC3-0001"], found["TST1-MUC3-0002"]
    assert (one.needed, one.optional, two.needed, two.optional) == (1, 1, 0, 0)
    assert one.roles == {
        "perpetrator, individual": [("rebels",)],
        "perpetrator, organisation": [],
        "target": [('"la paz" farm',)],
        "victim": [("a. lopez",)],
        "weapon": [("two bombs", "bombs"), ("mines",)],
    }
    assert muc_corpus.within(one.roles["weapon"], "USED TWO\nBOMBS.") == [("two bombs", "bombs")]


def test_muc_texts(tmp_path: Path) -> None:
    path = tmp_path / "tst1-muc3"
    path.write_text(TEXT, encoding="latin-1")
    one, two = muc_corpus.messages([path])
    assert (one.id, one.date) == ("TST1-MUC3-0001", "1990-02-04")
    assert one.text.endswith("BOMBS.")
    assert (two.id, two.date) == ("TST1-MUC3-0002", None)


def test_ceaf_gives_each_entity_one_partner() -> None:
    gold = [("two bombs", "bombs"), ("mines",)]
    assert ceaf.matched(gold, [("Bombs",), ("the two bombs",)]) == 1
    assert ceaf.matched(gold, [("bombs", "mines")]) == 0
    assert ceaf.matched([("a rebel", "b"), ("b",)], [("b",), ("rebel",)]) == 2
    score = ceaf.Ceaf()
    score.add(gold, [("mines",)])
    assert (score.precision, score.recall) == (100, 50)


def test_places() -> None:
    articles = ElementTree.fromstring(ARTICLES)
    article = places._article(articles[0])
    assert [(t.start, t.end, t.geonameid) for t in article.marked] == [(3, 8, 1138958)]
    assert len(article.extra) == 1
    tally = places.Tally()
    there = PlaceMention(3, 8, Where("Kabul", "Kabul", lat=34.53, lon=69.17), "town", "gn-1138958")
    extra = PlaceMention(24, 26, Where("It", "it"), "town", None)
    assert list(tally.add(article, [there, extra])) == []
    got = {f.name: f.value for f in tally.figures()}
    assert (got["recall"], got["precision"]) == (100, 50)
    assert (got["near_of_found"], got["exact_of_found"]) == (100, 0)


def test_satp_rows(tmp_path: Path) -> None:
    path = tmp_path / "rows.csv.gz"
    columns = [f"{c}_fatalities" for group in satp.GROUPS.values() for c in group]
    head = ["total_fatalities", "incident_summary", "total_injuries", "date", "incident_number"]
    text = ",".join([*head, *columns]) + "\n" + "4,Some text,2,2010-01-30T00:00:00Z,9,1,0,2,1,0\n"
    path.write_bytes(gzip.compress(text.encode()))
    (row,) = satp.read(path)
    assert row.date == "2010-01-30"
    assert row.deaths.groups == {"civilians": 1, "security_forces": 2, "militants": 1}
    assert (row.deaths.total, row.injuries) == (4, 2)
    path.write_bytes(gzip.compress(b"a,b\n1,2\n"))
    with pytest.raises(BadData):
        satp.read(path)
    with pytest.raises(NoData):
        satp.read(tmp_path / "none.csv")
