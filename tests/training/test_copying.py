"""The copying meter, by hand."""

import numpy as np

from engine.training.copying import Meter
from engine.training.plans import TrainingText
from engine.vocabulary import Vocabulary


def text(sequences, stream=False, level="word"):
    eos = [] if stream else ["<EOS>"]
    tokens = [*eos, *(f"w{i}" for i in range(20))] if level == "word" else [*eos, *"abcdefghij"]
    vocabulary = Vocabulary(tokens, level, *eos)
    return TrainingText(vocabulary, [np.array(one) for one in sequences], [], 0, stream)


def test_a_window_of_a_text_without_ends_is_known_wherever_it_begins():
    meter = Meter(text([list(range(1, 18))], stream=True))
    copied = meter.measure([0, *range(3, 12), 0])  # nine of its tokens: two windows of eight
    assert (copied.windows, copied.known) == (4, 2)
    assert copied.tokens == [False, *[True] * 9, False]


def test_no_window_reaches_over_the_end_of_a_sequence():
    meter = Meter(text([[1, 2, 3, 4, 5, 6, 7, 0], [8, 9, 10, 11, 12, 13, 14, 0]]))
    assert meter.measure([2, 3, 4, 5, 6, 7, 0, 8, 9]).known == 0
    assert meter.measure([19, 1, 2, 3, 4, 5, 6, 7, 0]).known == 1


def test_a_short_sequence_is_copied_as_a_whole_or_not_at_all():
    meter = Meter(text([[1, 2, 0], [3, 4, 5, 0]]))
    assert meter.measure([1, 2, 0]) == (1, 1, [True] * 3)
    assert meter.measure([1, 2, 5, 0]) == (1, 0, [False] * 4)
    assert meter.measure([3, 4, 0]).known == 0  # the beginning of one is none
    assert meter.measure([1, 2]).windows == 0  # it has not ended: nothing can be said


def test_all_windows_of_a_large_text_are_known_and_nothing_else():
    rng = np.random.default_rng(0)
    stream = rng.integers(10, size=5000)
    meter = Meter(text([stream], stream=True, level="char"))
    start = int(rng.integers(4000))
    assert meter.measure(stream[start : start + 200].tolist()) == (169, 169, [True] * 200)
    assert meter.measure(rng.integers(10, size=200).tolist()).known == 0
    changed = stream[start : start + 200].copy()
    changed[100] = (changed[100] + 1) % 10
    copied = meter.measure(changed.tolist())
    assert copied.known == 169 - 32  # those with the changed one in them
    assert copied.tokens.index(False) == 100
    assert sum(copied.tokens) == 199
