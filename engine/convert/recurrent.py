"""The recurrent layers among a checkpoint's arrays, by the endings and shapes that well-known projects give them.

PyTorch    ...weight_ih_l0, weight_hh_l0, bias_ih_l0, bias_hh_l0 (_l1, ...), of nn.RNN, nn.GRU, nn.LSTM, or one module a
           layer (rnns.0, rnns.1); without _l0: of nn.LSTMCell and its like. AWD-LSTM and fastai drop weights of a
           copy and keep the true ones as weight_hh_l0_raw, so these count.
makemore   xh_to_h, or xh_to_z, xh_to_r, xh_to_hbar: linear layers over [x, h]. Its GRU has the reset gate before the
           product, and its z is 1 - z here. `start`, the state before the first token, is learned.
torch-rnn  weight (D + H, gates * H) and bias (gates * H,), x and h stacked; its LSTM's gates are in the order i f o g.
lecture    Wax, Waa, Wya, b, by, as the lecture and its exercises write a plain RNN; Wxh, Whh, Why, bh, by in
           min-char-rnn; W_xh, W_hh, W_hq, b_h, b_q, for x @ W, in d2l. Or Wf, Wi, Wc, Wo over [a, x], its LSTM. Biases
           may be columns (H, 1).

Whatever stands before an ending (module., _orig_mod., model.) says nothing.
"""

import re
from collections.abc import Container, Mapping
from typing import NamedTuple

import numpy as np

from engine.cells import Array
from engine.convert.checkpoint import ConversionError
from engine.weights import Layer, listed

_PYTORCH = re.compile(r"(.*?)(weight|bias)_(ih|hh|hr)(?:_l(\d+))?(_reverse)?(_raw)?")
_MAKEMORE = re.compile(r"(.*?)xh_to_(h|z|r|hbar)\.(weight|bias)")
_PLAIN = re.compile(r"(|.*[./])(?:(W)_?(ax|xh|aa|hh|ya|hy|hq)|(b)_?(a|h|y|q|))")
_STACKED = re.compile(r"(|.*[./])([Wb])([fiuco]|y)")
_ATTENTION = re.compile(r"attn|attention|q_proj|k_proj|in_proj_weight|transformer", re.IGNORECASE)


class Found(NamedTuple):
    """The layers, the one next to the input first; `rest`: the arrays that belong to none of them.

    `layout`: whose names they are; `variant`: of the cell; `first_state`: a<0> (H,), where it is not zero.
    """

    layers: list[Layer]
    rest: dict[str, Array]
    layout: str
    variant: str | None = None
    first_state: Array | None = None


def find(arrays: Mapping[str, Array]) -> Found:
    """The recurrent layers of a network. Raises ConversionError for one that this engine does not have, by name."""
    if not arrays:
        raise ConversionError("it holds no weights")
    for name, array in arrays.items():
        if not np.isfinite(array).all():
            raise ConversionError(f"{name} holds NaN or infinity: a training that has gone wrong")
    attention = [name for name in arrays if _ATTENTION.search(name)]
    if attention:
        raise ConversionError(f"it has attention ({listed(attention)}); this engine has recurrent layers alone")
    found = _pytorch(arrays) or _makemore(arrays) or _torch_rnn(arrays) or _lecture(arrays)
    if found is None:
        raise ConversionError(f"no recurrent layer is known among its arrays: {described(arrays)}")
    kinds = {len(layer.w_hh) / layer.w_hh.shape[1] for layer in found.layers}
    if len(kinds) > 1 or not kinds <= {1, 3, 4}:
        raise ConversionError(
            "its recurrent layers are of different kinds; this engine's are all RNN, all GRU or all LSTM"
        )
    for k, (layer, next_layer) in enumerate(zip(found.layers, found.layers[1:], strict=False)):
        if next_layer.w_ih.shape[1] != layer.w_hh.shape[1]:
            raise ConversionError(
                f"recurrent layer {k + 1} gives {layer.w_hh.shape[1]} numbers and layer {k + 2} takes "
                f"{next_layer.w_ih.shape[1]}: something stands between them, or there are two networks in the file "
                "(--only PREFIX chooses one)"
            )
    return found


