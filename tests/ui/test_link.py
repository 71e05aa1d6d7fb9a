"""The link holds the run: recipe, moment, model and language, there and back."""

from urllib.parse import parse_qs

import numpy as np
import pytest

from engine.figures.draw_strip import draw_strip
from engine.model import LanguageModel, ModelError
from engine.phases import Moment
from engine.recipe import Recipe
from engine.run import Run
from engine.ui import link, parameters
from engine.ui.compare import page as compare
from engine.ui.i18n import translator
from engine.ui.many_draws import page as many_draws
from engine.ui.stage.narration import narration

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


def test_every_state_that_can_be_reached_comes_back_exactly(opened, word_model, char_model):
    for case in range(400):
        rng = np.random.default_rng(case)
        model, name = [(word_model, "w"), (char_model, "c")][case % 2]
        run, before = Run(model, Recipe(seed=int(rng.integers(2**32)), limit=int(rng.integers(1, 30)))), []
        for _ in range(12):
            new = _random_move(run, rng, before)
            if new.recipe != run.recipe:
                before.append(run)
            run = new
        back = there_and_back(opened, run, name)
        assert back.ignored == [], f"case {case}"
        assert (back.language, back.model_name) == ("zh", name)
        assert back.run.recipe == run.recipe
        assert back.run.moment == run.moment, f"case {case}"
        assert [step.token_id for step in back.run.steps] == [step.token_id for step in run.steps[: run.moment.t]]
        assert back.run.phased().moment == run.phased().moment


def test_a_link_names_only_phases_that_the_step_has(opened, word_model):
    start = Run(word_model, Recipe(seed=2, limit=6, prompt="Cats", stop_at_eos=False)).with_forced(3)
    ended = start.at_end()
    for t in range(1, len(ended.steps) + 1):
        seen, run = set(), ended.at(t - 1).phased()
        while run.moment.phase and run.moment.t == t:
            seen.add(run.moment)
            run = run.phased()
        for phase in ("feed", "predict", "back", *(f"draw{j}" for j in (*range(9), 99, 100, 999))):
            query = {"t": str(t), "phase": phase, "seed": "2", "limit": "6", "prompt": "Cats", "eos": "0"}
            got = opened(query)
            assert (got.run.moment in seen) == (got.ignored == []), query
            assert _pictures(got.run), query


def test_no_query_string_whatever_raises(opened):
    keys = ["lang", "level", "model", "t", "phase", "seed", "temperature", "top_k", "top_p"]
    keys += ["min_p", "unk", "eos", "limit", "prompt", "force", "changes", "other"]
    values = [
        "",
        "0",
        "1",
        "-1",
        "3",
        "99",
        "1e3",
        "nan",
        "inf",
        "off",
        "feed",
        "predict",
        "back",
        "draw",
        "draw0",
        "draw2",
    ]
    values += [
        "draw1000",
        "draw٣",
        "rest",
        "redraw",
        "allow",
        "w",
        "c",
        "char",
        "word",
        "zh",
        "Cats",
        "Ω",
        "\x00",
        "\ud800",
    ]
    values += ["1:1", "1:999", "2:top_k:1", "2:top_k:0", "1:unk:x", "3:eos:0,,", ":::", "x" * 400, "👩‍🚀", "9" * 400]
    for case in range(600):
        rng = np.random.default_rng(case)
        chosen = rng.choice(keys, size=rng.integers(1, 8), replace=False)
        query = {str(key): values[rng.integers(len(values))] for key in chosen}
        got = opened(query)
        assert got.run.moment == Moment(got.run.moment.t) or got.run.moment in got.run.phases, query
        assert _pictures(got.run), query


def _pictures(run):
    """What the stage draws first of a run; it must not raise for a moment that a link gave."""
    words = narration(run, run.distributions, translator("en"))
    if run.shown is not None:
        draw_strip(run.distributions, run.shown, run.rules, run.moment, run.model.vocabulary, translator("en"))
    return words


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
        {"phase": "draw0", "t": "1"},
        {"phase": "draw01", "t": "1"},
        {"phase": "draw7", "t": "1"},
        {"phase": "draw1", "t": "1", "force": "1:3"},
        {"phase": "back", "t": "7", "eos": "0"},
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
    assert (got.ignored, got.unusable) == ([], ("broken.npz cannot be used as a model: it is empty",))


