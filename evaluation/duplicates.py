"""The `duplicates` measure: does a Hawkes fit over draws survive reports that are told twice?

Everything is simulated, so that the truth is known: the times of a self-exciting process; a
report of each event; for one event in ten a second report, with a day, a place, a type and a
toll that may be off by as much as generated reports are. The program's own linker is then given
all reports and says of each pair how probably they are of one happening. It is told nothing of
which are duplicates. Compared are three fits: to all reports as they come, to what the linker
joins at even odds, and over draws with the linker's probabilities.
"""

from __future__ import annotations

import datetime as dt
import statistics
from collections.abc import Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass

import numpy as np

from contested.analyse.answer import Band, band
from contested.analyse.draws import DrawOptions, draw
from contested.analyse.escalation import StudyOptions, study
from contested.analyse.events import Events, Happening, columns
from contested.analyse.hawkes import Baseline, FitOptions, Points, Process, fit_with, simulate
from contested.analyse.hawkes.spread import bootstrap
from contested.model import (
    ActorRef,
    CasualtiesClaim,
    Claim,
    Count,
    EventClaim,
    Report,
    When,
    Where,
)
from contested.reconcile import accounts as accounts_of
from contested.reconcile.duck import DuckEngine
from contested.reconcile.features import Describer, frequent, without
from contested.reconcile.model import preset
from contested.world import World
from evaluation.measure import Figure, Measured, Options, Say, digest_of, share

SEEDS = 40
DRAWS = 60
TRUE = 0.32
RATE, DAYS = 0.3, 6000.0
DECAYS = (0.5, 1.0)
"""Per day: half of the answers within 1.4 days, or 0.7; the more like the delay of a second report
answers come, the more it is taken for one."""
TOLD_TWICE = 0.10
TOWNS = 400
FIRST = dt.date(2018, 1, 1)
TYPES = ("armed_attack", "ied", "shooting", "ambush", "suicide_bombing", "shelling")
CLOSE = {"armed_attack": "shooting", "shooting": "armed_attack", "ambush": "armed_attack"}
SHIFTS, SHIFT_CHANCES = (0, 1, 2), (0.80, 0.14, 0.06)
FRONT = (
    "Ama", "Bara", "Chila", "Dera", "Esa", "Gara", "Hasa", "Ila", "Jana", "Kala",
    "Lada", "Mira", "Nawa", "Paro", "Rusta", "Sama", "Tora", "Uma", "Wala", "Zara",
)  # fmt: skip
BACK = (
    "bad", "chak", "dara", "garh", "gram", "kand", "khel", "kot", "mai", "manda",
    "nagar", "pur", "qala", "sar", "shahr", "tal", "toi", "wal", "zai", "band",
)  # fmt: skip
OTHER_TYPE, NEIGHBOUR, OTHER_COUNT = 0.20, 0.05, 0.25
DETAILS, DETAIL_TOLD, WORDS = 4, 0.55, 4000
LEAST = 0.01
FITTING = FitOptions(half_life=(0.5, 90.0), pieces=1)


@dataclass(frozen=True, slots=True)
class Account:
    """One report's version of an event."""

    day: int
    town: int
    type: str
    killed: int
    details: tuple[str, ...]
    event: int


@dataclass(frozen=True, slots=True)
class Trial:
    """One seed: the estimates with intervals, and how well the linker told duplicates."""

    reports: Band
    joined: Band
    drawn: Band
    twice: int
    found: float
    wrong: float


def measure(options: Options, say: Say) -> Measured:
    """All seeds; `--limit` takes only the first."""
    seeds = range(SEEDS if options.limit is None else min(options.limit, SEEDS))
    jobs = [(seed, decay) for decay in DECAYS for seed in seeds]
    trials: dict[float, list[Trial]] = {}
    with ProcessPoolExecutor(max_workers=min(options.jobs, 2)) as pool:
        for (seed, decay), trial in zip(jobs, pool.map(trial_of, jobs), strict=True):
            trials.setdefault(decay, []).append(trial)
            say(f"decay {decay}, seed {seed}: {trial.reports.words()}, {trial.drawn.words()}")
    return Measured(
        measure="duplicates",
        title="Self-excitation where one event in ten is reported twice",
        command="python -m evaluation duplicates",
        data=f"{len(jobs)} simulated processes of about {RATE / (1 - TRUE) * DAYS:,.0f} events",
        sha256=digest_of([("parameters", repr(_parameters()))]),
        figures=tuple(figure for decay in DECAYS for figure in _figures(decay, trials[decay])),
        notes=(
            f"True self-excitation {TRUE}; intervals of 90%. A second report may be one or two "
            "days late, of a neighbouring town, of a near type, with another toll. The pair "
            "probabilities are those of the program's own linker, which is told no truth.",
        ),
        whole=options.limit is None,
    )


