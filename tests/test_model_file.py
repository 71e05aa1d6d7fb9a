"""A model on disk: saved and loaded bit for bit, anyone's weights read, whatever is broken refused in words."""

import io
import json
import pickle
import tracemalloc
import zipfile

import numpy as np
import pytest
from tiny_weights import random_weights

from engine import model_file
from engine.model import LanguageModel, ModelError
from engine.model_file import read_facts
from engine.vocabulary import Vocabulary

TOKENS = ["<EOS>", "<UNK>", "Cats", "sleep", "."]


def written(path, **entries):
    np.savez(path, **entries)
    return path


def good_entries(dtype=np.float32):
    return {**random_weights("lstm", dtype=dtype), "tokens": np.array(TOKENS), "level": np.array("word")}


# --- saved and loaded


@pytest.mark.parametrize("exact_in_float16", [True, False])
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("cell", ["rnn", "gru", "lstm"])
def test_a_model_comes_back_bit_for_bit(tmp_path, vocabulary, cell, dtype, exact_in_float16):
    weights = random_weights(cell, dtype=np.float16 if exact_in_float16 else dtype, layers=2, embedding=3)
    weights = {name: array.astype(dtype) for name, array in weights.items()}
    hashes = np.array([3, 2**64 - 1], np.uint64)
    model = LanguageModel.from_state_dict(vocabulary, weights, {"name": "tiny 猫"}, hashes)
    model.save(tmp_path / "tiny.npz")
    again = LanguageModel.load(tmp_path / "tiny.npz")
    assert again.dtype == dtype
    assert again.state_dict().keys() == weights.keys()
    for name, array in again.state_dict().items():
        assert array.tobytes() == weights[name].tobytes()
    assert again.card == {"name": "tiny 猫"}
    assert again.training_hashes.tolist() == hashes.tolist()
    assert (again.cell, again.num_layers) == (cell, 2)
    with np.load(tmp_path / "tiny.npz", allow_pickle=False) as stored:
        assert (stored["output.weight"].dtype == np.float16) == (exact_in_float16 and dtype == np.float32)


@pytest.mark.parametrize(
    "vocabulary",
    [
        Vocabulary(["</s>", "a", "b", "c", "?"], "word", eos_token="?"),
        Vocabulary(["<EOS>", "<UNK>", "a", "b", "c"], "word"),  # marks that are plain words here
        Vocabulary("ab \n猫", "char"),
        Vocabulary(["<UNK>", "<EOS>", "\n", " ", "é"], "char", "<EOS>", "<UNK>"),
    ],
)
def test_a_vocabulary_comes_back(tmp_path, vocabulary):
    LanguageModel.from_state_dict(vocabulary, random_weights("rnn")).save(tmp_path / "v.npz")
    for again in (LanguageModel.load(tmp_path / "v.npz").vocabulary, read_facts(tmp_path / "v.npz")[0]):
        assert (again.tokens, again.level) == (vocabulary.tokens, vocabulary.level)
        assert (again.eos_id, again.unk_id) == (vocabulary.eos_id, vocabulary.unk_id)


def test_loaded_arrays_cannot_be_written(tmp_path, random_model):
    random_model("gru", embedding=3).save(tmp_path / "tiny.npz")
    model = LanguageModel.load(tmp_path / "tiny.npz")
    for array in model.state_dict().values():
        assert not array.flags.writeable


def test_a_name_without_npz_is_kept(tmp_path, random_model):
    random_model("rnn").save(tmp_path / "tiny.model")
    assert [path.name for path in tmp_path.iterdir()] == ["tiny.model"]


# --- other people's weights


