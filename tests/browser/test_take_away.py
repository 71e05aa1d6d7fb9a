"""The run taken away in a browser: the files come without a request to the server."""

import json
from pathlib import Path

import pytest

from engine.export import run_csv, run_json
from engine.model import LanguageModel
from engine.numpy_script import numpy_script
from engine.recipe import FIRST_LIMITS, Recipe
from engine.run import Run

NAME = "tang-char"
PRETRAINED = Path(__file__).parents[2] / "pretrained"


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_files_are_saved_as_they_are_and_nothing_is_asked_of_the_server(visit, lang, tmp_path):
    run = Run(LanguageModel.load(PRETRAINED / f"{NAME}.npz"), Recipe(5, limit=FIRST_LIMITS["char"])).at(4)
    stage = visit(f"model={NAME}&seed=5&t=4&lang={lang}")
    stage.wait_for(4)
    stage.page.locator(".st-key-panel button").last.click()
    buttons = stage.page.locator(".files button")
    buttons.last.wait_for()
    asked = []
    stage.page.on("request", lambda request: asked.append(request.url))
    saved = {}
    for button in buttons.all():
        with stage.page.expect_download() as download:
            button.click()
        path = tmp_path / download.value.suggested_filename
        download.value.save_as(path)
        saved[path.name] = path.read_bytes().decode("utf-8")
    assert saved == {
        "run.json": run_json(run, NAME),
        "run.csv": "\ufeff" + run_csv(run),
        "run.py": numpy_script(run, NAME),
    }
    assert json.loads(saved["run.json"])["text"] == run.text
    assert [url for url in asked if not url.startswith("blob:")] == []


def test_a_press_of_enter_saves_too_and_the_keys_stay_with_the_button(visit):
    stage = visit(f"model={NAME}&seed=5&t=4", width=390, height=844)
    stage.wait_for(4)
    stage.page.locator(".st-key-panel button").last.click()
    button = stage.page.locator(".files button").first
    button.wait_for()
    button.focus()
    with stage.page.expect_download() as download:
        stage.page.keyboard.press("Enter")
    assert download.value.suggested_filename == "run.json"
    assert stage.step == 4
