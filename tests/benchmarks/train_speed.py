"""One training update against PyTorch's, side by side: LSTM 256, batch 64, 64 steps, 4,000 words and 64 characters.

Both do the forward and backward pass, clipping by norm and Adam in float32 on two threads; words are embedded (256),
characters one-hot in the engine and embedded (64) in PyTorch, which has no fast one-hot input. Run by hand, in an
environment with numpy and torch:

    OPENBLAS_NUM_THREADS=2 python -m tests.benchmarks.train_speed
"""

import statistics
import time

import numpy as np
import torch

from engine.training.backpropagation import NOTHING, Batch, loss_and_gradients
from engine.training.optimizer import Adam, clip_by_norm
from engine.training.plans import Plan, initial_weights

HIDDEN, BATCH, STEPS, ROUNDS = 256, 64, 64, 15


def engine_update(vocabulary_size, embedding):
    """A function that does one update with the engine."""
    plan = Plan("", "word", "lstm", HIDDEN, 1, BATCH, 0.001, embedding=embedding)
    rng = np.random.default_rng(0)
    weights = initial_weights(plan, vocabulary_size, rng)
    adam = Adam(weights)
    batch = Batch.of_stream(rng.integers(vocabulary_size, size=(STEPS, BATCH)), np.full(BATCH, NOTHING))

    def update():
        _, gradients, _ = loss_and_gradients(weights, batch)
        clip_by_norm(gradients, 1.0)
        adam.update(weights, gradients, 0.001)

    return update


def torch_update(vocabulary_size, embedding):
    """A function that does one update with PyTorch."""
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


def main():
    torch.set_num_threads(2)
    for vocabulary_size, embedding, torch_embedding in ((4000, 256, 256), (64, None, 64)):
        updates = (engine_update(vocabulary_size, embedding), torch_update(vocabulary_size, torch_embedding))
        seconds = [], []
        for measured in range(-2, ROUNDS):  # two rounds to warm up; then in turn, so that both meet the same load
            for update, times in zip(updates, seconds, strict=True):
                began = time.perf_counter()
                update()
                if measured >= 0:
                    times.append(time.perf_counter() - began)
        ours, theirs = (statistics.median(times) for times in seconds)
        ratio = f"{ours / theirs:.2f} x"
        print(f"V = {vocabulary_size:5}   engine {ours * 1e3:6.1f} ms   PyTorch {theirs * 1e3:6.1f} ms   {ratio}")


if __name__ == "__main__":
    main()
