"""The link holds the run: recipe, moment, model and language, there and back."""

from urllib.parse import parse_qs

import numpy as np
import pytest

from engine.figures.moment import Moment
from engine.model import ModelError
from engine.recipe import Recipe
from engine.ui import link
from engine.ui.run import Run

LIMITS = {"word": 20, "char": 100}


@pytest.fixture
def opened(word_model, char_model):
    """`opened(query)`: what a link with these parameters opens, on a shelf of one model per level."""
    models = {"w": word_model, "c": char_model}

    def load(name):
        if name == "broken":
            raise ModelError("broken.npz cannot be used as a model: it is empty")
        return models[name]

    names = {"word": ["w", "broken"], "char": ["c"]}
    return lambda query: link.read(query, names, load, LIMITS, "en")


def there_and_back(opened, run, name):
    query = {key: values[0] for key, values in parse_qs(link.query_of("zh", name, run)).items()}
    return opened(query)


def test_an_empty_link_opens_the_default(opened):
    first = opened({})
    assert (first.language, first.model_name, first.ignored) == ("en", "w", [])
    assert first.run.recipe == Recipe(limit=20)
    assert opened({"level": "char"}).run.recipe.limit == 100


def test_random_runs_come_back_exactly(opened, word_model, char_model):
    rng = np.random.default_rng(5)
    for case in range(60):
        model, name = [(word_model, "w"), (char_model, "c")][case % 2]
        run = Run(model, Recipe(seed=int(rng.integers(2**32)), limit=int(rng.integers(3, 30))))
        run = run.with_prompt(model.vocabulary.decode(rng.integers(2, len(model.vocabulary), case % 3)))
        for _ in range(6):
            run = _random_move(run, rng)
        back = there_and_back(opened, run, name)
        assert back.ignored == []
        assert (back.language, back.model_name) == ("zh", name)
        assert back.run.recipe == run.recipe
        assert back.run.moment == run.moment
        assert [step.token_id for step in back.run.steps] == [step.token_id for step in run.steps[: run.moment.t]]


@pytest.mark.parametrize(
    "query",
    [
        {"t": "-1"},
        {"t": "٣"},
        {"model": "../../etc/passwd"},
        {"level": "sentence"},
        {"lang": "xx"},
        {"phase": "draw"},
        {"phase": "draw9", "t": "1"},
        {"phase": "feed3", "t": "1"},
        {"phase": "dance", "t": "1"},
        {"force": "1:99999999"},
        {"seed": "1e3"},
        {"temperature": "nan"},
    ],
)
def test_nonsense_is_named_and_the_rest_is_kept(opened, query):
    got = opened({"limit": "7", **query})
    assert len(got.ignored) == 1
    assert next(iter(query)) in got.ignored[0]
    assert got.run.recipe.limit == 7


def test_a_prompt_that_cannot_be_spelled_is_ignored(opened):
    got = opened({"model": "c", "prompt": "Ω"})
    assert got.ignored == ["prompt=Ω"]
    assert got.run.recipe.prompt == ""


def test_a_model_that_cannot_be_read_is_named_and_another_opened(opened):
    got = opened({"model": "broken"})
    assert got.model_name == "w"
    assert "broken.npz" in got.ignored[0]


def test_a_step_beyond_the_end_shows_the_end(opened):
    got = opened({"t": "999", "limit": "5", "eos": "0"})
    assert got.run.moment == Moment(5)


def _random_move(run, rng):
    token = int(rng.integers(len(run.model.vocabulary)))
    moves = [
        run.stepped,
        run.stepped,
        run.phased,
        run.phased,
        run.back,
        lambda: run.with_setting("temperature", float(rng.random() * 2)),
        lambda: run.with_setting("top_k", int(rng.integers(1, 5))),
        lambda: run.with_setting("top_p", float(1 - rng.random())),
        lambda: run.with_setting("unk", "redraw"),
        lambda: run.with_setting("eos", False),
        lambda: run.with_forced(token) if run.moment.t > run.given else run,
        lambda: run.with_limit(int(rng.integers(3, 30))),
    ]
    return moves[rng.integers(len(moves))]()
