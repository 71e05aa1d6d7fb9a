"""LanguageModel: its weights, its step, its gradients; agreement with PyTorch and with finite differences."""

import numpy as np
import pytest
from pytorch_reference import CASES, PATH, TOKENS, unflatten
from tiny_weights import random_weights, weight_shapes

from engine.model import LanguageModel, ModelError
from engine.sampling import softmax
from engine.training.loop import sequence_gradients
from engine.vocabulary import Vocabulary

# --- PyTorch


@pytest.fixture(scope="module")
def pytorch():
    with np.load(PATH) as numbers:
        return dict(numbers)


def test_the_reference_is_of_24_cases_and_of_the_stated_release(pytorch):
    assert len(CASES) == 24
    assert str(pytorch["torch_version"]).startswith("2.13.0")
    assert len(pytorch) == 1 + 4 * 24


@pytest.mark.parametrize("name", CASES)
def test_agreement_with_pytorch(pytorch, vocabulary, name):
    case = CASES[name]
    shapes = weight_shapes(**case)
    model = LanguageModel.from_state_dict(vocabulary, unflatten(pytorch[f"{name}/weights"], shapes))
    assert (model.cell, model.num_layers, model.hidden_size) == (case["cell"], case["layers"], case["hidden"])

    state = model.initial_state()
    for token_id, expected in zip([None, *TOKENS[:-1]], pytorch[f"{name}/logits"], strict=True):
        logits, state = model.step(token_id, state)
        np.testing.assert_allclose(logits, expected, rtol=0, atol=1e-9)

    loss, gradients = sequence_gradients(model, TOKENS)
    assert loss == pytest.approx(float(pytorch[f"{name}/loss"]), abs=1e-9)
    expected = unflatten(pytorch[f"{name}/gradients"], shapes)
    assert gradients.keys() == expected.keys()
    for weight, gradient in gradients.items():
        np.testing.assert_allclose(gradient, expected[weight], rtol=0, atol=1e-9, err_msg=weight)


# --- gradients


def loss_by_steps(vocabulary, weights, token_ids):
    """The mean cross-entropy in nats, from `step` alone."""
    model = LanguageModel.from_state_dict(vocabulary, weights)
    total, token_id, state = 0.0, None, model.initial_state()
    for next_id in token_ids:
        logits, state = model.step(token_id, state)
        total -= np.log(softmax(logits)[next_id])
        token_id = next_id
    return total / len(token_ids)


@pytest.mark.parametrize("biases", [True, False], ids=["biases", "no-biases"])
@pytest.mark.parametrize("layers", [1, 2])
@pytest.mark.parametrize("embedding", [None, 2], ids=["one-hot", "embedding"])
@pytest.mark.parametrize("cell", ["rnn", "gru", "lstm"])
def test_every_gradient_agrees_with_finite_differences(cell, embedding, layers, biases):
    vocabulary = Vocabulary("abc", "char")
    sizes = {"words": 3, "hidden": 2, "embedding": embedding, "layers": layers, "biases": biases}
    weights = random_weights(cell, seed=4, **sizes)
    token_ids, eps = [1, 2, 2, 0, 1], 1e-5
    loss, gradients = sequence_gradients(LanguageModel.from_state_dict(vocabulary, weights), token_ids)
    assert loss == pytest.approx(loss_by_steps(vocabulary, weights, token_ids), abs=1e-12)
    assert gradients.keys() == weights.keys()
    for name, array in weights.items():
        numeric = np.empty_like(array)
        for index in np.ndindex(array.shape):
            kept = array[index]
            array[index] = kept + eps
            high = loss_by_steps(vocabulary, weights, token_ids)
            array[index] = kept - eps
            low = loss_by_steps(vocabulary, weights, token_ids)
            array[index] = kept
            numeric[index] = (high - low) / (2 * eps)
        assert np.abs(gradients[name] - numeric).max() <= 1e-6 * np.abs(numeric).max(), name


@pytest.mark.parametrize("cell", ["rnn", "gru", "lstm"])
def test_a_step_along_the_gradient_lowers_the_loss(random_model, cell, vocabulary):
    model = random_model(cell, layers=2)
    loss, gradients = sequence_gradients(model, TOKENS)
    lower = {name: array - 0.01 * gradients[name] for name, array in model.state_dict().items()}
    assert sequence_gradients(LanguageModel.from_state_dict(vocabulary, lower), TOKENS)[0] < loss


def test_gradients_of_one_token_are_those_of_the_first_step(random_model):
    loss, gradients = sequence_gradients(random_model("lstm"), [2])
    model = random_model("lstm")
    probs = softmax(model.step(None, model.initial_state())[0])
    assert loss == pytest.approx(-np.log(probs[2]))
    assert gradients["output.bias"] == pytest.approx(probs - np.eye(5)[2])
    assert not gradients["rnn.weight_ih_l0"].any()  # x<1> = 0
    assert not gradients["rnn.weight_hh_l0"].any()  # a<0> = 0


# --- a step


