"""Predictions: the score of chips in bits, beside that of the distribution itself; questions that the run decides."""

from dataclasses import replace
from math import inf, log2

import numpy as np
import pytest

from engine.generation import step_distributions
from engine.prediction import AHEAD, CHIPS, KEPT, Answer, Prediction, askable, commit, score, tally, truth_of
from engine.recipe import Recipe
from engine.run import Run

OFTEN_UNK = [0.05, 0.45, 0.2, 0.2, 0.1]
HALVES = np.array([0.5, 0.25, 0.125, 0.0625, 0.0625])  # entropy 1.875 bits over all, 1.75 with the last two as one


def committed(run, chips=None, answers=None):
    """The step on show of `run` with its prediction, bars for <EOS>, <UNK> and Cats."""
    seed, vocabulary = run.recipe.seed, run.model.vocabulary
    made = commit(run.shown, run.distributions, run.rules, seed, vocabulary, [0, 1, 2], chips or {}, answers or {})
    return run.with_prediction(made)


@pytest.fixture
def run(bigram_model):
    return Run(bigram_model(OFTEN_UNK), Recipe(3, limit=60, stop_at_eos=False))


def test_all_on_what_comes_costs_next_to_nothing_and_half_of_the_chips_about_a_bit():
    sure = score({0: 10}, [0, 1, 2], HALVES, 0)
    assert sure.share == pytest.approx(0.99 + 0.01 / 4)  # four outcomes: three bars and the others
    assert sure.bits == pytest.approx(-log2(0.9925))
    half = score({0: 3, 2: 3}, [0, 1, 2], HALVES, 0)
    assert half.share == pytest.approx(0.4975)
    assert (half.came, half.chips) == (0, 3)


def test_a_click_on_one_bar_says_as_much_as_ten_on_it():
    assert score({1: 1}, [0, 1], HALVES, 0).bits == score({1: CHIPS}, [0, 1], HALVES, 0).bits


def test_a_miss_costs_what_the_kept_hundredth_gives_and_not_infinitely_much():
    missed = score({1: 10}, [0, 1, 2], HALVES, 0)
    assert missed.chips == 0
    assert missed.bits == pytest.approx(-log2(KEPT / 4)) == pytest.approx(8.643856)
    assert missed.bits < inf


def test_the_distribution_itself_scores_its_surprisal_and_expects_its_entropy_over_the_same_outcomes():
    one = score({0: 1}, [0, 1, 2], HALVES, 1)
    assert (one.prob, one.best, one.expected) == (0.25, 2.0, 1.75)
    others = score({None: 1}, [0, 1, 2], HALVES, 4)
    assert (others.came, others.prob, others.best) == (None, 0.125, 3.0)
    assert others.share == pytest.approx(0.9925)
    assert score({0: 1}, range(5), HALVES, 0).expected == 1.875  # no others


def test_a_greedy_step_surprises_nobody_who_knows_it():
    greedy = score({1: 1}, [0, 1], np.array([1.0, 0.0, 0.0]), 0)
    assert (greedy.best, greedy.expected) == (0.0, 0.0)


def test_whoever_lays_chips_as_the_bars_are_scores_best_on_average():
    def mean(chips):
        return sum(p * score(chips, [0, 1, 2], HALVES, i).bits for i, p in enumerate(HALVES))

    honest = mean({0: 5, 1: 3, 2: 1, None: 1})
    assert honest < min(mean({0: 10}), mean({0: 9, 1: 1}), mean({0: 1, 1: 1, 2: 1, None: 1}))
    assert honest > score({0: 1}, [0, 1, 2], HALVES, 0).expected  # and never better than the bars


@pytest.mark.parametrize("chips", [{}, {3: 1}, {0: 11}, {0: -1, 1: 2}, {0: 6, 1: 5}])
def test_chips_that_cannot_lie_so_are_refused(chips):
    with pytest.raises(ValueError, match="chips"):
        score(chips, [0, 1, 2], HALVES, 0)


def test_no_others_where_every_token_has_a_bar():
    with pytest.raises(ValueError, match="chips"):
        score({None: 1}, range(5), HALVES, 0)


def test_what_is_predicted_is_the_first_draw_also_where_it_is_rejected(run):
    rejected = next(one for t in range(1, 13) if len((one := run.at(t)).shown.draws) == 2)
    assert rejected.shown.token_id != 1
    made = committed(rejected, {1: 2}).predicted
    assert (made.score.came, made.score.prob) == (1, pytest.approx(0.45))
    assert made.score.bits < 0.02


def test_the_draw_is_from_the_bars_after_temperature_and_filters(run):
    cut = run.at(3).with_setting("top_k", 2)  # <UNK> and Cats are left
    made = committed(cut, {1: 1}).predicted
    probs = step_distributions(cut.model, cut.shown.state, cut.rules).probs
    assert made.score.prob == probs[cut.shown.draws[0].token_id] > 0.3
    assert made.score.expected == pytest.approx(-sum(p * log2(p) for p in probs if p))


