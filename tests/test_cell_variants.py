"""The two cells that PyTorch's names do not tell apart: by hand, and wherever the app uses a cell."""

import numpy as np
import pytest
from tiny_weights import random_weights

from engine.cell_variants import VARIANTS, ReluRNN, ResetBeforeGRU
from engine.generation import generate, sample_many
from engine.model import LanguageModel, ModelError
from engine.recipe import Recipe
from engine.sampling import softmax
from engine.scoring import score
from engine.training import sequence_gradients

CELLS = {"relu": "rnn", "reset-before": "gru"}


def sigma(x):
    return 1 / (1 + np.exp(-x))


def test_the_relu_rnn_by_hand():
    w = np.array([[2.0, 0.0], [0.0, -3.0]])
    (a,), gates = ReluRNN.step(np.array([0.3, 0.2]), (np.array([0.5, 1.0]),), w, np.array([0.1, 0.1]))
    assert a == pytest.approx([1.4, 0])
    assert gates == ()


def test_the_gru_by_hand_with_the_reset_gate_before_the_product():
    x_part, w, b = np.array([0.1, 0.2, 0.3]), np.array([[1.0], [-1.0], [2.0]]), np.array([0.0, 0.0, 0.4])
    (a,), (r, z) = ResetBeforeGRU.step(x_part, (np.array([0.5]),), w, b)
    assert (r, z) == pytest.approx((sigma(0.6), sigma(-0.3)))
    n = np.tanh(0.3 + 2.0 * (r * 0.5) + 0.4)  # the bias is not reset
    assert a == pytest.approx((1 - z) * n + z * 0.5)


@pytest.fixture
def variant_model(vocabulary):
    return lambda variant, **options: LanguageModel.from_state_dict(
        vocabulary, random_weights(CELLS[variant], **options), variant=variant
    )


@pytest.mark.parametrize("biases", [True, False])
@pytest.mark.parametrize("variant", VARIANTS)
def test_a_batch_is_step_after_step_and_arguments_are_left_alone(variant_model, variant, biases):
    model = variant_model(variant, layers=2, biases=biases)
    states = [model.step(token, model.initial_state())[1] for token in (1, 2)]
    batch = model.initial_state(2)._replace(h=np.stack([state.h for state in states], axis=1))
    before = batch.h.copy()
    logits, after = model.step(np.array([3, 4]), batch)
    assert np.array_equal(batch.h, before)
    for row, (token, state) in enumerate(zip((3, 4), states, strict=True)):
        alone, own = model.step(token, state)
        assert logits[row] == pytest.approx(alone, abs=1e-12)
        assert after.h[:, row] == pytest.approx(own.h, abs=1e-12)


@pytest.mark.parametrize("variant", VARIANTS)
def test_a_variant_is_another_model_and_comes_back_from_its_file(variant_model, random_model, tmp_path, variant):
    model = variant_model(variant)
    plain = random_model(CELLS[variant])
    state = model.step(2, model.initial_state())[1]
    assert np.abs(model.step(1, state)[0] - plain.step(1, state)[0]).max() > 0.01
    assert (model.cell, model.variant) == (CELLS[variant], variant)
    model.save(tmp_path / "v.npz")
    again = LanguageModel.load(tmp_path / "v.npz")
    assert again.variant == variant
    assert np.array_equal(again.step(1, state)[0], model.step(1, state)[0])
    assert LanguageModel.look_into(tmp_path / "v.npz")[0].tokens == model.vocabulary.tokens


def test_gates_are_those_of_the_step(variant_model):
    model = variant_model("reset-before", layers=2)
    state = model.step(2, model.initial_state())[1]
    for gates in model.gates(1, state):
        assert gates.keys() == {"r", "z"}
        assert all(((values > 0) & (values < 1)).all() for values in gates.values())
    assert variant_model("relu").gates(None, variant_model("relu").initial_state()) == [{}]


@pytest.mark.parametrize("variant", VARIANTS)
def test_runs_side_by_side_and_scores_are_those_of_single_steps(variant_model, variant):
    model, recipe = variant_model(variant), Recipe(seed=5, stop_at_eos=False, limit=8)
    for run in sample_many(model, recipe, 4):
        steps = list(generate(model, Recipe(seed=run.seed, stop_at_eos=False, limit=8)))
        assert list(run.token_ids) == [step.token_id for step in steps]
        state = model.initial_state()
        for step, scored in zip(steps, score(model, run.token_ids), strict=True):
            logits, state = model.step(step.input_id, state)
            assert scored.prob == pytest.approx(softmax(logits)[step.token_id], rel=1e-9)


@pytest.mark.parametrize(
    ("cell", "variant"), [("lstm", "relu"), ("gru", "relu"), ("rnn", "reset-before"), ("rnn", "peephole")]
)
def test_a_variant_of_another_cell_is_refused(vocabulary, cell, variant):
    with pytest.raises(ModelError, match=f"the variant {variant} is none of this cell"):
        LanguageModel.from_state_dict(vocabulary, random_weights(cell), variant=variant)


@pytest.mark.parametrize("variant", VARIANTS)
def test_there_are_no_wrong_gradients_for_a_variant(variant_model, variant):
    with pytest.raises(ValueError, match=f"no gradients for the variant '{variant}'"):
        sequence_gradients(variant_model(variant), [1, 2])
