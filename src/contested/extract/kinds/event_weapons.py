"""What weapons and places say of a happening: its means, and a more special type."""

from __future__ import annotations

from collections.abc import Iterable

from contested.extract.clauses import Frame
from contested.extract.kinds.context import Context
from contested.extract.kinds.event_words import event_words
from contested.extract.lexicon import Trigger
from contested.extract.reading import Sentence


def by_weapon(ctx: Context, frame: Frame) -> Trigger | None:
    """ "fired mortars", "dropped bombs": the weapon says what was done."""
    for group in (frame.object, frame.patient, frame.subject):
        if group is None:
            continue
        words = " ".join(t.lemma_.lower() for t in group.tokens)
        entries = [e for word, e in ctx.words.weapons.items() if _has_word(words, word)]
        if entries:
            kind = "airstrike" if frame.token.lemma_ == "drop" else entries[0][1]
            return Trigger(kind, "agent_target")
    return None


def struck_by_weapon(ctx: Context, frame: Frame) -> bool:
    """Whether a weapon does the deed or is what it is done with: "was hit by a mortar shell".

    What stands right behind "with a missile" and has no preposition is what was hit.
    """
    with_it = frame.phrase("with") if frame.object is None and not frame.passive else None
    near = with_it is not None and with_it.start <= frame.token.i + 3
    for group in (frame.doer, with_it if near else None):
        if group is None:
            continue
        words = " ".join(t.lemma_.lower() for t in group.tokens)
        if not any(_has_word(words, word) for word in ctx.words.weapons):
            continue
        if group.head.lemma_.lower() in event_words("people"):
            continue
        if group is with_it:
            frame.object = group.sentence.by_token.get(group.end)
        return True
    return False


def weapons_of(ctx: Context, sentence: Sentence, frame: Frame) -> list[tuple[str, str]]:
    """Weapon names in the predicate's own words, most telling first."""
    groups = [sentence.group(frame.token), frame.object, frame.subject, frame.agent]
    groups += frame.phrases.get("with", []) + frame.phrases.get("by", [])
    groups += frame.phrases.get("using", []) + frame.phrases.get("for", [])
    out: list[tuple[str, str]] = []
    for group in groups:
        if group is None:
            continue
        tokens = group.tokens
        text = _spaced(t.lemma_.lower() for t in tokens)
        lower = _spaced(t.lower_ for t in tokens)
        for word, entry in ctx.words.weapons.items():
            if word in text or word in lower:
                sole = f" {word} "
                if entry not in out and (sole in text or sole in lower):
                    out.append(entry)
    return out


def _spaced(words: Iterable[str]) -> str:
    """Words with a blank around each, hyphened ones as one."""
    return f" {' '.join(words).replace(' - ', '-')} "


def _has_word(text: str, word: str) -> bool:
    return f" {word} " in f" {text.replace(' - ', '-')} "


def refine(
    ctx: Context, base: str, weapons: list[tuple[str, str]], sentence: Sentence, frame: Frame
) -> str:
    """A more special type where a weapon or the place says so: "bomb attack", "border clash"."""
    if base in ("attack", "armed_attack", "explosion", "bombing", "shelling"):
        options = [kind for _, kind in weapons]
        special = [k for k in options if base in ctx.world.type_path(k) or base != "bombing"]
        for kind in ("suicide_bombing", "car_bombing", "drone_strike", "ied"):
            if kind in special:
                return kind
        if special and (special[0] != "shooting" or base != "attack"):
            return special[0]
        if special:
            return "armed_attack"
    if base == "armed_clash":
        words = {t.lower_ for t in sentence.span}
        near = frame.phrase("along", "at", "near", "on", "across")
        border = near is not None and near.has("border", "crossing", "frontier", "line")
        group = sentence.group(frame.token)
        if border or (group is not None and group.has("border", "cross-border")):
            return "border_clash"
        if "border" in words and "forces" in words:
            return "border_clash"
    return base
