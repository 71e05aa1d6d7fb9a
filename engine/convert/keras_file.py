"""Keras' files (.keras, .weights.h5, .h5) as arrays under PyTorch's names and in PyTorch's orders.

Keras writes x @ kernel, so matrices are turned. Its LSTM has the gates in the order i f c o, PyTorch's i f g o. Its GRU
has z r h, which becomes r z n; reset_after=True has two biases, (2, 3 * units), False has one, (3 * units,), and is the
variant "reset-before". Two generations of files: the older ones name each array (lstm_cell/kernel:0), Keras 3
numbers them (layers/lstm/cell/vars/0).
"""

import io
import json
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from engine.cells import Array
from engine.convert.checkpoint import Checkpoint, ConversionError
from engine.weights import listed

_PASSED_OVER = {"InputLayer", "Dropout", "SpatialDropout1D", "Masking", "Softmax"}  # nothing of these is left when used
_KNOWN = _PASSED_OVER | {"Embedding", "LSTM", "GRU", "SimpleRNN", "Dense", "TimeDistributed", "Activation"}


def read_keras(path: Path) -> Checkpoint:
    """The file's weights, once its layers, where it tells of them, are known ones. Raises ConversionError."""
    try:
        import h5py
    except ImportError as error:
        raise ConversionError("it is a Keras file, and h5py is not installed here: pip install h5py") from error
    source: Any = path
    layers: list[dict[str, Any]] = []
    try:
        if zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as archive:
                layers = _layers(json.loads(archive.read("config.json")))
                source = io.BytesIO(archive.read("model.weights.h5"))
        with h5py.File(source, "r") as file:
            if "model_config" in file.attrs:
                layers = _layers(json.loads(file.attrs["model_config"]))
            root = file.get("model_weights", file)
            order = [
                name.decode() if isinstance(name, bytes) else str(name) for name in root.attrs.get("layer_names", [])
            ]
            datasets: dict[str, Array] = {}
            root.visititems(
                lambda name, item: datasets.update({name: item[()]} if isinstance(item, h5py.Dataset) else {})
            )
    except (OSError, KeyError, ValueError, zipfile.BadZipFile) as error:
        raise ConversionError(f"it is not a whole Keras file ({error})") from error
    return from_datasets(datasets, order, layers)


def from_datasets(datasets: dict[str, Array], order: list[str], layers: list[dict[str, Any]]) -> Checkpoint:
    """`datasets`: arrays by their path in the file; `order`: of the layers by name, and `layers`: their settings, both
    empty where the file does not tell. Raises ConversionError for settings that this engine does not have."""
    settings = [setting for layer in layers for setting in _checked(layer)]
    return _checkpoint(_groups(datasets, order), {setting for setting in settings if setting})


def _layers(config: Any) -> list[dict[str, Any]]:
    """The layers that a model's configuration lists; none for a model of a class of its own."""
    layers = config.get("config", {}).get("layers", []) if isinstance(config.get("config"), dict) else []
    return [layer for layer in layers if isinstance(layer, dict)]


def _checked(layer: dict[str, Any]) -> Iterator[str | None]:
    """The variant that each cell is by its settings, or None. Raises ConversionError for what the engine has not."""
    kind, config = layer["class_name"], layer.get("config", {})
    name = config.get("name", kind)
    if kind not in _KNOWN:
        raise ConversionError(f"the layer {name} is a {kind}, which this engine does not have")
    if kind == "TimeDistributed":
        yield from _checked(config["layer"])
    if kind in ("Dense", "Activation") and config.get("activation") not in ("softmax", "linear", None):
        raise ConversionError(
            f"the layer {name} computes {config['activation']}; only a last layer with softmax is known"
        )
    if kind not in ("LSTM", "GRU", "SimpleRNN"):
        return
    if config.get("go_backwards"):
        raise ConversionError(f"the layer {name} reads backwards (go_backwards), so it cannot write")
    relu = kind == "SimpleRNN" and config.get("activation") == "relu"
    if config.get("activation", "tanh") != "tanh" and not relu:
        raise ConversionError(f"the layer {name} has the activation {config['activation']}; this engine's has tanh")
    if config.get("recurrent_activation", "sigmoid") != "sigmoid":
        activation = config["recurrent_activation"]
        raise ConversionError(
            f"the gates of the layer {name} have the activation {activation}; this engine's have sigmoid"
        )
    yield "relu" if relu else "reset-before" if kind == "GRU" and config.get("reset_after") is False else None


