"""The page Train, its look at a text made in the test's own process."""

import time

import pytest
from conftest import APP, checked
from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

from engine import bench
from engine.training import own_model
from engine.ui import own_models
from engine.ui.train import processes


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    monkeypatch.setenv("TRAININGS_FOLDER", str(tmp_path / "trainings"))


@pytest.fixture
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
def open_page(written, quick):
    """`open_page(**query)`: the page as a link opens it; no exception may show."""

    def open_page(**query):
        app = AppTest.from_file(APP, default_timeout=60)
        app._page_hash = calc_hash("train")
        for key, value in query.items():
            app.query_params[key] = value
        return checked(app.run())

    return open_page
