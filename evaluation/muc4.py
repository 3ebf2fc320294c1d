"""MUC-4: whether a text tells of a relevant incident, and who fills its five roles.

Measures. Relevance: a text is relevant if its key has a template that must be found; texts with
optional templates only are left out. The program calls a text relevant if it makes an event
claim whose type lies under one of `RELEVANT` in the codebook, of whatever status but
`hypothetical`. It was given no rule on what MUC-4 held relevant (terrorism in nine countries of
Latin America, no fighting between armies, nothing older than two months), so precision shows
that gap. Roles: CEAF-REE over five roles (see `ceaf`), all templates of a text together.

Two ways to fillers are measured. The network's role heads mark them in the text (`muc_roles`);
these figures come without more words. Claims are made by rules that were told nothing of this
corpus; how they become fillers: an initiator that the actor table knows is an organisation, another
one an individual perpetrator; a target whose last word is in the table of things is a physical
target, one whose last word is no common noun for people is a victim (the key's victims are
names only); weapons are the words of the weapon table in the passage of the claim.

Templates: the 1992 scoring over all slots (`muc_scorer`), of the incident templates that the
program builds from the happenings of a report (`contested.extract.templates`). For these it is
told in which nine countries the task asked for incidents.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from contested.extract.lexicon import lexicon
from contested.model import ActorRef, CasualtiesClaim, Claim, EventClaim, Report
from contested.world import World
from evaluation.ceaf import Ceaf, normal
from evaluation.measure import (
    BadData,
    Better,
    Figure,
    Measured,
    NoData,
    Options,
    Say,
    f_score,
    files_under,
    fingerprint,
    share,
)
from evaluation.muc_corpus import ROLES, Answer, Entity, Message, answers, messages, within
from evaluation.muc_producer import produced
from evaluation.muc_roles import LEAST, fillers_told, role_reader
from evaluation.muc_scorer import Scores
from evaluation.muc_templates import CONFIDENCE, HUMAN_NUMBER, SLOTS, Template, templates
from evaluation.reading import claims_of, each, extractor, report_of, stages

RELEVANT = ("attack", "hostage_taking", "explosion")
INDIVIDUAL, ORGANISATION, TARGET, VICTIM, WEAPON = ROLES.values()
LONGEST = 8
"""A filler of more words is a clause, and nobody's name."""


def relevant(world: World, claims: Sequence[Claim]) -> list[EventClaim]:
    """The event claims that MUC-4 could ask for."""
    return [
        c
        for c in claims
        if isinstance(c, EventClaim)
        and c.status != "hypothetical"
        and any(t in RELEVANT for t in world.type_path(c.type))
    ]


class Fillers:
    """The role fillers of one text, each with its ways of writing."""

    def __init__(self) -> None:
        self._found: dict[str, dict[str, list[str]]] = {role: {} for role in ROLES.values()}

    def add(self, role: str, words: str, entity: str | None = None) -> None:
        """Add a way of writing; the same words, or the same actor id, are one entity."""
        if normal(words) and len(words.split()) <= LONGEST:
            writings = self._found[role].setdefault(entity or normal(words), [])
            if normal(words) not in map(normal, writings):
                writings.append(words)

    def add_target(self, words: str) -> None:
        """Add what was attacked: as a target if its last word is a thing, as a victim if a name."""
        head = re.sub(r"[^\w\s-]", "", words).lower().split()[-1:]
        things = lexicon().targets
        for word in head:
            if word in things or word.removesuffix("s") in things:
                self.add(TARGET, words)
            elif lexicon().victims_of(word) is None and not word.isdigit():
                self.add(VICTIM, words)

    def entities(self) -> dict[str, list[Entity]]:
        """All fillers by role."""
        return {role: [tuple(e) for e in found.values()] for role, found in self._found.items()}


def fillers(world: World, claims: Sequence[Claim]) -> dict[str, list[Entity]]:
    """The role fillers that a text's claims give."""
    out = Fillers()
    events = relevant(world, claims)
    for event in events:
        for ref in event.initiators:
            role = ORGANISATION if _group(world, ref) else INDIVIDUAL
            out.add(role, ref.as_written, ref.actor)
        for ref in event.targets:
            out.add_target(ref.as_written)
        for words in _weapons(event):
            out.add(WEAPON, words)
    ids = {event.id for event in events}
    for claim in claims:
        if isinstance(claim, CasualtiesClaim) and claim.event_ref in ids:
            out.add_target(claim.victims_as_written)
    return out.entities()


def _group(world: World, ref: ActorRef) -> bool:
    actor = world.actors.get(ref.actor or "")
    return actor is not None and actor.kind != "population"


def _weapons(event: EventClaim) -> list[str]:
    words = [word for word, entry in lexicon().weapons.items() if entry[0] in event.weapons]
    matches = (re.search(rf"\b{re.escape(w)}\w*", event.quote, re.IGNORECASE) for w in words)
    found = [match[0] for match in matches if match]
    return [w for w in found if not any(w != other and w in other for other in found)]


@dataclass(frozen=True, slots=True)
class Given:
    """What the program gives for one text."""

    claims: list[Claim]
    marked: dict[str, list[Entity]]
    templates: list[Template]


