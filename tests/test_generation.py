"""Runs: luck, <UNK> policies, stopping, forced tokens, changes on the way, many runs at once."""

from dataclasses import replace
from itertools import islice, product

import numpy as np
import pytest
from tiny_weights import random_weights

from engine.generation import draw_token, generate, luck, sample_many, step_distributions, step_facts
from engine.model import LanguageModel, State
from engine.recipe import MAX_SEED, Change, Recipe
from engine.sampling import SamplingSettings, draw, next_token_probs, softmax
from engine.vocabulary import UnknownTokenError, Vocabulary

EOS, UNK, CATS, SLEEP, STOP = range(5)
OFTEN_UNK = [0.05, 0.45, 0.2, 0.2, 0.1]
NO_EOS = [0.0, 0.3, 0.3, 0.2, 0.2]


def run(model, **recipe):
    return list(generate(model, Recipe(**recipe)))


def tokens(steps):
    return [step.token_id for step in steps]


# --- luck


@pytest.mark.parametrize("seed", [0, 1, 123_456_789, MAX_SEED])
@pytest.mark.parametrize("length", [1, 2, 7, 50])
def test_luck_is_a_row_of_the_table_of_every_length(seed, length):
    table = np.random.default_rng(seed).random((length, 100))
    for t in range(1, length + 1):
        assert np.array_equal(luck(seed, t), table[t - 1])


def test_every_draw_uses_its_place_in_the_luck_table(bigram_model):
    table = np.random.default_rng(5).random((12, 100))
    for policy in ("allow", "redraw", "rest"):
        for step in run(bigram_model(OFTEN_UNK), seed=5, unk=policy, limit=12, stop_at_eos=False):
            assert [each.u for each in step.draws] == table[step.t - 1, : len(step.draws)].tolist()


# --- a run by hand


def test_the_first_input_is_the_zero_vector_and_every_outcome_is_the_next_input(random_model):
    steps = run(random_model("gru"), limit=8, stop_at_eos=False)
    assert [step.t for step in steps] == list(range(1, 9))
    assert [step.input_id for step in steps] == [None, *tokens(steps)[:-1]]


def test_a_run_by_hand(bigram_model):
    first = [0.1, 0.1, 0.5, 0.2, 0.1]
    table = [first, first, [0, 0, 0, 1, 0], [0, 0, 0, 0, 1], [1, 0, 0, 0, 0]]  # Cats -> sleep -> . -> <EOS>
    seed = next(s for s in range(100) if 0.2 <= luck(s, 1)[0] < 0.7)  # the segment of Cats
    steps = run(bigram_model(first, table), seed=seed)
    assert tokens(steps) == [CATS, SLEEP, STOP, EOS]
    assert [step.finish_reason for step in steps] == [None, None, None, "eos"]
    assert steps[0].draws[0].low == pytest.approx(0.2)
    assert steps[0].draws[0].high == pytest.approx(0.7)


@pytest.mark.parametrize("cell", ["rnn", "gru", "lstm"])
def test_the_probabilities_of_all_sequences_sum_to_1(random_model, cell):
    model, depth = random_model(cell), 4

    def total(token_id, state, t):
        logits, state = model.step(token_id, state)
        probs = softmax(logits)
        ended = probs[EOS] if t < depth else probs.sum()  # at the limit every sequence ends
        return ended + (0 if t == depth else sum(probs[i] * total(i, state, t + 1) for i in range(1, 5)))

    assert total(None, model.initial_state(), 1) == pytest.approx(1, abs=1e-12)


def test_runs_occur_as_often_as_their_probability_says(bigram_model):
    first = [0.0, 0.0, 0.6, 0.4, 0.0]
    table = [first, first, [0.5, 0, 0, 0.5, 0], [0.25, 0, 0.75, 0, 0], first]
    n = 4000
    runs = [run.token_ids for run in sample_many(bigram_model(first, table), Recipe(limit=2), n)]
    for sequence, p in {(CATS, EOS): 0.3, (CATS, SLEEP): 0.3, (SLEEP, EOS): 0.1, (SLEEP, CATS): 0.3}.items():
        assert runs.count(sequence) / n == pytest.approx(p, abs=4 * np.sqrt(p * (1 - p) / n))


