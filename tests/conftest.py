"""Tiny models that a student can work by hand, as fixtures."""

import json
import math
import os
import sys
from pathlib import Path

# Before numpy is imported, as in app.py: two processes test side by side, and their threads would wait for one another.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import numpy as np
import pytest

sys.path.insert(0, str(Path(__file__).parents[1]))  # so that plain `pytest` finds the engine too

from streamlit.testing.v1 import AppTest
from tiny_weights import random_weights

from engine.model import LanguageModel
from engine.ui import address, clock, session
from engine.ui.parts import AroundStep
from engine.ui.stage import component
from engine.ui.stage import step as stage_step
from engine.ui.stage.actions import act
from engine.vocabulary import Vocabulary

APP = str(Path(__file__).parents[1] / "app.py")


def checked(app):
    """The app, once no exception shows on it."""
    assert not app.exception, app.exception
    return app


def session_of(app):
    """What the app remembers of its visitor."""
    return app.session_state["session"]


def records_of(app):
    """What the step on show has sent, by its places: {"run": ..., "draw": ..., "bars": ...}; none where it is None."""
    return placed(next(one for one in _sent(app) if one.get("part") == "step"))


def placed(step):
    """A step as it was sent, by its places; what is of none of them under "step"."""
    around = {name: value for name, value in step.items() if name in AroundStep.__annotations__}
    return {name: part for name, part in step.items() if name not in around and part} | {"step": around}


def places_of(app):
    """The names of the places at which it is shown."""
    return {one["name"] for one in _sent(app) if one.get("part") == "place"}


def _sent(app):
    return [json.loads(element.proto.bytes) for element in app.get("bidi_component") if element.proto.bytes]


def narration_of(app):
    """What is said of the step on show, as HTML."""
    return records_of(app)["narration"]["html"]


def unfolded(app, menu):
    """The app with this menu of the sidebar open; what is in a folded one is not drawn."""
    app.session_state[menu] = True
    return checked(app.run())


@pytest.fixture
def every_run_ticks(monkeypatch):
    """What goes on by itself goes on at every run of the script: a test need not wait for the clock."""
    monkeypatch.setattr(clock, "EARLY", math.inf)


@pytest.fixture
def written(monkeypatch):
    """The "page" and the "query" of the address that was written last."""
    written = {}
    monkeypatch.setattr(address, "write", lambda page, query: written.update(page=page, query=query))
    return written


@pytest.fixture
def open_app():
    """`open_app(**query)`: the app as a link opens it; no exception may show."""

    def open_app(**query):
        app = AppTest.from_file(APP, default_timeout=60)
        for key, value in query.items():
            app.query_params[key] = value
        return checked(app.run())

    return open_app


@pytest.fixture
def parts(monkeypatch):
    """What the latest step has sent, by its places."""
    parts = {}

    def mount(step, shown, key, on_presses):
        for name in shown:
            parts.pop(name, None)
        parts.update(placed(step | {name: part and json.loads(part.as_json()) for name, part in shown.items()}))
        component.mount(step, shown, key, on_presses)

    monkeypatch.setattr(stage_step, "mount", mount)
    return parts


@pytest.fixture
def press(monkeypatch):
    """`press(app, action, argument)`: as the front end sends it."""

    def press(app, action, argument=0):
        # the callback of the front end's message, which AppTest cannot send
        with monkeypatch.context() as patched:
            patched.setattr(session, "current", lambda: session_of(app))
            act(action, argument)
        return checked(app.run())

    return press


@pytest.fixture(scope="session")
def vocabulary():
    """Five tokens: 0 <EOS>, 1 <UNK>, 2 Cats, 3 sleep, 4 the full stop."""
    return Vocabulary(["<EOS>", "<UNK>", "Cats", "sleep", "."], "word", "<EOS>", "<UNK>")


@pytest.fixture(scope="session")
def random_model(vocabulary):
    """A function (cell, ...) -> a model of the five tokens with random weights."""
    return lambda cell="lstm", **options: LanguageModel.from_state_dict(vocabulary, random_weights(cell, **options))


@pytest.fixture(scope="session")
def bigram_model(vocabulary):
    """A function (first, table) -> a model whose yhat<1> is `first` and whose next one is the row of the last token.

    A plain RNN without memory: one hidden unit for each token, which is 1 where the token was just fed and else 0.
    """

    def build(first, table=None, vocabulary=vocabulary):
        size = len(first)
        with np.errstate(divide="ignore"):
            first = np.maximum(np.log(np.array(first, float)), -1e4)  # -1e4: exp gives exactly 0
            rows = first if table is None else np.maximum(np.log(np.array(table, float)), -1e4)
        weights = {
            "rnn.weight_ih_l0": 30.0 * np.eye(size),  # tanh(30) is 1
            "rnn.weight_hh_l0": np.zeros((size, size)),
            "output.weight": np.zeros((size, size)) if table is None else (rows - first).T,
            "output.bias": first,
        }
        return LanguageModel.from_state_dict(vocabulary, weights)

    return build


@pytest.fixture(scope="session")
def word_model(random_model):
    """A random GRU of the five tokens, with <EOS> and <UNK>."""
    return random_model("gru")


@pytest.fixture(scope="session")
def char_model():
    """A random plain RNN of five characters, without <EOS> and <UNK>."""
    vocabulary = Vocabulary("ab \n.", "char")
    return LanguageModel.from_state_dict(vocabulary, random_weights("rnn", seed=1))