def _groups(datasets: dict[str, Array], order: list[str]) -> dict[str, dict[str, Array]]:
    """The arrays of each layer by their role: kernel, recurrent_kernel, bias, embeddings; "matrix": one or the other.

    Groups are named with their place before them, so that their names sort as the layers follow one another.
    """
    groups: dict[str, dict[str, Array]] = {}
    for name, array in datasets.items():
        if "optimizer" in name or array.dtype.kind != "f":
            continue
        where, _, last = name.rpartition("/")
        first = name.partition("/")[0]
        place = f"{order.index(first)}." if first in order else ""
        groups.setdefault(place + where.removesuffix("/vars").removeprefix("layers/"), {})[last.split(":")[0]] = array
    for group in groups.values():
        numbered = [group.pop(key) for key in sorted(group) if key.isdigit()]
        if len(numbered) == 1 and numbered[0].ndim == 2:
            group["matrix"] = numbered[0]
        elif len(numbered) > 1 and [array.ndim for array in numbered[:2]] == [2, 2]:
            group |= dict(zip(("kernel", "recurrent_kernel", "bias"), numbered, strict=False))
        else:
            group |= dict(zip(("kernel", "bias"), numbered, strict=False))
    return groups


def _checkpoint(groups: dict[str, dict[str, Array]], variants: set[str]) -> Checkpoint:
    arrays: dict[str, Array] = {}
    recurrent = {where: group for where, group in groups.items() if "recurrent_kernel" in group}
    backward = [where for where in recurrent if re.search(r"(^|/|\.)backward_", where)]
    if backward:
        raise ConversionError(f"it is bidirectional ({listed(backward)}): it has read what it would have to write")
    for where, group in recurrent.items():
        kernel, w_hh, bias = group["kernel"].T, group["recurrent_kernel"].T, group.get("bias")
        gates, left_over = divmod(len(w_hh), w_hh.shape[1])
        if left_over or (bias is not None and bias.shape not in ((len(w_hh),), (2, len(w_hh)))):
            shapes = {role: array.shape for role, array in group.items()}
            raise ConversionError(f"{where} is a kind of cell that is not known: it has {shapes}")
        biases = None if bias is None else (bias, np.zeros_like(bias)) if bias.ndim == 1 else (bias[0], bias[1])
        if gates == 3:
            if bias is not None and bias.ndim == 1:
                variants.add("reset-before")
            size = w_hh.shape[1]
            order = np.r_[size : 2 * size, 0:size, 2 * size : 3 * size]  # z r h -> r z n
            kernel, w_hh = kernel[order], w_hh[order]
            biases = None if biases is None else (biases[0][order], biases[1][order])
        arrays |= {f"{where}.weight_ih_l0": kernel, f"{where}.weight_hh_l0": w_hh}
        if biases is not None:
            arrays |= {f"{where}.bias_ih_l0": biases[0], f"{where}.bias_hh_l0": biases[1]}
    if len(variants) > 1:
        raise ConversionError("its layers have cells of different kinds; this engine's all have the same")
    widths = {group["kernel"].shape[0] for group in recurrent.values()}  # one of them is that of the embedding
    for where, group in groups.items():
        if where in recurrent:
            continue
        for role, array in group.items():
            turned = role == "kernel" or (role == "matrix" and not _is_embedding(where, array, widths))
            name = "bias" if role == "bias" else "weight" if role in ("kernel", "embeddings", "matrix") else role
            arrays[f"{where}.{name}"] = array.T if turned else array
    return Checkpoint(arrays, {}, next(iter(variants), None))


def _is_embedding(where: str, matrix: Array, widths: set[int]) -> bool:
    """A lone matrix is an embedding or a last layer without bias: by its name, or else by its width."""
    return bool(re.search("emb|lookup", where.lower())) or matrix.shape[1] in widths