@pytest.mark.parametrize("embedding", [None, 3])
def test_none_feeds_the_zero_vector(random_model, embedding):
    """Not token 0: with W_ih multiplied by nothing, only the biases are left."""
    model = random_model("rnn", embedding=embedding)
    weights = model.state_dict()
    a = np.tanh(weights["rnn.bias_ih_l0"] + weights["rnn.bias_hh_l0"])
    logits, state = model.step(None, model.initial_state())
    assert state.h[0] == pytest.approx(a)
    assert logits == pytest.approx(weights["output.weight"] @ a + weights["output.bias"])


def test_a_step_is_a_pure_function(random_model):
    for cell in ("rnn", "gru", "lstm"):
        model = random_model(cell, layers=2)
        _, state = model.step(2, model.initial_state())
        before = [None if part is None else part.copy() for part in state]
        first, second = model.step(3, state), model.step(3, state)
        assert np.array_equal(first[0], second[0])
        assert all(np.array_equal(a, b) for a, b in zip(first[1], second[1], strict=True) if a is not None)
        assert all(np.array_equal(a, b) for a, b in zip(state, before, strict=True) if a is not None)


def test_states_share_no_memory_with_what_comes_after(random_model):
    model = random_model("lstm")
    _, one = model.step(None, model.initial_state())
    _, two = model.step(2, one)
    assert not any(np.shares_memory(a, b) for a in one for b in two)


@pytest.mark.parametrize("cell", ["rnn", "gru", "lstm"])
def test_shapes_of_states_and_logits(random_model, cell):
    model = random_model(cell, layers=2, dtype=np.float32)
    logits, state = model.step(None, model.initial_state())
    assert logits.shape == (5,)
    assert state.h.shape == (2, 4)
    assert (state.c is None) == (cell != "lstm")
    assert logits.dtype == state.h.dtype == np.float32
    logits, state = model.step(np.array([0, 1, 2]), model.initial_state(3))
    assert logits.shape == (3, 5)
    assert state.h.shape == (2, 3, 4)


@pytest.mark.parametrize("bad", [-1, 5, np.int64(-1), np.int64(5)])
def test_a_token_id_outside_the_vocabulary_is_refused(random_model, bad):
    model = random_model("rnn")
    with pytest.raises(IndexError, match="token_id must be from 0 to 4"):
        model.step(bad, model.initial_state())


def test_gates_are_between_0_and_1_and_belong_to_the_step(random_model):
    for cell, names in (("rnn", set()), ("gru", {"r", "z"}), ("lstm", {"i", "f", "o"})):
        model = random_model(cell, layers=2)
        layers = model.gates(2, model.initial_state())
        assert [set(gates) for gates in layers] == [names] * 2
        assert all(
            values.shape == (4,) and (values > 0).all() and (values < 1).all() for g in layers for values in g.values()
        )


# --- weights


def test_weights_are_copied_and_cannot_be_written(vocabulary):
    weights = random_weights("lstm")
    model = LanguageModel.from_state_dict(vocabulary, weights)
    before = model.step(2, model.initial_state())[0]
    for array in weights.values():
        array[:] = 0
    assert np.array_equal(model.step(2, model.initial_state())[0], before)
    for array in (*model.state_dict().values(), model.output_weight, *model.layers[0]):
        with pytest.raises(ValueError, match="read-only"):
            array[...] = 0


def test_weights_lie_row_by_row_however_they_came(vocabulary):
    """By columns a product is quicker, but rounds otherwise: 2 of 540 links would show another run than before."""
    weights = {name: np.asfortranarray(weight) for name, weight in random_weights("lstm").items()}
    model = LanguageModel.from_state_dict(vocabulary, weights)
    assert all(array.flags.c_contiguous for array in model.state_dict().values())


def test_what_a_step_returns_is_no_window_on_the_weights(random_model):
    for cell in ("rnn", "gru", "lstm"):
        model = random_model(cell)
        logits, state = model.step(None, model.initial_state())
        before = model.step(None, model.initial_state())[0]
        for array in (logits, *(part for part in state if part is not None)):
            array[...] = 9
        for gates in model.gates(None, model.initial_state()):
            for array in gates.values():
                array[...] = 9
        assert np.array_equal(model.step(None, model.initial_state())[0], before)


@pytest.mark.parametrize(
    ("given", "kept"), [(np.float64, np.float64), (np.float32, np.float32), (np.float16, np.float32)]
)
def test_precision_is_kept_and_float16_becomes_float32(vocabulary, given, kept):
    model = LanguageModel.from_state_dict(vocabulary, random_weights("gru", dtype=given))
    assert model.dtype == kept
    assert {array.dtype for array in model.state_dict().values()} == {np.dtype(kept)}


def test_a_state_dict_gives_the_same_model_back(random_model, vocabulary):
    model = random_model("gru", layers=2, embedding=3)
    again = LanguageModel.from_state_dict(vocabulary, model.state_dict())
    assert np.array_equal(again.step(2, again.initial_state())[0], model.step(2, model.initial_state())[0])


