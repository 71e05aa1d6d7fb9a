"""The page Train by AppTest: a training as it goes on; the worker's word is what a test writes for it."""

import time

import pytest
from chinese import slips
from conftest import checked, session_of
from train_page import LEARNED, NAMES, ROWS, TRAINING, begun, ended, html, model, press, row, tell, use

from engine import bench, locks
from engine.ui import own_models
from engine.ui.train.desk import Desk


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_who_waits_sees_the_place_in_the_line(open_page, lang):
    app = tell(begun(open_page(lang=lang)), {"phase": "waiting", "ahead": 2})
    assert ("number 3" if lang == "en" else "第 3 位") in html(app)
    assert slips(html(app)) == [] if lang == "zh" else True
    assert app.button(key="train_pause").disabled
    assert not app.button(key="train_stop").disabled


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_while_it_trains_its_numbers_and_samples_are_those_it_tells(open_page, lang):
    app = tell(begun(open_page(lang=lang)), TRAINING)
    said = html(app)
    assert "1.250" in said
    assert "1.300" in said
    assert "12,346" in said
    assert "3.67" in said  # e ** 1.3
    assert ("Copied: 75.0% (3 of 4 windows)" if lang == "en" else "照抄：75.0%（4 个窗口中的 3 个）") in said
    bodies = "".join(element.body for element in app.get("html"))
    assert "<mark>ba</mark>" in bodies
    assert "&lt;b&gt;" in bodies  # what a network writes is no markup
    assert slips(said) == [] if lang == "zh" else True


def test_the_slider_shows_an_earlier_row_and_its_right_end_follows(open_page):
    app = tell(begun(open_page()), TRAINING)
    app.select_slider(key="setting_train_row").set_value(20)
    app = tell(app, TRAINING)
    assert 'data-row="20"' in html(app)
    assert "Copied: 0%" in html(app)
    later = {**TRAINING, "rows": [*ROWS, row(90, True)]}
    assert 'data-row="20"' in html(tell(app, later))
    app.select_slider(key="setting_train_row").set_value(-1)
    assert 'data-row="90"' in html(tell(app, later))


def test_pause_stop_rate_and_temperature_are_told_to_the_worker(open_page):
    app = tell(begun(open_page()), TRAINING)
    place = app.session_state["own_models"].bench
    with locks.take(place / "alive"):
        press(app, "train_pause")
        app.select_slider(key="setting_train_rate").set_value(0.25).run()
        app.select_slider(key="setting_train_temperature").set_value(1.2).run()
        assert bench.control(place) == {**bench.CONTROL, "paused": True, "learning_rate": 0.25, "temperature": 1.2}
        app = press(app, "train_pause")
        assert not bench.control(place)["paused"]
        press(app, "train_stop")
    assert bench.control(place)["stop"]


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("why", ["died", "full", "memory", "exploded"])
def test_a_training_that_failed_is_a_sentence_and_a_way_back(open_page, lang, why):
    app = tell(begun(open_page(lang=lang)), {"phase": "failed", "problem": f"failed.{why}"})
    said = html(app)
    assert 'role="alert"' in said
    assert slips(said) == [] if lang == "zh" else True
    app = press(app, "train_back")
    assert "train_begin" in [button.key for button in app.button]


def test_a_worker_that_is_gone_without_a_word_has_failed(open_page):
    app = begun(open_page())
    bench.write(app.session_state["own_models"].bench / "state.json", {**TRAINING, "at": time.time()})
    assert "broke off" in html(checked(app.run()))


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_in_the_end_the_model_is_the_sessions_own_and_on_the_stage(open_page, lang):
    app = ended(begun(open_page(lang=lang)))
    said = html(app)
    assert "1.300" in said
    assert ("5-gram model is better by 0.100" if lang == "en" else "比它低 0.100") in said
    assert slips(said) == [] if lang == "zh" else True
    app = press(app, "train_stage")
    assert session_of(app).model_name == "own-mine"
    assert session_of(app).run.model.vocabulary.tokens == model().vocabulary.tokens


def test_a_page_that_is_loaded_again_finds_the_training_where_it_is(open_page, cookie):
    app = tell(begun(open_page()), TRAINING)
    place = app.session_state["own_models"].bench
    cookie(place)
    with locks.take(place / "alive"):
        again = open_page()
    assert 'data-update="50"' in html(again)
    assert session_of(again).record(Desk).file == "my-text"
    model().save(place / "models" / "own-mine.npz")
    bench.write(place / "state.json", LEARNED)
    restored = open_page(model="own-mine", seed="3", t="2")
    assert session_of(restored).model_name == "own-mine"
    assert len(session_of(restored).run.steps) >= 1
    assert "trained" not in "".join(one.sentence for one in session_of(restored).notices)


def test_who_was_away_for_too_long_is_told(open_page):
    app = tell(begun(open_page()), TRAINING)
    bench.remove(app.session_state["own_models"].bench)
    app = checked(app.run())
    assert "No page had asked for the training" in html(app)
    assert "train_begin" in [button.key for button in use(app, NAMES).button]


def test_a_second_press_begins_nothing_more(open_page, quick):
    app = use(open_page(), NAMES)
    place = app.session_state["own_models"].bench
    with locks.take(place / "alive"):
        bench.write(place / "state.json", {**TRAINING, "at": time.time()})  # as another tab has begun it
        app = press(app, "train_begin")
    assert quick == []
    assert 'data-update="50"' in html(app)


def test_another_text_in_another_tab_leaves_a_training_alone(open_page, monkeypatch):
    monkeypatch.setattr("engine.training.look.example", lambda name: NAMES.lower())
    app = tell(begun(open_page()), TRAINING)
    place = app.session_state["own_models"].bench
    other = open_page()
    other.session_state["own_models"] = own_models.Own(place)
    with locks.take(place / "alive"):
        other = press(other, "train_example_names")
    assert other.session_state["own_models"].bench != place
    assert (place / "text.txt").read_text() == NAMES
