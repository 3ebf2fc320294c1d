"""A parsed paragraph to sentences, also where nothing ends them, and what must be said of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from spacy.tokens import Doc, Span

from contested.extract.reading import Sentence
from contested.extract.relevance import SENTENCE_END
from contested.language import Paragraph, paragraphs_of
from contested.model import Report
from contested.tongues import other_language

ENDLESS = 120
"""Words without a mark that ends a sentence: text that has lost its marks. The longest run in
some forty articles that were tried is 65."""
ENDS = '.!?…:;"”’)]»'


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
    ends = [m.end() for m in SENTENCE_END.finditer(text)]
    for number, end in enumerate([*ends, len(text)] if paragraph.clean else [], first):
        stop = paragraph.start + end
        yield Sentence(report, paragraph, number, paragraph_number, mark, start, stop, read=False)
        start = stop


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


@dataclass(slots=True)
class Unread:
    """What of a report could not be read, or not well: paragraphs with hardly any letters, in
    another language, without ends of sentences, and `passed` over since a quick look (see
    `relevance`) found nothing in them."""

    empty: int = 0
    endless: int = 0
    passed: int = 0
    foreign: Counter[str] = field(default_factory=Counter)

    @classmethod
    def of(cls, text: str) -> Unread:
        """Of a report that is passed over as a whole."""
        found = cls()
        for paragraph in paragraphs_of(text):
            found.passed += not found.at_all(paragraph)
        return found

    def at_all(self, paragraph: Paragraph) -> bool:
        """Count a paragraph that nobody could read; whether it is one."""
        tongue = other_language(paragraph.clean)
        self.empty += not paragraph.clean
        if tongue:
            self.foreign[tongue] += 1
        return bool(tongue) or not paragraph.clean

    def ends(self, doc: Doc) -> None:
        """Count a paragraph whose sentences do not end."""
        self.endless += unended(doc)

    def remarks(self) -> Iterator[str]:
        """What a reader must know of it, in words."""
        if self.empty:
            yield f"{_paragraphs(self.empty)} with hardly any letters: not read"
        for tongue, count in sorted(self.foreign.items()):
            yield f"{_paragraphs(count)} in {tongue}: not read; translate what matters into English"
        if self.passed:
            yield f"{_paragraphs(self.passed)} with nothing to code at a quick look: not read"
        if self.endless:
            yield (
                f"{_paragraphs(self.endless)} where no marks end the sentences: their ends are "
                "guessed, so that who did what to whom is less sure"
            )
