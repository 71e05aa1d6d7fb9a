"""The three recurrent cells: plain RNN, GRU and LSTM, forward and backward, one step and whole sequences.

Shapes: T time steps, B sequences side by side, H hidden units, G gates (RNN 1, GRU 3, LSTM 4). What comes in through
the input weights is `x_part` = W_ih x<t> + b_ih, (..., G * H): the model computes it, for a whole sequence in one
product. All sequences are time-major, (T, B, ...), so that one time step is one contiguous block.

Gate order and formulas are PyTorch's (torch.nn.RNN, GRU, LSTM). sigma is the logistic function, * is elementwise:

RNN   a<t> = tanh(x_part + W_hh a<t-1> + b_hh)

LSTM  i, f, o = sigma(...), g = tanh(...) of x_part + W_hh a<t-1> + b_hh, in the order i f g o
      c<t> = f * c<t-1> + i * g;   a<t> = o * tanh(c<t>)

GRU   r, z = sigma(...) of x_part + W_hh a<t-1> + b_hh;   n = tanh(x_n + r * (W_hn a<t-1> + b_hn)), in the order r z n
      a<t> = (1 - z) * n + z * a<t-1>
      The lecture writes it with the roles turned: its update gate is 1 - z, its relevance gate r multiplies a<t-1>
      before the matrix product, and its c<t> is this a<t>.
"""

from collections.abc import Sequence
from functools import cache
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

Array: TypeAlias = NDArray[Any]  # float32 or float64, as the model's weights are
Parts: TypeAlias = tuple[Array, ...]


def linear(x: Array, weight: Array, bias: Array | None) -> Array:
    """weight @ x + bias for one vector (I,), or for the last axis of an array (..., I); weight (O, I), bias (O,)."""
    product: Array = weight.dot(x) if x.ndim == 1 else x @ weight.T  # of a vector `dot` is the quicker way to the same
    if bias is not None:
        product += bias
    return product


def sigmoid_(x: Array) -> Array:
    """The logistic function, in place. sigma(x) = (1 + tanh(x / 2)) / 2 cannot overflow, unlike 1 / (1 + exp(-x))."""
    x *= 0.5
    np.tanh(x, out=x)
    x += 1.0
    x *= 0.5
    return x


@cache
def _as_tanh(size: int, dtype: np.dtype[Any]) -> tuple[Array, Array]:
    """(scale, shift), (4 * size,) each: the LSTM's gates i f g o are scale * tanh(scale * x) + shift.

    sigma(x) = tanh(x / 2) / 2 + 1 / 2 for i, f and o; for g it is plainly tanh(x).
    """
    scale = np.repeat(np.array([0.5, 0.5, 1.0, 0.5], dtype), size)
    shift = 1 - scale
    for array in (scale, shift):
        array.flags.writeable = False  # shared by all models of this size
    return scale, shift


class RNN:
    """The plain recurrent cell. Its state is (a,)."""

    gates = 1
    gate_names: tuple[str, ...] = ()
    state_names = ("h",)

    @staticmethod
    def step(x_part: Array, state: Sequence[Array], w_hh: Array, b_hh: Array | None) -> tuple[Parts, Parts]:
        """One time step: (..., H) and (a<t-1>,) in, ((a<t>,), no gates) out."""
        pre = x_part + linear(state[0], w_hh, b_hh)
        return (np.tanh(pre, out=pre),), ()

    @staticmethod
    def forward(x_part: Array, state: Parts, w_hh: Array, b_hh: Array | None) -> tuple[Array, Parts, Parts]:
        """All steps of (T, B, H): outputs (T, B, H), the last state, and what `backward` needs."""
        h = np.empty((len(x_part) + 1, *state[0].shape), x_part.dtype)
        h[0] = state[0]
        w = np.ascontiguousarray(w_hh.T)
        for t in range(len(x_part)):
            np.matmul(h[t], w, out=h[t + 1])
            h[t + 1] += x_part[t]
            if b_hh is not None:
                h[t + 1] += b_hh
            np.tanh(h[t + 1], out=h[t + 1])
        return h[1:], (h[-1],), (h,)

    @staticmethod
    def backward(d_out: Array, tape: Parts, w_hh: Array) -> tuple[Array, Array, Array]:
        """From dL/da (T, B, H) to dL/dx_part and dL/d(W_hh a + b_hh), both (T, B, H), and W_hh's other factor."""
        (h,) = tape
        d_pre = np.empty_like(d_out)
        d_h = np.zeros_like(h[0])
        for t in reversed(range(len(d_out))):
            d_h += d_out[t]
            np.multiply(h[t + 1], h[t + 1], out=d_pre[t])
            np.subtract(1.0, d_pre[t], out=d_pre[t])
            d_pre[t] *= d_h
            np.matmul(d_pre[t], w_hh, out=d_h)
        return d_pre, d_pre, h[:-1]


