"""Chi-square, bands and the geometric law against published tables, enumeration and fixed luck."""

from itertools import product
from math import comb, inf

import numpy as np
import pytest

from engine.statistics import binomial_band, chi_square, expected_draws, share_band, upper_gamma


@pytest.mark.parametrize(
    ("freedom", "critical", "p_value"),
    [  # NIST/SEMATECH e-Handbook of Statistical Methods, 1.3.6.7.4: critical values, upper tail
        (1, 3.841, 0.05), (1, 10.828, 0.001), (2, 5.991, 0.05), (10, 18.307, 0.05), (10, 29.588, 0.001),
        (30, 20.599, 0.90), (50, 67.505, 0.05), (100, 124.342, 0.05), (100, 77.929, 0.95), (100, 149.449, 0.001),
    ],
)  # fmt: skip
def test_p_values_are_those_of_the_published_table(freedom, critical, p_value):
    assert upper_gamma(freedom / 2, critical / 2) == pytest.approx(p_value, rel=2e-3)


@pytest.mark.parametrize("x", [0.01, 0.5, 1.9, 2.1, 7.0, 40.0, 300.0])
def test_q_has_its_closed_forms(x):
    assert upper_gamma(1, x) == pytest.approx(np.exp(-x), rel=1e-12)
    assert upper_gamma(3, x) == pytest.approx(np.exp(-x) * (1 + x + x * x / 2), rel=1e-11, abs=1e-15)


def test_q_stands_thousands_of_classes_and_both_ends():
    assert upper_gamma(3000, 3000) == pytest.approx(0.5 - 1 / (3 * np.sqrt(2 * np.pi * 3000)), abs=1e-6)  # DLMF 8.11.12
    assert upper_gamma(3000, 2000) == pytest.approx(1)
    assert upper_gamma(3000, 1e5) == 0
    assert upper_gamma(2, 0) == 1
    assert upper_gamma(2, inf) == 0
    with pytest.raises(ValueError, match="above 0"):
        upper_gamma(0, 1)


def test_chi_square_of_a_die_by_hand():
    test = chi_square(np.array([5, 8, 9, 8, 10, 20]), np.full(6, 1 / 6))
    assert test.statistic == pytest.approx(13.4)
    assert (test.freedom, test.merged) == (5, 0)
    assert test.p_value == pytest.approx(0.01990, abs=1e-5)


def test_rare_outcomes_are_merged_until_five_are_expected():
    probs = np.array([0.001, 0.5, 0.03, 0.4, 0.069])
    test = chi_square(np.array([0, 51, 2, 40, 7]), probs)  # of 100: 0.1 + 3.0 are too few, so 6.9 joins them
    assert (test.freedom, test.merged, test.merged_expected) == (2, 3, pytest.approx(10))
    assert test.statistic == pytest.approx(1 / 50 + 0 + (9 - 10) ** 2 / 10)


def test_what_the_law_rules_out_cannot_have_come_from_it():
    test = chi_square(np.array([10, 1, 9]), np.array([0.5, 0, 0.5]))
    assert (test.statistic, test.p_value) == (inf, 0)


def test_one_class_is_nothing_to_test():
    assert chi_square(np.array([7, 0]), np.array([1.0, 0.0])) is None
    assert chi_square(np.array([2, 3]), np.array([0.5, 0.5])) is None


def test_one_honest_experiment_in_twenty_looks_unlikely():
    rng = np.random.default_rng(7)
    probs = np.array([0.4, 0.2, 0.15, 0.1, 0.1, 0.04, 0.009, 0.001])
    p_values = [chi_square(counts, probs).p_value for counts in rng.multinomial(500, probs, size=2000)]
    least, most = binomial_band(2000, 0.05)
    assert least <= sum(p < 0.05 for p in p_values) <= most
    assert np.mean(p_values) == pytest.approx(0.5, abs=0.02)


@pytest.mark.parametrize(("n", "prob"), [(1, 0.3), (10, 0.5), (30, 0.02), (200, 0.9), (1000, 0.004)])
def test_the_band_holds_95_percent_and_not_a_count_too_many(n, prob):
    weights = [comb(n, k) * prob**k * (1 - prob) ** (n - k) for k in range(n + 1)]
    least, most = binomial_band(n, prob)
    assert sum(weights[:least]) <= 0.025 < sum(weights[: least + 1])
    assert sum(weights[most + 1 :]) <= 0.025 + 1e-12 < sum(weights[most:])


def test_the_band_of_many_draws_is_the_normal_one():
    least, most = binomial_band(1_000_000, 0.2)
    assert (least, most) == (pytest.approx(200_000 - 784, abs=2), pytest.approx(200_000 + 784, abs=2))
    assert binomial_band(100_000, 1e-9) == (0, 0)
    assert binomial_band(50, 0) == (0, 0)
    assert binomial_band(50, 1) == (50, 50)
    assert binomial_band(0, 0.4) == (0, 0)


@pytest.mark.parametrize(
    ("count", "n", "least", "most"),
    [  # Newcombe 1998, Statistics in Medicine 17, 857-872, table I, method 3
        (81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718),
    ],
)  # fmt: skip
def test_shares_have_wilsons_interval(count, n, least, most):
    assert share_band(count, n) == pytest.approx((least, most), abs=5e-5)


def test_one_step_takes_draws_by_the_geometric_law():
    assert expected_draws(np.array([0.25]), 4) == pytest.approx([0.75, 0.75 * 0.25, 0.75 * 0.25**2, 0.25**3])
    assert expected_draws(np.array([0.25, 0.5, 0.0]), 2) == pytest.approx([2.25, 0.75])


def test_the_law_of_many_steps_is_that_of_every_outcome_listed():
    """Two steps, up to three draws each: every pair of outcomes with its probability."""
    law = {p: [1 - p, p * (1 - p), p * p] for p in (0.3, 0.6)}
    expected = np.zeros(3)
    for first, second in product(range(3), repeat=2):
        for k in (first, second):
            expected[k] += law[0.3][first] * law[0.6][second]
    assert expected_draws(np.array([0.3, 0.6]), 3) == pytest.approx(expected)
