"""The conflict as a system: who does what to whom, which loops recur, and what changed."""

from contested.analyse.system.board import Kinds
from contested.analyse.system.chance import Null
from contested.analyse.system.changes import Change
from contested.analyse.system.found import Loop, Step, Turn
from contested.analyse.system.system import (
    Arrow,
    Scene,
    Scheme,
    System,
    SystemOptions,
    scene,
    system,
)
from contested.analyse.system.timeline import Phases

__all__ = [
    "Arrow",
    "Change",
    "Kinds",
    "Loop",
    "Null",
    "Phases",
    "Scene",
    "Scheme",
    "Step",
    "System",
    "SystemOptions",
    "Turn",
    "scene",
    "system",
]
