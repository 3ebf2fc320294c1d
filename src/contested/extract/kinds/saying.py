"""What was said, to whom and when: the parts of a statement around its verb or noun."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache

from spacy.tokens import Token

from contested.extract.circumstances import owner
from contested.extract.kinds.context import Context
from contested.extract.lexicon import lexicon, table
from contested.extract.mentions import CountMention
from contested.extract.reading import Group, Sentence, rel
from contested.model import Money, When

LEADING = {"that", ",", ":", "of", "for", "“", '"', "”", "‘"}
RELATIVE = {"following", "after", "since", "before", "until", "despite", "amid"}
FINITE = ("VBD", "VBZ", "VBP", "MD")


@dataclass(frozen=True, slots=True)
class Act:
    """A row of the table of statements."""

    act: str
    frame: str
    needs: frozenset[str]


@dataclass(frozen=True, slots=True)
class Statements:
    """The words that make statements: verbs, nouns, what is threatened, and helpers by use."""

    verbs: dict[str, Act]
    nouns: dict[str, Act]
    future: dict[str, Act]
    forms: dict[str, Act] = field(default_factory=dict)
    uses: dict[str, frozenset[str]] = field(default_factory=dict)


@lru_cache(maxsize=1)
def words() -> Statements:
    """The packaged tables."""
    by_pos: dict[str, dict[str, Act]] = {"verb": {}, "noun": {}, "future": {}}
    for row in table("statements"):
        needs = frozenset(w for w in row["needs"].split("|") if w)
        by_pos[row["pos"]][row["lemma"]] = Act(row["act"], row["frame"], needs)
    uses: dict[str, set[str]] = {}
    for row in table("statement_words"):
        uses.setdefault(row["use"], set()).add(row["word"])
    return Statements(
        by_pos["verb"],
        by_pos["noun"],
        by_pos["future"],
        {form: act for lemma, act in by_pos["verb"].items() for form in _forms(lemma)},
        {use: frozenset(found) for use, found in uses.items()},
    )


def _forms(lemma: str) -> tuple[str, str]:
    """Past and third person of a regular verb."""
    if lemma.endswith("y") and lemma[-2] not in "aeo":
        return lemma[:-1] + "ied", lemma[:-1] + "ies"
    if lemma.endswith("e"):
        return lemma + "d", lemma + "s"
    return lemma + "ed", lemma + ("es" if lemma.endswith(("s", "sh", "ch")) else "s")


def has_verb(sentence: Sentence) -> bool:
    """Whether the parser found a finite verb in the sentence."""
    return any(t.tag_ in FINITE for t in sentence.span)


def told(sentence: Sentence, token: Token) -> bool:
    """Whether a verb tells of something said, and not of what might, should or did not happen."""
    if any(t.lower_ in ("not", "n't", "n’t", "never", "neither", "nor", "without", "no")
           and t.i < token.i for t in _near(token)):  # fmt: skip
        return False
    helpers = {t.lower_ for t in token.children if rel(t) in ("aux", "mark") and t.i < token.i}
    if helpers & {"may", "might", "could", "would", "should", "must", "can", "will", "'ll", "if",
                  "unless", "whether", "to", "shall"}:  # fmt: skip
        return False
    shared = rel(token) == "conj" and token.head.tag_ == "VB" and token.tag_ == "VBP"
    if token.tag_ == "VB" or shared or _wanted(token):
        return False
    if token.tag_ == "VBG":
        return _gerund(token)
    if token.tag_ == "VBN" and rel(token) in ("amod", "compound"):
        return not has_verb(sentence)
    return token.tag_ in ("VBD", "VBN", "VBZ", "VBP")


def _wanted(token: Token) -> bool:
    """ "demanded that Kabul condemn": what somebody is to say, not what was said."""
    at = token
    for _ in range(3):
        above = at.head
        entry = words().verbs.get(above.lemma_.lower())
        if rel(at) == "ccomp" and entry is not None and entry.act == "demands":
            return token.tag_ in ("VBP", "VB")
        if rel(at) != "conj" or above.i == at.i:
            return False
        at = above
    return False


def _near(token: Token) -> list[Token]:
    before = [token.doc[i] for i in range(max(token.sent.start, token.i - 2), token.i)]
    return [*token.children, *before]


def _gerund(token: Token) -> bool:
    """ "was warning", ", warning that", "X openly threatening": but not "instead of warning"."""
    if any(rel(t) == "aux" and t.lower_ in ("is", "are", "was", "were", "been")
           for t in token.children):  # fmt: skip
        return True
    before = token.doc[token.i - 1] if token.i else token
    if before.pos_ in ("ADP", "SCONJ", "DET") or rel(token) in ("csubj", "amod", "compound"):
        return False
    return all(t.pos_ not in ("ADP", "SCONJ") or t.lower_ in ("while", "after") or t.i > token.i
               for t in token.children)  # fmt: skip


def follows(token: Token, needs: frozenset[str], reach: int = 9) -> Token | None:
    """The first of the needed words behind `token` in its sentence."""
    for i in range(token.i + 1, min(token.i + reach, token.sent.end)):
        if token.doc[i].lower_ in needs:
            return token.doc[i]
        if token.doc[i].text in (";", "”"):
            return None
    return None


def content(sentence: Sentence, token: Token, after: Group | None) -> str:
    """The words of what was said, as they stand in the report."""
    begin = max(token.i + 1, after.end if after is not None and after.start > token.i else 0)
    stop = _stop(sentence, token, begin)
    before = _before(sentence, token)
    if stop - begin < 1 or (rel(token) == "parataxis" and stop - begin < 3):
        return before
    owned = begin + 1 < stop and token.doc[begin + 1].tag_ != "VBG"
    if begin > token.i + 1 and token.doc[begin].lower_ == "of" and owned:
        inner = next((sentence.by_token[i] for i in range(begin, min(begin + 3, stop))
                      if i in sentence.by_token), None)  # fmt: skip
        begin = inner.end if inner is not None else begin
    that = next(
        (i for i in range(begin, min(begin + 5, stop)) if token.doc[i].lower_ == "that"), -1
    )
    if that > begin and token.doc[begin].tag_ == "IN":
        begin = that
    while begin < stop and token.doc[begin].lower_ in LEADING and token.doc[begin].dep_ != "det":
        begin += 1
    return piece(sentence, begin, stop)


def _stop(sentence: Sentence, token: Token, begin: int) -> int:
    """Where the content ends: before the next verb that stands beside `token`."""
    known = {*words().verbs, *lexicon().reporting, *words().uses["give"]}
    for i in range(begin + 1, sentence.span.end):
        other = token.doc[i]
        beside = other.lemma_.lower() in known and other.tag_ in (*FINITE[:3], "VBN")
        joined = token.doc[i - 1].lower_ in ("and", "but")
        if beside and joined and (rel(other) == "conj" or i - begin > 2):
            return i - 1
        if other.text == ";":
            return i
    return sentence.span.end


def _before(sentence: Sentence, token: Token) -> str:
    """ "…," he warned: the words before, where the verb closes the sentence."""
    if rel(token) not in ("parataxis", "ROOT", "conj"):
        return ""
    commas = [t.i for t in sentence.span if t.i < token.i and t.text in (",", "”", '"')]
    if not commas or commas[-1] < sentence.span.start + 3:
        return ""
    return piece(sentence, sentence.span.start, commas[-1])


def piece(sentence: Sentence, begin: int, stop: int) -> str:
    """The report's own words from token `begin` up to `stop`, without marks around them."""
    while stop > begin and sentence.span.doc[stop - 1].pos_ == "PUNCT":
        stop -= 1
    while begin < stop and sentence.span.doc[begin].pos_ == "PUNCT":
        begin += 1
    if begin >= stop:
        return ""
    start, _ = sentence.chars(begin)
    _, end = sentence.chars(stop - 1)
    return sentence.report.text[start:end]


