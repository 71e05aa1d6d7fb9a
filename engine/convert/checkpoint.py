"""A file of another project, whatever wrote it, as arrays by name and the facts beside them. Nothing is executed.

What a file is shows in its first bytes, not in its name: people call a PyTorch checkpoint .pt, .pth, .net, .ckpt, .tar
or .bin. PyTorch and h5py are asked for only where a file of theirs is read, and only if they are there. The format of
safetensors is three lines long, and numpy's own reader of that package cannot hold bfloat16: so it is read here.
"""

import argparse
import json
import pickle
import re
import warnings
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import IO, Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from engine.archive import ModelError, open_regular, opened
from engine.cells import Array

_MAX_HEADER = 100 * 2**20  # bytes: safetensors' own bound
_SAFETENSORS = {"F64": "<f8", "F32": "<f4", "F16": "<f2", "BF16": "<u2"}  # numpy has no bfloat16
_BESIDE = re.compile(r"(optim|lr_sched|sched|callbacks|loops|scaler)")  # what training keeps beside the weights
TOKEN_LISTS = (
    "tokens", "chars", "characters", "all_characters", "itos", "stoi", "idx2char", "char2idx", "idx2word", "word2idx",
    "int2char", "char2int", "idx_to_char", "char_to_idx", "ix_to_char", "char_to_ix", "idx_to_token", "token_to_idx",
    "idx_to_word", "word_to_idx", "ix_to_word", "word_to_ix", "id2token", "token2id", "id_to_token", "token_to_id",
    "id2word", "word2id", "vocab", "vocabulary", "word_index", "index_word", "dictionary",
)  # fmt: skip


class ConversionError(ValueError):
    """A file that cannot become a model of this engine; the message says what it has, and what to do."""


class Checkpoint(NamedTuple):
    """`arrays`: all that may be weights, by dotted name; `facts`: what stands beside them, by dotted name too;
    `variant`: of the cell, where the file tells (see engine/cell_variants.py)."""

    arrays: dict[str, Array]
    facts: dict[str, Any]
    variant: str | None = None


def read(path: Path) -> Checkpoint:
    """What is in the file. Raises ConversionError, or OSError (no such file)."""
    try:
        with open_regular(path) as file:
            head = file.read(16)
            if head[:2] == b"PK":
                return _from_zip(path)
            if head[:4] == b"\x89HDF":
                return _keras(path)
            if head[8:9] == b"{":
                return _from_safetensors(file)
            if head[:1] == b"\x80":
                return _from_torch(path)
    except ModelError as error:
        raise ConversionError(str(error)) from error
    if path.suffix == ".t7":
        raise ConversionError("Lua Torch's own files are not read; write its tensors to an .npz under their names")
    raise ConversionError("it is no .npz, no PyTorch checkpoint, no .safetensors and no Keras file")


def _from_zip(path: Path) -> Checkpoint:
    try:
        with zipfile.ZipFile(path) as archive:
            names = archive.namelist()
    except zipfile.BadZipFile as error:
        raise ConversionError(f"it is not a whole file ({error})") from error
    if "model.weights.h5" in names:
        return _keras(path)
    if any(name.endswith("data.pkl") for name in names):
        return _from_torch(path)
    return _from_npz(path)


def _keras(path: Path) -> Checkpoint:
    from engine.convert.keras_file import read_keras

    return read_keras(path)


def _from_npz(path: Path) -> Checkpoint:
    arrays: dict[str, Array] = {}
    facts: dict[str, Any] = {}
    with opened(path) as archive:
        for name, header in archive.headers.items():
            if header.dtype.kind == "f":
                arrays[name] = archive.read(name)
            elif header.dtype.kind == "U":
                facts[name] = archive.read(name).tolist()
            elif name == "training_hashes":
                facts[name] = archive.read(name)
    return Checkpoint(arrays, facts)


def _from_safetensors(file: IO[bytes]) -> Checkpoint:
    """Eight bytes with the length of the header, the header as JSON {name: dtype, shape, begin and end}, the data."""
    file.seek(0, 2)
    size = file.tell()
    file.seek(0)
    length = int.from_bytes(file.read(8), "little")
    if length > min(_MAX_HEADER, size - 8):
        raise ConversionError("it is no whole .safetensors file: its header is longer than the file")
    arrays: dict[str, Array] = {}
    facts: dict[str, Any] = {}
    try:
        header = json.loads(file.read(length))
        for key, value in header.pop("__metadata__", {}).items():
            facts[key] = _parsed(value)
        for name, entry in header.items():
            dtype, shape, (begin, end) = entry["dtype"], entry["shape"], entry["data_offsets"]
            if dtype not in _SAFETENSORS:
                continue  # whole numbers: counters and the like
            file.seek(8 + length + begin)
            array: NDArray[Any] = np.frombuffer(file.read(end - begin), _SAFETENSORS[dtype]).reshape(shape)
            if dtype == "BF16":  # the upper half of a float32
                array = (array.astype(np.uint32) << 16).view(np.float32)
            arrays[name] = array
    except (ValueError, KeyError, TypeError, AttributeError, OverflowError, RecursionError) as error:
        raise ConversionError(f"it is no whole .safetensors file ({error})") from error
    return Checkpoint(arrays, facts)


