"""A .safetensors file as a Checkpoint. It is read here: the format is three lines long, and its package holds no
bfloat16 in numpy."""

import json
from typing import IO, Any

import numpy as np
from numpy.typing import NDArray

from engine.cells import Array
from engine.convert.checkpoint import Checkpoint, ConversionError, parsed

_MAX_HEADER = 100 * 2**20  # bytes: the format's own bound
_DTYPES = {"F64": "<f8", "F32": "<f4", "F16": "<f2", "BF16": "<u2"}


def read_safetensors(file: IO[bytes]) -> Checkpoint:
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
            facts[key] = parsed(value)
        for name, entry in header.items():
            dtype, shape, (begin, end) = entry["dtype"], entry["shape"], entry["data_offsets"]
            if dtype not in _DTYPES:
                continue  # whole numbers: counters and the like
            file.seek(8 + length + begin)
            array: NDArray[Any] = np.frombuffer(file.read(end - begin), _DTYPES[dtype]).reshape(shape)
            if dtype == "BF16":  # the upper half of a float32
                array = (array.astype(np.uint32) << 16).view(np.float32)
            arrays[name] = array
    except (ValueError, KeyError, TypeError, AttributeError, OverflowError, RecursionError) as error:
        raise ConversionError(f"it is no whole .safetensors file ({error})") from error
    return Checkpoint(arrays, facts)