def test_the_same_recipe_gives_the_same_run(random_model):
    one, other = (run(random_model("lstm"), seed=3, limit=20, stop_at_eos=False) for _ in range(2))
    assert tokens(one) == tokens(other)
    assert all(np.array_equal(a.state.h, b.state.h) for a, b in zip(one, other, strict=True))


# --- <UNK>


@pytest.mark.parametrize("policy", ["redraw", "rest"])
def test_only_unk_is_rejected_and_the_last_draw_is_accepted(bigram_model, policy):
    seen = 0
    for step in run(bigram_model(OFTEN_UNK), unk=policy, limit=200, stop_at_eos=False):
        assert all(each.token_id == UNK for each in step.draws[:-1])
        assert step.draws[-1].token_id == step.token_id != UNK
        seen += len(step.draws) > 1
    assert seen > 50


def test_allow_keeps_unk(bigram_model):
    steps = run(bigram_model(OFTEN_UNK), unk="allow", limit=200, stop_at_eos=False)
    assert {len(step.draws) for step in steps} == {1}
    assert tokens(steps).count(UNK) / 200 == pytest.approx(0.45, abs=0.15)


def test_redraw_keeps_the_strip_and_rest_loses_the_segment_of_unk(bigram_model):
    model = bigram_model([0.0, 0.8, 0.1, 0.1, 0.0])
    seed = next(s for s in range(1000) if luck(s, 1)[0] < 0.8 and luck(s, 1)[1] > 0.95)  # <UNK>, then sleep
    redraw, rest = (run(model, seed=seed, unk=policy, limit=1)[0].draws for policy in ("redraw", "rest"))
    assert redraw[0] == rest[0]
    assert (redraw[-1].low, redraw[-1].high) == pytest.approx((0.9, 1.0))
    assert (rest[-1].low, rest[-1].high) == pytest.approx((0.5, 1.0))


@pytest.mark.parametrize("policy", ["redraw", "rest"])
def test_both_rejections_give_p_over_1_minus_p_unk(bigram_model, policy):
    model, n = bigram_model(OFTEN_UNK), 6000
    outcomes = [run.token_ids[0] for run in sample_many(model, Recipe(unk=policy, limit=1), n)]
    for token_id in (EOS, CATS, SLEEP, STOP):
        p = OFTEN_UNK[token_id] / (1 - 0.45)
        assert outcomes.count(token_id) / n == pytest.approx(p, abs=4 * np.sqrt(p * (1 - p) / n))
    assert step_distributions(model, model.step(None, model.initial_state())[1], Recipe().at(1)).rest == pytest.approx(
        [p / 0.55 if i != UNK else 0 for i, p in enumerate(OFTEN_UNK)]
    )


def test_redraw_gives_up_after_99_rejections_and_draws_from_the_rest():
    logits = np.array([-60.0, 0.0, -60.0, -60.0, -60.0])
    us = np.full(100, 0.5)
    draws = draw_token(logits, Recipe(unk="redraw").at(1), UNK, us)
    assert [each.token_id for each in draws] == [UNK] * 99 + [SLEEP]  # four equals: 0.5 is the left edge of the third
    assert (draws[-1].low, draws[-1].high) == pytest.approx((0.5, 0.75))


def test_redraw_may_succeed_at_the_99th_draw():
    us = np.concatenate([np.full(98, 0.1), [0.9], [0.9]])
    draws = draw_token(np.log([0.5, 0.5]), Recipe(unk="redraw").at(1), 0, us)
    assert [each.token_id for each in draws] == [0] * 98 + [1]


