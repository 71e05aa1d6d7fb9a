"""Truncated backpropagation through time, clipped gradients, Adam; a checkpoint at every evaluation."""

import json
import math
import os
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from engine.cells import Array
from engine.model import LanguageModel, State
from engine.training.backpropagation import NOTHING, Batch, loss_and_gradients, mean_loss
from engine.training.batches import held_out_batches, sequence_batches, stream_batches
from engine.training.optimizer import Adam, clip_by_norm
from engine.training.plans import Plan, TrainingText, initial_weights

MAX_GRAD_NORM = 1.0  # of the gradients of one update
WARM_UP = 0.02  # the share of the updates in which the rate rises
LAST_LEARNING_RATE = 0.02  # what is left of the rate at the end


class TrainingStep(NamedTuple):
    """One evaluation. Losses are in nats per token; `held_out_loss` is that of `model`, rounded as it would be saved.

    `update` of `updates` are done, in `seconds` on the clock and `cpu_seconds` of all cores (which does not count what
    other programs took meanwhile); `training_loss`: the mean over the updates since the last evaluation
    (with dropout, so it may lie above the held-out loss). `best`: no evaluation before had a lower held-out loss.
    """

    update: int
    updates: int
    seconds: float
    cpu_seconds: float
    training_loss: float
    held_out_loss: float
    best: bool
    model: LanguageModel


def sequence_gradients(model: LanguageModel, token_ids: Sequence[int]) -> tuple[float, dict[str, Array]]:
    """(mean loss in nats per token, its gradient for every weight by PyTorch's names) for one sequence.

    Every token of `token_ids` is to be predicted from those before it, the first one from x<1> = 0 and a<0> = 0. All
    is computed in the model's own dtype. Raises ValueError for no tokens, an id outside the vocabulary, or a variant of
    a cell, for which there are no gradients here.
    """
    if model.variant is not None:
        raise ValueError(f"there are no gradients for the variant {model.variant!r} of the cell {model.cell!r}")
    size = len(model.vocabulary)
    wrong = [token_id for token_id in token_ids if not 0 <= token_id < size]
    if wrong:
        raise ValueError(f"token ids must be from 0 to {size - 1}, but there is {wrong[0]}")
    loss, gradients, _ = loss_and_gradients(model.state_dict(), Batch.of_sequences([token_ids]))
    return loss, gradients


def train(plan: Plan, text: TrainingText, seed: int = 0, checkpoint: Path | None = None) -> Iterator[TrainingStep]:
    """Train a network as planned; yields a TrainingStep every `plan.evaluate_every` updates and at the end.

    Everything random comes from `seed` and the number of the update, so the same seed gives the same weights on the
    same machine, whether in one go or not: with `checkpoint`, a file, the training is written down at every evaluation
    and goes on from there. Raises ValueError for a checkpoint of another training, FloatingPointError if the loss
    explodes.
    """
    progress = _Progress(plan, text, seed)
    if checkpoint is not None and checkpoint.exists():
        progress.restore(checkpoint)
    batches = stream_batches if text.stream else sequence_batches
    losses: list[float] = []
    began = _clocks() - progress.seconds
    for batch in batches(plan, text, seed, progress.adam.updates):
        if progress.adam.updates >= plan.updates:
            break
        losses.append(progress.update(batch))
        done = progress.adam.updates
        if done % plan.evaluate_every == 0 or done == plan.updates:
            step = progress.evaluate(float(np.mean(losses)), _clocks() - began)
            losses = []
            if checkpoint is not None:
                progress.keep(checkpoint)
            yield step


def held_out_loss(weights: dict[str, Array], text: TrainingText) -> float:
    """Nats per token of the held-out part, each sequence from x<1> = 0, a stream in 32 parts side by side."""
    total, count, state = 0.0, 0, None
    for batch in held_out_batches(text):
        loss, state = mean_loss(weights, batch, state if text.stream else None)
        tokens = int(batch.mask.sum())
        total, count = total + loss * tokens, count + tokens
    return total / count


