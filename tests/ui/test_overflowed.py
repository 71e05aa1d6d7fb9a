"""A model that explodes only after some steps: each page says so by its name, and keeps what was there before."""

from html import unescape

import numpy as np
import pytest
from conftest import APP, checked, session_of
from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash
from tiny_weights import random_weights

from engine.comparison import begun
from engine.generation import generate, sample_many
from engine.model import LanguageModel, OverflowedError
from engine.overflow import can_overflow
from engine.recipe import Recipe
from engine.run import Run
from engine.sample import main
from engine.scoring import score
from engine.ui import models
from engine.ui.stage import teacher_forcing
from engine.vocabulary import Vocabulary

LAST = 12  # the last step that can be made
SAID = {"en": "bursts cannot go on here", "zh": "bursts 到这里走不下去了"}


def bursting():
    """a<t> = 1000^(t-1) in every unit whatever is fed: 1e36 at step 13, and 100 times that is no float32 any more."""
    weights = {
        "rnn.weight_ih_l0": np.zeros((1, 5)),
        "rnn.weight_hh_l0": np.full((1, 1), 1000.0),
        "rnn.bias_ih_l0": np.zeros(1),
        "rnn.bias_hh_l0": np.ones(1),
        "output.weight": np.full((5, 1), 1000.0),
        "output.bias": np.zeros(5),
    }
    vocabulary = Vocabulary(["<EOS>", "<UNK>", "Cats", "sleep", "."], "word", "<EOS>", "<UNK>")
    weights = {name: array.astype(np.float32) for name, array in weights.items()}
    return LanguageModel.from_state_dict(vocabulary, weights, variant="relu")


@pytest.fixture
def shelf(tmp_path, monkeypatch):
    bursting().save(tmp_path / "bursts.npz")
    LanguageModel.from_state_dict(Vocabulary("ab \n.", "char"), random_weights("rnn")).save(tmp_path / "letters.npz")
    monkeypatch.setattr(models, "FOLDER", tmp_path)
    return tmp_path


def visit(page="", **query):
    app = AppTest.from_file(APP, default_timeout=60)
    if page:
        app._page_hash = calc_hash(page)
    for key, value in {"model": "bursts", "eos": "0", "limit": "40", "seed": "3", **query}.items():
        app.query_params[key] = value
    return checked(app.run())


def html(app):
    return unescape(" ".join(element.body for element in app.get("html")))


def press(app, key):
    return checked(app.button(key=key).click().run())


# --- the engine


def test_it_explodes_at_a_step_that_the_weights_alone_do_not_tell():
    model, recipe = bursting(), Recipe(limit=40, stop_at_eos=False)
    assert not can_overflow(model)
    steps = generate(model, recipe)
    assert len([next(steps) for _ in range(LAST)]) == LAST
    with pytest.raises(OverflowedError, match="logits must be finite") as caught:
        next(steps)
    assert caught.value.model is model
    for use in (lambda: score(model, [2] * (LAST + 1)), lambda: list(sample_many(model, recipe, 3))):
        with pytest.raises(OverflowedError):
            use()
    assert len(score(model, [2] * LAST)) == LAST


def test_a_run_goes_as_far_as_it_can_and_says_where_it_cannot():
    run = Run(bursting(), Recipe(limit=40, stop_at_eos=False)).towards(40)
    assert (run.moment.t, run.finish_reason) == (LAST, None)
    for further in (Run.stepped, Run.phased, Run.at_end, lambda run: run.towards(40)):
        with pytest.raises(OverflowedError):
            further(run)


def test_a_first_step_that_cannot_be_made_is_found_before_the_model_is_shown():
    weights = dict(bursting().state_dict())
    weights["rnn.bias_hh_l0"] = np.full(1, 1e37, np.float32)
    assert can_overflow(LanguageModel.from_state_dict(bursting().vocabulary, weights, variant="relu"))


def test_the_command_line_says_it_in_a_sentence(shelf, capsys):
    assert main([str(shelf / "bursts.npz"), "--no-eos", "--limit", "40"]) == 1
    written = capsys.readouterr()
    assert written.out == ""
    assert "bursts.npz overflows on the way" in written.err
    assert written.err.count("\n") == 1
    assert main([str(shelf / "bursts.npz"), "--no-eos", "--limit", str(LAST)]) == 0


