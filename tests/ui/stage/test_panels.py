"""The panels below the stage: none at first, each says in words what it cannot draw, and the run stays as it was."""

from pathlib import Path

import pytest
from conftest import session_of
from streamlit.testing.v1 import AppTest

from engine.ui.i18n import WORDS
from engine.ui.stage import panels
from engine.ui.stage.panels import PANELS

APP = str(Path(__file__).parents[3] / "app.py")
MODELS = {"rnn": "dinosaurs-rnn", "gru": "dinosaurs-gru", "lstm": "speeches-word", "no <EOS>": "shakespeare-char"}


def open_app(**query):
    app = AppTest.from_file(APP, default_timeout=30)
    for key, value in query.items():
        app.query_params[key] = value
    return checked(app.run())


def checked(app):
    assert not app.exception, app.exception
    return app


def choose(app, panel, key="panel"):
    return checked(app.segmented_control(key=key).set_value(panel).run())


def said(app):
    return [one.body.split(">", 1)[1].removesuffix("</p>") for one in app.get("html") if 'class="said"' in one.body]


def charts(app):
    return len(app.get("plotly_chart"))


def test_none_is_open_at_first_and_nothing_is_computed_for_it(monkeypatch):
    for name in ("retakes", "eos_line", "inside", "movers", "one_hot"):
        monkeypatch.setattr(panels, name, None)  # a call would raise
    app = open_app(t="3")
    assert app.segmented_control(key="panel").value is None
    assert said(app) == []


@pytest.mark.parametrize("name", MODELS.values(), ids=MODELS)
@pytest.mark.parametrize("at", ["0", "3"])
def test_every_panel_opens_for_every_cell_before_the_first_step_and_after_some_in_both_languages(name, at):
    app = open_app(model=name, t=at, eos="0")
    run, without = session_of(app).run, charts(app)
    for language in ("en", "zh"):
        checked(app.segmented_control(key="setting_language").set_value(language).run())
        for panel in PANELS:
            choose(app, panel)
            assert said(app)
            if at == "0":
                assert charts(app) == without
        if at == "3":
            choose(app, "inside")
            assert charts(app) == without + 2  # inside: the map and the units that moved
            choose(app, None)
            assert (said(app), charts(app)) == ([], without)
        assert session_of(app).run == run


def test_a_vocabulary_without_eos_gets_a_sentence_instead_of_the_line():
    app = choose(open_app(model=MODELS["no <EOS>"], t="3"), "eos")
    assert said(app)[0].replace("&lt;", "<").replace("&gt;", ">") == WORDS["panel.eos.none"][0]


def test_the_temperatures_wait_until_the_token_is_out():
    app = choose(open_app(t="2", eos="0"), "temperatures")
    assert 'class="retakes"' in "".join(one.body for one in app.get("html"))
    for _ in ("feed", "predict"):
        checked(app.button(key="control_phase").click().run())
        assert "No token has come out at t = 3 yet" in said(app)[0]
        assert 'class="retakes"' not in "".join(one.body for one in app.get("html"))


@pytest.mark.parametrize(("query", "sentence"), [({"force": "2:7"}, "by hand"), ({"prompt": "The people"}, "given")])
def test_where_nothing_was_drawn_the_temperatures_say_so(query, sentence):
    app = choose(open_app(t="2", eos="0", **query), "temperatures")
    assert said(app)[0].startswith("Nothing was drawn at t = 2")
    assert sentence in said(app)[0]


def test_the_gates_can_be_chosen_and_the_choice_stays_over_a_step_and_a_change_of_language():
    app = choose(open_app(t="3", eos="0"), "inside")
    assert "a⟨1⟩ … a⟨3⟩" in said(app)[0]
    choose(app, "f", key="panel_inside_lstm")
    assert "Forget gate" in said(app)[0]
    checked(app.button(key="control_step").click().run())
    assert "t = 1 … 4" in said(app)[0]
    checked(app.segmented_control(key="setting_language").set_value("zh").run())
    assert app.segmented_control(key="panel").value == "inside"
    assert "遗忘门" in said(app)[0]
