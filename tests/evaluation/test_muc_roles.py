"""Merging of role mentions into fillers."""

from contested.language.encoder.roles import RoleMention, Told
from evaluation.muc_corpus import ROLES
from evaluation.muc_roles import ROLE, Choice, fillers_told

TEXT = "The Farabundo Marti National Liberation Front (FMLN) fired. The FMLN wounded Juan Perez."
HALF = Choice(least=dict.fromkeys(ROLE, 0.5))


def mention(words: str, role: str, chance: float) -> RoleMention:
    start = TEXT.index(words)
    return RoleMention(start, start + len(words), role, chance)


def found(*mentions: RoleMention, relevant: float = 1.0) -> dict[str, list[tuple[str, ...]]]:
    return fillers_told(TEXT, Told(list(mentions), relevant), HALF)


def test_a_name_and_its_initials_are_one_filler() -> None:
    long = mention("Farabundo Marti National Liberation Front", "organisation", 0.9)
    short = mention("FMLN", "organisation", 0.7)
    assert found(long, short)["perpetrator, organisation"] == [(TEXT[long.start : long.end],)]


def test_what_is_not_likely_enough_is_left_out() -> None:
    assert found(mention("Juan Perez", "victim", 0.49))["victim"] == []
    assert found(mention("Juan Perez", "victim", 0.51))["victim"] == [("Juan Perez",)]


def test_further_mentions_make_a_filler_likelier() -> None:
    once = mention("Juan Perez", "victim", 0.48)
    assert found(once, once)["victim"] == [("Juan Perez",)]


def test_a_text_that_tells_of_nothing_has_no_fillers() -> None:
    quiet = found(mention("Juan Perez", "victim", 0.9), relevant=0.0)
    assert quiet == {role: [] for role in ROLES.values()}
