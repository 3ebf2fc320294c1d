"""Who the harmed are and how many: classes of people, lists, parts and totals."""

from __future__ import annotations

from functools import lru_cache

from spacy.tokens import Token

from contested.extract.clauses import coordinated
from contested.extract.kinds.context import Context
from contested.extract.kinds.loss_tolls import Loss
from contested.extract.kinds.losses import other_effect
from contested.extract.kinds.victim_class import apposed_class, class_of, of_them
from contested.extract.lexicon import table
from contested.extract.reading import NOUNS, Group, Sentence
from contested.extract.resolve import next_phrase
from contested.model import CasualtiesClaim, Count

PARTS = {"including", "among"}
BESIDE = {"besides"}
NOT = {"not", "without", "excluding"}


NUMBER_WORDS = {"toll", "number", "count", "tally", "figure", "total"}
"""Nouns that count people and are none: "the death toll", "a large number"."""


KIN = {"son", "sons", "man", "men", "brothers"}


LIVING = {
    f"verb:{verb}"
    for verb in ("kill", "wound", "injure", "murder", "assassinate", "behead", "shoot", "gun",
                 "slay", "martyr", "abduct", "kidnap", "suffer", "sustain")
}  # fmt: skip
"""Verbs whose object lives, whatever noun it is."""


NATURAL = {"die", "perish", "succumb"}


INANIMATE = {
    "time",
    "thousand",
    "job",
    "trade",
    "deal",
    "process",
    "hope",
    "bus",
    "vehicle",
    "car",
    "house",
    "building",
    "livestock",
    "animal",
    "dog",
    "cattle",
}


def parts_of(ctx: Context, loss: Loss) -> list[Loss]:
    """The coordinated victims, and parts of another class: "ten people, including two nuns"."""
    out: list[Loss] = []
    before: Group | None = None
    every = coordinated(loss.group)
    spelt = _spelt_out(every)
    for listed in every:
        if before is not None and other_effect(loss, listed):
            continue
        told = before is not None and loss.how in LIVING and apposed_class(ctx, before)
        if before is not None and told and _describes(before, listed):
            continue
        before = listed
        group = people_of(listed)
        inside = listed is not loss.group and (spelt or of_them(listed))
        how = loss.how + "/part" if inside else loss.how
        out.append(Loss(loss.token, loss.effect, group, how))
        out += _included(ctx, loss, group)
    return out


def _spelt_out(listed: list[Group]) -> bool:
    """Whether a list only spells out its first number: "two people, a farmer and a soldier"."""
    counts = [count_of(group) for group in listed]
    if len(listed) < 3 or any(c is None or c.low is None or c.low != c.high for c in counts):
        return False
    numbers = [c.low for c in counts if c is not None and c.low is not None]
    comma = listed[0].head.doc[listed[0].end].text == ","
    return comma and numbers[0] > 1 and numbers[0] == sum(numbers[1:])


def people_of(group: Group) -> Group:
    """ "dozens of villagers", "a total of 12 people": the people, with the number before them."""
    follow = next_phrase(group)
    if follow is None or follow[0] != "of":
        return group
    people = follow[1]
    if people.head.pos_ == "PRON":
        return group
    amount = group.count is not None and group.head.lower_ in group.count.count.as_written.lower()
    if (amount and people.count in (None, group.count)) or (
        group.head.lower_ in ("total", "number") and people.count is not None
    ):
        people.count = people.count or group.count
        return people
    return group


def _included(ctx: Context, loss: Loss, group: Group) -> list[Loss]:
    """Other people whom the words after a number name, with that number or beside it.

    "including", "among them" and "of whom" name parts of it; "besides" and "apart from" others.
    """
    doc = group.head.doc
    found = _linked(loss, group)
    if found is None:
        return []
    at, how, near = found
    if doc[at - 1].lower_ in NOT:
        return []
    inner = next(
        (g for j in range(at + 1, min(at + 6, group.sentence.span.end))
         if (g := group.sentence.by_token.get(j)) and g.head.pos_ != "PRON"),
        None,
    )  # fmt: skip
    if inner is None:
        return []
    whole = class_of(ctx, group)
    out = []
    for part in _listed(inner):
        if other_effect(loss, part):
            continue
        of = class_of(ctx, part)
        counted = part.count is not None and group.count is not None and how == "/part"
        other = of not in (whole, None) and (near or of == "militants" or counted)
        same = near and counted and of is not None and part.head.pos_ in NOUNS
        if other or same:
            out.append(Loss(loss.token, loss.effect, part, loss.how + how))
    return out


def _listed(group: Group) -> list[Group]:
    """The people listed, without what only says more of one: "one child, a girl of four"."""
    found = coordinated(group)
    doc = group.head.doc
    joined = {t.lower_ for t in doc[group.start : found[-1].end]} & {"and", "or", "plus", "well"}
    return found if joined else [group]