def test_a_step_that_nothing_was_drawn_at_cannot_be_predicted(run):
    with pytest.raises(ValueError, match="not drawn but forced"):
        committed(run.at(2).with_forced(2), {1: 1})


def test_which_questions_make_sense(vocabulary, char_model, run):
    assert askable(vocabulary, run.rules) == ("eos", "unk", "cooler")
    assert askable(char_model.vocabulary, run.rules) == ("cooler",)
    assert askable(vocabulary, run.with_setting("temperature", 0.5).rules) == ("eos", "unk")


def test_eos_is_decided_by_the_token_that_comes_out(run):
    truths = [committed(run.at(t), answers={"eos": True}).predicted.answers[0].truth for t in range(1, 41)]
    assert truths == [step.token_id == 0 for step in run.at(40).steps]
    assert set(truths) == {True, False}


def test_another_token_at_half_the_temperature_is_decided_with_the_same_u(bigram_model):
    # at T = 0.5 the shares 0.2, 0.2, 0.6 become 0.04, 0.04, 0.36 of 0.44: edges 0.0909, 0.1818 instead of 0.2, 0.4
    model = bigram_model([0.0, 0.0, 0.2, 0.2, 0.6])
    seen = set()
    for seed in range(30):
        run = Run(model, Recipe(seed)).at(1)
        u = run.shown.draws[0].u
        truth = committed(run, answers={"cooler": False}).predicted.answers[0].truth
        assert truth == (0.04 / 0.44 <= u < 0.2 or 0.08 / 0.44 <= u < 0.4)
        seen.add(truth)
    assert seen == {True, False}


def test_unk_within_five_steps_waits_for_them_and_counts_what_was_rejected(run):
    rejections = [len(run.at(t).shown.draws) > 1 for t in range(1, 13)]
    asked = Answer("unk", True, None)
    steps = run.at(12).steps
    for t in range(1, 13):
        for known in range(t, 13):
            ahead = rejections[t - 1 : min(known, t - 1 + AHEAD)]
            wanted = True if any(ahead) else False if len(ahead) == AHEAD else None
            assert truth_of(asked, t, steps[:known], False, 1) is wanted


def test_unk_that_did_not_come_before_the_end_did_not_come(bigram_model):
    run = Run(bigram_model([0.0, 0.0, 0.5, 0.5, 0.0]), Recipe(1, limit=3)).at_end()
    asked = Answer("unk", False, None)
    assert truth_of(asked, 2, run.steps[:2], False, 1) is None
    assert truth_of(asked, 2, run.steps, True, 1) is False


def test_the_tally_sums_what_is_out_and_nothing_of_the_future(run):
    for t, chips in ((1, {1: 1}), (2, {0: 1, None: 1}), (4, {})):
        run = committed(run.at(t), chips, {"eos": False})
    scores = [one.score for one in run.predictions]
    assert scores[2] is None
    whole = tally(run.predictions, run.at(12).out, False, 1)
    assert whole.scored == 2
    assert whole.bits == pytest.approx(scores[0].bits + scores[1].bits)
    assert whole.best == pytest.approx(scores[0].best + scores[1].best)
    assert whole.expected == pytest.approx(scores[0].expected + scores[1].expected)
    assert whole.decided == 3
    assert whole.right == sum(run.at(t).shown.token_id != 0 for t in (1, 2, 4))
    assert tally(run.predictions, run.at(1).out, False, 1).scored == 1
    assert tally(run.predictions, run.at(0).out, False, 1) is None
    assert tally((), run.out, False, 1) is None


# --- as a part of the run


def test_predictions_stay_with_their_steps_and_go_with_them(run):
    for t in (2, 5, 7):
        run = committed(run.at(t), {1: 1})
    made = [one.t for one in run.predictions]
    assert made == [2, 5, 7]
    looked = run.at(1).stepped()
    assert looked.predictions == run.predictions
    assert looked.predicted.t == 2
    assert looked.at(3).predicted is None
    assert [one.t for one in run.at(5).with_setting("temperature", 0.4).predictions] == [2]
    assert [one.t for one in run.at(5).with_forced(3).predictions] == [2]
    assert [one.t for one in run.until(6).predictions] == [2, 5]
    for anew in (run.reset(), run.with_seed(4), run.with_prompt("Cats"), run.with_model(run.model)):
        assert anew.predictions == ()


def test_another_limit_decides_nothing_again(run):
    ended = committed(run.at_end(), {1: 1})
    assert ended.with_limit(80).predictions == ended.predictions
    assert ended.with_limit(4).predictions == ()


def test_one_prediction_a_step(run):
    twice = committed(committed(run.at(2), {1: 1}), {0: 1})
    assert [one.chips for one in twice.predictions] == [((0, 1),)]
    assert isinstance(twice.predicted, Prediction)


def test_until_forgets_what_comes_later_and_it_comes_again(run):
    forgotten = replace(run.at(6)).until(3)
    assert (len(forgotten.steps), forgotten.moment.t) == (3, 3)
    assert [step.token_id for step in forgotten.at(6).steps] == [step.token_id for step in run.at(6).steps]
