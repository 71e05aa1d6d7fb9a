"""The three cells: the formulas by hand, one step against whole sequences, backward against finite differences."""

import numpy as np
import pytest

from engine.cells import CELLS, GRU, LSTM, RNN, linear, sigmoid_


def sigma(x):
    return 1 / (1 + np.exp(-x))


def random_cell(cell, size=3, steps=5, batch=2, dtype=np.float64, seed=0):
    rng = np.random.default_rng(seed)
    rows = cell.gates * size
    x_part = rng.normal(size=(steps, batch, rows)).astype(dtype)
    state = [rng.normal(size=(batch, size)).astype(dtype) for _ in cell.state_names]
    return x_part, state, rng.normal(size=(rows, size)).astype(dtype), rng.normal(size=rows).astype(dtype)


# --- one step by hand, one hidden unit


def test_the_rnn_by_hand():
    (a,), gates = RNN.step(np.array([0.3]), (np.array([0.5]),), np.array([[2.0]]), np.array([0.1]))
    assert a == pytest.approx(np.tanh(0.3 + 2.0 * 0.5 + 0.1))
    assert gates == ()


def test_the_lstm_by_hand_in_the_order_i_f_g_o():
    x_part, w = np.array([0.1, 0.2, 0.3, 0.4]), np.array([[1.0], [-1.0], [2.0], [0.5]])
    (a, c), (i, f, o) = LSTM.step(x_part, (np.array([0.5]), np.array([-0.7])), w, None)
    assert (i, f, o) == pytest.approx((sigma(0.6), sigma(-0.3), sigma(0.65)))
    assert c == pytest.approx(sigma(-0.3) * -0.7 + sigma(0.6) * np.tanh(1.3))
    assert a == pytest.approx(sigma(0.65) * np.tanh(c))


def test_the_gru_by_hand_in_the_order_r_z_n_with_the_reset_gate_after_the_product():
    x_part, w, b = np.array([0.1, 0.2, 0.3]), np.array([[1.0], [-1.0], [2.0]]), np.array([0.0, 0.0, 0.4])
    (a,), (r, z) = GRU.step(x_part, (np.array([0.5]),), w, b)
    assert (r, z) == pytest.approx((sigma(0.6), sigma(-0.3)))
    n = np.tanh(0.3 + r * (2.0 * 0.5 + 0.4))
    assert a == pytest.approx((1 - z) * n + z * 0.5)


def test_sigmoid_neither_overflows_nor_leaves_0_to_1():
    values = sigmoid_(np.array([-1e300, -800.0, 0.0, 800.0, 1e300]))
    assert values.tolist() == [0, 0, 0.5, 1, 1]


def test_linear_is_the_same_for_a_vector_and_for_the_last_axis():
    rng = np.random.default_rng(0)
    weight, bias, x = rng.normal(size=(4, 3)), rng.normal(size=4), rng.normal(size=(2, 5, 3))
    together = linear(x, weight, bias)
    assert together.shape == (2, 5, 4)
    assert linear(x[1, 2], weight, bias) == pytest.approx(together[1, 2])


# --- sequences


@pytest.mark.parametrize("biased", [True, False])
@pytest.mark.parametrize("cell", CELLS.values(), ids=CELLS)
def test_forward_is_step_after_step(cell, biased):
    x_part, state, w, b = random_cell(cell)
    b = b if biased else None
    out, last, _ = cell.forward(x_part, state, w, b)
    for row in range(2):
        now = [part[row] for part in state]
        for t in range(5):
            now, _ = cell.step(x_part[t, row], now, w, b)
            assert out[t, row] == pytest.approx(now[0], abs=1e-12)
        for part, expected in zip(last, now, strict=True):
            assert part[row] == pytest.approx(expected, abs=1e-12)


@pytest.mark.parametrize("cell", CELLS.values(), ids=CELLS)
def test_a_step_leaves_its_arguments_alone(cell):
    x_part, state, w, b = random_cell(cell)
    arguments = [x_part[0, 0], *(part[0] for part in state), w, b]
    before = [array.copy() for array in arguments]
    cell.step(arguments[0], tuple(arguments[1:-2]), w, b)
    assert all(np.array_equal(array, old) for array, old in zip(arguments, before, strict=True))


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("cell", CELLS.values(), ids=CELLS)
def test_the_dtype_is_kept(cell, dtype):
    x_part, state, w, b = random_cell(cell, dtype=dtype)
    out, last, tape = cell.forward(x_part, state, w, b)
    stepped, gates = cell.step(x_part[0, 0], [part[0] for part in state], w, b)
    d_x, d_rec, before = cell.backward(np.ones_like(out), tape, w)
    assert {array.dtype for array in (out, *last, *stepped, *gates, d_x, d_rec, before)} == {np.dtype(dtype)}


@pytest.mark.parametrize("cell", CELLS.values(), ids=CELLS)
def test_backward_agrees_with_finite_differences(cell):
    x_part, state, w, b = random_cell(cell)
    weights_of_loss = np.random.default_rng(1).normal(size=(5, 2, 3))

    def loss():
        return float((cell.forward(x_part, state, w, b)[0] * weights_of_loss).sum())

    d_x, d_rec, h_before = cell.backward(weights_of_loss.copy(), cell.forward(x_part, state, w, b)[2], w)
    d_w = np.einsum("tbi,tbj->ij", d_rec, h_before)
    for array, gradient in ((x_part, d_x), (w, d_w), (b, d_rec.sum(axis=(0, 1)))):
        for index in np.ndindex(array.shape):
            kept, eps = array[index], 1e-5
            array[index] = kept + eps
            high = loss()
            array[index] = kept - eps
            low = loss()
            array[index] = kept
            assert gradient[index] == pytest.approx((high - low) / (2 * eps), rel=1e-6, abs=1e-8)
