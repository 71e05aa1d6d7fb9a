"""The same u at other temperatures: each row is what the engine itself does at that temperature."""

import re
from itertools import islice, pairwise

import numpy as np
import pytest

from engine.figures.temperatures import TEMPERATURES, draw_retakes, retakes
from engine.generation import generate, luck
from engine.model import LanguageModel
from engine.recipe import Recipe
from engine.sampling import SamplingSettings
from engine.ui.i18n import LANGUAGES, translator
from engine.unk_policy import POLICIES
from engine.vocabulary import Vocabulary

EN = translator("en")


def nth_step(model, recipe, t):
    return next(islice(generate(model, recipe), t - 1, None))


@pytest.mark.parametrize("unk", POLICIES)
@pytest.mark.parametrize("cell", ["rnn", "gru", "lstm"])
def test_each_row_is_the_step_of_a_run_whose_temperature_changes_there(random_model, cell, unk):
    model, rejected = random_model(cell, layers=2), 0
    for seed in range(8):
        recipe = Recipe(seed, SamplingSettings(0.9, top_k=4, top_p=0.97, min_p=0.01), unk, stop_at_eos=False, limit=4)
        for step in generate(model, recipe):
            rows = retakes(model, step, recipe, EN)
            assert [row.temperature for row in rows] == sorted({*TEMPERATURES, 0.9})
            for row in rows:
                there = nth_step(model, recipe.changed(step.t, "temperature", row.temperature), step.t)
                assert (row.token_id, row.draws) == (there.token_id, there.draws)
                assert [draw.u for draw in row.draws] == luck(seed, step.t)[: len(row.draws)].tolist()
                assert row.prob == pytest.approx(row.draws[-1].high - row.draws[-1].low, abs=1e-12)
                rejected += len(row.draws) > 1
            now = next(row for row in rows if row.present)
            assert (now.temperature, now.draws) == (0.9, step.draws)
    assert (rejected > 0) == (unk != "allow")


def test_only_the_temperature_in_force_is_marked_once_also_where_it_is_one_of_the_six(word_model):
    recipe = Recipe(seed=2, settings=SamplingSettings(0.5), limit=2)
    rows = retakes(word_model, nth_step(word_model, recipe, 1), recipe, EN)
    assert [row.temperature for row in rows if row.present] == [0.5]
    assert len(rows) == len(TEMPERATURES)


def test_greedy_has_a_row_too_when_it_is_in_force(word_model):
    recipe = Recipe(seed=2, settings=SamplingSettings(0), limit=2)
    rows = retakes(word_model, nth_step(word_model, recipe, 1), recipe, EN)
    assert rows[0].present
    assert (rows[0].temperature, rows[0].prob) == (0, 1.0)


@pytest.mark.parametrize("options", [{"forced": {2: 4}}, {"prompt": "Cats sleep"}])
def test_for_a_token_that_was_not_drawn_the_rows_say_what_would_have_been(word_model, options):
    recipe = Recipe(seed=5, limit=4, stop_at_eos=False, **options)
    step = nth_step(word_model, recipe, 2)
    assert step.draws == ()
    rows = retakes(word_model, step, recipe, EN)
    if step.origin == "forced":
        drawn = nth_step(word_model, recipe.with_forced(2, None), 2)
        assert next(row for row in rows if row.present).draws == drawn.draws
    assert all(row.draws[0].u == luck(5, 2)[0] for row in rows)


def test_many_rejections_are_counted_and_first_and_last_strip_drawn(bigram_model):
    model = bigram_model([0.0, 0.9, 0.1, 0.0, 0.0])
    recipe = next(
        recipe
        for recipe in (Recipe(seed, unk="redraw", limit=1) for seed in range(100))
        if len(nth_step(model, recipe, 1).draws) == 6
    )
    step = nth_step(model, recipe, 1)
    rows = retakes(model, step, recipe, EN)
    now = next(row for row in rows if row.present)
    assert [strip["rejected"] for strip in now.strips] == [True, False]
    assert [strip["u"] for strip in now.strips] == [step.draws[0].u, step.draws[-1].u]
    html = draw_retakes([now], step, EN)
    assert "+ 4 more" in html
    assert f"u(1, 6) = {step.draws[-1].u:.4f}" in html


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_picture_has_the_needle_at_u_and_boxes_from_0_to_1(word_model, language):
    recipe = Recipe(seed=3, limit=3, unk="allow", stop_at_eos=False)
    step = nth_step(word_model, recipe, 2)
    rows = retakes(word_model, step, recipe, translator(language))
    html = draw_retakes(rows, step, translator(language))
    assert 'data-step="2"' in html
    assert html.count(f'<u style="left:{100 * step.draws[0].u:.3f}%">') == len(rows)
    assert html.count("▶") == 1
    lanes = html.split('<div class="lane')[1:]
    for lane in lanes:
        boxes = [tuple(map(float, box)) for box in re.findall(r"left:([\d.]+)%;width:([\d.]+)%", lane)]
        assert boxes[0][0] == 0
        for (low, width), (after, _) in pairwise(boxes):
            assert low + width == pytest.approx(after, abs=0.002)
        assert sum(boxes[-1]) == pytest.approx(100, abs=0.002)


def test_the_chosen_box_is_as_wide_as_its_probability(word_model):
    recipe = Recipe(seed=3, limit=3, unk="allow", stop_at_eos=False)
    step = nth_step(word_model, recipe, 2)
    rows = retakes(word_model, step, recipe, EN)
    widths = re.findall(r'chosen" style="left:[\d.]+%;width:([\d.]+)%', draw_retakes(rows, step, EN))
    assert np.array(widths, float) == pytest.approx([100 * row.prob for row in rows], abs=0.002)


def test_tokens_that_look_like_markup_are_escaped():
    vocabulary = Vocabulary(["<b>x</b>", "'\"&"], "word")
    weights = {"rnn.weight_ih_l0": np.eye(2), "rnn.weight_hh_l0": np.eye(2), "output.weight": np.eye(2)}
    model = LanguageModel.from_state_dict(vocabulary, weights)
    recipe = Recipe(limit=1)
    step = nth_step(model, recipe, 1)
    html = draw_retakes(retakes(model, step, recipe, EN), step, EN)
    assert "<b>x" not in html
    assert "&lt;b&gt;x" in html
