"""The n-gram yardstick: true probabilities, the published formula, a small text worked by hand."""

import math
from collections import Counter
from fractions import Fraction

import numpy as np
import pytest

from engine.training import ngram

EOS, A, B = range(3)
TEXT = [[A, B, EOS], [A, EOS]]  # discounts 1/2, 1, 3/2: no count is 3


def prob(model, *token_ids):
    """Of the last token after the others, which begin a sequence."""
    return math.exp(-ngram.losses(model, [np.array(token_ids)])[-1])


def random_text(vocabulary_size=7, count=150):
    """Sequences that end in 0 and often say the same, so that every length has counts of 1 to 4; no 6 among them."""
    rng = np.random.default_rng(0)
    likely = 0.5 ** np.arange(1, vocabulary_size - 1)
    return [
        np.append(rng.choice(vocabulary_size - 2, size, p=likely / likely.sum()) + 1, 0)
        for size in rng.integers(0, 10, count)
    ]


@pytest.mark.parametrize("smoothing", ["kneser-ney", "witten-bell"])
@pytest.mark.parametrize("order", [1, 2, 3, 5])
def test_probabilities_sum_to_one_after_every_context(order, smoothing):
    text = random_text()
    model = ngram.train(text, 7, order, smoothing)
    contexts = [sequence[:size] for sequence in text[:20] for size in range(len(sequence))]
    contexts += [[6], [6, 1], [1, 6, 2], [0, 0, 0, 0], [5, 5, 5, 5, 5]]  # never seen; one token is in no text
    for context in contexts:
        assert sum(prob(model, *context, token_id) for token_id in range(7)) == pytest.approx(1, abs=1e-12)


def test_two_tokens_by_hand():
    # Before A stands the start, before B stands A, before EOS both A and B: 1, 1, 2 of 4. Discounts 1/2, 1/2, 1 leave
    # half of all to 1 / 3 each: 7/24, 7/24, 10/24.
    one = ngram.train(TEXT, 3, order=2).lengths[0]
    np.testing.assert_allclose((one.kept / one.totals)[:3] + one.back_off / 3, [10 / 24, 7 / 24, 7 / 24])
    model = ngram.train(TEXT, 3, order=2)
    by_hand = {
        (A,): Fraction(2 - 1, 2) + Fraction(1, 2) * Fraction(7, 24),  # a sequence began with A twice: D(2) = 1
        (A, B): Fraction(1, 4) + Fraction(1, 2) * Fraction(7, 24),  # after A came B and EOS, once each: D(1) = 1/2
        (A, EOS): Fraction(1, 4) + Fraction(1, 2) * Fraction(10, 24),
        (A, A): Fraction(1, 2) * Fraction(7, 24),
        (A, B, EOS): Fraction(1, 2) + Fraction(1, 2) * Fraction(10, 24),
        (EOS, B): Fraction(7, 24),  # nothing comes after EOS: what is known without it
    }
    for token_ids, expected in by_hand.items():
        assert prob(model, *token_ids) == pytest.approx(float(expected))


def test_what_begins_a_sequence_keeps_its_count_in_longer_models():
    for order in (2, 3, 5):
        assert prob(ngram.train(TEXT, 3, order), A) == pytest.approx(31 / 48)


def test_a_token_of_many_contexts_is_likelier_in_a_new_one_than_a_frequent_token_of_one():
    text = [[A, B, EOS]] * 9 + [[3, 4, EOS], [5, 4, EOS], [6, 4, EOS]]
    model = ngram.train(text, 8, order=2)
    assert prob(model, 7, 4) > prob(model, 7, B)


def test_discounts_are_those_of_the_paper():
    counts = np.repeat([1, 2, 3, 4, 9], [8, 4, 2, 1, 5])  # Y = 8 / (8 + 2 x 4) = 1/2
    np.testing.assert_allclose(ngram.discounts(counts), [0, 1 - 4 / 8, 2 - 1.5 * 2 / 4, 3 - 2 * 1 / 2])


@pytest.mark.parametrize("counts", [[1, 1, 2, 2], [1] * 5 + [2] + [3] * 9, []])
def test_discounts_that_cannot_be_estimated_are_a_half_one_and_three_halves(counts):
    assert ngram.discounts(np.array(counts, int)).tolist() == [0, 0.5, 1, 1.5]


@pytest.mark.parametrize("order", [3, 5])
def test_a_longer_text_agrees_with_the_formula_written_out(order):
    text = random_text()
    sequences = [("start", *sequence.tolist()) for sequence in text]
    spans = [Counter(s[i : i + n] for s in sequences for i in range(len(s) - n + 1)) for n in range(order + 1)]
    counts = [Counter(span[1:] for span in longer) for longer in spans[1:]] + [spans[order]]
    for table, span in zip(counts[1:], spans[1:], strict=True):
        table.update({one: count for one, count in span.items() if one[0] == "start" and one not in table})
    del counts[1][("start",)]
    taken = [ngram.discounts(np.array(list(table.values()))) for table in counts]
    assert any(discounts[1] != 0.5 for discounts in taken)

    def probability(h, w):
        n = len(h) + 1
        after = [count for span, count in counts[n].items() if span[:-1] == h]
        lower = probability(h[1:], w) if h else 1 / 7
        if not after:
            return lower
        count, gamma = counts[n][(*h, w)], sum(taken[n][min(one, 3)] for one in after)
        return (count - taken[n][min(count, 3)] + gamma * lower) / sum(after)

    model = ngram.train(text, 7, order)
    unseen = [np.array([6, 1, 2, 1, 0]), np.array([1, 6, 6, 0]), *text[::15]]
    expected = [
        -math.log(probability(("start", *s[:i].tolist())[-(order - 1) :], s[i])) for s in unseen for i in range(len(s))
    ]
    np.testing.assert_allclose(ngram.losses(model, unseen), expected, rtol=1e-12)


def test_witten_bell_by_hand():
    model = ngram.train([np.array(sequence) for sequence in TEXT], 3, 2, "witten-bell")
    one = {A: (2 + 3 / 3) / 8, B: (1 + 3 / 3) / 8, EOS: (2 + 3 / 3) / 8}  # five tokens of three kinds
    assert prob(model, A) == pytest.approx((2 + 1 * one[A]) / 3)  # after the start: A twice
    assert prob(model, A, B) == pytest.approx((1 + 2 * one[B]) / 4)  # after A: B once, <EOS> once
    assert prob(model, A, B, A) == pytest.approx((0 + 1 * one[A]) / 2)  # after B: only <EOS>
