"""Deciding, and the list of decisions."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from contested.cli.options import AsOfOption, Format, FormatOption, RecordOption, at_most
from contested.cli.output import Field, Listing, note, shortened
from contested.cli.sources import opened
from contested.errors import UsageError
from contested.model import to_plain
from contested.model.decision import ACTS, STATES
from contested.model.rules import RULES
from contested.pipeline import Record, Ruling, Taken
from contested.publish.words import decision_in_words, phrase

ReasonOption = Annotated[
    str, typer.Option("--reason", "-m", metavar="WORDS", help="Why. Kept with the decision.")
]
AuthorOption = Annotated[
    str | None,
    typer.Option(
        "--author",
        metavar="NAME",
        help="Who decides.  [default: CONTESTED_AUTHOR, else the login name]",
        show_default=False,
    ),
]
ClaimArgument = Annotated[
    str, typer.Argument(metavar="CLAIM", help="The id of a current claim; six signs do.")
]

deciding = typer.Typer(
    name="decide",
    help="Judge what the record holds, with your name and reason; each decision can be undone.",
    epilog="Example: contested decide merge i-3f2a91 i-77ab02 --reason 'the same convoy'",
    no_args_is_help=True,
)


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    deciding.registered_commands.clear()
    for command, example in (
        (merge, "merge i-3f2a91 i-77ab02 --reason 'the same convoy'"),
        (split, "split i-3f2a91 --claims c-0c11d2,c-9a4e21 --reason 'the day after'"),
        (correct, "correct c-0c11d2 count 'at least 10' --reason 'the third paragraph'"),
        (wrong, "wrong c-0c11d2 --reason 'a figure of speech'"),
        (confirm, "confirm c-0c11d2 --reason 'read in the original'"),
        (rule, "rule latest --incident i-3f2a91 --reason 'a final count was given'"),
        (reliability, "reliability dawn B --reason 'corrects itself in print'"),
        (credibility, "credibility c-0c11d2 2 --reason 'fits the pictures'"),
        (undo, "undo d-51b6f0 --reason 'the other convoy was meant'"),
    ):
        name = command.__name__
        deciding.command(name, epilog=f"Example: contested decide {example}")(command)
    app.add_typer(deciding)
    app.command(epilog="Example: contested decisions --act merge --author Ada")(decisions)


def merge(
    ids: Annotated[list[str], typer.Argument(metavar="INCIDENT…", help="Two incidents or more.")],
    reason: ReasonOption,
    author: AuthorOption = None,
    record: RecordOption = None,
) -> None:
    """Incidents are one.

    An incident that was merged away stands for the one that holds its claims now.
    """
    with opened(record) as source:
        tell(source, source.decide.merge(*ids, reason=reason, author=author))


def split(
    incident: Annotated[str, typer.Argument(metavar="INCIDENT", help="The incident.")],
    claims: Annotated[
        list[str],
        typer.Option("--claims", metavar="CLAIMS", help="Claims to take out, by commas."),
    ],
    reason: ReasonOption,
    author: AuthorOption = None,
    record: RecordOption = None,
) -> None:
    """Claims, each with the account that it belongs to, are of another happening."""
    named = [one.strip() for part in claims for one in part.split(",") if one.strip()]
    with opened(record) as source:
        tell(source, source.decide.split(incident, named, reason=reason, author=author))


def correct(
    claim: ClaimArgument,
    field: Annotated[str, typer.Argument(metavar="FIELD", help="What is corrected.")],
    value: Annotated[str, typer.Argument(metavar="VALUE", help="What it should be.")],
    reason: ReasonOption,
    everywhere: Annotated[
        bool,
        typer.Option(
            "--everywhere", help="In all claims of its report that have the same value there, too."
        ),
    ] = False,
    author: AuthorOption = None,
    record: RecordOption = None,
) -> None:
    """A field of a claim is to be another value.

    Times are EDTF (2022-12-18), places names of the gazetteer, actors ids or names, counts as
    11, 11-22 or 'at least 10', several values by commas, nothing as unknown. The field passage
    takes words of the report, or START-END in characters.
    """
    with opened(record) as source:
        decide = source.decide.correct
        taken = decide(claim, field, value, everywhere=everywhere, reason=reason, author=author)
        tell(source, taken)


def wrong(
    id: Annotated[str, typer.Argument(metavar="ID", help="Of a claim, or of a whole report.")],
    reason: ReasonOption,
    author: AuthorOption = None,
    record: RecordOption = None,
) -> None:
    """A claim, or all that is claimed in a report, is wrong and counts no more."""
    with opened(record) as source:
        tell(source, source.decide.wrong(id, reason=reason, author=author))


def confirm(
    ids: Annotated[
        list[str], typer.Argument(metavar="ID…", help="A claim, an incident, or a pair of either.")
    ],
    reason: ReasonOption,
    author: AuthorOption = None,
    record: RecordOption = None,
) -> None:
    """Looked at and found right; later gathering keeps to it.

    Two incidents are confirmed to be two happenings; two claims to be of one incident or of
    two, as they are now.
    """
    with opened(record) as source:
        tell(source, source.decide.confirm(*ids, reason=reason, author=author))


def rule(
    rule: Annotated[str, typer.Argument(metavar="RULE", help=f"{', '.join(RULES)}.")],
    reason: ReasonOption,
    incident: Annotated[
        str | None,
        typer.Option("--incident", metavar="ID", help="In this one only.", show_default=False),
    ] = None,
    author: AuthorOption = None,
    record: RecordOption = None,
) -> None:
    """How best is derived: in one incident, or in the whole record."""
    with opened(record) as source:
        tell(source, source.decide.rule(rule, incident=incident, reason=reason, author=author))


def reliability(
    name: Annotated[str, typer.Argument(metavar="NAME", help="An outlet, actor or speaker.")],
    letter: Annotated[str, typer.Argument(metavar="LETTER", help="A (reliable) to F (unknown).")],
    reason: ReasonOption,
    author: AuthorOption = None,
    record: RecordOption = None,
) -> None:
    """How reliable a source is, by the Admiralty letters."""
    with opened(record) as source:
        tell(source, source.decide.reliability(name, letter, reason=reason, author=author))


def credibility(
    claim: ClaimArgument,
    number: Annotated[
        str, typer.Argument(metavar="NUMBER", help="1 (confirmed) to 6 (cannot be judged).")
    ],
    reason: ReasonOption,
    author: AuthorOption = None,
    record: RecordOption = None,
) -> None:
    """How credible a claim is, by the Admiralty numbers."""
    with opened(record) as source:
        tell(source, source.decide.credibility(claim, number, reason=reason, author=author))


def undo(
    decision: Annotated[str, typer.Argument(metavar="DECISION", help="Its id; six signs do.")],
    reason: ReasonOption,
    author: AuthorOption = None,
    record: RecordOption = None,
) -> None:
    """Take a decision back. An undo can itself be undone."""
    with opened(record) as source:
        tell(source, source.decide.undo(decision, reason=reason, author=author))


def tell(source: Record, taken: Taken) -> None:
    """Say on standard error what was decided; its id alone goes to standard output."""
    for remark in taken.remarks:
        note(remark)
    one = taken.decision
    note(f"{phrase(one.act)}: {decision_in_words(one)}; decided by {one.author}: {one.reason}")
    for incident in source.gathered_with(one):
        note(f"now in {incident}")
    typer.echo(one.id)


def _plain(ruling: Ruling) -> dict[str, Any]:
    """The decision with what became of it."""
    plain: dict[str, Any] = to_plain(ruling.decision)
    state = {"state": ruling.state, "why": ruling.why, "claims_now": list(ruling.claims)}
    return plain | state


def _state(ruling: Ruling) -> str:
    if not ruling.why or ruling.why.startswith(ruling.state):
        return ruling.why or ruling.state
    return f"{ruling.state}: {ruling.why}"


DECISIONS: Listing[Ruling] = Listing(
    fields=(
        Field("when", lambda r: r.decision.at[:16].replace("T", " "), spare=2),
        Field("who", lambda r: shortened(r.decision.author, 16), spare=1),
        Field("act", lambda r: r.decision.act),
        Field("what", lambda r: shortened(decision_in_words(r.decision), 70), share=4),
        Field("state", _state, share=3),
        Field("reason", lambda r: shortened(r.decision.reason, 60), share=3, spare=3),
        Field("id", lambda r: r.decision.id),
    ),
    nothing="No decisions.",
    plain=_plain,
)


def decisions(
    author: Annotated[
        str | None, typer.Option("--author", metavar="NAME", help="Of whom.", show_default=False)
    ] = None,
    act: Annotated[
        list[str] | None,
        typer.Option("--act", metavar="ACT", help=f"{', '.join(ACTS)}; may be repeated."),
    ] = None,
    state: Annotated[
        list[str] | None,
        typer.Option("--state", metavar="STATE", help=f"{', '.join(STATES)}; may be repeated."),
    ] = None,
    id: Annotated[
        str | None,
        typer.Option(
            "--id", metavar="ID", help="On this incident, claim or report.", show_default=False
        ),
    ] = None,
    limit: Annotated[
        int | None,
        typer.Option("--limit", min=0, metavar="N", help="At most so many.", show_default=False),
    ] = None,
    form: FormatOption = Format.TABLE,
    record: RecordOption = None,
    as_of: AsOfOption = None,
) -> None:
    """List decisions, the last first, each with whether it holds."""
    for option, given, known in (("--act", act, ACTS), ("--state", state, STATES)):
        for word in given or ():
            if word not in known:
                raise UsageError(f"{option} {word}: choose {', '.join(known)}.")
    with opened(record, as_of=as_of) as source:
        found = source.decisions() if id is None else source.decisions_on(id)
        fit = [
            one
            for one in reversed(found)
            if (author is None or one.decision.author.casefold() == author.casefold())
            and (not act or one.decision.act in act)
            and (not state or one.state in state)
        ]
        DECISIONS.print(fit[: at_most(limit)], form)
