"""Makes originals.npz: what small networks in the layouts of well-known projects compute, for test_layouts.py.

    pip install torch==2.13.0 keras==3.15.1 h5py && python tests/convert/originals.py

Each network has random weights, exactly those of float16, under the names that its project gives them. The file has
these weights and the logits of 200 time steps (T, V), computed in float64 by PyTorch's or Keras' own modules; for
torch-rnn (Lua) and makemore (its cells are its own), which are no packages, by their formulas with PyTorch's tensors.
x<1> is the zero vector, or the token that a case names as its start.
"""

import json
import os
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

PATH = Path(__file__).with_suffix(".npz")
WORDS, STEPS = 7, 200
TOKENS = np.random.default_rng(200).integers(WORDS, size=STEPS).tolist()
START = {"makemore-rnn": 0, "makemore-gru": 0, "start-one-hot-gru": 2, "start-embedding-lstm": 6, "start-no-biases": 1}


def names(prefix, layers, biases=True, suffix=""):
    """PyTorch's name of each recurrent weight -> that of the project."""
    parts = ["weight_ih", "weight_hh", *(["bias_ih", "bias_hh"] if biases else [])]
    return {f"{part}_l{k}": f"{prefix}{part}_l{k}{suffix}" for k in range(layers) for part in parts}


