"""A network of another project in this engine's terms: its ends found, its layers of one width, its start folded in."""

import re
from collections.abc import Mapping
from typing import NamedTuple

import numpy as np

from engine.cell_variants import ResetBeforeGRU
from engine.cells import Array
from engine.convert.checkpoint import ConversionError
from engine.convert.recurrent import Found, described
from engine.weights import Layer

_INPUT = re.compile(r"emb|encoder|wte|lookup|input", re.IGNORECASE)
_OUTPUT = re.compile(r"decoder|out|head|linear|dense|fc|proj|logit|softmax|vocab", re.IGNORECASE)
_CLOSED = -20.0  # what a gate gets that is to be closed: the logistic function of it is 2e-9


class Network(NamedTuple):
    """All weights of a language model. `embedding` (V, E), None for one-hot input; `output_weight` (V, H),
    `output_bias` (V,) or None; `names`: what the embedding and the output layer are called in the file."""

    embedding: Array | None
    layers: list[Layer]
    output_weight: Array
    output_bias: Array | None
    names: tuple[str, str] = ("", "")


def network(found: Found) -> Network:
    """The recurrent layers with the embedding and the output layer, by shape, then by name.

    Raises ConversionError where there is not exactly one of each, or where there is more than that.
    """
    width, size = found.layers[0].w_ih.shape[1], found.layers[-1].w_hh.shape[1]
    matrices = _distinct({name: array for name, array in found.rest.items() if array.ndim == 2})
    outputs = [names for names, array in matrices if array.shape[1] == size]
    if not outputs:
        raise ConversionError(
            f"no output layer (a matrix of width {size}) is among its arrays: {described(found.rest)}"
        )
    output = max(outputs, key=lambda names: _likeness(names, found.rest))
    words = len(found.rest[output[0]])
    inputs = [names for names, array in matrices if names != output and array.shape == (words, width)]
    embedding: Array | None
    if inputs:
        embedding_names, embedding = inputs[0], found.rest[inputs[0][0]]
    elif width == words:
        embedding_names, embedding = [], None  # one-hot
    elif width == size:
        embedding_names, embedding = output, found.rest[output[0]]  # tied: one matrix is both
    else:
        raise ConversionError(
            f"its first layer takes {width} numbers, but no embedding ({words}, {width}) is among its arrays: "
            f"{described(found.rest)}"
        )
    bias_name = _bias(output, words, found.rest)
    left_over = {
        name: array for name, array in found.rest.items() if name not in (*output, *embedding_names, bias_name)
    }
    if left_over:
        raise ConversionError(
            f"it has more than an embedding, recurrent layers and an output layer: {described(left_over)}; this engine "
            "would leave that out, so its numbers would be others (--only PREFIX chooses one network of several)"
        )
    bias = None if bias_name is None else found.rest[bias_name]
    called = (embedding_names[0] if embedding_names else "", output[0])
    return Network(embedding, found.layers, found.rest[output[0]], bias, called)


def _distinct(matrices: Mapping[str, Array]) -> list[tuple[list[str], Array]]:
    """Matrices with all their names: a tied one stands in the file twice, fastai's embedding three times."""
    distinct: list[tuple[list[str], Array]] = []
    for name, array in matrices.items():
        same = next((names for names, other in distinct if np.array_equal(other, array)), None)
        if same is None:
            distinct.append(([name], array))
        else:
            same.append(name)
    return distinct


def _likeness(names: list[str], arrays: Mapping[str, Array]) -> tuple[bool, bool, bool]:
    """How much a matrix looks like an output layer: it has a bias, is called so, is not called an embedding."""
    biased = any(f"{name.removesuffix('weight')}bias" in arrays for name in names)
    return biased, any(map(_OUTPUT.search, names)), not any(map(_INPUT.search, names))


def _bias(output: list[str], words: int, arrays: Mapping[str, Array]) -> str | None:
    own = [f"{name.removesuffix('weight')}bias" for name in output]
    others = [name for name, array in arrays.items() if array.shape == (words,) and name.endswith("bias")]
    return next((name for name in (*own, *others) if name in others), None)


def padded(net: Network) -> Network:
    """The same with layers of one width: a unit whose weights are all zero stays zero in every cell, and is read as 0.

    So AWD-LSTM's narrower last layer is computed exactly, for the price of the products with zeros.
    """
    size = max(layer.w_hh.shape[1] for layer in net.layers)
    layers, width = [], net.layers[0].w_ih.shape[1]
    for layer in net.layers:
        own = layer.w_hh.shape[1]
        gates = len(layer.w_hh) // own

        def wider(array: Array | None, columns: int, own: int = own, gates: int = gates) -> Array | None:
            if array is None:
                return None
            by_gate = array.reshape(gates, own, -1)
            grown = np.zeros((gates, size, columns), array.dtype)
            grown[:, :own, : by_gate.shape[2]] = by_gate
            flat: Array = grown.reshape(gates * size, columns)
            return flat if array.ndim == 2 else flat[:, 0]

        w_ih, w_hh = wider(layer.w_ih, width), wider(layer.w_hh, size)
        assert w_ih is not None
        assert w_hh is not None
        layers.append(Layer(w_ih, w_hh, wider(layer.b_ih, 1), wider(layer.b_hh, 1)))
        width = size
    output = np.zeros((len(net.output_weight), size), net.output_weight.dtype)
    output[:, : net.output_weight.shape[1]] = net.output_weight
    return net._replace(layers=layers, output_weight=output)


