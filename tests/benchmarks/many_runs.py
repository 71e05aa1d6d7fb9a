"""10,000 runs of 20 steps of a word-level LSTM: `sample_many` beside the same in batched PyTorch.

    python -m tests.benchmarks.many_runs [--runs 10000] [--words 5000]

PyTorch (batches of 256, 2 threads, nn.LSTM, softmax, torch.multinomial) is the yardstick; without it, the engine alone
is timed. The two take turns, so that both meet the same machine, PyTorch in a process of its own (its
waiting threads would slow down numpy's); the budget is 1.5 times PyTorch's time.
"""

import argparse
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from functools import cache
from importlib.util import find_spec
from multiprocessing import get_context
from statistics import median
from time import perf_counter

import numpy as np

from engine.cells import CELLS
from engine.generation import generate, sample_many
from engine.model import LanguageModel
from engine.recipe import Recipe
from engine.sampling import SamplingSettings
from engine.vocabulary import Vocabulary

HIDDEN, BATCH, STEPS, TURNS = 256, 256, 20, 3


def word_model(words: int, cell: str = "lstm") -> LanguageModel:
    """A cell of 256 units with random weights whose distributions are about as peaked as a trained model's; <UNK> near
    3 %.
    """
    rng = np.random.default_rng(1)
    rows = CELLS[cell].gates * HIDDEN
    shapes = {
        "embedding.weight": (words, HIDDEN),
        "rnn.weight_ih_l0": (rows, HIDDEN),
        "rnn.weight_hh_l0": (rows, HIDDEN),
        "rnn.bias_ih_l0": (rows,),
        "rnn.bias_hh_l0": (rows,),
        "output.weight": (words, HIDDEN),
        "output.bias": (words,),
    }
    weights = {name: rng.normal(0, 0.15, shape).astype(np.float32) for name, shape in shapes.items()}
    weights["output.bias"] = (-1.3 * np.log(np.arange(1, words + 1))).astype(np.float32)  # frequencies fall as Zipf's
    weights["output.bias"][0] -= 2.5
    tokens = ["<UNK>", *(f"word{i}" for i in range(1, words))]
    return LanguageModel.from_state_dict(Vocabulary(tokens, "word", unk_token="<UNK>"), weights)


@cache
def _pytorch(words: int):
    import torch

    torch.set_num_threads(2)
    weights = {name: torch.from_numpy(array.copy()) for name, array in word_model(words).state_dict().items()}
    lstm = torch.nn.LSTM(HIDDEN, HIDDEN)
    lstm.load_state_dict({name.removeprefix("rnn."): w for name, w in weights.items() if name.startswith("rnn.")})
    return torch, lstm, weights


def pytorch_seconds(words: int, runs: int) -> float:
    """The time that PyTorch takes for all token ids of so many runs, from the same weights."""
    torch, lstm, weights = _pytorch(words)
    start = perf_counter()
    with torch.inference_mode():
        for first in range(0, runs, BATCH):
            batch = min(BATCH, runs - first)
            x, state, ids = torch.zeros(1, batch, HIDDEN), None, []
            for _ in range(STEPS):
                a, state = lstm(x, state)
                logits = torch.nn.functional.linear(a[0], weights["output.weight"], weights["output.bias"])
                ids.append(torch.multinomial(torch.softmax(logits, 1), 1)[:, 0])
                x = weights["embedding.weight"][ids[-1]][None]
            torch.stack(ids, 1).tolist()
    return perf_counter() - start


def engine_seconds(model: LanguageModel, recipe: Recipe, runs: int) -> float:
    start = perf_counter()
    for _ in sample_many(model, recipe, runs):
        pass
    return perf_counter() - start


def process_of_its_own() -> ProcessPoolExecutor:
    """One worker process that starts afresh, with nothing of this one in it."""
    return ProcessPoolExecutor(1, mp_context=get_context("spawn"))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--runs", type=int, default=10_000)
    parser.add_argument("--words", type=int, default=5_000)
    options = parser.parse_args()
    model = word_model(options.words)
    recipes = {
        "unk=allow": Recipe(limit=STEPS, unk="allow"),
        "unk=rest": Recipe(limit=STEPS),
        "unk=rest, top_k=40, top_p=0.9": Recipe(limit=STEPS, settings=SamplingSettings(top_k=40, top_p=0.9)),
    }
    print(f"{options.runs} runs of {STEPS} steps, {options.words} words, LSTM {HIDDEN}; median of {TURNS} turns")
    taken = {name: [] for name in recipes}
    with process_of_its_own() as pytorch:
        for _ in range(TURNS):
            for name, recipe in recipes.items():
                taken[name].append(engine_seconds(model, recipe, options.runs))
            if find_spec("torch"):
                yardstick = pytorch.submit(pytorch_seconds, options.words, options.runs).result()
                taken.setdefault("PyTorch", []).append(yardstick)
    for name, times in taken.items():
        share = f"   {median(times) / median(taken['PyTorch']):.2f} x PyTorch" if "PyTorch" in taken else ""
        print(f"{name:32} {median(times):6.2f} s{share}")
    if "PyTorch" not in taken:
        print("PyTorch is not installed here, so the engine is timed alone (pip install torch for the comparison).")
    for name, recipe in recipes.items():
        checked = list(sample_many(model, recipe, 300))
        same = sum(
            run.token_ids == tuple(step.token_id for step in generate(model, replace(recipe, seed=run.seed)))
            for run in checked
        )
        print(f"{name:32} {same} of {len(checked)} runs have the tokens of `generate`")


if __name__ == "__main__":
    main()
