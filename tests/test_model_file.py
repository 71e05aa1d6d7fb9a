"""A model on disk: what is saved comes back bit for bit, and what is no model is refused with the reason."""

import io
import pickle
import zipfile

import numpy as np
import pytest
from tiny_weights import random_weights

from engine.model import LanguageModel, ModelError
from engine.model_file import MAX_BYTES, read_vocabulary
from engine.vocabulary import Vocabulary

TOKENS = ["<EOS>", "<UNK>", "Cats", "sleep", "."]


def rounded(weights):
    return {name: array.astype(np.float16).astype(np.float32) for name, array in weights.items()}


@pytest.fixture
def path(tmp_path):
    return tmp_path / "model.npz"


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_a_saved_model_comes_back_bit_for_bit(path, vocabulary, dtype):
    model = LanguageModel.from_state_dict(vocabulary, random_weights("lstm", dtype=dtype), card={"text": "十 ⟨t⟩"})
    model.save(path)
    back = LanguageModel.load(path)
    assert back.dtype == dtype
    assert back.card == model.card
    assert (back.vocabulary.tokens, back.vocabulary.level) == (vocabulary.tokens, "word")
    assert (back.vocabulary.eos_id, back.vocabulary.unk_id) == (0, 1)
    for name, array in model.state_dict().items():
        np.testing.assert_array_equal(back.state_dict()[name], array)


def test_weights_of_float16_values_are_stored_in_half_the_room_and_come_back_the_same(path, vocabulary):
    model = LanguageModel.from_state_dict(vocabulary, rounded(random_weights("gru")))
    model.save(path)
    with np.load(path, allow_pickle=False) as arrays:
        assert arrays["output.weight"].dtype == np.float16
    np.testing.assert_array_equal(LanguageModel.load(path).output_weight, model.output_weight)


def test_training_hashes_come_back(path, vocabulary):
    hashes = np.array([3, 2**63 + 1], np.uint64)
    LanguageModel.from_state_dict(vocabulary, random_weights("rnn"), training_hashes=hashes).save(path)
    np.testing.assert_array_equal(LanguageModel.load(path).training_hashes, hashes)


def test_what_is_loaded_cannot_be_written_to(path, random_model):
    random_model("gru").save(path)
    for array in LanguageModel.load(path).state_dict().values():
        with pytest.raises(ValueError, match="read-only"):
            array[...] = 0


def test_savez_of_a_state_dict_and_its_tokens_is_a_model_file(path):
    np.savez(path, **random_weights("lstm", embedding=3, layers=2), tokens=TOKENS)
    model = LanguageModel.load(path)
    assert (model.cell, model.num_layers, model.vocabulary.level) == ("lstm", 2, "word")
    assert (model.vocabulary.eos_token, model.vocabulary.unk_token) == ("<EOS>", "<UNK>")


def test_a_vocabulary_of_single_characters_is_one_of_characters(path):
    np.savez(path, **random_weights("rnn"), tokens=["<EOS>", "a", "b", " ", "\n"])
    assert LanguageModel.load(path).vocabulary.level == "char"


def test_the_vocabulary_is_read_without_the_weights(path, vocabulary):
    np.savez(path, tokens=TOKENS, **{"output.weight": np.array([object()])})
    assert read_vocabulary(path).tokens == vocabulary.tokens


@pytest.mark.parametrize(
    ("entries", "reason"),
    [
        ({"tokens": None}, "tokens"),
        ({"tokens": np.array(TOKENS * 2)}, "occurs again"),
        ({"tokens": np.array([TOKENS])}, "tokens"),
        ({"tokens": np.arange(5)}, "tokens must be text"),
        ({"level": np.array("sentence")}, "level"),
        ({"eos_token": np.array("nobody")}, "nobody"),
        ({"card": np.array("{")}, "card"),
        ({"card": np.array("[1]")}, "card"),
        ({"training_hashes": np.array([1.5])}, "training_hashes"),
        ({"output.weight": None}, "output.weight"),
        ({"output.weight": np.full((5, 4), np.nan)}, "NaN"),
        ({"output.weight": np.zeros((5, 4), int)}, "output.weight"),
        ({"output.weight": np.zeros((4, 5))}, "output.weight"),
        ({"rnn.weight_hh_l0": np.zeros((9, 4))}, "rnn.weight_hh_l0"),
        ({"rnn.weight_hh_l7": np.zeros((4, 4))}, "rnn.weight_ih_l1"),
        ({"surprise": np.zeros(3)}, "surprise"),
    ],
)
def test_a_wrong_entry_is_named(path, entries, reason):
    arrays = {**random_weights("rnn"), "tokens": np.array(TOKENS), **entries}
    np.savez(path, **{name: array for name, array in arrays.items() if array is not None})
    with pytest.raises(ModelError, match=reason) as error:
        LanguageModel.load(path)
    assert "model.npz" in str(error.value)


class Bomb:
    """Unpickling it would fail the test."""

    def __reduce__(self):
        return (pytest.fail, ("a pickle was executed",))


def test_pickled_objects_are_refused_and_never_executed(path):
    arrays = {**random_weights("rnn"), "tokens": np.array(TOKENS)}
    np.savez(path, **arrays, card=np.array([Bomb()], dtype=object))
    with pytest.raises(ModelError, match="Python objects"):
        LanguageModel.load(path)
    path.write_bytes(pickle.dumps(Bomb()))
    with pytest.raises(ModelError, match="not a whole"):
        LanguageModel.load(path)


def test_a_huge_declared_size_is_refused_before_memory_is_taken(path):
    header = io.BytesIO()
    np.lib.format.write_array_header_1_0(header, {"descr": "<f4", "fortran_order": False, "shape": (2**40,)})
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("output.weight.npy", header.getvalue() + b"1234")
    with pytest.raises(ModelError, match="declares shape"):
        LanguageModel.load(path)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive, archive.open("tokens.npy", "w") as entry:
        zeros = bytes(2**20)
        for _ in range(MAX_BYTES // 2**20 + 1):
            entry.write(zeros)
    assert path.stat().st_size < 2**20
    with pytest.raises(ModelError, match="MB"):
        LanguageModel.load(path)


def test_mutated_files_load_or_are_refused(path):
    """Cut, flipped and overwritten: a good load or ModelError, nothing else."""
    LanguageModel.from_state_dict(Vocabulary(TOKENS, "word", "<EOS>", "<UNK>"), random_weights("gru")).save(path)
    whole = path.read_bytes()
    rng = np.random.default_rng(0)
    refused = 0
    for case in range(400):
        data = bytearray(whole)
        if case % 4 == 0:
            del data[rng.integers(len(data)) :]
        for position in rng.integers(len(data) or 1, size=case % 7 + 1) if data else ():
            data[position] = rng.integers(256)
        path.write_bytes(data)
        try:
            LanguageModel.load(path)
        except ModelError:
            refused += 1
    assert refused > 200


def test_an_array_whose_header_breaks_off_is_refused(path):
    """numpy reads such a header with Python's tokenizer, which has an error of its own for it."""
    header = b"{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3L,"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("tokens.npy", b"\x93NUMPY\x01\x00" + len(header).to_bytes(2, "little") + header)
    with pytest.raises(ModelError, match="not a numpy array"):
        LanguageModel.load(path)


def test_a_file_that_is_not_there_is_an_oserror(path):
    with pytest.raises(OSError, match=r"model\.npz"):
        LanguageModel.load(path)
