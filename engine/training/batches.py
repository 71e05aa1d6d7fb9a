"""Batches: a training text in the order in which a training, or the measuring of a loss, reads it."""

from collections.abc import Iterator

import numpy as np

from engine.training.backpropagation import NOTHING, Batch
from engine.training.plans import Plan, TrainingText


def sequence_batches(plan: Plan, text: TrainingText, seed: int, done: int) -> Iterator[Batch]:
    """Batches without end from update `done` on: every epoch all sequences in another order, like lengths together."""
    sequences = text.training
    lengths = np.array([len(sequence) for sequence in sequences])
    per_epoch = -(-len(sequences) // plan.batch)
    epoch, skip = divmod(done, per_epoch)
    while True:
        rng = np.random.default_rng([seed, 2, epoch])
        order = rng.permutation(len(sequences))
        pool = plan.batch * 50  # sorted by length within 50 batches only, so that company changes from epoch to epoch
        pools = (order[first : first + pool] for first in range(0, len(order), pool))
        order = np.concatenate([part[np.argsort(lengths[part], kind="stable")] for part in pools])
        for k in rng.permutation(per_epoch)[skip:]:
            yield Batch.of_sequences([sequences[i] for i in order[k * plan.batch : (k + 1) * plan.batch]])
        epoch, skip = epoch + 1, 0


def stream_batches(plan: Plan, text: TrainingText, seed: int, done: int) -> Iterator[Batch]:
    """Chunks without end from update `done` on; `plan.batch` readers begin at even distances and read side by side.

    Every epoch begins at another place, so that the cuts fall elsewhere, with x<1> = 0.
    """
    (stream,) = text.training
    length = (len(stream) - plan.chunk) // plan.batch
    per_epoch = length // plan.chunk
    if per_epoch < 1:
        raise ValueError(
            f"the text has {len(stream)} tokens, too few for {plan.batch} chunks of {plan.chunk} side by side"
        )
    epoch, skip = divmod(done, per_epoch)
    while True:
        first = np.random.default_rng([seed, 2, epoch]).integers(plan.chunk)
        readers = stream[first : first + length * plan.batch].reshape(plan.batch, length).T
        for k in range(skip, per_epoch):
            chunk = readers[k * plan.chunk : (k + 1) * plan.chunk]
            before = readers[k * plan.chunk - 1] if k else np.full(plan.batch, NOTHING)
            yield Batch.of_stream(chunk, before)
        epoch, skip = epoch + 1, 0


def held_out_batches(text: TrainingText) -> Iterator[Batch]:
    """The held-out part once: sequences by length, or a stream in 32 parts side by side, cut into chunks."""
    if not text.stream:
        ordered = sorted(text.held_out, key=len)
        for first in range(0, len(ordered), 64):
            yield Batch.of_sequences(ordered[first : first + 64])
        return
    (stream,) = text.held_out
    readers = min(32, len(stream))
    length = len(stream) // readers
    stream = stream[: length * readers].reshape(readers, length).T
    for first in range(0, length, 128):
        before = stream[first - 1] if first else np.full(readers, NOTHING)
        yield Batch.of_stream(stream[first : first + 128], before)
