"""A model of finite weights whose sums overflow is named in one sentence on every page, and another one is on show."""

from html import unescape
from pathlib import Path

import numpy as np
import pytest
from conftest import APP, session_of, unfolded
from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash
from tiny_weights import random_weights

from engine.generation import generate, sample_many
from engine.model import LanguageModel
from engine.overflow import can_overflow
from engine.recipe import Recipe
from engine.sampling import LogitsError
from engine.scoring import score
from engine.ui import models
from engine.ui.i18n import translator
from engine.ui.models import OverflowingModelError, load_model
from engine.vocabulary import Vocabulary

TOKENS = ["<EOS>", "<UNK>", "Cats", "sleep", "."]
PAGES = {"stage": "", "score": "score", "compare": "compare", "draws": "draws"}
SAID = {"en": "huge has weights so large that its sums overflow", "zh": "huge 的权重过大"}


def huge(cell="lstm", size=1e38, names=("output.weight",), dtype=np.float32):
    weights = random_weights(cell, dtype=dtype)
    for name in names:
        weights[name] = (size * np.sign(weights[name])).astype(dtype)
    return LanguageModel.from_state_dict(Vocabulary(TOKENS, "word", "<EOS>", "<UNK>"), weights)


@pytest.fixture
def shelf(tmp_path, monkeypatch):
    huge().save(tmp_path / "huge.npz")
    huge(size=1).save(tmp_path / "small.npz")
    char = LanguageModel.from_state_dict(Vocabulary("ab \n.", "char"), random_weights("rnn"))
    char.save(tmp_path / "letters.npz")
    monkeypatch.setattr(models, "FOLDER", tmp_path)


def visit(page, **query):
    app = AppTest.from_file(APP, default_timeout=60)
    if page:
        app._page_hash = calc_hash(page)
    for key, value in query.items():
        app.query_params[key] = value
    app.run()
    assert not app.exception, app.exception
    return app


def html(app):
    return unescape(" ".join(element.body for element in app.get("html")))


@pytest.mark.parametrize("language", SAID)
@pytest.mark.parametrize("page", PAGES.values(), ids=PAGES)
def test_a_link_to_it_says_so_in_a_sentence_and_opens_another_model(shelf, page, language):
    sentence = translator(language)("app.overflow", problem="huge")
    for _ in range(2):  # also of a later visitor, when it is known already
        app = visit(page, model="huge", lang=language, t="3", word="huge", text="Cats sleep.")
        assert sentence in html(app)
        assert "model=huge" not in html(app)
        assert session_of(app).model_name in ("small", "letters")


@pytest.mark.parametrize("page", PAGES.values(), ids=PAGES)
def test_a_link_to_a_file_that_is_no_model_says_why_in_a_sentence(shelf, page):
    (models.FOLDER / "torn.npz").write_bytes(b"PK\x03\x04 half a file")
    app = visit(page, model="torn")
    said = next(one for one in models.shelf().problems if one.name == "torn").said(translator("en"))
    assert "torn.npz cannot be used as a model: " in said
    assert said in html(app)


@pytest.mark.parametrize("language", SAID)
def test_choosing_it_in_the_menu_leaves_the_run_as_it_is(shelf, language):
    app = unfolded(visit("", model="small", t="2", lang=language, eos="0"), "models")
    app.radio(key="setting_model_word").set_value("huge").run()
    assert not app.exception
    assert SAID[language] in html(app)
    assert session_of(app).model_name == "small"
    assert session_of(app).run.moment.t == 2
    with pytest.raises(OverflowingModelError, match=r"huge\.npz cannot be used"):
        load_model("huge")


@pytest.mark.filterwarnings("ignore:overflow", "ignore:invalid")
@pytest.mark.parametrize("cell", ["rnn", "gru", "lstm"])
@pytest.mark.parametrize("name", ["output.weight", "rnn.weight_hh_l0", "rnn.weight_ih_l0", "rnn.weight_hh_l1"])
def test_what_cannot_overflow_never_does(cell, name):
    rng = np.random.default_rng(3)
    seen = set()
    for size in (1.0, 1e10, 1e30, 1e36, 1e37, 1e38, 3e38):
        model = huge(cell, size, [name] if name != "rnn.weight_hh_l1" else ["rnn.weight_hh_l0", "output.weight"])
        seen.add(can_overflow(model))
        if not can_overflow(model):
            logits, state = model.step(None, model.initial_state())
            for token_id in rng.integers(5, size=30).tolist():
                assert np.isfinite(logits).all()
                logits, state = model.step(token_id, state)
    assert seen == {True, False}


@pytest.mark.filterwarnings("ignore:overflow", "ignore:invalid")
def test_the_engine_says_so_too_where_such_a_model_is_used():
    weights = random_weights("rnn", dtype=np.float32)
    weights["rnn.bias_ih_l0"][:] = 20  # every unit is 1
    weights["output.weight"][:] = 1e38
    model = LanguageModel.from_state_dict(Vocabulary(TOKENS, "word", "<EOS>", "<UNK>"), weights)
    assert can_overflow(model)
    for use in (
        lambda: score(model, [2, 3, 4]),
        lambda: list(generate(model, Recipe(limit=3))),
        lambda: list(sample_many(model, Recipe(limit=3), 2)),
    ):
        with pytest.raises(LogitsError, match="logits must be finite"):
            use()


def test_the_models_that_are_shipped_cannot_overflow():
    for path in (Path(APP).parent / "pretrained").glob("*.npz"):
        assert not can_overflow(LanguageModel.load(path))
