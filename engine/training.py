"""Training: truncated backpropagation through time, clipped gradients, Adam. `python -m engine.training --help`."""

import argparse
import json
import math
import os
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np

from engine import corpora
from engine.backpropagation import NOTHING, Batch, loss_and_gradients, mean_loss
from engine.batches import held_out_batches, sequence_batches, stream_batches
from engine.card import finished_model, with_loss_by_context
from engine.model import LanguageModel, State
from engine.opening import with_opening_seed
from engine.optimizer import Adam, clip_by_norm
from engine.plans import PLANS, Plan, TrainingText, initial_weights, prepare

LARGEST_NORM = 1.0  # of the gradients of one update
WARM_UP = 0.02  # the share of the updates in which the rate rises
LAST_RATE = 0.02  # what is left of the rate at the end
ROOT = Path(__file__).parents[1]
CHECKPOINTS = ROOT / ".checkpoints"


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


def sequence_gradients(model: LanguageModel, token_ids: Sequence[int]) -> tuple[float, dict[str, np.ndarray]]:
    """(mean loss in nats per token, its gradient for every weight by PyTorch's names) for one sequence.

    Every token of `token_ids` is to be predicted from those before it, the first one from x<1> = 0 and a<0> = 0. All
    is computed in the model's own dtype. Raises ValueError for no tokens or an id outside the vocabulary.
    """
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
    losses = []
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


def held_out_loss(weights: dict[str, np.ndarray], text: TrainingText) -> float:
    """Nats per token of the held-out part, each sequence from x<1> = 0, a stream in 32 parts side by side."""
    total, count, state = 0.0, 0, None
    for batch in held_out_batches(text):
        loss, state = mean_loss(weights, batch, state if text.stream else None)
        tokens = int(batch.mask.sum())
        total, count = total + loss * tokens, count + tokens
    return total / count


class _Progress:
    """A training under way: all that an update changes, and all that a checkpoint must hold."""

    def __init__(self, plan, text, seed):
        self.plan, self.text, self.seed = plan, text, seed
        self.weights = initial_weights(plan, len(text.vocabulary), np.random.default_rng(seed))
        self.adam = Adam(self.weights)
        self.state = None  # carried from chunk to chunk of a stream
        self.best_loss = math.inf
        self.seconds = np.zeros(2)  # see _clocks

    def update(self, batch) -> float:
        done, plan = self.adam.updates, self.plan
        starts = not self.text.stream or (batch.inputs[0] == NOTHING).all()
        rng = np.random.default_rng([self.seed, 1, done])
        state = None if starts else self.state
        loss, gradients, self.state = loss_and_gradients(self.weights, batch, state, plan.dropout, rng)
        clip_by_norm(gradients, LARGEST_NORM)
        self.adam.update(self.weights, gradients, _rate(plan, done))
        return loss

    def evaluate(self, training_loss, seconds) -> TrainingStep:
        rounded = {name: weight.astype(np.float16).astype(np.float32) for name, weight in self.weights.items()}
        loss = held_out_loss(rounded, self.text)
        best = loss < self.best_loss
        self.best_loss, self.seconds = min(loss, self.best_loss), seconds
        model = LanguageModel.from_state_dict(self.text.vocabulary, rounded)
        return TrainingStep(self.adam.updates, self.plan.updates, *seconds.tolist(), training_loss, loss, best, model)

    def identity(self) -> str:
        return json.dumps([repr(self.plan), self.seed, self.text.vocabulary.tokens])

    def keep(self, path) -> None:
        arrays = {f"weight {name}": weight for name, weight in self.weights.items()}
        for name, (mean, square) in self.adam.moments.items():
            arrays |= {f"mean {name}": mean, f"square {name}": square}
        arrays |= {f"state {k}": part for k, part in enumerate(self.state) if part is not None}
        numbers = np.array([self.adam.updates, *self.seconds, self.best_loss])
        path.parent.mkdir(parents=True, exist_ok=True)
        unfinished = path.with_suffix(".tmp")  # a training that is killed while it writes must not lose the last one
        with open(unfinished, "wb") as file:
            np.savez(file, identity=np.array(self.identity()), numbers=numbers, **arrays)
        os.replace(unfinished, path)

    def restore(self, path) -> None:
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