ANEW = [  # what has passed without <UNK>, of 0.1 0.6 0.05 0.15 0.1
    ({"temperature": 0}, [0, 0, 0, 1, 0]),
    ({"top_k": 1}, [0, 0, 0, 1, 0]),
    ({"min_p": 0.9, "temperature": 0.5}, [0, 0, 0, 1, 0]),
    ({"top_p": 0.6}, [0.1 / 0.25, 0, 0, 0.15 / 0.25, 0]),
    ({"min_p": 0.5, "top_k": 1}, [0, 0, 0, 1, 0]),
    ({"min_p": 0.6}, [0.1 / 0.35, 0, 0, 0.15 / 0.35, 0.1 / 0.35]),
    ({"temperature": 1e-4}, [0, 0, 0, 1, 0]),  # the others underflow
]


@pytest.mark.parametrize(("settings", "expected"), ANEW)
@pytest.mark.parametrize("policy", ["redraw", "rest"])
def test_where_nothing_is_left_unk_is_taken_out_first_and_the_settings_are_applied_anew(
    bigram_model, settings, expected, policy
):
    model = bigram_model([0.1, 0.6, 0.05, 0.15, 0.1])
    recipe = Recipe(settings=SamplingSettings(**settings), unk=policy, limit=1)
    for seed in range(20):
        step = next(generate(model, replace(recipe, seed=seed)))
        assert [each.token_id for each in step.draws[:-1]] == [UNK] * (99 if policy == "redraw" else 1)
        distributions = step_distributions(model, step.state, recipe.at(1))
        assert distributions.nothing_left
        assert distributions.rest == pytest.approx(expected)
        assert step.draws[-1] == draw(distributions.rest, luck(seed, 1)[len(step.draws) - 1])


@pytest.mark.parametrize("settings", [SamplingSettings(temperature=0), SamplingSettings(top_k=1)])
def test_greedy_takes_the_likeliest_but_unk_for_every_seed(random_model, settings):
    model = random_model("gru")
    recipe = Recipe(settings=settings, limit=6, stop_at_eos=False)
    wanted, state, token_id = [], model.initial_state(), None
    for _ in range(6):
        logits, state = model.step(token_id, state)
        token_id = int(np.where(np.arange(5) == UNK, -np.inf, logits).argmax())
        wanted.append(token_id)
    assert {run_.token_ids for run_ in sample_many(model, recipe, 30)} == {tuple(wanted)}
    assert {tuple(tokens(generate(model, replace(recipe, seed=seed)))) for seed in range(30)} == {tuple(wanted)}


def test_without_unk_in_the_vocabulary_nothing_is_rejected(bigram_model):
    model = bigram_model([0.5, 0.5], vocabulary=Vocabulary(["a", "b"], "char"))
    for policy in ("allow", "redraw", "rest"):
        steps = run(model, unk=policy, limit=30)
        assert {len(step.draws) for step in steps} == {1}
        assert steps[-1].finish_reason == "length"
    assert step_distributions(model, steps[0].state, Recipe().at(1)).rest is None


def test_rejection_leaves_the_state_and_the_distribution_alone_bit_for_bit(random_model):
    model = random_model("lstm", dtype=np.float32)
    steps = run(model, seed=2, unk="redraw", settings=SamplingSettings(temperature=1.5), limit=60, stop_at_eos=False)
    assert max(len(step.draws) for step in steps) > 2
    state = model.initial_state()
    for step in steps:
        before = [part.copy() for part in state]
        logits, state = model.step(step.input_id, state)  # once a step, however many draws
        assert np.array_equal(step.state.h, state.h)
        assert np.array_equal(step.state.c, state.c)
        assert np.array_equal(model.logits(step.state), logits)
        rules = Recipe(unk="redraw", settings=SamplingSettings(temperature=1.5)).at(step.t)
        draw_token(logits, rules, UNK, luck(2, step.t))
        assert np.array_equal(model.step(step.input_id, State(*before))[0], logits)


def test_rejections_do_not_move_the_luck_of_later_steps(bigram_model):
    kept, redrawn = (
        run(bigram_model(OFTEN_UNK), seed=1, unk=policy, limit=40, stop_at_eos=False) for policy in ("allow", "redraw")
    )
    assert [step.draws[0].u for step in kept] == [step.draws[0].u for step in redrawn]


# --- stopping


