"""What one row of each world table means, as an immutable object."""

from __future__ import annotations

from dataclasses import dataclass

from contested.model.terms import ReliabilityLetter

ACTOR_KINDS = frozenset(
    {
        "state", "organ", "armed_group", "faction", "front", "party", "movement", "media_wing",
        "international", "research", "outlet_agency", "population", "other",
    }
)  # fmt: skip
ALIAS_USES = frozenset({"name", "metonym", "adjective", "acronym"})
ALIAS_REGISTERS = frozenset({"neutral", "loaded", "self"})
PLACE_KINDS = frozenset(
    {
        "country", "admin1", "admin2", "admin3", "town", "village", "pass", "crossing", "valley",
        "line", "region", "facility", "capital",
    }
)  # fmt: skip

TIED_KINDS = frozenset({"relation", "statement", "agreement"})
PHASED_KINDS = frozenset({"event", "agreement"})
RATED_KINDS = frozenset({"outlet", "actor", "person", "voice", "any"})


@dataclass(frozen=True, slots=True)
class Source:
    """Where rows come from: title, address and licence of a data set, or our own compilation."""

    id: str
    title: str
    url: str
    licence: str
    retrieved: str


@dataclass(frozen=True, slots=True)
class Actor:
    """A state, organ, group, party or body that acts or speaks.

    `parent` is the id of what it belongs to; `country` is ISO 3166-1 alpha-2; `organ` names the
    function of a state's organ, in the same words for every country; `start` and `end` are EDTF.
    What is not known is None.
    """

    id: str
    name: str
    kind: str
    parent: str | None
    country: str | None
    organ: str | None
    start: str | None
    end: str | None
    ucdp_id: int | None
    source: str


@dataclass(frozen=True, slots=True)
class Alias:
    """One way of writing an actor.

    `use`: ``name`` always means the actor; ``acronym`` does so in this case only; ``metonym`` is
    a place that stands for its government where the context says so; ``adjective`` stands for
    the state before an official's title. `register`: ``loaded`` words are one side's, ``self``
    is what the actor calls itself.
    """

    text: str
    actor: str
    use: str
    register: str
    note: str
    source: str


@dataclass(frozen=True, slots=True)
class Person:
    """A public role and who held it, from `start` to `end` (EDTF, None where not known)."""

    name: str
    aliases: tuple[str, ...]
    role: str
    actor: str
    start: str | None
    end: str | None
    source: str


@dataclass(frozen=True, slots=True)
class RoleWord:
    """A noun or title that names a role; with a country before it, it means that `organ`.

    `official` is whether the bare word means somebody who speaks for a state.
    """

    word: str
    role: str
    organ: str | None
    official: bool
    source: str


@dataclass(frozen=True, slots=True)
class Outlet:
    """A newspaper, agency, broadcaster, site or institute that reports."""

    id: str
    name: str
    aliases: tuple[str, ...]
    domain: str | None
    country: str | None
    kind: str
    source: str


@dataclass(frozen=True, slots=True)
class Reliability:
    """The Admiralty letter of a source, with its reason.

    `kind` says what `subject` names: the id of an ``outlet`` or an ``actor``, the name of a
    ``person``, a kind of ``voice`` (official, witness, …), or ``any`` source. `own` is true for
    rows of the user's table.
    """

    subject: str
    kind: str
    letter: ReliabilityLetter
    reason: str
    source: str
    own: bool


@dataclass(frozen=True, slots=True)
class PartyBias:
    """What is assumed of voices in one relation to the victims, before any data.

    `log_bias` is the mean of ln(said / true), `sd` its standard deviation.
    """

    relation: str
    log_bias: float
    sd: float
    reason: str
    source: str


@dataclass(frozen=True, slots=True)
class TieWord:
    """What a term of a kind of claim is in a picture of who stands how to whom.

    `arrow` is what the tie is called there. `sign` is 1 for one that binds, -1 for one that
    sets against, 0 for neither; `mutual` whether both ends are alike. `words` stand between two
    actors in a sentence.
    """

    kind: str
    term: str
    arrow: str
    sign: int
    mutual: bool
    words: str
    source: str


@dataclass(frozen=True, slots=True)
class PhaseWord:
    """Which phase of a conflict an event type (with all types under it) or an agreement's act is.

    `act` is empty for events.
    """

    kind: str
    term: str
    act: str
    phase: str
    source: str


@dataclass(frozen=True, slots=True)
class LoopRow:
    """A sequence of phases that comes back to its first, with its name."""

    name: str
    steps: tuple[str, ...]
    source: str


@dataclass(frozen=True, slots=True)
class EventType:
    """A type of event and its names in other codebooks.

    `near` lists types outside its own branch that reports often use for the same happening;
    `covers` those among them that tell it more closely: an explosion may be a bombing.
    """

    id: str
    parent: str | None
    name: str
    definition: str
    near: tuple[str, ...]
    covers: tuple[str, ...]
    acled_event: str | None
    acled_sub_event: str | None
    ucdp: str | None
    gtd: str | None
    plover: str | None
    cameo: str | None
    violent: bool
    source: str


@dataclass(frozen=True, slots=True)
class Place:
    """A named place: its middle in degrees (WGS 84), and how wide the name is in kilometres.

    `supplement` is true for rows of ``places.csv``, which come before those of the gazetteer.
    `population` is 0 where the source has none.
    """

    id: str
    name: str
    names: tuple[str, ...]
    kind: str
    admin1: str | None
    country: str | None
    lat: float
    lon: float
    radius_km: float
    geonameid: int | None
    population: int
    source: str
    supplement: bool
