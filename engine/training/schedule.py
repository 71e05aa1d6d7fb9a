"""When a training is evaluated, at which rate it learns, and when it ends: by updates, or by the clock."""

import math

from engine.training.plans import Plan

WARM_UP = 0.02  # the share of a training in which the rate rises
LAST_LEARNING_RATE = 0.02  # what is left of the rate at the end

_EVALUATIONS = 24  # of a training by the clock, about; more at its beginning
_GROWTH = 1.25  # the first ones come when so many times as many updates are done: a small text is soon learned
_FIRST = 20  # updates
_WORK = 5.0  # times as long as an evaluation takes is trained at least before the next one


def learning_rate(plan: Plan, done: float) -> float:
    """Adam's rate after `done` of `plan.updates`: up in a line, then down along half a cosine."""
    warm_up = max(1, round(WARM_UP * plan.updates))
    if done < warm_up:
        return plan.learning_rate * min(1.0, (done + 1) / warm_up)
    left = (1 + math.cos(math.pi * (done - warm_up) / max(1, plan.updates - warm_up))) / 2
    return plan.learning_rate * (LAST_LEARNING_RATE + (1 - LAST_LEARNING_RATE) * left)


class Schedule:
    """The course of one training.

    A plan without `seconds` runs its updates, evaluated every `plan.evaluate_every`. A plan with `seconds` ends when
    they are over, its last evaluation included, or when its updates are done, whichever comes first; the rate falls
    along with what is nearer to its end. So it needs not be known how fast the machine is, or who else works on it.
    """

    def __init__(self, plan: Plan, done: int = 0, seconds: float = 0.0) -> None:
        """`done` updates were made in `seconds` before, the last of them followed by an evaluation."""
        self.plan = plan
        self._evaluated = (done, seconds)
        self._cost = 0.0  # seconds of the last evaluation

    def share(self, done: int, seconds: float) -> float:
        """How much of the training is over, 0 to 1."""
        share = done / self.plan.updates
        if self.plan.seconds is not None:
            share = max(share, seconds / max(1e-9, self.plan.seconds - self._cost))
        return min(1.0, share)

    def learning_rate(self, done: int, seconds: float) -> float:
        """Of the next update."""
        if self.plan.seconds is None:
            return learning_rate(self.plan, done)
        return learning_rate(self.plan, self.share(done, seconds) * self.plan.updates)

    def updates(self, done: int, seconds: float) -> int:
        """How many updates there will be in all; by the clock an estimate."""
        if self.plan.seconds is None:
            return self.plan.updates
        return max(done, round(done / max(1e-9, self.share(done, seconds))))

    def is_over(self, done: int, seconds: float) -> bool:
        return self.share(done, seconds) >= 1.0

    def is_due(self, done: int, seconds: float) -> bool:
        """Whether the network is to be evaluated after this update."""
        if self.is_over(done, seconds):
            return True
        if self.plan.seconds is None:
            return done % self.plan.evaluate_every == 0
        updates, at = self._evaluated
        waited = seconds - at
        soon = done >= max(_FIRST, _GROWTH * updates)
        return waited >= _WORK * self._cost and (soon or waited >= self.plan.seconds / _EVALUATIONS)

    def evaluated(self, done: int, before: float, after: float) -> None:
        """An evaluation took from `before` to `after`, in seconds of the training."""
        self._evaluated, self._cost = (done, after), after - before
