"""Run: steps are derived from the recipe; looking loses nothing, changing drops what comes later."""

import numpy as np
import pytest

from engine.generation import generate
from engine.model import LanguageModel
from engine.phases import Moment
from engine.recipe import Recipe
from engine.run import Run


@pytest.fixture
def run(word_model):
    return Run(word_model, Recipe(seed=3, limit=12, stop_at_eos=False))


def tokens(run):
    return [step.token_id for step in run.steps]


def test_stepping_gives_what_generate_gives(run):
    whole = [step.token_id for step in generate(run.model, run.recipe)]
    for _ in range(30):  # far beyond the end: nothing more happens there
        run = run.stepped()
    assert tokens(run) == whole
    assert run.moment == Moment(12)
    assert run.finish_reason == "length"


def test_back_and_step_bring_back_the_very_same_step(run):
    run = run.stepped().stepped().stepped()
    again = run.back().back().stepped().stepped()
    assert again == run
    assert again.steps is run.steps


def test_back_at_the_start_stays_there(run):
    assert run.back() == run


def test_looking_at_an_earlier_step_keeps_the_later_ones(run):
    ended = run.at_end()
    looked = ended.at(2)
    assert looked.steps == ended.steps
    assert looked.shown.t == 2
    assert looked.finish_reason is None


def test_the_phases_go_through_every_draw_and_end_in_the_next_step(run):
    run = next(one for one in _runs(run) if len(one.phased().shown.draws) == 2)  # a rejection comes next
    t = run.moment.t + 1
    seen = []
    for _ in range(6):
        run = run.phased()
        seen.append(run.moment)
    assert seen == [
        Moment(t, "feed"),
        Moment(t, "predict"),
        Moment(t, "draw", 1),
        Moment(t, "draw", 2),
        Moment(t, "back"),
        Moment(t + 1, "feed"),
    ]


def test_step_in_the_middle_of_a_step_completes_it(run):
    assert run.phased().phased().stepped().moment == Moment(1)


def test_phases_of_the_last_step_end_held(run):
    run = run.at(11)
    for _ in range(10):
        run = run.phased()
    assert run.moment == Moment(12)


def test_a_setting_is_decided_again_with_the_same_u_and_drops_what_comes_later(run):
    ended = run.at_end()
    changed = ended.at(5).with_setting("temperature", 0.3)
    assert tokens(changed)[:4] == tokens(ended)[:4]
    assert len(changed.steps) == 5
    assert changed.steps[4].draws[0].u == ended.steps[4].draws[0].u
    assert changed.rules.settings.temperature == 0.3
    assert changed.at(4).rules.settings.temperature == 1.0


def test_a_setting_before_the_first_step_is_no_change(run):
    assert run.with_setting("top_k", 2).recipe.changes == ()


def test_a_forced_token_is_fed_back_and_can_be_taken_back(run):
    ended = run.at_end()
    forced = ended.at(3).with_forced(2)
    assert forced.shown.origin == "forced"
    assert forced.stepped().shown.input_id == 2
    assert tokens(forced.with_forced(None).at_end()) == tokens(ended)


def test_a_longer_limit_lets_the_ended_run_go_on(run):
    ended = run.at_end()
    longer = ended.with_limit(20)
    assert tokens(longer) == tokens(ended)
    assert longer.finish_reason is None
    assert longer.at_end().moment.t == 20


def test_a_shorter_limit_drops_what_is_beyond_it(run):
    shorter = run.at_end().with_limit(4)
    assert shorter.moment == Moment(4)
    assert shorter.finish_reason == "length"


def test_not_stopping_at_eos_passes_it_over(word_model):
    run = _ended_by_eos(word_model)
    passed = run.with_setting("eos", False)
    assert passed.shown.token_id == word_model.vocabulary.eos_id
    assert passed.finish_reason is None
    assert passed.stepped().shown.input_id == word_model.vocabulary.eos_id


def test_reset_keeps_the_settings_on_show_and_drops_what_was_changed_on_the_way(run):
    reset = run.at(4).with_setting("top_k", 3).with_forced(2).reset()
    assert reset.steps == ()
    assert reset.recipe.changes == reset.recipe.forced == ()
    assert reset.rules.settings.top_k == 3


def test_another_seed_begins_anew(run):
    assert run.at(4).with_seed(9).moment == Moment()


def test_a_prompt_is_given_and_the_limit_counts_after_it(run):
    prompted = run.with_prompt(run.model.vocabulary.tokens[2]).at_end()
    assert prompted.steps[0].origin == "given"
    assert prompted.moment.t == 13


def test_another_model_keeps_the_seed_and_drops_a_prompt_it_cannot_spell(run, char_model):
    other = run.with_prompt("Ω").with_model(char_model)
    assert other.recipe.seed == run.recipe.seed
    assert other.recipe.prompt == ""


def test_facts_are_the_models_own_probabilities(run):
    run = run.with_setting("temperature", 0.5).at(3)
    logits, _ = run.model.step(run.shown.input_id, run.steps[1].state)
    own = np.exp(logits - logits.max()) / np.exp(logits - logits.max()).sum()
    assert run.facts[2].prob == pytest.approx(own[run.shown.token_id], rel=1e-5)


def _runs(run):
    for seed in range(500):
        yield from (run.with_seed(seed).at(t) for t in range(8))


def _ended_by_eos(model):
    for seed in range(500):
        run = Run(model, Recipe(seed=seed, limit=12)).at_end()
        if run.finish_reason == "eos" and run.moment.t < 12:
            return run
    raise AssertionError("no seed ends with <EOS>")


def test_the_opening_seed_of_one_model_gives_way_to_that_of_the_next_and_a_chosen_seed_stays(word_model, char_model):
    opening = LanguageModel(word_model.vocabulary, word_model.state_dict(), {"opening_seed": 1158})
    other = LanguageModel(char_model.vocabulary, char_model.state_dict(), {"opening_seed": 66})
    assert Run(opening, Recipe(seed=1158)).with_model(other).recipe.seed == 66
    assert Run(opening, Recipe(seed=7)).with_model(other).recipe.seed == 7
    assert Run(char_model, Recipe(seed=0)).with_model(other).recipe.seed == 66
    assert Run(opening, Recipe(seed=1158, prompt="Cats")).with_model(other).recipe == Recipe(seed=66)


def test_what_a_step_computes_of_its_logits_it_computes_once(run, monkeypatch):
    asked, logits = [], LanguageModel.logits
    monkeypatch.setattr(LanguageModel, "logits", lambda model, state: asked.append(1) or logits(model, state))
    run = run.stepped().stepped()
    assert run.distributions is not None
    assert len(asked) == 2
    assert np.array_equal(run.distributions.logits, logits(run.model, run.shown.state))