@pytest.mark.parametrize("biases", [True, False])
@pytest.mark.parametrize("embedding", [None, 3])
def test_inputs_are_the_same_whether_they_are_tabulated_or_not(random_model, monkeypatch, embedding, biases):
    tabulated = random_model("gru", embedding=embedding, biases=biases, layers=2)
    monkeypatch.setattr("engine.model.MAX_TABLE", 0)
    computed = random_model("gru", embedding=embedding, biases=biases, layers=2)
    assert tabulated.input_table is not None
    assert computed.input_table is None
    one, other = tabulated.initial_state(), computed.initial_state()
    for token_id in (None, 3, 0, np.int64(4)):
        (logits, one), (same, other) = tabulated.step(token_id, one), computed.step(token_id, other)
        assert same == pytest.approx(logits, abs=1e-12)
    batch = np.array([4, 0, 4])
    many, same = (model.step(batch, model.initial_state(3))[0] for model in (tabulated, computed))
    assert same == pytest.approx(many, abs=1e-12)


@pytest.mark.parametrize("biases", [True, False])
def test_the_table_of_inputs_cannot_be_written_either(random_model, biases):
    model = random_model("lstm", biases=biases)
    for array in (model.input_table, model._zero_input):
        with pytest.raises(ValueError, match="read-only"):
            array[...] = 0


def test_what_is_missing_is_named_beside_what_there_is_and_the_way_out(vocabulary):
    weights = {f"lm.{name}": array for name, array in random_weights("lstm", layers=5).items()}
    with pytest.raises(ModelError) as caught:
        LanguageModel.from_state_dict(vocabulary, weights)
    said = str(caught.value)
    assert "the weight rnn.weight_ih_l0 is missing; there are lm.rnn.weight_ih_l0 (16, 5), lm.rnn.weight_hh_l0" in said
    assert "and 10 more" in said
    assert "python -m engine.convert FILE" in said


def changed(name, value):
    def change(weights):
        weights[name] = value(weights[name]) if callable(value) else value

    return change


def with_value(value):
    def change(array):
        array = array.copy()
        array.flat[1] = value
        return array

    return change


BAD_WEIGHTS = [
    (lambda w: w.pop("output.weight"), "output.weight is missing"),
    (lambda w: w.pop("rnn.weight_hh_l0"), "rnn.weight_hh_l0 is missing"),
    (lambda w: w.pop("rnn.weight_ih_l1"), "rnn.weight_ih_l1 is missing"),
    (lambda w: w.pop("rnn.weight_hh_l1"), "rnn.weight_ih_l1 is unknown"),
    (lambda w: w.pop("rnn.bias_hh_l0"), "rnn.bias_hh_l0 is missing"),
    (changed("rnn.weight_ih_l0_reverse", np.zeros((16, 5))), "rnn.weight_ih_l0_reverse is unknown"),
    (changed("step", np.zeros(3)), "step is unknown"),
    (changed("rnn.weight_ih_l0", np.zeros((16, 6))), r"rnn.weight_ih_l0 must have shape \(16, 5\), but has \(16, 6\)"),
    (changed("rnn.weight_hh_l0", np.zeros((17, 4))), "rnn.weight_hh_l0 must have 1"),
    (changed("rnn.weight_hh_l0", np.zeros((8, 4))), "rnn.weight_hh_l0 must have 1"),
    (changed("rnn.weight_hh_l0", np.zeros(16)), "rnn.weight_hh_l0 must be a matrix"),
    (changed("rnn.weight_hh_l0", np.zeros((0, 0))), "rnn.weight_hh_l0 must be a matrix"),
    (changed("output.weight", lambda w: w[:4]), r"output.weight must have shape \(5, 4\), but has \(4, 4\)"),
    (changed("output.bias", np.zeros((5, 1))), "output.bias must have shape"),
    (changed("embedding.weight", np.zeros((4, 3))), "must have shape"),
    (changed("embedding.weight", np.zeros(())), "must have shape"),
    (changed("output.bias", with_value(np.nan)), "output.bias must be finite"),
    (changed("rnn.weight_hh_l1", with_value(-np.inf)), "rnn.weight_hh_l1 must be finite"),
    (changed("output.bias", np.zeros(5, int)), "output.bias must hold floating-point numbers, but has dtype int64"),
    (changed("output.bias", np.zeros(5, bool)), "output.bias must hold floating-point numbers"),
    (
        changed("output.bias", np.array([None] * 5)),
        "output.bias must hold floating-point numbers, but has dtype object",
    ),
    (changed("output.bias", np.zeros(5, complex)), "output.bias must hold floating-point numbers"),
    (changed("output.bias", np.zeros(5, np.longdouble)), "output.bias must be float64, float32 or float16"),
]


@pytest.mark.parametrize(("change", "message"), BAD_WEIGHTS)
def test_weights_that_make_no_model_are_named(vocabulary, change, message):
    weights = random_weights("lstm", layers=2)
    change(weights)
    with pytest.raises(ModelError, match=message):
        LanguageModel.from_state_dict(vocabulary, weights)


def test_no_weights_at_all_are_an_error_too(vocabulary):
    with pytest.raises(ModelError, match="is missing"):
        LanguageModel.from_state_dict(vocabulary, {})