# --- the stage


@pytest.mark.parametrize("language", SAID)
def test_a_step_that_cannot_be_made_is_not_made(shelf, language):
    app = visit(t=str(LAST), lang=language)
    before = session_of(app).run
    for button in ("control_step", "control_phase", "control_end"):
        press(app, button)
        assert SAID[language] in html(app)
        assert session_of(app).run is before
        session_of(app).notices.clear()
    press(app, "control_back")
    assert session_of(app).run.moment.t == LAST - 1
    press(app, "control_step")
    assert session_of(app).run.moment.t == LAST
    assert SAID[language] not in html(app)


def test_play_and_the_way_to_the_end_stop_before_it(shelf, every_run_ticks):
    app = visit(t=str(LAST - 1))
    press(app, "control_play")
    for _ in range(3):
        checked(app.run())
    assert (session_of(app).run.moment.t, session_of(app).playing) == (LAST, False)
    assert SAID["en"] in html(app)
    app = visit(t="2")
    press(app, "control_end")
    checked(app.run())
    assert (session_of(app).run.moment.t, session_of(app).goal) == (LAST, None)
    assert SAID["en"] in html(app)


@pytest.mark.parametrize("page", ["", "score", "draws"])
def test_a_link_beyond_it_opens_the_step_before_it(shelf, every_run_ticks, page):
    app = visit(page, t="30", text="Cats")
    checked(app.run())
    assert (session_of(app).run.moment.t, session_of(app).goal) == (LAST, None)
    assert SAID["en"] in html(app)


def test_a_prompt_that_is_too_long_is_fed_as_far_as_it_can_be(shelf, every_run_ticks):
    app = visit(t="2", prompt="Cats " * 30)
    press(app, "control_end")
    checked(app.run())
    assert session_of(app).run.moment.t == LAST
    assert SAID["en"] in html(app)


def test_a_longer_text_than_it_can_read_is_not_fed_in_training(shelf, monkeypatch):
    monkeypatch.setattr(teacher_forcing, "preset", lambda *_: "Cats " * 30)
    app = visit(t="2")
    session_of(app).trained = True
    checked(app.run())
    assert not session_of(app).trained
    assert SAID["en"] in html(app)
    assert session_of(app).run.moment.t == 2


# --- the other pages


@pytest.mark.parametrize("language", SAID)
def test_score_refuses_a_text_that_is_too_long_and_keeps_its_field(shelf, language):
    app = visit("score", text="Cats " * 20, lang=language)
    assert SAID[language] in html(app)
    checked(app.text_area(key="setting_score_text_0").set_value("Cats sleep.").run())
    assert SAID[language] not in html(app)
    assert 'class="totals"' in html(app)


@pytest.mark.parametrize("language", SAID)
def test_word_vs_character_says_it_of_a_sentence_that_can_be_shortened(shelf, language):
    app = visit("compare", word="bursts", char="letters", sentence="Cats " * 20, lang=language)
    assert SAID[language] in html(app)
    checked(app.text_input(key="setting_compare_sentence").set_value("Cats sleep.").run())
    assert SAID[language] not in html(app)


def test_word_vs_character_says_it_of_the_one_run_and_the_other_goes_on(shelf):
    seed = next(seed for seed in range(100) if begun(bursting(), seed).advanced(99).overflowed)  # without <EOS> before
    app = visit("compare", word="bursts", char="letters", sentence="Cats.", view="run", seed=str(seed))
    press(app, "compare_end")
    assert SAID["en"] in html(app)
    assert app.button(key="compare_step").disabled
    assert "360" in html(app)


@pytest.mark.parametrize("language", SAID)
def test_many_runs_say_it_and_one_step_can_still_be_drawn_many_times(shelf, language):
    app = visit("draws", show="runs", t="3", lang=language)
    press(app, "draws_start")
    assert SAID[language] in html(app)
    assert session_of(app).run.moment.t == 3
    session_of(app).notices.clear()
    app.segmented_control(key="setting_draws_show").set_value("step")
    checked(app.run())
    assert SAID[language] not in html(app)


def test_a_search_says_it_and_ends(shelf):
    app = visit()
    press(app, "find")
    press(app, "find_limit")
    assert SAID["en"] in html(app)
    checked(app.run())
    assert session_of(app).run.moment.t == 0
