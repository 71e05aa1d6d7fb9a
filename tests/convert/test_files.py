"""Files of all kinds: what shows what a file is, what is taken from it, and what is refused in a sentence."""

import json
import pickle
import sys
import zipfile

import numpy as np
import pytest
from convert.written import safetensors
from tiny_weights import random_weights

from engine.convert import ConversionError, convert
from engine.convert.checkpoint import token_lists
from engine.convert.files import read

TOKENS = ["a", "b", "c", "d", "e"]


def weights(cell="gru", **options):
    return random_weights(cell, dtype=np.float32, embedding=3, **options)


def saved(path, **arrays):
    with open(path, "wb") as file:
        np.savez(file, **arrays)
    return path


def test_what_a_file_is_shows_in_it_and_not_in_its_name(tmp_path):
    for name in ("weights.pt", "weights", "weights.net"):
        assert read(saved(tmp_path / name, **weights())).arrays.keys() == weights().keys()
    with open(tmp_path / "weights.h5", "wb") as file:
        safetensors(file, **weights())
    assert read(tmp_path / "weights.h5").arrays.keys() == weights().keys()


def test_safetensors_with_bfloat16_counters_and_a_vocabulary_in_its_metadata(tmp_path):
    given = weights()
    with open(tmp_path / "w.safetensors", "wb") as file:
        safetensors(file, {"vocab": json.dumps(TOKENS), "format": "pt"}, steps=np.arange(3), **given)
    model, _ = convert(tmp_path / "w.safetensors")
    assert model.vocabulary.tokens == tuple(TOKENS)
    assert all(np.array_equal(model.state_dict()[name], array) for name, array in given.items())

    header = json.dumps({"x": {"dtype": "BF16", "shape": [2], "data_offsets": [0, 4]}}).encode()
    (tmp_path / "b").write_bytes(len(header).to_bytes(8, "little") + header + bytes.fromhex("803f20c0"))
    assert read(tmp_path / "b").arrays["x"].tolist() == [1.0, -2.5]


@pytest.mark.parametrize(
    "content",
    [
        (10**6).to_bytes(8, "little") + b"{}",
        (2).to_bytes(8, "little") + b"{",
        (4).to_bytes(8, "little") + b"{}}}",
        (2**63).to_bytes(8, "little") + b"{",
        (66).to_bytes(8, "little") + b'{"a":{"dtype":"F32","shape":[4],"data_offsets":[0,16]},"b":[1]}   ' + bytes(16),
        (53).to_bytes(8, "little") + b'{"a":{"dtype":"F32","shape":[5],"data_offsets":[0,16]}' + bytes(16),
    ],
)
def test_a_broken_safetensors_file_is_one_sentence(tmp_path, content):
    (tmp_path / "w").write_bytes(content)
    with pytest.raises(ConversionError, match=r"it is no whole \.safetensors file"):
        read(tmp_path / "w")


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("w.pt", b"", "no .npz, no PyTorch checkpoint"),
        ("w.pt", b"hello world, hello", "no .npz, no PyTorch checkpoint"),
        ("w.t7", b"4\n1\n3\nV 1\n", "Lua Torch's own files"),
        ("w.npz", b"PK\x03\x04 broken off", "not a whole file"),
    ],
)
def test_what_is_no_model_at_all_is_one_sentence(tmp_path, name, content, message):
    (tmp_path / name).write_bytes(content)
    with pytest.raises(ConversionError, match=message):
        read(tmp_path / name)


@pytest.mark.parametrize(
    ("head", "package"), [(b"\x80\x02}q\x00.", "torch"), (b"\x89HDF\r\n\x1a\n" + bytes(99), "h5py")]
)
def test_a_missing_package_is_one_sentence_that_says_what_to_install(tmp_path, monkeypatch, head, package):
    monkeypatch.setitem(sys.modules, package, None)
    (tmp_path / "w").write_bytes(head)
    with pytest.raises(ConversionError, match=f"pip install {package}"):
        read(tmp_path / "w")


def test_vocabularies_are_found_at_any_depth_and_a_word_named_vocab_is_a_word():
    lists = token_lists({"config": {"data": {"stoi": {"a": 0}}}, "step": 3, "vocab_size": 9, "chars": "ab"})
    assert lists == {"config.data.stoi": {"a": 0}, "chars": "ab"}
    assert token_lists({"word2idx": {"vocab": 0, "tokens": 1}}) == {"word2idx": {"vocab": 0, "tokens": 1}}


# --- with PyTorch and h5py themselves, where they are installed


class Bomb:
    def __init__(self, path):
        self.path = path

    def __reduce__(self):
        return open, (str(self.path), "w")


