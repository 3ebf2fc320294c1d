"""A report as read: sentences with their syntax, noun groups and everything found in them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from spacy.tokens import Span, Token

from contested.extract.lexicon import lexicon, table
from contested.extract.mentions import (
    ActorMention,
    CountMention,
    DurationMention,
    PlaceMention,
    TimeMention,
)
from contested.language import Paragraph
from contested.model import ActorRef, Report

NOUNS = {"NOUN", "PROPN"}
FUNCTION = {"CCONJ", "SCONJ", "ADP", "DET", "PART", "INTJ", "X"}
INSIDE_OWN = {"DET", "ADJ", "NOUN", "PROPN", "NUM"}
"""What the group that follows a date may begin with; not the mark of a possessive."""
_INSIDE = {"DET", "ADJ", "NOUN", "PROPN", "NUM", "SYM"}
OPENING, CLOSING = "“‘\"'«", "”’\"'»"


def rel(token: Token) -> str:
    """The universal part of a dependency label: ``nsubj`` for ``nsubj:pass``."""
    return token.dep_.partition(":")[0]


@dataclass(slots=True, eq=False)
class Group:
    """A noun group: tokens `start` to `end` of the paragraph's doc and its `head` noun."""

    sentence: Sentence
    start: int
    end: int
    head: Token
    count: CountMention | None = None
    actor: ActorRef | None = None
    how: str = ""

    @property
    def text(self) -> str:
        """The group's words as they stand in the report."""
        a, _ = self.sentence.chars(self.start)
        _, b = self.sentence.chars(self.end - 1)
        return self.sentence.report.text[a:b]

    @property
    def tokens(self) -> list[Token]:
        """Its tokens."""
        return [self.head.doc[i] for i in range(self.start, self.end)]

    @property
    def plural(self) -> bool:
        """Whether the head noun is written as a plural."""
        return self.head.tag_ in ("NNS", "NNPS")

    @property
    def definite(self) -> bool:
        """Whether it begins with "the", "this" or "that"."""
        return self.head.doc[self.start].lower_ in ("the", "this", "that", "these", "those")

    def has(self, *words: str) -> bool:
        """Whether any of these small-letter words is in it."""
        return any(t.lower_ in words for t in self.tokens)


@dataclass(slots=True, eq=False)
class Sentence:
    """One sentence: its `span` in a paragraph's doc and what the readers found in it."""

    report: Report
    paragraph: Paragraph
    number: int
    paragraph_number: int
    span: Span
    start: int
    end: int
    actors: list[ActorMention] = field(default_factory=list)
    places: list[PlaceMention] = field(default_factory=list)
    associated: list[PlaceMention] = field(default_factory=list)
    """Names of places that say what a thing has to do with, not where something is."""
    times: list[TimeMention] = field(default_factory=list)
    durations: list[DurationMention] = field(default_factory=list)
    counts: list[CountMention] = field(default_factory=list)
    groups: list[Group] = field(default_factory=list)
    by_token: dict[int, Group] = field(default_factory=dict)
    read: bool = True
    """False where nothing to code was seen in the paragraph: its `span` is then a mere mark."""
    _places: tuple[list[int], list[int]] | None = field(default=None, repr=False)

    def chars(self, i: int) -> tuple[int, int]:
        """Report characters of token `i` of the doc."""
        token = self.span.doc[i]
        return self.paragraph.at(token.idx, token.idx + len(token))

    def tokens_in(self, start: int, end: int) -> list[Token]:
        """Tokens that overlap report characters `start` to `end`."""
        if self._places is None:
            spots = [self.chars(i) for i in range(self.span.start, self.span.end)]
            self._places = [a for a, _ in spots], [b for _, b in spots]
        starts, ends = self._places
        first, behind = bisect_right(ends, start), bisect_left(starts, end)
        doc, begin = self.span.doc, self.span.start
        return [doc[begin + i] for i in range(first, behind)]

    def group(self, token: Token) -> Group | None:
        """The noun group that holds `token`."""
        return self.by_token.get(token.i)

    def place_token(self, mention: PlaceMention | TimeMention) -> Token | None:
        """The token by which a mention hangs in the tree: the one whose head is outside it."""
        inside = self.tokens_in(mention.start, mention.end)
        ids = {t.i for t in inside}
        for token in inside:
            if token.head.i not in ids or token.head.i == token.i:
                return token
        return inside[-1] if inside else None

    @property
    def text(self) -> str:
        """The sentence as it stands in the report."""
        return self.report.text[self.start : self.end]


@dataclass(slots=True)
class Reading:
    """A whole report, read."""

    report: Report
    sentences: list[Sentence]
    home: str | None = None
    """Country (ISO alpha-2) that most of its places lie in."""
    notes: list[str] = field(default_factory=list)
    """What could not be read, in words."""


