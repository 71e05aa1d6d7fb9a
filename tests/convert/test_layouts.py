"""Layout by layout: a file of another project is read, and its model computes what the original computed."""

import json

import numpy as np
import pytest
from convert.originals import PATH, START, STEPS, TOKENS, WORDS
from convert.written import safetensors

from engine.convert import ConversionError, convert, keras_file
from engine.model import LanguageModel

LETTERS = ["a", "b", "c", "d", "e", "f", "g"]


@pytest.fixture(scope="module")
def originals():
    """name -> {"arrays" or "datasets": by name, "logits", ...}; float32, as a file of weights has them."""
    cases = {}
    with np.load(PATH) as numbers:
        for key in numbers.files:
            name, _, rest = key.partition("/")
            kind, _, array = rest.partition("/")
            value = numbers[key]
            if array:
                cases.setdefault(name, {}).setdefault(kind, {})[array] = value.astype(np.float32)
            elif kind:
                cases.setdefault(name, {})[kind] = value
    return cases


PYTORCH = ["word_language_model-lstm", "word_language_model-tied-gru", "embed-lstm-linear", "lstm-fc-one-hot",
           "layer-names", "char-rnn.pytorch-gru", "no-biases-one-hot-rnn", "awd-lstm", "fastai", "lstm-cell",
           "torch-rnn-lstm", "torch-rnn-rnn"]  # fmt: skip
KERAS = ["keras-lstm", "keras-gru", "keras-gru-reset-before", "keras-relu", "keras-one-hot-lstm", "keras-no-biases"]


def differences(model, logits):
    """The largest difference to the original's logits at each of the steps."""
    state, found = model.initial_state(), []
    for token_id, expected in zip([None, *TOKENS[:-1]], logits, strict=True):
        got, state = model.step(token_id, state)
        found.append(np.abs(got - expected).max())
    return np.array(found)


def test_the_originals_are_24_of_200_steps(originals):
    originals = {name: case for name, case in originals.items() if "logits" in case}
    assert originals.keys() == {*PYTORCH, *KERAS, *START, "word_language_model-relu"}
    assert len(originals) == 24
    assert all(case["logits"].shape == (STEPS, WORDS) for case in originals.values())


@pytest.mark.parametrize("write", [np.savez, safetensors])
@pytest.mark.parametrize("name", PYTORCH)
def test_a_layout_computes_what_the_original_does(originals, tmp_path, name, write):
    path = tmp_path / "weights"
    with open(path, "wb") as file:
        write(file, **originals[name]["arrays"])
    model, _ = convert(path, vocab=LETTERS)
    assert differences(model, originals[name]["logits"]).max() < 1e-5
    model.save(tmp_path / "model.npz")
    again = LanguageModel.load(tmp_path / "model.npz")
    assert differences(again, originals[name]["logits"]).max() < 1e-5
    assert again.variant is None


@pytest.mark.parametrize("name", START)
def test_a_start_token_is_folded_into_a_start_from_zero(originals, tmp_path, name):
    np.savez(tmp_path / "weights.npz", **originals[name]["arrays"])
    makemore = name.startswith("makemore")
    model, notes = convert(tmp_path / "weights.npz", vocab=LETTERS, start=None if makemore else LETTERS[START[name]])
    assert differences(model, originals[name]["logits"]).max() < 1e-5
    assert any("start" in note for note in notes)
    without, _ = convert(tmp_path / "weights.npz", vocab=LETTERS, start="")
    assert differences(without, originals[name]["logits"])[0] > 0.01  # so the start does matter


def test_relu_is_computed_once_the_file_or_its_owner_says_so(originals, tmp_path):
    case = originals["word_language_model-relu"]
    np.savez(tmp_path / "weights.npz", **case["arrays"])
    model, _ = convert(tmp_path / "weights.npz", vocab=LETTERS, variant="relu")
    assert differences(model, case["logits"]).max() < 1e-5
    assert (model.cell, model.variant) == ("rnn", "relu")
    taken_for_tanh, notes = convert(tmp_path / "weights.npz", vocab=LETTERS)
    assert differences(taken_for_tanh, case["logits"]).max() > 0.1
    assert any("--variant relu" in note for note in notes)


@pytest.mark.parametrize("name", KERAS)
def test_a_keras_network_computes_what_the_original_does(originals, monkeypatch, tmp_path, name):
    case = originals[name]
    settings = json.loads(str(case["settings"]))
    checkpoint = keras_file.from_datasets(case["datasets"], case["order"].tolist(), settings)
    monkeypatch.setattr("engine.convert.read", lambda path: checkpoint)
    model, _ = convert(tmp_path / "weights", vocab=LETTERS)
    assert differences(model, case["logits"]).max() < 1e-5
    variants = {"keras-relu": "relu", "keras-gru-reset-before": "reset-before"}
    assert model.variant == variants.get(name)
    model.save(tmp_path / "model.npz")
    again = LanguageModel.load(tmp_path / "model.npz")
    assert again.variant == model.variant
    assert differences(again, case["logits"]).max() < 1e-5


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"class_name": "Bidirectional"}, "is a Bidirectional, which this engine does not have"),
        ({"class_name": "MultiHeadAttention"}, "is a MultiHeadAttention"),
        ({"class_name": "LayerNormalization"}, "is a LayerNormalization"),
        ({"activation": "elu"}, "has the activation elu"),
        ({"recurrent_activation": "hard_sigmoid"}, "have the activation hard_sigmoid"),
        ({"go_backwards": True}, "reads backwards"),
    ],
)
def test_settings_of_keras_that_the_engine_lacks_are_named(originals, change, message):
    case = originals["keras-lstm"]
    settings = json.loads(str(case["settings"]))
    lstm = next(layer for layer in settings if layer["class_name"] == "LSTM")
    lstm.update({key: value for key, value in change.items() if key == "class_name"})
    lstm["config"].update({key: value for key, value in change.items() if key != "class_name"})
    with pytest.raises(ConversionError, match=message):
        keras_file.from_datasets(case["datasets"], [], settings)


def test_a_network_of_keras_that_reads_both_ways_is_refused_also_where_only_its_names_tell(originals):
    case = originals["keras-lstm"]
    both = {
        name.replace("layers/lstm/", f"layers/bidirectional/{way}_layer/"): array
        for name, array in case["datasets"].items()
        for way in (("forward", "backward") if "layers/lstm/" in name else ("",))
    }
    assert len(both) > len(case["datasets"])
    with pytest.raises(ConversionError, match=r"it is bidirectional \(bidirectional/backward_layer"):
        keras_file.from_datasets(both, [], [])
