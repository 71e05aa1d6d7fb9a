"""Truncated backpropagation through time, clipped gradients, Adam; a checkpoint at every evaluation."""

import json
import math
import time
import zipfile
import zlib
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
from engine.training.output import replacing
from engine.training.plans import Plan, TrainingText, initial_weights, unigram_bias
from engine.training.schedule import Schedule
from engine.training.threads import loss_and_gradients_in_parts

MAX_GRAD_NORM = 1.0  # of the gradients of one update


class CheckpointError(ValueError):
    """A checkpoint that this training cannot go on from; the message says what to do."""


class Evaluation(NamedTuple):
    """A network under way: after how many updates, in how many seconds on the clock and of all cores (which does not
    count what other programs took meanwhile), with which held-out loss, in nats per token."""

    update: int
    seconds: float
    cpu_seconds: float
    held_out_loss: float
    model: LanguageModel


class TrainingStep(NamedTuple):
    """One evaluation. Losses are in nats per token; `held_out_loss` is that of `model`, rounded as it would be saved.

    `update` of `updates` are done (by the clock these are an estimate), in `seconds` and `cpu_seconds` as in
    `Evaluation`; `training_loss`: the mean over the updates since the last evaluation (with dropout, so it may lie
    above the held-out loss). `best`: no evaluation before had a lower held-out loss; `kept`: the best one so far, those
    before an interruption included. `ended`: why this step is the last ("updates", "time" or "no better"), else None.
    """

    update: int
    updates: int
    seconds: float
    cpu_seconds: float
    training_loss: float
    held_out_loss: float
    best: bool
    model: LanguageModel
    kept: Evaluation
    ended: str | None


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
    """Train a network as planned; yields a TrainingStep at every evaluation, the last one of them at the end.

    Everything random comes from `seed` and the number of the update, so the same seed gives the same weights on the
    same machine, whether in one go or not, unless the plan ends by the clock. With `checkpoint`, a file, the training
    is written down at every evaluation, with the best network so far, and goes on from there. Raises CheckpointError
    for a checkpoint of another training or a damaged one, FloatingPointError if the loss explodes.
    """
    progress = Progress(plan, text, seed)
    if checkpoint is not None and checkpoint.exists():
        progress.restore(checkpoint)
        if progress.is_over():  # it was interrupted after its last evaluation
            yield progress.evaluate()
            return
    for batch in progress.batches():
        progress.update(batch)
        if progress.is_due():
            step = progress.evaluate()
            if checkpoint is not None:
                progress.keep(checkpoint)
            yield step
            if step.ended is not None:
                return


def held_out_loss(weights: dict[str, Array], text: TrainingText) -> float:
    """Nats per token of the held-out part, each sequence from x<1> = 0, a stream in 32 parts side by side."""
    total, count, state = 0.0, 0, None
    for batch in held_out_batches(text):
        loss, state = mean_loss(weights, batch, state if text.stream else None)
        tokens = int(batch.mask.sum())
        total, count = total + loss * tokens, count + tokens
    return total / count


