"""From a text of one's own to a finished model: it learns within its time, its card says what it is, it can be used."""

import math
from itertools import count

import numpy as np
import pytest

from engine.generation import generate
from engine.model import LanguageModel
from engine.novelty import novelty
from engine.recipe import Recipe
from engine.training import loop, own_model
from engine.training.catalogue import samples
from engine.training.loop import train
from engine.training.own_model import SIZES, about, finished, plan_for, yardsticks
from engine.training.own_text import prepare
from engine.training.text_file import TextError

NAMES = "\n".join(
    f"{a}{b}{c}" for a in "ABCDEFGH" for b in ("ana", "oro", "ile", "umu") for c in ("x", "saurus", "don")
)


@pytest.fixture(scope="module")
def own():
    return prepare(NAMES)


@pytest.fixture(scope="module")
def course(own):
    """(plan, steps) of a whole training of a small network, on a clock that goes on 45 ms an update."""
    plan = plan_for(own.text, "small", 0.1)
    ticks = count()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(loop, "read_clocks", lambda: np.full(2, 0.015 * next(ticks)))
        return plan, list(train(plan, own.text))


def test_it_learns_within_its_time_and_beats_a_network_that_knows_nothing(own, course):
    plan, steps = course
    assert steps[-1].ended in ("updates", "time", "no better")
    assert [step.ended for step in steps[:-1]] == [None] * (len(steps) - 1)
    assert steps[-1].seconds < 1.5 * plan.seconds + 1
    kept = steps[-1].kept
    assert kept.held_out_loss == min(step.held_out_loss for step in steps) < 0.6 * yardsticks(own.text).uniform
    assert kept.update == next(step.update for step in steps if step.held_out_loss == kept.held_out_loss)


def test_a_network_that_becomes_no_better_is_not_trained_on(own):
    plan = plan_for(own.text, "small", 10)
    steps = list(train(plan.__class__(**{**vars(plan), "learning_rate": 1e-12, "patience": 3}), own.text))
    assert steps[-1].ended == "no better"
    assert not any(step.best for step in steps[-3:])


def test_the_finished_model_says_what_it_is_and_can_be_used(own, course, tmp_path, monkeypatch):
    monkeypatch.setattr(own_model, "_SEEDS", 300)
    plan, steps = course
    measured = yardsticks(own.text)
    finished(steps[-1].kept, plan, own, about("mine", "names.txt", own.report, measured)).save(tmp_path / "mine.npz")
    model = LanguageModel.load(tmp_path / "mine.npz")
    card = model.card
    assert (card["name"], card["text"], card["sequences"]) == ("mine", "names.txt", "lines")
    assert card["held_out_nats_per_token"] == round(steps[-1].kept.held_out_loss, 4)
    assert card["held_out_ngram_nats_per_token"] == round(measured.ngram, 4)
    assert card["held_out_sequences"] == own.report.held_out
    assert {"loss_by_context", "characters_per_token", "updates", "seconds", "licence"} <= card.keys()
    assert "mine" in repr(model)
    assert novelty(own.text.training[0], model.training_hashes, "char", model.vocabulary.eos_id).known == 1
    assert novelty(own.text.held_out[0], model.training_hashes, "char", model.vocabulary.eos_id).known == 0
    assert len(samples(model)) == 5
    assert list(generate(model, Recipe(0)))


def test_the_yardsticks_are_measured_on_the_same_tokens(own):
    measured = yardsticks(own.text)
    assert measured.uniform == math.log(len(own.text.vocabulary))
    assert 0 < measured.ngram < measured.uniform


@pytest.mark.parametrize("level", ["word", "char"])
@pytest.mark.parametrize("sequences", ["lines", "sentences", "stream"])
@pytest.mark.parametrize("repeats", [1, 30])
def test_every_way_of_cutting_a_text_small_or_not_can_be_trained(level, sequences, repeats):
    lines = [f"The {size} {animal} sat there." for size in ("old", "new") for animal in ("cat", "dog", "cow")]
    own = prepare("\n".join(f"{line} Now {k}." for k in range(8 * repeats) for line in lines), level, sequences)
    plan = plan_for(own.text, "small", 0.05)
    quick = plan.__class__(**{**vars(plan), "hidden": 8, "updates": 3})
    steps = list(train(quick, own.text))
    assert steps[-1].ended == "updates"
    assert np.isfinite(steps[-1].held_out_loss)


def test_the_dial_and_the_time_are_bounded(own):
    assert [plan_for(own.text, size).hidden for size in SIZES] == sorted(SIZES.values())
    refused = (("huge", 5, "medium, large"), ("small", 0, "from 0.05"), ("small", math.nan, "nan"))
    for size, minutes, said in refused:
        with pytest.raises(TextError, match=said):
            plan_for(own.text, size, minutes)


def test_a_training_by_the_clock_goes_on_with_the_time_that_is_left(own, tmp_path):
    plan = plan_for(own.text, "small", 0.05)
    checkpoint = tmp_path / "checkpoint.npz"
    first = next(train(plan, own.text, checkpoint=checkpoint))
    resumed = list(train(plan, own.text, checkpoint=checkpoint))
    assert resumed[0].update > first.update
    assert resumed[0].seconds > first.seconds
    assert resumed[-1].kept.held_out_loss <= first.held_out_loss


def test_the_best_of_an_interrupted_training_is_kept_where_nothing_better_follows(own, tmp_path, monkeypatch):
    plan = plan_for(own.text, "small", 0.05)
    checkpoint = tmp_path / "checkpoint.npz"
    before = next(train(plan, own.text, checkpoint=checkpoint))
    monkeypatch.setattr(loop, "held_out_loss", lambda weights, text: before.held_out_loss + 1)
    after = list(train(plan, own.text, checkpoint=checkpoint))[-1]
    assert not after.best
    assert after.kept[:4] == before.kept[:4]
    for name, weight in before.model.state_dict().items():
        np.testing.assert_array_equal(weight, after.kept.model.state_dict()[name])