def test_eos_ends_the_run_and_is_its_last_token(bigram_model):
    steps = run(bigram_model([0.3, 0.0, 0.4, 0.2, 0.1]), limit=1000)
    assert steps[-1].finish_reason == "eos"
    assert tokens(steps).index(EOS) == len(steps) - 1


def test_stop_at_eos_off_feeds_eos_back_like_any_token(bigram_model):
    steps = run(bigram_model([0.3, 0.0, 0.4, 0.2, 0.1]), limit=50, stop_at_eos=False)
    assert (len(steps), steps[-1].finish_reason) == (50, "length")
    at = tokens(steps).index(EOS)
    assert steps[at].finish_reason is None
    assert steps[at + 1].input_id == EOS


def test_the_limit_ends_a_run_without_eos(bigram_model):
    for limit in (1, 20, 100):
        steps = run(bigram_model(NO_EOS), limit=limit)
        assert len(steps) == limit
        assert [step.finish_reason for step in steps] == [None] * (limit - 1) + ["length"]


def test_eos_at_the_very_limit_is_an_end_by_eos(bigram_model):
    assert run(bigram_model([1, 0, 0, 0, 0]), limit=1)[-1].finish_reason == "eos"


def test_the_limit_counts_the_tokens_after_the_prompt(bigram_model):
    steps = run(bigram_model(NO_EOS), prompt="Cats sleep.", limit=4)
    assert [step.origin for step in steps] == ["given"] * 3 + ["drawn"] * 4
    assert steps[-1].t == 7


# --- prompt, forced, changes


def test_a_prompt_is_given_token_by_token_without_a_draw(random_model):
    steps = run(random_model("rnn"), prompt="Cats snore.", limit=2, stop_at_eos=False)
    assert tokens(steps)[:3] == [CATS, UNK, STOP]  # <UNK> that is given is not rejected
    assert all(step.draws == () for step in steps[:3])
    assert steps[3].draws


def test_a_prompt_that_cannot_be_spelled_is_refused(bigram_model):
    model = bigram_model([0.5, 0.5], vocabulary=Vocabulary(["a", "b"], "char"))
    with pytest.raises(UnknownTokenError, match="'c'"):
        run(model, prompt="abc")
    with pytest.raises(UnknownTokenError, match="'c'"):
        list(sample_many(model, Recipe(prompt="abc"), 2))


def test_a_forced_token_takes_the_place_of_the_draw_and_leaves_later_luck_alone(random_model):
    model = random_model("lstm")
    free = run(model, seed=4, limit=10, stop_at_eos=False)
    forced = run(model, seed=4, limit=10, stop_at_eos=False, forced={3: STOP})
    assert tokens(forced)[:2] == tokens(free)[:2]
    assert (forced[2].token_id, forced[2].origin, forced[2].draws) == (STOP, "forced", ())
    assert forced[3].input_id == STOP
    assert [step.draws[0].u for step in forced[3:]] == [step.draws[0].u for step in free[3:]]


def test_forced_unk_is_kept_and_forced_eos_ends_the_run(random_model):
    steps = run(random_model("rnn"), limit=9, forced={1: UNK, 2: EOS})
    assert tokens(steps) == [UNK, EOS]
    assert steps[-1].finish_reason == "eos"


def test_a_given_token_goes_before_a_forced_one(random_model):
    assert run(random_model("rnn"), prompt="Cats", limit=1, forced={1: STOP})[0].token_id == CATS


def test_a_forced_id_outside_the_vocabulary_is_refused(random_model):
    for sample in (generate, lambda *args: sample_many(*args, 2)):
        with pytest.raises(ValueError, match="token id 5, forced at step 3"):
            list(sample(random_model("rnn"), Recipe(forced={3: 5})))


def test_a_changed_setting_decides_its_step_with_the_same_u(bigram_model):
    model = bigram_model(NO_EOS)
    free = run(model, seed=8, limit=9)
    changed = run(model, seed=8, limit=9, changes=(Change(4, "temperature", 0.0),))
    assert tokens(changed)[:3] == tokens(free)[:3]
    assert changed[3].draws[0].u == free[3].draws[0].u
    greedy = tokens(run(model, limit=1, settings=SamplingSettings(temperature=0), unk="allow"))
    assert greedy == [UNK]  # the likeliest; so the changed steps reject it
    assert all(len(step.draws) == 2 for step in changed[3:])


