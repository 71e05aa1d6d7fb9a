"""Predict, then reveal: the step waits for a prediction, commits to it when u falls, and tells how it did."""

import pytest
from conftest import checked, narration_of, session_of
from predict_page import bars_are_shown, draft, run_of

from engine.figures.probability_bars import probability_bars
from engine.phases import Moment
from engine.ui import session as session_module
from engine.ui.stage import predicted


def outcome_of(app):
    """What the press names where u falls at the step that waits."""
    first = run_of(app).steps[-1].draws[0].token_id
    run = run_of(app)
    rows = probability_bars(
        run.distributions,
        run.shown,
        run.rules,
        Moment(run.moment.t, "predict"),
        run.model.vocabulary,
        session_module.translator("en"),
    )
    return first + 1 if first in {bar.token_id for bar in rows} else 0


def test_when_it_is_off_a_step_makes_nothing_of_it(open_app, parts, press, monkeypatch):
    for name in ("part", "tally"):
        monkeypatch.setattr(predicted, name, None)  # a call would raise
    app = open_app(model="dinosaurs-gru", t="2", eos="0")
    press(app, "step")
    assert "predict" not in parts
    assert parts["draw"]["predict"]["choices"] == []
    assert "predicted" not in narration_of(app)
    assert run_of(app).moment == Moment(3)


@pytest.mark.parametrize(("hidden", "phase"), [(0, "predict"), (1, "feed")])
def test_a_step_waits_before_its_draw_and_the_next_one_lets_u_fall(open_app, parts, press, hidden, phase):
    app = open_app(model="dinosaurs-gru", t="2", eos="0", seed="7")
    press(app, "predict")
    press(app, "hide", hidden)
    press(app, "step")
    assert run_of(app).moment == Moment(3, phase)
    assert not bars_are_shown(app)
    assert all(bool(row["number"]) != bool(hidden) for row in parts["predict"]["rows"])
    came = outcome_of(app)
    press(app, "lay", came)
    press(app, "lay", came)
    assert "2 of 10" in parts["predict"]["placed"]
    press(app, "answer", 5)  # another token at T = 0.5: yes
    press(app, "step")
    run = run_of(app)
    assert run.moment == Moment(3)
    assert bars_are_shown(app)
    assert run.predicted.score.chips == 2
    assert run.predicted.hidden == bool(hidden)
    assert run.predicted.score.bits < 0.02
    assert [one.question for one in run.predicted.answers] == ["cooler"]
    said = narration_of(app)
    assert f"{run.predicted.score.best:.2f} bits" in said
    assert f"{run.predicted.score.expected:.2f}" in said
    assert "So far (1)" in said


def test_with_nothing_laid_a_step_is_passed_over(open_app, press):
    app = open_app(model="dinosaurs-gru", t="2", eos="0")
    press(app, "predict")
    for _ in range(4):
        press(app, "step")
    assert run_of(app).moment == Moment(4)
    assert run_of(app).predictions == ()


def test_ten_chips_are_all_and_one_can_be_taken_back(open_app, parts, press):
    app = open_app(model="dinosaurs-gru", eos="0")
    press(app, "predict")
    press(app, "step")
    outcomes = [row["outcome"] for row in parts["predict"]["rows"]]
    for i in range(14):
        press(app, "lay", outcomes[i % 3])
    assert sum(draft(app).chips.values()) == 10
    press(app, "take_back", outcomes[0])
    assert [row["chips"] for row in parts["predict"]["rows"]][:3] == [3, 3, 3]
    for _ in range(5):
        press(app, "take_back", outcomes[0])
    press(app, "lay", 99_999)
    press(app, "take_back", 99_999)
    press(app, "answer", 99)
    assert sorted(draft(app).chips.values()) == [3, 3]
    assert draft(app).answers == {}


def test_the_same_answer_once_more_takes_it_back(open_app, parts, press):
    app = open_app(model="speeches-word", t="1")
    press(app, "predict")
    press(app, "step")
    assert len(parts["draw"]["predict"]["choices"]) == 4  # open or hidden, and three questions
    press(app, "answer", 2)
    assert draft(app).answers == {"unk": False}
    press(app, "answer", 3)
    assert draft(app).answers == {"unk": True}
    press(app, "answer", 3)
    assert draft(app).answers == {}


def test_back_forgets_the_step_that_nobody_has_seen_and_step_waits_there_again(open_app, parts, press):
    app = open_app(model="dinosaurs-gru", t="2", eos="0", seed="7")
    press(app, "predict")
    press(app, "step")
    press(app, "lay", outcome_of(app))
    coming = run_of(app).steps[2].token_id
    press(app, "back")
    assert len(run_of(app).steps) == 2  # else its token would stand on the strip
    assert session_of(app).before == []
    press(app, "step")
    assert run_of(app).moment == Moment(3, "predict")
    assert run_of(app).steps[2].token_id == coming
    assert sum(draft(app).chips.values()) == 1


def test_what_has_been_seen_is_not_asked_again_and_looking_back_shows_how_it_was_predicted(open_app, press):
    app = open_app(model="dinosaurs-gru", t="3", eos="0", seed="7")
    press(app, "predict")
    press(app, "step")
    press(app, "lay", 0)
    press(app, "step")
    press(app, "show", 2)
    assert "predicted" not in narration_of(app)  # that was later
    press(app, "step")
    assert run_of(app).moment == Moment(3)
    press(app, "step")
    assert run_of(app).moment == Moment(4)
    assert "So far (1)" in narration_of(app)
    press(app, "step")
    assert run_of(app).moment == Moment(5, "predict")


def test_phase_and_the_pills_commit_when_u_falls(open_app, press):
    app = open_app(model="dinosaurs-gru", t="2", eos="0", seed="7")
    press(app, "predict")
    press(app, "phase")
    assert run_of(app).moment == Moment(3, "feed")
    press(app, "step")
    assert run_of(app).moment == Moment(3, "predict")
    press(app, "lay", 0)
    press(app, "phase")
    assert run_of(app).moment == Moment(3, "draw", 1)
    assert run_of(app).predicted.chips == ((None, 1),)
    press(app, "lay", 0)  # too late
    assert run_of(app).predicted.chips == ((None, 1),)
    press(app, "step")
    press(app, "step")
    press(app, "lay", 0)
    press(app, "pill", 2)
    assert [one.t for one in run_of(app).predictions] == [3, 4]


def test_play_holds_where_a_prediction_is_awaited(open_app, press, every_run_ticks):
    app = open_app(model="dinosaurs-gru", eos="0", prompt="ab", seed="7")
    press(app, "predict")
    press(app, "play")
    for _ in range(5):
        checked(app.run())
    assert run_of(app).moment == Moment(3, "predict")  # past the prompt, of which nothing is drawn
    assert not session_of(app).playing


def test_to_the_end_commits_to_what_is_laid_and_asks_no_more(open_app, press):
    app = open_app(model="dinosaurs-gru", t="2", eos="0", seed="7", limit="9")
    press(app, "predict")
    press(app, "step")
    press(app, "lay", 0)
    press(app, "end")
    assert run_of(app).moment == Moment(9)
    assert [one.t for one in run_of(app).predictions] == [3]
