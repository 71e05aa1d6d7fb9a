"""A long run that keeps few states: each is there when it is asked for, and is the one that was computed first."""

import numpy as np
import pytest

from engine.figures.inside import inside
from engine.generation import generate
from engine.influence import influences
from engine.recipe import Recipe
from engine.run import Run
from engine.thinned_steps import APART, LATEST, ThinnedStep
from engine.ui.i18n import translator

LONG = 3 * APART
STATE = ThinnedStep._fields.index("state")
RECIPE = Recipe(seed=3, stop_at_eos=False, limit=LONG)


def stepped(model, t):
    run = Run(model, RECIPE)
    for _ in range(t):
        run = run.stepped()
    return run


@pytest.mark.parametrize("cell", ["rnn", "gru", "lstm"])
@pytest.mark.parametrize("way", [stepped, lambda model, t: Run(model, RECIPE).at(t)], ids=["step by step", "at once"])
def test_every_state_is_that_of_the_run_itself_bit_for_bit(cell, way, random_model):
    model = random_model(cell, layers=2)
    run = way(model, LONG)
    for known, step in zip(run.steps, generate(model, RECIPE), strict=True):
        assert all(np.array_equal(*pair) for pair in zip(known.state[: len(step.state)], step.state, strict=True))
        assert known[:2] + known[3:] == step[:2] + step[3:]


@pytest.mark.parametrize("t", [LATEST, LATEST + 1, APART, 2 * APART + LATEST, LONG])
def test_the_latest_steps_keep_their_states_and_of_the_others_each_sixty_fourth(t, random_model):
    steps = stepped(random_model(), t).steps
    old = range(1, t - LATEST + 1)
    assert [step.t for step in steps if isinstance(step, ThinnedStep)] == [*old]
    with_state = [step.t for step in steps[: len(old)] if not isinstance(step[STATE], ThinnedStep)]
    assert with_state == [*old[::APART]]


def test_a_run_goes_on_from_a_step_without_a_state_and_is_looked_into_there(random_model):
    model = random_model()
    run, whole = stepped(model, LONG), [*generate(model, RECIPE)]
    early = run.at(APART + 7)
    assert isinstance(early.shown, ThinnedStep)
    changed = early.with_setting("temperature", 0.5).at(LONG)
    expected = [*generate(model, RECIPE.changed(APART + 7, "temperature", 0.5))]
    assert [step.token_id for step in changed.steps] == [step.token_id for step in expected]
    assert influences(model, run.steps, APART + 7) == influences(model, whole, APART + 7)
    pictures = [inside(model, steps, early.moment, "a", 0, translator("en")) for steps in (run.steps, whole)]
    assert np.array_equal(pictures[0].values, pictures[1].values)
