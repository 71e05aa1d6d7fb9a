"""N draws of one step against exact laws, on a model of five tokens."""

from collections import Counter

import numpy as np
import pytest

from engine.generation import step_distributions
from engine.recipe import Recipe
from engine.repeated_draws import draw_many, outcome_probs, pick_best, pick_evenly
from engine.sampling import SamplingSettings
from engine.statistics import chi_square

EOS, UNK, CATS, SLEEP, STOP = range(5)
FIRST = [0.1, 0.3, 0.4, 0.15, 0.05]


@pytest.fixture
def distributions(bigram_model):
    model = bigram_model(FIRST)
    return lambda rules: step_distributions(model, model.advance(None, model.initial_state()), rules)


@pytest.mark.parametrize("unk", ["rest", "redraw", "allow"])
def test_many_draws_of_one_step_have_the_law_that_is_named(distributions, unk):
    rules = Recipe(unk=unk).at(1)
    draws = draw_many(distributions(rules), rules, UNK, 20_000, seed=5)
    probs = np.array(FIRST) if unk == "allow" else np.array([0.1, 0, 0.4, 0.15, 0.05]) / 0.7
    assert outcome_probs(distributions(rules), rules, UNK) == pytest.approx(probs)
    assert draws.counts.sum() == 20_000
    assert chi_square(draws.counts, probs).p_value > 0.001
    # each draw is rejected with 0.3: once at most, or again and again
    expected = {"rest": 0.3, "redraw": 0.3 / 0.7, "allow": 0.0}[unk]
    assert draws.rejected / 20_000 == pytest.approx(expected, abs=0.015)


@pytest.mark.parametrize(
    ("settings", "law"), [({"top_k": 1}, [0, 0, 1, 0, 0]), ({"top_p": 0.5}, [1 / 3, 0, 2 / 3, 0, 0])]
)
def test_where_only_unk_is_left_the_draws_come_from_the_rest(bigram_model, settings, law):
    model = bigram_model([0.1, 0.5, 0.2, 0.1, 0.1])
    for unk in ("rest", "redraw"):
        rules = Recipe(unk=unk, settings=SamplingSettings(**settings)).at(1)
        distributions = step_distributions(model, model.advance(None, model.initial_state()), rules)
        draws = draw_many(distributions, rules, UNK, 400, seed=0)
        assert draws.counts[UNK] == 0
        assert draws.rejected == 400 * (1 if unk == "rest" else 99)
        assert outcome_probs(distributions, rules, UNK) == pytest.approx(law)
        assert draws.counts / 400 == pytest.approx(law, abs=0.1)
        assert pick_best(distributions, rules, UNK, 5).counts.tolist() == [0, 0, 5, 0, 0]


@pytest.mark.parametrize("unk", ["rest", "redraw", "allow"])
def test_more_draws_begin_with_the_same_ones(distributions, unk):
    rules = Recipe(unk=unk).at(1)
    few, many = (draw_many(distributions(rules), rules, UNK, n, seed=2, first=10) for n in (10, 1000))
    assert few.first == many.first
    assert Counter(few.first) == Counter({i: int(n) for i, n in enumerate(few.counts) if n})


def test_the_other_two_ways_of_choosing(distributions):
    rules = Recipe().at(1)
    even = pick_evenly(distributions(rules), rules, UNK, 10_000, seed=1)
    assert even.counts[UNK] == 0
    assert chi_square(even.counts, np.array([0.25, 0, 0.25, 0.25, 0.25])).p_value > 0.001
    assert chi_square(even.counts, outcome_probs(distributions(rules), rules, UNK)).p_value < 1e-6
    assert pick_best(distributions(rules), rules, UNK, 30, first=3) == (pytest.approx([0, 0, 30, 0, 0]), (CATS,) * 3, 0)
    rules = Recipe(unk="allow").at(1)
    assert pick_evenly(distributions(rules), rules, UNK, 1000, seed=1).counts[UNK] > 0
