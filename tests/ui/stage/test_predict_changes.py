"""What becomes of a prediction when all else changes: language, settings, tokens by hand, undo, training, the end."""

from conftest import checked, narration_of
from predict_page import bars_are_shown, draft, run_of

from engine.phases import Moment
from engine.ui.i18n import WORDS


def test_a_language_switch_leaves_what_is_half_laid(open_app, parts, press):
    app = open_app(model="speeches-word", t="1")
    press(app, "predict")
    press(app, "step")
    first = parts["predict"]["rows"][0]["outcome"]
    press(app, "lay", first)
    press(app, "answer", 0)
    checked(app.segmented_control(key="setting_language").set_value("zh").run())
    assert parts["predict"]["rows"][0]["chips"] == 1
    assert parts["predict"]["how"] == WORDS["predict.how"][1]
    assert draft(app).answers == {"eos": False}
    press(app, "step")
    assert "你" in narration_of(app)


def test_a_setting_that_is_changed_meanwhile_moves_the_bars_under_the_chips(open_app, parts, press):
    app = open_app(model="speeches-word", t="1")
    press(app, "predict")
    press(app, "step")
    last = parts["predict"]["rows"][-2]["outcome"]
    press(app, "lay", last)
    before = run_of(app).moment
    checked(app.select_slider(key="setting_temperature").set_value(0.25).run())
    assert run_of(app).moment == before
    assert next(row for row in parts["predict"]["rows"] if row["outcome"] == last)["chips"] == 1
    probs = run_of(app).distributions.probs
    drawn = run_of(app).shown.draws[0].token_id
    press(app, "step")
    score = run_of(app).predicted.score
    assert score.came is None or score.prob == probs[drawn]


def test_a_forced_token_is_no_draw_and_nothing_is_asked_of_it(open_app, press, parts):
    app = open_app(model="dinosaurs-gru", t="2", eos="0", seed="7", force="3:4")
    press(app, "predict")
    press(app, "step")
    assert run_of(app).moment == Moment(3)
    press(app, "step")
    assert run_of(app).moment == Moment(4, "predict")


def test_a_change_takes_the_prediction_with_the_step_and_undo_brings_both_back(open_app, press):
    app = open_app(model="dinosaurs-gru", t="2", eos="0", seed="7")
    press(app, "predict")
    press(app, "step")
    press(app, "lay", 0)
    press(app, "step")
    made = run_of(app).predictions
    checked(app.select_slider(key="setting_temperature").set_value(0.5).run())
    assert run_of(app).predictions == ()
    press(app, "undo")
    assert run_of(app).predictions == made
    for change in ("reset",):
        press(app, change)
        assert run_of(app).predictions == ()
        press(app, "undo")
        assert run_of(app).predictions == made
    checked(app.segmented_control(key="level").set_value("word").run())
    assert run_of(app).predictions == ()


def test_in_training_nothing_is_asked_and_sampled_it_is_again(open_app, press, parts):
    app = open_app(model="dinosaurs-gru", t="2", eos="0")
    press(app, "predict")
    press(app, "step")
    press(app, "lay", 0)
    press(app, "trained", 1)
    assert bars_are_shown(app)
    assert parts["draw"]["predict"]["choices"] == []
    press(app, "trained", 0)
    assert not bars_are_shown(app)
    assert parts["predict"]["rows"][-1]["chips"] == 1


def test_the_switch_in_the_middle_of_a_step(open_app, press, parts):
    app = open_app(model="dinosaurs-gru", t="3", phase="predict")
    press(app, "predict")
    assert not bars_are_shown(app)
    press(app, "hide", 1)
    assert run_of(app).moment == Moment(3, "feed")
    press(app, "hide", 0)
    assert run_of(app).moment == Moment(3, "predict")
    press(app, "predict")
    assert bars_are_shown(app)
    assert run_of(app).moment == Moment(3, "predict")


def test_the_prediction_is_not_in_the_link(open_app, press, parts):
    app = open_app(model="dinosaurs-gru", t="2", eos="0", seed="7")
    press(app, "step")
    without = parts["step"]["query"]
    press(app, "back")
    app = open_app(model="dinosaurs-gru", t="2", eos="0", seed="7")
    press(app, "predict")
    press(app, "step")
    press(app, "lay", 0)
    press(app, "step")
    assert run_of(app).predictions
    assert parts["step"]["query"] == without


def test_the_end_keeps_the_tally(open_app, press):
    app = open_app(model="dinosaurs-gru", t="3", eos="0", limit="4")
    press(app, "predict")
    press(app, "step")
    press(app, "lay", 0)
    press(app, "step")
    assert run_of(app).finish_reason == "length"
    assert "So far (1)" in narration_of(app)
    checked(app.number_input(key="setting_limit").set_value(6).run())
    assert len(run_of(app).predictions) == 1