def noun_groups(sentence: Sentence) -> Iterator[Group]:
    """Flat noun groups by part of speech: sturdy where the parser is unsure.

    A group runs over determiners, numbers, adjectives, participles used as adjectives,
    possessives and nouns, and ends with its last noun. Pronouns are groups of their own.
    """
    run: list[Token] = []
    for token in sentence.span:
        if token.pos_ == "PRON" and token.tag_ != "PRP$":
            yield from _close(sentence, run)
            run = []
            yield Group(sentence, token.i, token.i + 1, token)
            continue
        if _continues(token, run):
            run.append(token)
            continue
        yield from _close(sentence, run)
        run = [token] if _continues(token, []) else []
    yield from _close(sentence, run)


def _continues(token: Token, run: list[Token]) -> bool:
    if token.tag_ == "PRP$":
        return not run
    if token.pos_ == "DET":
        return not run or run[-1].pos_ == "DET" or run[-1].lower_ in ("half", "such")
    if token.lower_ == "dead" and not run:
        return False
    hyphened = token.tag_ == "JJ" and bool(run) and run[-1].text == "-"
    if token.pos_ in _INSIDE or hyphened:
        breaks = (
            run
            and run[-1].pos_ in NOUNS
            and token.pos_ in ("NUM", "ADJ")
            and rel(run[-1]) not in ("compound", "amod", "nmod")
            and run[-1].head.i <= run[-1].i
        )
        return not breaks
    if token.tag_ == "POS" or token.lower_ in ("'s", "’s"):
        return bool(run)
    if token.tag_ in ("VBN", "VBG") and rel(token) in ("amod", "compound"):
        if token.tag_ == "VBG" and not run:
            return False
        counted = token.i + 1 < len(token.doc) and token.nbor(1).pos_ == "NUM"
        before = run[-1] if run else token.nbor(-1) if token.i else None
        behind_noun = before is not None and before.pos_ in NOUNS
        after_comma = not run and before is not None and before.text == ","
        return token.head.i > token.i and not (counted or behind_noun or after_comma)
    if token.text in ("-", "–") or token.tag_ == "HYPH":
        return bool(run) and not token.nbor(-1).whitespace_ if token.i else False
    if token.text in OPENING + CLOSING and run and token.i + 1 < len(token.doc):
        following = token.nbor(1)
        return run[-1].pos_ not in NOUNS or (
            following.pos_ in ("NOUN", "ADJ") and bool(token.nbor(-1).whitespace_)
        )
    return False


def _close(sentence: Sentence, run: list[Token]) -> Iterator[Group]:
    while run and run[-1].pos_ not in NOUNS | {"NUM", "ADJ"} | {"VERB"}:
        run = run[:-1]
    if not run:
        return
    nouns = [t for t in run if t.pos_ in NOUNS]
    if nouns:
        head = nouns[-1]
        run = [t for t in run if t.i <= head.i]
    else:
        head = run[-1]
        if head.pos_ not in ("NUM", "ADJ") or (head.pos_ == "ADJ" and len(run) == 1):
            return
    yield Group(sentence, run[0].i, head.i + 1, head)


def next_phrase(group: Group) -> tuple[str, Group] | None:
    """The preposition right behind a group and the group behind that."""
    doc, sentence = group.head.doc, group.sentence
    at = group.end
    if at >= sentence.span.end or doc[at].pos_ not in ("ADP", "SCONJ"):
        return None
    word = doc[at].lower_
    for i in range(at + 1, min(at + 4, sentence.span.end)):
        other = sentence.by_token.get(i)
        if other is not None:
            return word, other
        if doc[i].pos_ not in NOUNS | {"DET", "ADJ", "ADP", "PUNCT"}:
            return None
    return None


@lru_cache(maxsize=1)
def _short_titles() -> frozenset[str]:
    return frozenset(row["word"].rstrip(".") for row in table("ranks"))


def fill(sentence: Sentence) -> None:
    """Find the sentence's noun groups and give each its number."""
    _known_nouns(sentence)
    sentence.groups = list(noun_groups(sentence))
    _past_abbreviations(sentence)
    _past_titles(sentence)
    _past_brackets(sentence)
    _without_dates(sentence)
    for mention in sentence.actors:
        _whole_name(sentence, sentence.tokens_in(mention.start, mention.end))
    for group in sentence.groups:
        for i in range(group.start, group.end):
            sentence.by_token[i] = group
    for count in sentence.counts:
        if count.unit != "things":
            continue
        inside = sentence.tokens_in(count.start, count.end)
        for token in reversed(inside):
            found = sentence.by_token.get(token.i)
            if found and found.count is None:
                found.count = count
                _take_in(sentence, found, inside[0].i)
                break
        else:
            behind = sentence.by_token.get(inside[-1].i + 1) if inside else None
            if behind is not None and behind.count is None:
                behind.count = count
                _take_in(sentence, behind, inside[0].i)


