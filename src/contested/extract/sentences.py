"""A parsed paragraph to sentences, also where nothing ends them, and what must be said of it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from spacy.tokens import Doc, Span

from contested.extract.reading import Sentence
from contested.language import Paragraph
from contested.model import Report

ENDLESS = 120
"""Words without a mark that ends a sentence: text that has lost its marks. The longest run in
some forty articles that were tried is 65."""
ENDS = '.!?…:;"”’)]»'
_SENTENCE_END = re.compile(r"[.!?][\"'”’)]*\s+(?=[A-Z\"“‘(\[])")


def sentences_of(
    report: Report, paragraph: Paragraph, doc: Doc, paragraph_number: int, first: int
) -> Iterator[Sentence]:
    """The sentences of a parsed paragraph, numbered from `first`."""
    number = first
    for span in _joined(doc):
        if not span.text.strip():
            continue
        start, end = paragraph.at(span.start_char, span.end_char)
        yield Sentence(report, paragraph, number, paragraph_number, span, start, end)
        number += 1


def _joined(doc: Doc) -> Iterator[Span]:
    """The parser's sentences, joined where no mark ends one: within a paragraph a sentence ends
    with a full stop or the like. Where that would make one that nobody writes, the parser is
    believed: the text has lost its marks."""
    start = 0
    believed = unended(doc)
    for span in doc.sents:
        last = doc[span.end - 1]
        if span.end < len(doc) and last.text[-1:] not in ENDS and not believed:
            continue
        if span.end < len(doc) and last.text == "." and doc[span.end].text[:1].islower():
            continue
        yield doc[start : span.end]
        start = span.end
    if start < len(doc):
        yield doc[start:]


def passed_over(
    report: Report, paragraph: Paragraph, paragraph_number: int, first: int, mark: Span
) -> Iterator[Sentence]:
    """The sentences of a paragraph that is not parsed, so that all others keep their distance."""
    start = paragraph.start
    text = report.text[paragraph.start : paragraph.end]
    ends = [m.end() for m in _SENTENCE_END.finditer(text)]
    for number, end in enumerate([*ends, len(text)] if paragraph.clean else [], first):
        stop = paragraph.start + end
        yield Sentence(report, paragraph, number, paragraph_number, mark, start, stop, read=False)
        start = stop


def remarks(unread: int, endless: int, foreign: Counter[str]) -> Iterator[str]:
    """What a reader must know of the paragraphs that could not be read, or not well."""
    if unread:
        yield f"{_paragraphs(unread)} with hardly any letters: not read"
    for tongue, count in sorted(foreign.items()):
        yield f"{_paragraphs(count)} in {tongue}: not read; translate what matters into English"
    if endless:
        yield (
            f"{_paragraphs(endless)} where no marks end the sentences: their ends are guessed, "
            "so that who did what to whom is less sure"
        )


def _paragraphs(count: int) -> str:
    return "1 paragraph" if count == 1 else f"{count} paragraphs"


def unended(doc: Doc) -> bool:
    """Whether a paragraph goes on for longer than a sentence may without a mark that ends one."""
    run = 0
    for token in doc:
        run = 0 if token.text[-1:] in ENDS else run + 1
        if run > ENDLESS:
            return True
    return False