def pytorch_cases(torch):
    """name -> (arrays by the project's names, logits)."""
    nn = torch.nn
    torch.manual_seed(0)

    def rounded(module):
        for parameter in module.parameters():
            parameter.data = (0.5 * torch.randn_like(parameter)).half().double()
        return module.double()

    def inputs(embedding, width, start):
        table = torch.eye(width).double() if embedding is None else embedding.weight
        first = torch.zeros(1, table.shape[1]).double() if start is None else table[[start]]
        return torch.cat([first, table[TOKENS[:-1]]])

    def stack(kinds, embedding, output, start=None):
        """The logits of modules one after the other."""
        x = inputs(embedding, kinds[0].input_size, start)
        for kind in kinds:
            x, _ = kind(x)
        return output(x)

    def case(name, kinds, renamed, embedding=None, output=None, ends=(), **more):
        """`renamed`: for each module its names; `ends`: (embedding, output weight, output bias) as they are called."""
        with torch.no_grad():
            logits = stack(kinds, embedding, output, START.get(name))
        arrays = {}
        for kind, called in zip(kinds, renamed, strict=True):
            arrays |= {called[key]: value for key, value in kind.state_dict().items()}
        if embedding is not None:
            arrays[ends[0]] = embedding.weight.data
        arrays[ends[1]] = output.weight.data
        if output.bias is not None:
            arrays[ends[2]] = output.bias.data
        return name, ({**arrays, **more}, logits)

    def parts(kind, width=5, size=6, layers=2, embedding=True, last=None, **options):
        e = rounded(nn.Embedding(WORDS, width)) if embedding else None
        recurrent = rounded(kind(width if embedding else WORDS, size, layers, **options))
        out = rounded(nn.Linear(last or size, WORDS, bias=options.get("bias", True)))
        return {"kinds": [recurrent], "embedding": e, "output": out}

    encoder = ("encoder.weight", "decoder.weight", "decoder.bias")
    yield case("word_language_model-lstm", **parts(nn.LSTM), renamed=[names("rnn.", 2)], ends=encoder)
    tied = parts(nn.GRU, width=6)
    tied["output"].weight = tied["embedding"].weight
    yield case("word_language_model-tied-gru", **tied, renamed=[names("rnn.", 2)], ends=encoder)
    relu = parts(nn.RNN, nonlinearity="relu", layers=1)
    relu["kinds"][0].weight_hh_l0.data *= 0.25  # so that it does not grow without bounds
    yield case("word_language_model-relu", **relu, renamed=[names("rnn.", 1)], ends=encoder)
    yield case("embed-lstm-linear", **parts(nn.LSTM, layers=1), renamed=[names("module.lstm.", 1)],
               ends=("module.embed.weight", "module.linear.weight", "module.linear.bias"))  # fmt: skip
    yield case("lstm-fc-one-hot", **parts(nn.LSTM, embedding=False), renamed=[names("_orig_mod.lstm.", 2)],
               ends=(None, "_orig_mod.fc.weight", "_orig_mod.fc.bias"))  # fmt: skip
    called = ("model.embedding_layer.weight", "model.linear_layer.weight", "model.linear_layer.bias")
    yield case("layer-names", **parts(nn.LSTM), renamed=[names("model.lstm_layer.", 2)], ends=called)
    yield case("char-rnn.pytorch-gru", **parts(nn.GRU, width=6), renamed=[names("rnn.", 2)], ends=encoder)
    yield case("no-biases-one-hot-rnn", **parts(nn.RNN, embedding=False, bias=False, layers=1),
               renamed=[names("rnn.", 1, biases=False)], ends=(None, "out.weight"))  # fmt: skip
    yield case("start-one-hot-gru", **parts(nn.GRU, embedding=False), renamed=[names("gru.", 2)],
               ends=(None, "fc.weight", "fc.bias"))  # fmt: skip
    yield case("start-embedding-lstm", **parts(nn.LSTM), renamed=[names("lstm.", 2)],
               ends=("embedding.weight", "fc.weight", "fc.bias"))  # fmt: skip
    yield case("start-no-biases", **parts(nn.LSTM, bias=False), renamed=[names("lstm.", 2, biases=False)],
               ends=("embedding.weight", "fc.weight"))  # fmt: skip

    # AWD-LSTM: a module a layer, the last one as narrow as the embedding, which is the output layer too
    sizes = [(4, 6), (6, 6), (6, 4)]
    kinds = [rounded(nn.LSTM(*size)) for size in sizes]
    embedding, output = rounded(nn.Embedding(WORDS, 4)), rounded(nn.Linear(4, WORDS))
    output.weight = embedding.weight
    awd = [names(f"rnns.{k}.module.", 1) | {"weight_hh_l0": f"rnns.{k}.module.weight_hh_l0_raw"} for k in range(3)]
    yield case("awd-lstm", kinds, awd, embedding, output, encoder)
    fastai = [names(f"0.rnns.{k}.module.", 1) | {"weight_hh_l0": f"0.rnns.{k}.weight_hh_l0_raw"} for k in range(3)]
    copies = {f"0.rnns.{k}.module.weight_hh_l0": 0 * kind.weight_hh_l0.data for k, kind in enumerate(kinds)}
    yield case("fastai", kinds, fastai, embedding, output, ("0.encoder.weight", "1.decoder.weight", "1.decoder.bias"),
               **copies, **{"0.encoder_dp.emb.weight": embedding.weight.data})  # fmt: skip

    # a cell of nn.LSTMCell
    recurrent = rounded(nn.LSTM(5, 6))
    renamed = {f"{part}_l0": f"cell.{part}" for part in ("weight_ih", "weight_hh", "bias_ih", "bias_hh")}
    yield case("lstm-cell", [recurrent], [renamed], rounded(nn.Embedding(WORDS, 5)), rounded(nn.Linear(6, WORDS)),
               ("emb.weight", "head.weight", "head.bias"))  # fmt: skip

    # makemore: linear layers over [x, h], a learned first state, token 0 as the start
    for cell, gates in (("rnn", ("h",)), ("gru", ("z", "r", "hbar"))):
        embedding, head = rounded(nn.Embedding(WORDS, 5)), rounded(nn.Linear(6, WORDS))
        linear = {gate: rounded(nn.Linear(11, 6)) for gate in gates}
        start = torch.randn(1, 6).mul(0.3).half().double()
        h, logits = start, []
        with torch.no_grad():
            for x in inputs(embedding, 5, START[f"makemore-{cell}"]).split(1):
                if cell == "rnn":
                    h = torch.tanh(linear["h"](torch.cat([x, h], 1)))
                else:
                    r, z = (torch.sigmoid(linear[gate](torch.cat([x, h], 1))) for gate in "rz")
                    h = (1 - z) * h + z * torch.tanh(linear["hbar"](torch.cat([x, r * h], 1)))
                logits.append(head(h))
        arrays = {
            f"cell.xh_to_{gate}.{key}": value for gate, one in linear.items() for key, value in one.state_dict().items()
        }
        arrays |= {"wte.weight": embedding.weight.data, "start": start}
        arrays |= {f"lm_head.{key}": value for key, value in head.state_dict().items()}
        yield f"makemore-{cell}", (arrays, torch.cat(logits))

    # torch-rnn: x and h stacked, (D + H, 4H) in the order i f o g, or (D + H, H)
    for cell in ("lstm", "rnn"):
        embedding, head, size = rounded(nn.Embedding(WORDS, 5)), rounded(nn.Linear(6, WORDS)), 6
        arrays = {"net.0.weight": embedding.weight.data}
        x = inputs(embedding, 5, None)
        for k, width in ((1, 5), (4, size)):
            columns = size * (4 if cell == "lstm" else 1)
            weight = (0.5 * torch.randn(width + size, columns)).half().double()
            bias = torch.randn(columns).half().double()
            arrays |= {f"net.{k}.weight": weight, f"net.{k}.bias": bias}
            h, c, out = torch.zeros(size).double(), torch.zeros(size).double(), []
            for one in x:
                gates = torch.cat([one, h]) @ weight + bias
                if cell == "rnn":
                    h = torch.tanh(gates)
                else:
                    i, f, o, g = gates.split(size)
                    c = torch.sigmoid(f) * c + torch.sigmoid(i) * torch.tanh(g)
                    h = torch.sigmoid(o) * torch.tanh(c)
                out.append(h)
            x = torch.stack(out)
        arrays |= {f"net.7.{key}": value for key, value in head.state_dict().items()}
        with torch.no_grad():
            yield f"torch-rnn-{cell}", (arrays, head(x))


