"""The page Train as its tests handle it: a text, what a worker says, and the presses of a visitor."""

import time
from html import unescape

from conftest import checked
from tiny_weights import random_weights

from engine import bench, locks
from engine.model import LanguageModel
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


def ended(app):
    place = app.session_state["own_models"].bench
    model().save(place / "models" / "own-mine.npz")
    return tell(app, LEARNED)
