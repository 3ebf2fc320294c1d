"""The best tree, against trying all of them."""

from itertools import product

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from contested.language.encoder.trees import tree


def _is_tree(heads: tuple[int, ...]) -> bool:
    if sum(head == i for i, head in enumerate(heads)) != 1:
        return False
    for start in range(len(heads)):
        seen, at = set(), start
        while heads[at] != at:
            if at in seen:
                return False
            seen.add(at)
            at = heads[at]
    return True


def _worth(scores: np.ndarray, heads: tuple[int, ...]) -> float:
    columns = [0 if head == i else head + 1 for i, head in enumerate(heads)]
    return float(sum(scores[i, column] for i, column in enumerate(columns)))


scored = st.integers(1, 4).flatmap(
    lambda n: arrays(np.float32, (n, n + 1), elements=st.floats(-20, 20, width=32))
)


@given(scored)
def test_what_is_found_is_a_tree_with_one_root(scores: np.ndarray) -> None:
    assert _is_tree(tuple(tree(scores).tolist()))


@given(scored)
def test_no_tree_with_the_same_root_is_better(scores: np.ndarray) -> None:
    found = tuple(tree(scores).tolist())
    root = next(i for i, head in enumerate(found) if head == i)
    n = len(found)
    others = (h for h in product(range(n), repeat=n) if h[root] == root and _is_tree(h))
    assert _worth(scores, found) >= max(_worth(scores, h) for h in others) - 1e-3


def test_a_ring_is_broken_where_it_costs_least() -> None:
    scores = np.array([[1, -9, 9, 0], [0, 9, -9, 0], [8, 0, 0, -9]], np.float32)
    assert tree(scores).tolist() == [0, 0, 2] or tree(scores).tolist() == [2, 0, 2]
