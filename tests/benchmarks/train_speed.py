"""One training update against PyTorch's, side by side: LSTM 256, batch 64, 64 steps, 4,000 words and 64 characters.

Both do the forward and backward pass, clipping by norm and Adam in float32 on two cores: PyTorch with two threads, the
engine with its own (engine/training/threads.py). Words are embedded (256); characters are one-hot in the engine and
embedded (64) in PyTorch, which has no fast one-hot input. Each has processes of its own, in turn, for idle threads of
the one would take the cores from the other. Run by hand, in an environment with numpy and torch:

    python -m tests.benchmarks.train_speed
"""

import json
import statistics
import subprocess
import sys
import time

from engine.training.backpropagation import NOTHING, Batch  # before numpy: it says how many threads a product has
from engine.training.optimizer import Adam, clip_by_norm
from engine.training.plans import Plan, initial_weights
from engine.training.threads import loss_and_gradients_in_parts

HIDDEN, BATCH, STEPS, TURNS, ROUNDS = 256, 64, 64, 4, 8
CASES = ((4000, 256, 256), (64, None, 64))  # tokens, embedding of the engine, of PyTorch


def engine_update(vocabulary_size, embedding, _):
    """A function that does one update with the engine."""
    import numpy as np

    plan = Plan("", "word", "lstm", HIDDEN, 1, BATCH, 0.001, embedding=embedding)
    rng = np.random.default_rng(0)
    weights = initial_weights(plan, vocabulary_size, rng)
    adam = Adam(weights)
    batch = Batch.of_stream(rng.integers(vocabulary_size, size=(STEPS, BATCH)), np.full(BATCH, NOTHING))

    def update():
        _, gradients, _ = loss_and_gradients_in_parts(weights, batch)
        clip_by_norm(gradients, 1.0)
        adam.update(weights, gradients, 0.001)

    return update


def torch_update(vocabulary_size, _, embedding):
    """A function that does one update with PyTorch."""
    import torch

    torch.set_num_threads(2)
    torch.manual_seed(0)
    embed = torch.nn.Embedding(vocabulary_size, embedding)
    rnn = torch.nn.LSTM(embedding, HIDDEN)
    output = torch.nn.Linear(HIDDEN, vocabulary_size)
    parameters = [*embed.parameters(), *rnn.parameters(), *output.parameters()]
    adam = torch.optim.Adam(parameters, lr=0.001)
    targets = torch.randint(vocabulary_size, (STEPS, BATCH))
    inputs = torch.cat([torch.zeros(1, BATCH, dtype=torch.long), targets[:-1]])

    def update():
        adam.zero_grad()
        logits = output(rnn(embed(inputs))[0])
        torch.nn.functional.cross_entropy(logits.flatten(0, 1), targets.flatten()).backward()
        torch.nn.utils.clip_grad_norm_(parameters, 1.0)
        adam.step()

    return update


SIDES = {"engine": engine_update, "PyTorch": torch_update}


def measure(side):
    """The seconds of updates of each case, in this process."""
    found = []
    for case in CASES:
        update, seconds = SIDES[side](*case), []
        for measured in range(-2, ROUNDS):  # two to warm up
            began = time.perf_counter()
            update()
            if measured >= 0:
                seconds.append(time.perf_counter() - began)
        found.append(seconds)
    return found


def main():
    if len(sys.argv) > 1:
        print(json.dumps(measure(sys.argv[1])))
        return
    found = {side: [[] for _ in CASES] for side in SIDES}
    for _ in range(TURNS):
        for side, seconds in found.items():
            command = [sys.executable, "-m", "tests.benchmarks.train_speed", side]
            told = subprocess.run(command, check=True, capture_output=True, text=True).stdout
            for all_of_it, more in zip(seconds, json.loads(told), strict=True):
                all_of_it += more
    for case, ours, theirs in zip(CASES, *found.values(), strict=True):
        ours, theirs = statistics.median(ours), statistics.median(theirs)
        ratio = f"{ours / theirs:.2f} x"
        print(f"V = {case[0]:5}   engine {ours * 1e3:6.1f} ms   PyTorch {theirs * 1e3:6.1f} ms   {ratio}")


if __name__ == "__main__":
    main()
