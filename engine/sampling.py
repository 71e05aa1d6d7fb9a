"""From logits to a token: temperature -> top_k -> top_p -> min_p -> renormalise -> draw with a random number u."""

from dataclasses import dataclass
from math import isfinite
from typing import NamedTuple

import numpy as np

# A token whose share misses top_p or min_p by less than this still counts as reaching it: logits come as float32,
# so that 0.5 + 0.3 may arrive as 0.79999998.
_ROUNDING = 1e-7
_BLOCK = 64  # tokens to a block in draw_batch: about the square root of a word model's vocabulary
_LAST_U = 1 - 2**-53  # the largest number below 1


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
    logits = np.asarray(logits)
    top = logits.max()
    if not isfinite(top):
        raise ValueError(f"logits must be finite numbers (or -inf), but the largest is {top}")
    if temperature == 0:
        probs = np.zeros(len(logits))
        probs[logits.argmax()] = 1.0
        return probs
    probs = np.subtract(logits, top, dtype=np.float64)
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
    if settings.temperature > 0 and filter_(probs, settings):
        probs /= probs.sum()
    return probs


def filter_(weights: np.ndarray, settings: SamplingSettings) -> bool:
    """Set to 0, in place, what top_k, top_p and min_p leave out; False if all three are off.

    `weights`: (V,), or (B, V) for a batch, in proportion to the probabilities after temperature.
    """
    size, top_k, top_p, min_p = weights.shape[-1], settings.top_k, settings.top_p, settings.min_p
    if top_k is not None or top_p is not None:
        likeliest = weights
        if top_k is not None and top_k < size:
            likeliest = np.partition(weights, size - top_k, axis=-1)[..., size - top_k :]
        likeliest = np.sort(likeliest, axis=-1)[..., ::-1]
        count = np.full((*weights.shape[:-1], 1), likeliest.shape[-1])
        if top_p is not None:
            share = np.cumsum(likeliest, axis=-1, dtype=np.float64)
            count = (share < (top_p - _ROUNDING) * share[..., -1:]).sum(axis=-1, keepdims=True) + 1
        least = np.take_along_axis(likeliest, count - 1, axis=-1)
        kept = weights >= least
        if (kept.sum(axis=-1, keepdims=True) > count).any():  # equals at the edge: only the first of them stay
            above, equal = weights > least, weights == least
            kept = above | (equal & (equal.cumsum(axis=-1) <= count - above.sum(axis=-1, keepdims=True)))
        weights[~kept] = 0.0
    if min_p is not None:
        weights[weights < min_p * (1 - _ROUNDING) * weights.max(axis=-1, keepdims=True)] = 0.0
    return not (top_k is None and top_p is None and min_p is None)


def draw(probs: np.ndarray, u: float) -> Draw:
    """The token whose segment of the 0-1 strip holds u, in [0, 1).

    The same token as `Generator.choice(len(probs), p=probs)` gives when its random number is u: segments lie in
    vocabulary order, a segment holds its left edge and not its right one, so a token of probability 0 is never drawn.

    >>> draw(np.array([0.2, 0.0, 0.8]), 0.2)
    Draw(u=0.2, token_id=2, low=0.2, high=1.0)
    """
    if not 0 <= u < 1:
        raise ValueError(f"u must be in [0, 1), but is {u}")
    edges = probs.cumsum()
    edges /= edges[-1]
    token_id = int(edges.searchsorted(u, side="right"))
    low = float(edges[token_id - 1]) if token_id else 0.0
    return Draw(float(u), token_id, low, float(edges[token_id]))


class Strips(NamedTuple):
    """The 0-1 strips of a batch, not normalised, in the precision of the logits: `weights` (B, blocks, 64), the tokens
    in blocks of 64, zeros after the last one; `edges` (B, blocks + 1), where a block begins and ends."""

    weights: np.ndarray
    edges: np.ndarray

    def prob(self, token_id: int) -> np.ndarray:
        """P(token), (B,)."""
        return self.weights[:, token_id // _BLOCK, token_id % _BLOCK] / self.edges[:, -1]


def strips(logits: np.ndarray, settings: SamplingSettings) -> Strips:
    """`next_token_probs` for many rows at once: logits (B, V) in. Raises as it does."""
    top = logits.max(axis=1, keepdims=True)
    if not np.isfinite(top).all():
        raise ValueError(f"logits must be finite numbers (or -inf), but the largest is {top.max()}")
    batch, size = logits.shape
    blocks = -(-size // _BLOCK)
    padded = np.zeros((batch, blocks, _BLOCK), logits.dtype)
    weights = padded.reshape(batch, -1)[:, :size]
    if settings.temperature == 0:
        weights[np.arange(batch), logits.argmax(axis=1)] = 1
    else:
        with np.errstate(over="ignore"):  # as in softmax
            np.subtract(logits, top, out=weights)
            if settings.temperature != 1.0:  # a float64, so that float32 does not round a tiny one to 0
                np.divide(weights, np.float64(settings.temperature), out=weights, casting="same_kind")
        np.exp(weights, out=weights)
        filter_(weights, settings)
    edges = np.zeros((batch, blocks + 1))
    np.cumsum(padded @ np.ones(_BLOCK, padded.dtype), axis=1, dtype=np.float64, out=edges[:, 1:])  # the fastest sum
    return Strips(padded, edges)


def draw_batch(strips: Strips, us: np.ndarray) -> np.ndarray:
    """`draw` on many strips at once: us (B,) in, token ids (B,) out.

    Finds the segment in two strides: first the block of 64 tokens, then the token. An outcome can differ from that of
    `draw` where u is within 1e-5 of a segment's edge, for the strips are not rounded as its probabilities are.
    """
    weights, edges = strips
    rows = np.arange(len(weights))
    target = us * edges[:, -1]
    block = (edges[:, 1:] <= target[:, None]).sum(axis=1)
    low, high = edges[rows, block], edges[rows, block + 1]
    share = np.minimum((target - low) / (high - low), _LAST_U)  # how far into its block u has come
    inner = np.cumsum(weights[rows, block], axis=1, dtype=np.float64)
    inner /= inner[:, -1:]
    return block * _BLOCK + (inner <= share[:, None]).sum(axis=1)


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
