"""One engine step (step, next_token_probs, draw) of 4,000 words and 256 units beside its matrix-vector products alone.

    python -m tests.benchmarks.step_speed [--words 4000] [--cell lstm]

The budget: at most 1.4 times the three products (W_ih x with a 256-wide x, W_hh a, the output layer) in numpy, and at
least twice as fast as PyTorch eager on 2 threads, which is timed too where it is installed. The three take turns.
PyTorch has a process of its own: its waiting threads would slow down numpy's. numpy has one thread for a product, as
app.py has it; OPENBLAS_NUM_THREADS=2 before the command gives it two.
"""

import argparse
import os
from collections.abc import Iterator
from functools import cache
from importlib.util import find_spec
from statistics import median
from time import perf_counter

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # before numpy is imported

import numpy as np

from engine.cells import CELLS
from engine.model import LanguageModel
from engine.sampling import SamplingSettings, draw, next_token_probs
from tests.benchmarks.many_runs import HIDDEN, process_of_its_own, word_model

CALLS, TURNS = 200, 25


def engine_steps(model: LanguageModel) -> Iterator[int]:
    """Token after token, drawn as the app draws it."""
    settings, rng = SamplingSettings(), np.random.default_rng(0)
    token_id, state = None, model.initial_state()
    while True:
        logits, state = model.step(token_id, state)
        token_id = draw(next_token_probs(logits, settings), rng.random()).token_id
        yield token_id


def products(model: LanguageModel) -> Iterator[None]:
    """The three matrix-vector products of a step and nothing else, again and again."""
    layer = model.layers[0]
    x = np.random.default_rng(0).normal(size=HIDDEN).astype(np.float32)
    while True:
        layer.w_ih @ x
        layer.w_hh @ x
        model.output_weight @ x
        yield


def pytorch_steps(model: LanguageModel) -> Iterator[int]:
    """Token after token with PyTorch's own cell, softmax and torch.multinomial."""
    import torch

    torch.set_num_threads(2)
    torch.set_grad_enabled(False)
    weights = {name: torch.from_numpy(array.copy()) for name, array in model.state_dict().items()}
    cell = getattr(torch.nn, model.cell.upper())(HIDDEN, HIDDEN)
    cell.load_state_dict({name.removeprefix("rnn."): w for name, w in weights.items() if name.startswith("rnn.")})
    x, state = torch.zeros(1, HIDDEN), None
    while True:
        a, state = cell(x, state)
        logits = torch.nn.functional.linear(a, weights["output.weight"], weights["output.bias"])
        token_id = torch.multinomial(torch.softmax(logits, 1), 1)[0]
        x = weights["embedding.weight"][token_id]
        yield token_id.item()


def microseconds(*ways: Iterator) -> list[list[float]]:
    """The times of CALLS calls of each; they alternate call by call, so that all meet the same machine."""
    times = [[] for _ in ways]
    for _ in range(CALLS):
        for taken, way in zip(times, ways, strict=True):
            start = perf_counter()
            next(way)
            taken.append((perf_counter() - start) * 1e6)
    return times


@cache
def _pytorch(words: int, cell: str):
    return pytorch_steps(word_model(words, cell))


def pytorch_microseconds(words: int, cell: str) -> list[float]:
    return microseconds(_pytorch(words, cell))[0]


def side_by_side(words: int, cell: str = "lstm") -> dict[str, list[float]]:
    """Microseconds of every call, by what was called; "products" is the yardstick."""
    model = word_model(words, cell)
    ways = {"products": products(model), "engine step": engine_steps(model)}
    taken = {name: [] for name in ways}
    with process_of_its_own() as pytorch:
        for _ in range(TURNS):
            for name, times in zip(ways, microseconds(*ways.values()), strict=True):
                taken[name] += times
            if find_spec("torch"):
                taken.setdefault("PyTorch eager, 2 threads", []).extend(
                    pytorch.submit(pytorch_microseconds, words, cell).result()
                )
    return taken


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--words", type=int, default=4_000)
    parser.add_argument("--cell", choices=CELLS, default="lstm")
    asked = parser.parse_args()
    taken = side_by_side(asked.words, asked.cell)
    base = median(taken["products"])
    print(f"one step, {asked.words} words, {asked.cell} {HIDDEN}; medians of {TURNS * CALLS} calls each")
    for name, times in taken.items():
        print(f"{name:26} {median(times):7.1f} us   {median(times) / base:.2f} x the products")
    if find_spec("torch") is None:
        print("PyTorch is not installed here, so it is left out (pip install torch for the comparison).")


if __name__ == "__main__":
    main()
