"""What rejecting <UNK> makes of a token's probability: P(token) / (1 - P(<UNK>))."""

from typing import NamedTuple

from engine.generation import Distributions, GenerationStep, from_rest
from engine.phases import Moment, drawn_so_far, is_out
from engine.recipe import Rules


class Share(NamedTuple):
    """What a rejection makes of one token: `prob` / (1 - `unk_prob`) = `result`, after temperature and filters."""

    token_id: int
    prob: float
    unk_prob: float
    result: float


def rest_share(
    distributions: Distributions, step: GenerationStep, rules: Rules, moment: Moment, unk_id: int | None
) -> Share | None:
    """What the rejections of the step have made of the token that came out.

    None where none was rejected, and while the rejected draw stands: until the token is out nothing is divided. None
    also for a policy under which <UNK> may come out in the end: that divides by something else; and where nothing was
    left to be divided, for temperature and filters were then applied anew.
    """
    if unk_id is None or not rules.policy.ends_in_rest or not rejected_so_far(step, moment) or not is_out(step, moment):
        return None
    if distributions.nothing_left:
        return None
    probs, token_id = distributions.probs, step.token_id
    return Share(
        token_id,
        float(probs[token_id]),
        float(probs[unk_id]),
        float(distributions.source(from_rest=True)[token_id]),
    )


def rejected_so_far(step: GenerationStep, moment: Moment) -> int:
    """How many draws of `step` have been rejected by `moment`."""
    return max(0, min(drawn_so_far(step, moment), len(step.draws) - 1))


def shows_rest(step: GenerationStep, rules: Rules, moment: Moment) -> bool:
    """Whether the latest draw by `moment` was made from the rest. A rejected one never is: while it stands, yhat<t> is
    what it was made from.
    """
    return from_rest(step, rules) and is_out(step, moment)
