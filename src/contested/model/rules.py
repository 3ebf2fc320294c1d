"""The rules by which `best` is derived, as data: what each is called, means and rests on.

This is the one list of them: the command line and the docs read it, and
`contested.reconcile.rules` has to hold a function for each.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from contested.errors import UsageError


@dataclass(frozen=True, slots=True)
class RuleText:
    """One rule in words. `picks` is whether `best` is a number that some voice gave.

    `learns` is whether it has to see all incidents of a record before it can judge one.
    """

    name: str
    meaning: str
    source: str
    picks: bool = True
    learns: bool = False


_TEXTS = (
    RuleText(
        "lowest_credible",
        "The lowest of what each origin asserts last; alleged figures only where nobody asserts "
        "one. A voice set to E, or a claim that a person set to 5, is set aside.",
        "ACLED: where reports differ, the most conservative estimate (ACLED Codebook and "
        "“Uses and limitations of ACLED data”, on fatalities)",
    ),
    RuleText(
        "ucdp",
        "The figure of the most reliable voice by its Admiralty letter (A, B, C, then F, then D "
        "and E); among equals the lower. `low` and `high` leave out voices set to D or E.",
        "UCDP: best is the most reliable estimate, low and high the lowest and highest reliable "
        "ones; where no source is better, the lower (UCDP Definitions, Sources and Methods; GED "
        "Codebook). No correction for bias",
    ),
    RuleText(
        "latest",
        "The figure said last; of several on that day, the lowest.",
        "Common practice where tolls are revised as bodies are found",
    ),
    RuleText(
        "most_recent_official",
        "What an official voice said last; where no official speaks, as `latest`.",
        "Practice of national casualty registers and humanitarian situation reports",
    ),
    RuleText(
        "highest",
        "The highest figure that anybody gives, alleged or not.",
        "An upper bound, for planning and for sensitivity tests",
    ),
    RuleText(
        "median_of_origins",
        "The middle of what each origin said last; of an even number, the lower of the two.",
        "The median as a robust estimate: one voice far off does not move it (Huber, Robust "
        "Statistics, 1981)",
    ),
    RuleText(
        "party_bias",
        "An estimate: each figure is an observation on the log scale, biased by how its speaker "
        "stands to the victims; biases are pooled between a prior table and the record's own "
        "incidents. With a 90 % interval.",
        "After the design of Radford et al., Estimating conflict losses and reporting biases, "
        "PNAS 120 (34), 2023; the priors are ours (data/party_bias.csv)",
        picks=False,
        learns=True,
    ),
)

RULES: Mapping[str, RuleText] = MappingProxyType({text.name: text for text in _TEXTS})
"""The rules by name, the default first."""

DEFAULT_RULE = _TEXTS[0].name
"""The rule of a record for which nobody decided on another."""

LEARNING = frozenset(text.name for text in _TEXTS if text.learns)
"""Rules by which no incident can be judged without all others."""


def check_rule(name: str) -> str:
    """The name, if there is such a rule. Raises UsageError, which names the choices."""
    if name not in RULES:
        raise UsageError(f"There is no rule {name!r}. Choose {', '.join(RULES)}.")
    return name
