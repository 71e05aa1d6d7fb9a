"""Claims about the token strip: its chips, what they say, and that a long run costs no more than a short one."""

import json
from dataclasses import replace

import pytest

from engine.figures.token_strip import CHANGES, SHADES, WINDOW, shaded_by_influence, token_strip
from engine.phases import Moment
from engine.recipe import Recipe
from engine.run import Run
from engine.ui.i18n import translator

UNK_OR_CATS = [0, 0.5, 0.5, 0, 0]  # over <EOS>, <UNK>, Cats, sleep, the full stop
t = translator("en")


def strip_of(run, moment=None):
    return token_strip(run.steps, run.facts, moment or run.moment, run.model.vocabulary, t)


@pytest.fixture
def rejecting(bigram_model):
    """A run that draws <UNK> or Cats with equal chances, seed 1: u(1, 1) = 0.51, u(2, 1) = 0.37, u(2, 2) = 0.93."""
    return Run(bigram_model(UNK_OR_CATS), Recipe(seed=1, limit=5, unk="redraw")).at_end()


def test_an_empty_strip_says_what_to_do(word_model):
    strip = strip_of(Run(word_model, Recipe()))
    assert strip["chips"] == []
    assert "Press Step or the key →" in strip["empty"]


def test_one_chip_for_every_step_in_order_with_the_model_s_own_probability(rejecting):
    chips = strip_of(rejecting)["chips"]
    assert [chip["t"] for chip in chips] == [1, 2, 3, 4, 5]
    assert {chip["text"] for chip in chips} == {"Cats"}
    assert {chip["prob"] for chip in chips} == {"50.0%"}


def test_rejected_draws_stand_above_the_step_that_rejected_them(rejecting):
    for chip, step in zip(strip_of(rejecting)["chips"], rejecting.steps, strict=True):
        times = len(step.draws) - 1
        assert chip["rejected"] == {0: "", 1: "<UNK>"}.get(times, f"<UNK> × {times}")
    assert any(len(step.draws) > 1 for step in rejecting.steps)


def test_a_rejected_draw_is_above_the_open_chip_before_the_token_has_come_out(rejecting):
    step = next(step for step in rejecting.steps if len(step.draws) > 1)
    chip = strip_of(rejecting, Moment(step.t, "draw", 1))["chips"][step.t - 1]
    assert (chip["text"], chip["kind"], chip["prob"], chip["shade"]) == ("?", "open", "", None)
    assert chip["rejected"] == "<UNK>"


@pytest.mark.parametrize("phase", ["feed", "predict"])
def test_no_token_shows_before_it_is_drawn(rejecting, phase):
    chip = strip_of(rejecting, Moment(3, phase))["chips"][2]
    assert (chip["text"], chip["rejected"]) == ("?", "")
    assert "Cats" not in chip["title"]


def test_steps_after_the_one_on_show_are_the_future(rejecting):
    chips = strip_of(rejecting, Moment(2))["chips"]
    assert [chip["when"] for chip in chips] == ["past", "now", "future", "future", "future"]


def test_the_end_given_and_forced_tokens_have_their_own_signs(bigram_model):
    recipe = Recipe(prompt="Cats", forced=((2, 3), (3, 0)), limit=5)
    chips = strip_of(Run(bigram_model([0.2] * 5), recipe).at_end())["chips"]
    assert [(chip["text"], chip["sign"], chip["kind"]) for chip in chips] == [
        ("Cats", "given", "token"),
        ("sleep", "by hand", "token"),
        ("<EOS>", "by hand", "eos"),
    ]


def test_the_darker_the_shade_the_more_bits_of_surprisal(bigram_model):
    run = Run(bigram_model([0.6, 0.2, 0.1, 0.0999, 0.0001]), Recipe(forced={1: 1, 2: 2, 3: 3, 4: 4, 5: 0}))
    shades = [chip["shade"] for chip in strip_of(run.at(5))["chips"]]
    assert SHADES == (1, 3, 6, 10)
    assert shades == [1, 2, 2, 4, 0]  # 2.3, 3.3, 3.3, 13.3 and 0.7 bits


