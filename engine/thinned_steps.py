"""A long run in little memory: most old steps do not keep their state, but compute it again when it is asked for.

States are three quarters of what a run takes (2.8 kB of the 3.9 of a step, LSTM of 320 units), and those of old steps
are hardly ever looked at. The recurrent part of a step, which gives its state, is the cheapest one.
"""

from typing import cast

from engine.model import LanguageModel, State
from engine.time_step import GenerationStep

KEPT = 16  # the latest 16 steps keep their states, and of the others each 16th: at most 15 are computed again for one


class ThinnedStep(GenerationStep):
    """A step that holds (model, the step before) in the place of its state, and gives it as `state`, bit for bit."""

    __slots__ = ()

    @property
    def state(self) -> State:
        model, before = cast(tuple[LanguageModel, GenerationStep], self[_STATE])
        return model.advance(self.input_id, before.state)


_STATE = GenerationStep._fields.index("state")


def thin(steps: list[GenerationStep], model: LanguageModel, known: int) -> None:
    """Take the states from the old ones of `steps`, the beginning of a run of `model`; of the first `known` of them
    that has been done already.
    """
    for i in range(max(1, known - KEPT), len(steps) - KEPT):
        if (i + 1) % KEPT and not isinstance(steps[i], ThinnedStep):
            fields = list[object](steps[i])
            fields[_STATE] = (model, steps[i - 1])
            steps[i] = ThinnedStep._make(fields)
