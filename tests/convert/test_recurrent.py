"""What is no network of this engine is refused by name, and one of several is chosen."""

import numpy as np
import pytest
from tiny_weights import random_weights

from engine.convert import ConversionError, convert
from engine.convert.recurrent import natural

TOKENS = ["a", "b", "c", "d", "e"]


def lstm(**changes):
    """A two-layer LSTM under PyTorch's names; None takes an array out."""
    given = random_weights("lstm", dtype=np.float32, embedding=3, layers=2) | changes
    return {name: array for name, array in given.items() if array is not None}


def converted(tmp_path, arrays, **options):
    np.savez(tmp_path / "weights.npz", **arrays)
    return convert(tmp_path / "weights.npz", **{"vocab": TOKENS, **options})


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"rnn.weight_ih_l0_reverse": np.ones((16, 3))}, r"it is bidirectional \(rnn.weight_ih_l0_reverse\)"),
        ({"rnn.weight_hr_l0": np.ones((2, 4))}, r"its LSTM has projections \(rnn.weight_hr_l0\)"),
        ({"encoder.layers.0.self_attn.in_proj_weight": np.ones((3, 3))}, "it has attention .*in_proj_weight"),
        ({"rnn.bias_hh_l1": np.full(16, np.nan)}, "rnn.bias_hh_l1 holds NaN or infinity"),
        ({"output.bias": np.array([0, 0, np.inf, 0, 0])}, "output.bias holds NaN or infinity"),
        (
            {"norm.weight": np.ones(4), "norm.bias": np.ones(4)},
            r"more than an embedding.*norm.weight \(4,\), norm.bias",
        ),
        ({"output.weight": None, "output.bias": None}, r"no output layer \(a matrix of width 4\)"),
        ({"embedding.weight": None}, r"no embedding \(5, 3\) is among its arrays: output.weight \(5, 4\)"),
        ({"rnn.weight_hh_l1": None}, "the recurrent layer rnn.1 is not whole: it has weight_ih"),
        ({"rnn.weight_ih_l1": np.ones((16, 9))}, "layer 1 gives 4 numbers and layer 2 takes 9"),
        ({"rnn.weight_hh_l1": np.ones((12, 4)), "rnn.weight_ih_l1": np.ones((12, 4))}, "layers are of different kinds"),
        ({"rnn.weight_hh_l0": np.ones((8, 4)), "rnn.weight_ih_l0": np.ones((8, 3))}, "layers are of different kinds"),
    ],
)
def test_what_the_engine_does_not_have_is_named(tmp_path, changes, message):
    with pytest.raises(ConversionError, match=message):
        converted(tmp_path, lstm(**changes))


@pytest.mark.parametrize(
    ("arrays", "message"),
    [
        ({}, "it holds no weights"),
        ({"conv.weight": np.ones((3, 3, 2))}, r"no recurrent layer is known among its arrays: conv.weight \(3, 3, 2\)"),
        (
            {"i2h.weight": np.ones((4, 9)), "i2o.weight": np.ones((5, 9))},
            "no recurrent layer .* i2h.weight .* i2o.weight",
        ),
        ({"wte.weight": np.ones((5, 4)), "h.0.attn.c_attn.weight": np.ones((4, 12))}, "it has attention"),
        ({"cell.xh_to_z.weight": np.ones((4, 8))}, "its cell is not whole"),
    ],
)
def test_what_is_no_recurrent_network_is_told_what_it_has(tmp_path, arrays, message):
    with pytest.raises(ConversionError, match=message):
        converted(tmp_path, arrays)


def test_the_embedding_and_the_output_layer_are_told_apart_where_their_shapes_are_the_same(tmp_path):
    for first, last in (("encoder", "decoder"), ("emb", "fc"), ("wte", "lm_head"), ("zz", "aa")):
        arrays = random_weights("rnn", dtype=np.float32, embedding=4)
        bias = arrays.pop("output.bias")
        e, out = arrays.pop("embedding.weight"), arrays.pop("output.weight")
        for named in ({f"{first}.weight": e, f"{last}.weight": out}, {f"{last}.weight": out, f"{first}.weight": e}):
            if first == "zz":  # names that say nothing: then the bias does
                named[f"{last}.bias"] = bias
            model, _ = converted(tmp_path, arrays | named)
            assert np.array_equal(model.state_dict()["embedding.weight"], e), (first, last)
            assert np.array_equal(model.state_dict()["output.weight"], out)


def test_one_network_of_several_is_chosen(tmp_path):
    arrays = lstm()
    both = {f"{copy}.{name}": array + (copy == "ema") for copy in ("model", "ema") for name, array in arrays.items()}
    with pytest.raises(ConversionError, match="--only"):
        converted(tmp_path, both)
    model, _ = converted(tmp_path, both, only="model.")
    assert np.array_equal(model.state_dict()["rnn.weight_hh_l1"], arrays["rnn.weight_hh_l1"])


