"""The seed that a model is shown with first: within a few steps all happens that its vocabulary makes possible."""

import numpy as np
import pytest

from engine.generation import generate
from engine.model import LanguageModel
from engine.novelty import novelty, sequence_hashes
from engine.recipe import FIRST_LIMITS, MAX_SEED, Recipe
from engine.training.opening import FOLDER, LONGEST, SHORTEST, candidates, opens_well, with_opening_seed

FILES = sorted(FOLDER.glob("*.npz"))


@pytest.fixture(scope="module")
def writer(bigram_model):
    """<EOS> <UNK> Cats sleep '.': it writes for some steps, may say <UNK>, and ends."""
    return bigram_model([0, 0.2, 0.6, 0.1, 0.1], [[0.2, 0.2, 0.2, 0.2, 0.2]] * 5)


def named(model, seed):
    return LanguageModel(model.vocabulary, model.state_dict(), {"opening_seed": seed}, model.training_hashes)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_model_file_names_an_opening_that_shows_what_its_vocabulary_can_do(path):
    model = LanguageModel.load(path)
    assert "opening_seed" in model.card
    assert opens_well(model, model.opening_seed)
    # and once more from the run itself, as a visitor gets it
    vocabulary = model.vocabulary
    steps = list(generate(model, Recipe(model.opening_seed, limit=FIRST_LIMITS[vocabulary.level])))
    tokens = [step.token_id for step in steps]
    assert (steps[-1].finish_reason == "eos") == (vocabulary.eos_id is not None)
    if vocabulary.eos_id is not None:
        assert SHORTEST <= len(steps) <= LONGEST[vocabulary.level]
    if vocabulary.unk_id is not None:
        assert any(len(step.draws) > 1 for step in steps[1:5])
        assert len(steps[0].draws) == 1
    found = novelty(tokens, model.training_hashes, vocabulary.level, vocabulary.eos_id)
    assert found.known == found.stretch[1] == 0


def test_the_default_model_shows_a_rejection_the_end_and_novel_in_six_presses():
    model = LanguageModel.load(FOLDER / "speeches-word.npz")
    steps = list(generate(model, Recipe(model.opening_seed)))
    assert len(steps) == 6
    assert [step.t for step in steps if len(step.draws) > 1] == [4]


def test_candidates_are_the_seeds_that_open_well(writer):
    found = dict(candidates(writer, range(300)))
    assert found
    for seed in range(300):
        run = list(generate(writer, Recipe(seed)))
        rejected = [step.t for step in run if len(step.draws) > 1]
        good = run[-1].finish_reason == "eos" and 6 <= len(run) <= 8 and bool(rejected) and 2 <= rejected[0] <= 5
        lower = writer.vocabulary.decode([run[0].token_id]).islower()
        assert (seed in found) == (good and not lower)


def test_what_stands_in_the_training_text_does_not_open(writer):
    seed = next(iter(candidates(writer)))[0]
    tokens = [step.token_id for step in generate(writer, Recipe(seed))]
    copied = LanguageModel(writer.vocabulary, writer.state_dict(), {}, sequence_hashes([tokens]))
    assert opens_well(writer, seed)
    assert not opens_well(copied, seed)


def test_a_card_takes_the_first_candidate_and_nothing_else_changes(writer):
    model = with_opening_seed(writer)
    assert model.opening_seed == next(iter(candidates(writer)))[0]
    assert model.card == {"opening_seed": model.opening_seed}
    for name, array in writer.state_dict().items():
        assert np.array_equal(array, model.state_dict()[name])


def test_a_model_without_candidates_names_none(bigram_model):
    never = bigram_model([0, 0, 1, 0, 0])
    assert with_opening_seed(never).card == {}
    assert with_opening_seed(never).opening_seed == 0


@pytest.mark.parametrize("nonsense", ["7", 7.0, True, -1, MAX_SEED + 1, None, [7], {"a": 1}, float("nan")])
def test_a_card_that_names_no_seed_counts_as_none(writer, nonsense):
    assert named(writer, nonsense).opening_seed == 0


@pytest.mark.parametrize("seed", [0, 7, MAX_SEED])
def test_a_seed_of_the_card_is_taken(writer, seed):
    assert named(writer, seed).opening_seed == seed
