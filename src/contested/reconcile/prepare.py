"""What a rule has to learn from all incidents before it can judge one."""

from __future__ import annotations

from collections.abc import Sequence

from contested.model import CasualtiesClaim, Claim
from contested.reconcile.figures import given, parts_of
from contested.reconcile.party_bias import Biases, learn
from contested.reconcile.rules import voiced_last
from contested.reconcile.scene import Options, scene_of
from contested.reconcile.sources import Sources
from contested.reconcile.toll import groups


def learnt(incidents: Sequence[Sequence[Claim]], sources: Sources, options: Options) -> Biases:
    """What the claims of all `incidents` teach of the biases of their speakers."""
    tolls = []
    for claims in incidents:
        scene = scene_of(claims, sources, options)
        harm = [c for c in claims if isinstance(c, CasualtiesClaim)]
        parts = parts_of(harm)
        for members in groups(harm).values():
            figures = given(members, parts, scene)
            tolls.append(voiced_last(figures))
    return learn(tolls, sources.world)