class LSTM:
    """Long short-term memory (Hochreiter and Schmidhuber 1997), with the forget gate. Its state is (a, c)."""

    gates = 4
    gate_names = ("i", "f", "o")
    state_names = ("h", "c")

    @staticmethod
    def step(x_part: Array, state: Sequence[Array], w_hh: Array, b_hh: Array | None) -> tuple[Parts, Parts]:
        """One time step: (..., 4H) and (a<t-1>, c<t-1>) in, ((a<t>, c<t>), (i, f, o)) out."""
        h, c = state
        size = h.shape[-1]
        gates = linear(h, w_hh, b_hh)
        gates += x_part
        scale, shift = _as_tanh(size, gates.dtype)  # one tanh for all four gates: fewer calls make a step fast
        gates *= scale
        np.tanh(gates, out=gates)
        gates *= scale
        gates += shift
        i, f = gates[..., :size], gates[..., size : 2 * size]
        g, o = gates[..., 2 * size : 3 * size], gates[..., 3 * size :]
        c = f * c
        c += i * g
        h = np.tanh(c)
        h *= o
        return (h, c), (i, f, o)

    @staticmethod
    def forward(x_part: Array, state: Parts, w_hh: Array, b_hh: Array | None) -> tuple[Array, Parts, Parts]:
        """All steps of (T, B, 4H): outputs (T, B, H), the last state, and what `backward` needs."""
        steps, (batch, size) = len(x_part), state[0].shape
        h = np.empty((steps + 1, batch, size), x_part.dtype)
        c = np.empty_like(h)
        tanh_c = np.empty((steps, batch, size), x_part.dtype)
        gates = np.empty((steps, 4, batch, size), x_part.dtype)  # one block per gate: every slice is contiguous
        h[0], c[0] = state
        w = np.ascontiguousarray(w_hh.T)
        pre = np.empty((batch, 4 * size), x_part.dtype)
        scratch = np.empty((batch, size), x_part.dtype)
        for t in range(steps):
            np.matmul(h[t], w, out=pre)
            pre += x_part[t]
            if b_hh is not None:
                pre += b_hh
            for k in range(4):
                gates[t, k] = pre[:, k * size : (k + 1) * size]
            i, f, g, o = gates[t]
            sigmoid_(gates[t, :2])
            np.tanh(g, out=g)
            sigmoid_(o)
            np.multiply(f, c[t], out=c[t + 1])
            np.multiply(i, g, out=scratch)
            c[t + 1] += scratch
            np.tanh(c[t + 1], out=tanh_c[t])
            np.multiply(o, tanh_c[t], out=h[t + 1])
        return h[1:], (h[-1], c[-1]), (h, c, tanh_c, gates)

    @staticmethod
    def backward(d_out: Array, tape: Parts, w_hh: Array) -> tuple[Array, Array, Array]:
        """From dL/da (T, B, H) to dL/dx_part and dL/d(W_hh a + b_hh), both (T, B, 4H), and W_hh's other factor."""
        h, c, tanh_c, gates = tape
        steps, batch, size = d_out.shape
        d_pre = np.empty((steps, batch, 4 * size), d_out.dtype)
        d_h = np.zeros((batch, size), d_out.dtype)
        d_c = np.zeros_like(d_h)
        for t in reversed(range(steps)):
            i, f, g, o = gates[t]
            d_i, d_f, d_g, d_o = (d_pre[t, :, k * size : (k + 1) * size] for k in range(4))
            d_h += d_out[t]
            d_c += d_h * o * (1.0 - tanh_c[t] * tanh_c[t])
            np.multiply(d_c * g, i * (1.0 - i), out=d_i)
            np.multiply(d_c * c[t], f * (1.0 - f), out=d_f)
            np.multiply(d_c * i, 1.0 - g * g, out=d_g)
            np.multiply(d_h * tanh_c[t], o * (1.0 - o), out=d_o)
            d_c *= f
            np.matmul(d_pre[t], w_hh, out=d_h)
        return d_pre, d_pre, h[:-1]


