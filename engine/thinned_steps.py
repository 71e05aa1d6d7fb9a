"""A long run in little memory: most old steps do not keep their state, but compute it again when it is asked for.

States are three quarters of what a run takes (2.8 kB of the 3.9 of a step, LSTM of 320 units), and those of old steps
are hardly ever looked at. The recurrent part of a step, which gives its state, is the cheapest one.
"""

from typing import cast

from engine.model import LanguageModel, State
from engine.time_step import GenerationStep

LATEST = 16  # so many steps at the end of a run keep their states
APART = 64  # of the others each 64th does, and the first: at most 63 are computed again for one


class ThinnedStep(GenerationStep):
    """A step that holds the step before in the place of its state, or (model, state), and gives `state` bit for bit."""

    __slots__ = ()

    @property
    def state(self) -> State:
        step, fed = self, list[int | None]()
        while isinstance(before := step[_STATE], ThinnedStep):
            fed.append(step.input_id)
            step = before
        model, state = cast(tuple[LanguageModel, State], before)
        for input_id in reversed(fed):
            state = model.advance(input_id, state)
        return state


_STATE = GenerationStep._fields.index("state")


def thin(steps: list[GenerationStep], model: LanguageModel, known: int) -> None:
    """Take the states from the old ones of `steps`, the beginning of a run of `model`; of the first `known` of them
    that has been done already.
    """
    for i in range(max(0, known - LATEST), len(steps) - LATEST):
        if not isinstance(steps[i], ThinnedStep):
            fields = list[object](steps[i])
            fields[_STATE] = steps[i - 1] if i % APART else (model, steps[i].state)
            steps[i] = ThinnedStep._make(fields)
