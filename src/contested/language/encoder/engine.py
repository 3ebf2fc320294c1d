"""The network's arithmetic: word pieces in, scores of each head out.

ONNX Runtime runs the encoder on whole numbers of eight bits, a window at a time: nothing is spent
on padding, and a window's scores don't depend on what else is read. NumPy's matrix products are
kept out of here, since their threads would fight with those of other processes.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from contested.language.encoder.weights import Floats, Weights

Ints = NDArray[np.int64]
_SYNTAX = ["plain", "arcs", "child", "head"]
_PLAIN = ["plain", "states", "scene"]


@dataclass(frozen=True, slots=True)
class Window:
    """Words that are read together: their pieces with the ends marked, how each piece's word is
    written, and where each word's first piece stands. Word 0 is the mark of the beginning."""

    pieces: Ints
    shapes: Ints
    firsts: Ints


@dataclass(frozen=True, slots=True)
class Scores:
    """Of one window: for each plain head its scores [word, answer]; `arcs` [word, head], where
    head 0 is the root; `child` [word, label, n] and `head` [word, n], whose products score the
    labels."""

    plain: dict[str, Floats]
    arcs: Floats
    child: Floats
    head: Floats

    def relations(self, heads: Ints) -> Ints:
        """The likeliest label of each word that hangs on `heads`."""
        found: Ints = np.einsum("wln,wn->wl", self.child, self.head[heads]).argmax(axis=1)
        return found


@dataclass(frozen=True, slots=True)
class Looked:
    """Of one window: for each plain head its scores; of each word its vector, and the chances of
    what it says of a happening (`Weights.labels["scene"]`)."""

    plain: dict[str, Floats]
    states: Floats
    scene: Floats


class Engine:
    """Holds the weights; keeps nothing between calls, and uses one thread."""

    def __init__(self, weights: Weights) -> None:
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.log_severity_level = 3
        self._session = onnxruntime.InferenceSession(
            weights.graph, options, providers=["CPUExecutionProvider"]
        )
        given = {output.name for output in self._session.get_outputs()}
        self._plain = [name for name in _PLAIN if name in given]
        sizes = [(name, len(weights.labels[name])) for name in weights.about["plain"]]
        ends = np.cumsum([size for _, size in sizes]).tolist()
        self._columns = {
            name: slice(end - size, end) for (name, size), end in zip(sizes, ends, strict=True)
        }

    def read(self, window: Window) -> Scores:
        """The scores of a window."""
        plain, arcs, child, head = self._session.run(_SYNTAX, _feed(window))
        return Scores(self._heads(plain), arcs, child.reshape(len(head), -1, head.shape[1]), head)

    def look(self, window: Window) -> Looked:
        """A window's plain heads and vectors alone, which costs less than its syntax as well."""
        plain, states, *more = self._session.run(self._plain, _feed(window))
        scene = more[0] if more else np.zeros((len(states), 0), np.float32)
        return Looked(self._heads(plain), states, scene)

    def _heads(self, plain: Floats) -> dict[str, Floats]:
        return {name: plain[:, columns] for name, columns in self._columns.items()}


def _feed(window: Window) -> dict[str, Ints]:
    return {"pieces": window.pieces, "shapes": window.shapes, "firsts": window.firsts}
