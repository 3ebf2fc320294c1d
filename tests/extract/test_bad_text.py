"""Text that is badly written or in two languages: what can be read is read, the rest is told."""

from contested.extract import Extractor
from contested.extract.extractor import Extraction
from contested.model import CasualtiesClaim, Report, report_id

REPORT = (
    "On Tuesday gunmen attacked a police post in Bannu. Four policemen were killed and two were "
    "wounded, the district police chief said."
)
GERMAN = (
    "Bei einem Angriff auf einen Posten der Polizei in Bannu wurden am Dienstag vier Polizisten "
    "getötet und zwei verletzt, wie der Leiter der Polizei im Bezirk mitteilte."
)


def read(extractor: Extractor, text: str) -> Extraction:
    report = Report(id=report_id(None, text), name="test.txt", text=text, sha256="0" * 64)
    return extractor.extract(report)


def test_good_text_leaves_no_note(extractor: Extractor) -> None:
    found = read(extractor, f"{REPORT}\n\n{REPORT}")
    assert {claim.kind for claim in found.claims} >= {"event", "casualties"}
    assert found.notes == []


def test_a_paragraph_in_another_language_is_left_out_and_told(extractor: Extractor) -> None:
    alone, mixed = read(extractor, REPORT), read(extractor, f"{REPORT}\n\n{GERMAN}\n\n{GERMAN}")
    assert [c.quote for c in mixed.claims] == [c.quote for c in alone.claims]
    assert mixed.notes == ["2 paragraphs in German: not read; translate what matters into English"]


def test_text_without_marks_is_cut_where_the_parser_thinks_and_told(extractor: Extractor) -> None:
    bare = " ".join([REPORT.replace(".", "").replace(",", "")] * 12)
    reading = extractor.read(
        Report(id=report_id(None, bare), name="test.txt", text=bare, sha256="0" * 64)
    )
    assert len(reading.sentences) > 1
    assert reading.notes == [
        "1 paragraph where no marks end the sentences: their ends are guessed, so that who did "
        "what to whom is less sure"
    ]


def test_rows_of_brackets_hold_no_text(extractor: Extractor) -> None:
    found = read(extractor, f"{REPORT}\n\n{'(' * 5_000}\n\n{')' * 5_000}")
    assert "paragraphs with hardly any letters: not read" in found.notes[0]
    assert found.claims


def test_a_hundred_thousand_characters_in_one_breath(extractor: Extractor) -> None:
    """Pieces of a bounded length are read, and every claim has its passage."""
    text = ("five soldiers and " * 6_000)[:100_000]
    found = read(extractor, text)
    assert found.notes
    assert all(text[c.start : c.end] == c.quote for c in found.claims)


def test_a_place_in_a_row_of_a_table_is_nobody_killed(extractor: Extractor) -> None:
    rows = [f"| {n} | 2024-06-{n % 30 + 1:02} | Kunduz | {n % 30} killed | police |"
            for n in range(1500, 1530)]  # fmt: skip
    found = read(extractor, "\n".join(rows)).claims
    assert len(found) == len(rows)
    assert all(c.count.as_written.isdigit() for c in found if isinstance(c, CasualtiesClaim))