@pytest.mark.parametrize("cell", ["rnn", "gru", "lstm"])
@pytest.mark.parametrize("save", [np.savez, np.savez_compressed])
def test_a_pytorch_state_dict_and_tokens_are_a_model(tmp_path, cell, save):
    """What `numpy.savez(path, **{k: v.numpy() for k, v in net.state_dict().items()}, tokens=[...])` writes."""
    weights = random_weights(cell, dtype=np.float32, layers=2, embedding=3)
    save(tmp_path / "mine.npz", **weights, tokens=TOKENS)
    model = LanguageModel.load(tmp_path / "mine.npz")
    assert (model.cell, model.vocabulary.level, model.vocabulary.eos_id, model.vocabulary.unk_id) == (
        cell,
        "word",
        0,
        1,
    )
    assert np.array_equal(model.state_dict()["rnn.weight_hh_l1"], weights["rnn.weight_hh_l1"])


def test_tokens_of_one_character_each_are_a_character_vocabulary(tmp_path):
    written(tmp_path / "c.npz", **random_weights("rnn"), tokens=["<EOS>", "a", "b", " ", "\n"])
    vocabulary = LanguageModel.load(tmp_path / "c.npz").vocabulary
    assert (vocabulary.level, vocabulary.eos_id, vocabulary.unk_id) == ("char", 0, None)


def test_fortran_order_and_foreign_byte_order_are_read(tmp_path):
    weights = random_weights("gru")
    strange = {name: np.asfortranarray(array.astype(">f8")) for name, array in weights.items()}
    model = LanguageModel.load(written(tmp_path / "s.npz", **strange, tokens=np.array(TOKENS).astype(">U6")))
    assert model.vocabulary.tokens == tuple(TOKENS)
    for name, array in model.state_dict().items():
        assert array.dtype.isnative
        assert np.array_equal(array, weights[name])


def test_the_vocabulary_is_read_without_the_weights(tmp_path):
    written(tmp_path / "v.npz", tokens=TOKENS, **{"output.weight": np.array([object()])})
    assert read_facts(tmp_path / "v.npz")[0].tokens == tuple(TOKENS)


def test_no_hashes_at_all_are_no_error(tmp_path):
    path = written(tmp_path / "h.npz", **good_entries(), training_hashes=np.array([], np.uint64))
    assert LanguageModel.load(path).training_hashes.shape == (0,)


@pytest.mark.parametrize(
    ("tokens", "level", "eos", "unk"),
    [
        (["</s>", "a", "b", "c", " "], "char", "</s>", None),
        (["<PAD>", "<bos>", "<eos>", "a", "b"], "char", "<eos>", None),  # several marks, and still characters
        (["<pad>", "<unk>", "</S>", "the", "cat"], "word", "</S>", "<unk>"),
        (["[UNK]", "[PAD]", "a", "b", "c"], "char", None, "[UNK]"),
        (["</s>", "<eos>", "a", "b", "cat"], "word", None, None),  # which one? the file has to say
        (["\0", "a", "b", "\n", "c"], "char", None, None),
    ],
)
def test_marks_are_known_in_any_spelling_where_the_file_does_not_name_them(tmp_path, tokens, level, eos, unk):
    path = written(tmp_path / "m.npz", **random_weights("rnn"), tokens=tokens)
    vocabulary = LanguageModel.load(path).vocabulary
    assert vocabulary.tokens == tuple(tokens)
    assert (vocabulary.level, vocabulary.eos_token, vocabulary.unk_token) == (level, eos, unk)


def test_u_0000_is_a_character_like_any_other(tmp_path):
    vocabulary = Vocabulary(["\0", "a", "b", "\0c", "d"], "word")
    LanguageModel.from_state_dict(vocabulary, random_weights("rnn")).save(tmp_path / "n.npz")
    assert LanguageModel.load(tmp_path / "n.npz").vocabulary.tokens == vocabulary.tokens
    ends = LanguageModel.from_state_dict(Vocabulary(["a\0", "b", "c", "d", "e"], "word"), random_weights("rnn"))
    with pytest.raises(ModelError, match=r"'a\\x00' cannot be saved"):
        ends.save(tmp_path / "never.npz")
    assert not (tmp_path / "never.npz").exists()