def started(net: Network, token_id: int | None, first_state: Array | None, variant: str | None) -> Network:
    """The same network, but from x<1> = 0 and a<0> = 0 it computes what it did from that token and that state.

    A token: b <- b + W x_start, and W x_start is taken from all inputs, so from every column of W, or from every row
    of the embedding. A state as well (makemore's) needs an input of its own that is 1 for every token and 0 for x<1>:
    a further column of the embedding. Computed in float64, then rounded as the weights were.
    """
    if token_id is None and (first_state is None or not first_state.any()):
        return net
    dtype, first = net.output_weight.dtype, net.layers[0]
    w_ih = first.w_ih.astype(np.float64)
    if token_id is None:
        begin = np.zeros(w_ih.shape[1])
    else:
        begin = (np.eye(1, w_ih.shape[1], token_id)[0] if net.embedding is None else net.embedding[token_id]).astype(
            float
        )
    layers = [
        layer._replace(b_ih=_zeros(layer) if layer.b_ih is None else layer.b_ih,
                       b_hh=_zeros(layer) if layer.b_hh is None else layer.b_hh)
        for layer in net.layers
    ]  # fmt: skip
    assert layers[0].b_ih is not None
    b_ih = layers[0].b_ih.astype(np.float64)
    at_first = b_ih + w_ih @ begin
    embedding = net.embedding
    if first_state is None or not first_state.any():
        if embedding is None:
            w_ih = w_ih - w_ih[:, token_id, None]
        else:
            embedding = (embedding - begin).astype(dtype)
    else:
        at_first = _first_from_zero(layers[0], at_first, first_state.astype(np.float64), variant)
        if embedding is None:
            embedding = np.eye(w_ih.shape[1])
        embedding = np.column_stack([embedding, np.ones(len(embedding))]).astype(dtype)
        w_ih = np.column_stack([w_ih, b_ih - at_first])
    layers[0] = layers[0]._replace(w_ih=w_ih.astype(dtype), b_ih=at_first.astype(dtype))
    return net._replace(embedding=embedding, layers=layers)


def _zeros(layer: Layer) -> Array:
    return np.zeros(len(layer.w_hh), layer.w_hh.dtype)


def _first_from_zero(layer: Layer, x_part: Array, h: Array, variant: str | None) -> Array:
    """The x_part (G * H,) of a first step from a<0> = 0 that ends where one with `x_part` from the state `h` does.

    A plain cell gets W_hh h with its input. The GRU's way round is a closed z and the first state itself, by tanh.
    """
    assert layer.b_hh is not None
    size, w_hh, b_hh = len(h), layer.w_hh.astype(np.float64), layer.b_hh.astype(np.float64)
    if len(w_hh) == size:
        plain: Array = x_part + w_hh @ h
        return plain
    assert variant == "reset-before"  # makemore's, the only one with a state that is learned
    (state,), _ = ResetBeforeGRU.step(x_part, (h,), w_hh, b_hh)
    if np.abs(state).max() >= 1:
        raise ConversionError(
            "the state that it learned to start from lies beyond -1 to 1: no first step from 0 gets there"
        )
    closed: Array = np.concatenate([x_part[:size], np.full(size, _CLOSED), np.arctanh(state)])
    closed[size:] -= b_hh[size:]
    return closed


def state_dict(net: Network) -> dict[str, Array]:
    """The weights under the names of engine/weights.py; where some biases are missing beside others they are zero."""
    weights = {} if net.embedding is None else {"embedding.weight": net.embedding}
    biased = any(bias is not None for layer in net.layers for bias in (layer.b_ih, layer.b_hh))
    for k, layer in enumerate(net.layers):
        weights |= {f"rnn.weight_ih_l{k}": layer.w_ih, f"rnn.weight_hh_l{k}": layer.w_hh}
        if biased:
            weights[f"rnn.bias_ih_l{k}"] = _zeros(layer) if layer.b_ih is None else layer.b_ih
            weights[f"rnn.bias_hh_l{k}"] = _zeros(layer) if layer.b_hh is None else layer.b_hh
    weights["output.weight"] = net.output_weight
    if net.output_bias is not None:
        weights["output.bias"] = net.output_bias
    return weights