def said_when(ctx: Context, sentence: Sentence, token: Token) -> When | None:
    """When it was said: the time that hangs on the verb of saying, or stands before it."""
    chain = {token.i}
    at = token
    while rel(at) == "conj" and at.head.i != at.i:
        at = at.head
        chain.add(at.i)
    if token.pos_ != "VERB" and token.head.pos_ == "VERB":
        chain.add(token.head.i)
    best: tuple[int, When] | None = None
    for mention in sentence.times:
        hook = sentence.place_token(mention)
        if hook is None:
            continue
        holder = owner(hook, ctx.words)
        between = range(hook.i + 1, token.i)
        clear = (
            hook.i < token.i
            and holder.tag_ not in FINITE
            and not _of_another(hook)
            and not any(token.doc[i].tag_ in FINITE and i not in chain for i in between)
        )
        if holder.i in chain or clear:
            rank = abs(hook.i - token.i)
            if best is None or rank < best[0]:
                best = (rank, mention.when)
    return best[1] if best else None


def _of_another(hook: Token) -> bool:
    """ "Following the August 2021 takeover": the time of something else, only told before it."""
    at = hook
    for _ in range(5):
        if any(rel(c) in ("case", "mark") and c.lower_ in RELATIVE for c in at.children):
            return True
        if at.head.i == at.i or at.pos_ == "VERB":
            return False
        at = at.head
    return False


def money(sentence: Sentence, token: Token) -> Money | None:
    """The amount of money named nearest to `token`."""
    sums = [c for c in sentence.counts if c.unit == "money"]
    if not sums:
        return None
    at, _ = sentence.chars(token.i)

    def distance(count: CountMention) -> int:
        return min(abs(count.start - at), abs(count.end - at))

    nearest = min(sums, key=distance)
    return Money(nearest.value, nearest.currency) if nearest.currency else None


def in_clause(sentence: Sentence, token: Token) -> bool:
    """Whether a token lies in somebody's quoted words, opened here or in an earlier sentence."""
    marks = [t.text for t in sentence.span if t.i < token.i and t.text in '“”"']
    closes = [t.text for t in sentence.span if t.i > token.i and t.text in '”"']
    return (bool(marks) and marks[-1] != "”") or bool(closes)