def given(report: Report) -> Given:
    """The claims, role fillers and templates of one report."""
    marked = fillers_told(report.text, role_reader().read(report.text, LEAST))
    made = produced(stages().world, extractor(), report)
    return Given(claims_of(report), marked, made)


class Tally:
    """Adds up texts."""

    def __init__(self) -> None:
        self.right = self.said = self.there = 0
        self.roles = {role: Ceaf() for role in ROLES.values()}
        self.by_claims = Ceaf()
        self.slots = Scores()

    def add(
        self, text: str, answer: Answer, key: Sequence[Template], mine: Given, world: World
    ) -> bool:
        """Hold what one text gives against its key; whether the relevance was right."""
        claims = mine.claims
        self.slots.add(key, mine.templates)
        said = bool(relevant(world, claims))
        true = answer.needed > 0
        if true or not answer.optional:
            self.right += said and true
            self.said += said
            self.there += true
        claimed = fillers(world, claims)
        for role, ceaf in self.roles.items():
            wanted = within(answer.roles[role], text)
            ceaf.add(wanted, mine.marked[role])
            self.by_claims.add(wanted, claimed[role])
        return said == true

    def figures(self) -> tuple[Figure, ...]:
        """All figures so far."""
        precision, recall = share(self.right, self.said), share(self.right, self.there)
        whole = Ceaf()
        for ceaf in self.roles.values():
            whole += ceaf
        return (
            Figure(
                "relevance_recall", recall, f"relevant texts: recall, of {self.there}", better=None
            ),
            Figure("relevance_precision", precision, "relevant texts: precision", better=None),
            Figure("relevance_f", f_score(precision, recall), "relevant texts: F"),
            Figure("roles_f", whole.f, "five roles, CEAF-REE: F"),
            Figure(
                "roles_precision", whole.precision, "five roles, CEAF-REE: precision", better=None
            ),
            Figure("roles_recall", whole.recall, "five roles, CEAF-REE: recall", better=None),
            *(
                Figure(f"{role.split()[-1]}_f", ceaf.f, f"{role}: F", better=None)
                for role, ceaf in self.roles.items()
            ),
            Figure("claims_roles_f", self.by_claims.f, "five roles from claims, CEAF-REE: F"),
            *self._slot_figures(),
        )

    def _slot_figures(self) -> Iterator[Figure]:
        whole, found = self.slots.whole, self.slots.templates
        yield Figure("templates_f", whole.f, "ALL TEMPLATES: F")
        yield Figure("templates_recall", whole.recall, "ALL TEMPLATES: recall", better=None)
        yield Figure(
            "templates_precision", whole.precision, "ALL TEMPLATES: precision", better=None
        )
        yield Figure("incidents_f", found.f, "templates that answer one of the key: F", better=None)
        for slot in SLOTS:
            name = "slot_" + "_".join(re.findall(r"[a-z]+", slot.lower())) + "_f"
            pinned = slot in (CONFIDENCE, HUMAN_NUMBER)
            better: Better | None = "higher" if pinned else None
            yield Figure(name, self.slots.slots[slot].f, f"{slot}: F", better=better)


def read(texts: Sequence[Path], keys: Sequence[Path]) -> tuple[list[Message], dict[str, Answer]]:
    """Messages and answers under these folders. Raises NoData or BadData."""
    key_files = [p for folder in keys for p in files_under(folder, "key-*")]
    text_files = [p for folder in texts for p in _texts(folder)]
    found = list(messages(text_files))
    known = answers(key_files)
    kept = [m for m in found if m.id in known]
    if not kept:
        raise BadData("no message of these texts has an answer in these keys")
    return kept, known


def _texts(folder: Path) -> list[Path]:
    found = [p for p in files_under(folder, "*-muc*") if not p.name.startswith("key-")]
    if not found:
        raise NoData(f"{folder}/*-muc*")
    return found


def measure(texts: Sequence[Path], keys: Sequence[Path], options: Options, say: Say) -> Measured:
    """Score the messages under the folders `texts` against the keys under `keys`."""
    found, known = read(texts, keys)
    found = found[: options.limit]
    world = stages().world
    tally = Tally()
    reports = [report_of(m.id, m.text, m.date) for m in found]
    key = templates([p for folder in keys for p in files_under(folder, "key-*")])
    for message, mine in zip(found, each(given, reports, options.jobs), strict=True):
        answer = known[message.id]
        right = tally.add(message.text, answer, key.get(message.id, []), mine, world)
        if options.misses and not right:
            need = "relevant" if known[message.id].needed else "not relevant"
            say(
                f"  {message.id} is {need}; "
                + ", ".join(c.type for c in relevant(world, mine.claims))
            )
    files = [*(p for f in texts for p in _texts(f)), *(p for f in keys for p in f.glob("key-*"))]
    return Measured(
        measure="muc4",
        title="Relevant texts and role fillers (MUC-4)",
        command="python -m evaluation muc4",
        data=f"{len(found)} texts of MUC-3/4, the parts for tuning (TST1 and TST2)",
        sha256=fingerprint(files),
        figures=tally.figures(),
        whole=options.limit is None,
    )