class Progress:
    """A training under way: all that an update changes, and all that a checkpoint must hold."""

    def __init__(self, plan: Plan, text: TrainingText, seed: int) -> None:
        self.plan, self.text, self.seed = plan, text, seed
        self.weights = initial_weights(plan, len(text.vocabulary), np.random.default_rng(seed))
        if plan.unigram_start:
            self.weights["output.bias"] = unigram_bias(text)
        self.adam = Adam(self.weights)
        self.state: State | None = None  # carried from chunk to chunk of a stream
        self.kept: Evaluation | None = None
        self.waited = 0  # evaluations since the best one
        self.losses: list[float] = []  # of the updates since the last evaluation
        self.schedule = Schedule(plan)
        self.factor = 1.0  # by which the planned rate has been moved
        self.began = read_clocks()

    def seconds(self) -> NDArray[np.float64]:
        """See read_clocks; those before an interruption count, those of it do not."""
        return read_clocks() - self.began

    def rest(self, clocks: NDArray[np.float64]) -> None:
        """What has been done since these `clocks` was no training, and does not count."""
        self.began += read_clocks() - clocks

    def batches(self) -> Iterator[Batch]:
        """Those to come, without end."""
        batches = stream_batches if self.text.stream else sequence_batches
        return batches(self.plan, self.text, self.seed, self.adam.updates)

    def update(self, batch: Batch) -> None:
        done, plan = self.adam.updates, self.plan
        starts = not self.text.stream or (batch.inputs[0] == NOTHING).all()
        rng = np.random.default_rng([self.seed, 1, done])
        state = None if starts else self.state
        loss, gradients, self.state = loss_and_gradients_in_parts(self.weights, batch, state, plan.dropout, rng)
        clip_by_norm(gradients, MAX_GRAD_NORM)
        rate = self.factor * self.schedule.learning_rate(done, self.seconds()[0])
        self.adam.update(self.weights, gradients, rate)
        self.losses.append(loss)

    def is_due(self) -> bool:
        return self.schedule.is_due(self.adam.updates, self.seconds()[0])

    def is_over(self) -> bool:
        return self._is_no_better() or self.schedule.is_over(self.adam.updates, self.seconds()[0])

    def _is_no_better(self) -> bool:
        return self.plan.patience is not None and self.waited >= self.plan.patience

    def evaluate(self) -> TrainingStep:
        done, (clock, cpu) = self.adam.updates, self.seconds().tolist()
        with np.errstate(over="ignore", invalid="ignore"):
            rounded = {name: weight.astype(np.float16).astype(np.float32) for name, weight in self.weights.items()}
        if not all(np.isfinite(weight).all() for weight in rounded.values()):
            raise FloatingPointError("the weights are too large to be saved; train with a lower rate")
        loss = held_out_loss(rounded, self.text)
        model = LanguageModel.from_state_dict(self.text.vocabulary, rounded)
        here = Evaluation(done, clock, cpu, loss, model)
        best = self.kept is None or loss < self.kept.held_out_loss
        if self.kept is None or best:
            self.kept = here
        self.waited = 0 if best else self.waited + 1
        training_loss, self.losses = float(np.mean(self.losses or [math.nan])), []
        updates = self.schedule.updates(done, clock)
        self.schedule.evaluated(done, clock, float(self.seconds()[0]))
        ended = None
        if self.is_over():
            ended = "no better" if self._is_no_better() else "updates" if done >= self.plan.updates else "time"
        return TrainingStep(done, updates, clock, cpu, training_loss, loss, best, model, self.kept, ended)

    def identity(self) -> str:
        return json.dumps([repr(self.plan), self.seed, self.text.vocabulary.tokens, self.text.fingerprint()])

    def keep(self, path: Path) -> None:
        """Write all down in one file, so that the best network is always the one that its loss is told of."""
        assert self.kept is not None
        best = self.kept
        arrays = {"identity": np.array(self.identity())}
        arrays["numbers"] = np.array([self.adam.updates, *self.seconds(), self.waited])
        arrays["best_numbers"] = np.array([best.update, best.seconds, best.cpu_seconds, best.held_out_loss])
        arrays |= {f"best {name}": weight.astype(np.float16) for name, weight in best.model.state_dict().items()}
        arrays |= {f"weight {name}": weight for name, weight in self.weights.items()}
        for name, (mean, square) in self.adam.moments.items():
            arrays |= {f"mean {name}": mean, f"square {name}": square}
        arrays |= {f"state {k}": part for k, part in enumerate(self.state or ()) if part is not None}
        path.parent.mkdir(parents=True, exist_ok=True)
        with replacing(path) as unfinished, open(unfinished, "wb") as file:
            np.savez(file, **arrays)  # type: ignore[arg-type]  # as in model_file

    def restore(self, path: Path) -> None:
        try:
            with open(path, "rb") as opened, np.load(opened, allow_pickle=False) as file:
                arrays = {name: file[name] for name in file.files}
            if str(arrays["identity"]) != self.identity():
                raise CheckpointError(
                    f"{path} belongs to a training with another plan, text or seed; give its options, or delete it"
                )
            best = {}
            for name, weight in self.weights.items():
                kinds = (f"weight {name}", f"mean {name}", f"square {name}", f"best {name}")
                own, mean, square, kept = (arrays[kind].reshape(weight.shape) for kind in kinds)
                self.weights[name], self.adam.moments[name] = own, (mean, square)
                best[name] = kept.astype(np.float32)
            updates, clock, cpu, waited = arrays["numbers"].tolist()
            update, *spent, loss = arrays["best_numbers"].tolist()
            model = LanguageModel.from_state_dict(self.text.vocabulary, best)
            self.kept = Evaluation(int(update), spent[0], spent[1], loss, model)
            self.state = State(*(arrays[f"state {k}"] for k in range(2) if f"state {k}" in arrays))
        except CheckpointError:
            raise
        except (OSError, ValueError, KeyError, EOFError, TypeError, zipfile.BadZipFile, zlib.error) as error:
            raise CheckpointError(f"{path} is damaged ({error}); delete it to begin anew") from error
        self.adam.updates, self.waited = int(updates), int(waited)
        self.began = read_clocks() - np.array([clock, cpu])
        self.schedule = Schedule(self.plan, self.adam.updates, clock)


def read_clocks() -> NDArray[np.float64]:
    """Seconds on the clock, and of this process on all cores."""
    return np.array([time.perf_counter(), time.process_time()])
