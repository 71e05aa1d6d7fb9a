"""How a model judges a given text: surprisal and rank of each token, log P, perplexity, bits per character."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np

from engine.model import LanguageModel

_CHUNK = 128  # time steps whose logits are in memory together: 128 * 6,000 float64 are 6 MB


class TokenScore(NamedTuple):
    """One token under the model's own distribution, before temperature and filters.

    `prob`: P(token | tokens before it). `surprisal`: -log2 of it, in bits. `rank`: 1 if it was the likeliest (among
    equals the lower id comes first). `likeliest`: the token id that the model would have preferred.
    """

    token_id: int
    prob: float
    surprisal: float
    rank: int
    likeliest: int


def score(model: LanguageModel, token_ids: Sequence[int]) -> list[TokenScore]:
    """A score for each token, the first one predicted from x<1> = 0. Raises ValueError for an id the model lacks.

    Memory stays bounded for texts of any length: logits are computed for a chunk of steps at a time.
    """
    size = len(model.vocabulary)
    for token_id in token_ids:
        if not 0 <= token_id < size:
            raise ValueError(f"token ids must be from 0 to {size - 1}, but there is {token_id}")
    scores = []
    token_id, state = None, model.initial_state()
    for first in range(0, len(token_ids), _CHUNK):
        chunk = np.asarray(token_ids[first : first + _CHUNK])
        outputs = []
        for next_id in chunk.tolist():
            state = model.advance(token_id, state)
            outputs.append(state.h)
            token_id = next_id
        logits = model.logits(state._replace(h=np.stack(outputs, axis=1)))  # time steps in the place of a batch
        scores += _score_chunk(logits.astype(np.float64), chunk)
    return scores


def log_prob(scores: Iterable[TokenScore]) -> float:
    """log P of the sequence, in nats: the sum of the log probabilities of its tokens."""
    return -_bits(scores) * float(np.log(2))


def perplexity(scores: Sequence[TokenScore]) -> float:
    """2 to the mean surprisal: among how many equally likely tokens the model seems to choose at each step."""
    if not scores:
        raise ValueError("perplexity needs at least one token")
    with np.errstate(over="ignore"):  # beyond the largest number it is infinite
        return float(np.exp2(_bits(scores) / len(scores)))


def bits_per_character(scores: Iterable[TokenScore], characters: int) -> float:
    """The bits of all tokens over the number of characters that they spell: fair across vocabularies.

    Fair only where every word is in the vocabulary: to say <UNK> is cheaper than to spell the word.
    """
    if characters < 1:
        raise ValueError(f"characters must be 1 or more, but is {characters}")
    return _bits(scores) / characters


def _bits(scores) -> float:
    return float(sum(each.surprisal for each in scores))


def _score_chunk(logits, token_ids):
    """Scores of the tokens (T,) under logits (T, V)."""
    logits -= logits.max(axis=1, keepdims=True)
    own = np.take_along_axis(logits, token_ids[:, None], axis=1)
    before = np.arange(logits.shape[1]) < token_ids[:, None]
    ranks = 1 + (logits > own).sum(axis=1) + ((logits == own) & before).sum(axis=1)
    likeliest = logits.argmax(axis=1)
    nats = np.log(np.exp(logits).sum(axis=1)) - own[:, 0]  # from the logits: a tiny P would be rounded to 0
    nats = np.maximum(nats, 0.0)
    columns = (token_ids, np.exp(-nats), nats / np.log(2), ranks, likeliest)
    return [TokenScore(*values) for values in zip(*(column.tolist() for column in columns), strict=True)]
