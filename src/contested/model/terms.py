"""The closed vocabularies of claims and incidents (see the contract in docs/claims.md)."""

from __future__ import annotations

from typing import Literal

Kind = Literal[
    "event",
    "casualties",
    "responsibility",
    "statistic",
    "relation",
    "agreement",
    "statement",
    "position",
]
Stance = Literal["asserts", "denies", "alleges", "unconfirmed"]
Status = Literal[
    "occurred", "ongoing", "attempted", "foiled", "threatened", "planned", "hypothetical"
]
SpeakerKind = Literal["outlet", "official", "party", "independent", "anonymous", "witness"]
Effect = Literal["killed", "wounded", "killed_or_wounded", "captured", "missing", "displaced"]
Victims = Literal["civilians", "security_forces", "militants", "unknown"]
Qualifier = Literal[
    "exactly",
    "at_least",
    "at_most",
    "about",
    "dozens",
    "scores",
    "hundreds",
    "thousands",
    "range",
    "none",
]
ResponsibilityAct = Literal["claims", "denies", "is_blamed", "unclaimed"]
Direction = Literal["up", "down", "record"]
RelationName = Literal[
    "supports",
    "shelters",
    "allied_with",
    "pledged_allegiance_to",
    "part_of",
    "splinter_of",
    "absorbed",
    "front_for",
    "rival_of",
    "at_war_with",
    "same_as",
]
AgreementType = Literal[
    "ceasefire", "talks", "non_aggression", "peace_deal", "withdrawal", "exchange", "other"
]
AgreementAct = Literal[
    "proposed",
    "agreed",
    "took_effect",
    "extended",
    "violated",
    "ended",
    "collapsed",
    "expired",
    "rejected",
    "ongoing",
]
StatementAct = Literal[
    "threatens",
    "warns",
    "demands",
    "pledges",
    "accuses",
    "denies",
    "condemns",
    "rejects",
    "offers_bounty",
    "praises",
]
Role = Literal[
    "leader",
    "deputy",
    "spokesperson",
    "commander",
    "minister",
    "head-of-government",
    "head-of-state",
    "chief",
    "governor",
    "chief-minister",
    "diplomat",
    "envoy",
    "official",
    "other",
]
PositionAct = Literal["holds", "appointed", "removed", "died", "killed"]
IncidentStatus = Literal["corroborated", "single_source", "disputed", "unconfirmed", "denied"]
ResponsibilityState = Literal[
    "claimed", "attributed", "denied", "competing", "unclaimed", "unknown"
]
ReliabilityLetter = Literal["A", "B", "C", "D", "E", "F"]
Credibility = Literal[1, 2, 3, 4, 5, 6]
Disagreement = Literal["none", "rose", "fell", "disputed"]
Relation = Literal["own", "enemy", "perpetrator", "opponent", "neutral"]
Channel = Literal[
    "statement",
    "spokesperson",
    "social_media",
    "video",
    "phone_call",
    "publication",
    "court",
    "unknown",
]
