"""Claims about the draw strips: every token has its share of 0 to 1, and the needle stands on the token drawn."""

import json

import numpy as np
import pytest

from engine.figures.draw_strip import NARROWEST, draw_strip
from engine.generation import DRAWS_PER_STEP, Distributions, GenerationStep, step_distributions
from engine.model import State
from engine.phases import Moment
from engine.recipe import Recipe
from engine.run import Run
from engine.sampling import Draw, draw
from engine.ui.i18n import translator
from engine.vocabulary import Vocabulary

t = translator("en")
NO_STATE = State(np.zeros((1, 1)))
RULES = Recipe().at(1)


def strip_of(run, moment=None):
    distributions = step_distributions(run.model, run.shown.state, run.rules)
    return draw_strip(distributions, run.shown, run.rules, moment or run.moment, run.model.vocabulary, t)


def drawn(probs, u, vocabulary):
    """The record of a first draw with this u."""
    step = GenerationStep(1, None, NO_STATE, 0, "drawn", (draw(probs, u),), None)
    return draw_strip(Distributions(probs, probs, None, False), step, RULES, Moment(1), vocabulary, t)


def low_of(strip, i):
    return strip["segments"][i - 1][0] if i else strip.get("low", 0.0)


@pytest.fixture(scope="module")
def big_vocabulary():
    return Vocabulary(["<EOS>", "<UNK>", *(f"word{i}" for i in range(5998))], "word", "<EOS>", "<UNK>")


@pytest.fixture
def rejecting(bigram_model):
    """P(<UNK>) = 0.9, the others share the rest: the first draw is rejected, the second made from the rest."""
    return Run(bigram_model([0.02, 0.9, 0.04, 0.03, 0.01]), Recipe(seed=1, limit=3)).at(1)


def test_segments_are_as_wide_as_the_probabilities_in_vocabulary_order(vocabulary):
    probs = np.array([0.125, 0.25, 0.5, 0.0, 0.125])
    (strip,) = drawn(probs, 0.4, vocabulary)["strips"]
    assert strip["segments"] == [
        (0.125, "<EOS>", "eos"),
        (0.375, "<UNK>", "unk"),
        (0.875, "Cats", "token"),
        (1.0, ".", "token"),
    ]
    assert strip["chosen"] == 2
    assert strip["range"] == "0.3750 ≤ 0.4000 < 0.8750"


@pytest.mark.parametrize("seed", range(60))
def test_the_needle_stands_in_the_segment_of_the_token_drawn(seed):
    rng = np.random.default_rng(seed)
    vocabulary = Vocabulary([f"word{i}" for i in range(400)], "word")
    probs = np.exp(rng.uniform(0, 4) * rng.normal(size=400))
    probs /= probs.sum()
    record = drawn(probs, rng.random(), vocabulary)
    expected = draw(probs, record["strips"][0]["u"])
    for strip in filter(None, [record["strips"][0], record["lens"]]):
        high, label, _ = strip["segments"][strip["chosen"]]
        assert low_of(strip, strip["chosen"]) <= strip["u"] < high
        assert label == vocabulary.tokens[expected.token_id]
        highs = [segment[0] for segment in strip["segments"]]
        assert highs == sorted(highs)
        assert highs[-1] == strip.get("high", 1.0)


@pytest.mark.parametrize("seed", range(40))
def test_a_chosen_segment_has_the_edges_of_its_draw_to_the_last_digit(big_vocabulary, seed):
    """Also between tokens that nothing is left of, or next to nothing."""
    rng = np.random.default_rng(seed)
    probs = np.exp(rng.uniform(1, 40) * rng.normal(size=6000))
    probs[rng.random(6000) < rng.random()] = 0.0
    probs /= probs.sum()
    u = rng.random()
    strip, expected = drawn(probs, u, big_vocabulary)["strips"][0], draw(probs, u)
    assert (low_of(strip, strip["chosen"]), strip["segments"][strip["chosen"]][0]) == (expected.low, expected.high)
    highs = [high for high, _, _ in strip["segments"]]
    assert highs == sorted(highs)
    assert highs[-1] == 1.0
    assert expected.low == pytest.approx(probs[: expected.token_id].sum(), abs=1e-12)


def test_tokens_thinner_than_a_pixel_merge_into_runs_and_no_share_is_lost(big_vocabulary):
    probs = np.full(6000, 0.5 / 5999)
    probs[100] = 0.5
    record = drawn(probs, 0.3, big_vocabulary)
    segments = record["strips"][0]["segments"]
    assert [(label, kind) for _, label, kind in segments] == [
        ("100 tokens", "run"),
        ("word98", "token"),
        ("5,899 tokens", "run"),
    ]
    assert np.diff([0, *(high for high, _, _ in segments)]) == pytest.approx([100 * 0.5 / 5999, 0.5, 5899 * 0.5 / 5999])


def test_the_lens_makes_a_thin_segment_at_least_24_pixels_wide_with_its_neighbours(big_vocabulary):
    probs = np.full(6000, 1 / 6000)
    for u in (0.0, 0.5, 0.99999):
        lens = drawn(probs, u, big_vocabulary)["lens"]
        width = lens["segments"][lens["chosen"]][0] - low_of(lens, lens["chosen"])
        assert width / (lens["high"] - lens["low"]) * NARROWEST >= 24
        assert 0 <= lens["low"] <= u < lens["high"] <= 1
        assert len(lens["segments"]) >= 7


