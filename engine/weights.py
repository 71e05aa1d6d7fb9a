"""The table of a network's weights: which names and shapes make a network, and its recurrent layers.

Names and gate order are PyTorch's (see engine/cells.py): `embedding.weight` (V, E), absent for one-hot input;
`rnn.weight_ih_l0` (G * H, E or V), `rnn.weight_hh_l0` (G * H, H), `rnn.bias_ih_l0`, `rnn.bias_hh_l0` (G * H,), the
biases all present or all absent, `_l1` and so on for deeper layers; `output.weight` (V, H), `output.bias` (V,) or
absent.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple, TypeAlias

import numpy as np

from engine.cell_variants import VARIANTS, Equations
from engine.cells import CELLS, Array
from engine.model_file import Header, ModelError

Shapes: TypeAlias = dict[str, tuple[int, ...]]
_LISTED = 12  # names of a message at most


class Layer(NamedTuple):
    """One recurrent layer's weights: w_ih (G * H, input size), w_hh (G * H, H), biases (G * H,) or None."""

    w_ih: Array
    w_hh: Array
    b_ih: Array | None
    b_hh: Array | None


def recurrent_layers(weights: Mapping[str, Array]) -> tuple[Layer, ...]:
    """The recurrent layers of a table of weights, the one next to the input first."""
    depth = sum(name.startswith("rnn.weight_hh_l") for name in weights)
    return tuple(
        Layer(
            weights[f"rnn.weight_ih_l{k}"],
            weights[f"rnn.weight_hh_l{k}"],
            weights.get(f"rnn.bias_ih_l{k}"),
            weights.get(f"rnn.bias_hh_l{k}"),
        )
        for k in range(depth)
    )


def cell_of(w_hh_rows: int, size: int, variant: str | None) -> tuple[str, Equations]:
    """("rnn" | "gru" | "lstm", its equations) of a cell with so many rows in W_hh. Raises ModelError."""
    gates, left_over = divmod(w_hh_rows, size)
    names = [name for name, cell in CELLS.items() if cell.gates == gates]
    if left_over or not names:
        raise ModelError(
            "rnn.weight_hh_l0 must have 1 (RNN), 3 (GRU) or 4 (LSTM) times as many rows as columns, "
            "but has shape {shape}",
            shape=(w_hh_rows, size),
        )
    if variant is None:
        return names[0], CELLS[names[0]]
    if variant not in VARIANTS or VARIANTS[variant].gates != gates:
        known = [name for name, cell in VARIANTS.items() if cell.gates == gates]
        raise ModelError(
            "the variant {variant} is none of this cell; known are: {known}",
            variant=clipped(variant),
            known=listed(known) or "none",
        )
    return names[0], VARIANTS[variant]


def check_headers(words: int, headers: Mapping[str, Header], variant: str | None) -> Shapes:
    """The expected shape of every weight, in order, where `headers` are those of a network; else raises ModelError."""
    for name, (_, dtype) in headers.items():
        if dtype.kind != "f":
            raise ModelError(
                "{name} must hold floating-point numbers, but has dtype {dtype}", name=clipped(name), dtype=dtype
            )
        if dtype.itemsize > 8:
            raise ModelError(
                "{name} must be float64, float32 or float16, but is {dtype}", name=clipped(name), dtype=dtype
            )
    shapes = {name: shape for name, (shape, _) in headers.items()}
    for name in ("rnn.weight_ih_l0", "rnn.weight_hh_l0", "output.weight"):
        if name not in shapes:
            raise _missing(name, shapes)
        if len(shapes[name]) != 2 or 0 in shapes[name]:
            raise ModelError("{name} must be a matrix, but has shape {shape}", name=name, shape=shapes[name])
    rows, size = shapes["rnn.weight_hh_l0"]
    cell_of(rows, size, variant)
    expected = _expected_shapes(words, rows, size, shapes)
    for name in expected:
        if name not in shapes:
            raise _missing(name, shapes)
    for name, shape in shapes.items():
        if name not in expected:
            raise ModelError(
                "the weight {name} is unknown; expected are {expected}; "
                "python -m engine.convert FILE turns the names and orders of other projects into these",
                name=clipped(name),
                expected=", ".join(expected),
            )
        if shape != expected[name]:
            raise ModelError(
                "{name} must have shape {expected}, but has {shape}", name=name, expected=expected[name], shape=shape
            )
    return expected


