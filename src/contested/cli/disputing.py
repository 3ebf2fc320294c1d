"""`contested analyse disputes` and `voices`: where those who speak do not agree."""

from __future__ import annotations

from typing import Any

import typer

from contested.analyse import Disagreement, FigureOf, VoicePair, disputes, voices
from contested.cli.answers import AnalysisFormat, FormOption, incidents_of, tell
from contested.cli.options import AsOfOption, Filters, Format, RecordOption, filtered
from contested.cli.output import Field, Listing, note
from contested.model import to_plain
from contested.publish.words import phrase, span_in_words, victims_in_words


def register(analysis: typer.Typer) -> None:
    """Add the commands of this module."""
    for name, command, example in (
        ("disputes", disputes_, "disputes --actor ttp"),
        ("voices", voices_, "voices --place PK --format csv"),
    ):
        analysis.command(name, epilog=f"Example: contested analyse {example}")(filtered(command))


def _said(voice: FigureOf) -> str:
    number = span_in_words(voice.low, voice.high)
    return f"{voice.voice} {number}" + (f" ({voice.stance})" if voice.stance != "asserts" else "")


def _whom(row: Disagreement) -> str:
    return f"{victims_in_words(row.victims)} {phrase(row.effect)}"


DISPUTES: Listing[Disagreement] = Listing(
    fields=(
        Field("when", lambda r: r.when or "date unknown"),
        Field("where", lambda r: r.where or "place unknown", share=2, spare=1),
        Field("what", lambda r: phrase(r.type), share=2, spare=3),
        Field("of whom", _whom, share=2),
        Field("ratio", lambda r: "–" if r.ratio is None else f"{r.ratio:g}", right=True, spare=2),
        Field("voices", lambda r: "; ".join(map(_said, r.voices)), share=5),
        Field("id", lambda r: r.incident),
    ),
    nothing="",
)
VOICES: Listing[VoicePair] = Listing(
    fields=(
        Field("voice", lambda r: r.one, share=2),
        Field("and voice", lambda r: r.other, share=2),
        Field("incidents", lambda r: r.incidents, right=True),
        Field("tolls", lambda r: r.tolls, right=True),
        Field("higher", lambda r: r.higher, right=True),
        Field("equal", lambda r: r.equal, right=True),
        Field("lower", lambda r: r.lower, right=True),
        Field("median ratio", lambda r: "–" if r.ratio is None else f"{r.ratio:g}", right=True),
        Field(
            "log",
            lambda r: "–" if r.log_ratio is None else f"{r.log_ratio:g}",
            right=True,
            spare=2,
        ),
        Field(
            "95%",
            lambda r: r.note if r.low is None else f"{r.low:g} to {r.high:g}",
            share=2,
            spare=1,
        ),
    ),
    nothing="",
    plain=to_plain,
)


def disputes_(
    filters: Filters,
    form: FormOption = AnalysisFormat.TABLE,
    record: RecordOption = None,
    as_of: AsOfOption = None,
) -> None:
    """List the numbers on which voices disagree, the widest disagreement first."""
    found = disputes(incidents_of(filters, record, as_of))
    if form is AnalysisFormat.CSV:
        note(found.answer)
        spoken: Listing[dict[str, Any]] = Listing(fields=(), nothing="", plain=dict)
        spoken.print([line for row in found.rows for line in _long(row)], Format.CSV)
        return
    tell(found, DISPUTES, found.rows, form)
    if form is AnalysisFormat.TABLE:
        for other in found.elsewhere:
            note(f"{other.incident} {phrase(other.type)}: {'; '.join(other.about)}")


def voices_(
    filters: Filters,
    form: FormOption = AnalysisFormat.TABLE,
    record: RecordOption = None,
    as_of: AsOfOption = None,
) -> None:
    """Compare the figures of every two voices that speak of the same."""
    found = voices(incidents_of(filters, record, as_of))
    tell(found, VOICES, found.rows, form)


def _long(row: Disagreement) -> list[dict[str, Any]]:
    """A line for every voice of a dispute."""
    plain = to_plain(row)
    voices_said = plain.pop("voices")
    return [plain | {**voice, "claims": " ".join(voice["claims"])} for voice in voices_said]