def test_a_segment_of_24_pixels_on_the_narrowest_strip_needs_no_lens(vocabulary):
    for width, has_lens in ((23.9, True), (24.1, False)):
        probs = np.array([0.3, width / NARROWEST, 0.7 - width / NARROWEST, 0, 0])
        assert (drawn(probs, 0.31, vocabulary)["lens"] is not None) == has_lens


def test_the_second_strip_after_a_rejection_has_no_unk_segment(rejecting):
    first, second = strip_of(rejecting)["strips"]
    assert (first["rejected"], second["rejected"]) == (True, False)
    assert "unk" in {kind for _, _, kind in first["segments"]}
    assert "unk" not in {kind for _, _, kind in second["segments"]}
    us = [one.u for one in rejecting.shown.draws]
    assert first["caption"] == f"u(1, 1) = {us[0]:.4f} → <UNK> ✗ rejected"
    assert second["caption"].startswith(f"u(1, 2) = {us[1]:.4f} → ")
    assert second["caption"].endswith("✓")


def test_a_redraw_from_the_same_distribution_keeps_the_unk_segment(bigram_model):
    run = Run(bigram_model([0.1, 0.5, 0.2, 0.1, 0.1]), Recipe(seed=1, limit=20, unk="redraw")).at_end()
    step = next(step for step in run.steps if len(step.draws) == 2)
    strips = strip_of(run.at(step.t))["strips"]
    assert strips[0]["segments"] == strips[1]["segments"]


def test_of_many_draws_the_last_two_show_and_the_others_are_counted(bigram_model):
    run = Run(bigram_model([0, 1, 0, 0, 0]), Recipe(limit=1, unk="redraw")).at(1)
    assert len(run.shown.draws) == DRAWS_PER_STEP
    record = strip_of(run)
    assert [strip["rejected"] for strip in record["strips"]] == [True, False]
    assert [strip["u"] for strip in record["strips"]] == [draw.u for draw in run.shown.draws[-2:]]
    assert record["more"] == "… 98 rejected before"
    assert {kind for _, _, kind in record["strips"][-1]["segments"]} <= {"token", "eos"}  # from the rest


@pytest.mark.parametrize("fallen", [1, 2])
def test_only_draws_that_have_fallen_show(rejecting, fallen):
    assert len(strip_of(rejecting, Moment(1, "draw", fallen))["strips"]) == fallen


def test_the_prediction_is_a_strip_without_a_needle(rejecting):
    (strip,) = strip_of(rejecting, Moment(1, "predict"))["strips"]
    assert (strip["u"], strip["chosen"]) == (None, None)
    assert "5 segments" in strip["caption"]


def test_nothing_before_the_prediction(rejecting):
    assert strip_of(rejecting, Moment(1, "feed")) is None


@pytest.mark.parametrize(
    ("recipe", "words"), [(Recipe(prompt="Cats"), "given by the prompt"), (Recipe(forced={1: 2}), "by hand")]
)
def test_where_nothing_is_drawn_a_sentence_says_so(word_model, recipe, words):
    record = strip_of(Run(word_model, recipe).at(1))
    assert record["strips"] == []
    assert "Cats" in record["sentence"]
    assert words in record["sentence"]


def test_a_u_that_is_almost_1_is_not_written_as_1(vocabulary):
    strip = drawn(np.array([0.5, 0.5, 0, 0, 0]), 0.99997, vocabulary)["strips"][0]
    assert "u(1, 1) = 0.99997 →" in strip["caption"]
    assert strip["range"] == "0.50000 ≤ 0.99997 < 1.00000"


def test_as_many_digits_as_it_takes_to_tell_the_edges_apart(vocabulary):
    probs = np.array([0.5, 1e-7, 0.5 - 1e-7, 0, 0])
    assert drawn(probs, 0.50000004, vocabulary)["strips"][0]["range"] == "0.50000000 ≤ 0.50000004 < 0.50000010"


@pytest.mark.parametrize("exponent", [0.5, 1.0, 1.5])
def test_the_record_of_a_model_of_6000_words_stays_below_20_kilobytes(big_vocabulary, exponent):
    ranks = np.random.default_rng(0).permutation(6000) + 1.0
    probs = ranks**-exponent  # Zipf's law, flat or steep
    probs /= probs.sum()
    rest = probs.copy()
    rest[1] = 0
    draws = (Draw(0.1, 1, 0.1, 0.2), draw(rest / rest.sum(), 0.7))
    step = GenerationStep(1, None, NO_STATE, draws[-1].token_id, "drawn", draws, None)
    record = draw_strip(
        Distributions(probs, probs, rest / rest.sum(), False), step, RULES, Moment(1), big_vocabulary, t
    )
    assert len(json.dumps(record)) < 20_000


def test_no_needle_is_promised_where_nothing_is_drawn(word_model):
    for recipe, promised in ((Recipe(), True), (Recipe(prompt="Cats"), False), (Recipe(forced={1: 3}), False)):
        run = Run(word_model, recipe).phased().phased()
        record = draw_strip(
            run.distributions, run.shown, run.rules, run.moment, word_model.vocabulary, translator("en")
        )
        assert ("no needle yet" in record["label"]) == promised
        assert ("no needle falls" in record["label"]) != promised


def test_a_token_in_a_caption_or_sentence_is_quoted(word_model):
    run = Run(word_model, Recipe(forced={1: 4})).stepped()
    record = draw_strip(run.distributions, run.shown, run.rules, run.moment, word_model.vocabulary, translator("en"))
    assert "“.” was chosen by hand" in record["sentence"]
