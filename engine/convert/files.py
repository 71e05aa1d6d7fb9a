"""A file of another project, whatever wrote it, as a Checkpoint. Nothing in it is executed.

What a file is shows in its first bytes, not in its name: people call a PyTorch checkpoint .pt, .pth, .net, .ckpt, .tar
or .bin.
"""

import zipfile
from pathlib import Path
from typing import Any

from engine.archive import ModelError, open_regular, opened
from engine.cells import Array
from engine.convert.checkpoint import Checkpoint, ConversionError
from engine.convert.keras_file import read_keras
from engine.convert.pytorch_file import read_pytorch
from engine.convert.safetensors_file import read_safetensors


def read(path: Path) -> Checkpoint:
    """What is in the file. Raises ConversionError, or OSError (no such file)."""
    try:
        with open_regular(path) as file:
            head = file.read(16)
            if head[:2] == b"PK":
                return _from_zip(path)
            if head[:4] == b"\x89HDF":
                return read_keras(path)
            if head[8:9] == b"{":
                return read_safetensors(file)
            if head[:1] == b"\x80":
                return read_pytorch(path)
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
        return read_keras(path)
    if any(name.endswith("data.pkl") for name in names):
        return read_pytorch(path)
    return _from_npz(path)


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
