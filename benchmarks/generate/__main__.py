"""The generator from the command line: reports as files, to try `contested add` on."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from benchmarks.generate import HELD_BACK_SEED, TRAIN_SEED, Options, generate
from benchmarks.generate.folder import write
from benchmarks.generate.options import UCDP
from contested.errors import UsageError
from evaluation.measure import NoData


def main(argv: Sequence[str] | None = None) -> int:
    """Write a generated set into a folder."""
    args = _parser().parse_args(argv)
    try:
        options = Options(
            reports=args.reports, incidents=args.incidents, seed=args.seed, ucdp=args.ucdp
        )
        count = write(generate(options), args.folder, args.truth)
    except (NoData, UsageError, OSError) as error:
        print(error, file=sys.stderr)
        return 1
    print(f"{count:,} generated reports are in {args.folder}.")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.generate", description="Write generated reports as text files."
    )
    parser.add_argument("folder", type=Path, help="where to write them")
    parser.add_argument("--reports", type=int, default=100, metavar="N", help="how many reports")
    parser.add_argument("--incidents", type=int, metavar="N", help="of how many incidents")
    parser.add_argument(
        "--seed",
        type=int,
        default=TRAIN_SEED,
        help=f"which set ({TRAIN_SEED} is for fitting, {HELD_BACK_SEED} for measuring)",
    )
    parser.add_argument("--ucdp", type=Path, default=UCDP, metavar="DIR", help="UCDP's tables")
    parser.add_argument("--truth", type=Path, metavar="FILE", help="a CSV for the true incidents")
    return parser


if __name__ == "__main__":
    sys.exit(main())