def _parsed(value: Any) -> Any:
    """Its metadata are texts alone; a list or dict of tokens stands there as JSON."""
    try:
        return json.loads(value)
    except (ValueError, TypeError, RecursionError):
        return value


def _from_torch(path: Path) -> Checkpoint:
    try:
        import torch
    except ImportError as error:
        raise ConversionError("it is a PyTorch file, and PyTorch is not installed here: pip install torch") from error
    try:
        with torch.serialization.safe_globals([argparse.Namespace]), warnings.catch_warnings():
            warnings.simplefilter("ignore")  # remarks on old ways to pickle; what fails raises
            loaded = torch.load(path, map_location="cpu", weights_only=True)
    except pickle.UnpicklingError as error:
        found = re.search(r"GLOBAL ([\w.]+)", str(error))
        what = f"a Python object ({found[1]})" if found else "Python objects"
        raise ConversionError(
            f"it holds {what} beside numbers, which could do anything when loaded, so it is not; where it was made, "
            "save the weights alone: torch.save(model.state_dict(), 'weights.pt')"
        ) from error
    except (RuntimeError, EOFError, ValueError, KeyError, AttributeError) as error:
        raise ConversionError(f"PyTorch cannot read it ({str(error).splitlines()[0][:200]})") from error
    arrays: dict[str, Array] = {}
    facts: dict[str, Any] = {}

    def holds_tensors(value: object) -> bool:
        if isinstance(value, Mapping):
            return any(map(holds_tensors, value.values()))
        return isinstance(value, torch.Tensor) or (isinstance(value, list | tuple) and any(map(holds_tensors, value)))

    def walk(value: Any, name: str) -> None:
        if isinstance(value, torch.Tensor):
            if value.is_floating_point() and value.ndim:  # a single number is a loss, not a weight
                dtype = value.dtype if value.dtype in (torch.float64, torch.float32, torch.float16) else torch.float32
                arrays[name] = value.detach().to_dense().to(dtype).numpy()
        elif isinstance(value, argparse.Namespace):
            walk(vars(value), name)
        elif isinstance(value, Mapping) and value.keys() >= {"state", "param_groups"}:
            pass  # an optimizer's
        elif isinstance(value, Mapping) and (holds_tensors(value) or not _is_token_list(name)):
            for key, part in value.items():
                if not (isinstance(key, str) and _BESIDE.match(key.lower())):
                    walk(part, f"{name}.{key}" if name else str(key))
        elif isinstance(value, Sequence) and not isinstance(value, str | bytes) and holds_tensors(value):
            for i, part in enumerate(value):
                walk(part, f"{name}.{i}" if name else str(i))
        else:
            facts[name] = value

    walk(loaded, "")
    return Checkpoint(arrays, facts, _told_variant(facts))


def _is_token_list(name: str) -> bool:
    return name.rpartition(".")[2].lower() in TOKEN_LISTS


def _told_variant(facts: Mapping[str, Any]) -> str | None:
    """Settings that lie beside the weights may say "relu": nonlinearity="relu", or RNN_RELU as the type of the cell."""
    settings = {name.rpartition(".")[2].lower(): value for name, value in facts.items() if isinstance(value, str)}
    relu = settings.get("nonlinearity", "").lower() == "relu"
    return "relu" if relu or "RNN_RELU" in settings.values() else None


def token_lists(facts: Mapping[str, Any]) -> dict[str, Any]:
    """Whatever among the facts may list the tokens, by name, at any depth."""
    found: dict[str, Any] = {}

    def walk(value: Any, name: str) -> None:
        if name and _is_token_list(name):
            found[name] = _parsed(value) if isinstance(value, str) and value.startswith(("{", "[")) else value
        if isinstance(value, Mapping):
            for key, part in value.items():
                if isinstance(part, Mapping | list | tuple | str):
                    walk(part, f"{name}.{key}" if name else str(key))

    walk(facts, "")
    return found
