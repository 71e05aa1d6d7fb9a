"""Two cells that other people's models have and PyTorch's names do not tell apart; a step only, they are not trained.

Shapes and letters as in engine/cells.py. What a model file calls them stands in VARIANTS.

relu           the plain RNN with max(0, .) in the place of tanh (nn.RNN's nonlinearity="relu"): a<t> has no upper bound
reset-before   the GRU as Cho et al. 2014 and the lecture write it: the reset gate r multiplies a<t-1> before the matrix
               product, n = tanh(x_n + W_hn (r * a<t-1>) + b_hn). Keras calls it reset_after=False; weights in the order
               r z n and the roles of z and 1 - z as PyTorch has them
"""

from collections.abc import Sequence
from typing import TypeAlias

import numpy as np

from engine.cells import Array, Cell, Parts, linear, sigmoid_


class ReluRNN:
    """The plain recurrent cell with max(0, .). Its state is (a,)."""

    gates = 1
    gate_names: tuple[str, ...] = ()
    state_names = ("h",)

    @staticmethod
    def step(x_part: Array, state: Sequence[Array], w_hh: Array, b_hh: Array | None) -> tuple[Parts, Parts]:
        """One time step: (..., H) and (a<t-1>,) in, ((a<t>,), no gates) out."""
        with np.errstate(over="ignore", invalid="ignore"):  # the model's logits then say that a<t> has exploded
            pre = x_part + linear(state[0], w_hh, b_hh)
        return (np.maximum(pre, 0, out=pre),), ()


class ResetBeforeGRU:
    """The GRU whose reset gate stands before the matrix product. Its state is (a,)."""

    gates = 3
    gate_names = ("r", "z")
    state_names = ("h",)

    @staticmethod
    def step(x_part: Array, state: Sequence[Array], w_hh: Array, b_hh: Array | None) -> tuple[Parts, Parts]:
        """One time step: (..., 3H) and (a<t-1>,) in, ((a<t>,), (r, z)) out."""
        h = state[0]
        edge = 2 * h.shape[-1]
        rz = linear(h, w_hh[:edge], None if b_hh is None else b_hh[:edge])
        rz += x_part[..., :edge]
        sigmoid_(rz)
        r, z = rz[..., : edge // 2], rz[..., edge // 2 :]
        n = linear(r * h, w_hh[edge:], None if b_hh is None else b_hh[edge:])
        n += x_part[..., edge:]
        np.tanh(n, out=n)
        return (n + z * (h - n),), (r, z)


Variant: TypeAlias = type[ReluRNN] | type[ResetBeforeGRU]
Equations: TypeAlias = Cell | Variant  # what a model needs of a cell: its step, its gates and states by name
VARIANTS: dict[str, Variant] = {"relu": ReluRNN, "reset-before": ResetBeforeGRU}
