"""Live: what is dragged is shown and changes nothing until it is let go; the prompt at a press; which past."""

import json
from pathlib import Path

import pytest
from conftest import checked, session_of

from engine.influence import influences
from engine.ui.i18n import WORDS
from engine.ui.stage import live, past
from engine.ui.stage.live import options


def run_of(app):
    return session_of(app).run


def place_of(app, value, name="temperature"):
    return options(run_of(app), name).index(value)


def test_while_it_is_dragged_the_stage_shows_what_the_engine_decides_at_that_temperature(open_app, parts, press):
    app = open_app(model="speeches-word", seed="3", t="6")
    run, query = run_of(app), parts["step"]["query"]
    for temperature in (1.5, 2.0, 0.0, 0.5):
        press(app, "drag_temperature", place_of(app, temperature))
        wanted = run.with_setting("temperature", temperature)
        chip = parts["run"]["strip"]["chips"][5]
        assert chip["text"] == run.model.vocabulary.tokens[wanted.shown.token_id]
        assert chip.get("changed", "") == f"T {temperature:g}"
        assert parts["draw"]["strip"]["strips"][-1]["u"] == pytest.approx(wanted.shown.draws[-1].u)
        assert run_of(app) is run  # nothing is changed, nothing can be undone, the link stays
        assert session_of(app).before == []
        assert parts["step"]["query"] == query
    checked(app.select_slider(key="setting_temperature").set_value(0.5).run())
    assert run_of(app).rules.settings.temperature == 0.5
    assert len(session_of(app).before) == 1
    assert "changes=6%3Atemperature%3A0.5" in parts["step"]["query"]


@pytest.mark.parametrize(("name", "off", "values"), [("top_p", 1.0, (0.5, 0.05, 0.93)), ("min_p", 0.0, (0.02, 0.5))])
def test_a_filter_is_dragged_likewise_and_off_at_the_end_where_it_leaves_nothing_out(
    open_app, parts, press, name, off, values
):
    app = open_app(model="speeches-word", seed="3", t="6")
    app.session_state.filters = True
    checked(app.run())
    slider = app.select_slider(key=f"setting_{name}")
    assert slider.value == off
    run = run_of(app)
    for value in values:
        press(app, f"drag_{name}", place_of(app, value, name))
        wanted = run.with_setting(name, value).shown
        chip = parts["run"]["strip"]["chips"][5]
        assert (chip["text"], chip["changed"]) == (run.model.vocabulary.tokens[wanted.token_id], f"{name} {value:g}")
        assert run_of(app) is run
    press(app, f"drag_{name}", place_of(app, off, name))
    assert parts["run"]["strip"]["chips"][5].get("changed", "") == ""
    checked(app.select_slider(key=f"setting_{name}").set_value(values[0]).run())
    assert getattr(run_of(app).rules.settings, name) == values[0]
    checked(app.select_slider(key=f"setting_{name}").set_value(off).run())
    assert getattr(run_of(app).rules.settings, name) is None


@pytest.mark.parametrize("value", ["1", "0.123456"])
def test_a_slider_stands_where_a_link_has_put_it(open_app, value):
    app = open_app(model="speeches-word", seed="3", t="6", top_p=value)
    app.session_state.filters = True
    checked(app.run())
    assert app.select_slider(key="setting_top_p").value == float(value)
    assert run_of(app).rules.settings.top_p == float(value)
    assert session_of(app).before == []


def test_the_front_end_knows_the_sliders():
    front = (Path(live.__file__).parent / "front" / "live.js").read_text(encoding="utf-8")
    assert f"const DRAGGED = {json.dumps(live.SLIDERS)};" in front


