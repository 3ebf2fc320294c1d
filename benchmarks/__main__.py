"""The command line of the benchmarks."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from benchmarks import add, kills, startup
from benchmarks.process import CommandFailed
from evaluation import corpora, page
from evaluation.measure import NoData

TEXTS = 400


def main(argv: Sequence[str] | None = None) -> int:
    """Run one benchmark or all, print the tables, and write them to docs/figures.md."""
    args = _parser().parse_args(argv)
    blocks: dict[str, str] = {}
    broken: list[str] = []
    try:
        if args.benchmark in ("add", "all"):
            try:
                blocks["bench:add"] = add.block(add.measure(args.corpus, args.texts or None))
            except NoData as missing:
                print(f"add skipped: no {missing}")
        if args.benchmark in ("startup", "all"):
            blocks["bench:startup"] = startup.block(startup.measure())
        if args.benchmark in ("kills", "all"):
            found = kills.measure(args.count)
            blocks["bench:kills"] = kills.block(found)
            broken = found.problems
    except CommandFailed as error:
        print(error, file=sys.stderr)
        return 1
    print("\n\n".join(blocks.values()))
    if not args.dry:
        page.write(blocks)
    for problem in broken:
        print(problem, file=sys.stderr)
    return 1 if broken else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks", description="Measure speed and memory."
    )
    parser.add_argument(
        "benchmark", nargs="?", choices=("add", "startup", "kills", "all"), default="all"
    )
    parser.add_argument("--corpus", type=Path, default=corpora.MUC4_DEV, metavar="DIR")
    parser.add_argument(
        "--texts", type=int, default=TEXTS, metavar="N", help="how many texts (0: all)"
    )
    parser.add_argument(
        "--count", type=int, default=kills.COUNT, metavar="N", help="how many processes to kill"
    )
    parser.add_argument("--dry", action="store_true", help="leave docs/figures.md as it is")
    return parser


if __name__ == "__main__":
    sys.exit(main())
