"""The copying meter: how much of what a network writes stands in its training text, word for word.

Unlike the hashes that a model file keeps (engine/novelty.py) it knows every window of the text, wherever it begins, so
its share is exact.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from engine.novelty import WINDOW, fingerprint
from engine.training.plans import TrainingText

Hashes = NDArray[np.uint64]

_FACTOR = np.uint64(0x9E3779B97F4A7C15)


class Copied(NamedTuple):
    """Of a run: how many windows it has, how many of them stand in the text, and of each token whether it is in one."""

    windows: int
    known: int
    tokens: list[bool]


class Meter:
    """Windows of `novelty.WINDOW` tokens. A sequence that ends in <EOS> and is no longer than one is a window itself,
    which stands in the text if the text has that very sequence."""

    def __init__(self, text: TrainingText) -> None:
        self.size = WINDOW[text.vocabulary.level]
        self._eos_id = text.vocabulary.eos_id
        # 64 random bits a token, so that hashes of like windows have nothing in common
        self._bits = np.random.default_rng(0).integers(2**64, size=len(text.vocabulary), dtype=np.uint64)
        self._windows = np.unique(self._hashes(text.training))
        self._short = {fingerprint(sequence) for sequence in text.training if len(sequence) <= self.size}

    def measure(self, token_ids: Sequence[int]) -> Copied:
        """Of one run, up to its end."""
        ends = bool(token_ids) and token_ids[-1] == self._eos_id
        if ends and len(token_ids) <= self.size:
            known = fingerprint(token_ids) in self._short
            return Copied(1, int(known), [known] * len(token_ids))
        found = np.isin(self._hashes([np.array(token_ids, np.intp)]), self._windows)
        marked = np.zeros(len(token_ids), bool)
        for start in np.flatnonzero(found):
            marked[start : start + self.size] = True
        return Copied(len(found), int(found.sum()), marked.tolist())

    def _hashes(self, sequences: Iterable[NDArray[np.intp]]) -> Hashes:
        """Those of all windows inside of sequences, one after another."""
        long = [sequence for sequence in sequences if len(sequence) >= self.size]
        if not long:
            return np.zeros(0, np.uint64)
        tokens = self._bits[np.concatenate(long)]
        hashes = np.zeros(len(tokens) - self.size + 1, np.uint64)
        for k in range(self.size):  # wraps around 2**64, as is meant
            hashes = hashes * _FACTOR + tokens[k : k + len(hashes)]
        ends = np.cumsum([len(sequence) for sequence in long])
        inside = np.ones(len(hashes), bool)
        for k in range(1, self.size):  # no window reaches from one sequence into the next
            inside[(ends[:-1] - k)[ends[:-1] - k < len(hashes)]] = False
        return hashes[inside]
