"""A model on disk: one .npz that `numpy.load(allow_pickle=False)` reads.

Entries: the weights under PyTorch's names (float16 where that loses nothing); `tokens`, an array of texts in softmax
order; `level`, "word" or "char" (absent: "char" if every token is one character); `eos_token` and `unk_token`, ""
for none (absent: "<EOS>" and "<UNK>" where they are among the tokens); `card`, a JSON object on where the model comes
from; `training_hashes`, uint64, of the sequences it was trained on. Only weights and tokens are required, so
`numpy.savez("mine.npz", **state_dict, tokens=[...])` of a PyTorch model is a model file.
"""

import json
import lzma
import math
import struct
import zipfile
import zlib
from collections.abc import Container
from os import PathLike
from pathlib import Path
from tokenize import TokenError  # numpy reads an array's header with Python's own tokenizer
from typing import Any, NamedTuple, TypeAlias

import numpy as np
from numpy.lib import format as npy_format
from numpy.typing import NDArray

from engine.vocabulary import Vocabulary, VocabularyError

StrPath: TypeAlias = str | PathLike[str]
Arrays: TypeAlias = dict[str, NDArray[Any]]

MAX_BYTES = 512 * 2**20  # of all arrays together: what a file may ask of the machine's memory
# What reading a damaged archive can end in: wrong offsets, unknown or encrypted compression, broken data, odd names.
_DAMAGE = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error, EOFError, OSError, ValueError, OverflowError,
    RuntimeError, MemoryError,
)  # fmt: skip
_TEXTS = {"tokens", "level", "eos_token", "unk_token", "card"}


class ModelError(ValueError):
    """A file or weights that do not make a model; the message names the weight and says what is wrong with it."""

    def of_file(self, path: StrPath) -> "ModelError":
        """The same, for who only knows the file."""
        return ModelError(f"{Path(path).name} cannot be used as a model: {self}")


class Contents(NamedTuple):
    """All that a file says of a model. `weights`: the arrays by name as they are stored, not yet checked;
    `training_hashes`: uint64, or None."""

    vocabulary: Vocabulary
    weights: Arrays
    card: dict[str, Any]
    training_hashes: NDArray[np.uint64] | None


def read(path: StrPath) -> Contents:
    """What is in the file. Raises ModelError, which names the file and the reason, or OSError (file not found)."""
    try:
        arrays = _read_arrays(path)
        vocabulary = _vocabulary(arrays)
        card = _card(arrays)
        hashes = arrays.pop("training_hashes", None)
        if hashes is not None:
            if hashes.dtype != np.uint64 or hashes.ndim != 1:
                raise ModelError(f"training_hashes must be a list of uint64, but is {hashes.ndim}-d {hashes.dtype}")
            hashes.flags.writeable = False
        return Contents(vocabulary, arrays, card, hashes)
    except (ModelError, VocabularyError) as error:
        raise ModelError(str(error)).of_file(path) from error


def read_facts(path: StrPath) -> tuple[Vocabulary, dict[str, Any]]:
    """The vocabulary and the card, without the weights: all that a list of files needs. Raises as `read` does."""
    try:
        arrays = _read_arrays(path, only=_TEXTS)
        return _vocabulary(arrays), _card(arrays)
    except (ModelError, VocabularyError) as error:
        raise ModelError(str(error)).of_file(path) from error


def write(contents: Contents, path: StrPath) -> None:
    """Write a model to `path`. float32 weights that float16 holds exactly are stored as float16."""
    arrays = {name: _smallest(array) for name, array in contents.weights.items()}
    vocabulary = contents.vocabulary
    arrays["tokens"] = np.array(vocabulary.tokens)
    arrays["level"] = np.array(vocabulary.level)
    arrays["eos_token"] = np.array(vocabulary.eos_token or "")
    arrays["unk_token"] = np.array(vocabulary.unk_token or "")
    arrays["card"] = np.array(json.dumps(contents.card, ensure_ascii=False))
    if contents.training_hashes is not None:
        arrays["training_hashes"] = contents.training_hashes
    with open(path, "wb") as file:  # an open file: numpy would add .npz to a name without it
        np.savez_compressed(file, **arrays)  # type: ignore[arg-type]  # its stub takes the names for an argument


