"""The bars show what the engine computed: all of it, and the marked tokens always."""

import numpy as np
import pytest

from engine.figures.moment import Moment
from engine.figures.probability_bars import draw_bars, probability_bars
from engine.generation import Outlook, generate, outlook
from engine.recipe import Recipe
from engine.sampling import SamplingSettings
from engine.ui.words import LANGUAGES, translator
from engine.vocabulary import Vocabulary

EN = translator("en")
VOCABULARY = Vocabulary(["<EOS>", "<UNK>", *(f"w{i}" for i in range(98))], "word", "<EOS>", "<UNK>")


@pytest.fixture
def ahead():
    """A distribution in which <EOS> and <UNK> are the unlikeliest of a hundred."""
    own = np.arange(1.0, 101.0)
    own /= own.sum()
    return Outlook(own, own, None, False)


def bars_of(ahead, step=None, moment=Moment(1, "predict")):
    return probability_bars(ahead, step, moment, VOCABULARY, EN)


def test_all_bars_sum_to_1_before_and_after(ahead):
    bars = bars_of(ahead)
    assert sum(bar.after for bar in bars) == pytest.approx(1, abs=1e-12)
    assert sum(bar.before for bar in bars) == pytest.approx(1, abs=1e-12)


def test_eos_and_unk_are_always_there_and_the_others_are_counted(ahead):
    bars = bars_of(ahead)
    assert {0, 1} <= {bar.token_id for bar in bars}
    assert bars[-1].label == f"{100 - (len(bars) - 1)} others"


def test_the_likeliest_come_first(ahead):
    assert [bar.token_id for bar in bars_of(ahead)][:4] == [99, 98, 97, 96]


def test_each_bar_has_the_probability_of_its_token(ahead):
    for bar in bars_of(ahead)[:-1]:
        assert bar.after == ahead.probs[bar.token_id]


def test_the_chosen_token_is_shown_however_unlikely_and_only_once_it_is_drawn(word_model):
    recipe = Recipe(seed=1, limit=1, forced={1: 3})
    step = next(generate(word_model, recipe))
    ahead = outlook(word_model, step.state, recipe.at(1))
    for moment, kinds in ((Moment(1), ["chosen"]), (Moment(1, "predict"), [])):
        bars = probability_bars(ahead, step, moment, word_model.vocabulary, EN)
        assert [bar.kind for bar in bars if bar.kind == "chosen"] == kinds


def test_unk_is_marked_as_rejected_from_the_first_rejection_on(word_model):
    recipe, step = next(
        (recipe, step)
        for seed in range(500)
        for recipe in [Recipe(seed=seed, limit=8)]
        for step in generate(word_model, recipe)
        if len(step.draws) == 2
    )
    ahead = outlook(word_model, step.state, recipe.at(step.t))
    unk_id = word_model.vocabulary.unk_id

    def kind(moment):
        bars = probability_bars(ahead, step, moment, word_model.vocabulary, EN)
        return next(bar.kind for bar in bars if bar.token_id == unk_id)

    assert kind(Moment(step.t, "predict")) == "unk"
    assert kind(Moment(step.t, "draw", 1)) == "rejected"
    assert kind(Moment(step.t)) == "rejected"


def test_a_filtered_token_stays_with_its_mark(word_model):
    recipe = Recipe(settings=SamplingSettings(top_k=1))
    step = next(generate(word_model, recipe))
    ahead = outlook(word_model, step.state, recipe.at(1))
    bars = probability_bars(ahead, step, Moment(1), word_model.vocabulary, EN)
    filtered = [bar for bar in bars if bar.after == 0]
    assert filtered
    assert all(bar.before > 0 for bar in filtered)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_chart_draws_these_numbers_and_names_its_step(ahead, language):
    bars = probability_bars(ahead, None, Moment(7, "predict"), VOCABULARY, translator(language))
    figure = draw_bars(bars, Moment(7, "predict"), translator(language))
    assert figure.layout.meta == {"step": 7}
    assert list(figure.data[0].x) == [bar.after for bar in bars]
    assert [mark.x0 for mark in figure.layout.shapes] == [bar.before for bar in bars]


def test_a_token_that_looks_like_markup_is_escaped_in_the_chart():
    vocabulary = Vocabulary(["<b>x</b>", "&lt;"], "word")
    half = np.array([0.5, 0.5])
    bars = probability_bars(Outlook(half, half, None, False), None, Moment(1, "predict"), vocabulary, EN)
    assert set(draw_bars(bars, Moment(1), EN).layout.yaxis.ticktext) == {"&lt;b&gt;x&lt;/b&gt; ", "&amp;lt; "}


def test_without_bars_the_frame_alone_is_drawn():
    assert draw_bars([], Moment(0), EN).layout.meta == {"step": 0}
