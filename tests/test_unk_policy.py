"""A policy is one entry: one that no menu has, entered here, decides steps, many draws, many runs and searches."""

from collections import Counter
from itertools import product

import numpy as np
import pytest

from engine.figures.rest_share import rest_share
from engine.generation import draw_token, generate, sample_many, step_distributions, step_facts
from engine.many_runs import advanced, survey
from engine.phases import Moment
from engine.recipe import Change, Recipe
from engine.repeated_draws import draw_many, outcome_probs, pick_evenly
from engine.run_search import whole_run
from engine.search_criteria import SearchCriterion, find_obstacle
from engine.statistics import binomial_band, chi_square
from engine.unk_policy import DRAWS_PER_STEP, POLICIES, UnkPolicy

EOS, UNK, CATS, SLEEP, STOP = range(5)
FIRST = [0.1, 0.3, 0.4, 0.15, 0.05]
THRICE = UnkPolicy("thrice", most_draws=3, ends_in_rest=False, once="thrice_once")


@pytest.fixture(autouse=True)
def thrice(monkeypatch):
    """At most two rejections from the same distribution; the third draw is accepted, <UNK> or not."""
    monkeypatch.setitem(POLICIES, "thrice", THRICE)


@pytest.fixture
def model(bigram_model):
    return bigram_model(FIRST)


def all_outcomes(policy, probs):
    """P(the token that comes out) by listing every sequence of draws, for a policy that never draws from the rest."""
    found = np.zeros(len(probs))
    for tokens in product(range(len(probs)), repeat=policy.most_draws):
        first = next((token for token in tokens if token != UNK), UNK)
        found[first] += np.prod([probs[token] for token in tokens])
    return found


@pytest.mark.parametrize("policy", [*POLICIES.values(), THRICE], ids=lambda policy: policy.name)
def test_every_policy_ends_within_the_luck_of_a_step(policy):
    assert 1 <= policy.most_draws <= DRAWS_PER_STEP
    assert not policy.rejects_draw(policy.most_draws)
    assert policy.rejects == policy.rejects_draw(1)
    assert [policy.from_rest(j) for j in range(1, policy.most_draws)] == [False] * (policy.most_draws - 1)


def test_the_outcome_is_that_of_all_sequences_of_draws():
    probs = np.array(FIRST)
    for policy in (THRICE, POLICIES["allow"]):
        assert policy.outcome_probs(probs, probs, UNK) == pytest.approx(all_outcomes(policy, probs))
    assert POLICIES["allow"].outcome_probs(probs, probs, UNK).tolist() == FIRST


def test_the_divisor_is_the_probability_over_that_of_the_outcome():
    probs = np.array(FIRST)
    rest = np.where(np.arange(5) == UNK, 0, probs) / 0.7
    for policy in (THRICE, POLICIES["rest"], POLICIES["redraw"]):
        outcome = policy.outcome_probs(probs, rest, UNK)
        possible = np.flatnonzero(outcome)
        divisors = policy.divisor(np.full(len(possible), probs[UNK]), possible == UNK)
        assert divisors == pytest.approx(probs[possible] / outcome[possible])


def test_the_last_draw_is_accepted_even_if_it_is_unk():
    rules = Recipe(unk="thrice").at(1)
    draws = draw_token(np.log(FIRST), rules, UNK, np.full(100, 0.2))
    assert [draw.token_id for draw in draws] == [UNK] * 3
    draws = draw_token(np.log(FIRST), rules, UNK, np.array([0.2, 0.5, *[0.2] * 98]))
    assert [draw.token_id for draw in draws] == [UNK, CATS]


def test_many_draws_of_a_step_have_its_law(model):
    rules = Recipe(unk="thrice").at(1)
    distributions = step_distributions(model, model.advance(None, model.initial_state()), rules)
    law = outcome_probs(distributions, rules, UNK)
    assert law == pytest.approx(all_outcomes(THRICE, np.array(FIRST)))
    drawn = draw_many(distributions, rules, UNK, 20_000, seed=1)
    assert chi_square(drawn.counts, law).p_value > 0.001
    assert drawn.rejected / 20_000 == pytest.approx(0.3 + 0.3**2, abs=0.015)
    assert pick_evenly(distributions, rules, UNK, 1000, seed=1).counts[UNK] > 0


def test_many_runs_are_those_of_generate_and_their_draws_have_the_law(model):
    recipe = Recipe(seed=5, unk="thrice", limit=6, stop_at_eos=False)
    for run in sample_many(model, recipe, 40):
        same = whole_run(model, Recipe(seed=run.seed, unk="thrice", limit=6, stop_at_eos=False))
        assert (run.token_ids, run.rejections) == (same.token_ids, same.rejections)
    runs = survey(model, recipe, 2000)
    while not runs.ended:
        runs = advanced(runs)
    assert runs.policy is THRICE
    assert runs.draws.sum() == 12_000
    assert runs.expected[:3] == pytest.approx(12_000 * np.array([0.7, 0.21, 0.09]), rel=1e-4)
    for k in range(3):
        least, most = binomial_band(12_000, runs.expected[k] / 12_000)
        assert least <= runs.draws[k] <= most
    counts = Counter(int(token) for run in runs.runs for token in run.token_ids)
    assert chi_square(np.array([counts[i] for i in range(5)]), all_outcomes(THRICE, np.array(FIRST))).p_value > 0.001
    for run in runs.runs[:50]:
        before = np.prod([FIRST[token] for token in run.token_ids])
        after = np.prod([all_outcomes(THRICE, np.array(FIRST))[token] for token in run.token_ids])
        assert run.kept == pytest.approx(before / after, rel=1e-4)
        assert run.clean == (not run.rejections)


def test_a_survey_knows_the_policies_on_its_way(model):
    recipe = Recipe(unk="allow", limit=4, forced={2: CATS}, changes=(Change(3, "unk", "thrice"),), stop_at_eos=False)
    runs = survey(model, recipe, 10)
    assert runs.draws_at.tolist() == [1, 0, 3, 3]
    assert {policy.name: at.tolist() for policy, at in runs.steps_of.items()} == {
        "allow": [True, False, False, False],
        "thrice": [False, False, True, True],
    }
    assert runs.policy is THRICE


def test_a_search_asks_the_policy_what_can_be(model, monkeypatch):
    recipe = Recipe(unk="thrice")
    assert find_obstacle(model, recipe, SearchCriterion("twice")) is None
    assert find_obstacle(model, recipe, SearchCriterion("unk")) is None
    assert find_obstacle(model, recipe, SearchCriterion("contains", "<UNK>")) is None
    once = UnkPolicy("thrice", most_draws=2, ends_in_rest=False, once="thrice_once")
    monkeypatch.setitem(POLICIES, "thrice", once)
    assert find_obstacle(model, recipe, SearchCriterion("twice")).name == "thrice_once"


def test_what_comes_out_is_not_divided_by_what_is_left_without_unk(model):
    recipe = next(
        recipe
        for recipe in (Recipe(seed=seed, unk="thrice", limit=1) for seed in range(100))
        if len(next(generate(model, recipe)).draws) == 2
    )
    step, rules = next(generate(model, recipe)), recipe.at(1)
    distributions = step_distributions(model, step.state, rules)
    assert rest_share(distributions, step, rules, Moment(1), UNK) is None
    assert step_facts(distributions, step, rules, model.vocabulary).prob_after == pytest.approx(FIRST[step.token_id])
