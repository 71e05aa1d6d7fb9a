"""Makes pytorch_reference.npz: what PyTorch computes for 24 small networks, for test_model.py to compare with.

    pip install torch==2.13.0 && python tests/pytorch_reference.py

RNN, GRU, LSTM x one-hot, embedding x 1, 2 layers x with, without biases; float64. For each case the file has the
weights (as float16, exactly), the logits of every time step (T, V), the mean cross-entropy in nats and its gradients,
the tables of weights and gradients laid end to end in the order of `weight_shapes`.
"""

from itertools import product
from pathlib import Path

import numpy as np
from tiny_weights import weight_shapes

PATH = Path(__file__).with_suffix(".npz")
TOKENS = [3, 0, 4, 4, 1, 2, 0]
WORDS, HIDDEN, WIDTH = 5, 4, 3
CASES = {
    f"{cell}-{'embedding' if width else 'one-hot'}-{layers}-{'biases' if biases else 'no-biases'}": {
        "cell": cell,
        "words": WORDS,
        "hidden": HIDDEN,
        "embedding": width,
        "layers": layers,
        "biases": biases,
    }
    for cell, width, layers, biases in product(("rnn", "gru", "lstm"), (None, WIDTH), (1, 2), (True, False))
}


def unflatten(flat: np.ndarray, shapes: dict) -> dict[str, np.ndarray]:
    """The named arrays that were laid end to end in `flat`, as float64."""
    edges = np.cumsum([np.prod(shape, dtype=int) for shape in shapes.values()])
    parts = np.split(flat.astype(np.float64), edges[:-1])
    return {name: part.reshape(shape) for (name, shape), part in zip(shapes.items(), parts, strict=True)}


def pytorch_case(torch, weights: dict, cell: str, layers: int):
    """(logits (T, V), loss, gradients in the order of `weights`), computed by PyTorch alone."""
    weights = {name: torch.tensor(array, requires_grad=True) for name, array in weights.items()}
    recurrent = {name.removeprefix("rnn."): value for name, value in weights.items() if name.startswith("rnn.")}
    kind = {"rnn": torch.nn.RNN, "gru": torch.nn.GRU, "lstm": torch.nn.LSTM}[cell]
    width = recurrent["weight_ih_l0"].shape[1]
    network = kind(width, HIDDEN, num_layers=layers, bias="bias_ih_l0" in recurrent).double()
    inputs = torch.eye(WORDS, dtype=torch.float64)
    inputs = weights.get("embedding.weight", inputs)[TOKENS[:-1]]
    inputs = torch.cat([torch.zeros(1, width, dtype=torch.float64), inputs])  # x<1> = 0
    out, _ = torch.func.functional_call(network, recurrent, inputs)
    logits = torch.nn.functional.linear(out, weights["output.weight"], weights.get("output.bias"))
    loss = torch.nn.functional.cross_entropy(logits, torch.tensor(TOKENS))
    loss.backward()
    return logits.detach().numpy(), loss.item(), [value.grad.numpy() for value in weights.values()]


def main() -> None:
    import torch

    rng = np.random.default_rng(0)
    numbers = {"torch_version": np.array(torch.__version__)}
    for name, case in CASES.items():
        shapes = weight_shapes(**case)
        flat = rng.normal(0, 0.7, sum(np.prod(shape, dtype=int) for shape in shapes.values())).astype(np.float16)
        logits, loss, gradients = pytorch_case(torch, unflatten(flat, shapes), case["cell"], case["layers"])
        numbers[f"{name}/weights"], numbers[f"{name}/logits"] = flat, logits
        numbers[f"{name}/loss"] = np.array(loss)
        numbers[f"{name}/gradients"] = np.concatenate([gradient.ravel() for gradient in gradients])
    np.savez_compressed(PATH, **numbers)
    print(f"{len(CASES)} cases with torch {torch.__version__}: {PATH.name}, {PATH.stat().st_size // 1024} KB")


if __name__ == "__main__":
    main()
