"""Walking through what is doubtful: one question at a time, a key for each answer."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Annotated, Any

import click
import typer
from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from contested.cli.deciding import AuthorOption
from contested.cli.options import Format, FormatOption, RecordOption, at_most
from contested.cli.output import Field, Listing, console, note, shortened
from contested.cli.sources import opened
from contested.cli.visible import visible
from contested.cli.words import gist
from contested.errors import ContestedError, NotFound, Overtaken, UsageError
from contested.model import Claim, Incident
from contested.pipeline import Record, Taken
from contested.pipeline.correcting import correctable
from contested.pipeline.review import ReviewItem
from contested.pipeline.reviewing import Reviewing
from contested.publish.claim_words import claim_in_words
from contested.publish.words import numbered, place_in_words, quoted, spoken_by, time_in_words

QUOTE = 300
KEYS = {
    "a": "accept: it is right, or the two are one happening",
    "r": "reject: it is wrong, or the two are two happenings",
    "c": "correct a field of the claim",
    "l": "later: it comes last the next time",
    "m": "merge: the two are one happening, or its incident and another one",
    "x": "split: it is of another happening",
    "n": "note: the reason that goes with your next answer",
    "s": "show the score and the evidence",
    "u": "undo your last answer",
    "q": "quit",
    "?": "this list",
}
PROMPT = (
    "a accept · r reject · c correct · m merge · x split · l later · n note · s score · u undo · "
    "? · q"
)
NOT_THEN = (
    "--as-of: a review asks about the record as it is now, because its answers change what it is "
    "now. Leave it out; `contested incidents --as-of D` shows the record of then, `contested "
    "decisions --as-of D` what had been decided."
)


def _kind(item: ReviewItem) -> str:
    if item.kind == "claim":
        return "claim"
    return "pair in one incident" if item.joined else "pair of two incidents"


def listing(source: Record) -> Listing[ReviewItem]:
    """The queue as a list, each item with what it asks about."""

    def about(item: ReviewItem) -> str:
        claims = (source.claim(id) for id in item.claims)
        return " / ".join(claim_in_words(claim, source.actor_name) for claim in claims)

    return Listing(
        fields=(
            Field("useful", lambda i: f"{i.usefulness:.1f}", right=True),
            Field("what", _kind, share=2),
            Field("about", about, share=6),
            Field("why", lambda i: "; ".join(i.why), share=4, spare=1),
            Field("incidents", lambda i: ", ".join(i.incidents), share=3, spare=4),
            Field("skipped", lambda i: i.skipped or "", right=True, spare=5),
            Field("claims", lambda i: ", ".join(i.claims), share=3, spare=2),
        ),
        nothing="Nothing is open for review.",
    )


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command(epilog="Example: contested review --author Ada")(review)


def review(
    listed: Annotated[
        bool, typer.Option("--list", help="Only list what is open, the most useful first.")
    ] = False,
    kind: Annotated[
        str | None,
        typer.Option("--kind", metavar="KIND", help="pair or claim only.", show_default=False),
    ] = None,
    limit: Annotated[
        int | None,
        typer.Option("--limit", min=0, metavar="N", help="At most so many.", show_default=False),
    ] = None,
    author: AuthorOption = None,
    as_of: Annotated[
        str | None, typer.Option("--as-of", metavar="D", help="Refused: see why.", hidden=True)
    ] = None,
    form: FormatOption = Format.TABLE,
    record: RecordOption = None,
) -> None:
    """Look at the doubtful pairs and claims, the most useful first; every answer is a decision.

    The score stays hidden until you ask for it. Answers are stored at once and can be undone.
    Without a terminal an answer is read from each line of the standard input.
    """
    if as_of is not None:
        raise UsageError(NOT_THEN)
    if kind not in (None, "pair", "claim"):
        raise UsageError(f"--kind {kind}: choose pair or claim.")
    most = at_most(limit)
    with opened(record) as source:
        walk = Walk(source, author, kind, most)
        if listed:
            listing(source).print(walk.open()[:most], form)
        else:
            walk.go()


class Keys:
    """Where answers come from: single keys on a terminal, else lines."""

    def __init__(self) -> None:
        self._terminal = sys.stdin.isatty()

    def key(self) -> str:
        """The next answer; q at the end of the input."""
        if self._terminal:
            return click.getchar()
        line = sys.stdin.readline()
        return (line.strip() or "?") if line else "q"

    def line(self, prompt: str) -> str:
        """A line of words; empty at the end of the input."""
        if self._terminal:
            typer.echo(f"{prompt}: ", nl=False)
        return sys.stdin.readline().strip()


class Walk:
    """One walk through the queue."""

    def __init__(self, source: Record, author: str | None, kind: str | None, most: int | None):
        self._source = source
        self._reviewing = Reviewing(source, author)
        self._kind = kind
        self._most = most
        self._screen = console()
        self._keys = Keys()
        self._reason = ""
        self._left: set[str] = set()
        self._answers = 0

    def open(self) -> list[ReviewItem]:
        """What is open and was not skipped in this walk."""
        return [
            item
            for item in self._reviewing.queue
            if item.seen not in self._left and self._kind in (None, item.kind)
        ]

    def go(self) -> None:
        """Ask until nothing is open, the limit is reached, or the person stops."""
        going = True
        while going and (self._most is None or self._answers < self._most):
            items = self.open()
            if not items:
                note("Nothing more is open for review.")
                break
            show_item(self._screen, self._source, items[0], len(items))
            going = self._ask(items[0])
        note(f"{numbered(self._answers, 'answer')} stored.")

    def _ask(self, item: ReviewItem) -> bool:
        """One item, until it is answered; false to stop."""
        while True:
            _say(self._screen, PROMPT, style="dim")
            given = self._keys.key()
            key, rest = given[:1], given[1:].strip()
            if key == "q":
                return False
            try:
                if self._answer(key, rest, item):
                    self._reviewing.refresh()
                    return True
            except Overtaken as error:
                note(str(error))
                self._reviewing.refresh()
                return True
            except ContestedError as error:
                note(str(error))

    def _answer(self, key: str, rest: str, item: ReviewItem) -> bool:
        """Whether to go on to what is open now."""
        walk, because = self._reviewing, {"reason": self._reason} if self._reason else {}
        doing: dict[str, Callable[[], Taken]] = {
            "a": lambda: walk.accept(item, **because),
            "r": lambda: walk.reject(item, **because),
            "c": lambda: walk.correct(item, *self._correction(item, rest), **because),
            "l": lambda: walk.skip(item, **because),
            "m": lambda: walk.merge(item, self._other(item, rest), **because),
            "x": lambda: walk.split(item, **because),
            "u": lambda: walk.undo(**because),
        }
        if key in doing:
            self._stored(key, doing[key](), item)
            return True
        if key == "s":
            show_score(self._screen, item)
        elif key == "n":
            self._reason = rest or self._keys.line("reason")
            note(f"Your next answer goes with: {self._reason}" if self._reason else "No note.")
        elif key == "?":
            for name, meaning in KEYS.items():
                _say(self._screen, f"{name}  {meaning}", 2)
        elif key == "k":
            note("Later is l, here and in the browser, where k goes back in a list.")
        else:
            note(f"{key!r} is no answer: one of {' '.join(KEYS)}")
        return False

    def _stored(self, key: str, taken: Taken, item: ReviewItem) -> None:
        self._reason = ""
        self._answers += -1 if key == "u" else 1
        if key == "l":
            self._left.add(item.seen)
        elif key == "u":
            self._left.clear()
        for remark in taken.remarks:
            note(remark)
        note(f"{taken.decision.act} stored: {taken.decision.id}")

    def _other(self, item: ReviewItem, rest: str) -> str:
        """The incident to merge with; a pair has its own."""
        return rest if rest or item.kind == "pair" else self._keys.line("incident")

    def _correction(self, item: ReviewItem, rest: str) -> tuple[str, str]:
        """The field and its value: after the key, or on a line of their own."""
        if item.kind == "claim" and not rest:
            fields = correctable(self._source.claim(item.claims[0]))
            _say(self._screen, f"fields: {', '.join(fields)}", 2)
        words = (rest or self._keys.line("FIELD VALUE")).split(maxsplit=1)
        if len(words) < 2:
            raise UsageError("Write the field and its value, such as: count at least 10")
        return words[0], words[1]


# ---- what is shown -----------------------------------------------------------------------------


def _say(screen: Console, words: str, indent: int = 0, style: str = "") -> None:
    screen.print(Padding(Text(visible(words), style=style), (0, 0, 0, indent), expand=False))


def show_item(screen: Console, source: Record, item: ReviewItem, number: int) -> None:
    """What is asked, with the words that it is about; no score."""
    if item.kind == "claim":
        claim = source.claim(item.claims[0])
        asked = f"Does the report say: {quoted(claim_in_words(claim, source.actor_name))}?"
    else:
        asked = "Are these one happening?"
    screen.print()
    _say(screen, f"{asked}   {_kind(item)} · {number} open", style="bold")
    for letter, id in zip("AB", item.claims, strict=False):
        _claim(screen, source.claim(id), letter if item.kind == "pair" else "")
    _say(screen, f"doubtful: {'; '.join(item.why)}", 2)
    for id in item.incidents:
        try:
            _say(screen, _incident(source.incident(id)), 2, "dim")
        except NotFound:
            continue


def _claim(screen: Console, claim: Claim, letter: str) -> None:
    head = f"{letter}  " if letter else ""
    _say(screen, f"{head}{claim.kind}: {gist(claim)} · {spoken_by(claim.speakers)}", 2)
    _say(screen, quoted(shortened(claim.quote, QUOTE)), 5, "italic")
    _say(screen, f"{claim.name} · {claim.id}", 5, "dim")


def _incident(incident: Incident) -> str:
    told = numbered(len(incident.claims), "claim")
    where, when = place_in_words(incident.where), time_in_words(incident.when)
    return f"in {incident.id}: {incident.type}, {where}, {when}, {told}"


def show_score(screen: Console, item: ReviewItem) -> None:
    """How doubtful it is, and why the linker thinks so."""
    _say(
        screen,
        f"usefulness {item.usefulness:g} = uncertainty {item.uncertainty:g} x stake {item.stake:g}",
        2,
    )
    evidence: list[Any] = [f"{name} {weight:+.1f}" for name, weight in item.evidence]
    if item.confidence is not None:
        _say(screen, f"confidence {item.confidence:.2f}", 2)
    if item.weight is not None:
        _say(screen, f"{' · '.join(evidence)} = {item.weight:+.1f}", 2)
