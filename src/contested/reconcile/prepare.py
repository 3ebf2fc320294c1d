"""What a rule has to learn from all incidents before it can judge one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from contested.model import CasualtiesClaim, Claim, Report
from contested.reconcile.figures import given, parts_of
from contested.reconcile.origins import Origins
from contested.reconcile.party_bias import learn
from contested.reconcile.rules import voiced_last
from contested.reconcile.scene import Options, scene_of
from contested.reconcile.toll import groups
from contested.world import Ratings, World


def learnt(
    incidents: Sequence[Sequence[Claim]],
    world: World,
    origins: Origins,
    reports: Mapping[str, Report],
    options: Options,
) -> Options:
    """The options with the ratings that all incidents share.

    A rule that learns also gets what the claims of all `incidents` teach.
    """
    ratings = options.ratings or Ratings(world, options.judgements.reliability)
    options = replace(options, ratings=ratings)
    if options.rule != "party_bias":
        return options
    tolls = []
    for claims in incidents:
        scene = scene_of(claims, world, origins, reports, options)
        harm = [c for c in claims if isinstance(c, CasualtiesClaim)]
        parts = parts_of(harm)
        for members in groups(harm).values():
            figures = given(members, parts, scene)
            tolls.append(voiced_last(figures))
    return replace(options, biases=learn(tolls, world))
