"""What can be taken away of the run on show: made only where it is asked for, from the steps that are out."""

import csv
import io
import json

import pytest
from conftest import checked, session_of

from engine.export import run_csv, run_json
from engine.numpy_script import numpy_script
from engine.ui.i18n import WORDS
from engine.ui.stage import take_away


@pytest.fixture
def handed(monkeypatch):
    """The files that the page was handed, one list for each time."""
    handed = []
    monkeypatch.setattr(take_away, "_mount", lambda key, data: handed.append(json.loads(data)["files"]))
    return handed


def opened(app):
    return checked(app.segmented_control(key="panel").set_value("take_away").run())


def sentence(app):
    return next(one.body for one in app.get("html") if 'class="said"' in one.body)


def test_nothing_is_made_while_it_is_not_open(open_app, monkeypatch):
    for name in ("run_json", "run_csv", "numpy_script"):
        monkeypatch.setattr(take_away, name, None)  # a call would raise
    app = open_app(model="dinosaurs-gru", t="3")
    checked(app.button(key="control_step").click().run())


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_three_files_are_those_of_the_run_on_show(open_app, handed, lang):
    app = opened(open_app(model="tang-char", t="3", seed="5", lang=lang))
    run = session_of(app).run
    assert "tang-char.npz" in sentence(app)
    files = {file["name"]: file for file in handed[-1]}
    assert list(files) == ["run.json", "run.csv", "run.py"]
    assert files["run.json"]["text"] == run_json(run, "tang-char")
    assert files["run.csv"]["text"] == "\ufeff" + run_csv(run)
    assert files["run.py"]["text"] == numpy_script(run, "tang-char")
    index = ["en", "zh"].index(lang)
    assert [file["label"] for file in handed[-1]] == [WORDS[f"take_away.{kind}"][index] for kind in take_away.KINDS]


def test_the_files_follow_the_steps(open_app, handed):
    app = opened(open_app(model="dinosaurs-gru", t="2", eos="0"))
    checked(app.button(key="control_step").click().run())
    checked(app.button(key="control_back").click().run())
    counts = [len(list(csv.DictReader(io.StringIO(files[1]["text"][1:])))) for files in handed]
    assert counts == [2, 3, 2]


def test_before_the_first_token_a_sentence_says_so(open_app, handed):
    app = opened(open_app(model="dinosaurs-gru"))
    assert WORDS["take_away.waiting"][0] in sentence(app)
    for _ in ("feed", "predict"):
        checked(app.button(key="control_phase").click().run())
        assert WORDS["take_away.waiting"][0] in sentence(app)
    assert handed == []


def test_while_it_plays_no_file_is_made(open_app, handed):
    app = opened(open_app(model="dinosaurs-gru", t="2", eos="0"))
    before = len(handed)
    checked(app.button(key="control_play").click().run())
    assert WORDS["take_away.moving"][0] in sentence(app)
    assert len(handed) == before
    checked(app.button(key="control_play").click().run())
    assert len(handed) > before
