"""The page Train by AppTest: texts and settings, in both languages."""

import json
import os
import re

import pytest
from chinese import slips
from conftest import checked, session_of
from train_page import NAMES, html, press, use

from engine import bench
from engine.training import own_model, own_text, pieces
from engine.training.examples import EXAMPLES as MADE
from engine.training.look import look
from engine.ui import parameters
from engine.ui.train import desk as on
from engine.ui.train import page as train_page
from engine.ui.train import processes, setup
from engine.ui.train.processes import NotDoneError


def test_what_it_offers_is_what_training_has():
    assert tuple(MADE) == parameters.EXAMPLES
    assert parameters.CUTS == pieces.SEQUENCES
    assert tuple(own_model.SIZES) == parameters.SIZES
    assert own_model.SIZES == setup.UNITS
    assert parameters.MOST_WORDS == own_text.MAX_WORDS


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_pasted_text_is_reported_on_and_trained_as_it_suggests(open_page, quick, written, lang):
    app = use(open_page(lang=lang), NAMES)
    said = html(app)
    assert ("48 to train on" in said or re.search(r"\d+ to train on", said)) if lang == "en" else "个用于训练" in said
    assert slips(said) == [] if lang == "zh" else True
    assert app.session_state["setting_train_by"] == "char"
    assert app.session_state["setting_train_cut"] == "lines"
    app = press(app, "train_begin")
    ((place, request, control),) = quick
    assert (request["level"], request["sequences"], request["cell"], request["size"]) == (
        "char",
        "lines",
        "gru",
        "medium",
    )
    assert control == bench.CONTROL
    assert (place / "text.txt").read_text() == NAMES
    assert NAMES[:20] not in str(written["query"])


def test_the_settings_are_those_of_the_request_and_of_the_address(open_page, quick, written):
    app = use(open_page(net="lstm", size="small"), NAMES)
    app.session_state["train_advanced"] = True
    checked(app.run())
    app.text_input(key="setting_train_name").set_value("My names!").run()
    app.number_input(key="setting_train_seed").set_value(7).run()
    app.select_slider(key="setting_train_dropout").set_value(0.2).run()
    press(app, "train_begin")
    request = quick[0][1]
    assert (request["cell"], request["size"], request["name"], request["seed"]) == ("lstm", "small", "own-My-names", 7)
    assert (request["dropout"], request["learning_rate"], request["seconds"]) == (0.2, None, 30.0)
    assert (written["query"]["net"], written["query"]["size"]) == ("lstm", "small")


@pytest.mark.parametrize(
    ("text", "english", "chinese"),
    [
        ("", "The text is empty", "文本是空的"),
        ("cat cat cat", "one token again and again", "同一个词元"),
        ("a b\n" * 500 + "c d\n" * 500, "different pieces", "不同的片段"),
    ],
)
def test_a_text_that_cannot_work_is_refused_and_another_can_be_given(open_page, text, english, chinese):
    for lang, words in (("en", english), ("zh", chinese)):
        app = use(open_page(lang=lang), text)
        assert words in html(app)
        assert app.text_area(key="train_pasted") is not None
    assert "train_begin" in [button.key for button in use(app, NAMES).button]


def test_what_was_asked_of_a_text_and_cannot_be_leads_back_to_what_it_suggests(open_page):
    app = use(open_page(by="word", cut="stream"), NAMES)
    assert "a text without ends needs 200" in html(app)
    app = press(app, "train_suggested")
    assert "48 different" in html(app) or "to train on" in html(app)


def test_the_share_of_unk_stands_beside_each_size_of_a_vocabulary(open_page):
    words = "\n".join(" ".join(f"w{(k * k + j) % 97}" for j in range(7)) for k in range(300))
    app = use(open_page(by="word"), words)
    options = app.get("button_group")
    labels = [option.content for group in options for option in group.proto.options]
    assert any("<UNK>" in label for label in labels), labels


def test_a_look_that_comes_to_nothing_is_said(open_page, monkeypatch):
    def fails(*_):
        raise NotDoneError("")

    monkeypatch.setattr(processes, "look", fails)
    assert "could not be looked at in time" in html(use(open_page(), NAMES))


def test_a_link_to_anothers_model_is_told_so(open_page):
    for lang, words in (("en", "lives in that visitor’s session"), ("zh", "那位访客的会话")):
        app = open_page(model="own-mine", lang=lang)
        assert any(words in one.sentence for one in session_of(app).notices)
        assert session_of(app).model_name != "own-mine"


def test_a_place_on_disk_that_cannot_be_had_is_said(open_page, monkeypatch, tmp_path):
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("TRAININGS_FOLDER", str(tmp_path / "file"))
    app = open_page()
    submit = next(button for button in app.button if button.label == "Use this text")
    app.text_area(key="train_pasted").set_value(NAMES)
    assert "cannot keep a text" in html(checked(submit.click().run()))


def test_an_example_is_one_press_and_stands_in_the_address(open_page, written, monkeypatch):
    monkeypatch.setattr("engine.training.look.example", lambda name: NAMES)
    app = press(open_page(), "train_example_names")
    assert "Dinosaur names" in html(app)
    assert written["query"]["example"] == "names"
    assert "Dinosaur names" in html(open_page(example="names"))


def test_the_look_reads_what_the_page_has_written(tmp_path):
    place = bench.new()
    (place / "source").write_text(NAMES)
    bench.write(place / "asked.json", {"file": "a.txt", "example": None, "cell": "rnn"})
    told = look(place)
    assert json.dumps(told)
    assert os.listdir(place / "models") == []
    assert on.SECONDS.keys() == told["per_pass"].keys()
    assert train_page.CODE.count("COOKIE") >= 2