def described(arrays: Mapping[str, Array]) -> str:
    """Names and shapes, for a message."""
    return listed(f"{name} {array.shape}" for name, array in arrays.items())


def natural(name: str) -> list[tuple[int, str]]:
    """A key that sorts lstm.2 before lstm.10, and lstm before lstm_1."""
    return [(int(part), "") if part.isdigit() else (-1, part) for part in re.split(r"(\d+)", name)]


def _pytorch(arrays: Mapping[str, Array]) -> Found | None:
    matches = {name: match for name in arrays if (match := _PYTORCH.fullmatch(name))}
    reverse = [name for name, match in matches.items() if match[5]]
    if reverse:
        raise ConversionError(f"it is bidirectional ({listed(reverse)}): it has read what it would have to write")
    projected = [name for name, match in matches.items() if match[3] == "hr"]
    if projected:
        raise ConversionError(f"its LSTM has projections ({listed(projected)}), which this engine does not have")
    layers: dict[tuple[str, int], dict[str, Array]] = {}
    for name in sorted(matches, key=lambda name: matches[name][6] is not None):  # the raw ones last: they count
        where, part, side, layer, _, _ = matches[name].groups()
        place = re.sub(r"(^|\.)(module|_orig_mod)(?=\.)", "", where), int(layer or 0)
        layers.setdefault(place, {})[f"{part}_{side}"] = arrays[name]
    if not layers:
        return None
    found = []
    for (where, k), parts in sorted(layers.items(), key=lambda item: (natural(item[0][0]), item[0][1])):
        missing = {"weight_ih", "weight_hh"} - parts.keys()
        if missing or parts["weight_hh"].ndim != 2 or len(parts["weight_ih"]) != len(parts["weight_hh"]):
            raise ConversionError(f"the recurrent layer {where}{k} is not whole: it has {described(parts)}")
        found.append(Layer(parts["weight_ih"], parts["weight_hh"], parts.get("bias_ih"), parts.get("bias_hh")))
    return Found(found, _without(arrays, matches), "PyTorch")


def _makemore(arrays: Mapping[str, Array]) -> Found | None:
    matches = {name: match for name in arrays if (match := _MAKEMORE.fullmatch(name))}
    parts = {f"{match[2]}.{match[3]}": arrays[name] for name, match in matches.items()}
    if not parts:
        return None
    if parts.keys() >= {"h.weight", "h.bias"}:
        weight, bias, variant = parts["h.weight"], parts["h.bias"], None
    elif len(parts) == 6:
        weight = np.concatenate([parts["r.weight"], -parts["z.weight"], parts["hbar.weight"]])
        bias = np.concatenate([parts["r.bias"], -parts["z.bias"], parts["hbar.bias"]])
        variant = "reset-before"
    else:
        raise ConversionError(f"its cell is not whole: it has {described(parts)}")
    rest = _without(arrays, matches)
    size = len(weight) // (1 if variant is None else 3)
    start = next((name for name in rest if name.rpartition(".")[2] == "start" and rest[name].shape == (1, size)), None)
    first_state = None if start is None else rest.pop(start)[0]
    layer = Layer(weight[:, :-size], weight[:, -size:], bias, np.zeros_like(bias))
    return Found([layer], rest, "makemore", variant, first_state)


