"""Weights of tiny networks, by PyTorch's names."""

import numpy as np

GATES = {"rnn": 1, "gru": 3, "lstm": 4}


def weight_shapes(cell, words=5, hidden=4, layers=1, embedding=None, biases=True):
    """The shape of every weight by PyTorch's names; `embedding`: its width, None for one-hot input."""
    rows = GATES[cell] * hidden
    shapes = {} if embedding is None else {"embedding.weight": (words, embedding)}
    for k in range(layers):
        shapes[f"rnn.weight_ih_l{k}"] = (rows, (embedding or words) if k == 0 else hidden)
        shapes[f"rnn.weight_hh_l{k}"] = (rows, hidden)
        if biases:
            shapes[f"rnn.bias_ih_l{k}"] = shapes[f"rnn.bias_hh_l{k}"] = (rows,)
    shapes["output.weight"] = (words, hidden)
    if biases:
        shapes["output.bias"] = (words,)
    return shapes


def random_weights(cell, dtype=np.float64, seed=0, **sizes):
    rng = np.random.default_rng(seed)
    return {name: rng.normal(0, 0.7, shape).astype(dtype) for name, shape in weight_shapes(cell, **sizes).items()}
