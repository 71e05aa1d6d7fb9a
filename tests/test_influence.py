"""Which past decided this: an input left out, and the distribution that comes of it, beside the one that came."""

import numpy as np
import pytest

from engine.generation import generate
from engine.influence import LATEST, influences
from engine.recipe import Recipe
from engine.sampling import softmax


def steps_of(model, count, **recipe):
    return list(generate(model, Recipe(3, limit=count, stop_at_eos=False, **recipe)))


def run_again(model, steps, t, k):
    """yhat<t> where x<k> was the zero vector: every step anew, one after another."""
    state = model.initial_state()
    for step in steps[:t]:
        logits, state = model.step(None if step.t == k else step.input_id, state)
    return softmax(logits)


@pytest.mark.parametrize("cell", ["rnn", "gru", "lstm"])
@pytest.mark.parametrize("options", [{}, {"layers": 2, "embedding": 3}])
def test_it_is_the_distance_to_the_run_without_that_input(random_model, cell, options):
    model = random_model(cell, dtype=np.float64, **options)
    steps = steps_of(model, 9)
    for t in (1, 2, 5, 9):
        own = softmax(model.logits(steps[t - 1].state))
        found = influences(model, steps, t)
        assert list(found) == list(range(2, t + 1))
        for k, change in found.items():
            wanted = 0.5 * np.abs(own - run_again(model, steps, t, k)).sum()
            assert change == pytest.approx(wanted, abs=1e-12)
            assert 0 <= change <= 1


def test_a_model_without_memory_depends_on_its_last_input_alone(bigram_model):
    first = [0.05, 0.05, 0.4, 0.3, 0.2]
    table = [first, first, [0.0, 0.1, 0.1, 0.7, 0.1], [0.1, 0.1, 0.1, 0.1, 0.6], first]
    model = bigram_model(first, table)
    steps = steps_of(model, 4, forced={1: 2, 2: 3, 3: 2})  # Cats sleep Cats
    found = influences(model, steps, 4)
    # Without "Cats" yhat<4> is yhat<1>: 0.5 * (0.05 + 0.05 + 0.3 + 0.4 + 0.1) = 0.45
    assert found == pytest.approx({2: 0.0, 3: 0.0, 4: 0.45}, abs=1e-9)


def test_of_a_long_run_the_latest_inputs_alone_are_left_out(word_model):
    steps = steps_of(word_model, 60)
    assert list(influences(word_model, steps, 50)) == list(range(51 - LATEST, 51))
    assert list(influences(word_model, steps, 50, latest=3)) == [48, 49, 50]


def test_the_first_input_is_the_zero_vector_anyway(word_model):
    assert influences(word_model, steps_of(word_model, 3), 1) == {}


@pytest.mark.parametrize("t", [0, 4, -1])
def test_a_step_that_is_not_there(word_model, t):
    with pytest.raises(IndexError):
        influences(word_model, steps_of(word_model, 3), t)


def test_forced_and_given_tokens_are_inputs_too(word_model):
    steps = steps_of(word_model, 6, prompt="Cats sleep", forced={4: 2})
    found = influences(word_model, steps, 6)
    own = softmax(word_model.logits(steps[5].state))
    assert found[5] == pytest.approx(0.5 * np.abs(own - run_again(word_model, steps, 6, 5)).sum(), abs=1e-6)