def test_dragged_back_or_overtaken_by_another_change_it_is_the_run_again(open_app, parts, press):
    app = open_app(model="speeches-word", seed="3", t="6")
    press(app, "drag_temperature", place_of(app, 2.0))
    assert parts["run"]["strip"]["chips"][5].get("changed", "") == "T 2"
    press(app, "drag_temperature", place_of(app, 1.0))
    assert parts["run"]["strip"]["chips"][5].get("changed", "") == ""
    press(app, "drag_temperature", place_of(app, 2.0))
    press(app, "step")
    assert run_of(app).moment.t == 7
    assert [chip.get("changed", "") for chip in parts["run"]["strip"]["chips"]] == [""] * 7
    press(app, "drag_temperature", 999)
    assert parts["run"]["strip"]["chips"][5].get("changed", "") == ""


def test_a_drag_before_the_first_step_and_while_a_prediction_is_awaited(open_app, parts, press):
    app = open_app(model="speeches-word", seed="3")
    press(app, "drag_temperature", place_of(app, 2.0))
    assert run_of(app).moment.t == 0
    press(app, "predict")
    press(app, "step")
    before = [row["number"] for row in parts["predict"]["rows"]]
    press(app, "drag_temperature", place_of(app, 2.0))
    assert [row["number"] for row in parts["predict"]["rows"]] != before


def test_the_other_temperatures_stand_in_place_of_the_draw(open_app, parts, press):
    app = open_app(model="speeches-word", seed="3", t="6")
    checked(app.segmented_control(key="panel").set_value("temperatures").run())
    assert parts["draw"]["strip"] is None
    assert parts["draw"]["title"] == WORDS["stage.other_temperatures"][0]
    assert sum('class="retakes"' in one.body for one in app.get("html")) == 1
    press(app, "phase")
    assert parts["draw"]["title"] == WORDS["stage.draw"][0]


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_prompt_is_fed_at_one_press(open_app, lang):
    app = open_app(model="speeches-word", lang=lang)
    assert not [one for one in app.button if one.key == "feed_prompt"]
    checked(app.text_area(key="setting_prompt").set_value("The people of this country").run())
    assert run_of(app).moment.t == 0
    checked(app.button(key="feed_prompt").click().run())
    assert run_of(app).moment.t == 5
    assert [step.origin for step in run_of(app).out] == ["given"] * 5


def test_which_past_decided_this_is_measured_once_a_step_and_only_while_it_is_asked(
    open_app, parts, press, monkeypatch
):
    asked = []

    def measured(model, steps, t):
        asked.append(t)
        return influences(model, steps, t)

    monkeypatch.setattr(past, "influences", measured)
    app = open_app(model="dinosaurs-gru", seed="3", t="5", eos="0")
    press(app, "step")
    assert asked == []
    checked(app.segmented_control(key="panel").set_value("past").run())
    assert asked == [6]
    found = influences(run_of(app).model, run_of(app).steps, 6)
    shown = {chip["t"] + 1: chip["prob"] for chip in parts["run"]["strip"]["chips"] if chip["prob"]}
    assert list(shown) == list(found)
    said = next(one.body for one in app.get("html") if "Which past decided" in one.body)
    most = max(found, key=found.get)
    assert f"x⟨{most}⟩" in said
    checked(app.segmented_control(key="setting_language").set_value("zh").run())
    assert asked == [6]
    press(app, "back")
    assert asked == [6, 5]
    checked(app.segmented_control(key="panel").set_value(None).run())
    assert all("Δ" not in chip["prob"] for chip in parts["run"]["strip"]["chips"])


def test_of_a_long_run_it_is_said_how_far_back_was_measured(open_app, parts):
    app = open_app(model="dinosaurs-gru", seed="3", t="50", eos="0", limit="60")
    checked(app.segmented_control(key="panel").set_value("past").run())
    assert any("the latest 32 inputs" in one.body for one in app.get("html"))
    assert sum(bool(chip["prob"]) for chip in parts["run"]["strip"]["chips"]) == 32


def test_before_there_is_a_past_it_says_so(open_app):
    app = open_app(model="dinosaurs-gru", seed="3", t="1")
    checked(app.segmented_control(key="panel").set_value("past").run())
    assert any("From the second step on" in one.body for one in app.get("html"))
