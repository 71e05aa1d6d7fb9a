"""Many 0-1 strips at once: the distributions of a batch, and a draw from each."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from engine.filters import Floats
from engine.sampling import BLOCK, LogitsError, SamplingSettings, apply_filters

_LAST_U = 1 - 2**-53  # the largest number below 1


class Strips(NamedTuple):
    """The 0-1 strips of a batch, not normalised, in the precision of the logits: `weights` (B, blocks, 64), the tokens
    in blocks of 64, zeros after the last one; `edges` (B, blocks + 1), where a block begins and ends."""

    weights: Floats
    edges: NDArray[np.float64]

    def prob(self, token_id: int) -> Floats:
        """P(token), (B,)."""
        return self.weights[:, token_id // BLOCK, token_id % BLOCK] / self.edges[:, -1]


def strips(logits: Floats, settings: SamplingSettings) -> Strips:
    """`next_token_probs` for many rows at once: logits (B, V) in. Raises as it does."""
    top = logits.max(axis=1, keepdims=True)
    if not np.isfinite(top).all():
        raise LogitsError(top.max())
    batch, size = logits.shape
    blocks = -(-size // BLOCK)
    padded = np.zeros((batch, blocks, BLOCK), logits.dtype)
    weights = padded.reshape(batch, -1)[:, :size]
    if settings.temperature == 0:
        weights[np.arange(batch), logits.argmax(axis=1)] = 1
    else:
        with np.errstate(over="ignore"):  # as in softmax
            np.subtract(logits, top, out=weights)
            if settings.temperature != 1.0:  # a float64, so that float32 does not round a tiny one to 0
                np.divide(weights, np.float64(settings.temperature), out=weights, casting="same_kind")
        np.exp(weights, out=weights)
        apply_filters(weights, settings, logits)
    edges = np.zeros((batch, blocks + 1))
    np.cumsum(padded @ np.ones(BLOCK, padded.dtype), axis=1, dtype=np.float64, out=edges[:, 1:])  # the fastest sum
    return Strips(padded, edges)


def draw_batch(strips: Strips, us: NDArray[np.float64]) -> NDArray[np.intp]:
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
    token_ids: NDArray[np.intp] = block * BLOCK + (inner <= share[:, None]).sum(axis=1)
    return token_ids