def test_pytorch_checkpoints(tmp_path):
    torch = pytest.importorskip("torch")
    tensors = {name: torch.tensor(array) for name, array in weights().items()}
    optimizer = {"state": {0: {"exp_avg": torch.ones(3, 3)}}, "param_groups": [{"lr": 0.1}]}
    stoi = {token: i for i, token in enumerate(TOKENS)}
    trained = {"epoch": 3, "loss": torch.tensor(0.5), "opt": optimizer}
    checkpoints = {
        "state_dict": tensors,
        "nested": {**trained, "model_state_dict": tensors, "chars": TOKENS},
        "parts": {"model": {f"module.{name}": one for name, one in tensors.items()}, "hyper": {"stoi": stoi}},
        "pair": (tensors, optimizer),
        "half": {name: tensor.bfloat16() for name, tensor in tensors.items()},
        "parameters": {name: torch.nn.Parameter(tensor) for name, tensor in tensors.items()},
    }  # fmt: skip
    for name, checkpoint in checkpoints.items():
        torch.save(checkpoint, tmp_path / f"{name}.pt", _use_new_zipfile_serialization=name != "pair")
        model, _ = convert(tmp_path / f"{name}.pt", vocab=None if name in ("nested", "parts") else TOKENS)
        assert model.vocabulary.tokens == tuple(TOKENS)
        for key, array in model.state_dict().items():
            np.testing.assert_allclose(array, weights()[key], atol=0.02 if name == "half" else 0)


def test_a_weight_is_left_out_by_nobody_for_its_name(tmp_path):
    torch = pytest.importorskip("torch")
    tensors = {name: torch.tensor(array) for name, array in weights().items()}
    torch.save({**tensors, "scaler.weight": torch.ones(4)}, tmp_path / "w.pt")
    with pytest.raises(ConversionError, match=r"more than an embedding.*scaler\.weight"):
        convert(tmp_path / "w.pt", vocab=TOKENS)


def test_a_pytorch_file_with_objects_is_not_loaded(tmp_path):
    torch = pytest.importorskip("torch")
    torch.save(torch.nn.GRU(3, 4), tmp_path / "module.pt")
    with pytest.raises(ConversionError, match=r"a Python object \(torch.nn.modules.rnn.GRU\).*model.state_dict\(\)"):
        read(tmp_path / "module.pt")
    for protocol in (2, 4):
        (tmp_path / "bomb.pt").write_bytes(pickle.dumps({"a": Bomb(tmp_path / "executed")}, protocol))
        with pytest.raises(ConversionError):
            read(tmp_path / "bomb.pt")
    assert not (tmp_path / "executed").exists()
    (tmp_path / "cut.pt").write_bytes((tmp_path / "module.pt").read_bytes()[:900])
    with pytest.raises(ConversionError):
        read(tmp_path / "cut.pt")


def test_a_relu_that_lies_beside_the_weights_is_seen(tmp_path):
    torch = pytest.importorskip("torch")
    tensors = {name: torch.tensor(array) for name, array in weights("rnn").items()}
    for name, told in (("a", {"nonlinearity": "relu"}), ("b", {"args": {"model": "RNN_RELU"}})):
        torch.save({"model": tensors, **told}, tmp_path / f"{name}.pt")
        assert read(tmp_path / f"{name}.pt").variant == "relu"


def test_keras_files_of_both_generations(tmp_path):
    h5py = pytest.importorskip("h5py")
    given = weights("lstm")
    kernel, recurrent = given["rnn.weight_ih_l0"].T, given["rnn.weight_hh_l0"].T
    bias = given["rnn.bias_ih_l0"]
    layers = {
        "embedding": [given["embedding.weight"]],
        "lstm": [kernel, recurrent, bias],
        "dense": [given["output.weight"].T, given["output.bias"]],
    }
    with h5py.File(tmp_path / "new.weights.h5", "w") as file:
        for name, arrays in layers.items():
            for k, array in enumerate(arrays):
                file[f"layers/{name}/{'cell/' if name == 'lstm' else ''}vars/{k}"] = array
    with h5py.File(tmp_path / "old.h5", "w") as file:
        roles = {
            "embedding": ["embeddings"],
            "lstm": ["kernel", "recurrent_kernel", "bias"],
            "dense": ["kernel", "bias"],
        }
        for name, arrays in layers.items():
            for role, array in zip(roles[name], arrays, strict=True):
                file[f"model_weights/{name}/{name}/{role}:0"] = array
        file["model_weights"].attrs["layer_names"] = [name.encode() for name in layers]
    with zipfile.ZipFile(tmp_path / "new.keras", "w") as archive:
        archive.write(tmp_path / "new.weights.h5", "model.weights.h5")
        archive.writestr("config.json", json.dumps({"config": {"layers": []}}))
    expected = {**given, "rnn.bias_hh_l0": 0 * bias}
    for name in ("new.weights.h5", "old.h5", "new.keras"):
        model, _ = convert(tmp_path / name, vocab=TOKENS)
        assert all(np.array_equal(array, expected[key]) for key, array in model.state_dict().items())
    (tmp_path / "cut.h5").write_bytes((tmp_path / "old.h5").read_bytes()[:600])
    with pytest.raises(ConversionError, match="not a whole Keras file"):
        read(tmp_path / "cut.h5")
