"""N draws of one step: what comes out if its token is drawn again and again, beside two ways that are not drawing."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from engine.generation import Distributions
from engine.recipe import Rules
from engine.unk_policy import DRAWS_PER_STEP

MOST_DRAWS = 100_000


class Draws(NamedTuple):
    """N tokens that came out: `counts` (V,) and the `first` of them in order; how many draws of <UNK> were rejected."""

    counts: NDArray[np.intp]
    first: tuple[int, ...]
    rejected: int = 0


def outcome_probs(distributions: Distributions, rules: Rules, unk_id: int | None) -> NDArray[np.float64]:
    """The distribution (V,) of the token that comes out of one step, as its draws, the rejected ones too, make it."""
    if unk_id is None or distributions.rest is None:
        return distributions.probs
    return rules.policy.outcome_probs(distributions.probs, distributions.rest, unk_id)


def draw_many(
    distributions: Distributions, rules: Rules, unk_id: int | None, n: int, seed: int, first: int = 0
) -> Draws:
    """`n` tokens as a step draws them, <UNK> rejected and drawn again as `rules` have it.

    The j-th draw of the i-th token uses the i-th number u of `default_rng([seed, j])`: with a larger n the same tokens
    come first. `first`: how many of the tokens to list.
    """
    ids, again, rejected = np.empty(n, int), np.arange(n), 0
    for j in range(1, DRAWS_PER_STEP + 1):
        us = np.random.default_rng([seed, j]).random(n)
        ids[again] = _drawn(distributions.source(rules.policy.from_rest(j)), us[again])
        again = again[ids[again] == unk_id] if rules.policy.rejects_draw(j) else again[:0]
        rejected += len(again)
        if not len(again):
            break
    return Draws(np.bincount(ids, minlength=len(distributions.probs)), tuple(ids[:first].tolist()), rejected)


def pick_evenly(
    distributions: Distributions, rules: Rules, unk_id: int | None, n: int, seed: int, first: int = 0
) -> Draws:
    """`n` tokens of the whole vocabulary, each as likely as any other (but <UNK>, where it never comes out)."""
    even = np.ones(len(distributions.probs))
    if unk_id is not None and rules.policy.ends_in_rest:
        even[unk_id] = 0
    ids = _drawn(even, np.random.default_rng(seed).random(n))
    return Draws(np.bincount(ids, minlength=len(even)), tuple(ids[:first].tolist()))


def pick_best(distributions: Distributions, rules: Rules, unk_id: int | None, n: int, first: int = 0) -> Draws:
    """`n` times the likeliest token."""
    probs = outcome_probs(distributions, rules, unk_id)
    best = int(probs.argmax())
    return Draws(n * (np.arange(len(probs)) == best), (best,) * min(n, first))


def _drawn(weights: NDArray[np.float64], us: NDArray[np.float64]) -> NDArray[np.intp]:
    edges = weights.cumsum()
    drawn: NDArray[np.intp] = (edges / edges[-1]).searchsorted(us, side="right")  # as `draw` does
    return drawn