def test_what_could_not_be_read_again_is_refused_when_it_is_saved(tmp_path):
    long = LanguageModel.from_state_dict(Vocabulary(["a" * 201, "b", "c", "d", "e"], "word"), random_weights("rnn"))
    with pytest.raises(ModelError, match="a token may have 200 characters"):
        long.save(tmp_path / "never.npz")
    card = {"seconds": float("nan")}
    strange = LanguageModel.from_state_dict(Vocabulary("abcde", "char"), random_weights("rnn"), card)
    with pytest.raises(ModelError, match="NaN is no number"):
        strange.save(tmp_path / "never.npz")
    assert not (tmp_path / "never.npz").exists()


# --- what is refused


def without(*names):
    return {name: value for name, value in good_entries().items() if name not in names}


class Bomb:
    """Unpickling this writes a file: no loading must ever do it."""

    def __init__(self, path):
        self.path = path

    def __reduce__(self):
        return open, (str(self.path), "w")


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"output.weight": None}, "the weight output.weight is missing"),
        ({"tokens": None}, "needs an entry 'tokens'"),
        ({"tokens": np.array("abc")}, "needs an entry 'tokens'"),
        ({"tokens": np.array([TOKENS])}, "needs an entry 'tokens'"),
        ({"tokens": np.arange(5)}, "tokens must be text, but has dtype int64"),
        ({"tokens": np.array(TOKENS, object)}, "Python objects"),
        ({"tokens": np.array(TOKENS[:4])}, "must have shape"),
        ({"tokens": np.array(["a", "a", "b", "c", "d"])}, "'a' occurs again"),
        ({"tokens": np.array(["a", "b", "c", "d", "e" * 201])}, "a token may have 200 characters, but 'eeee.* has 201"),
        ({"tokens": np.array(["a", "b", "c", "d", "e" * 2**22])}, "tokens takes 81,920 KB, .* its longest text"),
        ({"tokens": np.array([f"{i}" for i in range(300_001)])}, "it has 300,001 tokens; 300,000 are allowed"),
        ({"level": np.array("x" * 201)}, "level takes"),
        ({"card": np.array("x" * 100_001)}, "card takes"),
        ({"card": np.array('{"text": ["Cats"]}')}, "card: text must be a text"),
        ({"variant": np.array("relu")}, "the variant relu is none of this cell"),
        ({"variant": np.array(3)}, "variant must be text"),
        ({"level": np.array("letters")}, "level must be one of"),
        ({"level": np.array(3)}, "level must be text"),
        ({"eos_token": np.array("<END>")}, "'<END>' must be among the tokens"),
        ({"card": np.array("{")}, "card is not JSON"),
        ({"card": np.array("[1]")}, "card must be a JSON object"),
        ({"card": np.array("[" * 100_000)}, "card is not JSON"),
        ({"training_hashes": np.array([1.5])}, "training_hashes must be a list of uint64"),
        ({"training_hashes": np.array([[1]], np.uint64)}, "training_hashes must be a list of uint64"),
        ({"output.bias": np.zeros(6, np.float32)}, r"output.bias must have shape \(5,\), but has \(6,\)"),
        ({"output.bias": np.full(5, np.nan)}, "output.bias must be finite"),
        ({"output.bias": np.zeros(5, int)}, "output.bias must hold floating-point numbers"),
        ({"output.bias": np.zeros(5, object)}, "output.bias must hold numbers or texts, but holds Python objects"),
        ({"output.bias": np.zeros(5, complex)}, "output.bias must hold numbers or texts, but has dtype complex128"),
        ({"output.bias": np.zeros(5, "f4,f4")}, "output.bias must hold numbers or texts"),
        ({"extra": np.zeros(3)}, "the weight extra is unknown"),
        ({"a/b": np.zeros(3)}, "the weight a/b is unknown"),
    ],
)
def test_a_wrong_entry_is_named_with_the_file(tmp_path, change, message):
    entries = {**good_entries(), **change}
    path = written(tmp_path / "bad.npz", **{name: value for name, value in entries.items() if value is not None})
    with pytest.raises(ModelError, match=f"(?s)bad.npz cannot be used as a model: .*{message}"):
        LanguageModel.load(path)