def test_a_narrow_layer_is_widened_by_units_that_stay_zero(tmp_path):
    rng = np.random.default_rng(0)
    for gates in (1, 3, 4):
        shapes = {"rnns.0.weight_ih_l0": (gates * 6, 3), "rnns.0.weight_hh_l0": (gates * 6, 6),
                  "rnns.1.weight_ih_l0": (gates * 2, 6), "rnns.1.weight_hh_l0": (gates * 2, 2),
                  "emb.weight": (5, 3), "out.weight": (5, 2)}  # fmt: skip
        model, notes = converted(tmp_path, {name: rng.normal(size=shape) for name, shape in shapes.items()})
        state = model.initial_state()
        for token_id in (1, 4, 2):
            _, state = model.step(token_id, state)
            assert not state.h[1, 2:].any()
            assert state.h[1, :2].all()
        assert any("units that are always 0" in note for note in notes)


def test_names_sort_as_people_count():
    assert sorted(["lstm_10", "lstm_2", "lstm", "lstm_1"], key=natural) == ["lstm", "lstm_1", "lstm_2", "lstm_10"]


# --- as lectures and books write it, in numpy


def logits_of(cell, words=5):
    """Of `cell`, (x, state) -> (logits, state), for the zero vector and then each token."""
    state, found = None, []
    for x in [np.zeros(words), *np.eye(words)]:
        logits, state = cell(x, state)
        found.append(logits)
    return np.array(found)


def model_logits(model):
    state, found = model.initial_state(), []
    for token_id in [None, *range(len(model.vocabulary))]:
        logits, state = model.step(token_id, state)
        found.append(logits)
    return np.array(found)


def plain(size):
    rng = np.random.default_rng(size)
    w_x, w_a, w_y = rng.normal(size=(size, 5)), rng.normal(size=(size, size)), rng.normal(size=(5, size))
    b, b_y = rng.normal(size=size), rng.normal(size=5)

    def cell(x, a):
        a = np.tanh(w_x @ x + b + (0 if a is None else w_a @ a))
        return w_y @ a + b_y, a

    return (w_x, w_a, w_y, b, b_y), logits_of(cell)


@pytest.mark.parametrize("size", [4, 5])  # 5 as many as tokens: then shapes do not tell how a matrix lies
@pytest.mark.parametrize(
    "names",
    [
        ["Wax", "Waa", "Wya", "b", "by"],
        ["Wax", "Waa", "Wya", "ba", "by"],
        ["Wxh", "Whh", "Why", "bh", "by"],
        ["rnn.W_xh", "rnn.W_hh", "W_hq", "rnn.b_h", "b_q"],
    ],
)
def test_a_plain_network_in_the_names_of_the_lecture(tmp_path, names, size):
    arrays, expected = plain(size)
    if names[0] == "rnn.W_xh":
        arrays = [array.T for array in arrays]
    else:
        arrays = [array if array.ndim == 2 else array[:, None] for array in arrays]  # biases are columns
    model, notes = converted(tmp_path, dict(zip(names, arrays, strict=True)))
    assert (model.cell, model.hidden_size) == ("rnn", size)
    assert np.abs(model_logits(model) - expected).max() < 1e-12
    assert any("recurrent: RNN" in note and "as the lecture names it" in note for note in notes)


@pytest.mark.parametrize("update", ["Wi", "Wu"])
def test_an_lstm_in_the_names_of_the_lecture(tmp_path, update):
    rng = np.random.default_rng(0)
    weights = {name: rng.normal(size=(4, 9)) for name in ("Wf", update, "Wc", "Wo")} | {"Wy": rng.normal(size=(5, 4))}
    weights |= {name.replace("W", "b"): rng.normal(size=(len(array), 1)) for name, array in weights.items()}

    def cell(x, state):
        a, c = (np.zeros(4), np.zeros(4)) if state is None else state
        f, i, g, o = (
            weights[name] @ np.concatenate([a, x]) + weights[name.replace("W", "b")][:, 0]
            for name in ("Wf", update, "Wc", "Wo")
        )
        f, i, o = (1 / (1 + np.exp(-gate)) for gate in (f, i, o))
        c = f * c + i * np.tanh(g)
        a = o * np.tanh(c)
        return weights["Wy"] @ a + weights["by"][:, 0], (a, c)

    model, _ = converted(tmp_path, weights)
    assert model.cell == "lstm"
    assert np.abs(model_logits(model) - logits_of(cell)).max() < 1e-12


@pytest.mark.parametrize(
    ("more", "message"),
    [
        ({"other.Wax": np.ones((4, 5))}, "no recurrent layer is known"),
        ({"W_xz": np.ones((4, 5)), "b_z": np.ones(4)}, r"more than an embedding.*: W_xz \(4, 5\), b_z"),
        ({"Wya": np.ones(5)}, "no recurrent layer is known"),
    ],
)
def test_what_is_beside_a_network_of_the_lecture_is_not_left_out(tmp_path, more, message):
    arrays, _ = plain(4)
    with pytest.raises(ConversionError, match=message):
        converted(tmp_path, dict(zip(["Wax", "Waa", "Wya", "b", "by"], arrays, strict=True)) | more)
