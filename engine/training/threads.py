"""The gradients of a large batch on all cores: parts of it go through the network side by side, each on a thread.

numpy lets go of the interpreter in its loops as in its products, so the threads keep their cores busy all the time.
BLAS's own threads do so in the products alone, which are half of an update; where it has several, a batch stays whole,
for they would wait for one another.
"""

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from itertools import pairwise

import numpy as np

from engine.cells import Array
from engine.model import State, recurrent_layers
from engine.training.backpropagation import Batch, loss_and_gradients

# Multiplications of one time step that are worth a thread: with fewer it waits for the interpreter (measured with 32
# and 64 sequences, 64 to 512 hidden units, 30 to 4,000 tokens).
_ENOUGH = 2_000_000


def loss_and_gradients_in_parts(
    weights: dict[str, Array],
    batch: Batch,
    state: State | None = None,
    dropout: float = 0.0,
    rng: np.random.Generator | None = None,
    parts: int | None = None,
) -> tuple[float, dict[str, Array], State]:
    """What `loss_and_gradients` gives, up to rounding (and other values are dropped by dropout), from so many `parts`.
    None: as many as this machine computes fastest with.
    """
    count = min(parts or worthwhile(weights, batch), batch.inputs.shape[1])
    if count == 1:
        return loss_and_gradients(weights, batch, state, dropout, rng)
    pieces = split(batch, count)
    states = [None] * count if state is None else _split_state(state, count)
    rngs = [None] * count if rng is None else rng.spawn(count)
    found = list(_pool().map(loss_and_gradients, [weights] * count, pieces, states, [dropout] * count, rngs))
    return merge(found, [int(piece.mask.sum()) for piece in pieces])


def worthwhile(weights: dict[str, Array], batch: Batch) -> int:
    """How many threads an update of this size is worth, of those that there are cores for."""
    if os.environ.get("OPENBLAS_NUM_THREADS") != "1":
        return 1
    each = sum(layer.w_hh.size for layer in recurrent_layers(weights)) + weights["output.weight"].size
    return int(max(1, min(_cores(), batch.inputs.shape[1] * each // _ENOUGH)))


def split(batch: Batch, count: int) -> list[Batch]:
    """The sequences side by side in `count` parts, as even as can be."""
    return [Batch(*(part[:, side] for part in batch)) for side in _sides(batch.inputs.shape[1], count)]


def merge(
    found: Sequence[tuple[float, dict[str, Array], State]], counts: Sequence[int]
) -> tuple[float, dict[str, Array], State]:
    """The mean loss of all, its gradients and the state, from those of the parts and the tokens that count in each.
    Overwrites the gradients."""
    loss, summed = 0.0, found[0][1]
    for (one, gradients, _), count in zip(found, counts, strict=True):
        share = count / sum(counts)
        loss += share * one
        for name, gradient in gradients.items():
            gradient *= share
            if gradients is not summed:
                summed[name] += gradient
    states = zip(*(_held(state) for _, _, state in found), strict=True)
    return loss, summed, State(*(np.concatenate(parts, axis=1) for parts in states))


def _sides(width: int, count: int) -> list[slice]:
    return [slice(*pair) for pair in pairwise(width * k // count for k in range(count + 1))]


def _held(state: State) -> list[Array]:
    return [part for part in state if part is not None]


def _split_state(state: State, count: int) -> list[State]:
    return [State(*(part[:, side] for part in _held(state))) for side in _sides(state.h.shape[1], count)]


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@cache
def _pool() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(_cores(), "part of a batch")
