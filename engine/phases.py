"""Which moment of a run the pictures show."""

from typing import NamedTuple

from engine.generation import GenerationStep

PHASES = ("feed", "predict", "draw", "back")


class Moment(NamedTuple):
    """Time step `t` (0: before the first), and how far into it.

    `phase` "": the whole step, held. "feed": x<t> and a<t-1> go in, nothing has come out. "predict": yhat<t> is there,
    nothing is drawn. "draw": the first `draws` draws have fallen. "back": the outcome goes back to be x<t+1>.
    """

    t: int = 0
    phase: str = ""
    draws: int = 0


def drawn_so_far(step: GenerationStep, moment: Moment) -> int:
    """How many draws of `step` have fallen at `moment`; all of them for any other step than the one on show."""
    if step.t != moment.t or moment.phase in ("", "back"):
        return len(step.draws)
    return moment.draws if moment.phase == "draw" else 0


def is_out(step: GenerationStep, moment: Moment) -> bool:
    """Whether the token of `step` has come out at `moment`."""
    if step.t == moment.t and moment.phase in ("feed", "predict"):
        return False
    return drawn_so_far(step, moment) == len(step.draws)
