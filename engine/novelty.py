"""Novel? Whether a sequence stands in the training text, by the 64-bit hashes that a model file keeps of that text.

A text of sequences is hashed sequence by sequence, <EOS> included. A text without ends is cut into windows of 32
characters or 8 words, one after another, and each window is hashed; a sample is looked up at every offset, so no copied
stretch of 63 characters or 15 words is missed, wherever it begins. What the text lacks is taken for known with a
chance of about 2**-46 a lookup (2**18 hashes of 64 bits).
"""

import hashlib
from collections.abc import Iterable
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from engine.vocabulary import TokenIds

WINDOW = {"word": 8, "char": 32}  # tokens
# The shortest copied stretch that holds a whole window wherever it begins: of a shorter sample nothing can be said.
SURE = {level: 2 * size - 1 for level, size in WINDOW.items()}


class Novelty(NamedTuple):
    """What the hashes say of a sample.

    `sequences`: how many whole sequences, up to an <EOS>, it has; `known`: how many of these stand in the training
    text, token for token. For a text without ends both are 0, and `stretch` is (first place, tokens) of the longest
    stretch whose windows, one after another, are all known; (0, 0) if no window is.
    """

    sequences: int
    known: int
    stretch: tuple[int, int]


def fingerprint(token_ids: TokenIds) -> int:
    """A 64-bit hash (BLAKE2b) of token ids."""
    data = np.asarray(token_ids, dtype="<u4").tobytes()
    return int.from_bytes(hashlib.blake2b(data, digest_size=8).digest())


def sequence_hashes(sequences: Iterable[TokenIds]) -> NDArray[np.uint64]:
    """The hashes of whole sequences, uint64, sorted, each once."""
    return np.array(sorted({fingerprint(sequence) for sequence in sequences}), dtype=np.uint64)


def window_hashes(stream: NDArray[np.integer[Any]], level: str) -> NDArray[np.uint64]:
    """The hashes of the windows of a text without ends, uint64, sorted, each once; a rest at its end is left out."""
    size = WINDOW[level]
    return sequence_hashes(stream[: len(stream) // size * size].reshape(-1, size))


def novelty(token_ids: TokenIds, hashes: NDArray[np.uint64], level: str, eos_id: int | None) -> Novelty:
    """Look a sample up. `hashes`: those of the model file, sorted; `level` and `eos_id`: of its vocabulary.

    >>> text = sequence_hashes([[1, 2, 0], [3, 0]])
    >>> novelty([1, 2, 0], text, "word", eos_id=0)
    Novelty(sequences=1, known=1, stretch=(0, 0))
    """
    if eos_id is None:
        return Novelty(0, 0, _longest_stretch(token_ids, hashes, WINDOW[level]))
    ends = [place + 1 for place, token_id in enumerate(token_ids) if token_id == eos_id]
    sequences = [token_ids[first:end] for first, end in zip([0, *ends], ends, strict=False)]
    return Novelty(len(sequences), sum(_known(sequence, hashes) for sequence in sequences), (0, 0))


def _known(token_ids: TokenIds, hashes: NDArray[np.uint64]) -> bool:
    value = np.uint64(fingerprint(token_ids))
    place = np.searchsorted(hashes, value)
    return bool(place < len(hashes) and hashes[place] == value)


def _longest_stretch(token_ids: TokenIds, hashes: NDArray[np.uint64], size: int) -> tuple[int, int]:
    windows = [0] * (len(token_ids) + size)  # from each place on: how many windows in a row are known
    for place in reversed(range(len(token_ids) - size + 1)):
        if _known(token_ids[place : place + size], hashes):
            windows[place] = 1 + windows[place + size]
    most = max(windows, default=0)
    return (windows.index(most), most * size) if most else (0, 0)