def checked(words: int, arrays: dict[str, Array], variant: str | None) -> dict[str, Array]:
    """The arrays as a network's weights: in order, of one dtype, finite, read-only; taken out of the table `arrays`.

    float64 if any of them is, else float32. What is of that dtype already is not copied. Raises ModelError.
    """
    expected = check_headers(words, {name: Header(array.shape, array.dtype) for name, array in arrays.items()}, variant)
    dtype = np.float64 if any(array.dtype == np.float64 for array in arrays.values()) else np.float32
    weights = {}
    for name in expected:
        weights[name] = np.asarray(arrays.pop(name), dtype=dtype, order="C")
        if not (np.isfinite(weights[name].min()) and np.isfinite(weights[name].max())):  # no mask as large as itself
            raise ModelError("{name} must be finite, but holds NaN or infinity", name=name)
        weights[name].flags.writeable = False
    return weights


def may_overflow(
    embedding: Array | None, layers: Sequence[Layer], output_weight: Array, output_bias: Array | None
) -> bool:
    """Whether a sum in some step may leave the range of these weights' numbers. Where it says no, that is certain: no
    unit of a<t> exceeds 1 (but for relu), so no sum exceeds its count of terms times the largest weight, and biases; a
    factor of 4 is left for what a gate adds up.
    """
    size = output_weight.shape[1]
    first = _largest(layers[0].w_ih)
    if embedding is not None:
        first *= embedding.shape[1] * _largest(embedding)
    sums = [_largest(output_weight) * size + _largest(output_bias)]
    for k, layer in enumerate(layers):
        from_input = first if k == 0 else _largest(layer.w_ih) * size
        sums.append(from_input + _largest(layer.w_hh) * size + _largest(layer.b_ih) + _largest(layer.b_hh))
    return not 4 * max(sums) < float(np.finfo(output_weight.dtype).max)


def _largest(weights: Array | None) -> float:
    return 0.0 if weights is None else max(float(weights.max()), -float(weights.min()))


def multiply_adds(weights: Mapping[str, Array]) -> int:
    """Multiply-adds of one time step: every number of a matrix once; a one-hot or embedded token is looked up."""
    matrices = {name: weight.size for name, weight in weights.items() if weight.ndim == 2}
    looked_up = "embedding.weight" if "embedding.weight" in weights else "rnn.weight_ih_l0"
    return sum(size for name, size in matrices.items() if name != looked_up)


def clipped(name: str) -> str:
    """A name from a file, short enough for a sentence."""
    return name if len(name) <= 80 else f"{name[:80]}…"


def listed(names: Iterable[str]) -> str:
    """Names as a list in a sentence; of many the first ones and how many more there are."""
    all_of_them = [clipped(name) for name in names]
    more = len(all_of_them) - _LISTED
    return ", ".join(all_of_them[:_LISTED]) + (f" and {more} more" if more > 0 else "")


def _missing(name: str, shapes: Mapping[str, tuple[int, ...]]) -> ModelError:
    has = listed(f"{other} {shape}" for other, shape in shapes.items()) or "no weights at all"
    return ModelError(
        "the weight {name} is missing; there are {has}; "
        "python -m engine.convert FILE turns the names and orders of other projects into these",
        name=name,
        has=has,
    )


def _expected_shapes(words: int, rows: int, size: int, shapes: Mapping[str, tuple[int, ...]]) -> Shapes:
    expected: Shapes = {}
    width = words
    if "embedding.weight" in shapes:
        width = shapes["embedding.weight"][-1] if shapes["embedding.weight"] else 0
        expected["embedding.weight"] = (words, width)
    layers = sum(name.startswith("rnn.weight_hh_l") for name in shapes)
    with_bias = any(name.startswith("rnn.bias_") for name in shapes)
    for k in range(layers):
        expected[f"rnn.weight_ih_l{k}"] = (rows, width if k == 0 else size)
        expected[f"rnn.weight_hh_l{k}"] = (rows, size)
        if with_bias:
            expected[f"rnn.bias_ih_l{k}"] = expected[f"rnn.bias_hh_l{k}"] = (rows,)
    expected["output.weight"] = (words, size)
    if "output.bias" in shapes:
        expected["output.bias"] = (words,)
    return expected
