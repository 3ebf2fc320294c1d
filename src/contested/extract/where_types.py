"""The words beside a name that say what it is the name of: a district, a village, a province."""

from __future__ import annotations

from contested.extract.where_words import Hit, TypeWord, Words, place_types

_AREAS = frozenset(("admin1", "admin2", "admin3"))


def typed(words: Words, hits: list[Hit]) -> None:
    """Note the type words beside each name, and take those that belong to it into its span."""
    floor = 0
    for n, hit in enumerate(hits):
        ceiling = hits[n + 1].first if n + 1 < len(hits) else len(words.all)
        floor = give_type(words, hit, floor, ceiling)


def give_type(words: Words, hit: Hit, floor: int, ceiling: int) -> int:
    """Note the type word beside one name, between words `floor` and `ceiling`.

    Gives the word behind all that then belongs to the name.
    """
    after = _type_after(words, hit.stop, ceiling)
    before = _type_before(words, hit.first, floor)
    if after is not None and _fits(hit, after[0]):
        hit.type, stop = after
        if hit.type.kept:
            hit.end = words.all[stop - 1].end
            return stop
    elif before is not None and _fits(hit, before[0]):
        hit.type, start = before
        if hit.type.kept:
            hit.start = start
    return hit.stop


def _fits(hit: Hit, word: TypeWord) -> bool:
    if not (word.kinds and hit.options) or any(p.kind in word.kinds for p in hit.options):
        return True
    hit.unknown_area = word.kept and word.kinds <= _AREAS
    return False


def _type_after(words: Words, i: int, ceiling: int) -> tuple[TypeWord, int] | None:
    for size in (3, 2, 1):
        parts = tuple(words.low(i + n) for n in range(size))
        found = place_types("after").get(parts)
        joined = all(words.beside(i + n - 1, i + n) for n in range(size))
        if found and joined and i + size <= ceiling:
            return found, i + size
    return None


def _type_before(words: Words, i: int, floor: int) -> tuple[TypeWord, int] | None:
    """ "district Kurram", "the province of Balochistan" """
    j = i - 1
    if words.low(j) == "of" and words.beside(j, i):
        j -= 1
    found = place_types("before").get((words.low(j),))
    if found is None or j < floor or not words.beside(j, j + 1):
        return None
    return found, words.all[j].start