class _Progress:
    """A training under way: all that an update changes, and all that a checkpoint must hold."""

    def __init__(self, plan: Plan, text: TrainingText, seed: int) -> None:
        self.plan, self.text, self.seed = plan, text, seed
        self.weights = initial_weights(plan, len(text.vocabulary), np.random.default_rng(seed))
        self.adam = Adam(self.weights)
        self.state: State | None = None  # carried from chunk to chunk of a stream
        self.best_loss = math.inf
        self.seconds = np.zeros(2)  # see _clocks

    def update(self, batch: Batch) -> float:
        done, plan = self.adam.updates, self.plan
        starts = not self.text.stream or (batch.inputs[0] == NOTHING).all()
        rng = np.random.default_rng([self.seed, 1, done])
        state = None if starts else self.state
        loss, gradients, self.state = loss_and_gradients(self.weights, batch, state, plan.dropout, rng)
        clip_by_norm(gradients, MAX_GRAD_NORM)
        self.adam.update(self.weights, gradients, _learning_rate(plan, done))
        return loss

    def evaluate(self, training_loss: float, seconds: NDArray[np.float64]) -> TrainingStep:
        rounded = {name: weight.astype(np.float16).astype(np.float32) for name, weight in self.weights.items()}
        loss = held_out_loss(rounded, self.text)
        best = loss < self.best_loss
        self.best_loss, self.seconds = min(loss, self.best_loss), seconds
        model = LanguageModel.from_state_dict(self.text.vocabulary, rounded)
        clock, cpu = seconds.tolist()
        return TrainingStep(self.adam.updates, self.plan.updates, clock, cpu, training_loss, loss, best, model)

    def identity(self) -> str:
        return json.dumps([repr(self.plan), self.seed, self.text.vocabulary.tokens])

    def keep(self, path: Path) -> None:
        arrays = {f"weight {name}": weight for name, weight in self.weights.items()}
        for name, (mean, square) in self.adam.moments.items():
            arrays |= {f"mean {name}": mean, f"square {name}": square}
        arrays |= {f"state {k}": part for k, part in enumerate(self.state or ()) if part is not None}
        numbers = np.array([self.adam.updates, *self.seconds, self.best_loss])
        path.parent.mkdir(parents=True, exist_ok=True)
        unfinished = path.with_suffix(".tmp")  # a training that is killed while it writes must not lose the last one
        with open(unfinished, "wb") as file:
            np.savez(file, identity=np.array(self.identity()), numbers=numbers, **arrays)  # type: ignore[arg-type]  # as in model_file
        os.replace(unfinished, path)

    def restore(self, path: Path) -> None:
        with np.load(path, allow_pickle=False) as arrays:
            if str(arrays["identity"]) != self.identity():
                raise ValueError(
                    f"{path} belongs to a training with another plan, text or seed; delete it to begin anew"
                )
            for name in self.weights:
                self.weights[name] = arrays[f"weight {name}"]
                self.adam.moments[name] = (arrays[f"mean {name}"], arrays[f"square {name}"])
            updates, *seconds, self.best_loss = arrays["numbers"].tolist()
            self.adam.updates, self.seconds = int(updates), np.array(seconds)
            self.state = State(*(arrays[f"state {k}"] for k in range(2) if f"state {k}" in arrays))


def _clocks() -> NDArray[np.float64]:
    """Seconds on the clock, and of this process on all cores."""
    return np.array([time.perf_counter(), time.process_time()])


def _learning_rate(plan: Plan, done: int) -> float:
    """Adam's rate: up in a line, then down along half a cosine."""
    warm_up = max(1, round(WARM_UP * plan.updates))
    if done < warm_up:
        return plan.learning_rate * (done + 1) / warm_up
    left = (1 + math.cos(math.pi * (done - warm_up) / max(1, plan.updates - warm_up))) / 2
    return plan.learning_rate * (LAST_LEARNING_RATE + (1 - LAST_LEARNING_RATE) * left)
