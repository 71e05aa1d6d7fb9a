"""What rejecting <UNK> makes of a token's probability: P(token) / (1 - P(<UNK>))."""

from typing import NamedTuple

from engine.figures.moment import Moment
from engine.figures.token_strip import drawn_so_far, is_out
from engine.generation import GenerationStep, Outlook


class Share(NamedTuple):
    """What a rejection makes of one token: `prob` / (1 - `unk_prob`) = `result`, after temperature and filters.

    `nothing_left`: only <UNK> had passed these, so the numbers are the model's own.
    """

    token_id: int
    prob: float
    unk_prob: float
    result: float
    nothing_left: bool


def rest_share(outlook: Outlook, step: GenerationStep, moment: Moment, unk_id: int | None) -> Share | None:
    """What the rejections make of the token that came out (before it is out: of the likeliest of the rest).

    None where no draw has been rejected by `moment`.
    """
    if not rejected_so_far(step, moment):
        return None
    token_id = step.token_id if is_out(step, moment) else int(outlook.rest.argmax())
    probs = outlook.model if outlook.nothing_left else outlook.probs
    return Share(
        token_id, float(probs[token_id]), float(probs[unk_id]), float(outlook.rest[token_id]), outlook.nothing_left
    )


def rejected_so_far(step: GenerationStep, moment: Moment) -> int:
    """How many draws of `step` have been rejected by `moment`."""
    return max(0, min(drawn_so_far(step, moment), len(step.draws) - 1))
