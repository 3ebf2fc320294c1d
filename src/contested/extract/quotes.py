"""Quotation marks over sentences and paragraphs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from contested.extract.reading import Sentence
from contested.extract.voices import Attribution, Voice

LONG_ENOUGH = 5
"""Fewer tokens between marks are a term or a scare quote, not somebody's words."""
TOO_LONG = 12
"""Sentences after which a mark that nobody closed is taken for a slip."""
NEAR = 8
"""Tokens between a quotation and the verb that hands it to its speaker."""
ALONE = 7
"""Tokens of a paragraph that only names the outlet whose words follow: "According to Dawn:"."""
TURN = 9
"""Tokens of a sentence that only hands over to a quotation: "The minister added:"."""
OPENING, CLOSING = ("“", "``"), ("”",)
EITHER = ('"', "''")

LIST_MARKS = ("-", "–", "—", "•", "*", "●", "▪", "·", "‣", "■")
LONG_LIST = 40
"""Sentences that a list may have."""
CLOSE = 3
"""Tokens before the colon that a voice need not cover."""

Inside = set[tuple[int, int]]


def quoted_spans(sentences: list[Sentence]) -> Iterator[tuple[int, int, Inside]]:
    """Quotations as first sentence, last sentence and (paragraph number, token) inside.

    A quotation left open at the end of a paragraph goes on if the next paragraph opens with a
    mark, as printers do; otherwise it ends there.
    """
    opened: list[tuple[int, Inside]] = []
    for n, sentence in enumerate(sentences):
        fresh = n == 0 or sentences[n - 1].paragraph_number != sentence.paragraph_number
        led = sentence.span[0].text in (*OPENING, *EITHER)
        if fresh and opened and not led:
            first, inside = opened.pop()
            if _several(sentences, first, n - 1) and len(inside) >= LONG_ENOUGH:
                yield first, n - 1, inside
        for at, token in enumerate(sentence.span):
            text = token.text
            again = fresh and led and at == 0
            opening = text in OPENING or (text in EITHER and not opened)
            if opening and not opened:
                opened.append((n, set()))
            elif opened and text in (*CLOSING, *EITHER) and not opening and not again:
                first, inside = opened.pop()
                if len(inside) >= LONG_ENOUGH:
                    yield first, n, inside
            elif opened:
                opened[-1][1].add((sentence.paragraph_number, token.i))
        if opened and n - opened[-1][0] > TOO_LONG:
            opened.clear()


def _several(sentences: list[Sentence], first: int, last: int) -> bool:
    """Whether an unclosed quotation went over paragraphs: its printer dropped the last mark."""
    return sentences[first].paragraph_number != sentences[last].paragraph_number


def spread_quotes(sentences: list[Sentence], out: list[Attribution]) -> None:
    """Give every token of a quotation the speaker found in any of its sentences."""
    before: tuple[int, Voice] | None = None
    for first, last, inside in quoted_spans(sentences):
        voice = _speaking(sentences, out, first, last, inside)
        if voice is None and before is not None and _goes_on(sentences, before[0], first):
            voice = before[1]
        if voice is None:
            continue
        before = (last, voice)
        for n in range(first, last + 1):
            paragraph = sentences[n].paragraph_number
            mine = frozenset(t.i for t in sentences[n].span if (paragraph, t.i) in inside)
            if mine and not any(mine <= v.covers for v in out[n].voices):
                out[n].voices.append(replace(voice, covers=mine, cue=-1))


def _speaking(
    sentences: list[Sentence], out: Sequence[Attribution], first: int, last: int, inside: Inside
) -> Voice | None:
    """Whose words a quotation is: a voice beside it, behind it, or right before its colon."""
    own = [
        v for n in (last, first) for v in out[n].voices if _beside(v, sentences[n], inside, NEAR)
    ]
    if own:
        return own[0]
    behind = last + 1
    if behind < len(sentences) and (
        sentences[behind].paragraph_number == sentences[last].paragraph_number
    ):
        told = [v for v in out[behind].voices if v.source is not None and v.cue >= 0]
        if told:
            return told[0]
    for n in range(last, first - 1, -1):
        for voice in out[n].voices:
            if _beside(voice, sentences[n], inside, None):
                return voice
    if first == 0:
        return None
    led = sentences[first - 1]
    colon = led.span.text.rstrip().endswith(":")
    turn = [v for v in out[first - 1].voices if v.source is not None]
    return turn[-1] if turn and (colon or (len(led.span) <= TURN and not turn[-1].covers)) else None


