"""Whose police, army or officials a report means when it does not say.

Those of the country that it tells of: where its towns and districts lie. That a state is named
says less, for wars have several: "Russian forces fired", said the governor, who is no Russian.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from contested.extract.mentions import ActorMention, PlaceMention
from contested.extract.reading import Sentence
from contested.world import World

COUNTRY = "country"
LEAD = 1.5
"""How many times as often as the next a country must be named where its places do not tell."""
STATES = ("state", "organ")
PLAIN = ("capital", "admin1")
"""Places so large that a namesake in the report's own country is unlikely."""


def ground(
    text: str, places: Sequence[PlaceMention], actors: Sequence[ActorMention], world: World
) -> str | None:
    """The country (ISO 3166-1 alpha-2) that a report tells of; None where it is not plain.

    More than half of its places lie there; whole countries and states count only where no place
    within one is named. A name joined to a participle is no place, nor a capital that owns.
    """
    votes: Counter[str] = Counter()
    wide: Counter[str] = Counter()
    for place in places:
        if place.where.country and not _joined(text, place):
            (wide if place.kind == COUNTRY else votes)[place.where.country] += 1
    plain = _most(votes)
    if plain is not None:
        return plain
    for mention in actors:
        actor = world.actors.get(mention.ref.actor or "")
        if actor is not None and actor.country and actor.kind in STATES:
            wide[actor.country] += 1
    first, *others = (votes + wide).most_common(2) or [("", 0)]
    clear = first[1] and (not others or first[1] >= LEAD * others[0][1])
    among = not votes or votes[first[0]] == max(votes.values())
    return first[0] if clear and among else None


def meant(sentence: Sentence, home: str | None, world: World) -> str | None:
    """The state whose officials a sentence means: that of its places, else the report's `home`.

    Where the report's is not plain, the one state that the sentence speaks of.
    """
    text = sentence.report.text
    near = [
        p for p in sentence.places if p.where.country and p.kind != COUNTRY and not _joined(text, p)
    ]
    lands = {p.where.country for p in near}
    if home is not None and (home in lands or not any(p.kind in PLAIN for p in near)):
        return world.state_of(home)
    if near:
        one = lands.pop() if len(lands) == 1 else None
        return world.state_of(one) if one else None
    named = {p.where.country for p in sentence.places if p.where.country}
    for mention in sentence.actors:
        name = mention.ref.actor
        if name is not None and name in world.actors and mention.how != "outlet":
            root = world.actors[world.ancestors(name)[-1]]
            if root.country and root.kind == "state":
                named.add(root.country)
    return world.state_of(named.pop()) if len(named) == 1 else None


def _most(votes: Counter[str]) -> str | None:
    if not votes:
        return None
    country, most = votes.most_common(1)[0]
    return country if 2 * most > votes.total() else None


def _joined(text: str, place: PlaceMention) -> bool:
    """Whether a name says whose something is: "a Lahore-based group", "Berlin's rivals"."""
    if place.kind == "capital" and text[place.end : place.end + 2] in ("'s", "’s"):
        return True
    after = text[place.end : place.end + 2]
    return after[:1] in ("-", "‑", "–") and after[1:].islower()