def _torch_rnn(arrays: Mapping[str, Array]) -> Found | None:
    stacked = {}  # the arrays with as many biases as columns; a linear layer has as many as rows
    for name in sorted(arrays, key=natural):
        own = f"{name.removesuffix('weight')}bias"
        if name.endswith("weight") and own in arrays and arrays[name].ndim == 2:
            rows, columns = arrays[name].shape
            if rows != columns and arrays[own].shape == (columns,):
                stacked[name] = own
    rest = _without(arrays, {*stacked, *stacked.values()})
    layers = []
    for name, bias_name in stacked.items():
        columns = arrays[name].shape[1]
        size = next((size for size in (columns // 4, columns) if _reads(rest, size)), 0)
        order = np.arange(columns)
        if size != columns:
            order = np.r_[0 : 2 * size, 3 * size : 4 * size, 2 * size : 3 * size]  # i f o g -> i f g o
        if not size or len(order) != columns or len(arrays[name]) <= size:
            return None
        turned = arrays[name].T[order]
        bias = arrays[bias_name][order]
        layers.append(Layer(turned[:, :-size], turned[:, -size:], bias, np.zeros_like(bias)))
    return Found(layers, rest, "torch-rnn") if layers else None


def _lecture(arrays: Mapping[str, Array]) -> Found | None:
    roles = {"ax": "x", "xh": "x", "aa": "a", "hh": "a", "ya": "y", "hy": "y", "hq": "y", "a": "a", "h": "a", "q": "y"}
    plain = {name: match for name in arrays if (match := _PLAIN.fullmatch(name))}
    weights = {roles[match[3]]: name for name, match in plain.items() if match[2]}
    biases = {
        roles.get(match[5], match[5] or "a"): arrays[name].reshape(-1) for name, match in plain.items() if match[4]
    }
    if len(plain) > len(weights) + len(biases):
        return None  # more than one network
    if weights.keys() == {"x", "a", "y"} and all(arrays[name].ndim == 2 for name in weights.values()):
        w_ih, w_hh, output = (arrays[weights[role]] for role in "xay")
        size = len(w_hh)
        if w_ih.shape[0] != size or output.shape[1] != size or ("_" in weights["x"] and len(set(w_ih.shape)) == 1):
            w_ih, w_hh, output = w_ih.T, w_hh.T, output.T  # for x @ W
        return _as_written(arrays, plain, w_ih, w_hh, biases.get("a"), output, biases.get("y"))
    stacked = {name: match for name in arrays if (match := _STACKED.fullmatch(name))}
    parts = {match[2] + match[3].replace("u", "i"): arrays[name] for name, match in stacked.items()}
    if not parts.keys() >= {f"{kind}{gate}" for kind in "Wb" for gate in "fico"} | {"Wy"}:
        return None
    if len(parts) < len(stacked) or any(part.ndim != 2 for name, part in parts.items() if name[0] == "W"):
        return None
    size = len(parts["Wf"])
    weight = np.concatenate([parts[f"W{gate}"] for gate in "ifco"])  # as PyTorch has them, i f g o
    bias = np.concatenate([parts[f"b{gate}"].reshape(-1) for gate in "ifco"])
    last = parts["by"].reshape(-1) if "by" in parts else None
    return _as_written(arrays, stacked, weight[:, size:], weight[:, :size], bias, parts["Wy"], last)


def _as_written(
    arrays: Mapping[str, Array],
    used: Container[str],
    w_ih: Array,
    w_hh: Array,
    bias: Array | None,
    output: Array,
    last_bias: Array | None,
) -> Found:
    """One layer and its output layer, whose name says which it is."""
    ends = {"Wy.weight": output} if last_bias is None else {"Wy.weight": output, "Wy.bias": last_bias}
    layer = Layer(w_ih, w_hh, bias, None if bias is None else np.zeros_like(bias))
    return Found([layer], _without(arrays, used) | ends, "the lecture")


def _reads(arrays: Mapping[str, Array], size: int) -> bool:
    """Is there a last layer for so many hidden units?"""
    return any(array.ndim == 2 and array.shape[1] == size for array in arrays.values())


def _without(arrays: Mapping[str, Array], used: Container[str]) -> dict[str, Array]:
    return {name: array for name, array in arrays.items() if name not in used}
