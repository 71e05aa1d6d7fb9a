"""Model files that a visitor brings, and the models that a session has of its own: bounded, checked, nobody else's."""

import numpy as np
import pytest
from conftest import APP, checked, session_of
from streamlit.testing.v1 import AppTest
from tiny_weights import random_weights

from engine import bench
from engine.model import LanguageModel
from engine.ui import own_models
from engine.ui.models import load_model, shelf
from engine.ui.presets import preset
from engine.ui.train.model_upload import bring
from engine.vocabulary import Vocabulary

CARD = {"text": "mine", "example": "ab ba", "opening_seed": 9}


@pytest.fixture
def here(monkeypatch):
    """The session's own models; what is brought is put on no stage here, but told: the names and notices."""
    own, shown, notices = own_models.Own(), [], []
    monkeypatch.setattr(own_models, "own", lambda: own)
    monkeypatch.setattr("engine.ui.session.language", lambda: "en")
    monkeypatch.setattr("engine.ui.train.model_upload._show", shown.append)
    monkeypatch.setattr("engine.ui.session.notice", notices.append)
    own.shown, own.notices = shown, notices
    return own


def model(level="char", card=None):
    tokens = ["<EOS>", "a", "b", " ", "."] if level == "char" else ["<EOS>", "<UNK>", "Cats", "sleep", "."]
    vocabulary = Vocabulary(tokens, level, "<EOS>", "<UNK>" if level == "word" else None)
    return LanguageModel.from_state_dict(vocabulary, random_weights("gru"), CARD if card is None else card)


def data_of(model, path):
    model.save(path)
    return path.read_bytes()


def test_a_file_of_ours_comes_back_as_it_was(here, tmp_path):
    original = model()
    assert bring("own-names (1).npz", data_of(original, tmp_path / "a.npz")) is None
    assert here.shown == ["own-names-1"]
    brought = here.models["own-names-1"]
    assert brought.card == CARD
    for name, weight in original.state_dict().items():
        np.testing.assert_array_equal(brought.state_dict()[name], weight)
    assert [path.name for path in here.bench.iterdir() if path.name.startswith("upload")] == []


def test_a_session_has_its_own_models_in_its_menus_and_no_other(here, tmp_path):
    bring("poems.npz", data_of(model(), tmp_path / "a.npz"))
    bring("prose.npz", data_of(model("word"), tmp_path / "a.npz"))
    names = shelf().names
    assert (names["char"][-1], names["word"][-1]) == ("own-poems", "own-prose")
    assert load_model("own-poems") is here.models["own-poems"]
    assert shelf().of_level("word", "own-poems", None) == "own-prose"  # of the same text
    here.models.clear()
    assert "own-poems" not in shelf().names["char"]
    with pytest.raises(ValueError, match="another session"):
        load_model("own-poems")


def test_beyond_some_the_oldest_makes_room_and_its_file_goes(here, tmp_path):
    data = data_of(model(), tmp_path / "a.npz")
    for k in range(own_models.MOST + 1):
        assert bring(f"m{k}.npz", data) is None
    assert list(here.models) == [f"own-m{k}" for k in range(1, own_models.MOST + 1)]
    assert not (here.bench / "models" / "own-m0.npz").exists()


def test_more_than_fits_is_refused(here, tmp_path, monkeypatch):
    data = data_of(model(), tmp_path / "a.npz")
    monkeypatch.setattr(own_models, "MOST_BYTES", 100)
    assert bring("a.npz", data) == ("room", {})
    monkeypatch.setattr(own_models, "MOST_NUMBERS", 10)
    assert bring("a.npz", data) == ("weights", {"most": 10})
    assert here.models == {}


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04 half a file", b"no model at all", b"\x80\x04pickle"])
def test_what_is_no_model_is_refused_in_a_sentence(here, data):
    reason, values = bring("a.npz", data)
    assert reason == "model"
    assert values["problem"]
    assert here.models == {}
    assert list((here.bench / "models").iterdir()) == []


def test_another_programs_file_is_converted(here, tmp_path):
    """Weights as torch-rnn's users save them by name, the tokens beside them."""
    rng = np.random.default_rng(0)
    arrays = {
        "lstm.weight_ih_l0": rng.normal(size=(12, 4)).astype(np.float32),
        "lstm.weight_hh_l0": rng.normal(size=(12, 3)).astype(np.float32),
        "lstm.bias_ih_l0": np.zeros(12, np.float32),
        "lstm.bias_hh_l0": np.zeros(12, np.float32),
        "fc.weight": rng.normal(size=(4, 3)).astype(np.float32),
        "fc.bias": np.zeros(4, np.float32),
    }
    np.savez(tmp_path / "b.npz", **arrays, chars=np.array(list("abc ")))
    assert bring("b.npz", (tmp_path / "b.npz").read_bytes()) is None
    assert here.models["own-b"].cell == "lstm"
    assert list(here.models["own-b"].vocabulary.tokens) == list("abc ")
    assert [notice.partition(",")[0] for notice in here.notices] == ["Its file does not tell how a sequence began"]


def test_what_the_file_of_another_program_does_not_tell_is_told(here, tmp_path):
    weights = random_weights("rnn", embedding=2)
    arrays = {name.replace("output", "decoder"): weight for name, weight in weights.items()}
    np.savez(tmp_path / "c.npz", **arrays, tokens=np.array(["<s>", *"abc "]))
    assert bring("c.npz", (tmp_path / "c.npz").read_bytes()) is None
    start, tanh = here.notices
    assert "c begins with the zero vector" in start
    assert "--start TOKEN" in start
    assert "c computes tanh" in tanh
    assert "--variant relu" in tanh


@pytest.mark.filterwarnings("ignore:overflow", "ignore:invalid")
def test_weights_whose_sums_overflow_are_refused(here, tmp_path):
    weights = {name: np.full(weight.shape, 3e38, np.float32) for name, weight in model().state_dict().items()}
    large = LanguageModel.from_state_dict(model().vocabulary, weights, CARD)
    assert bring("large.npz", data_of(large, tmp_path / "a.npz"))[0] == "overflow"


def test_a_browser_that_comes_back_has_its_models_again(tmp_path, monkeypatch):
    place = bench.new()
    model().save(place / "models" / "own-mine.npz")
    (place / "models" / "own-torn.npz").write_bytes(b"PK")
    monkeypatch.setattr("streamlit.runtime.context.ContextProxy.cookies", {own_models.COOKIE: place.name})
    app = AppTest.from_file(APP, default_timeout=60)
    app.query_params["model"] = "own-mine"
    checked(app.run())
    assert session_of(app).model_name == "own-mine"
    assert session_of(app).run.recipe.seed == 9
    app.session_state["models"] = True  # the menu, open
    checked(app.run())
    assert any("mine · yours" in option for radio in app.radio for option in radio.options)


def test_an_example_on_a_card_is_the_true_text_that_the_stage_shows():
    vocabulary = model().vocabulary
    assert preset("own-mine", vocabulary, CARD) == "ab ba"
    assert (
        preset("own-mine", vocabulary, {"example": "a?b"}) == "ab"
    )  # only what it can spell: a card may come from anyone
    assert preset("own-mine", vocabulary, {"example": 7}) == preset("own-mine", vocabulary)