def test_stopping_can_change_on_the_way(bigram_model):
    model = bigram_model([0.9, 0, 0.1, 0, 0])
    steps = run(model, limit=30, stop_at_eos=False, changes=(Change(6, "eos", True),))
    assert len(steps) >= 6
    assert steps[-1].finish_reason == "eos"


# --- entering a run


@pytest.mark.parametrize("cell", ["rnn", "gru", "lstm"])
def test_a_run_can_be_entered_at_any_step(random_model, cell):
    model = random_model(cell)
    recipe = Recipe(seed=6, limit=12, prompt="Cats", stop_at_eos=False, forced={5: SLEEP})
    whole = list(generate(model, recipe))
    for step in whole:
        rest = list(generate(model, recipe, after=step))
        assert tokens(rest) == tokens(whole[step.t :])
        assert [each.draws for each in rest] == [each.draws for each in whole[step.t :]]
        assert all(np.array_equal(a.state.h, b.state.h) for a, b in zip(rest, whole[step.t :], strict=True))


def test_nothing_follows_eos_and_a_longer_limit_lets_a_run_go_on(bigram_model):
    model = bigram_model([0.5, 0, 0.5, 0, 0])
    steps = run(model, limit=100)
    assert steps[-1].finish_reason == "eos"
    assert list(generate(model, Recipe(limit=100), after=steps[-1])) == []
    short, long = (run(bigram_model(NO_EOS), limit=limit) for limit in (5, 9))
    assert short[-1].finish_reason == "length"
    assert tokens(generate(bigram_model(NO_EOS), Recipe(limit=9), after=short[-1])) == tokens(long[5:])


def test_steps_are_computed_only_when_they_are_asked_for(random_model):
    assert len(list(islice(generate(random_model("rnn"), Recipe(limit=10_000, stop_at_eos=False)), 3))) == 3


# --- the facts of a step


def test_facts_are_of_the_models_own_distribution(bigram_model):
    model = bigram_model(OFTEN_UNK)
    settings = SamplingSettings(temperature=0.5)
    rules = Recipe(settings=settings).at(1)
    step = next(
        step for seed in range(50) for step in run(model, seed=seed, settings=settings, limit=1) if len(step.draws) == 2
    )
    facts = step_facts(step_distributions(model, step.state, rules), step, rules, model.vocabulary)
    squares = np.array(OFTEN_UNK) ** 2
    assert facts.prob == pytest.approx(OFTEN_UNK[step.token_id])
    assert facts.prob_after == pytest.approx(squares[step.token_id] / (squares.sum() - squares[UNK]))
    assert (facts.eos_prob, facts.unk_prob) == pytest.approx((0.05, 0.45))
    assert facts.entropy == pytest.approx(-sum(p * np.log2(p) for p in OFTEN_UNK))


@pytest.mark.parametrize("gap", [10.0, 700.0, 745.5, 800.0, 5000.0])
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_a_token_with_a_finite_logit_has_a_finite_surprisal_also_where_its_probability_underflows(
    vocabulary, gap, dtype
):
    weights = random_weights("rnn", dtype=dtype)
    weights["output.weight"][:] = 0
    weights["output.bias"][:] = [0, 0, gap, gap, -5]
    model = LanguageModel.from_state_dict(vocabulary, weights)
    recipe = Recipe(limit=2, forced={1: STOP, 2: CATS})
    for step, logit in zip(generate(model, recipe), [-5, gap], strict=True):
        facts = step_facts(step_distributions(model, step.state, recipe.at(1)), step, recipe.at(1), vocabulary)
        nats = gap - logit + np.log(2 + (2 if gap < 20 else 0) * np.exp(-gap) + np.exp(-5 - gap))
        assert facts.surprisal == pytest.approx(nats / np.log(2), rel=1e-6)
        assert step.token_id == CATS or (facts.prob == 0) == (gap > 745)


