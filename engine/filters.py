"""The filters top_k, top_p and min_p, and by how much rounding may have moved what they compare.

Each takes weights (V,), or (B, V) for a batch, in proportion to the probabilities, 0 where a filter before it has left
a token out; what the filter asks for; and by what part of it rounding may have moved a ratio of weights, as
`rounding_of` tells. It gives a mask of the tokens kept.
"""

from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

Floats: TypeAlias = NDArray[np.floating[Any]]  # in the precision of the model
Mask: TypeAlias = NDArray[np.bool_]


def rounding_of(logits: Floats) -> float:
    """By what part of it the ratio of two sums of weights may be off, so that 0.5 + 0.3 still reaches 0.8.

    Logits are rounded before they come here: those of size 2 to 4, as the log of 0.05, by half of 2 eps in their own
    precision, which moves each weight by as large a part of it, so a ratio by 2 eps. And the sums round in float64.
    """
    own, double = (float(np.finfo(dtype).eps) for dtype in (np.result_type(logits, np.float16), np.float64))
    return 2 * own + float(logits.shape[-1]) * double


def top_k(weights: Floats, k: float, rounding: float) -> Mask:
    """The k likeliest."""
    size = weights.shape[-1]
    if k >= size:
        return np.ones(weights.shape, bool)
    least = np.partition(weights, size - int(k), axis=-1)[..., [size - int(k)]]
    return _likeliest(weights, least, np.full(least.shape, int(k)))


def top_p(weights: Floats, p: float, rounding: float) -> Mask:
    """The smallest set of the likeliest that holds at least the share p (nucleus sampling, Holtzman et al. 2020, arXiv
    1904.09751).

    Asked as odds, (share kept) / (share left out) >= p / (1 - p): so rounding counts in proportion to the smaller of
    the two.
    """
    ranked, possible = weights, weights > 0
    if not possible.all():  # sorting what top_k has left is fast
        counts = possible.sum(axis=-1, keepdims=True)
        ranked = np.zeros((*weights.shape[:-1], counts.max()), weights.dtype)
        ranked[np.arange(ranked.shape[-1]) < counts] = weights[possible]
    ranked = np.sort(ranked, axis=-1)[..., ::-1]
    kept = np.cumsum(ranked, axis=-1, dtype=np.float64)
    left = np.zeros_like(kept)
    np.cumsum(ranked[..., :0:-1], axis=-1, dtype=np.float64, out=left[..., -2::-1])
    count = (kept * (1 - p) < left * p * (1 - rounding)).sum(axis=-1, keepdims=True) + 1
    return _likeliest(weights, np.take_along_axis(ranked, count - 1, axis=-1), count)


def min_p(weights: Floats, p: float, rounding: float) -> Mask:
    """What has at least p times the probability of the likeliest (Nguyen et al. 2024, arXiv 2407.01082)."""
    least = p * (1 - rounding) if p < 1 else 1.0  # equals are equal however they are rounded
    kept: Mask = weights >= least * weights.max(axis=-1, keepdims=True)
    return kept


def _likeliest(weights: Floats, least: Floats, count: NDArray[np.intp]) -> Mask:
    """The `count` likeliest, the rarest of which has the weight `least`; among equals the lower ids. Both (..., 1)."""
    kept: Mask = weights >= least
    if (kept.sum(axis=-1, keepdims=True) > count).any():  # equals at the edge: only the first of them stay
        above, equal = weights > least, weights == least
        kept = above | (equal & (equal.cumsum(axis=-1) <= count - above.sum(axis=-1, keepdims=True)))
    return kept
