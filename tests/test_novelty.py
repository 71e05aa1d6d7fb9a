"""Novel? Sequences are known token for token; of a text without ends every copied stretch is found."""

import numpy as np
import pytest

from engine.novelty import WINDOW, fingerprint, novelty, sequence_hashes, window_hashes

SEQUENCES = [[5, 6, 0], [7, 0], [5, 6, 7, 0]]


def known(token_ids):
    return novelty(token_ids, sequence_hashes(SEQUENCES), "word", 0)


def test_a_sequence_of_the_training_text_is_known_and_any_other_is_new():
    assert known([5, 6, 0])[:2] == (1, 1)
    assert known([6, 5, 0])[:2] == (1, 0)
    assert known([5, 6, 6, 0])[:2] == (1, 0)


def test_a_sequence_that_has_not_ended_is_not_judged():
    assert known([5, 6])[:2] == (0, 0)
    assert known([])[:2] == (0, 0)


def test_a_run_that_goes_on_past_eos_is_judged_sequence_by_sequence():
    assert known([7, 0, 6, 0, 5, 6, 0, 5])[:2] == (3, 2)


@pytest.mark.parametrize("level", ["word", "char"])
def test_no_copied_stretch_of_twice_the_window_less_one_is_missed(level):
    size = WINDOW[level]
    text = np.random.default_rng(0).integers(1000, size=20 * size)
    hashes = window_hashes(text, level)
    for first in range(2 * size):
        copied = text[first : first + 2 * size - 1]
        sample = [1000, *copied, 1001]
        start, length = novelty(sample, hashes, level, None).stretch
        assert length == size
        assert sample[start : start + length] == text[first + start - 1 :][:length].tolist()


def test_the_longest_stretch_is_told_in_whole_windows():
    text = np.arange(80)
    hashes = window_hashes(text, "word")
    assert novelty([99, *range(3, 60), 99, *range(8, 16)], hashes, "word", None).stretch == (6, 48)
    assert novelty(list(range(4, 11)), hashes, "word", None).stretch == (0, 0)
    assert novelty(list(range(200, 260)), hashes, "word", None).stretch == (0, 0)


def test_a_text_without_hashes_knows_nothing():
    assert novelty([5, 0], np.array([], dtype=np.uint64), "word", 0)[:2] == (1, 0)


def test_fingerprints_tell_sequences_apart_and_fit_into_64_bits():
    prints = {fingerprint(ids) for ids in ([1, 2], [2, 1], [1, 2, 0], [1])}
    assert len(prints) == 4
    assert max(prints) < 2**64
