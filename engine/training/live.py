"""A training that is watched: what it does between two evaluations too, and moved by hand while it goes on."""

from collections.abc import Iterator
from typing import NamedTuple

from engine.bench import Control
from engine.training.loop import Evaluation, Progress, TrainingStep, read_clocks
from engine.training.plans import Plan, TrainingText

OFTEN = 0.25  # seconds from one moment to the next


class Moment(NamedTuple):
    """`loss`: the mean over the updates since the moment before, None where there was none; `speed`: tokens a second
    over the last of these; `left`: seconds, about. `control`: what was in force. `step`: an evaluation, if the moment
    is one; `kept`: the network to be kept so far, None before the first one. `ended`: why it is the last one, or None.
    """

    update: int
    updates: int
    seconds: float
    left: float
    speed: float
    loss: float | None
    control: Control
    step: TrainingStep | None
    kept: Evaluation | None
    ended: str | None = None


def live(plan: Plan, text: TrainingText, seed: int, controls: Iterator[Control]) -> Iterator[Moment]:
    """Train as `loop.train` does; yields a Moment at the start, several times a second and at every evaluation.

    `controls` is asked before every update. What whoever asks for the moments does meanwhile, waiting included, is no
    time of the training. A stop ends it with an evaluation. Raises FloatingPointError if the loss explodes.
    """
    progress = Progress(plan, text, seed)
    control = next(controls)
    since, tokens, losses = float(progress.seconds()[0]), 0, list[float]()

    def moment(step: TrainingStep | None = None, ended: str | None = None) -> Moment:
        done, now = progress.adam.updates, float(progress.seconds()[0])
        kept = progress.kept
        if control["last"] and step is not None:
            kept = Evaluation(step.update, step.seconds, step.cpu_seconds, step.held_out_loss, step.model)
        updates = progress.schedule.updates(done, now) if done else plan.updates
        loss = sum(losses) / len(losses) if losses else None
        left = now / done * (updates - done) if done else plan.seconds or 0.0
        return Moment(done, updates, now, left, tokens / max(1e-9, now - since), loss, control, step, kept,
                      ended)  # fmt: skip

    def told(one: Moment) -> Iterator[Moment]:
        nonlocal since, tokens
        clocks = read_clocks()
        yield one
        progress.rest(clocks)
        since, tokens = float(progress.seconds()[0]), 0
        losses.clear()

    yield from told(moment())
    for batch in progress.batches():
        control = next(controls)
        while control["paused"] and not control["stop"]:
            yield from told(moment())
            control = next(controls)
        if control["stop"]:
            yield from told(moment(progress.evaluate(), "stopped"))
            return
        progress.factor = control["learning_rate"]
        progress.update(batch)
        losses.append(progress.losses[-1])
        tokens += int(batch.mask.sum())
        if progress.is_due():
            step = progress.evaluate()
            yield from told(moment(step, step.ended))
            if step.ended is not None:
                return
        elif progress.seconds()[0] - since >= OFTEN:
            yield from told(moment())
