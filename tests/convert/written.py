"""Files of other projects, written without their packages."""

import json


def safetensors(file, metadata=None, **arrays):
    """The format in full: the length of the header, the header as JSON, the numbers one after the other."""
    header, data = {} if metadata is None else {"__metadata__": metadata}, b""
    for name, array in arrays.items():
        dtype = {"float64": "F64", "float32": "F32", "float16": "F16", "int64": "I64"}[array.dtype.name]
        offsets = [len(data), len(data) + array.nbytes]
        header[name] = {"dtype": dtype, "shape": list(array.shape), "data_offsets": offsets}
        data += array.tobytes()
    text = json.dumps(header).encode()
    file.write(len(text).to_bytes(8, "little") + text + data)
