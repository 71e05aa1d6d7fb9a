"""Backpropagation through time: the loss of a batch of sequences and its gradients, for the whole network.

Time runs along the first axis, (T, B): one time step is one row of B tokens. A batch says for every place what is fed
(`NOTHING` for the zero vector, x<1>), what should have been predicted there and whether the place counts: padding does
not. Weights and gradients are tables by PyTorch's names (see engine/model.py); gradients are those of the mean
cross-entropy in nats per token that counts.

A text without ends is cut into chunks (truncated backpropagation): a chunk begins with the state and the last token
of the one before it, and no gradient crosses the cut.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from engine.cells import CELLS, Array, Cell, Parts, linear
from engine.model import Layer, State, recurrent_layers
from engine.vocabulary import TokenIds

NOTHING = -1  # the input x<1>: no token, the zero vector
_CHUNK = 2**22  # logits computed at once: 16 MB of float32, which stay in the cache between the passes over them
_FEW_TOKENS = 256  # up to this many a product with their one-hot matrix costs less than sorting wide rows


class Batch(NamedTuple):
    """Inputs and targets: token ids, (T, B); mask (T, B): True where the target counts."""

    inputs: Array
    targets: Array
    mask: Array

    @classmethod
    def of_sequences(cls, sequences: Sequence[TokenIds]) -> "Batch":
        """Whole sequences side by side, each from x<1> = 0 to its own last token; the shorter ones are padded.

        >>> Batch.of_sequences([[5, 7, 0], [6]]).inputs
        array([[-1, -1],
               [ 5, -1],
               [ 7, -1]])
        """
        lengths = np.array([len(sequence) for sequence in sequences])
        if len(lengths) == 0 or lengths.min() == 0:
            raise ValueError("a batch needs sequences of at least one token each")
        mask = np.arange(lengths.max())[:, None] < lengths
        targets = np.zeros(mask.shape, dtype=np.intp)
        targets.T[mask.T] = np.concatenate(sequences)
        inputs = np.full_like(targets, NOTHING)
        inputs[1:][mask[1:]] = targets[:-1][mask[1:]]
        return cls(inputs, targets, mask)

    @classmethod
    def of_stream(cls, tokens: Array, before: Array) -> "Batch":
        """The next chunk (T, B) of B texts without ends; `before` (B,): the token before it, NOTHING at the start."""
        return cls(np.concatenate([before[None], tokens[:-1]]), tokens, np.ones(tokens.shape, dtype=bool))


def mean_loss(weights: dict[str, Array], batch: Batch, state: State | None = None) -> tuple[float, State]:
    """(mean cross-entropy in nats per token that counts, the state after the last step), without gradients.

    `state`: (num_layers, B, H), what the batch begins with; None: zero.
    """
    out, state, _ = _forward(weights, batch, state, 0.0, None)
    loss, _, _ = _cross_entropy(out[batch.mask], batch.targets[batch.mask], weights, with_gradients=False)
    return loss, state


def loss_and_gradients(
    weights: dict[str, Array],
    batch: Batch,
    state: State | None = None,
    dropout: float = 0.0,
    rng: np.random.Generator | None = None,
) -> tuple[float, dict[str, Array], State]:
    """(mean loss as in `mean_loss`, its gradient for every weight, the state after the last step).

    `dropout`: the share of values set to zero (the others are scaled up) after the embedding, between layers and before
    the output layer; as in torch.nn.LSTM not within a layer. It needs `rng`.
    """
    out, last_state, tapes = _forward(weights, batch, state, dropout, rng)
    whole = batch.mask.all()
    rows, targets = (out.reshape(-1, out.shape[-1]), batch.targets.ravel())
    if not whole:
        rows, targets = rows[batch.mask.ravel()], targets[batch.mask.ravel()]
    loss, d_rows, gradients = _cross_entropy(rows, targets, weights, with_gradients=True)
    if whole:
        d_out = d_rows.reshape(out.shape)
    else:
        d_out = np.zeros_like(out)
        d_out[batch.mask] = d_rows
    gradients |= _backward(weights, batch, tapes, d_out)
    return loss, {name: gradients[name] for name in weights}, last_state


class _Tape(NamedTuple):
    """What the backward pass of one layer needs from its forward pass."""

    x: Array | None  # (T, B, input size); None: one-hot
    x_kept: Array | None  # dropout's factors for x: 0 or 1 / (1 - dropout)
    cell: Parts


def _cell(layer: Layer) -> Cell:
    gates = len(layer.w_hh) // layer.w_hh.shape[1]
    return next(cell for cell in CELLS.values() if cell.gates == gates)


def _forward(
    weights: dict[str, Array], batch: Batch, state: State | None, dropout: float, rng: np.random.Generator | None
) -> tuple[Array, State, list[_Tape]]:
    """(the last layer's outputs (T, B, H) after dropout, the last state, the tapes; the last one is of the output)."""
    layers = recurrent_layers(weights)
    parts = len(_cell(layers[0]).state_names)
    if state is None:
        shape = (len(layers), batch.inputs.shape[1], layers[0].w_hh.shape[1])
        state = State(*(np.zeros(shape, layers[0].w_hh.dtype) for _ in range(parts)))
    start = batch.inputs == NOTHING
    x: Array | None = None
    if "embedding.weight" in weights:
        x = weights["embedding.weight"][batch.inputs]
        x[start] = 0.0
    tapes, states = list[_Tape](), list[Parts]()
    for k, layer in enumerate(layers):
        kept = None
        if x is None:  # a one-hot x picks a column of W_ih
            x_part = np.ascontiguousarray(layer.w_ih.T)[batch.inputs]
            x_part[start] = 0.0
            if layer.b_ih is not None:
                x_part += layer.b_ih
        else:
            x, kept = _drop(x, dropout, rng)
            x_part = linear(x.reshape(-1, x.shape[-1]), layer.w_ih, layer.b_ih).reshape(*x.shape[:2], -1)
        before = tuple(part[k] for part in state[:parts] if part is not None)
        out, last, cell_tape = _cell(layer).forward(x_part, before, layer.w_hh, layer.b_hh)
        tapes.append(_Tape(x, kept, cell_tape))
        states.append(last)
        x = out
    out, kept = _drop(out, dropout, rng)
    tapes.append(_Tape(None, kept, ()))
    return out, State(*(np.array(part) for part in zip(*states, strict=True))), tapes


def _backward(weights: dict[str, Array], batch: Batch, tapes: list[_Tape], d_out: Array) -> dict[str, Array]:
    """The gradients of all weights before the output layer, from dL/d(its input), (T, B, H), which is overwritten."""
    gradients: dict[str, Array] = {}
    layers = recurrent_layers(weights)
    above = tapes[-1]
    for k in reversed(range(len(layers))):
        if above.x_kept is not None:
            d_out *= above.x_kept
        layer, above = layers[k], tapes[k]
        d_x_part, d_rec, h_before = _cell(layer).backward(d_out, above.cell, layer.w_hh)
        d_x_part, d_rec = (_rows(part) for part in (d_x_part, d_rec))
        gradients[f"rnn.weight_hh_l{k}"] = d_rec.T @ _rows(h_before)
        if layer.b_ih is not None:
            gradients[f"rnn.bias_ih_l{k}"] = d_x_part.sum(axis=0)
            gradients[f"rnn.bias_hh_l{k}"] = d_rec.sum(axis=0)
        if above.x is None:
            gradients[f"rnn.weight_ih_l{k}"] = _sum_by_token(d_x_part, batch.inputs.ravel(), layer.w_ih.shape[1]).T
        else:
            gradients[f"rnn.weight_ih_l{k}"] = d_x_part.T @ _rows(above.x)
            d_out = (d_x_part @ layer.w_ih).reshape(above.x.shape)
    if "embedding.weight" in weights:
        if above.x_kept is not None:
            d_out *= above.x_kept
        size = len(weights["embedding.weight"])
        gradients["embedding.weight"] = _sum_by_token(_rows(d_out), batch.inputs.ravel(), size)
    return gradients


def _cross_entropy(
    h: Array, targets: NDArray[np.intp], weights: dict[str, Array], with_gradients: bool
) -> tuple[float, Array, dict[str, Array]]:
    """The mean of -log softmax(W h + b)[target] over the rows of h (N, H), dL/dh and {name: gradient}; these
    two are empty without gradients.

    Logits are made, used and forgotten chunk by chunk: all (N, V) of them would not fit the cache.
    """
    weight, bias = weights["output.weight"], weights.get("output.bias")
    size = max(1, _CHUNK // len(weight))
    total = 0.0
    d_h = np.empty_like(h if with_gradients else h[:0])
    d_weight, d_bias = np.zeros_like(weight), np.zeros(len(weight), weight.dtype)
    for first in range(0, len(h), size):
        here, goal = h[first : first + size], targets[first : first + size]
        each = np.arange(len(goal))
        scores = linear(here, weight, bias)
        scores -= scores.max(axis=1, keepdims=True)
        total -= scores[each, goal].sum(dtype=np.float64)
        np.exp(scores, out=scores)
        sums = scores.sum(axis=1, keepdims=True)
        total += np.log(sums).sum(dtype=np.float64)
        if with_gradients:
            scores *= 1.0 / (sums * len(h))
            scores[each, goal] -= 1.0 / len(h)  # dL/dlogits = (softmax - one-hot) / N
            np.matmul(scores, weight, out=d_h[first : first + size])
            d_weight += scores.T @ here
            d_bias += scores.sum(axis=0)
    loss = float(total / len(h))
    gradients = {"output.weight": d_weight} | ({} if bias is None else {"output.bias": d_bias})
    return loss, d_h, gradients if with_gradients else {}


def _drop(x: Array, dropout: float, rng: np.random.Generator | None) -> tuple[Array, Array | None]:
    """x with a random share of its values set to zero and the others scaled up to make up for it; and the factors."""
    if dropout == 0.0:
        return x, None
    if rng is None:
        raise ValueError("dropout needs rng, a random number generator")
    kept = (rng.random(x.shape, dtype=np.float32) >= dropout).astype(x.dtype)
    kept /= 1.0 - dropout
    return x * kept, kept


def _sum_by_token(rows: Array, ids: NDArray[np.intp], count: int) -> Array:
    """(count, width): for every token the sum of the rows (N, width) at which it was fed; NOTHING is left out."""
    if count <= _FEW_TOKENS:
        summed: Array = (ids == np.arange(count)[:, None]).astype(rows.dtype) @ rows
        return summed
    order = np.argsort(ids, kind="stable")
    order = order[np.searchsorted(ids[order], 0) :]
    ids = ids[order]
    sums = np.zeros((count, rows.shape[1]), rows.dtype)
    if len(ids):
        starts = np.flatnonzero(np.diff(ids, prepend=NOTHING))
        sums[ids[starts]] = np.add.reduceat(rows[order], starts, axis=0)
    return sums


def _rows(array: Array) -> Array:
    return array.reshape(-1, array.shape[-1])