def _smallest(array: NDArray[Any]) -> NDArray[Any]:
    if array.dtype != np.float32:
        return array
    with np.errstate(over="ignore"):
        half = array.astype(np.float16)
    return half if np.array_equal(half.astype(np.float32), array) else array


def _read_arrays(path: StrPath, only: Container[str] | None = None) -> Arrays:
    """Every array of the file, or those named in `only`: declared sizes are checked before memory is taken."""
    with open(path, "rb") as file:
        try:
            with zipfile.ZipFile(file) as archive:
                entries = archive.infolist()
                if sum(entry.file_size for entry in entries) > MAX_BYTES:
                    raise ModelError(f"its arrays take more than {MAX_BYTES // 2**20} MB")
                names = [entry.filename.removesuffix(".npy") for entry in entries]
                if len(set(names)) < len(names):
                    raise ModelError("a name occurs twice in it")
                return {
                    name: _read_array(archive, entry, name)
                    for name, entry in zip(names, entries, strict=True)
                    if only is None or name in only
                }
        except ModelError:
            raise
        except _DAMAGE as error:
            raise ModelError(f"it is not a whole .npz file ({error})") from error


def _read_array(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, name: str) -> NDArray[Any]:
    with archive.open(entry) as stream:
        try:
            version = npy_format.read_magic(stream)
            read_header = {(1, 0): npy_format.read_array_header_1_0, (2, 0): npy_format.read_array_header_2_0}[version]
            shape, fortran_order, dtype = read_header(stream)
        except (ValueError, KeyError, TypeError, SyntaxError, TokenError, RecursionError, MemoryError) as error:
            raise ModelError(f"the entry {name!r} is not a numpy array ({error})") from error
        if dtype.hasobject:
            raise ModelError(f"{name} must hold numbers or texts, but holds Python objects")
        if dtype.kind not in "fiuU" or dtype.names or dtype.subdtype or not dtype.itemsize:
            raise ModelError(f"{name} must hold numbers or texts, but has dtype {dtype}")
        count = math.prod(shape)
        data = stream.read()
        if count * dtype.itemsize != len(data):
            raise ModelError(f"{name} declares shape {shape} of {dtype}, but its data has {len(data)} bytes")
        array = np.ndarray(shape, dtype, data, order="F" if fortran_order else "C")
        return array.astype(dtype.newbyteorder("="))


def _vocabulary(arrays: Arrays) -> Vocabulary:
    for name in _TEXTS & arrays.keys():
        if arrays[name].dtype.kind != "U":
            raise ModelError(f"{name} must be text, but has dtype {arrays[name].dtype}")
        codes = np.ascontiguousarray(arrays[name]).reshape(-1).view(np.uint32)  # Python cannot even hold wrong ones
        wrong = codes[(codes > 0x10FFFF) | ((codes >= 0xD800) & (codes < 0xE000))]
        if len(wrong):
            raise ModelError(f"{name} is not valid text: it has the character code {wrong[0]:#x}")
    if "tokens" not in arrays or arrays["tokens"].ndim != 1:
        raise ModelError("it needs an entry 'tokens', the list of its vocabulary in the order of the output layer")
    tokens = arrays.pop("tokens").tolist()

    def special(name: str, usual: str) -> str | None:
        if name not in arrays:
            return usual if usual in tokens else None
        return str(arrays.pop(name)) or None

    eos_token, unk_token = special("eos_token", "<EOS>"), special("unk_token", "<UNK>")
    if "level" in arrays:
        level = str(arrays.pop("level"))
    else:
        level = "char" if all(len(token) == 1 for token in tokens if token not in (eos_token, unk_token)) else "word"
    return Vocabulary(tokens, level, eos_token, unk_token)


def _card(arrays: Arrays) -> dict[str, Any]:
    if "card" not in arrays:
        return {}
    try:
        card = json.loads(str(arrays.pop("card")))
    except (ValueError, RecursionError) as error:
        raise ModelError(f"card is not JSON ({error})") from error
    if not isinstance(card, dict):
        raise ModelError("card must be a JSON object")
    return card
