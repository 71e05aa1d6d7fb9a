"""The engine as a library: the names that `engine` gives, numpy's numbers taken, what a model says of itself."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

import engine
from engine import LanguageModel, Recipe, SamplingSettings, generate, sample_many, score

ROOT = Path(__file__).parents[1]


def test_every_name_that_is_offered_is_there():
    assert len(engine.__all__) == len(set(engine.__all__)) == len([getattr(engine, name) for name in engine.__all__])


def test_the_library_brings_neither_training_nor_pictures_nor_a_server():
    asked = "import sys, engine; print(*{name.split('.')[0] for name in sys.modules}, *sys.modules)"
    answer = subprocess.run([sys.executable, "-c", asked], cwd=ROOT, capture_output=True, text=True, check=True)
    loaded = set(answer.stdout.split())
    assert "numpy" in loaded
    assert not loaded & {"streamlit", "plotly", "pandas", "engine.training", "engine.figures", "engine.ui"}


def test_a_sampling_setting_can_be_given_by_its_own_name():
    assert Recipe(temperature=0.7, top_k=40, seed=3) == Recipe(3, SamplingSettings(0.7, 40))
    assert Recipe(settings=SamplingSettings(top_p=0.5), top_p=0.5).settings == SamplingSettings(top_p=0.5)
    assert Recipe(top_k=None) == Recipe()


def test_settings_that_say_different_things_are_refused():
    with pytest.raises(ValueError, match=r"temperature is 0\.7, but in settings it is 1\.0; give one of them"):
        Recipe(settings=SamplingSettings(top_k=3), temperature=0.7)
    with pytest.raises(ValueError, match="top_p must be above 0"):
        Recipe(top_p=0)
    with pytest.raises(TypeError, match="'tempreature'"):
        Recipe(tempreature=0.7)


def test_numpys_numbers_become_plain_ones():
    recipe = Recipe(
        seed=np.int64(3),
        limit=np.uint8(9),
        temperature=np.float32(0.5),
        top_k=np.int32(7),
        stop_at_eos=np.bool_(False),
        forced={np.int64(2): np.int64(4)},
        changes=((np.int64(3), "top_p", np.float64(0.25)), (np.int16(4), "eos", np.bool_(True))),
    )
    plain = Recipe(3, SamplingSettings(0.5, 7), "rest", False, 9, "", ((3, "top_p", 0.25), (4, "eos", True)), {2: 4})
    assert recipe == plain
    assert recipe.to_query() == plain.to_query()
    assert recipe.to_query()["changes"] == "3:top_p:0.25,4:eos:1"
    settings = recipe.settings
    values = [recipe.seed, recipe.limit, recipe.stop_at_eos, *recipe.forced[0], *recipe.changes[0], settings.top_k]
    assert [type(value) for value in values] == [int, int, bool, int, int, int, str, float, int]
    assert type(settings.temperature) is float
    assert Recipe.from_query(recipe.to_query()) == (recipe, [])


def test_numpys_numbers_give_the_same_runs(word_model):
    state = word_model.initial_state()
    assert word_model.step(np.int64(3), state)[0].tolist() == word_model.step(3, state)[0].tolist()
    steps, same = (
        list(generate(word_model, Recipe(seed, forced={2: token_id})))
        for seed, token_id in ((np.int64(5), np.int64(3)), (5, 3))
    )
    assert [step.token_id for step in steps] == [step.token_id for step in same]
    assert type(steps[1].token_id) is int
    assert [run.seed for run in sample_many(word_model, Recipe(np.uint32(7)), np.int64(2))] == [7, 8]
    assert score(word_model, np.array([2, 3])) == score(word_model, [2, 3])
    assert word_model.vocabulary.decode(np.array([2, 3, 4])) == "Cats sleep."


def test_a_model_says_in_one_line_what_it_is(random_model, char_model):
    assert repr(char_model) == "<LanguageModel: RNN, 4 units, 5 tokens (char)>"
    model = random_model("lstm", layers=2)
    model = LanguageModel.from_state_dict(model.vocabulary, model.state_dict(), card={"text": "Cats"})
    assert repr(model) == "<LanguageModel: LSTM, 2 layers of 4 units, 5 tokens (word), Cats>"
