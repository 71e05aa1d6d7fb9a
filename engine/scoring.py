"""How a model judges a given text: surprisal and rank of each token, log P, perplexity, bits per character."""

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from engine.generation import StepFacts
from engine.model import LanguageModel
from engine.sampling import LogitsError
from engine.typed_text import typed_text
from engine.vocabulary import TokenIds, Vocabulary

PREFERRED = 3  # tokens named that the model would rather have had
_CHUNK = 128  # time steps whose logits are in memory together: 128 * 6,000 float64 are 6 MB


class TokenScore(NamedTuple):
    """One token under the model's own distribution, before temperature and filters.

    `prob`: P(token | tokens before it). `surprisal`: -log2 of it, in bits. `rank`: 1 if it was the likeliest (among
    equals the lower id comes first). `preferred`: (token id, probability) of up to three tokens that the model would
    rather have had, the likeliest first; those of lower rank only, so none for the likeliest itself.
    """

    token_id: int
    prob: float
    surprisal: float
    rank: int
    preferred: tuple[tuple[int, float], ...]

    @property
    def likeliest(self) -> int:
        """The token id of rank 1."""
        return self.preferred[0][0] if self.preferred else self.token_id


def score(model: LanguageModel, token_ids: TokenIds) -> list[TokenScore]:
    """A score for each token, the first one predicted from x<1> = 0. Raises ValueError for an id the model lacks, and
    LogitsError as `softmax` does.

    Memory stays bounded for texts of any length: logits are computed for a chunk of steps at a time.
    """
    size = len(model.vocabulary)
    wrong = [token_id for token_id in token_ids if not 0 <= token_id < size]
    if wrong:
        raise ValueError(f"token ids must be from 0 to {size - 1}, but there is {wrong[0]}")
    scores: list[TokenScore] = []
    token_id: int | None = None
    state = model.initial_state()
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


class Reading(NamedTuple):
    """A text as a model reads it, token by token.

    `text`: as it was typed; `changes`: what of it is read otherwise (`TypedText`). `pieces`: the tokens as they are
    written (an unknown word, not <UNK>); `starts`: where in the text each begins, and last the text's length;
    `unknown`: the pieces for which <UNK> stands. `end`: the score of <EOS> after the text; None for a vocabulary
    without it. `characters`: as `characters_of` counts them.
    """

    text: str
    pieces: tuple[str, ...]
    starts: tuple[int, ...]
    scores: list[TokenScore]
    end: TokenScore | None
    unknown: tuple[str, ...]
    characters: int
    changes: tuple[tuple[str, str], ...]


def read(model: LanguageModel, text: str) -> Reading:
    """The scores of `text`. Raises UnknownTokenError for a text that the vocabulary cannot spell."""
    vocabulary, typed = model.vocabulary, typed_text(text, model.vocabulary)
    pieces, token_ids = vocabulary.split(typed.text), vocabulary.encode(typed.text)
    starts = [start for start, _ in typed.places(pieces)]
    end = [] if vocabulary.eos_id is None else [vocabulary.eos_id]
    scores = score(model, token_ids + end)
    return Reading(
        text,
        tuple(pieces),
        (*starts, len(text)),
        scores[: len(pieces)],
        scores[-1] if end else None,
        tuple(piece for piece in pieces if piece not in vocabulary or piece == vocabulary.eos_token),
        characters_of(vocabulary, text),
        typed.changes,
    )


def characters_of(vocabulary: Vocabulary, text: str) -> int:
    """How many characters a text has for `bits_per_character`, the same for every vocabulary: those that were typed,
    and its end as one where the vocabulary can say it, by <EOS>.
    """
    return len(text) + (vocabulary.eos_id is not None)


def text_before(reading: Reading, place: int, most: int) -> tuple[str, int]:
    """The text before the token at `place` (from 0), and the place of the token that it begins with.

    At most `most` characters: of a longer one the last tokens that fit. `place` may be one beyond the last token.
    """
    starts, end = reading.starts, reading.starts[place]
    first = next(k for k in range(place + 1) if end - starts[k] <= most)
    return reading.text[starts[first] : end], first


def log_prob(scores: Iterable[TokenScore | StepFacts]) -> float:
    """log P of the sequence, in nats: the sum of the log probabilities of its tokens."""
    return -_bits(scores) * float(np.log(2))


def perplexity(scores: Sequence[TokenScore | StepFacts]) -> float:
    """2 to the mean surprisal: among how many equally likely tokens the model seems to choose at each step."""
    if not scores:
        raise ValueError("perplexity needs at least one token")
    with np.errstate(over="ignore"):  # beyond the largest number it is infinite
        return float(np.exp2(_bits(scores) / len(scores)))


def bits_per_character(scores: Iterable[TokenScore], characters: int) -> float:
    """The bits of all tokens, <EOS> after the text among them, over `characters_of` it: fair across vocabularies.

    Fair only where every word is in the vocabulary: to say <UNK> is cheaper than to spell the word (`spelling_bits`).
    """
    if characters < 1:
        raise ValueError(f"characters must be 1 or more, but is {characters}")
    return _bits(scores) / characters


def spelling_bits(known: Sequence[str], unknown: Sequence[str]) -> float:
    """The bits that spell the words `unknown`, letter by letter, each with its share among the letters of `known`.

    A word's end is a letter too. Shares are smoothed by adding one, so that no letter is impossible.

    >>> spelling_bits([], ["a"])  # "a" and the end are equally likely: a bit each
    2.0
    """
    counts = Counter(letter for word in known for letter in [*word, ""])
    letters = [letter for word in unknown for letter in [*word, ""]]
    total = counts.total() + len(counts.keys() | set(letters))
    return -sum(math.log2((counts[letter] + 1) / total) for letter in letters)


def _bits(scores: Iterable[TokenScore | StepFacts]) -> float:
    return float(sum(each.surprisal for each in scores))


def _score_chunk(logits: NDArray[np.float64], token_ids: NDArray[np.intp]) -> list[TokenScore]:
    """Scores of the tokens (T,) under logits (T, V)."""
    top = logits.max(axis=1, keepdims=True)
    if not np.isfinite(top).all():
        raise LogitsError(top.max())
    logits -= top
    own = np.take_along_axis(logits, token_ids[:, None], axis=1)
    before = np.arange(logits.shape[1]) < token_ids[:, None]
    ranks = 1 + (logits > own).sum(axis=1) + ((logits == own) & before).sum(axis=1)
    total = np.log(np.exp(logits).sum(axis=1))  # in logs: a tiny P would be rounded to 0
    nats = np.maximum(total - own[:, 0], 0.0)
    best = np.empty((PREFERRED, len(logits)), np.intp)  # the tokens of rank 1, 2, 3
    chances = np.zeros(best.shape)
    for k in range(min(PREFERRED, logits.shape[1])):
        best[k] = logits.argmax(axis=1)  # among equals the lower id
        at = best[k][:, None]
        chances[k] = np.exp(np.take_along_axis(logits, at, axis=1)[:, 0] - total)
        np.put_along_axis(logits, at, -np.inf, axis=1)
    columns = (token_ids, np.exp(-nats), nats / np.log(2), ranks, best.T, chances.T)
    return [
        TokenScore(token_id, prob, bits, rank, tuple(zip(ids[: rank - 1], probs[: rank - 1], strict=True)))
        for token_id, prob, bits, rank, ids, probs in zip(*(column.tolist() for column in columns), strict=True)
    ]
