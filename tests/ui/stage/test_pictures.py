"""Every picture of the stage as a file: made of the step on show, in the light theme, and only when it is chosen."""

import json

import pytest
from conftest import checked, session_of

from engine.figures.inside import choices
from engine.figures.theme import page
from engine.ui import save_chart
from engine.ui.i18n import translator
from engine.ui.stage import pictures


@pytest.fixture
def handed(monkeypatch):
    """The pictures that the page was handed."""
    handed = []
    monkeypatch.setattr(pictures, "_mount", lambda key, data: handed.append(json.loads(data)))
    return handed


def opened(app, name=None):
    app = checked(app.segmented_control(key="panel").set_value("take_away").run())
    return app if name is None else checked(app.selectbox(key="take_away_picture").set_value(name).run())


def test_nothing_is_made_while_none_is_chosen(open_app, handed, monkeypatch):
    monkeypatch.setattr(pictures, "picture", None)  # a call would raise
    opened(open_app(model="dinosaurs-gru", t="3"))
    assert handed == []


@pytest.mark.parametrize("model", ["dinosaurs-rnn", "dinosaurs-lstm", "tang-char"])
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_every_picture_is_there_after_a_step_with_a_caption_that_names_its_run(open_app, handed, model, lang):
    app = opened(open_app(model=model, t="4", seed="5", lang=lang, eos="0"))
    run, names = session_of(app).run, app.selectbox(key="take_away_picture").options
    assert len(names) == len(pictures.PICTURES) + len(choices(run.model)) == len(set(names))
    for name in (*pictures.PICTURES, *(f"inside.{what}" for what in choices(run.model))):
        checked(app.selectbox(key="take_away_picture").set_value(name).run())
        part = handed[-1]
        assert part["name"] == name.replace(".", "-")
        assert "5" in part["caption"]
        assert "t = 4" in part["caption"]
        assert [kind for kind, *_ in part["buttons"]] == ["png", "svg"]
        record = json.loads(part["record"])
        if part["kind"] == "chart":
            assert record["layout"]["meta"]["step"] == 4
            assert record["layout"]["font"]["color"] == page(dark=False).ink  # light, whatever the page is
    assert {part["kind"] for part in handed} == {"chart", "network", "strips", "tokens"}


def test_what_is_not_there_yet_is_said(open_app, handed):
    app = opened(open_app(model="tang-char", seed="5", t="1"), "temperatures")
    checked(app.button(key="control_phase").click().run())
    assert any(translator("en")("picture.none") in one.body for one in app.get("html"))
    assert len(handed) == 1


def test_a_picture_follows_the_step_and_the_switch_to_training(open_app, handed):
    app = opened(open_app(model="dinosaurs-gru", t="2", eos="0"), "network")
    assert json.loads(handed[-1]["record"])["teacher_forced"] is False
    checked(app.button(key="control_step").click().run())
    assert "t = 3" in handed[-1]["caption"]
    session_of(app).trained = True
    checked(app.run())
    assert json.loads(handed[-1]["record"])["teacher_forced"] is True
    assert "true token" in handed[-1]["caption"]


def test_gates_of_another_cell_are_no_picture_of_this_one(open_app, handed):
    app = opened(open_app(model="dinosaurs-gru", t="2", eos="0"), "inside.z")
    rnn = session_of(open_app(model="dinosaurs-rnn", t="2", eos="0")).run
    session_of(app).run = rnn
    checked(app.run())
    assert len(handed) == 1


def test_the_strips_of_other_temperatures_say_which_token_each_gives(open_app, handed):
    app = opened(open_app(model="speeches-word", t="3", seed="3"), "temperatures")
    record = json.loads(handed[-1]["record"])
    captions = [strip["caption"] for strip in record["strips"]]
    assert [caption.split(":")[0] for caption in captions][:2] == ["T = 0.25", "T = 0.5"]
    run = session_of(app).run
    own = run.model.vocabulary.tokens[run.shown.token_id]
    assert any(caption.startswith("T = 1:") and f"“{own}”" in caption for caption in captions)


def test_a_chart_of_another_page_is_saved_in_the_light_theme(monkeypatch):
    handed = []
    monkeypatch.setattr(save_chart, "_mount", lambda key, data: handed.append((key, json.loads(data))))
    monkeypatch.setattr(save_chart, "chart", lambda drawn, key, alt: None)
    monkeypatch.setattr(save_chart.session, "tr", lambda: translator("zh"))
    drawn = []

    def draw(dark):
        drawn.append(dark)
        return {"data": [], "layout": {"font": {"color": page(dark).ink}}}

    save_chart.savable_chart(draw, "draws", "alt", "一句说明")
    [(key, part)] = handed
    assert key == "draws_save"
    assert json.loads(part["figure"])["layout"]["font"]["color"] == page(dark=False).ink
    assert part["caption"] == "一句说明"
    assert drawn[-1] is False
