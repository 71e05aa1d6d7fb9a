"""Many whole runs against exact laws: on tiny models every sequence is listed with its probability."""

from collections import Counter
from dataclasses import replace

import numpy as np
import pytest

from engine.generation import generate, sample_many
from engine.many_runs import MOST_STEPS, advanced, most_frequent
from engine.many_runs import rejection as rejection_of
from engine.many_runs import survey as survey_of
from engine.model import LanguageModel
from engine.novelty import sequence_hashes
from engine.recipe import Change, Recipe
from engine.statistics import binomial_band, chi_square

EOS, UNK, CATS, SLEEP, STOP = range(5)
FIRST = [0.1, 0.3, 0.4, 0.15, 0.05]
TABLE = [[0.2] * 5, [0.2] * 5, [0.3, 0.05, 0.05, 0.4, 0.2], [0.1, 0.6, 0.1, 0.1, 0.1], [0.7, 0.1, 0.1, 0.05, 0.05]]


def all_sequences(recipe, first=FIRST, table=TABLE):
    """Every sequence of the bigram model under `recipe` with its probability, <UNK> rejected unless it is kept."""
    open_, done = {(): 1.0}, {}
    for t in range(1, recipe.limit + 1):
        grown = {}
        for ids, prob in open_.items():
            row = np.array(table[ids[-1]] if ids else first)
            if recipe.at(t).unk != "allow":
                row[UNK] = 0
                row /= row.sum()
            for token_id in np.flatnonzero(row):
                ends = token_id == EOS or t == recipe.limit
                (done if ends else grown)[(*ids, int(token_id))] = prob * row[token_id]
        open_ = grown
    assert sum(done.values()) == pytest.approx(1)
    return done


def whole(model, recipe, n):
    runs = survey_of(model, recipe, n)
    while not runs.ended:
        runs = advanced(runs)
    return runs


def fits(counts, law):
    """Whether `counts`, by sequence, can come from `law`, likewise."""
    keys = list(law)
    assert set(counts) <= set(keys)
    test = chi_square(np.array([counts.get(key, 0) for key in keys]), np.array([law[key] for key in keys]))
    return test.p_value > 0.001


def sequences(runs):
    return Counter(tuple(run.token_ids.tolist()) for run in runs)


@pytest.mark.parametrize("unk", ["rest", "redraw", "allow"])
def test_whole_runs_have_the_law_of_all_sequences(bigram_model, unk):
    recipe = Recipe(seed=17, unk=unk, limit=4)
    assert fits(sequences(whole(bigram_model(FIRST, TABLE), recipe, 4000).runs), all_sequences(recipe))


@pytest.mark.parametrize("unk", ["rest", "redraw", "allow"])
def test_clean_runs_have_the_law_of_whole_sequences_without_unk(bigram_model, unk):
    """Keeping only whole sequences gives each P / Z; rejecting at each step is another law, and does not fit."""
    recipe = Recipe(seed=3, unk=unk, limit=4)
    runs = whole(bigram_model(FIRST, TABLE), recipe, 6000)
    allowed = all_sequences(replace(recipe, unk="allow"))
    clean = {ids: prob for ids, prob in allowed.items() if UNK not in ids}
    share = sum(clean.values())
    found = sequences(run for run in runs.runs if run.clean)
    assert fits(found, {ids: prob / share for ids, prob in clean.items()})
    assert not fits(found, all_sequences(replace(recipe, unk="rest")))
    least, most = binomial_band(6000, share)
    assert least <= rejection_of(runs).clean <= most


def test_kept_is_what_step_wise_rejection_has_divided_a_probability_by(bigram_model):
    recipe = Recipe(limit=4)
    allowed, rejected = all_sequences(replace(recipe, unk="allow")), all_sequences(recipe)
    runs = whole(bigram_model(FIRST, TABLE), recipe, 3000).runs
    for run in runs:
        ids = tuple(run.token_ids.tolist())
        assert run.kept == pytest.approx(allowed[ids] / rejected[ids], rel=1e-5)
    # so its mean over step-wise runs is the share of whole sequences without <UNK>
    share = sum(prob for ids, prob in allowed.items() if UNK not in ids)
    assert np.mean([run.kept for run in runs]) == pytest.approx(share, abs=0.01)


def test_mean_steps_of_all_and_of_clean_runs(bigram_model):
    recipe = Recipe(limit=6)
    found = rejection_of(whole(bigram_model(FIRST, TABLE), recipe, 5000))
    rejected, allowed = all_sequences(recipe), all_sequences(replace(recipe, unk="allow"))
    clean = {ids: prob for ids, prob in allowed.items() if UNK not in ids}
    assert found.mean_steps == pytest.approx(sum(p * len(ids) for ids, p in rejected.items()), abs=0.06)
    mean_clean = sum(p * len(ids) for ids, p in clean.items()) / sum(clean.values())
    assert found.mean_steps_clean == pytest.approx(mean_clean, abs=0.08)
    assert found.mean_steps > found.mean_steps_clean + 0.1


