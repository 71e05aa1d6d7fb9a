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
from engine.model import LanguageModel, State
from engine.optimizer import Adam, clip_by_norm
from engine.plans import PLANS, Plan, TrainingText, initial_weights, multiply_adds, prepare

LARGEST_NORM = 1.0  # of the gradients of one update
WARM_UP = 0.02  # the share of the updates in which the rate rises
LAST_RATE = 0.02  # what is left of the rate at the end
ROOT = Path(__file__).parents[1]
CHECKPOINTS = ROOT / ".checkpoints"


class TrainingStep(NamedTuple):
    """One evaluation. Losses are in nats per token; `held_out_loss` is that of `model`, rounded as it would be saved.

    `update` of `updates` are done, in `seconds`; `training_loss`: the mean over the updates since the last evaluation
    (with dropout, so it may lie above the held-out loss). `best`: no evaluation before had a lower held-out loss.
    """

    update: int
    updates: int
    seconds: float
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
    batches = _stream_batches if text.stream else _sequence_batches
    losses = []
    began = time.perf_counter() - progress.seconds
    for batch in batches(plan, text, seed, progress.adam.updates):
        if progress.adam.updates >= plan.updates:
            break
        losses.append(progress.update(batch))
        done = progress.adam.updates
        if done % plan.evaluate_every == 0 or done == plan.updates:
            step = progress.evaluate(float(np.mean(losses)), time.perf_counter() - began)
            losses = []
            if checkpoint is not None:
                progress.keep(checkpoint)
            yield step


def held_out_loss(weights: dict[str, np.ndarray], text: TrainingText) -> float:
    """Nats per token of the held-out part, each sequence from x<1> = 0, a stream in 32 parts side by side."""
    total, count, state = 0.0, 0, None
    for batch in _held_out_batches(text):
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
        self.seconds = 0.0

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
        return TrainingStep(self.adam.updates, self.plan.updates, seconds, training_loss, loss, best, model)

    def identity(self) -> str:
        return json.dumps([repr(self.plan), self.seed, self.text.vocabulary.tokens])

    def keep(self, path) -> None:
        arrays = {f"weight {name}": weight for name, weight in self.weights.items()}
        for name, (mean, square) in self.adam.moments.items():
            arrays |= {f"mean {name}": mean, f"square {name}": square}
        arrays |= {f"state {k}": part for k, part in enumerate(self.state) if part is not None}
        numbers = np.array([self.adam.updates, self.seconds, self.best_loss])
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
            updates, self.seconds, self.best_loss = arrays["numbers"].tolist()
            self.adam.updates = int(updates)
            self.state = State(*(arrays[f"state {k}"] for k in range(2) if f"state {k}" in arrays))


def _rate(plan, done) -> float:
    """Adam's rate: up in a line, then down along half a cosine."""
    warm_up = max(1, round(WARM_UP * plan.updates))
    if done < warm_up:
        return plan.rate * (done + 1) / warm_up
    left = (1 + math.cos(math.pi * (done - warm_up) / max(1, plan.updates - warm_up))) / 2
    return plan.rate * (LAST_RATE + (1 - LAST_RATE) * left)


def _sequence_batches(plan, text, seed, done) -> Iterator[Batch]:
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


def _stream_batches(plan, text, seed, done) -> Iterator[Batch]:
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


def _held_out_batches(text) -> Iterator[Batch]:
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


def finished_model(step: TrainingStep, plan: Plan, text: TrainingText) -> LanguageModel:
    """The model of a step with its card: where it comes from, what it cost, how good it is."""
    weights = step.model.state_dict()
    corpus = corpora.CORPORA[plan.corpus]
    tokens = sum(map(len, text.held_out))
    unknown = sum(int((part == text.vocabulary.unk_id).sum()) for part in text.held_out) if plan.unk else 0
    card = {
        "text": corpus.title,
        "origin": corpus.origin,
        "licence": corpus.licence,
        "split": "5 % held out by a hash of the piece",
        "training_sequences": len(text.training),
        "training_tokens": sum(map(len, text.training)),
        "held_out_sequences": len(text.held_out),
        "held_out_tokens": tokens,
        "cell": plan.cell,
        "hidden": plan.hidden,
        "layers": plan.layers,
        "embedding": plan.embedding,
        "dropout": plan.dropout,
        "updates": step.update,
        "batch": plan.batch,
        "seconds": round(step.seconds),
        "parameters": sum(weight.size for weight in weights.values()),
        "multiply_adds_per_token": multiply_adds(weights),
        "held_out_nats_per_token": round(step.held_out_loss, 4),
        "held_out_bits_per_character": round(step.held_out_loss * tokens / math.log(2) / text.held_out_characters, 4),
        "held_out_unk_rate": round(unknown / tokens, 4),
    }
    hashes = None
    if not text.stream:
        hashes = np.array(sorted({corpora.fingerprint(sequence) for sequence in text.training}), dtype=np.uint64)
    return LanguageModel(text.vocabulary, weights, card, hashes)


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
    """Print a line an evaluation; write the model whenever it is the best so far."""
    for step in steps:
        if step.best:
            output.parent.mkdir(parents=True, exist_ok=True)
            unfinished = output.with_suffix(".tmp")
            finished_model(step, plan, text).save(unfinished)
            os.replace(unfinished, output)
        left = step.seconds / step.update * (step.updates - step.update)
        print(
            f"{step.update:7,} / {step.updates:,}   {_clock(step.seconds)}, {_clock(left)} left   "
            f"training {step.training_loss:.4f}   held out {step.held_out_loss:.4f}{' *' if step.best else ''}",
            flush=True,
        )
    print(f"the best (*) is in {output}")


def _clock(seconds) -> str:
    return f"{int(seconds) // 60}:{int(seconds) % 60:02}"


if __name__ == "__main__":
    sys.exit(main())