def test_spaces_and_line_ends_can_be_seen(char_model):
    run = Run(char_model, Recipe(forced={1: 2, 2: 3}, limit=5)).at(2)
    assert [chip["text"] for chip in strip_of(run)["chips"]] == ["␣", "↵"]


def test_the_tooltip_has_probability_before_and_after_and_surprisal(rejecting):
    title = strip_of(rejecting)["chips"][0]["title"]
    for figure in ("P = 50.0%", "50.0% after", "1.0 bits"):
        assert figure in title


def test_a_probability_that_underflows_has_its_surprisal_all_the_same(bigram_model):
    run = Run(bigram_model([1, 0, 0, 0, 0]), Recipe(forced={1: 2}, stop_at_eos=False)).at(1)
    chip = strip_of(run)["chips"][0]
    assert (chip["prob"], chip["shade"]) == ("< 0.001%", len(SHADES))
    assert "14427.0 bits" in chip["title"]  # 1e4 / ln 2, the difference of the two logits


def test_a_long_run_costs_no_more_than_its_window(bigram_model):
    run = Run(bigram_model([0, 0, 0.5, 0.5, 0]), Recipe(limit=1000)).at(1000)
    for shown in (1, 20, 500, 1000):
        strip = strip_of(replace(run, moment=Moment(shown)))
        chips = strip["chips"]
        assert len(chips) == WINDOW["word"]
        assert [chip["t"] for chip in chips if chip["when"] == "now"] == [shown]
        assert len(json.dumps(strip)) < 16_000


def test_the_jumps_lead_to_the_steps_just_outside_the_window(bigram_model):
    run = replace(Run(bigram_model([0, 0, 0.5, 0.5, 0]), Recipe(limit=1000)).at(1000), moment=Moment(500))
    strip = strip_of(run)
    first, last = strip["chips"][0]["t"], strip["chips"][-1]["t"]
    assert strip["earlier"] == {"text": f"… {first - 1} earlier", "t": first - 1}
    assert strip["later"] == {"text": f"{1000 - last} later …", "t": last + 1}


def test_a_short_run_has_nowhere_to_jump_to(rejecting):
    strip = strip_of(rejecting)
    assert (strip["earlier"], strip["later"]) == (None, None)


def test_a_setting_that_changed_on_the_way_is_marked_where_it_did(word_model):
    changes = [(2, "temperature", 1.5), (2, "top_k", 3), (4, "top_k", None), (5, "unk", "allow"), (6, "eos", True)]
    run = Run(word_model, Recipe(seed=3, limit=8, stop_at_eos=False, changes=changes)).at(5)
    recipe, vocabulary = run.recipe, run.model.vocabulary
    chips = token_strip(run.steps, run.facts, run.moment, vocabulary, t, recipe.changes)["chips"]
    assert [chip.get("changed", "") for chip in chips] == ["", "T 1.5 · top_k 3", "", "top_k off", "<UNK>: kept"]
    assert chips[1]["title"].endswith("from t = 2 on: top_k 3")
    assert {chip.get("changed") for chip in strip_of(run)["chips"]} == {None}


def test_chips_are_shaded_by_what_they_change_as_an_input(word_model):
    run = Run(word_model, Recipe(seed=3, limit=8, stop_at_eos=False)).at(5)
    strip = strip_of(run)
    changes = {3: 0.004, 4: CHANGES[1], 5: 0.9}  # of x<3>, x<4>, x<5>: the tokens of steps 2, 3 and 4
    shaded = shaded_by_influence(strip, 5, changes, t)
    assert [chip["shade"] for chip in shaded["chips"]] == [None, 0, 2, 4, None]
    assert [chip["prob"] for chip in shaded["chips"]] == ["", "Δ 0.40%", "Δ 5.0%", "Δ 90.0%", ""]
    assert "90.0% of ŷ⟨5⟩" in shaded["chips"][3]["title"]
    assert shaded["scale"] != strip["scale"]
    assert [chip["text"] for chip in shaded["chips"]] == [chip["text"] for chip in strip["chips"]]
