"""Narration: every state is told in both languages, with the numbers of the engine, and tokens cannot be markup."""

import re

import numpy as np
import pytest

from engine.figures.labels import divisor, percent
from engine.generation import luck, step_distributions
from engine.model import LanguageModel
from engine.recipe import Recipe
from engine.run import Run
from engine.sampling import SamplingSettings
from engine.ui.i18n import LANGUAGES, translator
from engine.ui.stage.narration import narration, numpy_lines
from engine.vocabulary import Vocabulary

EN = translator("en")


@pytest.fixture
def unk_model():
    """A model that always says <UNK>, so that a rejection leaves next to nothing."""
    weights = {
        "rnn.weight_ih_l0": np.zeros((2, 4), np.float32),
        "rnn.weight_hh_l0": np.zeros((2, 2), np.float32),
        "output.weight": np.zeros((4, 2), np.float32),
        "output.bias": np.array([0, 5, 1, 0], np.float32),
    }
    return LanguageModel.from_state_dict(Vocabulary(["<EOS>", "<UNK>", "a", "b"], "word", "<EOS>", "<UNK>"), weights)


def told(run, t=EN):
    distributions = None if run.shown is None else step_distributions(run.model, run.shown.state, run.rules)
    return narration(run, distributions, t)


def runs(model, **recipe):
    return (Run(model, Recipe(seed=seed, limit=12, **recipe)) for seed in range(500))


def with_rejection(model, **recipe):
    """The first step of any run that rejects a draw."""
    for run in runs(model, **recipe):
        ended = run.at_end()
        for step in ended.steps:
            if len(step.draws) > 1:
                return ended.at(step.t)
    raise AssertionError("nothing was rejected")


def test_before_the_first_step_it_says_what_goes_in(word_model):
    assert "x⟨1⟩ = 0" in told(Run(word_model, Recipe()))


def test_a_draw_is_told_with_its_u_and_probability(word_model):
    run = next(
        run for run in (run.at(2) for run in runs(word_model)) if run.moment.t == 2 and len(run.shown.draws) == 1
    )
    text = told(run)
    assert f"u = {run.shown.draws[0].u:.4f}" in text
    assert percent(run.facts[1].prob) in text


def test_a_rejection_is_told_with_the_share_of_the_rest(word_model):
    run = with_rejection(word_model)
    unk = step_distributions(word_model, run.shown.state, run.rules).probs[word_model.vocabulary.unk_id]
    assert "rejected" in told(run)
    assert f"P ÷ {divisor(unk)}" in told(run)


def test_while_rejections_fall_the_outcome_is_not_told(word_model):
    run = with_rejection(word_model)
    first = run.back().phased().phased().phased()
    assert (first.moment.phase, first.moment.draws) == ("draw", 1)
    assert "rejected" in told(first)
    assert "Drawn" not in told(first)


def test_greedy_on_unk_says_that_nothing_was_left(unk_model):
    run = Run(unk_model, Recipe(settings=SamplingSettings(temperature=0))).stepped()
    assert "nothing was left" in told(run)


def test_classic_rejection_says_when_it_gives_up(unk_model):
    run = Run(unk_model, Recipe(settings=SamplingSettings(top_k=1), unk="redraw")).stepped()
    assert "After 99 rejections" in told(run)


def test_the_three_endings_are_told_apart(word_model, char_model):
    eos = next(run for run in (run.at_end() for run in runs(word_model)) if run.finish_reason == "eos")
    never = next(
        run for run in (run.with_limit(2).at_end() for run in runs(word_model)) if run.finish_reason == "length"
    )
    passed = next(
        run
        for run in (run.at_end() for run in runs(word_model, stop_at_eos=False))
        if any(step.token_id == word_model.vocabulary.eos_id for step in run.steps)
    )
    without = Run(char_model, Recipe(limit=3)).at_end()
    assert f"<EOS> was drawn at t = {eos.moment.t}".replace("<", "&lt;").replace(">", "&gt;") in told(eos)
    assert "never drawn" in told(never)
    assert "passed over" in told(passed)
    assert "not in this vocabulary" in told(without)


def test_every_state_is_told_in_both_languages(word_model, unk_model):
    run = with_rejection(word_model).back()
    states = [run]
    for _ in range(6):
        states.append(states[-1].phased())
    states += [run.with_forced(2), Run(unk_model, Recipe(unk="redraw")).stepped()]
    for language in LANGUAGES:
        for state in states:
            text = told(state, translator(language))
            assert text
            assert "{" not in text
            assert bool(re.search("[一-鿿]", text)) == (language == "zh")


def test_a_token_that_looks_like_markup_is_escaped(word_model):
    vocabulary = Vocabulary(["<b>", *"abcdefgh"][: len(word_model.vocabulary)], "word")
    model = LanguageModel.from_state_dict(vocabulary, word_model.state_dict())
    text = told(Run(model, Recipe()).with_forced(0))
    assert "“<b>&lt;b&gt;</b>”" in text


@pytest.mark.parametrize("unk", ["rest", "redraw", "allow"])
def test_the_numpy_lines_give_the_outcome_when_they_are_run(word_model, unk):
    for run in (run.at(3) for run in runs(word_model, unk=unk)):
        distributions = step_distributions(word_model, run.shown.state, run.rules)
        names = {"np": np, "probs": distributions.probs, "rest": distributions.rest}
        for line in numpy_lines(run):
            exec(line, names)
        assert names["token"] == run.shown.token_id
        if run.recipe.seed > 60:
            break


def test_a_u_that_is_almost_1_is_not_told_as_1(word_model):
    seed = next(seed for seed in range(10**6) if luck(seed, 1)[0] > 0.99995)
    run = Run(word_model, Recipe(seed=seed, unk="allow", limit=1)).stepped()
    assert "u = 1.0000" not in told(run)
    assert "u = 0.9999" in told(run)


def test_the_endings_say_less_than_instead_of_equal_to_less_than(bigram_model):
    model = bigram_model([1e-7, 0, 1 - 1e-7, 0, 0])
    assert "(P &lt; 0.001%)" in told(Run(model, Recipe(limit=2)).at_end())
    assert "(P &lt; 0.001%)" in told(Run(model, Recipe(limit=2)).with_forced(0))


def test_temperature_0_is_called_greedy_and_no_u_decides(word_model):
    run = Run(word_model, Recipe(settings=SamplingSettings(temperature=0), unk="allow")).stepped()
    assert "greedy" in told(run)
    assert "u = " not in told(run)
    assert "greedy" not in told(Run(word_model, Recipe(unk="allow")).stepped())


@pytest.mark.parametrize("recipe", [Recipe(prompt="Cats"), Recipe(forced={1: 3}), Recipe(prompt="Cats sleep")])
def test_what_is_given_or_chosen_by_hand_is_never_called_drawn(word_model, recipe):
    run = Run(word_model, recipe)
    for _ in range(4):
        run = run.phased()
        assert not re.search(r"(?<!not )drawn", told(run)), run.moment


def test_an_eos_passed_over_is_not_called_drawn_if_it_was_chosen_by_hand(word_model):
    run = Run(word_model, Recipe(stop_at_eos=False, limit=2, forced={1: 0, 2: 3})).at_end()
    assert "&lt;EOS&gt; came at t = 1" in told(run)
    assert "drawn" not in told(run)