def spread_blocks(sentences: list[Sentence], out: list[Attribution]) -> None:
    """Give a paragraph set off behind "The newspaper wrote:" to the newspaper.

    Only where the colon ends its paragraph and the next one bears no marks of its own.
    """
    for n, sentence in enumerate(sentences[:-1]):
        said = [v for v in out[n].voices if v.source is not None and not _words(sentence, v)]
        number = sentence.paragraph_number
        ends = sentence.span.text.rstrip().endswith(":") and sentences[n + 1].paragraph_number
        if not said or not ends or sentences[n + 1].paragraph_number == number:
            continue
        voice = said[-1]
        alone = len(sentence.span) <= ALONE and voice.speakers[-1].kind == "outlet"
        reach = LONG_LIST if alone else TOO_LONG
        for m in range(n + 1, min(n + 1 + reach, len(sentences))):
            own = frozenset(t.i for t in sentences[m].span)
            if sentences[m].paragraph_number != sentences[n + 1].paragraph_number and not alone:
                break
            if m > n + 1 and sentences[m].span.text.rstrip().endswith(":"):
                break
            if not any(own <= v.covers for v in out[m].voices):
                out[m].voices.append(replace(voice, covers=own, cue=-1))


def _words(sentence: Sentence, voice: Voice) -> bool:
    return any(t.i in voice.covers and not t.is_punct for t in sentence.span)


def spread_lists(sentences: list[Sentence], out: list[Attribution]) -> None:
    """Give the items of a list to who brings it in: "The report names several cases: – On …".

    Items begin with a mark; what stands between them in their own paragraphs is theirs.
    """
    for n, sentence in enumerate(sentences[:-1]):
        if not sentence.span.text.rstrip().endswith(":") or not _item(sentences[n + 1]):
            continue
        voice = _outermost(out[n], sentence)
        if voice is None:
            continue
        for m in range(n + 1, min(n + 1 + LONG_LIST, len(sentences))):
            fresh = sentences[m].paragraph_number != sentences[m - 1].paragraph_number
            if fresh and not _item(sentences[m]):
                break
            own = frozenset(t.i for t in sentences[m].span)
            out[m].voices.append(replace(voice, covers=own, cue=-1))


def _item(sentence: Sentence) -> bool:
    first = sentence.span.text.lstrip()[:1]
    return first in LIST_MARKS


def _outermost(found: Attribution, sentence: Sentence) -> Voice | None:
    """Who says or tells a sentence that ends with a colon, itself told by nobody else in it."""
    voices = [v for v in found.all() if v.source is not None and v.cue >= 0 and v.speakers]
    free = [v for v in voices if not any(v.cue in o.covers for o in voices if o is not v)]
    last = sentence.span.end - 2
    close = [v for v in free if not v.covers or max(v.covers) >= last - CLOSE or v.cue > last - 9]
    return close[-1] if close else None


def _beside(voice: Voice, sentence: Sentence, inside: Inside, near: int | None) -> bool:
    """Whether a cue stands outside a quotation and no further than `near` tokens from it."""
    paragraph = sentence.paragraph_number
    if voice.source is None or voice.cue < 0 or (paragraph, voice.cue) in inside:
        return False
    if near is None:
        return True
    return any((paragraph, i) in inside for i in range(voice.cue - near, voice.cue + near + 1))


def _goes_on(sentences: list[Sentence], last: int, first: int) -> bool:
    """Whether a quotation follows its speaker's last one with nothing else between."""
    opens = sentences[first].span[0].text in (*OPENING, *EITHER)
    return opens and first - last <= 1