def _linked(loss: Loss, group: Group) -> tuple[int, str, bool] | None:
    """Where the words stand that link other people to a number, how they do, and if right after.

    They follow the number; or, after a comma, whatever else is said, unless other people come
    between. So far off, only fighters are sure to be among the dead.
    """
    doc, end = group.head.doc, group.sentence.span.end
    for i in range(group.end, end):
        near = i < group.end + 4
        other = group.sentence.by_token.get(i)
        if other is not None and other.count and not (near and _amount_of(group, other)):
            return None
        if not near and i <= loss.token.i:
            continue
        word, before = doc[i].lower_, doc[i - 1].lower_
        apart = before in (",", "-", "--", "–", "—", "(")
        if (word in PARTS or _of_whom(doc[i])) and (near or apart):
            return i, "/part", near
        if word in BESIDE or (word == "from" and before == "apart"):
            return i, "/beside", near
    return None


def _describes(name: Group, other: Group) -> bool:
    """Whether a noun beside a name only says who it is: "A. B., an activist, was killed"."""
    doc = name.head.doc
    beside = doc[name.end].text == "," and other.start == name.end + 1
    article = doc[other.start].lower_ in ("a", "an", "the")
    return name.head.pos_ == "PROPN" and other.head.pos_ == "NOUN" and beside and article


def _amount_of(group: Group, other: Group) -> bool:
    """Whether the second group is only whom the first counts: "dozens of villagers"."""
    follow = next_phrase(group)
    return follow is not None and follow[0] == "of" and follow[1] is other


def _of_whom(token: Token) -> bool:
    return token.lower_ == "of" and token.i + 1 < len(token.doc) and token.nbor(1).lower_ == "whom"


def mixed(ctx: Context, group: Group, victims: str) -> bool:
    """Whether one number counts people of two classes: "ten civilians and resistance fighters"."""
    if group.count is None:
        return False
    for other in coordinated(group):
        if other is group or other.count is not None or other.start < group.start:
            continue
        if not other.plural or other.head.doc[other.start].pos_ == "DET":
            continue
        if class_of(ctx, other) not in (None, "unknown", victims):
            return True
    return False


@lru_cache(maxsize=1)
def crowds() -> frozenset[str]:
    """Nouns that stand for many people at once: one gathering is no count of one."""
    return frozenset(row["word"] for name in ("collectives", "crowds") for row in table(name))


def count_of(group: Group) -> Count | None:
    """The number of a group: its own, or one for "a" and "one", two for "both"."""
    if group.count is not None:
        return group.count.count
    first = group.head.doc[group.start]
    if group.head.lemma_.lower() in crowds():
        return None
    if first.lower_ in ("a", "an") and not group.plural:
        return Count(1, 1, "exactly", group.text.split()[0])
    if first.lower_ in ("one", "another") and not group.plural:
        return Count(1, 1, "exactly", first.text)
    if first.lower_ == "both":
        return Count(2, 2, "exactly", first.text)
    return None


def told_again(
    ctx: Context, sentence: Sentence, loss: Loss, count: Count
) -> CasualtiesClaim | None:
    """The claim of the sentences before that counts the same people, if one does.

    "Eighteen villagers were wounded. … The 18 wounded are in hospital": the same number above one
    with the same effect, told a few sentences before by the same voice, is the same people.
    """
    if count.low is None or count.low < 2 or count.low != count.high:
        return None
    voice = {s.actor or s.name for s in ctx.voices(sentence, loss.token)[0]}
    floor = ctx.reading.sentences[max(sentence.number - 4, 0)].start
    for claim in reversed(ctx.claims):
        if not isinstance(claim, CasualtiesClaim) or not floor <= claim.start < sentence.start:
            continue
        same = claim.effect == loss.effect and claim.count.low == count.low == claim.count.high
        theirs = {s.actor or s.name for s in claim.speakers}
        if same and claim.part_of is None and (not voice or not theirs or voice & theirs):
            return claim
    return None


def implied_count(group: Group, lemma: str, described: bool = False) -> Count | None:
    """A named person or one definite person counts as one; a bare plural gives no number.

    That a named person died says nothing of violence: that is a claim on a position. A name is
    also `described` as a person's by words beside it ("A. B., a teacher").
    """
    if group.plural or group.head.pos_ == "PRON" or lemma in NATURAL:
        return None
    if group.head.lemma_.lower() in crowds():
        return None
    if group.head.pos_ == "PROPN" and group.how == "person":
        return Count(1, 1, "exactly", group.text)
    named = any(
        e.label_ == "PERSON" and e.start <= group.head.i < e.end for e in group.head.doc.ents
    )
    person = described or (named and not _a_place(group))
    if group.head.pos_ == "PROPN" and person and f"verb:{lemma}" in LIVING:
        return Count(1, 1, "exactly", group.text)
    if group.head.pos_ == "NOUN" and group.head.tag_ == "NN" and group.definite is False:
        return None
    if group.head.pos_ == "NOUN" and group.head.tag_ == "NN" and len(group.tokens) > 1:
        return Count(1, 1, "exactly", group.text)
    return None


def _a_place(group: Group) -> bool:
    """Whether the whole name is one of the report's places: "| Kunduz | 5 killed |"."""
    start, end = group.sentence.chars(group.start)[0], group.sentence.chars(group.end - 1)[1]
    return any(p.start <= start and end <= p.end for p in group.sentence.places)
