"""The command line of the benchmarks."""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from benchmarks import add, analyses, excitation, kills, news, scale, serve, startup
from benchmarks.generate.options import UCDP
from benchmarks.linking import match, whole
from benchmarks.process import CommandFailed
from contested.errors import ContestedError
from evaluation import corpora, page
from evaluation.measure import NoData

TEXTS = 400
REPORTS = 100_000
CLAIMS = 1_000_000
CACHE = Path(tempfile.gettempdir()) / "contested-benchmarks"


def main(argv: Sequence[str] | None = None) -> int:
    """Run one benchmark or all, print the tables, and write them to docs/figures.md."""
    args = _parser().parse_args(argv)
    names = EVERYTHING if args.benchmark == "all" else (args.benchmark,)
    blocks: dict[str, str] = {}
    try:
        for name in names:
            try:
                blocks[f"bench:{name}"] = BENCHMARKS[name](args)
            except NoData as missing:
                print(f"{name} skipped: no {missing}")
    except (CommandFailed, ContestedError, OSError) as error:
        print(error, file=sys.stderr)
        return 1
    print("\n\n".join(blocks.values()))
    if blocks and not args.dry:
        page.write(blocks)
    for problem in BROKEN:
        print(problem, file=sys.stderr)
    return 1 if BROKEN else 0


def _add(args: argparse.Namespace) -> str:
    return add.block(add.measure(args.corpus, args.texts or None))


def _news(args: argparse.Namespace) -> str:
    return news.block(*news.measure(args.texts or None))


def _startup(_: argparse.Namespace) -> str:
    return startup.block(startup.measure())


def _kills(args: argparse.Namespace) -> str:
    found = kills.measure(args.count)
    BROKEN.extend(found.problems)
    return kills.block(found)


def _link(args: argparse.Namespace) -> str:
    return whole.block(args.reports, whole.measure(args.reports, args.ucdp))


def _match(args: argparse.Namespace) -> str:
    return match.block(match.measure(args.ucdp, args.meltt, args.events))


def _analyses(args: argparse.Namespace) -> str:
    return analyses.block(analyses.measure(args.ucdp))


def _scale(args: argparse.Namespace) -> str:
    return scale.block(scale.measure(args.claims, args.ucdp, args.cache))


def _serve(args: argparse.Namespace) -> str:
    return serve.block(serve.measure(args.claims, args.ucdp, args.cache))


def _hawkes(args: argparse.Namespace) -> str:
    return excitation.block(excitation.measure(args.peers))


BENCHMARKS: dict[str, Callable[[argparse.Namespace], str]] = {
    "add": _add,
    "news": _news,
    "startup": _startup,
    "kills": _kills,
    "analyses": _analyses,
    "link": _link,
    "match": _match,
    "scale": _scale,
    "serve": _serve,
    "hawkes": _hawkes,
}
BROKEN: list[str] = []
"""What must not be, as the benchmarks that look for it found it."""
EVERYTHING = ("add", "news", "startup", "kills", "hawkes", "analyses")
"""What runs unasked: the others take long, and are asked for by name."""


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks", description="Measure speed, memory and linking."
    )
    parser.add_argument("benchmark", nargs="?", choices=(*BENCHMARKS, "all"), default="all")
    parser.add_argument("--corpus", type=Path, default=corpora.MUC4_DEV, metavar="DIR")
    parser.add_argument(
        "--texts", type=int, default=TEXTS, metavar="N", help="add, news: how many texts (0: all)"
    )
    parser.add_argument("--ucdp", type=Path, default=UCDP, metavar="DIR", help="UCDP's tables")
    parser.add_argument(
        "--reports", type=int, default=REPORTS, metavar="N", help="link: how many reports"
    )
    parser.add_argument(
        "--events", type=int, nargs="+", default=match.SIZES, metavar="N", help="match: sizes"
    )
    parser.add_argument("--meltt", type=Path, metavar="DIR", help="match: a checkout of MELTT")
    parser.add_argument(
        "--peers", metavar="PYTHON", help="hawkes: an interpreter that has tick and hawkeslib"
    )
    parser.add_argument(
        "--claims", type=int, default=CLAIMS, metavar="N", help="scale, serve: how many claims"
    )
    parser.add_argument(
        "--cache",
        type=Path,
        default=CACHE,
        metavar="DIR",
        help="scale, serve: where to keep the record",
    )
    parser.add_argument(
        "--count", type=int, default=kills.COUNT, metavar="N", help="how many processes to kill"
    )
    parser.add_argument("--dry", action="store_true", help="leave docs/figures.md as it is")
    return parser


if __name__ == "__main__":
    sys.exit(main())
