"""Where this project keeps the corpora, beside the repository and outside of it."""

from __future__ import annotations

from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
BESIDE = ROOT.parent / "shared"
UD = BESIDE / "data" / "ud"
SATP = BESIDE / "data" / "satp" / "dev.csv.gz"
WIKIEVENTS = BESIDE / "data" / "wikievents" / "dev.jsonl"
PLOVER = BESIDE / "data" / "plover" / "PLOVER_GSR_CAMEO.txt"
POLNEAR = BESIDE / "data" / "polnear" / "dev"
TR_NEWS = BESIDE / "data" / "places" / "TR-News.xml"
MUC4_TUNING = (BESIDE / "data" / "muc4" / "tst1", BESIDE / "data" / "muc4" / "tst2")
FORECAST = BESIDE / "data" / "forecast"
GTI = BESIDE / "data" / "gti" / "exact_rows.csv"
MUC4_DEV = BESIDE / "data" / "muc4" / "dev"
ACCEPTANCE_KEY = BESIDE / "acceptance" / "facts.json"
ACCEPTANCE_REPORTS = BESIDE / "reports"
SAMPLE_KEY = HERE / "sample" / "facts.json"
JUDGED = HERE / "confidence" / "judged.csv"
SAMPLE_REPORTS = ROOT / "src" / "contested" / "data" / "sample"