def _known_nouns(sentence: Sentence) -> None:
    """Set right what the tagger took a noun of the trigger table, or a doubted name, for."""
    for token in sentence.span:
        counted = token.i > sentence.span.start and token.nbor(-1).pos_ in ("NUM", "DET")
        if token.lower_ in ("alleged", "suspected") and counted and rel(token) != "amod":
            token.pos_, token.tag_ = "ADJ", "JJ"
        if token.pos_ in FUNCTION and token.lower_ in lexicon().nouns:
            token.pos_, token.tag_ = "NOUN", "NN"


def _past_abbreviations(sentence: Sentence) -> None:
    """Make one group of a name, its abbreviation and the noun: "Islamic State (IS) militants"."""
    doc, ends = sentence.span.doc, {g.end: g for g in sentence.groups}
    for group in list(sentence.groups):
        at = group.start - 3
        name = ends.get(at)
        short = doc[at + 1].text if name is not None else ""
        if name is None or doc[at].text != "(" or doc[at + 2].text != ")":
            continue
        bare = doc[group.start].pos_ in ("NOUN", "ADJ") and group.head.pos_ == "NOUN"
        if not bare or not short[:1].isupper() or not any(c.isupper() for c in short[1:]):
            continue
        group.start = name.start
        sentence.groups = [
            g for g in sentence.groups if g is group or not name.start <= g.start < group.end
        ]


def _past_titles(sentence: Sentence) -> None:
    """Make one group of a shortened title and the name behind its full stop: "Maj. A. B."."""
    doc, starts = sentence.span.doc, {g.start: g for g in sentence.groups}
    for group in list(sentence.groups):
        after = starts.get(group.end + 1)
        short = all(t.text == "." or t.lower_ in _short_titles() for t in group.tokens)
        if after is None or not short or doc[group.end].text != "." or after.head.pos_ != "PROPN":
            continue
        after.start = group.start
        sentence.groups = [g for g in sentence.groups if g is not group]


def _past_brackets(sentence: Sentence) -> None:
    """Make one group of a number, a word put in and the noun: "two [PKK] fighters"."""
    doc, starts = sentence.span.doc, {g.start: g for g in sentence.groups}
    for group in list(sentence.groups):
        open_, close = group.end, group.end + 2
        last = starts.get(close + 1)
        if last is None or close >= sentence.span.end or group.head.pos_ not in ("NUM", "ADJ"):
            continue
        if doc[open_].text != "[" or doc[close].text != "]" or last.head.pos_ != "NOUN":
            continue
        last.start = group.start
        sentence.groups = [
            g for g in sentence.groups if g is last or not group.start <= g.start < last.end
        ]


def _without_dates(sentence: Sentence) -> None:
    """Let no group begin with a date: in "On 5 May militants attacked" the subject is "militants".

    A date that owns or describes the noun ("the May attack", "Monday's raid") stays in its group;
    one that hangs on the verb ("On Monday militants attacked") does not.
    """
    for mention in sentence.times:
        inside = sentence.tokens_in(mention.start, mention.end)
        if not inside:
            continue
        loose = rel(inside[-1]) in ("obl", "advmod") and inside[-1].head.pos_ == "VERB"
        if not loose and not any(t.text[:1].isdigit() for t in inside):
            continue
        after = inside[-1].i + 1
        for group in sentence.groups:
            begins = inside[0].i <= group.start <= inside[-1].i
            if begins and after < group.end and group.head.doc[after].pos_ in INSIDE_OWN:
                group.start = after


def _take_in(sentence: Sentence, group: Group, first: int) -> None:
    """Let a group begin with its number: "at least two policemen", "ten to fifteen others"."""
    if first >= group.start:
        return
    swallowed = {id(g): g for i in range(first, group.start) if (g := sentence.by_token.get(i))}
    if any(g.start < first or g.count is not None for g in swallowed.values()):
        return
    sentence.groups = [g for g in sentence.groups if id(g) not in swallowed]
    group.start = first
    for i in range(first, group.end):
        sentence.by_token[i] = group


def _whole_name(sentence: Sentence, name: list[Token]) -> None:
    """Make the groups that an actor's name runs through one group ("United Nations")."""
    touched = [g for g in sentence.groups if any(g.start <= t.i < g.end for t in name)]
    whole = touched and touched[0].start <= name[0].i and touched[-1].end > name[-1].i
    if not touched or (whole and len(touched) == 1):
        return
    first, last = touched[0], touched[-1]
    last.start = min(first.start, name[0].i)
    before = last.start - 1
    if before >= sentence.span.start and last.head.doc[before].pos_ == "DET":
        last.start = before
    if last.end <= name[-1].i:
        last.end = name[-1].i + 1
        last.head = name[-1]
    sentence.groups = [g for g in sentence.groups if g is last or g not in touched]