def _clocks() -> np.ndarray:
    """Seconds on the clock, and of this process on all cores."""
    return np.array([time.perf_counter(), time.process_time()])


def _rate(plan, done) -> float:
    """Adam's rate: up in a line, then down along half a cosine."""
    warm_up = max(1, round(WARM_UP * plan.updates))
    if done < warm_up:
        return plan.rate * (done + 1) / warm_up
    left = (1 + math.cos(math.pi * (done - warm_up) / max(1, plan.updates - warm_up))) / 2
    return plan.rate * (LAST_RATE + (1 - LAST_RATE) * left)


def main(arguments: Sequence[str] | None = None) -> int:
    """The command line; the exit status."""
    parser = argparse.ArgumentParser(
        prog="python -m engine.training",
        description="Train a model of pretrained/ from its text. Ctrl-C keeps the best; the same command goes on.",
        epilog="Models: " + ", ".join(PLANS) + ".",
    )
    parser.add_argument("name", choices=PLANS, metavar="NAME", help="which model; the names stand below")
    parser.add_argument(
        "--text", type=Path, metavar="PATH", help="the text's file or archive, if it is at hand already"
    )
    parser.add_argument("--seed", type=int, default=0, help="another seed, another model (default 0)")
    parser.add_argument("--output", type=Path, metavar="PATH", help="the model file (default pretrained/NAME.npz)")
    options = parser.parse_args(arguments)
    plan = PLANS[options.name]
    output = options.output or ROOT / "pretrained" / f"{options.name}.npz"
    checkpoint = CHECKPOINTS / f"{options.name}-{options.seed}.npz"
    try:
        text = prepare(corpora.read(plan.corpus, options.text), plan, corpora.CORPORA[plan.corpus].stream)
        _announce(options.name, plan, text)
        _run(train(plan, text, options.seed, checkpoint), plan, text, output)
    except KeyboardInterrupt:
        print("\nstopped; the same command goes on from the last evaluation")
        return 130
    except (corpora.CorpusError, ValueError, OSError, FloatingPointError) as error:
        print(f"{parser.prog}: {error}", file=sys.stderr)
        return 1
    checkpoint.unlink()
    return 0


def _announce(name, plan, text):
    tokens, held_out = (sum(map(len, part)) for part in (text.training, text.held_out))
    print(f"{name}: {tokens:,} tokens to train on, {held_out:,} held out, {len(text.vocabulary):,} in the vocabulary")


def _run(steps, plan, text, output):
    """Print a line an evaluation; write the model whenever it is the best so far, and complete its card at the end."""
    for step in steps:
        if step.best:
            cost = {"updates": step.update, "seconds": round(step.seconds), "cpu_seconds": round(step.cpu_seconds)}
            _save(finished_model(step.model.state_dict(), cost, step.held_out_loss, plan, text), output)
        left = step.seconds / step.update * (step.updates - step.update)
        print(
            f"{step.update:7,} / {step.updates:,}   {_clock(step.seconds)}, {_clock(left)} left   "
            f"training {step.training_loss:.4f}   held out {step.held_out_loss:.4f}{' *' if step.best else ''}",
            flush=True,
        )
    _save(with_opening_seed(with_loss_by_context(LanguageModel.load(output), text)), output)
    print(f"the best (*) is in {output}")


def _save(model, output):
    output.parent.mkdir(parents=True, exist_ok=True)
    unfinished = output.with_suffix(".tmp")
    model.save(unfinished)
    os.replace(unfinished, output)


def _clock(seconds) -> str:
    return f"{int(seconds) // 60}:{int(seconds) % 60:02}"


if __name__ == "__main__":
    sys.exit(main())