def test_a_step_beyond_the_end_shows_the_end(opened):
    got = opened({"t": "999", "limit": "5", "eos": "0"})
    assert got.run.moment == Moment(5)


def _random_move(run, rng, before):
    token = int(rng.integers(len(run.model.vocabulary)))
    steps = [run.stepped, run.phased, run.phased, run.phased]
    moves = [
        run.back,
        run.at_end,
        run.reset,
        lambda: run.at(int(rng.integers(0, 31))),
        lambda: run.with_setting("temperature", float(rng.random() * 2)),
        lambda: run.with_setting("temperature", 0.0),
        lambda: run.with_setting("top_k", int(rng.integers(1, 5))),
        lambda: run.with_setting("top_p", float(1 - rng.random())),
        lambda: run.with_setting("min_p", [None, float(rng.random() / 3)][rng.integers(2)]),
        lambda: run.with_setting("unk", ["redraw", "allow", "rest"][rng.integers(3)]),
        lambda: run.with_setting("eos", bool(rng.integers(2))),
        lambda: run.with_forced([token, None][rng.integers(2)]) if max(run.moment.t, 1) > run.given else run,
        lambda: run.with_limit(int(rng.integers(1, 30))),
        lambda: run.with_seed(int(rng.integers(2**32))),
        lambda: run.with_prompt(run.model.vocabulary.decode(rng.integers(2, len(run.model.vocabulary), 2))),
        lambda: before.pop() if before else run,
    ]
    options = steps if rng.random() < 0.5 else moves
    return options[rng.integers(len(options))]()


@pytest.mark.parametrize(
    ("query", "page", "named"),
    [
        ({"text": "Mau"}, "compare", ["text=Mau"]),
        ({"text": "Mau"}, "score", []),
        ({"sentence": "Mau", "seed": "3"}, "", ["sentence=Mau"]),
        ({"temprature": "2", "promt": "Mau", "langs": "zh"}, "draws", ["temprature=2", "promt=Mau", "langs=zh"]),
        ({"embed": "true", "embed_options": "dark_theme", "utm_source": "x", "ref": "1", "course": "dl5"}, "", []),
    ],
)
def test_what_a_page_does_not_take_is_named_and_what_is_not_ours_is_left_alone(query, page, named):
    assert link.unread(query, page) == named


def test_the_pages_take_the_parameters_that_the_link_says():
    assert set(compare.Setup._fields) <= {*parameters.KEYS["compare"], *link.RUN_KEYS}
    assert set(many_draws.Setup._fields) == set(parameters.KEYS["draws"])


@pytest.mark.parametrize(("asked", "language"), [("zh-CN", "zh"), ("zh_Hans_CN", "zh"), ("EN-gb", "en"), ("zh", "zh")])
def test_a_language_may_be_named_as_browsers_name_it(opened, asked, language):
    got = opened({"lang": asked})
    assert (got.language, got.ignored) == (language, [])


@pytest.mark.parametrize("lang", ["", "zhongwen", "-", "fr-CN"])
def test_a_language_that_is_not_there_is_named(opened, lang):
    assert opened({"lang": lang}).ignored == [f"lang={lang}"]


@pytest.mark.parametrize("text", ["Cats sleep.", "...", "a & b.", "中。", ""])
def test_a_link_never_ends_in_a_full_stop_and_says_the_same(text):
    query = link.encoded({"text": text})
    assert not query.endswith(".")
    assert parse_qs(query, keep_blank_values=True) == {"text": [text]}


def test_a_link_without_a_seed_opens_with_the_seed_of_the_models_card(word_model, char_model):
    named = LanguageModel(word_model.vocabulary, word_model.state_dict(), {"opening_seed": 1158})
    models = {"w": named, "c": char_model}

    def opened(**query):
        return link.read(query, {"word": ["w"], "char": ["c"]}, models.__getitem__, LIMITS, "en").run.recipe.seed

    assert opened() == 1158
    assert opened(model="c") == 0
    assert opened(seed="7") == 7
    assert opened(t="3", temperature="0.5") == 1158
    assert opened(seed="-1") == 1158
