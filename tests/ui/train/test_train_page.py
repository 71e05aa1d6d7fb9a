"""The page Train by AppTest: every state of it, in both languages; the worker's word is what a test writes for it."""

import json
import os
import re
import time
from html import unescape

import pytest
from chinese import slips
from conftest import APP, checked, session_of
from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash
from tiny_weights import random_weights

from engine import bench, locks
from engine.model import LanguageModel
from engine.training import own_model, own_text, pieces
from engine.training.examples import EXAMPLES as MADE
from engine.training.look import look
from engine.ui import own_models, parameters
from engine.ui.train import desk as on
from engine.ui.train import page as train_page
from engine.ui.train import processes, setup
from engine.ui.train.desk import Desk
from engine.ui.train.processes import NotDoneError
from engine.vocabulary import Vocabulary

NAMES = "\n".join(f"{a}{b}{c}" for a in "ABCDEFGH" for b in ("ana", "oro", "ile") for c in ("x", "saur"))


def row(update, copied):
    runs = [[["ab ", False], ["ba", copied]], [["<b>", False]]]
    return {"update": update, "temperature": 0.8, "loss": None, "runs": runs, "windows": 4, "known": 3 * copied}


ROWS = [row(0, False), row(20, False), row(45, True)]
TRAINING = {
    "phase": "training",
    "at": 0.0,
    "update": 50,
    "updates": 200,
    "seconds": 15.0,
    "left": 45.0,
    "speed": 12345.6,
    "uniform": 1.609,
    "ngram": 1.2,
    "losses": [[10, 1.5], [50, 1.25]],
    "held_out": [[20, 1.4], [45, 1.3]],
    "best": 45,
    "rows": ROWS,
}
LEARNED = {**TRAINING, "phase": "ended", "ended": "stopped", "kept": 45, "model": "own-mine"}


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    monkeypatch.setenv("TRAININGS_FOLDER", str(tmp_path / "trainings"))


@pytest.fixture(autouse=True)
def quick(monkeypatch):
    """The look at a text in this very process, and nothing measured; (bench, request, control) of what is started."""
    started = []

    def quick_look(place, asked):
        bench.write(place / "asked.json", asked)
        monkeypatch.setattr("engine.training.look._seconds_per_pass", lambda *_: dict.fromkeys(own_model.SIZES, 2.0))
        from engine.training.look import main

        main(place)
        return bench.read(place / "look.json")

    def start(place, request, control):
        started.append((place, request, control))
        bench.write(place / "request.json", request)
        bench.write(place / "state.json", {"phase": "starting", "at": time.time()})

    monkeypatch.setattr(processes, "look", quick_look)
    monkeypatch.setattr(processes, "start", start)
    return started


@pytest.fixture
def cookie(monkeypatch):
    """`cookie(place)`: the browser knows this bench."""
    known = {}
    monkeypatch.setattr("streamlit.runtime.context.ContextProxy.cookies", known)
    return lambda place: known.update({own_models.COOKIE: place.name})


@pytest.fixture
def open_page(written):
    """`open_page(**query)`: the page as a link opens it; no exception may show."""

    def open_page(**query):
        app = AppTest.from_file(APP, default_timeout=60)
        app._page_hash = calc_hash("train")
        for key, value in query.items():
            app.query_params[key] = value
        return checked(app.run())

    return open_page


def html(app):
    return unescape("".join(element.body for element in app.get("html")))


def press(app, key):
    return checked(app.button(key=key).click().run())


def use(app, text):
    app.text_area(key="train_pasted").set_value(text)
    submit = next(button for button in app.button if button.label in ("Use this text", "使用这段文本"))
    return checked(submit.click().run())


def tell(app, state):
    """What the worker at this session's bench says; it lives. The page as it is then."""
    place = app.session_state["own_models"].bench
    bench.write(place / "state.json", {**state, "at": time.time()})
    with locks.take(place / "alive"):
        return checked(app.run())


def model(name="mine"):
    vocabulary = Vocabulary(["<EOS>", "a", "b", " ", "."], "char", "<EOS>")
    return LanguageModel.from_state_dict(vocabulary, random_weights("gru"), {"text": name, "example": "ab ba"})


def begun(app):
    return press(use(app, NAMES), "train_begin")


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


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_who_waits_sees_the_place_in_the_line(open_page, lang):
    app = tell(begun(open_page(lang=lang)), {"phase": "waiting", "ahead": 2})
    assert ("2 are before you" if lang == "en" else "前面还有 2 个") in app.get("progress")[0].proto.text
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


def ended(app):
    place = app.session_state["own_models"].bench
    model().save(place / "models" / "own-mine.npz")
    return tell(app, LEARNED)


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