def keras_cases(keras):
    """name -> (datasets by their path in the file, logits, settings of the layers); files of all three kinds."""
    layers = keras.layers
    rng = np.random.default_rng(0)
    wide = {"return_sequences": True}
    networks = {
        "keras-lstm": ("keras", [layers.LSTM(6, **wide), layers.LSTM(6, **wide)], True, {}),
        "keras-gru": ("weights.h5", [layers.GRU(6, **wide), layers.GRU(5, **wide)], True, {}),
        "keras-gru-reset-before": ("h5", [layers.GRU(6, reset_after=False, **wide)], True, {}),
        "keras-relu": ("keras", [layers.SimpleRNN(6, activation="relu", **wide)], True, {}),
        "keras-one-hot-lstm": ("h5", [layers.LSTM(6, **wide), layers.LSTM(4, name="a_second", **wide)], False, {}),
        "keras-no-biases": ("h5", [layers.GRU(6, use_bias=False, **wide)], True, {"use_bias": False}),
    }
    for name, (kind, recurrent, embedded, options) in networks.items():
        first = [layers.Embedding(WORDS, 5)] if embedded else []
        shape = (None,) if embedded else (None, WORDS)
        last = (
            layers.TimeDistributed(layers.Dense(WORDS, **options))
            if kind == "weights.h5"
            else layers.Dense(WORDS, **options)
        )
        network = keras.Sequential([keras.Input(shape), *first, *recurrent, last])
        weights = [
            (rng.normal(size=array.shape) * 0.5).astype(np.float16).astype(np.float32)
            for array in network.get_weights()
        ]
        if name == "keras-relu":
            weights[2] *= 0.25
        network.set_weights(weights)
        # the first input is no token but the zero vector: so the recurrent layers are fed by hand
        table = weights[0] if embedded else np.eye(WORDS, dtype=np.float32)
        x = np.concatenate([np.zeros((1, table.shape[1]), np.float32), table[TOKENS[:-1]]])[None]
        for layer in [*recurrent, last]:
            x = layer(x)
        logits = np.asarray(keras.ops.convert_to_numpy(x))[0]
        with TemporaryDirectory() as folder:
            path = Path(folder) / f"original.{kind}"
            network.save_weights(path) if kind == "weights.h5" else network.save(path)
            datasets, order, config = contents(path)
        yield name, (datasets, logits, order, config)


def contents(path):
    """As engine/convert/keras_file.py reads it: the datasets, the order of the layers and their settings."""
    from unittest import mock

    from engine.convert import keras_file

    with mock.patch.object(keras_file, "from_datasets", lambda *parts: parts):
        return keras_file.read_keras(path)


def main() -> None:
    os.environ["KERAS_BACKEND"] = "torch"
    import sys

    sys.path.insert(0, str(Path(__file__).parents[2]))
    import keras
    import torch

    numbers = {"torch_version": np.array(torch.__version__), "keras_version": np.array(keras.__version__)}
    for name, (arrays, logits) in pytorch_cases(torch):
        numbers |= {f"{name}/arrays/{key}": value.numpy().astype(np.float16) for key, value in arrays.items()}
        numbers[f"{name}/logits"] = logits.numpy().astype(np.float32)
    for name, (datasets, logits, order, config) in keras_cases(keras):
        numbers |= {f"{name}/datasets/{key}": value.astype(np.float16) for key, value in datasets.items()}
        numbers[f"{name}/logits"] = logits.astype(np.float32)
        numbers[f"{name}/order"] = np.array(order, dtype="U")
        numbers[f"{name}/settings"] = np.array(json.dumps(config))
    np.savez_compressed(PATH, **numbers)
    cases = sum(key.endswith("/logits") for key in numbers)
    print(f"{cases} cases: {PATH.name}, {PATH.stat().st_size // 1024} KB")


if __name__ == "__main__":
    main()
