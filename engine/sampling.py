"""From logits to a token: temperature -> top_k -> top_p -> min_p -> renormalise -> draw with a random number u."""

from dataclasses import dataclass
from math import isfinite
from typing import NamedTuple

import numpy as np

# A token whose share misses top_p or min_p by less than this still counts as reaching it: logits come as float32,
# so that 0.5 + 0.3 may arrive as 0.79999998.
_ROUNDING = 1e-7


@dataclass(frozen=True)
class SamplingSettings:
    """What is done to the logits before the draw. None is off; temperature 0 is greedy (always the likeliest)."""

    temperature: float = 1.0
    top_k: int | None = None
    top_p: float | None = None
    min_p: float | None = None

    def __post_init__(self):
        if not (_is_number(self.temperature) and self.temperature >= 0):
            raise ValueError(f"temperature must be 0 or more, but is {self.temperature!r}; 0 is greedy")
        if not (self.top_k is None or (_is_whole(self.top_k) and self.top_k >= 1)):
            raise ValueError(f"top_k must be a whole number from 1 on, but is {self.top_k!r}; None is off")
        if not (self.top_p is None or (_is_number(self.top_p) and 0 < self.top_p <= 1)):
            raise ValueError(f"top_p must be above 0 and at most 1, but is {self.top_p!r}; None is off")
        if not (self.min_p is None or (_is_number(self.min_p) and 0 <= self.min_p <= 1)):
            raise ValueError(f"min_p must be from 0 to 1, but is {self.min_p!r}; None is off")


class Draw(NamedTuple):
    """One random number and the segment of the 0-1 strip it fell into: low <= u < high, high - low = P(token)."""

    u: float
    token_id: int
    low: float
    high: float


def softmax(logits: np.ndarray, temperature: float = 1.0) -> np.ndarray:
    """exp(logits / T) / sum(exp(logits / T)), shape (V,), float64; T = 0: all on the first maximum."""
    logits = np.asarray(logits, dtype=np.float64)
    top = logits.max()
    if not isfinite(top):
        raise ValueError(f"logits must be finite numbers (or -inf), but the largest is {top}")
    if temperature == 0:
        probs = np.zeros(len(logits))
        probs[logits.argmax()] = 1.0
        return probs
    probs = logits - top
    if temperature != 1.0:
        with np.errstate(over="ignore"):  # a tiny temperature sends the rest to -inf, and exp(-inf) = 0 is right
            probs /= temperature
    np.exp(probs, out=probs)
    probs /= probs.sum()
    return probs


def next_token_probs(logits: np.ndarray, settings: SamplingSettings) -> np.ndarray:
    """The distribution a token is drawn from: shape (V,), float64, sums to 1; filtered tokens have exactly 0.

    temperature: softmax(logits / T). top_k keeps the k likeliest. top_p (nucleus sampling, Holtzman et al. 2020,
    arXiv 1904.09751) keeps the smallest set of the likeliest that holds at least the share p of what top_k left. min_p
    (Nguyen et al. 2024, arXiv 2407.01082) keeps what has at least min_p times the probability of the likeliest. Among
    equals the lower id is kept. Raises ValueError for logits that are not numbers.
    """
    probs = softmax(logits, settings.temperature)
    if settings.temperature == 0 or (settings.top_k is None and settings.top_p is None and settings.min_p is None):
        return probs
    order = np.argsort(-probs, kind="stable")  # likeliest first, equals by id
    if settings.top_k is not None:
        order = order[: settings.top_k]
    if settings.top_p is not None:
        share = np.cumsum(probs[order])
        order = order[: int(np.searchsorted(share, (settings.top_p - _ROUNDING) * share[-1])) + 1]
    if settings.min_p is not None:
        order = order[probs[order] >= settings.min_p * probs[order[0]] * (1 - _ROUNDING)]
    kept = np.zeros_like(probs)
    kept[order] = probs[order]
    return kept / kept.sum()


def draw(probs: np.ndarray, u: float) -> Draw:
    """The token whose segment of the 0-1 strip holds u, in [0, 1).

    The same token as `Generator.choice(len(probs), p=probs)` gives when its random number is u: segments lie in
    vocabulary order, a segment holds its left edge and not its right one, so a token of probability 0 is never drawn.

    >>> draw(np.array([0.2, 0.0, 0.8]), 0.2)
    Draw(u=0.2, token_id=2, low=0.2, high=1.0)
    """
    if not 0 <= u < 1:
        raise ValueError(f"u must be in [0, 1), but is {u}")
    edges = np.cumsum(probs)
    edges /= edges[-1]
    token_id = int(edges.searchsorted(u, side="right"))
    low = float(edges[token_id - 1]) if token_id else 0.0
    return Draw(float(u), token_id, low, float(edges[token_id]))


def without(probs: np.ndarray, token_id: int) -> np.ndarray | None:
    """The distribution given that `token_id` is not drawn: P(token) / (1 - P(token_id)). None where nothing is left."""
    rest = probs.copy()
    rest[token_id] = 0.0
    total = rest.sum()
    return rest / total if total > 0 else None


def _is_whole(value) -> bool:
    return isinstance(value, int | np.integer) and not isinstance(value, bool)


def _is_number(value) -> bool:
    return _is_whole(value) or (isinstance(value, float | np.floating) and isfinite(value))