def trial_of(job: tuple[int, float]) -> Trial:
    """One simulated record, of a seed and a decay."""
    seed, decay = job
    random = np.random.default_rng([seed, 4242])
    truth = Process(
        Baseline.equal(DAYS, 1), np.array([[RATE]]), np.array([[TRUE]]), np.array([decay])
    )
    points = simulate(truth, DAYS, random)
    accounts = reported(points, random)
    pairs = linked(accounts)
    drawn = study(
        draw(_events(accounts, pairs), DrawOptions(count=DRAWS, seed=seed)),
        StudyOptions(pieces=1),
    )
    joined = _joined(len(accounts), pairs)
    twice = {(a, b) for a, b in _twins(accounts)}
    return Trial(
        reports=_plain(accounts, range(len(accounts)), seed),
        joined=_plain(accounts, joined, seed),
        drawn=drawn.excitation(0, 0),
        twice=len(twice),
        found=sum(chance for a, b, chance in pairs if (a, b) in twice),
        wrong=sum(chance for a, b, chance in pairs if (a, b) not in twice),
    )


def reported(points: Points, random: np.random.Generator) -> list[Account]:
    """A report of each event, and a second of one in ten."""
    weights = 1 / np.arange(1, TOWNS + 1) ** 0.7
    out = []
    for n, time in enumerate(points.times):
        town = int(random.choice(TOWNS, p=weights / weights.sum()))
        details = tuple(_detail(int(word)) for word in random.integers(0, WORDS, DETAILS))
        first = Account(
            day=int(time),
            town=town,
            type=str(random.choice(TYPES)),
            killed=1 + int(random.geometric(0.25)),
            details=_told(details, random),
            event=n,
        )
        out.append(first)
        if random.random() < TOLD_TWICE:
            out.append(_again(first, _told(details, random), random))
    return out


def _detail(word: int) -> str:
    """A word such as the name of a road or a unit."""
    front, back = divmod(word, len(BACK))
    return f"{FRONT[front % len(FRONT)]}{BACK[front // len(FRONT)]}{BACK[back]}"


def _told(details: tuple[str, ...], random: np.random.Generator) -> tuple[str, ...]:
    return tuple(word for word in details if random.random() < DETAIL_TOLD)


def _again(first: Account, details: tuple[str, ...], random: np.random.Generator) -> Account:
    late = int(random.choice(SHIFTS, p=SHIFT_CHANCES))
    other = random.random() < OTHER_TYPE
    near = random.random() < NEIGHBOUR
    off = int(random.integers(1, 4)) if random.random() < OTHER_COUNT else 0
    return Account(
        day=min(first.day + late, int(DAYS) - 1),
        town=first.town ^ 1 if near else first.town,
        type=CLOSE.get(first.type, first.type) if other else first.type,
        killed=first.killed + off,
        details=details,
        event=first.event,
    )


def linked(accounts: list[Account]) -> list[tuple[int, int, float]]:
    """The linker's probability of each pair of reports that it considers, by its preset model."""
    claims, reports = _claims(accounts)
    units = accounts_of(claims, reports)
    describer, model = Describer(World.load()), preset()
    rows = [describer.row(unit) for unit in units]
    session = DuckEngine().open(without(rows, frequent(rows)))
    try:
        scores = session.scores(model)
    finally:
        session.close()
    number = {f"e{n:05}": n for n in range(len(accounts))}
    ends = zip(scores.left.tolist(), scores.right.tolist(), scores.weight.tolist(), strict=True)
    out = []
    for left, right, weight in ends:
        one, other = sorted((number[units[left].id], number[units[right].id]))
        if (chance := model.probability(weight)) >= LEAST:
            out.append((one, other, chance))
    return out


