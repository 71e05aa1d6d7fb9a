"""Which moment of a run the pictures show."""

from typing import NamedTuple

PHASES = ("feed", "predict", "draw", "back")


class Moment(NamedTuple):
    """Time step `t` (0: before the first), and how far into it.

    `phase` "": the whole step, held. "feed": x<t> and a<t-1> go in, nothing has come out. "predict": yhat<t> is there,
    nothing is drawn. "draw": the first `draws` draws have fallen. "back": the outcome goes back to be x<t+1>.
    """

    t: int = 0
    phase: str = ""
    draws: int = 0
