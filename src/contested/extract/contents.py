"""Contents: the words that a cue of saying covers."""

from __future__ import annotations

from spacy.tokens import Token

from contested.extract.clauses import ACCUSING, Frame
from contested.extract.reading import Group, Sentence, rel
from contested.extract.speakers import TELL

FINITE = ("VBD", "VBZ", "VBP", "MD")
MARKS = ("“", "”", '"', "''", "``", "‟", "„")


def content(frame: Frame, kind: str) -> frozenset[int]:
    """Tokens that a verb of saying covers; `kind` is ``any`` where a thing can be said too."""
    token, sentence = frame.token, frame.sentence
    covers: set[int] = set()
    for child in token.children:
        name = rel(child)
        clause = name in ("ccomp", "xcomp") or (name == "parataxis" and child.i != token.i)
        told = token.lemma_.lower() in TELL
        thing = kind == "any" and name == "obj" and child.pos_ != "PRON" and not told
        if clause or thing:
            covers.update(t.i for t in child.subtree)
        if token.lemma_.lower() in ACCUSING and child.i > token.i and name in ("advcl", "obl"):
            covers.update(t.i for t in child.subtree)
        if name == "advcl" and child.i < token.i and _quoted(child):
            covers.update(t.i for t in child.subtree)
    if any(c.tag_ in ("WDT", "WP") and c.i < token.i for c in token.children):
        return frozenset(covers - {token.i})
    if rel(token) == "parataxis" or (not covers and _after_quote(sentence, token)):
        own = {t.i for t in token.subtree}
        covers.update(t.i for t in sentence.span if t.i not in own)
    closing = _closed_by(sentence, token)
    if not covers or (closing and max(covers) < token.i):
        covers.update(closing or _behind(sentence, token, kind) or _round(frame))
    covers.discard(token.i)
    return frozenset(covers)


def _quoted(token: Token) -> bool:
    return any(t.text in MARKS for t in token.subtree)


def _after_quote(sentence: Sentence, token: Token) -> bool:
    """Whether the verb closes a quotation: “…,” said X."""
    first = token.doc[sentence.span.start]
    marks = [t for t in sentence.span if t.i < token.i and t.text in MARKS]
    return bool(marks) and (first.text in MARKS or (len(marks) >= 1 and rel(token) == "ROOT"))


def _closed_by(sentence: Sentence, token: Token) -> set[int]:
    """In "…, the army's spokesman, told a news conference": everything before the speaker."""
    doc, i = token.doc, token.i - 1
    following = doc[token.i + 1].lower_ if token.i + 1 < sentence.span.end else "."
    if following in ("that", ":", "“", '"', "''", "``") or any(
        t.lower_ == "that" for t in doc[token.i : token.i + 7]
    ):
        return set()
    while i > sentence.span.start and doc[i].text not in (";", ":"):
        group = sentence.by_token.get(i)
        if group is not None:
            i = group.start - 1
        elif doc[i].pos_ in ("ADP", "CCONJ", "AUX", "ADV"):
            i -= 1
        elif doc[i].text in ("”", '"', "''"):
            return set(range(sentence.span.start, i))
        elif doc[i].text == ",":
            left = doc[sentence.span.start : i]
            if any(t.pos_ in ("VERB", "AUX") for t in left) and not any(
                t.lemma_.lower() in ("who", "which") for t in doc[i : token.i]
            ):
                return {t.i for t in left}
            i -= 1
        else:
            break
    return set()


def _behind(sentence: Sentence, token: Token, kind: str) -> set[int]:
    """Everything after "said (that)" where the tree shows no content."""
    end = sentence.span.end
    rest = [token.doc[i] for i in range(token.i + 1, end)]
    if rel(token) == "advcl" and token.head.i > token.i and token.head.tag_ in FINITE:
        own = {t.i for t in token.subtree}
        rest = [t for t in rest if t.i in own]
    that = next((t.i for t in rest[:8] if t.lower_ == "that"), None)
    if that is not None:
        return set(range(that + 1, end))
    verb = any(t.pos_ in ("VERB", "AUX") for t in rest)
    if verb and kind == "any":
        while rest and rest[0].pos_ == "ADP" and any(t.tag_ in FINITE for t in rest):
            group = next((g for t in rest[1:4] if (g := sentence.by_token.get(t.i))), None)
            if group is None:
                return set()
            rest = [t for t in rest if t.i >= group.end]
        return {t.i for t in rest} if any(t.tag_ in FINITE for t in rest) else set()
    return set()


def _round(frame: Frame) -> set[int]:
    """Where all else fails: the quoted words, those behind a colon, or those of "as X put it"."""
    token, sentence = frame.token, frame.sentence
    inside = quoted(sentence)
    if inside and token.i not in inside:
        return inside
    rest = range(token.i + 1, sentence.span.end)
    for i in rest:
        if token.doc[i].text == ":" and i - token.i < 8:
            return set(range(i + 1, sentence.span.end))
    if any(c.lower_ == "as" and rel(c) == "mark" for c in token.children):
        own = {t.i for t in token.subtree}
        return {t.i for t in sentence.span if t.i not in own and not t.is_punct}
    return set()


def quoted(sentence: Sentence) -> set[int]:
    """Tokens between quotation marks that open and close in the sentence, or run to its end."""
    out: set[int] = set()
    open_at: int | None = None
    for token in sentence.span:
        if token.text not in MARKS:
            continue
        if open_at is None and token.text != "”":
            open_at = token.i
        elif open_at is not None:
            out.update(range(open_at + 1, token.i))
            open_at = None
    if open_at is not None:
        out.update(range(open_at + 1, sentence.span.end))
    return out


def quoted_apart(sentence: Sentence, token: Token, group: Group) -> bool:
    """Whether a noun group is the matter of a quoted clause that a verb stands outside of.

    In "… estimating that twenty died. “The guards struck back,” he added" no guard estimates.
    """
    inside = quoted(sentence)
    if group.head.i not in inside or token.i in inside:
        return False
    first = last = group.head.i
    while first - 1 in inside:
        first -= 1
    while last + 1 in inside:
        last += 1
    clause = token.doc[first : last + 1]
    return any(t.pos_ in ("VERB", "AUX") and not group.start <= t.i < group.end for t in clause)


def another_clause(token: Token) -> bool:
    """Whether a bare participle was tied to a finite verb: "were killed and mentioning"."""
    bare = token.tag_ == "VBG" and not any(rel(c) == "aux" for c in token.children)
    own = any(rel(c) == "nsubj" for c in token.children)
    return bare and not own and rel(token) == "conj" and token.head.tag_ in ("VBN", *FINITE)