@pytest.mark.parametrize("unk", ["rest", "redraw"])
def test_draws_a_step_keep_to_the_law_of_the_steps_they_belong_to(bigram_model, unk):
    runs = whole(bigram_model(FIRST, TABLE), Recipe(unk=unk, limit=6), 4000)
    steps = int(runs.steps.sum())
    assert runs.draws.sum() == steps
    assert runs.expected.sum() == pytest.approx(steps)
    for k in range(6):
        least, most = binomial_band(steps, min(1.0, runs.expected[k] / steps))
        assert least <= runs.draws[k] <= most
    assert (runs.draws[2:].sum() == 0) == (unk == "rest")


def test_given_forced_and_kept_tokens_take_no_part_in_the_law(bigram_model):
    recipe = Recipe(prompt="Cats", forced={3: SLEEP}, limit=4, changes=(Change(4, "unk", "allow"),), stop_at_eos=False)
    runs = whole(bigram_model(FIRST, TABLE), recipe, 50)
    assert runs.draws_at.tolist() == [0, 2, 0, 1, 1]
    assert runs.draws.sum() == 50
    assert runs.rejects
    assert set(runs.steps) == {4}
    assert not whole(bigram_model(FIRST, TABLE), replace(recipe, unk="allow"), 3).rejects


def test_runs_are_those_of_generate_with_their_seeds(bigram_model):
    model, recipe = bigram_model(FIRST, TABLE), Recipe(seed=2**32 - 3, limit=5)
    for i, run in enumerate(whole(model, recipe, 6).runs):
        assert run.seed == (recipe.seed + i) % 2**32
        steps = list(generate(model, replace(recipe, seed=run.seed)))
        assert run.token_ids.tolist() == [step.token_id for step in steps]
        assert run.rejections == sum(len(step.draws) - 1 for step in steps)
        assert run.ending == {"eos": "eos", "length": "limit"}[steps[-1].finish_reason]


def test_a_survey_goes_on_where_it_was_and_can_be_stopped(char_model):
    runs = advanced(survey_of(char_model, Recipe(limit=3), 40), seconds=1e-9)
    assert 0 < len(runs.runs) < 40
    assert not runs.ended
    assert runs.seconds_left > 0
    assert runs.stopped().ended
    runs = whole(char_model, Recipe(limit=3), 40)
    assert [run.seed for run in runs.runs] == list(range(40))
    assert {run.ending for run in runs.runs} == {"no_eos"}
    assert advanced(runs).runs == runs.runs


def test_a_batch_of_long_runs_goes_on_in_the_next_slice_and_its_runs_are_the_same(char_model):
    recipe = Recipe(seed=7, limit=700)
    now, slices = survey_of(char_model, recipe, 9), 0
    while not now.ended:
        now, slices = advanced(now, seconds=1e-9), slices + 1
        assert slices > 1 or not now.runs
        assert now.stopped().ended
    assert slices > 3
    expected = [run.token_ids for run in sample_many(char_model, recipe, 9)]
    assert [tuple(run.token_ids.tolist()) for run in now.runs] == expected
    assert now.draws.sum() == now.expected.sum() == 0  # no <UNK>


def test_no_survey_is_larger_than_its_memory(char_model):
    assert survey_of(char_model, Recipe(limit=10_000), 10_000).most == MOST_STEPS // 10_000
    assert survey_of(char_model, Recipe(limit=20), 10**9).most == 10_000


def test_novel_is_asked_of_whole_sequences(bigram_model):
    model = bigram_model([0, 0, 0.5, 0.5, 0], [[1, 0, 0, 0, 0]] * 4 + [[0, 0, 0, 0, 1]])
    hashes = sequence_hashes([[CATS, EOS]])
    model = LanguageModel.from_state_dict(model.vocabulary, model.state_dict(), training_hashes=hashes)
    runs = whole(model, Recipe(limit=5), 100).runs
    assert {(run.token_ids[0] == CATS, run.looked_up, run.known) for run in runs} == {(True, 1, 1), (False, 1, 0)}
    unfinished = whole(model, Recipe(limit=1), 10).runs
    assert {(run.looked_up, run.known) for run in unfinished} == {(0, 0)}


def test_the_most_frequent_sequences_come_with_their_first_seed(bigram_model):
    model = bigram_model([0, 0, 0.7, 0.3, 0], [[1, 0, 0, 0, 0]] * 5)
    runs = whole(model, Recipe(limit=5), 100)
    frequent = most_frequent(runs, 5)
    assert [run.token_ids.tolist() for run, _ in frequent] == [[CATS, EOS], [SLEEP, EOS]]
    assert sum(n for _, n in frequent) == 100
    for run, _ in frequent:
        first = next(one for one in runs.runs if one.token_ids.tolist() == run.token_ids.tolist())
        assert run is first
    assert most_frequent(whole(model, Recipe(limit=5), 1), 5) == []