class GRU:
    """Gated recurrent unit (Cho et al. 2014) in PyTorch's form: reset gate after the product. Its state is (a,)."""

    gates = 3
    gate_names = ("r", "z")
    state_names = ("h",)

    @staticmethod
    def step(x_part: Array, state: Sequence[Array], w_hh: Array, b_hh: Array | None) -> tuple[Parts, Parts]:
        """One time step: (..., 3H) and (a<t-1>,) in, ((a<t>,), (r, z)) out."""
        h = state[0]
        size = h.shape[-1]
        h_part = linear(h, w_hh, b_hh)
        rz = sigmoid_(x_part[..., : 2 * size] + h_part[..., : 2 * size])
        r, z = rz[..., :size], rz[..., size:]
        n = np.tanh(x_part[..., 2 * size :] + r * h_part[..., 2 * size :])
        return (n + z * (h - n),), (r, z)

    @staticmethod
    def forward(x_part: Array, state: Parts, w_hh: Array, b_hh: Array | None) -> tuple[Array, Parts, Parts]:
        """All steps of (T, B, 3H): outputs (T, B, H), the last state, and what `backward` needs."""
        steps, (batch, size) = len(x_part), state[0].shape
        h = np.empty((steps + 1, batch, size), x_part.dtype)
        gates = np.empty((steps, 3, batch, size), x_part.dtype)
        h_n = np.empty((steps, batch, size), x_part.dtype)
        h[0] = state[0]
        w = np.ascontiguousarray(w_hh.T)
        h_part = np.empty((batch, 3 * size), x_part.dtype)
        for t in range(steps):
            np.matmul(h[t], w, out=h_part)
            if b_hh is not None:
                h_part += b_hh
            r, z, n = gates[t]
            np.add(x_part[t, :, :size], h_part[:, :size], out=r)
            np.add(x_part[t, :, size : 2 * size], h_part[:, size : 2 * size], out=z)
            sigmoid_(gates[t, :2])
            h_n[t] = h_part[:, 2 * size :]
            np.multiply(r, h_n[t], out=n)
            n += x_part[t, :, 2 * size :]
            np.tanh(n, out=n)
            np.subtract(h[t], n, out=h[t + 1])
            h[t + 1] *= z
            h[t + 1] += n
        return h[1:], (h[-1],), (h, h_n, gates)

    @staticmethod
    def backward(d_out: Array, tape: Parts, w_hh: Array) -> tuple[Array, Array, Array]:
        """From dL/da (T, B, H) to dL/dx_part and dL/d(W_hh a + b_hh), both (T, B, 3H), and W_hh's other factor."""
        h, h_n, gates = tape
        steps, batch, size = d_out.shape
        d_x = np.empty((steps, batch, 3 * size), d_out.dtype)
        d_rec = np.empty_like(d_x)
        d_h = np.zeros((batch, size), d_out.dtype)
        for t in reversed(range(steps)):
            r, z, n = gates[t]
            d_h += d_out[t]
            d_n = d_h * (1.0 - z) * (1.0 - n * n)
            np.multiply(d_n * h_n[t], r * (1.0 - r), out=d_x[t, :, :size])
            np.multiply(d_h * (h[t] - n), z * (1.0 - z), out=d_x[t, :, size : 2 * size])
            d_x[t, :, 2 * size :] = d_n
            d_rec[t, :, : 2 * size] = d_x[t, :, : 2 * size]
            np.multiply(d_n, r, out=d_rec[t, :, 2 * size :])
            d_h *= z
            d_h += d_rec[t] @ w_hh
        return d_x, d_rec, h[:-1]


Cell: TypeAlias = type[RNN] | type[GRU] | type[LSTM]
CELLS: dict[str, Cell] = {"rnn": RNN, "gru": GRU, "lstm": LSTM}
