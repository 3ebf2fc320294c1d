"""The best tree over scored arcs: Chu and Liu (1965), Edmonds (1967), with one root."""

from __future__ import annotations

import numpy as np

from contested.language.encoder.engine import Ints
from contested.language.encoder.weights import Floats

NEVER = np.float32(-1e9)


def tree(scores: Floats) -> Ints:
    """The head of each word of one sentence: itself for the root.

    `scores` is [word, head], where head 0 is the root and head i + 1 is word i.
    """
    n = len(scores)
    square = np.full((n + 1, n + 1), NEVER, np.float32)
    square[1:] = scores
    square[np.arange(1, n + 1), np.arange(1, n + 1)] = NEVER
    heads = square.argmax(axis=1)
    roots = np.flatnonzero(heads[1:] == 0) + 1
    if len(roots) != 1 or _cycle(heads) is not None:
        gain = square[1:, 0] - square[1:, 1:].max(axis=1)
        root = 1 + int(gain.argmax())
        square[1:, 0] = NEVER
        square[root] = NEVER
        square[root, 0] = 0
        heads = _edmonds(square)
    found = heads[1:] - 1
    return np.where(found < 0, np.arange(n), found)


def _cycle(heads: Ints) -> list[int] | None:
    """Words that hang on each other in a ring, if there are any."""
    state = [0] * len(heads)
    state[0] = 2
    above = heads.tolist()
    for start in range(1, len(above)):
        at, path = start, []
        while state[at] == 0:
            state[at] = 1
            path.append(at)
            at = above[at]
        if state[at] == 1:
            return path[path.index(at) :]
        for word in path:
            state[word] = 2
    return None


def _edmonds(square: Floats) -> Ints:
    """Heads of the best tree over `square` [word, head]; row 0 is the root's and is not read."""
    n = len(square)
    heads: Ints = square.argmax(axis=1)
    heads[0] = 0
    ring = _cycle(heads)
    if ring is None:
        return heads
    inside = np.zeros(n, bool)
    inside[ring] = True
    outside = np.flatnonzero(~inside)
    within = np.array(ring)
    lost = square[within, heads[within]]
    enter = square[np.ix_(within, outside)] - lost[:, None]
    best_in = enter.argmax(axis=0)
    leave = square[np.ix_(outside, within)]
    best_out = leave.argmax(axis=1)
    m = len(outside)
    small = np.full((m + 1, m + 1), NEVER, np.float32)
    small[:m, :m] = square[np.ix_(outside, outside)]
    small[m, :m] = enter.max(axis=0) + lost.sum()
    small[:m, m] = leave.max(axis=1)
    small[m, m] = NEVER
    found = _edmonds(small)
    out = heads.copy()
    for i, word in enumerate(outside):
        if i:
            head = int(found[i])
            out[word] = within[best_out[i]] if head == m else outside[head]
    entered = int(found[m])
    out[within[best_in[entered]]] = outside[entered]
    return out
