"""What the tables know of actors and types, as the plain data that analyses of claims take."""

from __future__ import annotations

from contested.analyse.frame import Frame
from contested.reconcile.scene import ARMED
from contested.world import World

MEASURES = {
    "attacks": ("attack", "hostage_taking", "explosion", "prison_break"),
    "suicide_attacks": ("suicide_bombing",),
    "airstrikes": ("airstrike",),
    "drone_strikes": ("drone_strike",),
    "clashes": ("armed_clash",),
    "operations": ("military_operation",),
    "abductions": ("kidnapping", "hijacking", "hostage_taking"),
    "assassinations": ("assassination",),
    "arrests": ("arrest",),
    "infiltrations": ("infiltration",),
    "protests": ("protest",),
}
"""The branches of the codebook that a measure counts."""
GOVERNMENT = "government"


def frame_of(world: World) -> Frame:
    """The frame that the tables of `world` give."""
    roots = {id: world.ancestors(id)[-1] for id in world.actors}
    ruled = {}
    for actor in world.actors.values():
        if actor.kind == "state":
            cabinet = world.organ(actor.id, GOVERNMENT)
            if cabinet is not None and roots[cabinet] != actor.id:
                ruled[roots[cabinet]] = actor.id
    return Frame(
        sides={id: ruled.get(root, root) for id, root in roots.items()},
        above={id: frozenset(world.ancestors(id)) for id in world.actors},
        armed=frozenset(
            id for id, root in roots.items() if world.actors[root].kind in ARMED
        ),
        codebook=frozenset(world.event_types),
        types={name: _under(world, branches) for name, branches in MEASURES.items()},
    )  # fmt: skip


def _under(world: World, branches: tuple[str, ...]) -> frozenset[str]:
    wanted = set(branches)
    return frozenset(id for id in world.event_types if wanted & set(world.type_path(id)))