def test_a_certain_step_has_no_surprise_and_no_entropy_not_even_minus_zero(bigram_model):
    model = bigram_model([0, 0, 1, 0, 0])
    step = run(model, limit=1)[0]
    facts = step_facts(step_distributions(model, step.state, Recipe().at(1)), step, Recipe().at(1), model.vocabulary)
    assert [str(facts.entropy), str(facts.surprisal)] == ["0.0", "0.0"]


# --- many runs at once

RECIPES = [
    Recipe(seed=11, limit=15),
    Recipe(seed=MAX_SEED - 2, limit=6, unk="redraw"),
    Recipe(limit=25, unk="allow", stop_at_eos=False),
    Recipe(limit=8, prompt="Cats snore", forced={1: 4, 4: UNK, 6: STOP}),
    Recipe(limit=20, changes=(Change(3, "temperature", 0.4), Change(5, "unk", "redraw"), Change(9, "eos", False))),
    Recipe(limit=12, settings=SamplingSettings(temperature=0)),
    Recipe(limit=12, settings=SamplingSettings(0.7, 4, 0.9, 0.05), unk="redraw"),
    Recipe(limit=5, settings=SamplingSettings(top_k=1)),
]


@pytest.mark.parametrize(("recipe", "cell"), list(zip(RECIPES, ["rnn", "gru", "lstm"] * 3, strict=False)))
def test_many_runs_are_the_runs_of_generate(random_model, recipe, cell):
    model = random_model(cell, layers=2, dtype=np.float32)
    runs = list(sample_many(model, recipe, 300))
    assert [run.seed for run in runs] == [(recipe.seed + i) % 2**32 for i in range(300)]
    for run_ in runs:
        steps = list(generate(model, replace(recipe, seed=run_.seed)))
        assert run_.token_ids == tuple(tokens(steps))
        assert run_.rejections == tuple(max(0, len(step.draws) - 1) for step in steps)
        assert run_.finish_reason == steps[-1].finish_reason


def test_many_runs_keep_the_chance_of_unk_at_every_draw(random_model):
    model = random_model("gru", dtype=np.float32)
    recipe = Recipe(prompt="Cats", forced={3: 4}, limit=8, settings=SamplingSettings(0.8, top_k=4))
    for run_ in sample_many(model, recipe, 50):
        steps = list(generate(model, replace(recipe, seed=run_.seed)))
        chances = [
            step_distributions(model, step.state, recipe.at(step.t)).probs[UNK] if step.draws else 0 for step in steps
        ]
        assert run_.unk_probs == pytest.approx(chances, abs=1e-6)
    assert any(run_.unk_probs)


def test_many_runs_reject_at_most_99_times(bigram_model):
    runs = list(sample_many(bigram_model([0, 1 - 1e-9, 1e-9, 0, 0]), Recipe(unk="redraw", limit=2), 3))
    assert [run.rejections for run in runs] == [(99, 99)] * 3
    assert {run.token_ids for run in runs} == {(CATS, CATS)}


def test_zero_runs_are_no_runs(random_model):
    assert list(sample_many(random_model("rnn"), Recipe(), 0)) == []


def test_many_runs_come_batch_by_batch(random_model):
    first = next(sample_many(random_model("rnn"), Recipe(limit=5), 10**9))
    assert first.seed == 0


def test_a_batch_and_single_steps_agree_at_every_position(random_model):
    model = random_model("gru", layers=2)
    for ids in product(range(5), repeat=2):
        logits, state = model.step(None, model.initial_state())
        batch_logits, batch_state = model.step(None, model.initial_state(1))
        for token_id in ids:
            assert batch_logits[0] == pytest.approx(logits, abs=1e-12)
            logits, state = model.step(token_id, state)
            batch_logits, batch_state = model.step(np.array([token_id]), batch_state)
        assert next_token_probs(batch_logits[0], SamplingSettings()) == pytest.approx(softmax(logits), abs=1e-12)
