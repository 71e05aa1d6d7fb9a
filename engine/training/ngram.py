"""An n-gram language model over token ids, the yardstick of 1999: interpolated, modified Kneser-Ney smoothing.

Chen and Goodman (1999), "An empirical study of smoothing techniques for language modeling", Computer Speech and
Language 13, section 4.1.6. With h the n - 1 tokens before w and h' the last n - 2 of them,

    p(w | h) = (c(hw) - D(c(hw))) / c(h) + gamma(h) p(w | h'),      gamma(h) = sum over w of D(c(hw)) / c(h)

- c(hw) is how often hw occurs if hw has all n tokens; in shorter ones how many different tokens stand before hw (Kneser
  and Ney 1995), or how often hw occurs where it begins a sequence, since then nothing can stand before it. c(h) is the
  sum of c(hw) over w; where it is 0, p(w | h) = p(w | h').
- D(0) = 0, D(1), D(2) and D(c) = D(3) from c = 3 on are estimated for every length from n_r, how many of that length
  have c = r: with Y = n_1 / (n_1 + 2 n_2), D(r) = r - (r + 1) Y n_(r+1) / n_r. Where these cannot be had or one is
  negative (short texts, few characters) they are 1/2, 1 and 3/2, as in KenLM.
- p(w | no tokens) goes back to 1 / V, so every token of the vocabulary is possible after everything.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from engine.cells import Array
from engine.training.batches import held_out_batches
from engine.training.plans import TrainingText


class _Length(NamedTuple):
    """All sequences of tokens of one length that the training text has.

    keys: sorted, (id of the sequence without its last token) * (V + 1) + last token; a place in it is the id of hw.
    kept: c(hw) - D(c(hw)) by the id of hw. totals, back_off: c(h) and gamma(h) by the id of h.
    """

    keys: Array
    kept: Array
    totals: Array
    back_off: Array


class NGram(NamedTuple):
    """A trained model: the vocabulary's size and one table a length, the shortest first."""

    vocabulary_size: int
    lengths: list[_Length]


def train(sequences: Sequence[Array], vocabulary_size: int, order: int = 5, smoothing: str = "kneser-ney") -> NGram:
    """The model that predicts each token from the `order` - 1 before it. `sequences`: token ids from 0 to V - 1.

    `smoothing`: "kneser-ney" as above, or "witten-bell", interpolated (Chen and Goodman 1999, section 2.4): with c(hw)
    as it occurs and n(h) different tokens after h, p(w | h) = (c(hw) + n(h) p(w | h')) / (c(h) + n(h)).
    """
    tokens, places = _side_by_side(sequences, vocabulary_size)
    predicted = places > 0
    ids, spans = np.zeros(len(tokens), np.int64), []  # at every place the id of the sequence that ends there; -1: none
    for length in range(1, order + 1):
        valid = places >= length - 1
        keys, firsts, inverse = np.unique(
            _keys(ids, tokens, places, length, vocabulary_size)[valid], return_index=True, return_inverse=True
        )
        ids = np.full(len(tokens), -1)
        ids[valid] = inverse
        spans.append((keys, ids, np.flatnonzero(valid)[firsts]))
    lengths, contexts = [], 1
    for length, (keys, ids, _) in enumerate(spans, start=1):
        if length == order or smoothing == "witten-bell":
            counted = ids[predicted & (ids >= 0)]
        else:
            _, _, longer = spans[length]  # every different sequence that is longer by one token in front, once
            counted = np.concatenate([ids[longer], ids[predicted & (places == length - 1)]])
        counts = np.bincount(counted, minlength=len(keys))
        taken = discounts(counts)[np.minimum(counts, 3)] if smoothing == "kneser-ney" else None
        lengths.append(_length(keys, counts, taken, contexts, vocabulary_size))
        contexts = len(keys)
    return NGram(vocabulary_size, lengths)


def losses(model: NGram, sequences: Sequence[Array]) -> Array:
    """-ln p of every token of the sequences, in nats, one after the other; the first one from a sequence's start."""
    tokens, places = _side_by_side(sequences, model.vocabulary_size)
    probs = np.full(len(tokens), 1 / model.vocabulary_size)
    ids = np.zeros(len(tokens), np.int64)
    for length, table in enumerate(model.lengths, start=1):
        wanted = _keys(ids, tokens, places, length, model.vocabulary_size)
        contexts = wanted // (model.vocabulary_size + 1)
        ids = np.searchsorted(table.keys, wanted)
        ids[np.append(table.keys, np.iinfo(np.int64).min)[ids] != wanted] = -1
        known = contexts >= 0
        known[known] = table.totals[contexts[known]] > 0
        kept = np.append(table.kept, 0.0)[ids][known] / table.totals[contexts[known]]
        probs[known] = kept + table.back_off[contexts[known]] * probs[known]
    nats: Array = -np.log(probs[places > 0])
    return nats


def held_out_loss(text: TrainingText, order: int = 5, smoothing: str = "kneser-ney") -> float:
    """Nats per token of the held-out part under the n-gram model of the training part, on the tokens that the loss of a
    network is measured on: a text without ends is read as one sequence, to where that stops."""
    held_out = text.held_out
    if text.stream:  # its parts side by side, one after another again
        held_out = [np.concatenate([batch.targets for batch in held_out_batches(text)]).T.ravel()]
    model = train(text.training, len(text.vocabulary), order, smoothing)
    return float(losses(model, held_out).mean())


def discounts(counts: Array) -> Array:
    """[D(0), D(1), D(2), D(3)] from the counts c of all sequences of one length."""
    n = np.bincount(np.minimum(counts, 5), minlength=6)
    if n[1:4].all():
        r = np.arange(1, 4)
        estimates = r - (r + 1) * n[1] / (n[1] + 2 * n[2]) * n[2:5] / n[1:4]
        if (estimates >= 0).all():
            return np.concatenate([[0.0], estimates])
    return np.array([0.0, 0.5, 1.0, 1.5])


def _side_by_side(sequences: Sequence[Array], start: int) -> tuple[Array, Array]:
    """All sequences in one array, each behind the id `start`, and each token's place in its own: 0 is the start."""
    sizes = np.array([len(sequence) + 1 for sequence in sequences])
    places = np.arange(sizes.sum()) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    tokens = np.full(len(places), start, np.int64)
    tokens[places > 0] = np.concatenate(sequences)
    return tokens, places


def _keys(ids: Array, tokens: Array, places: Array, length: int, vocabulary_size: int) -> Array:
    """The key at every place, from the ids that are shorter by one token; negative where there is no context."""
    if length == 1:
        return tokens
    contexts = np.concatenate([[-1], ids[:-1]])
    contexts[places == 0] = -1
    return contexts * (vocabulary_size + 1) + tokens


def _length(keys: Array, counts: Array, taken: Array | None, contexts: int, vocabulary_size: int) -> _Length:
    """`taken`: what is taken from each count, None for Witten-Bell; `contexts`: how many different h there are."""
    contexts_of = keys // (vocabulary_size + 1)
    totals = np.bincount(contexts_of, counts, contexts)
    if taken is None:
        kinds = np.bincount(contexts_of, counts > 0, contexts)
        return _Length(keys, counts, totals + kinds, kinds / np.maximum(totals + kinds, 1))
    back_off = np.bincount(contexts_of, taken, contexts) / np.maximum(totals, 1)
    return _Length(keys, counts - taken, totals, back_off)