def test_nothing_in_a_file_is_executed(tmp_path):
    trap = tmp_path / "executed"
    objects = np.empty(5, object)
    objects[:] = [Bomb(trap)] * 5
    pickled = tmp_path / "pickled.npz"
    pickled.write_bytes(pickle.dumps(Bomb(trap)))
    in_entry = written(tmp_path / "objects.npz", **{**good_entries(), "output.bias": objects})
    in_zip = tmp_path / "zip.npz"
    with zipfile.ZipFile(in_zip, "w") as archive:
        archive.writestr("tokens.npy", pickle.dumps(Bomb(trap)))
    for path in (pickled, in_entry, in_zip):
        with pytest.raises(ModelError):
            LanguageModel.load(path)
    assert not trap.exists()


def test_a_missing_file_is_the_systems_own_error(tmp_path):
    with pytest.raises(FileNotFoundError):
        LanguageModel.load(tmp_path / "none.npz")
    with pytest.raises(OSError, match="directory"):
        LanguageModel.load(tmp_path)


@pytest.mark.parametrize("content", [b"", b"PK", b"hello", b"\x93NUMPY\x01\x00", bytes(5000)])
def test_a_file_that_is_no_npz_is_refused(tmp_path, content):
    path = tmp_path / "no.npz"
    path.write_bytes(content)
    with pytest.raises(ModelError, match=r"no\.npz cannot be used as a model: it is not a whole \.npz file"):
        LanguageModel.load(path)


def npy(shape, dtype="<f4", data=b""):
    """An .npy entry whose header says what we like."""
    stream = io.BytesIO()
    np.lib.format.write_array_header_1_0(stream, {"descr": dtype, "fortran_order": False, "shape": shape})
    return stream.getvalue() + data


def header(text):
    return b"\x93NUMPY\x01\x00" + len(text).to_bytes(2, "little") + text


@pytest.mark.parametrize(
    "entry",
    [
        npy((10**15,)),
        npy((2**63, 2**63)),
        npy((10**6, 10**6), data=bytes(64)),
        npy((-4,), data=bytes(16)),
        npy((3,), data=bytes(11)),
        npy((3,), data=bytes(13)),
        npy((2**63, 0)),
        npy((0,)),
        npy((10**12,), dtype="<U0"),
        npy((5,), dtype="<U1", data=b"\xff\xff\xff\xff" * 5),
        npy((1,), dtype="<U1", data=b"\x00\xd8\x00\x00"),
        npy((), dtype="<U250000000"),
        header(
            b"{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3L,"
        ),  # breaks off: Python's tokenizer has its say
        b"\x93NUMPY\x03\x00" + b"\xff\xff\xff\xff",
        b"\x93NUMPY\x01\x00\xff\xff" + b"(" * 65535,
        b"",
    ],
    ids=range(16),
)
@pytest.mark.parametrize("name", ["output.bias", "tokens", "card"])
def test_false_declarations_are_refused_and_take_no_memory(tmp_path, name, entry):
    written(tmp_path / "big.npz", **without(name))
    with zipfile.ZipFile(tmp_path / "big.npz", "a") as archive:
        archive.writestr(f"{name}.npy", entry)
    tracemalloc.start()
    with pytest.raises(ModelError, match=r"big\.npz"):
        LanguageModel.load(tmp_path / "big.npz")
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 20e6