def _claims(accounts: list[Account]) -> tuple[list[Claim], Mapping[str, Report]]:
    claims: list[Claim] = []
    reports = {}
    for n, one in enumerate(accounts):
        name = f"r{n:05}"
        day = (FIRST + dt.timedelta(days=one.day)).isoformat()
        when = When(day, day, day, day)
        where = _where(one.town)
        text = f"Militants killed {one.killed} in {where.name}: {' '.join(one.details)}."
        reports[name] = Report(id=name, name=name, text=text, sha256=f"{n:064x}", published=when)
        shared = {
            "report": name, "name": name, "start": 0, "end": len(text), "quote": text,
            "method": "generated", "confidence": 1.0, "where": where, "when": when,
        }  # fmt: skip
        claims.append(
            EventClaim(
                id=f"e{n:05}",
                type=one.type,
                initiators=(ActorRef("ttp", "militants"),),
                targets=(ActorRef("pakistan-army", "soldiers"),),
                **shared,  # type: ignore[arg-type]
            )
        )
        claims.append(
            CasualtiesClaim(
                id=f"k{n:05}",
                event_ref=f"e{n:05}",
                effect="killed",
                victims="security_forces",
                count=Count(one.killed, one.killed, "exactly", str(one.killed)),
                **shared,  # type: ignore[arg-type]
            )
        )
    return claims, reports


def _where(town: int) -> Where:
    """Towns in pairs, the two of a pair 6 km apart, pairs 40 km."""
    row, column = divmod(town // 2, 15)
    lat, lon = 32.0 + 0.36 * row, 70.0 + 0.42 * column + 0.06 * (town % 2)
    name = FRONT[town % 20] + BACK[town // 20]
    return Where(name, name, "Khyber Pakhtunkhwa", "PK", lat, lon, 3.0, 900_000 + town)


def _events(accounts: list[Account], pairs: list[tuple[int, int, float]]) -> Events:
    rows = [
        Happening(
            id=f"e{n:05}",
            first=FIRST.toordinal() + one.day,
            last=FIRST.toordinal() + one.day,
            type=one.type,
            initiators=((("ttp",), 1.0),),
        )
        for n, one in enumerate(accounts)
    ]
    return columns(rows, pairs, source="simulated")


def _joined(number: int, pairs: list[tuple[int, int, float]]) -> list[int]:
    """One report of each group that the linker joins at even odds."""
    head = list(range(number))

    def of(n: int) -> int:
        while head[n] != n:
            n = head[n]
        return n

    for left, right, chance in pairs:
        if chance >= 0.5:
            head[max(of(left), of(right))] = min(of(left), of(right))
    return [n for n in range(number) if of(n) == n]


def _plain(accounts: list[Account], kept: range | list[int], seed: int) -> Band:
    """One fit and its parametric bootstrap."""
    random = np.random.default_rng([seed, 77])
    times = [accounts[n].day + random.random() for n in kept]
    points = Points.of(times, np.zeros(len(times)), 1, DAYS)
    found = fit_with(points, Baseline.equal(DAYS, 1), FITTING).process
    copies = [one.excitation[0, 0] for one in bootstrap(found, points, DRAWS, seed)]
    return band(copies, point=float(found.excitation[0, 0]))


def _twins(accounts: list[Account]) -> Iterator[tuple[int, int]]:
    known: dict[int, int] = {}
    for n, one in enumerate(accounts):
        if one.event in known:
            yield known[one.event], n
        known.setdefault(one.event, n)


def _figures(decay: float, trials: list[Trial]) -> Iterator[Figure]:
    words = {
        "reports": "all reports as they come",
        "joined": "joined at even odds",
        "drawn": "over draws",
    }
    when = f"half of the answers in {np.log(2) / decay:.1f} days"
    key = f"{decay:g}"
    for name, label in words.items():
        bands = [getattr(trial, name) for trial in trials]
        middle = statistics.mean(one.best for one in bands)
        held = sum(one.low <= TRUE <= one.high for one in bands)
        text = f"{when}: {label}"
        yield Figure(f"{name}_mean_{key}", middle, f"{text}: mean estimate", "", None)
        yield Figure(f"{name}_held_{key}", held, f"{text}: hold it, of {len(bands)}", "count", None)
    twice = sum(trial.twice for trial in trials)
    found, wrong = (sum(getattr(t, name) for t in trials) for name in ("found", "wrong"))
    yield Figure(f"found_{key}", share(found, twice), f"{when}: duplicates merged", "%", None)
    yield Figure(
        f"wrong_{key}", share(wrong, twice), f"{when}: merged wrongly, to 100 duplicates", "%", None
    )


def _parameters() -> tuple[object, ...]:
    return SEEDS, DRAWS, TRUE, RATE, DECAYS, DAYS, TOLD_TWICE, TOWNS, SHIFT_CHANCES, OTHER_TYPE
