"""The command line of the measures."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from evaluation import corpora, floors, page
from evaluation.measure import BadData, Measured, NoData, Options, Say

Run = Callable[[Options, Say], Measured]
OK, FAILED, WRONG = 0, 1, 2


def main(argv: Sequence[str] | None = None) -> int:
    """Run one measure, or all without words; 1 where a figure is below its floor."""
    given = list(sys.argv[1:] if argv is None else argv)
    if not given or (given[0].startswith("-") and given[0] not in ("-h", "--help")):
        given.insert(0, "all")
    args = _parser().parse_args(given)
    options = Options(
        limit=args.limit, errors=args.errors, misses=args.misses, jobs=args.jobs or _cores()
    )
    results: list[Measured] = []
    for name, run in _runs(args).items():
        print(f"== {name}", flush=True)
        try:
            results.append(run(options, _say))
        except NoData as missing:
            print(f"skipped: no {missing}")
            continue
        except BadData as error:
            print(f"{name}: {error}", file=sys.stderr)
            return WRONG
        _print(results[-1])
    if args.set_floors:
        floors.pin(results, args.set_floors)
    failed = [line for measured in results for line in floors.below(measured)]
    for line in failed:
        print(f"FLOOR {line}")
    if args.measure == "all":
        page.write({f"eval:{m.measure}": page.block(m) for m in results if m.whole})
    return FAILED if failed else OK


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m evaluation", description="Measure the program against corpora."
    )
    shared = argparse.ArgumentParser(add_help=False)
    shared.add_argument("--limit", type=int, metavar="N", help="score only the first N")
    shared.add_argument("--errors", type=int, default=0, metavar="K", help="print the K worst")
    shared.add_argument("--misses", action="store_true", help="print what failed")
    shared.add_argument("--jobs", type=int, default=0, metavar="N", help="processes (0: all cores)")
    shared.add_argument(
        "--set-floors", metavar="REASON", help="pin what is measured now; the reason is kept"
    )
    measures = parser.add_subparsers(dest="measure", required=True, metavar="MEASURE")

    def add(name: str, words: str, **defaults: Path) -> None:
        sub = measures.add_parser(name, help=words, parents=[shared])
        for key, value in defaults.items():
            sub.add_argument(key, type=Path, nargs="?", default=value)

    add("language", "syntax and names on UD English", folder=corpora.UD)
    add("sample", "the packaged sample", key=corpora.SAMPLE_KEY, reports=corpora.SAMPLE_REPORTS)
    add(
        "facts",
        "reports against a hand-made key",
        key=corpora.ACCEPTANCE_KEY,
        reports=corpora.ACCEPTANCE_REPORTS,
    )
    add("satp", "deaths and injuries in summaries", file=corpora.SATP)
    add("polnear", "who says what", folder=corpora.POLNEAR)
    add("places", "place names", file=corpora.TR_NEWS)
    add("wikievents", "events and who takes part in them", file=corpora.WIKIEVENTS)
    add("index", "the Global Terrorism Index against published scores", file=corpora.GTI)
    add("forecast", "forecasts of monthly fatalities by country", folder=corpora.FORECAST)
    muc4 = measures.add_parser("muc4", help="relevant texts and role fillers", parents=[shared])
    for flag in ("--texts", "--keys"):
        muc4.add_argument(
            flag, type=Path, nargs="+", metavar="DIR", default=list(corpora.MUC4_TUNING)
        )
    calibration = measures.add_parser(
        "calibration", help="whether confidence is the share that is right", parents=[shared]
    )
    calibration.add_argument("file", type=Path, nargs="?", default=corpora.JUDGED)
    calibration.add_argument("--pages", type=Path, action="append", default=[], metavar="DIR")
    calibration.add_argument("--chart", type=Path, metavar="FILE", help="draw the reliability plot")
    add("relevance", "claims lost by what is not read")
    add("duplicates", "self-excitation where reports are told twice (simulated)")
    add("breaks", "false alarms and doublings in simulated counts")
    add("system", "loops found and false alarms in made records")
    add("all", "everything, and write docs/figures.md")
    return parser


def _runs(args: argparse.Namespace) -> dict[str, Run]:
    if args.measure != "all":
        return {args.measure: partial(_run, args)}
    parser = _parser()
    names = (
        "language",
        "sample",
        "facts",
        "satp",
        "polnear",
        "places",
        "muc4",
        "wikievents",
        "breaks",
        "index",
        "forecast",
        "duplicates",
        "system",
        "calibration",
        "relevance",
    )
    return {name: partial(_run, parser.parse_args([name])) for name in names}


def _run(args: argparse.Namespace, options: Options, say: Say) -> Measured:
    from evaluation import (
        attribution,
        breaks,
        duplicates,
        facts,
        forecast,
        index,
        language,
        muc4,
        places,
        satp,
        wikievents,
    )

    name: str = args.measure
    if name == "relevance":
        from evaluation import skipped

        return skipped.measure(options, say)
    if name == "calibration":
        from evaluation import calibration

        return calibration.measure(args.file, args.pages, args.chart, options, say)
    if name == "system":
        from evaluation import system

        return system.measure(options, say)
    if name in ("sample", "facts"):
        return facts.measure(name, args.key, args.reports, options, say)
    if name == "duplicates":
        return duplicates.measure(options, say)
    if name == "breaks":
        return breaks.measure(options, say)
    if name == "muc4":
        return muc4.measure(args.texts, args.keys, options, say)
    by_folder = {
        "language": language.measure,
        "polnear": attribution.measure,
        "forecast": forecast.measure,
    }
    if name in by_folder:
        return by_folder[name](args.folder, options, say)
    by_file = {
        "satp": satp.measure,
        "places": places.measure,
        "wikievents": wikievents.measure,
        "index": index.measure,
    }
    return by_file[name](args.file, options, say)


def _print(measured: Measured) -> None:
    for figure in measured.figures:
        print(f"{figure.label:55} {figure.shown():>10}")
    if not floors.applies(measured):
        print("(no floors are pinned for this data)")


def _say(line: str) -> None:
    print(line, flush=True)


def _cores() -> int:
    return os.cpu_count() or 1


if __name__ == "__main__":
    sys.exit(main())