def test_a_zip_bomb_is_refused_before_it_unfolds(tmp_path):
    path = written(tmp_path / "bomb.npz", **without("output.bias"))
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive, archive.open("output.bias.npy", "w") as entry:
        for _ in range(model_file.MAX_BYTES // 2**24 + 1):
            entry.write(bytes(2**24))
    assert path.stat().st_size < 2**21
    tracemalloc.start()
    with pytest.raises(ModelError, match="its arrays take more than 512 MB"):
        LanguageModel.load(path)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 20e6


def test_a_size_that_the_archive_hides_is_refused(tmp_path):
    """The directory of the archive declares a small entry; what unfolds is larger."""
    path = tmp_path / "lie.npz"
    written(path, **without("output.bias"))
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("output.bias.npy", npy((5_000_000,), data=bytes(20_000_000)))
    data = path.read_bytes()
    size = (20_000_000 + len(npy((5_000_000,)))).to_bytes(4, "little")
    assert data.count(size) == 2  # in the entry's own header and in the directory
    path.write_bytes(data.replace(size, (148).to_bytes(4, "little")))
    with pytest.raises(ModelError, match=r"lie\.npz"):
        LanguageModel.load(path)


def test_an_entry_that_occurs_twice_is_refused(tmp_path):
    path = written(tmp_path / "twice.npz", **good_entries())
    with zipfile.ZipFile(path, "a") as archive, pytest.warns(UserWarning, match="Duplicate name"):
        archive.writestr("tokens.npy", npy((0,), "<U1"))
    with pytest.raises(ModelError, match="a name occurs twice"):
        LanguageModel.load(path)


# --- mutations


def mutated(data, rng):
    """`data` cut, flipped, doubled, shuffled, with a chunk of zeros, of ones or of its own elsewhere."""
    data = bytearray(data)
    at, length = int(rng.integers(len(data))), int(rng.integers(1, 40))
    way = rng.integers(6)
    if way == 0:
        return bytes(data[:at])
    if way == 1:
        for _ in range(int(rng.integers(1, 20))):
            data[int(rng.integers(len(data)))] ^= 1 << int(rng.integers(8))
    elif way == 2:
        data[at : at + length] = bytes(length)
    elif way == 3:
        data[at : at + length] = b"\xff" * length
    elif way == 4:
        other = int(rng.integers(len(data)))
        data[at : at + length] = data[other : other + length]
    else:
        del data[at : at + length]
    return bytes(data)


def mutations(path, count, mutate):
    """How many mutations of the file at `path` load; every other one must fail with ModelError."""
    data, loaded = path.read_bytes(), 0
    rng = np.random.default_rng(0)
    for _ in range(count):
        path.write_bytes(mutate(data, rng))
        try:
            model = LanguageModel.load(path)
        except ModelError:
            continue
        loaded += 1
        assert all(np.isfinite(array).all() for array in model.state_dict().values())
        model.step(None, model.initial_state())
    return loaded


@pytest.mark.filterwarnings("ignore:Overlapped entries")  # from Python 3.13 on zipfile remarks on it
@pytest.mark.parametrize("compressed", [True, False])
def test_mutations_of_a_file_load_or_are_refused_in_words(tmp_path, random_model, compressed):
    path = tmp_path / "mutant.npz"
    if compressed:
        random_model("lstm", dtype=np.float32).save(path)
    else:
        written(path, **good_entries())
    loaded = mutations(path, 300, mutated)
    assert loaded < 300  # else nothing was mutated


def test_mutations_behind_a_right_checksum_load_or_are_refused_in_words(tmp_path, random_model):
    """The zip's checksum catches most flips; so here single entries are mutated and packed again."""
    path = tmp_path / "mutant.npz"
    random_model("gru", dtype=np.float32).save(path)

    def repacked(data, rng):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = {name: archive.read(name) for name in archive.namelist()}
        name = list(entries)[int(rng.integers(len(entries)))]
        entry = entries[name]
        head = 128 if rng.random() < 0.7 else len(entry)  # most of them in the header, which is where it hurts
        entries[name] = mutated(entry[:head], rng) + entry[head:]
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w") as archive:
            for key, value in entries.items():
                archive.writestr(key, value)
        return packed.getvalue()

    loaded = mutations(path, 400, repacked)
    assert 0 < loaded < 400


def test_a_card_is_read_as_json(tmp_path):
    card = {"text": "Shakespeare", "held_out": 1.5, "猫": [1, 2]}
    path = written(tmp_path / "c.npz", **good_entries(), card=np.array(json.dumps(card)))
    assert LanguageModel.load(path).card == card
